import * as z from 'zod/mini';
import { withDefault } from './basics.js';

/** Claim statuses; one that a file leaves out counts as open. */
export const claimStatuses = ['open', 'closed', 'nil', 'withdrawn', 'inquiry'] as const;
export type ClaimStatus = (typeof claimStatuses)[number];

/** What counts as a claim, and how much of a large one. */
export const claimsSchema = z.strictObject({
  /**
   * Claims of these statuses are not counted: they cost nothing, and several laws bar their use.
   */
  notCounted: withDefault(z.array(z.enum(claimStatuses)), ['nil', 'withdrawn', 'inquiry']),
  /**
   * Each claim counts up to this much: an amount, {"quantile": of the book's claims} or
   * {"premiums": a multiple of the annual premium of its term}. Null: no cap.
   */
  cap: withDefault(
    z.nullable(
      z.union(
        [
          z.number().check(z.positive()),
          z.strictObject({
            /** The share of the book's claims that stay below the cap. */
            quantile: z.number().check(z.gt(0), z.lt(1)),
          }),
          z.strictObject({
            /** How many annual premiums of the claim's term. */
            premiums: z.number().check(z.positive()),
          }),
        ],
        {
          error:
            'expected an amount, {"quantile": a share of claims} or {"premiums": how many times the annual premium}',
        },
      ),
    ),
    null,
  ),
  /**
   * Claims that occurred more than this many months before the as-of date are set aside. Left out:
   * none.
   */
  lookBackMonths: z.optional(z.int().check(z.gte(1))),
  /**
   * The first claim after {"years": of unbroken cover without one} is forgiven: it is set aside,
   * with whatever else was claimed that day. Left out: none.
   */
  forgiveFirst: z.optional(
    z.strictObject({
      /** Whole years of cover without a claim before it. */
      years: z.int().check(z.gte(1), z.lte(50)),
    }),
  ),
});
