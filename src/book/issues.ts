import { sum } from '../base/columns.js';

/** What can be wrong with a row. The list is stable; the README's table is made from it. */
export const issueCodes = {
  'missing-value': 'a required value is missing; the row is left out',
  'bad-text': 'neither a text nor a number; the row is left out, or the value where it is optional',
  'bad-number':
    'not a finite decimal number; the row is left out, or the value where it is optional',
  'bad-date':
    'not a date of the stated format; the row is left out, or the value where it is optional',
  'not-a-count':
    'a count that is not a whole number of 0 or more; the row is left out, or the value where it is optional',
  'negative-value':
    'a premium, an exposure or another measure below 0; the row is left out, or the value where it is optional',
  'ragged-row': 'more or fewer cells than the header has names; the row is left out',
  'unknown-label':
    'not among the labels of the columns file; the row is left out, or the value where it is optional',
  'unknown-status': 'a claim status that is not known; the claim counts as open',
  'to-not-after-from': 'a period that ends before it has begun; the row is left out',
  'cancelled-before-start': 'cancelled before the term begins; the row is left out',
  'duplicate-term': 'a second term of the policy that begins on the same day; the row is left out',
  'overlapping-term': 'a term that begins before the last one of its policy has ended; left out',
  'duplicate-claim':
    'a second row with the same claim id that is no part under another policy or cover of the same customer and day; the row is left out',
  'duplicate-customer': 'a second row with the same customer id; the row is left out',
  'unknown-policy': 'a claim of a policy that has no usable row; the row is left out',
  'claim-outside-term': 'a claim on a day without cover of its policy; the row is left out',
  'reported-before-occurred': 'reported before it occurred; the report date counts as missing',
  'damaged-id':
    'an id that lost its last digits on the way: a number beyond 2^53, or in scientific notation; the row is left out, or the value where it is optional',
  'two-customers':
    'a policy that another customer holds on the same days; the row is left out, for its key may lack a column',
  'implausible-term':
    'a term of more than five years for less than a tenth of the usual premium a year; the row is left out',
  'implausible-value':
    'a count that no customer can have; the row is left out, or the value where it is optional',
  'looks-like-field':
    'a column that is carried along or ignored, though its name is near to that of a field that has no column',
  'since-after-from': 'a relationship that begins after the row does; the row begins it instead',
} as const;

export type IssueCode = keyof typeof issueCodes;

/** One thing wrong with one row. Nothing is lost silently: whatever is left out is one of these. */
export interface Issue {
  /** The table it stands in: `policies`, `claims`, `experience` or `indicators`. */
  readonly table: string;
  /** The row among the data rows, the first one being 1 (a header does not count). */
  readonly row: number;
  /** The field, by its name in this library. */
  readonly field: string;
  readonly code: IssueCode;
  readonly message: string;
  /** The money the row concerns: its premium, or paid and reserve of a claim; null where it is not known. */
  readonly amount: number | null;
}

/** How much of a table could not be used. */
interface TableVerdict {
  readonly table: string;
  /** Rows read, and those left out. */
  readonly rows: number;
  readonly leftOut: number;
  /** Money of the rows read, and of those left out, as far as it is known. */
  readonly money: number;
  readonly moneyLeftOut: number;
  /** Rows left out whose money is not known. */
  readonly moneyUnknown: number;
}

/** Whether a table can be used: not when more than the share allowed was left out of it. */
export interface Verdict {
  readonly usable: boolean;
  readonly tables: readonly TableVerdict[];
  /** What is wrong and what to do about it, in one sentence each. */
  readonly reasons: readonly string[];
}

/** Which columns of a table were used as what, and what became of the rest. */
interface ColumnsUsed {
  readonly table: string;
  readonly used: Readonly<Record<string, string | readonly string[]>>;
  readonly carried: readonly string[];
  readonly ignored: readonly string[];
  /** Columns whose name is near to that of a field without a column. */
  readonly near: Readonly<Record<string, string>>;
}

/** The issues of what was read, with the verdict on it and the columns it was read from. */
export interface Issues extends Array<Issue> {
  readonly verdict: Verdict;
  readonly columns: readonly ColumnsUsed[];
}

/** Takes in what goes wrong while tables are read. */
export interface IssueLog {
  readonly issues: readonly Issue[];
  add(issue: Issue, leftOut: boolean): void;
  /** The rows of a table and their money, whether used or not. */
  total(table: string, rows: number, money: number): void;
  columns(used: ColumnsUsed): void;
  /** Says why rows were lost, where that can be told: appended to the reason of its table. */
  hint(table: string, text: string): void;
  finish(): Issues;
}

/** Up to this share of a table's rows and of its money may be left out. */
const maxIssuesShare = 0.05;

/**
 * A log of issues.
 *
 * @param maxIssues how much may be left out: below 1 the share of a table's rows and of its money,
 * else the number of issues
 */
