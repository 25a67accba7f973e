import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelAt } from '../../src/base/columns.js';
import type { Issue } from '../../src/book/issues.js';
import {
  assess,
  type Book,
  calibrate,
  gradeAt,
  grader,
  indicators,
  isoFromDay,
  readBook,
  readExperience,
  readIndicators,
  UnusableDataError,
} from '../../src/index.js';
import { claim, policy } from '../support/rows.js';
import { runs } from '../support/slow.js';

const year = (row: object = {}) => ({
  customer_id: 'Ann',
  from: '2023-01-01',
  to: '2024-01-01',
  premium: 400,
  claim_count: 1,
  incurred: 150,
  ...row,
});
const measured = (row: object = {}) => ({
  customer_id: 'Ann',
  earned_premium: 900,
  exposure_years: 3,
  claim_count: 1,
  incurred_loss: 500,
  tenure_years: 3,
  annual_premium: 300,
  ...row,
});
const issueOf = ({ table, row, field, code, amount }: Issue) => [table, row, field, code, amount];

/** The terms of a book in words. */
const termsOf = ({ terms, policies }: Book) =>
  Array.from({ length: terms.length }, (_, t) =>
    [policies[terms.policy[t]], isoFromDay(terms.from[t]), isoFromDay(terms.to[t])].join(' '),
  );
/** A book without the codes of its texts, and the verdict, which names the first row left out. */
const plain = ({ terms, verdict: _, ...book }: Book) => ({
  ...book,
  terms: {
    ...terms,
    attributes: terms.attributes.map((attribute) => [
      attribute.name,
      ...Array.from({ length: terms.length }, (_, t) => labelAt(attribute, t)),
    ]),
  },
});

describe('a policy term', () => {
  test.each([
    ['ends before it begins', { to: '2022-12-31' }, 'to', 'to-not-after-from'],
    ['ends on the day it begins', { to: '2023-01-01' }, 'to', 'to-not-after-from'],
    [
      'is cancelled before it begins',
      { cancelled_on: '2022-12-31' },
      'cancelled_on',
      'cancelled-before-start',
    ],
    ['begins with another of its policy', { from: '2022-01-01' }, 'from', 'duplicate-term'],
    [
      'begins before the last of its policy ends',
      { from: '2022-12-20' },
      'from',
      'overlapping-term',
    ],
  ])('that %s is left out', (_, row, field, code) => {
    const other = policy({ from: '2022-01-01', to: '2023-01-01', premium: 390 });
    const { book, issues } = readBook([other, policy(row)], []);
    expect(termsOf(book)).toEqual(['A1 2022-01-01 2023-01-01']);
    expect(issues.map(issueOf)).toEqual([['policies', 2, field, code, 400]]);
  });

  test('may begin on the day the last one ends, or was cancelled', () => {
    const { book, issues } = readBook(
      [
        policy(),
        policy({ from: '2024-01-01', to: '2025-01-01', cancelled_on: '2024-03-01' }),
        policy({ from: '2024-03-01', to: '2025-03-01' }),
      ],
      [],
    );
    expect(issues).toEqual([]);
    expect(book.terms.length).toBe(3);
  });

  test('may overlap a term of another policy', () => {
    expect(readBook([policy(), policy({ policy_id: 'A2' })], []).issues).toEqual([]);
  });

  test('that covers its last day, as a columns file may say, may be one day long and ends a day later', () => {
    const rows = [policy({ to: '2023-12-31' }), policy({ from: '2024-01-01', to: '2024-01-01' })];
    const { book, issues } = readBook(rows, [claim({ occurred_on: '2023-12-31' })], {
      inclusiveTo: true,
    });
    expect(issues).toEqual([]);
    expect(termsOf(book)).toEqual(['A1 2023-01-01 2024-01-01', 'A1 2024-01-01 2024-01-02']);
  });

  test('cancelled on its first day gives no cover, and stands in the way of no other', () => {
    const rows = [policy({ cancelled_on: '2023-01-01' }), policy({ premium: 450 })];
    for (const policies of [rows, [...rows].reverse()]) {
      const { book, issues } = readBook(policies, [claim()]);
      expect(issues).toEqual([]);
      const { columns } = indicators(book, { asOf: '2024-01-01' });
      expect([columns.earned_premium[0], columns.exposure_years[0]]).toEqual([450, 1]);
    }
    const { issues } = readBook([rows[0]], [claim()]);
    expect(issues.map(issueOf)).toEqual([['claims', 1, 'occurred_on', 'claim-outside-term', 150]]);
  });

  test('cancelled after its end is a term that was not cancelled', () => {
    const { book, issues } = readBook(
      [policy({ cancelled_on: '2024-02-01' })],
      [claim({ occurred_on: '2024-01-15' })],
    );
    expect(issues.map(issueOf)).toEqual([['claims', 1, 'occurred_on', 'claim-outside-term', 150]]);
    const { columns } = indicators(book, { asOf: '2024-02-01' });
    expect(columns.earned_premium[0]).toBe(400);
  });
});

