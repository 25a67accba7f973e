import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniformFrom } from '../../../src/base/random.js';
import {
  assess,
  calibrate,
  dayFromISO,
  type Grades,
  indicators,
  MisuseError,
  type PlanInput,
  readBook,
  readExperience,
  readIndicators,
  riskTiers,
} from '../../../src/index.js';
import { migrationChart } from '../../../src/portfolio/migration/charts.js';
import { longRun, stationary } from '../../../src/portfolio/migration/long-run.js';
import { orderTest, worstByOrigin } from '../../../src/portfolio/migration/markov.js';
import { showMigration } from '../../../src/portfolio/migration/view.js';
import { planLines } from '../../../src/portfolio/migration/warnings.js';
import { gradedDays, type Migration, migrate, type TierMovements } from '../../../src/portfolio.js';
import { toRows, toText } from '../../../src/report/show.js';
import { sum as yearlySum } from '../../support/experience.js';
import { fixedModel } from '../../support/fixed-model.js';
import { randomPlan, withPremium } from '../../support/random-book.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';
import { runs } from '../../support/slow.js';

type Ready = Record<string, string | number>;
const customer = (
  customerId: string,
  claimCount: number,
  earnedPremium: number,
  more: Ready = {},
) => ({
  customerId,
  earnedPremium,
  exposureYears: 2,
  claimCount,
  incurredLoss: 100 * claimCount,
  tenureYears: 3,
  annualPremium: 400,
  lapsed: 0,
  ...more,
});
/** Expected loss ratio under this model: 0.6 × (1 + claims) ÷ (1 + premium ÷ 2500). */
const gradedOn = (asOf: string, customers: Ready[], plan: PlanInput = {}): Grades => {
  const { table, issues } = readIndicators(customers, { asOf });
  expect(issues).toEqual([]);
  return assess(table, fixedModel(plan));
};
const onDay = (grades: Grades, day: string): Grades => ({
  ...grades,
  table: { ...grades.table, asOf: dayFromISO(day) },
});

const then = [
  customer('ann', 0, 2500), // 0.3, excellent
  customer('bob', 1, 2500, { annualPremium: 900 }), // 0.6, healthy, high value
  customer('cid', 2, 2500), // 0.9, sub-healthy
  customer('dan', 4, 2500), // 1.5, high-risk
  customer('eve', 0, 2500, { exposureYears: 0.5 }), // unrated
  customer('fay', 0, 2500, { lapsed: 1, annualPremium: 0 }),
  customer('gus', 0, 2500),
  customer('hal', 0, 2500, { lapsed: 1, annualPremium: 0 }),
  customer('kim', 1, 2500),
];
const now = [
  customer('ann', 1, 2500), // 0.6, healthy
  customer('bob', 1, 5000, { annualPremium: 300 }), // 0.4, healthy, low value
  customer('cid', 2, 2200), // 1.8 ÷ 1.88 = 0.957, sub-healthy
  customer('dan', 4, 7500), // 0.75, sub-healthy
  customer('eve', 0, 2500, { exposureYears: 1.5 }), // excellent
  customer('fay', 0, 2500), // came back
  customer('hal', 0, 2000, { lapsed: 1, annualPremium: 0 }),
  customer('ian', 0, 2500, { exposureYears: 0.5, tenureYears: 0.5 }), // new and unrated
  customer('joe', 4, 2500, { tenureYears: 4 }), // here before, first known now
  customer('kim', 1, 2500, { lapsed: 1, annualPremium: 0 }), // lapsed
];
const before = gradedOn('2023-01-01', then);
const after = gradedOn('2024-01-01', now);
const cellOf = ({ cells }: TierMovements, from: string | null, to: string | null) => {
  const found = cells.find((cell) => cell.from === from && cell.to === to);
  if (!found) throw new Error(`no cell ${from} ${to}`);
  return found;
};

