import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniformFrom } from '../../../src/base/random.js';
import { MisuseError } from '../../../src/index.js';
import {
  concentration,
  giniOf,
  peakOf,
} from '../../../src/portfolio/concentration/concentration.js';
import {
  type Luck,
  type LuckBook,
  type LuckMeasure,
  type LuckRange,
  luck,
} from '../../../src/portfolio/concentration/luck.js';
import { shareHolding, spreadOf, topShare } from '../../../src/scoring/experience/spread.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';

const total = (values: number[]) => values.reduce((a, b) => a + b, 0);
const meanOf = (values: number[]) => total(values) / values.length;
const deviationOf = (values: number[]) => {
  const mean = meanOf(values);
  return Math.sqrt(total(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
};

/** Within three standard deviations of the rounds, as the figures given have such an error too. */
function expectNear(range: LuckRange | null, known: number) {
  expect(Math.abs((range?.mean ?? Number.NaN) - known)).toBeLessThan(3 * (range?.deviation ?? 0));
}

describeOnRealBook('Belgian MTPL 1997 without differences, 200 rounds, seed 1', () => {
  const rows = sharedRows('data/belgian-mtpl97/policies.csv.gz');
  const exposure = rows.map(({ expo }) => Number(expo));
  const claims = total(rows.map(({ nclaims }) => Number(nclaims)));

  test('claims: Gini .8910, 9.11 % of policies have 80 %', () => {
    const found = luck({ exposure, claims }, { measure: 'claims', rounds: 200, seed: 1 });
    expect(claims).toBe(20_215);
    expectNear(found.gini, 0.891);
    expectNear(found.holding[1].customers, 0.0911);
    // What was observed is beyond what chance gives, and not by much.
    expect(found.gini?.high).toBeLessThan(0.8978);
    expect(found.gini?.mean).toBeGreaterThan(0.89);
  });

  // The file has a sum for each policy; its mean per claim stands for the size of one claim.
  test('amounts: Gini .9630, 3.62 % of policies have 80 %, the top 1 % have 51.3 %', () => {
    const amounts = rows.flatMap(({ average }) => (average === '' ? [] : [Number(average)]));
    expect(amounts).toHaveLength(18_276);
    const options = { measure: 'incurred', rounds: 200, seed: 1 } as const;
    const found = luck({ exposure, claims, amounts }, options);
    expectNear(found.gini, 0.963);
    expectNear(found.holding[1].customers, 0.0362);
    expectNear(found.topShares[0].value, 0.513);
  });
});

describe('by hand', () => {
  test('one claim among four falls on one: a Gini of 3/4 in every round', () => {
    const { gini, topShares, holding, peak, curve } = luck(
      { exposure: [1, 2, 3, 4], claims: 1 },
      { measure: 'claims', rounds: 20, seed: 1, points: 3 },
    );
    expect(gini).toEqual({ mean: 0.75, deviation: 0, low: 0.75, high: 0.75 });
    expect(topShares[3]).toEqual({
      share: 0.2,
      value: { mean: 0.8, deviation: 0, low: 0.8, high: 0.8 },
    });
    expect(holding[1].customers?.mean).toBeCloseTo(0.2, 12);
    expect(peak).toBeNull();
    expect(curve).toEqual({
      customers: [0, 0.5, 1],
      mean: [0, 1, 1],
      low: [0, 1, 1],
      high: [0, 1, 1],
    });
  });

  test('claims fall in proportion to exposure, and none where there is none', () => {
    const book = { exposure: [0, 3, 0, 1, 0], claims: 1000 };
    const { topShares } = luck(book, { measure: 'claims', rounds: 200, seed: 4 });
    // One of five is the one with three times the cover: 3/4 of 1,000, within 3 standard errors.
    const range = topShares[3].value;
    const deviation = Math.sqrt((0.75 * 0.25) / 1000);
    expect(Math.abs((range?.mean ?? 0) - 0.75)).toBeLessThan((3 * deviation) / Math.sqrt(200));
    expect((range?.deviation ?? 0) / deviation).toBeGreaterThan(0.85);
    expect((range?.deviation ?? 0) / deviation).toBeLessThan(1.15);
    expect(topShares[4].value?.mean).toBe(1);
  });

  test('a single claim too: a quarter of the time on the one with a quarter of the cover', () => {
    const book = { exposure: [1, 3], claims: 1, amounts: [50], income: [0, 100] };
    const { peak } = luck(book, { measure: 'profit', rounds: 400, seed: 3 });
    // Then 100 and -50 are left, a peak of 2; else 50 and 0, one of 1. Within 3 standard errors.
    const error = (3 * Math.sqrt(0.75 * 0.25)) / 20;
    expect(Math.abs((peak?.value.mean ?? 0) - 1.25)).toBeLessThan(error);
  });

  test('profit: the one with cover loses 10 or 30, the other brings 100', () => {
    const book = { exposure: [1, 0], claims: 1, amounts: [30, 10], income: [0, 100] };
    const { peak, gini } = luck(book, { measure: 'profit', rounds: 400, seed: 2 });
    expect(gini).toBeNull();
    expect(peak?.customers).toEqual({ mean: 0.5, deviation: 0, low: 0.5, high: 0.5 });
    expect(peak?.value.low).toBeCloseTo(100 / 90, 12);
    expect(peak?.value.high).toBeCloseTo(100 / 70, 12);
    // Either amount half of the time: within 3 standard errors.
    const [mean, deviation] = [(100 / 90 + 100 / 70) / 2, (100 / 70 - 100 / 90) / 2];
    expect(Math.abs((peak?.value.mean ?? 0) - mean)).toBeLessThan((3 * deviation) / 20);
  });
});

/** All figures by their plain definitions: every claim on its own, every customer sorted anew. */
function byHand(book: Required<LuckBook>, measure: LuckMeasure, rounds: number) {
  const { exposure, claims, amounts, income } = book;
  const uniform = uniformFrom(77);
  const cover = total(Array.from(exposure));
  return Array.from({ length: rounds }, () => {
    const losses = new Array<number>(exposure.length).fill(0);
    for (let claim = 0; claim < claims; claim++) {
      let at = uniform() * cover;
      let customer = 0;
      while (at >= exposure[customer]) at -= exposure[customer++];
      const size = amounts[Math.floor(uniform() * amounts.length)];
      losses[customer] += measure === 'claims' ? 1 : size;
    }
    const values = measure === 'profit' ? losses.map((loss, i) => income[i] - loss) : losses;
    return spreadOf(values);
  });
}

describe('the same as dealing claim by claim and sorting everybody', () => {
  const uniform = uniformFrom(5);
  const exposure = Array.from({ length: 60 }, (_, k) => (k % 7 === 0 ? 0 : uniform() * 3));
  const book = {
    exposure,
    claims: 45,
    amounts: Array.from({ length: 30 }, (_, k) => (k === 3 ? -40 : Math.exp(8 * uniform()))),
    income: exposure.map((cover) => Math.round(cover * 4) * 300 + 10),
  };
  const rounds = 3000;

  test.each(['claims', 'incurred', 'profit'] as const)('%s', (measure) => {
    const spreads = byHand(book, measure, rounds);
    const found = luck(book, { measure, rounds, seed: 6, points: 7 });
    const agree = (range: LuckRange | null, figures: (number | null | undefined)[]) => {
      const values = figures.filter((figure) => typeof figure === 'number');
      const mean = meanOf(values);
      expect(values.length > rounds / 2).toBe(range !== null);
      if (range === null) return;
      const deviation = deviationOf(values);
      // Four standard errors of the difference of two means.
      const error = 4 * deviation * Math.sqrt(2 / values.length) + 1e-9;
      expect(Math.abs(range.mean - mean)).toBeLessThan(error);
      // The same of a standard deviation, whose own error grows with the fourth moment.
      const fourth = meanOf(values.map((v) => ((v - mean) / (deviation || 1)) ** 4));
      const away = Math.abs(range.deviation - deviation);
      expect(away).toBeLessThan((error * Math.sqrt(Math.max(0, fourth - 1))) / 2 + 1e-9);
    };
    agree(found.gini, spreads.map(giniOf));
    for (const { share, value } of found.topShares) {
      agree(
        value,
        spreads.map((spread) => topShare(spread, share)),
      );
    }
    for (const { value, customers } of found.holding) {
      agree(
        customers,
        spreads.map((spread) => shareHolding(spread, value)),
      );
    }
    found.curve.customers.forEach((share, k) => {
      const mean = meanOf(spreads.map((spread) => topShare(spread, share) ?? 0));
      expect(found.curve.mean[k]).toBeCloseTo(mean, 1);
    });
    if (measure !== 'claims') {
      expect(found.peak).not.toBeNull();
      const peaks = spreads.map(peakOf);
      agree(
        found.peak?.value ?? null,
        peaks.map((peak) => peak?.value),
      );
      agree(
        found.peak?.customers ?? null,
        peaks.map((peak) => peak?.customers),
      );
    }
  });
});

describe('differences between customers', () => {
  /** Counts of 1,000 customers, Poisson about their expectation, which differs by a gamma factor. */
  function bookOf(seed: number, variance: 0 | 2) {
    const uniform = uniformFrom(seed);
    // A normal squared is gamma with mean 1 and variance 2.
    const square = () => -2 * Math.log(1 - uniform()) * Math.cos(2 * Math.PI * uniform()) ** 2;
    const exposure = Float64Array.from({ length: 1000 }, () => uniform());
    const counts = exposure.map((cover) => {
      const expected = 0.4 * cover * (variance === 0 ? 1 : square());
      let claims = 0;
      for (let left = uniform(), p = Math.exp(-expected); left >= p; p *= expected / ++claims) {
        left -= p;
      }
      return claims;
    });
    const observed = concentration(counts).gini ?? Number.NaN;
    const options = { measure: 'claims', rounds: 100, seed: seed + 1000 } as const;
    const { gini } = luck({ exposure, claims: total(Array.from(counts)) }, options);
    return { observed, low: gini?.low ?? Number.NaN, high: gini?.high ?? Number.NaN };
  }
  const seeds = Array.from({ length: 200 }, (_, k) => k + 1);

  test('without any, what is observed lies in the 90 % band in nine books of ten', () => {
    const inside = seeds
      .map((seed) => bookOf(seed, 0))
      .filter(({ observed, low, high }) => observed >= low && observed <= high);
    // 180 of 200, less a few as a hundred rounds leave the ends of the band uncertain; ± 3 × 4.5.
    expect(inside.length).toBeGreaterThanOrEqual(163);
    expect(inside.length).toBeLessThanOrEqual(192);
  });

  test('with strong ones (gamma, variance 2) it lies above, in every book', () => {
    const above = seeds
      .map((seed) => bookOf(seed, 2))
      .filter(({ observed, high }) => observed > high);
    expect(above).toHaveLength(seeds.length);
  });
});

describe('laws', () => {
  const customer = fc.record({
    exposure: fc.constantFrom(0, 0.5, 1, 1, 2.25),
    income: fc.constantFrom(-5.5, 0, 402.5, 402.5, 4000),
  });
  const cents = fc.integer({ min: -1000, max: 50_000 }).map((amount) => amount / 100);
  const anyBook = fc.record({
    customers: fc
      .array(customer, { minLength: 1, maxLength: 12 })
      .filter((customers) => customers.some(({ exposure }) => exposure > 0)),
    amounts: fc.array(cents, { minLength: 1, maxLength: 9 }),
    claims: fc.integer({ min: 0, max: 20 }),
    measure: fc.constantFrom('claims' as const, 'incurred' as const, 'profit' as const),
    seed: fc.integer(),
  });
  type AnyBook = typeof anyBook extends fc.Arbitrary<infer T> ? T : never;
  const run = ({ customers, amounts, claims, measure, seed }: AnyBook, scale = 1, more = {}) =>
    luck(
      {
        exposure: customers.map(({ exposure }) => exposure),
        income: customers.map(({ income }) => income * scale),
        amounts: amounts.map((amount) => amount * scale),
        claims,
      },
      { measure, rounds: 6, seed, points: 5, ...more },
    );
  const rangesOf = ({ gini, topShares, holding, peak }: Luck) => [
    gini,
    ...topShares.map(({ value }) => value),
    ...holding.map(({ customers }) => customers),
    peak?.customers ?? null,
    peak?.value ?? null,
  ];

  test('the same seed, the same figures; the order of customers and amounts changes nothing', () => {
    const shuffled = anyBook.chain((book) =>
      fc.record({
        book: fc.constant(book),
        customers: fc.shuffledSubarray(book.customers, { minLength: book.customers.length }),
        amounts: fc.shuffledSubarray(book.amounts, { minLength: book.amounts.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ book, customers, amounts }) => {
        expect(run({ ...book, customers, amounts })).toEqual(run(book));
      }),
    );
  });

  test('a currency worth a power of two changes nothing', () => {
    fc.assert(
      fc.property(anyBook, fc.constantFrom(1 / 1024, 8), (book, scale) => {
        expect(run(book, scale)).toEqual(run(book));
      }),
    );
  });

  test('the band lies round the median, and a likelier one is wider', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const narrow = rangesOf(run(book, 1, { probability: 0.5 }));
        rangesOf(run(book)).forEach((range, k) => {
          const inner = narrow[k];
          expect(inner === null).toBe(range === null);
          if (range === null || inner === null) return;
          expect(range.low).toBeLessThanOrEqual(inner.low);
          expect(inner.low).toBeLessThanOrEqual(inner.high);
          expect(inner.high).toBeLessThanOrEqual(range.high);
          expect(range.mean).toBe(inner.mean);
          expect(range.deviation).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  test('without losers the curve rises from 0 to 1', () => {
    fc.assert(
      fc.property(anyBook, (book) => {
        const { curve } = run({ ...book, measure: 'claims', claims: book.claims + 1 });
        expect(curve.customers).toEqual([0, 0.15625, 0.5, 0.84375, 1]);
        for (const line of [curve.mean, curve.low, curve.high]) {
          expect([line[0], line[4]]).toEqual([0, 1]);
          expect(line.toSorted((a, b) => a - b)).toEqual(line);
        }
      }),
    );
  });
});

describe('a large book', () => {
  test('a million customers, a hundred thousand claims: only those hit are sorted', () => {
    const uniform = uniformFrom(8);
    const exposure = Float64Array.from({ length: 1_000_000 }, uniform);
    const amounts = Float64Array.from({ length: 100_000 }, () => Math.exp(8 * uniform()));
    const rounds: number[] = [];
    const found = luck(
      { exposure, claims: 100_000, amounts },
      { measure: 'incurred', rounds: 5, seed: 1, onRound: (done) => rounds.push(done) },
    );
    expect(rounds).toEqual([1, 2, 3, 4, 5]);
    // Nobody else has anything: claims on so many fall on one and the same but seldom.
    expect(found.topShares[2].value?.mean).toBe(1);
    expect(found.topShares[1].value?.mean).toBeLessThan(1);
    expect(found.curve.customers).toHaveLength(101);
  });
});

describe('where there is little to tell', () => {
  const options = { measure: 'claims', rounds: 3, seed: 1 } as const;

  test('no claims or no customers: no shares; of profit, income as it is', () => {
    for (const exposure of [[], [0, 0], [1, 2]]) {
      const found = luck({ exposure, claims: 0 }, options);
      expect(found).toMatchObject({ gini: null, peak: null, customers: exposure.length });
      expect(found.topShares.map(({ value }) => value)).toEqual([null, null, null, null, null]);
      expect(found.curve).toEqual({ customers: [], mean: [], low: [], high: [] });
    }
    const book = { exposure: [0, 0], claims: 0, income: [3, 1] };
    const { gini } = luck(book, { ...options, measure: 'profit' });
    expect(gini).toEqual({ mean: 0.25, deviation: 0, low: 0.25, high: 0.25 });
  });

  test('one customer: no concentration', () => {
    const { gini, topShares } = luck({ exposure: [0.5], claims: 9 }, options);
    expect(gini?.mean).toBe(0);
    expect(topShares[3].value?.mean).toBe(0.2);
  });

  test('amounts of nothing, or of recoveries only: no shares', () => {
    for (const amounts of [[0], [-5, -1]]) {
      const book = { exposure: [1, 1], claims: 4, amounts };
      expect(luck(book, { ...options, measure: 'incurred' }).gini).toBeNull();
    }
  });

  test('figures come from the rounds that have them, where half of them do', () => {
    // Profit is 100 − 2 × 10 or, by a claim of 200, below 0: three of four rounds have one.
    const book = { exposure: [1, 1], claims: 2, income: [50, 50] };
    const measured = { ...options, measure: 'profit', rounds: 400 } as const;
    const seldom = luck({ ...book, amounts: [10, 10, 10, 10, 10, 10, 200] }, measured);
    expect(seldom.topShares[4].value?.low).toBeGreaterThanOrEqual(0.5);
    const often = luck({ ...book, amounts: [10, 200] }, measured);
    expect(often.topShares[4].value).toBeNull();
    expect(often.curve.mean).toEqual([]);
  });

  test('misuse says what was expected and what came', () => {
    const book = { exposure: [1, 2], claims: 3, amounts: [5], income: [1, 1] };
    const { income, amounts, ...bare } = book;
    const misused: [object, object, string][] = [
      [book, { measure: 'premium' }, `'claims', 'incurred' or 'profit', got "premium"`],
      [book, { rounds: 1 }, 'a whole number from 2 up as rounds, got 1'],
      [book, { points: 1 }, 'a whole number from 2 up as points, got 1'],
      [book, { seed: 0.5 }, 'a whole number as seed, got 0.5'],
      [book, { probability: 1 }, 'a probability between 0 and 1, got 1'],
      [book, { round: 3 }, 'unknown option "round" (did you mean "rounds"?)'],
      [{ ...book, claims: 1.5 }, {}, 'a whole number from 0 up as claims, got 1.5'],
      [{ ...book, claims: Number.NaN }, {}, 'as claims, got NaN'],
      [{ ...book, claims: 1e10 }, {}, 'expected up to 1000000000 claims, got 10000000000'],
      [{ ...book, exposure: [0, 0] }, {}, 'exposure for 3 claims to fall on, got none above 0'],
      [{ ...book, exposure: [] }, {}, 'exposure for 3 claims to fall on, got none above 0'],
      [{ ...book, exposure: [1, -1] }, {}, 'exposure as numbers of 0 or more, got -1 at place 1'],
      [{ ...book, exposure: [Number.NaN] }, {}, 'of 0 or more, got NaN at place 0'],
      [{ ...book, exposure: [1e308, 1e308] }, {}, 'got a sum beyond all numbers'],
      [bare, { measure: 'incurred' }, `the amounts of claims for 'incurred', got none`],
      [{ ...book, amounts: [] }, { measure: 'incurred' }, 'got none'],
      [{ ...book, amounts: [Number.NaN] }, { measure: 'incurred' }, 'got NaN at place 0'],
      [{ ...bare, amounts }, { measure: 'profit' }, 'income of 2 customers, got none'],
      [{ ...book, income: [1] }, { measure: 'profit' }, 'of 2 customers, got 1 values'],
      [
        { ...book, income: [1, Number.POSITIVE_INFINITY] },
        { measure: 'profit' },
        'income as numbers, got Infinity at place 1',
      ],
    ];
    expect(income).toEqual([1, 1]);
    for (const [wrong, more, message] of misused) {
      const misuse = () => luck(wrong as LuckBook, { ...options, ...more });
      expect(misuse).toThrow(MisuseError);
      expect(misuse).toThrow(message);
    }
  });
});
