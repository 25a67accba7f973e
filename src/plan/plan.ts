import * as z from 'zod/mini';
import { checked } from '../base/validation.js';
import type { Formula } from '../formulas/expression.js';
import { atLeastZero, part, share, withDefault } from './basics.js';
import { cardSchema } from './card.js';
import { defaultHints } from './default-hints.js';
import { claimsSchema, experienceSchema } from './experience.js';
import { amount, condition, namedFigure } from './formulas.js';
import { checkProhibited, prohibitedSchema, withStartingGrounds } from './grounds.js';
import { lifecycleSchema } from './lifecycle.js';
import { memorySchema } from './memory.js';
import { serviceSchema } from './service.js';
import { lifetimeSchema, retentionSchema, valueSchema } from './value.js';

export { type ClaimStatus, claimStatuses } from './experience.js';
export { changeCode, type Ground, groundsInForce } from './grounds.js';
export { type Loyalty, loyalties, type Purchase, purchases } from './lifecycle.js';
export { type Barred, barredAttribute } from './protected.js';

/** Risk tiers from the best to the worst; `unrated` says that there is too little to go by. */
export const riskTiers = ['excellent', 'healthy', 'sub-healthy', 'high-risk', 'unrated'] as const;
export type RiskTier = (typeof riskTiers)[number];
export const valueTiers = ['high', 'low'] as const;
export type ValueTier = (typeof valueTiers)[number];
/** Underwriting actions from the mildest to the most serious. There is no `decline`. */
export const actions = ['renew', 'reprice', 'restrict', 'refer'] as const;
export type Action = (typeof actions)[number];

const hintSchema = z.strictObject({
  /** Stable: stored grades and other programs know the hint by it. */
  code: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words joined by -')),
  action: z.enum(actions),
  /** When the hint is given: a formula over indicators, scores and the plan's settings. */
  when: condition,
  /** The sentence, with `{observed}` and `{compared}` where their values go. */
  text: z.string(),
  /** The same in other languages, by the name of the locale: `zh`, `et`. */
  texts: z.optional(z.record(z.string(), z.string())),
  /** The indicator or score that is observed, and what it is compared with. */
  indicator: namedFigure,
  compared: amount,
  /** Whether it speaks for the customer. */
  favours: withDefault(z.boolean(), false),
});
export type Hint = z.output<typeof hintSchema>;

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

/**
 * Too little experience or no premium → unrated; no claim in two years of cover, and none expected to
 * come to more than is permissible → excellent; then by loss ratio.
 */
const defaultRiskRules = [
  { tier: 'unrated', when: ['missing', 'rated_loss_ratio'] },
  { tier: 'unrated', when: ['not', ['>=', 'exposure_years', 'minimum_exposure_years']] },
  { tier: 'unrated', when: ['missing', 'claim_count'] },
  {
    tier: 'excellent',
    when: [
      'and',
      ['=', 'claim_count', 0],
      ['>=', 'exposure_years', 2],
      ['<=', 'expected_loss_ratio', 'permissible_loss_ratio'],
    ],
  },
  { tier: 'high-risk', when: ['>', 'rated_loss_ratio', 1] },
  { tier: 'sub-healthy', when: ['>', 'rated_loss_ratio', 'permissible_loss_ratio'] },
] satisfies { tier: RiskTier; when: Formula }[];

/**
 * How sure the default rules are of a high-risk customer: at three to one. One claim alone then seldom
 * makes high-risk, and the tier does not empty, as it nearly does at nine to one.
 */
const defaultCertainty = 0.75;

const riskSchema = z
  .strictObject({
    /** The loss ratio the rules see as `rated_loss_ratio`: weighed by credibility, or as observed. */
    basis: withDefault(z.enum(['credible', 'observed']), 'credible'),
    /** Less experience than this leaves a customer unrated, in exposure years. */
    minimumExposureYears: withDefault(atLeastZero, 1),
    /**
     * The first rule that holds gives the tier. `unique` says that the rules are meant to be bands of
     * which exactly one holds for every customer; it changes no grade, and `lint` checks it.
     */
    hit: z.optional(z.enum(['first', 'unique'])),
    rules: withDefault(
      z.array(z.strictObject({ tier: z.enum(riskTiers), when: condition })),
      defaultRiskRules,
    ),
    /** The tier when no rule holds. */
    otherwise: withDefault(z.enum(riskTiers), 'healthy'),
    /**
     * High-risk only with at least this probability that the true loss ratio is above the permissible
     * one; a customer that is less sure falls to the rules after it. Left out: 75 % by the default rules
     * on credible figures, not asked by rules of one's own.
     */
    highRiskCertainty: z.optional(z.number().check(z.gt(0), z.lt(1))),
  })
  .check(
    z.refine(
      ({ otherwise, highRiskCertainty }) => !(highRiskCertainty && otherwise === 'high-risk'),
      {
        error:
          'expected a rule for high-risk where highRiskCertainty is asked, not otherwise: "high-risk"',
      },
    ),
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
  prohibited: z.optional(prohibitedSchema(z.enum(actions))),
  service: part(serviceSchema),
  /** Underwriting hints; the most serious one that is given decides the action. */
  hints: withDefault(z.array(hintSchema), defaultHints),
});

export type Plan = z.output<typeof planSchema>;
/** A plan as people write it: whatever is left out has its default. */
export type PlanInput = z.input<typeof planSchema>;

/**
 * Checks a plan and fills in the defaults.
 *
 * @throws MisuseError naming the place, what was expected and the nearest valid name; also where the
 * plan uses what its own prohibited grounds bar
 * @example
 * ```ts
 * readPlan({ pricing: { expenseRatio: 0.25 } }).pricing.profitMargin; // => 0.05
 * ```
 */
export function readPlan(plan: PlanInput = {}): Plan {
  const {
    retention = {},
    lifetime = {},
    lifecycle = {},
    reasons = {},
    prohibited = { jurisdictions: [], grounds: [], allowed: {} },
    ...rest
  } = checked(planSchema, plan, 'plan');
  const byDefaultRules =
    plan.risk?.rules === undefined &&
    rest.risk.basis === 'credible' &&
    rest.risk.otherwise !== 'high-risk';
  const complete = {
    ...rest,
    risk: byDefaultRules ? { highRiskCertainty: defaultCertainty, ...rest.risk } : rest.risk,
    retention,
    lifetime,
    lifecycle,
    reasons,
    prohibited: withStartingGrounds(prohibited),
  };
  const read = checked(planSchema, complete, 'plan');
  checkProhibited(read);
  return read;
}

/** The share of premium that losses may take: 1 − expense ratio − profit margin. */
export function permissibleLossRatio({ pricing }: Plan): number {
  // Rounded to twelve places: 1 − 0.3 − 0.05 is 0.6499999999999999 in binary.
  return Number((1 - pricing.expenseRatio - pricing.profitMargin).toFixed(12));
}
