import type { Attribute, Coded } from '../base/columns.js';
import type { Kind } from './cells.js';

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
