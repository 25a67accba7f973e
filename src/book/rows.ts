import type { Coded } from '../base/columns.js';
import { shown } from '../base/errors.js';
import { cellReader, type Fault } from './cells.js';
import type { ReadColumns } from './columns-file.js';
import { currencyCheck } from './currency.js';
import type { Field, ReadTable } from './field.js';
import {
  fieldColumn,
  isMissing,
  type Labels,
  onlyEmptyBehind,
  rawOf,
  readCell,
} from './field-column.js';
import { growing, growingText } from './growing.js';
import type { Issue, IssueLog } from './issues.js';
import { checkNames, checkSpellings, positionsOfField, reportColumns } from './names.js';

/** A record under the field names (camelCase or snake_case), or the names of a columns file. */
export type Row = object;
/** The names of fields in both spellings, for an editor to complete; other keys are attributes. */
type RowOf<Name extends string> = { readonly [key in Name | CamelCase<Name>]?: unknown } | Row;
type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;
/** Rows as records, or as one array a column, all of one length. */
export type Rows<Name extends string = never> =
  | Iterable<RowOf<Name>>
  | Readonly<Record<string, ArrayLike<unknown>>>;

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
  checkSpellings(table, fields, names, options);
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
      if (taken.has(known) || name === '') continue;
      if (options.attributes && !options.attributes.includes(name)) continue;
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
