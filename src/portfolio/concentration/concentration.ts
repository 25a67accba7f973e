import { sum } from '../../base/columns.js';
import { MisuseError, requireKnown } from '../../base/errors.js';
import {
  hasShares,
  type Spread,
  shareHolding,
  spreadOf,
  stepsHolding,
  topShare,
  totalsOf,
} from '../../scoring/experience/spread.js';

/** The shares of customers, and of value, that a summary of concentration tells of. */
export const topSharesTold: readonly number[] = [0.01, 0.05, 0.1, 0.2, 0.5];
export const holdingsTold: readonly number[] = [0.5, 0.8, 0.9];

/** A concentration curve: shares of customers, the largest first, and of the value they hold. */
export interface ConcentrationCurve {
  readonly customers: number[];
  readonly value: number[];
}

/** Where the curve is highest. */
export interface Peak {
  readonly customers: number;
  readonly value: number;
}

/** How many customers a class has, and the sum of their values. */
export interface ClassSize {
  readonly customers: number;
  readonly value: number;
}
export interface AbcSizes {
  readonly a: ClassSize;
  readonly b: ClassSize;
  readonly c: ClassSize;
}
export interface AbcClasses extends AbcSizes {
  /** By row: 0 is A, 1 is B, 2 is C, 255 is not known. */
  readonly codes: Uint8Array;
  readonly notKnown: number;
}
/** What share of the value class A holds at least, and what A and B hold together. */
export interface AbcCuts {
  readonly a: number;
  readonly b: number;
}

/** Concentration of a column; a figure that does not exist is null. */
export interface Concentration {
  /** Customers whose value is known, and those whose is not. */
  readonly customers: number;
  readonly notKnown: number;
  readonly total: number;
  readonly gini: number | null;
  /** The share of the value that the top `share` of customers hold. */
  readonly topShares: readonly { readonly share: number; readonly value: number | null }[];
  /** The smallest share of customers that holds the share `value` of the value. */
  readonly holding: readonly { readonly value: number; readonly customers: number | null }[];
  /** Where the curve is highest; null unless somebody's value is below 0. */
  readonly peak: Peak | null;
  readonly curve: ConcentrationCurve;
  readonly classes: AbcSizes;
}

export interface ConcentrationOptions {
  /** Exposure, one a customer: shares "of customers" are shares of it, except in the classes. */
  readonly exposure?: ArrayLike<number>;
  /** The most points of the curve; 201 by default. */
  readonly points?: number;
}

/**
 * How concentrated a column of values is (premium, claims, incurred, profit, lifetime value), one a
 * customer; NaN is excluded and counted. Shares are of the sum of all known values; where it is not
 * above 0 they do not exist: they are null and the curve is empty. Classes are `abcClasses`. What
 * the figures say, and what throws a `MisuseError`: see `spreadOf`, `giniOf`, `topShare`,
 * `shareHolding`, `peakOf`, `concentrationCurve`.
 *
 * Most of what a single year shows is luck: compare with `luck`.
 *
 * @example
 * ```ts
 * const { gini, topShares, holding } = concentration([0, 0, 60, 0, 40, 0, 0, 0, 0, 0]);
 * gini?.toFixed(2); // => '0.82'
 * topShares[2]; // => { share: 0.1, value: 0.6 }
 * holding[1]; // => { value: 0.8, customers: 0.15 }
 * ```
 */
export function concentration(
  values: ArrayLike<number>,
  options: ConcentrationOptions = {},
): Concentration {
  requireKnown(options, ['exposure', 'points'], 'concentration');
  const { exposure, points } = options;
  const spread = spreadOf(values, exposure);
  const { customers, notKnown, reached, falling } = spread;
  const known = (row: number) => (Number.isNaN(exposure?.[row]) ? Number.NaN : values[row]);
  const byValue = exposure
    ? spreadOf(Float64Array.from({ length: values.length }, (_, row) => known(row)))
    : spread;
  return {
    customers,
    notKnown,
    total: reached[reached.length - 1],
    gini: giniOf(spread),
    topShares: topSharesTold.map((share) => ({ share, value: topShare(spread, share) })),
    holding: holdingsTold.map((value) => ({ value, customers: shareHolding(spread, value) })),
    peak: falling ? peakOf(spread) : null,
    curve: concentrationCurve(spread, points),
    classes: sizesOf(byValue, stepsOfClasses(byValue, usualCuts)),
  };
}

/**
 * The Gini coefficient: 1 − 2 × the area under the Lorenz curve, which is 2 × the area under the
 * concentration curve − 1. 0 where all have the same, near 1 where one has all. Null where values
 * below 0 occur, for which its bounds do not hold, and where the total is not above 0.
 *
 * For 1, 2, 3, 4, 5 it is 4/15. Gini (1912), Variabilità e mutabilità.
 */
