import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Book,
  dayFromISO,
  indicators,
  isoFromDay,
  MisuseError,
  readBook,
  readExperience,
} from '../../../src/index.js';
import {
  type BookFiguresOptions,
  bookFigures,
} from '../../../src/portfolio/book-figures/book-figures.js';
import {
  centsThatAddUp,
  changeOf,
  splitProduct,
} from '../../../src/portfolio/book-figures/change.js';
import { bookFiguresText } from '../../../src/portfolio/book-figures/view.js';
import {
  asOf,
  type ClaimRow,
  type PolicyRow,
  randomBook,
  shuffledRows,
} from '../../support/random-book.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';

const term = (
  customer_id: string,
  policy_id: string,
  from: string,
  to: string,
  premium: number,
) => ({
  customer_id,
  policy_id,
  from,
  to,
  premium,
  cancelled_on: '',
});
const year = (customer: string, y: number, premium: number) =>
  term(customer, customer, `${y}-01-01`, `${y + 1}-01-01`, premium);

const handPolicies = [
  ...[400, 420, 450].map((premium, k) => year('Ann', 2021 + k, premium)),
  // Half a year of a second policy, whose year has a leap day: 184 of 366 days in 2023.
  term('Ann', 'Ann home', '2023-07-01', '2024-07-01', 366),
  year('Bob', 2021, 290),
  year('Bob', 2022, 300),
  // Left after 273 days, came back: 275 of 366 days in 2023.
  { ...year('Cid', 2022, 365), cancelled_on: '2022-10-01' },
  term('Cid', 'Cid again', '2023-04-01', '2024-04-01', 366),
  year('Dan', 2023, 500),
  // 306 days in 2022, 59 in 2023.
  term('Eve', 'Eve', '2022-03-01', '2023-03-01', 365),
];
let claimCount = 0;
const claim = (policy_id: string, occurred_on: string, paid: number, row: object = {}) => ({
  claim_id: `K${++claimCount}`,
  policy_id,
  occurred_on,
  paid,
  ...row,
});
const handClaims = [
  claim('Bob', '2022-05-01', 210),
  // Known only after the first of the days, and before the twelve months of the second.
  claim('Bob', '2022-12-20', 300, { reported_on: '2023-01-10' }),
  claim('Ann', '2023-02-01', 100, { reserve: 50 }),
  claim('Ann home', '2023-08-01', 0, { status: 'nil' }),
  claim('Dan', '2023-06-01', 900),
  claim('Dan', '2023-12-20', 500, { reported_on: '2024-01-15' }),
];
const days = { asOf: '2024-01-01', against: '2023-01-01' };
const dated = (policies: object[], claims: object[] = []) => {
  const { book, issues } = readBook(policies, claims);
  expect(issues).toEqual([]);
  return book;
};
const sums = (rows: readonly (readonly unknown[])[], valuedAt?: string): Book => {
  const { book, issues } = readExperience(
    rows.map(([customer_id, from, to, premium, claim_count = 0, incurred = 0]) => ({
      customer_id,
      from,
      to,
      premium,
      claim_count,
      incurred,
    })),
    valuedAt === undefined ? {} : { valuedAt },
  );
  expect(issues).toEqual([]);
  return book;
};

