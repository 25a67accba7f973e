import * as z from 'zod/mini';
import { noteSchema } from '../base/note.js';
import { bases, nonNegative } from '../credibility/method.js';

const share = z.number().check(z.gte(0), z.lte(1));
const positive = z.number().check(z.positive());
const count = z.int().check(z.gte(0));

const texts = z.readonly(z.array(z.string()));
const numbers = z.readonly(z.array(z.number()));

const named = { attribute: z.string(), names: texts, missing: z.int() };

/** How values stand at levels, as `scoring/levels.ts` fits them. */
const levelsSchema = z.readonly(
  z.discriminatedUnion('kind', [
    z.strictObject({
      ...named,
      kind: z.literal('category'),
      labels: z.readonly(z.array(texts)),
    }),
    z.strictObject({
      ...named,
      kind: z.literal('number'),
      cuts: numbers,
      /** Numbers outside were not seen, nor any near them. */
      range: z.readonly(z.tuple([z.number(), z.number()])),
    }),
  ]),
);

const cardLevelSchema = z.strictObject({
  /** Logarithm of the relativity that was fitted, and its standard error. */
  coefficient: z.number(),
  standardError: nonNegative,
  points: z.int(),
  /** What the points multiply the relativity by: 2^(points ÷ points that double). */
  relativity: positive,
  /**
   * Years of cover and claims of those who stood here, and the claims that were expected: by the base,
   * in a cell of a pair by the base and the points of attributes.
   */
  exposure: nonNegative,
  claims: nonNegative,
  expected: nonNegative,
});

const cardAttributeSchema = z.strictObject({
  attribute: z.string(),
  /** The probability of as large differences by chance, the other attributes of the card given. */
  probability: share,
  levels: levelsSchema,
  /** In the order of the levels' names. */
  rows: z.array(cardLevelSchema),
  /** Standard deviation of the coefficients over the book: how unsure a value is that was not in it. */
  spread: nonNegative,
});

/**
 * The penalties that were tried, the deviance of each on claims that were not fitted on, and the
 * standard error of what that is behind the best.
 */
const penaltiesSchema = z.array(
  z.strictObject({ penalty: nonNegative, deviance: nonNegative, standardError: nonNegative }),
);

const cardPairSchema = z.strictObject({
  attributes: z.readonly(z.tuple([z.string(), z.string()])),
  /** The probability of as large differences by chance, given what was on the card before it. */
  probability: share,
  /** Of each of the two. */
  levels: z.readonly(z.tuple([levelsSchema, levelsSchema])),
  /** By cell: the levels of the second within the first of the first, within the next, and so on. */
  rows: z.array(cardLevelSchema),
  spread: nonNegative,
  penalty: nonNegative,
  penalties: penaltiesSchema,
});

const measuredSchema = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

/** What `scoring/fit-card.ts` measures: the scorecard for people without history. */
export const cardParametersSchema = z.strictObject({
  /** What claims were expected in proportion to. */
  base: z.enum(bases),
  points: z.strictObject({ base: z.number(), double: positive }),
  /** The points everybody begins with, and the relativity they stand for. */
  start: z.strictObject({ points: z.number(), relativity: positive }),
  attributes: z.array(cardAttributeSchema),
  /** Two attributes that tell more together than each alone, each pair on top of all before it. */
  pairs: z.strictObject({
    chosen: z.array(cardPairSchema),
    /** How many competed. */
    tested: count,
  }),
  /**
   * Covariances of the coefficients of attributes, level after level in their order: below and on the
   * diagonal, row by row.
   */
  covariance: z.array(z.number()),
  /** The normal quantile at the interval's upper end. */
  normalQuantile: nonNegative,
  penalty: nonNegative,
  penalties: penaltiesSchema,
  /** How much more than by chance claims vary between customers; standard errors allow for it. */
  dispersion: nonNegative,
  /** The attributes that competed, and what of them: the probability of such differences by chance. */
  competed: z.array(z.strictObject({ attribute: z.string(), probability: share })),
  /** Protected attributes that were let in by name, and why. */
  allowed: z.record(z.string(), z.string()),
  /** How the card did on claims it was not fitted on; null where there was too little to tell. */
  judged: z.nullable(
    z.strictObject({
      by: z.enum(['latest-year', 'cross-validation']),
      customers: count,
      claims: nonNegative,
      /** Gini of claims over the base: what the card knows that the base does not. */
      card: measuredSchema,
      /** Gini of claims over years of cover: of premium a year, and of the base a year × the card. */
      premium: measuredSchema,
      baseAndCard: measuredSchema,
      /** The latter − the former. */
      gain: measuredSchema,
    }),
  ),
  /** Points at 0, 5 … 100 % of the customers, and of those that are high-risk, where there are some. */
  quantiles: z.strictObject({
    book: z.array(z.number()),
    highRisk: z.nullable(z.array(z.number())),
  }),
  notes: z.array(noteSchema),
});
export type CardParameters = z.output<typeof cardParametersSchema>;
export type CardAttribute = CardParameters['attributes'][number];
export type CardPair = z.output<typeof cardPairSchema>;
