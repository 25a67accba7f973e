import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, scoringFormulas } from '../../src/formula.js';
import {
  assess,
  type Customer,
  calibrate,
  gradeAt,
  grader,
  indicators,
  type PlanInput,
  readBook,
} from '../../src/index.js';
import { simulate } from '../../src/simulate.js';
import { fixedModel, steady } from '../support/fixed-model.js';
import { asOf, randomPlan, withPremium } from '../support/random-book.js';
import { runs } from '../support/slow.js';

const grade = (change: Partial<Customer> = {}, plan: PlanInput = {}) =>
  grader(fixedModel(plan))({ ...steady, ...change } as Customer);
const codes = (change: Partial<Customer>, plan: PlanInput = {}) =>
  grade(change, plan).reasons.map(({ code }) => code);

describe('the order of reasons', () => {
  // Of 60 % expected without own experience, premium 3,750 and 1 claim make 0.6 × 2 ÷ 2.5 = 48 %:
  // 12 points less.
  const one = { earnedPremium: 3750, claimCount: 1, tenureYears: 9, annualPremium: 900 };

  test('is by how far each moves the score, in points of loss ratio', () => {
    // Observed 100 %: credibility takes 52 points off; own experience moves 12.
    expect(codes({ ...one, incurredLoss: 3750 })).toEqual([
      'within-permissible',
      'observed-above-expected',
      'fewer-claims-than-average',
      'high-value',
    ]);
    // Observed 54 %, within a tenth of 48 % no more: it moves 6 points, less than the 12.
    expect(codes({ ...one, incurredLoss: 2025 })).toEqual([
      'within-permissible',
      'fewer-claims-than-average',
      'observed-above-expected',
      'high-value',
    ]);
  });

  test('puts last what says nothing of the score, however far it is apart', () => {
    const rich = { ...one, annualPremium: 1e9, tenureYears: 99 };
    expect(codes({ ...rich, incurredLoss: 2025 }).indexOf('high-value')).toBe(3);
    expect(codes({ ...rich, incurredLoss: 2025 }, { reasons: { weighedBy: 'distance' } })).toEqual([
      'within-permissible',
      'high-value',
      'long-relationship',
      'fewer-claims-than-average',
    ]);
  });

  test.each(['frequency', 'frequency-severity', 'loss-ratio'] as const)(
    'sets own experience against what %s expects of a customer of whom nothing is known',
    (method) => {
      const { policies, claims, asOf } = simulate({ customers: 800, seed: 3, years: 4 });
      const table = indicators(readBook(policies, claims).book, { asOf });
      const model = calibrate(table, { experience: { method } });
      // Hardly any premium and no claim leave hardly any credibility.
      const unknown = grader(model)({ ...steady, earnedPremium: 1e-9, exposureYears: 1e-9 });
      const [prior] = evaluate(scoringFormulas(model), table.columns, table.length, [
        'prior_loss_ratio',
      ]).prior_loss_ratio;
      expect(prior).toBeGreaterThan(0.1);
      expect(unknown.risk.expectedLossRatio).toBeCloseTo(prior, 9);
    },
  );

  test('is told by a plan that knows no other way', () => {
    expect(() => grade({}, { reasons: { weighedBy: 'size' as 'score' } })).toThrow(
      'plan, reasons.weighedBy',
    );
  });
});

