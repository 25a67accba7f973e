import { type Day, dayFromDate, dayReader, isoFromDay } from '../base/calendar.js';
import type { ReadColumns } from './columns-file.js';
import type { IssueCode } from './issues.js';

/** What a column may hold. A `count` is a whole number, an `amount` a number of 0 or more. */
export type Kind = 'text' | 'day' | 'number' | 'amount' | 'count';

/** A cell that cannot be read: the issue's code and what was expected. */
export interface Fault {
  readonly code: IssueCode;
  readonly expected: string;
}

/** Reads cells of one table; `undefined` is a missing value. Faults are returned, not thrown. */
export interface CellReader {
  isMissing(raw: unknown): boolean;
  text(raw: unknown): string | Fault;
  number(raw: unknown): number | Fault;
  amount(raw: unknown): number | Fault;
  count(raw: unknown): number | Fault;
  day(raw: unknown): Day | Fault;
}

const decimalNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const badNumber: Fault = { code: 'bad-number', expected: 'a finite decimal number' };
const notACount: Fault = { code: 'not-a-count', expected: 'a whole number of 0 or more' };
const negative: Fault = { code: 'negative-value', expected: 'a number of 0 or more' };
const badText: Fault = { code: 'bad-text', expected: 'a text or a number' };

/** Reads numbers, and those that are counts or cannot be below 0. */
export function numberReader(
  decimal: '.' | ',' = '.',
): Pick<CellReader, 'number' | 'amount' | 'count'> {
  function number(raw: unknown): number | Fault {
    const value = typeof raw === 'string' ? numberOf(raw.trim()) : raw;
    if (typeof value !== 'number' && typeof value !== 'bigint') return badNumber;
    return Number.isFinite(Number(value)) ? Number(value) : badNumber;
  }
  function numberOf(plain: string): number | undefined {
    if (decimal === '.') return decimalNumber.test(plain) ? Number(plain) : undefined;
    // A point beside a decimal comma groups thousands: 1.234 must not be read as 1 and a bit.
    const pointed = plain.includes('.') ? '' : plain.replace(',', '.');
    return decimalNumber.test(pointed) ? Number(pointed) : undefined;
  }
  return {
    number,
    amount(raw) {
      const value = number(raw);
      return typeof value === 'number' && value < 0 ? negative : value;
    },
    count(raw) {
      const value = number(raw);
      return typeof value === 'number' && !(Number.isInteger(value) && value >= 0)
        ? notACount
        : value;
    },
  };
}

/** A cell reader for the formats of a columns file. */
export function cellReader({ dateFormat, decimal, missing }: ReadColumns): CellReader {
  const readDay = dayReader(dateFormat);
  const missingTexts = new Set(missing);
  const badDate: Fault = { code: 'bad-date', expected: `a date ${dateFormat}` };
  return {
    ...numberReader(decimal),
    isMissing: (raw) =>
      raw === undefined ||
      raw === null ||
      (typeof raw === 'string' && missingTexts.has(raw.trim())),
    text(raw) {
      if (typeof raw === 'string') return raw.trim();
      if (raw instanceof Date) return textOfDate(raw) ?? badText;
      if (typeof raw === 'number') return Number.isFinite(raw) ? String(raw) : badText;
      return typeof raw === 'boolean' || typeof raw === 'bigint' ? String(raw) : badText;
    },
    day(raw) {
      if (raw instanceof Date) return dayFromDate(raw) ?? badDate;
      // JSON has dates like 20240131 as numbers.
      const written = typeof raw === 'number' ? String(raw) : raw;
      return (typeof written === 'string' ? readDay(written.trim()) : undefined) ?? badDate;
    },
  };
}

/** A day as its ISO date, another moment as its ISO time: never in the words of a time zone. */
function textOfDate(date: Date): string | undefined {
  const day = dayFromDate(date);
  if (day !== undefined) return isoFromDay(day);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