describe('a book worked out by hand, 2023-01-01 to 2024-01-01', () => {
  const migration = migrate(before, after);
  const { riskTiers: risk, valueTiers: value, serviceTiers: service, warnings } = migration;

  test('every customer stands in one cell of the matrix', () => {
    const occupied = risk.cells
      .filter(({ customers }) => customers > 0)
      .map(({ from, to, customers }) => [from, to, customers]);
    expect(occupied).toEqual([
      ['excellent', 'healthy', 1], // ann
      ['excellent', null, 1], // gus
      ['healthy', 'healthy', 1], // bob
      ['healthy', null, 1], // kim
      ['sub-healthy', 'sub-healthy', 1], // cid
      ['high-risk', 'sub-healthy', 1], // dan
      ['unrated', 'excellent', 1], // eve
      [null, 'excellent', 1], // fay
      [null, 'high-risk', 1], // joe
      [null, 'unrated', 1], // ian
      [null, null, 1], // hal
    ]);
  });

  test('cells have the figures of both days, and their share of the row', () => {
    expect(cellOf(risk, 'high-risk', 'sub-healthy')).toEqual({
      from: 'high-risk',
      to: 'sub-healthy',
      customers: 1,
      before: { earnedPremium: 2500, annualPremium: 400, incurred: 400 },
      after: { earnedPremium: 7500, annualPremium: 400, incurred: 400 },
      share: 1,
    });
    expect(cellOf(risk, 'excellent', 'healthy').share).toBe(0.5);
    // Gus is not in the later book at all, Kim is, without cover.
    expect(cellOf(risk, 'excellent', null).after.earnedPremium).toBe(0);
    expect(cellOf(risk, 'healthy', null).after).toEqual({
      earnedPremium: 2500,
      annualPremium: 0,
      incurred: 100,
    });
    expect(cellOf(risk, null, 'excellent').share).toBeNull();
  });

  test('what became of them', () => {
    const counts = Object.entries(risk.movements).map(([name, { customers }]) => [name, customers]);
    expect(Object.fromEntries(counts)).toEqual({
      same: 2, // bob, cid
      upgraded: 1, // dan
      downgraded: 1, // ann
      'newly rated': 1, // eve
      'no longer rated': 0,
      left: 2, // gus, kim
      joined: 2, // fay, ian
      'newly known': 1, // joe
      'without cover on both days': 1, // hal
    });
    expect(risk.movements.left.before.annualPremium).toBe(800);
    expect(migration.returned).toBe(1); // fay
  });

  test('by value Bob fell; by service Ann and Bob fell, and Eve rose', () => {
    expect(value.movements.downgraded.customers).toBe(1);
    expect(cellOf(value, 'high', 'low').before.annualPremium).toBe(900);
    // Ann: plus → standard. Bob: plus → standard. Eve: standard → plus. Dan: basic → basic.
    expect(service.movements.downgraded.customers).toBe(2);
    expect(service.movements.upgraded.customers).toBe(1);
    expect(cellOf(service, 'basic', 'basic').customers).toBe(2);
  });

  test('both books in all', () => {
    expect(migration.before).toEqual({
      ...{ customers: 9, inForce: 7, earnedPremium: 22500, annualPremium: 3300, incurred: 800 },
    });
    expect(migration.after).toMatchObject({ customers: 10, inForce: 8 });
    expect(migration).toMatchObject({ from: '2023-01-01', to: '2024-01-01', years: 1 });
  });

  test('warned are Ann, 0.05 below 0.65 at 0.3 a year, and Cid, 0.043 below 1 at 0.057 a year', () => {
    expect(warnings.lines).toEqual([
      { value: 0.65, label: 'permissible loss ratio' },
      { value: 1, label: 'break-even' },
    ]);
    expect(warnings.list.map(({ customerId }) => customerId)).toEqual(['ann', 'cid']);
    const [ann, cid] = warnings.list;
    expect(ann).toMatchObject({ tier: 'healthy', tierBeyond: 'sub-healthy', annualPremium: 400 });
    expect(ann.changeAYear).toBeCloseTo(0.3, 12);
    expect(ann.yearsToLine).toBeCloseTo(0.05 / 0.3, 12);
    expect(ann.line.label).toBe('permissible loss ratio');
    expect(cid).toMatchObject({ tierBeyond: 'high-risk', line: { value: 1 } });
    expect(cid.yearsToLine).toBeCloseTo((1 - 1.8 / 1.88) / (1.8 / 1.88 - 0.9), 12);
    expect(warnings).toMatchObject({ customers: 2, annualPremium: 800 });
  });

  test('the other way, Dan would cross 1 in a third of a year; Bob needs 1.25 years', () => {
    expect(warnings.reversed).toBe(1);
    expect(migrate(before, after, { horizonYears: 1.3 }).warnings.reversed).toBe(2);
    const short = migrate(before, after, { horizonYears: 0.5 }).warnings;
    expect(short.list.map(({ customerId }) => customerId)).toEqual(['ann']);
  });

  test('the rows say all of this of each customer', () => {
    const rows = [...toRows(migration)];
    const cells = (k: number) => rows[k];
    expect(cells(0)).toMatchObject({
      ...{ customer_id: 'ann', movement: 'downgraded', warning: 'yes' },
      ...{ risk_tier_before: 'excellent', risk_tier_after: 'healthy' },
      ...{ next_line: 'permissible loss ratio', next_line_at: 0.65 },
    });
    expect(cells(6)).toMatchObject({
      ...{ customer_id: 'gus', movement: 'left', risk_tier_after: null, warning: 'no' },
      ...{ annual_premium_after: null, change_a_year: null, years_to_line: null },
    });
    expect(cells(10)).toMatchObject({ customer_id: 'kim', risk_tier_after: 'no cover' });
    expect(cells(9)).toMatchObject({ customer_id: 'joe', movement: 'newly known' });
  });

  test('the report says it in words, in lines of a hundred columns, and the chart is plain JSON', () => {
    const text = toText(migration);
    const said = text.replaceAll('\n', ' ');
    expect(said).toMatch(
      /7 of 9 graded customers in force on the first day, 8 of 10 on the second/,
    );
    expect(said).toMatch(/in force on 2023-01-01 and 2024-01-01, 40\.0% kept their risk tier/);
    expect(said).toMatch(/2 customers in force, with an annual premium of 800\.00/);
    expect(said).toMatch(
      /mostly chance: had every loss ratio changed as much the other way, 1 customer/,
    );
    expect(text).not.toMatch(/NaN|undefined|null/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    for (const kind of ['risk', 'value', 'service'] as const) {
      const chart = migrationChart(migration, kind);
      expect(JSON.parse(JSON.stringify(chart))).toStrictEqual(chart);
    }
    const { data } = migrationChart(migration) as { data: { values: { text: string }[] } };
    // Six by six, without those who had no cover on either day.
    expect(data.values).toHaveLength(35);
    expect(data.values[1]).toMatchObject({ before: 'excellent', after: 'healthy', share: 0.5 });
  });
});

describe('lines and warnings', () => {
  const oneBefore = (ratioClaims: number, premium = 2500, more: Ready = {}) =>
    gradedOn('2023-01-01', [customer('one', ratioClaims, premium, more)]);

  test('a customer without a claim has no line, however high its loss ratio', () => {
    // From 0.3 to 0.58: near 0.65 at a good pace, but excellent for want of a claim.
    const { warnings } = migrate(oneBefore(0), gradedOn('2024-01-01', [customer('one', 0, 86)]));
    expect(warnings.customers).toBe(0);
  });

  test('a line that was crossed is a downgrade and no warning; beyond the last there is none', () => {
    const crossed = migrate(oneBefore(2), gradedOn('2024-01-01', [customer('one', 3, 2500)]));
    expect(crossed.riskTiers.movements.downgraded.customers).toBe(1);
    expect(crossed.warnings).toMatchObject({ customers: 0, list: [] });
  });

  test('soonest first, then the largest premium, then by id', () => {
    const premiums = { d: 200, a: 100, c: 300, b: 200 };
    const grade = (day: string, claims: number, soon: number) =>
      gradedOn(day, [
        ...Object.entries(premiums).map(([id, annualPremium]) =>
          customer(id, claims, 2500, { annualPremium }),
        ),
        customer('z', claims, soon),
      ]);
    const { warnings } = migrate(grade('2023-01-01', 0, 2500), grade('2024-01-01', 1, 2400));
    expect(warnings.list.map(({ customerId }) => customerId)).toEqual(['z', 'c', 'b', 'd', 'a']);
  });

  test('lines are read from the rules: arithmetic on settings is one, another indicator is none', () => {
    const rules: NonNullable<PlanInput['risk']>['rules'] = [
      { tier: 'high-risk', when: ['>', 'expected_loss_ratio', ['*', 2, 'permissible_loss_ratio']] },
      {
        tier: 'sub-healthy',
        when: ['and', ['<', 0.9, 'rated_loss_ratio'], ['>', 'claim_count', 1]],
      },
      { tier: 'sub-healthy', when: ['>', 'rated_loss_ratio', 'claim_frequency'] },
      { tier: 'sub-healthy', when: ['>', 'loss_ratio', 3] },
    ];
    const lines = planLines(fixedModel({ risk: { rules } }));
    expect(lines.map(({ value }) => value)).toEqual([0.9, 1.3]);
    expect(lines[1].label).toBe('2 times permissible loss ratio');
    const observed = planLines(fixedModel({ risk: { rules, basis: 'observed' } }));
    expect(observed.map(({ value }) => value)).toEqual([0.9, 3]);
    const none = gradedOn('2024-01-01', now, { risk: { rules: [], otherwise: 'healthy' } });
    const said = toText(migrate(onDay(none, '2023-01-01'), none));
    expect(said.replaceAll('\n', ' ')).toMatch(/have no loss ratio threshold/);
  });

  test('the rating on observed loss ratios has its pace from them', () => {
    const plan: PlanInput = { risk: { basis: 'observed' } };
    const grade = (day: string, incurredLoss: number) =>
      gradedOn(day, [customer('one', 1, 1000, { incurredLoss })], plan);
    const { warnings } = migrate(grade('2023-01-01', 500), grade('2024-01-01', 600));
    expect(warnings.list[0].changeAYear).toBeCloseTo(0.1, 12);
    expect(warnings.list[0].yearsToLine).toBeCloseTo(0.5, 12);
  });

  test('what the same rule said a step earlier is set against what came', () => {
    const earlier = gradedOn('2022-01-01', [
      customer('up', 0, 2500),
      customer('calm', 1, 2500),
      customer('fall', 0, 2500),
      customer('down', 4, 2500),
    ]);
    const middle = gradedOn('2023-01-01', [
      customer('up', 1, 2500), // 0.3 → 0.6: warned
      customer('calm', 1, 2500), // 0.6 → 0.6
      customer('fall', 1, 2500), // warned
      customer('down', 4, 7500), // 1.5 → 0.75: warned in reverse
    ]);
    const last = gradedOn('2024-01-01', [
      customer('up', 1, 2500),
      customer('calm', 2, 2500), // falls
      customer('fall', 2, 2500), // falls
      customer('down', 4, 20000), // rises, which is no going down
    ]);
    expect(migrate(middle, last, { earlier }).warnings.trackRecord).toEqual({
      warned: { customers: 2, wentDown: 1 },
      reversed: { customers: 1, wentDown: 0 },
      others: { customers: 1, wentDown: 1 },
    });
    expect(migrate(middle, last).warnings.trackRecord).toBeNull();
    const said = toText(migrate(middle, last, { earlier })).replaceAll('\n', ' ');
    expect(said).toMatch(/on the first day, 1 of 2 \(50\.0%\) had gone down .* These are too few/);
  });

  test.each([
    [25, 20, /So the pace of change predicts no better than chance/],
    [30, 6, /So the pace of change predicts more than being near a threshold alone/],
  ])('of 40 warned %i went down, of 40 in reverse %i', (warned, reversed, verdict) => {
    const migration = migrate(before, after);
    const others = { customers: 0, wentDown: 0 };
    const trackRecord = {
      warned: { customers: 40, wentDown: warned },
      reversed: { customers: 40, wentDown: reversed },
      others,
    };
    const warnings = { ...migration.warnings, trackRecord };
    expect(toText(showMigration({ ...migration, warnings })).replaceAll('\n', ' ')).toMatch(
      verdict,
    );
  });
});

const added = (parts: readonly { customers: number; before: object; after: object }[]) => {
  const total = (side: 'before' | 'after', name: string) =>
    parts.reduce((all, part) => all + Number(part[side][name as keyof object]), 0);
  return {
    customers: parts.reduce((all, { customers }) => all + customers, 0),
    ...Object.fromEntries(
      (['before', 'after'] as const).flatMap((side) =>
        ['earnedPremium', 'annualPremium', 'incurred'].map((name) => [
          `${side} ${name}`,
          total(side, name),
        ]),
      ),
    ),
  } as Record<string, number>;
};

describe('laws', () => {
  const anyMigration = fc.tuple(withPremium, randomPlan).map(([{ policies, claims }, plan]) => {
    const { book } = readBook(policies, claims);
    // The anchor of every random book has cover from 2021 to 2024.
    return gradedDays(book, { from: '2022-07-01', to: '2023-07-01', plan });
  });

  test('cells and movements add up to both books, in customers, premium and losses', () => {
    fc.assert(
      fc.property(anyMigration, ({ before: one, after: other }) => {
        const migration = migrate(one, other);
        const union = new Set([...one.table.ids, ...other.table.ids]).size;
        for (const kind of ['riskTiers', 'valueTiers', 'serviceTiers'] as const) {
          const { cells, movements } = migration[kind];
          for (const sums of [added(cells), added(Object.values(movements))]) {
            expect(sums.customers).toBe(union);
            for (const [side, { columns }] of [
              ['before', one.table],
              ['after', other.table],
            ] as const) {
              const all = (name: string) => columns[name].reduce((a, b) => a + b, 0);
              expect(sums[`${side} earnedPremium`]).toBeCloseTo(all('earned_premium'), 5);
              expect(sums[`${side} annualPremium`]).toBeCloseTo(all('annual_premium'), 5);
              expect(sums[`${side} incurred`]).toBeCloseTo(all('incurred_loss'), 5);
            }
          }
          const inForce = (of: Grades) => of.table.columns.lapsed.filter((lapsed) => lapsed === 0);
          const from = cells.filter((cell) => cell.from !== null);
          const to = cells.filter((cell) => cell.to !== null);
          expect(added(from).customers).toBe(inForce(one).length);
          expect(added(to).customers).toBe(inForce(other).length);
        }
      }),
      { numRuns: runs(25) },
    );
  });

  test('the days the other way round give the matrix the other way round', () => {
    fc.assert(
      fc.property(anyMigration, ({ before: one, after: other }) => {
        const there = migrate(one, other);
        const back = migrate(onDay(other, '2022-07-01'), onDay(one, '2023-07-01'));
        for (const kind of ['riskTiers', 'valueTiers', 'serviceTiers'] as const) {
          for (const { from, to, customers, before: was, after: is } of there[kind].cells) {
            const cell = cellOf(back[kind], to, from);
            expect([cell.customers, cell.before, cell.after]).toEqual([customers, is, was]);
          }
          const { upgraded, downgraded, left } = back[kind].movements;
          expect(upgraded.customers).toBe(there[kind].movements.downgraded.customers);
          expect(downgraded.customers).toBe(there[kind].movements.upgraded.customers);
          const { joined, 'newly known': known } = there[kind].movements;
          expect(left.customers).toBe(joined.customers + known.customers);
        }
      }),
      { numRuns: runs(20) },
    );
  });

  test('in a book graded with itself nobody moves, and nobody is warned of', () => {
    fc.assert(
      fc.property(anyMigration, ({ before: one }) => {
        const { riskTiers: risk, warnings } = migrate(one, onDay(one, '2023-07-01'));
        const { same, 'without cover on both days': without, ...others } = risk.movements;
        expect(same.customers + without.customers).toBe(one.length);
        expect(added(Object.values(others)).customers).toBe(0);
        expect([warnings.customers, warnings.reversed]).toEqual([0, 0]);
      }),
      { numRuns: runs(15) },
    );
  });
});

describe('the long-run split', () => {
  test('two states: b ÷ (a + b) and a ÷ (a + b), to the last digits however rare the moves', () => {
    for (const [a, b] of [
      [0.2, 0.1],
      [1e-9, 3e-9],
      [0.5, 1e-15],
    ]) {
      const shares = stationary([
        [1 - a, a],
        [b, 1 - b],
      ]);
      expect(shares[0] / (b / (a + b))).toBeCloseTo(1, 12);
      expect(shares[1] / (a / (a + b))).toBeCloseTo(1, 12);
    }
  });

  test('the weather in the Land of Oz: 2/5 rain, 1/5 nice, 2/5 snow', () => {
    // Kemeny, Snell and Thompson (1974), Introduction to Finite Mathematics, 3rd ed.; Grinstead and
    // Snell (1997), Introduction to Probability, example 11.19.
    const counts = [
      [2, 1, 1],
      [2, 0, 2],
      [1, 1, 2],
    ];
    const { shares, closed, note } = longRun(['rain', 'nice', 'snow'], counts);
    expect(Object.keys(shares ?? {})).toEqual(['rain', 'nice', 'snow']);
    expect(shares?.rain).toBeCloseTo(0.4, 14);
    expect(shares?.nice).toBeCloseTo(0.2, 14);
    expect(shares?.snow).toBeCloseTo(0.4, 14);
    expect([closed, note]).toEqual([[['rain', 'nice', 'snow']], null]);
  });

  test('any chain in which all moves occur is left as it is by them', () => {
    const chain = fc.integer({ min: 1, max: 6 }).chain((n) =>
      fc.array(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: n, maxLength: n }), {
        minLength: n,
        maxLength: n,
      }),
    );
    fc.assert(
      fc.property(chain, (counts) => {
        const chances = counts.map((row) => {
          const all = row.reduce((a, b) => a + b, 0);
          return row.map((count) => count / all);
        });
        const shares = stationary(chances);
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        for (let j = 0; j < shares.length; j++) {
          const next = shares.reduce((all, share, i) => all + share * chances[i][j], 0);
          expect(next).toBeCloseTo(shares[j], 12);
        }
      }),
    );
  });

  test('a tier that nobody leaves takes all in the end, and that is said', () => {
    const { shares, note } = longRun(
      ['a', 'b', 'c'],
      [
        [5, 5, 0],
        [1, 5, 1],
        [0, 0, 9],
      ],
    );
    expect(shares).toEqual({ a: 0, b: 0, c: 1 });
    expect(note).toMatch(/nobody who was c was seen to leave it/);
  });

  test('several groups that nobody leaves: it depends on where one begins, so no split is guessed', () => {
    const { shares, closed, note } = longRun(
      ['a', 'b', 'c', 'd'],
      [
        [1, 1, 0, 0],
        [1, 1, 0, 0],
        [1, 0, 1, 1],
        [0, 0, 0, 3],
      ],
    );
    expect(shares).toBeNull();
    expect(closed).toEqual([['a', 'b'], ['d']]);
    expect(note).toMatch(/2 groups of tiers that nobody leaves \(a and b; d\)/);
  });

  test('a tier that was entered but that nobody was in before says nothing; an empty one is excluded', () => {
    const entered = longRun(
      ['a', 'b'],
      [
        [5, 1],
        [0, 0],
      ],
    );
    expect(entered.shares).toBeNull();
    expect(entered.note).toMatch(/nobody was b on the earlier day/);
    expect(
      longRun(
        ['a', 'b', 'c'],
        [
          [1, 0, 1],
          [0, 0, 0],
          [1, 0, 1],
        ],
      ).shares,
    ).toEqual({
      ...{ a: 0.5, b: 0, c: 0.5 },
    });
    expect(longRun(['a'], [[0]]).note).toMatch(/nobody was seen to move/);
  });

  test('of the whole book: leavers are replaced by joiners with the tiers of joiners', () => {
    // Two excellent: one stays, one leaves. One high-risk, who stays. Two join: one of each tier.
    const one = gradedOn('2023-01-01', [
      customer('a', 0, 2500),
      customer('b', 0, 2500),
      customer('c', 4, 2500),
      customer('d', 4, 2500),
    ]);
    const other = gradedOn('2024-01-01', [
      customer('a', 0, 2500),
      customer('c', 4, 2500),
      customer('d', 0, 2500),
      customer('e', 0, 2500, { tenureYears: 0.5 }),
      customer('f', 4, 2500, { tenureYears: 0.5 }),
    ]);
    const { book, stayers } = migrate(one, other).longRun;
    // Excellent → high-risk ½ × ½ = ¼; high-risk → excellent ½: shares 2/3 and 1/3.
    expect(book.shares?.excellent).toBeCloseTo(2 / 3, 14);
    expect(book.shares?.['high-risk']).toBeCloseTo(1 / 3, 14);
    expect(stayers.shares?.excellent).toBe(1);
    expect(stayers.note).toMatch(/nobody who was excellent was seen to leave it/);
    const shrinking = migrate(one, gradedOn('2024-01-01', [customer('a', 0, 2500)]));
    expect(shrinking.longRun.book.note).toMatch(/nobody joined in their place/);
  });
});

