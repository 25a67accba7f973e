import { groupSums, take } from '../../base/columns.js';
import { type Grades } from '../../grading/assess.js';
import type { OneSided, PlanFigures, PlanMoney } from './result.js';

/** Who stands in two lists of customers, as rows of both, and who in one only. */
export interface Pairs {
  readonly before: Uint32Array;
  readonly after: Uint32Array;
  readonly onlyBefore: Uint32Array;
  readonly onlyAfter: Uint32Array;
}

/** Two lists of ids, each sorted and without repeats, laid beside each other. */
export function pairsOf(before: readonly string[], after: readonly string[]): Pairs {
  const rows = { before: [], after: [], onlyBefore: [], onlyAfter: [] } as Record<
    keyof Pairs,
    number[]
  >;
  let b = 0;
  let a = 0;
  while (b < before.length || a < after.length) {
    if (before[b] === after[a]) {
      rows.before.push(b++);
      rows.after.push(a++);
    } else if (a === after.length || before[b] < after[a]) {
      rows.onlyBefore.push(b++);
    } else {
      rows.onlyAfter.push(a++);
    }
  }
  return {
    before: Uint32Array.from(rows.before),
    after: Uint32Array.from(rows.after),
    onlyBefore: Uint32Array.from(rows.onlyBefore),
    onlyAfter: Uint32Array.from(rows.onlyAfter),
  };
}

/** What a graded book's customers come to, in columns; without lifetime where none can be known. */
type MoneyColumns = Readonly<Record<keyof PlanMoney, Float64Array | undefined>>;

export function moneyColumns(grades: Grades): MoneyColumns {
  const { table, model } = grades;
  const lifetimeValue = model.parameters.retention
    ? grades.scores.lifetime_value.map((value) => (Number.isNaN(value) ? 0 : value))
    : undefined;
  return {
    earnedPremium: table.columns.earned_premium,
    incurred: table.columns.incurred_loss,
    claims: table.columns.claim_count,
    lifetimeValue,
  };
}

/** The chosen rows of a graded book by group, and what they come to: `codes` has a group for each. */
export function oneSidedBy(
  columns: MoneyColumns,
  rows: Uint32Array,
  codes: ArrayLike<number>,
  groups: number,
): OneSided[] {
  const customers = groupSums(new Uint8Array(rows.length).fill(1), codes, groups);
  const sumsOf = (column: Float64Array | undefined) =>
    column && groupSums(take(column, rows), codes, groups);
  const earnedPremium = sumsOf(columns.earnedPremium);
  const incurred = sumsOf(columns.incurred);
  const claims = sumsOf(columns.claims);
  const lifetimeValue = sumsOf(columns.lifetimeValue);
  return Array.from(customers, (count, g) => ({
    customers: count,
    earnedPremium: earnedPremium?.[g] ?? 0,
    incurred: incurred?.[g] ?? 0,
    claims: claims?.[g] ?? 0,
    lifetimeValue: lifetimeValue?.[g] ?? null,
  }));
}

/** The same of customers graded by both plans, as each of the two measures them. */
export function bothSidesBy(
  columns: { readonly before: MoneyColumns; readonly after: MoneyColumns },
  pairs: Pairs,
  codes: ArrayLike<number>,
  groups: number,
): PlanFigures[] {
  const before = oneSidedBy(columns.before, pairs.before, codes, groups);
  const after = oneSidedBy(columns.after, pairs.after, codes, groups);
  return before.map(({ customers, ...money }, g) => {
    const { customers: _, ...then } = after[g];
    return { customers, before: money, after: then };
  });
}
