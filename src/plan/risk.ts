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
