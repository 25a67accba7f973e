import * as z from 'zod';
import { checked } from './check.js';
import { type Formula, type FormulaCall, type Operator, operatorNames } from './expression.js';
import { defaultHints } from './hints.js';

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

export const formulaSchema: z.ZodType<Formula> = z.lazy(() =>
  z.union([z.number(), z.string().min(1), formulaCallSchema]),
);
const formulaCallSchema: z.ZodType<FormulaCall> = z
  .tuple([z.enum(operatorNames as [Operator, ...Operator[]])], formulaSchema)
  .readonly();

const share = z.number().min(0).max(1);
const perRiskTier = <T extends z.ZodType>(schema: T) =>
  z.strictObject(
    Object.fromEntries(riskTiers.map((tier) => [tier, schema])) as Record<RiskTier, T>,
  );

const hintSchema = z.strictObject({
  /** Stable: stored grades and other programs know the hint by it. */
  code: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words joined by -'),
  action: z.enum(actions),
  /** When the hint is given: a formula over indicators, scores and the plan's settings. */
  when: formulaSchema,
  /** The sentence, with `{observed}` and `{compared}` where their values go. */
  text: z.string(),
  /** The indicator or score that is observed, and what it is compared with. */
  indicator: z.string(),
  compared: formulaSchema,
  /** Whether it speaks for the customer. */
  favours: z.boolean().default(false),
});
export type Hint = z.output<typeof hintSchema>;

const windowSchema = z
  .strictObject({
    /** Length of the observation window that ends at the as-of date: three years of experience. */
    months: z.int().min(1).max(600).default(36),
  })
  .prefault({});

const claimsSchema = z
  .strictObject({
    /** Statuses whose claims are not counted: they cost nothing and several laws bar their use. */
    notCounted: z.array(z.enum(claimStatuses)).default(['nil', 'withdrawn', 'inquiry']),
    /** Each claim counts up to this amount in capped_loss; null: no cap. */
    cap: z.number().positive().nullable().default(null),
  })
  .prefault({});

const tenureSchema = z
  .strictObject({
    /** A gap in cover up to so many days does not end the relationship. */
    graceDays: z.int().min(0).default(30),
  })
  .prefault({});

const pricingSchema = z
  .strictObject({
    /** Expenses and commission as a share of premium. */
    expenseRatio: share.default(0.3),
    /** The profit aimed at, as a share of premium. */
    profitMargin: share.default(0.05),
    /** The indicated change stays between these: never above a rise of a half, nor a cut of a quarter. */
    largestDecrease: share.default(0.25),
    largestIncrease: z.number().min(0).default(0.5),
  })
  .refine(({ expenseRatio, profitMargin }) => expenseRatio + profitMargin < 1, {
    message: 'expected expenseRatio + profitMargin below 1',
  })
  .prefault({});

const experienceSchema = z
  .strictObject({
    /** How experience is weighed against the book: claim counts, or yearly loss ratios. */
    method: z.enum(['frequency', 'loss-ratio']).default('frequency'),
    /** What expected claims are in proportion to, for `frequency`. */
    base: z.enum(['earned_premium', 'exposure_years']).default('earned_premium'),
    /** Estimator of the between-customer variance, for `loss-ratio`. */
    estimator: z.enum(['unbiased', 'iterative']).default('unbiased'),
    /** Probability of the interval around the expected loss ratio. */
    interval: z.number().gt(0).lt(1).default(0.8),
  })
  .prefault({});

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
    basis: z.enum(['credible', 'observed']).default('credible'),
    /** Less experience than this leaves a customer unrated, in exposure years. */
    minimumExposureYears: z.number().min(0).default(1),
    /** The first rule that holds gives the tier. */
    rules: z
      .array(z.strictObject({ tier: z.enum(riskTiers), when: formulaSchema }))
      .default(defaultRiskRules),
    /** The tier when no rule holds. */
    otherwise: z.enum(riskTiers).default('healthy'),
  })
  .prefault({});

const valueSchema = z
  .strictObject({
    /** The indicator that value is measured by. */
    measure: z.string().default('annual_premium'),
    /** High value: the top share of customers, or an amount and above; never a value of 0. */
    cut: z
      .union([z.strictObject({ share }), z.strictObject({ amount: z.number() })])
      .default({ share: 0.2 }),
  })
  .prefault({});

const entitlementsSchema = z.strictObject({
  entitlements: z.array(z.string()),
  /** Service budget per customer and year, in the book's currency. */
  budget: z.number().min(0),
});

const serviceSchema = z
  .strictObject({
    /** The service tier for each risk and value tier. */
    matrix: perRiskTier(z.strictObject({ high: z.string(), low: z.string() })).default({
      excellent: { high: 'signature', low: 'plus' },
      healthy: { high: 'plus', low: 'standard' },
      'sub-healthy': { high: 'standard', low: 'basic' },
      'high-risk': { high: 'basic', low: 'basic' },
      unrated: { high: 'standard', low: 'standard' },
    }),
    /** What each service tier entitles to, the richest first. */
    catalogue: z.record(z.string(), entitlementsSchema).default({
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
    }),
  })
  .refine(
    ({ matrix, catalogue }) =>
      Object.values(matrix)
        .flatMap((row) => [row.high, row.low])
        .every((tier) => tier in catalogue),
    { message: 'expected every service tier of the matrix in the catalogue' },
  )
  .prefault({});

/** The grading plan: the settings and rules that people edit. Every default is a convention of ours. */
export const planSchema = z.strictObject({
  name: z.string().default('default'),
  window: windowSchema,
  claims: claimsSchema,
  tenure: tenureSchema,
  pricing: pricingSchema,
  experience: experienceSchema,
  risk: riskSchema,
  value: valueSchema,
  service: serviceSchema,
  /** Underwriting hints; the most serious one that is given decides the action. */
  hints: z.array(hintSchema).default(defaultHints),
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
