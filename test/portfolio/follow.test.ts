import { describe, expect, test } from 'vitest';
import {
  type Book,
  dayFromISO,
  isoFromDay,
  type PlanInput,
  readBook,
  readExperience,
  readPlan,
} from '../../src/index.js';
import { asTakenLater, follow, renewalDays } from '../../src/portfolio/follow.js';

/** What a day stands for that is none: a customer that was not graded. */
const never = -(2 ** 31);
const days = { from: dayFromISO('2023-01-01'), until: dayFromISO('2024-01-01') };

/** A term of Ann's. */
const term = (from: string, to: string, premium: number, row: object = {}) => ({
  customer_id: 'Ann',
  policy_id: 'A1',
  from,
  to,
  premium,
  ...row,
});
let claims = 0;
/** A claim on Ann's policy, each with an id of its own. */
const claim = (occurred_on: string, paid: number, row: object = {}) => ({
  claim_id: `K${++claims}`,
  policy_id: 'A1',
  occurred_on,
  paid,
  ...row,
});
const dated = (terms: object[], claimed: object[] = []) => {
  const { book, issues } = readBook(terms, claimed);
  expect(issues).toEqual([]);
  return book;
};
const sum = (from: string, to: string, premium: number, row: object = {}) => ({
  customer_id: 'Ann',
  from,
  to,
  premium,
  claim_count: 0,
  incurred: 0,
  ...row,
});
const sums = (rows: object[], valuedAt?: string) => {
  const { book, issues } = readExperience(rows, valuedAt === undefined ? {} : { valuedAt });
  expect(issues).toEqual([]);
  return asTakenLater(book);
};

interface Asked {
  at?: 'date' | 'renewal';
  gradedOn?: Record<string, string>;
  plan?: PlanInput;
}

/** What followed for one customer; graded on the first day unless a day is given. */
function followed(book: Book, { at = 'date', gradedOn, plan = {} }: Asked = {}, id = 'Ann') {
  const graded = Int32Array.from(book.customers, (customer) => {
    if (gradedOn === undefined) return days.from;
    return gradedOn[customer] === undefined ? never : dayFromISO(gradedOn[customer]);
  });
  const all = follow(book, graded, days, at, readPlan(plan));
  const row = book.customers.indexOf(id);
  return {
    earnedPremium: all.earnedPremium[row],
    exposureYears: all.exposureYears[row],
    claims: all.claims[row],
    incurred: all.incurred[row],
    stayed: all.stayed[row],
    notes: all.notes,
  };
}
const nothing = { earnedPremium: 0, exposureYears: 0, claims: 0, incurred: 0 };