describe('conditions', () => {
  const told = (change: Partial<Customer>, plan: PlanInput = {}) =>
    grade(change, plan).conditions.map(({ tier, holds, comparisons }) => [
      tier,
      holds,
      ...comparisons.map((each) => [each.text, each.observed, each.compared, each.holds]),
    ]);

  test('are the rules up to the one that decided, observed and compared', () => {
    const expected = (0.6 * 2) / 1.48;
    expect(told({ claimCount: 1 })).toEqual([
      ['unrated', false, ['expected loss ratio is missing', expected, null, false]],
      ['unrated', false, ['exposure is not at least experience needed', 3, 1, false]],
      ['unrated', false, ['claims is missing', 1, null, false]],
      ['excellent', false, ['claims is 0', 1, 0, false]],
      ['high-risk', false, ['expected loss ratio is above 100%', expected, 1, false]],
      [
        'sub-healthy',
        true,
        ['expected loss ratio is above permissible loss ratio', expected, 0.65, true],
      ],
    ]);
    expect(told({ exposureYears: 0.5 })).toHaveLength(2);
  });

  test('of several comparisons are told one by one, a not brought to each', () => {
    const plan: PlanInput = {
      risk: {
        rules: [
          {
            tier: 'high-risk',
            when: [
              'and',
              ['>', 'loss_ratio', 1],
              ['not', ['or', ['<', 'claim_count', 3], 'lapsed']],
            ],
          },
        ],
        otherwise: 'healthy',
      },
    };
    const customer = { claimCount: 2, incurredLoss: 2400, lapsed: 0 };
    expect(told(customer, plan)).toEqual([
      [
        'high-risk',
        false,
        ['observed loss ratio is above 100%', 2, 1, true],
        ['claims is not below 3', 2, 3, false],
        ['not lapsed', 0, null, true],
      ],
    ]);
    expect(grade(customer, plan).conditions[0].text).toBe(
      'observed loss ratio is above 100% and (not (claims is below 3 or lapsed))',
    );
  });

  test('do not hold of what is missing', () => {
    const when = ['and', 'lapsed', ['>', 'claim_count', 0]] as const;
    const plan: PlanInput = { risk: { rules: [{ tier: 'high-risk', when }] } };
    expect(told({ claimCount: 1 }, plan)).toEqual([
      ['high-risk', false, ['lapsed', null, null, false], ['claims is above 0', 1, 0, true]],
    ]);
  });

  test('name the loss ratio that the plan rates on, and the certainty it asks', () => {
    const plan: PlanInput = { risk: { basis: 'observed', highRiskCertainty: 0.7 } };
    const [, , , , { text }] = grade({ claimCount: 2, incurredLoss: 300 }, plan).conditions;
    expect(text).toBe(
      'observed loss ratio is above 100% and probability of a loss ratio above the permissible is at least 70%',
    );
  });

  test('decide in every book: the one that holds is the last and gives the tier', () => {
    fc.assert(
      fc.property(withPremium, randomPlan, (book, plan) => {
        const table = indicators(readBook(book.policies, book.claims).book, { asOf, plan });
        const model = calibrate(table, plan);
        const at = gradeAt(assess(table, model));
        for (let row = 0; row < table.length; row++) {
          const { conditions, risk } = at(row);
          const { rules, otherwise } = model.plan.risk;
          const decided = conditions.findIndex(({ holds }) => holds);
          expect(risk.tier).toBe(decided < 0 ? otherwise : conditions[decided].tier);
          expect(conditions).toHaveLength(decided < 0 ? rules.length : decided + 1);
          // The default plan's rules are one comparison each.
          for (const { holds, comparisons } of conditions) expect(comparisons[0].holds).toBe(holds);
        }
      }),
      { numRuns: runs(30) },
    );
  });
});

describe('the smallest lawful change', () => {
  test('is told in whole months: a claim 15 months ago leaves a window of 36 in 21', () => {
    const { whyNot } = grade({ claimCount: 2, claimFreeYears: 1.25 });
    expect(whyNot).toMatchObject({ tier: 'excellent', claimFreeYears: 2, claimFreeMonths: 21 });
  });

  test('is the month in which more premium is enough', () => {
    // 0.6 × 2 ÷ (1 + P ÷ 2500) is 0.65 at P = 2115.4; a thirty-sixth of the 2,000 leaves a month and
    // a twelfth of 3,000 comes, 194.4 more: one month.
    const { whyNot } = grade({
      claimCount: 1,
      earnedPremium: 2000,
      annualPremium: 3000,
      claimFreeYears: 0.5,
    });
    expect(whyNot).toMatchObject({ tier: 'healthy', claimFreeYears: 1, claimFreeMonths: 1 });
  });

  test('gives the rule that decided as data', () => {
    expect(grade({ claimCount: 2 }).whyNot?.rule).toEqual(['>', 'expected_loss_ratio', 1]);
  });
});
