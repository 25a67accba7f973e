import { groupRows, take } from '../columns.js';
import { MisuseError, UnusableDataError } from '../misuse.js';
import { claimStatuses } from '../plan.js';
import {
  type Book,
  type Claims,
  orderBy,
  rejecter,
  rowOrder,
  sortedTerms,
  type Terms,
} from './book.js';
import { type ColumnsFile, type ReadColumns, readColumnsFile } from './columns-file.js';
import type { Issue } from './issues.js';
import { readRows } from './read-rows.js';
import { type Field, noDay, type ReadTable, type Rows } from './rows.js';

export const policyFields: readonly Field[] = [
  { name: 'customer_id', kind: 'text', required: true },
  { name: 'policy_id', kind: 'text', required: true },
  { name: 'from', kind: 'day', required: true },
  { name: 'to', kind: 'day', required: true },
  { name: 'premium', kind: 'amount', required: true, money: true },
  { name: 'line', kind: 'text' },
  { name: 'channel', kind: 'text' },
  { name: 'branch', kind: 'text' },
  { name: 'cancelled_on', kind: 'day' },
];

export const claimFields: readonly Field[] = [
  { name: 'claim_id', kind: 'text', required: true },
  { name: 'policy_id', kind: 'text', required: true },
  { name: 'occurred_on', kind: 'day', required: true },
  { name: 'paid', kind: 'number', required: true, money: true },
  { name: 'reserve', kind: 'number', money: true },
  { name: 'reported_on', kind: 'day' },
  { name: 'closed_on', kind: 'day' },
  { name: 'status', kind: 'text' },
  { name: 'cover', kind: 'text' },
];

/**
 * Reads dated policies and claims into a book. A policy row is one term: `customer_id`,
 * `policy_id`, `from`, `to` (half-open), `premium` of the whole term, and optionally `line`,
 * `channel`, `branch`, `cancelled_on` and any further column. A claim row has `claim_id`,
 * `policy_id`, `occurred_on`, `paid`, and optionally `reserve` (0), `reported_on`, `closed_on`,
 * `status`, `cover`. Names may be written in camelCase. Rows of one claim id, customer and day under
 * several policies or covers are parts of one claim: their money adds up, and it counts once.
 *
 * @param options how the rows' own names, dates and labels map onto these (a columns file)
 * @returns the book, and an issue for every row or value that could not be used
 * @throws MisuseError when a required column is missing, an option is unknown, or there are no rows
 * @example
 * ```ts
 * const { book, issues } = readBook(
 *   [{ customerId: 'Ann', policyId: 'A1', from: '2023-01-01', to: '2024-01-01', premium: 400 }],
 *   [{ claimId: 1, policyId: 'A1', occurredOn: '2023-05-02', paid: 150 }],
 * );
 * book.customers; // => ['Ann']
 * issues.length; // => 0
 * ```
 */
export function readBook(
  policies: Rows,
  claims: Rows,
  options?: ColumnsFile,
): { book: Book; issues: Issue[] } {
  const columns = readColumnsFile(options);
  const issues: Issue[] = [];
  const policiesRead = readRows('policies', policyFields, policies, policyColumns(columns), issues);
  const claimsRead = readRows('claims', claimFields, claims, claimColumns(columns), issues);
  return { book: bookOf(policiesRead, claimsRead, columns, issues), issues };
}

const named = (name: string) => (field: Field) => field.name === name;

/** The columns file as it holds for policies: without the columns of fields that only claims have. */
export function policyColumns(file: ReadColumns): ReadColumns {
  const onlyClaims = (name: string) =>
    claimFields.some(named(name)) && !policyFields.some(named(name));
  const columns = Object.entries(file.columns).filter(([name]) => !onlyClaims(name));
  return { ...file, columns: Object.fromEntries(columns) };
}

/** The columns file as it holds for claims; what is further in a claims row is not carried along. */
export function claimColumns({ claims, ...shared }: ReadColumns): ReadColumns {
  const columns = Object.entries(shared.columns).filter(([name]) => claimFields.some(named(name)));
  const given = Object.entries(claims ?? {}).filter(([, value]) => value !== undefined);
  return {
    ...shared,
    ...Object.fromEntries(given),
    columns: { ...Object.fromEntries(columns), ...claims?.columns },
    labels: { ...shared.labels, ...claims?.labels },
    attributes: [],
    claims: undefined,
  };
}

/** The book of the rows read, once both tables are in. */
export function bookOf(
  policies: ReadTable,
  claims: ReadTable,
  { inclusiveTo }: ReadColumns,
  issues: Issue[],
): Book {
  const rejectPolicy = rejecter('policies', policies, ['premium'], issues);
  const {
    customers,
    policies: policyIds,
    terms,
  } = sortedTerms(policies, policies.texts.policy_id, inclusiveTo, rejectPolicy);
  requireRows(terms.length, 'policies', issues);
  // A book may have no claims; one whose claims cannot be read must not pass for one without.
  if (claims.length === 0 && issues.some(({ table }) => table === 'claims')) {
    requireRows(0, 'claims', issues);
  }
  return {
    customers,
    policies: policyIds,
    terms,
    claims: matchedClaims(claims, policyIds, terms, issues),
    sums: false,
    valuedAt: undefined,
  };
}

/** Throws when a table has no rows, or none that can be used. */
export function requireRows(usable: number, table: string, issues: readonly Issue[]): void {
  if (usable > 0) return;
  const [first] = issues.filter((issue) => issue.table === table);
  if (!first) throw new MisuseError(`${table}: expected at least one row, got none`);
  throw new UnusableDataError(
    `${table}: no row can be used; the first: row ${first.row}, ${first.code}, ${first.message}`,
  );
}

