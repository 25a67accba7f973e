import { type Day, dayFromISO, never, sharedDays } from '../base/calendar.js';
import type { Book } from '../book/book.js';
import { noDay } from '../book/field.js';
import type { Grades } from '../grading/assess.js';
import { earningOf } from '../indicators/earning.js';
import {
  countedClaims,
  endOfCover,
  observationWindowOf,
} from '../indicators/observation-window.js';
import type { Table } from '../indicators/table.js';
import type { Plan } from '../plan/plan.js';

/** The days `[from, until)` in which customers are followed. */
export interface FollowedDays {
  readonly from: Day;
  readonly until: Day;
}

/** What followed for each customer of a book, from the day it was graded. */
export interface Followed {
  readonly earnedPremium: Float64Array;
  readonly exposureYears: Float64Array;
  readonly claims: Float64Array;
  readonly incurred: Float64Array;
  /** 1 stayed, 0 left, NaN not known or nothing to stay with. */
  readonly stayed: Float64Array;
  /** Whether much of the cover runs on after the last claim on file, so that its claims are not all known. */
  readonly unfinished: boolean;
  readonly notes: readonly string[];
}

/** Later than any yearly sum ends; the same whatever a book holds, or its end would tell the future. */
const whenComplete = dayFromISO('2200-12-31');

/**
 * A book of yearly sums as it was known before its last day: where the day they were taken is not
 * stated, they are taken as complete, so that none that was still running is known in advance.
 */
export function asTakenLater(book: Book): Book {
  return book.aggregated && book.valuedAt === undefined
    ? { ...book, valuedAt: whenComplete }
    : book;
}

/**
 * The day on which each customer comes up for renewal: the first in the days given on which a term
 * of it begins and something of it is known in the window; {@link noDay} without any.
 */
export function renewalDays(book: Book, { from, until }: FollowedDays, plan: Plan): Int32Array {
  const { terms, customers } = book;
  const days = new Int32Array(customers.length).fill(noDay);
  const open = new Uint8Array(customers.length).fill(1);
  const ruledOut = new Int32Array(customers.length).fill(from - 1);
  // Each round grades those still open on their next candidate; a customer has few.
  for (let left = customers.length; left > 0; ) {
    const candidate = new Int32Array(customers.length).fill(noDay);
    for (let t = 0; t < terms.length; t++) {
      const customer = terms.customer[t];
      const day = terms.from[t];
      if (!open[customer] || day <= ruledOut[customer] || day >= until) continue;
      if (endOfCover(book, t) <= day) continue;
      if (candidate[customer] === noDay || day < candidate[customer]) candidate[customer] = day;
    }
    const { rowOf } = observationWindowOf(book, candidate, plan);
    left = 0;
    for (let customer = 0; customer < customers.length; customer++) {
      if (!open[customer]) continue;
      if (candidate[customer] === noDay || rowOf[customer] >= 0) {
        open[customer] = 0;
        days[customer] = candidate[customer];
      } else {
        ruledOut[customer] = candidate[customer];
        left++;
      }
    }
  }
  return days;
}

/**
 * Follows each customer from the day it was graded: to `until` (`date`), or for the terms that begin
 * on that day (`renewal`). Whatever is known now of that time counts, however late it was reported.
 * A yearly sum that began before the days is not followed, for it cannot be split; one that begins
 * in them is followed whole.
 *
 * @param gradedOn the day each customer of the book was graded, {@link noDay} where it was not
 */