describe('followed from a date, dated terms', () => {
  test.each([
    // The premium is a unit a day, so what is earned are the days followed.
    ['straddles the first day', '2022-07-01', '2023-07-01', 365, 181, 181 / 365],
    ['begins on the first day', '2023-01-01', '2024-01-01', 365, 365, 1],
    ['lies within', '2023-02-01', '2023-05-01', 89, 89, 89 / 365],
    ['straddles the last day, in a leap year', '2023-07-01', '2024-07-01', 366, 184, 184 / 366],
    ['straddles both', '2022-07-01', '2024-07-01', 731, 365, 181 / 365 + 184 / 366],
    ['ended on the first day', '2022-01-01', '2023-01-01', 365, 0, 0],
    ['begins on the last day', '2024-01-01', '2025-01-01', 366, 0, 0],
  ])('a term that %s earns what it covers of the days', (_, from, to, premium, earned, years) => {
    const { earnedPremium, exposureYears } = followed(dated([term(from, to, premium)]));
    expect(earnedPremium).toBeCloseTo(earned, 10);
    expect(exposureYears).toBeCloseTo(years, 12);
  });

  test('a cancelled term earns up to its cancellation, of the premium agreed for the whole', () => {
    const of = (cancelled_on: string) =>
      followed(dated([term('2023-01-01', '2024-01-01', 365, { cancelled_on })]));
    expect(of('2023-04-11')).toMatchObject({ earnedPremium: 100, exposureYears: 100 / 365 });
    expect(of('2023-01-01')).toMatchObject(nothing);
    expect(of('2024-01-01')).toMatchObject({ earnedPremium: 365, exposureYears: 1 });
    const before = [term('2022-07-01', '2023-07-01', 365, { cancelled_on: '2022-12-01' })];
    expect(followed(dated(before))).toMatchObject(nothing);
  });

  test('the claims that occurred in the days, whenever they were reported', () => {
    const terms = [
      term('2022-01-01', '2023-01-01', 365),
      term('2023-01-01', '2024-01-01', 365),
      term('2024-01-01', '2025-01-01', 365),
    ];
    const book = dated(terms, [
      claim('2022-12-31', 1, { reported_on: '2023-06-01' }),
      claim('2023-01-01', 10),
      claim('2023-12-31', 100, { reported_on: '2027-05-01', reserve: 0.5 }),
      claim('2024-01-01', 1000),
    ]);
    expect(followed(book)).toMatchObject({ claims: 2, incurred: 110.5, earnedPremium: 365 });
    // So of a term that straddles the first day, or the last.
    const straddling = [
      term('2022-07-01', '2023-07-01', 365),
      term('2023-07-01', '2024-07-01', 366),
    ];
    const around = ['2022-12-31', '2023-01-01', '2023-12-31', '2024-01-01'];
    const claimed = around.map((day, k) => claim(day, 10 ** k));
    expect(followed(dated(straddling, claimed))).toMatchObject({ claims: 2, incurred: 110 });
  });

  test('a claim whose status does not count costs what it costs but is none', () => {
    const book = dated(
      [term('2023-01-01', '2024-01-01', 365)],
      ['open', 'closed', 'nil', 'withdrawn', 'inquiry'].map((status, k) =>
        claim('2023-03-01', 10 ** k, { status }),
      ),
    );
    expect(followed(book)).toMatchObject({ claims: 2, incurred: 11111 });
    expect(followed(book, { plan: { claims: { notCounted: [] } } })).toMatchObject({ claims: 5 });
  });

  test('all policies of a customer, and those of nobody else', () => {
    const other = { policy_id: 'A2', line: 'home' };
    const book = dated(
      [
        term('2022-07-01', '2023-07-01', 365),
        term('2023-12-01', '2024-12-01', 366, other),
        term('2023-01-01', '2024-01-01', 9999, { customer_id: 'Bob', policy_id: 'B1' }),
      ],
      [
        claim('2023-03-01', 10),
        claim('2023-12-24', 20, { policy_id: 'A2' }),
        claim('2023-12-24', 5000, { policy_id: 'B1' }),
      ],
    );
    expect(followed(book)).toMatchObject({
      earnedPremium: 181 + 31,
      exposureYears: 181 / 365 + 31 / 366,
      claims: 2,
      incurred: 30,
    });
    expect(followed(book, {}, 'Bob')).toMatchObject({ earnedPremium: 9999, incurred: 5000 });
  });

  test('a customer that was not graded, or has left, has nothing', () => {
    const book = dated(
      [
        term('2022-01-01', '2022-06-01', 151),
        term('2023-01-01', '2024-01-01', 365, { customer_id: 'Bob', policy_id: 'B1' }),
      ],
      [claim('2023-03-01', 10, { policy_id: 'B1' })],
    );
    const asked = { gradedOn: { Ann: '2023-01-01' } };
    expect(followed(book, asked)).toMatchObject({ ...nothing, stayed: Number.NaN });
    expect(followed(book, asked, 'Bob')).toMatchObject({ ...nothing, stayed: Number.NaN });
  });

  test('terms that run on after the last claim on file are noted, from one in ten', () => {
    const book = (late: number) =>
      dated(
        Array.from({ length: 20 }, (_, k) =>
          term(k < late ? '2023-01-01' : '2022-06-01', k < late ? '2024-01-01' : '2023-06-01', 1, {
            policy_id: `A${k}`,
          }),
        ),
        [claim('2023-05-20', 1, { policy_id: 'A0' })],
      );
    expect(followed(book(2)).notes).toEqual([]);
    expect(followed(book(3)).notes).toEqual([
      '3 of 20 followed terms run on after the last claim on file: their claims are not all known, for all tiers alike',
    ]);
  });

  test('1 January 1970 is a day like any other', () => {
    const book = dated([
      term('1969-01-01', '1970-01-01', 365),
      term('1970-01-01', '1971-01-01', 365),
    ]);
    const around = { from: dayFromISO('1969-07-01'), until: dayFromISO('1970-01-01') };
    const graded = Int32Array.of(around.from);
    expect(follow(book, graded, around, 'date', readPlan())).toMatchObject({
      earnedPremium: Float64Array.of(184),
      notes: [
        '1 of 1 followed terms run on after the last claim on file: their claims are not all known, for all tiers alike',
      ],
    });
  });
});

