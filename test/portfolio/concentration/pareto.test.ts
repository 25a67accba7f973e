import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniformFrom } from '../../../src/base/random.js';
import {
  assess,
  type Book,
  calibrate,
  type Grades,
  indicators,
  type PlanInput,
  readBook,
  readExperience,
  readIndicators,
} from '../../../src/index.js';
import { luck, measures, pareto } from '../../../src/portfolio.js';
import { simulate } from '../../../src/simulate.js';
import { graded } from '../../support/experience.js';
import {
  type ClaimRow,
  type PolicyRow,
  shuffledRows,
  withPremium,
} from '../../support/random-book.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';
import { runs } from '../../support/slow.js';

const gradesOf = (book: Book, asOf: string, plan: PlanInput = {}) => {
  const table = indicators(book, { asOf, plan });
  return assess(table, calibrate(table, plan));
};

type Ready = Parameters<typeof ready>[0];
const ready = (row: {
  customerId: string;
  earnedPremium?: number;
  exposureYears?: number;
  claimCount?: number;
  incurredLoss?: number;
}) => ({
  ...{ earnedPremium: 100, exposureYears: 1, claimCount: 0, incurredLoss: 0 },
  ...{ tenureYears: 1, annualPremium: 100 },
  ...row,
});
const gradesOfReady = (...rows: Ready[]) => {
  const { table } = readIndicators(rows.map(ready));
  return assess(table, calibrate(table));
};

const looked = ['gini', 'topTwentyPercent', 'holdingEightyPercent'] as const;
const beyond = (grades: Grades, measure: 'claims' | 'incurred', luck = 200) => {
  const { excess } = pareto(grades, { measure, luck, base: 'earned_premium' });
  return looked.filter((figure) => excess?.[figure]?.beyondLuck !== false);
};

/** A book in which nobody differs but by days of cover: Poisson counts, amounts from one law. */
function bookWithoutDifferences(seed: number, customers = 400): Grades {
  const uniform = uniformFrom(seed);
  const policies: object[] = [];
  const claims: object[] = [];
  for (let c = 0; c < customers; c++) {
    const month = 1 + Math.floor(uniform() * 12);
    const years = (13 - month) / 12;
    const [from, to] = [`2023-${String(month).padStart(2, '0')}-01`, '2024-01-01'];
    policies.push({ customer_id: c, policy_id: c, from, to, premium: 500 * years });
    let chance = 1;
    for (let k = 0; ; k++) {
      chance *= uniform();
      if (chance < Math.exp(-0.4 * years)) break;
      const paid = Math.round(-1000 * Math.log(uniform())) + 1;
      claims.push({ claim_id: `${c}-${k}`, policy_id: c, occurred_on: '2023-12-15', paid });
    }
  }
  return gradesOf(readBook(policies, claims).book, '2024-01-01');
}

describe('a book without differences', () => {
  // The figure of a book is one more draw from chance: it lies in the central 90 % nine times in ten.
  test.each(['claims', 'incurred'] as const)(
    'lies within the band of luck in nine of ten books, and outside as often as chance says: %s',
    (measure) => {
      const outside = { gini: 0, topTwentyPercent: 0, holdingEightyPercent: 0 };
      for (let seed = 1; seed <= 60; seed++) {
        for (const figure of beyond(bookWithoutDifferences(seed), measure, 100)) outside[figure]++;
      }
      // Of 60 books 6 are expected outside; 0 or more than 14 of them one time in a thousand or less.
      for (const figure of looked) {
        expect(outside[figure]).toBeGreaterThan(0);
        expect(outside[figure]).toBeLessThan(15);
      }
    },
  );

  test.each([1, 2, 3, 4])(
    'simulated, 5,000 customers with the seed %d: all figures are within the band of luck',
    (seed) => {
      const { policies, claims, asOf } = simulate({
        ...{ customers: 5000, years: 4, differences: 0 },
        seed,
      });
      const grades = gradesOf(readBook(policies, claims).book, asOf);
      expect([beyond(grades, 'claims'), beyond(grades, 'incurred')]).toEqual([[], []]);
    },
  );
});

describe.each([1, 2, 3, 4])('a simulated book with differences, seed %d', (seed) => {
  const { policies, claims, asOf } = simulate({
    ...{ customers: 5000, years: 4, differences: 3 },
    seed,
  });
  const grades = gradesOf(readBook(policies, claims).book, asOf);

  test('has every figure of claims and losses outside the band of luck, more concentrated', () => {
    for (const measure of ['claims', 'incurred'] as const) {
      expect(beyond(grades, measure)).toEqual(looked);
      const { excess } = pareto(grades, { measure, base: 'earned_premium' });
      expect(excess?.gini?.difference).toBeGreaterThan(0.03);
      expect(excess?.topTwentyPercent?.difference).toBeGreaterThan(0.06);
      expect(excess?.holdingEightyPercent?.difference).toBeLessThan(-0.03);
    }
  });
});

