import { createReadStream, createWriteStream } from 'node:fs';
import { access, constants, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import Papa from 'papaparse';
import type { ReadColumns } from '../columns-file.js';
import type { Issue } from '../issues.js';
import { MisuseError } from '../misuse.js';
import { recordReader } from '../rows/read-rows.js';
import { type Field, type ReadTable, type Row, type RowReader, rowReader } from '../rows.js';
import { progressBar } from './progress.js';

type Cell = string | number | null;

/** Reads a table from a `.csv`, `.csv.gz` or `.ndjson` file, or CSV from standard input (`-`). */
export async function readTable(
  path: string,
  table: string,
  fields: readonly Field[],
  options: ReadColumns,
  issues: Issue[],
): Promise<ReadTable> {
  const size = path === '-' ? 0 : await sizeOf(path, table);
  const bar = progressBar(`reading ${table}`, size);
  const pieces = decoded(path, (bytes) => bar.add(bytes));
  try {
    return /\.ndjson(\.gz)?$/.test(path)
      ? await readNdjson(pieces, path, recordReader(table, fields, options, issues))
      : await readCsv(pieces, path, options, (names) =>
          rowReader(table, fields, names, options, issues),
        );
  } finally {
    bar.stop();
  }
}

async function sizeOf(path: string, what: string): Promise<number> {
  const file = await stat(path).catch(() => undefined);
  // A pipe is as good as a file: the shell hands over `<(zcat old.csv.gz)` as one.
  if (file && !file.isDirectory()) return file.size;
  throw new MisuseError(`${what}: cannot read a file ${path}; check the path`);
}

/** The delimiter is found out from the first piece, which must not be a pipe's first few bytes. */
const leastFirstPiece = 65_536;

/** The text of a file, without a byte-order mark; bytes that are no UTF-8 are an error. */
async function* decoded(path: string, onBytes: (bytes: number) => void): AsyncGenerator<string> {
  const file: Readable = path === '-' ? process.stdin : createReadStream(path);
  const input: Readable = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.on('data', (chunk: Buffer) => onBytes(chunk.length));
  file.on('error', (error) => input.destroy(error));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let least = leastFirstPiece;
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
    throw new MisuseError(`${path}: ${unreadable(error as NodeJS.ErrnoException)}`);
  } finally {
    file.destroy();
  }
}

function unreadable({ code = '', message }: NodeJS.ErrnoException): string {
  if (code.startsWith('Z_')) return `expected a whole gzip file (${code})`;
  if (code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') return `cannot be read: ${message}`;
  return 'expected UTF-8 text; save the file as UTF-8';
}

function readCsv(
  pieces: AsyncGenerator<string>,
  path: string,
  { delimiter }: ReadColumns,
  open: (names: string[]) => RowReader,
): Promise<ReadTable> {
  const source = Readable.from(pieces);
  return new Promise((done, fail) => {
    let reader: RowReader | undefined;
    let rows = 0;
    const stop = (error: unknown) => {
      source.destroy();
      fail(error);
    };
    Papa.parse<string[]>(source, {
      ...(delimiter === undefined ? {} : { delimiter }),
      skipEmptyLines: true,
      chunk({ data, errors }, parser) {
        try {
          const quotes = errors.find(({ type }) => type === 'Quotes');
          if (quotes) {
            const row = rows + (quotes.row ?? 0);
            throw new MisuseError(`${path}: a quote is not closed, near data row ${row}`);
          }
          for (const cells of data) {
            if (reader) reader.push(cells);
            else reader = open(cells.map((name) => name.trim()));
            rows++;
          }
        } catch (error) {
          parser.abort();
          stop(error);
        }
      },
      complete() {
        try {
          if (!reader)
            throw new MisuseError(`${path}: expected a header and rows, got an empty file`);
          done(reader.finish());
        } catch (error) {
          fail(error);
        }
      },
      error: stop,
    });
  });
}

async function readNdjson(
  pieces: AsyncGenerator<string>,
  path: string,
  reader: ReturnType<typeof recordReader>,
): Promise<ReadTable> {
  let number = 0;
  for await (const lines of linesOf(pieces)) {
    for (const line of lines) {
      number++;
      if (line.trim() !== '') reader.push(jsonObject(line, `${path}, line ${number}`));
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
  await sizeOf(path, what);
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

/** Fails now rather than after the work when a file could not be written. */
export async function checkWritable(path: string): Promise<void> {
  if (path === '-') return;
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new MisuseError(`cannot write ${path}: it is a folder`);
  try {
    await access(dirname(resolve(path)), constants.W_OK);
  } catch {
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
  const written = inPlace ? path : `${target}.${process.pid}.partial`;
  try {
    const file = createWriteStream(written);
    if (path.endsWith('.gz')) await pipeline(Readable.from(pieces), createGzip(), file);
    else await pipeline(Readable.from(pieces), file);
    if (!inPlace) await rename(written, target);
  } catch (error) {
    if (!inPlace) await rm(written, { force: true });
    throw new MisuseError(`cannot write ${path}: ${(error as Error).message}`);
  }
}

/** A text cell that a spreadsheet would run as a formula; a plain number is none. */
const formulaLike = /^(?![+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$)[=+\-@\t\r]/i;
const rowsAPiece = 2000;

/** Writes rows as CSV, or as NDJSON where the path says so. */
export async function writeRows(
  path: string,
  header: readonly string[],
  length: number,
  rowAt: (row: number) => Cell[],
): Promise<void> {
  const bar = progressBar('writing', length);
  const ndjson = /\.ndjson(\.gz)?$/.test(path);
  const csv = (rows: Cell[][]) =>
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

function jsonRow(header: readonly string[], row: readonly Cell[]): string {
  return JSON.stringify(Object.fromEntries(header.map((name, c) => [name, row[c]])));
}
