import type { countIssues } from '../book/issues.js';
import { figure } from './figures.js';
import { textTable } from './text-table.js';

/** Issues by code with the money they concern. */
export function issuesText(issues: ReturnType<typeof countIssues>): string {
  const found = Object.entries(issues);
  if (found.length === 0) return 'No issues: every row was used.';
  return textTable(
    ['issue', 'rows', 'money'],
    found.map(([code, { rows, amount }]) => [code, figure(rows, 'count'), figure(amount, 'money')]),
  );
}
