import { type Day, isoFromDay, monthsAfter } from '../../base/calendar.js';
import { take, takeCoded } from '../../base/columns.js';
import type { Book, Claims } from '../../book/book.js';
import { claimStatuses } from '../../plan/claims.js';
import { counted } from '../../segments/counted.js';

/** A book as it was known before a day, and the two periods of it to compare. */
export interface LatestPeriods {
  readonly book: Book;
  readonly from: string;
  readonly until: string;
  readonly notes: readonly string[];
}

/**
 * The latest two periods that a book can tell of as of a day: for dated claims the year before it;
 * for yearly sums the terms that began in the year before that, so that they have ended.
 */
export function latestPeriods(book: Book, asOf: Day): LatestPeriods {
  const back = book.aggregated ? 12 : 0;
  const end = monthsAfter(asOf, -back);
  const unended = book.aggregated
    ? book.terms.to.filter((to, term) => to > asOf && book.terms.from[term] < end).length
    : 0;
  return {
    book: book.aggregated ? endedBefore(book, asOf) : knownBefore(book, asOf),
    from: isoFromDay(monthsAfter(asOf, -12 - back)),
    until: isoFromDay(end),
    notes:
      unended > 0
        ? [
            `${counted(unended, 'yearly sum')} of more than a year had not ended and could not be followed`,
          ]
        : [],
  };
}

/** Without the yearly sums that had not ended: what they came to was not known then. */
function endedBefore(book: Book, asOf: Day): Book {
  const { terms, claims } = book;
  const ended = Uint32Array.from(terms.to.keys()).filter((term) => terms.to[term] <= asOf);
  if (ended.length === terms.length) return book;
  const place = new Int32Array(terms.length).fill(-1);
  ended.forEach((term, k) => {
    place[term] = k;
  });
  const known = Uint32Array.from(claims.term.keys()).filter((c) => place[claims.term[c]] >= 0);
  return {
    ...book,
    terms: {
      length: ended.length,
      customer: take(terms.customer, ended),
      policy: take(terms.policy, ended),
      from: take(terms.from, ended),
      to: take(terms.to, ended),
      cancelledOn: take(terms.cancelledOn, ended),
      premium: take(terms.premium, ended),
      newBusinessPremium: take(terms.newBusinessPremium, ended),
      exposure: take(terms.exposure, ended),
      since: take(terms.since, ended),
      attributes: terms.attributes.map((attribute) => takeCoded(attribute, ended)),
    },
    claims: { ...claimsAt(book, known), term: take(claims.term, known).map((term) => place[term]) },
  };
}

/** Without the claims that were reported later; what was closed later was open then. */
export function knownBefore(book: Book, asOf: Day): Book {
  const { claims } = book;
  const known = Uint32Array.from(claims.reportedOn.keys()).filter(
    (claim) => Math.max(claims.reportedOn[claim], claims.occurredOn[claim]) < asOf,
  );
  const open = claimStatuses.indexOf('open');
  const left = claimsAt(book, known);
  const status = left.status.map((code, k) => (left.closedOn[k] >= asOf ? open : code));
  return { ...book, claims: { ...left, status } };
}

function claimsAt({ claims }: Book, chosen: Uint32Array): Claims {
  return {
    length: chosen.length,
    term: take(claims.term, chosen),
    occurredOn: take(claims.occurredOn, chosen),
    reportedOn: take(claims.reportedOn, chosen),
    closedOn: take(claims.closedOn, chosen),
    status: take(claims.status, chosen),
    count: take(claims.count, chosen),
    incurred: take(claims.incurred, chosen),
  };
}