describe('followed from a renewal, dated terms', () => {
  const asked = (Ann = '2023-07-01') => ({ at: 'renewal' as const, gradedOn: { Ann } });

  test('the term that begins that day, whole, however far it runs past the days; no other', () => {
    const book = dated(
      [
        term('2022-07-01', '2023-07-01', 365),
        term('2023-07-01', '2024-07-01', 366),
        term('2024-07-01', '2025-07-01', 1000),
        term('2023-07-02', '2024-07-02', 1000, { policy_id: 'A2' }),
        term('2023-06-30', '2024-06-30', 1000, { policy_id: 'A3' }),
      ],
      [
        claim('2023-06-30', 1),
        claim('2023-07-01', 10),
        claim('2024-06-30', 100, { reported_on: '2025-01-01' }),
        claim('2024-07-01', 1000),
        claim('2023-12-01', 10000, { policy_id: 'A2' }),
        claim('2023-12-01', 10000, { policy_id: 'A3' }),
      ],
    );
    expect(followed(book, asked())).toMatchObject({
      earnedPremium: 366,
      exposureYears: 1,
      claims: 2,
      incurred: 110,
    });
  });

  test('all terms that begin that day, each for its own time', () => {
    const book = dated(
      [
        term('2023-07-01', '2024-07-01', 366),
        term('2023-07-01', '2023-10-01', 46, { policy_id: 'A2' }),
        term('2023-07-01', '2024-07-01', 3660, { policy_id: 'A3', cancelled_on: '2023-07-11' }),
        term('2023-07-01', '2024-07-01', 777, { policy_id: 'A4', cancelled_on: '2023-07-01' }),
      ],
      [
        claim('2024-06-01', 10),
        claim('2023-09-30', 100, { policy_id: 'A2', status: 'nil' }),
        claim('2023-07-10', 1000, { policy_id: 'A3' }),
      ],
    );
    expect(followed(book, asked())).toMatchObject({
      earnedPremium: 366 + 46 + 100,
      exposureYears: expect.closeTo(1 + 92 / 366 + 10 / 366, 12),
      claims: 2,
      incurred: 1110,
    });
  });

  test('each customer from its own day', () => {
    const bob = { customer_id: 'Bob', policy_id: 'B1' };
    const book = dated([
      term('2023-03-01', '2024-03-01', 366),
      term('2023-09-01', '2024-09-01', 732, bob),
    ]);
    const gradedOn = { Ann: '2023-03-01', Bob: '2023-09-01' };
    expect(followed(book, { at: 'renewal', gradedOn })).toMatchObject({ earnedPremium: 366 });
    expect(followed(book, { at: 'renewal', gradedOn }, 'Bob')).toMatchObject({
      earnedPremium: 732,
    });
    expect(followed(book, asked('2023-03-01'), 'Bob')).toMatchObject(nothing);
  });
});

