import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MisuseError } from '../../../src/index.js';
import { bands, topShareLift } from '../../../src/portfolio/bands.js';
import { gini, lorenzCurve, rankingOf } from '../../../src/scoring/statistics/ranking.js';

/** Premium, losses and further columns by customer, ranked by a score. */
function ranked(score: number[], premium: number[], losses: number[]) {
  return rankingOf(Float64Array.from(score), premium, { losses, premium });
}
const total = (values: number[]) => values.reduce((a, b) => a + b, 0);
const ones = (count: number) => new Array<number>(count).fill(1);
const giniOf = (score: number[], premium: number[], losses: number[], weights?: number[]) =>
  gini(ranked(score, premium, losses), 'losses', weights && Uint8Array.from(weights));

/** A book with ties, customers without premium, and losses of which some are recoveries. */
const customer = fc.record({
  score: fc.integer({ min: 0, max: 12 }),
  premium: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 900 })),
  losses: fc.oneof(fc.constant(0), fc.integer({ min: -20, max: 2000 })),
});
const bookOf = (customers: { score: number; premium: number; losses: number }[]) => ({
  score: customers.map(({ score }) => score),
  premium: customers.map(({ premium }) => premium),
  losses: customers.map(({ losses }) => losses),
});
const book = fc
  .array(customer, { minLength: 2, maxLength: 40 })
  .map(bookOf)
  .filter(({ premium, losses }) => total(premium) > 0 && total(losses) > 0);
/** Where every customer has premium: one without any, standing at a cut, could go to either side. */
const paying = fc
  .array(customer, { minLength: 2, maxLength: 40 })
  .map((customers) => bookOf(customers.map((one) => ({ ...one, premium: one.premium + 1 }))))
  .filter(({ losses }) => total(losses) > 0);

function expectClose(actual: ArrayLike<number>, expected: number[], digits = 8) {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, k) => expect(actual[k]).toBeCloseTo(value, digits));
}

describe('concentration: a score that is the loss itself, equal premiums', () => {
  test('1 to 5: 4/15', () => {
    const values = [1, 2, 3, 4, 5];
    expect(giniOf(values, ones(5), values)).toBeCloseTo(4 / 15, 14);
  });

  test('seven of 5,000 and one of 150,000: .6858108108', () => {
    const values = [...ones(7).map(() => 5000), 150_000];
    expect(giniOf(values, ones(8), values)).toBeCloseTo(0.6858108108, 10);
    // By whatever order the seven come in: here each has its own score.
    expect(giniOf([3, 1, 2, 7, 5, 4, 6, 9], ones(8), values)).toBeCloseTo(0.6858108108, 10);
  });

  test('Pareto of index log 5 / log 4: Gini .7564708, top 20 % hold 80 %, top 4 % hold 64 %', () => {
    const index = Math.log(5) / Math.log(4);
    // The exact mass between quantiles, of 2,000 customers: the top share u holds u^(1 − 1/index).
    const held = (top: number) => top ** (1 - 1 / index);
    const customers = 2000;
    const losses = ones(customers).map((_, k) => held((k + 1) / customers) - held(k / customers));
    const ranking = ranked(losses, ones(customers), losses);
    expect(gini(ranking, 'losses')).toBeCloseTo(0.7564707974, 3);
    expect(topShareLift(ranking, 'losses', undefined, 0.2)).toBeCloseTo(0.8 / 0.2, 10);
    expect(topShareLift(ranking, 'losses', undefined, 0.04)).toBeCloseTo(0.64 / 0.04, 10);
  });
});

/**
 * Unequal premiums by hand: ordered by score B (premium 1, loss 0), D (4, 2), A (2, 3), C (3, 5).
 * Premium reaches 1, 5, 7, 10 of 10 and losses 0, 2, 5, 10 of 10: the area under the curve is
 * 1 × 0 + 4 × 1 + 2 × 3.5 + 3 × 7.5 = 33.5 of 100, the Gini 1 − .67 = .33.
 */
const score = [0.7, 0.1, 0.9, 0.4];
const premium = [2, 1, 3, 4];
const losses = [3, 0, 5, 2];

