import { type Day, dayFromISO, isoDay, isoFromDay, monthsAfter } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';

/** The days of a simulated book, [from, asOf), with what the calendar says of them worked out once. */
export interface BookDays {
  readonly from: Day;
  readonly asOf: Day;
  /** The end of the year that begins on a day of the book. */
  yearAfter(day: Day): Day;
  /** The ISO date of a day from the book's first to the end of its last term: always the same string. */
  iso(day: Day): string;
}

/**
 * The days of a book of so many years.
 *
 * @throws MisuseError when `from` is not an ISO date, or the book would end later than dates can be read
 */
export function bookDays(first: string, years: number): BookDays {
  const from = dayFromISO(first, 'simulate: from');
  const asOf = monthsAfter(from, 12 * years);
  const past = monthsAfter(asOf, 12) + 1;
  if (isoDay(isoFromDay(past)) === undefined) {
    throw new MisuseError(
      `simulate: expected a book that ends before the year 2200, got ${years} years from ${first}`,
    );
  }
  const yearEnds = Int32Array.from({ length: asOf - from }, (_, i) => monthsAfter(from + i, 12));
  const texts = Array.from({ length: past - from }, (_, i) => isoFromDay(from + i));
  return {
    from,
    asOf,
    yearAfter: (day) => yearEnds[day - from],
    iso: (day) => texts[day - from],
  };
}
