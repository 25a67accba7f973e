import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Hierarchical,
  hierarchical,
  type SegmentedPanel,
} from '../../src/credibility/hierarchical.js';
import { MisuseError } from '../../src/index.js';
import { modelNotes } from '../../src/scoring/notes.js';
import { buhlmannStraub } from '../../src/stats.js';
import { describeKnownValues, sharedRows, sharedText } from '../support/shared.js';
import { runs } from '../support/slow.js';

const estimators = ['ohlsson', 'buhlmann-gisler', 'iterative'] as const;

const close = (actual: number, expected: number, relative = 1e-9) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + 1e-12);
const allClose = (actual: ArrayLike<number>, expected: ArrayLike<number>, relative = 1e-9) => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) close(actual[i], expected[i], relative);
};
const numbersOf = (found: Hierarchical) => [
  found.collective,
  found.betweenSegments,
  found.betweenCustomers,
  found.withinVariance,
  ...[found.segments, found.customers].flatMap((level) =>
    [level.means, level.weights, level.credibility, level.premiums].flatMap((values) => [
      ...values,
    ]),
  ),
];
const expectSound = (found: Hierarchical) => {
  expect(numbersOf(found).filter((value) => !Number.isFinite(value))).toEqual([]);
  for (const z of [...found.segments.credibility, ...found.customers.credibility]) {
    expect(z).toBeGreaterThanOrEqual(0);
    expect(z).toBeLessThanOrEqual(1);
  }
};

/** Customers given as their ratios period by period, all of one weight. */
const panelOf = (customers: number[][], segment: number[], weight = 100): SegmentedPanel => ({
  customer: customers.flatMap((ratios, c) => ratios.map(() => c)),
  ratio: customers.flat(),
  weight: customers.flat().map(() => weight),
  segment,
});