function matchedClaims(
  read: ReadTable,
  policies: readonly string[],
  terms: Terms,
  issues: Issue[],
): Claims {
  const reject = rejecter('claims', read, ['paid', 'reserve'], issues);
  const occurredOn = read.days.occurred_on;
  const { paid, reserve } = read.numbers;
  const statuses = statusCodes(read, reject);
  const reportedOn = read.days.reported_on;
  const incurred = paid.map((amount, i) => amount + (reserve[i] || 0));
  const claimIds = read.texts.claim_id;
  const policyOf = policyCodes(read.texts.policy_id.labels, policies);
  const claimPolicy = read.texts.policy_id.codes.map((code) => policyOf[code]);
  const { order: termsByPolicy, starts } = groupRows(terms.policy, policies.length);

  const termOf = (policy: number, day: number): number => {
    for (let k = starts[policy]; k < starts[policy + 1]; k++) {
      const term = termsByPolicy[k];
      const end = Math.min(terms.to[term], terms.cancelledOn[term]);
      if (terms.from[term] <= day && day < end) return term;
    }
    return -1;
  };

  const kept: number[] = [];
  const termOfClaim = new Int32Array(read.length);
  const count = new Float64Array(read.length).fill(1);
  const { codes: covers } = read.texts.cover;
  /** Whether a row is of the same claim as rows kept before it, under another policy or cover. */
  const isPart = (i: number, term: number, rows: readonly number[]) =>
    rows.every(
      (other) =>
        terms.customer[termOfClaim[other]] === terms.customer[term] &&
        occurredOn[other] === occurredOn[i] &&
        (claimPolicy[other] !== claimPolicy[i] ||
          (covers[other] >= 0 && covers[i] >= 0 && covers[other] !== covers[i])),
    );
  const knownOn = (i: number) => Math.max(reportedOn[i], occurredOn[i]);
  const byAll = rowOrder(read);
  const sameIdOrder = orderBy(
    claimIds.codes,
    claimIds.labels.length,
    // What was known first comes first, or a later row would hide it; then the larger: of two that
    // cannot both be, the one that is left out must not be bad news.
    (a, b) =>
      occurredOn[a] - occurredOn[b] ||
      knownOn(a) - knownOn(b) ||
      incurred[b] - incurred[a] ||
      byAll(a, b),
  );
  let sameClaim: number[] = [];
  for (const i of sameIdOrder) {
    const policy = claimPolicy[i];
    if (policy < 0 || starts[policy] === starts[policy + 1]) {
      reject(i, 'policy_id', 'unknown-policy', 'policy_id: no usable policy row has it');
      continue;
    }
    const term = termOf(policy, occurredOn[i]);
    if (term < 0) {
      reject(
        i,
        'occurred_on',
        'claim-outside-term',
        'occurred_on: the policy gave no cover that day',
      );
      continue;
    }
    if (sameClaim.length > 0 && claimIds.codes[sameClaim[0]] !== claimIds.codes[i]) sameClaim = [];
    if (!isPart(i, term, sameClaim)) {
      reject(i, 'claim_id', 'duplicate-claim', 'claim_id: another usable row has the same');
      continue;
    }
    const whole = sameClaim.find(
      (other) =>
        termOfClaim[other] === term &&
        knownOn(other) === knownOn(i) &&
        statuses[other] === statuses[i],
    );
    if (sameClaim.length > 0) count[i] = 0;
    sameClaim.push(i);
    if (reportedOn[i] !== noDay && reportedOn[i] < occurredOn[i]) {
      reject(
        i,
        'reported_on',
        'reported-before-occurred',
        'reported_on: expected no day before occurred_on',
      );
    }
    termOfClaim[i] = term;
    // Parts that are one in all that is looked at are one claim to the cap, too.
    if (whole === undefined) kept.push(i);
    else incurred[whole] += incurred[i];
  }
  const claims = Uint32Array.from(kept);
  const order = orderBy(take(termOfClaim, claims), terms.length, (a, b) => {
    const [i, j] = [claims[a], claims[b]];
    return occurredOn[i] - occurredOn[j] || incurred[i] - incurred[j] || byAll(i, j);
  }).map((position) => claims[position]);
  return {
    length: order.length,
    term: take(termOfClaim, order),
    occurredOn: take(occurredOn, order),
    reportedOn: Int32Array.from(order, knownOn),
    closedOn: read.days.closed_on ? take(read.days.closed_on, order) : noDays(order.length),
    status: take(statuses, order),
    count: take(count, order),
    incurred: take(incurred, order),
  };
}

function statusCodes(read: ReadTable, reject: ReturnType<typeof rejecter>): Uint8Array {
  const { codes, labels } = read.texts.status;
  const statuses: readonly string[] = claimStatuses;
  const known = labels.map((label) => statuses.indexOf(label.toLowerCase()));
  return Uint8Array.from(codes, (code, i) => {
    if (code < 0) return 0;
    if (known[code] >= 0) return known[code];
    const expected = `expected ${claimStatuses.join(', ')}`;
    reject(i, 'status', 'unknown-status', `status: ${expected}, got "${labels[code]}"`);
    return 0;
  });
}

/** For each label its position among the sorted policies, or −1. */
function policyCodes(labels: readonly string[], policies: readonly string[]): Int32Array {
  const known = new Map<string, number>();
  for (let p = 0; p < policies.length; p++) known.set(policies[p], p);
  return Int32Array.from(labels, (label) => known.get(label) ?? -1);
}

const noDays = (length: number) => new Int32Array(length).fill(noDay);
