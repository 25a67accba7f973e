import { MisuseError, shown } from '../base/errors.js';
import type { ReadColumns } from './columns-file.js';
import type { Field, ReadTable } from './field.js';
import type { IssueLog } from './issues.js';
import { checkNames, columnNames, reportColumns } from './names.js';
import { cellsReader, type Row, type Rows, rowReader } from './rows.js';

/** Reads all rows of a table, whichever way they come. */
export function readRows(
  table: string,
  fields: readonly Field[],
  rows: Rows,
  options: ReadColumns,
  log: IssueLog,
): ReadTable {
  if (typeof rows !== 'object' || rows === null) {
    throw new MisuseError(`${table}: expected records or columns, got ${shown(rows)}`);
  }
  if (isArrowTable(rows)) {
    const names = rows.schema.fields.map(({ name }) => name);
    const columns = names.map((name) => [name, rows.getChild(name)] as const);
    return readRows(table, fields, Object.fromEntries(columns) as Rows, options, log);
  }
  if (isIterable(rows)) {
    const reader = recordReader(table, fields, options, log);
    for (const record of rows) reader.push(record);
    return reader.finish();
  }
  const names = Object.keys(rows);
  const columns = names.map((name) => rows[name]);
  const cellAt = columns.map((column) => {
    const get = (column as { get?: (i: number) => unknown } | null)?.get;
    return typeof get === 'function' ? get.bind(column) : (i: number) => column[i];
  });
  const length = lengthOf(columns[0]) ?? 0;
  const uneven = columns.findIndex((column) => lengthOf(column) !== length);
  if (uneven >= 0) {
    throw new MisuseError(
      `${table}: expected columns of one length, but "${names[0]}" has ${length} rows and "${names[uneven]}" ${lengthOf(columns[uneven]) ?? 'is no column'}`,
    );
  }
  const reader = rowReader(table, fields, names, options, log);
  const cells: unknown[] = new Array(names.length);
  for (let i = 0; i < length; i++) {
    for (let c = 0; c < columns.length; c++) cells[c] = cellAt[c](i);
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
  log: IssueLog,
): RecordReader {
  const spellings = fields.map((field) => columnNames(field, options));
  const parts = fields.flatMap(({ name }) => {
    const mapped = options.columns[name];
    return Array.isArray(mapped) ? mapped : [];
  });
  const single = spellings.filter((_, k) => !Array.isArray(options.columns[fields[k].name]));
  const names: string[] = [...new Set([...single.map(([name]) => name), ...parts])];
  const ownNames = new Map(
    single.flatMap((known) => known.map((name) => [name, names.indexOf(known[0])])),
  );
  for (const name of parts) if (!ownNames.has(name)) ownNames.set(name, names.indexOf(name));
  /** Where each key that has appeared stands. */
  const positions = new Map<string, number>();
  const place = (key: string): number => {
    const position = ownNames.get(key) ?? names.push(key) - 1;
    positions.set(key, position);
    return position;
  };
  const reader = cellsReader(table, fields, names, options, log);
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
      for (const [key, value] of entriesOf(record, `${table}: row ${records}`)) {
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
      reportColumns(table, fields, [...positions.keys()], options, log);
      const absent = fields.filter((_, k) => !spellings[k].some((name) => positions.has(name)));
      return { ...reader.finish(), absent: absent.map(({ name }) => name) };
    },
  };
}

/** The entries of a record; a getter that throws is told by its name. */
function entriesOf(record: Row, where: string): [string, unknown][] {
  try {
    return Object.entries(record);
  } catch {
    const bad = Object.keys(record).find((key) => {
      try {
        Reflect.get(record, key);
        return false;
      } catch {
        return true;
      }
    });
    throw new MisuseError(`${where}: the value of "${bad ?? 'a key'}" cannot be read`);
  }
}

/** What an Arrow table shows of itself, whichever library made it: none is needed here. */
interface ArrowTable {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChild(name: string): unknown;
}

function isArrowTable(rows: object): rows is ArrowTable {
  return 'schema' in rows && 'getChild' in rows && typeof rows.getChild === 'function';
}

function isIterable(rows: Rows): rows is Iterable<Row> {
  return typeof (rows as Iterable<Row>)[Symbol.iterator] === 'function';
}

function lengthOf(column: unknown): number | undefined {
  const length =
    typeof column === 'object' ? (column as ArrayLike<unknown> | null)?.length : undefined;
  return typeof length === 'number' &&
    Number.isSafeInteger(length) &&
    length >= 0 &&
    length < 2 ** 32
    ? length
    : undefined;
}
