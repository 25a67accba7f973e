import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MisuseError } from '../base/errors.js';

/** How a path is called in messages. */
export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** The delimiter is found out from the first piece, which must hold the header whole. */
const minFirstPiece = 65_536;

/** Files that are no text, by their first bytes, and what to do about them. */
const otherFiles: readonly (readonly [RegExp, string])[] = [
  [/^PK\x03\x04/, 'a workbook or a zip file; save the sheet as CSV UTF-8, or unpack it'],
  [
    /^PAR1/,
    "a Parquet file; write it as CSV, as in DuckDB: COPY (FROM 'file.parquet') TO 'file.csv'",
  ],
  [/^(ARROW1|\xff\xff\xff\xff)/, 'an Arrow file; write it as CSV or NDJSON'],
  [/^\xd0\xcf\x11\xe0/, 'an old workbook (.xls); save the sheet as CSV UTF-8'],
  [/^(BZh|\xfd7zXZ|\x28\xb5\x2f\xfd)/, 'a compressed file; unpack it, or compress it with gzip'],
];

/** The text of a file, unpacked if it is gzip by name or content, without a byte-order mark. */
export async function* decoded(
  path: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<string> {
  const file: Readable = path === '-' ? process.stdin : createReadStream(path);
  file.on('data', (chunk: Buffer) => onBytes(chunk.length));
  file.pause();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let least = minFirstPiece;
  try {
    for await (const chunk of unpacked(path, file)) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length < least) continue;
      yield text;
      text = '';
      least = 1;
    }
    text += decoder.decode();
    if (text.length > 0) yield text;
  } catch (error) {
    if (error instanceof MisuseError) throw error;
    throw new MisuseError(`${nameOf(path)}: ${unreadable(error as NodeJS.ErrnoException)}`);
  } finally {
    file.destroy();
  }
}

async function* unpacked(path: string, file: Readable): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = file[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done && path.endsWith('.gz')) throw Object.assign(new Error(), { code: 'Z_BUF_ERROR' });
  if (first.done) return;
  const start = first.value.toString('latin1', 0, 8);
  const other = otherFiles.find(([magic]) => magic.test(start));
  if (other) throw new MisuseError(`${nameOf(path)}: ${other[1]}`);
  async function* all() {
    yield first.value as Buffer;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  if (!path.endsWith('.gz') && !start.startsWith('\x1f\x8b')) {
    yield* all();
    return;
  }
  const source = Readable.from(all());
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
}

function unreadable({ code = '', message }: NodeJS.ErrnoException): string {
  if (code.startsWith('Z_')) return `expected a whole gzip file (${code})`;
  if (code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') return `cannot be read: ${message}`;
  return 'expected UTF-8 text; save the file as UTF-8';
}

/** A row longer than this is a quote that was never closed; waiting for its end would take hours. */
export const longestRow = 8_000_000;

/** Lines that end with a line feed, and no others: JSON may hold every further mark of a line's end. */
export async function* linesOf(
  pieces: AsyncIterable<string>,
  where: string,
): AsyncGenerator<string[]> {
  let rest: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const lines = piece.split('\n');
    if (lines.length > 1) {
      lines[0] = rest.join('') + lines[0];
      rest = [];
      length = 0;
    }
    const open = lines.pop() ?? '';
    rest.push(open);
    length += open.length;
    if (length > longestRow) {
      throw new MisuseError(
        `${where}: a line is longer than ${longestRow} characters; expected one record a line`,
      );
    }
    if (lines.length > 0) yield lines;
  }
  yield [rest.join('')];
}

/**
 * The same text with line feeds for carriage returns that end a line alone, as old exports have them;
 * those in quoted cells stay. Where both stand side by side the parser needs no help.
 */
export async function* withLineFeeds(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let quoted = false;
  let held = '';
  for await (const piece of pieces) {
    let text = held + piece;
    // Whether a line feed follows is seen in the next piece.
    held = text.endsWith('\r') ? '\r' : '';
    if (held) text = text.slice(0, -1);
    if (/\r(?!\n)/.test(text)) {
      const parts = text.split('"');
      for (let k = 0; k < parts.length; k++) {
        if (quoted === (k % 2 === 1)) parts[k] = parts[k].replaceAll(/\r(?!\n)/g, '\n');
      }
      quoted = quoted === (parts.length % 2 === 1);
      text = parts.join('"');
    } else {
      for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quoted = !quoted;
    }
    if (text !== '') yield text;
  }
  if (held) yield '\n';
}
