import { expect, test } from 'vitest';
import { readExperience } from '../../../src/book/read-experience.js';
import { assess } from '../../../src/grading/assess.js';
import { calibrate } from '../../../src/grading/calibrate.js';
import { indicators } from '../../../src/indicators/indicators.js';
import type { PlanInput } from '../../../src/plan/plan.js';
import { describeKnownValues, sharedRows, sharedText } from '../../support/shared.js';

interface Reference {
  readonly T: number;
  readonly cap: number;
  readonly frequencyByPremium: number;
  readonly bookLossRatio: number;
  readonly phi: number | null;
  readonly spread: number;
  readonly weights:
    | {
        base: 'premium' | 'cover' | 'none';
        theta: number;
        K: number;
        weight: number;
      }[]
    | null;
  readonly customers: {
    readonly id: number;
    readonly relativity: number;
    readonly credibility: number;
    readonly expected: number;
    readonly low: number;
    readonly high: number;
    readonly probabilityAbove65: number;
  }[];
}

const year = (t: number) => 2001 + t;

/** A simulated book of the reference, calibrated and graded as of its last day. */
function gradedReference(name: string) {
  const reference: Reference = JSON.parse(sharedText(`oracles/rating/${name}.json`));
  const rows = sharedRows(`oracles/rating/${name}.csv`).map(({ id, t, ep, ex, n, y }) => ({
    customer_id: id,
    from: `${year(Number(t))}-01-01`,
    to: `${year(Number(t) + 1)}-01-01`,
    premium: ep,
    exposure: ex,
    claim_count: n,
    incurred: y,
  }));
  const plan: PlanInput = {
    experience: { method: 'credibility-average' },
    claims: { cap: { quantile: 0.99 } },
  };
  const asOf = `${year(reference.T)}-01-01`;
  const table = indicators(readExperience(rows).book, { asOf, plan });
  const model = calibrate(table, plan);
  const { experience } = model.parameters;
  if (experience.method !== 'credibility-average') throw new Error(experience.method);
  return { reference, model, experience, grades: assess(table, model) };
}

describeKnownValues('the credibility average of oracles/rating (reference.py, NumPy)', () => {
  test.each(['motor-1500', 'commercial-500', 'fleet-400', 'no-difference-1000', 'one-year-400'])(
    'of the book %s is that of the reference to 1e-9, interval ends to 1e-7',
    (name) => {
      const { reference, model, experience, grades } = gradedReference(name);
      const { scores, table } = grades;
      const lossRatio = model.parameters.book.lossRatio;
      expect(model.parameters.losses?.cap).toEqual({ amount: reference.cap });
      expect(lossRatio).toBeCloseTo(reference.bookLossRatio, 12);
      expect(experience.claimsPerPremium).toBeCloseTo(reference.frequencyByPremium, 12);
      expect(experience.spread.trueVariance).toBeCloseTo(reference.spread, 8);
      expect(experience.learnt === null).toBe(reference.weights === null);
      const probability = grades.scores.probability_above_permissible;
      const row = new Map(table.ids.map((id, k) => [id, k]));
      const worst = { expected: 0, credibility: 0, ends: 0, probability: 0 };
      for (const customer of reference.customers) {
        const k = row.get(String(customer.id)) ?? -1;
        const off = (key: keyof typeof worst, value: number, known: number) => {
          worst[key] = Math.max(worst[key], Number.isNaN(value) ? 1 : Math.abs(value - known));
        };
        off('expected', scores.expected_loss_ratio[k], customer.expected);
        off('credibility', scores.credibility[k], customer.credibility);
        off('ends', scores.expected_low[k], customer.low);
        off('ends', scores.expected_high[k], customer.high);
        off('probability', probability[k], customer.probabilityAbove65);
      }
      expect(worst.expected).toBeLessThan(1e-9);
      expect(worst.credibility).toBeLessThan(1e-9);
      expect(worst.probability).toBeLessThan(1e-8);
      expect(worst.ends).toBeLessThan(1e-7);
      expect(table.length).toBe(reference.customers.length);
    },
  );

  test('keeps the formulas that carry weight, with that weight', () => {
    const { reference, experience } = gradedReference('commercial-500');
    const bases = { premium: 'earned_premium', cover: 'exposure_years', none: undefined };
    const known = (reference.weights ?? []).filter(({ base }) => base !== 'none');
    expect(experience.formulas).toHaveLength(known.length);
    known.forEach(({ base, theta, K, weight }, k) => {
      const formula = experience.formulas[k];
      expect([formula.base, formula.lossShare, formula.claimsForHalf]).toEqual([
        bases[base],
        theta,
        K,
      ]);
      expect(formula.weight).toBeCloseTo(weight, 9);
    });
    expect(experience.learnt?.dispersion).toBeCloseTo(reference.phi ?? 0, 9);
  });
});
