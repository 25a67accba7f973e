import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  type Customer,
  calibrate,
  type Grades,
  gradeAt,
  grader,
  indicators,
  type PlanInput,
  readBook,
  riskTiers,
} from '../../../src/index.js';
import { simulate } from '../../../src/simulate.js';
import { anyCap, customerAt, graded } from '../../support/experience.js';
import { fixedModel, steady } from '../../support/fixed-model.js';
import { withPremium } from '../../support/random-book.js';
import { runs } from '../../support/slow.js';

const ranks: readonly string[] = riskTiers;

const methods = ['frequency', 'frequency-severity', 'loss-ratio'] as const;
const [subHealthy, highRisk] = [ranks.indexOf('sub-healthy'), ranks.indexOf('high-risk')];

const { policies, claims, asOf } = simulate({ customers: 1500, seed: 2, years: 3, differences: 2 });
const { book } = readBook({ ...policies }, { ...claims });
const simulated = (plan: PlanInput): Grades => {
  const table = indicators(book, { asOf, plan });
  return assess(table, calibrate(table, plan));
};

describe('the probability that the true loss ratio is above the permissible one', () => {
  const probability = (claimCount: number, earnedPremium = 1200) =>
    Number(
      grader(fixedModel())({ ...steady, claimCount, earnedPremium }).risk
        .probabilityAbovePermissible,
    );

  test('by hand: without a claim the loss ratio is exponential around the expected one', () => {
    // Expected 0.6 ÷ 1.48, permissible 0.65.
    expect(probability(0)).toBeCloseTo(Math.exp((-0.65 * 1.48) / 0.6), 12);
    // With one claim it is of shape 2: e^−x (1 + x), x = 0.65 × 1.48 ÷ 0.6.
    const x = (0.65 * 1.48) / 0.6;
    expect(probability(1)).toBeCloseTo(Math.exp(-x) * (1 + x), 12);
  });

  test('is about a half where much experience comes to just the permissible one', () => {
    // 0.6 × (1 + n) ÷ (1 + P ÷ 2500) = 0.65.
    const at = (n: number) => probability(n, 2500 * ((0.6 * (1 + n)) / 0.65 - 1));
    expect(at(5000)).toBeGreaterThan(0.49);
    expect(at(5000)).toBeLessThan(0.5);
    expect(at(20)).toBeGreaterThan(0.45);
    expect(at(20)).toBeLessThan(at(5000));
  });

  test('is missing without premium', () => {
    const { risk } = grader(fixedModel())({ ...steady, earnedPremium: 0, claimCount: 3 });
    expect(risk.probabilityAbovePermissible).toBeNull();
  });

  test.each(methods)('is near what comes true, where the truth is known: %s', (method) => {
    const { truth } = simulate({ customers: 1500, seed: 2, years: 3, differences: 2 });
    const trueRelativity = new Map(truth.customer_id.map((id, k) => [id, truth.relativity[k]]));
    const grades = simulated({ experience: { method } });
    const { lossRatio } = grades.model.parameters.book;
    const found = grades.scores.probability_above_permissible;
    // Of those with a probability in the upper half more are above than of those in the lower.
    const above = grades.table.ids.map(
      (id) => lossRatio * (trueRelativity.get(id) ?? Number.NaN) > 0.65,
    );
    const share = (from: number, to: number) => {
      const rows = [...found.keys()].filter((row) => found[row] >= from && found[row] < to);
      return rows.filter((row) => above[row]).length / rows.length;
    };
    expect(share(0.5, 1.01)).toBeGreaterThan(share(0, 0.5) + 0.2);
  });
});

