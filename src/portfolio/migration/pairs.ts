import type { Grades } from '../../grading/assess.js';
import { riskTiersOf } from '../../plan/risk.js';
import { valueTiers } from '../../plan/value.js';
import { serviceTiers } from '../../segments/service.js';

/** The kinds of tiers that customers move between. */
export type TierKind = 'risk' | 'value' | 'service';

/** The customers of two graded days side by side, sorted by id. */
export interface Pairs {
  readonly length: number;
  /** Years between the days. */
  readonly years: number;
  readonly customerIds: readonly string[];
  readonly before: Side;
  readonly after: Side;
}

/** One day of all customers of a pair: their row in its grades, and whether they had cover. */
export interface Side {
  readonly grades: Grades;
  /** −1 where the customer is not among the grades. */
  readonly rows: Int32Array;
  readonly inForce: Uint8Array;
}

/** Names of the tiers of a kind, the best first. */
export function tierNames({ model }: Grades, kind: TierKind): readonly string[] {
  if (kind === 'service') return serviceTiers(model.plan);
  return kind === 'risk' ? riskTiersOf(model.plan) : valueTiers;
}

/** Every customer of either day; ids stand sorted in both. */
export function pairsOf(before: Grades, after: Grades, years: number): Pairs {
  const [a, b] = [before.table.ids, after.table.ids];
  const ids: string[] = [];
  const rowsBefore: number[] = [];
  const rowsAfter: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const first = j >= b.length || (i < a.length && a[i] <= b[j]);
    const second = i >= a.length || (j < b.length && b[j] <= a[i]);
    ids.push(first ? a[i] : b[j]);
    rowsBefore.push(first ? i++ : -1);
    rowsAfter.push(second ? j++ : -1);
  }
  return {
    length: ids.length,
    years,
    customerIds: ids,
    before: sideOf(before, rowsBefore),
    after: sideOf(after, rowsAfter),
  };
}

/** Where other grades have the customers of a pair. */
export function sideFor(grades: Grades, customerIds: readonly string[]): Side {
  const rowOf = new Map(grades.table.ids.map((id, row) => [id, row]));
  return sideOf(
    grades,
    customerIds.map((id) => rowOf.get(id) ?? -1),
  );
}

function sideOf(grades: Grades, given: readonly number[]): Side {
  const { lapsed } = grades.table.columns;
  const rows = Int32Array.from(given);
  // Ready indicators need not say who lapsed: whoever is among them is taken to have cover.
  const inForce = Uint8Array.from(rows, (row) => (row >= 0 && lapsed[row] !== 1 ? 1 : 0));
  return { grades, rows, inForce };
}

/** Positions in the tiers of a kind; their number where there was no cover, −1 where not graded. */
export function tiersOn({ grades, rows, inForce }: Side, kind: TierKind): Int8Array {
  const codes = grades.tiers[`${kind}_tier`];
  const without = tierNames(grades, kind).length;
  return Int8Array.from(rows, (row, i) => (row < 0 ? -1 : inForce[i] ? codes[row] : without));
}

/** A column of the indicators of each customer of a pair, where it is graded. */
export function columnOn({ rows }: Side, values: Float64Array, absent = Number.NaN): Float64Array {
  const column = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) column[i] = rows[i] < 0 ? absent : values[rows[i]];
  return column;
}

/** The loss ratio that the plan rates on: expected, or as observed. */
export function ratedOn(side: Side): Float64Array {
  const { model, scores, table } = side.grades;
  const credible = model.plan.risk.basis === 'credible';
  return columnOn(side, credible ? scores.expected_loss_ratio : table.columns.loss_ratio);
}
