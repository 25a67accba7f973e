import { type Day, monthsAfter, never, yearCounter } from '../base/calendar.js';
import { attributeNamed, textOrder } from '../base/columns.js';
import { MisuseError, requireKnown, shown as show } from '../base/errors.js';
import type { Book } from '../book/book.js';
import { noDay } from '../book/field.js';

/** Who could leave and who did, by year of the relationship: entry 0 is its first year. */
export interface RenewalCounts {
  readonly atRisk: readonly number[];
  readonly left: readonly number[];
}

/** The same for a whole book and for each segment of it. */
export interface RenewalGroups {
  readonly book: RenewalCounts;
  /** One a label, in the order of the labels. */
  readonly segments: readonly RenewalCounts[];
}

/** What {@link renewalsOf} counts; all lists of years are of one length, the longest needed. */
export interface Renewals extends RenewalGroups {
  readonly level: 'customer' | 'policy';
  /** The labels of the attribute asked for that have an opportunity, sorted. */
  readonly labels: readonly string[];
  /** What had already been decided a year before the as-of date; the rest is the last year's. */
  readonly earlier: RenewalGroups;
}

export interface RenewalOptions {
  /** Whether a customer leaves (altogether, with the last policy) or one policy of a customer. */
  readonly level: 'customer' | 'policy';
  /** Gaps in cover of so many days are none. */
  readonly graceDays: number;
  /** The attribute to count segments by, such as `line`. */
  readonly by?: string | undefined;
}

/** Relationships of so many years and longer are counted together, in the last entry. */
export const maxYears = 60;
/** However long the grace, an end further from the anniversary belongs to the year it lies in. */
const maxDrift = 182;

/** An unbroken stretch of cover of one customer or policy: terms `terms[first … past − 1]`. */
interface Stretch {
  readonly terms: readonly number[];
  readonly first: number;
  readonly past: number;
  /** When the relationship began by the rows or their `since`. */
  readonly began: Day;
  readonly ended: Day;
}

/**
 * Yearly opportunities to leave, and who took them, as known at the start of a day: nothing that
 * begins, or is cancelled, on or after it is used; a term in force then counts as agreed.
 *
 * A relationship is cover without a gap longer than the grace; it began at its first term, or at the
 * `since` of one of its terms where that is earlier (but after an earlier relationship ended: who
 * returns after a longer gap is new). Year t runs from the anniversary t − 1 to the anniversary t,
 * by the calendar. It is an opportunity
 * - once it is due: the grace after its anniversary is over. An end up to the grace after an
 *   anniversary still belongs to it, as terms of 366 days drift and renewal days wander; then the
 *   grace runs from the last such end. Who left before is counted no sooner than who stayed, or the
 *   last year would seem full of leavers;
 * - where the rows show it from its start (to within the grace): a relationship older than the
 *   file counts from its first whole year on file, so that nobody is counted for years in which
 *   nobody could be seen leaving (left truncation).
 *
 * A term of several years offers one opportunity, at its end: at the anniversaries between nobody is
 * counted but who left all the same. Who had no cover beyond the anniversary left in that year, wherever in it cover ended; who had
 * stayed, by a new term or by one that was agreed for longer. A segment is that of the term which
 * began last before the year's end, by at least the grace; what has no label counts in the book only.
 *
 * The file has to show all terms that began before the day: those that it lacks read as leavers. A
 * file without `since` shows as new whoever was there before its first row.
 *
 * @throws MisuseError when the attribute is not in the book, or the grace is no whole number of days
 */
