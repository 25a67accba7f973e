import { describe, expect, test } from 'vitest';
import {
  gammaAbove,
  gammaProbability,
  gammaQuantile,
  logGamma,
  normalQuantile,
} from '../../src/base/distributions.js';
import { relativityVarianceByMoments } from '../../src/credibility/poisson-gamma.js';
import { evaluate } from '../../src/formula.js';
import { MisuseError } from '../../src/index.js';
import { experienceFormulas } from '../../src/scoring/experience/methods.js';
import { relativityVariance } from '../../src/stats.js';

/** Belgian motor, third-party liability (Lemaire 1995): policies with 0, 1, 2 … claims. */
const lemaire = [96978, 9240, 704, 43, 9];
const counts = Float64Array.from(lemaire.flatMap((policies, k) => Array(policies).fill(k)));
const mean = counts.reduce((a, b) => a + b) / counts.length;

/** Relativities by the formulas that score, for claim counts against expected claims. */
function relativities(variance: number, claims: number[], expected: number) {
  const formulas = experienceFormulas({
    experience: {
      method: 'frequency',
      base: 'exposure_years',
      collectiveLossRatio: 1,
      claimsPerBase: expected,
      relativityVariance: variance,
      lowAtClaims: [1],
      highAtClaims: [1],
      normalQuantile: 1.2815515655446004,
      notes: [],
    },
  });
  const columns = {
    claim_count: Float64Array.from(claims),
    exposure_years: new Float64Array(claims.length).fill(1),
    earned_premium: new Float64Array(claims.length).fill(1),
  };
  return evaluate(formulas, columns, claims.length, ['count_relativity', 'credibility']);
}

describe('Lemaire, Belgian motor', () => {
  test('moments: mean .1010806, shape 1.604935, rate 15.87777', () => {
    const variance = relativityVarianceByMoments(counts);
    expect(mean).toBeCloseTo(0.1010806, 7);
    expect(1 / variance).toBeCloseTo(1.604935, 6);
    expect(1 / variance / mean).toBeCloseTo(15.87777, 5);
  });

  test('maximum likelihood: shape 1.631275, rate 16.13835', () => {
    const variance = relativityVariance(
      counts,
      counts.map(() => mean),
    );
    expect(1 / variance).toBeCloseTo(1.631275, 5);
    expect(1 / variance / mean).toBeCloseTo(16.13835, 5);
  });

  test('the log-likelihood at the estimate is −36104.1, and lower on either side', () => {
    const logLikelihood = (variance: number) => {
      const shape = 1 / variance;
      const rate = shape / mean;
      const of = (n: number) =>
        logGamma(shape + n) -
        logGamma(shape) -
        logGamma(n + 1) +
        shape * Math.log(rate / (rate + 1)) -
        n * Math.log(rate + 1);
      return lemaire.reduce((total, policies, k) => total + policies * of(k), 0);
    };
    const best = relativityVariance(
      counts,
      counts.map(() => mean),
    );
    expect(logLikelihood(best)).toBeCloseTo(-36104.1, 1);
    expect(logLikelihood(best * 1.01)).toBeLessThan(logLikelihood(best));
    expect(logLikelihood(best * 0.99)).toBeLessThan(logLikelihood(best));
  });

  test.each([
    [1, [94.1, 152.7, 211.3, 269.9, 328.5]],
    [2, [88.8, 144.2, 199.5, 254.8, 310.2]],
    [3, [84.1, 136.5, 188.9, 241.3, 293.7]],
    [4, [79.9, 129.6, 179.4, 229.2, 279.0]],
  ])('relativities by moments after %i years', (years, expected) => {
    const variance = relativityVarianceByMoments(counts);
    const found = relativities(variance, [0, 1, 2, 3, 4], mean * years).count_relativity;
    expect([...found].map((value) => (100 * value).toFixed(1))).toEqual(
      expected.map((value) => value.toFixed(1)),
    );
  });

  test('credibility after 1, 3, 5, 10 years is about .06, .16, .24, .39 by these figures', () => {
    const variance = relativityVarianceByMoments(counts);
    const z = [1, 3, 5, 10].map(
      (years) => relativities(variance, [0], mean * years).credibility[0],
    );
    // Z = t ÷ (t + rate), with Lemaire's rate 15.87777.
    expect(z.map((value) => value.toFixed(5))).toEqual(
      [1, 3, 5, 10].map((t) => (t / (t + 15.87777)).toFixed(5)),
    );
  });
});