export function follow(
  book: Book,
  gradedOn: Int32Array,
  { from, until }: FollowedDays,
  at: 'date' | 'renewal',
  plan: Plan,
): Followed {
  const { terms, claims, customers } = book;
  const column = () => new Float64Array(customers.length);
  const [earnedPremium, exposureYears, claimCount, incurred] = [
    column(),
    column(),
    column(),
    column(),
  ];
  const followedFrom = new Int32Array(terms.length);
  const followedTo = new Int32Array(terms.length).fill(noDay);
  const earning = earningOf(book);
  const valuedAt = book.valuedAt ?? Number.POSITIVE_INFINITY;
  let unsplit = 0;
  for (let t = 0; t < terms.length; t++) {
    const customer = terms.customer[t];
    const day = gradedOn[customer];
    if (day === noDay) continue;
    const end = Math.min(endOfCover(book, t), valuedAt);
    if (
      at === 'renewal' ? terms.from[t] !== day : sharedDays(terms.from[t], end, day, until) === 0
    ) {
      continue;
    }
    if (book.aggregated && terms.from[t] < day) {
      unsplit++;
      continue;
    }
    const begin = Math.max(day, terms.from[t]);
    const stop = book.aggregated || at === 'renewal' ? end : Math.min(end, until);
    if (stop <= begin) continue;
    followedFrom[t] = begin;
    followedTo[t] = stop;
    earnedPremium[customer] += earning.premium(t, begin, stop);
    exposureYears[customer] += earning.years(t, begin, stop);
  }
  const counted = countedClaims(plan);
  for (let c = 0; c < claims.length; c++) {
    const term = claims.term[c];
    if (followedTo[term] === noDay) continue;
    const day = claims.occurredOn[c];
    if (!book.aggregated && !(day >= followedFrom[term] && day < followedTo[term])) continue;
    const customer = terms.customer[term];
    claimCount[customer] += counted(book, c, never);
    incurred[customer] += claims.incurred[c];
  }
  const late = book.aggregated ? [] : lateNotes(book, followedTo);
  return {
    earnedPremium,
    exposureYears,
    claims: claimCount,
    incurred,
    stayed: stayedOf(book, gradedOn, { from, until }, at, plan),
    unfinished: late.length > 0,
    notes: [
      ...(unsplit > 0
        ? [
            `${unsplit} yearly sums that had begun before the day of grading were not followed: they cannot be split; at renewal none is lost`,
          ]
        : []),
      ...late,
    ],
  };
}

/**
 * Whether cover went on after what was followed, bridged by the plan's grace. Known where the book
 * shows what began by the agreed end and the grace after it: were it by the day a term was
 * cancelled, the last who are known would all have left.
 */
function stayedOf(
  book: Book,
  gradedOn: Int32Array,
  { until }: FollowedDays,
  at: 'date' | 'renewal',
  plan: Plan,
): Float64Array {
  const { terms } = book;
  const { graceDays } = plan.tenure;
  const lastBegin = terms.from.reduce((last, day) => Math.max(last, day), noDay);
  const ends = new Int32Array(gradedOn.length).fill(noDay);
  const agreed = new Int32Array(gradedOn.length).fill(noDay);
  for (let t = 0; t < terms.length; t++) {
    const customer = terms.customer[t];
    const day = gradedOn[customer];
    if (day === noDay) continue;
    const end = endOfCover(book, t);
    const inForce = at === 'renewal' ? terms.from[t] === day : terms.from[t] < day && end >= day;
    if (!inForce) continue;
    ends[customer] = at === 'renewal' ? Math.max(ends[customer], end) : until;
    agreed[customer] = at === 'renewal' ? Math.max(agreed[customer], terms.to[t]) : until;
  }
  const stayed = Float64Array.from(agreed, (end) =>
    end === noDay || end + graceDays > lastBegin ? Number.NaN : 0,
  );
  for (let t = 0; t < terms.length; t++) {
    const customer = terms.customer[t];
    const end = ends[customer];
    if (Number.isNaN(stayed[customer]) || endOfCover(book, t) <= end) continue;
    if (terms.from[t] <= end + graceDays) stayed[customer] = 1;
  }
  return stayed;
}

/** Cover that is followed past the last claim on file is cover of which no claim can be known. */
function lateNotes({ claims, terms }: Book, followedTo: Int32Array): string[] {
  const last = claims.occurredOn.reduce((latest, day) => Math.max(latest, day), noDay);
  let late = 0;
  let followed = 0;
  for (let t = 0; t < terms.length; t++) {
    if (followedTo[t] === noDay) continue;
    followed++;
    if (followedTo[t] > last + 31) late++;
  }
  return late > 0.1 * followed
    ? [
        `${late} of ${followed} followed terms run on after the last claim on file: their claims are not all known, for all tiers alike`,
      ]
    : [];
}

/** Customers as they would have been graded then, and what followed. */
export interface Holdout {
  readonly plan: Plan;
  readonly at: 'date' | 'renewal';
  /** All customers as they were known on the first day: what the model was calibrated on. */
  readonly known: Table;
  /** The customers on the day each was graded, and their grades. */
  readonly grades: Grades;
  /** By customer of the book: the day it was graded, and what followed. */
  readonly gradedOn: Int32Array;
  readonly followed: Followed;
  /** Where each graded customer stands in the book. */
  readonly customerOf: Int32Array;
  /** What is said of those with cover in the days of whom nothing was known. */
  readonly unknown: readonly string[];
}
