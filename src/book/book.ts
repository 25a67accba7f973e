import type { Day } from '../base/calendar.js';
import { type Attribute, type Coded, groupRows, labelAt, textOrder } from '../base/columns.js';
import type { Movement } from './claim-rows.js';
import type { ReadTable } from './field.js';
import type { IssueCode, IssueLog, Verdict } from './issues.js';

/**
 * The terms of a book, sorted by customer, policy and first day. `to` is the last day's morrow as
 * agreed, {@link never} for a term without end, whose premium is that of a year; `cancelledOn` the day from which a cancelled term no longer covers (`never` where it
 * does). Premium is that of the whole term.
 */
export interface Terms {
  readonly length: number;
  readonly customer: Int32Array;
  readonly policy: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly cancelledOn: Int32Array;
  readonly premium: Float64Array;
  /** What the same term would cost a new customer, NaN where the file does not say. */
  readonly newBusinessPremium: Float64Array;
  /** Policy years of the whole term where the file states them, NaN where days decide. */
  readonly exposure: Float64Array;
  /** The day the relationship began where the file states it, or {@link noDay}. */
  readonly since: Int32Array;
  /** line, channel and branch, then whatever else came along. */
  readonly attributes: readonly Attribute[];
}

/**
 * What was claimed, sorted by term: single claims, or one yearly sum a term. `count` is 0 for a further
 * part of a claim that another row counts (its money does).
 */
export interface Claims {
  readonly length: number;
  readonly term: Int32Array;
  /** The day it occurred; for a yearly sum the term's end, the latest it can have been. */
  readonly occurredOn: Int32Array;
  /** The first day it was known; nothing reported on or after the as-of date is counted. */
  readonly reportedOn: Int32Array;
  /** The day it was closed, where the file says; a status is that of this day on. {@link noDay}: always. */
  readonly closedOn: Int32Array;
  readonly status: Uint8Array;
  readonly count: Float64Array;
  readonly incurred: Float64Array;
  /** How each came to cost that, where the rows tell when it was booked. */
  readonly movements?: readonly (readonly Movement[])[];
}

/** The book with what its claims cost as it was booked before a day; the same where no row says so. */
export function asBookedBefore(book: Book, dayOf: (customer: number) => Day): Book {
  const { claims, terms } = book;
  const { movements } = claims;
  if (!movements) return book;
  const incurred = Float64Array.from(movements, (of, claim) => {
    const day = dayOf(terms.customer[claims.term[claim]]);
    return of.reduce((sum, { bookedOn, change }) => (bookedOn < day ? sum + change : sum), 0);
  });
  return { ...book, claims: { ...claims, incurred } };
}

/**
 * Everything known of an insurer's customers, as columns; made by `readBook` or `readExperience`.
 * `aggregated` says that the claims are yearly sums, valued on `valuedAt` (the as-of date if not stated).
 */
export interface Book {
  readonly customers: readonly string[];
  readonly policies: readonly string[];
  readonly terms: Terms;
  readonly claims: Claims;
  readonly aggregated: boolean;
  readonly valuedAt: Day | undefined;
  /** Whether enough of the rows could be used. */
  readonly verdict: Verdict;
}

/** What is wrong with a row, by its position, and whether it is left out for it (it is, if not said). */
export type Reject = (
  position: number,
  field: string,
  code: IssueCode,
  message: string,
  leftOut?: boolean,
) => void;

/** The same column with its labels sorted, so that codes stand in the order of the texts. */
export function ranked({ codes, labels }: Coded): { codes: Int32Array; labels: string[] } {
  const order = textOrder(labels);
  const rank = new Int32Array(labels.length);
  for (let r = 0; r < order.length; r++) rank[order[r]] = r;
  return {
    codes: codes.map((code) => rank[code]),
    labels: Array.from(order, (position) => labels[position]),
  };
}

/** Row positions by code, rows of one code sorted by `compare` (groups are small). */
export function orderBy(
  codes: Int32Array,
  groups: number,
  compare: (a: number, b: number) => number,
): Uint32Array {
  const { order, starts } = groupRows(codes, groups);
  for (let g = 0; g < groups; g++) {
    if (starts[g + 1] - starts[g] > 1) order.subarray(starts[g], starts[g + 1]).sort(compare);
  }
  return order;
}

/**
 * Compares rows by all that was read of them, so that no choice between two hangs on where they
 * stand in the file.
 */
export function rowOrder(read: ReadTable): (a: number, b: number) => number {
  const numbers = [...Object.values(read.days), ...Object.values(read.numbers)];
  const texts = [...Object.values(read.texts), ...read.attributes];
  return (a, b) => {
    for (const column of numbers) {
      if (column[a] < column[b] || (Number.isNaN(column[a]) && !Number.isNaN(column[b]))) return -1;
      if (column[a] > column[b] || (Number.isNaN(column[b]) && !Number.isNaN(column[a]))) return 1;
    }
    for (const column of texts) {
      const [one, other] = [labelAt(column, a) ?? '', labelAt(column, b) ?? ''];
      if (one !== other) return one < other ? -1 : 1;
    }
    return 0;
  };
}

/** A function that reports rows, in the money of the columns given. */
export function rejecter(
  table: string,
  read: ReadTable,
  money: readonly string[],
  log: IssueLog,
  whenLost: readonly string[] = [],
): Reject {
  return (position, field, code, message, leftOut = true) => {
    let amount = 0;
    for (const name of leftOut ? [...money, ...whenLost] : money)
      amount += read.numbers[name][position] || 0;
    log.add({ table, row: read.rows[position], field, code, message, amount }, leftOut);
  };
}