describe('followed, yearly sums', () => {
  const rows = [
    sum('2022-07-01', '2023-07-01', 365, { claim_count: 1, incurred: 1 }),
    sum('2023-07-01', '2024-07-01', 366, { claim_count: 2, incurred: 10 }),
    sum('2024-07-01', '2025-07-01', 365, { claim_count: 4, incurred: 100 }),
  ];
  const unsplit =
    '1 yearly sums that had begun before the day of grading were not followed: they cannot be split; at renewal none is lost';

  test('from a date: those that begin in the days, whole; one that had begun is noted', () => {
    expect(followed(sums(rows))).toMatchObject({
      earnedPremium: 366,
      exposureYears: 1,
      claims: 2,
      incurred: 10,
      notes: [unsplit],
    });
    expect(followed(sums(rows.slice(1))).notes).toEqual([]);
  });

  test('from a renewal: the one that begins that day', () => {
    const asked = { at: 'renewal' as const, gradedOn: { Ann: '2023-07-01' } };
    expect(followed(sums(rows), asked)).toMatchObject({
      earnedPremium: 366,
      claims: 2,
      incurred: 10,
      notes: [],
    });
    const other = { at: 'renewal' as const, gradedOn: { Ann: '2023-07-02' } };
    expect(followed(sums(rows), other)).toMatchObject(nothing);
  });

  test('taken on a day: a row earns up to that day and brings all its claims known then', () => {
    const taken = (day: string) => followed(sums(rows, day));
    // 100 days from 1 July 2023, of 366.
    expect(taken('2023-10-09')).toMatchObject({
      earnedPremium: expect.closeTo(100, 10),
      exposureYears: 100 / 366,
      claims: 2,
      incurred: 10,
    });
    expect(taken('2023-07-01')).toMatchObject(nothing);
    expect(taken('2024-07-01')).toMatchObject({ earnedPremium: 366, claims: 2 });
    const asked = { at: 'renewal' as const, gradedOn: { Ann: '2023-07-01' } };
    expect(followed(sums(rows, '2023-10-09'), asked)).toMatchObject({
      earnedPremium: expect.closeTo(100, 10),
      claims: 2,
    });
    expect(followed(sums(rows, '2023-07-01'), asked)).toMatchObject(nothing);
  });

  test('an exposure that is stated counts in proportion to the days followed', () => {
    const stated = [sum('2023-07-01', '2024-07-01', 366, { exposure: 0.5 })];
    expect(followed(sums(stated)).exposureYears).toBe(0.5);
    expect(followed(sums(stated, '2023-10-09')).exposureYears).toBeCloseTo(50 / 366, 14);
  });

  test('sums of which nobody says when they were taken are complete, whatever else is on file', () => {
    const one = sums(rows.slice(0, 1));
    const all = sums(rows);
    expect(one.valuedAt).toBe(all.valuedAt);
    expect(one.valuedAt).toBeGreaterThan(dayFromISO('2200-01-01'));
    expect(sums(rows, '2023-10-09').valuedAt).toBe(dayFromISO('2023-10-09'));
    const book = dated([term('2023-01-01', '2024-01-01', 365)]);
    expect(asTakenLater(book)).toBe(book);
  });
});

