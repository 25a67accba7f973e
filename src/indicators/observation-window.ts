import { type Day, experienceYears, never, type Period, sharedDays } from '../base/calendar.js';
import type { Book } from '../book/book.js';
import { noDay } from '../book/field.js';
import { claimStatuses } from '../plan/claims.js';
import type { Plan } from '../plan/plan.js';

/**
 * Which part of a book counts as of a day: the customers with cover in the window, the days that
 * each term earns there, and the claims that had occurred and were known. All themes measure
 * through it, so the difference between dated claims and yearly sums ends here, and so does that
 * between one as-of date for all customers and one for each.
 */
export interface ObservationWindow {
  readonly plan: Plan;
  /** Position in the table of each customer of the book, −1 without cover in the window. */
  readonly rowOf: Int32Array;
  readonly length: number;
  /** The book's customers that are in the table, in order. */
  readonly customers: Uint32Array;
  /** The as-of date of each row of the table. */
  readonly asOf: Int32Array;
  /** How many experience years the window has. */
  readonly yearCount: number;
  /** The experience years of a row, the latest first. */
  readonly yearsOf: (row: number) => readonly Period[];
  /** The days of each term that are earned in the window, `[earnedFrom, earnedTo)`. */
  readonly earnedFrom: Int32Array;
  readonly earnedTo: Int32Array;
  /** For each claim: 1 where it counts in the window, 0 where not. */
  readonly inWindow: Uint8Array;
  /** For each claim: 1 where it was known before the as-of date, in the window or earlier. */
  readonly known: Uint8Array;
  /** For each claim: by which rule the plan sets it aside, however its status counts; 0 if by none. */
  readonly setAside: Uint8Array;
  /** What was left out whole because a yearly sum cannot be split. */
  readonly excluded: { rows: number; premium: number; claims: number; incurred: number };
}

/**
 * The day from which a term no longer covers. A cancellation on or after the as-of date is not known
 * then, but shortens only what lies after that date, so it changes nothing that is measured.
 */
export function endOfCover({ terms }: Book, term: number): Day {
  return Math.min(terms.to[term], terms.cancelledOn[term]);
}

/**
 * @param asOf the as-of date of all customers, or of each customer of the book ({@link noDay}: not
 * in the table)
 */
export function observationWindowOf(
  book: Book,
  asOf: Day | Int32Array,
  plan: Plan,
): ObservationWindow {
  const { terms, claims } = book;
  const dayOf = typeof asOf === 'number' ? () => asOf : (customer: number) => asOf[customer];
  const yearsAt = yearsByDay(plan.window.months);
  const earnedFrom = new Int32Array(terms.length);
  const earnedTo = new Int32Array(terms.length);
  const excluded = { rows: 0, premium: 0, claims: 0, incurred: 0 };
  const usable = new Uint8Array(terms.length);
  for (let t = 0; t < terms.length; t++) {
    const day = dayOf(terms.customer[t]);
    if (day === noDay) continue;
    const windowFrom = yearsAt(day).windowFrom;
    const valuedAt = book.valuedAt ?? day;
    const end = endOfCover(book, t);
    const overlap = sharedDays(terms.from[t], end, windowFrom, Math.min(day, valuedAt));
    if (overlap === 0) continue;
    if (book.aggregated && (terms.from[t] < windowFrom || (valuedAt > day && end > day))) {
      excluded.rows++;
      excluded.premium += terms.premium[t];
      excluded.claims += claims.count[t];
      excluded.incurred += claims.incurred[t];
      continue;
    }
    usable[t] = 1;
    earnedFrom[t] = Math.max(terms.from[t], windowFrom);
    earnedTo[t] = earnedFrom[t] + overlap;
  }

  const rowOf = new Int32Array(book.customers.length).fill(-1);
  const customers: number[] = [];
  for (let t = 0; t < terms.length; t++) {
    const customer = terms.customer[t];
    if (usable[t] === 0 || rowOf[customer] >= 0) continue;
    rowOf[customer] = customers.length;
    customers.push(customer);
  }

  const inWindow = new Uint8Array(claims.length);
  const known = new Uint8Array(claims.length);
  for (let c = 0; c < claims.length; c++) {
    const term = claims.term[c];
    const day = dayOf(terms.customer[term]);
    if (day === noDay) continue;
    if (book.aggregated) {
      const valuedAt = book.valuedAt ?? day;
      const begun = terms.from[term] < Math.min(day, valuedAt);
      inWindow[c] = usable[term];
      known[c] = begun && (valuedAt <= day || terms.to[term] <= day) ? 1 : 0;
    } else {
      known[c] = claims.occurredOn[c] < day && claims.reportedOn[c] < day ? 1 : 0;
      inWindow[c] = known[c] && claims.occurredOn[c] >= yearsAt(day).windowFrom ? 1 : 0;
    }
  }
  const days = Int32Array.from(customers, dayOf);
  return {
    plan,
    rowOf,
    length: customers.length,
    customers: Uint32Array.from(customers),
    asOf: days,
    yearCount: Math.ceil(plan.window.months / 12),
    yearsOf: (row) => yearsAt(days[row]).years,
    earnedFrom,
    earnedTo,
    inWindow,
    known,
    setAside: new Uint8Array(claims.length),
    excluded,
  };
}

