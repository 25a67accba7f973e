import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Book,
  dayFromISO,
  isoFromDay,
  type PlanInput,
  readBook,
  readExperience,
} from '../../../src/index.js';
import { latestPeriods } from '../../../src/portfolio/concentration/latest-periods.js';
import { periodsOf } from '../../../src/portfolio/concentration/persistence-periods.js';
import { type Persistence, type PersistenceOptions, persistence } from '../../../src/portfolio.js';
import { simulate } from '../../../src/simulate.js';
import {
  type ClaimRow,
  type PolicyRow,
  randomBook,
  shuffledRows,
} from '../../support/random-book.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';
import { runs } from '../../support/slow.js';

const from = '2023-01-01';
const until = '2024-01-01';

const entry = ({ entries }: Persistence, name: Persistence['entries'][number]['name']) => {
  const found = entries.find((one) => one.name === name);
  if (!found) throw new Error(`no entry "${name}"`);
  return found;
};
const shares = ({ entries }: Persistence) =>
  Object.fromEntries(entries.map(({ name, share }) => [name, share.value]));

/** Five customers, so that the top 20 % is one of them; nobody has more than one claim a year. */
const premiums = { Ann: 300, Bob: 100, Cid: 500, Dot: 400, Eve: 200 };
const policies = Object.entries(premiums).flatMap(([customer_id, premium]) =>
  [2021, 2022, 2023]
    // Ann leaves when the next period begins.
    .filter((year) => customer_id !== 'Ann' || year < 2023)
    .map((year) => ({
      ...{ customer_id, policy_id: customer_id, premium },
      ...{ from: `${year}-01-01`, to: `${year + 1}-01-01` },
    })),
);
const claim = (policy_id: string, occurred_on: string, paid: number, more: object = {}) => ({
  ...{ claim_id: `${policy_id} ${occurred_on}`, policy_id, occurred_on, paid, ...more },
});
const before = [
  claim('Ann', '2022-03-01', 1000),
  claim('Bob', '2022-05-01', 600),
  claim('Cid', '2022-12-31', 400),
  // Before the last year: known to the model, no part of the last period.
  claim('Dot', '2021-12-31', 9000),
];
const after = [
  claim('Bob', '2023-01-01', 100),
  claim('Cid', '2023-06-01', 300),
  claim('Dot', '2023-12-31', 600),
];
const beyond = claim('Eve', '2024-01-01', 7000);
const later = {
  ...{ customer_id: 'Eve', policy_id: 'Eve', premium: 200 },
  from: until,
  to: '2025-01-01',
};
const small = readBook([...policies, later], [...before, ...after, beyond]).book;
const one: PersistenceOptions = { from, until, rounds: 0 };

