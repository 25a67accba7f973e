import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MisuseError } from '../../../src/base/errors.js';
import { uniformFrom } from '../../../src/base/random.js';
import { modelNotes } from '../../../src/scoring/notes.js';
import {
  fitBetaGeometric,
  logLikelihoodOf,
  retentionRate,
  survivalTo,
} from '../../../src/scoring/retention/beta-geometric.js';
import { expectedLifetime } from '../../../src/scoring/retention/expected-lifetime.js';
import {
  lifetimeFactorErrors,
  lifetimeFactors,
} from '../../../src/scoring/retention/lifetime-factors.js';
import { hypergeometric } from '../../../src/scoring/statistics/hypergeometric.js';
import { describeKnownValues, sharedRows, sharedText } from '../../support/shared.js';
import { runs } from '../../support/slow.js';

const wordOf = ({ note }: ReturnType<typeof fitBetaGeometric>) =>
  modelNotes(note ? [note] : []).join();

type Counts = { atRisk: number[]; left: number[] };

/** Counts of a cohort that shrinks as told: its survivors, from all at the start. */
const countsOf = (survivors: number[]): Counts => ({
  atRisk: survivors.slice(0, -1),
  left: survivors.slice(1).map((after, t) => survivors[t] - after),
});
const logUniform = (from: number, to: number) =>
  fc.double({ min: Math.log(from), max: Math.log(to), noNaN: true }).map(Math.exp);
