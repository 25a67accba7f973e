import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayFromDate,
  dayFromISO,
  experienceYears,
  isoDay,
  isoFromDay,
  monthsAfter,
  sharedDays,
  windowBefore,
  yearCounter,
} from '../../src/base/calendar.js';
import { MisuseError } from '../../src/index.js';

const first = dayFromISO('1800-01-01');
const last = dayFromISO('2200-12-31');
const anyDay = fc.integer({ min: first, max: last });
/** A day by the calendar's own rules, without a Date. */
function dayByHand(year: number, month: number, day: number): number {
  const leap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const lengths = [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let days = 0;
  for (let y = 1970; y < year; y++) days += leap(y) ? 366 : 365;
  for (let y = year; y < 1970; y++) days -= leap(y) ? 366 : 365;
  return days + lengths.slice(0, month - 1).reduce((sum, length) => sum + length, 0) + day - 1;
}

describe('a day', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', dayByHand(2000, 2, 29)],
    ['2011-12-29', dayByHand(2011, 12, 29)],
    // Left out by the clocks of Apia, but a day like any other.
    ['2011-12-30', dayByHand(2011, 12, 30)],
    ['2011-12-31', dayByHand(2011, 12, 31)],
    // The days on which the clocks of Los Angeles were put forward and back.
    ['2024-03-10', dayByHand(2024, 3, 10)],
    ['2024-11-03', dayByHand(2024, 11, 3)],
    ['1800-01-01', dayByHand(1800, 1, 1)],
    ['2200-12-31', dayByHand(2200, 12, 31)],
  ])('%s is a whole number of days since 1970', (iso, day) => {
    expect(dayFromISO(iso)).toBe(day);
    expect(isoFromDay(day)).toBe(iso);
  });

  test('goes to ISO text and back, from 1800 to 2200, in steps of one', () => {
    for (let day = first; day <= last; day++) {
      if (isoDay(isoFromDay(day)) !== day) expect(isoFromDay(day)).toBe(day);
    }
    expect(last - first).toBe(dayByHand(2200, 12, 31) - dayByHand(1800, 1, 1));
  });

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2024-02-31',
    '2024-04-31',
    '2024-00-10',
    '2024-13-01',
    '1799-12-31',
    '2201-01-01',
    '9999-12-31',
    '2024-1',
    '2024-01-01T00:00:00',
    '01.01.2024',
    'tomorrow',
    '',
  ])('is not "%s"', (text) => {
    expect(isoDay(text)).toBeUndefined();
    expect(() => dayFromISO(text, '--as-of')).toThrow(
      new MisuseError(`--as-of must be a date like 2024-12-31, got "${text}"`),
    );
  });

  test.each([
    [undefined, 'nothing'],
    [20240101, '20240101'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [1n, '1'],
  ])('is text, not %s', (value, shown) => {
    expect(() => dayFromISO(value as unknown as string)).toThrow(
      `date must be a date like 2024-12-31, got ${shown}`,
    );
  });

  test('of a Date is its day at midnight UTC, from 1800 to 2200', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 86_399_999 }), (day, later) => {
        expect(dayFromDate(new Date(day * 86_400_000))).toBe(day);
        expect(dayFromDate(new Date(day * 86_400_000 + later))).toBeUndefined();
      }),
    );
    expect(dayFromDate(new Date((last + 1) * 86_400_000))).toBeUndefined();
    expect(dayFromDate(new Date((first - 1) * 86_400_000))).toBeUndefined();
    expect(dayFromDate(new Date(Number.NaN))).toBeUndefined();
  });
});

describe('months', () => {
  test.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-12-31', -6, '2024-06-30'],
    ['2024-02-29', -12, '2023-02-28'],
    ['2024-02-29', -48, '2020-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2012-01-30', -1, '2011-12-30'],
    ['2024-01-15', -36, '2021-01-15'],
  ])('%s and %d months are %s', (iso, months, after) => {
    expect(isoFromDay(monthsAfter(dayFromISO(iso), months))).toBe(after);
  });
});