describe('certainty asked of high-risk', () => {
  test.each(methods)(
    'moves exactly those who are less sure to the rule after it, and nobody else: %s',
    (method) => {
      const experience = { method };
      const before = simulated({ experience });
      const after = simulated({ experience, risk: { highRiskCertainty: 0.8 } });
      const probability = before.scores.probability_above_permissible;
      const wanted = before.tiers.risk_tier.map((tier, row) =>
        tier === highRisk && probability[row] < 0.8 ? subHealthy : tier,
      );
      expect(after.tiers.risk_tier).toEqual(wanted);
      expect(after.scores).toEqual(before.scores);
      const count = (tiers: Uint8Array) => tiers.filter((tier) => tier === highRisk).length;
      expect(count(wanted)).toBeGreaterThan(0);
      expect(count(wanted)).toBeLessThan(count(before.tiers.risk_tier));
    },
  );

  test('that everybody reaches changes no tier', () => {
    const before = simulated({});
    const after = simulated({ risk: { highRiskCertainty: 1e-9 } });
    expect(after.tiers).toEqual(before.tiers);
  });

  test('falls to whatever comes next in the plan', () => {
    const risk = (highRiskCertainty?: number): PlanInput => ({
      risk: {
        rules: [
          { tier: 'high-risk', when: ['>', 'rated_loss_ratio', 1] },
          { tier: 'excellent', when: ['>=', 'tenure_years', 3] },
        ],
        otherwise: 'healthy',
        ...(highRiskCertainty && { highRiskCertainty }),
      },
    });
    const tier = (plan: PlanInput, tenureYears: number) =>
      grader(fixedModel(plan))({ ...steady, claimCount: 2, tenureYears }).risk.tier;
    expect([tier(risk(), 3), tier(risk(0.75), 3)]).toEqual(['high-risk', 'high-risk']);
    // Its probability is 78.2 %.
    expect([tier(risk(0.8), 3), tier(risk(0.8), 2)]).toEqual(['excellent', 'healthy']);
  });

  test('leaves it that a claim no smaller than those before never gives a better tier', () => {
    fc.assert(
      fc.property(
        withPremium,
        fc.constantFrom(...methods),
        anyCap,
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        (book, method, cap, highRiskCertainty, size) => {
          const plan = { experience: { method }, claims: { cap }, risk: { highRiskCertainty } };
          const grades = graded(book, plan);
          const { experience } = grades.model.parameters;
          const ofBook = experience.method === 'frequency-severity' ? experience.severity : 0;
          const grade = grader(grades.model);
          for (let row = 0; row < grades.length; row++) {
            let customer = customerAt(grades, row);
            let rank = ranks.indexOf(grade(customer).risk.tier);
            for (let more = 0; more < 4; more++) {
              const own = Number(customer.cappedLoss) / Math.max(1, customer.claimCount);
              customer = withClaim(customer, size * Math.max(own, ofBook, 0.01));
              const next = ranks.indexOf(grade(customer).risk.tier);
              expect(next).toBeGreaterThanOrEqual(rank);
              rank = next;
            }
          }
        },
      ),
      { numRuns: runs(60) },
    );
  });

  test('is explained in words to those whom it makes high-risk and to those it does not', () => {
    const whyNot = (claimCount: number, highRiskCertainty: number) =>
      grader(fixedModel({ risk: { highRiskCertainty } }))({ ...steady, claimCount }).whyNot;
    expect(whyNot(2, 0.7)?.text).toBe(
      'high-risk because expected loss ratio is above 1 and probability of a loss ratio above the permissible is at least 0.7; about 3 more claim-free years, or fewer, would lead to excellent',
    );
    expect(whyNot(2, 0.8)?.because).toBe('expected loss ratio is above permissible loss ratio');
    const grades = simulated({ risk: { highRiskCertainty: 0.8 } });
    for (let row = 0; row < 200; row++) {
      const { whyNot, risk } = gradeAt(grades)(row);
      expect(whyNot === null).toBe(risk.tier === 'excellent');
      expect(whyNot?.text ?? '').not.toMatch(/_|NaN|undefined/);
      if (whyNot?.tier) {
        expect(ranks.indexOf(whyNot.tier)).toBeLessThan(ranks.indexOf(risk.tier));
      }
    }
  });
});

/** The customer after one more claim of an amount. */
function withClaim(customer: Customer, amount: number): Customer {
  return {
    ...customer,
    claimCount: customer.claimCount + 1,
    incurredLoss: customer.incurredLoss + amount,
    cappedLoss: Number(customer.cappedLoss) + amount,
    largestClaim: Math.max(Number(customer.largestClaim), amount),
    recentClaimCount: Number(customer.recentClaimCount) + 1,
    claimFreeYears: 0,
  };
}