describe('a claim', () => {
  const cancelled = policy({ cancelled_on: '2023-08-01' });

  test.each([
    ['of a policy that is not there', { policy_id: 'A9' }, 'policy_id', 'unknown-policy'],
    ['before its policy', { occurred_on: '2022-12-31' }, 'occurred_on', 'claim-outside-term'],
    [
      'on the day of cancellation',
      { occurred_on: '2023-08-01' },
      'occurred_on',
      'claim-outside-term',
    ],
    ['after cancellation', { occurred_on: '2023-08-02' }, 'occurred_on', 'claim-outside-term'],
    [
      'after the end of the term',
      { occurred_on: '2024-01-01' },
      'occurred_on',
      'claim-outside-term',
    ],
  ])('%s is left out, with its money', (_, row, field, code) => {
    const { book, issues } = readBook([cancelled], [claim({ reserve: 25.5, ...row })]);
    expect(book.claims.length).toBe(0);
    expect(issues.map(issueOf)).toEqual([['claims', 1, field, code, 175.5]]);
  });

  test('on the first day and on the last day of cover is in the term', () => {
    const { book, issues } = readBook(
      [cancelled],
      [
        claim({ claim_id: 1, occurred_on: '2023-01-01' }),
        claim({ claim_id: 2, occurred_on: '2023-07-31' }),
      ],
    );
    expect(issues).toEqual([]);
    expect(book.claims.length).toBe(2);
  });

  test('of a policy whose rows cannot be used is of an unknown policy', () => {
    const { issues } = readBook(
      [policy(), policy({ policy_id: 'A2', premium: 'x' })],
      [claim({ policy_id: 'A2' })],
    );
    expect(issues.map(issueOf)).toEqual([
      ['policies', 2, 'premium', 'bad-number', null],
      ['claims', 1, 'policy_id', 'unknown-policy', 150],
    ]);
  });

  test('that appears twice is counted once', () => {
    const { book, issues } = readBook([policy()], [claim(), claim(), claim({ claim_id: 'K2' })]);
    expect(book.claims.length).toBe(2);
    expect(issues.map(issueOf)).toEqual([['claims', 2, 'claim_id', 'duplicate-claim', 150]]);
  });

  test('that appears twice with two amounts is counted with the larger one', () => {
    const rows = [claim({ paid: 20 }), claim({ paid: 900 }), claim({ paid: 150 })];
    for (const given of [rows, rows.toReversed()]) {
      const { book, issues } = readBook([policy()], given);
      expect([...book.claims.incurred]).toEqual([900]);
      expect(issues.map(({ code, amount }) => [code, amount])).toEqual([
        ['duplicate-claim', 150],
        ['duplicate-claim', 20],
      ]);
    }
  });

  test('under several covers, or policies of one customer, is one claim with all its money', () => {
    const covers = [
      claim({ paid: 100, cover: 'damage' }),
      claim({ paid: 900, cover: 'liability' }),
      claim({ paid: 7, cover: 'damage' }),
      claim({ paid: 50, policy_id: 'A2' }),
    ];
    const { book, issues } = readBook([policy(), policy({ policy_id: 'A2' })], covers);
    const { columns } = indicators(book, { asOf: '2024-01-01' });
    expect([columns.claim_count[0], columns.incurred_loss[0]]).toEqual([1, 1050]);
    expect(issues.map(issueOf)).toEqual([['claims', 3, 'claim_id', 'duplicate-claim', 7]]);
  });

  test('a part or a second row that is known later does not hide what was known before', () => {
    const first = claim({ paid: 40, cover: 'a', reported_on: '2023-05-02' });
    for (const later of [
      claim({ paid: 900, cover: 'b', reported_on: '2023-11-01' }),
      claim({ paid: 900, cover: 'a', reported_on: '2023-11-01' }),
    ]) {
      const { book } = readBook([policy()], [later, first]);
      const { columns } = indicators(book, { asOf: '2023-10-01' });
      expect([columns.claim_count[0], columns.incurred_loss[0]]).toEqual([1, 40]);
    }
  });

  test('under two covers of a policy is one claim to the cap', () => {
    const covers = ['a', 'b'].map((cover) => claim({ paid: 40, cover }));
    const { book } = readBook([policy()], covers);
    const { columns } = indicators(book, { asOf: '2024-01-01', plan: { claims: { cap: 50 } } });
    expect([columns.capped_loss[0], columns.largest_claim[0]]).toEqual([50, 80]);
  });

  test('that was withdrawn later still counted before', () => {
    const rows = [claim({ status: 'withdrawn', closed_on: '2023-09-01' })];
    const { book } = readBook([policy()], rows);
    const counted = (asOf: string) => indicators(book, { asOf }).columns.claim_count[0];
    expect([counted('2023-09-01'), counted('2023-09-02')]).toEqual([1, 0]);
  });

  test('of another customer under the same id is no part of the first', () => {
    const other = policy({ policy_id: 'B1', customer_id: 'bob' });
    const { issues } = readBook([policy(), other], [claim(), claim({ policy_id: 'B1' })]);
    expect(issues.map(({ code }) => code)).toEqual(['duplicate-claim']);
  });

  test('is not lost to a row of the same id that cannot be used', () => {
    const rows = [claim({ policy_id: 'A9' }), claim(), claim({ occurred_on: '2022-05-02' })];
    const { book, issues } = readBook([policy()], rows);
    expect([...book.claims.incurred]).toEqual([150]);
    expect(issues.map(issueOf).sort()).toEqual([
      ['claims', 1, 'policy_id', 'unknown-policy', 150],
      ['claims', 3, 'occurred_on', 'claim-outside-term', 150],
    ]);
  });

  test('with an unknown status counts as open, and says so', () => {
    const { book, issues } = readBook([policy()], [claim({ status: 'pending', reserve: 5 })]);
    expect([...book.claims.status]).toEqual([0]);
    expect(issues).toEqual([
      {
        table: 'claims',
        row: 1,
        field: 'status',
        code: 'unknown-status',
        message: 'status: expected open, closed, nil, withdrawn, inquiry, got "pending"',
        amount: 155,
      },
    ]);
  });

  test('may write its status in capitals', () => {
    const { book, issues } = readBook([policy()], [claim({ status: 'Withdrawn' })]);
    expect(issues).toEqual([]);
    expect([...book.claims.status]).toEqual([3]);
  });

  test('reported before it occurred is used, its report date is not', () => {
    const { book, issues } = readBook([policy()], [claim({ reported_on: '2023-05-01' })]);
    expect(issues.map(issueOf)).toEqual([
      ['claims', 1, 'reported_on', 'reported-before-occurred', 150],
    ]);
    expect(isoFromDay(book.claims.reportedOn[0])).toBe('2023-05-02');
  });

  test('without claims there is a book all the same', () => {
    expect(readBook([policy()], []).book.claims.length).toBe(0);
  });
});

