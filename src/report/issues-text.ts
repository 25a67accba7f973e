import type { countIssues } from '../book/issues.js';
import { asText, type Block } from './blocks.js';
import { figure } from './figures.js';

type IssueCounts = ReturnType<typeof countIssues>;

/** Issues by code with the money they concern. */
export function issuesBlocks(issues: IssueCounts): Block[] {
  const found = Object.entries(issues);
  if (found.length === 0) return ['No issues: every row was used.'];
  return [
    {
      header: ['issue', 'rows', 'money'],
      rows: found.map(([code, { rows, amount }]) => [
        code,
        figure(rows, 'count'),
        figure(amount, 'money'),
      ]),
    },
  ];
}

/** The same as text. */
export function issuesText(issues: IssueCounts): string {
  return asText(issuesBlocks(issues));
}
