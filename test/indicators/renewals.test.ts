import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayFromISO, isoFromDay, monthsAfter } from '../../src/base/calendar.js';
import { MisuseError, readBook, readExperience } from '../../src/index.js';
import {
  maxYears,
  type RenewalCounts,
  type RenewalOptions,
  renewalsOf,
} from '../../src/indicators/renewals.js';
import { fitBetaGeometric, retentionRate } from '../../src/scoring/retention/beta-geometric.js';
import { kaplanMeier } from '../../src/scoring/retention/kaplan-meier.js';
import { asOf, type PolicyRow, randomBook, shuffledRows } from '../support/random-book.js';
import { describeOnRealBook, sharedRows } from '../support/shared.js';

/** Ann's policy from one day to another, with whatever a test wants different. */
const term = (from: string, to: string, row: object = {}) => ({
  customer_id: 'Ann',
  policy_id: 'A1',
  from,
  to,
  premium: 100,
  ...row,
});
/** Yearly terms from the first of January of one year to that of another. */
const yearly = (first: number, past: number, row: object = {}) =>
  Array.from({ length: past - first }, (_, k) =>
    term(`${first + k}-01-01`, `${first + k + 1}-01-01`, row),
  );
/** Terms of so many days each, one after the other. */
const ofDays = (from: string, days: number, count: number) =>
  Array.from({ length: count }, (_, k) =>
    term(isoFromDay(dayFromISO(from) + k * days), isoFromDay(dayFromISO(from) + (k + 1) * days)),
  );
const sums = (row: { from: string; to: string }) => ({ claim_count: 0, incurred: 0, ...row });

type Options = Partial<RenewalOptions>;
const renewals = (rows: object[], at: string, options: Options = {}) => {
  const { book, issues } = readBook(rows, []);
  expect(issues).toEqual([]);
  return renewalsOf(book, dayFromISO(at), { level: 'customer', graceDays: 30, ...options });
};
/** What became of each year: how many left of how many. */
const years = ({ atRisk, left }: RenewalCounts) => atRisk.map((risk, t) => `${left[t]}/${risk}`);
const outcomes = (rows: object[], at: string, options: Options = {}) =>
  years(renewals(rows, at, options).book);
const outcomesOfSums = (rows: { from: string; to: string }[], at: string) => {
  const { book, issues } = readExperience(rows.map(sums));
  expect(issues).toEqual([]);
  return years(renewalsOf(book, dayFromISO(at), { level: 'customer', graceDays: 30 }).book);
};

describe('a year of a relationship', () => {
  test('is an opportunity to leave: three years, the third the last', () => {
    expect(outcomes(yearly(2019, 2022), '2023-01-01')).toEqual(['0/1', '0/1', '1/1']);
  });

  test('counts once the grace after its anniversary is over, whether left or not', () => {
    for (const rows of [yearly(2019, 2022), yearly(2019, 2023)]) {
      expect(outcomes(rows, '2022-01-31')).toEqual(['0/1', '0/1']);
      expect(outcomes(rows, '2022-02-01')).toHaveLength(3);
    }
    expect(outcomes(yearly(2019, 2020), '2020-01-31')).toEqual([]);
  });

  test('of cover that is agreed beyond the as-of date is not decided yet', () => {
    const rows = [term('2022-03-01', '2023-03-01'), term('2023-03-01', '2024-03-01')];
    expect(outcomes(rows, '2023-03-01')).toEqual([]);
    expect(outcomes(rows, '2023-12-31')).toEqual(['0/1']);
  });

  test('is none within a term of several years, which offers one chance to leave, at its end', () => {
    const longTerm = [term('2022-03-01', '2032-03-01')];
    expect(outcomes(longTerm, '2024-12-31')).toEqual([]);
    const threeYears = [term('2012-01-01', '2015-01-01'), term('2015-01-01', '2018-01-01')];
    expect(outcomes(threeYears, '2019-01-01')).toEqual(['0/0', '0/0', '0/1', '0/0', '0/0', '1/1']);
  });

  test('begins on the last of February where it began on the 29th', () => {
    const rows = [
      term('2020-02-29', '2021-02-28'),
      term('2021-02-28', '2022-02-28'),
      term('2022-02-28', '2023-02-28'),
      term('2023-02-28', '2024-02-29'),
    ];
    expect(outcomes(rows, '2024-12-31')).toEqual(['0/1', '0/1', '0/1', '1/1']);
    expect(outcomes(rows, '2024-12-31', { graceDays: 0 })).toEqual(['0/1', '0/1', '0/1', '1/1']);
    expect(outcomes(rows.slice(0, 1), '2021-03-30')).toEqual([]);
    expect(outcomes(rows.slice(0, 1), '2021-03-31')).toEqual(['1/1']);
  });

  test(`past ${maxYears} counts with the year ${maxYears}`, () => {
    const counts = outcomes(yearly(1920, 1985), '2020-01-01');
    expect(counts).toHaveLength(maxYears);
    expect(counts[maxYears - 2]).toBe('0/1');
    expect(counts[maxYears - 1]).toBe('1/6');
  });
});

