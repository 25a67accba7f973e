import { dayFromISO } from '../base/calendar.js';
import { type Coded, take } from '../base/columns.js';
import { type Book, rejecter } from './book.js';
import { type ColumnsFile, type ReadColumns, readColumnsFile } from './columns-file.js';
import { type Field, noDay, type ReadTable } from './field.js';
import { type IssueLog, type Issues, issueLog } from './issues.js';
import { requireRows } from './read-book.js';
import { readRows } from './read-rows.js';
import type { Rows } from './rows.js';
import { sortedTerms } from './terms.js';

export const experienceFields = [
  { name: 'customer_id', kind: 'id', required: true },
  { name: 'from', kind: 'begin', required: true },
  { name: 'to', kind: 'end', required: true },
  { name: 'premium', kind: 'amount', required: true, money: true },
  { name: 'claim_count', kind: 'count', required: true },
  { name: 'incurred', kind: 'number', required: true, money: 'whenLost' },
  { name: 'exposure', kind: 'amount' },
  { name: 'policy_id', kind: 'id' },
  { name: 'line', kind: 'text' },
  { name: 'channel', kind: 'text' },
  { name: 'branch', kind: 'text' },
  { name: 'since', kind: 'day' },
  { name: 'new_business_premium', kind: 'amount' },
] as const satisfies readonly Field[];

/** A columns file, and the day the amounts were taken (the as-of date if left out). */
export interface ExperienceOptions extends ColumnsFile {
  readonly valuedAt?: string;
}

/**
 * Reads experience that is already summed into a book: one row a customer (or policy) and period,
 * with `customer_id`, `from`, `to`, `premium`, `claim_count`, `incurred`, and optionally
 * `exposure`, `policy_id`, `line`, `channel`, `branch`, `since`, `new_business_premium` and any further column.
 *
 * A yearly sum cannot be split: a row that begins before the window is left out whole; one that
 * straddles the as-of date earns pro rata when it was valued by then, and is left out whole when it
 * was valued later, because its claims would tell the future.
 *
 * @returns the book, and an issue for every row or value that could not be used
 * @throws MisuseError when a required column is missing, an option is unknown, or there are no rows
 * @example
 * ```ts
 * const { book } = readExperience([
 *   { customerId: 7, from: '2023-01-01', to: '2024-01-01', premium: 400, claimCount: 1, incurred: 150 },
 * ]);
 * book.terms.length; // => 1
 * ```
 */
export function readExperience(
  rows: Rows<(typeof experienceFields)[number]['name']>,
  { valuedAt, ...options }: ExperienceOptions = {},
): { book: Book; issues: Issues } {
  const columns = readColumnsFile(options);
  const log = issueLog(columns.maxIssues);
  const read = readRows('experience', experienceFields, rows, columns, log);
  return experienceOf(read, columns, valuedAt, log);
}

/** The book of the rows read, once all are in. */
export function experienceOf(
  read: ReadTable,
  columns: ReadColumns,
  valuedAt: string | undefined,
  log: IssueLog,
): { book: Book; issues: Issues } {
  const reject = rejecter('experience', read, ['premium'], log, ['incurred']);
  const policy = policyOrCustomer(read.texts.policy_id, read.texts.customer_id);
  const { from, since } = read.days;
  for (let i = 0; i < read.length; i++) {
    if (since[i] === noDay || since[i] <= from[i]) continue;
    reject(i, 'since', 'since-after-from', 'since: expected no day after from', false);
    since[i] = noDay;
  }
  const { customers, policies, terms, origin } = sortedTerms(read, policy, columns, reject);
  requireRows(terms.length, 'experience', log.issues);
  const issues = log.finish();
  const book: Book = {
    customers,
    policies,
    terms,
    claims: {
      length: terms.length,
      term: Int32Array.from(origin.keys()),
      occurredOn: terms.to,
      reportedOn: terms.from,
      closedOn: new Int32Array(terms.length).fill(noDay),
      status: new Uint8Array(terms.length),
      count: take(read.numbers.claim_count, origin),
      incurred: take(read.numbers.incurred, origin),
    },
    aggregated: true,
    valuedAt: valuedAt === undefined ? undefined : dayFromISO(valuedAt, 'valuedAt'),
    verdict: issues.verdict,
  };
  return { book, issues };
}

/** A row without a policy id is the customer's one policy, known by the customer's id. */
function policyOrCustomer(policy: Coded, customer: Coded): Coded {
  const labels = [...policy.labels, ...customer.labels];
  const codes = policy.codes.map((code, i) =>
    code >= 0 ? code : policy.labels.length + customer.codes[i],
  );
  return { codes, labels };
}
