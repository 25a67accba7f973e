import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  gradeAt,
  grader,
  MisuseError,
  type PlanInput,
  readPlan,
  UnusableDataError,
  valueTiers,
} from '../../src/index.js';
import { abcClasses } from '../../src/portfolio.js';
import { fitValue } from '../../src/segments/value.js';
import { ann, constant, tableOf } from '../support/retention.js';
import { runs } from '../support/slow.js';

type Cut = NonNullable<PlanInput['value']>['cut'];

/** The value tiers of customers with these annual premiums, each expecting half of it as loss. */
function tiersOf(premiums: readonly number[], value: NonNullable<PlanInput['value']>, more = {}) {
  const table = tableOf(
    ...premiums.map((annualPremium, row) => ann({ customerId: 100 + row, annualPremium })),
  );
  const grades = assess(table, calibrate(table, { ...more, value }));
  return Array.from(grades.tiers.value_tier, (code) => valueTiers[code]);
}
/** The value of the last in the smallest group that holds a share of all value above 0. */
const groupHoldingCut = (values: Float64Array, pareto: number) =>
  fitValue(values, readPlan({ value: { cut: { pareto } } })).cut ?? Number.NaN;
const high = (tiers: readonly string[]) => [...tiers.keys()].filter((row) => tiers[row] === 'high');

describe('measured by annual premium, annual profit or lifetime value', () => {
  const premiums = [100, 500, 300, 200, 400];
  const constantly = constant(0.8);

  test.each<[Cut, number[]]>([
    [{ share: 0.2 }, [1]],
    [{ share: 0.4 }, [1, 4]],
    // ⌈0.21 × 5⌉ is two.
    [{ share: 0.21 }, [1, 4]],
    [{ share: 1 }, [0, 1, 2, 3, 4]],
    [{ share: 0 }, []],
    // Of 1,500: 500 hold a third, 500 + 400 hold 0.6.
    [{ pareto: 0.3 }, [1]],
    [{ pareto: 0.6 }, [1, 4]],
    [{ pareto: 0.61 }, [1, 2, 4]],
    [{ pareto: 1 }, [0, 1, 2, 3, 4]],
  ])('%j: all three rank these customers the same', (cut, expected) => {
    for (const measure of ['annual_premium', 'annual_profit', 'lifetime_value']) {
      expect(high(tiersOf(premiums, { measure, cut }, constantly))).toEqual(expected);
    }
  });

  test('an amount is of the measure: 60 a year of 300, and 0.64 ÷ 0.36 times that for a future', () => {
    const discounted = { ...constantly, lifetime: { discountRate: 0.25 } };
    const at = (measure: string, amount: number) =>
      high(tiersOf(premiums, { measure, cut: { amount } }, discounted));
    expect(at('annual_premium', 300)).toEqual([1, 2, 4]);
    expect(at('annual_profit', 59.999)).toEqual([1, 2, 4]);
    expect(at('annual_profit', 60.001)).toEqual([1, 4]);
    expect(at('lifetime_value', 106.66)).toEqual([1, 2, 4]);
    expect(at('lifetime_value', 106.67)).toEqual([1, 4]);
  });

  test('the grade says what was measured, how much, and where high begins', () => {
    const table = tableOf(ann(), ann({ customerId: 'Bob', annualPremium: 600 }));
    const plan = { ...constantly, value: { measure: 'annual_profit', cut: { pareto: 0.5 } } };
    const grades = assess(table, calibrate(table, plan));
    const [first, second] = [0, 1].map((row) => gradeAt(grades)(row).value);
    expect(first).toMatchObject({ measure: 'annual_profit', tier: 'low' });
    expect(second.tier).toBe('high');
    expect(first.amount).toBeCloseTo(60, 9);
    expect(first.cut).toBe(second.amount);
  });
});

