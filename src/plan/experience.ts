import * as z from 'zod/mini';
import { withDefault } from './basics.js';

/** Claim statuses; one that a file leaves out counts as open. */
export const claimStatuses = ['open', 'closed', 'nil', 'withdrawn', 'inquiry'] as const;
export type ClaimStatus = (typeof claimStatuses)[number];

/** What counts as a claim, and how much of a large one. */
export const claimsSchema = z.strictObject({
  /** Statuses whose claims are not counted: they cost nothing and several laws bar their use. */
  notCounted: withDefault(z.array(z.enum(claimStatuses)), ['nil', 'withdrawn', 'inquiry']),
  /**
   * Each claim counts up to this much in capped_loss: an amount, a quantile of the book's claims, or
   * a multiple of the annual premium of the term it fell in; null: no cap. What few can cause would
   * else decide what many are expected to.
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
    { quantile: 0.99 },
  ),
  /** Claims that occurred more than so many months before the as-of date are set aside; left out: none. */
  lookBackMonths: z.optional(z.int().check(z.gte(1))),
  /**
   * A claim after so many whole years of unbroken cover on file without one is forgiven: set aside,
   * with whatever else was claimed that day. Left out: none.
   */
  forgiveFirst: z.optional(z.strictObject({ years: z.int().check(z.gte(1), z.lte(50)) })),
});

/** Factors that bring what was known at an age in months to what it will come to. */
const factorsByAge = z.record(
  z.string().check(z.regex(/^[1-9]\d*$/, 'expected an age in whole months')),
  z.number().check(z.positive()),
);

// What may be left out without a default says so by its absence, so that models stored before it
// existed keep their content and hash.
/** How a customer's experience is weighed. */
export const experienceSchema = z
  .strictObject({
    /**
     * How experience is weighed against the book: by the average of many credibility formulas, each
     * with the weight that it earned in the book's own past (`auto` is another name of it), or by claim
     * counts, counts and sizes, or yearly loss ratios alone.
     */
    method: withDefault(
      z.enum(['credibility-average', 'frequency', 'frequency-severity', 'loss-ratio', 'auto']),
      'credibility-average',
    ),
    /** What expected claims are in proportion to; `credibility-average` weighs both. */
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