describe('a yearly sum', () => {
  test.each([
    ['ends before it begins', { to: '2022-12-31' }, 'to', 'to-not-after-from'],
    ['is that of another row', { incurred: 99 }, 'from', 'duplicate-term'],
    ['overlaps another row', { from: '2023-06-01', to: '2024-06-01' }, 'from', 'overlapping-term'],
    ['has a premium below 0', { premium: -400 }, 'premium', 'negative-value'],
  ])('that %s is left out', (_, row, field, code) => {
    const { book, issues } = readExperience([year(), year({ incurred: 150, ...row })]);
    expect(book.terms.length).toBe(1);
    const [{ amount, row: at }] = issues;
    // Its losses are lost, too.
    const incurred = at === 1 ? year().incurred : { incurred: 150, ...row }.incurred;
    expect(amount).toBe((code === 'negative-value' ? -400 : 400) + Number(incurred));
    expect(issues).toHaveLength(1);
    expect(issueOf(issues[0])).toEqual(['experience', issues[0].row, field, code, amount]);
  });

  test('may be below 0 in money: a year of recoveries', () => {
    const { book, issues } = readExperience([year({ incurred: -150 })]);
    expect(issues).toEqual([]);
    expect([...book.claims.incurred]).toEqual([-150]);
  });

  test('whose relationship begins after it begins it itself', () => {
    const { book, issues } = readExperience([year({ since: '2023-01-02' })]);
    expect(issues.map(issueOf)).toEqual([['experience', 1, 'since', 'since-after-from', 400]]);
    expect(indicators(book, { asOf: '2024-01-01' }).columns.tenure_years[0]).toBe(1);
  });

  test('without a policy is of the one policy that the customer has', () => {
    const { issues } = readExperience([year(), year({ policy_id: 'A2' }), year()]);
    expect(issues.map(issueOf)).toEqual([
      ['experience', 3, 'from', 'duplicate-term', 400 + Number(year().incurred)],
    ]);
  });
});