describe('the test for memory', () => {
  test('worked by hand: 2 × (30 ln 30/25 + 10 ln 10/15 + 20 ln 20/25 + 20 ln 20/15) = 5.4115', () => {
    const counts = [
      [
        [30, 10],
        [5, 5],
      ],
      [
        [20, 20],
        [10, 10],
      ],
    ];
    const found = orderTest(counts);
    expect(found.statistic).toBeCloseTo(5.411532, 5);
    expect(found.degreesOfFreedom).toBe(2);
    // On two degrees of freedom the chance to be above x is e^(−x ÷ 2).
    expect(found.pValue).toBeCloseTo(Math.exp(-5.411532 / 2), 6);
    expect(found).toMatchObject({ cells: 8, sparseCells: 0 });
    // One degree: 5.412 is the 2 % point of chi-square (Fisher and Yates, 1938, table IV).
    const single = orderTest([
      [
        [30, 10],
        [0, 0],
      ],
      [
        [20, 20],
        [0, 0],
      ],
    ]);
    expect(single.degreesOfFreedom).toBe(1);
    expect(single.pValue).toBeCloseTo(0.02, 4);
  });

  test('degrees of freedom are those of origins and outcomes that occur', () => {
    const none = [0, 0, 0];
    const counts = [
      [[4, 6, 0], none, [1, 2, 3]],
      [none, none, [3, 2, 1]],
      [
        [6, 4, 0],
        [5, 5, 5],
        [2, 2, 2],
      ],
    ];
    // Middle 0: two origins, two outcomes; 1: one origin; 2: three and three.
    const { degreesOfFreedom, cells, sparseCells } = orderTest(counts);
    expect([degreesOfFreedom, cells, sparseCells]).toEqual([1 + 0 + 4, 4 + 9, 9]);
    const nothing = orderTest([
      [[5, 5], none.slice(1)],
      [none.slice(1), [5, 5]],
    ]);
    expect([nothing.pValue, nothing.degreesOfFreedom]).toEqual([null, 0]);
  });

  test('how much origin matters: chances by origin, and their mean distance from the tier as a whole', () => {
    const counts = [
      [
        [30, 10],
        [5, 5],
      ],
      [
        [20, 20],
        [10, 10],
      ],
    ];
    const { byOrigin, meanDifference } = worstByOrigin(counts, ['good', 'bad'], 1);
    expect(byOrigin).toEqual([
      { before: 'good', now: 'good', customers: 40, chance: 0.25 },
      { before: 'bad', now: 'good', customers: 40, chance: 0.5 },
      { before: 'good', now: 'bad', customers: 10, chance: 0.5 },
      { before: 'bad', now: 'bad', customers: 20, chance: 0.5 },
    ]);
    // 80 of 110 customers are 0.125 from 0.375.
    expect(meanDifference).toBeCloseTo((80 * 0.125) / 110, 12);
    expect(worstByOrigin([[[0]]], ['good'], 0).meanDifference).toBeNull();
  });

  /** Three days of 600 customers; `chance(before, now)` is that of the second state next. */
  const simulated = (seed: number, chance: (before: number, now: number) => number) => {
    const uniform = uniformFrom(seed);
    const counts = [0, 1].map(() => [0, 1].map(() => [0, 0]));
    for (let c = 0; c < 600; c++) {
      const first = uniform() < 0.4 ? 1 : 0;
      const middle = uniform() < chance(first, first) ? 1 : 0;
      counts[first][middle][uniform() < chance(first, middle) ? 1 : 0]++;
    }
    return orderTest(counts).pValue ?? 1;
  };
  const seeds = Array.from({ length: 1000 }, (_, seed) => seed + 1);

  test('a chain without memory is rejected in about one of twenty seeds', () => {
    const rejected = seeds.filter((seed) => simulated(seed, (_, now) => (now ? 0.6 : 0.2)) < 0.05);
    // 50 expected, standard deviation 7.
    expect(rejected.length).toBeGreaterThan(28);
    expect(rejected.length).toBeLessThan(72);
  });

  test('a chain that remembers the day before is rejected', () => {
    const remembers = (was: number, now: number) => 0.15 + 0.3 * now + 0.25 * was;
    const rejected = seeds.slice(0, 200).filter((seed) => simulated(seed, remembers) < 0.05);
    expect(rejected.length).toBeGreaterThan(190);
  });

  test('of graded days: those in force on all three, and what is said of them', () => {
    const many = (day: string, claims: (k: number) => number, absent: string[] = []) =>
      gradedOn(
        day,
        Array.from({ length: 160 }, (_, k) => `c${100 + k}`)
          .map((id, k) => customer(id, claims(k), 2500))
          .filter(({ customerId }) => !absent.includes(customerId)),
      );
    // All healthy on the middle day: of those who had been excellent a quarter fall to high-risk, of
    // those who had been sub-healthy half.
    const earlier = many('2022-01-01', (k) => (k < 80 ? 0 : 2), ['c100']);
    const middle = many('2023-01-01', () => 1);
    const last = many('2024-01-01', (k) => (k % (k < 80 ? 4 : 2) === 1 ? 4 : 1));
    const migration = migrate(middle, last, { earlier });
    expect(migration.markov).toMatchObject({
      ...{ earliest: '2022-01-01', customers: 159, degreesOfFreedom: 1, worstTier: 'high-risk' },
      byOrigin: [
        { before: 'excellent', now: 'healthy', customers: 79, chance: 20 / 79 },
        { before: 'sub-healthy', now: 'healthy', customers: 80, chance: 0.5 },
      ],
    });
    const said = toText(migration).replaceAll('\n', ' ');
    expect(said).toMatch(/The moves depend on earlier tiers: .* p = 0\.00\d\d\)/);
    expect(said).toMatch(
      /most among the healthy, 50\.0% of those who were sub-healthy before and 25\.3% of those who were excellent/,
    );
    expect(toText(migrate(middle, last)).replaceAll('\n', ' ')).toMatch(
      /Whether the moves depend on earlier tiers cannot be tested from two days/,
    );
  });
});

