import { describe, expect, test } from 'vitest';
import { labelAt } from '../../src/base/columns.js';
import { indicators, type PlanInput, readBook, readExperience } from '../../src/index.js';
import { claim } from '../support/rows.js';

const asOf = '2024-01-01';
/** A one-year term that ends at the as-of date; 365 of premium is 1 a day. */
const policy = (row: object = {}) => ({
  customer_id: 'Ann',
  policy_id: 'A1',
  from: '2023-01-01',
  to: '2024-01-01',
  premium: 365,
  ...row,
});
const sum = (row: object = {}) => ({
  customer_id: 'Ann',
  from: '2023-01-01',
  to: '2024-01-01',
  premium: 365,
  claim_count: 2,
  incurred: 150,
  ...row,
});

/** The first customer's indicators. */
const measure = (
  policies: object[],
  claims: object[] = [],
  { at = asOf, plan = {} }: { at?: string; plan?: PlanInput } = {},
) => {
  const { book, issues } = readBook(policies, claims);
  expect(issues).toEqual([]);
  const { columns } = indicators(book, { asOf: at, plan });
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[0]]));
};
const tableOfSums = (rows: object[], valuedAt?: string, at = asOf) => {
  const { book, issues } = readExperience(rows, valuedAt === undefined ? {} : { valuedAt });
  expect(issues).toEqual([]);
  return indicators(book, { asOf: at });
};

describe('exposure', () => {
  test.each([
    ['a common year', '2022-01-01', '2023-01-01', 1],
    ['a leap year', '2024-01-01', '2025-01-01', 1],
    ['a year with 29 February in it', '2023-07-01', '2024-07-01', 1],
    ['a year from 29 February', '2024-02-29', '2025-02-28', 1],
    ['half of a leap year', '2024-01-01', '2024-07-01', 182 / 366],
    ['two years, one of them a leap year', '2023-01-01', '2025-01-01', 2],
  ])('of %s', (_, from, to, years) => {
    expect(measure([policy({ from, to })], [], { at: to }).exposure_years).toBeCloseTo(years, 14);
  });

  test('counts the days of the term that lie in the window, half-open at both ends', () => {
    const term = [policy({ from: '2022-07-01', to: '2023-07-01' })];
    const at = (day: string) => {
      const { exposure_years, earned_premium } = measure(term, [], {
        at: day,
        plan: { window: { months: 12 } },
      });
      return [exposure_years, earned_premium].map((value) => Math.round(value * 365 * 1e9) / 1e9);
    };
    expect(at('2022-07-02')).toEqual([1, 365]);
    expect(at('2023-07-01')).toEqual([365, 365 * 365]);
    expect(at('2024-06-30')).toEqual([1, 365]);
    expect(() => at('2024-07-01')).toThrow(/no customer has cover in the 12 months before/);
    expect(() => at('2022-07-01')).toThrow(/no customer has cover/);
  });
});

describe('earned premium', () => {
  test('is earned by the day, up to cancellation', () => {
    const { earned_premium, exposure_years, lapsed } = measure([
      policy({ cancelled_on: '2023-07-01' }),
    ]);
    expect(earned_premium).toBeCloseTo(181, 10);
    expect(exposure_years).toBeCloseTo(181 / 365, 14);
    expect(lapsed).toBe(1);
  });

  test('does not know of a cancellation on or after the as-of date', () => {
    const cancelled = [policy({ cancelled_on: '2023-07-01' })];
    for (const at of ['2023-06-30', '2023-07-01']) {
      const { annual_premium, policy_count, lapsed } = measure(cancelled, [], { at });
      expect([annual_premium, policy_count, lapsed]).toEqual([365, 1, 0]);
    }
    expect(measure(cancelled, [], { at: '2023-07-02' }).policy_count).toBe(0);
  });
});

