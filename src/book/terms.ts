import { daysPerYear, isoFromDay, never } from '../base/calendar.js';
import {
  type Attribute,
  type Coded,
  groupRows,
  quantile,
  take,
  takeCoded,
} from '../base/columns.js';
import { orderBy, type Reject, ranked, rowOrder, type Terms } from './book.js';
import type { ReadColumns } from './columns-file.js';
import { noDay, type ReadTable } from './field.js';
import { mergedRows } from './merged-rows.js';
import { endOfRow, type PolicyRows } from './policy-rows.js';

/** A renewal may begin so many days before the last term ends: that one is then cut. */
const maxOverlapDays = 7;
/** A term of more years for less than a tenth of the usual premium a year was not meant so. */
const longTerm = 5 * daysPerYear;
const leastShare = 0.1;

/**
 * The terms of the rows read, sorted, without those that cannot be: ended before they began, standing
 * twice, or of a policy that another customer holds. `origin[t]` is the position of term t in the rows.
 */
export function sortedTerms(
  read: ReadTable,
  policy: Coded,
  columns: Pick<ReadColumns, 'policyRows' | 'openEnd'>,
  reject: Reject,
): { customers: string[]; policies: string[]; terms: Terms; origin: Uint32Array } {
  const customers = ranked(read.texts.customer_id);
  const policies = ranked(policy);
  const unstated = () => new Float64Array(read.length).fill(Number.NaN);
  const rows: PolicyRows = {
    from: read.days.from,
    to: read.days.to.slice(),
    cancelledOn:
      read.days.cancelled_on?.map((day) => (day === noDay ? never : day)) ??
      new Int32Array(read.length).fill(never),
    premium: read.numbers.premium.slice(),
    exposure: read.numbers.exposure?.slice() ?? unstated(),
  };
  const { from, to, premium } = rows;
  const byAll = rowOrder(read);
  const order = orderBy(
    policies.codes,
    policies.labels.length,
    // By what is known from the start before the cancellation, which may come later.
    (a, b) =>
      from[a] - from[b] ||
      to[a] - to[b] ||
      premium[b] - premium[a] ||
      endOfRow(rows, a) - endOfRow(rows, b) ||
      byAll(a, b),
  );
  const valid = order.filter((i) => isPeriod(i, rows, columns, reject));
  const plausible = withoutImplausible(valid, rows, reject);
  const kept =
    columns.policyRows === 'terms'
      ? separateTerms(plausible, rows, customers, policies, read, reject)
      : mergedRows(plausible, rows, customers.codes, policies.codes, columns.policyRows, reject);
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
    cancelledOn: take(rows.cancelledOn, origin),
    premium: take(premium, origin),
    newBusinessPremium: take(read.numbers.new_business_premium ?? unstated(), origin),
    exposure: take(rows.exposure, origin),
    since: take(read.days.since ?? new Int32Array(read.length).fill(noDay), origin),
    attributes: attributes.map((attribute) => takeCoded(attribute, origin)),
  };
  return { customers: customers.labels, policies: policies.labels, terms, origin };
}

function isPeriod(
  i: number,
  { from, to, cancelledOn }: PolicyRows,
  { openEnd }: Pick<ReadColumns, 'openEnd'>,
  reject: Reject,
): boolean {
  if (to[i] === never && openEnd === 'refuse') {
    reject(
      i,
      'to',
      'implausible-term',
      'to: expected the end of the term, got one for "no end" (openEnd "annual" reads its premium as that of a year)',
    );
  } else if (to[i] <= from[i]) {
    reject(i, 'to', 'to-not-after-from', 'to: expected a day after from');
  } else if (cancelledOn[i] < from[i]) {
    reject(
      i,
      'cancelled_on',
      'cancelled-before-start',
      'cancelled_on: expected no day before from',
    );
  } else return true;
  return false;
}

function withoutImplausible(
  valid: Uint32Array,
  { from, to, premium }: PolicyRows,
  reject: Reject,
): Uint32Array {
  const isLong = (i: number) => to[i] !== never && to[i] - from[i] > longTerm;
  if (!valid.some(isLong)) return valid;
  const annual = (i: number) =>
    to[i] === never ? premium[i] : (premium[i] * daysPerYear) / (to[i] - from[i]);
  const usual = quantile(Float64Array.from(valid, annual), 0.5);
  return valid.filter((i) => {
    if (!isLong(i) || annual(i) >= leastShare * usual || premium[i] === 0) return true;
    const years = ((to[i] - from[i]) / daysPerYear).toFixed(0);
    reject(
      i,
      'to',
      'implausible-term',
      `to: ${years} years for a premium of ${premium[i]}; if the term has no end write 9999-12-31, and its premium is that of a year`,
    );
    return false;
  });
}

/** Rows that are terms each: one of a policy on any day. */
function separateTerms(
  order: Uint32Array,
  rows: PolicyRows,
  customers: Coded,
  policies: Coded,
  read: ReadTable,
  reject: Reject,
): number[] {
  const { from, to } = rows;
  const aggregated = read.numbers.claim_count !== undefined;
  const kept: number[] = [];
  let last = -1;
  for (const i of order) {
    if (endOfRow(rows, i) === from[i]) {
      // Cancelled from its first day: it gives no cover that another term could overlap.
      kept.push(i);
      continue;
    }
    const samePolicy = last >= 0 && policies.codes[last] === policies.codes[i];
    const overlap = samePolicy ? endOfRow(rows, last) - from[i] : 0;
    if (overlap > 0 && customers.codes[last] !== customers.codes[i]) {
      const [one, other] = [last, i].map((row) => customers.labels[customers.codes[row]]);
      reject(
        i,
        'policy_id',
        'two-customers',
        `policy_id: ${policies.labels[policies.codes[i]]} is held by customers ${one} and ${other} on ${isoFromDay(from[i])}; if it is unique only within another column, name both in the columns file, as in "policy_id": ["line", "policy_id"]`,
      );
      continue;
    }
    const early =
      !aggregated &&
      overlap <= maxOverlapDays &&
      from[i] - from[last] > overlap &&
      endOfRow(rows, i) > endOfRow(rows, last);
    if (overlap > 0 && from[i] > from[last] && (to[last] === never || early)) {
      // The next version ends the one before, as a cancellation does: what was earned until then stays.
      rows.cancelledOn[last] = from[i];
    } else if (overlap > 0) {
      const setting = aggregated
        ? ''
        : '; where rows are vehicles or places the columns file says "policyRows": "items", where they are instalments or endorsements "transactions"';
      if (from[i] === from[last]) {
        reject(
          i,
          'from',
          'duplicate-term',
          `from: another term of the policy begins on that day${setting}`,
        );
      } else {
        reject(
          i,
          'from',
          'overlapping-term',
          `from: the last term of the policy has not ended${setting}`,
        );
      }
      continue;
    }
    kept.push(i);
    last = i;
  }
  return kept;
}
