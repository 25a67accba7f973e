import { groupSums, sum } from '../base/columns.js';

export interface HierarchicalOptions {
  readonly estimator?: 'buhlmann-gisler' | 'ohlsson' | 'iterative';
  /** The iterative estimator stops at this relative change, or after so many rounds. */
  readonly tolerance?: number;
  readonly maxRounds?: number;
  /** If known beforehand: 1 for Poisson counts over what was expected, weighed by the latter. */
  readonly withinVariance?: number;
}

/** Customers in their segments, or segments in the book. */
export interface Level {
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly group: ArrayLike<number>;
  readonly groups: number;
  /** The variance one level below. */
  readonly below: number;
  /** Those with weight, less one for each group they are in. */
  readonly spare: number;
}

/** The groups of a level, by what its nodes weigh or by their credibility. */
interface Gathered {
  readonly factors: Float64Array;
  readonly weights: Float64Array;
  readonly means: Float64Array;
}

export interface Between {
  readonly customers: number;
  readonly segments: number;
  /** The rounds after which the iterative estimator gave up. */
  readonly unsettledAfter?: number;
}

/** The variances between customers of a segment and between segments, by the estimator asked for. */
export function betweenOf(
  customers: Level,
  {
    estimator = 'ohlsson',
    tolerance = Math.sqrt(Number.EPSILON),
    maxRounds = 100,
  }: HierarchicalOptions,
): Between {
  // Means that differ in their last bits would get Z = 1 where nothing else differs.
  const largest = customers.means.reduce((most, mean) => Math.max(most, Math.abs(mean)), 0);
  const rounding = (8 * Number.EPSILON * largest) ** 2;
  const atOnce = (level: Level) => {
    const found = level.spare > 0 ? betweenAtOnce(level, estimator) : 0;
    return found > rounding ? found : 0;
  };
  let ofCustomers = atOnce(customers);
  let inSegments = gathered(customers, ofCustomers);
  let ofSegments = atOnce(segmentsOf(customers, inSegments, ofCustomers));
  if (estimator !== 'iterative') return { customers: ofCustomers, segments: ofSegments };

  // A variance on its way to 0 never arrives: this small beside where it began, it is 0.
  const gone = [ofCustomers * tolerance ** 2, ofSegments * tolerance ** 2];
  for (let round = 0; round < maxRounds; round++) {
    const before = [ofCustomers, ofSegments];
    ofCustomers = betweenAgain(customers, inSegments, before[0], gone[0]);
    inSegments = gathered(customers, ofCustomers);
    const segments = segmentsOf(customers, inSegments, ofCustomers);
    ofSegments = betweenAgain(segments, gathered(segments, before[1]), before[1], gone[1]);
    const settled = [ofCustomers, ofSegments].every(
      (now, k) => now === 0 || Math.abs(now / before[k] - 1) < tolerance,
    );
    if (settled) return { customers: ofCustomers, segments: ofSegments };
  }
  return { customers: ofCustomers, segments: ofSegments, unsettledAfter: maxRounds };
}

function betweenAtOnce(level: Level, estimator: HierarchicalOptions['estimator']): number {
  const { weights, group, groups, below } = level;
  const counts = new Float64Array(groups);
  const totals = new Float64Array(groups);
  const pairs = new Float64Array(groups);
  for (let i = 0; i < weights.length; i++) {
    if (group[i] < 0 || weights[i] === 0) continue;
    // W² − Σ weight² as a sum over pairs: a difference would lose a weight of 1e-6 beside 1e9.
    pairs[group[i]] += 2 * weights[i] * totals[group[i]];
    totals[group[i]] += weights[i];
    counts[group[i]]++;
  }
  const sizes = quotients(pairs, totals);
  const excess = spreads(level, gathered(level, 0)).map(
    (spread, g) => spread - Math.max(0, counts[g] - 1) * below,
  );
  if (estimator !== 'buhlmann-gisler') return sum(excess) / sum(sizes);
  return sum(quotients(excess, sizes).map((value) => Math.max(0, value))) / countPositive(counts);
}

function betweenAgain(level: Level, at: Gathered, between: number, gone: number): number {
  const found = between > 0 ? sum(spreads(level, at)) / level.spare : 0;
  return found > gone ? found : 0;
}

/** The level above customers: segments in the book, by what their customers add up to. */
export function segmentsOf(customers: Level, { weights, means }: Gathered, between: number): Level {
  const group = new Int32Array(weights.length);
  const below = between > 0 ? between : customers.below;
  return { weights, means, group, groups: 1, below, spare: countPositive(weights) - 1 };
}

// Plain loops where customers are many: the iterative estimator goes through them a hundred times.

/** The groups of a level: by credibility, or by what its nodes weigh where nothing varies between. */
export function gathered(level: Level, between: number): Gathered {
  const { means, group, groups } = level;
  const factors = between > 0 ? credibilityAt(level, between) : level.weights;
  const weights = groupSums(factors, group, groups);
  const totals = new Float64Array(means.length);
  for (let i = 0; i < means.length; i++) totals[i] = factors[i] * means[i];
  return { factors, weights, means: quotients(groupSums(totals, group, groups), weights) };
}

/** By group, Σ factor × (mean − group mean)². */
function spreads({ means, group, groups }: Level, at: Gathered): Float64Array {
  const squares = new Float64Array(means.length);
  for (let i = 0; i < means.length; i++)
    if (group[i] >= 0) squares[i] = at.factors[i] * (means[i] - at.means[group[i]]) ** 2;
  return groupSums(squares, group, groups);
}

/** Z = between × weight ÷ (between × weight + the variance below). */
export function credibilityAt({ weights, below }: Level, between: number): Float64Array {
  const credibility = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    const signal = between * weights[i];
    if (signal > 0) credibility[i] = signal / (signal + below);
  }
  return credibility;
}

/** Means drawn toward what they are in, by their credibility. */
export function drawn(
  means: Float64Array,
  credibility: Float64Array,
  toward: (i: number) => number,
) {
  return means.map((mean, i) => toward(i) + credibility[i] * (mean - toward(i)));
}

/** Values by their weights, 0 where there is none. */
export function quotients(values: Float64Array, weights: Float64Array): Float64Array {
  return values.map((value, i) => (weights[i] > 0 ? value / weights[i] : 0));
}

export function countPositive(values: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > 0) count++;
  return count;
}
