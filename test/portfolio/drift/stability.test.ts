import { randomBinomial } from 'd3-random';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniformFrom } from '../../../src/base/random.js';
import { MisuseError } from '../../../src/index.js';
import { effectiveSize, stability } from '../../../src/portfolio.js';
import { describeKnownValues, sharedText } from '../../support/shared.js';

const quarters = [25, 25, 25, 25];

describeKnownValues('the stability oracle', () => {
  test('25, 25, 25, 25 against 10, 20, 30, 40 % gives the published index', () => {
    const published = /Population stability: .* gives (\.\d+)/.exec(
      sharedText('oracles/README.md'),
    );
    const { index } = stability(quarters, [10, 20, 30, 40]);
    expect(index).toBeCloseTo(Number(published?.[1]), 9);
  });
});

describe('the index', () => {
  test('of 25, 25, 25, 25 against 10, 20, 30, 40 % is .228217409573', () => {
    const { index, classes, finding } = stability(quarters, [10, 20, 30, 40]);
    expect(Math.abs(index - 0.228217409573)).toBeLessThan(1e-12);
    expect({ classes, finding }).toEqual({ classes: 4, finding: 'moved' });
  });

  test('an empty class counts half an observation, not infinity', () => {
    // By hand: 0.5 of 100 stands for the empty class; the others keep their shares.
    const { index } = stability([50, 50, 0], [40, 40, 20]);
    const byHand = 2 * (0.4 - 0.5) * Math.log(0.4 / 0.5) + (0.2 - 0.005) * Math.log(0.2 / 0.005);
    expect(index).toBeCloseTo(byHand, 12);
    expect(stability([40, 40, 20], [50, 50, 0]).index).toBeCloseTo(byHand, 12);
  });

  test('a class that is absent from a small side, and rarer than it could show, tells nothing', () => {
    // 3 in a million against none of 100: 0.0003 of one was to be seen.
    const [small, large] = [
      [50, 50, 0],
      [500_000, 499_997, 3],
    ];
    expect(stability(small, large).index).toBeLessThan(1e-9);
    expect(stability(large, small).index).toBeLessThan(1e-9);
  });

  test('a class that both sides lack is excluded', () => {
    expect(stability([30, 0, 70], [40, 0, 60])).toEqual(stability([30, 70], [40, 60]));
  });

  test('one class cannot move', () => {
    expect(stability([5], [9])).toEqual({
      index: 0,
      classes: 1,
      limit: 0,
      pValue: null,
      finding: 'stable',
    });
  });

  const counts = fc
    .array(fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 })), { minLength: 1, maxLength: 12 })
    .filter((pairs) => [0, 1].every((side) => pairs.some((pair) => pair[side] > 0)));
  const sides = (pairs: readonly (readonly [number, number])[]) =>
    [0, 1].map((side) => pairs.map((pair) => pair[side]));

  test('does not hang on the order of the classes', () => {
    const shuffled = counts.chain((pairs) =>
      fc.tuple(
        fc.constant(pairs),
        fc.shuffledSubarray(pairs, { minLength: pairs.length, maxLength: pairs.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const [before, after] = sides(one);
        const [before2, after2] = sides(other);
        const found = stability(before, after);
        expect(stability(before2, after2).index).toBeCloseTo(found.index, 12);
      }),
    );
  });

  test('is never below 0, and 0 for equal shares only', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 9 }), (pairs, times) => {
        const [before, after] = sides(pairs);
        const { index } = stability(before, after);
        expect(index).toBeGreaterThanOrEqual(0);
        const [m, n] = [before, after].map((side) => side.reduce((a, b) => a + b, 0));
        const same = before.every((amount, k) => amount * n === after[k] * m);
        if (!same) expect(index).toBeGreaterThan(0);
        expect(
          stability(
            before,
            before.map((amount) => amount * times),
          ).index,
        ).toBeLessThan(1e-15);
      }),
    );
  });

  test('is the same in any currency', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.01, max: 1000, noNaN: true }), (pairs, rate) => {
        const [before, after] = sides(pairs);
        const observations = { before: 300, after: 500 };
        const there = [before, after].map((side) => side.map((amount) => amount * rate));
        const [one, other] = [
          stability(before, after, { observations }),
          stability(there[0], there[1], { observations }),
        ];
        expect(other.index).toBeCloseTo(one.index, 10);
        expect(other.pValue ?? 1).toBeCloseTo(one.pValue ?? 1, 8);
      }),
    );
  });
});

