import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoFromDay, monthsAfter } from '../../src/base/calendar.js';
import {
  type ColumnsFile,
  calibrate,
  dayFromISO,
  indicators,
  readBook,
  readIndicators,
} from '../../src/index.js';
import { claim, policy } from '../support/rows.js';

const measure = (policies: object[], claims: object[], asOf: string, options?: ColumnsFile) => {
  const { book, issues } = readBook(policies, claims, options);
  const { columns, ids } = indicators(book, { asOf });
  const of = (name: string) => Object.fromEntries(ids.map((id, row) => [id, columns[name][row]]));
  return { issues, of };
};
const codes = (issues: readonly { code: string }[]) => issues.map(({ code }) => code);

describe('a join that fails', () => {
  const policies = ['1001', '1002'].map((policy_id) => policy({ policy_id }));
  const claims = ['1001.0', '1002.0'].map((policy_id, k) => claim({ policy_id, claim_id: k }));

  test('is told with ids of both sides and the spelling that would join, and joins nothing', () => {
    const { book, issues } = readBook(policies, claims);
    expect(book.claims.length).toBe(0);
    expect(issues.verdict.usable).toBe(false);
    expect(issues.verdict.tables[1]).toMatchObject({ table: 'claims', rows: 2, leftOut: 2 });
    expect(issues.verdict.reasons[0]).toMatch(/1001\.0.*1001.*without a trailing "\.0" would join/);
  });

  test('is not calibrated on, unless the share allowed says so', () => {
    const { book } = readBook(policies, claims);
    const table = indicators(book, { asOf: '2024-01-01' });
    expect(() => calibrate(table)).toThrow(/claims: 2 of 2 rows \(100\.0 %\)/);
    const allowed = readBook(policies, claims, { maxIssues: 100 });
    expect(allowed.issues.verdict.usable).toBe(true);
  });
});

describe('one cover, however it is cut', () => {
  test('has the same exposure, tenure and renewals, and the same premium to the cent', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 1095 }), { maxLength: 12 });
    const anyFrom = fc.integer({ min: dayFromISO('2018-01-01'), max: dayFromISO('2021-12-31') });
    fc.assert(
      fc.property(anyFrom, cuts, fc.integer({ min: 1, max: 1400 }), (from, cut, later) => {
        const end = monthsAfter(from, 36);
        const days = [from, ...cut.map((day) => from + day).sort((a, b) => a - b), end].filter(
          (day) => day <= end,
        );
        const terms = [...new Set(days)].map(isoFromDay);
        const row = (first: string, past: string) =>
          policy({
            from: first,
            to: past,
            premium: ((dayFromISO(past) - dayFromISO(first)) / (end - from)) * 3000,
          });
        const parts = terms.slice(1).map((past, k) => row(terms[k], past));
        const asOf = isoFromDay(from + later);
        const [whole, pieces] = [[row(isoFromDay(from), isoFromDay(end))], parts].map((rows) =>
          measure(rows, [], asOf),
        );
        expect(pieces.issues).toEqual([]);
        for (const name of ['exposure_years', 'tenure_years', 'recent_exposure_years']) {
          expect(pieces.of(name)).toEqual(whole.of(name));
        }
        expect(pieces.of('earned_premium').Ann).toBeCloseTo(whole.of('earned_premium').Ann, 6);
      }),
      { numRuns: 200 },
    );
  });

  test('of months is a year of twelve premiums, whichever month one looks at', () => {
    const day = (month: number) => isoFromDay(monthsAfter(dayFromISO('2021-01-31'), month));
    const months = Array.from({ length: 24 }, (_, k) =>
      policy({ from: day(k), to: day(k + 1), premium: 100 }),
    );
    for (const asOf of ['2022-02-15', '2022-03-10', '2022-08-01']) {
      expect(measure(months, [], asOf).of('annual_premium').Ann).toBe(1200);
    }
    expect(measure(months, [], '2022-01-31').of('exposure_years').Ann).toBe(1);
    expect(measure(months, [], '2023-01-31').of('renewals').Ann).toBe(1);
  });
});

describe('an id', () => {
  test.each([310224003697457001, '3.10224E+17'])('%s that lost its digits is an issue', (id) => {
    const { issues } = readBook([policy(), policy({ customer_id: id })], []);
    expect(codes(issues)).toEqual(['damaged-id']);
    expect(issues[0].message).toMatch(/export ids as text/);
  });

  test('may be of several columns', () => {
    const key = ['line', 'policy_id'];
    const policies = ['motor', 'home'].map((line) => policy({ customer_id: line, line }));
    const { of, issues } = measure(policies, [claim({ line: 'home' })], '2024-01-01', {
      columns: { policy_id: key },
    });
    expect(codes(issues)).toEqual([]);
    expect(of('claim_count')).toEqual({ home: 1, motor: 0 });
  });

  test('of a policy that two customers hold on one day names both', () => {
    const { issues } = readBook([policy(), policy({ customer_id: 'Bob' })], []);
    expect(codes(issues)).toEqual(['two-customers']);
    expect(issues[0].message).toMatch(/customers (Ann and Bob|Bob and Ann)/);
  });
});

