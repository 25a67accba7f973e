import * as z from 'zod/mini';
import { atLeastZero, share, withDefault } from './basics.js';
import { namedFigure } from './formulas.js';

/** Value tiers, the better one first. */
export const valueTiers = ['high', 'low'] as const;
export type ValueTier = (typeof valueTiers)[number];

/** Where high value begins, and what value is measured by. */
export const valueSchema = z.strictObject({
  /**
   * The indicator or score that value is measured by, such as annual_premium, lifetime_value or
   * annual_profit.
   */
  measure: withDefault(namedFigure, 'annual_premium'),
  /**
   * Where high value begins: {"share": the top share of customers}, {"amount": this amount} or
   * {"pareto": the smallest group with this share of all value above 0}. A value of 0 or less is
   * never high.
   */
  cut: withDefault(
    z.union(
      [
        z.strictObject({
          /** The share of customers with the highest value. */
          share,
        }),
        z.strictObject({
          /** The lowest value that is high. */
          amount: z.number(),
        }),
        z.strictObject({
          /** The share of all value that the smallest group holds. */
          pareto: z.number().check(z.gt(0), z.lte(1)),
        }),
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
     * How the probability of staying is estimated: a shifted beta-geometric curve by tenure (beta-geometric), the observed Kaplan–Meier curve (kaplan-meier), whichever of the two predicted
     * the latest year better (auto), or one given yearly rate (constant).
     */
    method: withDefault(z.enum(['auto', 'beta-geometric', 'kaplan-meier', 'constant']), 'auto'),
    /**
     * Whether leaving means that the customer leaves altogether, or that a policy ends. A
     * customer's policies are taken to be as old as the relationship.
     */
    level: withDefault(z.enum(['customer', 'policy']), 'customer'),
    /**
     * An attribute whose labels have rates of their own where there are enough data. Left out: one
     * rate for all.
     */
    by: z.optional(z.string().check(z.minLength(1))),
    /** A label with fewer leavers, or fewer stayers, than this takes the whole book's rates. */
    minimumLeavers: withDefault(z.int().check(z.gte(1)), 30),
    /** The yearly probability of staying, for the method constant. */
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
    /** Yearly discount rate: 0.1 is 10 %, a convention of ours. */
    discountRate: withDefault(atLeastZero, 0.1),
    /** Years that count. Null: until the customer has left. */
    horizonYears: withDefault(z.nullable(z.int().check(z.gte(1), z.lte(200))), null),
    /** Assumed yearly growth of the premium. Left out: none. */
    growth: z.optional(z.number().check(z.gt(-1), z.lte(1))),
    /**
     * Assumed premium still to be sold to the customer, as a share of its own premium. Left out:
     * none.
     */
    crossSell: z.optional(atLeastZero),
    /**
     * Assumed number of new customers it brings in a year, each with the book's mean premium and
     * margin. Left out: none.
     */
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