describe('whether a customer stayed', () => {
  /** Somebody whose last term begins on a day, so that the book shows what began by then. */
  const horizon = (from: string) => ({
    customer_id: 'Zoe',
    policy_id: 'Z1',
    from,
    to: isoFromDay(dayFromISO(from) + 365),
    premium: 1,
  });
  const ann = (terms: object[], asked: Asked = {}, last = '2025-06-01') =>
    followed(dated([...terms, horizon(last)]), {
      gradedOn: { Ann: '2023-01-01' },
      ...asked,
    }).stayed;
  const inForce = term('2022-07-01', '2023-07-01', 365);

  test.each([
    ['cover on the last day goes on', [term('2023-07-01', '2024-07-01', 366)], 1],
    ['no cover after', [], 0],
    ['cover that ends with the days', [term('2023-07-01', '2024-01-01', 184)], 0],
    ['again 30 days later', [term('2024-01-31', '2025-01-31', 366)], 1],
    ['again 31 days later', [term('2024-02-01', '2025-02-01', 366)], 0],
    ['another policy', [term('2023-12-01', '2024-12-01', 366, { policy_id: 'A2' })], 1],
    [
      'cancelled before the last day',
      [term('2023-07-01', '2024-07-01', 366, { cancelled_on: '2023-12-31' })],
      0,
    ],
    [
      'cancelled the day after the last',
      [term('2023-07-01', '2024-07-01', 366, { cancelled_on: '2024-01-02' })],
      1,
    ],
  ])('at a date: %s', (_, later, stayed) => {
    expect(ann([inForce, ...later])).toBe(stayed);
  });

  test('at a date: nobody stays that was not there the day before, or is not graded', () => {
    const later = term('2023-07-01', '2025-07-01', 366);
    expect(ann([term('2021-01-01', '2022-01-01', 365), later])).toBeNaN();
    expect(ann([term('2021-01-01', '2022-12-31', 365), later])).toBeNaN();
    expect(ann([term('2021-01-01', '2023-01-01', 365), later])).toBe(1);
    expect(ann([inForce, later], { gradedOn: {} })).toBeNaN();
  });

  test('is known from the last day and its grace on, as far as the book shows beginnings', () => {
    const gone = (last: string, plan: PlanInput = {}) => ann([inForce], { plan }, last);
    expect(gone('2024-01-30')).toBeNaN();
    expect(gone('2024-01-31')).toBe(0);
    expect(gone('2024-01-10', { tenure: { graceDays: 9 } })).toBe(0);
    expect(gone('2024-01-10', { tenure: { graceDays: 10 } })).toBeNaN();
    // Also where this one is known to have stayed: else only those who stayed would be known.
    const long = term('2022-07-01', '2025-07-01', 365);
    expect(ann([long], {}, '2024-01-30')).toBeNaN();
    expect(ann([long], {}, '2024-01-31')).toBe(1);
  });

  const renewed = (terms: object[], last?: string) =>
    ann(terms, { at: 'renewal', gradedOn: { Ann: '2023-07-01' } }, last);
  const followedTerm = term('2023-07-01', '2024-07-01', 366);

  test.each([
    ['renewed the day it ends', [followedTerm, term('2024-07-01', '2025-07-01', 365)], 1],
    ['renewed 30 days later', [followedTerm, term('2024-07-31', '2025-07-01', 365)], 1],
    ['renewed 31 days later', [followedTerm, term('2024-08-01', '2025-07-01', 365)], 0],
    ['not renewed', [followedTerm], 0],
    [
      'another policy covers on',
      [followedTerm, term('2024-01-01', '2025-01-01', 365, { policy_id: 'A2' })],
      1,
    ],
    [
      'another policy ends the same day',
      [followedTerm, term('2024-01-01', '2024-07-01', 365, { policy_id: 'A2' })],
      0,
    ],
    [
      'cancelled, and gone',
      [term('2023-07-01', '2024-07-01', 366, { cancelled_on: '2023-10-01' })],
      0,
    ],
    [
      'cancelled, and back months later',
      [
        term('2023-07-01', '2024-07-01', 366, { cancelled_on: '2023-10-01' }),
        term('2024-07-01', '2025-07-01', 365),
      ],
      0,
    ],
    [
      'cancelled for another policy',
      [
        term('2023-07-01', '2024-07-01', 366, { cancelled_on: '2023-10-01' }),
        term('2023-10-01', '2025-10-01', 365, { policy_id: 'A2' }),
      ],
      1,
    ],
    [
      'a shorter term that began with it is not its end',
      [term('2023-07-01', '2023-10-01', 92, { policy_id: 'A2' }), followedTerm],
      0,
    ],
    [
      'the longest of several terms counts',
      [
        term('2023-07-01', '2023-10-01', 366, { policy_id: 'A2' }),
        followedTerm,
        term('2024-06-01', '2025-06-01', 365, { policy_id: 'A2' }),
      ],
      1,
    ],
  ])('at renewal: %s', (_, terms, stayed) => {
    expect(renewed(terms)).toBe(stayed);
  });

  test('at renewal: known from the agreed end and its grace on, also of those who cancelled', () => {
    const cancelled = term('2023-07-01', '2024-07-01', 366, { cancelled_on: '2023-10-01' });
    for (const terms of [[followedTerm], [cancelled]]) {
      expect(renewed(terms, '2024-07-30')).toBeNaN();
      expect(renewed(terms, '2024-07-31')).toBe(0);
    }
    expect(renewed([inForce], '2025-01-01')).toBeNaN();
  });

  test('of yearly sums as of terms', () => {
    const of = (rows: object[]) =>
      followed(sums([...rows, sum('2025-06-01', '2026-06-01', 1, { customer_id: 'Zoe' })]), {
        at: 'renewal',
        gradedOn: { Ann: '2023-07-01' },
      }).stayed;
    const begun = sum('2023-07-01', '2024-07-01', 366);
    expect(of([begun, sum('2024-07-01', '2025-07-01', 365)])).toBe(1);
    expect(of([begun])).toBe(0);
  });
});

