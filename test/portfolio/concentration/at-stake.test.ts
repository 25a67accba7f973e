import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  MisuseError,
  type PlanInput,
  UnusableDataError,
} from '../../../src/index.js';
import { atStake } from '../../../src/portfolio/concentration/at-stake.js';
import { graded } from '../../support/experience.js';
import { withPremium } from '../../support/random-book.js';
import { ann, constant, tableOf, withRenewals } from '../../support/retention.js';
import { runs } from '../../support/slow.js';

const plan: PlanInput = { ...constant(0.8), lifetime: { discountRate: 0.25 } };
const gradesOf = (of: PlanInput, ...customers: object[]) => {
  const table = tableOf(...customers);
  return assess(table, calibrate(table, of));
};
const ids = ({ rows }: ReturnType<typeof atStake>) => rows.map(({ customerId }) => customerId);

describe('the profit at stake', () => {
  // Each pays 20 % of its premium as profit, for 16/9 years; one in five leaves.
  const grades = gradesOf(
    plan,
    ann({ customerId: 'a', annualPremium: 100 }),
    ann({ customerId: 'b', annualPremium: 900 }),
    ann({ customerId: 'c', annualPremium: 0 }),
    ann({ customerId: 'd', annualPremium: 450 }),
    ann({ customerId: 'e', annualPremium: 900 }),
  );

  test('worked by hand: 900 × 0.2 × 16/9 × 0.2 = 64, the most first, equal ones by id', () => {
    const { rows } = atStake(grades);
    expect(ids(atStake(grades))).toEqual(['b', 'e', 'd', 'a']);
    expect(rows[0].annualPremium).toBe(900);
    expect(rows[0].lifetimeValue).toBeCloseTo(320, 9);
    expect(rows[0].chanceToLeave).toBeCloseTo(0.2, 12);
    expect(rows.map(({ profitAtStake }) => Math.round(profitAtStake * 1e6) / 1e6)).toEqual([
      64, 64, 32, 7.111111,
    ]);
  });

  test('the totals are of all, however few are listed', () => {
    for (const top of [0, 2, 5, 99, undefined]) {
      const found = atStake(grades, top);
      expect(found.rows).toHaveLength(Math.min(4, top ?? 4));
      // c has left: it has nothing to leave with.
      expect(found.customers).toBe(4);
      expect(found.lifetimeValue).toBeCloseTo((2350 * 0.2 * 16) / 9, 9);
      expect(found.profitAtStake).toBeCloseTo(((2350 * 0.2 * 16) / 9) * 0.2, 9);
    }
    expect(ids(atStake(grades, 3))).toEqual(['b', 'e', 'd']);
  });

  test('who leaves sooner has more at stake of the same money', () => {
    const table = withRenewals(
      tableOf(ann({ customerId: 'new', tenureYears: 0.5 }), ann({ customerId: 'old' })),
      { atRisk: [200, 100, 100], left: [100, 20, 10] },
    );
    const measured = assess(table, calibrate(table, { retention: { method: 'kaplan-meier' } }));
    const { rows } = atStake(measured);
    expect(rows.map(({ customerId }) => customerId)).toEqual(['new', 'old']);
    expect(rows[0].chanceToLeave).toBeCloseTo(0.5, 9);
    expect(rows[0].lifetimeValue).toBeLessThan(rows[1].lifetimeValue);
  });

  test('of those who cost money it is below 0, and they stand last', () => {
    const losing = gradesOf(
      { ...plan, pricing: { expenseRatio: 0.6 } },
      ...[100, 300].map((annualPremium) => ann({ customerId: annualPremium, annualPremium })),
    );
    const { rows, profitAtStake, lossAtStake } = atStake(losing);
    expect(rows.map(({ customerId }) => customerId)).toEqual(['100', '300']);
    expect(rows[1].profitAtStake).toBeCloseTo((-30 * 16) / 9 / 5, 9);
    expect(profitAtStake).toBe(0);
    expect(lossAtStake).toBeCloseTo((-40 * 16) / 9 / 5, 9);
  });

  test('customers whose lifetime value is not known are excluded of list and totals', () => {
    const some = gradesOf(plan, ann(), ann({ customerId: 'Bob', earnedPremium: 0 }));
    expect(Number.isNaN(some.scores.lifetime_value[1])).toBe(true);
    const found = atStake(some);
    expect([found.customers, ids(found)]).toEqual([1, ['Ann']]);
  });

  test('everybody stays: nothing is at stake; nobody does: nothing is left to lose', () => {
    for (const rate of [0, 1]) {
      const { profitAtStake, rows } = atStake(gradesOf({ ...plan, ...constant(rate) }, ann()));
      expect(profitAtStake).toBe(0);
      expect(rows[0].chanceToLeave).toBe(1 - rate);
    }
  });
});

test('in any book: sorted, each row lifetime value × chance to leave, and they add up', () => {
  fc.assert(
    fc.property(withPremium, fc.constantFrom(0.3, 0.85), (book, rate) => {
      const { rows, lifetimeValue, profitAtStake, lossAtStake, customers } = atStake(
        graded(book, constant(rate)),
      );
      expect(rows).toHaveLength(customers);
      const size = 1e-9 * (1 + rows.reduce((all, row) => all + Math.abs(row.lifetimeValue), 0));
      const total = (key: 'lifetimeValue' | 'profitAtStake') =>
        rows.reduce((all, row) => all + row[key], 0);
      expect(Math.abs(total('lifetimeValue') - lifetimeValue)).toBeLessThan(size);
      const added = total('profitAtStake');
      expect(Math.abs(added - profitAtStake - lossAtStake)).toBeLessThan(size);
      expect(profitAtStake).toBeGreaterThanOrEqual(0);
      expect(lossAtStake).toBeLessThanOrEqual(0);
      for (const [k, row] of rows.entries()) {
        const expected = row.lifetimeValue * row.chanceToLeave;
        expect(Math.abs(row.profitAtStake - expected)).toBeLessThan(size);
        if (k === 0) continue;
        const before = rows[k - 1];
        expect(before.profitAtStake).toBeGreaterThanOrEqual(row.profitAtStake);
        if (before.profitAtStake === row.profitAtStake) {
          expect(before.customerId < row.customerId).toBe(true);
        }
      }
    }),
    { numRuns: runs(40) },
  );
});

describe('what is asked wrongly', () => {
  const grades = gradesOf(plan, ann());

  test.each([-1, 2.5, Number.NaN, '3'])('a list of %s customers', (top) => {
    expect(() => atStake(grades, top as never)).toThrow(MisuseError);
    expect(() => atStake(grades, top as never)).toThrow(
      `atStake: expected how many customers to list, a whole number of 0 or more, got ${top}`,
    );
  });

  test('anything but grades', () => {
    for (const other of [undefined, null, {}, grades.table]) {
      expect(() => atStake(other as never)).toThrow(
        'atStake: expected grades, as assess(table, model) gives',
      );
    }
  });

  test('where no chance to stay is known, what to do is said', () => {
    expect(() => atStake(gradesOf({}, ann()))).toThrow(UnusableDataError);
    expect(() => atStake(gradesOf({}, ann()))).toThrow(
      'atStake: no lifetime value is known, for no chance to stay is; the plan may give it (retention: {"method": "constant", "rate": 0.85})',
    );
  });

  test('where nobody has premium, that is the reason given', () => {
    const { model } = grades;
    const others = assess(tableOf(ann({ earnedPremium: 0 })), model);
    expect(() => atStake(others)).toThrow(
      'atStake: no lifetime value is known: no customer has both premium in the window and a known tenure',
    );
  });
});
