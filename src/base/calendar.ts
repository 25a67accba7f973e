import { utc } from '@date-fns/utc';
import { addMonths } from 'date-fns/addMonths';
import { parse } from 'date-fns/parse';
import { MisuseError, shown } from './errors.js';

/** A day as a whole number: days since 1970-01-01, in no time zone. */
export type Day = number;

/** A length of time in years; rates of growth and discount are those of one of them. */
export type Years = number;

/** Half-open: the first day is in, the last is not. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

const millisecondsPerDay = 86_400_000;
/** The mean length of a year, to make premiums of other terms than a year annual. */
export const daysPerYear = 365.25;
/** The day that stands for "never": later than any date a file can hold. */
export const never: Day = 2 ** 31 - 1;

const firstYear = 1800;
const lastYear = 2200;

/**
 * The day number of an ISO date; throws a `MisuseError` when it is not one.
 *
 * @example
 * ```ts
 * dayFromISO('1970-01-31'); // => 30
 * ```
 */
export function dayFromISO(text: string, what = 'date'): Day {
  const day = isoDay(text);
  if (day !== undefined) return day;
  throw new MisuseError(`${what} must be a date like 2024-12-31, got ${shown(text)}`);
}

/** The day number of an ISO date in the years 1800 to 2200, `undefined` for anything else. */
export function isoDay(text: string): Day | undefined {
  const day = dayOf(new Date(`${text}T00:00:00Z`));
  const year = Number(String(text).slice(0, 4));
  // JavaScript takes 31 February for 2 March: only a date that is written the same again is one.
  const is = !Number.isNaN(day) && isoFromDay(day) === text;
  return is && year >= firstYear && year <= lastYear ? day : undefined;
}

/** The day of a text in a format of date-fns tokens; years of two digits lie within fifty of the reference. */
export function parsedDay(text: string, format: string, referenceYear: number): Day | undefined {
  const date = parse(text, format, utc(Date.UTC(referenceYear, 0, 1)), { in: utc });
  return inRange(date) ? dayOf(date) : undefined;
}

/** The ISO date of a day number. */
export function isoFromDay(day: Day): string {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The day of a `Date` at midnight UTC in the years 1800 to 2200, `undefined` for any other. */
export function dayFromDate(date: Date): Day | undefined {
  const day = date.getTime() / millisecondsPerDay;
  return Number.isInteger(day) && inRange(date) ? day : undefined;
}

/** The same day some months on; the last day of the month where that month is shorter. */
export function monthsAfter(day: Day, months: number): Day {
  return dayOf(addMonths(dateOf(day), months, { in: utc }));
}

/** Whole months from a day to a later one; 0 when it is not later. */
export function monthsBetween(from: Day, to: Day): number {
  let months = 0;
  while (monthsAfter(from, months + 1) <= to) months++;
  return months;
}

/** The observation window of so many months that ends at the as-of date. */
export function windowBefore(asOf: Day, months: number): Period {
  return { from: monthsAfter(asOf, -months), to: asOf };
}

/**
 * The experience years of a window, counted back from the as-of date, the latest first; the
 * earliest is shorter when the window is not a whole number of years.
 */
export function experienceYears(asOf: Day, months: number): Period[] {
  const years: Period[] = [];
  for (let back = 0; back < months; back += 12) {
    years.push({
      from: monthsAfter(asOf, -Math.min(back + 12, months)),
      to: monthsAfter(asOf, -back),
    });
  }
  return years;
}

/** Years between days by the calendar, remembering the anniversaries it has worked out. */
export interface YearCounter {
  /** The same day whole years on, from 0; 28 February where that year has no 29th. */
  anniversary(day: Day, years: number): Day;
  /** Days of the year that begins on a day: 365, or 366 with a leap day. */
  yearLength(day: Day): number;
  /** Whole years up to the last anniversary, and the days since ÷ the days of that year. */
  yearsBetween(from: Day, to: Day): number;
}

export function yearCounter(): YearCounter {
  const known = new Map<Day, Day[]>();
  const anniversary = (day: Day, years: number): Day => {
    let days = known.get(day);
    if (!days) {
      days = [day];
      known.set(day, days);
    }
    while (days.length <= years) {
      days.push(monthsAfter(day, 12 * days.length));
    }
    return days[years];
  };
  return {
    anniversary,
    yearLength: (day) => anniversary(day, 1) - day,
    yearsBetween(from, to) {
      let years = Math.max(0, Math.floor((to - from) / 366));
      while (anniversary(from, years + 1) <= to) years++;
      const start = anniversary(from, years);
      return years + (to - start) / (anniversary(from, years + 1) - start);
    },
  };
}

/** Days that two periods share. */
export function sharedDays(aFrom: Day, aTo: Day, bFrom: Day, bTo: Day): number {
  return Math.max(0, Math.min(aTo, bTo) - Math.max(aFrom, bFrom));
}

function inRange(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= firstYear && year <= lastYear;
}

function dateOf(day: Day): Date {
  return utc(day * millisecondsPerDay);
}

function dayOf(date: Date): Day {
  return Math.floor(date.getTime() / millisecondsPerDay);
}
