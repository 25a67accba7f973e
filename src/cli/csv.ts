import { Readable } from 'node:stream';
import Papa from 'papaparse';
import { MisuseError } from '../base/errors.js';
import type { Row } from '../book/rows.js';
import { longestRow, withLineFeeds } from './text.js';

/** Takes in rows as they are read: cells under the names of a header, or records. */
export interface Sink<Item, Result> {
  push(item: Item): void;
  finish(): Result;
}

/** What is opened for the rows of a file: for cells once the names are known, or for records. */
export interface Sinks<Result> {
  cells(names: string[]): Sink<ArrayLike<unknown>, Result>;
  records(): Sink<Row, Result>;
}

/** How a CSV file is written, where that is stated. */
export interface CsvOptions {
  readonly delimiter?: string | undefined;
  /** Lines before the header. */
  readonly skipLines?: number | undefined;
}

/** A header is looked for in so many lines: titles of exports stand above it. */
const maxTitleLines = 10;
/** More empty lines than a file can have by mistake. */
const maxEmptyLines = 1_000_000;

/** Reads the rows of a CSV file into what `open` gives for its header. */
export function readCsv<Result>(
  pieces: AsyncGenerator<string>,
  where: string,
  { delimiter, skipLines }: CsvOptions,
  open: Sinks<Result>['cells'],
): Promise<Result> {
  let stated = delimiter;
  async function* table() {
    let first = true;
    for await (const piece of withLineFeeds(pieces)) {
      // Spreadsheets are told the delimiter in a line of its own.
      const line = first ? /^sep=([^\r\n])\r?\n/i.exec(piece) : null;
      first = false;
      if (line) stated ??= line[1];
      yield line ? piece.slice(line[0].length) : piece;
    }
  }
  const source = Readable.from(table());
  return new Promise((done, fail) => {
    const header = headerFinder(open, skipLines);
    let reader: Sink<ArrayLike<unknown>, Result> | undefined;
    let rows = 0;
    let empty = 0;
    let fed = 0;
    source.on('data', (piece: string) => {
      fed += piece.length;
    });
    const stop = (error: unknown) => {
      source.destroy();
      fail(error);
    };
    Papa.parse<string[]>(source, {
      delimiter: (text: string) => stated ?? delimiterOf(text),
      newline: '\n',
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
            const last = cells.length - 1;
            if (cells[last].endsWith('\r')) cells[last] = cells[last].slice(0, -1);
            if (last === 0 && cells[0].trim() === '') {
              empty++;
              if (empty > maxEmptyLines)
                throw new MisuseError(
                  `${where}: more than ${maxEmptyLines} empty lines; expected rows`,
                );
              continue;
            }
            if (reader) reader.push(cells);
            else reader = header.take(cells);
          }
        } catch (error) {
          // Aborting completes: the fault must be told before.
          stop(error);
          parser.abort();
        }
      },
      complete() {
        try {
          reader ??= header.none();
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

/** Finds the row that holds the names: the first that has all that must be there. */
function headerFinder<Result>(open: Sinks<Result>['cells'], skipLines: number | undefined) {
  let fault: unknown;
  let lines = 0;
  let first = 0;
  let widest = 0;
  const hinted = () =>
    fault instanceof MisuseError && skipLines === undefined && first < widest
      ? new MisuseError(
          `${fault.message}; if lines stand above the names say how many: "skipLines" in the columns file`,
        )
      : fault;
  return {
    take(cells: string[]) {
      lines++;
      const filled = cells.filter((cell) => cell.trim() !== '').length;
      if (lines === 1) first = filled;
      widest = Math.max(widest, filled);
      if (lines <= (skipLines ?? 0)) return undefined;
      try {
        return open(cells.map((name) => name.trim()));
      } catch (error) {
        fault ??= error;
        if (skipLines !== undefined || lines >= maxTitleLines) throw hinted();
        return undefined;
      }
    },
    none(): undefined {
      if (fault) throw hinted();
    },
  };
}

/** The mark that the first line with any has most of: cells may hold any of them, names hardly do. */
function delimiterOf(text: string): string {
  const marks = [',', ';', '\t', '|'];
  for (const line of text.replaceAll(/"[^"]*"/g, '').split(/[\r\n]+/, maxTitleLines)) {
    const counts = marks.map((mark) => line.split(mark).length);
    const most = Math.max(...counts);
    if (most > 2) return marks[counts.indexOf(most)];
  }
  return marks.find((mark) => text.includes(mark)) ?? ',';
}
