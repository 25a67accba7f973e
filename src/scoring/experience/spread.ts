import { sum } from '../../base/columns.js';
import { MisuseError } from '../../base/errors.js';

/**
 * A column of values, one a customer, laid out from the largest to the smallest as a line of
 * straight steps, so that a question is a search and no longer a sort. A step is all customers of
 * one value: nobody's place depends on the row he stood in.
 */
export interface Spread {
  /** Customers whose value (and exposure) is known, and those whose is not: they are left out. */
  readonly customers: number;
  readonly notKnown: number;
  /** By step: the value of each of its customers (with exposure: value ÷ exposure), falling. */
  readonly heights: Float64Array;
  /** Customers (with exposure: exposure) in the first k steps; 0 first, all last. */
  readonly across: Float64Array;
  /** The value they have together; 0 first, the total last. */
  readonly reached: Float64Array;
  /** How many steps have a value above 0; the line is highest after them. */
  readonly rising: number;
  /** Whether anybody has a value below 0. */
  readonly falling: boolean;
}

/**
 * Prepares a column of values, one a customer, for questions of concentration. NaN is not known: it
 * is left out and counted. Without exposure every customer counts once.
 *
 * With exposure (0 or more, such as years of cover) customers stand by value ÷ exposure, the largest
 * first, and shares "of customers" are shares of exposure. Those with a value above 0 and no exposure
 * stand before all others, those below 0 and without any after all others. An exposure of NaN is
 * left out, as is its value.
 *
 * Sorts once (ten million values: about two seconds; with exposure longer). The order of the rows
 * changes nothing.
 *
 * Throws a `MisuseError` for a value that is infinite, an exposure that is infinite or below 0, an
 * exposure of another length, and where the sum is no longer a number.
 */
export function spreadOf(values: ArrayLike<number>, exposure?: ArrayLike<number>): Spread {
  if (exposure !== undefined) return spreadOverExposure(values, exposure);
  const others = new Float64Array(values.length);
  let count = 0;
  let zeros = 0;
  let notKnown = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === 0) zeros++;
    else if (Number.isFinite(value)) others[count++] = value;
    else if (Number.isNaN(value)) notKnown++;
    else throw new MisuseError(`spreadOf: expected numbers as values, got ${value} in row ${row}`);
  }
  return spreadOfSorted(others.subarray(0, count).sort(), zeros, notKnown);
}

/**
 * The spread of values other than 0 that are sorted already, the smallest first, and of `zeros`
 * customers with 0: where most have nothing, the work is that of the few who have something.
 */
export function spreadOfSorted(sorted: Float64Array, zeros: number, notKnown = 0): Spread {
  let steps = zeros > 0 ? 1 : 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) steps++;
  }
  const heights = new Float64Array(steps);
  const widths = new Float64Array(steps + 1);
  const rises = new Float64Array(steps + 1);
  let left = sorted.length;
  let zerosLeft = zeros;
  for (let k = 0; k < steps; k++) {
    const value = left > 0 ? sorted[left - 1] : 0;
    if (zerosLeft > 0 && value <= 0) {
      widths[k + 1] = zerosLeft;
      zerosLeft = 0;
      continue;
    }
    const before = left;
    while (left > 0 && sorted[left - 1] === value) left--;
    heights[k] = value;
    widths[k + 1] = before - left;
    rises[k + 1] = value * (before - left);
  }
  return line(sorted.length + zeros, notKnown, heights, widths, rises);
}

function spreadOverExposure(values: ArrayLike<number>, exposure: ArrayLike<number>): Spread {
  if (exposure.length !== values.length) {
    const came = exposure.length;
    throw new MisuseError(`spreadOf: expected ${values.length} values of exposure, got ${came}`);
  }
  const ratios = new Float64Array(values.length);
  const rows = new Uint32Array(values.length);
  let count = 0;
  let nothing = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    const width = exposure[row];
    if (Number.isNaN(value) || Number.isNaN(width)) continue;
    if (!Number.isFinite(value)) {
      throw new MisuseError(`spreadOf: expected numbers as values, got ${value} in row ${row}`);
    }
    if (!(Number.isFinite(width) && width >= 0)) {
      const expected = 'expected exposure as a number of 0 or more';
      throw new MisuseError(`spreadOf: ${expected}, got ${width} in row ${row}`);
    }
    // Neither value nor exposure: a customer, but no part of the line.
    if (value === 0 && width === 0) {
      nothing++;
      continue;
    }
    ratios[row] = value / width;
    rows[count++] = row;
  }
  const order = rows.subarray(0, count);
  // Equal ratios by exposure, so that they add up in one order whatever rows they stood in.
  order.sort((a, b) => {
    if (ratios[a] !== ratios[b]) return ratios[a] > ratios[b] ? -1 : 1;
    return exposure[b] - exposure[a] || values[b] - values[a];
  });
  const heights = new Float64Array(count);
  const widths = new Float64Array(count + 1);
  const rises = new Float64Array(count + 1);
  let steps = 0;
  for (let place = 0; place < count; place++) {
    const row = order[place];
    if (place === 0 || ratios[row] !== ratios[order[place - 1]]) heights[steps++] = ratios[row];
    widths[steps] += exposure[row];
    rises[steps] += values[row];
  }
  const [h, w, r] = [
    heights.slice(0, steps),
    widths.slice(0, steps + 1),
    rises.slice(0, steps + 1),
  ];
  return line(count + nothing, values.length - count - nothing, h, w, r);
}

