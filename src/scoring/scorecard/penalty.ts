import { groupSums, sum } from '../../base/columns.js';
import type { CardParameters } from '../../model/card.js';
import { combinations } from '../statistics/combinations.js';
import {
  type CardClaims,
  type CardFactor,
  cardCoefficients,
  relativitiesOf,
} from './coefficients.js';
import { toRead } from './terms.js';

/** The penalties that are tried, in claims: from hardly any to what holds all but large levels. */
const tried = [1, 3, 10, 30, 100, 300, 1000];
export const foldCount = 5;

/** In which of five folds a customer stands: by its id, so that neither order nor others matter. */
export function foldOf(id: string): number {
  // FNV-1a (Fowler, Noll and Vo), 32 bits.
  let hash = 0x811c9dc5;
  for (let k = 0; k < id.length; k++) hash = Math.imul(hash ^ id.charCodeAt(k), 0x01000193);
  return (hash >>> 0) % foldCount;
}

/** The claims of customers in the years before the latest, and in the latest. */
export interface ClaimsByTime {
  readonly before: CardClaims;
  readonly latest: CardClaims;
}

/**
 * The deviance of each penalty on claims it was not fitted on, but for what is the same for all: on
 * the latest year by the years before it, beside that year's own level, where they are given; else on
 * each of five folds of customers by the others. With the standard error, over the folds, of what it
 * is behind the best.
 */
export function penaltyDeviances(
  all: CardClaims,
  byTime: ClaimsByTime | undefined,
  factors: readonly CardFactor[],
  folds: Int32Array,
): CardParameters['penalties'] {
  // Customers that stand alike in the same fold are added up once, not for every penalty.
  const { cellOf, first } = combinations(Array.from(folds.keys()), [
    ...factors.map(({ positions, levels }) => ({ codes: positions, columns: levels })),
    { codes: folds, columns: foldCount },
  ]);
  const foldOfCell = first.map((row) => folds[row]);
  const byCell = ({ counts, expected }: CardClaims): CardClaims => ({
    counts: groupSums(counts, cellOf, first.length),
    expected: groupSums(expected, cellOf, first.length),
  });
  const cellFactors = factors.map((factor) => ({
    ...factor,
    positions: Int32Array.from(first, (row) => factor.positions[row]),
  }));
  const held = byCell(byTime?.latest ?? all);
  const before = byTime && byCell(byTime.before);
  // Who expects nothing is left out of the fit.
  const without = (fold: number): CardClaims => ({
    counts: held.counts.map((value, cell) => (foldOfCell[cell] === fold ? 0 : value)),
    expected: held.expected.map((value, cell) => (foldOfCell[cell] === fold ? 0 : value)),
  });
  const byFold = tried.map((penalty) => {
    const deviances = new Float64Array(foldCount);
    const tell = (claims: CardClaims) =>
      relativitiesOf(
        cellFactors,
        cardCoefficients(claims, cellFactors, penalty).coefficients,
        first.length,
      );
    const once = before && tell(before);
    for (let fold = 0; fold < foldCount; fold++) {
      const rest = before ? held : without(fold);
      const relativity = once ?? tell(rest);
      const fitted = sum(rest.expected.map((value, cell) => value * relativity[cell]));
      const level = sum(rest.counts) / fitted;
      for (let cell = 0; cell < first.length; cell++) {
        if (foldOfCell[cell] !== fold || !(level > 0)) continue;
        const own = relativity[cell] * level;
        deviances[fold] += 2 * (held.expected[cell] * own - held.counts[cell] * Math.log(own));
      }
    }
    return deviances;
  });
  const best = byFold.reduce((least, one) => (sum(one) < sum(least) ? one : least));
  return byFold.map((deviances, k) => {
    const behind = deviances.map((value, fold) => value - best[fold]);
    const mean = sum(behind) / foldCount;
    const spread = sum(behind.map((value) => (value - mean) ** 2)) / (foldCount - 1);
    return {
      penalty: tried[k],
      deviance: sum(deviances),
      standardError: toRead(Math.sqrt(foldCount * spread)),
    };
  });
}

/**
 * The largest penalty that is no more than one standard error behind the best: of cards that tell
 * about the same, the most modest (the rule of Breiman et al., 1984).
 */
export function chosenPenalty(penalties: CardParameters['penalties']): number {
  const least = Math.min(...penalties.map(({ deviance }) => deviance));
  const near = penalties.filter(({ deviance, standardError }) => deviance - least <= standardError);
  return Math.max(...near.map(({ penalty }) => penalty));
}
