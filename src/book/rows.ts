import type { Attribute, Coded } from '../base/columns.js';
import { MisuseError, shown } from '../base/errors.js';
import { type CellReader, cellReader, currencyOf, type Fault, type Kind } from './cells.js';
import type { ReadColumns } from './columns-file.js';
import { growing, growingText } from './growing.js';
import type { Issue, IssueLog } from './issues.js';
import { checkNames, columnNames, positionsOfField, reportColumns } from './names.js';

type Labels = ReadColumns['labels'][string];

/** A record under the field names (camelCase or snake_case), or the names of a columns file. */
export type Row = object;
/** The names of fields in both spellings, for an editor to complete; other keys are attributes. */
export type RowOf<Name extends string> =
  | { readonly [key in Name | CamelCase<Name>]?: unknown }
  | Row;
type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;
/** Rows as records, or as one array a column, all of one length. */
export type Rows<Name extends string = never> =
  | Iterable<RowOf<Name>>
  | Readonly<Record<string, ArrayLike<unknown>>>;

/** What a column of a table holds, and whether a row can do without it. */
export interface Field<Name extends string = string> {
  readonly name: Name;
  readonly kind: Kind;
  readonly required?: boolean;
  /** Whether it is money that an issue with the row concerns; losses beside a premium where the row is left out. */
  readonly money?: boolean | 'whenLost';
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
  log: IssueLog,
): RowReader {
  checkNames(table, fields, names, options);
  const both = fields.find((field) => {
    const spellings = columnNames(field, options);
    return spellings.length > 1 && spellings.every((name) => names.includes(name));
  });
  if (both) throw new MisuseError(`${table}: the column "${both.name}" stands in both spellings`);
  const reader = cellsReader(table, fields, names, options, log);
  return {
    push: reader.push,
    finish() {
      reportColumns(
        table,
        fields,
        names.filter((name) => name !== ''),
        options,
        log,
      );
      return reader.finish();
    },
  };
}

