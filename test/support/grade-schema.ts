import * as z from 'zod/mini';
import { groundsOfWeight } from '../../src/credibility/method.js';
import { condition } from '../../src/plan/formulas.js';
import { actions } from '../../src/plan/hint.js';
import { loyalties, purchases } from '../../src/plan/lifecycle.js';
import { valueTiers } from '../../src/plan/value.js';
import { heldBys } from '../../src/segments/memory.js';

// The shape of a grade for other programs, as `Grade` in grade.ts has it for ours. A new member of a
// grade stands in both: test/schema.test.ts does not compile while they differ. Then `npm run readme`
// writes schema/grade.schema.json. Grading never loads this file.

const maybe = z.nullable(z.number());
const interval = z.tuple([maybe, maybe]);
const riskTier = z.string();
const reason = {
  code: z.string(),
  text: z.string(),
  indicator: z.string(),
  observed: maybe,
  compared: maybe,
  favours: z.boolean(),
};

const override = z.strictObject({
  tier: riskTier,
  reason: z.string(),
  author: z.string(),
  until: z.string(),
});
const standing = z.strictObject({
  customerId: z.string(),
  asOf: z.string(),
  tier: riskTier,
  since: z.string(),
  worseSince: z.nullable(z.string()),
  renewals: maybe,
  override: z.nullable(override),
  observedTier: riskTier,
  heldBy: z.enum(heldBys),
  pending: z.nullable(riskTier),
  line: z.nullable(condition),
  graceUntil: z.nullable(z.string()),
  text: z.nullable(z.string()),
});

/** All that is returned for a customer. */
export const gradeSchema = z.strictObject({
  customerId: z.string(),
  risk: z.strictObject({
    tier: riskTier,
    rated: z.boolean(),
    expectedLossRatio: maybe,
    interval,
    intervalProbability: z.number(),
    probabilityAbovePermissible: maybe,
    observedLossRatio: maybe,
    credibility: maybe,
  }),
  value: z.strictObject({
    tier: z.enum(valueTiers),
    measure: z.string(),
    amount: maybe,
    cut: maybe,
    lifetimeValue: maybe,
    lifetimeInterval: interval,
    annualProfit: maybe,
    lifetimeYears: maybe,
    renewalProbability: maybe,
    profitAtStake: maybe,
  }),
  lifecycle: z.strictObject({ loyalty: z.enum(loyalties), purchase: z.enum(purchases) }),
  service: z.strictObject({
    tier: z.string(),
    entitlements: z.array(z.string()),
    budget: z.number(),
  }),
  underwriting: z.strictObject({
    action: z.enum(actions),
    indicatedChange: maybe,
    hints: z.array(z.strictObject({ ...reason, action: z.enum(actions) })),
    withheld: z.array(
      z.strictObject({
        code: z.string(),
        action: z.enum(actions),
        ground: z.string(),
        jurisdiction: z.string(),
        text: z.string(),
        citation: z.string(),
        date: z.string(),
      }),
    ),
  }),
  reasons: z.array(z.strictObject(reason)),
  conditions: z.array(
    z.strictObject({
      tier: riskTier,
      holds: z.boolean(),
      formula: condition,
      text: z.string(),
      comparisons: z.array(
        z.strictObject({
          formula: condition,
          text: z.string(),
          observed: maybe,
          compared: maybe,
          holds: z.boolean(),
        }),
      ),
    }),
  ),
  whyNot: z.nullable(
    z.strictObject({
      tier: z.nullable(riskTier),
      rule: condition,
      because: z.string(),
      claimFreeYears: maybe,
      claimFreeMonths: maybe,
      moreExperienceYears: maybe,
      text: z.string(),
    }),
  ),
  indicators: z.record(z.string(), maybe),
  attributes: z.record(z.string(), z.string()),
  standing: z.nullable(standing),
  model: z.strictObject({
    id: z.string(),
    hash: z.string(),
    method: z.string(),
    restsOn: z.optional(z.enum(groundsOfWeight)),
  }),
  inputsHash: z.string(),
  asOf: z.nullable(z.string()),
  locale: z.string(),
  currency: z.nullable(z.string()),
});