describeKnownValues('Hachemeister (1975), cohorts of states, by actuar 3.3-2 cm()', () => {
  const rows = sharedRows('oracles/credibility/hachemeister-long.csv');
  const oracle = JSON.parse(
    sharedText('oracles/credibility/hachemeister.json'),
  ).hierarchical_cohort_state;
  const panel = Object.freeze({
    customer: rows.map((row) => Number(row.state) - 1),
    ratio: rows.map((row) => Number(row.ratio)),
    weight: rows.map((row) => Number(row.weight)),
    segment: [0, 1, 0, 1, 1],
  });

  test.each([
    ['buhlmann-gisler', 'Buhlmann-Gisler'],
    ['ohlsson', 'Ohlsson'],
    ['iterative', 'iterative'],
  ] as const)('%s: variances, means, weights, credibility and premiums', (estimator, key) => {
    const expected = oracle[key];
    const found = hierarchical(panel, { estimator });
    close(found.collective, expected.means.portfolio);
    allClose(
      [found.betweenSegments, found.betweenCustomers, found.withinVariance],
      expected[estimator === 'iterative' ? 'iterative' : 'unbiased'],
    );
    for (const [level, name] of [
      [found.segments, 'cohort'],
      [found.customers, 'state'],
    ] as const) {
      allClose(level.means, expected.means[name]);
      allClose(level.weights, expected.weights[name]);
      allClose(level.credibility, expected.cred[name]);
      allClose(level.premiums, expected.premiums[name]);
    }
    expect(modelNotes(found.notes)).toEqual([]);
  });

  test("Ohlsson's estimator is the default", () => {
    expect(hierarchical(panel)).toEqual(hierarchical(panel, { estimator: 'ohlsson' }));
  });

  test('one segment only: the customer level is plain Bühlmann–Straub', () => {
    for (const estimator of estimators) {
      const found = hierarchical({ ...panel, segment: [0, 0, 0, 0, 0] }, { estimator });
      const plain = buhlmannStraub(panel, {
        estimator: estimator === 'iterative' ? 'iterative' : 'unbiased',
      });
      close(found.collective, plain.collective);
      close(found.betweenCustomers, plain.betweenVariance);
      close(found.withinVariance, plain.withinVariance);
      allClose(found.customers.means, plain.means);
      allClose(found.customers.weights, plain.weights);
      allClose(found.customers.credibility, plain.credibility);
      allClose(found.customers.premiums, plain.premiums);
      expect([found.betweenSegments, found.segments.credibility[0]]).toEqual([0, 0]);
      expect(found.segments.premiums[0]).toBe(found.collective);
      expect(modelNotes(found.notes).join()).toContain('only one segment');
    }
  });

  test('nobody with a segment: the same, and every segment gets the collective', () => {
    const found = hierarchical({ ...panel, segment: [-1, -1, -1, -1, -1] });
    const one = hierarchical({ ...panel, segment: [0, 0, 0, 0, 0] });
    expect(found.customers).toEqual(one.customers);
    expect(found.segments.premiums.length).toBe(0);
    expect(modelNotes(found.notes)[0]).toContain('no customer with weight has a segment');

    // Segment 2 is known by a customer without weight alone.
    const idle = hierarchical({ ...panel, segment: [-1, -1, -1, -1, -1, 2] });
    allClose(idle.customers.premiums.subarray(0, 5), one.customers.premiums);
    expect([...idle.segments.premiums]).toEqual([0, 1, 2].map(() => idle.collective));
    expectSound(idle);
  });

  test('every customer a segment of its own: the segment level is plain Bühlmann–Straub', () => {
    for (const estimator of ['ohlsson', 'iterative'] as const) {
      const found = hierarchical({ ...panel, segment: [0, 1, 2, 3, 4] }, { estimator });
      const plain = buhlmannStraub(panel, {
        estimator: estimator === 'iterative' ? 'iterative' : 'unbiased',
      });
      close(found.collective, plain.collective);
      close(found.betweenSegments, plain.betweenVariance);
      allClose(found.segments.credibility, plain.credibility);
      allClose(found.customers.premiums, plain.premiums);
      expect([...found.customers.credibility]).toEqual([0, 0, 0, 0, 0]);
      expect(modelNotes(found.notes).join()).toContain('no segment has two customers');
    }
  });

  test('a customer without a segment gets the premium it would have as a segment of its own', () => {
    // Given the variances and the collective, which it does not change: it is not asked for them.
    const stranger = (segment: number[]) =>
      hierarchical({
        customer: [...panel.customer, 5, 5],
        ratio: [...panel.ratio, 2500, 2600],
        weight: [...panel.weight, 900, 700],
        segment,
      });
    const found = stranger([0, 1, 0, 1, 1, -1]);
    const z = (between: number) => (1600 * between) / (1600 * between + found.withinVariance);
    close(found.customers.credibility[5], z(found.betweenCustomers + found.betweenSegments));
    const own = z(found.betweenCustomers);
    const ofSegment =
      (own * found.betweenSegments) / (own * found.betweenSegments + found.betweenCustomers);
    const complement = found.collective + ofSegment * (found.customers.means[5] - found.collective);
    close(found.customers.premiums[5], complement + own * (found.customers.means[5] - complement));

    const without = hierarchical(panel, { withinVariance: found.withinVariance });
    close(found.collective, without.collective);
    close(found.betweenCustomers, without.betweenCustomers);
    allClose(found.segments.premiums, without.segments.premiums);
    expect(found.withinVariance).not.toBe(hierarchical(panel).withinVariance);
  });

  test('the iterative estimator is a fixed point to the tolerance asked for', () => {
    const tight = hierarchical(panel, { estimator: 'iterative', tolerance: 1e-13 });
    const spread = (values: Float64Array, factors: Float64Array, centers: (i: number) => number) =>
      values.reduce((total, value, i) => total + factors[i] * (value - centers(i)) ** 2, 0);
    const { segments, customers } = tight;
    close(
      tight.betweenCustomers,
      spread(customers.means, customers.credibility, (c) => segments.means[panel.segment[c]]) / 3,
    );
    close(
      tight.betweenSegments,
      spread(segments.means, segments.credibility, () => tight.collective),
    );
    expect(tight.betweenCustomers).not.toBe(
      hierarchical(panel, { estimator: 'iterative' }).betweenCustomers,
    );
  });

  test('a round goes upward: segments are measured with the new variance of the customers', () => {
    const start = hierarchical(panel).betweenSegments;
    const found = hierarchical(panel, { estimator: 'iterative', maxRounds: 1 });
    const { means, weights } = found.segments;
    const z = weights.map((weight) => weight / (weight + found.betweenCustomers / start));
    const center = (z[0] * means[0] + z[1] * means[1]) / (z[0] + z[1]);
    close(found.betweenSegments, z[0] * (means[0] - center) ** 2 + z[1] * (means[1] - center) ** 2);
  });

  test.each(estimators)('%s: who has no weight has no part in the variances', (estimator) => {
    const found = hierarchical(panel, { estimator });
    const more = hierarchical(
      {
        customer: [...panel.customer, 5, 6, 7, 8],
        ratio: [...panel.ratio, 1, 2, 3, 4],
        weight: [...panel.weight, 0, 0, 0, 0],
        segment: [...panel.segment, 1, 2, 4, -1],
      },
      { estimator },
    );
    close(more.betweenCustomers, found.betweenCustomers);
    close(more.betweenSegments, found.betweenSegments);
    close(more.collective, found.collective);
    allClose(more.customers.premiums, [
      ...found.customers.premiums,
      found.segments.premiums[1],
      found.collective,
      found.collective,
      found.collective,
    ]);
  });

  test('stopping short of the tolerance is noted', () => {
    const found = hierarchical(panel, { estimator: 'iterative', maxRounds: 2 });
    expect(modelNotes(found.notes)).toEqual([
      'the variances had not settled after 2 rounds: the last ones are taken',
    ]);
  });
});

