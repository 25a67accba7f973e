import { describe, expect, test } from 'vitest';
import { logVariance } from '../../../src/scoring/scorecard/card.js';
import { cardCoefficients } from '../../../src/scoring/scorecard/coefficients.js';
import { poissonRegression } from '../../../src/scoring/scorecard/poisson-regression.js';
import { discoveries } from '../../../src/scoring/statistics/false-discovery.js';

const rows = Array.from({ length: 600 }, (_, k) => k);
const first = Int32Array.from(rows, (k) => k % 3);
const second = Int32Array.from(rows, (k) => ((k * k) % 7) % 2);
// A customer in fifty claims ten times over: more than Poisson.
const counts = Float64Array.from(
  rows,
  (k) => (k % 50 === 0 ? 10 : (k % 5) % 2) + (k % 3 === 2 ? 1 : 0),
);
const expected = Float64Array.from(rows, (k) => 0.5 + (k % 4) / 4);
const factor = (positions: Int32Array, levels: number) =>
  ({ positions, levels, trend: 'free', missing: -1 }) as const;

describe('the coefficients of a card', () => {
  const card = cardCoefficients({ counts, expected }, [factor(first, 3), factor(second, 2)], 1e-7);

  test('differ, and vary, as contrasts of a regression with a reference level', () => {
    const contrasts = poissonRegression({
      counts,
      expected,
      factors: [
        { codes: first.map((at) => at - 1), columns: 2 },
        { codes: second.map((at) => at - 1), columns: 1 },
      ],
    });
    const [, , b2, c1] = contrasts.coefficients;
    const { coefficients: own, covariance, dispersion } = card;
    expect(own[2] - own[0]).toBeCloseTo(b2, 5);
    expect(own[4] - own[3]).toBeCloseTo(c1, 5);
    expect(dispersion).toBeCloseTo(contrasts.dispersion, 5);
    expect(dispersion).toBeGreaterThan(1.5);
    // The variance of (level 2 − level 0) + (level 1 − level 0 of the second).
    const signs = [-1, 0, 1, -1, 1];
    const variance = signs.reduce(
      (total, a, i) => total + signs.reduce((sum, b, j) => sum + a * b * covariance[i * 5 + j], 0),
      0,
    );
    const of = (i: number, j: number) => contrasts.covariance[i * 4 + j];
    expect(variance).toBeCloseTo(dispersion * (of(2, 2) + of(3, 3) + 2 * of(2, 3)), 5);
  });

  test('relativities average 1 by expected claims, and that average is without error', () => {
    const claims = [0, 1, 2].map((level) =>
      rows.reduce((total, k) => total + (first[k] === level ? expected[k] : 0), 0),
    );
    const total = claims.reduce((sum, value) => sum + value);
    const given = claims.map((value, level) => value * Math.exp(card.coefficients[level]));
    expect(given.reduce((sum, value) => sum + value) / total).toBeCloseTo(1, 9);
    // By the delta method: each coefficient moves the average by its share of it.
    const error = given.reduce(
      (sum, a, i) => sum + given.reduce((row, b, j) => row + a * b * card.covariance[i * 5 + j], 0),
      0,
    );
    expect(error / total ** 2).toBeCloseTo(0, 6);
  });
});

test('a column that stands for two has twice the penalty', () => {
  const fit = (penalty: number, multiplicity?: number[]) =>
    poissonRegression({
      counts,
      expected,
      factors: [{ codes: second.map((at) => at - 1), columns: 1 }],
      penalty,
      ...(multiplicity && { multiplicity }),
    }).coefficients[1];
  expect(fit(30, [2])).toBeCloseTo(fit(60), 9);
  expect(Math.abs(fit(30))).toBeGreaterThan(Math.abs(fit(60)) + 1e-3);
});

test('the variance of a relativity adds up covariances of its levels, and the spread of who stands nowhere', () => {
  const rows = (number: number) => Array.from({ length: number }, () => ({}));
  const card = {
    attributes: [
      { rows: rows(2), spread: 0.5, levels: { names: ['a', 'b'] } },
      { rows: rows(1), spread: 0.25, levels: { names: ['c'] } },
    ],
    // By hand: variances 1, 2, 3; covariances 0.2 (1 and 2), 0.3 (1 and 3), 0.4 (2 and 3).
    covariance: [1, 0.2, 2, 0.3, 0.4, 3],
  } as never;
  expect(logVariance(card, [0, 0])).toBeCloseTo(1 + 3 + 2 * 0.3, 12);
  expect(logVariance(card, [1, 0])).toBeCloseTo(2 + 3 + 2 * 0.4, 12);
  expect(logVariance(card, [-1, 0])).toBeCloseTo(0.25 + 3, 12);
});

test('discoveries are those of the worked example of Benjamini and Hochberg (1995), section 3.2', () => {
  const probabilities = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ];
  expect(discoveries(probabilities, 0.05).filter(Boolean)).toHaveLength(4);
  expect(discoveries(probabilities.toReversed(), 0.05).lastIndexOf(true)).toBe(14);
  // Two that are left of twenty: each must pass against all that were looked at.
  expect(discoveries([0.004, 0.2], 0.05, 20)).toEqual([false, false]);
});
