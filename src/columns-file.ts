import * as z from 'zod';
import { checked } from './check.js';

const tableOptions = {
  /** Our field name → the name of the file's column. Fields left out stand under their own names. */
  columns: z.record(z.string(), z.string()).default({}),
  /** Field or attribute → what stands in the file → what it means. A value not listed is an issue. */
  labels: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** The further columns to carry along; all of them when left out. */
  attributes: z.array(z.string()).optional(),
  /** Format of the dates, in date-fns tokens. */
  dateFormat: z.string().default('yyyy-MM-dd'),
  /** What stands for a missing value. */
  missing: z.array(z.string()).default(['', 'NA']),
  /** The decimal mark of numbers. */
  decimal: z.enum(['.', ',']).default('.'),
  /** The delimiter of a CSV file; found out when left out. */
  delimiter: z.string().optional(),
  /** Whether a term still covers its last day, `to`. */
  inclusiveTo: z.boolean().default(false),
};

/**
 * How somebody else's file maps onto the names of this library: the columns file. `claims` holds
 * what is different for the claims table, where one comes along.
 */
export const columnsFileSchema = z.strictObject({
  ...tableOptions,
  claims: z.strictObject(tableOptions).partial().optional(),
});

export type ColumnsFile = z.input<typeof columnsFileSchema>;
export type ReadColumns = z.output<typeof columnsFileSchema>;

/** Checks a columns file and fills in its defaults; throws a `MisuseError` that names the fault. */
export function readColumnsFile(file: unknown = {}): ReadColumns {
  return checked(columnsFileSchema, file, 'columns file');
}
