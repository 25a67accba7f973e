import { type Day, experienceYears, type Period, sharedDays, windowBefore } from '../calendar.js';
import type { Book } from '../doors/book.js';
import { claimStatuses, type Plan } from '../plan.js';

/**
 * Which part of a book counts as of a day: the customers with cover in the window, the days that
 * each term earns there, and the claims that had occurred and were known. All themes measure
 * through it, so the difference between dated claims and yearly sums ends here.
 */
export interface Frame {
  readonly asOf: Day;
  readonly window: Period;
  /** Experience years, the latest first. */
  readonly years: readonly Period[];
  readonly plan: Plan;
  /** Position in the table of each customer of the book, −1 without cover in the window. */
  readonly rowOf: Int32Array;
  readonly length: number;
  /** The book's customers that are in the table, in order. */
  readonly customers: Uint32Array;
  /** The days of each term that are earned in the window, `[earnedFrom, earnedTo)`. */
  readonly earnedFrom: Int32Array;
  readonly earnedTo: Int32Array;
  /** For each claim: 1 where it counts in the window, 0 where not. */
  readonly inWindow: Uint8Array;
  /** For each claim: 1 where it was known before the as-of date, in the window or earlier. */
  readonly known: Uint8Array;
  /** What was left out whole because a yearly sum cannot be split. */
  readonly leftOut: { rows: number; premium: number; claims: number; incurred: number };
}

/**
 * The day from which a term no longer covers. A cancellation on or after the as-of date is not known
 * then, but shortens only what lies after that date, so it changes nothing that is measured.
 */
export function endOfCover({ terms }: Book, term: number): Day {
  return Math.min(terms.to[term], terms.cancelledOn[term]);
}

export function frameOf(book: Book, asOf: Day, plan: Plan): Frame {
  const window = windowBefore(asOf, plan.window.months);
  const { terms, claims } = book;
  const earnedFrom = new Int32Array(terms.length);
  const earnedTo = new Int32Array(terms.length);
  const leftOut = { rows: 0, premium: 0, claims: 0, incurred: 0 };
  const usable = new Uint8Array(terms.length);
  const valuedAt = book.valuedAt ?? asOf;
  const horizon = Math.min(asOf, valuedAt);
  for (let t = 0; t < terms.length; t++) {
    const end = endOfCover(book, t);
    const overlap = sharedDays(terms.from[t], end, window.from, horizon);
    if (overlap === 0) continue;
    if (book.sums && (terms.from[t] < window.from || (valuedAt > asOf && end > asOf))) {
      leftOut.rows++;
      leftOut.premium += terms.premium[t];
      leftOut.claims += claims.count[t];
      leftOut.incurred += claims.incurred[t];
      continue;
    }
    usable[t] = 1;
    earnedFrom[t] = Math.max(terms.from[t], window.from);
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
    if (book.sums) {
      inWindow[c] = usable[term];
      known[c] = terms.from[term] < horizon && (valuedAt <= asOf || terms.to[term] <= asOf) ? 1 : 0;
    } else {
      known[c] = claims.occurredOn[c] < asOf && claims.reportedOn[c] < asOf ? 1 : 0;
      inWindow[c] = known[c] && claims.occurredOn[c] >= window.from ? 1 : 0;
    }
  }
  return {
    asOf,
    window,
    years: experienceYears(asOf, plan.window.months),
    plan,
    rowOf,
    length: customers.length,
    customers: Uint32Array.from(customers),
    earnedFrom,
    earnedTo,
    inWindow,
    known,
    leftOut,
  };
}

/** The experience year (0 the latest) that a yearly sum belongs to: that of the middle of its days. */
function yearOfSum(frame: Frame, term: number): number {
  const middle = (frame.earnedFrom[term] + frame.earnedTo[term]) / 2;
  return frame.years.findIndex((year) => middle >= year.from);
}

/** The earned days of a term that fall in an experience year; a yearly sum falls in one, whole. */
export function daysInYear(book: Book, frame: Frame, term: number, year: number): number {
  const { from, to } = frame.years[year];
  const { earnedFrom, earnedTo } = frame;
  if (!book.sums) return sharedDays(earnedFrom[term], earnedTo[term], from, to);
  return yearOfSum(frame, term) === year ? earnedTo[term] - earnedFrom[term] : 0;
}

/** The experience year of a claim in the window. */
export function yearOfClaim(book: Book, frame: Frame, claim: number): number {
  if (book.sums) return yearOfSum(frame, book.claims.term[claim]);
  return frame.years.findIndex((year) => book.claims.occurredOn[claim] >= year.from);
}

/** The policy years of a whole term: as stated, or its days ÷ the days of the year it begins. */
export function termYears(book: Book, term: number, yearLength: (day: Day) => number): number {
  const { exposure, from, to } = book.terms;
  const stated = exposure[term];
  return Number.isNaN(stated) ? (to[term] - from[term]) / yearLength(from[term]) : stated;
}

/** The claims a row of claims stands for under the plan: none for a status that does not count. */
export function countedClaims({ plan }: Frame): (book: Book, claim: number) => number {
  const counts = claimStatuses.map((status) => !plan.claims.notCounted.includes(status));
  return ({ claims }, claim) => (counts[claims.status[claim]] ? claims.count[claim] : 0);
}