describe('leaving', () => {
  test('in mid-term is leaving in that year, counted when those who stay are', () => {
    const rows = [...yearly(2019, 2021), ...yearly(2021, 2022, { cancelled_on: '2021-05-01' })];
    expect(outcomes(rows, '2021-12-31')).toEqual(['0/1', '0/1']);
    expect(outcomes(rows, '2022-02-01')).toEqual(['0/1', '0/1', '1/1']);
  });

  test('by a cancellation on or after the as-of date is not known then', () => {
    const rows = [...yearly(2019, 2021), ...yearly(2021, 2022, { cancelled_on: '2021-06-01' })];
    expect(outcomes(rows, '2021-06-01')).toEqual(['0/1', '0/1']);
    // With a grace of none, 2021 is over the day after it.
    expect(outcomes(rows, '2022-01-02', { graceDays: 0 })).toEqual(['0/1', '0/1', '1/1']);
  });

  test('is nothing that who was cancelled from the first day can do', () => {
    expect(outcomes(yearly(2019, 2020, { cancelled_on: '2019-01-01' }), '2021-01-01')).toEqual([]);
    const renewedInVain = [
      ...yearly(2019, 2020),
      ...yearly(2020, 2021, { cancelled_on: '2020-01-01' }),
    ];
    expect(outcomes(renewedInVain, '2021-06-01')).toEqual(['1/1']);
  });

  test('is for a customer the end of the last policy, for a policy its own', () => {
    const rows = [
      ...yearly(2019, 2021),
      ...yearly(2020, 2023, { policy_id: 'A2' }),
      term('2020-07-01', '2021-07-01', { policy_id: 'A0' }),
    ];
    expect(outcomes(rows, '2023-06-01')).toEqual(['0/1', '0/1', '0/1', '1/1']);
    expect(outcomes(rows, '2023-06-01', { level: 'policy' })).toEqual(['1/3', '1/2', '1/1']);
  });

  test('is what an unbroken chain of other policies keeps a customer from', () => {
    const rows = [
      term('2019-01-01', '2019-09-01'),
      term('2019-08-01', '2020-03-01', { policy_id: 'A2' }),
      term('2020-03-15', '2021-01-15', { policy_id: 'A0' }),
      term('2021-01-15', '2022-01-01', { policy_id: 'A0' }),
    ];
    expect(outcomes(rows, '2023-01-01')).toEqual(['0/1', '0/1', '1/1']);
    expect(outcomes(rows, '2023-01-01', { level: 'policy' })).toEqual(['2/3', '1/1']);
  });

  test('ends a relationship; who returns after more than the grace is new', () => {
    const returned = (from: string) => [
      ...yearly(2018, 2020),
      term(from, '2021-01-31', { policy_id: 'A2' }),
      term('2021-01-31', '2022-01-31', { policy_id: 'A2' }),
    ];
    expect(outcomes(returned('2020-01-31'), '2023-06-01')).toEqual(['0/1', '0/1', '0/1', '1/1']);
    expect(outcomes(returned('2020-02-01'), '2023-06-01')).toEqual(['0/2', '2/2']);
    expect(outcomes(returned('2020-01-31'), '2023-06-01', { graceDays: 29 })).toEqual([
      '0/2',
      '2/2',
    ]);
  });
});

