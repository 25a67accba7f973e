import { type CellReader, cellReader, type Fault, type Kind } from './cells.js';
import type { Attribute, Coded } from './columns.js';
import type { ReadColumns } from './columns-file.js';
import { growing, growingText } from './growing.js';
import type { Issue } from './issues.js';
import { didYouMean, MisuseError } from './misuse.js';

/** A record under the field names (camelCase or snake_case), or the names of a columns file. */
export type Row = object;
/** Rows as records, or as one array a column, all of one length. */
export type Rows = Iterable<Row> | Readonly<Record<string, ArrayLike<unknown>>>;

/** What a column of a table holds, and whether a row can do without it. */
export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly required?: boolean;
  /** Whether it is money that an issue with the row concerns. */
  readonly money?: boolean;
}

/**
 * Usable rows as typed columns: missing is NaN in numbers, {@link noDay} in days, −1 in codes.
 * `rows` holds each row's number in what was read.
 */
export interface ReadTable {
  readonly length: number;
  readonly rows: Int32Array;
  readonly numbers: Readonly<Record<string, Float64Array>>;
  readonly days: Readonly<Record<string, Int32Array>>;
  readonly texts: Readonly<Record<string, Coded>>;
  readonly attributes: readonly Attribute[];
}

/** The day that stands for a missing date in a column. */
export const noDay = -(2 ** 31);

/** Takes in the rows of one table; opened once, fed in pieces, finished once. */
export interface RowReader {
  /** One row's cells, under the names the reader was opened with. */
  push(cells: ArrayLike<unknown>): void;
  finish(): ReadTable;
}

/**
 * Opens a reader for rows whose cells stand under `names`, a list that may grow between pushes.
 * A row whose required value is missing or unreadable is left out; an unreadable optional value
 * counts as missing; both are reported. Throws a `MisuseError` when a required column is not there.
 */
export function rowReader(
  table: string,
  fields: readonly Field[],
  names: readonly string[],
  options: ReadColumns,
  issues: Issue[],
): RowReader {
  const reader = cellReader(options);
  const { attributes: wanted, labels } = options;
  const rowNumbers = growing(Int32Array);
  const columns = fields.map((field) =>
    fieldColumn(field, positionOf(field, table, names, options)),
  );
  const money = columns.filter((column) => column.field.money);
  const taken = new Set(columns.map((column) => column.position));
  const extras: { name: string; position: number; column: ReturnType<typeof growingText> }[] = [];
  let known = 0;
  let row = 0;
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) throw new MisuseError(`${table}: the column "${twice}" stands twice`);
  const absent = wanted?.find((name) => !names.includes(name));
  if (absent !== undefined) {
    throw new MisuseError(
      `${table}: no column "${absent}" to carry along${didYouMean(absent, names)}`,
    );
  }

  function report(cells: ArrayLike<unknown>, field: string, code: Issue['code'], message: string) {
    let amount = 0;
    for (const { position } of money) {
      const value = reader.number(cells[position]);
      if (typeof value === 'number') amount += value;
    }
    issues.push({ table, row, field, code, message, amount });
  }
  function reportFault(cells: ArrayLike<unknown>, name: string, fault: Fault, raw: unknown) {
    report(cells, name, fault.code, `${name}: expected ${fault.expected}, got ${shown(raw)}`);
  }

  /** Reads the fields of a row into their columns' `value`; false when the row cannot be used. */
  function readFields(cells: ArrayLike<unknown>): boolean {
    let usable = true;
    for (const column of columns) {
      const { field, position } = column;
      const raw = position < 0 ? undefined : cells[position];
      column.value = undefined;
      if (isMissing(reader, raw, field)) {
        if (!field.required) continue;
        report(cells, field.name, 'missing-value', `${field.name} is missing`);
        usable = false;
        continue;
      }
      const value = readCell(reader, field.kind, raw, labels[field.name]);
      if (typeof value === 'object') {
        reportFault(cells, field.name, value, raw);
        if (field.required) usable = false;
      } else {
        column.value = value;
      }
    }
    return usable;
  }

  function readExtra(cells: ArrayLike<unknown>, name: string, raw: unknown): string | undefined {
    if (reader.isMissing(raw)) return undefined;
    const value = readCell(reader, 'text', raw, labels[name]);
    if (typeof value !== 'object') return String(value);
    reportFault(cells, name, value, raw);
    return undefined;
  }

  return {
    push(cells) {
      row++;
      for (; known < names.length; known++) {
        const name = names[known];
        if (taken.has(known) || (wanted && !wanted.includes(name))) continue;
        extras.push({ name, position: known, column: growingText(rowNumbers.length) });
      }
      if (cells.length > names.length) {
        report(cells, '', 'ragged-row', `expected ${names.length} cells, got ${cells.length}`);
        return;
      }
      if (!readFields(cells)) return;
      rowNumbers.push(row);
      for (const column of columns) column.push(column.value);
      for (const { name, position, column } of extras) {
        column.push(readExtra(cells, name, cells[position]));
      }
    },
    finish() {
      const numbers: Record<string, Float64Array> = {};
      const days: Record<string, Int32Array> = {};
      const texts: Record<string, Coded> = {};
      for (const { field, number, day, text } of columns) {
        if (number) numbers[field.name] = number.finish();
        if (day) days[field.name] = day.finish();
        if (text) texts[field.name] = text.finish();
      }
      const attributes = extras.map(({ name, column }) => ({ name, ...column.finish() }));
      return {
        length: rowNumbers.length,
        rows: rowNumbers.finish(),
        numbers,
        days,
        texts,
        attributes,
      };
    },
  };
}

