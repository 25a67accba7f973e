import { groupSums } from '../../base/columns.js';
import { gammaAbove } from '../../base/distributions.js';

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
export const minExpected = 5;

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

/** Claims and expected claims by group; rows of code −1 are left out. */
export function talliesOf(
  claims: Float64Array,
  expected: Float64Array,
  codes: Int32Array,
  groups: number,
): Tally[] {
  const counts = groupSums(claims, codes, groups);
  const means = groupSums(expected, codes, groups);
  const squares = groupSums(
    expected.map((value) => value * value),
    codes,
    groups,
  );
  return Array.from(counts, (count, g) => ({
    claims: count,
    expected: means[g],
    squares: squares[g],
  }));
}

/**
 * Whether the claim rates of groups differ by more than chance: Σ weight × (lift − mean lift)², with
 * each lift weighed by one over its variance, which is chi-squared with a degree of freedom less than
 * there are groups if they do not (Cochran 1954). Groups that expect too few claims are left out.
 */
export function rateTest(groups: readonly Tally[], variance: number): ChanceTest | null {
  const tested = groups.filter(({ expected }) => expected >= minExpected);
  if (tested.length < 2) return null;
  const lifts = tested.map(({ claims, expected }) => claims / expected);
  const weights = tested.map((group) => group.expected / dispersionOf(group, variance));
  const whole = weights.reduce((all, weight) => all + weight, 0);
  const mean = lifts.reduce((all, lift, k) => all + weights[k] * lift, 0) / whole;
  if (mean === 0) return null;
  const squares = lifts.reduce((all, lift, k) => all + weights[k] * (lift - mean) ** 2, 0);
  return testOf(squares / mean, tested.length - 1);
}

/** A chi-squared statistic with its p-value. */
export function testOf(statistic: number, degreesOfFreedom: number): ChanceTest {
  const pValue = gammaAbove(degreesOfFreedom / 2, Math.max(0, statistic) / 2);
  return { statistic, degreesOfFreedom, pValue };
}