describe('terms that are no year', () => {
  test('of a month: twelve are one year, fourteen end in the second', () => {
    const monthly = (count: number) =>
      Array.from({ length: count }, (_, k) => {
        const day = (month: number) => isoFromDay(monthsAfter(dayFromISO('2020-01-31'), month));
        return term(day(k), day(k + 1));
      });
    expect(outcomes(monthly(12), '2023-01-01')).toEqual(['1/1']);
    expect(outcomes(monthly(13), '2023-01-01')).toEqual(['1/1']);
    expect(outcomes(monthly(14), '2023-01-01')).toEqual(['0/1', '1/1']);
  });

  test('of a month: the grace runs from the last end near the anniversary, whoever left', () => {
    // Terms end on the anniversary and, of those who go on or leave a month later, 28 days after it.
    const monthly = (count: number) => ofDays('2020-01-01', 28, count);
    // 13 × 28 = 364 and 14 × 28 = 392 days: 2 days before the anniversary, 26 days after it.
    for (const count of [14, 20]) {
      expect(outcomes(monthly(count), '2021-02-26')).toEqual([]);
      expect(outcomes(monthly(count), '2021-02-27')).toEqual([count === 14 ? '1/1' : '0/1']);
    }
    expect(outcomes(monthly(13), '2021-02-01')).toEqual(['1/1']);
  });

  test('of two years: no chance to leave in the first, but two years all the same', () => {
    expect(outcomes([term('2019-01-01', '2021-01-01')], '2022-01-01')).toEqual(['0/0', '1/1']);
  });

  test('of 366 days drift past the anniversary, but each is one year', () => {
    expect(outcomes(ofDays('2010-01-01', 366, 8), '2020-01-01')).toEqual([
      ...new Array(7).fill('0/1'),
      '1/1',
    ]);
  });

  test('of 364 days fall short of it, and each is one year too', () => {
    expect(outcomes(ofDays('2010-01-01', 364, 8), '2020-01-01')).toEqual([
      ...new Array(7).fill('0/1'),
      '1/1',
    ]);
  });

  test('of one day: a stay of a day is one year left', () => {
    expect(outcomes([term('2019-01-01', '2019-01-02')], '2020-06-01')).toEqual(['1/1']);
  });
});

describe('a relationship older than the file', () => {
  const since = (day: string, rows: { from: string; to: string }[]) =>
    rows.map((row) => ({ ...row, since: day }));

  test('counts from the year of its first row where that begins a year of it', () => {
    expect(outcomesOfSums(since('2015-01-01', yearly(2018, 2020)), '2021-01-01')).toEqual([
      '0/0',
      '0/0',
      '0/0',
      '0/1',
      '1/1',
    ]);
  });

  test('counts from its first whole year on file, with the grace for renewal days that wander', () => {
    const rows = (day: string) => since(day, yearly(2018, 2020));
    expect(outcomesOfSums(rows('2015-12-02'), '2021-02-01')).toEqual(['0/0', '0/0', '0/1', '1/1']);
    // The day before, the year from December 2017 is not seen whole, and 2020-01-01 is a day too late.
    expect(outcomesOfSums(rows('2015-12-01'), '2021-02-01')).toEqual([
      '0/0',
      '0/0',
      '0/0',
      '0/1',
      '1/1',
    ]);
  });

  test('that ends before a whole year of it is on file counts nowhere', () => {
    const rows = since('2015-06-01', [term('2018-01-01', '2018-06-01')]);
    expect(outcomesOfSums(rows, '2020-01-01')).toEqual([]);
  });

  test('is not taken up again after a longer gap, unless it is stated to have begun since', () => {
    const left = yearly(2016, 2017);
    const back = (day: string) => [...since('2015-01-01', left), ...since(day, yearly(2018, 2020))];
    expect(outcomesOfSums(back('2015-01-01'), '2021-01-01')).toEqual(['0/1', '2/2']);
    // The first left in its second year; the second is seen from its own second year on, and leaves.
    expect(outcomesOfSums(back('2017-03-01'), '2021-04-01')).toEqual(['0/0', '1/2', '1/1']);
  });
});

