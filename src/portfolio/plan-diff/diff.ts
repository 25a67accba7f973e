import { isoFromDay } from '../../base/calendar.js';
import { type Attribute, attributeNamed, take } from '../../base/columns.js';
import { MisuseError, requireKnown } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import type { Grades } from '../../grading/assess.js';
import type { Table } from '../../indicators/table.js';
import { modelId } from '../../model/model.js';
import { notesOnDates, notesOnNoPast } from '../summary/summarize.js';
import { brokenGolden, type GoldenCustomer } from './golden.js';
import { movesIn, movingTiers, waysBy } from './moves.js';
import { bothSidesBy, moneyColumns, oneSidedBy, pairsOf } from './pairs.js';
import {
  type DiffSide,
  type GroupDiff,
  type MovingTierName,
  movingTierNames,
  type OneSided,
  type PlanDiff,
  type PlanFigures,
  type TierDiff,
} from './result.js';
import { showDiff } from './view.js';

/** What to tell movements apart by, and who must not move. */
export interface DiffOptions {
  /** Attributes; line, branch and channel where the book has them. */
  readonly by?: readonly string[];
  /** Customers whose grades must hold under the second plan, as `readGolden` gives them. */
  readonly golden?: readonly GoldenCustomer[];
}

/** Of line, branch and channel those that a table has. */
export function usualAttributes({ attributes }: Table): Attribute[] {
  return ['line', 'branch', 'channel'].flatMap((name) =>
    attributes.filter((known) => known.name === name && known.codes.some((code) => code >= 0)),
  );
}

/**
 * Compares the grades that two plans or models give to one book on one day: who moves from where to
 * where in risk tier, value tier, service tier and action, with earned premium, incurred losses,
 * claims and lifetime value. Figures stand once as the first plan measures them (`before`) and once
 * as the second does (`after`); under the same window premium and losses are the same. A matrix and
 * those graded by one plan only add up to what `summarize` says of each.
 *
 * @throws MisuseError for grades of different days or books, and for unknown attributes, golden
 * customers or tiers
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 900, exposureYears: 3, claimCount: 1, incurredLoss: 540, tenureYears: 3, annualPremium: 300 },
 *   { customerId: 'Bob', earnedPremium: 900, exposureYears: 3, claimCount: 0, incurredLoss: 0, tenureYears: 3, annualPremium: 300 },
 * ]);
 * const graded = (expenseRatio: number) => {
 *   const plan = { risk: { basis: 'observed' }, pricing: { expenseRatio } } as const;
 *   return assess(table, calibrate(table, plan));
 * };
 * const [moved] = diffGrades(graded(0.3), graded(0.4)).risk.movements;
 * [moved.from, moved.to, moved.direction, moved.after.incurred]; // => ['healthy', 'sub-healthy', 'downgrade', 540]
 * ```
 */
