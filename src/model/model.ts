import * as z from 'zod/mini';
import { contentHash } from '../base/hash.js';
import { planSchema } from '../plan/plan.js';
import { cardParametersSchema } from './card.js';

export const format = 'bookgrade-model';
/** Raised with every change of the shape below; every version ever released stays readable. */
const modelVersion = 5;
/** Versions 1 to 4 are version 5 without what is optional below and in the plan. */
export const readableVersions = [1, 2, 3, 4, modelVersion] as const;

/** What `scoring/frequency.ts` measures. */
const frequencySchema = z.strictObject({
  method: z.literal('frequency'),
  base: z.enum(['earned_premium', 'exposure_years']),
  /** Loss ratio of the whole book: Σ incurred ÷ Σ earned premium, levelled where years weigh apart. */
  collectiveLossRatio: z.number(),
  /** Claims of the whole book per unit of the base. */
  claimsPerBase: z.number(),
  /** Variance of the customers' true relativities; 0 where they do not differ measurably. */
  relativityVariance: z.number().check(z.gte(0)),
  /** The interval's ends at 0, 1, 2 … claims: variance × quantile of a gamma, before ÷ (1 + …). */
  lowAtClaims: z.array(z.number()),
  highAtClaims: z.array(z.number()),
  /** The normal quantile at the interval's upper end, for claims beyond the table. */
  normalQuantile: z.number(),
  notes: z.array(z.string()),
});
export type FrequencyParameters = z.output<typeof frequencySchema>;

/** What `scoring/frequency-severity.ts` measures: of counts, as above, and of sizes. */
const frequencySeveritySchema = z.strictObject({
  method: z.literal('frequency-severity'),
  frequency: frequencySchema,
  /** Mean capped loss of a claim, over the whole book. */
  severity: z.number(),
  /** Variances of mean severities between customers, and of a claim within, ÷ severity². */
  betweenVariance: z.number().check(z.gte(0)),
  withinVariance: z.number().check(z.gte(0)),
  /** The interval's ends ÷ the expected loss ratio, by variation in steps of 0.05. */
  lowByVariation: z.array(z.number()),
  highByVariation: z.array(z.number()),
  notes: z.array(z.string()),
});
export type FrequencySeverityParameters = z.output<typeof frequencySeveritySchema>;

/** What `scoring/loss-ratio.ts` measures. */
const lossRatioSchema = z.strictObject({
  method: z.literal('loss-ratio'),
  estimator: z.enum(['unbiased', 'iterative']),
  /** The mean that the complement of credibility goes to, of capped losses, and which mean it is. */
  collective: z.number(),
  collectiveMean: z.enum(['credibility-weighted', 'exposure-weighted']),
  betweenVariance: z.number().check(z.gte(0)),
  withinVariance: z.number().check(z.gte(0)),
  /** Σ incurred ÷ Σ capped losses: spreads what is above the cap in proportion. */
  excessFactor: z.number(),
  /** The normal quantile at the interval's upper end. */
  normalQuantile: z.number(),
  notes: z.array(z.string()),
});
export type LossRatioParameters = z.output<typeof lossRatioSchema>;

const base = z.enum(['earned_premium', 'exposure_years']);
const variance = z.number().check(z.gte(0));

