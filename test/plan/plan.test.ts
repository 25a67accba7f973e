import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  indicators,
  MisuseError,
  type PlanInput,
  permissibleLossRatio,
  readBook,
  readIndicators,
  readPlan,
} from '../../src/index.js';
import { modelNotes } from '../../src/scoring/notes.js';
import { fixedModel } from '../support/fixed-model.js';

const table = () =>
  readIndicators(
    ['a', 'b', 'c', 'd', 'e'].map((customerId, k) => ({
      customerId,
      earnedPremium: 1000 + k,
      exposureYears: 3,
      claimCount: k === 4 ? 5 : 0,
      incurredLoss: k * 100,
      tenureYears: 3,
      annualPremium: [100, 300, 300, 200, 0][k],
    })),
  ).table;
const fault = (plan: unknown) => {
  try {
    readPlan(plan as PlanInput);
  } catch (error) {
    if (error instanceof MisuseError) return error.message;
  }
  return 'none';
};

test.each(['50000', [5], true])('a cap of %j is told what a cap may be', (cap) => {
  expect(() => readPlan({ claims: { cap: cap as never } })).toThrow(
    'plan, claims.cap: expected an amount, {"quantile": a share of claims} or {"premiums": how many',
  );
});

test('what would do nothing, or undo another setting, is refused', () => {
  const experience = (development: object) => () => readPlan({ experience: { development } });
  for (const development of [{}, { losses: {} }, { losses: { 6: 2 } }]) {
    expect(experience(development)).toThrow('a factor at an age of 12 months or more');
  }
  expect(() => readPlan({ risk: { otherwise: 'high-risk', highRiskCertainty: 0.9 } })).toThrow(
    'expected a rule for the worst tier where highRiskCertainty is asked',
  );
});

describe('the plan', () => {
  test('has the defaults of the design', () => {
    const plan = readPlan();
    expect(permissibleLossRatio(plan)).toBe(0.65);
    expect(plan.window.months).toBe(36);
    expect(plan.risk.minimumExposureYears).toBe(1);
    expect(plan.value).toEqual({ measure: 'annual_premium', cut: { share: 0.2 } });
    expect(plan.claims).toEqual({ notCounted: ['nil', 'withdrawn', 'inquiry'], cap: null });
  });

  test('read again, a plan is the same', () => {
    expect(readPlan(readPlan())).toEqual(readPlan());
  });

  test.each([
    [{ windows: {} }, 'plan: "windows" is not known (did you mean "window"?)'],
    [
      { pricing: { expenceRatio: 0.3 } },
      'plan, pricing: "expenceRatio" is not known (did you mean "expenseRatio"?)',
    ],
    [{ pricing: { expenseRatio: 1.3 } }, 'plan, pricing.expenseRatio: '],
    [
      { pricing: { expenseRatio: 0.7, profitMargin: 0.4 } },
      'expected expenseRatio + profitMargin below 1',
    ],
    [{ window: { months: 0 } }, 'plan, window.months: '],
    [{ window: { months: '36' } }, 'got "36"'],
    [{ risk: { rules: [{ tier: 'bad', when: 1 }] } }, 'plan, risk.rules.0.tier: '],
    [
      { risk: { rules: [{ tier: 'healthy', when: ['power', 1, 2] }] } },
      'plan, risk.rules.0.when.0: ',
    ],
    [{ service: { catalogue: {} } }, 'every service tier of the matrix in the catalogue'],
    [{ value: { cut: { shares: 0.2 } } }, 'plan, value.cut: '],
    [{ hints: [{ code: 'Bad Code' }] }, 'lower-case words joined by -'],
    ['plan', 'got "plan"'],
  ])('%j is refused: %s', (plan, message) => {
    expect(fault(plan)).toContain(message);
  });

  test('a rule that names what does not exist is told when the model is made, with the nearest name', () => {
    const plan: PlanInput = {
      risk: { rules: [{ tier: 'healthy', when: ['>', 'claim_cout', 1] }] },
    };
    expect(() => calibrate(table(), plan)).toThrow('did you mean "claim_count"?');
    expect(() => calibrate(table(), { value: { measure: 'annual_premum' } })).toThrow(
      'did you mean "annual_premium"?',
    );
  });
});

describe('where high value begins', () => {
  const cut = (value: PlanInput['value']) => calibrate(table(), { value }).parameters.value.cut;

  test('at the customer who is last among the top share; ties at the cut are all high', () => {
    expect(cut({ cut: { share: 0.2 } })).toBe(300);
    expect(cut({ cut: { share: 0.21 } })).toBe(300);
    expect(cut({ cut: { share: 0.6 } })).toBe(200);
    expect(cut({ cut: { share: 1 } })).toBe(0);
  });

  test('nowhere when nobody may be high', () => {
    expect(cut({ cut: { share: 0 } })).toBeNull();
  });

  test('at an amount, of any indicator', () => {
    expect(cut({ cut: { amount: 250 } })).toBe(250);
    expect(cut({ measure: 'earned_premium', cut: { share: 0.2 } })).toBe(1004);
  });
});

describe('calibrate', () => {
  test('refuses a book without premium', () => {
    const row = {
      customerId: 1,
      earnedPremium: 0,
      exposureYears: 0,
      claimCount: 0,
      incurredLoss: 0,
    };
    const none = readIndicators([{ ...row, tenureYears: 0, annualPremium: 0 }]).table;
    expect(() => calibrate(none)).toThrow(
      'earned premium and exposure above 0 in the book, got 0 and 0',
    );
  });

  test('says when customers do not differ, when there are no claims, and gives no credibility', () => {
    const rows = [1, 2, 3].map((customerId) => ({
      customerId,
      earnedPremium: 100,
      exposureYears: 1,
      claimCount: 1,
      incurredLoss: 50,
      tenureYears: 1,
      annualPremium: 100,
    }));
    const notes = (of: typeof rows) =>
      modelNotes(calibrate(readIndicators(of).table).parameters.experience.notes).join();
    expect(notes(rows)).toContain('vary no more than chance');
    expect(notes(rows.map((row) => ({ ...row, claimCount: 0, incurredLoss: 0 })))).toContain(
      'no claims',
    );
  });

  test('ready indicators have no years, so the method "loss-ratio" is refused', () => {
    expect(() => calibrate(table(), { experience: { method: 'loss-ratio' } })).toThrow(
      'use "frequency"',
    );
  });

  test('a table measured under another window, grace or claim statuses is refused', () => {
    const { book } = readBook(
      [{ customerId: 1, policyId: 1, from: '2023-01-01', to: '2024-01-01', premium: 100 }],
      [],
    );
    const measured = indicators(book, { asOf: '2024-01-01', plan: { window: { months: 24 } } });
    const refusal = 'measured with window {"months":24}, the plan has {"months":36}';
    expect(() => calibrate(measured)).toThrow(refusal);
    expect(() => assess(measured, fixedModel())).toThrow(refusal);
    expect(calibrate(measured, { window: { months: 24 } }).plan.window.months).toBe(24);
  });

  test('the hash of the book tells one book from another', () => {
    const other = readIndicators([
      {
        customerId: 'a',
        earnedPremium: 1,
        exposureYears: 1,
        claimCount: 0,
        incurredLoss: 0,
        tenureYears: 1,
        annualPremium: 1,
      },
    ]).table;
    expect(calibrate(table()).fittedOn.hash).toBe(calibrate(table()).fittedOn.hash);
    expect(calibrate(table()).fittedOn.hash).not.toBe(calibrate(other).fittedOn.hash);
  });
});
