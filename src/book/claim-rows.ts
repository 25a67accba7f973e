import type { Day } from '../base/calendar.js';
import type { ReadColumns } from './columns-file.js';
import { noDay, type ReadTable } from './field.js';

/** A change of what a claim costs, and the day it was booked ({@link noDay}: it always was). */
export interface Movement {
  readonly bookedOn: Day;
  readonly change: number;
}

/** Rows of claims brought together where several tell of one. */
export interface ClaimRows {
  /** For each row the one that stands for its claim: the first booked. */
  readonly lead: Int32Array;
  /** The last booked row of a lead row's claim: its status and its closing hold. */
  readonly last: Int32Array;
  /** What a lead row's claim costs: its movements added up, or its last valuation. */
  readonly incurred: Float64Array;
  /** How a lead row's claim came to cost that; undefined where rows are claims. */
  readonly movements: ReadonlyMap<number, readonly Movement[]> | undefined;
}

/** Brings together rows that are movements of a claim, or its valuations, by claim and policy. */
export function claimRowsOf(
  read: ReadTable,
  claimRows: ReadColumns['claimRows'],
  byAll: (a: number, b: number) => number,
): ClaimRows {
  const { paid, reserve } = read.numbers;
  const incurred = paid.map((amount, i) => amount + (reserve[i] || 0));
  const lead = Int32Array.from({ length: read.length }, (_, i) => i);
  if (claimRows === 'claims') return { lead, last: lead, incurred, movements: undefined };
  const bookedOn = read.days.booked_on;
  const last = lead.slice();
  const rowsOf = new Map<string, number[]>();
  for (let i = 0; i < read.length; i++) {
    const key = `${read.texts.claim_id.codes[i]} ${read.texts.policy_id.codes[i]} ${read.texts.cover.codes[i]}`;
    const rows = rowsOf.get(key);
    if (rows) rows.push(i);
    else rowsOf.set(key, [i]);
  }
  const movements = new Map<number, Movement[]>();
  for (const rows of rowsOf.values()) {
    rows.sort((a, b) => bookedOn[a] - bookedOn[b] || byAll(a, b));
    const [first] = rows;
    let valued = 0;
    const changes = rows.map((row): Movement => {
      const change = claimRows === 'transactions' ? incurred[row] : incurred[row] - valued;
      valued = incurred[row];
      lead[row] = first;
      return { bookedOn: bookedOn[row] ?? noDay, change };
    });
    last[first] = rows[rows.length - 1];
    movements.set(first, changes);
    incurred[first] = changes.reduce((sum, { change }) => sum + change, 0);
  }
  return { lead, last, incurred, movements };
}
