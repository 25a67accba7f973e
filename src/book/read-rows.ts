import { MisuseError, shown } from '../base/errors.js';
import type { ReadColumns } from './columns-file.js';
import type { Issue } from './issues.js';
import { checkNames, columnNames } from './names.js';
import { cellsReader, type Field, type ReadTable, type Row, type Rows, rowReader } from './rows.js';

/** Reads all rows of a table, whichever way they come. */
export function readRows(
  table: string,
  fields: readonly Field[],
  rows: Rows,
  options: ReadColumns,
  issues: Issue[],
): ReadTable {
  if (typeof rows !== 'object' || rows === null) {
    throw new MisuseError(`${table}: expected records or columns, got ${shown(rows)}`);
  }
  if (isIterable(rows)) {
    const reader = recordReader(table, fields, options, issues);
    for (const record of rows) reader.push(record);
    return reader.finish();
  }
  const names = Object.keys(rows);
  const columns = names.map((name) => rows[name]);
  const length = lengthOf(columns[0]) ?? 0;
  const uneven = columns.findIndex((column) => lengthOf(column) !== length);
  if (uneven >= 0) {
    throw new MisuseError(
      `${table}: expected columns of one length, but "${names[0]}" has ${length} rows and "${names[uneven]}" ${lengthOf(columns[uneven]) ?? 'is no column'}`,
    );
  }
  const reader = rowReader(table, fields, names, options, issues);
  const cells: unknown[] = new Array(names.length);
  for (let i = 0; i < length; i++) {
    for (let c = 0; c < columns.length; c++) cells[c] = columns[c][i];
    reader.push(cells);
  }
  return reader.finish();
}

/** Takes in records, whose keys need not be the same from one to the next. */
export interface RecordReader {
  push(record: Row): void;
  finish(): ReadTable;
}

/**
 * Opens a reader for records; like {@link rowReader}, but names grow as new keys appear, and whether
 * a column is there is known at the end only: what a record lacks, a later one may have.
 */
export function recordReader(
  table: string,
  fields: readonly Field[],
  options: ReadColumns,
  issues: Issue[],
): RecordReader {
  const spellings = fields.map((field) => columnNames(field, options));
  const names = [...new Set(spellings.map(([name]) => name))];
  const ownNames = new Map(
    spellings.flatMap((known) => known.map((name) => [name, names.indexOf(known[0])])),
  );
  /** Where each key that has appeared stands. */
  const positions = new Map<string, number>();
  const place = (key: string): number => {
    const position = ownNames.get(key) ?? names.push(key) - 1;
    positions.set(key, position);
    return position;
  };
  const reader = cellsReader(table, fields, names, options, issues);
  let records = 0;
  return {
    push(record) {
      records++;
      if (typeof record !== 'object' || record === null) {
        throw new MisuseError(
          `${table}: expected a record as row ${records}, got ${shown(record)}`,
        );
      }
      const cells: unknown[] = new Array(names.length);
      for (const [key, value] of Object.entries(record)) {
        const position = positions.get(key) ?? place(key);
        if (cells[position] !== undefined) {
          throw new MisuseError(`${table}: row ${records} has "${key}" in both spellings`);
        }
        cells[position] = value;
      }
      reader.push(cells);
    },
    finish() {
      if (records > 0) checkNames(table, fields, [...positions.keys()], options);
      const absent = fields.filter((_, k) => !spellings[k].some((name) => positions.has(name)));
      return { ...reader.finish(), absent: absent.map(({ name }) => name) };
    },
  };
}

function isIterable(rows: Rows): rows is Iterable<Row> {
  return typeof (rows as Iterable<Row>)[Symbol.iterator] === 'function';
}

function lengthOf(column: unknown): number | undefined {
  const length =
    typeof column === 'object' ? (column as ArrayLike<unknown> | null)?.length : undefined;
  return typeof length === 'number' ? length : undefined;
}
