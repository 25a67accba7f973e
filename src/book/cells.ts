import { type Day, dayFromDate, isoFromDay, never } from '../base/calendar.js';
import type { ReadColumns } from './columns-file.js';
import { noEndReader, noEndYear, notYet, type Span, spanReader } from './dates.js';
import type { IssueCode } from './issues.js';

/**
 * What a column may hold. An `id` is text that must be whole; a `begin` is the first day of a period, an `end` is the day after a period, or
 * no end; an `amount` a number of 0 or more; a `count` a whole one.
 */
export type Kind = 'text' | 'id' | 'day' | 'begin' | 'end' | 'number' | 'amount' | 'count';

/** A cell that cannot be read: the issue's code and what was expected. */
export interface Fault {
  readonly code: IssueCode;
  readonly expected: string;
}

/** Reads cells of one table; `undefined` is a missing value. Faults are returned, not thrown. */
export interface CellReader {
  isMissing(raw: unknown): boolean;
  /** A value of an attribute: text, with numbers written in one way. */
  attribute(raw: unknown): string | Fault;
  text(raw: unknown): string | Fault;
  id(raw: unknown): string | Fault;
  number(raw: unknown): number | Fault;
  amount(raw: unknown): number | Fault;
  count(raw: unknown): number | Fault;
  day(raw: unknown): Day | Fault;
  begin(raw: unknown): Day | Fault;
  end(raw: unknown): Day | Fault;
  /** Whether a date that may be missing stands for "not" or "never". */
  isPlaceholder(raw: unknown): boolean;
}

const decimalNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** More claims than a customer can have, or policies: a column was swapped. */
const maxCount = 100_000;
/** More money than a row can be of: sums of such rows would still be numbers. */
const maxNumber = 1e15;

const badNumber: Fault = { code: 'bad-number', expected: 'a finite decimal number' };
const notACount: Fault = { code: 'not-a-count', expected: 'a whole number of 0 or more' };
const negative: Fault = { code: 'negative-value', expected: 'a number of 0 or more' };
const badText: Fault = { code: 'bad-text', expected: 'a text or a number' };
const tooLarge: Fault = { code: 'implausible-value', expected: `a number up to ${maxNumber}` };
const tooMany: Fault = { code: 'implausible-value', expected: `a count up to ${maxCount}` };
const damaged: Fault = {
  code: 'damaged-id',
  expected:
    'an id with all its digits (export ids as text: in quotes, or a column formatted as text)',
};

/** Reads numbers as a locale writes them, and those that are counts or cannot be below 0. */
export function numberReader(
  decimal: '.' | ',' = '.',
  thousands?: string,
): Pick<CellReader, 'number' | 'amount' | 'count'> & { plain(text: string): string | undefined } {
  const grouped =
    thousands === undefined
      ? undefined
      : new RegExp(
          `^([+-]?\\d{1,3})(\\${thousands === ' ' ? 's' : thousands}\\d{3})+(?=$|\\${decimal})`,
        );
  /** The digits of a number with a point, or nothing. */
  function plain(text: string): string | undefined {
    let digits = text;
    if (grouped?.test(digits))
      digits = digits.replace(grouped, (group) => group.replaceAll(/[^\d+-]/g, ''));
    // A point beside a decimal comma groups thousands: 1.234 must not be read as 1 and a bit.
    if (decimal === ',') digits = digits.includes('.') ? '' : digits.replace(',', '.');
    return decimalNumber.test(digits) ? digits : undefined;
  }
  function number(raw: unknown): number | Fault {
    if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'bigint')
      return badNumber;
    const value =
      typeof raw === 'string' ? Number(plain(raw.trim()) ?? amountOf(raw)) : Number(raw);
    if (!Number.isFinite(value)) return badNumber;
    return Math.abs(value) > maxNumber ? tooLarge : value;
  }
  /** An amount with a currency around it, below 0 by parentheses or a minus behind. */
  function amountOf(text: string): number {
    const bare = text
      .trim()
      .replace(/^(\(?-?)\s*(\p{Sc}|[A-Z]{3}(?=[\s\d(-]))\s*/u, '$1')
      .replace(/\s*(\p{Sc}|(?<=[\s\d)])[A-Z]{3})(\)?-?)$/u, '$2');
    const below = /^\((.*)\)$/.exec(bare) ?? /^(.*\d)\s?-$/.exec(bare);
    const digits = plain((below?.[1] ?? bare).trim());
    if (digits === undefined || (below && /^[+-]/.test(digits))) return Number.NaN;
    return below ? -Number(digits) : Number(digits);
  }
  return {
    plain,
    number,
    amount(raw) {
      const value = number(raw);
      return typeof value === 'number' && value < 0 ? negative : value;
    },
    count(raw) {
      const value = number(raw);
      if (typeof value !== 'number') return value;
      if (!(Number.isInteger(value) && value >= 0)) return notACount;
      return value > maxCount ? tooMany : value;
    },
  };
}

