import { type Day, dayFromISO, isoFromDay, monthsBetween } from '../base/calendar.js';
import { didYouMean, MisuseError, requireKnown, shown } from '../base/errors.js';
import {
  type CustomerOverride,
  checkedOverride,
  checkedStanding,
  type Override,
  type Standing,
} from '../book/standing.js';
import type { MemoryInputs } from '../segments/memory.js';

/** What is remembered of a customer: its standing from an earlier day, and an override in force. */
export interface Past {
  readonly standing: Standing | undefined;
  readonly override: Override | undefined;
}
/** The past of who has none. */
export const unknownPast: Past = { standing: undefined, override: undefined };

/** The override of a customer, in force or ended; a new one replaces that of the standing. */
const overrideOf = (standing: Standing | undefined, given: Override | undefined) =>
  given ?? standing?.override ?? undefined;

/** The past of a customer as of a day; an override that has ended is gone. */
function pastOf(standing: Standing | undefined, given: Override | undefined, asOf: string): Past {
  if (standing && standing.asOf > asOf) {
    throw new MisuseError(
      `the standing of ${standing.customerId} is from ${standing.asOf}, later than the as-of date ${asOf}: give that of an earlier day`,
    );
  }
  const found = overrideOf(standing, given);
  if (!found || asOf >= found.until) return { standing, override: undefined };
  const { tier, reason, author, until } = found;
  return { standing, override: { tier, reason, author, until } };
}

/** What an earlier day left of one customer, and a tier set by hand. */
export interface Remembered {
  readonly standing?: Standing | null | undefined;
  readonly override?: Override | null | undefined;
}

/** The past of one customer that is asked about, checked; undefined where nothing is given. */
export function checkedPast(
  remembered: Remembered,
  customerId: string,
  asOf: string | undefined,
  tiers: readonly string[],
): Past | undefined {
  if (typeof remembered !== 'object' || remembered === null) {
    throw new MisuseError(
      `grader: expected { standing, override } of the customer, got ${shown(remembered)}`,
    );
  }
  requireKnown(remembered, ['standing', 'override'], 'grader');
  const { standing, override } = remembered;
  if (!standing && !override) return undefined;
  if (asOf === undefined) {
    throw new MisuseError('grader: a standing or an override needs the as-of date of the grade');
  }
  const held = standing ? checkedStanding(standing, 'grader: standing') : undefined;
  const set = override
    ? checkedOverride({ ...override, customerId }, 'grader: override')
    : undefined;
  requireTiers(held, 'grader: standing', tiers);
  requireTiers(set, 'grader: override', tiers);
  if (held && held.customerId !== customerId) {
    throw new MisuseError(
      `grader: expected the standing of ${customerId}, got that of ${held.customerId}`,
    );
  }
  return pastOf(held, set, asOf);
}

/** The standings and overrides of a book, checked and laid beside the rows of its table. */
export interface Pasts {
  /** By row of the table. */
  readonly rows: readonly Past[];
  /** Standings of customers that are not in the table: kept for the day they are again. */
  readonly absent: readonly Standing[];
  /** Overrides, of customers of either, that had ended by the day and set no tier any more. */
  readonly ended: readonly CustomerOverride[];
  /** How many overrides are of customers that are neither in the table nor have a standing. */
  readonly overridesOfNobody: number;
}

