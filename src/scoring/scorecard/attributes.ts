import { type Attribute, groupSums } from '../../base/columns.js';
import type { CardPlan } from '../../plan/card.js';
import { rateTest, talliesOf, testOf, varianceByMoments } from '../statistics/chance-test.js';
import { cholesky, solve } from '../statistics/cholesky.js';
import { discoveries } from '../statistics/false-discovery.js';
import type { CardClaims } from './coefficients.js';
import { fitLevels, levelColumn } from './levels.js';
import { poissonRegression } from './poisson-regression.js';

/** An attribute that competes for a place on the card. */
export interface Competitor {
  readonly attribute: Attribute;
  /** Where customers stand on levels that were cut without looking at claims. */
  readonly positions: Int32Array;
  readonly levels: number;
  /** The probability that chance alone gives differences as large as those of its levels. */
  readonly probability: number;
}

/** The claims of customers with their years of cover, by which levels are cut. */
export interface CardRows extends CardClaims {
  readonly exposure: Float64Array;
}

/**
 * Every attribute with the probability of its differences by chance alone ({@link rateTest}). Its levels
 * are cut without looking at claims, as a test on levels that were chosen for their differences would
 * find some in anything. Attributes with nothing to test do not compete.
 */
export function competitors(
  { counts, expected, exposure }: CardRows,
  attributes: readonly Attribute[],
  { minimumExposure }: Pick<CardPlan, 'minimumExposure'>,
): Competitor[] {
  const variance = varianceByMoments(counts, expected);
  return attributes.flatMap((attribute) => {
    const levels = fitLevels(attribute, exposure, counts, {
      merge: false,
      minimumExposure,
    });
    const positions = levelColumn(levels, attribute);
    const size = levels.names.length;
    const test = rateTest(talliesOf(counts, expected, positions, size), variance);
    return test ? [{ attribute, positions, levels: size, probability: test.pValue }] : [];
  });
}

/** So little holds levels without any claim, whose coefficients would run away. */
export const least = 0.1;

/**
 * The competitors that the false-discovery test lets on the card: first each for itself, then, the
 * weakest out first, those that still say something beside the others (Wald's test), so that what
 * only goes along with another stays out. Their probability is the one given the others.
 */
export function chosenAttributes(
  { counts, expected }: CardClaims,
  all: readonly Competitor[],
  rate: number,
): Competitor[] {
  const found = discoveries(
    all.map(({ probability }) => probability),
    rate,
  );
  let chosen = all.filter((_, k) => found[k]);
  for (;;) {
    if (chosen.length === 0) return [];
    const given = probabilitiesGivenOthers({ counts, expected }, chosen);
    const stays = discoveries(given, rate, all.length);
    chosen = chosen.map((one, k) => ({ ...one, probability: given[k] }));
    if (stays.every(Boolean)) return chosen;
    const weakest = given.indexOf(Math.max(...given));
    chosen = chosen.filter((_, k) => k !== weakest);
  }
}

function probabilitiesGivenOthers(
  { counts, expected }: CardClaims,
  chosen: readonly Competitor[],
): number[] {
  // The level that expects most claims is what the others are compared with.
  const references = chosen.map(({ positions, levels }) => {
    const base = groupSums(expected, positions, levels);
    return base.indexOf(base.reduce((most, value) => Math.max(most, value), 0));
  });
  const fit = poissonRegression({
    counts,
    expected,
    penalty: least,
    factors: chosen.map(({ positions, levels }, k) => ({
      codes: positions.map((at) => (at === references[k] ? -1 : at > references[k] ? at - 1 : at)),
      columns: levels - 1,
    })),
  });
  const size = fit.coefficients.length;
  const dispersion = Math.max(1, fit.dispersion || 1);
  let begin = 1;
  return chosen.map(({ levels }) => {
    const columns = Array.from({ length: levels - 1 }, (_, j) => begin + j);
    begin += levels - 1;
    const own = Float64Array.from(columns, (j) => fit.coefficients[j]);
    const block = Float64Array.from(
      columns.flatMap((i) => columns.map((j) => fit.covariance[i * size + j])),
    );
    const weighed = solve(cholesky(block, columns.length), own);
    const wald = own.reduce((total, value, j) => total + value * weighed[j], 0);
    return testOf(wald / dispersion, columns.length).pValue;
  });
}