describe('segments', () => {
  const line = (name: string, row: object) => ({ ...row, line: name });
  const rows = [
    ...yearly(2019, 2021).map((row) => line('motor', row)),
    ...yearly(2021, 2022).map((row) => line('home', row)),
    ...yearly(2020, 2021, { customer_id: 'Bob', policy_id: 'B1' }),
    ...yearly(2023, 2024, { customer_id: 'Cid', policy_id: 'C1', line: 'yacht' }),
  ];

  test('count each year by the label it ended with, sorted; without a label in the book only', () => {
    const found = renewals(rows, '2023-06-01', { by: 'line' });
    expect(found.labels).toEqual(['home', 'motor']);
    expect(found.segments.map(years)).toEqual([
      ['0/0', '0/0', '1/1'],
      ['0/1', '0/1', '0/0'],
    ]);
    expect(years(found.book)).toEqual(['1/2', '0/1', '1/1']);
    expect(found.level).toBe('customer');
  });

  test('are of the label before a renewal that changes it, so that no label means having stayed', () => {
    const renamed = [
      ...yearly(2019, 2020).map((row) => line('new', row)),
      term('2019-12-20', '2020-12-20', { policy_id: 'A2', line: 'renewed' }),
    ];
    const found = renewals(renamed, '2020-06-01', { by: 'line' });
    expect([found.labels, found.segments.map(years)]).toEqual([['new'], [['0/1']]]);
  });

  test('without an attribute asked for are none', () => {
    const found = renewals(rows, '2023-06-01');
    expect([found.labels, found.segments, found.earlier.segments]).toEqual([[], [], []]);
  });

  test('by an attribute that the book does not have is misuse', () => {
    expect(() => renewals(rows, '2023-06-01', { by: 'lines' })).toThrow(MisuseError);
    expect(() => renewals(rows, '2023-06-01', { by: 'lines' })).toThrow(
      'the book has no attribute "lines" (did you mean "line"?); it has line, channel, branch',
    );
  });
});

test.each([
  [{ graceDays: -1 }, /whole number of days, 0 or more, as graceDays, got -1/],
  [{ graceDays: 1.5 }, /got 1.5/],
  [{ level: 'family' }, /level customer or policy, got "family"/],
  [{ gracedays: 3 }, /unknown option "gracedays" \(did you mean "graceDays"\?\)/],
])('%j is misuse', (options, message) => {
  expect(() => renewals(yearly(2019, 2020), '2021-01-01', options as Options)).toThrow(MisuseError);
  expect(() => renewals(yearly(2019, 2020), '2021-01-01', options as Options)).toThrow(message);
});

test('an as-of date that is no day is misuse; one before all rows finds nothing', () => {
  const { book } = readBook(yearly(2019, 2020), []);
  const options = { level: 'customer', graceDays: 30 } as const;
  expect(() => renewalsOf(book, Number.NaN, options)).toThrow(/as a day number, got NaN/);
  const none = { atRisk: [], left: [] };
  expect(renewalsOf(book, dayFromISO('2018-01-01'), options)).toEqual({
    level: 'customer',
    labels: [],
    book: none,
    segments: [],
    earlier: { book: none, segments: [] },
  });
});