describe('rows of policies', () => {
  test('may be items, whose premium and exposure add', () => {
    const rows = [policy({ premium: 500 }), policy({ premium: 450 })];
    const { of } = measure(rows, [], '2024-01-01', { policyRows: 'items' });
    expect([of('earned_premium').Ann, of('exposure_years').Ann]).toEqual([950, 2]);
    expect([of('policy_count').Ann, of('renewals').Ann]).toEqual([1, 0]);
  });

  test('may be movements of premium, and their cover is the union of their days', () => {
    const rows = [policy({ premium: 500 }), policy({ premium: -250 })];
    const { of } = measure(rows, [], '2024-01-01', { policyRows: 'transactions' });
    expect([of('earned_premium').Ann, of('exposure_years').Ann]).toEqual([250, 1]);
  });

  test('that stand twice name the setting that would have read them', () => {
    const { issues } = readBook([policy(), policy({ premium: 300 })], []);
    expect(issues[0].message).toMatch(/"policyRows": "items"/);
  });
});

describe('rows of claims', () => {
  const moves = [
    claim({ paid: 100, booked_on: '2023-06-01' }),
    claim({ paid: 400, booked_on: '2023-09-01' }),
  ];

  test.each([
    ['transactions', 500],
    ['snapshots', 400],
  ] as const)('may be %s, and a claim costs what was booked by the day', (claimRows, later) => {
    const cost = (asOf: string) =>
      measure([policy()], moves, asOf, { claimRows }).of('incurred_loss').Ann;
    expect(cost('2023-08-01')).toBe(100);
    expect(cost('2024-01-01')).toBe(later);
    expect(measure([policy()], moves, '2024-01-01', { claimRows }).of('claim_count').Ann).toBe(1);
  });
});

describe('numbers', () => {
  test.each([
    ['1.234,50', { decimal: ',', thousands: '.' }, 1234.5],
    ['€ 1,234.50', { thousands: ',' }, 1234.5],
    ['1 234,50 EUR', { decimal: ',', thousands: ' ' }, 1234.5],
    ['400-', {}, -400],
    ['(400.25)', {}, -400.25],
  ] as const)('may be written %s', (paid, options, value) => {
    const { book } = readBook([policy()], [claim({ paid })], options);
    expect([...book.claims.incurred]).toEqual([value]);
  });

  test('of two currencies are refused without rates, and worth their rates with them', () => {
    const rows = [policy({ premium: '400 EUR' }), policy({ policy_id: 'A2', premium: '400 USD' })];
    expect(() => readBook(rows, [])).toThrow(/"EUR" and in "USD"/);
    const { book } = readBook(rows, [], { rates: { EUR: 1, USD: 0.5 } });
    expect([...book.terms.premium]).toEqual([400, 200]);
  });

  test('that no customer can have are an issue, and cost nothing', () => {
    const row = {
      customer_id: 'Ann',
      earned_premium: 900,
      exposure_years: 3,
      claim_count: 1,
      incurred_loss: 0,
      tenure_years: 3,
      annual_premium: 300,
    };
    const { issues } = readIndicators([row, { ...row, customer_id: 'Bob', claim_count: 1e9 }]);
    expect(codes(issues)).toEqual(['implausible-value']);
  });
});

describe('placeholders', () => {
  test('9999-12-31 is no end, and the premium that of a year', () => {
    const { of } = measure([policy({ from: '2022-01-01', to: '9999-12-31' })], [], '2024-01-01');
    expect([of('earned_premium').Ann, of('annual_premium').Ann]).toEqual([800, 400]);
    const row = [policy({ to: '9999-12-31' }), policy({ policy_id: 'A2' })];
    expect(codes(readBook(row, [], { openEnd: 'refuse' }).issues)).toEqual(['implausible-term']);
  });

  test.each(['9999-12-31', '1900-01-01'])('%s is not cancelled', (cancelled_on) => {
    const { of, issues } = measure([policy({ cancelled_on })], [], '2024-01-01');
    expect(codes(issues)).toEqual([]);
    expect(of('earned_premium').Ann).toBe(400);
  });
});

test('a column whose name is near to that of a field is pointed out, and what was used is said', () => {
  const { issues } = readBook([{ ...policy(), canceled_on: '2023-06-01' }], []);
  expect(codes(issues)).toEqual(['looks-like-field']);
  expect(issues.columns[0]).toMatchObject({ near: { canceled_on: 'cancelled_on' } });
  const meant = readBook([{ ...policy(), canceled_on: '' }], [], { attributes: ['canceled_on'] });
  expect(codes(meant.issues)).toEqual([]);
});
