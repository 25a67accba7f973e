import { MisuseError, UnusableDataError } from '../base/errors.js';
import { type Book, rejecter, sortedTerms } from './book.js';
import { type ColumnsFile, type ReadColumns, readColumnsFile } from './columns-file.js';
import type { Issue } from './issues.js';
import { matchedClaims } from './matched-claims.js';
import { readRows } from './read-rows.js';
import type { Field, ReadTable, Rows } from './rows.js';

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
  { name: 'new_business_premium', kind: 'amount' },
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
 * `channel`, `branch`, `cancelled_on`, `new_business_premium` (what the term would cost a new
 * customer) and any further column. A claim row has `claim_id`,
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
