import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sum as exactSum } from '../../../src/base/columns.js';
import {
  assess,
  calibrate,
  type Grades,
  indicators,
  MisuseError,
  type PlanInput,
  readBook,
  readExperience,
  readIndicators,
  type Summary,
  summarize,
} from '../../../src/index.js';
import {
  type DiffOptions,
  diffGrades,
  type GoldenCustomer,
  type OneSided,
  type PlanDiff,
  type PlanFigures,
  readGolden,
  type TierDiff,
} from '../../../src/portfolio.js';
import { toRows, toText } from '../../../src/report/show.js';
import { customerAt } from '../../support/experience.js';
import { asOf, randomPlan, withPremium } from '../../support/random-book.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';
import { runs } from '../../support/slow.js';

/** Three years at 300 a year; losses are what the loss ratio observed says. */
const customer = (customerId: string, lossRatio: number, more: object = {}) => ({
  ...{ customerId, earnedPremium: 900, exposureYears: 3, claimCount: lossRatio > 0 ? 1 : 0 },
  ...{ incurredLoss: 900 * lossRatio, tenureYears: 3, annualPremium: 300, ...more },
});
const rows = [
  customer('ann', 0, { line: 'motor', branch: 'north' }),
  customer('bob', 0.6, { line: 'motor', branch: 'south' }),
  customer('cid', 0.62, { line: 'home', annualPremium: 900 }),
  customer('dan', 0.7, { line: 'home', branch: 'north' }),
  customer('eve', 1.05, { line: 'motor', branch: 'north', earnedPremium: 900.01 }),
  customer('fay', 0, { line: 'motor', exposureYears: 0.5, annualPremium: 10 }),
];
const { table } = readIndicators(rows);
const observed = (plan: PlanInput = {}): PlanInput => ({
  ...plan,
  risk: { basis: 'observed', ...plan.risk },
  value: { cut: { share: 0.1 } },
  retention: { method: 'constant', rate: 0.8 },
});
const graded = (plan: PlanInput = {}): Grades => assess(table, calibrate(table, observed(plan)));
/** Ten points more of expenses: what is permissible falls from 65 % to 55 %. */
const costlier: PlanInput = { pricing: { expenseRatio: 0.4 } };
const kinds = ['risk', 'value', 'service', 'action'] as const;

const customersIn = (tiers: TierDiff) =>
  Object.fromEntries(
    Object.entries(tiers.matrix).map(([from, cells]) => [
      from,
      Object.fromEntries(
        Object.entries(cells)
          .filter(([, cell]) => cell.customers > 0)
          .map(([to, cell]) => [to, cell.customers]),
      ),
    ]),
  );