describe('for any book', () => {
  const at = dayFromISO(asOf);
  const anyOptions = fc.record({
    level: fc.constantFrom('customer' as const, 'policy' as const),
    graceDays: fc.constantFrom(0, 5, 30, 120),
    by: fc.constantFrom(undefined, 'line'),
  });
  const of = (policies: PolicyRow[], options: RenewalOptions, day = at) =>
    renewalsOf(readBook(policies, []).book, day, options);

  test('the order of rows changes nothing', () => {
    fc.assert(
      fc.property(randomBook.chain(shuffledRows), anyOptions, ({ book, policies }, options) => {
        expect(of(policies, options)).toEqual(of(book.policies, options));
      }),
    );
  });

  test('nothing that begins or is cancelled on or after the as-of date changes anything', () => {
    fc.assert(
      fc.property(randomBook, anyOptions, ({ policies }, options) => {
        const before = policies
          .filter(({ from }) => from < asOf)
          .map((row) => ({
            ...row,
            cancelled_on: row.cancelled_on < asOf ? row.cancelled_on : '',
          }));
        expect(of(before, options)).toEqual(of(policies, options));
      }),
    );
  });

  test('what was decided a year before is what was counted then', () => {
    fc.assert(
      fc.property(randomBook, anyOptions, ({ policies }, options) => {
        const found = of(policies, options);
        const then = of(policies, options, monthsAfter(at, -12));
        const { length } = found.book.atRisk;
        const padded = (counts: number[] | readonly number[]) =>
          Array.from({ length }, (_, t) => counts[t] ?? 0);
        const same = (now: RenewalCounts, other: RenewalCounts | undefined) => {
          expect(now.atRisk).toEqual(padded(other?.atRisk ?? []));
          expect(now.left).toEqual(padded(other?.left ?? []));
        };
        same(found.earlier.book, then.book);
        found.labels.forEach((label, s) => {
          same(found.earlier.segments[s], then.segments[then.labels.indexOf(label)]);
        });
      }),
    );
  });

  const isLong = ({ from, to }: { from: string; to: string }) =>
    dayFromISO(to) - dayFromISO(from) > 366;
  const endOf = ({ to, cancelled_on }: { to: string; cancelled_on: string }) =>
    cancelled_on !== '' && cancelled_on < asOf && cancelled_on < to ? cancelled_on : to;

  test('a year is only for those who stayed in the year before, segments are parts of the book', () => {
    fc.assert(
      fc.property(randomBook, anyOptions, ({ policies }, options) => {
        const { book, segments } = of(policies, options);
        book.atRisk.forEach((risk, t) => {
          expect(book.left[t]).toBeLessThanOrEqual(risk);
          if (t > 0 && !policies.some(isLong))
            expect(risk).toBeLessThanOrEqual(book.atRisk[t - 1] - book.left[t - 1]);
          for (const column of ['atRisk', 'left'] as const) {
            const inSegments = segments.reduce((total, counts) => total + counts[column][t], 0);
            expect(inSegments).toBeLessThanOrEqual(book[column][t]);
          }
        });
        expect(book.atRisk.at(-1)).not.toBe(0);
      }),
    );
  });

  test('without a grace they are what a calendar with each day of cover crossed out shows', () => {
    const anniversary = (iso: string, later: number) => {
      const [year, month, day] = iso.split('-').map(Number);
      const leap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
      const last = month === 2 && day === 29 && !leap(year + later) ? 28 : day;
      return dayFromISO([year + later, `0${month}`.slice(-2), `0${last}`.slice(-2)].join('-'));
    };
    fc.assert(
      fc.property(randomBook, ({ policies }) => {
        const { book, issues } = readBook(policies, []);
        fc.pre(issues.length === 0);
        const atRisk: number[] = [];
        const left: number[] = [];
        for (const customer of book.customers) {
          const covered = new Set<number>();
          for (const row of policies) {
            if (row.customer_id !== customer || row.from >= asOf) continue;
            for (let d = dayFromISO(row.from); d < dayFromISO(endOf(row)); d++) covered.add(d);
          }
          for (const first of covered) {
            if (covered.has(first - 1)) continue;
            const stays = (day: number) => {
              for (let d = first; d <= day; d++) if (!covered.has(d)) return false;
              return true;
            };
            for (let year = 1; ; year++) {
              const due = anniversary(isoFromDay(first), year);
              if (due >= at) break;
              const bound =
                stays(due) &&
                policies.some(
                  (row) =>
                    row.customer_id === customer &&
                    row.from < asOf &&
                    isLong(row) &&
                    dayFromISO(row.from) < due &&
                    dayFromISO(endOf(row)) > due,
                );
              if (bound) continue;
              atRisk[year - 1] = (atRisk[year - 1] ?? 0) + 1;
              left[year - 1] = (left[year - 1] ?? 0) + (stays(due) ? 0 : 1);
              if (!stays(due)) break;
            }
          }
        }
        const whole = (counts: number[]) => Array.from(counts, (count) => count ?? 0);
        expect(renewalsOf(book, at, { level: 'customer', graceDays: 0 }).book).toEqual({
          atRisk: whole(atRisk),
          left: whole(left),
        });
      }),
    );
  });
});

