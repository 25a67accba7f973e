import type { CellReader, Fault, Kind } from './cells.js';
import type { ReadColumns } from './columns-file.js';
import { type Field, noDay } from './field.js';
import { growing, growingText } from './growing.js';

/** What the words of a column stand for, as the columns file says. */
export type Labels = ReadColumns['labels'][string];

/** The values of one field, taken in row by row. */
export function fieldColumn(
  field: Field,
  positions: readonly number[],
  labels: Labels | undefined,
) {
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
export function rawOf(
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

/** Reads a cell as what its column holds, after the labels it has. */
export function readCell(
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
export function isMissing(reader: CellReader, raw: unknown, required = false): boolean {
  return reader.isMissing(raw) || (!required && Number.isNaN(raw));
}

/** Exports end rows with a delimiter too many: cells behind the last name that hold nothing are none. */
export function onlyEmptyBehind(cells: ArrayLike<unknown>, names: readonly string[]): boolean {
  if (cells.length < names.length) {
    for (let i = cells.length; i < names.length; i++) if (names[i] !== '') return false;
    return true;
  }
  for (let i = names.length; i < cells.length; i++)
    if (cells[i] !== '' && cells[i] !== undefined) return false;
  return true;
}
