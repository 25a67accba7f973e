import { type Day, dayFromDate, dayReader } from './calendar.js';
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
  text(raw: unknown): string;
  number(raw: unknown): number | Fault;
  amount(raw: unknown): number | Fault;
  count(raw: unknown): number | Fault;
  day(raw: unknown): Day | Fault;
}

const decimalNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A cell reader for the formats of a columns file. */
export function cellReader({ dateFormat, decimal, missing }: ReadColumns): CellReader {
  const readDay = dayReader(dateFormat);
  const missingTexts = new Set(missing);
  const badNumber: Fault = { code: 'bad-number', expected: 'a finite decimal number' };
  const badDate: Fault = { code: 'bad-date', expected: `a date ${dateFormat}` };
  const notACount: Fault = { code: 'not-a-count', expected: 'a whole number of 0 or more' };
  const negative: Fault = { code: 'negative-value', expected: 'a number of 0 or more' };

  const text = (raw: unknown) => (typeof raw === 'string' ? raw.trim() : String(raw));
  function number(raw: unknown): number | Fault {
    if (typeof raw === 'number') return Number.isFinite(raw) ? raw : badNumber;
    if (typeof raw === 'bigint') return Number(raw);
    if (typeof raw !== 'string') return badNumber;
    const plain = decimal === ',' ? raw.trim().replace(',', '.') : raw.trim();
    const value = Number(plain);
    return Number.isFinite(value) && decimalNumber.test(plain) ? value : badNumber;
  }
  return {
    isMissing: (raw) =>
      raw === undefined ||
      raw === null ||
      (typeof raw === 'string' && missingTexts.has(raw.trim())),
    text,
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
    day(raw) {
      if (raw instanceof Date) return dayFromDate(raw) ?? badDate;
      return (typeof raw === 'string' ? readDay(raw.trim()) : undefined) ?? badDate;
    },
  };
}