export function diffGrades(
  before: Grades,
  after: Grades,
  options: DiffOptions = {},
): PlanDiff & Shown {
  if (!before?.table || !after?.table) {
    throw new MisuseError('diffGrades: expected two grades, as assess(table, model) gives');
  }
  requireKnown(options, ['by', 'golden'], 'diffGrades');
  const asOf = sameDay(before, after);
  const attributes = attributesOf(after, options.by);
  const pairs = pairsOf(before.table.ids, after.table.ids);
  if (pairs.before.length === 0) {
    throw new MisuseError('diffGrades: expected grades of one book, but no customer is in both');
  }
  const columns = { before: moneyColumns(before), after: moneyColumns(after) };
  const sums = (codes: ArrayLike<number>, groups: number) =>
    bothSidesBy(columns, pairs, codes, groups);
  const alone = (side: 'before' | 'after', rows: Uint32Array, codes: Uint8Array, groups: number) =>
    oneSidedBy(columns[side], rows, codes, groups);

  const moves = movingTierNames.map((name) => movesIn(name, before, after, pairs));
  const moving = Uint8Array.from(pairs.before, (_, k) => Number(moves.some(({ way }) => way[k])));
  const everybody = new Uint8Array(pairs.before.length);
  const tiers = moves.map(({ name, from, to, cells, cell, way }): [MovingTierName, TierDiff] => {
    const { column } = movingTiers[name];
    const figures = sums(cell, cells.length);
    const byTier = (
      side: 'before' | 'after',
      grades: Grades,
      rows: Uint32Array,
      names: readonly string[],
    ) => {
      const found = alone(side, rows, take(grades.tiers[column], rows), names.length);
      return recordOf(names, (t) => found[t]);
    };
    return [
      name,
      {
        matrix: recordOf(from, (f) => recordOf(to, (t) => figures[f * to.length + t])),
        movements: cells
          .map((ends, c) => ({ ...ends, ...figures[c] }))
          .filter(({ direction, customers }) => direction !== 'stays' && customers > 0)
          .sort(maxPremiumFirst),
        ...waysBy(sums, way, everybody, 1)[0],
        onlyBefore: byTier('before', before, pairs.onlyBefore, from),
        onlyAfter: byTier('after', after, pairs.onlyAfter, to),
      },
    ];
  });

  const groupsOf = ({ codes, labels }: Attribute): GroupDiff[] => {
    // Those without a label are the last group.
    const groups = labels.length + 1;
    const group = take(codes, pairs.after).map((code) => (code < 0 ? labels.length : code));
    const all = sums(group, groups);
    const moved = sums(
      group.map((code, k) => (moving[k] ? code : -1)),
      groups,
    );
    const ways = moves.map(({ name, way }) => [name, waysBy(sums, way, group, groups)] as const);
    return all
      .map((figures, g) => ({
        label: labels[g] ?? null,
        all: figures,
        moved: moved[g],
        ...byName(ways.map(([name, of]) => [name, of[g]])),
      }))
      .filter((of) => of.all.customers > 0)
      .sort((one, other) => maxPremiumFirst(one.moved, other.moved));
  };

  const movers = pairs.before.map((_, k) => k).filter((k) => moving[k] === 1);
  const lone = (side: 'before' | 'after', rows: Uint32Array): OneSided =>
    alone(side, rows, new Uint8Array(rows.length), 1)[0];
  const { golden } = options;
  return showDiff(
    before,
    after,
  )({
    asOf,
    before: { ...about(before), ...lone('before', everyRow(before)) },
    after: { ...about(after), ...lone('after', everyRow(after)) },
    both: sums(everybody, 1)[0],
    moved: sums(moving, 2)[1],
    onlyBefore: lone('before', pairs.onlyBefore),
    onlyAfter: lone('after', pairs.onlyAfter),
    ...byName(tiers),
    by: Object.fromEntries(attributes.map((attribute) => [attribute.name, groupsOf(attribute)])),
    golden: golden
      ? { customers: golden.length, broken: brokenGolden(golden, before, after) }
      : null,
    movers: {
      before: movers.map((k) => pairs.before[k]),
      after: movers.map((k) => pairs.after[k]),
    },
    notes: notesOf(before, after),
  });
}

/** The day both were graded as of. */
function sameDay(before: Grades, after: Grades): string | null {
  const [one, other] = [before, after].map(({ table: { asOf } }) =>
    asOf === undefined ? null : isoFromDay(asOf),
  );
  if (one === other) return one;
  throw new MisuseError(
    `diffGrades: expected grades of one day, got ${one ?? 'an unstated day'} and ${other ?? 'an unstated day'}; what changed between two days is a migration`,
  );
}

/** The attributes to tell movements apart by; of the usual ones those that the book has. */
function attributesOf({ table }: Grades, asked?: readonly string[]): Attribute[] {
  const { attributes } = table;
  if (asked === undefined) return usualAttributes(table);
  return asked.map((name) => attributeNamed(attributes, name, 'diffGrades'));
}

function notesOf(before: Grades, after: Grades): string[] {
  const months = [before, after].map(({ model }) => model.plan.window.months);
  return [
    ...new Set([
      ...(months[0] === months[1]
        ? []
        : [
            `the first plan looks back ${months[0]} months, the second ${months[1]}: what moves is shown as the second measures it`,
          ]),
      ...notesOnNoPast([before, after]),
      ...[before, after].flatMap(({ table, model }) => [
        ...table.notes,
        ...notesOnDates(table, model),
      ]),
    ]),
  ];
}

function about({ model }: Grades): Pick<DiffSide, 'plan' | 'model' | 'windowMonths'> {
  const { plan, hash, parameters } = model;
  return {
    plan: plan.name,
    model: { id: modelId(model), hash, method: parameters.experience.method },
    windowMonths: plan.window.months,
  };
}

const everyRow = ({ length }: Grades) => Uint32Array.from({ length }, (_, row) => row);

function maxPremiumFirst(one: PlanFigures, other: PlanFigures): number {
  return other.after.earnedPremium - one.after.earnedPremium;
}

function recordOf<T>(names: readonly string[], valueAt: (position: number) => T) {
  return Object.fromEntries(names.map((name, position) => [name, valueAt(position)]));
}

function byName<T>(entries: readonly (readonly [MovingTierName, T])[]): Record<MovingTierName, T> {
  return Object.fromEntries(entries) as Record<MovingTierName, T>;
}
