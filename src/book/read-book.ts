import { MisuseError, UnusableDataError } from '../base/errors.js';
import { type Book, rejecter } from './book.js';
import { type ColumnsFile, type ReadColumns, readColumnsFile, readDates } from './columns-file.js';
import type { Field, ReadTable } from './field.js';
import { type Issue, type IssueLog, type Issues, issueLog } from './issues.js';
import { matchedClaims } from './matched-claims.js';
import { readRows } from './read-rows.js';
import type { Rows } from './rows.js';
import { sortedTerms } from './terms.js';

export const policyFields = [
  { name: 'customer_id', kind: 'id', required: true },
  { name: 'policy_id', kind: 'id', required: true },
  { name: 'from', kind: 'begin', required: true },
  { name: 'to', kind: 'end', required: true },
  { name: 'premium', kind: 'amount', required: true, money: true },
  { name: 'line', kind: 'text' },
  { name: 'channel', kind: 'text' },
  { name: 'branch', kind: 'text' },
  { name: 'cancelled_on', kind: 'day' },
  { name: 'new_business_premium', kind: 'amount' },
] as const satisfies readonly Field[];

export const claimFields = [
  { name: 'claim_id', kind: 'id', required: true },
  { name: 'policy_id', kind: 'id', required: true },
  { name: 'occurred_on', kind: 'day', required: true },
  { name: 'paid', kind: 'number', required: true, money: true },
  { name: 'reserve', kind: 'number', money: true },
  { name: 'reported_on', kind: 'day' },
  { name: 'closed_on', kind: 'day' },
  { name: 'status', kind: 'text' },
  { name: 'cover', kind: 'text' },
  { name: 'booked_on', kind: 'day' },
] as const satisfies readonly Field[];

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
  policies: Rows<(typeof policyFields)[number]['name']>,
  claims: Rows<(typeof claimFields)[number]['name']>,
  options?: ColumnsFile,
): { book: Book; issues: Issues } {
  const columns = readColumnsFile(options);
  const log = issueLog(columns.maxIssues);
  const ofPolicies = policyFieldsOf(columns);
  const policiesRead = readRows('policies', ofPolicies, policies, policyColumns(columns), log);
  const claimsRead = readRows('claims', claimFields, claims, claimColumns(columns), log);
  return bookOf(policiesRead, claimsRead, columns, log);
}

/** The fields of policies: a movement of premium may be below 0. */
export function policyFieldsOf({ policyRows }: ReadColumns): readonly Field[] {
  if (policyRows !== 'transactions') return policyFields;
  return policyFields.map((field) =>
    field.name === 'premium' ? { ...field, kind: 'number' as const } : field,
  );
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
    ...(claims?.dateFormat !== undefined && readDates(claims.dateFormat)),
    columns: { ...Object.fromEntries(columns), ...claims?.columns },
    labels: { ...shared.labels, ...claims?.labels },
    attributes: [],
    claims: undefined,
  };
}

/** The book of the rows read, once both tables are in, and the issues with the verdict on them. */
export function bookOf(
  policies: ReadTable,
  claims: ReadTable,
  columns: ReadColumns,
  log: IssueLog,
): { book: Book; issues: Issues } {
  const rejectPolicy = rejecter('policies', policies, ['premium'], log);
  const {
    customers,
    policies: policyIds,
    terms,
  } = sortedTerms(policies, policies.texts.policy_id, columns, rejectPolicy);
  requireRows(terms.length, 'policies', log.issues);
  // A book may have no claims; one whose claims cannot be read must not pass for one without.
  if (claims.length === 0 && log.issues.some(({ table }) => table === 'claims')) {
    requireRows(0, 'claims', log.issues);
  }
  const matched = matchedClaims(claims, policyIds, terms, columns, log);
  const issues = log.finish();
  return {
    issues,
    book: {
      customers,
      policies: policyIds,
      terms,
      claims: matched,
      aggregated: false,
      valuedAt: undefined,
      verdict: issues.verdict,
    },
  };
}

/** Throws when a table has no rows, or none that can be used. */
export function requireRows(usable: number, table: string, issues: readonly Issue[]): void {
  if (usable > 0) return;
  const [first] = issues.filter((issue) => issue.table === table && issue.row > 0);
  if (!first) throw new MisuseError(`${table}: expected at least one row, got none`);
  throw new UnusableDataError(
    `${table}: no row can be used; the first: row ${first.row}, ${first.code}, ${first.message}`,
  );
}
