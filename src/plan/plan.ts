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
import { lifetimeSchema, retentionSchema, valueSchema } from './value.js';

const windowSchema = z.strictObject({
  /** Length of the observation window that ends at the as-of date: three years of experience. */
  months: withDefault(z.int().check(z.gte(1), z.lte(600)), 36),
});

const tenureSchema = z.strictObject({
  /** A gap in cover up to so many days does not end the relationship. */
  graceDays: withDefault(z.int().check(z.gte(0)), 30),
});

const pricingSchema = z
  .strictObject({
    /** Expenses and commission as a share of premium. */
    expenseRatio: withDefault(share, 0.3),
    /** The profit aimed at, as a share of premium. */
    profitMargin: withDefault(share, 0.05),
    /** The indicated change of premium is never a cut of more than this … */
    largestDecrease: withDefault(share, 0.25),
    /** … nor a rise of more than this. */
    largestIncrease: withDefault(atLeastZero, 0.5),
  })
  .check(
    z.refine(({ expenseRatio, profitMargin }) => expenseRatio + profitMargin < 1, {
      error: 'expected expenseRatio + profitMargin below 1',
    }),
  );

const reasonsSchema = z.strictObject({
  /**
   * The weightiest reasons are those that move the score furthest, or (`distance`, as plans before
   * had it) those whose observed value is the furthest from what it is compared with.
   */
  weighedBy: withDefault(z.enum(['score', 'distance']), 'score'),
});

/** The grading plan: the settings and rules that people edit. Every default is a convention of ours. */
export const planSchema = z.strictObject({
  name: withDefault(z.string(), 'default'),
  window: part(windowSchema),
  claims: part(claimsSchema),
  tenure: part(tenureSchema),
  pricing: part(pricingSchema),
  experience: part(experienceSchema),
  risk: part(riskSchema),
  value: part(valueSchema),
  // Plans in models stored before these parts existed lack them; readPlan fills them in.
  retention: z.optional(retentionSchema),
  lifetime: z.optional(lifetimeSchema),
  lifecycle: z.optional(lifecycleSchema),
  reasons: z.optional(reasonsSchema),
  /** How tiers are kept over time; left out: not at all. */
  memory: z.optional(memorySchema),
  /** The scorecard for people without history; left out: none. */
  card: z.optional(cardSchema),
  /** The currency that texts show money in, as `EUR`; left out: plain numbers. */
  currency: z.optional(
    z.string().check(z.regex(/^[A-Z]{3}$/, 'expected a code of three capitals (ISO 4217), as EUR')),
  ),
  /** What the law bars, by jurisdiction. */
  prohibited: z.optional(prohibitedSchema),
  service: part(serviceSchema),
  /** Underwriting hints; the most serious one that is given decides the action. */
  hints: withDefault(z.array(hintSchema), defaultHints),
});

export type Plan = z.output<typeof planSchema>;
/** A plan as people write it: whatever is left out has its default. */
export type PlanInput = z.input<typeof planSchema>;

/** The share of premium that losses may take: 1 − expense ratio − profit margin. */
export function permissibleLossRatio({ pricing }: Plan): number {
  // Rounded to twelve places: 1 − 0.3 − 0.05 is 0.6499999999999999 in binary.
  return Number((1 - pricing.expenseRatio - pricing.profitMargin).toFixed(12));
}
