import * as z from 'zod/mini';

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
      /** Where unseen labels go, in models of version 4; nowhere if left out. */
      other: z.optional(z.int()),
    }),
    z.strictObject({
      ...named,
      kind: z.literal('number'),
      cuts: numbers,
      /** Numbers outside were not seen, nor any near them; left out, in version 4: all were. */
      range: z.optional(z.readonly(z.tuple([z.number(), z.number()]))),
    }),
  ]),
);

const cardLevelSchema = z.strictObject({
  /** Logarithm of the relativity that was fitted, and its standard error. */
  coefficient: z.number(),
  standardError: z.number(),
  points: z.int(),
  /** What the points multiply the relativity by: 2^(points ÷ points that double). */
  relativity: z.number(),
  /**
   * Years of cover and claims of those who stood here, and the claims that were expected: by the base,
   * in a cell of a pair by the base and the points of attributes.
   */
  exposure: z.number(),
  claims: z.number(),
  expected: z.number(),
});

const cardAttributeSchema = z.strictObject({
  attribute: z.string(),
  /** The probability of as large differences by chance, the other attributes of the card given. */
  probability: z.number(),
  levels: levelsSchema,
  /** In the order of the levels' names. */
  rows: z.array(cardLevelSchema),
  /** Standard deviation of the coefficients over the book: how unsure a value is that was not in it. */
  spread: z.number(),
});

/**
 * The penalties that were tried, the deviance of each on claims that were not fitted on, and the
 * standard error of what that is behind the best.
 */
const penaltiesSchema = z.array(
  z.strictObject({ penalty: z.number(), deviance: z.number(), standardError: z.number() }),
);

const cardPairSchema = z.strictObject({
  attributes: z.readonly(z.tuple([z.string(), z.string()])),
  /** The probability of as large differences by chance, given what was on the card before it. */
  probability: z.number(),
  /** Of each of the two. */
  levels: z.readonly(z.tuple([levelsSchema, levelsSchema])),
  /** By cell: the levels of the second within the first of the first, within the next, and so on. */
  rows: z.array(cardLevelSchema),
  spread: z.number(),
  penalty: z.number(),
  penalties: penaltiesSchema,
});

const measuredSchema = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

/** What `scoring/fit-card.ts` measures: the scorecard for people without history. */
export const cardParametersSchema = z.strictObject({
  /** What claims were expected in proportion to. */
  base: z.enum(['earned_premium', 'exposure_years']),
  points: z.strictObject({ base: z.number(), double: z.number() }),
  /** The points everybody begins with, and the relativity they stand for. */
  start: z.strictObject({ points: z.number(), relativity: z.number() }),
  attributes: z.array(cardAttributeSchema),
  /** Two attributes that tell more together than each alone, each pair on top of all before it. */
  pairs: z.optional(
    z.strictObject({
      chosen: z.array(cardPairSchema),
      /** How many competed. */
      tested: z.int(),
    }),
  ),
  /**
   * Covariances of the coefficients of attributes, level after level in their order: below and on the
   * diagonal, row by row.
   */
  covariance: z.array(z.number()),
  /** The normal quantile at the interval's upper end. */
  normalQuantile: z.number(),
  penalty: z.number(),
  penalties: penaltiesSchema,
  /** How much more than by chance claims vary between customers; standard errors allow for it. */
  dispersion: z.number(),
  /** The attributes that competed, and what of them: the probability of such differences by chance. */
  competed: z.array(z.strictObject({ attribute: z.string(), probability: z.number() })),
  /** Protected attributes that were let in by name, and why. */
  allowed: z.record(z.string(), z.string()),
  /** How the card did on claims it was not fitted on; null where there was too little to tell. */
  judged: z.nullable(
    z.strictObject({
      by: z.enum(['latest-year', 'cross-validation']),
      customers: z.int(),
      claims: z.number(),
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
  notes: z.array(z.string()),
});
export type CardParameters = z.output<typeof cardParametersSchema>;
export type CardAttribute = CardParameters['attributes'][number];
export type CardPair = z.output<typeof cardPairSchema>;
