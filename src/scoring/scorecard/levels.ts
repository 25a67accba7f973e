import { type Attribute, groupSums, sum, textOrder } from '../../base/columns.js';
import { MisuseError, requireKnown } from '../../base/errors.js';
import { type Bin, fineBins, mergedBins, roundBetween, type Trend, trends } from './level-bins.js';

/** What is the same of all levels: the attribute, and their names as people read them. */
interface Named {
  readonly attribute: string;
  readonly names: readonly string[];
  /** Where missing values stand; −1 where the book had none. */
  readonly missing: number;
}

/** Levels of words: which labels stand at each level. */
export interface CategoryLevels extends Named {
  readonly kind: 'category';
  /** By level; none for missing values. */
  readonly labels: readonly (readonly string[])[];
}

/** Levels of numbers: a number stands at as many as there are cuts below it. */
export interface NumberLevels extends Named {
  readonly kind: 'number';
  readonly cuts: readonly number[];
  /** A number outside of these was not seen, nor anything near it. */
  readonly range: readonly [low: number, high: number];
}

/** How the values of an attribute stand at levels, as plain data. */
export type Levels = CategoryLevels | NumberLevels;

export interface LevelsOptions {
  /** Less exposure than this is too thin for a level: 1 % of all, at least 20 years. */
  readonly minimumExposure?: number | null | undefined;
  /** How the claim rate may move along a number; `free` by default. */
  readonly trend?: Trend | undefined;
  /** Expected events by row, to compare rates by; the exposure by default. */
  readonly expected?: Float64Array | undefined;
  /** How many bins numbers are cut into before neighbours are merged (10). */
  readonly bins?: number | undefined;
  /** Whether neighbours are merged by what they claimed; without it bins go by exposure alone. */
  readonly merge?: boolean | undefined;
}

const optionNames = ['minimumExposure', 'trend', 'expected', 'bins', 'merge'];
/** An attribute of more distinct numbers than this is cut into bins; of fewer, each is a label. */
export const maxNumberLabels = 12;
/** So much of their range beyond the book's numbers, others still count as seen: next year's cars. */
const margin = 0.1;
const otherName = 'other';
const missingName = 'missing';

/**
 * Levels of an attribute, fitted on a book. Labels under the minimum exposure are gathered as
 * "other"; missing values are a level of their own; labels that the book does not have stand
 * nowhere, nor do numbers far beyond its own (by a tenth of their range). An attribute of more than twelve distinct
 * numbers, and of nothing else, is cut at quantiles of exposure, and neighbouring bins are merged:
 * where a trend is asked those that go against it (pool adjacent violators: Ayer and others, 1955),
 * then, the least different first, those that a likelihood-ratio test at 5 % does not tell apart,
 * claims varying more than by Poisson allowed for. The order of rows and labels changes nothing.
 *
 * @param weights exposure by row
 * @param events claims by row
 * @throws MisuseError for columns of another length, an unknown option or trend, and a trend asked of
 * what is no number
 *
 * @example
 * ```ts
 * const region = { name: 'region', labels: ['south', 'north', 'isle'], codes: Int32Array.of(0, 1, 0, 2, -1) };
 * const years = Float64Array.of(90, 80, 30, 5, 10);
 * const levels = fitLevels(region, years, new Float64Array(5));
 * levels.names; // => ['north', 'south', 'other', 'missing']
 * levelOf(levels, 'isle'); // => { position: 2, seen: true }
 * levelOf(levels, 'moon'); // => { position: -1, seen: false }
 * ```
 */
export function fitLevels(
  attribute: Attribute,
  weights: Float64Array,
  events: Float64Array,
  options: LevelsOptions = {},
): Levels {
  requireKnown(options, optionNames, 'fitLevels');
  const { expected = weights, trend = 'free', bins = 10, merge = true } = options;
  const { name, codes, labels } = attribute;
  const wrong = [weights, events, expected].find(({ length }) => length !== codes.length);
  if (wrong) {
    throw new MisuseError(
      `fitLevels: expected columns of ${codes.length} rows, as "${name}" has, got ${wrong.length}`,
    );
  }
  if (!trends.includes(trend)) {
    throw new MisuseError(
      `fitLevels: expected a trend of ${trends.join(', ')} for "${name}", got ${String(trend)}`,
    );
  }
  const minimum = options.minimumExposure ?? thinnestExposure(weights);
  const present = presentLabels(attribute);
  const hasMissing = codes.some((code) => code < 0);
  const numeric = present.length > 0 && present.every((code) => isNumber(labels[code]));
  if (trend !== 'free' && !numeric) {
    throw new MisuseError(
      `a trend was asked of "${name}", which is not made of numbers; leave it out`,
    );
  }
  const exposure = groupSums(weights, codes, labels.length);
  if (!numeric || (trend === 'free' && present.length <= maxNumberLabels)) {
    const order = numeric ? byNumber(present, labels) : present;
    return categories(attribute, order, exposure, minimum, hasMissing);
  }
  const claims = groupSums(events, codes, labels.length);
  const base = groupSums(expected, codes, labels.length);
  const values = byNumber(present, labels).map((code) => ({
    low: Number(labels[code]),
    high: Number(labels[code]),
    exposure: exposure[code],
    events: claims[code],
    expected: base[code],
  }));
  const fine = fineBins(values, bins, minimum);
  const spread = merge ? dispersion(events, expected) : 1;
  const merged = merge ? mergedBins(fine, trend, spread) : fine;
  return numbers(name, merged, hasMissing);
}

