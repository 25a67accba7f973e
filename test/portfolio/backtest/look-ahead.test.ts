import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelAt } from '../../../src/base/columns.js';
import { uniformFrom } from '../../../src/base/random.js';
import {
  assess,
  type Book,
  calibrate,
  dayFromISO,
  indicators,
  isoFromDay,
  type Model,
  type PlanInput,
  readBook,
  readExperience,
  readPlan,
} from '../../../src/index.js';
import { measured } from '../../../src/indicators/indicators.js';
import { asTakenLater, renewalDays } from '../../../src/portfolio/follow.js';
import { type Backtest, backtest } from '../../../src/portfolio.js';
import { simulate } from '../../../src/simulate.js';
import {
  type ClaimRow,
  asOf as from,
  type PolicyRow,
  randomBook,
} from '../../support/random-book.js';

const until = '2024-07-01';
const days = { from: dayFromISO(from), until: dayFromISO(until) };
const never = -(2 ** 31);

const plans: fc.Arbitrary<PlanInput> = fc.record({
  window: fc.record({ months: fc.constantFrom(12, 30, 36, 60) }),
  claims: fc.record({
    cap: fc.constantFrom(null, 300, { quantile: 0.8 }, { premiums: 2 }),
  }),
  experience: fc
    .tuple(
      fc.record({
        method: fc.constantFrom(
          ...(['frequency', 'frequency-severity', 'loss-ratio', 'auto'] as const),
        ),
        base: fc.constantFrom('earned_premium' as const, 'exposure_years' as const),
        estimator: fc.constantFrom('unbiased' as const, 'iterative' as const),
      }),
      fc.constantFrom(
        {},
        { relativeTo: 'book-year' as const },
        { development: { claims: { 12: 1.3, 24: 1.1, 48: 1.05 }, losses: { 12: 1.5, 60: 1.1 } } },
        { fade: 0.7 },
        { complement: 'line' },
      ),
    )
    .map(([method, years]) => ({ ...method, ...years })),
  risk: fc.record({ basis: fc.constantFrom('credible' as const, 'observed' as const) }),
});

/** Everything that is said of each customer on a day, by id, under a model. */
function gradesOn(book: Book, day: number, plan: PlanInput, model?: Model) {
  const cap = model?.parameters.losses?.cap;
  const table = measured(asTakenLater(book), day, readPlan(plan), cap);
  const graded = assess(table, model ?? calibrate(table, plan));
  const columns: Record<string, ArrayLike<number>> = {
    ...table.columns,
    ...graded.scores,
    ...graded.tiers,
    ...Object.fromEntries(graded.hints.map((hint, k) => [`hint ${k}`, hint])),
  };
  const grades = table.ids.map((id, row) => [
    id,
    {
      ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[row]])),
      reasons: Array.from(graded.reasons.subarray(row * 4, row * 4 + 4)),
      attributes: table.attributes.map((attribute) => labelAt(attribute, row)),
    },
  ]);
  return { model: graded.model, grades: new Map(grades as [string, object][]) };
}

/** What a backtest tells of each customer's grade, by id. */
function told({ columns, model }: Backtest) {
  const { gradedOn, riskTier, valueTier, expectedLossRatio, credibility, observedLossRatio } =
    columns;
  const all = { gradedOn, riskTier, valueTier, expectedLossRatio, credibility, observedLossRatio };
  const grades = columns.customerIds.map((id, row) => [
    id,
    Object.fromEntries(Object.entries(all).map(([name, column]) => [name, column[row]])),
  ]);
  return { hash: model.hash, grades: new Map(grades as [string, Record<string, number>][]) };
}

/** The days on which customers come up for renewal, by id. */
function ownDays(book: Book, plan: PlanInput): Map<string, number> {
  const found = renewalDays(asTakenLater(book), days, readPlan(plan));
  return new Map(
    book.customers.flatMap((id, c) => (found[c] === never ? [] : [[id, found[c]] as const])),
  );
}

let compared = 0;