export function issueLog(maxIssues = maxIssuesShare): IssueLog {
  const issues: Issue[] = [];
  const left = new Map<string, Map<number, number | null>>();
  const totals = new Map<string, { rows: number; money: number }>();
  const used: ColumnsUsed[] = [];
  const hints = new Map<string, string[]>();
  const tableVerdict = (table: string): TableVerdict => {
    const { rows = 0, money = 0 } = totals.get(table) ?? {};
    const amounts = [...(left.get(table)?.values() ?? [])];
    return {
      table,
      rows,
      leftOut: amounts.length,
      money,
      moneyLeftOut: sum(amounts.map((amount) => amount ?? 0)),
      moneyUnknown: amounts.filter((amount) => amount === null).length,
    };
  };
  const tooMuch = ({ rows, leftOut, money, moneyLeftOut }: TableVerdict) =>
    maxIssues < 1 &&
    (leftOut > maxIssues * rows || Math.abs(moneyLeftOut) > maxIssues * Math.abs(money));
  const reason = (verdict: TableVerdict) => {
    const { table, rows, leftOut, money, moneyLeftOut, moneyUnknown } = verdict;
    const codes = Object.entries(countIssues(issues.filter((issue) => issue.table === table)));
    const counts = codes.map(([code, count]) => `${code} ${count.rows}`).join(', ');
    const first = issues.find((issue) => issue.table === table && left.get(table)?.has(issue.row));
    return [
      `${table}: ${leftOut} of ${rows} rows (${percent(leftOut, rows)}) with ${moneyLeftOut.toFixed(2)} of ${money.toFixed(2)} in money (${percent(moneyLeftOut, money)})${moneyUnknown > 0 ? `, and ${moneyUnknown} rows whose money is not known,` : ''} cannot be used: ${counts}`,
      ...(first ? [`the first: row ${first.row}, ${first.message}`] : []),
      ...(hints.get(table) ?? []),
    ].join('; ');
  };
  return {
    issues,
    add(issue, leftOut) {
      issues.push(issue);
      if (!leftOut) return;
      const rows = left.get(issue.table) ?? new Map();
      rows.set(issue.row, issue.amount);
      left.set(issue.table, rows);
    },
    total(table, rows, money) {
      totals.set(table, { rows, money });
    },
    columns: (of) => used.push(of),
    hint(table, text) {
      hints.set(table, [...(hints.get(table) ?? []), text]);
    },
    finish() {
      const tables = [...totals.keys()].map(tableVerdict);
      const number = maxIssues >= 1 && issues.length > maxIssues;
      const reasons = tables
        .filter((table) => tooMuch(table) || (number && table.leftOut > 0))
        .map(reason);
      if (number) reasons.unshift(`${issues.length} issues, more than ${maxIssues}`);
      const verdict: Verdict = { usable: reasons.length === 0, tables, reasons };
      // Beside the list, not in it: whoever compares or copies the issues finds issues alone.
      return Object.defineProperties(issues, {
        verdict: { value: verdict, configurable: true },
        columns: { value: used, configurable: true },
      }) as unknown as Issues;
    },
  };
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** Rows with an issue, the money they concern, and of how many rows the money is not known. */
export interface IssueCount {
  readonly rows: number;
  readonly amount: number;
  readonly unknown?: number;
}

/**
 * Rows and money per issue code, in the order of the code list. A row that has an issue twice, in
 * two of its fields, counts once.
 */
export function countIssues(issues: readonly Issue[]): Partial<Record<IssueCode, IssueCount>> {
  const counts: Partial<Record<IssueCode, IssueCount>> = {};
  const byCode = new Map<IssueCode, Map<string, number | null>>();
  for (const { code, table, row, amount } of issues) {
    const rows = byCode.get(code) ?? new Map<string, number | null>();
    rows.set(`${table} ${row}`, amount);
    byCode.set(code, rows);
  }
  for (const code of Object.keys(issueCodes) as IssueCode[]) {
    const amounts = [...(byCode.get(code)?.values() ?? [])];
    if (amounts.length === 0) continue;
    const known = amounts.filter((amount) => amount !== null);
    counts[code] = {
      rows: amounts.length,
      amount: Math.round(sum(known) * 100) / 100,
      ...(known.length < amounts.length && { unknown: amounts.length - known.length }),
    };
  }
  return counts;
}

/** What is wrong with a row that must be used, and what to do about it. */
export function toMend({ code, message }: Issue): string {
  const remedy =
    code === 'missing-value' ? 'give a value or remove the row' : 'fix the row or remove it';
  return `${message}; ${remedy}`;
}

/** What the issues say of columns that look like a field, table by table. */
export function nearNames(issues: readonly Issue[]): string[] {
  return issues
    .filter(({ code }) => code === 'looks-like-field')
    .map(({ table, message }) => `${table}: ${message}`);
}
