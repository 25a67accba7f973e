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
   * a multiple of the annual premium of the term it fell in; null: no cap.
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
    null,
  ),
  /** Claims that occurred more than so many months before the as-of date are set aside; left out: none. */
  lookBackMonths: z.optional(z.int().check(z.gte(1))),
  /**
   * A claim after so many whole years of unbroken cover on file without one is forgiven: set aside,
   * with whatever else was claimed that day. Left out: none.
   */
  forgiveFirst: z.optional(z.strictObject({ years: z.int().check(z.gte(1), z.lte(50)) })),
});
