import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MisuseError } from '../../../src/base/errors.js';
import { kaplanMeier } from '../../../src/scoring/retention/kaplan-meier.js';

function expectClose(actual: readonly number[], expected: readonly number[], digits: number) {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, t) => expect(actual[t]).toBeCloseTo(value, digits));
}

describe('the curve', () => {
  // Freireich et al. (1963), remission of leukaemia under 6-MP, weeks 6, 7, 10, 13, 16, 22, 23: the
  // table of Kleinbaum and Klein, Survival Analysis (2012), ch. 2, and of many textbooks.
  const remission = { atRisk: [21, 17, 15, 12, 11, 7, 6], left: [3, 1, 1, 1, 1, 1, 1] };

  test('of the published remission times, to the four digits printed', () => {
    const { survival } = kaplanMeier(remission, 0.95);
    expectClose(survival, [1, 0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], 4);
  });

  test('has the intervals of lifelines 0.30.3 (Python), which takes the log(−log) scale too', () => {
    const at95 = kaplanMeier(remission, 0.95);
    const low = [0.619717955266, 0.5631465646222, 0.503199510799956, 0.431610222486];
    const high = [0.951551747647, 0.9228090192029, 0.8893618351692651, 0.84906596335];
    expectClose(at95.low.slice(0, 5), [1, ...low], 10);
    expectClose(at95.high.slice(0, 5), [1, ...high], 10);
    const at90 = kaplanMeier(remission, 0.9);
    expect(at90.low[7]).toBeCloseTo(0.2264620882450107, 10);
    expect(at90.high[7]).toBeCloseTo(0.6481135841402932, 10);
  });

  test('counts those seen late from when they are seen: lifelines, with `entry`', () => {
    // Made up: 50 are seen from year 1 on, 30, 9 and 6 from years 2, 3 and 4; version 0.30.3.
    const counts = { atRisk: [50, 60, 48, 28, 10], left: [20, 21, 5, 7, 4] };
    const { survival, low, high } = kaplanMeier(counts, 0.9);
    expectClose(survival, [1, 0.6, 0.39, 0.349375, 0.26203125, 0.15721875], 12);
    expect(low[5]).toBeCloseTo(0.08525966627075135, 10);
    expect(high[5]).toBeCloseTo(0.24900665875937028, 10);
  });

  test('gives the retention of each year and its variance', () => {
    const { retention, variance } = kaplanMeier({ atRisk: [100, 40], left: [20, 10] }, 0.9);
    expect(retention).toEqual([0.8, 0.75]);
    expectClose(variance, [0.0016, 0.0046875], 15);
  });
});

describe('at its edges', () => {
  test('without years it is 1 at the start', () => {
    expect(kaplanMeier({ atRisk: [], left: [] }, 0.9)).toEqual({
      retention: [],
      variance: [],
      survival: [1],
      low: [1],
      high: [1],
    });
  });

  test('it ends where nobody is at risk, though later years have a retention', () => {
    const { retention, survival, low } = kaplanMeier({ atRisk: [10, 0, 4], left: [5, 0, 1] }, 0.9);
    expect(retention).toEqual([0.5, Number.NaN, 0.75]);
    expect(survival).toEqual([1, 0.5, Number.NaN, Number.NaN]);
    expect(low.slice(2)).toEqual([Number.NaN, Number.NaN]);
  });

  test('it has no interval while nobody left, nor when everybody has', () => {
    const { survival, low, high } = kaplanMeier({ atRisk: [10, 10, 5], left: [0, 5, 5] }, 0.9);
    expect(survival).toEqual([1, 1, 0.5, 0]);
    expect([low[1], high[1], low[3], high[3]]).toEqual(new Array(4).fill(Number.NaN));
    expect(low[2]).toBeLessThan(0.5);
    expect(high[2]).toBeGreaterThan(0.5);
  });

  test.each([
    [{ atRisk: [3], left: [] }, 'one length, got 1 and 0'],
    [{ atRisk: [3, 2], left: [1, 3] }, 'got 3 of 2 in year 2'],
    [{ atRisk: [3], left: [-1] }, 'got -1 of 3 in year 1'],
    [{ atRisk: [3], left: [Number.NaN] }, 'got NaN of 3'],
    [{ atRisk: [Number.POSITIVE_INFINITY], left: [1] }, 'got 1 of Infinity'],
  ])('counts that are none are misuse: %j', (counts, message) => {
    expect(() => kaplanMeier(counts, 0.9)).toThrow(MisuseError);
    expect(() => kaplanMeier(counts, 0.9)).toThrow(message);
  });

  test.each([0, 1, -0.5, Number.NaN])('a probability of %d is misuse', (probability) => {
    expect(() => kaplanMeier({ atRisk: [3], left: [1] }, probability)).toThrow(/between 0 and 1/);
  });
});

describe('for any counts', () => {
  const anyCounts = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 30,
    })
    .map((years) => ({
      atRisk: years.map(([risk]) => risk),
      left: years.map(([risk, share]) => Math.floor(risk * share)),
    }));

  test('it falls, inside its interval, which widens with the probability', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const { survival, low, high } = kaplanMeier(counts, 0.8);
        const wider = kaplanMeier(counts, 0.95);
        for (let t = 1; t < survival.length; t++) {
          expect(survival[t]).toBeLessThanOrEqual(survival[t - 1]);
          if (Number.isNaN(low[t])) continue;
          const order = [0, wider.low[t], low[t], survival[t], high[t], wider.high[t], 1];
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  test('ten times as many of each change no share, only make it surer', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const one = kaplanMeier(counts, 0.9);
        const ten = kaplanMeier(
          { atRisk: counts.atRisk.map((n) => 10 * n), left: counts.left.map((n) => 10 * n) },
          0.9,
        );
        expectClose(ten.survival, one.survival, 12);
        one.variance.forEach((value, t) => {
          expect(ten.variance[t]).toBeCloseTo(value / 10, 12);
          if (!Number.isNaN(one.low[t + 1])) {
            expect(ten.low[t + 1]).toBeGreaterThanOrEqual(one.low[t + 1]);
          }
        });
      }),
    );
  });
});
