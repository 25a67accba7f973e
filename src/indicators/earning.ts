import { type Day, monthsAfter, never, yearCounter } from '../base/calendar.js';
import type { Book } from '../book/book.js';
import { endOfCover } from './observation-window.js';

/** Parts of a year that a day of it is: 366 where it has 365 days, 365 where it has 366. */
export const partsPerYear = 365 * 366;
const meanMonth = 365.25 / 12;

/** What the days of a term are worth, in years of cover and in premium. */
export interface Earning {
  /** Whether the file states the exposure of a term. */
  isStated(term: number): boolean;
  /** Years of cover of days of a term, in whole {@link partsPerYear}: sums are exact, divided once. */
  parts(term: number, from: Day, to: Day): number;
  /** The same in years; of a stated exposure the share of the days. */
  years(term: number, from: Day, to: Day): number;
  /** Premium by days; of a term without end by years, for its premium is that of one. */
  premium(term: number, from: Day, to: Day): number;
  /** The premium for a year: by whole months where the term is of some, else by its years. */
  annual(term: number, premium?: Float64Array): number;
}

/**
 * How the terms of a book earn. Days count in the anniversary years of the policy's unbroken cover, so
 * that however a cover is cut into terms, a year of it is 1.
 */
export function earningOf(book: Book): Earning {
  const { terms } = book;
  const { from, to, exposure } = terms;
  const { anniversary, yearLength } = yearCounter();
  const begins = coverBegins(book);
  const share = (term: number, a: Day, b: Day) => (b - a) / (to[term] - from[term]);
  const isStated = (term: number) => !Number.isNaN(exposure[term]);
  function parts(term: number, a: Day, b: Day): number {
    const begin = begins[term];
    let year = Math.max(0, Math.floor((a - begin) / 366));
    let total = 0;
    for (let start = a; start < b; year++) {
      const end = anniversary(begin, year + 1);
      if (end <= start) continue;
      const length = end - anniversary(begin, year);
      total += (Math.min(end, b) - start) * (365 + 366 - length);
      start = end;
    }
    return total;
  }
  const years = (term: number, a: Day, b: Day) =>
    isStated(term) && to[term] !== never
      ? exposure[term] * share(term, a, b)
      : parts(term, a, b) / partsPerYear;
  const wholeMonths = monthCounter();
  return {
    isStated: (term) => isStated(term) && to[term] !== never,
    parts,
    years,
    premium: (term, a, b) =>
      to[term] === never
        ? (terms.premium[term] * parts(term, a, b)) / partsPerYear
        : terms.premium[term] * share(term, a, b),
    annual(term, premium = terms.premium) {
      const [first, past] = [from[term], to[term]];
      if (past === never || past - first === yearLength(first)) return premium[term];
      const months = wholeMonths(begins[term], past) - wholeMonths(begins[term], first);
      if (months > 0) return months === 12 ? premium[term] : (premium[term] * 12) / months;
      return (premium[term] * partsPerYear) / parts(term, first, past);
    },
  };
}

/** The day each term's unbroken cover of its policy began. */
function coverBegins(book: Book): Int32Array {
  const { terms } = book;
  const begins = terms.from.slice();
  for (let t = 1; t < terms.length; t++) {
    const follows =
      terms.policy[t] === terms.policy[t - 1] &&
      terms.customer[t] === terms.customer[t - 1] &&
      terms.from[t] === endOfCover(book, t - 1);
    if (follows) begins[t] = begins[t - 1];
  }
  return begins;
}

/** Whole months from a day to another, NaN where a month is broken; each pair is worked out once. */
function monthCounter(): (from: Day, to: Day) => number {
  const known = new Map<number, number>();
  return (from, to) => {
    const key = from * 2 ** 22 + (to - from);
    let months = known.get(key);
    if (months === undefined) {
      const near = Math.round((to - from) / meanMonth);
      const found = [near, near - 1, near + 1].find((n) => monthsAfter(from, n) === to);
      months = found ?? Number.NaN;
      known.set(key, months);
    }
    return months;
  };
}