describe('a window', () => {
  const days = (periods: { from: number; to: number }[]) =>
    periods.map(({ from, to }) => `${isoFromDay(from)} ${isoFromDay(to)}`);

  test('ends at the as-of date and begins so many months before', () => {
    expect(days([windowBefore(dayFromISO('2024-02-29'), 36)])).toEqual(['2021-02-28 2024-02-29']);
  });

  test('has experience years counted back from the as-of date, the latest first', () => {
    expect(days(experienceYears(dayFromISO('2024-02-29'), 36))).toEqual([
      '2023-02-28 2024-02-29',
      '2022-02-28 2023-02-28',
      '2021-02-28 2022-02-28',
    ]);
  });

  test('that is no whole number of years has a shorter one first', () => {
    expect(days(experienceYears(dayFromISO('2023-07-01'), 30))).toEqual([
      '2022-07-01 2023-07-01',
      '2021-07-01 2022-07-01',
      '2021-01-01 2021-07-01',
    ]);
    expect(days(experienceYears(dayFromISO('2023-07-01'), 1))).toEqual(['2023-06-01 2023-07-01']);
  });

  test('is its experience years end to end, whatever the day and the months', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: first + 20_000, max: last }),
        fc.integer({ min: 1, max: 600 }),
        (asOf, months) => {
          const years = experienceYears(asOf, months);
          const { from, to } = windowBefore(asOf, months);
          expect(years[0].to).toBe(to);
          expect(years[years.length - 1].from).toBe(from);
          for (let y = 1; y < years.length; y++) expect(years[y].to).toBe(years[y - 1].from);
          expect(years).toHaveLength(Math.ceil(months / 12));
        },
      ),
    );
  });
});

describe('years', () => {
  const { yearLength, yearsBetween } = yearCounter();
  const length = (iso: string) => yearLength(dayFromISO(iso));
  const between = (from: string, to: string) => yearsBetween(dayFromISO(from), dayFromISO(to));

  test('that begin before a leap day have 366 days', () => {
    expect(length('2023-02-28')).toBe(365);
    expect(length('2023-03-01')).toBe(366);
    expect(length('2024-01-01')).toBe(366);
    expect(length('2024-02-28')).toBe(366);
    expect(length('2024-03-01')).toBe(365);
    expect(length('1899-03-01')).toBe(365);
    expect(length('1999-03-01')).toBe(366);
  });

  test('from 29 February end on 28 February, or 29 in a leap year', () => {
    expect(length('2024-02-29')).toBe(365);
    expect(between('2020-02-29', '2021-02-28')).toBe(1);
    expect(between('2020-02-29', '2024-02-28')).toBe(3 + 365 / 366);
    expect(between('2020-02-29', '2024-02-29')).toBe(4);
  });

  test('between two days are whole ones by the calendar and the rest in days', () => {
    expect(between('2021-01-01', '2024-01-01')).toBe(3);
    expect(between('2021-01-01', '2021-01-01')).toBe(0);
    expect(between('2021-01-01', '2023-12-31')).toBe(2 + 364 / 365);
    expect(between('2023-03-01', '2024-02-29')).toBe(365 / 366);
    expect(between('1900-06-15', '2020-06-15')).toBe(120);
  });

  test('grow with every day, and whole anniversaries are whole numbers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: first, max: last - 40_000 }),
        fc.integer({ min: 0, max: 36_000 }),
        fc.integer({ min: 0, max: 80 }),
        (from, days, years) => {
          const counter = yearCounter();
          const here = counter.yearsBetween(from, from + days);
          expect(counter.yearsBetween(from, from + days + 1)).toBeGreaterThan(here);
          expect(Math.abs(here - days / 365.2425)).toBeLessThan(0.01);
          expect(counter.yearsBetween(from, monthsAfter(from, 12 * years))).toBe(years);
        },
      ),
    );
  });
});

describe('shared days', () => {
  test('are those in both half-open periods', () => {
    expect(sharedDays(0, 10, 5, 20)).toBe(5);
    expect(sharedDays(0, 10, 10, 20)).toBe(0);
    expect(sharedDays(0, 10, 12, 20)).toBe(0);
    expect(sharedDays(0, 10, 3, 4)).toBe(1);
    expect(sharedDays(5, 5, 0, 10)).toBe(0);
  });
});