/** The currency that stands around an amount, if one does. */
export function currencyOf(raw: unknown): string | undefined {
  if (typeof raw !== 'string') return undefined;
  return /\p{Sc}|(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/u.exec(raw)?.[0];
}

/** A cell reader for the formats of a columns file. */
export function cellReader(options: ReadColumns): CellReader {
  const { dateFormat, firstYear, decimal, thousands, missing, inclusiveTo } = options;
  const readSpan = spanReader(dateFormat, firstYear);
  const isNoEnd = noEndReader(dateFormat);
  const missingTexts = new Set(missing);
  const badDate: Fault = { code: 'bad-date', expected: `a date ${dateFormat.join(' or ')}` };
  const offMidnight: Fault = {
    code: 'bad-date',
    expected: `${badDate.expected}, or a Date at midnight UTC (have the database give dates as text)`,
  };
  const { plain, ...numbers } = numberReader(decimal, thousands);
  const locale = decimal === ',' || thousands !== undefined;
  const written = (raw: unknown) => {
    if (typeof raw === 'string') return raw.trim();
    if (typeof raw === 'number') return String(raw);
    // What databases give for a date: a count of days in an object of its own.
    return isDayCount(raw) ? isoFromDay(raw.days) : undefined;
  };
  function text(raw: unknown): string | Fault {
    if (typeof raw === 'string') return raw.trim();
    if (raw instanceof Date) return textOfDate(raw) ?? badText;
    if (typeof raw === 'number') return Number.isFinite(raw) ? String(raw) : badText;
    return typeof raw === 'boolean' || typeof raw === 'bigint' ? String(raw) : badText;
  }
  function spanOf(raw: unknown) {
    if (raw instanceof Date) {
      const day = dayFromDate(raw);
      return day === undefined ? undefined : { from: day, to: day + 1 };
    }
    const cell = written(raw);
    return cell === undefined ? undefined : readSpan(cell);
  }
  const isEndless = (raw: unknown, span: Span | undefined) => {
    if (raw instanceof Date) return raw.getTime() >= Date.UTC(noEndYear, 0, 1);
    const cell = written(raw);
    return cell !== undefined && isNoEnd(cell, span);
  };
  const faultOf = (raw: unknown) => (raw instanceof Date ? offMidnight : badDate);
  return {
    ...numbers,
    isMissing: (raw) =>
      raw === undefined ||
      raw === null ||
      (typeof raw === 'string' && missingTexts.has(raw.trim())),
    text,
    attribute(raw) {
      const value = text(raw);
      if (!locale || typeof value !== 'string' || !/^[+-]?\d[\d.,\s']*[.,\s']\d+$/.test(value))
        return value;
      return plain(value) ?? value;
    },
    id(raw) {
      if (
        typeof raw === 'number' &&
        Number.isFinite(raw) &&
        Math.abs(raw) > Number.MAX_SAFE_INTEGER
      )
        return damaged;
      const value = text(raw);
      return typeof value === 'string' &&
        /^\d([.,]\d+)?E\+?\d+$/i.test(value) &&
        /[.,+]/.test(value)
        ? damaged
        : value;
    },
    day(raw) {
      const span = spanOf(raw);
      return span && span.to === span.from + 1 ? span.from : faultOf(raw);
    },
    begin: (raw) => spanOf(raw)?.from ?? faultOf(raw),
    end(raw) {
      const span = spanOf(raw);
      if (isEndless(raw, span)) return never;
      if (!span) return faultOf(raw);
      // The last day of a year or a month that stands alone belongs to it.
      const whole = span.to > span.from + 1;
      return whole || inclusiveTo ? span.to : span.from;
    },
    isPlaceholder(raw) {
      const span = spanOf(raw);
      if (span && notYet.includes(span.from)) return true;
      return isEndless(raw, span);
    },
  };
}

function isDayCount(raw: unknown): raw is { days: number } {
  return (
    typeof raw === 'object' &&
    raw !== null &&
    'days' in raw &&
    Number.isInteger(raw.days) &&
    Math.abs(raw.days as number) < 1e6
  );
}

/** A day as its ISO date, another moment as its ISO time: never in the words of a time zone. */
function textOfDate(date: Date): string | undefined {
  const day = dayFromDate(date);
  if (day !== undefined) return isoFromDay(day);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