const anyModel = fc.record({ alpha: logUniform(0.01, 200), beta: logUniform(0.01, 200) });
/** Counts of a cohort and of others that join it later; in some years nobody leaves, or everybody. */
const anyCounts: fc.Arbitrary<Counts> = fc
  .array(
    fc.record({
      risk: fc.integer({ min: 0, max: 2000 }),
      share: fc.oneof(
        { weight: 5, arbitrary: fc.double({ min: 0, max: 0.6, noNaN: true }) },
        fc.constantFrom(0, 1),
      ),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .filter((years) => years.some(({ risk }) => risk > 0))
  .map((years) => ({
    atRisk: years.map(({ risk }) => risk),
    left: years.map(({ risk, share }) => Math.round(risk * share)),
  }));
const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

describeKnownValues('renewal curves of Fader and Hardie (2007), Table 1', () => {
  const rows = sharedRows('data/renewal-curves/fader_hardie_2007_table1.csv');
  const { fits } = JSON.parse(sharedText('data/renewal-curves/sbg_mle_scipy.json'));
  const cohort = (column: string, years: number) =>
    countsOf(rows.slice(0, years + 1).map((row) => Number(row[column])));
  const regular = fitBetaGeometric(cohort('regular_survival_pct', 7));
  const highEnd = fitBetaGeometric(cohort('high_end_survival_pct', 7));

  test('the maximum-likelihood fits of the oracles: alpha, beta, log-likelihood', () => {
    expect(regular.alpha).toBeCloseTo(0.704077, 6);
    expect(regular.beta).toBeCloseTo(1.182043, 6);
    expect(regular.logLikelihood).toBeCloseTo(-168.026519, 6);
    expect(highEnd.alpha).toBeCloseTo(0.668088, 6);
    // scipy stopped at 3.8060952; the maximum is at 3.8060950, and both print 3.806.
    expect(highEnd.beta).toBeCloseTo(3.806095, 6);
    expect(highEnd.logLikelihood).toBeCloseTo(-161.115815, 6);
    expect([regular.years, regular.note]).toEqual([7, undefined]);
    expect(regular.opportunities).toBeCloseTo(335.8, 10);
    expect(regular.left).toBeCloseTo(75.9, 10);
  });

  test.each([
    ['regular_survival_pct', 'regular_fit_7yr', 7],
    ['regular_survival_pct', 'regular_fit_12yr', 12],
    ['high_end_survival_pct', 'high_end_fit_7yr', 7],
    ['high_end_survival_pct', 'high_end_fit_12yr', 12],
  ])('scipy on the same curve: %s, %s', (column, name, years) => {
    const known = fits[name];
    const fit = fitBetaGeometric(cohort(column, years));
    expect(relative(fit.alpha, known.alpha)).toBeLessThan(1e-6);
    expect(relative(fit.beta, known.beta)).toBeLessThan(1e-6);
    expect(fit.logLikelihood / 100).toBeCloseTo(-known.neg_loglik_per_customer, 10);
    known.survival_model.forEach((value: number, t: number) => {
      expect(survivalTo(fit, t)).toBeCloseTo(value, 6);
      if (t > 0) expect(retentionRate(fit, t)).toBeCloseTo(known.retention_model[t], 6);
    });
  });

  test('survival and retention of years 1 to 12, to the four digits printed', () => {
    const survival = [
      62.67, 47.38, 38.8, 33.21, 29.23, 26.25, 23.9, 22.01, 20.44, 19.12, 17.99, 17,
    ];
    const retention = [
      0.6267, 0.756, 0.8188, 0.8559, 0.8804, 0.8978, 0.9107, 0.9208, 0.9288, 0.9353, 0.9408, 0.9454,
    ];
    survival.forEach((percent, t) => {
      expect(100 * survivalTo(regular, t + 1)).toBeCloseTo(percent, 2);
      expect(retentionRate(regular, t + 1)).toBeCloseTo(retention[t], 4);
    });
  });

  test('discounted expected lifetime at 10 %, and residual after one to five renewals', () => {
    const at = { discountRate: 0.1 };
    expect(expectedLifetime(regular, at)).toBeCloseTo(3.6949, 4);
    expect(expectedLifetime(highEnd, at)).toBeCloseTo(5.9223, 4);
    [2.9644, 4.1031, 4.8698, 5.4421, 5.8941].forEach((value, k) => {
      expect(expectedLifetime(regular, { ...at, renewed: k + 1 })).toBeCloseTo(value, 4);
    });
  });

  test('fitted on seven years it foretells the next five better than one rate for all does', () => {
    const all = cohort('regular_survival_pct', 12);
    const later = { atRisk: all.atRisk.fill(0, 0, 7), left: all.left.fill(0, 0, 7) };
    const rate = regular.left / regular.opportunities;
    const constant = { alpha: 1e6 * rate, beta: 1e6 * (1 - rate) };
    expect(logLikelihoodOf(regular, later)).toBeGreaterThan(logLikelihoodOf(constant, later) + 5);
  });
});

describe('a fit', () => {
  test('is a maximum: no neighbour is likelier, and its covariance is that of the curvature', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const fit = fitBetaGeometric(counts);
        if (fit.note !== undefined || fit.alpha + fit.beta > 1000) return;
        const at = (a: number, b: number) =>
          logLikelihoodOf({ alpha: fit.alpha * Math.exp(a), beta: fit.beta * Math.exp(b) }, counts);
        for (const [a, b] of [
          [0.01, 0],
          [-0.01, 0],
          [0, 0.01],
          [0.01, 0.01],
          [-0.01, -0.01],
        ]) {
          expect(at(a, b)).toBeLessThanOrEqual(fit.logLikelihood + 1e-9);
        }
        // Minus the second differences are the information, which the covariance inverts.
        const h = 1e-3;
        const second = (a: number, b: number) =>
          (at(a * h, b * h) - 2 * at(0, 0) + at(-a * h, -b * h)) / (h * h);
        const [aa, bb] = [-second(1, 0), -second(0, 1)];
        const ab = -(second(1, 1) - second(1, -1)) / 4;
        const [[c, d], [_, e]] = fit.covariance;
        const scale = Math.max(1, aa * c, bb * e);
        expect((aa * c + ab * d) / scale).toBeCloseTo(1 / scale, 3);
        expect((ab * c + bb * d) / scale).toBeCloseTo(0, 3);
        expect((ab * d + bb * e) / scale).toBeCloseTo(1 / scale, 3);
      }),
    );
  });

  test('nothing from anywhere is likelier, whatever the counts', () => {
    fc.assert(
      fc.property(anyCounts, anyModel, (counts, model) => {
        const fit = fitBetaGeometric(counts);
        // Where nobody or everybody left half a customer is added: not the likeliest, by intent.
        if (/^(nobody|everybody)-left$/.test(fit.note?.code ?? '') && fit.years > 1) return;
        // A rate for all years is taken of alpha + beta a million, not of infinity.
        const slack = 1e-6 * counts.atRisk.reduce((a, b) => a + b, 0);
        expect(logLikelihoodOf(model, counts)).toBeLessThanOrEqual(fit.logLikelihood + slack);
      }),
      { numRuns: runs(1000) },
    );
  });

  test('finds the parameters that made the counts, from the first year or seen late', () => {
    fc.assert(
      fc.property(
        fc.record({ alpha: logUniform(0.2, 20), beta: logUniform(0.2, 20) }),
        fc.integer({ min: 0, max: 4 }),
        (model, late) => {
          const years = Array.from({ length: 15 }, (_, t) => t + 1);
          const atRisk = years.map((year) =>
            year > late ? 1000 * survivalTo(model, year - 1) : 0,
          );
          const left = years.map((year, t) => atRisk[t] * (1 - retentionRate(model, year)));
          const fit = fitBetaGeometric({ atRisk, left });
          expect(relative(fit.alpha, model.alpha)).toBeLessThan(1e-5);
          expect(relative(fit.beta, model.beta)).toBeLessThan(1e-5);
        },
      ),
    );
  });

  test.each([
    ['do not fall with tenure', [100, 80, 60], [20, 16, 12], 0.8, /does not fall with tenure/],
    ['rise with tenure', [100, 90, 60], [10, 30, 30], 1 - 70 / 250, /does not fall with tenure/],
    ['are of one year only', [100], [30], 0.7, /one year of tenure only/],
    ['are of one later year only', [0, 0, 100, 0], [0, 0, 30, 0], 0.7, /one year of tenure only/],
    ['are 0', [100, 100], [0, 0], 200.5 / 201, /nobody left/],
    ['are 1', [100, 50], [100, 50], 0.5 / 151, /everybody left/],
  ])('to chances to leave that %s is one rate, and says so', (_, atRisk, left, rate, note) => {
    const fit = fitBetaGeometric({ atRisk, left });
    expect(wordOf(fit)).toMatch(note);
    for (const year of [1, 2, 10]) expect(retentionRate(fit, year)).toBeCloseTo(rate, 4);
    // Its uncertainty over the years seen is that of a share of so many.
    const seen = atRisk.findIndex((count) => count > 0) + 1;
    const variance = (rate * (1 - rate)) / fit.opportunities;
    const [[aa, ab], [, bb]] = fit.covariance;
    const h = 1 - rate;
    const own = (rate * h) ** 2 * (aa - 2 * ab + bb);
    expect(own / variance).toBeGreaterThan(0.99);
    if (fit.years === 1) expect(own / variance).toBeCloseTo(1, 6);
    expect(retentionRate(fit, seen)).toBeLessThan(1);
    expect(Number.isFinite(fit.logLikelihood)).toBe(true);
  });

  test('does not change its mind at once where the chance to leave just begins to fall', () => {
    const steady = fitBetaGeometric({ atRisk: [1000, 800, 640], left: [200, 160, 128] });
    const falling = fitBetaGeometric({ atRisk: [1000, 799, 639], left: [201, 160, 127] });
    expect([steady.note === undefined, falling.note]).toEqual([false, undefined]);
    const at = { growthFactor: 0.9, horizon: null, years: 3 };
    const errors = lifetimeFactorErrors(falling, at);
    lifetimeFactorErrors(steady, at).forEach((error, n) => {
      expect(relative(error, errors[n])).toBeLessThan(0.1);
    });
  });

  test('stays finite where everybody leaves in the first year or never', () => {
    const fit = fitBetaGeometric({ atRisk: [100, 60, 60], left: [40, 0, 0] });
    expect(wordOf(fit)).toMatch(/alpha or beta is near 0/);
    expect(retentionRate(fit, 1)).toBeCloseTo(0.6, 5);
    expect(retentionRate(fit, 2)).toBeCloseTo(1, 5);
    expect(fit.covariance.flat().every(Number.isFinite)).toBe(true);
  });

  test.each([
    ['beta', [272, 251, 41, 153, 211, 232, 224, 237, 214], [272, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['alpha', [100, 60, 60, 60], [40, 0, 0, 0]],
  ])('with %s near 0 is still the likeliest by the other', (edge, atRisk, left) => {
    const fit = fitBetaGeometric({ atRisk, left });
    const { alpha, beta, logLikelihood } = fit;
    expect(wordOf(fit)).toMatch(/alpha or beta is near 0/);
    for (const factor of [0.95, 1.05]) {
      const [a, b] = edge === 'beta' ? [factor, 1] : [1, factor];
      const moved = { alpha: a * alpha, beta: b * beta };
      expect(logLikelihoodOf(moved, { atRisk, left })).toBeLessThan(logLikelihood);
    }
  });

  test('is the same to the last bit every time', () => {
    const counts = { atRisk: [100, 63.1, 46.8], left: [36.9, 16.3, 8.6] };
    expect(fitBetaGeometric(counts)).toEqual(fitBetaGeometric(structuredClone(counts)));
  });

  test('of nothing is misuse, as is one of counts that are none', () => {
    for (const counts of [
      { atRisk: [], left: [] },
      { atRisk: [0, 0], left: [0, 0] },
    ]) {
      expect(() => fitBetaGeometric(counts)).toThrow(MisuseError);
      expect(() => fitBetaGeometric(counts)).toThrow(/at least one renewal opportunity, got none/);
    }
    expect(() => fitBetaGeometric({ atRisk: [1], left: [2] })).toThrow(/got 2 of 1 in year 1/);
  });
});

describe('lifetime', () => {
  /** The sum as it is defined, term by term, until the rest cannot count. */
  const bySum = (model: { alpha: number; beta: number }, n: number, discount: number) => {
    const terms: number[] = [n === 0 ? 1 : retentionRate(model, n)];
    for (let t = n + 1; terms[terms.length - 1] > 1e-14 * discount; t++) {
      terms.push((terms[terms.length - 1] * retentionRate(model, t)) / (1 + discount));
    }
    return terms.reduceRight((a, b) => a + b, 0);
  };
  const anyDiscount = fc.oneof(fc.constantFrom(0.001, 1), logUniform(0.001, 2));
  const anyRenewed = fc.integer({ min: 0, max: 40 });

  test('in closed form is the sum, to 1e-9, for discounts from 0.1 % to 200 %', () => {
    fc.assert(
      fc.property(anyModel, anyRenewed, anyDiscount, (model, renewed, discountRate) => {
        const closed = expectedLifetime(model, { discountRate, renewed });
        expect(relative(closed, bySum(model, renewed, discountRate))).toBeLessThan(1e-9);
      }),
      { numRuns: runs(200) },
    );
  });

  test('2F1 has the values of mpmath 1.3.0, and the elementary ones', () => {
    // −ln(1 − z) ÷ z, and 1 ÷ (1 − z) in the limit of equal parameters.
    expect(hypergeometric(1, 2, 0.5)).toBeCloseTo(2 * Math.LN2, 14);
    expect(relative(hypergeometric(3, 3 + 1e-12, 0.9), 10)).toBeLessThan(1e-10);
    expect(hypergeometric(1.5, 2.5, 0)).toBe(1);
    // At a discount of one in a billion.
    expect(relative(hypergeometric(1, 2, 1 - 1e-9), -Math.log(1e-9))).toBeLessThan(1e-7);
    for (const [b, c, z, value] of [
      [1.2, 1.9, 0.99, 9.560546109163123],
      [0.3, 0.35, 0.999, 621.7701038746732],
      [150, 170, 0.9, 4.913224322758171],
      [60, 61, 0.5, 1.96822331789507],
    ]) {
      expect(relative(hypergeometric(b, c, z), value)).toBeLessThan(1e-12);
    }
  });

  test('rises with every renewal passed, falls with the discount, rises with growth', () => {
    fc.assert(
      fc.property(anyModel, anyRenewed, anyDiscount, (model, n, discountRate) => {
        const at = (options: object) => expectedLifetime(model, { discountRate, ...options });
        expect(at({ renewed: n + 2 })).toBeGreaterThan(at({ renewed: n + 1 }));
        const renewed = n;
        expect(at({ renewed, discountRate: discountRate * 1.1 })).toBeLessThan(at({ renewed }));
        expect(at({ renewed, growth: discountRate / 2 })).toBeGreaterThan(at({ renewed }));
        expect(at({ renewed, horizon: 10 })).toBeLessThanOrEqual(at({ renewed }) * (1 + 1e-14));
      }),
    );
  });

  test('over a horizon is that many payments, the first sure for who is new', () => {
    const model = { alpha: 1, beta: 3 };
    // Retention 3/4, 4/5, 5/6; half a payment for each year later.
    const at = (options: object) => expectedLifetime(model, { discountRate: 1, ...options });
    expect(at({ horizon: 0 })).toBe(0);
    expect(at({ horizon: 1 })).toBe(1);
    expect(at({ horizon: 3 })).toBeCloseTo(1 + 3 / 8 + (3 / 5) * (1 / 4), 14);
    expect(at({ horizon: 2, renewed: 2 })).toBeCloseTo(4 / 5 + (2 / 3) * (1 / 2), 14);
    expect(at({ horizon: 2, growth: 1 })).toBeCloseTo(1.75, 14);
    expect(at({ horizon: 2, growth: 3, discountRate: 0 })).toBeCloseTo(1 + 4 * 0.75, 14);
  });

  test.each([
    [{ discountRate: 0 }, /a horizon, or a discount above growth/],
    [{ discountRate: 0.02, growth: 0.03 }, /a horizon, or a discount above growth/],
    [{ discountRate: -1 }, /discount and growth above −1, got Infinity/],
    [{ discountRate: Number.NaN }, /got NaN/],
    [{ discountRate: 0.1, renewed: 1.5 }, /whole number of years, got 1.5/],
    [{ discountRate: 0.1, horizon: -1 }, /whole number of years, got -1/],
  ])('with %j is misuse', (options, message) => {
    expect(() => expectedLifetime({ alpha: 1, beta: 2 }, options)).toThrow(MisuseError);
    expect(() => expectedLifetime({ alpha: 1, beta: 2 }, options)).toThrow(message);
  });

  test('of parameters that are none is misuse', () => {
    const model = { alpha: 0, beta: 2 };
    expect(() => expectedLifetime(model, { discountRate: 0.1 })).toThrow(/got 0 and 2/);
    const at = { growthFactor: 0.9, horizon: 3, years: 1 };
    expect(() => lifetimeFactors({ alpha: 1, beta: Number.NaN }, at)).toThrow(/got 1 and NaN/);
  });
});

describe('lifetime factors', () => {
  const anyRates = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 1,
    maxLength: 8,
  });
  const anyRetention = fc.oneof(
    anyModel,
    anyRates.map((retention) => ({ retention })),
  );
  const rateOf = (of: { alpha: number; beta: number } | { retention: number[] }, year: number) =>
    'alpha' in of ? retentionRate(of, year) : of.retention[Math.min(year, of.retention.length) - 1];

  test('by hand: rates 1/2, 3/4 and then 4/5, at half the value a year later', () => {
    const of = { retention: [0.5, 0.75, 0.8] };
    const two = lifetimeFactors(of, { growthFactor: 0.5, horizon: 2, years: 3 });
    const expected = [0.25 + 0.25 * 0.375, 0.375 + 0.375 * 0.4, 0.4 + 0.4 * 0.4, 0.4 + 0.4 * 0.4];
    expected.forEach((value, n) => expect(two[n]).toBeCloseTo(value, 14));
    // To extinction 0.4 ÷ 0.6 from the third year on, before it by the renewal that leads there.
    const all = lifetimeFactors(of, { growthFactor: 0.5, horizon: null, years: 3 });
    expect(all[3]).toBeCloseTo(2 / 3, 14);
    expect(all[2]).toBeCloseTo(2 / 3, 14);
    expect(all[1]).toBeCloseTo(0.375 * (5 / 3), 14);
    expect(all[0]).toBeCloseTo(0.25 * (1 + 0.625), 14);
    expect([...lifetimeFactors(of, { growthFactor: 0.5, horizon: null, years: 0 })]).toEqual([
      all[0],
    ]);
  });

  test('are the sum of what they are defined as', () => {
    fc.assert(
      fc.property(
        anyRetention,
        fc.double({ min: 0.1, max: 1.2, noNaN: true }),
        fc.integer({ min: 0, max: 30 }),
        (of, growthFactor, horizon) => {
          const factors = lifetimeFactors(of, { growthFactor, horizon, years: 12 });
          expect(factors).toHaveLength(13);
          factors.forEach((factor, n) => {
            let [total, payment] = [0, 1];
            for (let k = 1; k <= horizon; k++) {
              payment *= growthFactor * rateOf(of, n + k);
              total += payment;
            }
            expect(Math.abs(factor - total)).toBeLessThanOrEqual(1e-12 * Math.max(1, total));
          });
        },
      ),
    );
  });

  test('to extinction are what a very long horizon gives, and v × the residual lifetime', () => {
    fc.assert(
      fc.property(anyRetention, fc.double({ min: 0.1, max: 0.95, noNaN: true }), (of, v) => {
        const all = lifetimeFactors(of, { growthFactor: v, horizon: null, years: 10 });
        const long = lifetimeFactors(of, { growthFactor: v, horizon: 800, years: 10 });
        all.forEach((factor, n) => {
          expect(Math.abs(factor - long[n])).toBeLessThanOrEqual(1e-10 * Math.max(1, factor));
          if (!('alpha' in of)) return;
          const residual = expectedLifetime(of, { discountRate: 1 / v - 1, renewed: n + 1 });
          expect(relative(factor, v * residual)).toBeLessThan(1e-9);
        });
      }),
    );
  });

  test('rise with any rate, with the horizon and with the growth factor', () => {
    fc.assert(
      fc.property(
        anyRates,
        fc.nat(),
        fc.double({ min: 0.2, max: 0.9, noNaN: true }),
        (rates, k, v) => {
          const at = (retention: number[], growthFactor = v, horizon: number | null = null) =>
            lifetimeFactors({ retention }, { growthFactor, horizon, years: 9 });
          const base = at(rates);
          const higher = at(rates.with(k % rates.length, 1));
          const dearer = at(rates, v + 0.05);
          const shorter = at(rates, v, 5);
          base.forEach((factor, n) => {
            expect(higher[n]).toBeGreaterThanOrEqual(factor * (1 - 1e-12));
            expect(dearer[n]).toBeGreaterThanOrEqual(factor);
            expect(shorter[n]).toBeLessThanOrEqual(factor * (1 + 1e-12));
          });
        },
      ),
    );
  });

  test.each([
    [[0.9], { growthFactor: 1, horizon: null, years: 1 }, /a horizon, or a discount above growth/],
    [[0.9], { growthFactor: 0, horizon: 3, years: 1 }, /discount and growth above −1, got 0/],
    [[0.9], { growthFactor: 0.9, horizon: 2.5, years: 1 }, /whole number of years, got 2.5/],
    [[0.9], { growthFactor: 0.9, horizon: 2, years: -1 }, /whole number of years, got -1/],
    [[], { growthFactor: 0.9, horizon: 2, years: 1 }, /rates from 0 to 1, got none/],
    [[0.9, Number.NaN], { growthFactor: 0.9, horizon: 2, years: 1 }, /got NaN in year 2/],
    [[1.1], { growthFactor: 0.9, horizon: 2, years: 1 }, /got 1.1 in year 1/],
  ])('of %j with %j are misuse', (retention, options, message) => {
    expect(() => lifetimeFactors({ retention }, options)).toThrow(MisuseError);
    expect(() => lifetimeFactors({ retention }, options)).toThrow(message);
  });
});

