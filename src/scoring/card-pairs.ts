import type { Attribute } from '../columns.js';
import type { CardPlan } from '../plan/card.js';
import { type CardRows, type Competitor, least } from './card-attributes.js';
import { relativitiesOf, type Standing } from './card-coefficients.js';
import { cellAt } from './card-terms.js';
import { type ChanceTest, varianceByMoments } from './chance-test.js';
import { type CoarseAttribute, coarseLevels, pairTest } from './pair-test.js';
import { poissonRegression } from './poisson-regression.js';

/** Two attributes that tell more together than each alone. */
export interface ChosenPair {
  readonly first: CoarseAttribute;
  readonly second: CoarseAttribute;
  /** In which cell customers stand: the levels of the second within those of the first. */
  readonly positions: Int32Array;
  /** How many cells there are. */
  readonly levels: number;
  /** The probability of such differences by chance, given what was on the card before. */
  readonly probability: number;
}

/**
 * The pairs that get a place: the most telling first, as long as it differs by more than chance from
 * what the card tells so far ({@link pairTest}), with the false-discovery rate of all pairs kept, and
 * no more than the plan allows. So what only goes along with another pair stays out. Attributes with
 * a trend have no pairs: beside another their trend would be broken.
 */
export function chosenPairs(
  rows: CardRows,
  attributes: readonly Attribute[],
  singles: readonly Competitor[],
  { falseDiscoveryRate, pairs: most, trends }: CardPlan,
): { tested: number; chosen: ChosenPair[] } {
  const chosen: ChosenPair[] = [];
  const coarse = attributes
    .filter(({ name }) => !Object.hasOwn(trends, name) || trends[name] === 'free')
    .map((attribute) => coarseLevels(rows, attribute));
  const factors: Standing[] = [...singles];
  let tested = 0;
  while (chosen.length < (most ?? mostPairs)) {
    const looks = testsOf({ ...rows, expected: told(rows, factors) }, coarse);
    tested ||= looks.length;
    const [best] = looks.toSorted((x, y) => surprise(y.test) - surprise(x.test));
    const rate = (falseDiscoveryRate * (chosen.length + 1)) / looks.length;
    if (!best || best.test.pValue > rate) break;
    const { first, second, test } = best;
    const width = second.levels.names.length;
    const pair = {
      first,
      second,
      positions: first.codes.map((code, row) => cellAt(code, second.codes[row], width)),
      levels: first.levels.names.length * width,
      probability: test.pValue,
    };
    chosen.push(pair);
    factors.push(pair);
  }
  return { tested, chosen };
}

/** More would be no card that a person reads. */
const mostPairs = 3;

function testsOf(rows: CardRows, coarse: readonly CoarseAttribute[]) {
  const variance = varianceByMoments(rows.counts, rows.expected);
  return coarse.flatMap((first, k) =>
    coarse.slice(k + 1).flatMap((second) => {
      const looked = pairTest(rows, first, second, variance);
      return looked ? [{ first, second, test: looked.test }] : [];
    }),
  );
}

/** How far a chi-squared statistic is above its mean, in standard deviations: small p-values are all 0. */
function surprise({ statistic, degreesOfFreedom }: ChanceTest): number {
  return (statistic - degreesOfFreedom) / Math.sqrt(2 * degreesOfFreedom);
}

/** Claims expected by what is on the card. */
function told({ counts, expected }: CardRows, factors: readonly Standing[]): Float64Array {
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
