import { groupSums, sum } from '../base/columns.js';
import { MisuseError } from '../base/errors.js';
import type { Note, NoteWordings } from '../base/note.js';

/** Observations of customers: the ratio of one period and its weight; customer codes from 0. */
export interface Panel {
  readonly customer: ArrayLike<number>;
  readonly ratio: ArrayLike<number>;
  readonly weight: ArrayLike<number>;
}

export interface BuhlmannStraubOptions {
  readonly estimator?: 'unbiased' | 'iterative';
  /** Which mean the complement of credibility goes to. */
  readonly collectiveMean?: 'credibility-weighted' | 'exposure-weighted';
  /** The iterative estimator stops at this relative change, or after so many rounds. */
  readonly tolerance?: number;
  readonly maxRounds?: number;
}

/** What a panel says of its customers; one value a customer in `means`, `weights` and so on. */
export interface BuhlmannStraub {
  readonly collective: number;
  readonly collectiveMean: 'credibility-weighted' | 'exposure-weighted';
  readonly betweenVariance: number;
  readonly withinVariance: number;
  readonly means: Float64Array;
  readonly weights: Float64Array;
  readonly credibility: Float64Array;
  readonly premiums: Float64Array;
  /** Fallbacks that were taken. */
  readonly notes: readonly Note[];
}

/** The sentences of the fallbacks of {@link buhlmannStraub}. */
export const buhlmannStraubNotes: NoteWordings = {
  'one-customer': () => 'only one customer has weight: no credibility is given',
  'one-period': () =>
    'no customer has two periods: chance cannot be told from difference, no credibility is given',
  'customers-alike': () =>
    'the between-customer variance is not above 0: customers do not differ measurably, no credibility is given',
};

/**
 * Bühlmann–Straub credibility: each customer's weighted mean ratio is drawn toward the collective
 * by its credibility Z = weight ÷ (weight + within ÷ between).
 *
 * Within variance: Σ weight × (ratio − own mean)² ÷ (observations − customers). Between variance,
 * unbiased: W × (Σ weight × (own mean − mean)² − (customers − 1) × within) ÷ (W² − Σ weight²), with
 * W the total weight; iterative (Bichsel–Straub): the fixed point of
 * Σ Z × (own mean − Z-weighted mean)² ÷ (customers − 1), from the unbiased value. Observations
 * without weight are left out, and a customer without any gets Z = 0 and the collective. When all
 * observations weigh the same, the iterative estimator gives the unbiased value, as actuar's does.
 *
 * A between variance that is not above 0 gives Z = 0 to all and the exposure-weighted mean, with a
 * note, as does a panel of one customer or of one observation each.
 *
 * Source: Bühlmann and Straub (1970); Bühlmann and Gisler, *A Course in Credibility Theory* (2005),
 * ch. 4; edges as in R's actuar 3.3-2, `cm()`.
 *
 * @throws MisuseError when columns differ in length, nothing has weight, or a weight is negative
 * @example
 * ```ts
 * const panel = { customer: [0, 0, 1, 1], ratio: [0.4, 0.6, 0.9, 1.1], weight: [100, 100, 100, 100] };
 * buhlmannStraub(panel).credibility; // => Float64Array [0.92, 0.92]
 * ```
 */
export function buhlmannStraub(
  { customer, ratio, weight }: Panel,
  {
    estimator = 'unbiased',
    collectiveMean = 'credibility-weighted',
    tolerance = Math.sqrt(Number.EPSILON),
    maxRounds = 100,
  }: BuhlmannStraubOptions = {},
): BuhlmannStraub {
  if (customer.length !== ratio.length || ratio.length !== weight.length) {
    throw new MisuseError('buhlmannStraub: expected customer, ratio and weight of one length');
  }
  let customers = 0;
  for (let i = 0; i < customer.length; i++) {
    if (!(weight[i] >= 0))
      throw new MisuseError(`buhlmannStraub: expected weights of 0 or more, got ${weight[i]}`);
    customers = Math.max(customers, customer[i] + 1);
  }
  const losses = new Float64Array(ratio.length);
  for (let i = 0; i < losses.length; i++) losses[i] = weight[i] === 0 ? 0 : weight[i] * ratio[i];
  const weights = groupSums(weight, customer, customers);
  const means = groupSums(losses, customer, customers).map((loss, c) => loss / weights[c]);
  const totalWeight = sum(weights);
  if (!(totalWeight > 0)) throw new MisuseError('buhlmannStraub: expected some weight, got none');

  const rated = weights.filter((value) => value > 0).length;
  const observations = weight.length - countZeros(weight);
  const deviations = losses.map((_, i) =>
    weight[i] === 0 ? 0 : weight[i] * (ratio[i] - means[customer[i]]) ** 2,
  );
  const exposureMean = sum(losses) / totalWeight;
  const freedom = observations - rated;
  const notes: Note[] = [];
  const withinVariance = freedom > 0 ? sum(deviations) / freedom : 0;

  /** Σ factor × (own mean − center)², over customers with weight. */
  const spread = (factor: Float64Array, center: number) =>
    sum(factor.map((value, c) => (weights[c] > 0 ? value * (means[c] - center) ** 2 : 0)));
  const credibilityAt = (between: number) =>
    weights.map((value) =>
      value > 0 ? (between * value) / (between * value + withinVariance) : 0,
    );
  const weightedMean = (factor: Float64Array) =>
    sum(factor.map((value, c) => (value > 0 ? value * means[c] : 0))) / sum(factor);

  const unbiased =
    (totalWeight * (spread(weights, exposureMean) - (rated - 1) * withinVariance)) /
    (totalWeight ** 2 - sum(weights.map((value) => value ** 2)));
  const equalWeights = allEqual(weight);

  let betweenVariance = unbiased;
  if (rated < 2) {
    notes.push({ code: 'one-customer' });
    betweenVariance = 0;
  } else if (freedom <= 0) {
    notes.push({ code: 'one-period' });
    betweenVariance = 0;
  } else if (!(unbiased > 0)) {
    notes.push({ code: 'customers-alike' });
    betweenVariance = 0;
  } else if (estimator === 'iterative' && !equalWeights) {
    for (let round = 0; round < maxRounds; round++) {
      const z = credibilityAt(betweenVariance);
      const next = spread(z, weightedMean(z)) / (rated - 1);
      const change = Math.abs(next - betweenVariance) / betweenVariance;
      betweenVariance = next;
      if (!(change >= tolerance)) break;
    }
  }

  const credibility = betweenVariance > 0 ? credibilityAt(betweenVariance) : weights.map(() => 0);
  const mean = betweenVariance > 0 ? collectiveMean : 'exposure-weighted';
  const collective = mean === 'exposure-weighted' ? exposureMean : weightedMean(credibility);
  const premiums = credibility.map((z, c) =>
    z > 0 ? collective + z * (means[c] - collective) : collective,
  );
  return {
    collective,
    collectiveMean: mean,
    betweenVariance,
    withinVariance,
    means,
    weights,
    credibility,
    premiums,
    notes,
  };
}

/** Whether all observations with weight have the same one. */
function allEqual(weight: ArrayLike<number>): boolean {
  const first = Array.prototype.find.call(weight, (value: number) => value > 0);
  return Array.prototype.every.call(weight, (value: number) => value === 0 || value === first);
}

function countZeros(values: ArrayLike<number>): number {
  let zeros = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === 0) zeros++;
  return zeros;
}