describe('annual premium', () => {
  test.each([
    ['a term of one common year is exactly the premium', '2023-01-01', '2024-01-01', 365],
    ['a term of one leap year is exactly the premium', '2023-07-01', '2024-07-01', 365],
    ['a year from 29 February is exactly the premium', '2020-02-29', '2021-02-28', 365],
    [
      'a term of 90 days is the premium × 366 ÷ 90, for its year has so many',
      '2023-10-03',
      '2024-01-01',
      (365 * 366) / 90,
    ],
    ['a term of two years is half the premium', '2023-01-01', '2025-01-01', 365 / 2],
  ])('of %s', (_, from, to, premium) => {
    const at = to < asOf ? to : asOf;
    expect(measure([policy({ from, to })], [], { at }).annual_premium).toBe(premium);
  });

  test('is of the terms in force the day before the as-of date', () => {
    const { annual_premium, policy_count } = measure([
      policy({ policy_id: 'ended', from: '2022-12-31', to: '2023-12-31', premium: 1 }),
      policy({ policy_id: 'ends', premium: 20 }),
      policy({ policy_id: 'began', from: '2023-12-31', to: '2024-12-31', premium: 300 }),
      policy({ policy_id: 'begins', from: '2024-01-01', to: '2025-01-01', premium: 4000 }),
    ]);
    expect([annual_premium, policy_count]).toEqual([320, 2]);
  });
});

describe('tenure', () => {
  const after = (from: string) =>
    measure([policy({ from: '2021-01-01', to: '2022-01-01' }), policy({ from, to: '2024-01-01' })]);

  test('bridges a gap up to the grace of 30 days', () => {
    expect(after('2022-01-31').tenure_years).toBe(3);
    expect(after('2022-01-31').renewals).toBe(1);
  });

  test('begins anew after a longer gap', () => {
    // From 1 February 2022: one year to its first anniversary, then 334 of 365 days.
    expect(after('2022-02-01').tenure_years).toBe(1 + 334 / 365);
    expect(after('2022-02-01').renewals).toBe(0);
  });

  test('has the grace of the plan', () => {
    const terms = [
      policy({ from: '2021-01-01', to: '2022-01-01' }),
      policy({ from: '2022-01-11', to: '2024-01-01' }),
    ];
    const tenure = (graceDays: number) =>
      measure(terms, [], { plan: { tenure: { graceDays } } }).tenure_years;
    expect(tenure(10)).toBe(3);
    expect(tenure(9)).toBe(1 + 355 / 365);
  });

  test('is bridged by another policy', () => {
    expect(
      measure([
        policy({ from: '2021-01-01', to: '2022-01-01' }),
        policy({ policy_id: 'A2', from: '2021-06-01', to: '2022-12-31' }),
        policy(),
      ]).tenure_years,
    ).toBe(3);
  });

  test('goes as far back as the file, beyond the window', () => {
    expect(
      measure([policy({ from: '2014-01-01', to: '2021-06-01' }), policy({ from: '2021-06-01' })])
        .tenure_years,
    ).toBe(10);
  });

  test('ends with the cover', () => {
    const { tenure_years, lapsed } = measure([policy({ from: '2021-01-01', to: '2023-01-01' })]);
    expect([tenure_years, lapsed]).toEqual([2, 1]);
  });

  test('begins at `since` where yearly sums state it', () => {
    const { columns } = tableOfSums([sum({ since: '2018-01-01' })]);
    expect(columns.tenure_years[0]).toBe(6);
  });
});

