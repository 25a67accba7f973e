import { type Day, never } from '../base/calendar.js';
import {
  type Attribute,
  type Coded,
  groupRows,
  labelAt,
  take,
  takeCoded,
  textOrder,
} from '../base/columns.js';
import type { Issue, IssueCode } from './issues.js';
import { noDay, type ReadTable } from './rows.js';

/**
 * The terms of a book, sorted by customer, policy and first day. `to` is the last day's morrow as
 * agreed; `cancelledOn` the day from which a cancelled term no longer covers (`never` where it
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
}

/**
 * Everything known of an insurer's customers, as columns; made by `readBook` or `readExperience`.
 * `sums` says that the claims are yearly sums, valued on `valuedAt` (the as-of date if not stated).
 */
export interface Book {
  readonly customers: readonly string[];
  readonly policies: readonly string[];
  readonly terms: Terms;
  readonly claims: Claims;
  readonly sums: boolean;
  readonly valuedAt: Day | undefined;
}

/** What is left out of a table, by row, with the reason. */
export type Reject = (position: number, field: string, code: IssueCode, message: string) => void;

/**
 * The terms of the rows read, sorted, without those that cannot be: ended before they began, or
 * standing twice. `origin[t]` is the position in the rows read of term t.
 */
export function sortedTerms(
  read: ReadTable,
  policy: Coded,
  inclusiveTo: boolean,
  reject: Reject,
): { customers: string[]; policies: string[]; terms: Terms; origin: Uint32Array } {
  const customers = ranked(read.texts.customer_id);
  const policies = ranked(policy);
  const { from } = read.days;
  const { premium } = read.numbers;
  const to = inclusiveTo ? read.days.to.map((day) => day + 1) : read.days.to;
  const without = (value: number) => new Int32Array(read.length).fill(value);
  const cancelledOn =
    read.days.cancelled_on?.map((day) => (day === noDay ? never : day)) ?? without(never);
  const since = read.days.since ?? without(noDay);
  const unstated = () => new Float64Array(read.length).fill(Number.NaN);
  const exposure = read.numbers.exposure ?? unstated();
  const newBusinessPremium = read.numbers.new_business_premium ?? unstated();
  const end = (i: number) => Math.min(to[i], cancelledOn[i]);
  const byAll = rowOrder(read);
  const order = orderBy(
    policies.codes,
    policies.labels.length,
    // By what is known from the start before the cancellation, which may come later.
    (a, b) =>
      from[a] - from[b] ||
      to[a] - to[b] ||
      premium[b] - premium[a] ||
      end(a) - end(b) ||
      byAll(a, b),
  );
  const kept: number[] = [];
  let last = -1;
  for (const i of order) {
    if (to[i] <= from[i]) {
      reject(i, 'to', 'to-not-after-from', 'to: expected a day after from');
      continue;
    }
    if (cancelledOn[i] < from[i]) {
      reject(
        i,
        'cancelled_on',
        'cancelled-before-start',
        'cancelled_on: expected no day before from',
      );
      continue;
    }
    if (end(i) === from[i]) {
      // Cancelled from its first day: it gives no cover that another term could overlap.
      kept.push(i);
      continue;
    }
    const samePolicy = last >= 0 && policies.codes[last] === policies.codes[i];
    if (samePolicy && from[i] === from[last]) {
      reject(i, 'from', 'duplicate-term', 'from: another term of the policy begins on that day');
      continue;
    }
    if (samePolicy && from[i] < end(last)) {
      reject(i, 'from', 'overlapping-term', 'from: the last term of the policy has not ended');
      continue;
    }
    kept.push(i);
    last = i;
  }
  // Kept rows stand by policy and day; a stable pass by customer puts customers first.
  const byPolicy = Uint32Array.from(kept);
  const { order: byCustomer } = groupRows(take(customers.codes, byPolicy), customers.labels.length);
  const origin = byCustomer.map((position) => byPolicy[position]);
  const named = (name: string): Attribute => ({ name, ...read.texts[name] });
  const attributes = [named('line'), named('channel'), named('branch'), ...read.attributes];
  const terms: Terms = {
    length: origin.length,
    customer: take(customers.codes, origin),
    policy: take(policies.codes, origin),
    from: take(from, origin),
    to: take(to, origin),
    cancelledOn: take(cancelledOn, origin),
    premium: take(premium, origin),
    newBusinessPremium: take(newBusinessPremium, origin),
    exposure: take(exposure, origin),
    since: take(since, origin),
    attributes: attributes.map((attribute) => takeCoded(attribute, origin)),
  };
  return { customers: customers.labels, policies: policies.labels, terms, origin };
}

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

/** A function that reports rows left out, in the money of the columns given. */
export function rejecter(
  table: string,
  read: ReadTable,
  money: readonly string[],
  issues: Issue[],
): Reject {
  return (position, field, code, message) => {
    let amount = 0;
    for (const name of money) amount += read.numbers[name][position] || 0;
    issues.push({ table, row: read.rows[position], field, code, message, amount });
  };
}
