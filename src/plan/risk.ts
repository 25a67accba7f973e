import * as z from 'zod/mini';
import type { Formula } from '../formulas/expression.js';
import { atLeastZero, withDefault } from './basics.js';
import { condition } from './formulas.js';

/** The risk tiers of the default plan from the best to the worst, `unrated` last. */
export const riskTiers = ['excellent', 'healthy', 'sub-healthy', 'high-risk', 'unrated'] as const;
/** A risk tier of the default plan; a plan may have others. */
export type RiskTier = (typeof riskTiers)[number];

const name = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words joined by -'));
const texts = z.optional(z.record(z.string(), z.string()));
const tierSchema = z.strictObject({
  /** Stable name: rules, files and other programs know the tier by it. */
  name,
  /** What it means, in a sentence for the page that explains a grade. Left out: as the language has it. */
  meaning: z.optional(z.string()),
  /** The name in other languages, by the name of the locale: {"zh": …, "et": …}. */
  names: texts,
  /** The meaning in other languages, by the name of the locale. */
  meanings: texts,
});

/** Too little experience or no premium → unrated; no claim → excellent; then by loss ratio. */
const defaultRiskRules = [
  { tier: 'unrated', when: ['missing', 'rated_loss_ratio'] },
  { tier: 'unrated', when: ['not', ['>=', 'exposure_years', 'minimum_exposure_years']] },
  { tier: 'unrated', when: ['missing', 'claim_count'] },
  { tier: 'excellent', when: ['=', 'claim_count', 0] },
  { tier: 'high-risk', when: ['>', 'rated_loss_ratio', 1] },
  { tier: 'sub-healthy', when: ['>', 'rated_loss_ratio', 'permissible_loss_ratio'] },
] satisfies { tier: RiskTier; when: Formula }[];

export const riskSchema = z
  .strictObject({
    /** The risk tiers from the best to the worst. Which tier is better follows from this order alone. */
    tiers: withDefault(
      z.array(tierSchema).check(z.minLength(2, 'expected two tiers or more')),
      riskTiers.slice(0, -1).map((name) => ({ name })),
    ),
    /** The tier of customers with too little experience for a rating; it is neither better nor worse. */
    unrated: withDefault(name, 'unrated'),
    /**
     * The loss ratio that the rules see as rated_loss_ratio: weighted by credibility (credible) or
     * as observed (observed).
     */
    basis: withDefault(z.enum(['credible', 'observed']), 'credible'),
    /** A customer with less experience than this, in exposure years, is unrated. */
    minimumExposureYears: withDefault(atLeastZero, 1),
    /**
     * The first rule that holds gives the tier. "unique" declares that exactly one rule holds for
     * every customer; it changes no grade, and lint checks it.
     */
    hit: z.optional(z.enum(['first', 'unique'])),
    /** The rules that give the risk tier, tried from first to last. */
    rules: withDefault(
      z.array(
        z.strictObject({
          /** The tier that the rule gives. */
          tier: z.string(),
          /** When it gives it. */
          when: condition,
        }),
      ),
      defaultRiskRules,
    ),
    /** The tier when no rule holds. */
    otherwise: withDefault(z.string(), 'healthy'),
    /**
     * The worst tier is given only with at least this probability that the true loss ratio is above
     * the permissible one; otherwise the rules after it decide. Left out: not asked.
     */
    highRiskCertainty: z.optional(z.number().check(z.gt(0), z.lt(1))),
  })
  .check(
    z.refine(
      ({ tiers, otherwise, highRiskCertainty }) =>
        !(highRiskCertainty && otherwise === tiers.at(-1)?.name),
      {
        error: 'expected a rule for the worst tier where highRiskCertainty is asked, not otherwise',
      },
    ),
  );
/** What a plan says of risk tiers. */
type RiskSettings = z.output<typeof riskSchema>;
type WithRisk = { readonly risk: RiskSettings };

/**
 * The names of a plan's risk tiers from the best to the worst, the one for too little experience last.
 *
 * @example
 * ```ts
 * riskTiersOf(readPlan()); // => ['excellent', 'healthy', 'sub-healthy', 'high-risk', 'unrated']
 * ```
 */
export function riskTiersOf({ risk }: WithRisk): string[] {
  return [...risk.tiers.map(({ name }) => name), risk.unrated];
}

/** The position of the worst tier of a plan. */
export const worstTier = ({ risk }: WithRisk): number => risk.tiers.length - 1;

/** The position of the tier for too little experience: after all others. */
export const unratedTier = ({ risk }: WithRisk): number => risk.tiers.length;
