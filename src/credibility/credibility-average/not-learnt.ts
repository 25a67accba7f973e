import { sum } from '../../base/columns.js';
import { logGamma } from '../../base/distributions.js';
import { boundedMinimum } from '../bounded-minimum.js';

/** How far a customer's relativity goes from 1 to the Poisson–gamma one where nothing was learnt. */
export const shareNotLearnt = 0.5;

/**
 * The expected claims that make a credibility of one half, by maximum likelihood of the counts of one
 * time: negative binomial, as in `relativityVariance`, of which this is 1 ÷ variance; kept between
 * exp(−6) and exp(9), so that it is never infinite. Counts may be weighted.
 */
export function claimsForHalfOf(claims: Float64Array, expected: Float64Array): number {
  const unlikelihood = (half: number) =>
    -sum(
      claims.map(
        (n, row) =>
          risingLog(half, n) +
          half * Math.log(half / (half + expected[row])) +
          n * Math.log(expected[row] / (half + expected[row])),
      ),
    );
  return Math.exp(boundedMinimum((logHalf) => unlikelihood(Math.exp(logHalf)), -6, 9));
}

/** log Γ(half + n) − log Γ(half): of whole numbers without the two large logarithms that cancel. */
function risingLog(half: number, n: number): number {
  if (n === 0) return 0;
  if (!Number.isInteger(n) || n > 1000) return logGamma(half + n) - logGamma(half);
  let total = 0;
  for (let k = 0; k < n; k++) total += Math.log(half + k);
  return total;
}