describe('an ordered Lorenz curve by hand', () => {
  const ranking = ranked(score, premium, losses);

  test('the Gini', () => {
    expect(gini(ranking, 'losses')).toBeCloseTo(0.33, 14);
    expect(gini(ranking, 'premium')).toBeCloseTo(0, 14);
  });

  test('the curve', () => {
    expect(lorenzCurve(ranking, 'losses')).toEqual({
      premium: [0, 0.1, 0.5, 0.7, 1],
      losses: [0, 0, 0.2, 0.5, 1],
    });
  });

  test('the curve thinned: the first end of a score within each step of a third', () => {
    expect(lorenzCurve(ranking, 'losses', 4)).toEqual({
      premium: [0, 0.5, 0.7, 1],
      losses: [0, 0.2, 0.5, 1],
    });
    expect(lorenzCurve(ranking, 'losses', 2)).toEqual({ premium: [0, 1], losses: [0, 1] });
  });

  test('a hundred customers of equal premium give every hundredth', () => {
    const places = ones(100).map((_, k) => k);
    const { premium } = lorenzCurve(ranked(places, ones(100), places), 'losses');
    expectClose(
      premium,
      [...places, 100].map((place) => place / 100),
    );
  });

  test('the top share: within a customer, and over several', () => {
    // The worst tenth is a third of C: 5/3 of 10. The worst 40 % are C and half of A.
    expect(topShareLift(ranking, 'losses')).toBeCloseTo(5 / 3, 14);
    expect(topShareLift(ranking, 'losses', undefined, 0.4)).toBeCloseTo(6.5 / 10 / 0.4, 14);
    expect(topShareLift(ranking, 'losses', undefined, 0.3)).toBeCloseTo(5 / 10 / 0.3, 14);
  });

  test('bands split customers in proportion: one cut amid D, one amid A, several amid one', () => {
    const [ofLosses, ofPremium] = bands(ranking, ['losses', 'premium'], undefined, 4);
    // Cuts at 2.5, 5 and 7.5: B and 1.5/4 of D; the rest of D; A and .5/3 of C; the rest of C.
    expectClose(ofLosses, [0.75, 1.25, 3 + 5 / 6, 5 - 5 / 6]);
    expectClose(ofPremium, [2.5, 2.5, 2.5, 2.5]);
    expectClose(bands(ranking, ['losses'])[0], [
      0,
      0.5,
      0.5,
      0.5,
      0.5,
      1.5,
      1.5,
      ...ones(3).map(() => 5 / 3),
    ]);
    expectClose(bands(ranking, ['losses'], undefined, 1)[0], [10]);
    expect(bands(ranking, ['losses'])[0]).toHaveLength(10);
  });

  test('weights: B twice, D not at all', () => {
    // Premium reaches 2, 4, 7 of 7, losses 0, 3, 8 of 8: area 0 + 2 × 1.5 + 3 × 5.5 = 19.5 of 56.
    const weights = Uint8Array.of(1, 2, 1, 0);
    expect(gini(ranking, 'losses', weights)).toBeCloseTo(1 - 39 / 56, 14);
    expect(topShareLift(ranking, 'losses', weights, 0.5)).toBeCloseTo((5 + 0.75) / 8 / 0.5, 14);
    expectClose(bands(ranking, ['losses'], weights, 2)[0], [2.25, 5.75]);
  });
});

describe('equal scores are one', () => {
  // A and D tie between B and C: premium reaches 1, 7, 10, losses 0, 5, 10.
  const tied = ranked([5, 1, 9, 5], premium, losses);

  test('by hand', () => {
    // Area 0 + 6 × 2.5 + 3 × 7.5 = 37.5 of 100.
    expect(gini(tied, 'losses')).toBeCloseTo(0.25, 14);
    expect(lorenzCurve(tied, 'losses')).toEqual({
      premium: [0, 0.1, 0.7, 1],
      losses: [0, 0, 0.5, 1],
    });
    // The worst half: C and a third of what A and D have.
    expect(topShareLift(tied, 'losses', undefined, 0.5)).toBeCloseTo((5 + 5 / 3) / 10 / 0.5, 14);
    expectClose(bands(tied, ['losses'], undefined, 2)[0], [10 / 3, 20 / 3]);
  });

  test('a constant score has a Gini of exactly 0, a lift of 1, equal bands and a straight curve', () => {
    fc.assert(
      fc.property(book, ({ premium, losses }) => {
        const constant = ranked(
          premium.map(() => 0.3),
          premium,
          losses,
        );
        expect(gini(constant, 'losses')).toBe(0);
        expect(topShareLift(constant, 'losses')).toBeCloseTo(1, 12);
        expectClose(
          bands(constant, ['losses'])[0],
          ones(10).map(() => total(losses) / 10),
        );
        expect(lorenzCurve(constant, 'losses')).toEqual({ premium: [0, 1], losses: [0, 1] });
      }),
    );
  });

  test('infinite scores tie too, and 0 with −0', () => {
    expect(giniOf([0, -0], [1, 2], [3, 1])).toBe(0);
    const infinite = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(giniOf(infinite, [1, 2, 1], [3, 1, 1])).toBe(giniOf([1, 1, 0], [1, 2, 1], [3, 1, 1]));
  });
});

