import * as z from 'zod/mini';
import { bases } from '../credibility/method.js';
import { methodNames } from '../credibility/methods.js';
import { withDefault } from './basics.js';

/** Factors that bring what was known at an age in months to what it will come to. */
const factorsByAge = z.record(
  z.string().check(z.regex(/^[1-9]\d*$/, 'expected an age in whole months')),
  z.number().check(z.positive()),
);

/** How a customer's experience is weighed. */
export const experienceSchema = z
  .strictObject({
    /**
     * How own experience is weighed against the book's: by claim counts (frequency), counts and
     * sizes (frequency-severity), yearly loss ratios (loss-ratio), an average of credibility formulas
     * weighted by how well each predicted the book's own past (credibility-average), or whichever of
     * the first three ranks the latest year of the book's own history best (auto).
     */
    method: withDefault(z.enum([...methodNames, 'auto']), 'frequency'),
    /** What expected claims are in proportion to; the method auto tries both. */
    base: withDefault(z.enum(bases), 'earned_premium'),
    /** Estimator of the variance between customers, for the method loss-ratio. */
    estimator: withDefault(z.enum(['unbiased', 'iterative']), 'unbiased'),
    /** Probability of the interval around the expected loss ratio. */
    interval: withDefault(z.number().check(z.gt(0), z.lt(1)), 0.8),
    /**
     * Customers are compared with those who share this attribute (line, channel, branch or
     * another), and that group is weighed against the book. Left out: with the whole book.
     */
    complement: z.optional(z.string().check(z.minLength(1))),
    /**
     * Compares each experience year with the same year of the book (book-year), so that a year
     * whose claims are not all reported does not look good. Left out: years are taken as they are.
     */
    relativeTo: z.optional(z.literal('book-year')),
    /**
     * Factors by which claims and losses known at an age in months are expected to grow; 1 beyond
     * the last age. Left out: none.
     */
    development: z.optional(
      z
        .strictObject({
          /** Factors of claim counts, by age in months: {"12": 1.1}. */
          claims: z.optional(factorsByAge),
          /** Factors of losses, by age in months. */
          losses: z.optional(factorsByAge),
        })
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
    /**
     * Weight of each year relative to the year after it, because older years predict less. Left
     * out: all years weigh the same.
     */
    fade: z.optional(z.number().check(z.gt(0), z.lte(1))),
  })
  .check(
    z.refine(({ relativeTo, development }) => !(relativeTo && development), {
      error: 'expected relativeTo or development, not both: each allows for unfinished years',
    }),
  );
