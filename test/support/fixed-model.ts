import { type Customer, type Model, type PlanInput, readPlan } from '../../src/index.js';
import { measuredIndicators } from '../../src/indicators/indicators.js';
import { sealModel } from '../../src/model/model.js';

/**
 * A model with round figures, so that a test can say by hand what must come out: the book's loss
 * ratio is 60 %, it has a claim per 2,500 of premium and 0.2 claims per year, relativities have
 * variance 1, and high value begins at 500 a year.
 *
 * With n claims on premium P: expected loss ratio = 0.6 × (1 + n) ÷ (1 + P ÷ 2500).
 */
export function fixedModel(plan: PlanInput = {}): Model {
  return sealModel({
    plan: readPlan(plan),
    parameters: {
      book: { lossRatio: 0.6, claimFrequency: 0.2, claimsPerPremium: 1 / 2500 },
      experience: {
        method: 'frequency',
        base: 'earned_premium',
        collectiveLossRatio: 0.6,
        claimsPerBase: 1 / 2500,
        relativityVariance: 1,
        lowAtClaims: [0.1, 0.5],
        highAtClaims: [2.3, 3.9],
        normalQuantile: 1.2815515655446004,
        notes: [],
      },
      value: { measure: 'annual_premium', cut: 500 },
      inputs: [...measuredIndicators],
      losses: { cap: null, cappedLoss: 6e5, excessLoss: 0 },
      balance: { expectedLoss: 6e5, actualLoss: 6e5, factor: 1 },
    },
    fittedOn: {
      asOf: '2024-01-01',
      window: null,
      customers: 100,
      premium: 1e6,
      hash: '0'.repeat(64),
    },
  });
}

/** Three years at 400 a year without a claim, with us for three years. */
export const steady: Customer = Object.freeze({
  customerId: 'steady',
  earnedPremium: 1200,
  exposureYears: 3,
  claimCount: 0,
  incurredLoss: 0,
  tenureYears: 3,
  annualPremium: 400,
});