/** The line from its steps; `widths` and `rises` begin with a 0 and become what is reached. */
function line(
  customers: number,
  notKnown: number,
  heights: Float64Array,
  widths: Float64Array,
  rises: Float64Array,
): Spread {
  let rising = 0;
  while (rising < heights.length && rises[rising + 1] > 0) rising++;
  const falling = rises[heights.length] < 0;
  sum(widths, widths);
  sum(rises, rises);
  for (const [what, column] of [
    ['values', rises],
    ['exposure', widths],
  ] as const) {
    if (Number.isFinite(column[heights.length])) continue;
    throw new MisuseError(`spreadOf: expected ${what} whose sum is a number, got an infinite one`);
  }
  return { customers, notKnown, heights, across: widths, reached: rises, rising, falling };
}

/**
 * The share of the total value that the top `share` of customers hold, the largest values first; the
 * customer at the cut counts in proportion. May be above 1 where there are values below 0. Null
 * where the total (or the exposure) is not above 0. Throws a `MisuseError` for a share that is not
 * between 0 and 1.
 */
export function topShare(spread: Spread, share: number): number | null {
  requireShare('topShare', share);
  if (!hasShares(spread)) return null;
  const { across, reached } = spread;
  const [base, total] = totalsOf(spread);
  const cut = share * base;
  const next = firstWhere(across.length, (k) => across[k] > cut);
  if (next === across.length) return 1;
  const part = (cut - across[next - 1]) / (across[next] - across[next - 1]);
  return (reached[next - 1] + part * (reached[next] - reached[next - 1])) / total;
}

/**
 * The smallest share of customers that holds the share `value` of the total: where the curve first
 * reaches it, by a straight line within the customer at the cut. Null where the total (or the
 * exposure) is not above 0. Throws a `MisuseError` for a share that is not between 0 and 1.
 */
export function shareHolding(spread: Spread, value: number): number | null {
  requireShare('shareHolding', value);
  if (!hasShares(spread)) return null;
  const { across, reached, rising } = spread;
  const [base, total] = totalsOf(spread);
  const aim = value * total;
  const k = firstWhere(rising, (step) => reached[step] >= aim);
  if (k === 0) return 0;
  const part = Math.min(1, (aim - reached[k - 1]) / (reached[k] - reached[k - 1]));
  return (across[k - 1] + part * (across[k] - across[k - 1])) / base;
}

/**
 * How many steps the smallest group has that holds a share of the value above 0: whole steps, so
 * customers of equal value stay together; 0 where nobody has a value above 0.
 */
export function stepsHolding({ reached, rising }: Spread, share: number): number {
  // A share that falls short by rounding alone has been reached.
  const aim = share * reached[rising] * (1 - 1e-12);
  return firstWhere(rising, (k) => reached[k] >= aim);
}

/** All there is across, customers or exposure, and the total value. */
export function totalsOf({ across, reached }: Spread): [base: number, total: number] {
  return [across[across.length - 1], reached[reached.length - 1]];
}

/** Whether there are shares at all: some base, and a total above 0. */
export function hasShares(spread: Spread): boolean {
  return totalsOf(spread).every((total) => total > 0);
}

/** The first whole number below `end` where a test holds that holds from there on; else `end`. */
function firstWhere(end: number, test: (k: number) => boolean): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function requireShare(caller: string, share: number): void {
  if (share >= 0 && share <= 1) return;
  throw new MisuseError(`${caller}: expected a share from 0 to 1, got ${share}`);
}