describe('time without a claim', () => {
  const free = (...claims: object[]) =>
    measure([policy({ from: '2020-01-01', to: '2024-01-01' })], claims).claim_free_years;

  test('is that of the cover on file, without a claim', () => {
    expect(free()).toBe(4);
  });

  test('runs from the last claim, also one before the window', () => {
    // The year from 1 July 2023 has 366 days.
    expect(free(claim({ occurred_on: '2020-07-01' }))).toBe(3 + 184 / 366);
    expect(
      free(claim({ occurred_on: '2020-07-01' }), claim({ claim_id: 2, occurred_on: '2022-01-01' })),
    ).toBe(2);
  });

  test('is not ended by a claim that does not count, nor by one not yet known', () => {
    expect(free(claim({ status: 'nil' }), claim({ claim_id: 2, reported_on: '2024-01-01' }))).toBe(
      4,
    );
  });

  test('of a yearly sum with claims begins when its period ends', () => {
    const { columns } = tableOfSums([
      sum({ from: '2022-01-01', to: '2023-01-01' }),
      sum({ claim_count: 0, incurred: 0 }),
    ]);
    expect(columns.claim_free_years[0]).toBe(1);
  });
});

describe('claims', () => {
  test.each(['nil', 'withdrawn', 'inquiry'])(
    'that are %s are not counted, their money is',
    (status) => {
      const { claim_count, incurred_loss, largest_claim } = measure(
        [policy()],
        [claim(), claim({ claim_id: 'K2', status, paid: 30, reserve: 1 })],
      );
      expect([claim_count, incurred_loss, largest_claim]).toEqual([1, 181, 150]);
    },
  );

  test('that are counted are those of the plan', () => {
    const { claim_count } = measure([policy()], [claim({ status: 'nil' })], {
      plan: { claims: { notCounted: [] } },
    });
    expect(claim_count).toBe(1);
  });

  test.each([
    ['reported the day before the as-of date', { reported_on: '2023-12-31' }, [1, 150]],
    ['reported on the as-of date', { reported_on: '2024-01-01' }, [0, 0]],
    ['reported after the as-of date', { reported_on: '2024-02-01' }, [0, 0]],
    ['that occurred the day before the as-of date', { occurred_on: '2023-12-31' }, [1, 150]],
    ['that occurred on the as-of date', { occurred_on: '2024-01-01' }, [0, 0]],
    ['that occurred on the first day of the window', { occurred_on: '2021-01-01' }, [1, 150]],
    ['that occurred the day before the window', { occurred_on: '2020-12-31' }, [0, 0]],
  ])('%s', (_, row, expected) => {
    const { claim_count, incurred_loss } = measure(
      [policy({ from: '2020-01-01', to: '2025-01-01' })],
      [claim(row)],
    );
    expect([claim_count, incurred_loss]).toEqual(expected);
  });

  test('above the cap count up to it, one by one', () => {
    const { capped_loss, excess_loss, incurred_loss } = measure(
      [policy()],
      [claim({ paid: 90 }), claim({ claim_id: 'K2', paid: 500 })],
      { plan: { claims: { cap: 100 } } },
    );
    expect([capped_loss, excess_loss, incurred_loss]).toEqual([190, 400, 590]);
  });

  test('that are recoveries lower the loss', () => {
    const { claim_count, incurred_loss } = measure(
      [policy()],
      [claim(), claim({ claim_id: 'K2', paid: -60 })],
    );
    expect([claim_count, incurred_loss]).toEqual([2, 90]);
  });
});

