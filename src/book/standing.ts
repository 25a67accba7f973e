import * as z from 'zod/mini';
import { isoDay } from '../base/calendar.js';
import { checked, type Spelled } from '../base/validation.js';

/** A tier set by hand: whose decision it is, why, and the day from which it no longer holds. */
export interface Override {
  readonly tier: string;
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
  readonly tier: string;
  /** The day it was first seen in that tier. */
  readonly since: string;
  /** Since when the figures speak for a worse tier than it holds; null while they do not. */
  readonly worseSince: string | null;
  /** The count of renewals on that day: when it is higher, a renewal has passed. Null: not known. */
  readonly renewals: number | null;
  readonly override: Override | null;
}

const textThat = (is: (text: string) => boolean, error: string) =>
  z.string(error).check(z.refine(is, { error }));
const day = textThat((text) => isoDay(text) !== undefined, 'expected a date like 2024-12-31');
const words = (error: string) => textThat((text) => /\S/.test(text), error);
const count = 'expected a whole number of 0 or more';
const tier = words('expected the name of a risk tier');
const override = {
  tier,
  reason: words('expected the reason for it'),
  author: words('expected who decided it'),
  until: day,
};
const customerId = words('expected an id as text');

/** A day that is not after the one of the standing. */
const notLater = (key: 'since' | 'worseSince') =>
  z.refine<Pick<Standing, 'asOf' | 'since' | 'worseSince'>>(
    (standing) => (standing[key] ?? '') <= standing.asOf,
    { path: [key], error: 'expected a day not after the one the standing is of' },
  );

// Further keys are let be: the standing of a grade says more than the next day needs.
const standingSchema = z
  .object({
    customerId,
    asOf: day,
    tier,
    since: day,
    worseSince: z.nullable(day),
    renewals: z.nullable(z.int(count).check(z.gte(0, count))),
    override: z.nullable(z.strictObject(override)),
  })
  .check(notLater('since'), notLater('worseSince'));
const overrideSchema = z.strictObject({ customerId, ...override });

/** Checks a standing; throws a `MisuseError` that says what was expected. */
export function checkedStanding(standing: unknown, where: string, spelled?: Spelled): Standing {
  return checked(standingSchema, standing, where, spelled);
}

/** Checks an override, which needs a reason, an author and a last day. */
export function checkedOverride(
  given: unknown,
  where: string,
  spelled?: Spelled,
): CustomerOverride {
  return checked(overrideSchema, given, where, spelled);
}
