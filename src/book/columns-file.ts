import * as z from 'zod/mini';
import { isDateFormat } from '../base/calendar.js';
import { checked } from '../base/validation.js';

const texts = z.record(z.string(), z.string());
const dateFormat = z.string().check(
  z.refine(isDateFormat, {
    error: 'expected day, month and a year of four digits in date-fns tokens, as in dd/MM/yyyy',
  }),
);
const delimiter = z
  .string()
  .check(z.regex(/^[^"\r\n]+$/, 'expected what stands between cells, as in ; or a tab'));
const tableOptions = {
  /** Our field name → the name of the file's column. Fields left out stand under their own names. */
  columns: z.optional(texts),
  /** Field or attribute → what stands in the file → what it means. A value not listed is an issue. */
  labels: z.optional(z.record(z.string(), texts)),
  /** The further columns to carry along; all of them when left out. */
  attributes: z.optional(z.array(z.string())),
  /** Format of the dates, in date-fns tokens; `yyyy-MM-dd` when left out. */
  dateFormat: z.optional(dateFormat),
  /** What stands for a missing value; nothing at all and `NA` when left out. */
  missing: z.optional(z.array(z.string())),
  /** The decimal mark of numbers; a point when left out. */
  decimal: z.optional(z.enum(['.', ','])),
  /** The delimiter of a CSV file; found out when left out. */
  delimiter: z.optional(delimiter),
  /** Whether a term still covers its last day, `to`; it does not when left out. */
  inclusiveTo: z.optional(z.boolean()),
};

/**
 * How somebody else's file maps onto the names of this library: the columns file. `claims` holds
 * what is different for the claims table, where one comes along.
 */
const columnsFileSchema = z.strictObject({
  ...tableOptions,
  claims: z.optional(z.strictObject(tableOptions)),
});

export type ColumnsFile = z.input<typeof columnsFileSchema>;
/** A columns file with its defaults filled in. */
export interface ReadColumns {
  readonly columns: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly attributes: readonly string[] | undefined;
  readonly dateFormat: string;
  readonly missing: readonly string[];
  readonly decimal: '.' | ',';
  readonly delimiter: string | undefined;
  readonly inclusiveTo: boolean;
  readonly claims: ColumnsFile | undefined;
}

/** Checks a columns file and fills in its defaults; throws a `MisuseError` that names the fault. */
export function readColumnsFile(file: unknown = {}): ReadColumns {
  const given = checked(columnsFileSchema, file, 'columns file');
  return {
    columns: given.columns ?? {},
    labels: given.labels ?? {},
    attributes: given.attributes,
    dateFormat: given.dateFormat ?? 'yyyy-MM-dd',
    missing: given.missing ?? ['', 'NA'],
    decimal: given.decimal ?? '.',
    delimiter: given.delimiter,
    inclusiveTo: given.inclusiveTo ?? false,
    claims: given.claims,
  };
}
