import type { Command } from 'commander';
import { MisuseError } from '../base/errors.js';
import type { Field, ReadTable } from '../book/field.js';
import { type Issue, issueLog } from '../book/issues.js';
import {
  noColumns,
  overrideFields,
  overridesFrom,
  standingFields,
  standingsFrom,
} from '../book/read-standings.js';
import type { AssessOptions, Grades } from '../grading/assess.js';
import { standingsOf } from '../grading/standings-of.js';
import type { Plan } from '../plan/plan.js';
import { standingHeader, standingRow } from '../report/standing-rows.js';
import { readTable } from './files.js';
import type { StandingOptions } from './options.js';
import { once } from './options.js';
import { writeRows } from './outputs.js';

/** Adds the options that say what is remembered. */
export function standingOptions(command: Command): Command {
  return command
    .option('--standings <file>', 'standings that an earlier day gave: what is remembered', once)
    .option(
      '--overrides <file>',
      'tiers set by hand: customer_id, tier, reason, author, until',
      once,
    );
}

/** Reads what is remembered. */
export async function readRemembered({
  standings,
  overrides,
}: StandingOptions): Promise<Pick<AssessOptions, 'standings' | 'overrides'>> {
  return {
    standings: await readFile(standings, 'standings', standingFields, standingsFrom),
    overrides: await readFile(overrides, 'overrides', overrideFields, overridesFrom),
  };
}

async function readFile<T>(
  path: string | undefined,
  what: string,
  fields: readonly Field[],
  from: (read: ReadTable, issues: readonly Issue[]) => T[],
): Promise<T[] | undefined> {
  if (path === undefined) return undefined;
  if (path === '-') throw new MisuseError(`--${what}: expected a file, got - (standard input)`);
  const log = issueLog();
  return from(unescaped(await readTable(path, what, fields, noColumns, log)), log.issues);
}

/** Texts as they were before they were written so that a spreadsheet would not run them. */
export function unescaped(read: ReadTable): ReadTable {
  const plain = (label: string) => label.replace(/^'(?=[=+\-@\t\r])/, '');
  const texts = Object.entries(read.texts).map(([name, { codes, labels }]) => [
    name,
    { codes, labels: labels.map(plain) },
  ]);
  return { ...read, texts: Object.fromEntries(texts) };
}

/** Without memory there is nothing to keep: said before the work. */
export function checkStandingsOut(
  { standingsOut, standings, overrides }: StandingOptions,
  { memory }: Plan,
): void {
  if (standingsOut === undefined || (memory ?? standings ?? overrides) !== undefined) return;
  throw new MisuseError(
    '--standings-out: the plan has no memory; give it a part "memory", {} for the defaults, or give --overrides',
  );
}

/** Writes the standings after a graded day. */
export async function writeStandings(path: string, grades: Grades): Promise<void> {
  const standings = standingsOf(grades);
  await writeRows(path, standingHeader, standings.length, (row) => standingRow(standings[row]));
}