describe('a plan whose expenses rise by ten points', () => {
  const diff = diffGrades(graded(), graded(costlier));

  test('moves the two customers between the old and the new permissible loss ratio, with their money', () => {
    expect(customersIn(diff.risk)).toEqual({
      excellent: { excellent: 1 },
      healthy: { 'sub-healthy': 2 },
      'sub-healthy': { 'sub-healthy': 1 },
      'high-risk': { 'high-risk': 1 },
      unrated: { unrated: 1 },
    });
    expect(diff.risk.movements).toHaveLength(1);
    expect(diff.risk.movements[0]).toMatchObject({
      ...{ from: 'healthy', to: 'sub-healthy', direction: 'downgrade', customers: 2 },
      before: { earnedPremium: 1800, incurred: 1098, claims: 2 },
      after: { earnedPremium: 1800, incurred: 1098, claims: 2 },
    });
    expect(diff.risk.downgrades.customers).toBe(2);
    expect([diff.risk.upgrades.customers, diff.risk.neither.customers]).toEqual([0, 0]);
    expect(diff.value.movements).toEqual([]);
  });

  test('has the lifetime value of those who move under both plans', () => {
    for (const [side, plan] of [
      ['before', {}],
      ['after', costlier],
    ] as const) {
      const { lifetime_value } = graded(plan).scores;
      const moving = lifetime_value[1] + lifetime_value[2];
      expect(diff.risk.downgrades[side].lifetimeValue).toBeCloseTo(moving, 9);
    }
    expect(diff.risk.downgrades.before.lifetimeValue).not.toBe(
      diff.risk.downgrades.after.lifetimeValue,
    );
  });

  test('is told apart by line and branch, those with most premium moved first', () => {
    expect(Object.keys(diff.by)).toEqual(['line', 'branch']);
    const of = ({ label, all, moved }: PlanDiff['by'][string][number]) => [
      label,
      all.customers,
      moved.customers,
      moved.after.incurred,
    ];
    expect(diff.by.line.map(of)).toEqual([
      ['motor', 4, 1, 540],
      ['home', 2, 1, 558],
    ]);
    expect(diff.by.branch.map(of)).toEqual([
      ['south', 1, 1, 540],
      [null, 2, 1, 558],
      ['north', 3, 0, 0],
    ]);
    expect(diff.by.line[0].risk.downgrades.after.earnedPremium).toBe(900);
    expect(diff.by.line[0].service.downgrades.customers).toBe(1);
  });

  test('lists the movers with their tiers, figures and reasons', () => {
    const listed = [...toRows(diff)];
    expect(diff.movers.before).toHaveLength(2);
    expect(listed[0]).toMatchObject({
      customer_id: 'bob',
      risk_tier_before: 'healthy',
      risk_tier_after: 'sub-healthy',
      service_tier_before: 'standard',
      service_tier_after: 'basic',
      earned_premium_before: 900,
      incurred_loss_after: 540,
      reasons_after: expect.stringMatching(/^over-permissible/),
    });
    expect(listed[1].customer_id).toBe('cid');
  });

  test('is put into words with the money moved', () => {
    const text = toText(diff);
    expect(text).toMatch(
      /^2 customers \(33\.3%\) move in a tier or in the action, with earned premium 1,800\.00 /m,
    );
    expect(text).toMatch(/^ {2}healthy → sub-healthy +2 +33\.3% +1,800\.00 +1,098\.00 +2 /m);
    expect(text).toMatch(/^risk tier: downgrades +2 /m);
    expect(text).toMatch(/^\(none\) +1 +50\.0% +900\.00 +558\.00 +0\/1 /m);
    expect(text).not.toMatch(/NaN|undefined|null/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

describe('upgrades and downgrades', () => {
  test('the other way round is an upgrade', () => {
    const { risk, service, action } = diffGrades(
      graded({ pricing: { expenseRatio: 0.5 } }),
      graded(),
    );
    expect(risk.movements.map(({ direction }) => direction)).toEqual(['upgrade']);
    expect(action.movements.map(({ from, to }) => [from, to])).toEqual([['reprice', 'renew']]);
    for (const { upgrades, downgrades } of [risk, service, action]) {
      expect([upgrades.customers > 0, downgrades.customers]).toEqual([true, 0]);
    }
  });

  test('from unrated, or to it, is neither', () => {
    const { risk } = diffGrades(graded(), graded({ risk: { minimumExposureYears: 0 } }));
    expect(risk.movements.map(({ from, to, direction }) => [from, to, direction])).toEqual([
      ['unrated', 'excellent', 'neither'],
    ]);
    expect(risk.neither.customers).toBe(1);
  });

  test('between services is what both catalogues that know the two agree on, else neither', () => {
    const gives = (excellent: string, ...tiers: string[]): PlanInput => ({
      service: {
        matrix: Object.fromEntries(
          ['excellent', 'healthy', 'sub-healthy', 'high-risk', 'unrated'].map((tier) => {
            const name = tier === 'excellent' ? excellent : 'c';
            return [tier, { high: name, low: name }];
          }),
        ) as NonNullable<PlanInput['service']>['matrix'] & object,
        catalogue: Object.fromEntries(tiers.map((name) => [name, { entitlements: [], budget: 1 }])),
      },
    });
    const way = (before: PlanInput, after: PlanInput) =>
      diffGrades(graded(before), graded(after)).service.movements.map(
        ({ from, to, direction }) => `${from} → ${to}: ${direction}`,
      );
    expect(way(gives('b', 'a', 'b', 'c'), gives('a', 'a', 'b', 'c'))).toEqual(['b → a: upgrade']);
    expect(way(gives('b', 'a', 'b', 'c'), gives('a', 'b', 'a', 'c'))).toEqual(['b → a: neither']);
    expect(way(gives('b', 'b', 'c'), gives('a', 'a', 'b', 'c'))).toEqual(['b → a: upgrade']);
    expect(way(gives('b', 'b', 'c'), gives('d', 'd', 'c'))).toEqual(['b → d: neither']);
    // The same name is the same service, wherever it stands in the catalogue.
    expect(way(gives('b', 'a', 'b', 'c'), gives('b', 'b', 'a', 'c'))).toEqual([]);
  });
});

describe('two plans of different windows', () => {
  const terms = [
    ['old', 2021, 100],
    ['both', 2021, 200],
    ['both', 2023, 300],
    ['new', 2023, 400],
  ] as const;
  const { book } = readExperience(
    terms.map(([id, year, premium]) => ({
      customer_id: id,
      ...{ from: `${year}-01-01`, to: `${year + 1}-01-01` },
      ...{ premium, claim_count: 1, incurred: premium / 2 },
    })),
  );
  const by = (months: number) => {
    const plan = { name: `m${months}`, window: { months } };
    const measured = indicators(book, { asOf: '2024-01-01', plan });
    return assess(measured, calibrate(measured, plan));
  };

  test('of which one has memory are compared by the day alone, which is said, unless a past came in', () => {
    const plan: PlanInput = { memory: {} };
    const table = indicators(book, { asOf: '2024-01-01', plan });
    const model = calibrate(table, plan);
    const override = { tier: 'healthy', reason: 'r', author: 'a', until: '2025-01-01' } as const;
    const overrides = [{ customerId: table.ids[0], ...override }];
    const notes = (after: Grades) => diffGrades(after, after).notes.join();
    expect(notes(assess(table, model))).toContain('no standings or overrides came in');
    expect(notes(assess(table, model, { overrides }))).toBe('');
  });

  test('leave customers that only one of them grades apart, with their money', () => {
    const diff = diffGrades(by(36), by(12));
    expect([diff.before.customers, diff.after.customers, diff.both.customers]).toEqual([3, 2, 2]);
    expect(diff.onlyBefore).toMatchObject({ customers: 1, earnedPremium: 100, incurred: 50 });
    expect(diff.onlyAfter.customers).toBe(0);
    expect(diff.both.before.earnedPremium).toBe(900);
    expect(diff.both.after.earnedPremium).toBe(700);
    expect(exactSum(Object.values(diff.risk.onlyBefore).map(({ customers }) => customers))).toBe(1);
    expect(diff.notes.join()).toContain('the first plan looks back 36 months, the second 12');
    expect(toText(diff)).toMatch(/^by the first plan only +1 +100\.00 +50\.00 +1 /m);
    expect(diffGrades(by(12), by(36)).onlyAfter.earnedPremium).toBe(100);
  });

  test('have golden customers that are no longer graded', () => {
    const golden = [{ customerId: 'old', riskTier: 'healthy' }];
    expect(diffGrades(by(36), by(12), { golden }).golden?.broken).toEqual([
      {
        ...{ customerId: 'old', part: 'risk_tier', expected: 'healthy' },
        ...{ before: expect.any(String), after: null },
        reason: 'no cover in the window of the second plan',
      },
    ]);
  });
});

/** What a summary says of a group must be what a comparison adds up to, to the cent. */
function expectSameSums(diff: PlanDiff, before: Summary, after: Summary): void {
  const tiersOf = ({ riskTiers, valueTiers, serviceTiers, actions }: Summary) => ({
    risk: riskTiers,
    value: valueTiers,
    service: serviceTiers,
    action: actions,
  });
  const cents = ({ customers, earnedPremium, incurred, claims }: OneSided | Summary) => [
    customers,
    ...[earnedPremium, incurred].map((amount) => Math.round(amount * 100)),
    claims,
  ];
  const added = (cells: readonly PlanFigures[], side: 'before' | 'after', alone: OneSided) =>
    [...cells.map((cell) => ({ customers: cell.customers, ...cell[side] })), alone].reduce(
      (total, figures) => ({
        customers: total.customers + figures.customers,
        earnedPremium: total.earnedPremium + figures.earnedPremium,
        incurred: total.incurred + figures.incurred,
        claims: total.claims + figures.claims,
        lifetimeValue: null,
      }),
    );
  expect(cents(diff.before)).toEqual(cents(before));
  expect(cents(diff.after)).toEqual(cents(after));
  for (const kind of kinds) {
    const { matrix, onlyBefore, onlyAfter } = diff[kind];
    for (const [tier, figures] of Object.entries(tiersOf(before)[kind])) {
      const cells = Object.values(matrix[tier]);
      expect(cents(added(cells, 'before', onlyBefore[tier]))).toEqual(
        cents({ lifetimeValue: null, ...figures }),
      );
    }
    for (const [tier, figures] of Object.entries(tiersOf(after)[kind])) {
      const cells = Object.values(matrix).map((row) => row[tier]);
      expect(cents(added(cells, 'after', onlyAfter[tier]))).toEqual(
        cents({ lifetimeValue: null, ...figures }),
      );
    }
  }
}

describe('laws', () => {
  const gradesBy = (
    { policies, claims }: { policies: object[]; claims: object[] },
    plan: PlanInput,
  ) => {
    const measured = indicators(readBook(policies, claims).book, { asOf, plan });
    return assess(measured, calibrate(measured, plan));
  };
  const twoPlans = fc.tuple(withPremium, randomPlan, randomPlan).filter(([book, one, other]) => {
    // A short window may hold nobody, or no premium: then there is nothing to compare.
    try {
      const [a, b] = [one, other].map((plan) => gradesBy(book, plan));
      return a.table.ids.some((id) => b.table.ids.includes(id));
    } catch {
      return false;
    }
  });

  test('nothing moves between a plan and itself', () => {
    fc.assert(
      fc.property(withPremium, randomPlan, (book, plan) => {
        const diff = diffGrades(gradesBy(book, plan), gradesBy(book, plan));
        expect(diff.moved.customers).toBe(0);
        expect(diff.movers.before).toHaveLength(0);
        expect(kinds.flatMap((kind) => diff[kind].movements)).toEqual([]);
        expect(diff.onlyBefore.customers + diff.onlyAfter.customers).toBe(0);
        expect(toText(diff)).toContain('Nobody moves');
      }),
      { numRuns: runs(20) },
    );
  });

  test('swapping the two swaps the matrices, upgrades and downgrades', () => {
    fc.assert(
      fc.property(twoPlans, ([book, one, other]) => {
        const [a, b] = [gradesBy(book, one), gradesBy(book, other)];
        const [there, back] = [diffGrades(a, b), diffGrades(b, a)];
        const swapped = ({ customers, before, after }: PlanFigures) => ({
          customers,
          before: after,
          after: before,
        });
        for (const kind of kinds) {
          for (const [from, cells] of Object.entries(there[kind].matrix)) {
            for (const [to, cell] of Object.entries(cells)) {
              expect(back[kind].matrix[to][from]).toEqual(swapped(cell));
            }
          }
          expect(back[kind].upgrades).toEqual(swapped(there[kind].downgrades));
          expect(back[kind].neither).toEqual(swapped(there[kind].neither));
          expect(back[kind].onlyAfter).toEqual(there[kind].onlyBefore);
        }
        expect(back.moved).toEqual(swapped(there.moved));
      }),
      { numRuns: runs(25) },
    );
  });

  test('what is added up over a matrix is what two summaries say', () => {
    fc.assert(
      fc.property(twoPlans, ([book, one, other]) => {
        const [a, b] = [gradesBy(book, one), gradesBy(book, other)];
        expectSameSums(diffGrades(a, b), summarize(a), summarize(b));
      }),
      { numRuns: runs(25) },
    );
  });

  test('the groups of an attribute add up to the whole', () => {
    fc.assert(
      fc.property(twoPlans, ([book, one, other]) => {
        const diff = diffGrades(gradesBy(book, one), gradesBy(book, other), { by: ['line'] });
        const total = (of: (group: PlanDiff['by'][string][number]) => number) =>
          exactSum(diff.by.line.map(of));
        expect(total(({ all }) => all.customers)).toBe(diff.both.customers);
        expect(total(({ moved }) => moved.customers)).toBe(diff.moved.customers);
        expect(total(({ moved }) => moved.after.incurred)).toBeCloseTo(
          diff.moved.after.incurred,
          6,
        );
        expect(total(({ risk }) => risk.upgrades.customers)).toBe(diff.risk.upgrades.customers);
      }),
      { numRuns: runs(20) },
    );
  });
});

describe('golden customers', () => {
  const golden: GoldenCustomer[] = [
    { customerId: 'ann', riskTier: 'excellent', action: 'renew' },
    { customerId: 'bob', riskTier: 'healthy', valueTier: 'low', serviceTier: 'standard' },
    { customerId: 'cid', valueTier: 'low', action: 'reprice' },
  ];

  test('that keep what they must are counted', () => {
    const diff = diffGrades(graded(), graded(costlier), { golden: golden.slice(0, 1) });
    expect(diff.golden).toEqual({ customers: 1, broken: [] });
    expect(toText(diff)).toContain('All 1 golden customer keep what they must.');
  });

  test('that do not are listed by what moves, with the reason', () => {
    const { golden: checked } = diffGrades(graded(), graded(costlier), { golden });
    expect(checked?.customers).toBe(3);
    expect(checked?.broken.map(({ reason: _, ...rest }) => Object.values(rest))).toEqual([
      ['bob', 'risk_tier', 'healthy', 'healthy', 'sub-healthy'],
      ['bob', 'service_tier', 'standard', 'standard', 'basic'],
      ['cid', 'value_tier', 'low', 'high', 'high'],
      ['cid', 'action', 'reprice', 'renew', 'renew'],
    ]);
    expect(checked?.broken.map(({ reason }) => reason)).toEqual([
      'A loss ratio of 60% is above the permissible 55%',
      'what sub-healthy risk of low value gets',
      'annual_premium of 900.00; high value begins at 900.00',
      'no hint speaks against renewal',
    ]);
  });

  test('are read from rows of either spelling; an empty cell demands nothing', () => {
    expect(
      readGolden([
        { customer_id: 'ann', risk_tier: 'excellent', action: '' },
        { customer_id: 'bob', risk_tier: '', action: 'renew' },
      ]),
    ).toEqual([
      { customerId: 'ann', riskTier: 'excellent' },
      { customerId: 'bob', action: 'renew' },
    ]);
  });

  test.each<[string, object[], RegExp]>([
    ['no rows', [], /golden: expected at least one row/],
    ['no customers', [{ risk_tier: 'healthy' }], /golden: expected a column "customer_id"/],
    [
      'another column',
      [{ customer_id: 'ann', risk_teir: 'healthy' }],
      /golden: "risk_teir" is no part of a grade .*did you mean "risk_tier"/,
    ],
    [
      'an unknown action',
      [{ customer_id: 'ann', action: 'decline' }],
      /expected action to be one of renew, .* got "decline"/,
    ],
    [
      'a customer twice',
      [
        { customer_id: 'ann', action: 'renew' },
        { customer_id: 'ann', action: 'renew' },
      ],
      /golden: row 2: "ann" appears twice/,
    ],
    [
      'a row without a customer',
      [{ customer_id: '', action: 'renew' }],
      /golden: row 1: customer_id is missing/,
    ],
    [
      'a row that demands nothing',
      [{ customer_id: 'ann' }],
      /row 1: expected something to hold for "ann"/,
    ],
  ])('are refused with %s', (_, given, message) => {
    expect(() => readGolden(given)).toThrow(MisuseError);
    expect(() => readGolden(given)).toThrow(message);
  });
});

describe('what is refused', () => {
  const one = graded();
  const dated = (day: string) => {
    const measured = { ...table, asOf: readIndicators(rows, { asOf: day }).table.asOf };
    return assess(measured, calibrate(measured));
  };
  const others = readIndicators([customer('zoe', 0.5)]).table;
  test.each<[string, () => unknown, RegExp]>([
    ['what are no grades', () => diffGrades(one, {} as Grades), /expected two grades/],
    [
      'another option',
      () => diffGrades(one, one, { bye: [] } as DiffOptions),
      /unknown option "bye" \(did you mean "by"/,
    ],
    [
      'an attribute that is not there',
      () => diffGrades(one, one, { by: ['brnch'] }),
      /no attribute "brnch" \(did you mean "branch"/,
    ],
    [
      'two days',
      () => diffGrades(dated('2024-01-01'), dated('2024-01-02')),
      /expected grades of one day, got 2024-01-01 and 2024-01-02/,
    ],
    [
      'a day and none',
      () => diffGrades(dated('2024-01-01'), one),
      /got 2024-01-01 and an unstated day/,
    ],
    [
      'two books',
      () => diffGrades(one, assess(others, calibrate(others))),
      /no customer is in both/,
    ],
    [
      'a golden customer nobody grades',
      () => diffGrades(one, one, { golden: [{ customerId: 'bobb', action: 'renew' }] }),
      /no plan grades a customer "bobb" \(did you mean "bob"/,
    ],
    [
      'a risk tier that no plan has',
      () => diffGrades(one, one, { golden: [{ customerId: 'bob', riskTier: 'healty' }] }),
      /golden: bob: expected risk_tier to be one of excellent, .* got "healty" \(did you mean "healthy"/,
    ],
    [
      'a service that no plan has',
      () => diffGrades(one, one, { golden: [{ customerId: 'bob', serviceTier: 'gold' }] }),
      /golden: bob: expected service_tier to be one of signature, plus, standard, basic, got "gold"/,
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(MisuseError);
    expect(call).toThrow(message);
  });

  test('but a book of one customer is compared', () => {
    const alone = assess(others, calibrate(others));
    expect(diffGrades(alone, alone).both.customers).toBe(1);
    expect(customerAt(alone, 0).customerId).toBe('zoe');
  });
});

describeOnRealBook('the Spanish motor book under two thresholds', () => {
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const { book } = readExperience(
    sharedRows('data/spanish-motor/policy_years.csv.gz', ';'),
    columns,
  );
  const gradedBy = (plan: PlanInput) => {
    const measured = indicators(book, { asOf: '2018-12-31', plan });
    return assess(measured, calibrate(measured, plan));
  };
  const before = gradedBy({});
  const after = gradedBy({ pricing: { expenseRatio: 0.35 }, window: { months: 24 } });
  const strict = gradedBy({ pricing: { expenseRatio: 0.35 } });

  test('sums agree with two summaries to the cent, of one window and of two', () => {
    expectSameSums(diffGrades(before, strict), summarize(before), summarize(strict));
    const diff = diffGrades(before, after);
    expectSameSums(diff, summarize(before), summarize(after));
    expect(diff.onlyBefore.customers).toBeGreaterThan(0);
  });

  test('who moves is who stands between the two lines, counted by hand', () => {
    const { risk, movers } = diffGrades(before, strict);
    const ratios = before.scores.expected_loss_ratio;
    const between = [...ratios.keys()].filter(
      (row) =>
        before.table.columns.claim_count[row] > 0 &&
        before.table.columns.exposure_years[row] >= 1 &&
        ratios[row] > 0.6 &&
        ratios[row] <= 0.65,
    );
    expect(between.length).toBeGreaterThan(100);
    expect(Array.from(movers.before)).toEqual(between);
    expect(risk.movements).toHaveLength(1);
    const { incurred_loss } = before.table.columns;
    expect(risk.downgrades.after.incurred).toBeCloseTo(
      between.reduce((total, row) => total + incurred_loss[row], 0),
      2,
    );
  });
});