/** Gini by pairs: Σ over pairs of (premium below × losses above − losses below × premium above). */
function giniByPairs({ score, premium, losses }: ReturnType<typeof bookOf>) {
  let concordance = 0;
  for (const i of score.keys()) {
    for (const j of score.keys()) {
      if (score[i] < score[j]) concordance += premium[i] * losses[j] - losses[i] * premium[j];
    }
  }
  return concordance / (total(premium) * total(losses));
}

/** The outcome on a share of premium from below, read off the polygon of score values. */
function below({ score, premium, losses }: ReturnType<typeof bookOf>, share: number) {
  let open = share * total(premium);
  let sum = 0;
  for (const value of [...new Set(score)].sort((a, b) => a - b)) {
    const at = (column: number[]) => total(column.filter((_, i) => score[i] === value));
    const part = at(premium) > 0 ? Math.min(1, open / at(premium)) : 1;
    if (open <= 0) break;
    sum += part * at(losses);
    open -= at(premium);
  }
  return sum;
}

describe('against slow implementations of its own kind', () => {
  test('the Gini is the concordance of pairs', () => {
    fc.assert(
      fc.property(book, (book) => {
        expect(giniOf(book.score, book.premium, book.losses)).toBeCloseTo(giniByPairs(book), 9);
      }),
    );
  });

  test('bands and top shares are differences of the polygon', () => {
    fc.assert(
      fc.property(paying, fc.integer({ min: 1, max: 12 }), (book, count) => {
        const ranking = ranked(book.score, book.premium, book.losses);
        const [losses, premium] = bands(ranking, ['losses', 'premium'], undefined, count);
        const edges = Array.from({ length: count + 1 }, (_, k) => below(book, k / count));
        expectClose(
          losses,
          edges.slice(1).map((edge, k) => edge - edges[k]),
          6,
        );
        expectClose(
          premium,
          ones(count).map(() => total(book.premium) / count),
          6,
        );
        const lift = (1 - below(book, 0.7) / total(book.losses)) / 0.3;
        expect(topShareLift(ranking, 'losses', undefined, 0.3)).toBeCloseTo(lift, 6);
      }),
    );
  });

  test('the area under the curve, not thinned, gives the Gini', () => {
    fc.assert(
      fc.property(paying, (book) => {
        const ranking = ranked(book.score, book.premium, book.losses);
        const { premium, losses } = lorenzCurve(ranking, 'losses', 100_001);
        const area = premium
          .slice(1)
          .map((at, k) => ((at - premium[k]) * (losses[k] + losses[k + 1])) / 2);
        expect(1 - 2 * total(area)).toBeCloseTo(gini(ranking, 'losses'), 9);
      }),
    );
  });

  test('bands add up to the book, also where customers have no premium', () => {
    fc.assert(
      fc.property(book, fc.integer({ min: 1, max: 12 }), (book, count) => {
        const [losses] = bands(
          ranked(book.score, book.premium, book.losses),
          ['losses'],
          undefined,
          count,
        );
        expect(total(Array.from(losses))).toBeCloseTo(total(book.losses), 6);
      }),
    );
  });
});