describe('two segments of two customers, by hand', () => {
  // Within 100 × (4 × 2 × 10²) ÷ 4; each segment: means 20 apart, weight 200 each.
  const customers = [
    [40, 60],
    [60, 80],
    [90, 110],
    [110, 130],
  ];
  const panel = panelOf(customers, [0, 0, 1, 1]);

  test.each(estimators)('%s: with equal weights all three agree', (estimator) => {
    const found = hierarchical(panel, { estimator });
    close(found.withinVariance, 20_000);
    close(found.betweenCustomers, (200 * 2 * 10 ** 2 - 20_000) / (400 - 80_000 / 400));
    close(found.betweenSegments, 2 * 25 ** 2 - 100);
    allClose(found.customers.credibility, [0.5, 0.5, 0.5, 0.5]);
    allClose(found.segments.weights, [1, 1]);
    allClose(found.segments.credibility, [0.92, 0.92]);
    allClose(found.segments.premiums, [62, 108]);
    allClose(found.customers.premiums, [56, 66, 104, 114]);
  });

  test('a segment whose excess is negative counts as 0 for Bühlmann–Gisler, in full for Ohlsson', () => {
    // Sizes 200 each; excess 200 × 2 × 5² − 20,000 in the first, 200 × 2 × 20² − 20,000 in the second.
    const uneven = panelOf(
      [
        [45, 65],
        [55, 75],
        [80, 100],
        [120, 140],
      ],
      [0, 0, 1, 1],
    );
    close(hierarchical(uneven, { estimator: 'ohlsson' }).betweenCustomers, 130_000 / 400);
    close(hierarchical(uneven, { estimator: 'buhlmann-gisler' }).betweenCustomers, 700 / 2);
  });

  test('a segment of one customer counts as 0 for Bühlmann–Gisler, not at all for Ohlsson', () => {
    const more = panelOf([...customers, [70, 90]], [0, 0, 1, 1, 2]);
    close(hierarchical(more).betweenCustomers, 100);
    const found = hierarchical(more, { estimator: 'buhlmann-gisler' });
    close(found.betweenCustomers, (100 + 100 + 0) / 3);
    expect(modelNotes(found.notes)).toEqual([]);
  });

  test('a within variance known beforehand stands for the one observed, also over one period', () => {
    const known = hierarchical(panel, { withinVariance: 10_000 });
    expect(known.withinVariance).toBe(10_000);
    close(known.betweenCustomers, (200 * 2 * 10 ** 2 - 10_000) / 200);
    const once = hierarchical(
      {
        customer: [0, 1, 2, 3],
        ratio: [50, 70, 100, 120],
        weight: [200, 200, 200, 200],
        segment: [0, 0, 1, 1],
      },
      { withinVariance: 10_000 },
    );
    allClose(once.customers.premiums, known.customers.premiums);
    expect(modelNotes(once.notes)).toEqual([]);
    expect(() => hierarchical(panel, { withinVariance: -1 })).toThrow('withinVariance from 0');
  });
});

