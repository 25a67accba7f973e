import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { poissonRegression } from '../../../src/scoring/scorecard/poisson-regression.js';
import { runs } from '../../support/slow.js';
import '../../support/seed.js';

const rows = Array.from({ length: 240 }, (_, i) => i);
const a = rows.map((i) => i % 3);
const b = rows.map((i) => Math.floor(i / 3) % 4);
const expected = rows.map((i) => 0.05 + (i % 7) * 0.1);
const counts = rows.map(
  (i) => Math.floor(((i * i * 7 + i * 3) % 11) / 4) + (a[i] === 2 ? i % 2 : 0),
);
/** Treatment contrasts, as R's: the first level is the reference. */
const contrast = (codes: readonly number[], columns: number) => ({
  codes: codes.map((code) => code - 1),
  columns,
});

/*
 * R 4.2.2 (Debian r-base-core 4.2.2.20221110):
 *   i <- 0:239; a <- i %% 3; b <- (i %/% 3) %% 4; expected <- 0.05 + (i %% 7) * 0.1
 *   y <- (i * i * 7 + i * 3) %% 11 %/% 4 + ifelse(a == 2, (i %% 2), 0)
 *   fit <- glm(y ~ factor(a) + factor(b) + offset(log(expected)), family = poisson, epsilon = 1e-14)
 *   format(summary(fit)$coefficients[, 1:2], digits = 15); format(deviance(fit), digits = 15)
 */
const byR = {
  coefficients: [
    0.360495753257446, 0.0144502295341649, 0.577807441416925, 0.418771244409263, 0.0370670886828342,
    0.434539459983706,
  ],
  standardErrors: [
    0.201497011651467, 0.19802950995971, 0.174950620139017, 0.20873444224243, 0.226529886813281,
    0.209426955666685,
  ],
  deviance: 339.120245552804,
};

const relativeError = (found: ArrayLike<number>, known: readonly number[]) =>
  Math.max(...known.map((value, k) => Math.abs(found[k] / value - 1)));