describe('the graded days', () => {
  const term = (id: string, year: number, premium = 400) => ({
    customerId: id,
    policyId: id,
    from: `${year}-01-01`,
    to: `${year + 1}-01-01`,
    premium,
  });
  const terms = ['ann', 'bob', 'cid'].flatMap((id) =>
    [2020, 2021, 2022, 2023].map((y) => term(id, y)),
  );
  const claims = [
    { claimId: 1, policyId: 'ann', occurredOn: '2021-05-02', paid: 300 },
    { claimId: 2, policyId: 'bob', occurredOn: '2022-05-02', paid: 500 },
  ];
  const late = {
    claimId: 3,
    policyId: 'cid',
    occurredOn: '2022-12-02',
    reportedOn: '2023-01-01',
    paid: 9000,
  };
  const days = { from: '2023-01-01', to: '2024-01-01' };

  test('a plan is calibrated as of the first day, and its model grades all days', () => {
    const { before: one, after: other, earlier } = gradedDays(readBook(terms, claims).book, days);
    expect(one.model.fittedOn.asOf).toBe('2023-01-01');
    expect(other.model.hash).toBe(one.model.hash);
    expect(earlier?.model.hash).toBe(one.model.hash);
    expect(earlier?.table.asOf).toBe(dayFromISO('2022-01-01'));
    const plain = indicators(readBook(terms, claims).book, { asOf: '2023-01-01' });
    expect(one.model.hash).toBe(calibrate(plain).hash);
  });

  test('what is reported on the first day or later changes nothing of it', () => {
    const without = gradedDays(readBook(terms, claims).book, days);
    const withLate = gradedDays(readBook(terms, [...claims, late]).book, days);
    expect(withLate.before.scores).toEqual(without.before.scores);
    expect(withLate.before.model.hash).toBe(without.before.model.hash);
    expect(withLate.after.table.columns.claim_count).not.toEqual(
      without.after.table.columns.claim_count,
    );
  });

  test('a cap that is a quantile of claims is that of the first day on all days', () => {
    const { before: one, after: other } = gradedDays(readBook(terms, [...claims, late]).book, {
      ...days,
      plan: { claims: { cap: { quantile: 0.5 } } },
    });
    // Half of the claims, 300 and 500, cost at most 300; the claim of 9,000 was known later.
    expect([one.table.cap, other.table.cap]).toEqual([{ amount: 300 }, { amount: 300 }]);
  });

  test('a model is used as it is', () => {
    const model = calibrate(indicators(readBook(terms, claims).book, { asOf: '2022-01-01' }));
    const { before: one, after: other } = gradedDays(readBook(terms, claims).book, {
      ...days,
      model,
    });
    expect([one.model.hash, other.model.hash]).toEqual([model.hash, model.hash]);
  });

  test('a day is mirrored by the month where it can be, by the day else; not reached back it is said', () => {
    const { book } = readBook(terms, claims);
    const leap = gradedDays(book, { from: '2022-02-28', to: '2023-02-28' });
    expect(leap.earlier?.table.asOf).toBe(dayFromISO('2021-02-28'));
    const odd = gradedDays(book, { from: '2022-01-01', to: '2022-03-02' });
    expect(odd.earlier?.table.asOf).toBe(dayFromISO('2021-11-02'));
    const early = gradedDays(book, { from: '2020-06-01', to: '2021-06-01' });
    expect(early.earlier).toBeUndefined();
    expect(early.notes[0]).toMatch(/does not reach back to a third day, 2019-06-01/);
    expect(gradedDays(book, { ...days, earlier: '2022-07-01' }).earlier?.table.asOf).toBe(
      dayFromISO('2022-07-01'),
    );
  });

  test('leavers within the grace may yet renew, and that is said', () => {
    const dropped = terms.filter(({ customerId, from }) => customerId !== 'bob' || from < '2023');
    const { notes } = gradedDays(readBook(dropped, claims).book, {
      from: '2022-01-15',
      to: '2023-01-15',
    });
    expect(notes.join()).toMatch(/1 customer of the 1 leaver had cover until 30 days before/);
  });

  test('yearly sums that still run on a day are excluded on both days alike, unless their day is stated', () => {
    const sums = [2020, 2021, 2022, 2023].flatMap((y) => [
      yearlySum('ann', y, 400, 0, 0),
      yearlySum('bob', y, 400, y === 2022 ? 2 : 0, 0),
    ]);
    const half = { from: '2022-07-01', to: '2023-07-01' };
    const unstated = gradedDays(readExperience(sums).book, half);
    // On the first day 2020 and 2021 have ended; on the second 2022 too, and 2020 is out of the window.
    expect(Array.from(unstated.before.table.columns.exposure_years)).toEqual([2, 2]);
    expect(Array.from(unstated.after.table.columns.claim_count)).toEqual([0, 2]);
    expect(Array.from(unstated.after.table.columns.exposure_years)).toEqual([2, 2]);
    expect(Array.from(unstated.before.table.columns.claim_count)).toEqual([0, 0]);
    expect(unstated.notes.join()).toMatch(/taken as complete/);
    const stated = gradedDays(readExperience(sums, { valuedAt: '2023-07-01' }).book, half);
    expect(stated.before.table.columns).toEqual(unstated.before.table.columns);
    expect(stated.after.table.columns.exposure_years[0]).toBeCloseTo(2 + 181 / 365, 12);
    expect(stated.notes.join()).toMatch(
      /were taken on 2023-07-01: those that still ran on 2022-07-01/,
    );
  });
});

