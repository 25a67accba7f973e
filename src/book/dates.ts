import { type Day, dayFromDate, isoDay, monthsAfter, parsedDay } from '../base/calendar.js';

/** What a cell of a date says: a day, or with a bare year or month the days it spans. */
export interface Span {
  readonly from: Day;
  /** The first day after it. */
  readonly to: Day;
}

/** Formats that are no pattern: what databases and spreadsheets count from a day of their own. */
const countedFormats: Readonly<Record<string, { perDay: number; epoch: Day }>> = {
  days: { perDay: 1, epoch: 0 },
  seconds: { perDay: 86_400, epoch: 0 },
  milliseconds: { perDay: 86_400_000, epoch: 0 },
  // Day 60 of a spreadsheet is a 29 February 1900 that never was: days after it count from here.
  spreadsheet: { perDay: 1, epoch: -25_569 },
};

/** Tokens that a format may have, of each kind one: day, month, year, weekday, time of day, offset. */
const tokenKinds =
  /^(?:(d[do]?)|([ML]{1,4}|[ML]o)|([yu](?:y|yyy+|uuu+)?)|(E+)|([HhKk]+)|(m+)|(s+)|(S+)|([abB]+)|([Xx]+))$/;

const tokensOf = (format: string) =>
  format.replaceAll(/'[^']*'/g, '').match(/([A-Za-z])(o|\1*)/g) ?? [];

/**
 * Whether dates written in a format (date-fns tokens) tell a day, a month or a year. They may have a
 * weekday, the time of day, and at the end an offset from Greenwich, which never moves the day.
 * `yyyy-mm-dd` would read without a word, but `mm` are minutes.
 */
export function isDateFormat(format: string): boolean {
  if (Object.hasOwn(countedFormats, format)) return true;
  const tokens = tokensOf(format);
  const kinds = tokens.map((token) => tokenKinds.exec(token)?.findLastIndex(Boolean) ?? 0);
  const has = (kind: number) => kinds.includes(kind);
  const once = kinds.length === new Set(kinds).size && !has(0);
  const spans = has(3) && (has(2) || (!has(1) && kinds.length === 1 && tokens[0]?.length === 4));
  const offsetLast = !has(10) || /[Xx]$/.test(format);
  // Morning or afternoon goes with hours up to twelve alone.
  return spans && once && offsetLast && !(/[Hk]/.test(tokens.join('')) && has(9));
}

/** Two formats that read one text as two days cannot stand side by side; gives such a text. */
export function ambiguousText(formats: readonly string[]): string | undefined {
  const samples = [
    '01/02/2003',
    '01-02-2003',
    '01.02.2003',
    '01/02/03',
    '01-02-03',
    '01.02.03',
    '010203',
  ];
  return samples.find((text) => {
    const days = formats.map((format) => spanReader([format])(text)?.from);
    return new Set(days.filter((day) => day !== undefined)).size > 1;
  });
}

/**
 * A reader of dates in the formats given, strict: 31 February, text, and years outside 1800 to 2200
 * give `undefined`. A date with a time is the day as written. Each distinct text is parsed once.
 *
 * @param firstYear the first of the hundred years that years of two digits stand for
 */
export function spanReader(
  formats: readonly string[],
  firstYear = 1950,
): (text: string) => Span | undefined {
  const readers = formats.map((format) => formatReader(format, firstYear));
  const known = new Map<string, Span | undefined>();
  return (text) => {
    if (known.has(text)) return known.get(text);
    let found: Span | undefined;
    for (const read of readers) found ??= read(text);
    known.set(text, found);
    return found;
  };
}

function formatReader(format: string, firstYear: number): (text: string) => Span | undefined {
  if (format === 'yyyy-MM-dd') {
    return (text) => spanOf(isoDay(/^.{10}(?=[T ]\d\d:\d\d)/.exec(text)?.[0] ?? text));
  }
  const counted = countedFormats[format];
  if (counted) {
    return (text) => {
      const day = /^\d+(\.0+)?$/.test(text) ? Number(text) / counted.perDay + counted.epoch : 0.5;
      return spanOf(Number.isInteger(day) ? dayFromDate(new Date(day * 86_400_000)) : undefined);
    };
  }
  const kinds = tokensOf(format).map((token) => token[0]);
  const months = kinds.includes('d') ? 0 : kinds.some((kind) => /[ML]/.test(kind)) ? 1 : 12;
  const withoutOffset = format.replace(/\s*[Xx]+$/, '');
  const offset = withoutOffset === format ? /^$/ : /\s*(Z|[+-]\d\d(:?\d\d)?)$/;
  return (text) => {
    if (withoutOffset !== format && !offset.test(text)) return undefined;
    const day = parsedDay(text.replace(offset, ''), withoutOffset, firstYear + 50);
    if (day === undefined || months === 0) return spanOf(day);
    return { from: day, to: monthsAfter(day, months) };
  };
}

const spanOf = (day: Day | undefined): Span | undefined =>
  day === undefined ? undefined : { from: day, to: day + 1 };

/** From this year on a date stands for "no end" where a term ends or is cancelled. */
export const noEndYear = 2099;

/** Whether a text is a date that people write for "no end", such as 9999-12-31 in any of the formats. */
export function noEndReader(
  formats: readonly string[],
): (text: string, span: Span | undefined) => boolean {
  const digits = formats.some((format) => /^yyyyMMdd/.test(format));
  return (text, span) => {
    if (span) return span.from >= firstOf(noEndYear);
    // Years up to 9999 are beyond what is read as a day.
    return digits ? /^[3-9]\d{7}/.test(text) : /^([3-9]\d{3})\D|\D([3-9]\d{3})$/.test(text);
  };
}

const firstOf = (year: number): Day => Date.UTC(year, 0, 1) / 86_400_000;
/** What stands for "not" in a date that may be missing. */
export const notYet: readonly Day[] = [firstOf(1900), firstOf(1900) - 1];
