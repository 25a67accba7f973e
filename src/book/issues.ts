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
  /** The money the row concerns: its premium, or paid and reserve of a claim. */
  readonly amount: number;
}

/**
 * Rows and money per issue code, in the order of the code list. A row that has an issue twice, in
 * two of its fields, counts once.
 */
export function countIssues(
  issues: readonly Issue[],
): Partial<Record<IssueCode, { rows: number; amount: number }>> {
  const counts: Partial<Record<IssueCode, { rows: number; amount: number }>> = {};
  for (const code of Object.keys(issueCodes) as IssueCode[]) {
    const rows = new Map<string, number>();
    for (const issue of issues) {
      if (issue.code === code) rows.set(`${issue.table} ${issue.row}`, issue.amount);
    }
    if (rows.size === 0) continue;
    const amount = sum([...rows.values()]);
    counts[code] = { rows: rows.size, amount: Math.round(amount * 100) / 100 };
  }
  return counts;
}

/** What is wrong with a row that must be used, and what to do about it. */
export function toMend({ code, message }: Issue): string {
  const remedy =
    code === 'missing-value' ? 'give a value or remove the row' : 'fix the row or remove it';
  return `${message}; ${remedy}`;
}