describe('wrong input is told', () => {
  const someDays = (from: string, to: string, earlier?: string) => () =>
    gradedDays(
      readBook(
        [{ customerId: 'a', policyId: 'a', from: '2022-01-01', to: '2023-01-01', premium: 1 }],
        [{ claimId: 1, policyId: 'a', occurredOn: '2022-02-01', paid: 1 }],
      ).book,
      {
        from,
        to,
        ...(earlier && { earlier }),
      },
    );
  test.each<[string, () => unknown, RegExp]>([
    [
      'the same day twice',
      () => migrate(before, before),
      /expected after on a later day than before, got 2023-01-01/,
    ],
    ['the days the wrong way round', () => migrate(after, before), /expected after on a later day/],
    [
      'a table instead of grades',
      () => migrate(before.table as never, after),
      /expected before to be grades/,
    ],
    ['nothing', () => migrate(before, undefined as never), /expected after to be grades/],
    [
      'no day',
      () => migrate(before, { ...after, table: { ...after.table, asOf: undefined } }),
      /the grades after state no day/,
    ],
    [
      'another option',
      () => migrate(before, after, { horizonYear: 1 } as never),
      /unknown option "horizonYear" \(did you mean "horizonYears"\?\)/,
    ],
    [
      'a horizon of 0',
      () => migrate(before, after, { horizonYears: 0 }),
      /horizonYears above 0, got 0/,
    ],
    [
      'a horizon that is none',
      () => migrate(before, after, { horizonYears: Number.NaN }),
      /horizonYears/,
    ],
    [
      'a third day that is not earlier',
      () => migrate(before, after, { earlier: before }),
      /expected before on a later day than earlier/,
    ],
    [
      'other service tiers',
      () =>
        migrate(
          before,
          gradedOn('2024-01-01', now, {
            service: {
              matrix: Object.fromEntries(
                riskTiers.map((tier) => [tier, { high: 'all', low: 'all' }]),
              ) as never,
              catalogue: { all: { entitlements: [], budget: 1 } },
            },
          }),
        ),
      /the same service tiers on both days/,
    ],
    [
      'days of a book the wrong way round',
      someDays('2023-01-01', '2022-06-01'),
      /expected the later day after the first, got \d{4}-\d{2}-\d{2} to /,
    ],
    [
      'a third day after the first',
      someDays('2022-06-01', '2022-12-01', '2022-07-01'),
      /expected the third day before 2022-06-01/,
    ],
    [
      'a day before the book',
      someDays('2021-01-01', '2022-06-01'),
      /no customer has cover in the 36 months before 2021-01-01/,
    ],
  ])('%s', (_, work, message) => {
    expect(work).toThrow(MisuseError);
    expect(work).toThrow(message);
  });

  test('one customer, and one who only leaves', () => {
    const one = gradedOn('2023-01-01', [customer('one', 1, 2500)]);
    const gone = gradedOn('2024-01-01', [customer('one', 1, 2500, { lapsed: 1 })]);
    const migration = migrate(one, gone);
    expect(migration.riskTiers.movements.left.customers).toBe(1);
    expect(migration.experienceYears).toEqual({ before: null, after: null });
    const text = toText(migration);
    expect(text.replaceAll('\n', ' ')).toMatch(
      /Nobody was in force on both 2023-01-01 and 2024-01-01/,
    );
    expect(text.replaceAll('\n', ' ')).toMatch(/nobody graded on 2024-01-01 had cover then/);
    expect(text).not.toMatch(/NaN|undefined|null/);
  });

  test('other models on the two days, and a window that fills up, are said in a note', () => {
    const strict = gradedOn('2024-01-01', now, { pricing: { expenseRatio: 0.5 } });
    expect(migrate(before, strict).notes[0]).toMatch(/different models/);
    const remembering = gradedOn('2024-01-01', now, { memory: {} });
    expect(migrate(before, remembering).notes.join()).toMatch(/no standings or overrides came in/);
    expect(migrate(before, strict).notes.join()).not.toMatch(/no standings or overrides/);
    const longer = now.map((row) => ({ ...row, exposureYears: 3 }));
    expect(migrate(before, gradedOn('2024-01-01', longer)).notes.join()).toMatch(
      /the window fills up/,
    );
  });
});