describe('edges', () => {
  test.each(estimators)(
    '%s: customers that do not differ get the premium of their segment',
    (estimator) => {
      const panel = {
        customer: [0, 0, 1, 1, 2, 2, 3, 3],
        ratio: [40, 60, 50, 50, 90, 110, 80, 120],
        weight: [100, 100, 300, 300, 100, 100, 200, 200],
        segment: [0, 0, 1, 1],
      };
      const found = hierarchical(panel, { estimator });
      expect(found.betweenCustomers).toBe(0);
      expect([...found.customers.credibility]).toEqual([0, 0, 0, 0]);
      // The segments weigh their exposure and are set against the within variance.
      allClose(found.segments.weights, [800, 600]);
      const between = found.betweenSegments;
      expect(between).toBeGreaterThan(0);
      allClose(
        found.segments.credibility,
        [800, 600].map((weight) => weight / (weight + found.withinVariance / between)),
      );
      const { premiums } = found.segments;
      expect([...found.customers.premiums]).toEqual([0, 0, 1, 1].map((s) => premiums[s]));
      expect(modelNotes(found.notes)).toHaveLength(1);
      expect(modelNotes(found.notes)[0]).toContain('between-customer variance is not above 0');
    },
  );

  test.each(estimators)('%s: segments that do not differ get the collective', (estimator) => {
    const panel = panelOf(
      [
        [40, 60],
        [80, 100],
        [45, 65],
        [75, 95],
        [69, 71],
      ],
      [0, 0, 1, 1, 1],
    );
    const found = hierarchical(panel, { estimator });
    expect(found.betweenSegments).toBe(0);
    expect([...found.segments.credibility]).toEqual([0, 0]);
    expect([...found.segments.premiums]).toEqual([found.collective, found.collective]);
    // All customers weigh the same, hence have the same Z: their Z-weighted mean is the plain one.
    close(found.collective, 70);
    allClose(
      found.customers.premiums,
      [50, 90, 55, 85, 70].map((mean) => 70 + found.customers.credibility[0] * (mean - 70)),
    );
    expect(found.customers.credibility[0]).toBeGreaterThan(0.5);
    expect(modelNotes(found.notes)).toHaveLength(1);
    expect(modelNotes(found.notes)[0]).toContain('between-segment variance is not above 0');
  });

  test('neither differ: everybody gets the exposure-weighted mean', () => {
    const found = hierarchical({
      customer: [0, 0, 1, 1, 2, 2],
      ratio: [0, 2, 1, 1.5, 2, 0],
      weight: [1, 1, 2, 2, 1, 1],
      segment: [0, 0, 1],
    });
    allClose(found.customers.premiums, [9 / 8, 9 / 8, 9 / 8]);
    expect(modelNotes(found.notes)).toHaveLength(2);
  });

  test('a variance that the iteration leads to 0 is 0, and settled', () => {
    const panel = {
      customer: [0, 0, 1, 1, 2, 2, 3, 3],
      ratio: [3, 5, 0, 6, 8, 10, -1, 1],
      weight: [7, 7, 7, 7, 9, 9, 1, 1],
      segment: [0, 0, 1, 1],
    };
    expect(hierarchical(panel).betweenSegments).toBeGreaterThan(2);
    const found = hierarchical(panel, { estimator: 'iterative' });
    expect(found.betweenSegments).toBe(0);
    expect([...found.segments.premiums]).toEqual([found.collective, found.collective]);
    expect(modelNotes(found.notes)).toHaveLength(1);
    expect(modelNotes(found.notes)[0]).toContain('between-segment variance is not above 0');
  });

  test('one period for all gives no credibility and says why', () => {
    const found = hierarchical({
      customer: [0, 1, 2, 3],
      ratio: [1, 2, 5, 6],
      weight: [1, 1, 1, 3],
      segment: [0, 0, 1, 1],
    });
    expect([...found.customers.credibility, ...found.segments.credibility]).toEqual(
      new Array(6).fill(0),
    );
    allClose(found.customers.premiums, new Array(4).fill(26 / 6));
    expect(modelNotes(found.notes)).toEqual([
      'no customer has two periods: chance cannot be told from difference, no credibility is given',
    ]);
  });

  test('segments and customers without weight get Z = 0 and the premium of the level above', () => {
    const found = hierarchical({
      customer: [0, 0, 1, 1, 2, 2, 3, 3, 4, 5],
      ratio: [40, 60, 60, 80, 90, 110, 110, 130, Number.NaN, 7],
      weight: [1, 1, 1, 1, 1, 1, 1, 1, 0, 0].map((value) => 100 * value),
      segment: [0, 0, 2, 2, 1, 2, 0, 4],
    });
    allClose(found.segments.premiums, [62, 85, 108, 85, 85]);
    allClose(found.customers.premiums, [56, 66, 104, 114, 85, 108, 62, 85]);
    allClose(found.segments.credibility, [0.92, 0, 0.92, 0, 0]);
    expectSound(found);
    expect(modelNotes(found.notes)).toEqual([]);
  });

  test('a segment without losses is a segment with a mean of 0, drawn upward', () => {
    const found = hierarchical(
      panelOf(
        [
          [0, 0, 0],
          [0, 0, 0],
          [0.5, 0.9, 1.3],
          [1.2, 1.6, 0.8],
        ],
        [0, 0, 1, 1],
      ),
    );
    expect(found.segments.means[0]).toBe(0);
    expect(found.segments.premiums[0]).toBeGreaterThan(0);
    expect(found.segments.premiums[0]).toBeLessThan(found.collective);
    expectSound(found);
  });

  test('a book without losses: everybody gets 0', () => {
    const found = hierarchical(
      panelOf(
        [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
        [0, 0, 1],
      ),
    );
    expect([...found.customers.premiums, found.collective]).toEqual([0, 0, 0, 0]);
    expectSound(found);
  });

  test('what never varies is believed in full, and rounding is no difference', () => {
    const steady = hierarchical(
      panelOf(
        [
          [1, 1],
          [2, 2],
          [5, 5],
          [7, 7],
        ],
        [0, 0, 1, 1],
      ),
    );
    expect([...steady.customers.credibility]).toEqual([1, 1, 1, 1]);
    expect([...steady.customers.premiums]).toEqual([1, 2, 5, 7]);

    const equal = hierarchical({
      customer: [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3],
      ratio: new Array(12).fill(0.1),
      weight: [3, 7, 0.7, 1.1, 1.3, 9, 0.3, 0.9, 11, 1 / 3, 6, 3.3],
      segment: [0, 0, 1, 1],
    });
    expect([equal.betweenCustomers, equal.betweenSegments]).toEqual([0, 0]);
    allClose(equal.customers.premiums, [0.1, 0.1, 0.1, 0.1]);
  });

  test('a weight of 1e-6 beside one of 1e9 keeps its share in the estimate', () => {
    // Size of the first segment: 2 × 1e9 × 1e-6 ÷ (1e9 + 1e-6), lost in W − Σ weight² ÷ W.
    const found = hierarchical(
      {
        customer: [0, 0, 1, 1, 2, 2],
        ratio: [1, 1, 2, 2, 3, 3],
        weight: [5e8, 5e8, 5e-7, 5e-7, 1, 1],
        segment: [0, 0, 1],
      },
      { withinVariance: 0 },
    );
    close(found.betweenCustomers, 0.5);
    expectSound(found);
  });

  test('misuse is refused', () => {
    const call = (customer: number[], ratio: number[], weight: number[], segment: number[]) => () =>
      hierarchical({ customer, ratio, weight, segment });
    expect(call([0], [1], [1, 2], [0])).toThrow(MisuseError);
    expect(call([0], [1], [1, 2], [0])).toThrow('of one length');
    expect(call([0], [1], [-1], [0])).toThrow('got 0, -1 and 1');
    expect(call([0], [Number.NaN], [1], [0])).toThrow('got 0, 1 and NaN');
    expect(call([1], [1], [1], [0])).toThrow('a customer with a segment');
    expect(call([0], [1], [1], [-2])).toThrow('segments from 0, or −1, got -2');
    expect(call([0], [1], [0], [0])).toThrow('some weight');
  });
});

describe('properties', () => {
  const weights = fc.oneof(
    fc.integer({ min: 0, max: 50 }),
    fc.constantFrom(0, 1, 1e-6, 1e9),
    fc.double({ min: 0.01, max: 1000, noNaN: true }),
  );
  const panels = (weight: fc.Arbitrary<number>) =>
    fc
      .record({
        segment: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 2, maxLength: 12 }),
        rows: fc.array(
          fc.tuple(fc.nat(), fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })), weight),
          { minLength: 2, maxLength: 40 },
        ),
      })
      .filter(({ rows }) => rows.some(([, , value]) => value > 0))
      .map(({ segment, rows }) => ({
        customer: rows.map(([code]) => code % segment.length),
        ratio: rows.map(([, percent]) => percent / 100),
        weight: rows.map(([, , value]) => value),
        segment,
      }));
  const options = fc.constantFrom(...estimators).map((estimator) => ({ estimator }));

  test('whatever the panel, all numbers are finite, Z lies in 0 … 1, premiums within the ratios', () => {
    fc.assert(
      fc.property(panels(weights), options, (panel, option) => {
        const found = hierarchical(panel, option);
        expectSound(found);
        const seen = panel.ratio.filter((_, i) => panel.weight[i] > 0);
        for (const premium of [...found.customers.premiums, ...found.segments.premiums]) {
          expect(premium).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-9);
          expect(premium).toBeLessThanOrEqual(Math.max(...seen) + 1e-9);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  const tame = panels(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 })));
  const atOnce = fc
    .constantFrom('ohlsson', 'buhlmann-gisler')
    .map((estimator) => ({ estimator }) as const);

  test('ratios times a constant: premiums times that constant, the same Z', () => {
    fc.assert(
      fc.property(
        tame,
        options,
        fc.constantFrom(2 ** -20, 0.5, 8, 2 ** 30),
        (panel, option, factor) => {
          const found = hierarchical(panel, option);
          const scaled = hierarchical(
            { ...panel, ratio: panel.ratio.map((value) => value * factor) },
            option,
          );
          close(scaled.collective / factor, found.collective);
          allClose(
            scaled.customers.premiums.map((value) => value / factor),
            found.customers.premiums,
          );
          allClose(
            scaled.segments.premiums.map((value) => value / factor),
            found.segments.premiums,
          );
          allClose(scaled.customers.credibility, found.customers.credibility);
          allClose(scaled.segments.credibility, found.segments.credibility);
          expect(modelNotes(scaled.notes)).toEqual(modelNotes(found.notes));
        },
      ),
    );
  });

  test('weights times a constant change neither premiums nor Z', () => {
    fc.assert(
      fc.property(tame, options, (panel, option) => {
        const found = hierarchical(panel, option);
        const heavy = { ...panel, weight: panel.weight.map((value) => value * 1024) };
        const scaled = hierarchical(heavy, option);
        allClose(scaled.customers.premiums, found.customers.premiums);
        allClose(scaled.customers.credibility, found.customers.credibility);
      }),
    );
  });

  test('the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(
        tame.chain((panel) =>
          fc.tuple(
            fc.constant(panel),
            fc.shuffledSubarray([...panel.customer.keys()], { minLength: panel.customer.length }),
          ),
        ),
        atOnce,
        ([panel, order], option) => {
          const found = hierarchical(panel, option);
          const shuffled = hierarchical(
            {
              customer: order.map((i) => panel.customer[i]),
              ratio: order.map((i) => panel.ratio[i]),
              weight: order.map((i) => panel.weight[i]),
              segment: panel.segment,
            },
            option,
          );
          close(shuffled.collective, found.collective);
          allClose(shuffled.customers.premiums, found.customers.premiums);
          allClose(shuffled.customers.credibility, found.customers.credibility);
          allClose(shuffled.segments.premiums, found.segments.premiums);
        },
      ),
    );
  });
});