/** What `scoring/experience/credibility-average/` measures. */
const credibilityAverageSchema = z.strictObject({
  method: z.literal('credibility-average'),
  collectiveLossRatio: z.number(),
  claimsPerPremium: z.number().check(z.gte(0)),
  claimsPerExposure: z.number().check(z.gte(0)),
  /** Mean capped loss of a claim; 0 where losses do not come to more than 0. */
  severity: z.number().check(z.gte(0)),
  /** The formulas that carry weight, and how they weigh the claims index. */
  formulas: z.array(
    z.strictObject({
      base,
      lossShare: z.number().check(z.gte(0), z.lte(1)),
      /** The claims index is multiplied by this, to add up to the book's claims. */
      indexFactor: z.number().check(z.gt(0)),
      claimsForHalf: z.number().check(z.gt(0)),
      weight: z.number().check(z.gt(0), z.lte(1)),
    }),
  ),
  /** The weight of "no difference": everyone is expected to be average. */
  noDifference: z.number().check(z.gte(0), z.lte(1)),
  /** What the weights were learnt from; null where the book's past was too short. */
  learnt: z.nullable(
    z.strictObject({
      /** The past days: who had history before and premium after, and what they claimed then. */
      pairs: z.array(z.strictObject({ asOf: z.string(), customers: z.int(), claims: z.number() })),
      /** By formula, in the order of `candidates`: how badly it foretold; "no difference" last. */
      scores: z.array(z.number()),
      dispersion: z.number().check(z.gte(1)),
    }),
  ),
  /** Of true relativities between customers, and of those expected, premium-weighted. */
  spread: z.strictObject({ trueVariance: variance, expectedVariance: variance }),
  /** A customer's variance ÷ (relativity^1.5 × (1 − credibility)). */
  varianceFactor: variance,
  /** The interval's ends ÷ the expected loss ratio, by variation in steps of 0.05. */
  lowByVariation: z.array(z.number()),
  highByVariation: z.array(z.number()),
  notes: z.array(z.string()),
});
export type CredibilityAverageParameters = z.output<typeof credibilityAverageSchema>;

const experienceSchema = z.discriminatedUnion('method', [
  credibilityAverageSchema,
  frequencySchema,
  frequencySeveritySchema,
  lossRatioSchema,
]);
export type ExperienceParameters = z.output<typeof experienceSchema>;

/** What a claim counts up to: an amount, a multiple of its term's annual premium, or all of it. */
const capSchema = z.nullable(
  z.union([z.strictObject({ amount: z.number() }), z.strictObject({ premiums: z.number() })]),
);
export type Cap = z.output<typeof capSchema>;

/** What `scoring/years.ts` measures: one weight an experience year, the latest first. */
const yearWeightsSchema = z.strictObject({
  /** What a year's experience counts for. */
  fade: z.array(z.number()),
  /** The part of a year's claims, and of its losses, that is expected to be known by now. */
  claims: z.array(z.number()),
  losses: z.array(z.number()),
});
export type YearWeights = z.output<typeof yearWeightsSchema>;

/** What `scoring/complement.ts` measures: what customers of a segment are weighed against. */
const complementSchema = z.strictObject({
  attribute: z.string(),
  labels: z.array(z.string()),
  /** Credibility-weighted relativity of each segment's loss ratio to the book, and that weight. */
  relativities: z.array(z.number()),
  credibility: z.array(z.number()),
  /** The same of its claims per unit of the base, and of its mean claim, where the method uses them. */
  claimRelativities: z.optional(z.array(z.number())),
  severityRelativities: z.optional(z.array(z.number())),
});
export type ComplementParameters = z.output<typeof complementSchema>;

/** What `scoring/auto.ts` measured of one method, from the simplest to the least simple. */
const contestEntrySchema = z.strictObject({
  method: z.enum(['frequency', 'frequency-severity', 'loss-ratio']),
  base: z.enum(['earned_premium', 'exposure_years']),
  /** Premium-ordered Gini of the latest year's capped losses, graded on the years before it. */
  gini: z.number(),
  /** The best Gini of all − this one, and the standard error of that difference. */
  behind: z.number(),
  standardError: z.number(),
});
const contestSchema = z.strictObject({
  /** Customers that were graded and followed. */
  customers: z.int(),
  entries: z.array(contestEntrySchema),
  chosen: z.int(),
});
export type ContestParameters = z.output<typeof contestSchema>;

/** What `segments/value.ts` measures. */
const valueSchema = z.strictObject({
  measure: z.string(),
  /** High value begins here; null where no customer has a value to rank. */
  cut: z.nullable(z.number()),
});
export type ValueParameters = z.output<typeof valueSchema>;

