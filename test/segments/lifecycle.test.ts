import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gradeHeader, gradeRows } from '../../src/grading/grade-rows.js';
import {
  assess,
  type Customer,
  calibrate,
  gradeAt,
  grader,
  indicators,
  loyalties,
  type PlanInput,
  purchases,
  readBook,
  readPlan,
  summarize,
} from '../../src/index.js';
import { graded } from '../support/experience.js';
import { fixedModel, steady } from '../support/fixed-model.js';
import { withPremium } from '../support/random-book.js';
import { ann, tableOf } from '../support/retention.js';
import { policy } from '../support/rows.js';
import { runs } from '../support/slow.js';

const lifeOf = (change: Partial<Customer>, plan: PlanInput = {}) => {
  const { lifecycle } = grader(fixedModel(plan))({
    ...steady,
    ...{ policyCount: 1, lineCount: 1, renewals: 2, lapsed: 0 },
    ...change,
  });
  return [lifecycle.loyalty, lifecycle.purchase];
};

describe('where a customer is in its life, by the plan that ships', () => {
  test.each<[string, Partial<Customer>, string, string]>([
    ['three years, renewed twice', {}, 'regular', 'renewal'],
    ['in its first year', { tenureYears: 0.4, renewals: 0 }, 'one-time', 'new'],
    ['a year to the day', { tenureYears: 1, renewals: 0 }, 'one-time', 'new'],
    ['a day more than a year', { tenureYears: 1.003, renewals: 0 }, 'regular', 'renewal'],
    [
      'first year, two policies of a line',
      { tenureYears: 0.4, renewals: 0, policyCount: 2 },
      'regular',
      'core',
    ],
    [
      'first year, policies of two lines',
      { tenureYears: 0.4, renewals: 0, policyCount: 2, lineCount: 2 },
      'regular',
      'cross',
    ],
    [
      'three months of monthly terms, renewed twice',
      { tenureYears: 0.25, renewals: 2 },
      'regular',
      'renewal',
    ],
    ['five years to the day', { tenureYears: 5 }, 'loyal', 'renewal'],
    ['a day less than five years', { tenureYears: 4.997 }, 'regular', 'renewal'],
    [
      'eight years, three policies of two lines',
      { tenureYears: 8, policyCount: 3, lineCount: 2 },
      'loyal',
      'cross',
    ],
    [
      'left after a first year',
      { tenureYears: 1, renewals: 0, policyCount: 0, lineCount: 0, lapsed: 1 },
      'one-time',
      'lapsed',
    ],
    [
      'left after six years',
      { tenureYears: 6, policyCount: 0, lineCount: 0, lapsed: 1 },
      'loyal',
      'lapsed',
    ],
  ])('%s', (_, change, loyalty, purchase) => {
    expect(lifeOf(change)).toEqual([loyalty, purchase]);
  });

  test.each<[string, Partial<Customer>, string, string]>([
    ['renewals, in the first year', { tenureYears: 0.4, renewals: null }, 'unknown', 'unknown'],
    ['renewals, after three years: tenure tells', { renewals: null }, 'regular', 'unknown'],
    [
      'renewals, after six years: tenure tells',
      { tenureYears: 6, renewals: null },
      'loyal',
      'unknown',
    ],
    ['policies', { tenureYears: 0.4, renewals: 0, policyCount: null }, 'unknown', 'unknown'],
    ['lines', { tenureYears: 0.4, renewals: 0, lineCount: null }, 'one-time', 'unknown'],
  ])('not told: %s', (_, change, loyalty, purchase) => {
    expect(lifeOf(change)).toEqual([loyalty, purchase]);
  });

  test('every class is reached by one of the customers above', () => {
    const lives = [
      lifeOf({}),
      lifeOf({ tenureYears: 0.4, renewals: 0 }),
      lifeOf({ tenureYears: 6, policyCount: 2 }),
      lifeOf({ tenureYears: 0.4, policyCount: 2, lineCount: 2 }),
      lifeOf({ policyCount: 0 }),
      lifeOf({ tenureYears: 0.4, renewals: null }),
    ];
    expect(new Set(lives.map(([loyalty]) => loyalty))).toEqual(new Set(loyalties));
    expect(new Set(lives.map(([, purchase]) => purchase))).toEqual(new Set(purchases));
  });
});

