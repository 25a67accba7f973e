import { sum } from '../base/columns.js';
import { MisuseError } from '../base/errors.js';

/**
 * The variance of the customers' true relativities (mean 1) that makes their claim counts likeliest:
 * counts are Poisson with mean expected × relativity, relativities gamma with shape and rate
 * 1 ÷ variance, so counts are negative binomial (Greenwood and Yule, 1920). 0 says that the counts
 * vary no more than chance.
 *
 * Per customer with n claims against E expected, the log-likelihood is
 * Σ over k < n of log(1 + k × variance) + n log E − (n + 1 ÷ variance) log(1 + variance × E), up
 * to a constant. Its derivative is solved on the logarithm of the variance.
 *
 * @param counts claims of each customer, whole numbers
 * @param expected expected claims of each customer, above 0, adding up to the claims
 * @example
 * ```ts
 * relativityVariance([0, 0, 0, 4], [1, 1, 1, 1]).toFixed(3); // => '6.318'
 * ```
 */
export function relativityVariance(counts: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (counts.length !== expected.length) {
    throw new MisuseError('relativityVariance: expected counts and expected of one length');
  }
  // How many customers have more than k claims: the sums over k < n, taken once for all.
  const withMoreThan: number[] = [];
  let overdispersion = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(Number.isInteger(counts[i]) && counts[i] >= 0 && expected[i] > 0)) {
      throw new MisuseError(
        `relativityVariance: expected a whole number of claims against more than 0 expected, got ${counts[i]} against ${expected[i]}`,
      );
    }
    for (let k = 0; k < counts[i]; k++) withMoreThan[k] = (withMoreThan[k] ?? 0) + 1;
    overdispersion += (counts[i] - expected[i]) ** 2 - counts[i];
  }
  // What is left by rounding is no difference: no variance would be found for it.
  if (withMoreThan.length === 0 || overdispersion <= 1e-9 * sum(counts)) return 0;

  const terms = new Float64Array(counts.length);
  const slope = (variance: number): number => {
    const fromCounts = sum(
      withMoreThan.map((customers, k) => (customers * k) / (1 + k * variance)),
    );
    for (let i = 0; i < terms.length; i++) {
      const x = variance * expected[i];
      terms[i] = expected[i] ** 2 * logExcess(x) - (counts[i] * expected[i]) / (1 + x);
    }
    return fromCounts + sum(terms);
  };
  const byMoments = overdispersion / sum(Array.from(expected, (value) => value ** 2));
  return Math.exp(root((logVariance) => slope(Math.exp(logVariance)), Math.log(byMoments)));
}

/** (log(1 + x) − x ÷ (1 + x)) ÷ x², by its series where the difference would cancel. */
function logExcess(x: number): number {
  if (x > 0.01) return (Math.log1p(x) - x / (1 + x)) / (x * x);
  let total = 0;
  for (let k = 2; k < 12; k++) total += ((k - 1) / k) * (-x) ** (k - 2);
  return total;
}

/**
 * Where a function that falls from above 0 to below 0 crosses it, found from a first guess: bounds a
 * step apart, then regula falsi (Illinois variant).
 */
function root(at: (x: number) => number, guess: number): number {
  let [a, b] = [guess, guess];
  let fa = at(a);
  let fb = fa;
  while (fa <= 0 && a > guess - 40) [b, fb, a, fa] = [a, fa, a - 1, at(a - 1)];
  while (fb > 0 && b < guess + 40) [a, fa, b, fb] = [b, fb, b + 1, at(b + 1)];
  if (fb > 0) return b;
  let stayed: 'a' | 'b' | undefined;
  for (let round = 0; round < 200 && b - a > 1e-13; round++) {
    const secant = (a * fb - b * fa) / (fb - fa);
    const x = secant > a && secant < b ? secant : (a + b) / 2;
    const fx = at(x);
    if (fx === 0) return x;
    // A side that stays twice is halved, or it would stay for ever and the other creep.
    if (fx > 0) {
      if (stayed === 'b') fb /= 2;
      [a, fa, stayed] = [x, fx, 'b'];
    } else {
      if (stayed === 'a') fa /= 2;
      [b, fb, stayed] = [x, fx, 'a'];
    }
  }
  return (a + b) / 2;
}

/**
 * The variance of true frequencies by moments: (variance of counts − mean) ÷ mean², for customers of
 * equal exposure; 0 when it would be negative. The variance of counts is Σ (count − mean)² ÷ n, as in
 * Lemaire, *Bonus-Malus Systems in Automobile Insurance* (1995), whose Belgian figures this gives;
 * with n − 1 they come out otherwise (shape 1.604682, not 1.604935).
 */
export function relativityVarianceByMoments(counts: ArrayLike<number>): number {
  const mean = sum(counts) / counts.length;
  const variance = sum(Array.from(counts, (n) => (n - mean) ** 2)) / counts.length;
  return Math.max(0, (variance - mean) / mean ** 2);
}
