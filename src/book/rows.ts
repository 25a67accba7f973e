import type { Attribute, Coded } from '../base/columns.js';
import { MisuseError, shown } from '../base/errors.js';
import { type CellReader, cellReader, type Fault, type Kind } from './cells.js';
import type { ReadColumns } from './columns-file.js';
import { growing, growingText } from './growing.js';
import type { Issue } from './issues.js';
import { checkNames, columnNames } from './names.js';

type Labels = ReadColumns['labels'][string];

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
  /** Fields that have no column. */
  readonly absent: readonly string[];
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
 * Opens a reader for rows whose cells stand under `names`. A row whose required value is missing or
 * unreadable is left out; an unreadable optional value counts as missing; both are reported. Throws
 * a `MisuseError` when a column that must be there is not, or appears twice.
 */
export function rowReader(
  table: string,
  fields: readonly Field[],
  names: readonly string[],
  options: ReadColumns,
  issues: Issue[],
): RowReader {
  checkNames(table, fields, names, options);
  const both = fields.find((field) => {
    const spellings = columnNames(field, options);
    return spellings.length > 1 && spellings.every((name) => names.includes(name));
  });
  if (both) throw new MisuseError(`${table}: the column "${both.name}" stands in both spellings`);
  return cellsReader(table, fields, names, options, issues);
}

/** A reader of cells under names that have been checked, or will be; they may grow between pushes. */
export function cellsReader(
  table: string,
  fields: readonly Field[],
  names: readonly string[],
  options: ReadColumns,
  issues: Issue[],
): RowReader {
  const reader = cellReader(options);
  const { attributes: wanted } = options;
  const rowNumbers = growing(Int32Array);
  const labelsOf = (name: string) =>
    Object.hasOwn(options.labels, name) ? options.labels[name] : undefined;
  const columns = fields.map((field) => {
    const candidates = columnNames(field, options);
    const position = names.findIndex((name) => candidates.includes(name));
    return fieldColumn(field, position, labelsOf(field.name));
  });
  const money = columns.filter((column) => column.field.money);
  const taken = new Set(columns.map((column) => column.position));
  const extras: Extra[] = [];
  let known = 0;
  let row = 0;

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
      const { field, position, labels } = column;
      const raw = position < 0 ? undefined : cells[position];
      column.value = undefined;
      if (isMissing(reader, raw, field.required)) {
        if (!field.required) continue;
        report(cells, field.name, 'missing-value', `${field.name} is missing`);
        usable = false;
        continue;
      }
      const value = readCell(reader, field.kind, raw, labels);
      if (typeof value === 'object') {
        reportFault(cells, field.name, value, raw);
        if (field.required) usable = false;
      } else {
        column.value = value;
      }
    }
    return usable;
  }

  function readExtra(cells: ArrayLike<unknown>, { name, position, labels }: Extra) {
    const raw = cells[position];
    if (isMissing(reader, raw)) return undefined;
    const value = readCell(reader, 'text', raw, labels);
    if (typeof value !== 'object') return String(value);
    reportFault(cells, name, value, raw);
    return undefined;
  }

  /** Further columns under names that came since. */
  function takeExtras() {
    for (; known < names.length; known++) {
      const name = names[known];
      if (taken.has(known) || (wanted && !wanted.includes(name))) continue;
      const column = growingText(rowNumbers.length);
      extras.push({ name, position: known, labels: labelsOf(name), column });
    }
  }

  return {
    push(cells) {
      row++;
      takeExtras();
      if (cells.length !== names.length) {
        report(cells, '', 'ragged-row', `expected ${names.length} cells, got ${cells.length}`);
        return;
      }
      if (!readFields(cells)) return;
      rowNumbers.push(row);
      for (const column of columns) column.push(column.value);
      for (const extra of extras) extra.column.push(readExtra(cells, extra));
    },
    finish() {
      takeExtras();
      const numbers: Record<string, Float64Array> = {};
      const days: Record<string, Int32Array> = {};
      const texts: Record<string, Coded> = {};
      for (const { field, number, day, text } of columns) {
        if (number) numbers[field.name] = number.finish();
        if (day) days[field.name] = day.finish();
        if (text) texts[field.name] = text.finish();
      }
      // A further column under the name of a field that is mapped to another one is not that field.
      const attributes = extras.map(({ name, column }) => ({
        name: fields.some((field) => field.name === name) ? `attribute.${name}` : name,
        ...column.finish(),
      }));
      return {
        length: rowNumbers.length,
        rows: rowNumbers.finish(),
        numbers,
        days,
        texts,
        attributes,
        absent: columns.filter(({ position }) => position < 0).map(({ field }) => field.name),
      };
    },
  };
}

/** A further column that is carried along. */
interface Extra {
  readonly name: string;
  readonly position: number;
  readonly labels: Labels | undefined;
  readonly column: ReturnType<typeof growingText>;
}

function fieldColumn(field: Field, position: number, labels: Labels | undefined) {
  const text = field.kind === 'text' ? growingText() : undefined;
  const day = field.kind === 'day' ? growing(Int32Array) : undefined;
  const number = text || day ? undefined : growing(Float64Array);
  return {
    field,
    position,
    labels,
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
  labels: Labels | undefined,
): string | number | Fault {
  const key = labels ? reader.text(raw) : raw;
  if (!labels || typeof key !== 'string') return reader[kind](raw);
  if (Object.hasOwn(labels, key)) return reader[kind](labels[key]);
  return { code: 'unknown-label', expected: `one of ${Object.keys(labels).join(', ')}` };
}

/** NaN is how columns of numbers write "missing", which only an optional value may be. */
function isMissing(reader: CellReader, raw: unknown, required = false): boolean {
  return reader.isMissing(raw) || (!required && Number.isNaN(raw));
}
