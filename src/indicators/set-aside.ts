import { type Day, isoFromDay, monthsAfter } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import type { Book } from '../book/book.js';
import type { Plan } from '../plan/plan.js';
import { countsByStatus, type ObservationWindow } from './observation-window.js';
import { relationshipAt, termStarts } from './relationship.js';

/** What sets a claim aside; a frame marks it with the position here, counted from 1. */
export const asideRules = ['look-back', 'forgiveness'] as const;
const [old, forgiven] = [1, 2];

/**
 * A frame in which the claims that the plan's look-back or forgiveness leaves out are set aside: they
 * do not count, and their losses are spread over the whole book like what lies above a cap, so that
 * the book's total is kept. Whether a claim counts is decided here and by its status, in `frame.ts`.
 */
export function withSetAside(book: Book, frame: ObservationWindow): ObservationWindow {
  const { lookBackMonths, forgiveFirst } = frame.plan.claims;
  if (lookBackMonths === undefined && forgiveFirst === undefined) return frame;
  const setAside = new Uint8Array(book.claims.length);
  if (lookBackMonths !== undefined) markOld(book, frame, lookBackMonths, setAside);
  if (forgiveFirst !== undefined) markForgiven(book, frame, forgiveFirst.years, setAside);
  return { ...frame, setAside };
}

/** A yearly sum is as old as its first day: it may hold a claim of that day. */
function markOld(
  book: Book,
  { rowOf, asOf, known }: ObservationWindow,
  months: number,
  setAside: Uint8Array,
) {
  const { claims, terms } = book;
  const begins = new Map<Day, Day>();
  for (let c = 0; c < claims.length; c++) {
    const row = rowOf[terms.customer[claims.term[c]]];
    if (row < 0 || !known[c]) continue;
    const begin = begins.get(asOf[row]) ?? monthsAfter(asOf[row], -months);
    begins.set(asOf[row], begin);
    const day = book.aggregated ? terms.from[claims.term[c]] : claims.occurredOn[c];
    if (day < begin) setAside[c] = old;
  }
}

/**
 * Forgiven is a claim that no other counted claim precedes by less than the years, of a customer
 * whose cover on file was unbroken for as long: nobody is claim-free in years that the rows do not
 * show. What was claimed on one day is one event. Only what was known before the as-of date is looked at.
 */
function markForgiven(book: Book, frame: ObservationWindow, years: number, setAside: Uint8Array) {
  const { claims, terms } = book;
  if (book.aggregated) {
    throw new MisuseError(
      'indicators: the plan forgives first claims (claims.forgiveFirst), but yearly sums do not tell when a claim occurred; give policies and claims, or leave it out',
    );
  }
  const counts = countsByStatus(frame.plan);
  const ofRow: number[][] = Array.from({ length: frame.length }, () => []);
  for (let c = 0; c < claims.length; c++) {
    const row = frame.rowOf[terms.customer[claims.term[c]]];
    if (row >= 0 && frame.known[c] && counts(book, c, frame.asOf[row])) ofRow[row].push(c);
  }
  const starts = termStarts(book);
  const { graceDays } = frame.plan.tenure;
  ofRow.forEach((own, row) => {
    const customer = frame.customers[row];
    let last: Day = Number.NEGATIVE_INFINITY;
    for (const [day, ofDay] of byDay(book, own)) {
      const since = monthsAfter(day, -12 * years);
      if (last <= since) {
        const [first, past] = [starts[customer], starts[customer + 1]];
        const { shown } = relationshipAt(book, first, past, day + 1, graceDays);
        if (shown <= since) for (const c of ofDay) setAside[c] ||= forgiven;
      }
      last = day;
    }
  });
}

/** Claims by the day they occurred, the earliest first. */
function byDay({ claims }: Book, own: readonly number[]): [Day, number[]][] {
  const days = new Map<Day, number[]>();
  for (const c of own) {
    const ofDay = days.get(claims.occurredOn[c]);
    if (ofDay) ofDay.push(c);
    else days.set(claims.occurredOn[c], [c]);
  }
  return [...days].sort(([a], [b]) => a - b);
}

/** What was set aside in the window, in claims and money, and what a long window does with it. */
export function notesOnSetAside(
  { set_aside_claim_count: counts, set_aside_loss: losses }: Readonly<Record<string, Float64Array>>,
  { claims, window }: Plan,
  asOf: Day | undefined,
): string[] {
  const { lookBackMonths, forgiveFirst } = claims;
  if (lookBackMonths === undefined && forgiveFirst === undefined) return [];
  const total = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0);
  const since =
    lookBackMonths === undefined
      ? []
      : [
          asOf === undefined
            ? `older than ${lookBackMonths} months`
            : `from before ${isoFromDay(monthsAfter(asOf, -lookBackMonths))}`,
        ];
  const forgiven =
    forgiveFirst === undefined
      ? []
      : [`first after ${forgiveFirst.years} years of cover without one`];
  return [
    `claims of the window that the plan sets aside (${[...since, ...forgiven].join('; ')}): ${total(counts)}, with losses of ${total(losses).toFixed(2)}; they do not count for a customer, the whole book bears their losses`,
    ...(lookBackMonths !== undefined && lookBackMonths < window.months
      ? [
          `the window of ${window.months} months is longer than claims.lookBackMonths ${lookBackMonths}: cover counts from before it and claims do not, which favours those with cover all along`,
        ]
      : []),
  ];
}
