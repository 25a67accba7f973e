import { groupSums, sum } from '../columns.js';
import { MisuseError } from '../misuse.js';
import type { Panel } from './buhlmann-straub.js';

/** A panel whose customers stand in segments: `segment[c]` is a code from 0, or −1 for none stated. */
export interface SegmentedPanel extends Panel {
  readonly segment: ArrayLike<number>;
}

export interface HierarchicalOptions {
  readonly estimator?: 'buhlmann-gisler' | 'ohlsson' | 'iterative';
  /** The iterative estimator stops at this relative change, or after so many rounds. */
  readonly tolerance?: number;
  readonly maxRounds?: number;
  /** If known beforehand: 1 for Poisson counts over what was expected, weighed by the latter. */
  readonly withinVariance?: number;
}

/** One value a customer, or a segment. Without weight the mean and the credibility are 0. */
export interface HierarchyLevel {
  readonly means: Float64Array;
  /** Of a segment: the sum of its customers' credibilities, or of their weights if all those are 0. */
  readonly weights: Float64Array;
  readonly credibility: Float64Array;
  readonly premiums: Float64Array;
}

export interface Hierarchical {
  readonly collective: number;
  readonly betweenSegments: number;
  /** Between the customers of one segment. */
  readonly betweenCustomers: number;
  readonly withinVariance: number;
  readonly segments: HierarchyLevel;
  readonly customers: HierarchyLevel;
  /** Fallbacks that were taken, in words. */
  readonly notes: readonly string[];
}

/**
 * Hierarchical credibility, Bühlmann–Straub at two levels: a customer is drawn toward the premium
 * of its segment by Z = weight ÷ (weight + within ÷ between customers), and a segment toward the
 * collective by Z = weight ÷ (weight + between customers ÷ between segments). A segment's weight is
 * the sum of its customers' Z and its mean is weighted by them; so is the collective by segments' Z.
 *
 * Within variance: Σ weight × (ratio − own mean)² ÷ (observations − customers). Between customers:
 * each segment has an excess Σ weight × (own mean − segment mean)² − (customers − 1) × within and a
 * size W − Σ weight² ÷ W, with W its total weight. `ohlsson`: Σ excess ÷ Σ size. `buhlmann-gisler`:
 * the average over segments of excess ÷ size, 0 where that is negative or the customer is alone.
 * `iterative`: from Ohlsson's value to the fixed point of Σ Z × (own mean − segment mean)² ÷
 * (customers − segments). Between segments: the same one level up. Ohlsson's is the default because
 * many small segments do not bias it, neither upward (by the 0) nor downward (by customers alone).
 *
 * A variance that is not above 0 is taken as 0 with a note (actuar leaves Ohlsson's negative): Z = 0
 * at that level, and the mean above it is weighted by weight. A customer without a segment counts
 * in the within variance only and is drawn toward the collective, between being the sum of both
 * variances: as it would be if it were a segment. If nobody has a segment, all are taken as one.
 *
 * Source: Jewell (1975); Bühlmann and Gisler, *A Course in Credibility Theory* (2005), ch. 6;
 * Ohlsson (2005); estimators as in R's actuar 3.3-2, `cm(~segment + segment:customer)`.
 *
 * @throws MisuseError when columns do not fit together, a value is unusable or nothing has weight
 * @example
 * ```ts
 * const customer = [0, 0, 1, 1, 2, 2, 3, 3];
 * const ratio = [40, 60, 60, 80, 90, 110, 110, 130];
 * const weight = ratio.map(() => 100);
 * const found = hierarchical({ customer, ratio, weight, segment: [0, 0, 1, 1] });
 * found.segments.premiums; // => Float64Array [62, 108]
 * found.customers.premiums; // => Float64Array [56, 66, 104, 114]
 * ```
 */
export function hierarchical(
  panel: SegmentedPanel,
  options: HierarchicalOptions = {},
): Hierarchical {
  refuseMisuse(panel);
  const { segment } = panel;
  const { weights, means, freedom, deviation } = experienceOf(panel);
  const { withinVariance = freedom > 0 ? deviation / freedom : 0 } = options;
  if (!(withinVariance >= 0))
    throw new MisuseError(`hierarchical: expected a withinVariance from 0, got ${withinVariance}`);
  let groups = 0;
  for (let c = 0; c < segment.length; c++) groups = Math.max(groups, segment[c] + 1);
  const exposures = groupSums(weights, segment, groups);
  if (countPositive(exposures) === 0) {
    const one = hierarchical({ ...panel, segment: new Int32Array(segment.length) }, options);
    const premiums = exposures.map(() => one.collective);
    return {
      ...one,
      segments: { means: exposures, weights: exposures, credibility: exposures, premiums },
      notes: ['no customer with weight has a segment: all are taken as one segment', ...one.notes],
    };
  }

  const placed = weights.filter((value, c) => value > 0 && segment[c] >= 0).length;
  const spare = placed - countPositive(exposures);
  const customers: Level = { weights, means, group: segment, groups, below: withinVariance, spare };
  const measurable = freedom > 0 || options.withinVariance !== undefined;
  const between = measurable ? betweenOf(customers, options) : { customers: 0, segments: 0 };
  const segments = segmentsOf(customers, gathered(customers, between.customers), between.customers);
  const collective = gathered(segments, between.segments).means[0];

  const ofSegments = credibilityAt(segments, between.segments);
  const complements = drawn(segments.means, ofSegments, () => collective);
  const credibility = credibilityAt(customers, between.customers);
  const alone = credibilityAt(customers, between.customers + between.segments);
  for (let c = 0; c < credibility.length; c++) if (segment[c] < 0) credibility[c] = alone[c];
  const premiums = drawn(means, credibility, (c) =>
    segment[c] < 0 ? collective : complements[segment[c]],
  );
  return {
    collective,
    betweenSegments: between.segments,
    betweenCustomers: between.customers,
    withinVariance,
    segments: {
      means: segments.means,
      weights: segments.weights,
      credibility: ofSegments,
      premiums: complements,
    },
    customers: { means, weights, credibility, premiums },
    notes: measurable ? notesOn(customers, segments, between) : [noteOnPeriods],
  };
}