describe('ties, nothing and less than nothing', () => {
  test('equal values get the same tier, so a tie at the cut is high whole', () => {
    expect(high(tiersOf([100, 300, 300, 300, 50], { cut: { share: 0.2 } }))).toEqual([1, 2, 3]);
    expect(high(tiersOf([100, 300, 300, 300, 50], { cut: { pareto: 0.1 } }))).toEqual([1, 2, 3]);
    expect(high(tiersOf([300, 300], { cut: { share: 0.2 } }))).toEqual([0, 1]);
  });

  test('a value of 0 or below is never high, whatever the cut', () => {
    for (const cut of [{ share: 1 }, { pareto: 1 }, { amount: 0 }, { amount: -100 }]) {
      expect(high(tiersOf([0, 300, 0], { cut }))).toEqual([1]);
      // At expenses of 0.6 everybody loses a tenth of the premium.
      const pricing = { expenseRatio: 0.6 };
      expect(high(tiersOf([100, 300], { measure: 'annual_profit', cut }, { pricing }))).toEqual([]);
    }
  });

  test('pareto is of what is above 0: losses take nothing away from the value of others', () => {
    const values = Float64Array.of(-900, 50, Number.NaN, 30, 20, 0);
    expect(groupHoldingCut(values, 0.5)).toBe(50);
    expect(groupHoldingCut(values, 0.51)).toBe(30);
    expect(groupHoldingCut(values, 0.8)).toBe(30);
    expect(groupHoldingCut(values, 1)).toBe(20);
  });

  test('where nobody has a value above 0, or any at all, nobody is high', () => {
    for (const values of [[], [Number.NaN], [0, 0], [-5, -3]]) {
      expect(groupHoldingCut(Float64Array.from(values), 0.8)).toBeNaN();
    }
    const none = { value: { cut: { pareto: 0.8 } } };
    expect(fitValue(Float64Array.of(-1, 0, Number.NaN), readPlan(none)).cut).toBeNull();
    expect(fitValue(Float64Array.of(Number.NaN), readPlan()).cut).toBeNull();
    expect(high(tiersOf([0, 0], { cut: { share: 0.5 } }))).toEqual([]);
    expect(high(tiersOf([0, 0], { cut: { pareto: 0.5 } }))).toEqual([]);
  });

  test('who has no value does not keep those who have one from the top share', () => {
    const none = Number.NaN;
    const cut = (share: number) =>
      fitValue(Float64Array.of(none, 7, none, 5, none), readPlan({ value: { cut: { share } } }))
        .cut;
    expect([0, 0.2, 0.4, 0.6, 1].map(cut)).toEqual([null, 7, 5, 5, 5]);
  });

  test('ten shares of a tenth are a whole: rounding asks for nobody more', () => {
    expect(groupHoldingCut(new Float64Array(10).fill(0.1), 0.3)).toBe(0.1);
    expect(groupHoldingCut(Float64Array.of(0.1, 0.2, 0.3), 0.5)).toBe(0.3);
    expect(groupHoldingCut(Float64Array.of(0.7, 0.1, 0.1, 0.1), 0.8)).toBe(0.1);
    expect(groupHoldingCut(Float64Array.of(6, 3, 1), 0.9)).toBe(3);
  });
});

