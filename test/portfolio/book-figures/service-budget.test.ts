import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess, calibrate, type Grades, MisuseError, readIndicators } from '../../../src/index.js';
import {
  type ServiceBudgetOptions,
  serviceBudget,
} from '../../../src/portfolio/book-figures/service-budget.js';

/** A customer of three years without a claim, or with so many; the annual premium is its value. */
const customer = (customerId: string, annualPremium: number, claimCount = 0) => ({
  customerId,
  earnedPremium: 900,
  exposureYears: 3,
  claimCount,
  incurredLoss: 300 * claimCount,
  tenureYears: 3,
  annualPremium,
});
const graded = (rows: object[], plan = {}): Grades => {
  const { table } = readIndicators(rows);
  return assess(table, calibrate(table, plan));
};

describe('a service budget over five customers', () => {
  // The top fifth is Ann: excellent and high, so signature; the clean low ones are plus.
  const grades = graded([
    customer('Ann', 600),
    customer('Bob', 100),
    customer('Cid', 100),
    customer('Dan', 150),
    customer('Eve', 50, 9),
  ]);
  const laid = serviceBudget(grades, { budget: 1000 });

  test('goes to the value tiers in proportion to their value, 600 and 400 of 1000', () => {
    expect(laid).toMatchObject({ measure: 'annual_premium', value: 1000, customers: 5 });
    expect(laid.valueTiers).toEqual({
      high: {
        customers: 1,
        value: 600,
        shareOfCustomers: 0.2,
        shareOfValue: 0.6,
        shareOfBudget: 0.6,
        amount: 600,
        amountPerCustomer: 600,
        cataloguePerCustomer: 500,
        catalogueCost: 500,
      },
      low: {
        customers: 4,
        value: 400,
        shareOfCustomers: 0.8,
        shareOfValue: 0.4,
        shareOfBudget: 0.4,
        amount: 400,
        amountPerCustomer: 100,
        // Three of plus at 300 and Eve, high-risk, of basic at 150.
        cataloguePerCustomer: 262.5,
        catalogueCost: 1050,
      },
    });
    expect(laid.catalogueCost).toBe(1550);
  });

  test('goes to the service tiers of the plan by theirs, and an empty tier gets nothing', () => {
    expect(laid.serviceTiers).toMatchObject({
      signature: { customers: 1, amount: 600, cataloguePerCustomer: 500 },
      plus: {
        customers: 3,
        value: 350,
        amount: 350,
        cataloguePerCustomer: 300,
        catalogueCost: 900,
      },
      standard: { customers: 0, amount: 0, amountPerCustomer: null, cataloguePerCustomer: null },
      basic: { customers: 1, value: 50, amount: 50, amountPerCustomer: 50 },
    });
    expect(laid.notes.join()).not.toMatch(/value/);
  });

  test('can be measured by another indicator', () => {
    const byPremium = serviceBudget(grades, { budget: 1000, measure: 'earned_premium' });
    expect(byPremium.valueTiers.high.amount).toBe(200);
    expect(byPremium.measure).toBe('earned_premium');
  });

  test('as text has what each tier gets, no wider than a hundred columns', () => {
    const text = String(laid);
    expect(text).toMatch(/^value: high +1 +20\.0% +60\.0% +600\.00 +600\.00 +500\.00 +500\.00$/m);
    expect(text).toMatch(/^service: standard +0 +0\.0% +0\.0% +0\.00 +– +– +0\.00$/m);
    expect(text).not.toMatch(/NaN|undefined|null/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

test('values of 0, below 0 and missing count 0, and the note says how many', () => {
  const grades = graded([
    customer('Ann', 300),
    customer('Bob', 100),
    customer('Cid', 0),
    customer('Dan', 0),
  ]);
  // Two that no door would let in, as a measure of profit or of future value may have them.
  grades.table.columns.annual_premium.set([300, 100, Number.NaN, -50]);
  const laid = serviceBudget(grades, { budget: 40 });
  expect(laid.value).toBe(400);
  expect(Object.values(laid.valueTiers).map(({ amount }) => amount)).toEqual([30, 10]);
  expect(laid.notes).toEqual([
    // How the table was measured comes along.
    ...grades.table.notes,
    expect.stringMatching(/^2 customers of 4 graded customers have no value \(annual_premium/),
  ]);
});

test.each(['lifetime_value', 'annual_profit'])(
  'goes by %s where the plan measures value by it',
  (measure) => {
    // Half of the premium goes on losses, three tenths on expenses; both stay equally long.
    const half = { claimCount: 1, incurredLoss: 450 };
    const grades = graded(
      [
        { ...customer('Ann', 600), ...half },
        { ...customer('Bob', 300), ...half },
      ],
      { value: { measure, cut: { share: 0.5 } }, retention: { method: 'constant', rate: 0.8 } },
    );
    const laid = serviceBudget(grades, { budget: 90 });
    expect(laid.measure).toBe(measure);
    expect(Object.values(laid.valueTiers).map(({ amount }) => amount)).toEqual([60, 30]);
  },
);

test('without any value all get alike, and the note says so', () => {
  const laid = serviceBudget(
    graded([customer('Ann', 0), customer('Bob', 0), customer('Cid', 0, 9)]),
    {
      budget: 100,
    },
  );
  expect(laid.valueTiers.low).toMatchObject({ amount: 100, shareOfValue: null, shareOfBudget: 1 });
  expect(laid.valueTiers.high).toMatchObject({ amount: 0, shareOfBudget: 0 });
  expect(laid.serviceTiers.plus.amount).toBe(66.67);
  expect(laid.serviceTiers.basic.amount).toBe(33.33);
  expect(laid.notes.join()).toMatch(/no customer has a value .* the budget goes to all alike/);
});

test('amounts add up to the budget to the cent, and shares to one, whatever the values', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 6 })),
        { minLength: 1, maxLength: 12 },
      ),
      fc.integer({ min: 0, max: 10_000_000 }),
      (customers, cents) => {
        const grades = graded(
          customers.map(([value, claims], k) => customer(`c${k}`, value, claims)),
        );
        const laid = serviceBudget(grades, { budget: cents / 100 });
        for (const groups of [laid.valueTiers, laid.serviceTiers].map((of) => Object.values(of))) {
          const sumOf = (
            key: 'customers' | 'amount' | 'shareOfBudget' | 'value' | 'catalogueCost',
          ) => groups.reduce((all, group) => all + group[key], 0);
          expect(Math.round(sumOf('amount') * 100)).toBe(cents);
          expect(sumOf('customers')).toBe(customers.length);
          expect(sumOf('shareOfBudget')).toBeCloseTo(1, 9);
          expect(Math.abs(sumOf('value') - laid.value)).toBeLessThanOrEqual(1e-9 * laid.value);
          expect(sumOf('catalogueCost')).toBeCloseTo(laid.catalogueCost, 6);
          for (const { customers: own, amount, shareOfBudget } of groups) {
            expect(Number.isInteger(Math.round(amount * 1e4) / 100)).toBe(true);
            expect(Math.abs(amount * 100 - shareOfBudget * cents)).toBeLessThan(1.001);
            if (own === 0) expect(amount).toBe(0);
          }
        }
      },
    ),
  );
});

describe('what is refused', () => {
  const grades = graded([customer('Ann', 300), customer('Bob', 100)]);
  test.each<[string, object | undefined, RegExp]>([
    ['no budget', undefined, /expected a budget of 0 or more/],
    ['a budget below 0', { budget: -1 }, /expected a budget of 0 or more, .* got -1/],
    ['a budget that is no number', { budget: Number.NaN }, /expected a budget/],
    ['a budget beyond cents', { budget: 1e15 }, /expected a budget/],
    [
      'a measure that is none',
      { budget: 1, measure: 'anual_premium' },
      /did you mean "annual_premium"/,
    ],
    ['another option', { budgets: 1 }, /unknown option "budgets" \(did you mean "budget"/],
  ])('%s', (_, options, message) => {
    const call = () => serviceBudget(grades, options as ServiceBudgetOptions);
    expect(call).toThrow(MisuseError);
    expect(call).toThrow(message);
  });

  test('what are no grades', () => {
    expect(() => serviceBudget({} as Grades, { budget: 1 })).toThrow(/expected grades/);
  });
});
