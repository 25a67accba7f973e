import type { Attribute } from '../../base/columns.js';
import { type CardPlan, maxPairs, trendOf } from '../../plan/card.js';
import { type ChanceTest, varianceByMoments } from '../statistics/chance-test.js';
import { type CardRows, type Competitor, least } from './attributes.js';
import { type CardFactor, type LevelAssignment, relativitiesOf } from './coefficients.js';
import { type CoarseAttribute, coarseLevels, pairTests } from './pair-test.js';
import { poissonRegression } from './poisson-regression.js';
import { cellAt } from './terms.js';

/** Two attributes that tell more together than each alone. */
export interface ChosenPair {
  readonly first: CoarseAttribute;
  readonly second: CoarseAttribute;
  /** Its cells: the levels of the second within those of the first. */
  readonly factor: CardFactor;
  /** The probability of such differences by chance, given what was on the card before. */
  readonly probability: number;
}

/**
 * The pairs that get a place: the most telling first, as long as it differs by more than chance from
 * what the card tells so far ({@link pairTests}), with the false-discovery rate of all pairs kept, and
 * no more than the plan allows. So what only goes along with another pair stays out. Attributes with
 * a trend have no pairs: beside another their trend would be broken.
 */
export function chosenPairs(
  rows: CardRows,
  attributes: readonly Attribute[],
  singles: readonly Competitor[],
  plan: CardPlan,
  falseDiscoveryRate: number,
): { tested: number; chosen: ChosenPair[] } {
  const { minimumExposure, pairs: most = maxPairs } = plan;
  const chosen: ChosenPair[] = [];
  if (most === 0) return { tested: 0, chosen };
  const coarse = attributes
    .filter(({ name }) => trendOf(plan, name) === 'free')
    .map((attribute) => coarseLevels(rows, attribute, minimumExposure));
  const factors: LevelAssignment[] = [...singles];
  let tested = 0;
  while (chosen.length < most) {
    const given = { ...rows, expected: claimsExpectedBy(rows, factors) };
    const looks = pairTests(given, coarse, varianceByMoments(given.counts, given.expected));
    tested ||= looks.length;
    const rate = (falseDiscoveryRate * (chosen.length + 1)) / looks.length;
    const [best] = looks
      .filter(({ test }) => test.pValue <= rate)
      .toSorted((x, y) => surprise(y.test) - surprise(x.test));
    if (!best) break;
    const { first, second, test } = best;
    const width = second.levels.names.length;
    const factor = {
      positions: first.codes.map((code, row) => cellAt(code, second.codes[row], width)),
      levels: first.levels.names.length * width,
      trend: 'free',
      missing: -1,
    } as const;
    chosen.push({ first, second, factor, probability: test.pValue });
    factors.push(factor);
  }
  return { tested, chosen };
}

/** How far a chi-squared statistic is above its mean, in standard deviations: small p-values are all 0. */
function surprise({ statistic, degreesOfFreedom }: ChanceTest): number {
  return (statistic - degreesOfFreedom) / Math.sqrt(2 * degreesOfFreedom);
}

/**
 * Claims expected by what is on the card; hardly penalised, for what a penalty holds back of an
 * attribute would look like a pair.
 */
function claimsExpectedBy(
  { counts, expected }: CardRows,
  factors: readonly LevelAssignment[],
): Float64Array {
  const { coefficients } = poissonRegression({
    counts,
    expected,
    factors: factors.map(({ positions, levels }) => ({ codes: positions, columns: levels })),
    penalty: least,
  });
  const level = Math.exp(coefficients[0]);
  const relativity = relativitiesOf(factors, coefficients.subarray(1), counts.length);
  return expected.map((value, row) => value * level * relativity[row]);
}
