import { lossShares } from './claims-index.js';

/** A credibility formula: relativity = 1 + Z × (claims index ÷ expected claims − 1). */
export interface Candidate {
  /** What expected claims are in proportion to. */
  readonly base: 'earned_premium' | 'exposure_years';
  /** The share of losses in the claims index. */
  readonly lossShare: number;
  /** So many expected claims make a credibility Z of one half: Z = expected ÷ (expected + this). */
  readonly claimsForHalf: number;
}

/** From a quarter of a claim, twice as many each time. */
export const halves: readonly number[] = Array.from({ length: 13 }, (_, step) => 0.25 * 2 ** step);
export const candidateBases = ['earned_premium', 'exposure_years'] as const;

/**
 * The formulas that are weighed against each other, in the order of a model's scores. "No
 * difference", under which everyone is expected to be average, stands after them.
 */
export const candidates: readonly Candidate[] = candidateBases.flatMap((base) =>
  lossShares.flatMap((lossShare) =>
    halves.map((claimsForHalf) => ({ base, lossShare, claimsForHalf })),
  ),
);

/** How many times likelier than each formula "no difference" is held before anything is seen. */
const priorOfNoDifference = 10;

/**
 * The weights of all formulas from their scores, "no difference" last: prior ×
 * exp(−(score − least) ÷ 2 × dispersion), as of Akaike (1978), with losses in the place of counts.
 */
export function candidateWeights(scores: ArrayLike<number>, dispersion: number): Float64Array {
  const least = Math.min(...Array.from(scores));
  const weights = Float64Array.from(scores, (score, k) => {
    const prior = k === candidates.length ? priorOfNoDifference : 1;
    return prior * Math.exp(-(score - least) / 2 / dispersion);
  });
  const total = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / total);
}
