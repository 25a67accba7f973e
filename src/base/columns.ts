import { didYouMean, MisuseError } from './errors.js';

/**
 * Text as a column: one code a row into a list of distinct labels. A missing value has code −1.
 */
export interface Coded {
  readonly codes: Int32Array;
  readonly labels: readonly string[];
}

/** A coded column with its name: line, channel, branch, or any further column that came along. */
export interface Attribute extends Coded {
  readonly name: string;
}

/** The attribute of that name; throws a `MisuseError` with the nearest, and those there are. */
export function attributeNamed(
  attributes: readonly Attribute[],
  name: string,
  where: string,
): Attribute {
  const found = attributes.find((attribute) => attribute.name === name);
  if (found) return found;
  const names = attributes.map((attribute) => attribute.name);
  throw new MisuseError(
    `${where}: the book has no attribute "${name}"${didYouMean(name, names)}; it has ${names.join(', ') || 'none'}`,
  );
}

/** The label of one row, or `undefined` where the value is missing. */
export function labelAt(column: Coded, row: number): string | undefined {
  return column.labels[column.codes[row]];
}

/**
 * The sum of a column, exact to the last bit or two whatever its length (Neumaier's compensated
 * summation, 1974): the rounding error of every addition is carried along and added at the end.
 *
 * @param running takes the sums up to and with each value, where they are wanted; may be the column
 */
export function sum(values: ArrayLike<number>, running?: Float64Array): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
    if (running) running[i] = total + lost;
  }
  return total + lost;
}

/** Compensated sums by group: `sums[g]` = Σ values of the rows whose code is g. Code −1 is left out. */
export function groupSums(
  values: ArrayLike<number>,
  codes: ArrayLike<number>,
  groups: number,
): Float64Array {
  const totals = new Float64Array(groups);
  const lost = new Float64Array(groups);
  for (let i = 0; i < values.length; i++) {
    const group = codes[i];
    if (group < 0) continue;
    const value = values[i];
    const total = totals[group];
    const next = total + value;
    lost[group] += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    totals[group] = next;
  }
  for (let g = 0; g < groups; g++) totals[g] += lost[g];
  return totals;
}

/**
 * The smallest value among the `share` largest: of n values, the one ranked ⌈share × n⌉ from the
 * top. Missing values rank below all others: where that rank is missing, the smallest there is. NaN
 * when no value is asked for, or none is known.
 */
export function topShareCut(values: Float64Array, share: number): number {
  const rank = Math.ceil(share * values.length);
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  if (rank === 0 || sorted.length === 0) return Number.NaN;
  return sorted[Math.max(0, sorted.length - rank)];
}

/** The value that a share of all lies below, by straight lines between the sorted values (type 7). */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const rest = at - below;
  return rest === 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
}

/** Where each name stands in a list. */
export function positionsOf(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name, position) => [name, position]));
}

/** The order in which texts stand when sorted by code unit, as `order[rank] = position`. */
export function textOrder(texts: readonly string[]): Uint32Array {
  const order = new Uint32Array(texts.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => (texts[a] < texts[b] ? -1 : texts[a] > texts[b] ? 1 : 0));
}

/** Where a text stands among texts sorted by code unit; −1 where it does not. */
export function positionIn(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < text) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === text ? low : -1;
}

/**
 * Rows brought together by group, in the order they had: rows `order[starts[g] … starts[g + 1] − 1]`
 * belong to group g (a counting sort, one pass each way).
 */
export function groupRows(
  codes: ArrayLike<number>,
  groups: number,
): { order: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(groups + 1);
  for (let i = 0; i < codes.length; i++) starts[codes[i] + 1]++;
  for (let g = 0; g < groups; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const order = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) order[next[codes[i]]++] = i;
  return { order, starts };
}

/** The chosen rows of a typed column, in the order given. */
export function take<T extends Float64Array | Int32Array | Uint8Array>(
  column: T,
  rows: Uint32Array,
): T {
  const taken = new (column.constructor as new (length: number) => T)(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = column[rows[i]];
  return taken;
}

/** The chosen rows of a coded column. */
export function takeCoded<T extends Coded>(column: T, rows: Uint32Array): T {
  return { ...column, codes: take(column.codes, rows) };
}
