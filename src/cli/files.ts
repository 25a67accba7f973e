import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import Papa from 'papaparse';
import { MisuseError } from '../base/errors.js';
import type { ReadColumns } from '../book/columns-file.js';
import type { Issue } from '../book/issues.js';
import { recordReader } from '../book/read-rows.js';
import { type Field, type ReadTable, type Row, rowReader } from '../book/rows.js';
import { progressBar } from './progress.js';

/** Takes in rows as they are read: cells under the names of a header, or records. */
interface Sink<Item, Result> {
  push(item: Item): void;
  finish(): Result;
}

/** What is opened for the rows of a file: for cells once the names are known, or for records. */
export interface Sinks<Result> {
  cells(names: string[]): Sink<ArrayLike<unknown>, Result>;
  records(): Sink<Row, Result>;
}

/** Reads a table from a `.csv`, `.csv.gz` or `.ndjson` file, or CSV from standard input (`-`). */
export function readTable(
  path: string,
  table: string,
  fields: readonly Field[],
  options: ReadColumns,
  issues: Issue[],
): Promise<ReadTable> {
  const sinks = {
    cells: (names: string[]) => rowReader(table, fields, names, options, issues),
    records: () => recordReader(table, fields, options, issues),
  };
  return readRowsInto(path, table, sinks, options.delimiter);
}

/** Feeds the rows of a file to what takes them in, without keeping them. */
export async function readRowsInto<Result>(
  path: string,
  what: string,
  sinks: Sinks<Result>,
  delimiter?: string,
): Promise<Result> {
  const size = path === '-' ? 0 : await requireFile(path, what);
  const bar = progressBar(`reading ${what}`, size);
  const pieces = decoded(path, (bytes) => bar.add(bytes));
  const where = nameOf(path);
  try {
    return /\.ndjson(\.gz)?$/.test(path)
      ? await readNdjson(pieces, where, sinks.records())
      : await readCsv(pieces, where, delimiter, sinks.cells);
  } finally {
    bar.stop();
  }
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** The size of a file, which must be there. */
export async function requireFile(path: string, what: string): Promise<number> {
  const file = await stat(path).catch(() => undefined);
  // A pipe is as good as a file: the shell hands over `<(zcat old.csv.gz)` as one.
  if (file && !file.isDirectory()) return file.size;
  throw new MisuseError(`${what}: cannot read a file ${path}; check the path`);
}

/** The delimiter is found out from the first piece, which must hold the header whole. */
const minFirstPiece = 65_536;

/** The text of a file, without a byte-order mark; bytes that are no UTF-8 are an error. */
async function* decoded(path: string, onBytes: (bytes: number) => void): AsyncGenerator<string> {
  const file: Readable = path === '-' ? process.stdin : createReadStream(path);
  const input: Readable = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.on('data', (chunk: Buffer) => onBytes(chunk.length));
  file.on('error', (error) => input.destroy(error));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let least = minFirstPiece;
  try {
    for await (const chunk of input) {
      text += decoder.decode(chunk as Buffer, { stream: true });
      if (text.length < least) continue;
      yield text;
      text = '';
      least = 1;
    }
    text += decoder.decode();
    if (text.length > 0) yield text;
  } catch (error) {
    throw new MisuseError(`${nameOf(path)}: ${unreadable(error as NodeJS.ErrnoException)}`);
  } finally {
    file.destroy();
  }
}

function unreadable({ code = '', message }: NodeJS.ErrnoException): string {
  if (code.startsWith('Z_')) return `expected a whole gzip file (${code})`;
  if (code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') return `cannot be read: ${message}`;
  return 'expected UTF-8 text; save the file as UTF-8';
}

/** A row longer than this is a quote that was never closed; waiting for its end would take hours. */
const longestRow = 8_000_000;

function readCsv<Result>(
  pieces: AsyncGenerator<string>,
  where: string,
  delimiter: string | undefined,
  open: Sinks<Result>['cells'],
): Promise<Result> {
  const source = Readable.from(pieces);
  return new Promise((done, fail) => {
    let reader: ReturnType<typeof open> | undefined;
    let rows = 0;
    let fed = 0;
    source.on('data', (piece: string) => {
      fed += piece.length;
    });
    const stop = (error: unknown) => {
      source.destroy();
      fail(error);
    };
    Papa.parse<string[]>(source, {
      delimiter: delimiter ?? delimiterOf,
      chunk({ data, errors, meta }, parser) {
        try {
          // What is said of a row that the piece cuts off is not yet true: it stands after the data.
          const quotes = errors.find(({ type, row = 0 }) => type === 'Quotes' && row < data.length);
          const unclosed = fed - meta.cursor > longestRow ? data.length : undefined;
          const faulty = quotes ? quotes.row : unclosed;
          if (faulty !== undefined) {
            throw new MisuseError(
              `${where}: a quote is not closed, or stands inside a quoted cell, near line ${rows + faulty + 1}`,
            );
          }
          rows += data.length;
          for (const cells of data) {
            if (cells.length === 1 && cells[0].trim() === '') continue;
            if (reader) reader.push(cells);
            else reader = open(cells.map((name) => name.trim()));
          }
        } catch (error) {
          // Aborting completes: the fault must be told before.
          stop(error);
          parser.abort();
        }
      },
      complete() {
        try {
          if (!reader)
            throw new MisuseError(`${where}: expected a header and rows, got an empty file`);
          done(reader.finish());
        } catch (error) {
          fail(error);
        }
      },
      error: stop,
    });
  });
}

/** The mark that the header has most of: cells may hold any of them, names hardly do. */
function delimiterOf(text: string): string {
  const [header = ''] = text.replaceAll(/"[^"]*"/g, '').match(/[^\r\n]+/) ?? [];
  const marks = [',', ';', '\t', '|'];
  const counts = marks.map((mark) => header.split(mark).length);
  return marks[counts.indexOf(Math.max(...counts))];
}

async function readNdjson<Result>(
  pieces: AsyncGenerator<string>,
  where: string,
  reader: Sink<Row, Result>,
): Promise<Result> {
  let number = 0;
  for await (const lines of linesOf(pieces)) {
    for (const line of lines) {
      number++;
      if (line.trim() !== '') reader.push(jsonObject(line, `${where}, line ${number}`));
    }
  }
  return reader.finish();
}

/** Lines that end with a line feed, and no others: JSON may hold every further mark of a line's end. */
async function* linesOf(pieces: AsyncGenerator<string>): AsyncGenerator<string[]> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
  yield [rest];
}

/** Reads a JSON file that holds one object. */
export async function readJson(path: string, what: string): Promise<Row> {
  return jsonObject(await readText(path, what), path);
}

/** Reads a text file whole. */
export async function readText(path: string, what: string): Promise<string> {
  await requireFile(path, what);
  let text = '';
  for await (const piece of decoded(path, () => {})) text += piece;
  return text;
}

function jsonObject(text: string, where: string): Row {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MisuseError(`${where}: expected JSON, ${(error as Error).message}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  throw new MisuseError(`${where}: expected a JSON object, got ${text.slice(0, 30)}`);
}