describe('indicators already measured', () => {
  test('are one row a customer', () => {
    const { table, issues } = readIndicators([
      measured({ customer_id: 'Bob' }),
      measured(),
      measured({ customer_id: 'Bob', earned_premium: 901 }),
    ]);
    expect(table.ids).toEqual(['Ann', 'Bob']);
    expect([...table.columns.earned_premium]).toEqual([900, 900]);
    expect(issues.map(issueOf)).toEqual([
      ['indicators', 3, 'customer_id', 'duplicate-customer', 901],
    ]);
  });

  test('may lack what is optional; what follows from the rest is worked out', () => {
    const { table, issues } = readIndicators([measured({ claim_free_years: 'x', loss_ratio: 9 })]);
    expect(issues.map(issueOf)).toEqual([['indicators', 1, 'claim_free_years', 'bad-number', 900]]);
    const { capped_loss, loss_ratio, claim_free_years } = table.columns;
    expect([capped_loss[0], loss_ratio[0], claim_free_years[0]]).toEqual([
      500,
      500 / 900,
      Number.NaN,
    ]);
    expect(table.attributes.map(({ name }) => name)).toEqual(['line', 'channel', 'branch']);
  });

  test.each([
    ['exposure_years', -1, 'negative-value'],
    ['claim_count', 1.5, 'not-a-count'],
    ['tenure_years', 'long', 'bad-number'],
    ['annual_premium', undefined, 'missing-value'],
  ])('leave a row out whose %s is %s', (field, value, code) => {
    const { table, issues } = readIndicators([
      measured({ customer_id: 'Bob' }),
      measured({ [field]: value }),
    ]);
    expect(table.ids).toEqual(['Bob']);
    expect(issues.map(issueOf)).toEqual([['indicators', 2, field, code, 900]]);
  });
});

describe('a customer', () => {
  test('without premium is graded, but unrated', () => {
    const { book, issues } = readBook(
      [policy({ premium: 0 }), policy({ customer_id: 'Bob', policy_id: 'B1' })],
      [claim()],
    );
    expect(issues).toEqual([]);
    const table = indicators(book, { asOf: '2024-01-01' });
    const grade = gradeAt(assess(table, calibrate(table)))(0);
    expect(grade).toMatchObject({
      customerId: 'Ann',
      risk: { tier: 'unrated', observedLossRatio: null, expectedLossRatio: null },
      value: { tier: 'low' },
      underwriting: { indicatedChange: null },
    });
    expect(grade.reasons[0].code).toBe('no-premium');
  });

  test('with nothing but zeros is graded by a service too', () => {
    const table = readIndicators([measured()]).table;
    const nobody = {
      customerId: 'x',
      earnedPremium: 0,
      exposureYears: 0,
      claimCount: 0,
      incurredLoss: 0,
      tenureYears: 0,
      annualPremium: 0,
    };
    expect(grader(calibrate(table))(nobody).risk.tier).toBe('unrated');
  });
});

