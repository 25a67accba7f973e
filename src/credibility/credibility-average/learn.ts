import { sum } from '../../base/columns.js';
import { candidates, candidateWeights } from './candidates.js';
import { type Pair, scoresOf, squaredMisses } from './pairs.js';

/** How the formulas foretold a book's own past, and what weight that gives them. */
export interface Learnt {
  /** −2 × log-likelihood over all pairs, in the order of `candidates`, "no difference" last. */
  readonly scores: Float64Array;
  /** How much more losses vary than Poisson counts, under the best formula; at least 1. */
  readonly dispersion: number;
  readonly weights: Float64Array;
}

/**
 * Weighs credibility formulas by how well each, fitted before a past day, foretold who cost more in
 * the year after it, over all days together.
 */
export function learn(pairs: readonly Pair[]): Learnt {
  const scores = new Float64Array(candidates.length + 1);
  for (const pair of pairs) {
    scoresOf(pair).forEach((score, k) => {
      scores[k] += score;
    });
  }
  const best = scores.indexOf(Math.min(...scores));
  const misses = sum(pairs.map((pair) => squaredMisses(pair, best)));
  const dispersion = Math.max(1, misses / sum(pairs.map(({ losses }) => sum(losses))));
  return { scores, dispersion, weights: candidateWeights(scores, dispersion) };
}