/** The position of a value's level, −1 where it has none, and whether the book had such values. */
export function levelOf(
  levels: Levels,
  label: string | undefined,
): { position: number; seen: boolean } {
  if (label === undefined) return { position: levels.missing, seen: levels.missing >= 0 };
  const within = () =>
    levels.kind === 'number'
      ? cutsBelow(levels, label)
      : levels.labels.findIndex((labels) => labels.includes(label));
  const position = within();
  return { position, seen: position >= 0 };
}

/** By row of an attribute: the position of its level, −1 where it has none. */
export function levelColumn(levels: Levels, { codes, labels }: Attribute): Int32Array {
  const known =
    levels.kind === 'category'
      ? new Map(levels.labels.flatMap((of, position) => of.map((label) => [label, position])))
      : undefined;
  const positions = Int32Array.from(
    labels,
    (label) => known?.get(label) ?? levelOf(levels, label).position,
  );
  return codes.map((code) => (code < 0 ? levels.missing : positions[code]));
}

/** Under this exposure a level is too thin, unless stated otherwise: 1 % of all, at least 20 years. */
export function thinnestExposure(weights: Float64Array): number {
  return Math.max(20, 0.01 * sum(weights));
}

/** As people write numbers: 12, -1.5, 2e3. */
const decimal = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

export function isNumber(label: string): boolean {
  return decimal.test(label) && Number.isFinite(Number(label));
}

/** A number on a cut stands below it; what is no number, or out of range, nowhere. */
function cutsBelow({ cuts, range }: NumberLevels, label: string): number {
  const value = isNumber(label) ? Number(label) : Number.NaN;
  if (!(range[0] <= value && value <= range[1])) return -1;
  const above = cuts.findIndex((cut) => value <= cut);
  return above < 0 ? cuts.length : above;
}

/** The codes that rows have, by the order of their labels: others may be of terms not known yet. */
function presentLabels({ codes, labels }: Attribute): number[] {
  const present = new Set(codes);
  return Array.from(textOrder(labels)).filter((code) => present.has(code));
}

function byNumber(codes: readonly number[], labels: readonly string[]): number[] {
  return codes.toSorted((a, b) => Number(labels[a]) - Number(labels[b]));
}

function categories(
  { name, labels }: Attribute,
  order: readonly number[],
  exposure: Float64Array,
  minimum: number,
  hasMissing: boolean,
): CategoryLevels {
  // What a book itself calls "other" or "missing" stands with what is gathered under that name.
  const own = (code: number) => hasMissing && labels[code] === missingName;
  const thick = (code: number) => exposure[code] >= minimum;
  const thin = order.filter((code) => !own(code) && !thick(code));
  const gathered = (code: number) =>
    !thick(code) || (thin.length > 0 && labels[code] === otherName);
  const kept = order.filter((code) => !own(code) && !gathered(code));
  const others = order.filter((code) => !own(code) && gathered(code));
  const textsOf = (codes: readonly number[]) => codes.map((code) => labels[code]);
  const gatheredLevels = others.length > 0 ? 1 : 0;
  const missing = hasMissing ? kept.length + gatheredLevels : -1;
  return {
    attribute: name,
    kind: 'category',
    names: [
      ...textsOf(kept),
      ...(gatheredLevels > 0 ? [otherName] : []),
      ...(hasMissing ? [missingName] : []),
    ],
    labels: [
      ...textsOf(kept).map((label) => [label]),
      ...(gatheredLevels > 0 ? [textsOf(others)] : []),
      ...(hasMissing ? [textsOf(order.filter(own))] : []),
    ],
    missing,
  };
}

function numbers(attribute: string, bins: readonly Bin[], hasMissing: boolean): NumberLevels {
  const [lowest, highest] = [bins[0].low, bins[bins.length - 1].high];
  const beyond = margin * (highest - lowest);
  const cuts = bins.slice(1).map(({ low }, b) => roundBetween(bins[b].high, low));
  const names = bins.map((_, b) => {
    if (cuts.length === 0) return 'any number';
    if (b === 0) return `up to ${cuts[0]}`;
    return b === cuts.length ? `above ${cuts[b - 1]}` : `${cuts[b - 1]} to ${cuts[b]}`;
  });
  return {
    attribute,
    kind: 'number',
    names: [...names, ...(hasMissing ? [missingName] : [])],
    cuts,
    range: [lowest - beyond, highest + beyond],
    missing: hasMissing ? names.length : -1,
  };
}

/** How much more than Poisson counts vary about what was expected of them; at least 1. */
function dispersion(events: Float64Array, expected: Float64Array): number {
  const claims = sum(events);
  const scale = claims / sum(expected);
  if (!(scale > 0 && Number.isFinite(scale))) return 1;
  const squares = events.map((count, row) => (count - scale * expected[row]) ** 2);
  return Math.max(1, sum(squares) / claims);
}