/** Rows that contradict each other: the same term, claim or customer with other values. */
const conflicting = {
  policies: fc.array(
    fc.record({
      customer_id: fc.constantFrom('Ann', 'Bob'),
      policy_id: fc.constantFrom('A1', 'B1'),
      from: fc.constantFrom('2022-01-01', '2023-01-01', '2023-06-01'),
      to: fc.constantFrom('2023-01-01', '2024-01-01'),
      premium: fc.constantFrom(0, 400, 401),
      line: fc.constantFrom('motor', 'home', ''),
      cancelled_on: fc.constantFrom('', '2023-01-01', '2023-06-01'),
      colour: fc.constantFrom('red', 'blue'),
    }),
    { maxLength: 6 },
  ),
  claims: fc.array(
    fc.record({
      claim_id: fc.constantFrom(1, 2),
      policy_id: fc.constantFrom('A1', 'B1', 'C1'),
      occurred_on: fc.constantFrom('2022-05-02', '2023-05-02'),
      paid: fc.constantFrom(100, 150),
      reserve: fc.constantFrom(0, 50),
      reported_on: fc.constantFrom('', '2023-05-03', '2023-05-04'),
      status: fc.constantFrom('open', 'nil', 'closed'),
    }),
    { maxLength: 5 },
  ),
};
const twoOrders = <T>(rows: fc.Arbitrary<T[]>) =>
  rows.chain((once) =>
    fc.tuple(
      fc.constant(once),
      fc.shuffledSubarray(once, { minLength: once.length, maxLength: once.length }),
    ),
  );

describe('what is kept of rows that contradict each other', () => {
  const sound = policy({
    customer_id: 'Zoe',
    policy_id: 'Z1',
    line: '',
    cancelled_on: '',
    colour: 'red',
  });

  test('does not hang on the order of policies and claims', () => {
    fc.assert(
      fc.property(
        twoOrders(conflicting.policies),
        twoOrders(conflicting.claims),
        ([policies, policiesAgain], [claims, claimsAgain]) => {
          const once = readBook([sound, ...policies], claims);
          const again = readBook([sound, ...policiesAgain], claimsAgain);
          expect(plain(again.book)).toEqual(plain(once.book));
          expect(again.issues).toHaveLength(once.issues.length);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  test('does not hang on the order of yearly sums or of indicators', () => {
    const amounts = {
      premium: fc.constantFrom(400, 401),
      claim_count: fc.constantFrom(0, 1),
      incurred: fc.constantFrom(0, 9),
      colour: fc.constantFrom('red', 'blue'),
    };
    const optional = {
      recent_claim_count: fc.constantFrom(0, 1),
      colour: fc.constantFrom('red', 'blue'),
    };
    fc.assert(
      fc.property(
        twoOrders(fc.array(fc.record(amounts), { minLength: 1, maxLength: 4 })),
        twoOrders(fc.array(fc.record(optional), { minLength: 1, maxLength: 4 })),
        ([sums, sumsAgain], [ready, readyAgain]) => {
          const years = (rows: object[]) => plain(readExperience(rows.map(year)).book);
          expect(years(sumsAgain)).toEqual(years(sums));
          const tables = (rows: object[]) => {
            const { columns, attributes } = readIndicators(rows.map(measured)).table;
            return [columns, attributes.map((attribute) => labelAt(attribute, 0))];
          };
          expect(tables(readyAgain)).toEqual(tables(ready));
        },
      ),
      { numRuns: runs(100) },
    );
  });

  test('and what is left out add up to all rows: nothing is lost silently', () => {
    fc.assert(
      fc.property(conflicting.policies, conflicting.claims, (policies, claims) => {
        const { book, issues } = readBook([sound, ...policies], claims);
        const left = (table: string) =>
          issues.filter(
            (issue) => issue.table === table && issue.code !== 'reported-before-occurred',
          );
        expect(book.terms.length + left('policies').length).toBe(policies.length + 1);
        expect(book.claims.length + left('claims').length).toBe(claims.length);
        const money = (rows: { paid: number; reserve: number }[]) =>
          rows.reduce((sum, { paid, reserve }) => sum + paid + reserve, 0);
        const kept = book.claims.incurred.reduce((sum, incurred) => sum + incurred, 0);
        const lost = left('claims').reduce((sum, { amount }) => sum + (amount ?? 0), 0);
        expect(kept + lost).toBe(money(claims));
      }),
      { numRuns: runs(300) },
    );
  });
});

test('a claims table of which no row can be read is refused, never taken for a book without claims', () => {
  const policies = [
    { customerId: 1, policyId: 1, from: '2023-01-01', to: '2024-01-01', premium: 100 },
  ];
  const unread = [{ claimId: 1, policyId: 1, occurredOn: '31/12/2023', paid: 50 }];
  expect(() => readBook(policies, unread)).toThrow(UnusableDataError);
  expect(readBook(policies, []).book.claims.length).toBe(0);
  expect(readBook(policies, [{ ...unread[0], occurredOn: '2025-01-01' }]).issues[0].code).toBe(
    'claim-outside-term',
  );
});