describe('dated claims, worked out by hand', () => {
  test('losses: who was at the top and left brings nothing', () => {
    const result = persistence(small, one);
    expect(result).toMatchObject({
      ...{ measure: 'incurred', at: 'date', top: 0.2, customers: 5 },
      ...{ lastPeriod: 2000, nextPeriod: 1000, hadLastPeriod: 0.5 },
    });
    // Claim counts vary less than chance: everybody's expected ratio is one, so premium in force
    // decides, and Cid's is the largest.
    expect(shares(result)).toEqual({
      ...{ chance: 0.2, size: 0.3, 'last period': 0, expected: 0.3, hindsight: 0.6 },
    });
    expect(entry(result, 'hindsight').againstLastPeriod.value).toBe(0.6);
  });

  test('a group of two, one of three claims to share: ties are split in proportion', () => {
    const result = persistence(small, { ...one, measure: 'claims', top: 0.4 });
    // Ann, Bob and Cid had a claim each, and two of the three are the group.
    expect(result.hadLastPeriod).toBeCloseTo(2 / 3, 12);
    expect(shares(result)).toEqual({
      chance: 0.4,
      size: expect.closeTo(2 / 3, 12),
      'last period': expect.closeTo(((2 / 3) * 2) / 3, 12),
      expected: expect.closeTo(2 / 3, 12),
      hindsight: expect.closeTo(2 / 3, 12),
    });
  });

  test('premium and profit', () => {
    const premium = persistence(small, { ...one, measure: 'premium' });
    expect(premium).toMatchObject({ lastPeriod: 1500, nextPeriod: 1200, hadLastPeriod: 1 / 3 });
    expect(entry(premium, 'last period').share.value).toBeCloseTo(500 / 1200, 12);
    // 0.7 of the premium − losses: then −790, −530, −50, 280, 140; next 0, −30, 50, −320, 140.
    const profit = persistence(small, { ...one, measure: 'profit' });
    expect(profit.lastPeriod).toBeCloseTo(-950, 9);
    expect(profit.nextPeriod).toBeCloseTo(-160, 9);
    expect(profit.hadLastPeriod).toBeNull();
    expect(profit.entries.map(({ share }) => share.value)).toEqual([null, null, null, null, null]);
  });

  test('twelve months before the day, whatever the window of the plan is', () => {
    for (const months of [12, 36, 60]) {
      const result = persistence(small, { ...one, plan: { window: { months } } });
      expect([result.lastPeriod, result.customers]).toEqual([2000, 5]);
    }
  });

  test('at renewal: the term that begins in the days, for those who renewed', () => {
    const result = persistence(small, { ...one, at: 'renewal' });
    expect(result).toMatchObject({ customers: 4, lastPeriod: 1000, nextPeriod: 1000 });
    // Four fifths of a customer: of Bob, who had most, and of Dot, who was to have.
    expect(shares(result)).toMatchObject({
      'last period': expect.closeTo(0.8 * 0.1, 12),
      hindsight: expect.closeTo(0.8 * 0.6, 12),
    });
  });

  test('a claim reported on or after the day was not known before it', () => {
    const late = before.map((row) => ({ ...row, reported_on: from }));
    const { lastPeriod } = persistence(readBook(policies, [...late, ...after]).book, one);
    expect(lastPeriod).toBe(0);
  });
});

describe('yearly sums, worked out by hand', () => {
  const row = (customer_id: string, year: number, incurred: number) => ({
    ...{ customer_id, policy_id: customer_id, from: `${year}-04-01`, to: `${year + 1}-04-01` },
    ...{ premium: 100, claim_count: incurred > 0 ? 1 : 0, incurred },
  });
  const rows = [
    [row('Ann', 2021, 0), row('Ann', 2022, 50), row('Ann', 2023, 10)],
    [row('Bob', 2021, 70), row('Bob', 2022, 0), row('Bob', 2023, 30)],
    [row('Cid', 2021, 0), row('Cid', 2022, 30), row('Cid', 2023, 0)],
    // Dot does not renew, Eve is new.
    [row('Dot', 2021, 0), row('Dot', 2022, 90), row('Eve', 2023, 80)],
  ].flat();

  test('are followed at renewal: the row that begins then, beside the row that ended', () => {
    const { book } = readExperience(rows);
    const result = persistence(book, { ...one, until: '2023-12-31', top: 1 / 3 });
    expect(result).toMatchObject({ at: 'renewal', customers: 3, lastPeriod: 80, nextPeriod: 40 });
    expect(result.hadLastPeriod).toBeCloseTo(50 / 80, 12);
    expect(entry(result, 'last period').share.value).toBeCloseTo(10 / 40, 12);
    expect(entry(result, 'hindsight').share.value).toBeCloseTo(30 / 40, 12);
  });

  test('at a date the rows that begin after it count, and those in between are told', () => {
    const { book } = readExperience(rows);
    const options = { from: '2023-04-01', until, rounds: 0, at: 'date' } as const;
    const result = persistence(book, options);
    expect(result).toMatchObject({ customers: 4, lastPeriod: 170, nextPeriod: 40 });
    const half = (begin: string, to: string) => ({ ...row('Fay', 2023, 7), from: begin, to });
    const halves = [
      half('2022-07-01', '2023-01-01'),
      half('2023-01-01', '2023-07-01'),
      half('2023-07-01', until),
    ];
    const across = persistence(readExperience(halves).book, { ...options, from: '2023-03-01' });
    expect(across).toMatchObject({ customers: 1, lastPeriod: 7, nextPeriod: 7 });
    expect(across.notes.join()).toMatch(/1 yearly sums that had begun/);
  });
});

