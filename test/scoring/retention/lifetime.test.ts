import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gradeHeader, gradeRows } from '../../../src/grading/grade-rows.js';
import {
  assess,
  calibrate,
  type Grades,
  gradeAt,
  grader,
  indicators,
  type PlanInput,
  readBook,
  readExperience,
  readModel,
  readPlan,
  summarize,
  writeModel,
} from '../../../src/index.js';
import { sealModel } from '../../../src/model/model.js';
import { atStake } from '../../../src/portfolio/concentration/at-stake.js';
import { pareto } from '../../../src/portfolio.js';
import { fitRetention } from '../../../src/scoring/retention/fit-retention.js';
import { customerAt } from '../../support/experience.js';
import { fixedModel, steady } from '../../support/fixed-model.js';
import { asOf, shuffledRows, withPremium } from '../../support/random-book.js';
import { ann, constant, tableOf, withRenewals } from '../../support/retention.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';
import { runs } from '../../support/slow.js';

/** What a customer like Ann is worth under a plan whose discount is 0.25 unless it says otherwise. */
const valueOf = (plan: PlanInput, change: object = {}) => {
  const lifetime = { discountRate: 0.25, ...plan.lifetime };
  return grader(calibrate(tableOf(ann()), { ...plan, lifetime }))(ann(change) as never).value;
};

// Ann: 300 a year × (1 − 0.5 expected losses − 0.3 expenses) = 60 a year.
describe('worked by hand: 60 a year, 0.8 stay, money a year later is worth 1 ÷ 1.25', () => {
  test('a constant rate: 60 × (0.64 + 0.64² + …) = 60 × 0.64 ÷ 0.36', () => {
    const value = valueOf(constant(0.8));
    expect(value.annualProfit).toBeCloseTo(60, 12);
    expect(value.lifetimeYears).toBeCloseTo(16 / 9, 12);
    expect(value.lifetimeValue).toBeCloseTo(60 * (16 / 9), 10);
    expect(value.renewalProbability).toBe(0.8);
    expect(value.profitAtStake).toBeCloseTo(0.2 * 60 * (16 / 9), 10);
  });

  test.each<[string, number, PlanInput, object]>([
    ['two years count: 0.64 + 0.4096', 60 * 1.0496, { lifetime: { horizonYears: 2 } }, {}],
    [
      'no discount, three years: 0.8 + 0.64 + 0.512',
      60 * 1.952,
      { lifetime: { discountRate: 0, horizonYears: 3 } },
      {},
    ],
    [
      'growth of 0.2 and a discount of 0.5: (0.8 × 0.8) ÷ (1 − 0.64)',
      60 * (16 / 9),
      { lifetime: { growth: 0.2, discountRate: 0.5 } },
      {},
    ],
    [
      'growth of 0.25 cancels the discount, three years: 0.8 + 0.64 + 0.512',
      60 * 1.952,
      { lifetime: { growth: 0.25, horizonYears: 3 } },
      {},
    ],
    ['half as much sold on top', 90 * (16 / 9), { lifetime: { crossSell: 0.5 } }, {}],
    [
      'a tenth of a new customer a year, each worth 60 × (1 + 16/9)',
      (60 + 0.1 * 60 * (25 / 9)) * (16 / 9),
      { lifetime: { recommendations: 0.1 } },
      {},
    ],
    [
      'expenses of 0.6: a loss of 30 a year',
      -30 * (16 / 9),
      { pricing: { expenseRatio: 0.6 } },
      {},
    ],
    ['twice the premium', 120 * (16 / 9), {}, { annualPremium: 600 }],
  ])('%s: %d', (_, expected, plan, change) => {
    const { lifetimeValue } = valueOf({ ...constant(0.8), ...plan }, change);
    expect(lifetimeValue).toBeCloseTo(expected, 9);
  });

  test('nobody stays: worth nothing; everybody does: 60 × 0.8 ÷ 0.2', () => {
    expect(valueOf(constant(0)).lifetimeValue).toBe(0);
    expect(valueOf(constant(0)).profitAtStake).toBe(0);
    expect(valueOf(constant(1)).lifetimeValue).toBeCloseTo(240, 9);
    expect(valueOf(constant(1)).profitAtStake).toBe(0);
  });

  test('who has lapsed is worth nothing, recommends nobody and puts nothing at stake', () => {
    for (const recommendations of [0, 0.5]) {
      const lapsed = valueOf(
        { ...constant(0.8), lifetime: { recommendations } },
        { annualPremium: 0, policyCount: 0, lapsed: 1 },
      );
      expect([lapsed.lifetimeValue, lapsed.profitAtStake, lapsed.annualProfit]).toEqual([0, 0, 0]);
    }
  });

  test('without premium in the window no losses are expected, and no value is known', () => {
    const { lifetimeValue, lifetimeInterval, profitAtStake } = valueOf(constant(0.8), {
      earnedPremium: 0,
    });
    expect([lifetimeValue, ...lifetimeInterval, profitAtStake]).toEqual([null, null, null, null]);
  });

  test('where retention is not known, nor is lifetime value, and the summary says what to do', () => {
    const table = tableOf(ann());
    const model = calibrate(table);
    const { value } = gradeAt(assess(table, model))(0);
    expect(value).toMatchObject({
      lifetimeValue: null,
      lifetimeInterval: [null, null],
      lifetimeYears: null,
      renewalProbability: null,
      profitAtStake: null,
    });
    expect(value.annualProfit).toBeCloseTo(60, 12);
    expect(summarize(assess(table, model)).notes).toContain(
      'no lifetime value: no renewal is on file whose outcome is known, so the chance to stay is not; the plan may give it (retention: {"method": "constant", "rate": 0.85})',
    );
  });

  test('what is assumed and not measured is said', () => {
    const table = tableOf(ann());
    const plan = {
      ...constant(0.8),
      lifetime: { growth: 0.02, crossSell: 0.1, recommendations: 0.3 },
    };
    expect(summarize(assess(table, calibrate(table, plan))).notes).toContain(
      'lifetime value assumes that premium grows by 2% a year, and 10% of the premium is still to be sold on top, and each customer brings 0.3 new ones a year',
    );
  });
});