/** A reader of cells under names that have been checked, or will be; they may grow between pushes. */
export function cellsReader(
  table: string,
  fields: readonly Field[],
  names: readonly string[],
  options: ReadColumns,
  log: IssueLog,
): RowReader {
  const reader = cellReader(options);
  const rowNumbers = growing(Int32Array);
  const labelsOf = (name: string) =>
    Object.hasOwn(options.labels, name) ? options.labels[name] : undefined;
  const columns = fields.map((field) =>
    fieldColumn(field, positionsOfField(field, names, options), labelsOf(field.name)),
  );
  const money = columns.filter(({ field, positions }) => field.money && positions.length > 0);
  const currencies = currencyCheck(table, money, names, options);
  const taken = new Set(columns.flatMap(({ positions }) => positions));
  const extras: Extra[] = [];
  let known = 0;
  let row = 0;
  let total = 0;

  /** The money of a row, null where it cannot be read. */
  function moneyOf(cells: ArrayLike<unknown>, leftOut = true): number | null {
    let amount = 0;
    for (const { positions, field, labels } of money) {
      if (field.money === 'whenLost' && !leftOut) continue;
      const raw = cells[positions[0]];
      if (isMissing(reader, raw, field.required)) {
        if (field.required) return null;
        continue;
      }
      const value = readCell(reader, 'number', raw, labels);
      if (typeof value !== 'number') return null;
      amount += value;
    }
    return amount;
  }
  function report(
    cells: ArrayLike<unknown>,
    field: string,
    code: Issue['code'],
    message: string,
    leftOut: boolean,
  ) {
    const amount = code === 'ragged-row' ? null : moneyOf(cells, leftOut);
    log.add({ table, row, field, code, message, amount: money.length === 0 ? 0 : amount }, leftOut);
  }
  function reportFault(
    cells: ArrayLike<unknown>,
    name: string,
    fault: Fault,
    raw: unknown,
    leftOut: boolean,
  ) {
    report(
      cells,
      name,
      fault.code,
      `${name}: expected ${fault.expected}, got ${shown(raw)}`,
      leftOut,
    );
  }

  /** Reads the fields of a row into their columns' `value`; false when the row cannot be used. */
  function readFields(cells: ArrayLike<unknown>): boolean {
    let usable = true;
    for (const column of columns) {
      const { field, positions, labels } = column;
      const required = field.required ?? false;
      const raw = rawOf(cells, positions, reader);
      column.value = undefined;
      if (isMissing(reader, raw, required)) {
        if (!required) continue;
        report(cells, field.name, 'missing-value', `${field.name} is missing`, true);
        usable = false;
        continue;
      }
      if (!required && field.kind === 'day' && reader.isPlaceholder(raw)) continue;
      const value = readCell(reader, field.kind, raw, labels);
      if (typeof value === 'object') {
        reportFault(cells, field.name, value, raw, required);
        if (required) usable = false;
      } else {
        column.value = value;
      }
    }
    return usable;
  }

  function readExtra(cells: ArrayLike<unknown>, { name, position, labels }: Extra) {
    const raw = cells[position];
    if (isMissing(reader, raw)) return undefined;
    const value = readCell(reader, 'attribute', raw, labels);
    if (typeof value !== 'object') return String(value);
    reportFault(cells, name, value, raw, false);
    return undefined;
  }

  /** Further columns under names that came since; those without a name are not carried. */
  function takeExtras() {
    for (; known < names.length; known++) {
      const name = names[known];
      if (
        taken.has(known) ||
        name === '' ||
        (options.attributes && !options.attributes.includes(name))
      )
        continue;
      const column = growingText(rowNumbers.length);
      extras.push({ name, position: known, labels: labelsOf(name), column });
    }
  }

  return {
    push(cells) {
      row++;
      takeExtras();
      if (cells.length !== names.length && !onlyEmptyBehind(cells, names)) {
        report(
          cells,
          '',
          'ragged-row',
          `expected ${names.length} cells, got ${cells.length}`,
          true,
        );
        return;
      }
      const usable = readFields(cells);
      if (!usable) {
        total += moneyOf(cells) ?? 0;
        return;
      }
      const worth = currencies?.(cells) ?? 1;
      for (const column of money) {
        if (typeof column.value !== 'number') continue;
        column.value *= worth;
        total += column.value;
      }
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
      log.total(table, row, total);
      return {
        length: rowNumbers.length,
        rows: rowNumbers.finish(),
        numbers,
        days,
        texts,
        attributes,
        absent: columns
          .filter(({ positions }) => positions.length === 0)
          .map(({ field }) => field.name),
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

function fieldColumn(field: Field, positions: readonly number[], labels: Labels | undefined) {
  const text = field.kind === 'text' || field.kind === 'id' ? growingText() : undefined;
  const day =
    field.kind === 'day' || field.kind === 'begin' || field.kind === 'end'
      ? growing(Int32Array)
      : undefined;
  const number = text || day ? undefined : growing(Float64Array);
  return {
    field,
    positions,
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

/** What stands in a field's column; of an id of several columns their texts, told apart by a bar. */
function rawOf(
  cells: ArrayLike<unknown>,
  positions: readonly number[],
  reader: CellReader,
): unknown {
  if (positions.length < 2) return positions.length === 0 ? undefined : cells[positions[0]];
  const parts: string[] = [];
  for (const position of positions) {
    if (reader.isMissing(cells[position])) return undefined;
    const part = reader.id(cells[position]);
    if (typeof part === 'object') return cells[position];
    parts.push(part.replaceAll(/[\\|]/g, '\\$&'));
  }
  return parts.join('|');
}

/** A file of several currencies is refused unless their rates are given; gives what one of a row's is worth. */
function currencyCheck(
  table: string,
  money: readonly { readonly positions: readonly number[] }[],
  names: readonly string[],
  { columns, rates }: ReadColumns,
): ((cells: ArrayLike<unknown>) => number) | undefined {
  if (money.length === 0) return undefined;
  const name = String(columns.currency ?? 'currency');
  let column = -1;
  const positions = money.flatMap(({ positions }) => positions);
  let first: string | undefined;
  return (cells) => {
    if (column < 0) column = names.indexOf(name);
    let found: string | undefined =
      column >= 0 ? String(cells[column] ?? '').trim() || undefined : undefined;
    for (const position of positions) {
      if (typeof cells[position] === 'string' && !/^[\d.,+-]*$/.test(cells[position])) {
        found = currencyOf(cells[position]) ?? found;
      }
    }
    if (found === undefined) return 1;
    if (rates) {
      if (Object.hasOwn(rates, found)) return rates[found];
      throw new MisuseError(
        `${table}: no rate for ${shown(found)}; add it to "rates" in the columns file`,
      );
    }
    first ??= found;
    if (found === first) return 1;
    throw new MisuseError(
      `${table}: amounts in ${shown(first)} and in ${shown(found)} do not add up; give "rates" in the columns file, as in {"${first}": 1, "${found}": 0.9}`,
    );
  };
}

/** Exports end rows with a delimiter too many: cells behind the last name that hold nothing are none. */
function onlyEmptyBehind(cells: ArrayLike<unknown>, names: readonly string[]): boolean {
  if (cells.length < names.length) {
    for (let i = cells.length; i < names.length; i++) if (names[i] !== '') return false;
    return true;
  }
  for (let i = names.length; i < cells.length; i++)
    if (cells[i] !== '' && cells[i] !== undefined) return false;
  return true;
}

function readCell(
  reader: CellReader,
  kind: Kind | 'attribute',
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
