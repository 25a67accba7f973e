import { groupSums, sum } from '../base/columns.js';
import { MisuseError } from '../base/errors.js';
import type { Note, NoteWordings } from '../base/note.js';
import type { Panel } from './buhlmann-straub.js';
import {
  type Between,
  betweenOf,
  countPositive,
  credibilityAt,
  drawn,
  gathered,
  type HierarchicalOptions,
  type Level,
  quotients,
  segmentsOf,
} from './hierarchy-levels.js';

/** A panel whose customers stand in segments: `segment[c]` is a code from 0, or −1 for none stated. */
export interface SegmentedPanel extends Panel {
  readonly segment: ArrayLike<number>;
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
  /** Fallbacks that were taken. */
  readonly notes: readonly Note[];
}

/** The sentences of the fallbacks of {@link hierarchical}. */
export const hierarchicalNotes: NoteWordings = {
  'one-period': () =>
    'no customer has two periods: chance cannot be told from difference, no credibility is given',
  'no-segment': () => 'no customer with weight has a segment: all are taken as one segment',
  unsettled: ({ rounds }) =>
    `the variances had not settled after ${rounds} rounds: the last ones are taken`,
  'segments-of-one': () =>
    'no segment has two customers: customers get the premium of their segment',
  'customers-of-segment-alike': () =>
    'the between-customer variance is not above 0: customers of a segment do not differ measurably and get its premium',
  'one-segment': () => 'only one segment has weight: its premium is the collective',
  'segments-alike': () =>
    'the between-segment variance is not above 0: segments do not differ measurably and get the collective',
};

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
      notes: [{ code: 'no-segment' }, ...one.notes],
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
    notes: measurable ? notesOn(customers, segments, between) : [{ code: 'one-period' }],
  };
}

function notesOn(customers: Level, segments: Level, between: Between): Note[] {
  const { unsettledAfter: rounds } = between;
  const notes: Note[] = rounds === undefined ? [] : [{ code: 'unsettled', values: { rounds } }];
  if (customers.spare === 0) notes.push({ code: 'segments-of-one' });
  else if (between.customers === 0) notes.push({ code: 'customers-of-segment-alike' });
  if (segments.spare === 0) notes.push({ code: 'one-segment' });
  else if (between.segments === 0) notes.push({ code: 'segments-alike' });
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