/** What `scoring/fit-retention.ts` measures of a group of customers, the whole book or a segment. */
const retentionCurveSchema = z.strictObject({
  /** Yearly renewal opportunities whose outcome is known, and how many of them left. */
  opportunities: z.number(),
  left: z.number(),
  /** How its rates were found; `book` where it has too little data of its own. */
  method: z.enum(['beta-geometric', 'kaplan-meier', 'constant', 'book']),
  alpha: z.optional(z.number()),
  beta: z.optional(z.number()),
  logLikelihood: z.optional(z.number()),
  /** The latest year, told from the years before it: how many were to leave, and how many did. */
  holdout: z.optional(
    z.strictObject({
      opportunities: z.number(),
      left: z.number(),
      expectedLeft: z.number(),
      /** Of the latest year, under the rates from before, and under one rate for all tenures. */
      logLikelihood: z.number(),
      constantLogLikelihood: z.number(),
    }),
  ),
  /** By renewals passed, 0, 1, 2 …: the chance to stay at the next one. */
  rates: z.array(z.number()),
  /** By renewals passed: discounted years still to come, and the ends of their interval. */
  years: z.array(z.number()),
  lowYears: z.array(z.number()),
  highYears: z.array(z.number()),
});
export type RetentionCurve = z.output<typeof retentionCurveSchema>;

/** What `scoring/fit-retention.ts` measures. */
const retentionSchema = z.strictObject({
  level: z.enum(['customer', 'policy']),
  book: retentionCurveSchema,
  /** Where the plan has rates by an attribute: its labels, and a curve for each. */
  segments: z.optional(
    z.strictObject({
      attribute: z.string(),
      labels: z.array(z.string()),
      curves: z.array(retentionCurveSchema),
    }),
  ),
  /** What the book's average new customer is worth, where the plan values recommendations. */
  newCustomerValue: z.optional(z.number()),
  notes: z.array(z.string()),
});
export type RetentionParameters = z.output<typeof retentionSchema>;

export const modelSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(readableVersions),
  plan: planSchema,
  /** What each part measured of the book the model was calibrated on. */
  parameters: z.strictObject({
    book: z.strictObject({
      lossRatio: z.number(),
      /** Claims ÷ exposure years of the whole book. */
      claimFrequency: z.number(),
      /** Claims ÷ earned premium of the whole book. */
      claimsPerPremium: z.number(),
    }),
    experience: experienceSchema,
    value: valueSchema,
    /**
     * The measured indicators that the hash of a customer's inputs covers, in that order: the hash of
     * a grade stays what it is, whatever later releases measure besides.
     */
    inputs: z.optional(z.array(z.string())),
    /** Large losses: the cap, what it leaves, and what is spread over the book in proportion. */
    losses: z.optional(
      z.strictObject({ cap: capSchema, cappedLoss: z.number(), excessLoss: z.number() }),
    ),
    /** Weights of experience years, where the plan asks for any. */
    years: z.optional(yearWeightsSchema),
    /** Where the plan weighs customers against those of their segment. */
    complement: z.optional(complementSchema),
    /** Σ expected loss over the book before balancing, what it should be, and their ratio. */
    balance: z.optional(
      z.strictObject({ expectedLoss: z.number(), actualLoss: z.number(), factor: z.number() }),
    ),
    /** How `auto` chose, where it could. */
    contest: z.optional(contestSchema),
    /** Chances to stay and the years they come to, where the book or the plan tells them. */
    retention: z.optional(retentionSchema),
    /** The scorecard for people without history, where the plan asks for one. */
    card: z.optional(cardParametersSchema),
  }),
  fittedOn: z.strictObject({
    asOf: z.nullable(z.string()),
    window: z.nullable(z.strictObject({ from: z.string(), to: z.string() })),
    customers: z.int(),
    premium: z.number(),
    /** SHA-256 of the customers' ids and figures. */
    hash: z.string(),
  }),
  /** SHA-256 of all of the above. */
  hash: z.string(),
});

/** A plan and everything calibrated from a book: all that is needed to grade, as plain data. */
export type Model = z.output<typeof modelSchema>;
export type ModelParameters = Model['parameters'];

/** A short name for a model: its plan, the day it was fitted as of, and the start of its hash. */
export function modelId({ plan, fittedOn, hash }: Model): string {
  return [plan.name, fittedOn.asOf, hash.slice(0, 8)].filter((part) => part !== null).join('-');
}

/** Completes a model with its format, version and hash. */
export function sealModel(content: Pick<Model, 'plan' | 'parameters' | 'fittedOn'>): Model {
  const unsealed = { format, version: modelVersion, ...content } as const;
  return { ...unsealed, hash: contentHash(unsealed) };
}
