import { gammaAbove } from '../gamma.js';

/** Claims of a group, what was expected of it, and Σ of its customers' expected claims squared. */
export interface Tally {
  readonly claims: number;
  readonly expected: number;
  readonly squares: number;
}

/** Whether claims differ by more than chance, looked at alone. */
export interface ChanceTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** With fewer expected claims a count is too skewed for the test. */
export const fewestExpected = 5;

/**
 * How much customers' true relativities vary, by moments: (Σ (claims − expected)² − Σ expected) ÷
 * Σ expected². Not by likelihood, for it must hold whatever the distribution of the differences.
 * Source: Breslow (1984), Extra-Poisson variation in log-linear models, Applied Statistics 33 (1).
 */
export function varianceByMoments(claims: Float64Array, expected: Float64Array): number {
  let excess = 0;
  let squares = 0;
  for (let row = 0; row < claims.length; row++) {
    excess += (claims[row] - expected[row]) ** 2 - expected[row];
    squares += expected[row] ** 2;
  }
  return squares > 0 ? Math.max(0, excess / squares) : 0;
}

/** The variance of a count ÷ its mean, where customers differ anyway; 1 is Poisson. */
export function dispersionOf({ expected, squares }: Tally, variance: number): number {
  return expected > 0 ? 1 + (variance * squares) / expected : 1;
}

/** A chi-squared statistic with its p-value. */
export function testOf(statistic: number, degreesOfFreedom: number): ChanceTest {
  const pValue = gammaAbove(degreesOfFreedom / 2, Math.max(0, statistic) / 2);
  return { statistic, degreesOfFreedom, pValue };
}