describe('by tenure', () => {
  // Of those in their first year half stay, then 0.6, 0.7, 0.8, and 0.9 from the fifth year on.
  const plan = { retention: { method: 'kaplan-meier' }, lifetime: { discountRate: 0.25 } } as const;
  const table = withRenewals(tableOf(ann()), {
    atRisk: [100, 100, 100, 100, 100],
    left: [50, 40, 30, 20, 10],
  });
  const grade = grader(calibrate(table, plan));

  test.each([
    [0, 0.5],
    [0.5, 0.5],
    [1, 0.5],
    [1.01, 0.6],
    [2, 0.6],
    [2.5, 0.7],
    [4.999, 0.9],
    [5, 0.9],
    [60, 0.9],
    [100, 0.9],
  ])('after %d years the next renewal has a chance of %d', (tenureYears, chance) => {
    expect(grade(ann({ tenureYears }) as never).value.renewalProbability).toBeCloseTo(chance, 12);
  });

  test('the years to come are those of the rates still to come: L = 0.8 × rate × (1 + L of the next)', () => {
    const last = 0.72 / 0.28;
    const after = [0.8, 0.7, 0.6, 0.5].reduce(
      ([next, ...others], rate) => [0.8 * rate * (1 + next), next, ...others],
      [last],
    );
    for (const [passed, years] of after.entries()) {
      const { value } = grade(ann({ tenureYears: passed + 0.5 }) as never);
      expect(value.lifetimeYears).toBeCloseTo(years, 12);
      expect(value.lifetimeValue).toBeCloseTo(60 * years, 9);
    }
    expect(after).toHaveLength(5);
  });
});