/** At a date: whatever is said of anybody, and the model. */
function expectSameAtDate(before: Book, after: Book, plan: PlanInput, followed = true) {
  const [one, other] = [before, after].map((book) => gradesOn(book, days.from, plan));
  expect(other).toEqual(one);
  compared += one.grades.size;
  if (!followed) return;
  expectSameTold(before, after, plan, 'date');
}

/** At renewal: whatever is said of each customer on its own day, and the model. */
function expectSameAtRenewal(before: Book, after: Book, plan: PlanInput, followed = true) {
  const [one, other] = [before, after].map((book) => gradesOn(book, days.from, plan));
  expect(other).toEqual(one);
  const ownDay = ownDays(before, plan);
  const dayAfter = ownDays(after, plan);
  for (const day of new Set(ownDay.values())) {
    const [on, again] = [before, after].map((book) => gradesOn(book, day, plan, one.model).grades);
    for (const [id, own] of ownDay) {
      if (own !== day || dayAfter.get(id) !== day) continue;
      compared++;
      expect(again.get(id)).toEqual(on.get(id));
    }
  }
  if (!followed) return;
  expectSameTold(before, after, plan, 'renewal');
}

function expectSameTold(before: Book, after: Book, plan: PlanInput, at: 'date' | 'renewal') {
  const [one, other] = [before, after].map((book) =>
    told(backtest(book, { from, until, at, plan, rounds: 0 })),
  );
  expect(other.hash).toBe(one.hash);
  for (const [id, grade] of other.grades) {
    const same = one.grades.get(id);
    if (!same || same.gradedOn !== grade.gradedOn) continue;
    compared++;
    expect(grade).toEqual(same);
  }
}

/** From a day on nothing of a customer is known; the same day for all, or each its own. */
type Horizon = (customer: string) => number;

const chanceFrom = (seed: number) => {
  const uniform = uniformFrom(seed);
  const whole = (below: number) => Math.floor(uniform() * below);
  return {
    happens: (share: number) => uniform() < share,
    whole,
    pick: <T>(...of: T[]) => of[whole(of.length)],
    /** A day, or one up to three years later; often the very day. */
    from: (day: number) => isoFromDay(day + (uniform() < 0.2 ? 0 : whole(1100))),
  };
};

/** Customers that another future leaves alone, so that there is somebody to follow. */
const sure: PolicyRow[] = [
  ['2022-08-01', '2023-08-01'],
  ['2023-08-01', '2024-08-01'],
].map(([begin, end]) => ({
  customer_id: 'sure',
  policy_id: 'sure',
  from: begin,
  to: end,
  premium: 500,
  line: 'home',
  cancelled_on: '',
}));

interface Rows {
  readonly policies: readonly PolicyRow[];
  readonly claims: readonly ClaimRow[];
}

/**
 * The same book with another future: from each customer's horizon on, terms go, come, move and
 * change, and so do cancellations and claims that occurred or were reported then. A term that
 * begins on the horizon itself may change in all but that.
 */