describe('the 80/20 of a graded book', () => {
  test('of every measure is of the column it names, worked out by hand', () => {
    // Expenses are 0.3 by default: Ann keeps 560 − 0, Bob 140 − 990.
    const grades = gradesOfReady(
      { customerId: 'Ann', earnedPremium: 800 },
      { customerId: 'Bob', earnedPremium: 200, claimCount: 2, incurredLoss: 990 },
      { customerId: 'Cid', earnedPremium: 1000, claimCount: 1, incurredLoss: 10 },
    );
    const figures = (measure: 'premium' | 'incurred' | 'claims' | 'profit') => {
      const { total, above, below, gini } = pareto(grades, { measure, luck: 0 });
      return { total, above: above.value, below: below.value, gini };
    };
    expect(figures('premium')).toMatchObject({ total: 2000, above: 2000, below: 0 });
    expect(figures('incurred')).toMatchObject({ total: 1000, above: 1000, below: 0 });
    expect(figures('claims')).toMatchObject({ total: 3, gini: expect.closeTo(4 / 9, 12) });
    expect(figures('profit')).toEqual({
      total: expect.closeTo(400, 9),
      above: expect.closeTo(1250, 9),
      below: expect.closeTo(-850, 9),
      gini: null,
    });
    const { holding } = pareto(grades, { measure: 'incurred', luck: 0 });
    // 800 of Bob's 990: that share of a third of the customers.
    expect(holding[1].customers).toBeCloseTo(800 / 990 / 3, 12);
  });

  test('sets luck beside losses, claims and profit, and beside nothing that is agreed or expected', () => {
    const grades = bookWithoutDifferences(7, 60);
    const plan: PlanInput = { retention: { method: 'constant', rate: 0.8 } };
    const { table } = grades;
    const valued = assess(table, calibrate(table, plan));
    const withLuck = measures.filter((measure) => pareto(valued, { measure, luck: 2 }).luck);
    expect(withLuck).toEqual(['incurred', 'claims', 'profit']);
    const { luck, excess } = pareto(grades, { measure: 'claims', luck: 0 });
    expect([luck, excess]).toEqual([null, null]);
  });

  test('deals out by premium or by years of cover, by what the model rests on unless told', () => {
    // All cover is the rich one's: claims dealt by premium are his.
    const grades = gradesOfReady(
      { customerId: 'long', earnedPremium: 0, exposureYears: 99, claimCount: 5, incurredLoss: 5 },
      { customerId: 'rich', earnedPremium: 100, exposureYears: 1, claimCount: 5, incurredLoss: 5 },
    );
    const gini = (base?: 'earned_premium' | 'exposure_years') =>
      pareto(grades, { measure: 'claims', luck: 20, ...(base && { base }) });
    expect(gini('earned_premium').luck?.gini?.mean).toBe(0.5);
    const byCover = gini('exposure_years').luck?.gini;
    expect(byCover?.mean).toBeGreaterThan(0.4);
    expect(byCover?.mean).toBeLessThan(0.5);
    expect(gini().base).toBe('earned_premium');
    const { table } = grades;
    const model = calibrate(table, { experience: { base: 'exposure_years' } });
    expect(pareto(assess(table, model), { luck: 2 }).base).toBe('exposure_years');
  });

  test('tells the same luck for the same seed, another for another', () => {
    const grades = bookWithoutDifferences(3);
    const of = (seed: number) => pareto(grades, { measure: 'incurred', luck: 20, seed });
    expect(of(5)).toEqual(of(5));
    expect(of(5).luck?.gini).not.toEqual(of(6).luck?.gini);
    expect(of(5).gini).toBe(of(6).gini);
  });

  test('calls back after every round', () => {
    const rounds: number[] = [];
    pareto(bookWithoutDifferences(1, 20), {
      ...{ measure: 'claims', luck: 3 },
      onRound: (done) => rounds.push(done),
    });
    expect(rounds).toEqual([1, 2, 3]);
  });

  test('of ready indicators tells no window, for they do not tell theirs', () => {
    const grades = gradesOfReady({ customerId: 'Ann' });
    expect(pareto(grades)).toMatchObject({ window: null, asOf: null });
    expect(pareto(bookWithoutDifferences(1, 20)).window).toBe(36);
  });

  const paretos = (grades: Grades) =>
    (['premium', 'incurred', 'claims', 'profit'] as const).map((measure) =>
      pareto(grades, { measure, luck: 4 }),
    );

  test('does not change by a bit with the order of the rows', () => {
    fc.assert(
      fc.property(withPremium.chain(shuffledRows), ({ book, policies, claims }) => {
        expect(paretos(graded({ policies, claims }, {}))).toEqual(paretos(graded(book, {})));
      }),
      { numRuns: runs(40) },
    );
  });

  test('does not change with the currency but for the amounts themselves', () => {
    const inCurrency = (rate: number, book: { policies: PolicyRow[]; claims: ClaimRow[] }) =>
      paretos(
        graded(
          {
            policies: book.policies.map((row) => ({ ...row, premium: row.premium * rate })),
            claims: book.claims.map((row) => ({
              ...row,
              paid: row.paid * rate,
              reserve: row.reserve * rate,
            })),
          },
          {},
        ),
      );
    const shares = (results: ReturnType<typeof inCurrency>) =>
      results.map(({ gini, topShares, holding, peak, curve, luck, excess }) => {
        return { gini, topShares, holding, peak, curve, luck, excess };
      });
    fc.assert(
      fc.property(withPremium, (book) => {
        expect(shares(inCurrency(1024, book))).toEqual(shares(inCurrency(1, book)));
      }),
      { numRuns: runs(40) },
    );
  });

  test.each<[string, Ready[], Partial<Record<'incurred' | 'claims' | 'profit', unknown>>]>([
    [
      'one customer',
      [{ customerId: 'Ann', claimCount: 1, incurredLoss: 20 }],
      { incurred: { gini: 0, total: 20 }, claims: { gini: 0 }, profit: { gini: 0 } },
    ],
    [
      'all zero',
      [{ customerId: 'Ann' }, { customerId: 'Bob' }],
      { incurred: { gini: null, total: 0, peak: null }, claims: { gini: null, total: 0 } },
    ],
    [
      'all equal',
      ['Ann', 'Bob', 'Cid'].map((customerId) => ({ customerId, claimCount: 1, incurredLoss: 9 })),
      { incurred: { gini: 0, total: 27 }, claims: { gini: 0 }, profit: { gini: 0 } },
    ],
    [
      'all negative',
      ['Ann', 'Bob'].map((customerId) => ({ customerId, claimCount: 1, incurredLoss: -9 })),
      { incurred: { gini: null, total: -18 }, claims: { gini: 0 } },
    ],
  ])('of a book with %s is defined', (_, rows, expected) => {
    const grades = gradesOfReady(...rows);
    for (const [measure, figures] of Object.entries(expected)) {
      const result = pareto(grades, { measure: measure as 'claims', luck: 5 });
      expect(result).toMatchObject(figures as object);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      if (result.total > 0) continue;
      expect(result.topShares.every(({ value }) => value === null)).toBe(true);
      expect(result.curve.customers).toEqual([]);
      expect(result.excess?.gini).toBeNull();
    }
  });

  test('draws single losses from the sums of one claim, where there are enough of them', () => {
    // Claims by chance alone, sizes that differ a lot, of which only sums are handed over.
    const uniform = uniformFrom(7);
    const sizes = Array.from({ length: 4000 }, () => {
      const claims = [0, 0, 0, 1, 1, 1, 2, 3, 4, 5][Math.floor(uniform() * 10)];
      return Array.from({ length: claims }, () => 100 / (0.02 + uniform()));
    });
    const added = (some: readonly number[]) => some.reduce((total, size) => total + size, 0);
    const grades = gradesOfReady(
      ...sizes.map((own, k) => ({
        customerId: `c${k}`,
        claimCount: own.length,
        incurredLoss: added(own),
      })),
    );
    const { luck: dealt, notes, excess } = pareto(grades, { measure: 'incurred', luck: 50 });
    expect(notes.join()).toMatch(
      /sizes from the 1,\d+ sums of exactly one claim, brought to the mean/,
    );
    expect(excess?.holdingEightyPercent?.beyondLuck).not.toBe(null);
    const exposure = grades.table.columns.earned_premium;
    const byAmounts = (amounts: number[]) =>
      luck(
        { exposure, claims: amounts.length, amounts },
        { measure: 'incurred', rounds: 50, seed: 1 },
      ).holding[1].customers?.mean ?? Number.NaN;
    const known = byAmounts(sizes.flat());
    const even = byAmounts(sizes.flatMap((own) => own.map(() => added(own) / own.length)));
    const told = dealt?.holding[1].customers?.mean ?? Number.NaN;
    // Split evenly, losses would seem less bunched by chance than they are.
    expect(even).toBeGreaterThan(known + 0.03);
    expect(Math.abs(told - known)).toBeLessThan(0.015);
  });

  test('says what it has not: sums instead of losses, customers alone, values not known', () => {
    const notes = (grades: Grades, measure: 'claims' | 'incurred') =>
      pareto(grades, { measure, luck: 2 }).notes.join('\n');
    const one = gradesOfReady({ customerId: 'Ann', claimCount: 1, incurredLoss: 20 });
    expect(notes(one, 'incurred')).toMatch(/one customer has everything/);
    const several = gradesOfReady({ customerId: 'Ann', claimCount: 2, incurredLoss: 20 });
    expect(notes(several, 'incurred')).toMatch(/too few sums hold exactly one: each sum is split/);
    expect(pareto(several, { measure: 'incurred', luck: 2 }).excess?.gini?.beyondLuck).toBe(null);
    expect(notes(one, 'claims')).not.toMatch(/single losses/);
    expect(notes(bookWithoutDifferences(1, 20), 'incurred')).toBe('');
    const sums = ['2020-06-01', '2022-06-01'].map((from) => ({
      ...{ customer_id: 'Ann', from, premium: 100, claim_count: 1, incurred: 5 },
      to: from.replace('06', '07'),
    }));
    const early = { ...sums[0], from: '2020-12-01', to: '2021-12-01' };
    const { book } = readExperience([...sums, early]);
    expect(notes(gradesOf(book, '2024-01-01'), 'claims')).toMatch(
      /1 yearly sum that could not be split is excluded/,
    );
  });
});