describe('laws', () => {
  test('losses over premium, known in advance, has the largest Gini of all scores', () => {
    fc.assert(
      fc.property(paying, ({ score, premium, losses }) => {
        const perfect = losses.map((value, i) => value / premium[i]);
        const most = giniOf(perfect, premium, losses);
        expect(giniOf(score, premium, losses)).toBeLessThanOrEqual(most + 1e-12);
        expect(giniOf(losses, premium, losses)).toBeLessThanOrEqual(most + 1e-12);
      }),
    );
  });

  test('the score reversed: the same Gini with the other sign, the same bands the other way', () => {
    fc.assert(
      fc.property(paying, ({ score, premium, losses }) => {
        const there = ranked(score, premium, losses);
        const back = ranked(
          score.map((value) => -value),
          premium,
          losses,
        );
        expect(gini(back, 'losses')).toBeCloseTo(-gini(there, 'losses'), 10);
        const reversed = Array.from(bands(there, ['losses'])[0]).reverse();
        expectClose(bands(back, ['losses'])[0], reversed, 6);
      }),
    );
  });

  test('other currencies and scores of another scale change nothing', () => {
    fc.assert(
      fc.property(paying, ({ score, premium, losses }) => {
        const one = ranked(score, premium, losses);
        const other = ranked(
          score.map((value) => Math.exp(value) - 7),
          premium.map((value) => value * 7.3),
          losses.map((value) => value * 0.011),
        );
        expect(gini(other, 'losses')).toBeCloseTo(gini(one, 'losses'), 10);
        expect(topShareLift(other, 'losses')).toBeCloseTo(topShareLift(one, 'losses'), 6);
      }),
    );
  });

  test('the order of the customers changes nothing', () => {
    const shuffled = paying.chain((book) =>
      fc.record({
        book: fc.constant(book),
        rows: fc.shuffledSubarray([...book.score.keys()], { minLength: book.score.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ book, rows }) => {
        const one = ranked(book.score, book.premium, book.losses);
        const taken = (column: number[]) => rows.map((row) => column[row]);
        const other = ranked(taken(book.score), taken(book.premium), taken(book.losses));
        // Whole amounts add up to the same in any order, so this is exact.
        expect(gini(other, 'losses')).toBe(gini(one, 'losses'));
        expect(topShareLift(other, 'losses')).toBe(topShareLift(one, 'losses'));
        expect(bands(other, ['losses'])).toEqual(bands(one, ['losses']));
        expect(lorenzCurve(other, 'losses')).toEqual(lorenzCurve(one, 'losses'));
      }),
    );
  });

  test('a weight is that many rows', () => {
    const weighted = fc.array(fc.tuple(customer, fc.integer({ min: 0, max: 4 })), { minLength: 2 });
    fc.assert(
      fc.property(weighted, (pairs) => {
        const one = bookOf(pairs.map(([customer]) => customer));
        const other = bookOf(pairs.flatMap(([customer, times]) => Array(times).fill(customer)));
        fc.pre(total(other.premium) > 0 && total(other.losses) > 0);
        const weights = Uint8Array.from(pairs, ([, times]) => times);
        const ranking = ranked(one.score, one.premium, one.losses);
        const repeated = ranked(other.score, other.premium, other.losses);
        expect(gini(ranking, 'losses', weights)).toBeCloseTo(gini(repeated, 'losses'), 10);
        const lift = topShareLift(ranking, 'losses', weights);
        expect(lift).toBeCloseTo(topShareLift(repeated, 'losses'), 10);
        const sums = Array.from(bands(repeated, ['losses'])[0]);
        expectClose(bands(ranking, ['losses'], weights)[0], sums, 6);
      }),
    );
  });
});

describe('where there is no answer', () => {
  test('NaN without premium or losses, or where recoveries outweigh the losses', () => {
    for (const [premium, losses] of [
      [
        [0, 0],
        [1, 2],
      ],
      [
        [1, 2],
        [0, 0],
      ],
      [
        [1, 2],
        [3, -4],
      ],
    ]) {
      const ranking = ranked([1, 2], premium, losses);
      expect(gini(ranking, 'losses')).toBeNaN();
      expect(topShareLift(ranking, 'losses')).toBeNaN();
      expect(lorenzCurve(ranking, 'losses')).toEqual({ premium: [], losses: [] });
    }
    expect(gini(ranked(score, premium, losses), 'losses', new Uint8Array(4))).toBeNaN();
    expect(gini(ranked([], [], []), 'losses')).toBeNaN();
    expect(bands(ranked([1, 2], [0, 0], [1, 2]), ['losses'], undefined, 2)).toEqual([
      Float64Array.of(Number.NaN, Number.NaN),
    ]);
  });

  test('a customer without premium at a cut is in the band above', () => {
    const ranking = ranked([1, 2, 3], [5, 0, 5], [1, 10, 100]);
    expectClose(bands(ranking, ['losses'], undefined, 2)[0], [1, 110]);
    expect(topShareLift(ranking, 'losses', undefined, 0.5)).toBeCloseTo(110 / 111 / 0.5, 12);
  });

  test('misuse says what was expected and what came', () => {
    const ranking = ranked(score, premium, losses);
    const misused: [() => unknown, string][] = [
      [() => ranked([1, Number.NaN], [1, 1], [1, 1]), 'a score for everyone, got NaN in row 1'],
      [() => rankingOf(Float64Array.of(1, 2), [1], {}), 'expected 2 values of the base, got 1'],
      [() => ranked([1, 2], [1, -1], [1, 1]), 'a number of 0 or more as the base, got -1 in row 1'],
      [() => ranked([1, 2], [1, 1], [1]), 'expected 2 values of losses, got 1'],
      [
        () => ranked([1, 2], [1, 1], [Number.NaN, 1]),
        'expected a number as losses, got NaN in row 0',
      ],
      [
        () => rankingOf(Float64Array.of(1), [Number.POSITIVE_INFINITY], {}),
        'expected a number of 0 or more as the base, got Infinity in row 0',
      ],
      [() => gini(ranking, 'losses', Uint8Array.of(1)), 'expected weights of 4 customers, got 1'],
      [() => topShareLift(ranking, 'losses', undefined, 1.5), 'between 0 and 1, got 1.5'],
      [() => bands(ranking, ['losses'], undefined, 0), 'bands from 1 up, got 0'],
      [() => lorenzCurve(ranking, 'losses', 1), 'points from 2 up, got 1'],
    ];
    for (const [misuse, message] of misused) {
      expect(misuse).toThrow(MisuseError);
      expect(misuse).toThrow(message);
    }
  });
});