describeOnRealBook('renewals of the Spanish motor book as of 2018-12-31', () => {
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const rows = sharedRows('data/spanish-motor/policy_years.csv.gz', ';');
  const { book } = readExperience(rows, columns);
  const day = dayFromISO('2018-12-31');
  const found = renewalsOf(book, day, { level: 'customer', graceDays: 30, by: 'channel' });
  const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

  // Counted apart from this code with pandas 2.3.3 and dateutil: rows of an ID neither overlap nor
  // leave a gap, so of each ID only three days matter: the first Date_start_contract that is not
  // after its renewal (else the renewal), the first Date_last_renewal and the last Date_next_renewal
  // of rows begun before the day. Year y counts where start + (y − 1) years + 30 days is not before
  // the first renewal and start + y years + 30 days is before the day; it is left where the last
  // Date_next_renewal is no later than start + y years + 30 days.
  test('66,735 opportunities, 14,781 leavers, as an independent count has', () => {
    expect([total(found.book.atRisk), total(found.book.left)]).toEqual([66735, 14781]);
    expect(years(found.book).slice(0, 12)).toEqual([
      '1539/17296',
      '4857/14826',
      '2839/9166',
      '1580/5716',
      '1008/3957',
      '668/2759',
      '493/2310',
      '466/2382',
      '324/1833',
      '227/1379',
      '175/1133',
      '126/843',
    ]);
  });

  test('a policy is a customer there, and all have a channel', () => {
    const policies = renewalsOf(book, day, { level: 'policy', graceDays: 30 });
    expect(policies.book).toEqual(found.book);
    expect(found.labels).toEqual(['agent', 'broker']);
    for (const column of ['atRisk', 'left'] as const) {
      expect(total(found.segments.flatMap((counts) => counts[column]))).toBe(
        total(found.book[column]),
      );
    }
  });

  test('few leave in the first year, many in the second, fewer each year from there', () => {
    const { retention } = kaplanMeier(found.book, 0.9);
    expect(retention.slice(0, 10).map((rate) => rate.toFixed(4))).toEqual([
      '0.9110',
      '0.6724',
      '0.6903',
      '0.7236',
      '0.7453',
      '0.7579',
      '0.7866',
      '0.8044',
      '0.8232',
      '0.8354',
    ]);
  });

  test('the beta-geometric fits what scipy does, well from the second year on only', () => {
    // scipy 1.17.1, Nelder–Mead from three starts on the independent counts.
    const whole = fitBetaGeometric(found.book);
    expect(whole.alpha).toBeCloseTo(36.0891, 3);
    expect(whole.beta).toBeCloseTo(123.8398, 3);
    expect(whole.logLikelihood).toBeCloseTo(-35281.813452, 5);
    const { atRisk, left } = found.book;
    const later = fitBetaGeometric({ atRisk: atRisk.with(0, 0), left: left.with(0, 0) });
    expect(later.alpha).toBeCloseTo(3.229093, 5);
    expect(later.beta).toBeCloseTo(5.518645, 5);
    expect(later.logLikelihood).toBeCloseTo(-28240.567879, 5);
    // Rates of 1st and 2nd year: .911 and .672 observed.
    expect(retentionRate(whole, 1)).toBeCloseTo(0.7743, 4);
    expect(retentionRate(whole, 2)).toBeCloseTo(0.7757, 4);
    expect(retentionRate(later, 2)).toBeCloseTo(0.6687, 4);
  });
});
