import * as z from 'zod/mini';
import { bases, nonNegative, notes } from '../method.js';

const share = z.number().check(z.gte(0), z.lte(1));
const positive = z.number().check(z.positive());

/** What the average of credibility formulas measures. */
export const credibilityAverageSchema = z.strictObject({
  method: z.literal('credibility-average'),
  base: z.literal('earned_premium'),
  collectiveLossRatio: z.number(),
  claimsPerPremium: nonNegative,
  claimsPerExposure: nonNegative,
  /** Mean capped loss of a claim; 0 where losses do not come to more than 0. */
  severity: nonNegative,
  /** The formulas that carry weight, and how they weigh the claims index. */
  formulas: z.array(
    z.strictObject({
      base: z.enum(bases),
      lossShare: share,
      /** The claims index is multiplied by this, to add up to the book's claims. */
      indexFactor: positive,
      claimsForHalf: positive,
      weight: share,
    }),
  ),
  /** The weight of "no difference": everyone is expected to be average. */
  noDifference: share,
  /** What the weights were learnt from; null where the book's past was too short. */
  learnt: z.nullable(
    z.strictObject({
      /** The past days: who had history before and premium after, and what they claimed then. */
      pairs: z.array(z.strictObject({ asOf: z.string(), customers: z.int(), claims: nonNegative })),
      /** By formula, in the order of `candidates`: how badly it foretold; "no difference" last. */
      scores: z.array(z.number()),
      dispersion: z.number().check(z.gte(1)),
    }),
  ),
  /** Of true relativities between customers, and of those expected, premium-weighted. */
  spread: z.strictObject({ trueVariance: nonNegative, expectedVariance: nonNegative }),
  /** A customer's variance ÷ (relativity^1.5 × (1 − credibility)). */
  varianceFactor: nonNegative,
  /** The interval's ends ÷ the expected loss ratio, by variation in steps of 0.05. */
  lowByVariation: z.array(nonNegative).check(z.minLength(6)),
  highByVariation: z.array(nonNegative).check(z.minLength(6)),
  notes,
});
export type CredibilityAverageParameters = z.output<typeof credibilityAverageSchema>;