// Segura-Gisbert, Lledó and Pavía (2025), Eur. Actuar. J. 15, 241–253.
describeOnRealBook('the Spanish motor book from 2018-01-01 to 2018-12-31', () => {
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const rows = sharedRows('data/spanish-motor/policy_years.csv.gz', ';');
  const { book } = readExperience(rows, columns);
  const {
    before: one,
    after: other,
    earlier,
  } = gradedDays(book, {
    from: '2018-01-01',
    to: '2018-12-31',
  });
  const migration: Migration = migrate(one, other, { earlier });

  /** The rows that begin in the window and have ended by a day, straight from the file. */
  const ended = (from: string, day: string) => {
    const iso = (date: string) => date.split('/').reverse().join('-');
    const known = rows.filter(
      (row) => iso(row.Date_last_renewal) >= from && iso(row.Date_next_renewal) <= day,
    );
    return {
      customers: new Set(known.map(({ ID }) => ID)).size,
      earnedPremium: known.reduce((all, row) => all + Number(row.Premium), 0),
      incurred: known.reduce((all, row) => all + Number(row.Cost_claims_year), 0),
    };
  };

  test('both books are those of the rows that had ended, to the cent', () => {
    for (const [side, wanted] of [
      ['before', ended('2015-01-01', '2018-01-01')],
      ['after', ended('2015-12-31', '2018-12-31')],
    ] as const) {
      const sums = added(migration.riskTiers.cells);
      expect(migration[side].customers).toBe(wanted.customers);
      expect(sums[`${side} earnedPremium`]).toBeCloseTo(wanted.earnedPremium, 4);
      expect(sums[`${side} incurred`]).toBeCloseTo(wanted.incurred, 4);
    }
  });

  test('who moved, and what is said of it', () => {
    const { movements } = migration.riskTiers;
    expect([migration.before.inForce, migration.after.inForce]).toEqual([24285, 24562]);
    expect(movements.same.customers).toBe(14276);
    expect(movements.upgraded.customers).toBe(2412);
    expect(movements.downgraded.customers).toBe(47);
    expect(movements.left.customers).toBe(7550);
    expect(movements['newly known'].customers).toBe(7827);
    expect(migration.notes.join()).toMatch(/1\.06 exposure years .* and 2\.00 on 2018-12-31/);
    expect(migration.warnings.customers).toBeLessThan(migration.warnings.reversed);
    expect(migration.markov?.earliest).toBe('2017-01-02');
    expect(toText(migration)).not.toMatch(/NaN|undefined|null/);
  });
});