function anotherFuture({ policies, claims }: Rows, seed: number, horizon: Horizon): Rows {
  const chance = chanceFrom(seed);
  const untouched = (id: string) => id === 'sure' || id === 'anchor';
  const owner = new Map(policies.map((row) => [row.policy_id, row.customer_id]));
  const someLine = () => chance.pick('motor', 'boat', 'aircraft', '');

  const changedTerm = (row: PolicyRow): PolicyRow[] => {
    const day = horizon(row.customer_id);
    const begins = dayFromISO(row.from);
    if (untouched(row.customer_id)) return [row];
    if (begins < day) {
      const open = row.cancelled_on === '' || dayFromISO(row.cancelled_on) >= day;
      if (!open || chance.happens(0.4)) return [row];
      return [{ ...row, cancelled_on: chance.pick('', chance.from(day)) }];
    }
    const stands = begins === day;
    if (!stands && chance.happens(0.3)) return [];
    const moved = stands || chance.happens(0.5) ? begins : day + chance.whole(700);
    return [
      {
        ...row,
        from: isoFromDay(moved),
        to: isoFromDay(moved + 1 + chance.whole(800)),
        premium: chance.pick(0, 0.01, row.premium * 7, 1e6),
        line: someLine(),
        cancelled_on: chance.pick('', isoFromDay(moved + 1 + chance.whole(300))),
      },
    ];
  };
  const newTerm = (k: number, customer: string, day: number): PolicyRow => {
    const begins = day + chance.whole(500);
    return {
      customer_id: customer,
      policy_id: `new-${k}`,
      from: isoFromDay(begins),
      to: isoFromDay(begins + 1 + chance.whole(700)),
      premium: chance.whole(100_000) / 100,
      line: someLine(),
      cancelled_on: '',
    };
  };
  const changedClaim = (row: ClaimRow): ClaimRow[] => {
    const id = owner.get(row.policy_id) ?? '';
    const day = horizon(id);
    const [occurred, reported] = [dayFromISO(row.occurred_on), dayFromISO(row.reported_on)];
    if (untouched(id) || (occurred < day && reported < day)) return [row];
    if (chance.happens(0.3)) return [];
    const late = occurred < day;
    const happened = late ? occurred - chance.whole(30) : day + chance.whole(400);
    return [
      {
        ...row,
        occurred_on: isoFromDay(happened),
        // Reported on or after the horizon; of what occurred then, even a report before it.
        reported_on: late
          ? chance.from(day)
          : chance.pick('', isoFromDay(day - 9), row.reported_on),
        paid: chance.pick(0, row.paid * 100, -50, 1e7),
        reserve: chance.pick(0, 4000),
        status: chance.pick('open', 'closed', 'nil', 'inquiry'),
      },
    ];
  };
  const newClaim = (row: PolicyRow, k: number): ClaimRow => {
    const day = horizon(row.customer_id);
    const begins = dayFromISO(row.from);
    const late = begins < day && chance.happens(0.6);
    return {
      claim_id: `new-${k}`,
      policy_id: row.policy_id,
      occurred_on: isoFromDay(late ? begins + chance.whole(day - begins) : day + chance.whole(300)),
      reported_on: late ? chance.from(day) : '',
      paid: chance.pick(1, 5000, 1e6),
      reserve: 0,
      status: 'open',
    };
  };
  const customers = [...new Set(owner.values())];
  const added = [
    ...Array.from({ length: 3 }, (_, k) => newTerm(k, `newcomer-${k}`, days.from)),
    ...Array.from({ length: 3 }, (_, k) => {
      const id = customers[chance.whole(customers.length)];
      return untouched(id) ? [] : [newTerm(3 + k, id, horizon(id))];
    }).flat(),
  ];
  const changed = [...policies.flatMap(changedTerm), ...added];
  const more = changed.filter(({ customer_id: id }) => !untouched(id) && chance.happens(0.3));
  return {
    policies: changed,
    claims: [...claims.flatMap(changedClaim), ...more.map(newClaim)],
  };
}

const bookOf = ({ policies, claims }: Rows) => readBook(policies, claims, { maxIssues: 1e9 }).book;

const datedBooks = randomBook.map(({ policies, claims }) => ({
  policies: [...policies, ...sure],
  claims,
}));
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