describe('Poisson regression', () => {
  test("coefficients, standard errors and deviance are those of R's glm", () => {
    const fit = poissonRegression({
      counts,
      expected,
      factors: [contrast(a, 2), contrast(b, 3)],
    });
    expect(fit.converged).toBe(true);
    expect(relativeError(fit.coefficients, byR.coefficients)).toBeLessThan(1e-6);
    expect(relativeError(fit.standardErrors, byR.standardErrors)).toBeLessThan(1e-6);
    expect(fit.deviance).toBeCloseTo(byR.deviance, 8);
  });

  test('a reference level without claims is fitted to none, and every other to its own', () => {
    // A regression that is saturated fits every count: nothing else can be.
    const fit = poissonRegression({
      counts: [0, 12, 20, 9],
      expected: [1.2, 15, 18, 8],
      factors: [{ codes: [-1, 0, 1, 2], columns: 3 }],
    });
    const [base, ...levels] = fit.coefficients;
    expect(fit.aliased).toEqual([]);
    expect(fit.converged).toBe(true);
    expect(1.2 * Math.exp(base)).toBeLessThan(1e-6);
    levels.forEach((level, k) => {
      expect([15, 18, 8][k] * Math.exp(base + level)).toBeCloseTo([12, 20, 9][k], 6);
    });
    expect(fit.deviance).toBeCloseTo(0, 6);
    expect(Math.min(...fit.standardErrors)).toBeGreaterThan(100);
  });

  test('a column that those before it already say is told, and the others are as without it', () => {
    const again = { codes: a.map((code) => (code === 1 ? 0 : -1)), columns: 1 };
    const nobody = { codes: a.map(() => -1), columns: 1 };
    const fit = poissonRegression({
      counts,
      expected,
      factors: [contrast(a, 2), contrast(b, 3), again, nobody],
    });
    expect(fit.aliased).toEqual([6, 7]);
    expect([fit.coefficients[6], fit.standardErrors[7]]).toEqual([Number.NaN, Number.NaN]);
    expect(relativeError(fit.coefficients, byR.coefficients)).toBeLessThan(1e-6);
    expect(relativeError(fit.standardErrors, byR.standardErrors)).toBeLessThan(1e-6);
  });

  test('with a penalty every level of one factor solves its own equation', () => {
    // At the maximum: claims of the level = expected × exp(intercept + b) + penalty × b, and over the
    // levels the book's claims are met. Worked out by bisection, level by level.
    const claims = [30, 12, 4, 0];
    const base = [20, 15, 9, 2];
    const penalty = 6;
    const level = (intercept: number, k: number) => {
      const excess = (x: number) => base[k] * Math.exp(intercept + x) + penalty * x - claims[k];
      return bisected(excess, -10, 10);
    };
    const intercept = bisected(
      (value) =>
        base.reduce((total, known, k) => total + known * Math.exp(value + level(value, k)), 0) -
        claims.reduce((total, count) => total + count),
      -5,
      5,
    );
    const { coefficients } = poissonRegression({
      counts: claims,
      expected: base,
      factors: [{ codes: [0, 1, 2, 3], columns: 4 }],
      penalty,
    });
    expect(coefficients[0]).toBeCloseTo(intercept, 9);
    for (const k of claims.keys()) expect(coefficients[k + 1]).toBeCloseTo(level(intercept, k), 9);
  });

  test('fitted claims add up to those of the book, penalised or not, whatever the order of rows', () => {
    const books = fc.array(
      fc.tuple(
        fc.nat(4),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.integer({ min: -1, max: 2 }),
        fc.integer({ min: -1, max: 1 }),
      ),
      { minLength: 3, maxLength: 40 },
    );
    fc.assert(
      fc.property(books, fc.constantFrom(0.5, 5, 100), (book, penalty) => {
        fc.pre(book.some(([count]) => count > 0));
        const fitOf = (of: typeof book) =>
          poissonRegression({
            counts: of.map(([count]) => count),
            expected: of.map(([, claims]) => claims),
            factors: [
              { codes: of.map(([, , code]) => code), columns: 3 },
              { codes: of.map(([, , , code]) => code), columns: 2 },
            ],
            penalty,
          });
        const fit = fitOf(book);
        const { coefficients } = fit;
        const fitted = book.map(([, claims, first, second]) => {
          const one = first < 0 ? 0 : coefficients[1 + first];
          const two = second < 0 ? 0 : coefficients[4 + second];
          return claims * Math.exp(coefficients[0] + one + two);
        });
        const total = book.reduce((claims, [count]) => claims + count, 0);
        expect(fitted.reduce((claims, value) => claims + value, 0)).toBeCloseTo(total, 5);
        const turned = fitOf(book.toReversed()).coefficients;
        for (const [k, value] of coefficients.entries()) expect(turned[k]).toBeCloseTo(value, 5);
      }),
      { numRuns: runs(60) },
    );
  });

  test('a book without claims, and rows without expected claims, do no harm', () => {
    const none = poissonRegression({
      counts: [0, 0],
      expected: [1, 2],
      factors: [{ codes: [-1, 0], columns: 1 }],
      penalty: 1,
    });
    expect([...none.coefficients]).toEqual([0, 0]);
    const some = { counts: [3, 1, 7], expected: [2, 2, 0] };
    const factors = [{ codes: [-1, 0, 0], columns: 1 }];
    const { coefficients } = poissonRegression({ ...some, factors });
    expect(coefficients[1]).toBeCloseTo(Math.log(1 / 3), 9);
  });

  test('columns of another length, codes beyond the columns and negative counts are told', () => {
    const fit = (counts: number[], codes: number[], penalty?: number) => () =>
      poissonRegression({
        counts,
        expected: [1, 1],
        factors: [{ codes, columns: 1 }],
        ...(penalty === undefined ? {} : { penalty }),
      });
    expect(fit([1, 2], [0])).toThrow('expected 2 values of the codes of factor 0, got 1');
    expect(fit([1, 2], [0, 1])).toThrow('expected a code from -1 to 0 of factor 0, got 1 in row 1');
    expect(fit([1, -2], [0, 0])).toThrow('got -2 and 1 in row 1');
    expect(fit([1, 2], [0, -1], -1)).toThrow('expected a penalty of 0 or more, got -1');
  });
});

/** Where a rising function passes 0. */
function bisected(rising: (at: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