describe('the day a customer comes up for renewal', () => {
  const dayOf = (book: Book, plan: PlanInput = {}, id = 'Ann') => {
    const day = renewalDays(book, days, readPlan(plan))[book.customers.indexOf(id)];
    return day === never ? null : isoFromDay(day);
  };
  const year = (from: string, row: object = {}) =>
    term(from, `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`, 100, row);
  const old = year('2022-01-01');

  test.each([
    ['the first in the days', [old, year('2023-03-01'), year('2024-03-01')], '2023-03-01'],
    ['the first day is in', [old, year('2023-01-01')], '2023-01-01'],
    ['the last day is not', [old, year('2024-01-01')], null],
    ['the day before the first is not', [year('2021-12-31'), year('2022-12-31')], null],
    ['not the day one begins with us', [year('2023-03-01')], null],
    [
      'but the next one that begins while that is known',
      [year('2023-03-01'), year('2023-08-01', { policy_id: 'A2' })],
      '2023-08-01',
    ],
    [
      'and the next again, where both began that day',
      [
        year('2023-03-01'),
        year('2023-03-01', { policy_id: 'A2' }),
        year('2023-03-02', { policy_id: 'A3' }),
      ],
      '2023-03-02',
    ],
    ['any policy', [old, year('2023-03-01', { policy_id: 'A2' })], '2023-03-01'],
    [
      'the first of several policies, wherever it stands',
      [old, year('2023-03-01'), year('2023-02-01', { policy_id: 'A2' })],
      '2023-02-01',
    ],
    [
      'not a term that never gave cover',
      [old, year('2023-03-01', { cancelled_on: '2023-03-01' }), year('2023-05-01')],
      '2023-05-01',
    ],
    [
      'not where what is known is older than the window',
      [year('2018-01-01'), year('2023-03-01')],
      null,
    ],
    [
      'though the term after may be',
      [
        year('2018-01-01'),
        term('2023-03-01', '2023-04-01', 9),
        term('2023-04-01', '2023-05-01', 9),
      ],
      '2023-04-01',
    ],
  ])('%s', (_, terms, expected) => {
    expect(dayOf(dated(terms))).toBe(expected);
  });

  test('what is known is what the window reaches', () => {
    const book = dated([year('2019-06-01'), year('2023-03-01')]);
    expect(dayOf(book)).toBe('2023-03-01');
    expect(dayOf(book, { window: { months: 33 } })).toBe(null);
    expect(dayOf(book, { window: { months: 34 } })).toBe('2023-03-01');
  });

  test('of yearly sums: a row has to have ended to be known, when it was valued later', () => {
    const row = (from: string, to: string, row: object = {}) => sum(from, to, 100, row);
    const second = { policy_id: 'A2' };
    const rows = [
      row('2022-07-01', '2023-07-01'),
      row('2023-02-01', '2024-02-01', second),
      row('2023-07-01', '2024-07-01'),
    ];
    expect(dayOf(sums(rows))).toBe('2023-07-01');
    expect(dayOf(sums(rows, '2024-12-31'))).toBe('2023-07-01');
    // Taken by then, what had been earned is known.
    expect(dayOf(sums(rows, '2023-01-31'))).toBe('2023-02-01');
  });

  test('each customer its own', () => {
    const bob = { customer_id: 'Bob', policy_id: 'B1' };
    const book = dated([old, year('2023-03-01'), year('2022-04-01', bob), year('2023-04-01', bob)]);
    expect(dayOf(book)).toBe('2023-03-01');
    expect(dayOf(book, {}, 'Bob')).toBe('2023-04-01');
  });
});
