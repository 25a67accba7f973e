import * as z from 'zod/mini';
import { atLeastZero, share, withDefault } from './basics.js';
import { namedFigure } from './formulas.js';

export const valueTiers = ['high', 'low'] as const;
export type ValueTier = (typeof valueTiers)[number];

/** Where high value begins, and what value is measured by. */
export const valueSchema = z.strictObject({
  /** The indicator or score that value is measured by: annual_premium, lifetime_value, annual_profit … */
  measure: withDefault(namedFigure, 'annual_premium'),
  /**
   * High value: the top share of customers; an amount and above; or (`pareto`) the smallest group
   * with a share of the value of all customers whose value is above 0. Never a value of 0 or below.
   */
  cut: withDefault(
    z.union(
      [
        z.strictObject({ share }),
        z.strictObject({ amount: z.number() }),
        z.strictObject({ pareto: z.number().check(z.gt(0), z.lte(1)) }),
      ],
      {
        error:
          'expected {"share": of customers}, {"amount": and above} or {"pareto": share of the value}',
      },
    ),
    { share: 0.2 },
  ),
});

/** How the chance to stay is measured. */
export const retentionSchema = z
  .strictObject({
    /**
     * A shifted beta-geometric by tenure, the Kaplan–Meier curve as it was observed, whichever of the
     * two told the latest year better from the years before it, or one yearly rate that is given.
     */
    method: withDefault(z.enum(['auto', 'beta-geometric', 'kaplan-meier', 'constant']), 'auto'),
    /**
     * Whether leaving is that of the customer altogether, or of each policy; a customer's policies are
     * then taken to be as old as the relationship, for tenure is the customer's.
     */
    level: withDefault(z.enum(['customer', 'policy']), 'customer'),
    /** An attribute whose labels have rates of their own, where they have data enough. */
    by: z.optional(z.string().check(z.minLength(1))),
    /** A label with fewer leavers, or fewer who stayed, takes the whole book's rates. */
    minimumLeavers: withDefault(z.int().check(z.gte(1)), 30),
    /** The yearly chance to stay, for `constant`. */
    rate: z.optional(share),
  })
  .check(
    z.refine(({ method, by }) => method !== 'constant' || by === undefined, {
      error: 'expected no by with the method "constant": one rate holds for all',
    }),
  )
  .check(
    z.refine(({ method, rate }) => (method === 'constant') === (rate !== undefined), {
      error: 'expected rate with the method "constant", and only with it',
    }),
  );

/** How a customer's future is valued. Time is in years. */
export const lifetimeSchema = z
  .strictObject({
    /** A year's money is worth so much less than this year's: 0.1 is 10 %, a convention of ours. */
    discountRate: withDefault(atLeastZero, 0.1),
    /** Years that count; null: to extinction. */
    horizonYears: withDefault(z.nullable(z.int().check(z.gte(1), z.lte(200))), null),
    /** Premium grows by this share a year, an assumption; left out: it does not. */
    growth: z.optional(z.number().check(z.gt(-1), z.lte(1))),
    /** Premium still to be sold to the customer, as a share of its own, an assumption; left out: none. */
    crossSell: z.optional(atLeastZero),
    /** New customers it brings in a year, each of the book's mean premium and margin, an assumption. */
    recommendations: z.optional(atLeastZero),
  })
  .check(
    z.refine(
      ({ discountRate, growth = 0, horizonYears }) =>
        horizonYears !== null || 1 + discountRate > 1 + growth,
      {
        error:
          'expected discountRate above growth, or horizonYears: a future without end that is not discounted has no value in money',
      },
    ),
  );