describe('whatever the book', () => {
  const books = randomBook.map(
    ({ policies: terms, claims }) => readBook(terms, claims, { maxIssues: 1e9 }).book,
  );
  const days = { from: '2022-01-01', until: '2023-07-01' };
  const measures = ['premium', 'incurred', 'claims', 'profit'] as const;
  /** The result, or nothing where there is nothing to follow: then it says so. */
  const told = (book: Book, options: Partial<PersistenceOptions> = {}) => {
    try {
      return persistence(book, { ...days, rounds: 0, ...options });
    } catch (error) {
      expect(String(error)).toMatch(
        /known in the|not one of|no customer with cover|premium and exposure above 0/,
      );
      return undefined;
    }
  };

  test('hindsight is the most, chance is the share of customers, and nothing is NaN', () => {
    let seen = 0;
    fc.assert(
      fc.property(
        ...[books, fc.constantFrom(...measures), fc.constantFrom('date', 'renewal')],
        fc.constantFrom(0.05, 0.2, 0.5),
        (book, measure, at, top) => {
          const result = told(book, { measure, at: at as 'date', top });
          if (!result) return;
          seen++;
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
          if (!(result.nextPeriod > 0)) {
            expect(result.entries.every(({ share }) => share.value === null)).toBe(true);
            return;
          }
          const most = Number(entry(result, 'hindsight').share.value);
          for (const { share } of result.entries) {
            expect(Number(share.value)).toBeLessThanOrEqual(most + 1e-9);
          }
          expect(entry(result, 'chance').share.value).toBe(top);
          expect(entry(result, 'last period').againstLastPeriod.value).toBe(0);
        },
      ),
    );
    expect(seen).toBeGreaterThan(50);
  });

  test('the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(randomBook.chain(shuffledRows), ({ book, policies: terms, claims }) => {
        const options = { rounds: 5, measure: 'profit' } as const;
        expect(told(readBook(terms, claims, { maxIssues: 1e9 }).book, options)).toEqual(
          told(readBook(book.policies, book.claims, { maxIssues: 1e9 }).book, options),
        );
      }),
      { numRuns: runs(40) },
    );
  });

  test('the currency changes the amounts and nothing else', () => {
    const scaled = (rows: { policies: PolicyRow[]; claims: ClaimRow[] }, rate: number) =>
      readBook(
        rows.policies.map((row) => ({ ...row, premium: row.premium * rate })),
        rows.claims.map((row) => ({ ...row, paid: row.paid * rate, reserve: row.reserve * rate })),
      ).book;
    fc.assert(
      fc.property(randomBook, (rows) => {
        const [inOne, inOther] = [1, 1024].map((rate) => told(scaled(rows, rate), { rounds: 5 }));
        expect(inOther?.entries).toEqual(inOne?.entries);
      }),
      { numRuns: runs(40) },
    );
  });

  /** What is dated on or after the day, made something else; everything before it is kept. */
  const anotherFuture = (rows: { policies: PolicyRow[]; claims: ClaimRow[] }, day: string) => ({
    policies: rows.policies
      .filter((row, k) => row.from < day || k % 3 > 0)
      .map((row) => ({
        ...row,
        premium: row.from < day ? row.premium : row.premium * 7 + 1,
        cancelled_on: row.cancelled_on >= day ? '' : row.cancelled_on,
      })),
    claims: [
      ...rows.claims.filter((row) => row.occurred_on < day && row.reported_on < day),
      claim('anchor', day, 123, { reported_on: day, reserve: 0, status: 'open' }),
    ] as ClaimRow[],
  });

  test('nothing on or after the day changes what is said of before it, nor whom we choose', () => {
    let compared = 0;
    fc.assert(
      fc.property(randomBook, (rows) => {
        const future = anotherFuture(rows, days.from);
        const [then, changed] = [rows, future].map(({ policies: terms, claims }) => {
          try {
            return periodsOf(readBook(terms, claims, { maxIssues: 1e9 }).book, {
              days: { from: dayFromISO(days.from), until: dayFromISO(days.until) },
              at: 'date',
            });
          } catch {
            return undefined;
          }
        });
        if (!then || !changed) return;
        compared += then.inForce.length;
        const known = ({ last, inForce, expectedLoss }: typeof then) => [
          last,
          inForce,
          expectedLoss,
        ];
        expect(known(changed)).toEqual(known(then));
      }),
    );
    expect(compared).toBeGreaterThan(200);
  });
});