/** Lays standings and overrides beside the customers of a table. */
export function pastsOf(
  ids: readonly string[],
  asOf: Day | undefined,
  {
    standings = [],
    overrides = [],
  }: {
    standings?: Iterable<Standing> | undefined;
    overrides?: Iterable<CustomerOverride> | undefined;
  },
  tiers: readonly string[],
): Pasts {
  const held = byCustomer(standings, 'standings', checkedStanding, tiers);
  const set = byCustomer(overrides, 'overrides', checkedOverride, tiers);
  if (held.size === 0 && set.size === 0) {
    return { rows: ids.map(() => unknownPast), absent: [], ended: [], overridesOfNobody: 0 };
  }
  if (asOf === undefined) {
    throw new MisuseError(
      'assess: standings and overrides need the day the table was measured as of: give it an asOf',
    );
  }
  const today = isoFromDay(asOf);
  const ended: CustomerOverride[] = [];
  const taken = (customerId: string): Past => {
    const [standing, given] = [held.get(customerId), set.get(customerId)];
    held.delete(customerId);
    set.delete(customerId);
    const past = pastOf(standing, given, today);
    const found = overrideOf(standing, given);
    if (found && !past.override) ended.push({ ...found, customerId });
    return past;
  };
  const rows = ids.map(taken);
  const absent = [...held.values()].map((standing) => {
    const { override = null } = taken(standing.customerId);
    return { ...standing, override };
  });
  return { rows, absent, ended, overridesOfNobody: set.size };
}

function byCustomer<T extends CustomerOverride | Standing>(
  given: Iterable<T>,
  what: string,
  check: (one: unknown, where: string) => T,
  tiers: readonly string[],
): Map<string, T> {
  if (typeof given?.[Symbol.iterator] !== 'function') {
    throw new MisuseError(`assess: expected a list of ${what}, got ${typeof given}`);
  }
  const found = new Map<string, T>();
  let position = 0;
  for (const one of given) {
    const where = `${what}, ${++position}`;
    const checkedOne = check(one, where);
    requireTiers(checkedOne, where, tiers);
    const { customerId } = checkedOne;
    if (found.has(customerId)) {
      throw new MisuseError(`${where}: "${customerId}" appears twice; expected one per customer`);
    }
    found.set(customerId, checkedOne);
  }
  return found;
}

/** Throws a `MisuseError` for a tier that the plan does not have. */
function requireTiers(
  held: CustomerOverride | Standing | undefined,
  where: string,
  tiers: readonly string[],
): void {
  if (held === undefined) return;
  const override = 'asOf' in held ? held.override : null;
  for (const [place, tier] of [
    ['tier', held.tier],
    ['override.tier', override?.tier],
  ] as const) {
    if (tier === undefined || tiers.includes(tier)) continue;
    throw new MisuseError(
      `${where}, ${place}: expected one of ${tiers.map(shown).join(', ')}, got ${shown(tier)}${didYouMean(tier, tiers)}`,
    );
  }
}

/** What formulas read of a past; `tiers` are those of the plan. */
export function pastInputs(
  { standing, override }: Past,
  asOf: string | null,
  tiers: readonly string[],
): MemoryInputs {
  const position = (tier: string | undefined) => (tier ? tiers.indexOf(tier) : Number.NaN);
  const worseSince = standing?.worseSince ?? undefined;
  return {
    held_tier: position(standing?.tier),
    held_renewals: standing?.renewals ?? Number.NaN,
    worse_months:
      worseSince === undefined || asOf === null
        ? Number.NaN
        : monthsBetween(dayFromISO(worseSince), dayFromISO(asOf)),
    override_tier: position(override?.tier),
  };
}

/** What a day found of a customer: the tiers of its figures and of memory, and its renewals. */
export interface Found {
  readonly observed: string;
  readonly remembered: string;
  readonly renewals: number;
}

/** The standing of a customer after a day. */
export function standingAfter(
  customerId: string,
  { standing, override }: Past,
  { observed, remembered, renewals }: Found,
  asOf: string,
  tiers: readonly string[],
): Standing {
  const kept = standing?.tier === remembered ? standing : undefined;
  return {
    customerId,
    asOf,
    tier: remembered,
    since: kept?.since ?? asOf,
    worseSince: isWorse(observed, remembered, tiers) ? (standing?.worseSince ?? asOf) : null,
    renewals: Number.isNaN(renewals) ? null : renewals,
    override: override ?? null,
  };
}

/** Whether one tier is a rated one and worse than another. */
function isWorse(tier: string, than: string, tiers: readonly string[]): boolean {
  return tier !== tiers.at(-1) && tiers.indexOf(tier) > tiers.indexOf(than);
}