describe('standard errors of lifetime factors', () => {
  const options = { growthFactor: 1 / 1.1, years: 8 };

  test('are slopes × covariance × slopes, with the slopes of small differences', () => {
    const covariance = [
      [0.09, 0.05],
      [0.05, 0.16],
    ] as const;
    fc.assert(
      fc.property(anyModel, fc.constantFrom(null, 1, 10), (model, horizon) => {
        const at = { ...options, horizon };
        const moved = (a: number, b: number) =>
          lifetimeFactors({ alpha: model.alpha * Math.exp(a), beta: model.beta * Math.exp(b) }, at);
        const slopes = [
          [moved(1e-4, 0), moved(-1e-4, 0)],
          [moved(0, 1e-4), moved(0, -1e-4)],
        ].map(([up, down]) => up.map((value, n) => (value - down[n]) / 2e-4));
        lifetimeFactorErrors({ ...model, covariance }, at).forEach((error, n) => {
          const [a, b] = [slopes[0][n], slopes[1][n]];
          const variance = a * a * 0.09 + 2 * a * b * 0.05 + b * b * 0.16;
          expect(error).toBeCloseTo(Math.sqrt(variance), 6);
        });
      }),
    );
  });

  test('of one rate for all years: its own × growth ÷ (1 − growth × rate)²', () => {
    const of = { retention: [0.8], variance: [0.0004] };
    const errors = lifetimeFactorErrors(of, { growthFactor: 0.9, horizon: null, years: 2 });
    for (const error of errors) expect(error).toBeCloseTo((0.02 * 0.9) / (1 - 0.72) ** 2, 12);
  });

  test('add up over rates that are independent, each for the years it holds', () => {
    // L[0] = r1 v + r1 r2 v², slopes v + r2 v² and r1 v².
    const of = { retention: [0.5, 0.8], variance: [0.01, 0.04] };
    const at = { growthFactor: 0.5, horizon: 2, years: 1 };
    const [first, second] = lifetimeFactorErrors(of, at);
    expect(first).toBeCloseTo(Math.hypot(0.1 * 0.7, 0.2 * 0.125), 14);
    // L[1] = r2 v + (r2 v)²: the last rate holds for both years.
    expect(second).toBeCloseTo(0.2 * (0.5 + 2 * 0.8 * 0.25), 14);
  });

  /** How far factors of fits to simulated cohorts spread, by the cohort's model. */
  const simulated = (estimate: (counts: Counts) => Float64Array, rounds: number) => {
    const uniform = uniformFrom(20070131);
    const truth = { alpha: 0.7, beta: 1.2 };
    const rows: Float64Array[] = [];
    for (let round = 0; round < rounds; round++) {
      const survivors = [1500];
      for (let year = 1; year <= 7; year++) {
        let stayed = 0;
        for (let c = 0; c < survivors[year - 1]; c++) {
          if (uniform() < retentionRate(truth, year)) stayed++;
        }
        survivors.push(stayed);
      }
      rows.push(estimate(countsOf(survivors)));
    }
    return Array.from({ length: options.years + 1 }, (_, n) => {
      const mean = rows.reduce((total, row) => total + row[n], 0) / rounds;
      return Math.sqrt(rows.reduce((total, row) => total + (row[n] - mean) ** 2, 0) / (rounds - 1));
    });
  };
  const expected = countsOf(
    Array.from({ length: 8 }, (_, t) => 1500 * survivalTo({ alpha: 0.7, beta: 1.2 }, t)),
  );

  // The spread of 600 rounds is itself sure to 3 %; 12 % is four times that.
  test.each([null, 10])(
    'of the model are what 600 simulated cohorts show, horizon %j',
    (horizon) => {
      const at = { ...options, horizon };
      const errors = lifetimeFactorErrors(fitBetaGeometric(expected), at);
      simulated((counts) => lifetimeFactors(fitBetaGeometric(counts), at), 600).forEach(
        (spread, n) => {
          expect(relative(errors[n], spread)).toBeLessThan(0.12);
        },
      );
    },
  );

  test.each([null, 10])('of rates are what 600 simulated cohorts show, horizon %j', (horizon) => {
    const at = { ...options, horizon };
    const rates = ({ atRisk, left }: Counts) => atRisk.map((risk, t) => 1 - left[t] / risk);
    const retention = rates(expected);
    const variance = retention.map((rate, t) => (rate * (1 - rate)) / expected.atRisk[t]);
    const errors = lifetimeFactorErrors({ retention, variance }, at);
    const spreads = simulated((counts) => lifetimeFactors({ retention: rates(counts) }, at), 600);
    spreads.forEach((spread, n) => expect(relative(errors[n], spread)).toBeLessThan(0.12));
  });
});