describe('the latest periods as of a day', () => {
  const asOf = dayFromISO(until);

  test('are the year before it, and for yearly sums the terms that have ended by then', () => {
    const { book: sums } = readExperience([
      { customer_id: 1, from, to: until, premium: 1, claim_count: 0, incurred: 0 },
    ]);
    expect(latestPeriods(small, asOf)).toMatchObject({ from, until });
    expect(latestPeriods(sums, asOf)).toMatchObject({ from: '2022-01-01', until: from });
  });

  test('hold no yearly sum that had not ended, and say how many were left out', () => {
    const sum = (customer_id: string, begin: string, end: string, incurred: number) => ({
      customer_id,
      from: begin,
      to: end,
      premium: 100,
      claim_count: 1,
      incurred,
    });
    const { book: sums } = readExperience([
      sum('Ann', '2021-01-01', '2022-01-01', 7),
      sum('Ann', '2022-01-01', from, 20),
      sum('Bob', '2021-01-01', '2022-01-01', 7),
      sum('Bob', '2022-01-01', '2025-01-01', 300),
    ]);
    const { book, notes, ...days } = latestPeriods(sums, asOf);
    expect(persistence(book, { ...days, rounds: 0 }).nextPeriod).toBe(20);
    expect(notes).toEqual([
      '1 yearly sum of more than a year had not ended and could not be followed',
    ]);
  });

  test('hold no claim that was reported later, and nothing that became of one later', () => {
    const closed = { reported_on: '2023-07-01', status: 'nil', closed_on: until };
    const rows = [
      claim('Bob', '2023-07-01', 5, closed),
      claim('Cid', '2023-07-02', 6, { ...closed, closed_on: '2023-12-31' }),
      claim('Dot', '2023-12-01', 7, { reported_on: until }),
      beyond,
    ];
    const periods = latestPeriods(readBook([...policies, later], rows).book, asOf);
    const { book, notes, ...days } = periods;
    expect(notes).toEqual([]);
    const count = (measure: 'claims' | 'incurred') =>
      persistence(book, { ...days, measure, rounds: 0 }).nextPeriod;
    expect(count('claims')).toBe(1);
    expect(count('incurred')).toBe(11);
  });
});

