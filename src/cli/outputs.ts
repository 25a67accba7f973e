import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import {
  access,
  chmod,
  constants,
  mkdir,
  readdir,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import Papa from 'papaparse';
import { MisuseError, UnusableDataError } from '../base/errors.js';
import { formulaLike, type OutputCell, type OutputTable } from '../base/output.js';
import type { Issue, Issues } from '../book/issues.js';
import type { ChartSpec } from '../report/chart-parts.js';
import type { InputOptions, OutputOptions } from './options.js';
import { progressBar } from './progress.js';

/**
 * Fails now rather than after the work when outputs would meet each other, an input, or no folder.
 *
 * @param further files that are read besides those the options name
 */
export async function checkOutputs(
  options: InputOptions & OutputOptions,
  further: readonly (string | undefined)[] = [],
): Promise<void> {
  const { out, issues, json, policies, claims, experience, indicators, columns, plan, model } =
    options;
  const { standings, overrides, standingsOut } = options;
  if ([out === '-', issues === '-', json].filter(Boolean).length > 1) {
    throw new MisuseError('expected one thing on standard output: --out -, --issues - or --json');
  }
  const inputs = [policies, claims, experience, indicators, columns, plan, model];
  const files = await Promise.all(
    [...inputs, standings, overrides, ...further]
      .filter((path) => path !== undefined)
      .map(realPath),
  );
  for (const path of [out, issues, standingsOut]) {
    if (path === undefined || path === '-') continue;
    const real = await realPath(path);
    if (files.includes(real)) {
      throw new MisuseError(`${path} is named twice: writing it would destroy the other`);
    }
    files.push(real);
    await checkWritable(path);
  }
  if (issues !== undefined) checkRowsName(issues);
  if (standingsOut === '-') throw new MisuseError('--standings-out: expected a file, got -');
  if (standingsOut !== undefined) checkRowsName(standingsOut);
}

/** Where a path leads, through links; of a file that is not there yet, where its folder does. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path);
  return realpath(whole).catch(async () => {
    const folder = await realpath(dirname(whole)).catch(() => dirname(whole));
    return join(folder, basename(whole));
  });
}

/** Rows are written as the name says; another name would get what it does not promise. */
export function checkRowsName(path: string): void {
  if (path === '-' || path.startsWith('/dev/') || /\.(csv|ndjson)(\.gz)?$/.test(path)) return;
  throw new MisuseError(`${path}: expected a name in .csv, .csv.gz, .ndjson or .ndjson.gz, or -`);
}

async function checkWritable(path: string): Promise<void> {
  if (path === '-') return;
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new MisuseError(`cannot write ${path}: it is a folder`);
  const folder = dirname(resolve(path));
  const usable = await Promise.all([stat(folder), access(folder, constants.W_OK)]).then(
    ([found]) => found.isDirectory(),
    () => false,
  );
  if (!usable) {
    throw new MisuseError(`cannot write ${path}: the folder is not there or not writable`);
  }
}

/**
 * Writes text whole or not at all: beside the file first, then renamed. `-` is standard output,
 * `.gz` is compressed. A device or a pipe is written to as it is.
 */
export async function writeText(path: string, pieces: Iterable<string>): Promise<void> {
  if (path === '-') {
    await pipeline(Readable.from(pieces), process.stdout, { end: false });
    return;
  }
  const there = await stat(path).catch(() => undefined);
  const target = there?.isFile() ? await realpath(path) : path;
  const inPlace = there !== undefined && !there.isFile();
  if (!inPlace) await removeLeftOver(target);
  // A name nobody can guess, which must not be there: whatever was put in its place is not followed.
  const written = inPlace ? path : `${target}.${process.pid}-${randomUUID()}.partial`;
  const mode = there?.isFile() ? there.mode & 0o777 : 0o666;
  try {
    const file = createWriteStream(written, inPlace ? {} : { flags: 'wx', mode });
    if (path.endsWith('.gz')) await pipeline(Readable.from(pieces), createGzip(), file);
    else await pipeline(Readable.from(pieces), file);
    if (!inPlace) {
      if (there?.isFile()) await chmod(written, mode);
      await rename(written, target);
    }
  } catch (error) {
    if (!inPlace) await rm(written, { force: true }).catch(() => {});
    throw new MisuseError(`cannot write ${path}: ${(error as Error).message}`);
  }
}

/** Removes what runs that were killed left of this file; those that still run keep theirs. */
async function removeLeftOver(target: string): Promise<void> {
  const own = `${basename(target)}.`;
  const names = await readdir(dirname(target)).catch(() => []);
  for (const name of names) {
    const pid =
      name.startsWith(own) && /^(\d+)-[\da-f-]{36}\.partial$/.exec(name.slice(own.length));
    if (pid && !isRunning(Number(pid[1]))) await rm(join(dirname(target), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const rowsAPiece = 2000;

/** Writes rows as CSV, or as NDJSON where the path says so. */
export async function writeTable(path: string, { length, columns }: OutputTable): Promise<void> {
  const header = columns.map(({ name }) => name);
  await writeRows(path, header, length, (row) => columns.map(({ read }) => read(row)));
}

/** The same of rows that are made whole. */
export async function writeRows(
  path: string,
  header: readonly string[],
  length: number,
  rowAt: (row: number) => OutputCell[],
): Promise<void> {
  const bar = progressBar('writing', length);
  const ndjson = /\.ndjson(\.gz)?$/.test(path);
  const csv = (rows: OutputCell[][]) =>
    `${Papa.unparse(rows, { escapeFormulae: formulaLike, newline: '\n' })}\n`;
  function* pieces() {
    if (!ndjson) yield csv([[...header]]);
    for (let start = 0; start < length; start += rowsAPiece) {
      const count = Math.min(rowsAPiece, length - start);
      const rows = Array.from({ length: count }, (_, k) => rowAt(start + k));
      bar.add(count);
      yield ndjson ? rows.map((row) => `${jsonRow(header, row)}\n`).join('') : csv(rows);
    }
  }
  try {
    await writeText(path, pieces());
  } finally {
    bar.stop();
  }
}

function jsonRow(header: readonly string[], row: readonly OutputCell[]): string {
  return JSON.stringify(Object.fromEntries(header.map((name, c) => [name, row[c]])));
}

/** Writes charts as files of Vega-Lite, each under its name. */
export async function writeCharts(
  folder: string,
  charts: Readonly<Record<string, ChartSpec>>,
): Promise<void> {
  for (const [name, chart] of Object.entries(charts)) {
    await writeText(join(folder, `${name}.vl.json`), [`${JSON.stringify(chart, null, 2)}\n`]);
  }
}

/** Makes a folder and those above it, if need be. */
export async function madeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: Error) => {
    throw new MisuseError(`cannot make the folder ${path}: ${error.message}`);
  });
}

/** Writes the issues, and stops when there are more than may be. */
export async function reportIssues(
  issues: Issues | readonly Issue[],
  options: OutputOptions,
): Promise<void> {
  const header = ['table', 'row', 'field', 'code', 'message', 'amount'] as const;
  if (options.issues !== undefined) {
    await writeRows(options.issues, header, issues.length, (row) =>
      header.map((name) => issues[row][name]),
    );
  }
  if (!('verdict' in issues) || issues.verdict.usable) return;
  const { reasons } = issues.verdict;
  throw new UnusableDataError(
    `${reasons.join('. ')}; see --issues FILE, and --max-issues for how much may be left out`,
  );
}