describe('laws', () => {
  const values = fc.array(
    fc.oneof(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: -20, max: 40 }),
      fc.constantFrom(0, 1, 5, 5, Number.NaN, 0.1, 1e-9),
    ),
    { maxLength: 60 },
  );
  const share = fc.oneof(
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    fc.constantFrom(0.2, 0.5, 0.8, 1),
  );

  test('the high group of cut pareto q is class A of q', () => {
    fc.assert(
      fc.property(values, share, (list, q) => {
        const cut = groupHoldingCut(Float64Array.from(list), q);
        const { codes } = abcClasses(list, { a: q, b: 1 });
        for (const [row, value] of list.entries()) {
          expect(value > 0 && value >= cut).toBe(codes[row] === 0);
        }
      }),
      { numRuns: runs(400) },
    );
  });

  test('the group holds the share, and without its smallest members does not', () => {
    fc.assert(
      fc.property(values, share, (list, q) => {
        const above = list.filter((value) => value > 0);
        fc.pre(above.length > 0);
        const cut = groupHoldingCut(Float64Array.from(list), q);
        const sum = (of: number[]) => of.reduce((all, value) => all + value, 0);
        const aim = q * sum(above);
        expect(sum(above.filter((value) => value >= cut))).toBeGreaterThanOrEqual(aim * (1 - 1e-9));
        expect(sum(above.filter((value) => value > cut))).toBeLessThanOrEqual(aim * (1 + 1e-9));
      }),
      { numRuns: runs(200) },
    );
  });

  test('a larger share never puts fewer customers in the high tier', () => {
    fc.assert(
      fc.property(values, share, share, fc.constantFrom('share', 'pareto'), (list, p, q, kind) => {
        const count = (at: number) => {
          const plan = readPlan({ value: { cut: { [kind]: at } as never } });
          const { cut } = fitValue(Float64Array.from(list), plan);
          return list.filter((value) => value > 0 && cut !== null && value >= cut).length;
        };
        expect(count(Math.min(p, q))).toBeLessThanOrEqual(count(Math.max(p, q)));
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('what is asked wrongly', () => {
  const table = tableOf(ann());

  test.each([
    ['lifetime_vaule', ' (did you mean "lifetime_value"?)'],
    ['annualPremium', ' (did you mean "annual_premium"?)'],
    ['anual_profit', ' (did you mean "annual_profit"?)'],
    ['value_measured', ''],
    ['nonsense', ''],
  ])('a measure that does not exist, %s, is told with the nearest', (measure, near) => {
    const asked = () => calibrate(table, { value: { measure } });
    expect(asked).toThrow(MisuseError);
    expect(asked).toThrow(
      `calibrate: the plan's value.measure names no indicator or score, got "${measure}"${near}`,
    );
  });

  test('lifetime value where the chance to stay is not known: what to do is said', () => {
    for (const measure of ['lifetime_value', 'profit_at_stake', 'renewal_probability']) {
      const asked = () => calibrate(table, { value: { measure } });
      expect(asked).toThrow(UnusableDataError);
      expect(asked).toThrow(
        `calibrate: the plan measures value by ${measure}, but the chance to stay is not known, as no renewal is on file whose outcome is; give the plan a rate (retention: {"method": "constant", "rate": 0.85})`,
      );
    }
    expect(() => calibrate(table, { value: { measure: 'annual_profit' } })).not.toThrow();
  });

  test('the low end of a lifetime value that has no interval is not blamed on retention', () => {
    const plan = { ...constant(0.8), value: { measure: 'lifetime_low' } };
    expect(() => calibrate(table, plan)).toThrow(UnusableDataError);
    expect(() => calibrate(table, plan)).toThrow(
      'calibrate: the plan measures value by lifetime_low, which no customer of the book has',
    );
  });

  test.each<[unknown, string]>([
    [{ pareto: 0 }, 'plan, value.cut.pareto: '],
    [{ pareto: 1.01 }, 'plan, value.cut.pareto: '],
    [{ share: -0.1 }, 'plan, value.cut.share: '],
    [{ amount: Number.NaN }, 'plan, value.cut.amount: '],
    [{ paretto: 0.8 }, 'plan, value.cut: "paretto" is not known (did you mean "pareto"?)'],
    ['a fifth', 'plan, value.cut: expected {"share": of customers}'],
  ])('the cut %j is refused: %s', (cut, message) => {
    expect(() => readPlan({ value: { cut } } as never)).toThrow(message);
  });

  test('a customer beyond the book is measured against its cut', () => {
    const model = calibrate(tableOf(ann(), ann({ customerId: 'Bob', annualPremium: 600 })), {
      ...constant(0.8),
      value: { measure: 'lifetime_value', cut: { pareto: 0.5 } },
    });
    const grade = grader(model);
    const tier = (annualPremium: number) => grade(ann({ annualPremium }) as never).value.tier;
    expect([599, 600, 6000].map(tier)).toEqual(['low', 'high', 'high']);
  });
});