/** The fixed model of the tests (differing customers, intervals) with a retention of its own. */
const withRetention = (plan: PlanInput, atRisk?: number[], left?: number[]) => {
  const bare = fixedModel(plan);
  const table = tableOf(ann());
  const measured = atRisk && left ? withRenewals(table, { atRisk, left }) : table;
  return sealModel({
    ...bare,
    parameters: { ...bare.parameters, ...fitRetention(measured, readPlan(plan)) },
  });
};

const counts = fc
  .array(fc.tuple(fc.nat(300), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 12,
  })
  .filter((years) => years.some(([risk]) => risk > 0))
  .map((years) => ({
    atRisk: years.map(([risk]) => risk),
    left: years.map(([risk, share]) => Math.round(risk * share)),
  }));
const tenure = fc.constantFrom(0, 0.5, 1, 1.5, 3, 7, 20, 100);

describe('lifetime value never rises, for a profitable customer', () => {
  test('with the expected loss ratio', () => {
    fc.assert(
      fc.property(counts, tenure, fc.nat(6), ({ atRisk, left }, tenureYears, claimCount) => {
        const grade = grader(withRetention({ retention: { minimumLeavers: 1 } }, atRisk, left));
        const of = (claims: number) => grade({ ...steady, tenureYears, claimCount: claims });
        const [before, after] = [of(claimCount), of(claimCount + 1)];
        expect(Number(after.risk.expectedLossRatio)).toBeGreaterThan(
          Number(before.risk.expectedLossRatio),
        );
        for (const read of [0, 1, 2]) {
          const money = ({ value }: typeof before) =>
            Number([value.lifetimeValue, ...value.lifetimeInterval][read]);
          expect(money(after)).toBeLessThanOrEqual(money(before) + 1e-9);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  test('with the chance to leave: a rate that is given, or one more leaver in any year', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, tenure, (one, other, tenureYears) => {
        const [more, less] = [one, other].sort((a, b) => b - a);
        const of = (rate: number) => Number(valueOf(constant(rate), { tenureYears }).lifetimeValue);
        expect(of(less)).toBeLessThanOrEqual(of(more));
      }),
      { numRuns: runs(60) },
    );
    const plan = { retention: { method: 'kaplan-meier' } } as const;
    fc.assert(
      fc.property(counts, fc.nat(11), tenure, ({ atRisk, left }, at, tenureYears) => {
        const year = at % atRisk.length;
        fc.pre(left[year] < atRisk[year]);
        const of = (gone: number[]) =>
          Number(
            grader(withRetention(plan, atRisk, gone))({ ...steady, tenureYears }).value
              .lifetimeValue,
          );
        const more = left.map((gone, t) => (t === year ? gone + 1 : gone));
        expect(of(more)).toBeLessThanOrEqual(of(left) + 1e-9);
      }),
      { numRuns: runs(150) },
    );
  });

  test('with the discount, nor with a shorter horizon', () => {
    const rate = fc.double({ min: 0.001, max: 2, noNaN: true });
    fc.assert(
      fc.property(counts, rate, rate, tenure, ({ atRisk, left }, one, other, tenureYears) => {
        const [low, high] = [one, other].sort((a, b) => a - b);
        const of = (lifetime: object) =>
          Number(
            grader(withRetention({ lifetime }, atRisk, left))({ ...steady, tenureYears }).value
              .lifetimeValue,
          );
        expect(of({ discountRate: high })).toBeLessThanOrEqual(of({ discountRate: low }) + 1e-9);
        const years = [1, 5, 200].map((horizonYears) => of({ discountRate: low, horizonYears }));
        expect([...years, of({ discountRate: low }) + 1e-9]).toEqual(
          [...years, of({ discountRate: low }) + 1e-9].sort((a, b) => a - b),
        );
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('the interval', () => {
  const intervalOf = (grade: ReturnType<typeof grader>, change: object) =>
    grade({ ...steady, ...change }).value;

  test('contains the value, whatever is earned or lost on whom', () => {
    fc.assert(
      fc.property(
        counts,
        tenure,
        fc.nat(8),
        fc.constantFrom(0.1, 0.5, 0.8, 0.99),
        fc.record({
          expenseRatio: fc.constantFrom(0, 0.3, 0.9),
          recommendations: fc.constantFrom(0, 0.4),
          incurredLoss: fc.constantFrom(0, 450, 3000),
        }),
        ({ atRisk, left }, tenureYears, claimCount, interval, { incurredLoss, ...other }) => {
          const plan: PlanInput = {
            pricing: { expenseRatio: other.expenseRatio, profitMargin: 0 },
            lifetime: { recommendations: other.recommendations },
            experience: { interval },
          };
          const bare = fixedModel(plan);
          const book = withRenewals(tableOf(ann({ incurredLoss })), { atRisk, left });
          const grade = grader(
            sealModel({
              ...bare,
              parameters: { ...bare.parameters, ...fitRetention(book, readPlan(plan)) },
            }),
          );
          const { lifetimeValue, lifetimeInterval } = intervalOf(grade, {
            tenureYears,
            claimCount,
          });
          const [low, high] = lifetimeInterval.map(Number);
          const slack = 1e-9 * Math.abs(Number(lifetimeValue));
          expect(low).toBeLessThanOrEqual(Number(lifetimeValue) + slack);
          expect(high).toBeGreaterThanOrEqual(Number(lifetimeValue) - slack);
        },
      ),
      { numRuns: runs(200) },
    );
  });

  test('contains the value also where the expected loss ratio lies outside its own interval', () => {
    // A skewed distribution's mean may: gamma of shape 0.1, its middle half from 0 to 0.02 × the mean.
    const bare = fixedModel(constant(0.8));
    const { experience } = bare.parameters;
    if (experience.method !== 'frequency') throw new Error('the fixed model is one of frequency');
    const skewed = { ...experience, lowAtClaims: [0.00001, 0.5], highAtClaims: [0.02, 3.9] };
    const model = sealModel({
      ...bare,
      parameters: {
        ...bare.parameters,
        experience: skewed,
        ...fitRetention(tableOf(ann()), readPlan(constant(0.8))),
      },
    });
    const { risk, value } = grader(model)(steady);
    expect(Number(risk.interval[1])).toBeLessThan(Number(risk.expectedLossRatio));
    expect(value.lifetimeInterval[0]).toBe(value.lifetimeValue);
    expect(Number(value.lifetimeInterval[1])).toBeGreaterThan(Number(value.lifetimeValue));
  });

  test('of a profit that recommendations turn into a loss, the worse end is a longer stay', () => {
    // The book loses money, so what a customer brings does; it earns 60 itself, less than that costs.
    const plan = { lifetime: { recommendations: 1 } };
    const book = withRenewals(tableOf(ann({ incurredLoss: 1800 })), {
      atRisk: [400, 300],
      left: [100, 60],
    });
    const bare = fixedModel(plan);
    const { value } = grader(
      sealModel({
        ...bare,
        parameters: { ...bare.parameters, ...fitRetention(book, readPlan(plan)) },
      }),
    )(steady);
    const { lifetimeValue, lifetimeInterval } = value;
    expect(Number(value.annualProfit)).toBeGreaterThan(0);
    expect(Number(lifetimeValue)).toBeLessThan(0);
    expect(Number(lifetimeInterval[0])).toBeLessThan(Number(lifetimeValue));
    expect(Number(lifetimeInterval[1])).toBeGreaterThan(Number(lifetimeValue));
  });

  test('is missing where nothing is uncertain, and there where either part is', () => {
    const sure = constant(0.8);
    expect(valueOf(sure).lifetimeInterval).toEqual([null, null]);
    const differing = grader(withRetention(sure))(steady);
    expect(Number(differing.value.lifetimeInterval[0])).toBeLessThan(
      Number(differing.value.lifetimeInterval[1]),
    );
    const measured = grader(calibrate(withRenewals(tableOf(ann()), { atRisk: [100], left: [20] })))(
      ann() as never,
    );
    expect(measured.risk.interval).toEqual([null, null]);
    const [low, high] = measured.value.lifetimeInterval.map(Number);
    expect(low).toBeLessThan(Number(measured.value.lifetimeValue));
    expect(high).toBeGreaterThan(Number(measured.value.lifetimeValue));
  });

  test('is wider where fewer renewals are on file', () => {
    const width = (times: number) => {
      const table = withRenewals(tableOf(ann()), {
        atRisk: [100 * times, 80 * times, 70 * times],
        left: [20 * times, 10 * times, 7 * times],
      });
      const [low, high] = grader(calibrate(table))(ann() as never).value.lifetimeInterval;
      return Number(high) - Number(low);
    };
    expect(width(10)).toBeLessThan(width(1));
    // The root of ten times as many.
    expect(width(1) / width(10)).toBeCloseTo(Math.sqrt(10), 0);
  });
});

const measures = fc.constantFrom<NonNullable<PlanInput['value']>>(
  { measure: 'annual_profit', cut: { share: 0.3 } },
  { measure: 'lifetime_value', cut: { pareto: 0.6 } },
  { measure: 'profit_at_stake', cut: { share: 0.2 } },
);
const retentions = fc.constantFrom<NonNullable<PlanInput['retention']>>(
  constant(0.8).retention,
  { minimumLeavers: 1 },
  { method: 'kaplan-meier', minimumLeavers: 1, level: 'policy' },
  { by: 'line', minimumLeavers: 1 },
  { by: 'line', minimumLeavers: 2, method: 'kaplan-meier', level: 'policy' },
);
const plans = fc
  .tuple(measures, retentions, fc.constantFrom({}, { recommendations: 0.1, crossSell: 0.2 }))
  .map(([value, retention, lifetime]): PlanInput => ({ value, retention, lifetime }));

type Book = Parameters<typeof readBook>[0];
function gradesOf(policies: Book, claims: Book, plan: PlanInput): Grades {
  const table = indicators(readBook(policies, claims).book, { asOf, plan });
  const { renewals } = table;
  fc.pre(plan.retention?.method === 'constant' || renewals?.book.atRisk.some(Boolean) === true);
  return assess(table, calibrate(table, plan));
}
const allRows = (grades: Grades) =>
  Array.from({ length: grades.length }, (_, row) => gradeRows(grades)(row));

describe('of a whole book', () => {
  test('another currency scales every lifetime value and changes no tier or place in life', () => {
    fc.assert(
      fc.property(
        withPremium,
        plans,
        fc.constantFrom(0.25, 8, 7.8),
        ({ policies, claims }, plan, rate) => {
          const before = gradesOf(policies, claims, plan);
          const after = gradesOf(
            policies.map((row) => ({ ...row, premium: row.premium * rate })),
            claims.map((row) => ({
              ...row,
              paid: row.paid * rate,
              reserve: row.reserve * rate,
            })),
            plan,
          );
          expect(after.tiers).toEqual(before.tiers);
          const [old, found] = [before, after].map(({ scores }) => scores);
          for (const name of ['lifetime_value', 'lifetime_low', 'profit_at_stake'] as const) {
            found[name].forEach((value, row) => {
              if (Number.isNaN(value)) expect(old[name][row]).toBeNaN();
              else expect(value).toBeCloseTo(old[name][row] * rate, 5);
            });
          }
          expect(found.lifetime_years).toEqual(old.lifetime_years);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  test('the order of its rows changes nothing, to the last bit', () => {
    fc.assert(
      fc.property(withPremium.chain(shuffledRows), plans, ({ book, policies, claims }, plan) => {
        const before = gradesOf(book.policies, book.claims, plan);
        const after = gradesOf(policies, claims, plan);
        expect(after.model.hash).toBe(before.model.hash);
        expect(allRows(after)).toEqual(allRows(before));
      }),
      { numRuns: runs(60) },
    );
  });

  test('one customer gets the grade of its row, and the row the figures of the grade', () => {
    fc.assert(
      fc.property(withPremium, plans, ({ policies, claims }, plan) => {
        const grades = gradesOf(policies, claims, plan);
        const grade = grader(grades.model);
        const header = gradeHeader(grades);
        for (let row = 0; row < grades.length; row++) {
          const inBook = gradeAt(grades)(row);
          const alone = grade(customerAt(grades, row), asOf);
          expect(alone).toEqual({ ...inBook, attributes: alone.attributes });
          const { value, lifecycle } = inBook;
          const cells = Object.fromEntries(
            gradeRows(grades)(row).map((cell, c) => [header[c], cell]),
          );
          expect(cells).toMatchObject({
            lifetime_value: value.lifetimeValue,
            lifetime_low: value.lifetimeInterval[0],
            lifetime_high: value.lifetimeInterval[1],
            renewal_probability: value.renewalProbability,
            profit_at_stake: value.profitAtStake,
            value_tier: value.tier,
            loyalty: lifecycle.loyalty,
            purchase: lifecycle.purchase,
          });
        }
      }),
      { numRuns: runs(40) },
    );
  });

  test('its value is the sum of its customers', () => {
    fc.assert(
      fc.property(withPremium, plans, ({ policies, claims }, plan) => {
        const grades = gradesOf(policies, claims, plan);
        const known = grades.scores.lifetime_value.filter((value) => !Number.isNaN(value));
        const added = known.reduce((total, value) => total + value, 0);
        const near = 1e-9 * (1 + known.reduce((total, value) => total + Math.abs(value), 0));
        const { lifetimeValue, customers } = atStake(grades);
        const { total } = pareto(grades, { measure: 'lifetime-value' });
        const { lifetime_value: value, renewal_probability: stays } = grades.scores;
        expect(customers).toBe(
          value.filter((_, row) => !(Number.isNaN(value[row]) || Number.isNaN(stays[row]))).length,
        );
        expect(Math.abs(lifetimeValue - added)).toBeLessThan(near);
        expect(Math.abs(total - added)).toBeLessThan(near);
      }),
      { numRuns: runs(40) },
    );
  });

  test('a model that is written and read back values customers the same, to the last bit', () => {
    fc.assert(
      fc.property(withPremium, plans, ({ policies, claims }, plan) => {
        const { table, model } = gradesOf(policies, claims, plan);
        const back = readModel(writeModel(model));
        expect(back).toEqual(model);
        expect(allRows(assess(table, back))).toEqual(allRows(assess(table, model)));
      }),
      { numRuns: runs(40) },
    );
  });

  test('monthly terms: a year and a half of them is one year at risk, and Ann stayed', () => {
    const terms = Array.from({ length: 18 }, (_, k) => {
      const month = (m: number) => `${2022 + Math.floor((6 + m) / 12)}-${((6 + m) % 12) + 1}-01`;
      const iso = (text: string) => text.replace(/-(\d)-/, '-0$1-');
      return {
        customer_id: 'Ann',
        policy_id: 'A',
        from: iso(month(k)),
        to: iso(month(k + 1)),
        premium: 25,
      };
    });
    const table = indicators(readBook(terms, []).book, { asOf: '2024-01-01' });
    expect(table.renewals?.book).toEqual({ atRisk: [1], left: [0] });
    const { value } = gradeAt(assess(table, calibrate(table)))(0);
    // Of 25 a month; half a leaver of two; nothing was lost.
    expect(value.annualProfit).toBeCloseTo(25 * 12 * 0.7, 9);
    expect(value.renewalProbability).toBeCloseTo(0.75, 5);
  });
});

describe('segments of retention', () => {
  const segments = {
    home: { atRisk: [400], left: [40] },
    motor: { atRisk: [300], left: [120] },
  };
  const plan = { retention: { by: 'line' }, lifetime: { discountRate: 0.25 } } as const;
  const book = { atRisk: [800], left: [200] };
  const table = withRenewals(
    tableOf(ann({ line: 'home' }), ann({ customerId: 'Bob', line: 'motor' })),
    book,
    { by: 'line', segments },
  );
  const model = calibrate(table, plan);
  const asked = tableOf(
    ann({ customerId: '1', line: 'home' }),
    ann({ customerId: '2', line: 'motor' }),
    ann({ customerId: '3', line: 'boat' }),
    ann({ customerId: '4' }),
  );
  const grades = assess(asked, model);

  test("each customer has its label's chance to stay; a label unknown or missing has the book's", () => {
    const { renewal_probability } = grades.scores;
    for (const [row, chance] of [0.9, 0.6, 0.75, 0.75].entries()) {
      expect(renewal_probability[row]).toBeCloseTo(chance, 5);
    }
  });

  test('the grade of each of them alone is that of its row', () => {
    const grade = grader(model);
    for (const [row, line] of ['home', 'motor', 'boat', null].entries()) {
      const { value, lifecycle } = grade(ann({ customerId: row + 1, line }) as never);
      expect(gradeAt(grades)(row)).toMatchObject({ value, lifecycle });
    }
  });

  test('a customer of whom nothing is said, and a table without the attribute, are refused', () => {
    expect(() => grader(model)(ann() as never)).toThrow(
      'grader: the model tells customers apart by "line": expected it of the customer, as line, channel, branch or under attributes',
    );
    expect(() => assess(tableOf(ann()), model)).toThrow(
      'assess: the model tells customers apart by "line", which no customer of the table states',
    );
  });
});

describe('wrong input and extremes', () => {
  test('a tenure that is no number is refused of one customer, and an issue of a file', () => {
    const grade = grader(calibrate(tableOf(ann()), constant(0.8)));
    expect(() => grade(ann({ tenureYears: Number.NaN }) as never)).toThrow(
      'grader: expected a finite decimal number for tenureYears, got NaN',
    );
  });

  test('money that hardly loses worth, of a customer who never leaves: 60 × 1 ÷ 1e-9', () => {
    const value = valueOf({ ...constant(1), lifetime: { discountRate: 1e-9 } });
    expect(Number(value.lifetimeValue) / 60e9).toBeCloseTo(1, 6);
  });

  test('two hundred years without discount: 60 × 200', () => {
    const lifetime = { discountRate: 0, horizonYears: 200 };
    expect(valueOf({ ...constant(1), lifetime }).lifetimeValue).toBeCloseTo(12000, 8);
  });

  test.each<[PlanInput, string]>([
    [
      { lifetime: { discountRate: 0 } },
      'plan, lifetime: expected discountRate above growth, or horizonYears: a future without end that is not discounted has no value in money, got {"discountRate":0}',
    ],
    [
      { lifetime: { discountRate: 0.1, growth: 0.1 } },
      'plan, lifetime: expected discountRate above growth, or horizonYears',
    ],
    [
      { lifetime: { discountRate: 1e-17 } },
      'plan, lifetime: expected discountRate above growth, or horizonYears',
    ],
    [{ lifetime: { discountRate: -0.1 } }, 'plan, lifetime.discountRate: '],
    [{ lifetime: { discountRate: Number.NaN } }, 'plan, lifetime.discountRate: '],
    [{ lifetime: { horizonYears: 201 } }, 'plan, lifetime.horizonYears: '],
    [{ lifetime: { horizonYears: 2.5 } }, 'plan, lifetime.horizonYears: '],
    [{ lifetime: { growth: -1 } }, 'plan, lifetime.growth: '],
    [{ lifetime: { crossSell: -0.1 } }, 'plan, lifetime.crossSell: '],
    [
      { lifetime: { crosSell: 0.1 } } as never,
      'plan, lifetime: "crosSell" is not known (did you mean "crossSell"?)',
    ],
  ])('the plan %j is refused: %s', (plan, message) => {
    expect(() => readPlan(plan)).toThrow(message);
  });

  test('a discount of 0 and growth above the discount are fine with a horizon', () => {
    const lifetime = { discountRate: 0, growth: 0.1, horizonYears: 2 };
    // 0.8 × 1.1 + (0.8 × 1.1)²
    expect(valueOf({ ...constant(0.8), lifetime }).lifetimeValue).toBeCloseTo(60 * 1.6544, 9);
  });
});

describeOnRealBook('the lifetime values of the Spanish book', () => {
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const { book } = readExperience(
    sharedRows('data/spanish-motor/policy_years.csv.gz', ';'),
    columns,
  );
  const table = indicators(book, { asOf: '2018-12-31' });

  /** Premium × margin × the years of a sum over five thousand of them, against what is given. */
  function worstError(grades: Grades, rate: (year: number) => number) {
    const years = Array.from({ length: 60 }, (_, passed) => {
      let total = 0;
      let there = 1;
      for (let year = passed + 1; year <= passed + 5000; year++) {
        there *= rate(year) / 1.1;
        total += there;
      }
      return total;
    });
    const { annual_premium, tenure_years } = grades.table.columns;
    const { lifetime_value, lifetime_years } = grades.scores;
    let worst = 0;
    for (let row = 0; row < grades.length; row++) {
      const passed = Math.min(59, Math.max(0, Math.ceil(tenure_years[row]) - 1));
      const profit = annual_premium[row] * (0.7 - grades.scores.expected_loss_ratio[row]);
      const error = Math.abs(lifetime_value[row] - profit * years[passed]);
      worst = Math.max(worst, error / (1 + Math.abs(profit)));
      worst = Math.max(worst, Math.abs(lifetime_years[row] - years[passed]));
    }
    return { worst, years };
  }

  test('are premium × margin × years under the beta-geometric that scipy fits', () => {
    // scipy 1.17.1 (Nelder–Mead) on counts made in Python from the publisher's rows.
    const [alpha, beta] = [36.08905, 123.839704];
    const plan = { retention: { method: 'beta-geometric' } } as const;
    const { worst, years } = worstError(
      assess(table, calibrate(table, plan)),
      (year) => (beta + year - 1) / (alpha + beta + year - 1),
    );
    expect(worst).toBeLessThan(1e-6);
    // The same years by scipy's hyp2f1.
    expect(years[0]).toBeCloseTo(2.412701532, 7);
    expect(years[5]).toBeCloseTo(2.48554849, 7);
    expect(years[20]).toBeCloseTo(2.695821009, 7);
  });

  test('and under the curve as it was observed, which the plan that ships takes', () => {
    const model = calibrate(table);
    const { rates } = model.parameters.retention?.book ?? { rates: [] };
    const grades = assess(table, model);
    expect(worstError(grades, (year) => rates[Math.min(year, 60) - 1]).worst).toBeLessThan(1e-9);
    const { customers, lifetimeValue, profitAtStake, lossAtStake } = atStake(grades);
    // Of 52,314 graded customers, those with a policy in force.
    expect(customers).toBe(35905);
    expect(lifetimeValue).toBeCloseTo(3457703.6, 0);
    expect(profitAtStake + lossAtStake).toBeCloseTo(606167.4, 0);
    const { lifetime_value, lifetime_low, lifetime_high } = grades.scores;
    expect(lifetime_low.every((low, row) => low <= lifetime_value[row])).toBe(true);
    expect(lifetime_high.every((high, row) => high >= lifetime_value[row])).toBe(true);
  });
});