describe('dated terms and claims', () => {
  test('nothing dated on or after the day changes a grade at that day, to the last bit', () => {
    compared = 0;
    fc.assert(
      fc.property(datedBooks, plans, seeds, (rows, plan, seed) => {
        const after = anotherFuture(rows, seed, () => days.from);
        expectSameAtDate(bookOf(rows), bookOf(after), plan);
      }),
      { numRuns: 20 },
    );
    expect(compared).toBeGreaterThan(40);
  });

  test("at renewal nothing dated on or after a customer's own day changes its grade", () => {
    compared = 0;
    fc.assert(
      fc.property(datedBooks, plans, seeds, (rows, plan, seed) => {
        const book = bookOf(rows);
        const own = ownDays(book, plan);
        const after = anotherFuture(rows, seed, (id) => own.get(id) ?? days.from);
        expectSameAtRenewal(book, bookOf(after), plan);
      }),
      { numRuns: 20 },
    );
    expect(compared).toBeGreaterThan(40);
  });

  test('nor does it change what auto chooses where a book is large enough to let methods compete', () => {
    const { policies, claims } = simulate({
      customers: 1500,
      seed: 3,
      years: 6,
      from: '2020-07-01',
    });
    const recordsOf = (columns: Readonly<Record<string, ArrayLike<unknown>>>) =>
      Array.from({ length: columns.policy_id.length }, (_, k) =>
        Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[k]])),
      );
    const blank = <T>(row: T) =>
      Object.fromEntries(
        Object.entries(row as object).map(([name, value]) => [name, value ?? '']),
      ) as T;
    const rows = {
      policies: [...(recordsOf(policies as never).map(blank) as never as PolicyRow[]), ...sure],
      claims: recordsOf(claims as never).map(blank) as never as ClaimRow[],
    };
    const plan: PlanInput = {
      experience: { method: 'auto' },
      risk: { highRiskCertainty: 0.95 },
      claims: { cap: { quantile: 0.98 } },
    };
    const book = bookOf(rows);
    const own = ownDays(book, plan);
    expect(gradesOn(book, days.from, plan).model.parameters.contest).toBeDefined();
    compared = 0;
    for (const seed of [1, 2]) {
      expectSameAtDate(book, bookOf(anotherFuture(rows, seed, () => days.from)), plan);
      const later = anotherFuture(rows, seed, (id) => own.get(id) ?? days.from);
      expectSameTold(book, bookOf(later), plan, 'renewal');
    }
    expect(compared).toBeGreaterThan(4000);
  });

  test('what is dated before the day does change grades', () => {
    const policies = [
      ...sure,
      ...sure.map((row) => ({ ...row, customer_id: 'Ann', policy_id: 'Ann' })),
    ];
    const known = {
      claim_id: 'K1',
      policy_id: 'Ann',
      occurred_on: '2023-06-30',
      reported_on: '2023-06-30',
      paid: 900,
      reserve: 0,
      status: 'open',
    };
    const hash = (claims: ClaimRow[]) =>
      backtest(bookOf({ policies, claims }), { from, until, rounds: 0 }).model.hash;
    expect(hash([known])).not.toBe(hash([]));
    expect(hash([{ ...known, reported_on: from }])).toBe(hash([]));
    expect(hash([{ ...known, occurred_on: from, reported_on: from }])).toBe(hash([]));
  });
});

interface SumRow {
  customer_id: string;
  policy_id: string;
  from: string;
  to: string;
  premium: number;
  claim_count: number;
  incurred: number;
  line: string;
}