/** Customers in their segments, or segments in the book. */
interface Level {
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

interface Between {
  readonly customers: number;
  readonly segments: number;
  /** The rounds after which the iterative estimator gave up. */
  readonly unsettledAfter?: number;
}

const noteOnPeriods =
  'no customer has two periods: chance cannot be told from difference, no credibility is given';

function notesOn(customers: Level, segments: Level, between: Between): string[] {
  const notes: string[] = [];
  if (between.unsettledAfter !== undefined) {
    const rounds = between.unsettledAfter;
    notes.push(`the variances had not settled after ${rounds} rounds: the last ones are taken`);
  }
  if (customers.spare === 0) {
    notes.push('no segment has two customers: customers get the premium of their segment');
  } else if (between.customers === 0) {
    notes.push(
      'the between-customer variance is not above 0: customers of a segment do not differ measurably and get its premium',
    );
  }
  if (segments.spare === 0) {
    notes.push('only one segment has weight: its premium is the collective');
  } else if (between.segments === 0) {
    notes.push(
      'the between-segment variance is not above 0: segments do not differ measurably and get the collective',
    );
  }
  return notes;
}

function experienceOf({ customer, ratio, weight, segment }: SegmentedPanel) {
  const losses = new Float64Array(ratio.length);
  for (let i = 0; i < losses.length; i++) losses[i] = weight[i] > 0 ? weight[i] * ratio[i] : 0;
  const weights = groupSums(weight, customer, segment.length);
  const means = quotients(groupSums(losses, customer, segment.length), weights);
  const rated = countPositive(weights);
  if (rated === 0) throw new MisuseError('hierarchical: expected some weight, got none');
  const deviations = losses.map((_, i) =>
    weight[i] > 0 ? weight[i] * (ratio[i] - means[customer[i]]) ** 2 : 0,
  );
  return { weights, means, freedom: countPositive(weight) - rated, deviation: sum(deviations) };
}

function betweenOf(
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

function segmentsOf(customers: Level, { weights, means }: Gathered, between: number): Level {
  const group = new Int32Array(weights.length);
  const below = between > 0 ? between : customers.below;
  return { weights, means, group, groups: 1, below, spare: countPositive(weights) - 1 };
}

// Plain loops where customers are many: the iterative estimator goes through them a hundred times.

function gathered(level: Level, between: number): Gathered {
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

function credibilityAt({ weights, below }: Level, between: number): Float64Array {
  const credibility = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    const signal = between * weights[i];
    if (signal > 0) credibility[i] = signal / (signal + below);
  }
  return credibility;
}

function drawn(means: Float64Array, credibility: Float64Array, toward: (i: number) => number) {
  return means.map((mean, i) => toward(i) + credibility[i] * (mean - toward(i)));
}

/** Values by their weights, 0 where there is none. */
function quotients(values: Float64Array, weights: Float64Array): Float64Array {
  return values.map((value, i) => (weights[i] > 0 ? value / weights[i] : 0));
}

function countPositive(values: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > 0) count++;
  return count;
}

function refuseMisuse({ customer, ratio, weight, segment }: SegmentedPanel): void {
  if (customer.length !== ratio.length || ratio.length !== weight.length)
    throw new MisuseError('hierarchical: expected customer, ratio and weight of one length');
  for (let c = 0; c < segment.length; c++) {
    if (!(segment[c] >= -1))
      throw new MisuseError(`hierarchical: expected segments from 0, or −1, got ${segment[c]}`);
  }
  for (let i = 0; i < customer.length; i++) {
    const known = customer[i] >= 0 && customer[i] < segment.length;
    const weighed = weight[i] >= 0 && weight[i] < Number.POSITIVE_INFINITY;
    if (known && weighed && (weight[i] === 0 || Number.isFinite(ratio[i]))) continue;
    throw new MisuseError(
      `hierarchical: expected a customer with a segment, a weight of 0 or more and a number as ratio, got ${customer[i]}, ${weight[i]} and ${ratio[i]}`,
    );
  }
}