export function renewalsOf(book: Book, asOf: Day, options: RenewalOptions): Renewals {
  requireKnown(options, ['level', 'graceDays', 'by'], 'renewalsOf');
  const { level, graceDays, by } = options;
  if (level !== 'customer' && level !== 'policy') {
    throw new MisuseError(`renewalsOf: expected the level customer or policy, got ${show(level)}`);
  }
  if (!(Number.isInteger(graceDays) && graceDays >= 0)) {
    throw new MisuseError(
      `renewalsOf: expected a whole number of days, 0 or more, as graceDays, got ${show(graceDays)}`,
    );
  }
  if (!Number.isInteger(asOf)) {
    throw new MisuseError(`renewalsOf: expected the as-of date as a day number, got ${show(asOf)}`);
  }
  const segment =
    by === undefined ? undefined : attributeNamed(book.terms.attributes, by, 'renewalsOf');
  const all = tally(segment?.labels.length ?? 0);
  const early = tally(segment?.labels.length ?? 0);
  const { from } = book.terms;
  const { anniversary } = yearCounter();
  const drift = Math.min(graceDays, maxDrift);
  const yearAgo = monthsAfter(asOf, -12);

  /** Whether a term of several years holds on both sides of an anniversary. */
  const holdsAcross = (t: number, end: Day) =>
    book.terms.to[t] !== never &&
    book.terms.to[t] - from[t] > 366 + drift &&
    from[t] < end - drift &&
    endKnown(book, t, asOf) > end + drift;

  const count = ({ terms, first, past, began, ended }: Stretch) => {
    const shown = from[terms[first]];
    let latest = first;
    let year = 1;
    let start = began;
    for (; ; year++) {
      const end = anniversary(began, year);
      if (end + graceDays >= asOf) return;
      const left = ended <= end + drift;
      // Who is bound by a term of several years can leave at its end only, or has left all the same.
      const bound = !left && terms.some((t, k) => k >= first && k < past && holdsAcross(t, end));
      if (!bound && start + drift >= shown) {
        while (latest + 1 < past && from[terms[latest + 1]] < end - drift) latest++;
        let settled = end;
        for (let k = first; k < past; k++) {
          const day = endKnown(book, terms[k], asOf);
          if (day <= end + drift) settled = Math.max(settled, day);
        }
        settled += graceDays;
        const code = segment?.codes[terms[latest]] ?? -1;
        if (settled < asOf) all.add(code, year, left);
        if (settled < yearAgo) early.add(code, year, left);
      }
      if (left) return;
      start = end;
    }
  };
  eachStretch(book, asOf, level, graceDays, count);

  const names = segment?.labels ?? [];
  const groups = [...textOrder(names)].filter((code) => all.has(code));
  const years = all.years();
  return {
    level,
    labels: groups.map((code) => names[code]),
    ...all.counts(groups, years),
    earlier: early.counts(groups, years),
  };
}

/** The end of a term's cover as known before a day: a cancellation from then on is not. */
function endKnown({ terms: { to, cancelledOn } }: Book, term: number, asOf: Day): Day {
  return Math.min(to[term], cancelledOn[term] < asOf ? cancelledOn[term] : never);
}

/** Visits the unbroken stretches of cover of every customer, or of every policy of a customer. */
function eachStretch(
  book: Book,
  asOf: Day,
  level: 'customer' | 'policy',
  graceDays: number,
  visit: (stretch: Stretch) => void,
): void {
  const { length, customer, policy, from, since } = book.terms;
  for (let start = 0, next = 0; start < length; start = next) {
    const terms: number[] = [];
    let mingled = false;
    for (; next < length && customer[next] === customer[start]; next++) {
      if (level === 'policy' && policy[next] !== policy[start]) break;
      if (from[next] >= asOf || from[next] >= endKnown(book, next, asOf)) continue;
      mingled ||= terms.length > 0 && from[next] < from[terms[terms.length - 1]];
      terms.push(next);
    }
    // Terms of one policy stand by their first day; those of several mingle.
    if (mingled) terms.sort((a, b) => from[a] - from[b] || a - b);
    let before: Day = noDay;
    for (let first = 0, past = 0; first < terms.length; first = past) {
      let began = from[terms[first]];
      let ended = began;
      for (; past < terms.length && from[terms[past]] - ended <= graceDays; past++) {
        const term = terms[past];
        if (since[term] > before) began = Math.min(began, since[term]);
        ended = Math.max(ended, endKnown(book, term, asOf));
      }
      visit({ terms, first, past, began, ended });
      before = ended;
    }
  }
}

/** Counts by group and year; the book stands behind the groups. */
function tally(groups: number) {
  const atRisk = new Float64Array((groups + 1) * maxYears);
  const left = new Float64Array((groups + 1) * maxYears);
  const put = (group: number, year: number, leaves: boolean) => {
    const cell = group * maxYears + Math.min(year, maxYears) - 1;
    atRisk[cell]++;
    if (leaves) left[cell]++;
  };
  const of = (column: Float64Array, group: number, years: number) =>
    Array.from(column.subarray(group * maxYears, group * maxYears + years));
  const ofGroup = (group: number, years: number): RenewalCounts => ({
    atRisk: of(atRisk, group, years),
    left: of(left, group, years),
  });
  return {
    add(group: number, year: number, leaves: boolean) {
      put(groups, year, leaves);
      if (group >= 0) put(group, year, leaves);
    },
    has: (group: number) => of(atRisk, group, maxYears).some((count) => count > 0),
    years: () => of(atRisk, groups, maxYears).findLastIndex((count) => count > 0) + 1,
    counts: (chosen: readonly number[], years: number): RenewalGroups => ({
      book: ofGroup(groups, years),
      segments: chosen.map((group) => ofGroup(group, years)),
    }),
  };
}
