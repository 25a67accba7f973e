import * as z from 'zod/mini';
import { checked } from './check.js';
import type { Formula, FormulaCall } from './expression.js';
import { defaultHints } from './hints.js';
import { type Operator, operatorNames } from './operators.js';

/** Risk tiers from the best to the worst; `unrated` says that there is too little to go by. */
export const riskTiers = ['excellent', 'healthy', 'sub-healthy', 'high-risk', 'unrated'] as const;
export type RiskTier = (typeof riskTiers)[number];
export const valueTiers = ['high', 'low'] as const;
export type ValueTier = (typeof valueTiers)[number];
/** Underwriting actions from the mildest to the most serious. There is no `decline`. */
export const actions = ['renew', 'reprice', 'restrict', 'refer'] as const;
export type Action = (typeof actions)[number];

/** Claim statuses; one that a file leaves out counts as open. */
export const claimStatuses = ['open', 'closed', 'nil', 'withdrawn', 'inquiry'] as const;

const formulaSchema: z.ZodMiniType<Formula, Formula> = z.lazy(() =>
  z.union([z.number(), z.string().check(z.minLength(1)), formulaCallSchema]),
);
const formulaCallSchema: z.ZodMiniType<FormulaCall, FormulaCall> = z.readonly(
  z.tuple([z.enum(operatorNames as [Operator, ...Operator[]])], formulaSchema),
);

const share = z.number().check(z.gte(0), z.lte(1));
const atLeastZero = z.number().check(z.gte(0));
const withDefault = z._default;
/** A part of the plan that may be left out whole: its members' defaults hold. */
const part = <S extends z.ZodMiniObject>(schema: S) => z.prefault(schema, {} as z.input<S>);

const hintSchema = z.strictObject({
  /** Stable: stored grades and other programs know the hint by it. */
  code: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words joined by -')),
  action: z.enum(actions),
  /** When the hint is given: a formula over indicators, scores and the plan's settings. */
  when: formulaSchema,
  /** The sentence, with `{observed}` and `{compared}` where their values go. */
  text: z.string(),
  /** The indicator or score that is observed, and what it is compared with. */
  indicator: z.string(),
  compared: formulaSchema,
  /** Whether it speaks for the customer. */
  favours: withDefault(z.boolean(), false),
});
export type Hint = z.output<typeof hintSchema>;

const windowSchema = z.strictObject({
  /** Length of the observation window that ends at the as-of date: three years of experience. */
  months: withDefault(z.int().check(z.gte(1), z.lte(600)), 36),
});