describe('the limit', () => {
  test('is that of chi-square with one degree of freedom less than classes', () => {
    // 95 % of chi-square with 3 degrees of freedom: 7.814728 (Abramowitz and Stegun, table 26.8).
    expect(stability(quarters, quarters).limit).toBeCloseTo(7.814728 * (2 / 100), 7);
    const wide = stability(quarters, quarters, { observations: { before: 1000, after: 4000 } });
    expect(wide.limit).toBeCloseTo(7.814728 * (1 / 1000 + 1 / 4000), 7);
  });

  const shares = [0.3, 0.2, 0.15, 0.15, 0.1, 0.1];
  /** Counts of so many customers in classes of these shares: each binomial given those before it. */
  const counted = (n: number, uniform: () => number) => {
    let [left, rest] = [n, 1];
    return shares.map((share) => {
      const binomial = randomBinomial.source(uniform)(left, Math.min(1, share / rest));
      const count = binomial();
      left -= count;
      rest -= share;
      return count;
    });
  };

  test.each([200, 50_000])(
    'is passed about once in twenty times where nothing has changed, of %d customers',
    (n) => {
      const [uniform, times] = [uniformFrom(11), 4000];
      let passed = 0;
      for (let k = 0; k < times; k++) {
        const { index, limit } = stability(counted(n, uniform), counted(n, uniform));
        if (index > limit) passed++;
      }
      // The standard error is 0.0034; at 200, with 20 in the smallest class, chi-square is nearly right.
      expect(Math.abs(passed / times - 0.05)).toBeLessThan(0.012);
    },
  );

  test('counts weighed customers for as many as they are worth (Kish)', () => {
    const uniform = uniformFrom(5);
    let passed = 0;
    for (let k = 0; k < 1000; k++) {
      const [before, after] = [0, 1].map(() => {
        const weights = Array.from({ length: 400 }, () => (uniform() < 0.5 ? 0.2 : 3));
        const amounts = [0, 0, 0, 0];
        for (const weight of weights) amounts[Math.floor(4 * uniform())] += weight;
        return { amounts, observations: effectiveSize(weights) };
      });
      const { index, limit } = stability(before.amounts, after.amounts, {
        observations: { before: before.observations, after: after.observations },
      });
      if (index > limit) passed++;
    }
    // Taken for 400 each, it would be passed four times as often.
    expect(Math.abs(passed / 1000 - 0.05)).toBeLessThan(0.025);
  });

  test('a small sample gives no alarm for chance, a large one none for what does not matter', () => {
    // An index of 0.2 of 40 customers, of 400, and one of 0.0004 of two million.
    expect(stability([12, 8], [8, 12]).finding).toBe('stable');
    expect(stability([120, 80], [75, 125]).finding).toBe('moved');
    const certain = stability([1_000_000, 1_000_000], [1_010_000, 990_000]);
    expect(certain.pValue).toBeLessThan(1e-6);
    expect(certain.finding).toBe('stable');
    expect(stability([700, 300], [300, 700]).finding).toBe('shifted');
  });

  test('the rule of thumb can be set', () => {
    const [before, after] = [
      [500, 500],
      [550, 450],
    ];
    expect(stability(before, after).finding).toBe('stable');
    expect(stability(before, after, { moved: 0.005 }).finding).toBe('moved');
    expect(stability(before, after, { moved: 0, shifted: 0.005 }).finding).toBe('shifted');
  });
});

describe('what is no distribution is refused', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['other classes after', () => stability([1, 2], [1, 2, 3]), /as many classes .* 2 and 3/],
    ['nothing at all', () => stability([], []), /amounts before that come to more than 0/],
    ['amounts of 0', () => stability([1, 2], [0, 0]), /amounts after that come to more than 0/],
    ['an amount below 0', () => stability([1, -2], [1, 2]), /0 or more before, got -2/],
    ['NaN', () => stability([1, 2], [1, Number.NaN]), /0 or more after, got NaN/],
    ['text', () => stability(['1', '2'] as never, [1, 2]), /0 or more before, got "1"/],
    ['a hole', () => stability([1, 2], [1, undefined] as never), /0 or more after, got nothing/],
    ['no sides', () => stability(undefined as never, [1]), /undefined and 1/],
    ['shares without how many', () => stability([0.5, 0.5], [1, 1]), /before are no counts: say/],
    [
      'no observations',
      () => stability([1, 2], [2, 1], { observations: { before: 0, after: 3 } }),
      /observations above 0 before, got 0/,
    ],
    ['certainty', () => stability([1], [1], { probability: 1 }), /between 0 and 1, got 1/],
    ['another option', () => stability([1], [1], { move: 1 } as never), /did you mean "moved"/],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(MisuseError);
    expect(act).toThrow(message);
  });
});

describe('how many observations weights are worth', () => {
  test('as many as there are where all weigh the same, fewer where they do not, none without any', () => {
    expect(effectiveSize(Array(7).fill(2.5))).toBeCloseTo(7, 12);
    expect(effectiveSize([1, 1, 1, 97])).toBeCloseTo(100 ** 2 / (3 + 97 ** 2), 12);
    expect(effectiveSize([])).toBe(0);
  });
});
