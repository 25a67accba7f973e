import * as z from 'zod/mini';
import { contentHash } from '../base/hash.js';
import { noteSchema } from '../base/note.js';
import { bases, nonNegative } from '../credibility/method.js';
import { experienceSchema, methodNames } from '../credibility/methods.js';
import { planSchema } from '../plan/plan.js';
import { cardParametersSchema } from './card.js';

export const format = 'bookgrade-model';
/** Raised with every change of the shape below; from the first release on every version stays readable. */
export const modelVersion = 1;

const share = z.number().check(z.gte(0), z.lte(1));
const positive = z.number().check(z.positive());
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 hash'));
const count = z.int().check(z.gte(0));

/** What a claim counts up to: an amount, a multiple of its term's annual premium, or all of it. */
const capSchema = z.nullable(
  z.union([z.strictObject({ amount: nonNegative }), z.strictObject({ premiums: positive })]),
);
export type Cap = z.output<typeof capSchema>;

/** What `scoring/years.ts` measures: one weight an experience year, the latest first. */
const yearWeightsSchema = z.strictObject({
  /** What a year's experience counts for. */
  fade: z.array(share).check(z.minLength(1)),
  /** The part of a year's claims, and of its losses, that is expected to be known by now. */
  claims: z.array(nonNegative).check(z.minLength(1)),
  losses: z.array(nonNegative).check(z.minLength(1)),
});
export type YearWeights = z.output<typeof yearWeightsSchema>;

/** What `scoring/complement.ts` measures: what customers of a segment are weighed against. */
const complementSchema = z.strictObject({
  attribute: z.string(),
  labels: z.array(z.string()),
  /** Credibility-weighted relativity of each segment's loss ratio to the book, and that weight. */
  relativities: z.array(nonNegative),
  credibility: z.array(share),
  /** The same of its claims per unit of the base, and of its mean claim, where the method uses them. */
  claimRelativities: z.optional(z.array(nonNegative)),
  severityRelativities: z.optional(z.array(nonNegative)),
});
export type ComplementParameters = z.output<typeof complementSchema>;

/** What `scoring/auto.ts` measured of one method, from the simplest to the least simple. */
const contestEntrySchema = z.strictObject({
  method: z.enum(methodNames),
  base: z.enum(bases),
  /** Premium-ordered Gini of the latest year's capped losses, graded on the years before it. */
  gini: z.number(),
  /** The best Gini of all − this one, and the standard error of that difference. */
  behind: nonNegative,
  standardError: nonNegative,
});
const contestSchema = z.strictObject({
  /** Customers that were graded and followed. */
  customers: count,
  entries: z.array(contestEntrySchema).check(z.minLength(1)),
  chosen: count,
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
  opportunities: nonNegative,
  left: nonNegative,
  /** How its rates were found; `book` where it has too little data of its own. */
  method: z.enum(['beta-geometric', 'kaplan-meier', 'constant', 'book']),
  alpha: z.optional(positive),
  beta: z.optional(positive),
  logLikelihood: z.optional(z.number()),
  /** The latest year, told from the years before it: how many were to leave, and how many did. */
  holdout: z.optional(
    z.strictObject({
      opportunities: nonNegative,
      left: nonNegative,
      expectedLeft: nonNegative,
      /** Of the latest year, under the rates from before, and under one rate for all tenures. */
      logLikelihood: z.number(),
      constantLogLikelihood: z.number(),
    }),
  ),
  /** By renewals passed, 0, 1, 2 …: the chance to stay at the next one. */
  rates: z.array(share).check(z.minLength(1)),
  /** By renewals passed: discounted years still to come, and the ends of their interval. */
  years: z.array(nonNegative).check(z.minLength(1)),
  lowYears: z.array(nonNegative).check(z.minLength(1)),
  highYears: z.array(nonNegative).check(z.minLength(1)),
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
  notes: z.array(noteSchema),
});
export type RetentionParameters = z.output<typeof retentionSchema>;

export const modelSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(modelVersion),
  plan: planSchema,
  /** What each part measured of the book the model was calibrated on. */
  parameters: z.strictObject({
    book: z.strictObject({
      lossRatio: z.number(),
      /** Claims ÷ exposure years of the whole book. */
      claimFrequency: nonNegative,
      /** Claims ÷ earned premium of the whole book. */
      claimsPerPremium: nonNegative,
    }),
    experience: experienceSchema,
    value: valueSchema,
    /**
     * The measured indicators that the hash of a customer's inputs covers, in that order: the hash of
     * a grade stays what it is, whatever later releases measure besides.
     */
    inputs: z.array(z.string()),
    /** Large losses: the cap, what it leaves, and what is spread over the book in proportion. */
    losses: z.strictObject({ cap: capSchema, cappedLoss: z.number(), excessLoss: z.number() }),
    /** Weights of experience years, where the plan asks for any. */
    years: z.optional(yearWeightsSchema),
    /** Where the plan weighs customers against those of their segment. */
    complement: z.optional(complementSchema),
    /** Σ expected loss over the book before balancing, what it should be, and their ratio. */
    balance: z.strictObject({
      expectedLoss: z.number(),
      actualLoss: z.number(),
      factor: positive,
    }),
    /** How `auto` chose, where it could. */
    contest: z.optional(contestSchema),
    /** Chances to stay and the years they come to, where the book or the plan tells them. */
    retention: z.optional(retentionSchema),
    /** The scorecard for people without history, where the plan asks for one. */
    card: z.optional(cardParametersSchema),
  }),
  fittedOn: z.strictObject({
    asOf: z.nullable(z.iso.date()),
    window: z.nullable(z.strictObject({ from: z.iso.date(), to: z.iso.date() })),
    customers: count,
    premium: positive,
    /** SHA-256 of the customers' ids and figures. */
    hash,
  }),
  /** SHA-256 of all of the above. */
  hash,
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