describe('a book worked out by hand, 2024-01-01 against 2023-01-01', () => {
  const figures = bookFigures(dated(handPolicies, handClaims), days);

  test('in force at 2022 end: Ann 420, Bob 300 and Eve 365', () => {
    expect(figures.before).toMatchObject({
      day: '2023-01-01',
      customers: 3,
      policies: 3,
      annualPremium: 1085,
      policiesPerCustomer: 1,
      premiumPerPolicy: 1085 / 3,
      premiumPerCustomer: 1085 / 3,
    });
  });

  test('in force at 2023 end: Ann 450 + 366, Cid 366 and Dan 500', () => {
    expect(figures.after).toMatchObject({
      day: '2024-01-01',
      customers: 3,
      policies: 4,
      annualPremium: 1682,
      policiesPerCustomer: 4 / 3,
      premiumPerPolicy: 420.5,
      premiumPerCustomer: 1682 / 3,
    });
  });

  test('in 2022 four customers earned 420 + 300 + 273 + 306 and the one known claim cost 210', () => {
    const { year: then } = figures.before;
    expect(then).toMatchObject({
      from: '2022-01-01',
      to: '2023-01-01',
      complete: true,
      customers: 4,
      earnedPremium: 1299,
      claims: 1,
      incurred: 210,
      lossRatio: 210 / 1299,
      severity: 210,
      excluded: { rows: 0, premium: 0, incurred: 0 },
    });
    expect(then.exposureYears).toBeCloseTo(2 + 579 / 365, 12);
    expect(then.claimFrequency).toBeCloseTo(1 / (2 + 579 / 365), 12);
    expect(then.expenses).toBeCloseTo(389.7, 10);
    expect(then.profit).toBeCloseTo(699.3, 10);
    // Bob's 300 less 90 of expenses are the 210 of his claim.
    expect(then.breakEven).toEqual({ customers: 1, earnedPremium: 300, profit: 0 });
    expect(then.profitable).toMatchObject({ customers: 3, earnedPremium: 999 });
    expect(then.profitable.profit).toBeCloseTo(699.3, 10);
    expect(then.unprofitable).toEqual({ customers: 0, earnedPremium: 0, profit: 0 });
  });

  test('in 2023 four customers earned 634 + 275 + 500 + 59, two claims cost 150 and 900', () => {
    const { year: now } = figures.after;
    expect(now).toMatchObject({ customers: 4, earnedPremium: 1468, claims: 2, incurred: 1050 });
    expect(now.exposureYears).toBeCloseTo(2 + 459 / 366 + 59 / 365, 12);
    expect(now.profit).toBeCloseTo(-22.4, 10);
    expect(now.profitable).toMatchObject({ customers: 3, earnedPremium: 968 });
    expect(now.profitable.profit).toBeCloseTo(527.6, 10);
    expect(now.unprofitable).toMatchObject({ customers: 1, earnedPremium: 500 });
    expect(now.unprofitable.profit).toBeCloseTo(-550, 10);
  });

  test('Ann stayed, Bob and Eve left, Dan joined and Cid came back', () => {
    expect(figures.retention).toEqual({
      stayed: { customers: 1, premiumBefore: 420, premiumAfter: 816 },
      left: { customers: 2, premiumBefore: 665, premiumAfter: 0 },
      joined: { customers: 2, premiumBefore: 0, premiumAfter: 866 },
      returned: { customers: 1, premiumBefore: 0, premiumAfter: 366 },
      customers: 1 / 3,
      premium: 420 / 1085,
      premiumChange: 816 / 420 - 1,
    });
  });

  test('597 more premium: 391.08 from more policies per customer, 205.92 from more premium per policy', () => {
    const { change, parts } = figures.change.premium;
    expect(change).toBe(597);
    expect(parts.customers).toBe(0);
    // 3 × ⅓ × the mean of 361.67 and 420.5; 3 × 58.83 × the mean of 1 and 4/3.
    expect(parts.policiesPerCustomer).toBeCloseTo((1085 / 3 + 420.5) / 2, 10);
    expect(parts.premiumPerPolicy).toBeCloseTo((420.5 - 1085 / 3) * 3.5, 10);
  });

  test('721.70 less profit, by cause', () => {
    // By all 24 orders in exact fractions (Python, fractions and itertools.permutations).
    const { change, parts } = figures.change.profit ?? { change: 0, parts: {} };
    expect(change).toBeCloseTo(-721.7, 10);
    const expected = {
      exposure: -18.815753860616134,
      premiumPerYear: 165.57819318029868,
      claimFrequency: -393.2162682115994,
      severity: -475.24617110808316,
    };
    for (const [cause, part] of Object.entries(expected)) {
      expect(parts).toHaveProperty(cause, expect.closeTo(part, 9));
    }
  });

  test('nothing but the standing reservation is noted', () => {
    expect(figures.unfinished).toBe(false);
    expect(figures.notes).toEqual([expect.stringMatching(/^losses are those of the file/)]);
  });

  test("the plan's expense ratio and its claim statuses hold, its window does not", () => {
    const plan = {
      pricing: { expenseRatio: 0.25 },
      claims: { notCounted: [] },
      window: { months: 36 },
    };
    const { after, expenseRatio } = bookFigures(dated(handPolicies, handClaims), { ...days, plan });
    expect(expenseRatio).toBe(0.25);
    expect(after.year).toMatchObject({ claims: 3, incurred: 1050, profit: 1468 * 0.75 - 1050 });
  });

  test('the text has every figure, adds up to the cent and is no wider than a hundred columns', () => {
    const text = bookFiguresText(figures);
    for (const shown of [
      /^annual premium +1,085\.00 +1,682\.00 +\+597\.00 +\+55\.0%$/m,
      /^loss ratio \(losses ÷ premium\) +16\.2% +71\.5% +\+55\.4 points +–$/m,
      /^as many customers +3 +3 +0\.00$/m,
      /^more policies per customer +1\.000 +1\.333 +\+391\.08$/m,
      /^higher premium per policy +361\.67 +420\.50 +\+205\.92$/m,
      /^Profit fell by 721\.70\. Its causes/m,
      /^Of 3 customers at 2023-01-01, 33\.3% were still customers at 2024-01-01, with 38\.7%/m,
      /^ {2}of them customers once before +1 +0\.00 +366\.00 +\+366\.00$/m,
      /^2024-01-01 unprofitable +1 +500\.00 +−550\.00 +−550\.00$/m,
    ]) {
      expect(text).toMatch(shown);
    }
    expect(text).not.toMatch(/NaN|undefined|null|-0\b|−0\.00\b/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

describe('yearly sums', () => {
  const rolling = [
    ['Ann', '2021-07-01', '2022-07-01', 100, 1, 80],
    ['Ann', '2022-07-01', '2023-07-01', 110, 0, 0],
    ['Ann', '2023-07-01', '2024-07-01', 120, 1, 500],
    ['Bob', '2021-07-01', '2022-07-01', 200, 0, 0],
    ['Bob', '2022-07-01', '2023-01-01', 100, 1, 30],
  ] as const;
  // Begun before all twelve months that are looked at.
  const early = [['Zoe', '2018-07-01', '2019-07-01', 5]] as const;

  test('count whole in the twelve months in which they end; those that run on are excluded and noted', () => {
    const { before, after, notes } = bookFigures(sums([...rolling, ...early]), days);
    expect(before.year).toMatchObject({
      customers: 2,
      earnedPremium: 400,
      exposureYears: 2 + 184 / 365,
      claims: 2,
      incurred: 110,
      excluded: { rows: 1, premium: 110, incurred: 0 },
    });
    expect(after.year).toMatchObject({
      customers: 1,
      earnedPremium: 110,
      claims: 0,
      excluded: { rows: 1, premium: 120, incurred: 500 },
    });
    expect(notes.join('\n')).toMatch(
      /1 yearly sum that ran on at 2024-01-01 \(premium 120\.00, incurred 500\.00 on file\)/,
    );
    expect(notes.join('\n')).toMatch(/the day the yearly sums were taken is not stated/);
  });

  test('in force are those that run on all the same', () => {
    const { before, after } = bookFigures(sums(rolling), days);
    expect(before).toMatchObject({ customers: 2, policies: 2 });
    expect(before.annualPremium).toBeCloseTo(110 + (100 * 12) / 6, 10);
    expect(after).toMatchObject({ customers: 1, policies: 1, annualPremium: 120 });
  });

  test('none is counted twice or lost from year to year', () => {
    const book = sums([...rolling, ...early]);
    const years = [2019, 2020, 2021, 2022, 2023, 2024];
    const total = years.reduce((all, y) => {
      const asked = { asOf: `${y + 1}-01-01`, against: `${y}-01-01` };
      return all + bookFigures(book, asked).after.year.earnedPremium;
    }, 0);
    expect(total).toBe(635);
  });

  test('of the calendar year are complete from the first', () => {
    const rows = [2021, 2022, 2023].map((y) => ['Ann', `${y}-01-01`, `${y + 1}-01-01`, 100]);
    const { before, after } = bookFigures(sums(rows), {
      asOf: '2023-01-01',
      against: '2022-01-01',
    });
    expect([before, after].map(({ year: own }) => [own.complete, own.earnedPremium])).toEqual([
      [true, 100],
      [true, 100],
    ]);
  });

  test('of a file that begins too late say so, and the change of profit is not split', () => {
    const figures = bookFigures(sums(rolling), { asOf: '2023-01-01', against: '2022-01-01' });
    expect(figures.before.year.complete).toBe(false);
    expect(figures.change.profit).toBeNull();
    expect(figures.notes.join('\n')).toMatch(
      /cover on file begins on 2021-07-01, so the 12 months before 2022-01-01 are not all on file/,
    );
    const text = bookFiguresText(figures);
    expect(text).toMatch(/^The change of profit is not split/m);
    expect(text).toMatch(/^earned premium +0\.00 +400\.00 +– +–$/m);
  });

  test('taken before their end have earned up to that day', () => {
    const rows = [['Ann', '2023-01-01', '2024-01-01', 365, 1, 50]];
    const { after, notes } = bookFigures(sums(rows, '2023-07-01'), {
      asOf: '2024-01-01',
      against: '2023-06-01',
    });
    expect(after.year).toMatchObject({ earnedPremium: 181, exposureYears: 181 / 365, claims: 1 });
    expect(notes.join('\n')).toMatch(/the yearly sums were taken on 2023-07-01, before 2024-01-01/);
  });

  test('what a later sum holds changes no figure before it', () => {
    const changed = rolling.map((row) =>
      row[2] > '2023-01-01' ? [...row.slice(0, 4), 9, 9999] : row,
    );
    const [one, other] = [rolling, changed].map((rows) => bookFigures(sums(rows), days).before);
    expect(other.year.excluded.incurred).toBe(9999);
    expect({ ...other, year: { ...other.year, excluded: null } }).toEqual({
      ...one,
      year: { ...one.year, excluded: null },
    });
  });
});

describe('what must not pass for news', () => {
  // A hundred customers who renew on the first of a month, with a claim a month at 70 % of premium.
  const many = (claimsUntil: string, beginUntil = '2024-12-31') => {
    const policies = [2020, 2021, 2022, 2023].flatMap((y) =>
      Array.from({ length: 120 }, (_, k) => {
        const month = String((k % 12) + 1).padStart(2, '0');
        return term(`c${k}`, `c${k}`, `${y}-${month}-01`, `${y + 1}-${month}-01`, 100);
      }),
    );
    const begun = policies.filter(({ from }) => from < beginUntil);
    const claims = begun.map(({ policy_id, from }) => claim(policy_id, from, 70));
    return dated(
      begun,
      claims.filter(({ occurred_on }) => occurred_on < claimsUntil),
    );
  };

  test('a whole book has no note but the standing one', () => {
    const figures = bookFigures(many('2024-12-31'), days);
    expect(figures.unfinished).toBe(false);
    expect(figures.notes).toHaveLength(1);
    expect(figures.retention.customers).toBe(1);
  });

  test('claims that are hardly all known are told, in the text before the profit', () => {
    const figures = bookFigures(many('2023-06-15'), days);
    expect(figures.unfinished).toBe(true);
    expect(figures.notes.join('\n')).toMatch(
      /a loss ratio of 35\.0% after 70\.0%, with 60 claims fewer .* hardly all known yet/,
    );
    expect(figures.notes.join('\n')).toMatch(
      /no claim is on file in the 214 days before 2024-01-01/,
    );
    const text = bookFiguresText(figures);
    expect(text.indexOf('Not yet good news')).toBeGreaterThan(0);
    expect(text.indexOf('Not yet good news')).toBeLessThan(text.indexOf('Profit rose'));
  });

  test('a file that ends before the day does not know who renewed', () => {
    const figures = bookFigures(many('2024-12-31', '2023-09-15'), days);
    expect(figures.retention.left.customers).toBe(30);
    expect(figures.notes.join('\n')).toMatch(
      /no term on file begins between 2023-09-01 and 2024-01-01, and 30 of the 30 leavers/,
    );
  });

  test('who left within the grace may yet renew', () => {
    const policies = [year('Ann', 2022, 100), term('Bob', 'Bob', '2022-12-10', '2023-12-10', 100)];
    const { notes, retention } = bookFigures(dated(policies), days);
    expect(retention.left.customers).toBe(2);
    expect(notes.join('\n')).toMatch(
      /1 customer of the 2 leavers had cover until 30 days before 2024-01-01 or later/,
    );
  });

  test('terms begun before the file does may be missing on the earlier day', () => {
    const rows = Array.from({ length: 24 }, (_, k) => {
      const month = String((k % 12) + 1).padStart(2, '0');
      const y = 2022 + Math.floor(k / 12);
      return term(`c${k % 12}`, `c${k % 12}`, `${y}-${month}-15`, `${y + 1}-${month}-15`, 100);
    });
    const { notes } = bookFigures(dated(rows), { asOf: '2023-07-01', against: '2022-07-01' });
    expect(notes.join('\n')).toMatch(
      /cover on file begins on 2022-01-15, less than a term before 2022-07-01/,
    );
  });
});

describe('the split of a product', () => {
  const factor = fc.oneof(
    fc.double({ min: -1000, max: 1000, noNaN: true }),
    fc.constantFrom(0, 1, -1),
  );
  const factors = fc
    .integer({ min: 1, max: 4 })
    .chain((n) =>
      fc.tuple(
        fc.array(factor, { minLength: n, maxLength: n }),
        fc.array(factor, { minLength: n, maxLength: n }),
      ),
    );
  const product = (values: readonly number[]) => values.reduce((all, one) => all * one, 1);
  const size = (before: readonly number[], after: readonly number[]) =>
    product(before.map((value, i) => Math.max(1, Math.abs(value), Math.abs(after[i]))));

  test('known values: one factor, two, three of which one stands still', () => {
    expect(splitProduct([5], [7])).toEqual([2]);
    // A rectangle of 10 × 5 that becomes 12 × 6: half of the corner each.
    expect(splitProduct([10, 5], [12, 6])).toEqual([11, 11]);
    const [a, b, c] = splitProduct([2, 3, 5], [4, 3, 10]);
    expect([a, c]).toEqual([expect.closeTo(45, 10), expect.closeTo(45, 10)]);
    expect(b).toBe(0);
  });

  test('adds up to the change of the product', () => {
    fc.assert(
      fc.property(factors, ([before, after]) => {
        const parts = splitProduct(before, after).reduce((all, part) => all + part, 0);
        const change = product(after) - product(before);
        expect(Math.abs(parts - change)).toBeLessThanOrEqual(1e-12 * size(before, after));
      }),
    );
  });

  test('is the mean over all orders in which the factors change', () => {
    const orders = (items: number[]): number[][] =>
      items.length < 2
        ? [items]
        : items.flatMap((one) =>
            orders(items.filter((i) => i !== one)).map((rest) => [one, ...rest]),
          );
    fc.assert(
      fc.property(factors, ([before, after]) => {
        const all = orders([...before.keys()]);
        const parts = before.map(() => 0);
        for (const order of all) {
          const now = [...before];
          for (const i of order) {
            const was = product(now);
            now[i] = after[i];
            parts[i] += (product(now) - was) / all.length;
          }
        }
        splitProduct(before, after).forEach((part, i) => {
          expect(Math.abs(part - parts[i])).toBeLessThanOrEqual(1e-12 * size(before, after));
        });
      }),
    );
  });

  test('backwards has the signs turned', () => {
    fc.assert(
      fc.property(factors, ([before, after]) => {
        const back = splitProduct(after, before);
        splitProduct(before, after).forEach((part, i) => {
          expect(Math.abs(part + back[i])).toBeLessThanOrEqual(1e-12 * size(before, after));
        });
      }),
    );
  });

  test.each([
    [[], []],
    [[1, 2], [1]],
    [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
    ],
  ])('of %j and %j is refused', (before, after) => {
    expect(() => splitProduct(before, after)).toThrow(/expected 1 to 4 factors/);
  });
});

test('amounts in cents add up to their total, none further than a cent from its own', () => {
  expect(centsThatAddUp([1 / 3, 1 / 3, 1 / 3], 1)).toEqual([0.34, 0.33, 0.33]);
  expect(centsThatAddUp([1, 1], 1.99)).toEqual([1, 0.99]);
  expect(centsThatAddUp([-1.006, 0, 3.006], 2)).toEqual([-1.01, 0, 3.01]);
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 6 }),
      (amounts) => {
        const total = amounts.reduce((all, one) => all + one, 0);
        const cents = centsThatAddUp(amounts, total).map((amount) => amount * 100);
        expect(Math.round(cents.reduce((all, one) => all + one, 0))).toBe(
          Math.round(total * 100) + 0,
        );
        cents.forEach((one, k) => expect(Math.abs(one - amounts[k] * 100)).toBeLessThan(1.001));
      },
    ),
  );
});

describe('laws, on random books', () => {
  const against = fc
    .integer({ min: dayFromISO('2021-01-02'), max: dayFromISO(asOf) - 1 })
    .map(isoFromDay);
  const figuresOf = (
    { policies, claims }: { policies: PolicyRow[]; claims: ClaimRow[] },
    options: BookFiguresOptions,
  ) => bookFigures(readBook(policies, claims).book, options);
  const close = (one: number, other: number, scale: number) =>
    expect(Math.abs(one - other)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(scale)));
  const total = (parts: Readonly<Record<string, number>>) =>
    Object.values(parts).reduce((all, part) => all + part, 0);

  test('premium is customers × policies per customer × premium per policy, as the indicators have it', () => {
    fc.assert(
      fc.property(randomBook, against, (rows, day) => {
        const { before, after } = figuresOf(rows, { asOf, against: day });
        const { book } = readBook(rows.policies, rows.claims);
        for (const figures of [before, after]) {
          const { customers, policies, annualPremium, policiesPerCustomer, premiumPerPolicy } =
            figures;
          close(
            (policiesPerCustomer ?? 0) * (premiumPerPolicy ?? 0) * customers,
            annualPremium,
            annualPremium,
          );
          const { columns } = indicators(book, {
            asOf: figures.day,
            plan: { window: { months: 12 } },
          });
          expect(columns.policy_count.filter((held) => held > 0)).toHaveLength(customers);
          expect(columns.policy_count.reduce((all, held) => all + held, 0)).toBe(policies);
          close(
            columns.annual_premium.reduce((all, own) => all + own, 0),
            annualPremium,
            annualPremium,
          );
        }
      }),
    );
  });

  test('the parts of a change add up to it', () => {
    fc.assert(
      fc.property(randomBook, against, (rows, day) => {
        const { before, after } = figuresOf(rows, { asOf, against: day });
        const { premium, profit } = changeOf(before, after);
        expect(premium.change).toBe(after.annualPremium - before.annualPremium);
        expect(profit.change).toBe(after.year.profit - before.year.profit);
        close(total(premium.parts), premium.change, before.annualPremium + after.annualPremium);
        const size = [before, after].map(
          ({ year: own }) => own.earnedPremium + Math.abs(own.incurred),
        );
        close(total(profit.parts), profit.change, size[0] + size[1]);
      }),
    );
  });

  test('who stayed, left and joined add up to the customers and the premium of both days', () => {
    fc.assert(
      fc.property(randomBook, against, (rows, day) => {
        const { before, after, retention } = figuresOf(rows, { asOf, against: day });
        const { stayed, left, joined, returned } = retention;
        expect(stayed.customers + left.customers).toBe(before.customers);
        expect(stayed.customers + joined.customers).toBe(after.customers);
        close(
          stayed.premiumBefore + left.premiumBefore,
          before.annualPremium,
          before.annualPremium,
        );
        close(stayed.premiumAfter + joined.premiumAfter, after.annualPremium, after.annualPremium);
        expect(left.premiumAfter + joined.premiumBefore).toBe(0);
        expect(returned.customers).toBeLessThanOrEqual(joined.customers);
        expect(returned.premiumAfter).toBeLessThanOrEqual(joined.premiumAfter + 1e-9);
      }),
    );
  });

  test('profitable, unprofitable and break-even customers are all customers of the year', () => {
    fc.assert(
      fc.property(randomBook, against, (rows, day) => {
        const { before, after } = figuresOf(rows, { asOf, against: day });
        for (const { year: own } of [before, after]) {
          const groups = [own.profitable, own.breakEven, own.unprofitable];
          const sumOf = (key: 'customers' | 'earnedPremium' | 'profit') =>
            groups.reduce((all, group) => all + group[key], 0);
          const size = own.earnedPremium + Math.abs(own.incurred);
          expect(sumOf('customers')).toBe(own.customers);
          close(sumOf('earnedPremium'), own.earnedPremium, size);
          close(sumOf('profit'), own.profit, size);
          expect(own.profitable.profit).toBeGreaterThanOrEqual(0);
          expect(own.unprofitable.profit).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  test('the order of rows changes nothing', () => {
    fc.assert(
      fc.property(randomBook.chain(shuffledRows), against, ({ book, policies, claims }, day) => {
        const options = { asOf, against: day };
        expect(figuresOf({ policies, claims }, options)).toEqual(figuresOf(book, options));
      }),
    );
  });

  /** What was on file before a day: cancellations and reports from that day on are not. */
  const knownBefore = (
    { policies, claims }: { policies: PolicyRow[]; claims: ClaimRow[] },
    day: string,
  ) => ({
    policies: policies
      .filter(({ from }) => from < day)
      .map((row) => ({ ...row, cancelled_on: row.cancelled_on < day ? row.cancelled_on : '' })),
    claims: claims.filter(({ reported_on }) => reported_on < day),
  });

  test('what came on a day or after it changes no figure of that day', () => {
    fc.assert(
      fc.property(randomBook, against, (rows, day) => {
        const options = { asOf, against: day };
        const all = figuresOf(rows, options);
        expect(figuresOf(knownBefore(rows, asOf), options)).toEqual(all);
        expect(figuresOf(knownBefore(rows, day), options).before).toEqual(all.before);
      }),
    );
  });

  test('twice the money is twice each part', () => {
    fc.assert(
      fc.property(randomBook, against, (rows, day) => {
        const options = { asOf, against: day };
        const double = {
          policies: rows.policies.map((row) => ({ ...row, premium: 2 * row.premium })),
          claims: rows.claims.map((row) => ({
            ...row,
            paid: 2 * row.paid,
            reserve: 2 * row.reserve,
          })),
        };
        const [one, two] = [rows, double].map((of) => {
          const { before, after } = figuresOf(of, options);
          return changeOf(before, after);
        });
        for (const [cause, part] of Object.entries({ ...one.premium.parts, ...one.profit.parts })) {
          close({ ...two.premium.parts, ...two.profit.parts }[cause as 'severity'], 2 * part, part);
        }
      }),
    );
  });
});

describe('at the edges', () => {
  test('no customers on the earlier day: all of the change is theirs', () => {
    const figures = bookFigures(dated([year('Ann', 2023, 400)]), days);
    expect(figures.before).toMatchObject({
      customers: 0,
      policiesPerCustomer: null,
      premiumPerPolicy: null,
    });
    expect(figures.change.premium.parts).toEqual({
      customers: 400,
      policiesPerCustomer: 0,
      premiumPerPolicy: 0,
    });
    expect(figures.retention).toMatchObject({
      customers: null,
      premium: null,
      premiumChange: null,
    });
    expect(figures.notes).toContain('nobody had cover the day before 2023-01-01');
    expect(bookFiguresText(figures)).not.toMatch(/NaN|undefined|null/);
  });

  test('no customers on the later day: all have left', () => {
    const figures = bookFigures(dated([year('Ann', 2021, 300), year('Ann', 2022, 400)]), days);
    expect(figures.retention).toMatchObject({ customers: 0, premium: 0, premiumChange: null });
    expect(figures.change.premium.parts.customers).toBe(-400);
    expect(figures.change.profit?.parts).toEqual({
      exposure: -280,
      premiumPerYear: 0,
      claimFrequency: 0,
      severity: 0,
    });
  });

  const steady = [2020, 2021, 2022, 2023].map((y) => year('Ann', y, 400));

  test('no claims at all: the loss ratio is 0 and a loss per claim does not exist', () => {
    const figures = bookFigures(dated(steady), days);
    expect(figures.after.year).toMatchObject({
      lossRatio: 0,
      claimFrequency: 0,
      severity: null,
      profit: 280,
    });
    expect(figures.change.profit?.parts).toEqual({
      exposure: 0,
      premiumPerYear: 0,
      claimFrequency: 0,
      severity: 0,
    });
    expect(bookFiguresText(figures)).toMatch(/^Profit did not change in all\./m);
  });

  test('break-even to nine places: binary fractions make nobody profitable', () => {
    const policies = [...steady, year('Bob', 2023, 100.1)];
    const { after } = bookFigures(dated(policies, [claim('Bob', '2023-05-01', 70.07)]), days);
    expect(100.1 - 70.07 - 100.1 * 0.3).not.toBe(0);
    expect(after.year.breakEven).toEqual({ customers: 1, earnedPremium: 100.1, profit: 0 });
  });

  test('claims in one of the years only: their number made the change', () => {
    const figures = bookFigures(dated(steady, [claim('Ann', '2023-05-01', 90)]), days);
    expect(figures.change.profit?.parts).toMatchObject({ claimFrequency: -90, severity: 0 });
  });

  test('losses without a counted claim: their size made the change', () => {
    const figures = bookFigures(
      dated(steady, [claim('Ann', '2023-05-01', 90, { status: 'inquiry' })]),
      days,
    );
    expect(figures.after.year).toMatchObject({ claims: 0, incurred: 90, severity: null });
    expect(figures.change.profit?.parts).toMatchObject({ claimFrequency: 0, severity: -90 });
  });

  test('no premium: nothing to divide by, and who costs without paying is unprofitable', () => {
    const free = [2020, 2021, 2022, 2023].flatMap((y) => [year('Ann', y, 0), year('Bob', y, 0)]);
    const figures = bookFigures(dated(free, [claim('Ann', '2023-05-01', 90)]), days);
    expect(figures.after).toMatchObject({ annualPremium: 0, premiumPerPolicy: 0 });
    expect(figures.after.year).toMatchObject({ lossRatio: null, profit: -90 });
    expect(figures.after.year.unprofitable.customers).toBe(1);
    expect(figures.after.year.breakEven.customers).toBe(1);
    expect(figures.retention).toMatchObject({ customers: 1, premium: null, premiumChange: null });
    expect(bookFiguresText(figures)).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  test.each<[string, object, RegExp]>([
    [
      'the days the wrong way round',
      { asOf: '2023-01-01', against: '2024-01-01' },
      /against before asOf, got against 2024-01-01 and asOf 2023-01-01/,
    ],
    ['twice the same day', { asOf: '2023-01-01', against: '2023-01-01' }, /against before asOf/],
    ['no as-of date', { against: '2023-01-01' }, /asOf must be a date/],
    ['no day to compare with', { asOf: '2023-01-01' }, /against must be a date/],
    ['a day that is none', { asOf: '2023-02-30', against: '2022-01-01' }, /asOf must be a date/],
    ['another option', { ...days, windows: 12 }, /unknown option "windows"/],
    ['a plan with a fault', { ...days, plan: { pricing: { expenseRatio: 2 } } }, /expenseRatio/],
    [
      'days before the file',
      { asOf: '2019-01-01', against: '2018-01-01' },
      /no cover in the 12 months before 2018-01-01 or 2019-01-01; cover on file runs from 2020-01-01 to 2024-01-01/,
    ],
  ])('%s is refused', (_, options, message) => {
    const call = () => bookFigures(dated(steady), options as BookFiguresOptions);
    expect(call).toThrow(MisuseError);
    expect(call).toThrow(message);
  });

  test('what is no book is refused', () => {
    expect(() => bookFigures(undefined as unknown as Book, days)).toThrow(/expected a book/);
  });
});

// Totals worked out anew in Python: csv and fractions over the rows; in force on a day: from < day
// and to ≥ day; the twelve months: rows whose `to` is after their first day and not after the last.
describeOnRealBook('the Spanish motor book on two days', () => {
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const { book } = readExperience(
    sharedRows('data/spanish-motor/policy_years.csv.gz', ';'),
    columns,
  );

  test('2018-01-01 against 2017-01-01: 7.4 % more customers, 77.2 % retained', () => {
    const figures = bookFigures(book, { asOf: '2018-01-01', against: '2017-01-01' });
    expect(figures.before).toMatchObject({ customers: 31428, policies: 31428 });
    expect(figures.after).toMatchObject({ customers: 33753, policies: 33753 });
    // The premium of all rows of 2016, and of 2017, as ../shared/data/README.md has it.
    expect(figures.before.annualPremium).toBeCloseTo(10008298.67, 6);
    expect(figures.after.annualPremium).toBeCloseTo(10731847.55, 6);
    const { stayed, left, joined, returned } = figures.retention;
    expect([stayed, left, joined, returned].map((group) => group.customers)).toEqual([
      24248, 7180, 9505, 0,
    ]);
    expect(stayed.premiumBefore).toBeCloseTo(7585739.62, 6);
    expect(stayed.premiumAfter).toBeCloseTo(7822885.25, 6);
    expect(left.premiumBefore).toBeCloseTo(2422559.05, 6);
    expect(joined.premiumAfter).toBeCloseTo(2908962.3, 6);
    const { parts } = figures.change.premium;
    expect(parts.customers).toBeCloseTo(739819.7226736129, 5);
    expect(parts.policiesPerCustomer).toBe(0);
    expect(parts.premiumPerPolicy).toBeCloseTo(-16270.842673612882, 5);
    expect(figures.after.year).toMatchObject({
      complete: true,
      exposureYears: 31420,
      claims: 20792,
    });
    expect(figures.after.year.earnedPremium).toBeCloseTo(10003416.44, 6);
    expect(figures.after.year.incurred).toBeCloseTo(7725802.26, 6);
    expect(figures.after.year.profit).toBeCloseTo(-723410.752, 5);
    expect(figures.after.year.profitable.customers).toBe(26392);
    expect(figures.after.year.profitable.profit).toBeCloseTo(5360023.013, 5);
    expect(figures.after.year.unprofitable.customers).toBe(5028);
    expect(figures.after.year.excluded.rows).toBe(33585);
    // The file begins in November 2015: of the rows that ended in 2016 it has but the last.
    expect(figures.before.year).toMatchObject({
      complete: false,
      exposureYears: 4735,
      claims: 3388,
    });
    expect(figures.change.profit).toBeNull();
  });

  test('2018-11-30 against 2017-11-30: a profit that is no good news, for the claims are not all in', () => {
    const figures = bookFigures(book, { asOf: '2018-11-30', against: '2017-11-30' });
    expect(figures.retention.stayed.customers).toBe(26342);
    expect(figures.before.year.profit).toBeCloseTo(-992350.616, 5);
    expect(figures.after.year.profit).toBeCloseTo(2450068.599, 5);
    expect(figures.change.profit?.parts).toEqual({
      exposure: expect.closeTo(33780.23314693739, 4),
      premiumPerYear: expect.closeTo(-5715.245141405704, 4),
      claimFrequency: expect.closeTo(3887541.1843382926, 4),
      severity: expect.closeTo(-473186.9573438243, 4),
    });
    expect(figures.unfinished).toBe(true);
    expect(bookFiguresText(figures)).toMatch(/^Not yet good news/m);
  });
});
