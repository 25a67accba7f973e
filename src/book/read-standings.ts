import { labelAt } from '../base/columns.js';
import { MisuseError } from '../base/errors.js';
import { readColumnsFile } from './columns-file.js';
import type { Field, ReadTable } from './field.js';
import { type Issue, issueLog, toMend } from './issues.js';
import { readRows } from './read-rows.js';
import type { Rows } from './rows.js';
import {
  type CustomerOverride,
  checkedOverride,
  checkedStanding,
  type Override,
  type Standing,
} from './standing.js';

// All cells are read as text and checked as what they stand for: a row of these files that cannot be
// used is no issue to count but a tier forgotten.
const text = (name: string): Field => ({ name, kind: 'text' });
const needed = (name: string): Field => ({ ...text(name), required: true });

export const overrideFields: readonly Field[] = [
  'customer_id',
  'tier',
  'reason',
  'author',
  'until',
].map(needed);
export const standingFields: readonly Field[] = [
  ...['customer_id', 'as_of', 'tier', 'since'].map(needed),
  ...['worse_since', 'renewals'].map(text),
  ...['override_tier', 'override_reason', 'override_author', 'override_until'].map(text),
];
export const noColumns = readColumnsFile({ attributes: [] });

/**
 * Standings from the rows of a file: `customer_id, as_of, tier, since, worse_since, renewals,
 * override_tier, override_reason, override_author, override_until`, as {@link standingRows} gives
 * them; the last six may be empty.
 *
 * @throws MisuseError for a row that is no standing
 * @example
 * ```ts
 * const row = { customer_id: 'Ann', as_of: '2024-01-01', tier: 'healthy', since: '2023-02-01', renewals: 3 };
 * readStandings([row])[0].renewals; // => 3
 * ```
 */
export function readStandings(rows: Rows): Standing[] {
  const log = issueLog();
  return standingsFrom(readRows('standings', standingFields, rows, noColumns, log), log.issues);
}

/**
 * Overrides from the rows of a file: `customer_id, tier, reason, author, until`.
 *
 * @throws MisuseError for a row without a reason, an author or a last day, or of no tier
 * @example
 * ```ts
 * const row = { customer_id: 'Ann', tier: 'healthy', reason: 'flood', author: 'M. Tamm', until: '2024-06-01' };
 * readOverrides([row])[0].until; // => '2024-06-01'
 * ```
 */
export function readOverrides(rows: Rows): CustomerOverride[] {
  const log = issueLog();
  return overridesFrom(readRows('overrides', overrideFields, rows, noColumns, log), log.issues);
}

/** Standings from a table that has been read. */
export function standingsFrom(read: ReadTable, issues: readonly Issue[]): Standing[] {
  return records(read, issues, (cell, where) => {
    const renewals = cell('renewals');
    return checkedStanding(
      {
        customerId: cell('customer_id'),
        asOf: cell('as_of'),
        tier: cell('tier'),
        since: cell('since'),
        worseSince: cell('worse_since') ?? null,
        renewals: renewals === undefined ? null : wholeNumber(renewals),
        override: overrideOf(cell),
      },
      where,
      columnOf,
    );
  });
}

/** Overrides from a table that has been read. */
export function overridesFrom(read: ReadTable, issues: readonly Issue[]): CustomerOverride[] {
  return records(read, issues, (cell, where) => {
    const names = ['tier', 'reason', 'author', 'until'] as const;
    const cells = Object.fromEntries(names.map((name) => [name, cell(name)]));
    return checkedOverride({ customerId: cell('customer_id'), ...cells }, where, columnOf);
  });
}

type Cell = (name: string) => string | undefined;

function records<T>(
  read: ReadTable,
  issues: readonly Issue[],
  make: (cell: Cell, where: string) => T,
): T[] {
  const issue = issues.find(({ row }) => row > 0);
  if (issue) throw new MisuseError(`${issue.table}, row ${issue.row}: ${toMend(issue)}`);
  const [table, texts] = [read.texts.as_of ? 'standings' : 'overrides', read.texts];
  return Array.from({ length: read.length }, (_, row) =>
    make((name) => labelAt(texts[name], row), `${table}, row ${read.rows[row]}`),
  );
}

/** `override.until` → `override_until`, `asOf` → `as_of`. */
function columnOf(path: readonly PropertyKey[]): string {
  return path.join('_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function overrideOf(cell: Cell): Partial<Record<keyof Override, string>> | null {
  const names = ['tier', 'reason', 'author', 'until'] as const;
  const cells = names.map((name) => [name, cell(`override_${name}`)] as const);
  return cells.every(([, value]) => value === undefined) ? null : Object.fromEntries(cells);
}

/** What is no whole number stays text, for the message to show. */
function wholeNumber(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}