describe.each([1, 2, 3])('a simulated book of 6,000, seed %d', (seed) => {
  const book = (differences: number) =>
    simulate({ ...{ customers: 6000, years: 4 }, seed, differences });
  type Simulated = ReturnType<typeof book>;
  const rowsOf = <T extends object>(columns: T) => {
    const names = Object.keys(columns) as (keyof T & string)[];
    const { length } = columns[names[0]] as ArrayLike<unknown>;
    return Array.from({ length }, (_, k) =>
      Object.fromEntries(names.map((name) => [name, (columns[name] as ArrayLike<unknown>)[k]])),
    ) as Record<string, string | number>[];
  };

  /** The book with each customer's true expected loss in the next period in place of its claims. */
  const withTruth = (simulated: Simulated, loss: (latent: number, premium: number) => number) => {
    const { policies: terms, claims, truth } = simulated;
    const latent = new Map(truth.customer_id.map((id, k) => [id, truth.latent[k]]));
    const covered = new Map<string, { policy: string; day: string; premium: number }>();
    for (const term of rowsOf(terms)) {
      const [customer, policy] = [String(term.customer_id), String(term.policy_id)];
      const [begin, to] = [dayFromISO(String(term.from)), dayFromISO(String(term.to))];
      const end = term.cancelled_on ? dayFromISO(String(term.cancelled_on)) : to;
      const first = Math.max(begin, dayFromISO(from));
      const days = Math.min(end, dayFromISO(until)) - first;
      if (days <= 0) continue;
      const premium = (Number(term.premium) * days) / (to - begin);
      const known = covered.get(customer) ?? { policy, day: isoFromDay(first), premium: 0 };
      covered.set(customer, { ...known, premium: known.premium + premium });
    }
    const past = rowsOf(claims).filter(({ occurred_on }) => String(occurred_on) < from);
    const next = [...covered].map(([id, { policy, day, premium }]) =>
      claim(policy, day, loss(latent.get(id) ?? 0, premium), { claim_id: id }),
    );
    return readBook(terms, [...past, ...next]).book;
  };

  const strong = book(3);
  const { book: strongBook } = readBook(strong.policies, strong.claims);
  const even = book(0);

  test('with differences, our ranking names more of the next losses and claims than last year did', () => {
    for (const measure of ['incurred', 'claims'] as const) {
      const result = persistence(strongBook, { from, until, measure, rounds: 100 });
      const { value, low } = entry(result, 'expected').againstLastPeriod;
      expect(value).toBeGreaterThan(0.07);
      expect(low).toBeGreaterThan(0);
      expect(shares(result).expected).toBeGreaterThan(Number(shares(result).size) + 0.1);
      expect(entry(result, 'last period').share.low).toBeGreaterThan(0.3);
    }
  });

  test('with differences, our top group has more of what is truly to be expected', () => {
    const truth = withTruth(strong, (latent, premium) => latent * premium);
    const result = persistence(truth, { from, until, rounds: 50 });
    expect(entry(result, 'expected').againstLastPeriod.low).toBeGreaterThan(0.05);
    // Of all that knowledge of the truth would name, four fifths, and less by last year's losses.
    const { expected, hindsight, 'last period': last } = shares(result);
    expect(Number(expected) / Number(hindsight)).toBeGreaterThan(0.75);
    expect(Number(last) / Number(hindsight)).toBeLessThan(0.7);
  });

  test('with differences, our top group has more of those who are truly the worst', () => {
    const losses: number[] = [];
    withTruth(strong, (latent, premium) => losses.push(latent * premium));
    const worst = losses.sort((a, b) => b - a)[Math.floor(losses.length / 5)];
    const truth = withTruth(strong, (latent, premium) => (latent * premium > worst ? 1 : 0));
    const result = persistence(truth, { from, until, rounds: 50 });
    expect(shares(result).hindsight).toBeGreaterThan(0.95);
    expect(shares(result).expected).toBeGreaterThan(0.55);
    expect(entry(result, 'expected').againstLastPeriod.low).toBeGreaterThan(0.05);
  });

  test('without differences, nothing lasts but size: our ranking is the order of the premiums', () => {
    const truth = withTruth(even, (latent, premium) => latent * premium);
    const result = persistence(truth, { from, until, rounds: 0 });
    const { size, expected, hindsight } = shares(result);
    expect(Number(hindsight) - Number(expected)).toBeLessThan(0.02);
    expect(Math.abs(Number(expected) - Number(size))).toBeLessThan(0.02);
  });

  test('the interval of chance holds the share of customers; all intervals are ordered', () => {
    for (const measure of ['premium', 'incurred', 'claims', 'profit'] as const) {
      const { entries } = persistence(strongBook, { from, until, measure, rounds: 100, seed });
      const [chance] = entries;
      expect(chance.share.value).toBe(0.2);
      for (const { share, againstLastPeriod } of entries) {
        for (const { low, high } of [share, againstLastPeriod]) {
          expect(low).not.toBeNull();
          expect(Number(low)).toBeLessThanOrEqual(Number(high));
        }
      }
      expect(chance.share.low).toBeLessThan(0.2);
      expect(chance.share.high).toBeGreaterThan(0.2);
    }
  });

  test('the same seed gives the same intervals, another seed others', () => {
    const of = (draws: number) =>
      persistence(strongBook, { from, until, rounds: 20, seed: draws }).entries;
    expect(of(4)).toEqual(of(4));
    expect(of(5)).not.toEqual(of(4));
    expect(of(5).map(({ share }) => share.value)).toEqual(of(4).map(({ share }) => share.value));
  });
});

