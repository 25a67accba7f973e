import { stat } from 'node:fs/promises';
import { MisuseError } from '../base/errors.js';
import type { ReadColumns } from '../book/columns-file.js';
import type { Field, ReadTable } from '../book/field.js';
import type { IssueLog } from '../book/issues.js';
import { recordReader } from '../book/read-rows.js';
import { type Row, rowReader } from '../book/rows.js';
import { type CsvOptions, readCsv, type Sink, type Sinks } from './csv.js';
import { progressBar } from './progress.js';
import { decoded, linesOf, nameOf } from './text.js';

/** Reads a table from a file of CSV or of one JSON record a line, or from standard input (`-`). */
export function readTable(
  path: string,
  table: string,
  fields: readonly Field[],
  options: ReadColumns,
  log: IssueLog,
): Promise<ReadTable> {
  const sinks = {
    cells: (names: string[]) => rowReader(table, fields, names, options, log),
    records: () => recordReader(table, fields, options, log),
  };
  return readRowsInto(path, table, sinks, options);
}

/** Feeds the rows of a file to what takes them in, without keeping them. */
export async function readRowsInto<Result>(
  path: string,
  what: string,
  sinks: Sinks<Result>,
  options: CsvOptions = {},
): Promise<Result> {
  const size = path === '-' ? 0 : await requireFile(path, what);
  const bar = progressBar(`reading ${what}`, size);
  const where = nameOf(path);
  try {
    const { start, pieces } = await peeked(decoded(path, (bytes) => bar.add(bytes)));
    const named = /\.(ndjson|jsonl)(\.gz)?$/.test(path);
    const json = named || (options.skipLines === undefined && start === '{');
    if (start === '[' && !named) {
      throw new MisuseError(
        `${where}: a JSON list; expected one record a line (NDJSON), as jq -c '.[]' writes it`,
      );
    }
    return json
      ? await readNdjson(pieces, where, sinks.records())
      : await readCsv(pieces, where, options, sinks.cells);
  } finally {
    bar.stop();
  }
}

/** The first character that is no blank, and the whole text all the same. */
async function peeked(pieces: AsyncGenerator<string>) {
  const first = await pieces.next();
  async function* all() {
    if (first.done) return;
    yield first.value;
    yield* pieces;
  }
  const text = first.done ? '' : first.value.slice(0, 1000).trimStart();
  return { start: text[0], pieces: all() };
}

/** The size of a file, which must be there. */
export async function requireFile(path: string, what: string): Promise<number> {
  const file = await stat(path).catch(() => undefined);
  // A pipe is as good as a file: the shell hands over `<(zcat old.csv.gz)` as one.
  if (file && !file.isDirectory()) return file.size;
  throw new MisuseError(`${what}: cannot read a file ${path}; check the path`);
}

async function readNdjson<Result>(
  pieces: AsyncGenerator<string>,
  where: string,
  reader: Sink<Row, Result>,
): Promise<Result> {
  let number = 0;
  for await (const lines of linesOf(pieces, where)) {
    for (const line of lines) {
      number++;
      if (line.trim() !== '') reader.push(jsonObject(line, `${where}, line ${number}`));
    }
  }
  return reader.finish();
}

/** Reads a JSON file that holds one object. */
export async function readJson(path: string, what: string): Promise<Row> {
  return jsonObject(await readText(path, what), path);
}

/** Reads a text file whole. */
export async function readText(path: string, what: string): Promise<string> {
  await requireFile(path, what);
  const parts: string[] = [];
  for await (const piece of decoded(path, () => {})) parts.push(piece);
  return parts.join('');
}

function jsonObject(text: string, where: string): Row {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MisuseError(`${where}: expected JSON, ${(error as Error).message.slice(0, 200)}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  throw new MisuseError(`${where}: expected a JSON object, got ${text.slice(0, 30)}`);
}
