/** A cell of an output row: null where a value is missing. */
export type OutputCell = string | number | null;

/** A column of an output file: its name, what its values are, and how a row's value is read. */
export interface OutputColumn {
  readonly name: string;
  readonly unit: OutputUnit;
  readonly read: (row: number) => OutputCell;
}

/** What the values of an output column are. */
export type OutputUnit =
  | 'text'
  | 'code'
  | 'day'
  | 'count'
  | 'money'
  | 'share'
  | 'years'
  | 'points'
  | 'number';

/** Rows for a file: so many, of these columns. */
export interface OutputTable {
  readonly length: number;
  readonly columns: readonly OutputColumn[];
}

/** A cell of a column of numbers: null where the figure does not exist. */
export function numberCell(value: number | null): OutputCell {
  return value !== null && Number.isFinite(value) ? value : null;
}

/**
 * A text cell that a spreadsheet would run as a formula, also behind marks of no width, in full width,
 * or where it splits cells at a semicolon; a plain number is none.
 */
export const formulaLike =
  /^(?![+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$)(?:[\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]|.*;\s*[=+\-@])/i;

/** A result that shows itself: in a notebook as chart and table, in a template as text. */
export interface Shown {
  toString(): string;
}