const claimsSchema = z.strictObject({
  /** Statuses whose claims are not counted: they cost nothing and several laws bar their use. */
  notCounted: withDefault(z.array(z.enum(claimStatuses)), ['nil', 'withdrawn', 'inquiry']),
  /**
   * Each claim counts up to this much in capped_loss: an amount, a quantile of the book's claims, or
   * a multiple of the annual premium of the term it fell in; null: no cap.
   */
  cap: withDefault(
    z.nullable(
      z.union(
        [
          z.number().check(z.positive()),
          z.strictObject({ quantile: z.number().check(z.gt(0), z.lt(1)) }),
          z.strictObject({ premiums: z.number().check(z.positive()) }),
        ],
        {
          error:
            'expected an amount, {"quantile": a share of claims} or {"premiums": how many times the annual premium}',
        },
      ),
    ),
    null,
  ),
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

/** Factors that bring what was known at an age in months to what it will come to. */
const factorsByAge = z.record(
  z.string().check(z.regex(/^[1-9]\d*$/, 'expected an age in whole months')),
  z.number().check(z.positive()),
);

// What may be left out without a default says so by its absence, so that models stored before it
// existed keep their content and hash.
const experienceSchema = z
  .strictObject({
    /**
     * How experience is weighed against the book: claim counts, counts and sizes, yearly loss ratios,
     * or what tells best which customers cost more in the latest year of the book's own history.
     */
    method: withDefault(
      z.enum(['frequency', 'frequency-severity', 'loss-ratio', 'auto']),
      'frequency',
    ),
    /** What expected claims are in proportion to; `auto` tries both. */
    base: withDefault(z.enum(['earned_premium', 'exposure_years']), 'earned_premium'),
    /** Estimator of the between-customer variance, for `loss-ratio`. */
    estimator: withDefault(z.enum(['unbiased', 'iterative']), 'unbiased'),
    /** Probability of the interval around the expected loss ratio. */
    interval: withDefault(z.number().check(z.gt(0), z.lt(1)), 0.8),
    /**
     * Whom a customer is compared with: those who share its line, channel, branch or another
     * attribute, themselves weighed against the book. Left out: the whole book.
     */
    complement: z.optional(z.string().check(z.minLength(1))),
    /** Each experience year against the book's same year, so that an unfinished one is no good one. */
    relativeTo: z.optional(z.literal('book-year')),
    /** Or development: what claims and losses known at an age in months grow by; 1 beyond the last. */
    development: z.optional(
      z
        .strictObject({ claims: z.optional(factorsByAge), losses: z.optional(factorsByAge) })
        .check(
          z.refine(
            ({ claims, losses }) =>
              [claims, losses].some((ages) =>
                Object.keys(ages ?? {}).some((age) => Number(age) >= 12),
              ),
            { error: 'expected claims or losses with a factor at an age of 12 months or more' },
          ),
        ),
    ),
    /** A year weighs so much of the year after it, as older years tell less; left out: as much. */
    fade: z.optional(z.number().check(z.gt(0), z.lte(1))),
  })
  .check(
    z.refine(({ relativeTo, development }) => !(relativeTo && development), {
      error: 'expected relativeTo or development, not both: each allows for unfinished years',
    }),
  );

/** Too little experience or no premium → unrated; no claim → excellent; then by loss ratio. */
const defaultRiskRules = [
  { tier: 'unrated', when: ['missing', 'rated_loss_ratio'] },
  { tier: 'unrated', when: ['not', ['>=', 'exposure_years', 'minimum_exposure_years']] },
  { tier: 'unrated', when: ['missing', 'claim_count'] },
  { tier: 'excellent', when: ['=', 'claim_count', 0] },
  { tier: 'high-risk', when: ['>', 'rated_loss_ratio', 1] },
  { tier: 'sub-healthy', when: ['>', 'rated_loss_ratio', 'permissible_loss_ratio'] },
] satisfies { tier: RiskTier; when: Formula }[];

const riskSchema = z
  .strictObject({
    /** The loss ratio the rules see as `rated_loss_ratio`: weighed by credibility, or as observed. */
    basis: withDefault(z.enum(['credible', 'observed']), 'credible'),
    /** Less experience than this leaves a customer unrated, in exposure years. */
    minimumExposureYears: withDefault(atLeastZero, 1),
    /** The first rule that holds gives the tier. */
    rules: withDefault(
      z.array(z.strictObject({ tier: z.enum(riskTiers), when: formulaSchema })),
      defaultRiskRules,
    ),
    /** The tier when no rule holds. */
    otherwise: withDefault(z.enum(riskTiers), 'healthy'),
    /**
     * High-risk only with at least this probability that the true loss ratio is above the permissible
     * one; a customer that is less sure falls to the rules after it. Left out: not asked.
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

const valueSchema = z.strictObject({
  /** The indicator that value is measured by. */
  measure: withDefault(z.string(), 'annual_premium'),
  /** High value: the top share of customers, or an amount and above; never a value of 0. */
  cut: withDefault(z.union([z.strictObject({ share }), z.strictObject({ amount: z.number() })]), {
    share: 0.2,
  }),
});

const services = z.strictObject({ high: z.string(), low: z.string() });
const serviceSchema = z
  .strictObject({
    /** The service tier for each risk and value tier. */
    matrix: withDefault(
      z.strictObject({
        excellent: services,
        healthy: services,
        'sub-healthy': services,
        'high-risk': services,
        unrated: services,
      }),
      {
        excellent: { high: 'signature', low: 'plus' },
        healthy: { high: 'plus', low: 'standard' },
        'sub-healthy': { high: 'standard', low: 'basic' },
        'high-risk': { high: 'basic', low: 'basic' },
        unrated: { high: 'standard', low: 'standard' },
      },
    ),
    /** What each service tier entitles to, the richest first; the budget is per customer and year. */
    catalogue: withDefault(
      z.record(
        z.string(),
        z.strictObject({ entitlements: z.array(z.string()), budget: atLeastZero }),
      ),
      {
        signature: {
          entitlements: [
            'personal manager',
            'claims settled first, part payment at once',
            'courtesy car',
            'annual inspection',
            'congratulations',
          ],
          budget: 500,
        },
        plus: {
          entitlements: [
            'claims settled fast, part payment at once',
            'courtesy car',
            'congratulations',
          ],
          budget: 300,
        },
        standard: {
          entitlements: ['renewal call before the term ends', 'feedback call after a claim'],
          budget: 200,
        },
        basic: { entitlements: ['advice on avoiding losses'], budget: 150 },
      },
    ),
  })
  .check(
    z.refine(
      ({ matrix, catalogue }) =>
        Object.values(matrix)
          .flatMap((row) => [row.high, row.low])
          .every((tier) => Object.hasOwn(catalogue, tier)),
      { error: 'expected every service tier of the matrix in the catalogue' },
    ),
  );

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
 * @throws MisuseError naming the place, what was expected and the nearest valid name
 * @example
 * ```ts
 * readPlan({ pricing: { expenseRatio: 0.25 } }).pricing.profitMargin; // => 0.05
 * ```
 */
export function readPlan(plan: PlanInput = {}): Plan {
  return checked(planSchema, plan, 'plan');
}

/** The share of premium that losses may take: 1 − expense ratio − profit margin. */
export function permissibleLossRatio({ pricing }: Plan): number {
  // Rounded to twelve places: 1 − 0.3 − 0.05 is 0.6499999999999999 in binary.
  return Number((1 - pricing.expenseRatio - pricing.profitMargin).toFixed(12));
}