export function giniOf(spread: Spread): number | null {
  if (spread.falling || !hasShares(spread)) return null;
  const { across, reached } = spread;
  const [base, total] = totalsOf(spread);
  const areas = new Float64Array(across.length - 1);
  for (let k = 0; k < areas.length; k++) {
    areas[k] = ((across[k + 1] - across[k]) / base) * ((reached[k] + reached[k + 1]) / total);
  }
  // Not below 0 by rounding alone.
  return Math.max(0, sum(areas) - 1);
}

/**
 * Where the curve is highest: the share of customers with a value above 0 and the share of the total
 * they hold, which is above 1 where there are values below 0. Null where the total is not above 0.
 */
export function peakOf(spread: Spread): Peak | null {
  if (!hasShares(spread)) return null;
  const { across, reached, rising } = spread;
  const [base, total] = totalsOf(spread);
  return { customers: across[rising] / base, value: reached[rising] / total };
}

/**
 * The concentration curve from 0, 0 to 1, 1, customers with the largest values first (the Lorenz
 * curve seen from the other end); with values below 0 a "whale curve", which rises above 1 and comes
 * down to it. Exact at every point, its highest always among them. Where there are more different
 * values than fit in `points`, it is thinned to no more than that, evenly along its length to the
 * right and upwards. Empty where the total (or the exposure) is not above 0.
 */
export function concentrationCurve(spread: Spread, points = 201): ConcentrationCurve {
  if (!(Number.isInteger(points) && points >= 3)) {
    const expected = 'expected a whole number of points from 3 up';
    throw new MisuseError(`concentrationCurve: ${expected}, got ${points}`);
  }
  if (!hasShares(spread)) return { customers: [], value: [] };
  const { across, reached, rising } = spread;
  const [base, total] = totalsOf(spread);
  const steps = across.length - 1;
  const top = reached[rising];
  const way = (k: number) =>
    across[k] / base + (k <= rising ? reached[k] : 2 * top - reached[k]) / total;
  // Beside the stretches between points stand the first, the highest and the last.
  const stretches = points > steps ? 0 : (points - 2) / way(steps);
  const curve: ConcentrationCurve = { customers: [0], value: [0] };
  let shown = 0;
  for (let k = 1; k <= steps; k++) {
    const stretch = Math.floor(way(k) * stretches + 1e-9);
    if (stretches > 0 && stretch === shown && k !== rising && k !== steps) continue;
    shown = stretch;
    curve.customers.push(across[k] / base);
    curve.value.push(reached[k] / total);
  }
  return curve;
}

const usualCuts: AbcCuts = { a: 0.8, b: 0.95 };

/**
 * A/B/C classes: A is the smallest group that holds the share `a` of the value, the largest first;
 * A and B the smallest that holds `b`; C the rest. Customers of equal value are in one class: a tie
 * at a cut goes whole to the better one, so a class may hold more than its share. Shares are of the
 * sum of the values above 0; values of 0 and below are C, and all are where none is above.
 *
 * Throws a `MisuseError` for cuts that are not 0 < a ≤ b ≤ 1, and as `spreadOf` does.
 *
 * @example
 * ```ts
 * const { codes, a } = abcClasses([5, 80, 10, 0, 5]);
 * Array.from(codes); // => [1, 0, 1, 2, 1]
 * a; // => { customers: 1, value: 80 }
 * ```
 */
export function abcClasses(values: ArrayLike<number>, cuts: AbcCuts = usualCuts): AbcClasses {
  const spread = spreadOf(values);
  const steps = stepsOfClasses(spread, cuts);
  const [minA, minB] = steps.map((k) => spread.heights[k - 1] ?? Number.POSITIVE_INFINITY);
  const codes = new Uint8Array(values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = values[row];
    codes[row] = Number.isNaN(value) ? 255 : value >= minA ? 0 : value >= minB ? 1 : 2;
  }
  return { codes, notKnown: spread.notKnown, ...sizesOf(spread, steps) };
}

/** How many steps are in class A, and in A and B. */
function stepsOfClasses(spread: Spread, { a, b }: AbcCuts): [number, number] {
  if (!(a > 0 && a <= b && b <= 1)) {
    throw new MisuseError(`abcClasses: expected cuts with 0 < a ≤ b ≤ 1, got a ${a} and b ${b}`);
  }
  return [stepsHolding(spread, a), stepsHolding(spread, b)];
}

function sizesOf({ heights, across }: Spread, [endA, endB]: readonly number[]): AbcSizes {
  const size = (from: number, to: number): ClassSize => {
    const held = heights.subarray(from, to).map((height, k) => {
      return height * (across[from + k + 1] - across[from + k]);
    });
    return { customers: across[to] - across[from], value: sum(held) };
  };
  return { a: size(0, endA), b: size(endA, endB), c: size(endB, heights.length) };
}