describe('yearly sums', () => {
  // 1 July 2023 to 1 July 2024: 366 days, 184 of them before the as-of date.
  const straddling = sum({ from: '2023-07-01', to: '2024-07-01', premium: 366, incurred: 50 });
  const before = sum({ customer_id: 'Bob', from: '2022-01-01', to: '2023-01-01' });
  const figures = (rows: object[], valuedAt?: string) => {
    const { ids, columns, excluded } = tableOfSums(rows, valuedAt);
    const row = ids.indexOf('Ann');
    return {
      earned: row < 0 ? undefined : columns.earned_premium[row],
      claims: columns.claim_count[row],
      incurred: columns.incurred_loss[row],
      excluded,
    };
  };
  const nothing = { rows: 0, premium: 0, claims: 0, incurred: 0 };

  test('that straddle the as-of date earn pro rata when valued then, as they are if not stated', () => {
    const expected = { earned: 184, claims: 2, incurred: 50, excluded: nothing };
    expect(figures([straddling])).toEqual(expected);
    expect(figures([straddling], asOf)).toEqual(expected);
  });

  test('earn up to the day they were valued when that is earlier', () => {
    // 92 days from 1 July to 1 October 2023.
    const earned = figures([straddling], '2023-10-01');
    expect(earned).toEqual({ earned: 92, claims: 2, incurred: 50, excluded: nothing });
    // Nothing of a period that began on the day of valuation is known.
    const { ids, withoutCover } = tableOfSums([before, straddling], '2023-07-01');
    expect([ids, withoutCover]).toEqual([['Bob'], 1]);
  });

  test('that straddle the as-of date and were valued later are left out whole, and counted', () => {
    expect(figures([before, straddling], '2024-01-02')).toEqual({
      earned: undefined,
      claims: undefined,
      incurred: undefined,
      excluded: { rows: 1, premium: 366, claims: 2, incurred: 50 },
    });
  });

  test('that ended by the as-of date are used whole, whenever they were valued', () => {
    for (const valuedAt of [asOf, '2025-01-01']) {
      const { earned, claims, incurred } = figures([sum()], valuedAt);
      expect([earned, claims, incurred]).toEqual([365, 2, 150]);
    }
  });

  test('that begin before the window are left out whole, and counted', () => {
    const { earned, excluded } = figures([
      sum({ from: '2020-12-31', to: '2021-12-31', premium: 500, incurred: 7 }),
      sum({ from: '2021-12-31', to: '2022-12-31', premium: 600 }),
    ]);
    expect(earned).toBe(600);
    expect(excluded).toEqual({ rows: 1, premium: 500, claims: 2, incurred: 7 });
    expect(figures([sum({ from: '2021-01-01', to: '2022-01-01' })]).excluded).toEqual(nothing);
  });

  test('that ended before the window are of no concern', () => {
    const { excluded } = figures([sum(), sum({ from: '2020-01-01', to: '2021-01-01' })]);
    expect(excluded).toEqual(nothing);
  });

  test('earn a stated exposure in proportion to the days', () => {
    const { columns } = tableOfSums([{ ...straddling, exposure: 0.5 }]);
    expect(columns.exposure_years[0]).toBe(0.5 * (184 / 366));
  });

  test('with none that can be used say that they were left out', () => {
    expect(() => tableOfSums([straddling], '2025-01-01')).toThrow(
      'indicators: no customer has cover in the 36 months before 2024-01-01; 1 yearly sums were left out whole',
    );
  });
});

describe('a customer', () => {
  test('without cover in the window is counted and not in the table', () => {
    const { book } = readBook(
      [
        policy(),
        policy({ customer_id: 'Old', policy_id: 'O1', from: '2019-01-01', to: '2020-01-01' }),
      ],
      [],
    );
    const { ids, withoutCover } = indicators(book, { asOf });
    expect([ids, withoutCover]).toEqual([['Ann'], 1]);
  });

  test('has the line, channel and branch of its largest premium in force', () => {
    const { book } = readBook(
      [
        policy({ policy_id: 'A1', line: 'motor', branch: 'north', premium: 300 }),
        policy({ policy_id: 'A2', line: 'home', premium: 301 }),
        policy({ policy_id: 'A3', line: 'boat', premium: 999, to: '2023-12-31' }),
      ],
      [],
    );
    const { attributes } = indicators(book, { asOf });
    expect(attributes.map((attribute) => labelAt(attribute, 0))).toEqual([
      'home',
      undefined,
      undefined,
    ]);
  });

  test('needs an as-of date', () => {
    const { book } = readBook([policy()], []);
    const without = indicators as (of: typeof book, options?: object) => unknown;
    expect(() => without(book)).toThrow(
      'indicators: asOf must be a date like 2024-12-31, got nothing',
    );
    expect(() => without(book, { asOf: '2024-02-31' })).toThrow('got "2024-02-31"');
  });
});
