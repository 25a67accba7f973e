import * as z from 'zod/mini';
import type { Formula } from '../formulas/expression.js';
import { atLeastZero, withDefault } from './basics.js';
import { condition } from './formulas.js';

/** Risk tiers from the best to the worst; `unrated` says that there is too little to go by. */
export const riskTiers = ['excellent', 'healthy', 'sub-healthy', 'high-risk', 'unrated'] as const;
export type RiskTier = (typeof riskTiers)[number];

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
          tier: z.enum(riskTiers),
          /** When it gives it. */
          when: condition,
        }),
      ),
      defaultRiskRules,
    ),
    /** The tier when no rule holds. */
    otherwise: withDefault(z.enum(riskTiers), 'healthy'),
    /**
     * High-risk is given only with at least this probability that the true loss ratio is above the
     * permissible one; otherwise the rules after it decide. Left out: not asked.
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
