import { type Day, isoFromDay, monthsAfter } from '../calendar.js';
import { take } from '../columns.js';
import type { Book } from '../doors/book.js';
import { claimStatuses } from '../plan.js';

/** A book as it was known before a day, and the two periods of it to compare. */
export interface LatestPeriods {
  readonly book: Book;
  readonly from: string;
  readonly until: string;
}

/**
 * The latest two periods that a book can tell of as of a day: for dated claims the year before it;
 * for yearly sums the terms that began in the year before that, so that they have ended.
 */
export function latestPeriods(book: Book, asOf: Day): LatestPeriods {
  const back = book.sums ? 12 : 0;
  return {
    book: book.sums ? book : knownBefore(book, asOf),
    from: isoFromDay(monthsAfter(asOf, -12 - back)),
    until: isoFromDay(monthsAfter(asOf, -back)),
  };
}

/** Without the claims that were reported later; what was closed later was open then. */
function knownBefore(book: Book, asOf: Day): Book {
  const { claims } = book;
  const known = Uint32Array.from(claims.reportedOn.keys()).filter(
    (claim) => Math.max(claims.reportedOn[claim], claims.occurredOn[claim]) < asOf,
  );
  const open = claimStatuses.indexOf('open');
  const closedOn = take(claims.closedOn, known);
  return {
    ...book,
    claims: {
      length: known.length,
      term: take(claims.term, known),
      occurredOn: take(claims.occurredOn, known),
      reportedOn: take(claims.reportedOn, known),
      closedOn,
      status: take(claims.status, known).map((status, k) => (closedOn[k] >= asOf ? open : status)),
      count: take(claims.count, known),
      incurred: take(claims.incurred, known),
    },
  };
}