/** Reads all rows of a table, whichever way they come. */
export function readRows(
  table: string,
  fields: readonly Field[],
  rows: Rows,
  options: ReadColumns,
  issues: Issue[],
): ReadTable {
  if (isIterable(rows)) {
    const reader = recordReader(table, fields, options, issues);
    for (const record of rows) reader.push(record);
    return reader.finish();
  }
  const names = Object.keys(rows);
  const columns = names.map((name) => rows[name]);
  const length = columns[0]?.length ?? 0;
  const uneven = columns.findIndex((column) => column?.length !== length);
  if (uneven >= 0) {
    throw new MisuseError(
      `${table}: expected columns of one length, but "${names[0]}" has ${length} rows and "${names[uneven]}" ${columns[uneven]?.length ?? 'none'}`,
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

/** Opens a reader for records; like {@link rowReader}, whose names grow as new keys appear. */
export function recordReader(
  table: string,
  fields: readonly Field[],
  options: ReadColumns,
  issues: Issue[],
): RecordReader {
  const names: string[] = [];
  const positions = new Map<string, number>();
  const keyOf = ({ name }: Field) => options.columns[name] ?? name;
  const aliases = new Map(
    fields
      .filter(({ name }) => options.columns[name] === undefined)
      .map(({ name }) => [camelCase(name), name]),
  );
  const place = (key: string): number => {
    const name = aliases.get(key) ?? key;
    const position = positions.get(name) ?? names.push(name) - 1;
    positions.set(name, position).set(key, position);
    return position;
  };
  let reader: RowReader | undefined;
  return {
    push(record) {
      const cells: unknown[] = new Array(names.length);
      for (const [key, value] of Object.entries(record)) {
        cells[positions.get(key) ?? place(key)] = value;
      }
      if (!reader) {
        // A later record may have an optional field that the first one lacks.
        for (const field of fields) if (!field.required) place(keyOf(field));
        reader = rowReader(table, fields, names, options, issues);
      }
      reader.push(cells);
    },
    finish: () => (reader ?? rowReader(table, fields, fields.map(keyOf), options, issues)).finish(),
  };
}

function positionOf(
  field: Field,
  table: string,
  names: readonly string[],
  { columns }: ReadColumns,
): number {
  const mapped = columns[field.name];
  const candidates = mapped === undefined ? [field.name, camelCase(field.name)] : [mapped];
  const position = names.findIndex((name) => candidates.includes(name));
  if (position >= 0 || (mapped === undefined && !field.required)) return position;
  throw new MisuseError(
    `${table}: expected a column "${candidates[0]}"${didYouMean(candidates[0], names)}, found ${names.join(', ') || 'none'}`,
  );
}

function fieldColumn(field: Field, position: number) {
  const text = field.kind === 'text' ? growingText() : undefined;
  const day = field.kind === 'day' ? growing(Int32Array) : undefined;
  const number = text || day ? undefined : growing(Float64Array);
  return {
    field,
    position,
    text,
    day,
    number,
    value: undefined as string | number | undefined,
    push(value: string | number | undefined) {
      if (text) text.push(value === undefined ? undefined : String(value));
      else if (day) day.push(value === undefined ? noDay : Number(value));
      else number?.push(value === undefined ? Number.NaN : Number(value));
    },
  };
}

function readCell(
  reader: CellReader,
  kind: Kind,
  raw: unknown,
  labels: Readonly<Record<string, string>> | undefined,
): string | number | Fault {
  if (!labels) return reader[kind](raw);
  const key = reader.text(raw);
  if (Object.hasOwn(labels, key)) return labels[key];
  return { code: 'unknown-label', expected: `one of ${Object.keys(labels).join(', ')}` };
}

/** NaN is how columns of numbers write "missing", which only an optional field may be. */
function isMissing(reader: CellReader, raw: unknown, field: Field): boolean {
  return reader.isMissing(raw) || (!field.required && Number.isNaN(raw));
}

function isIterable(rows: Rows): rows is Iterable<Row> {
  return typeof (rows as Iterable<Row>)[Symbol.iterator] === 'function';
}

/** `annual_premium` → `annualPremium`. */
export function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function shown(raw: unknown): string {
  const text = typeof raw === 'string' ? JSON.stringify(raw) : String(raw);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