describe('misuse', () => {
  const grades = gradesOfReady({ customerId: 'Ann', claimCount: 1, incurredLoss: 20 });
  const given = (options: object, message: RegExp, on: unknown = grades) =>
    expect(() => pareto(on as Grades, options)).toThrow(message);

  test('names what was expected and what came', () => {
    given({ measure: 'claim' }, /expected a measure among .*"claim" \(did you mean "claims"\?\)/);
    given({ luk: 3 }, /unknown option "luk" \(did you mean "luck"\?\)/);
    for (const luck of [1, -1, 2.5, Number.NaN]) {
      given({ luck }, /expected luck as 0 or rounds from 2 up, got/);
    }
    given(
      { base: 'exposure' },
      /expected base "earned_premium" or "exposure_years", got "exposure"/,
    );
    given({}, /expected grades, as assess/, {});
    given({ measure: 'lifetime-value' }, /lifetime value of no customer is known: .*retention/);
  });

  test('a count no customer can have is an issue, before it takes all memory', () => {
    const { issues } = readIndicators([
      ready({ customerId: 'Ann' }),
      ready({ customerId: 'Bob', claimCount: 3e8, incurredLoss: 20 }),
    ]);
    expect(issues.map(({ code, field }) => [code, field])).toEqual([
      ['implausible-value', 'claim_count'],
    ]);
  });
});