test('customers of a book, from its policies', () => {
  const of = (customer_id: string, policy_id: string, year: number, row: object = {}) =>
    policy({ customer_id, policy_id, from: `${year}-01-01`, to: `${year + 1}-01-01`, ...row });
  const { book } = readBook(
    [
      of('1 new', 'N', 2023),
      of('2 renewal', 'R', 2022),
      of('2 renewal', 'R', 2023),
      of('3 core', 'C1', 2023, { line: 'motor' }),
      of('3 core', 'C2', 2023, { line: 'motor' }),
      of('4 cross', 'X1', 2023, { line: 'motor' }),
      of('4 cross', 'X2', 2023, { line: 'home' }),
      ...[2018, 2019, 2020, 2021, 2022, 2023].map((year) => of('5 loyal', 'L', year)),
      of('6 lapsed', 'G', 2021),
    ],
    [],
  );
  const table = indicators(book, { asOf: '2024-01-01' });
  const grades = assess(table, calibrate(table));
  const header = gradeHeader(grades);
  const lives = Array.from({ length: grades.length }, (_, row) => {
    const cells = gradeRows(grades)(row);
    const { lifecycle } = gradeAt(grades)(row);
    const inRow = [cells[header.indexOf('loyalty')], cells[header.indexOf('purchase')]];
    expect(inRow).toEqual([lifecycle.loyalty, lifecycle.purchase]);
    return [table.ids[row], ...inRow];
  });
  expect(lives).toEqual([
    ['1 new', 'one-time', 'new'],
    ['2 renewal', 'regular', 'renewal'],
    ['3 core', 'regular', 'core'],
    ['4 cross', 'regular', 'cross'],
    ['5 loyal', 'loyal', 'renewal'],
    ['6 lapsed', 'one-time', 'lapsed'],
  ]);
});

test('the shares in the summary add up to the book, in customers and in money', () => {
  fc.assert(
    fc.property(withPremium, (book) => {
      const summary = summarize(graded(book, {}));
      for (const groups of [summary.loyalty, summary.purchase]) {
        const total = (key: 'customers' | 'claims' | 'earnedPremium' | 'incurred') =>
          Object.values(groups).reduce((all, group) => all + group[key], 0);
        expect(total('customers')).toBe(summary.customers);
        expect(total('claims')).toBe(summary.claims);
        expect(total('earnedPremium')).toBeCloseTo(summary.earnedPremium, 6);
        expect(total('incurred')).toBeCloseTo(summary.incurred, 6);
      }
      expect(Object.keys(summary.loyalty)).toEqual([...loyalties]);
      expect(Object.keys(summary.purchase)).toEqual([...purchases]);
      // A book with its policies knows all that the rules ask.
      expect(summary.loyalty.unknown.customers + summary.purchase.unknown.customers).toBe(0);
      expect(summary.purchase.lapsed.customers).toBe(
        graded(book, {}).table.columns.lapsed.reduce((all, lapsed) => all + lapsed, 0),
      );
    }),
    { numRuns: runs(40) },
  );
});

describe("the plan's own rules", () => {
  test('the first that holds decides, and what no rule says is as the plan says', () => {
    const lifecycle: PlanInput['lifecycle'] = {
      loyalty: [
        { is: 'one-time', when: ['<', 'tenure_years', 2] },
        { is: 'loyal', when: ['<', 'tenure_years', 4] },
        { is: 'one-time', when: ['<', 'tenure_years', 4] },
      ],
      otherLoyalty: 'unknown',
      purchase: [],
      otherPurchase: 'core',
    };
    expect(lifeOf({}, { lifecycle })).toEqual(['loyal', 'core']);
    expect(lifeOf({ tenureYears: 1.9 }, { lifecycle })).toEqual(['one-time', 'core']);
    expect(lifeOf({ tenureYears: 9 }, { lifecycle })).toEqual(['unknown', 'core']);
  });

  test('may go by a score, such as what the future is worth', () => {
    const table = tableOf(ann(), ann({ customerId: 'Bob', annualPremium: 30 }));
    const plan: PlanInput = {
      retention: { method: 'constant', rate: 0.8 },
      lifecycle: { loyalty: [{ is: 'loyal', when: ['>', 'lifetime_value', 50] }] },
    };
    const grades = assess(table, calibrate(table, plan));
    expect(Array.from(grades.tiers.loyalty, (code) => loyalties[code])).toEqual([
      'loyal',
      'regular',
    ]);
  });

  test.each<[object, string]>([
    [
      { loyalty: [{ is: 'often', when: 1 }] },
      'plan, lifecycle.loyalty.0.is: expected one of "one-time", "regular", "loyal", "unknown", got "often"',
    ],
    [{ loyalties: [] }, 'plan, lifecycle: "loyalties" is not known (did you mean "loyalty"?)'],
    [{ purchase: [{ is: 'new' }] }, 'plan, lifecycle.purchase.0.when: '],
  ])('%j is refused: %s', (lifecycle, message) => {
    expect(() => readPlan({ lifecycle } as never)).toThrow(message);
  });

  test('a rule that names what does not exist is told when the model is made', () => {
    const lifecycle: PlanInput['lifecycle'] = {
      purchase: [{ is: 'new', when: ['<', 'tenure_year', 1] }],
    };
    expect(() => calibrate(tableOf(ann()), { lifecycle })).toThrow(
      'compile: no column or formula is named "tenure_year" (did you mean "tenure_years"?)',
    );
  });
});
