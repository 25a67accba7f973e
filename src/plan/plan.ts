import * as z from 'zod/mini';
import { atLeastZero, part, share, withDefault } from './basics.js';
import { cardSchema } from './card.js';
import { claimsSchema } from './claims.js';
import { defaultHints } from './default-hints.js';
import { experienceSchema } from './experience.js';
import { prohibitedSchema } from './ground.js';
import { hintSchema } from './hint.js';
import { lifecycleSchema } from './lifecycle.js';
import { memorySchema } from './memory.js';
import { riskSchema } from './risk.js';
import { serviceSchema } from './service.js';
import { tierFaults } from './tier-faults.js';
import { lifetimeSchema, retentionSchema, valueSchema } from './value.js';

const windowSchema = z.strictObject({
  /** Length of the observation window, which ends at the as-of date, in months. */
  months: withDefault(z.int().check(z.gte(1), z.lte(600)), 36),
});

const tenureSchema = z.strictObject({
  /** A gap in cover of up to this many days does not end the relationship. */
  graceDays: withDefault(z.int().check(z.gte(0)), 30),
});

const pricingSchema = z
  .strictObject({
    /** Expenses and commission, as a share of premium. */
    expenseRatio: withDefault(share, 0.3),
    /** The profit aimed at, as a share of premium. */
    profitMargin: withDefault(share, 0.05),
    /** The indicated change of premium is never a larger decrease than this. */
    largestDecrease: withDefault(share, 0.25),
    /** The indicated change of premium is never a larger increase than this. */
    largestIncrease: withDefault(atLeastZero, 0.5),
  })
  .check(
    z.refine(({ expenseRatio, profitMargin }) => expenseRatio + profitMargin < 1, {
      error: 'expected expenseRatio + profitMargin below 1',
    }),
  );

const reasonsSchema = z.strictObject({
  /**
   * Reasons are ordered by how far they move the score (score) or by the distance between the
   * observed value and what it is compared with (distance).
   */
  weighedBy: withDefault(z.enum(['score', 'distance']), 'score'),
});

const planShape = z.strictObject({
  /** What the plan and the models made from it are called. */
  name: withDefault(z.string(), 'default'),
  /** The observation window: the time before the as-of date that is looked at. */
  window: part(windowSchema),
  /** What counts as a claim, and how much of a large one. */
  claims: part(claimsSchema),
  /** How long a relationship lasts. */
  tenure: part(tenureSchema),
  /** What the premium must pay for: losses may take 1 − expenseRatio − profitMargin of it. */
  pricing: part(pricingSchema),
  /** How a customer's own experience is weighed against the book's. */
  experience: part(experienceSchema),
  /** The risk tiers and the rules that assign them. */
  risk: part(riskSchema),
  /** What a customer is worth, and where high value begins. */
  value: part(valueSchema),
  /** How the probability of staying is estimated. */
  retention: part(retentionSchema),
  /** How a customer's future is valued. */
  lifetime: part(lifetimeSchema),
  /** Where customers are in their life with the insurer: the first rule that holds. */
  lifecycle: part(lifecycleSchema),
  /** Which reasons a grade gives. */
  reasons: part(reasonsSchema),
  /** How tiers are kept over time. Left out: every day stands alone. */
  memory: z.optional(memorySchema),
  /** The scorecard for applicants without history. Left out: none. */
  card: z.optional(cardSchema),
  /** The currency of amounts in texts, as an ISO 4217 code such as EUR. Left out: plain numbers. */
  currency: z.optional(
    z.string().check(z.regex(/^[A-Z]{3}$/, 'expected a code of three capitals (ISO 4217), as EUR')),
  ),
  /** What the law bars, by jurisdiction: hints that rest on it are withheld. Not legal advice. */
  prohibited: part(prohibitedSchema),
  /** What customers get. */
  service: part(serviceSchema),
  /**
   * Underwriting hints: each says when it is given, what it observes and what that is compared
   * with. The most serious action of those given is the underwriting action.
   */
  hints: withDefault(z.array(hintSchema), defaultHints),
});

/** The grading plan: the settings and rules that people edit. Every default is a convention of ours. */
export const planSchema = planShape.check(({ value, issues }) => {
  issues.push(...tierFaults(value));
});

export type Plan = z.output<typeof planSchema>;
/** A plan as people write it: whatever is left out has its default. */
export type PlanInput = z.input<typeof planSchema>;

/** The share of premium that losses may take: 1 − expense ratio − profit margin. */
export function permissibleLossRatio({ pricing }: Plan): number {
  // Rounded to twelve places: 1 − 0.3 − 0.05 is 0.6499999999999999 in binary.
  return Number((1 - pricing.expenseRatio - pricing.profitMargin).toFixed(12));
}
