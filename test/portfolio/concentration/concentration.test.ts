import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MisuseError } from '../../../src/index.js';
import {
  abcClasses,
  concentration,
  concentrationCurve,
  giniOf,
  peakOf,
} from '../../../src/portfolio/concentration/concentration.js';
import { shareHolding, spreadOf, topShare } from '../../../src/scoring/experience/spread.js';
import { describeKnownValues, sharedRows } from '../../support/shared.js';

const total = (values: number[]) => values.reduce((a, b) => a + b, 0);
const close = (actual: number | null, expected: number, digits = 12) => {
  expect(actual).not.toBeNull();
  expect(actual).toBeCloseTo(expected, digits);
};

/** Money of a few customers, many with nothing, many alike; and the same with losers among them. */
const money = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 4 }),
  fc.double({ min: 0.01, max: 1e7, noNaN: true }),
);
const book = fc.array(money, { minLength: 1, maxLength: 40 }).filter((values) => total(values) > 0);
const losing = fc.integer({ min: -200_000_000, max: 0 }).map((cents) => cents / 100);
const signed = fc.array(fc.oneof(money, losing), { minLength: 1, maxLength: 40 });
const covered = fc.array(
  fc.record({
    value: fc.oneof(money, fc.integer({ min: -3, max: 3 })),
    cover: fc.oneof(fc.constantFrom(0, 1, 1, 0.5), fc.double({ min: 0.01, max: 3, noNaN: true })),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('known values', () => {
  test('1 to 5: a Gini of 4/15', () => {
    close(giniOf(spreadOf([3, 1, 5, 2, 4])), 4 / 15, 15);
  });

  test('seven of 5,000 and one of 150,000: a Gini of .6858108108', () => {
    const values = [...new Array<number>(7).fill(5000), 150_000];
    close(giniOf(spreadOf(values)), 0.6858108108, 10);
  });

  // The top share u of a Pareto of tail index log 5 / log 4 holds u^(1 − 1/index) of the value.
  const index = Math.log(5) / Math.log(4);
  const held = (top: number) => top ** (1 - 1 / index);

  test('Pareto of index 1.160964047, two million customers: 20 % hold 80 %, 4 % hold 64 %', () => {
    const customers = 2_000_000;
    const values = Float64Array.from({ length: customers }, (_, k) => {
      return held((k + 1) / customers) - held(k / customers);
    });
    const { gini, topShares, holding, classes, curve } = concentration(values);
    close(gini, 0.7564707974, 6);
    expect(topShares[3].share).toBe(0.2);
    close(topShares[3].value, 0.8, 9);
    close(topShare(spreadOf(values), 0.04), 0.64, 9);
    close(holding[1].customers, 0.2, 9);
    expect(classes.a.customers).toBeGreaterThanOrEqual(399_999);
    expect(classes.a.customers).toBeLessThanOrEqual(400_001);
    expect(curve.customers.length).toBeLessThanOrEqual(201);
  });

  test('the same Pareto as groups of unequal exposure: Gini .7564707974', () => {
    const edges = Array.from({ length: 20_001 }, (_, k) => (k / 20_000) ** 8);
    const exposure = edges.slice(1).map((edge, k) => edge - edges[k]);
    const values = edges.slice(1).map((edge, k) => held(edge) - held(edges[k]));
    close(giniOf(spreadOf(values, exposure)), 0.7564707974, 6);
    close(shareHolding(spreadOf(values, exposure), 0.64), 0.04, 7);
  });
});

describeKnownValues('Belgian MTPL 1997, observed, every policy counting once', () => {
  const rows = sharedRows('data/belgian-mtpl97/policies.csv.gz');
  const percent = (share: number | null, digits: number) => ((share ?? -1) * 100).toFixed(digits);

  test('claims: Gini .8978, 8.72 % of policies have 80 %', () => {
    const { gini, holding, customers } = concentration(rows.map(({ nclaims }) => Number(nclaims)));
    expect(customers).toBe(163_212);
    expect(gini?.toFixed(4)).toBe('0.8978');
    expect(percent(holding[1].customers, 2)).toBe('8.72');
  });

  test('amounts: Gini .9650, 3.43 % of policies have 80 %, the top 1 % have 52.3 %', () => {
    const { gini, holding, topShares } = concentration(rows.map(({ amount }) => Number(amount)));
    expect(gini?.toFixed(4)).toBe('0.9650');
    expect(percent(holding[1].customers, 2)).toBe('3.43');
    expect(percent(topShares[0].value, 1)).toBe('52.3');
  });
});

describe('by hand', () => {
  test('profits: a whale curve that rises to 125 % and comes down', () => {
    const spread = spreadOf([20, Number.NaN, 50, -20, 30]);
    expect([spread.customers, spread.notKnown]).toEqual([4, 1]);
    expect(concentrationCurve(spread)).toEqual({
      customers: [0, 0.25, 0.5, 0.75, 1],
      value: [0, 0.625, 1, 1.25, 1],
    });
    expect(peakOf(spread)).toEqual({ customers: 0.75, value: 1.25 });
    expect(giniOf(spread)).toBeNull();
    expect(topShare(spread, 0.5)).toBe(1);
    expect(topShare(spread, 0.875)).toBe(1.125);
    expect(topShare(spread, 1)).toBe(1);
    // 64 of 80 are the first and 14/30 of the second; all of it is reached on the way up.
    close(shareHolding(spread, 0.8), (1 + 14 / 30) / 4);
    expect(shareHolding(spread, 1)).toBe(0.5);
  });

  test('the whole summary', () => {
    expect(concentration([0, 0, 60, 0, 40, 0, 0, 0, 0, 0, Number.NaN])).toEqual({
      customers: 10,
      notKnown: 1,
      total: 100,
      gini: expect.closeTo(0.82, 14),
      topShares: [
        { share: 0.01, value: expect.closeTo(0.06, 14) },
        { share: 0.05, value: expect.closeTo(0.3, 14) },
        { share: 0.1, value: 0.6 },
        { share: 0.2, value: 1 },
        { share: 0.5, value: 1 },
      ],
      holding: [
        { value: 0.5, customers: expect.closeTo(0.5 / 6, 14) },
        { value: 0.8, customers: 0.15 },
        { value: 0.9, customers: 0.175 },
      ],
      peak: null,
      curve: { customers: [0, 0.1, 0.2, 1], value: [0, 0.6, 1, 1] },
      classes: {
        a: { customers: 2, value: 100 },
        b: { customers: 0, value: 0 },
        c: { customers: 8, value: 0 },
      },
    });
    expect(concentration([20, 50, -20, 30]).peak).toEqual({ customers: 0.75, value: 1.25 });
  });

  test('exposure: by value ÷ exposure, shares of exposure', () => {
    // C has 5/3, A 3/2, D 2/4, B nothing: the curve passes 5 of 10 at 3 of 10, 8 at 5, 10 at 9.
    const spread = spreadOf([3, 0, 5, 2], [2, 1, 3, 4]);
    expect(concentrationCurve(spread)).toEqual({
      customers: [0, 0.3, 0.5, 0.9, 1],
      value: [0, 0.5, 0.8, 1, 1],
    });
    close(giniOf(spread), 0.33, 14);
    close(topShare(spread, 0.4), 0.65);
    close(shareHolding(spread, 0.9), 0.7);
  });

  test('customers with a value and no exposure come first, losers without any last', () => {
    const values = [10, 5, -3, 8, 0];
    const spread = spreadOf(values, [1, 0, 0, 1, 0]);
    expect([spread.customers, spread.notKnown]).toEqual([5, 0]);
    expect(concentrationCurve(spread)).toEqual({
      customers: [0, 0, 0.5, 1, 1],
      value: [0, 0.25, 0.75, 1.15, 1],
    });
    expect(topShare(spread, 0)).toBe(0.25);
    expect(shareHolding(spread, 0.2)).toBe(0);
    expect(topShare(spread, 1)).toBe(1);
  });

  test('not known with exposure: value or exposure; classes are by value', () => {
    const exposure = [1, Number.NaN, 2, 4];
    const { customers, notKnown, total, classes } = concentration([9, 1, Number.NaN, 10], {
      exposure,
    });
    expect([customers, notKnown, total]).toEqual([2, 2, 19]);
    expect(classes.a).toEqual({ customers: 2, value: 19 });
    expect(classes.c).toEqual({ customers: 0, value: 0 });
  });
});

test('small values beside a huge one are not lost', () => {
  // Added up plainly each of them is: neighbours of 1e16 lie 2 apart.
  expect(concentration([0.7, 1e16, 0.5, 0.8]).total).toBe(1e16 + 2);
});

describe('A/B/C classes', () => {
  test('80 % and 95 %, and the rest', () => {
    const classes = abcClasses([5, 80, 10, 0, 4, Number.NaN, 1, -7]);
    // 80; then 10 and 5 bring 95.
    expect(Array.from(classes.codes)).toEqual([1, 0, 1, 2, 2, 255, 2, 2]);
    expect(classes).toMatchObject({
      notKnown: 1,
      a: { customers: 1, value: 80 },
      b: { customers: 2, value: 15 },
      c: { customers: 4, value: -2 },
    });
  });

  test('a tie at the cut goes whole to the better class', () => {
    const { codes, a, b } = abcClasses([10, 10, 10, 10, 60], { a: 0.65, b: 0.9 });
    expect(Array.from(codes)).toEqual([0, 0, 0, 0, 0]);
    expect([a.customers, b.customers]).toEqual([5, 0]);
    const halves = abcClasses([3, 1, 1, 1], { a: 0.5, b: 0.5 });
    expect(Array.from(halves.codes)).toEqual([0, 2, 2, 2]);
  });

  test('a cut that is reached but for rounding is reached', () => {
    // Three times a tenth is .30000000000000004; of ten tenths, 3 are not 4.
    const values = [0.4, 0.3, 0.2, 0.1];
    const cut = (0.4 + 0.3) / (0.4 + 0.3 + 0.2 + 0.1) + 2e-16;
    expect(abcClasses(values, { a: cut, b: 1 }).a.customers).toBe(2);
  });

  test('nobody above 0: all are C', () => {
    const { codes, a, c } = abcClasses([0, -1, -1]);
    expect(Array.from(codes)).toEqual([2, 2, 2]);
    expect([a.customers, c]).toEqual([0, { customers: 3, value: -2 }]);
  });

  test('they are the smallest groups that hold their shares, and agree with shareHolding', () => {
    const share = fc.double({ min: 0.05, max: 1, noNaN: true });
    fc.assert(
      fc.property(book, share, share, (values, one, other) => {
        const cuts = { a: Math.min(one, other), b: Math.max(one, other) };
        const { codes, a, b, c } = abcClasses(values, cuts);
        const ofClass = (code: number) => values.filter((_, row) => codes[row] === code);
        [a, b, c].forEach((size, code) => {
          expect(size.customers).toBe(ofClass(code).length);
          close(size.value / total(values), total(ofClass(code)) / total(values));
        });
        const least = Math.min(...ofClass(0));
        expect(Math.max(0, ...ofClass(1), ...ofClass(2))).toBeLessThan(least);
        // Its ties at the cut apart, class A holds less than its share.
        const holding = (shareHolding(spreadOf(values), cuts.a) ?? -1) * values.length;
        expect(holding).toBeLessThanOrEqual(a.customers + 1e-9);
        const above = ofClass(0).filter((value) => value > least).length;
        expect(holding).toBeGreaterThanOrEqual(above - 1e-9);
        const both = (shareHolding(spreadOf(values), cuts.b) ?? -1) * values.length;
        expect(both).toBeLessThanOrEqual(a.customers + b.customers + 1e-9);
      }),
    );
  });
});

describe('laws', () => {
  test('the Gini is the mean difference of two customers ÷ twice the mean', () => {
    fc.assert(
      fc.property(book, (values) => {
        const differences = values.map((a) => total(values.map((b) => Math.abs(a - b))));
        const gini = total(differences) / (2 * values.length * total(values));
        close(giniOf(spreadOf(values)), gini);
      }),
    );
  });

  test('with exposure, of two years of cover', () => {
    fc.assert(
      fc.property(covered, (customers) => {
        const values = customers.map(({ value }) => Math.abs(value));
        const cover = customers.map((customer) => customer.cover + 0.01);
        fc.pre(total(values) > 0);
        const differences = values.flatMap((a, i) =>
          values.map((b, j) => Math.abs(a * cover[j] - b * cover[i])),
        );
        const gini = total(differences) / (2 * total(cover) * total(values));
        close(giniOf(spreadOf(values, cover)), gini);
      }),
    );
  });

  test('the order of the rows changes nothing, to the last bit', () => {
    const shuffled = covered.chain((customers) =>
      fc.tuple(
        fc.constant(customers),
        fc.shuffledSubarray(customers, { minLength: customers.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, (books) => {
        const [one, other] = books.map((customers) => {
          const values = customers.map(({ value }) => value);
          const exposure = customers.map(({ cover }) => cover);
          return [concentration(values), concentration(values, { exposure })];
        });
        expect(one).toEqual(other);
      }),
    );
  });

  test('exposure that is the same for all is no exposure', () => {
    fc.assert(
      fc.property(signed, fc.constantFrom(0.25, 1, 2), (values, cover) => {
        const exposure = values.map(() => cover);
        const { customers, value } = concentration(values, { exposure }).curve;
        const plain = concentration(values).curve;
        expect(customers).toHaveLength(plain.customers.length);
        customers.forEach((share, k) => close(share, plain.customers[k]));
        value.forEach((share, k) => {
          expect(share / plain.value[k] || 1).toBeCloseTo(1, 9);
        });
      }),
    );
  });

  test('a currency worth a power of two changes no share, to the last bit', () => {
    fc.assert(
      fc.property(signed, fc.integer({ min: -30, max: 30 }), (values, power) => {
        const { total: one, classes: a, ...shares } = concentration(values);
        const scaled = concentration(values.map((value) => value * 2 ** power));
        const { total: other, classes: b, ...sharesScaled } = scaled;
        expect(sharesScaled).toEqual(shares);
        expect(other).toBe(one * 2 ** power);
        expect(b.a.customers).toBe(a.a.customers);
        expect(b.c.value).toBe(a.c.value * 2 ** power);
      }),
    );
  });

  test('the same for everybody on top lowers the Gini', () => {
    fc.assert(
      fc.property(book, fc.double({ min: 0.5, max: 1e6, noNaN: true }), (values, more) => {
        const before = giniOf(spreadOf(values)) ?? -1;
        fc.pre(before > 1e-9);
        const after = giniOf(spreadOf(values.map((value) => value + more)));
        expect(after).toBeLessThan(before);
      }),
    );
  });

  test('the book several times over keeps every share', () => {
    fc.assert(
      fc.property(book, fc.integer({ min: 2, max: 6 }), (values, times) => {
        const one = spreadOf(values);
        const many = spreadOf(new Array<number[]>(times).fill(values).flat());
        expect(Math.abs((giniOf(many) ?? -1) - (giniOf(one) ?? -1))).toBeLessThan(1e-12);
        close(topShare(many, 0.2), topShare(one, 0.2) ?? -1);
        close(shareHolding(many, 0.8), shareHolding(one, 0.8) ?? -1);
      }),
    );
  });

  test('topShare and shareHolding are each other turned round', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(book, share, (values, q) => {
        const spread = spreadOf(values);
        close(topShare(spread, shareHolding(spread, q) ?? -1), q, 10);
        // The other way only where nobody has nothing, and shares tell on the scale of the least.
        const even = spreadOf(values.map((value) => 1 + (value % 10)));
        close(shareHolding(even, topShare(even, q) ?? -1), q, 10);
      }),
    );
  });

  test('with losers, shareHolding is where the curve first reaches a share, before its peak', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(signed, share, (values, q) => {
        fc.pre(total(values) > 1);
        const spread = spreadOf(values);
        const holding = shareHolding(spread, q) ?? -1;
        const { customers, value } = peakOf(spread) ?? { customers: -1, value: -1 };
        expect(holding).toBeLessThanOrEqual(customers);
        expect(Math.abs((topShare(spread, holding) ?? -1) - q)).toBeLessThan(1e-12 * value);
      }),
    );
  });

  test('without losers the curve rises, and ever less; its peak is 1', () => {
    fc.assert(
      fc.property(book, (values) => {
        const spread = spreadOf(values);
        const { customers, value } = concentrationCurve(spread);
        const slopes = value.slice(1).map((to, k) => {
          return (to - value[k]) / (customers[k + 1] - customers[k]);
        });
        slopes.forEach((slope, k) => {
          expect(slope).toBeGreaterThanOrEqual(0);
          if (k > 0) expect(slope).toBeLessThanOrEqual(slopes[k - 1] * (1 + 1e-9) + 1e-9);
        });
        expect(peakOf(spread)?.value).toBe(1);
        expect(value.at(-1)).toBe(1);
      }),
    );
  });

  test('a thinned curve runs through points of the whole one, its ends and its peak', () => {
    fc.assert(
      fc.property(signed, fc.integer({ min: 3, max: 20 }), (values, points) => {
        const spread = spreadOf(values);
        fc.pre(total(values) > 1);
        const whole = concentrationCurve(spread, 1000);
        const thin = concentrationCurve(spread, points);
        expect(thin.customers.length).toBeLessThanOrEqual(points);
        const places = thin.customers.map((share) => whole.customers.indexOf(share));
        expect(thin.value).toEqual(places.map((place) => whole.value[place]));
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        const { customers, value } = peakOf(spread) ?? { customers: -1, value: -1 };
        expect(thin.value[thin.customers.indexOf(customers)]).toBe(value);
        expect(Math.max(...whole.value)).toBe(value);
        expect([thin.customers[0], thin.value[0]]).toEqual([0, 0]);
        expect([thin.customers.at(-1), thin.value.at(-1)]).toEqual([1, 1]);
      }),
    );
  });

  test('where most have nothing, half of the points still go where the value is', () => {
    const values = Array.from({ length: 100_000 }, (_, k) => (k < 2000 ? 2000 - k : 0));
    const { customers } = concentrationCurve(spreadOf(values), 101);
    expect(customers.filter((share) => share <= 0.02).length).toBeGreaterThan(45);
  });
});

describe('where there is little to tell', () => {
  const nothing = { gini: null, peak: null, curve: { customers: [], value: [] } };
  const without = (values: number[], customers: number, notKnown: number) => {
    const found = concentration(values);
    expect(found).toMatchObject({ ...nothing, customers, notKnown });
    expect(found.topShares.map(({ value }) => value)).toEqual([null, null, null, null, null]);
    expect(found.holding.map(({ customers }) => customers)).toEqual([null, null, null]);
    expect(peakOf(spreadOf(values))).toBeNull();
    return found.total;
  };

  test('no customers, none known, all zero, all negative, losses that outweigh: no shares', () => {
    expect(without([], 0, 0)).toBe(0);
    expect(without([Number.NaN, Number.NaN], 0, 2)).toBe(0);
    expect(without([0, 0, -0], 3, 0)).toBe(0);
    expect(without([-1, -5], 2, 0)).toBe(-6);
    expect(without([3, -5], 2, 0)).toBe(-2);
  });

  test('no exposure: no shares', () => {
    const { gini, curve, total } = concentration([1, 2], { exposure: [0, 0] });
    expect([gini, curve.value, total]).toEqual([null, [], 3]);
  });

  test('one customer, or all equal: no concentration', () => {
    for (const values of [[7], [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]]) {
      const { gini, topShares, holding, curve } = concentration(values);
      expect(gini).toBe(0);
      for (const { share, value } of topShares) close(value, share, 15);
      for (const { value, customers } of holding) close(customers, value, 15);
      expect(curve).toEqual({ customers: [0, 1], value: [0, 1] });
    }
  });

  test('misuse says what was expected and what came', () => {
    const spread = spreadOf([1, 2]);
    const infinite = Number.POSITIVE_INFINITY;
    const misused: [() => unknown, string][] = [
      [() => spreadOf([1, infinite]), 'expected numbers as values, got Infinity in row 1'],
      [() => spreadOf([-infinite]), 'expected numbers as values, got -Infinity in row 0'],
      [() => spreadOf([infinite], [1]), 'expected numbers as values, got Infinity in row 0'],
      [() => spreadOf([1, 2], [1]), 'expected 2 values of exposure, got 1'],
      [() => spreadOf([1, 2], [1, -1]), 'exposure as a number of 0 or more, got -1 in row 1'],
      [() => spreadOf([1], [infinite]), 'as a number of 0 or more, got Infinity in row 0'],
      [() => spreadOf([1e308, 1.1e308]), 'expected values whose sum is a number'],
      [() => spreadOf([1, 1.1], [1e308, 1e308]), 'expected exposure whose sum is a number'],
      [() => topShare(spread, 1.5), 'topShare: expected a share from 0 to 1, got 1.5'],
      [() => shareHolding(spread, Number.NaN), 'shareHolding: expected a share from 0 to 1'],
      [() => concentrationCurve(spread, 2), 'whole number of points from 3 up, got 2'],
      [() => abcClasses([1], { a: 0.9, b: 0.8 }), '0 < a ≤ b ≤ 1, got a 0.9 and b 0.8'],
      [() => concentration([1], { point: 3 } as object), 'unknown option "point"'],
    ];
    for (const [misuse, message] of misused) {
      expect(misuse).toThrow(MisuseError);
      expect(misuse).toThrow(message);
    }
  });
});