/** The experience years before a day and where the window begins, each day worked out once. */
function yearsByDay(months: number) {
  const known = new Map<Day, { years: readonly Period[]; windowFrom: Day }>();
  let last: { day: Day; years: readonly Period[]; windowFrom: Day } | undefined;
  return (day: Day) => {
    if (last?.day === day) return last;
    let found = known.get(day);
    if (!found) {
      const years = experienceYears(day, months);
      found = {
        years,
        windowFrom: years.reduce((first, { from }) => Math.min(first, from), never),
      };
      known.set(day, found);
    }
    last = { day, ...found };
    return last;
  };
}

/** The experience year (0 the latest) that a yearly sum belongs to: that of the middle of its days. */
function yearOfSum(book: Book, frame: ObservationWindow, term: number): number {
  const middle = (frame.earnedFrom[term] + frame.earnedTo[term]) / 2;
  const row = frame.rowOf[book.terms.customer[term]];
  return frame.yearsOf(row).findIndex((year) => middle >= year.from);
}

/** The earned days of a term that fall in an experience year, none where it ends first; a yearly sum falls in one, whole. */
export function daysInYear(
  book: Book,
  frame: ObservationWindow,
  term: number,
  year: number,
): Period {
  const [from, to] = [frame.earnedFrom[term], frame.earnedTo[term]];
  if (book.aggregated) return { from, to: yearOfSum(book, frame, term) === year ? to : from };
  const period = frame.yearsOf(frame.rowOf[book.terms.customer[term]])[year];
  return { from: Math.max(from, period.from), to: Math.min(to, period.to) };
}

/** The experience year of a claim in the window. */
export function yearOfClaim(book: Book, frame: ObservationWindow, claim: number): number {
  const term = book.claims.term[claim];
  if (book.aggregated) return yearOfSum(book, frame, term);
  const years = frame.yearsOf(frame.rowOf[book.terms.customer[term]]);
  return years.findIndex((year) => book.claims.occurredOn[claim] >= year.from);
}

/** The claims that a row of claims adds to its customer's: none for one that the plan sets aside. */
export function countedIn(
  book: Book,
  frame: ObservationWindow,
): (claim: number, row: number) => number {
  const counted = countedClaims(frame.plan);
  const { setAside, asOf } = frame;
  return (claim, row) => (setAside[claim] ? 0 : counted(book, claim, asOf[row]));
}

/** The claims a row of claims stands for by its status under the plan, as known before a day. */
export function countedClaims(plan: Plan): (book: Book, claim: number, asOf: Day) => number {
  const counts = countsByStatus(plan);
  return (book, claim, asOf) => (counts(book, claim, asOf) ? book.claims.count[claim] : 0);
}

/** Whether a status counts under the plan; a claim that was closed later was open then, and counts. */
export function countsByStatus(plan: Plan): (book: Book, claim: number, asOf: Day) => boolean {
  const counts = claimStatuses.map((status) => !plan.claims.notCounted.includes(status));
  return ({ claims }, claim, asOf) =>
    counts[claims.status[claim]] || claims.closedOn[claim] >= asOf;
}
