import { describe, expect, test, vi } from 'vitest';
import { dayFromISO, isoFromDay } from '../../src/base/calendar.js';
import { ambiguousText, isDateFormat, spanReader } from '../../src/book/dates.js';

const dayOf = (format: string, text: string) => {
  const span = spanReader([format])(text);
  return span && isoFromDay(span.from);
};

describe('a date', () => {
  test.each([
    ['dd/MM/yyyy', '29/02/2024'],
    ['dd/MM/yyyy', '29/2/2024'],
    ['MM/dd/yyyy', '02/29/2024'],
    ['yyyyMMdd', '20240229'],
    ['d.M.yyyy', '29.2.2024'],
    ['d MMM yyyy', '29 Feb 2024'],
    ["yyyy-MM-dd'T'HH:mm:ss", '2024-02-29T23:59:59'],
    ['dd.MM.yyyy hh:mm a', '29.02.2024 11:59 PM'],
    ['MMMM do, y', 'February 29th, 2024'],
    ['EEEE d LLLL yyyy', 'Thursday 29 February 2024'],
    ['dd/MM/yy', '29/02/24'],
  ])('may be written %s: %s', (format, text) => {
    expect(isDateFormat(format)).toBe(true);
    expect(dayOf(format, text)).toBe('2024-02-29');
    expect(dayOf(format, text.replace('29', '31'))).toBeUndefined();
  });

  test.each([
    ['yyyy-MM-dd', '2024-02-29T23:30:00-05:00'],
    ['yyyy-MM-dd', '2024-02-29 00:30:00'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2024-02-29T23:30:00-05:00'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2024-02-29T00:30:00+02:00'],
    ["yyyy-MM-dd'T'HH:mm:ssX", '2024-02-29T00:30:00Z'],
  ])('with a time is the day as written, whatever its offset: %s of %s', (format, text) => {
    expect(dayOf(format, text)).toBe('2024-02-29');
  });

  test.each([
    ['days', '19782'],
    ['seconds', '1709164800'],
    ['milliseconds', '1709164800000'],
    ['spreadsheet', '45351'],
  ])('may be counted in %s: %s', (format, text) => {
    expect(dayOf(format, text)).toBe('2024-02-29');
  });

  test('in seconds that are no midnight in Greenwich is refused: the day would hang on a time zone', () => {
    expect(dayOf('milliseconds', '1709157600000')).toBeUndefined();
  });

  test('has a year of two digits within the hundred years stated', () => {
    expect(spanReader(['dd/MM/yy'])('01/02/49')?.from).toBe(dayFromISO('2049-02-01'));
    expect(spanReader(['dd/MM/yy'])('01/02/50')?.from).toBe(dayFromISO('1950-02-01'));
    expect(spanReader(['dd/MM/yy'], 1930)('01/02/30')?.from).toBe(dayFromISO('1930-02-01'));
  });

  test('may be a bare year or month, which spans its days', () => {
    const [from, to] = ['2024-02-01', '2024-03-01'].map((day) => dayFromISO(day));
    expect(spanReader(['yyyy-MM'])('2024-02')).toEqual({ from, to });
    expect(spanReader(['yyyy'])('2024')).toEqual({
      from: dayFromISO('2024-01-01'),
      to: dayFromISO('2025-01-01'),
    });
  });

  test('may have one of several formats, as long as no text is two days', () => {
    expect(ambiguousText(['yyyy-MM-dd', 'dd/MM/yyyy'])).toBeUndefined();
    expect(ambiguousText(['MM/dd/yyyy', 'dd/MM/yyyy'])).toBe('01/02/2003');
  });

  test.each([
    'yyyy-mm-dd',
    'YYYY-MM-dd',
    'yyyy-MM-DD',
    'dd/MM',
    'x',
    '',
    'dd/MM/yyyy N',
    'yyyy-MM-ddTHH:mm:ss',
    'yyyy-QQ-dd MM',
    'dd/MM/yyyy dd',
    'uuuu-MM-dd yyyy',
    'dd/MM/yyyy HH:mm a',
    'XXX yyyy-MM-dd',
    'P',
    't',
  ])(
    'cannot be told from others when written "%s", which is told without a word on the console',
    (format) => {
      const warn = vi.spyOn(console, 'warn');
      expect(isDateFormat(format)).toBe(false);
      expect(warn).not.toHaveBeenCalled();
      warn.mockRestore();
    },
  );
});