const sureSums = ['2022-07-01', '2023-07-01', '2024-07-01'].map(
  (begin): SumRow => ({
    customer_id: 'sure',
    policy_id: 'sure',
    from: begin,
    to: isoFromDay(dayFromISO(begin) + 365),
    premium: 500,
    claim_count: 1,
    incurred: 70,
    line: 'home',
  }),
);
const sumRow = fc.record({
  gap: fc.constantFrom(0, 0, 0, 0, 15, 200),
  length: fc.constantFrom(365, 365, 366, 180, 30, 730),
  premium: fc.integer({ min: 0, max: 200_000 }).map((cents) => cents / 100),
  claim_count: fc.constantFrom(0, 0, 0, 1, 2, 3),
  claim: fc.integer({ min: 1, max: 500_000 }).map((cents) => cents / 100),
  line: fc.constantFrom('motor', 'home', ''),
});
const sumRows = fc
  .array(
    fc.array(
      fc.record({
        start: fc.integer({ min: days.from - 2000, max: days.from - 10 }),
        rows: fc.array(sumRow, { minLength: 1, maxLength: 7 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    { minLength: 2, maxLength: 10 },
  )
  .map((customers) => [
    ...sureSums,
    ...customers.flatMap((policies, c) =>
      policies.flatMap(({ start, rows }, p) => {
        let day = start;
        return rows.map(({ gap, length, claim, ...row }): SumRow => {
          const begins = day + gap;
          day = begins + length;
          return {
            ...row,
            customer_id: `c${c}`,
            policy_id: `c${c}p${p}`,
            from: isoFromDay(begins),
            to: isoFromDay(day),
            incurred: row.claim_count * claim,
          };
        });
      }),
    ),
  ]);

/** The day the sums were taken; not stated at all in half of the books. */
const valuations = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  isoFromDay(days.until + 200),
  isoFromDay(days.from + 150),
  from,
  isoFromDay(days.from - 150),
);

/** As for dated terms; the claims of a row that straddles the horizon change where valued later. */
function anotherFutureOfSums(
  rows: readonly SumRow[],
  seed: number,
  horizon: Horizon,
  valuedAt: string | undefined,
): SumRow[] {
  const chance = chanceFrom(seed);
  const valued = valuedAt === undefined ? Number.POSITIVE_INFINITY : dayFromISO(valuedAt);
  const claims = () => ({
    claim_count: chance.whole(5),
    incurred: chance.pick(0, 12.5, 1e6, -40),
  });
  const changed = rows.flatMap((row) => {
    const day = horizon(row.customer_id);
    const [begins, ends] = [dayFromISO(row.from), dayFromISO(row.to)];
    if (row.customer_id === 'sure' || ends <= day) return [row];
    if (begins < day) return valued > day ? [{ ...row, ...claims() }] : [row];
    const stands = begins === day;
    if (!stands && chance.happens(0.3)) return [];
    const moved = stands || chance.happens(0.5) ? begins : day + chance.whole(700);
    return [
      {
        ...row,
        ...claims(),
        from: isoFromDay(moved),
        to: isoFromDay(moved + 1 + chance.whole(900)),
        premium: chance.pick(0, 0.01, row.premium * 3, 1e6),
        line: chance.pick('motor', 'boat', ''),
      },
    ];
  });
  const some = (k: number, customer: string, begins: number): SumRow => ({
    customer_id: customer,
    policy_id: `new-${k}`,
    from: isoFromDay(begins),
    to: isoFromDay(begins + 1 + chance.whole(900)),
    premium: 77,
    line: 'boat',
    ...claims(),
  });
  const { customer_id: last } = rows[rows.length - 1];
  return [
    ...changed,
    some(0, 'newcomer', days.from + chance.whole(600)),
    some(1, last, horizon(last) + chance.whole(600)),
  ];
}

const sumsOf = (rows: readonly SumRow[], valuedAt: string | undefined) =>
  readExperience(rows, { maxIssues: 1e9, ...(valuedAt !== undefined && { valuedAt }) }).book;

describe('yearly sums', () => {
  /** There is something to follow when the sums were taken late enough. */
  const followed = (valuedAt: string | undefined) => valuedAt === undefined || valuedAt > until;

  test('no row that begins on or after the day, nor claims of one that straddles it, change a grade', () => {
    compared = 0;
    fc.assert(
      fc.property(sumRows, valuations, plans, seeds, (rows, valuedAt, plan, seed) => {
        const after = anotherFutureOfSums(rows, seed, () => days.from, valuedAt);
        const [one, other] = [sumsOf(rows, valuedAt), sumsOf(after, valuedAt)];
        expectSameAtDate(one, other, plan, followed(valuedAt));
      }),
      { numRuns: 20 },
    );
    expect(compared).toBeGreaterThan(40);
  });

  test("at renewal: none from or across a customer's own day", () => {
    compared = 0;
    fc.assert(
      fc.property(sumRows, valuations, plans, seeds, (rows, valuedAt, plan, seed) => {
        const book = sumsOf(rows, valuedAt);
        const own = ownDays(book, plan);
        const horizon = (id: string) => own.get(id) ?? days.from;
        const after = sumsOf(anotherFutureOfSums(rows, seed, horizon, valuedAt), valuedAt);
        expectSameAtRenewal(book, after, plan, followed(valuedAt));
      }),
      { numRuns: 20 },
    );
    expect(compared).toBeGreaterThan(40);
  });

  test('a row that straddles the day is excluded of history whole, unless taken by then', () => {
    const rows = [
      ...sureSums,
      ...[
        ['2021-07-02', '2022-07-02', 1],
        ['2022-07-02', '2023-07-02', 3],
        ['2023-07-02', '2024-07-01', 0],
      ].map(([begin, end, count]) => ({
        ...sureSums[0],
        customer_id: 'Ann',
        policy_id: 'Ann',
        from: String(begin),
        to: String(end),
        premium: 365,
        claim_count: Number(count),
        incurred: 100 * Number(count),
      })),
    ];
    const observed = (valuedAt?: string) => {
      const { columns } = backtest(sumsOf(rows, valuedAt), { from, until, rounds: 0 });
      return columns.observedLossRatio[columns.customerIds.indexOf('Ann')];
    };
    expect(observed()).toBe(100 / 365);
    expect(observed('2023-07-03')).toBe(100 / 365);
    // Taken on the day, what 364 of its 365 days earned and all 3 claims are known.
    const known = (valuedAt: string) => {
      const { ids, columns } = measured(sumsOf(rows, valuedAt), days.from, readPlan());
      const row = ids.indexOf('Ann');
      return [columns.incurred_loss[row], columns.earned_premium[row]];
    };
    expect(known('2023-07-01')).toEqual([400, 365 + 364]);
    expect(known('2023-07-02')).toEqual([100, 365]);
  });
});

describe('a grade in a backtest is the grade of the day', () => {
  /** Tells how many grades were found to be those that grading on the day gives. */
  function expectGradesOfTheDay(
    book: Book,
    history: Book,
    plan: PlanInput,
    until = '2024-07-01',
  ): number {
    const model = calibrate(indicators(history, { asOf: from, plan }), plan);
    let found = 0;
    for (const at of ['date', 'renewal'] as const) {
      const result = backtest(book, { from, until, at, plan, rounds: 0 });
      expect(result.model.hash).toBe(model.hash);
      const { customerIds, ...columns } = result.columns;
      for (const day of new Set(columns.gradedOn)) {
        const asOf = isoFromDay(day);
        const { table, scores, tiers } = assess(indicators(history, { asOf, model }), model);
        customerIds.forEach((id, row) => {
          if (columns.gradedOn[row] !== day) return;
          const k = table.ids.indexOf(id);
          found++;
          expect(columns.riskTier[row]).toBe(tiers.risk_tier[k]);
          expect(columns.valueTier[row]).toBe(tiers.value_tier[k]);
          expect(columns.expectedLossRatio[row]).toBe(scores.expected_loss_ratio[k]);
          expect(columns.credibility[row]).toBe(scores.credibility[k]);
          expect(columns.observedLossRatio[row]).toBe(table.columns.loss_ratio[k]);
        });
      }
    }
    return found;
  }

  test('of dated terms, with the model calibrated on the first day', () => {
    let found = 0;
    fc.assert(
      fc.property(datedBooks, plans, (rows, plan) => {
        const book = bookOf(rows);
        found += expectGradesOfTheDay(book, book, plan);
      }),
      { numRuns: 10 },
    );
    expect(found).toBeGreaterThan(15);
  });

  test('of yearly sums, when they are said to have been taken after all of them ended', () => {
    let found = 0;
    fc.assert(
      fc.property(sumRows, plans, (rows, plan) => {
        found += expectGradesOfTheDay(sumsOf(rows, undefined), sumsOf(rows, '2200-12-31'), plan);
      }),
      { numRuns: 10 },
    );
    expect(found).toBeGreaterThan(15);
  });

  test('of yearly sums that were taken on a day that is stated', () => {
    let found = 0;
    fc.assert(
      fc.property(sumRows, plans, (rows, plan) => {
        const book = sumsOf(rows, '2024-09-30');
        found += expectGradesOfTheDay(book, book, plan);
      }),
      { numRuns: 10 },
    );
    expect(found).toBeGreaterThan(15);
  });

  test('of a simulated book', () => {
    const { policies, claims } = simulate({
      customers: 2000,
      seed: 9,
      years: 4,
      from: '2020-07-01',
    });
    const { book } = readBook(policies, claims, { maxIssues: 1e9 });
    const plan: PlanInput = { experience: { method: 'auto' }, claims: { cap: { quantile: 0.9 } } };
    expect(expectGradesOfTheDay(book, book, plan, '2023-07-15')).toBeGreaterThan(1200);
  });
});