// Recomputed in Python from the rows of the file, without the library: rows that begin in the 36
// months before the day count, premium by the day; sorted shares with a straight line at the cut.
describeOnRealBook('the 80/20 of the Spanish motor book', () => {
  const rows = sharedRows('data/spanish-motor/policy_years.csv.gz', ';');
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const plan: PlanInput = JSON.parse(readFileSync('examples/careful.plan.json', 'utf8'));
  const { book } = readExperience(rows, columns);

  describe.each([
    ['2018-01-01', 42159],
    ['2018-12-31', 52314],
  ])('as of %s', (asOf, customers) => {
    const grades = gradesOf(book, asOf, plan);
    test.each(
      (
        [
          ['2018-01-01', 'premium', 0.5731983831, 0.3867352425, 0.3392797584, 16707815.56],
          ['2018-01-01', 'incurred', 0.0956881445, 0.9634230551, 0.8997202569, 13890505],
          ['2018-01-01', 'claims', 0.158445409, 0.8680436093, 0.8235022521, 36506],
          ['2018-12-31', 'premium', 0.5432212576, 0.4064146102, 0.3678795756, 26670375.3],
          ['2018-12-31', 'incurred', 0.0852345326, 0.9764684825, 0.9102826728, 15041345.87],
          ['2018-12-31', 'claims', 0.1409546202, 0.8887335655, 0.8417706166, 38486],
        ] as const
      ).filter(([day]) => day === asOf),
    )('%s: %s', (_, measure, holding, top, gini, total) => {
      const result = pareto(grades, { measure, luck: 0 });
      expect(result.customers).toBe(customers);
      expect(result.holding[1]).toEqual({ value: 0.8, customers: expect.closeTo(holding, 9) });
      expect(result.topShares[3]).toEqual({ share: 0.2, value: expect.closeTo(top, 9) });
      expect(result.gini).toBeCloseTo(gini, 9);
      expect(result.total).toBeCloseTo(total, 2);
    });

    test('losses and claims are more concentrated than chance makes them, seed 1', () => {
      for (const measure of ['incurred', 'claims'] as const) {
        const { excess } = pareto(grades, { measure, luck: 20 });
        expect(excess?.gini?.difference).toBeGreaterThan(0.05);
        expect(excess?.holdingEightyPercent?.beyondLuck).toBe(true);
      }
    });
  });
});