test('linear Bayes, prior shape = rate = 3, counts 5, 3, 0, 1, 1: 1.625 (actuar cm("bayes"))', () => {
  expect(relativities(1 / 3, [5 + 3 + 0 + 1 + 1], 5).count_relativity[0]).toBeCloseTo(1.625, 12);
});

describe('relativityVariance', () => {
  test('is 0 when counts vary no more than chance', () => {
    expect(relativityVariance([1, 1, 1, 1], [1, 1, 1, 1])).toBe(0);
    expect(relativityVariance([0, 0], [0.5, 0.5])).toBe(0);
  });

  test('solves the score equation with unequal expected claims', () => {
    const claims = [0, 3, 0, 1, 7, 0, 2, 0, 0, 5];
    const expected = [0.5, 2, 1, 1.5, 2.5, 4, 1, 2, 3, 0.5];
    const score = (v: number) =>
      claims.reduce((total, n, i) => {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += k / (1 + k * v);
        const x = v * expected[i];
        return total + sum + Math.log(1 + x) / v ** 2 - ((n + 1 / v) * expected[i]) / (1 + x);
      }, 0);
    const found = relativityVariance(claims, expected);
    expect(found).toBeGreaterThan(0);
    expect(Math.abs(score(found))).toBeLessThan(1e-9);
  });

  test('refuses fractions of claims, nothing expected, and columns of two lengths', () => {
    expect(() => relativityVariance([0.5], [1])).toThrow(MisuseError);
    expect(() => relativityVariance([1], [0])).toThrow('more than 0 expected');
    expect(() => relativityVariance([1], [1, 1])).toThrow('one length');
  });
});

describe('the distributions behind the intervals', () => {
  // scipy 1.15: gamma.ppf(p, shape), norm.ppf(p).
  test.each([
    [0.1, 0.3, 0.0003237246218234327],
    [0.9, 0.3, 0.8848107733602443],
    [0.1, 1, 0.10536051565782636],
    [0.1, 1.6, 0.33669060494975167],
    [0.9, 5, 7.993589586052632],
    [0.5, 20, 19.66767242330567],
    [0.999, 100, 133.7702639113786],
  ])('gammaQuantile(%d, %d) = %d', (p, shape, expected) => {
    expect(gammaQuantile(p, shape) / expected).toBeCloseTo(1, 12);
    expect(gammaProbability(shape, expected)).toBeCloseTo(p, 12);
  });

  test('gammaQuantile of shape 1 is that of the exponential: −log(1 − p)', () => {
    for (const p of [0.001, 0.1, 0.5, 0.9, 0.999]) {
      expect(gammaQuantile(p, 1) / -Math.log1p(-p)).toBeCloseTo(1, 13);
    }
  });

  test('normalQuantile', () => {
    expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655446004, 14);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(1e-12)).toBeCloseTo(-7.034483825301131, 12);
  });
});

describe('the gamma distribution above a value', () => {
  test.each([
    ['of shape 1 is exponential', 1, 2, Math.exp(-2)],
    ['of shape 3 is e^−x (1 + x + x² ÷ 2)', 3, 4, Math.exp(-4) * 13],
    // P(|Z| > 1.959963984540054) = 0.05 for a standard normal Z.
    ['of shape ½ is a normal tail', 0.5, 1.959963984540054 ** 2 / 2, 0.05],
  ])('%s', (_, shape, x, probability) => {
    expect(gammaAbove(shape, x)).toBeCloseTo(probability, 12);
  });

  test('goes over to a normal one at a large shape without a step, and ends at any shape', () => {
    const shape = 1e6;
    for (const z of [-3, -1, 0, 1, 3]) {
      const x = shape + z * Math.sqrt(shape);
      expect(gammaAbove(shape * 1.0000001, x)).toBeCloseTo(gammaAbove(shape, x), 4);
    }
    expect(gammaAbove(1e300, 1e300)).toBeCloseTo(0.5, 6);
    expect(gammaAbove(1e300, 0)).toBe(1);
    expect(gammaAbove(2, Number.POSITIVE_INFINITY)).toBe(0);
  });

  test('is missing without a shape, or of a missing value', () => {
    for (const [shape, x] of [
      [0, 1],
      [-1, 1],
      [Number.NaN, 1],
      [1, Number.NaN],
    ]) {
      expect(gammaAbove(shape, x)).toBeNaN();
    }
  });
});
