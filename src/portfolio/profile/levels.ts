import { groupSums } from '../../base/columns.js';
import { gammaQuantile, normalQuantile } from '../../base/distributions.js';
import { hierarchical } from '../../credibility/hierarchical.js';
import { dispersionOf, type Tally, talliesOf } from '../../scoring/statistics/chance-test.js';
import { weightOfEvidence } from './evidence.js';
import type { Observed } from './observed.js';
import type { ProfiledAttribute, ProfileLevel } from './result.js';

/** Of the intervals of lifts. */
export const probability = 0.9;

const ratio = (above: number, below: number) => (below > 0 ? above / below : null);

/** The figures of each level of an attribute, and its information value. */
export function levelFigures(
  observed: Observed,
  expected: Float64Array,
  variance: number,
  codes: Int32Array,
  names: readonly string[],
): Pick<ProfiledAttribute, 'levels' | 'informationValue'> {
  const { exposureYears, earnedPremium, incurred, highRisk } = observed;
  const total = (column: ArrayLike<number>) => groupSums(column, codes, names.length);
  const customers = total(new Uint8Array(codes.length).fill(1));
  const [years, premium, losses] = [exposureYears, earnedPremium, incurred].map(total);
  const bads = total(highRisk.map((code) => (code === 1 ? 1 : 0)));
  const goods = total(highRisk.map((code) => (code === 0 ? 1 : 0)));
  const { weights, informationValue } = weightOfEvidence(goods, bads);
  const tallies = talliesOf(observed.claims, expected, codes, names.length);
  const credible = crediblesOf(tallies, variance);
  const errors = lossRatioErrors(observed, codes, losses, premium, customers);
  const levels = names.map(
    (level, l): ProfileLevel => ({
      level,
      customers: customers[l],
      exposureYears: years[l],
      earnedPremium: premium[l],
      incurred: losses[l],
      claims: tallies[l].claims,
      lossRatio: ratio(losses[l], premium[l]),
      ...lossRatioEnds(ratio(losses[l], premium[l]), errors[l]),
      claimFrequency: ratio(tallies[l].claims, years[l]),
      highRiskShare: ratio(bads[l], bads[l] + goods[l]),
      expectedClaims: tallies[l].expected,
      ...liftOf(tallies[l], variance),
      ...credible[l],
      weightOfEvidence: known(weights[l]),
    }),
  );
  return { levels, informationValue: known(informationValue) };
}

/** The standard error of each level's loss ratio, as a ratio of means (Cochran 1977, ch. 6). */
function lossRatioErrors(
  { earnedPremium, incurred }: Observed,
  codes: Int32Array,
  losses: Float64Array,
  premium: Float64Array,
  customers: Float64Array,
): Float64Array {
  const squares = new Float64Array(losses.length);
  for (let row = 0; row < codes.length; row++) {
    const level = codes[row];
    const expected = (losses[level] / premium[level]) * earnedPremium[row];
    squares[level] += (incurred[row] - expected) ** 2;
  }
  return squares.map((total, l) => {
    const count = customers[l];
    return count > 1 ? Math.sqrt((total * count) / (count - 1)) / premium[l] : Number.NaN;
  });
}

function lossRatioEnds(value: number | null, error: number) {
  // Without losses nothing is known of how far they spread.
  if (!value || !Number.isFinite(error)) return { lossRatioLow: null, lossRatioHigh: null };
  const reach = normalQuantile((1 + probability) / 2) * error;
  return { lossRatioLow: Math.max(0, value - reach), lossRatioHigh: value + reach };
}

const known = (value: number) => (Number.isFinite(value) ? value : null);

/**
 * Claims ÷ expected claims with the exact Poisson interval (Garwood 1936), at as many claims as are
 * worth as much where counts vary more than Poisson.
 */
function liftOf(tally: Tally, variance: number) {
  const { claims, expected } = tally;
  if (!(expected > 0)) return { lift: null, liftLow: null, liftHigh: null };
  const dispersion = dispersionOf(tally, variance);
  const worth = claims / dispersion;
  const tail = (1 - probability) / 2;
  const scale = dispersion / expected;
  return {
    lift: claims / expected,
    liftLow: worth > 0 ? gammaQuantile(tail, worth) * scale : 0,
    liftHigh: gammaQuantile(1 - tail, worth + 1) * scale,
  };
}

/**
 * Lifts drawn toward the book, 1, by Bühlmann and Straub's credibility over the levels; the variance
 * within is known: of a count over what was expected it is 1, at a weight of expected ÷ dispersion.
 */
function crediblesOf(tallies: readonly Tally[], variance: number) {
  const weighed = tallies.filter(({ expected }) => expected > 0);
  const weightOf = (tally: Tally) => tally.expected / dispersionOf(tally, variance);
  if (weighed.length === 0) return tallies.map(() => ({ credibleLift: null, credibility: null }));
  const { betweenCustomers: between } = hierarchical(
    {
      customer: weighed.map((_, k) => k),
      ratio: weighed.map(({ claims, expected }) => claims / expected),
      weight: weighed.map(weightOf),
      segment: weighed.map(() => 0),
    },
    { withinVariance: 1 },
  );
  return tallies.map((tally) => {
    if (!(tally.expected > 0)) return { credibleLift: null, credibility: null };
    const own = weightOf(tally) * between;
    const credibility = own / (own + 1);
    return { credibleLift: 1 + credibility * (tally.claims / tally.expected - 1), credibility };
  });
}
