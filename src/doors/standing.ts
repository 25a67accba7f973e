import * as z from 'zod/mini';
import { isoDay } from '../calendar.js';
import { checked } from '../check.js';
import { type RiskTier, riskTiers } from '../plan.js';

/** A tier set by hand: whose decision it is, why, and the day from which it no longer holds. */
export interface Override {
  readonly tier: RiskTier;
  readonly reason: string;
  readonly author: string;
  /** In force while the as-of date is before this day. */
  readonly until: string;
}

/** An override as it comes in: whose tier it sets. */
export interface CustomerOverride extends Override {
  readonly customerId: string;
}

/**
 * What is remembered of a customer from one day to the next, as plain data: it goes to JSON or a row
 * of a file and back unchanged. Dates are ISO dates.
 */
export interface Standing {
  readonly customerId: string;
  /** The day it was graded as of. */
  readonly asOf: string;
  /** The risk tier it holds by its figures and the plan's memory, whatever an override says. */
  readonly tier: RiskTier;
  /** The day it was first seen in that tier. */
  readonly since: string;
  /** Since when the figures speak for a worse tier than it holds; null while they do not. */
  readonly worseSince: string | null;
  /** The count of renewals on that day: when it is higher, a renewal has passed. Null: not known. */
  readonly renewals: number | null;
  readonly override: Override | null;
}

const day = z
  .string()
  .check(
    z.refine((text) => isoDay(text) !== undefined, { error: 'expected a date like 2024-12-31' }),
  );
const words = (error: string) => z.string().check(z.regex(/\S/, error));
const tier = z.enum(riskTiers);
const override = {
  tier,
  reason: words('expected the reason for it'),
  author: words('expected who decided it'),
  until: day,
};
const customerId = words('expected an id');

// Further keys are let be: the standing of a grade says more than the next day needs.
const standingSchema = z
  .object({
    customerId,
    asOf: day,
    tier,
    since: day,
    worseSince: z.nullable(day),
    renewals: z.nullable(z.int().check(z.gte(0))),
    override: z.nullable(z.strictObject(override)),
  })
  .check(
    z.refine(({ asOf, since, worseSince }) => since <= asOf && (worseSince ?? '') <= asOf, {
      error: 'expected since and worseSince on or before asOf',
    }),
  );
const overrideSchema = z.strictObject({ customerId, ...override });

/** Checks a standing; throws a `MisuseError` that says what was expected. */
export function checkedStanding(standing: unknown, where: string): Standing {
  return checked(standingSchema, standing, where);
}

/** Checks an override, which needs a reason, an author and a last day. */
export function checkedOverride(given: unknown, where: string): CustomerOverride {
  return checked(overrideSchema, given, where);
}