describe('misuse and books that cannot be followed', () => {
  test.each<[object, RegExp]>([
    [{ from: '2024-01-01', until }, /expected until after from, got 2024-01-01 to 2024-01-01/],
    [{ from: 'yesterday', until }, /persistence: from/],
    [{ from, until, measure: 'lifetime-value' }, /expected a measure among premium, incurred/],
    [{ from, until, top: 0 }, /expected top as a share between 0 and 1, got 0/],
    [{ from, until, top: 1 }, /expected top as a share between 0 and 1, got 1/],
    [{ from, until, at: 'day' }, /expected at "date" or "renewal", got "day"/],
    [{ from, until, round: 5 }, /unknown option "round" \(did you mean "rounds"\?\)/],
    [{ from, until, rounds: -1 }, /rounds/],
    [{ from, until, seed: 0.5 }, /whole number as the seed/],
    [{ from: '2020-01-01', until }, /no customer has cover that is known in the 36 months before/],
    [{ from: '2024-06-01', until: '2025-01-01', at: 'renewal' }, /renewed from 2024-06-01 to/],
    [{ from: '2024-06-01', until: '2025-01-01' }, /not one of 4 customers brought losses/],
    [{ from: '2025-06-01', until: '2026-01-01', measure: 'premium' }, /brought premium/],
  ])('%j: %s', (options, message) => {
    expect(() => persistence(small, options as PersistenceOptions)).toThrow(message);
  });

  test('something that is no book', () => {
    expect(() => persistence({} as Book, one)).toThrow(/expected a book/);
  });
});

// Recomputed in Python from the rows of the file, without the library: customers by what ended before
// their own renewal, the gamma variance of claim frequency fitted with scipy.
describeOnRealBook('persistence in the Spanish motor book', () => {
  const rows = sharedRows('data/spanish-motor/policy_years.csv.gz', ';');
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const plan: PlanInput = JSON.parse(readFileSync('examples/careful.plan.json', 'utf8'));
  const { book } = readExperience(rows, columns);

  test('of losses and claims, terms that begin in 2017', () => {
    const options = { from: '2017-01-01', until: '2018-01-01', plan, rounds: 0 };
    const losses = persistence(book, options);
    expect(losses.customers).toBe(24248);
    expect(losses.lastPeriod).toBeCloseTo(5916140.58, 2);
    expect(losses.nextPeriod).toBeCloseTo(2100926, 2);
    expect(losses.hadLastPeriod).toBeCloseTo(0.958298637657, 9);
    expect(shares(losses)).toEqual({
      chance: 0.2,
      size: expect.closeTo(0.394762533283, 9),
      'last period': expect.closeTo(0.63387411932, 9),
      expected: expect.closeTo(0.93912081149, 6),
      hindsight: 1,
    });
    const claims = persistence(book, { ...options, measure: 'claims' });
    expect(claims.hadLastPeriod).toBeCloseTo(0.836613932834, 9);
    expect(shares(claims)['last period']).toBeCloseTo(0.95766217013, 9);
    const premium = persistence(book, { ...options, measure: 'premium' });
    expect(shares(premium)).toMatchObject({
      'last period': expect.closeTo(0.321758916252, 9),
      hindsight: expect.closeTo(0.330392818429, 9),
    });
  });
});
