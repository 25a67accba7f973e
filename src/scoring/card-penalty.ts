import { groupSums, sum } from '../columns.js';
import type { CardParameters } from '../model/card.js';
import { type CardClaims, type CardFactor, cardCoefficients } from './card-coefficients.js';
import { combinations } from './combinations.js';

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

/**
 * The deviance of each penalty on customers it was not fitted on, over five folds, but for what is
 * the same for all, and the standard error of what it is behind the best.
 */
export function penaltyDeviances(
  { counts, expected }: CardClaims,
  factors: readonly CardFactor[],
  folds: Int32Array,
): CardParameters['penalties'] {
  // Customers that stand alike in the same fold are added up once, not for every penalty.
  const { cellOf, first } = combinations(Array.from(folds.keys()), [
    ...factors.map(({ positions, levels }) => ({ codes: positions, columns: levels })),
    { codes: folds, columns: foldCount },
  ]);
  const claims = groupSums(counts, cellOf, first.length);
  const base = groupSums(expected, cellOf, first.length);
  const cellFactors = factors.map((factor) => ({
    ...factor,
    positions: Int32Array.from(first, (row) => factor.positions[row]),
  }));
  const begins = factors.map((_, k) =>
    factors.slice(0, k).reduce((total, { levels }) => total + levels, 0),
  );
  const byFold = tried.map((penalty) => {
    const deviances = new Float64Array(foldCount);
    for (let fold = 0; fold < foldCount; fold++) {
      const held = first.map((row) => folds[row] === fold);
      // Who expects nothing is left out of the fit.
      const rest = base.map((value, cell) => (held[cell] ? 0 : value));
      const kept = claims.map((value, cell) => (held[cell] ? 0 : value));
      const { coefficients } = cardCoefficients(
        { counts: kept, expected: rest },
        cellFactors,
        penalty,
      );
      const relativity = base.map((_, cell) =>
        Math.exp(
          cellFactors.reduce((total, { positions }, k) => {
            const at = positions[cell];
            return at < 0 ? total : total + coefficients[begins[k] + at];
          }, 0),
        ),
      );
      const level =
        sum(kept) / (sum(rest.map((value, cell) => value * relativity[cell])) || Number.NaN);
      for (let cell = 0; cell < base.length; cell++) {
        if (!held[cell] || !(level > 0)) continue;
        const fitted = base[cell] * relativity[cell] * level;
        deviances[fold] += 2 * (fitted - claims[cell] * Math.log(relativity[cell] * level));
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
      standardError: Math.sqrt(foldCount * spread),
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
