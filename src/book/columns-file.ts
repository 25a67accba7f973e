import * as z from 'zod/mini';
import { MisuseError } from '../base/errors.js';
import { checked } from '../base/validation.js';
import { ambiguousText, isDateFormat } from './dates.js';

const texts = z.record(z.string(), z.string());
const dateFormat = z.string().check(
  z.refine(isDateFormat, {
    error:
      'expected day, month and year in date-fns tokens, as in dd/MM/yyyy, or days, seconds, milliseconds, spreadsheet',
  }),
);
const delimiter = z
  .string()
  .check(z.regex(/^[^"\r\n]+$/, 'expected what stands between cells, as in ; or a tab'));
const tableOptions = {
  /** Our field name → the name of the file's column, or of an id the names of several. Fields left out stand under their own names. */
  columns: z.optional(
    z.record(z.string(), z.union([z.string(), z.array(z.string()).check(z.minLength(1))])),
  ),
  /** Field or attribute → what stands in the file → what it means. A value not listed is an issue. */
  labels: z.optional(z.record(z.string(), texts)),
  /** The further columns to carry along; all of them when left out. */
  attributes: z.optional(z.array(z.string())),
  /** Format of the dates, or several, in date-fns tokens; `yyyy-MM-dd` when left out. */
  dateFormat: z.optional(z.union([dateFormat, z.array(dateFormat).check(z.minLength(1))])),
  /** The first of the hundred years that years of two digits stand for; 1950 when left out. */
  firstYear: z.optional(z.int().check(z.gte(1850), z.lte(2050))),
  /** What stands for a missing value; what people and databases write for nothing when left out. */
  missing: z.optional(z.array(z.string())),
  /** The decimal mark of numbers; a point when left out. */
  decimal: z.optional(z.enum(['.', ','])),
  /** What groups the thousands of numbers; nothing when left out. */
  thousands: z.optional(z.enum(['.', ',', ' ', "'"])),
  /** Lines of a CSV file before its header. */
  skipLines: z.optional(z.int().check(z.gte(0))),
  /** The column with the currency of the amounts, where there are several, and what one of each is worth. */
  rates: z.optional(z.record(z.string(), z.number().check(z.positive()))),
  /** The delimiter of a CSV file; found out when left out. */
  delimiter: z.optional(delimiter),
  /** Whether a term still covers its last day, `to`; it does not when left out. */
  inclusiveTo: z.optional(z.boolean()),
};
const policyRows = z.enum(['terms', 'items', 'transactions']);
const claimRows = z.enum(['claims', 'transactions', 'snapshots']);

/**
 * How somebody else's file maps onto the names of this library: the columns file. `claims` holds
 * what is different for the claims table, where one comes along.
 */
const columnsFileSchema = z.strictObject({
  ...tableOptions,
  /** What a policy row is: a term; an item of a policy, whose premium and exposure add; or a movement of premium. */
  policyRows: z.optional(policyRows),
  /** What a claim row is: a claim; a movement of its money; or its state on the day `booked_on`. */
  claimRows: z.optional(claimRows),
  /** What is done with a term without end: taken for yearly terms at its premium, or refused. */
  openEnd: z.optional(z.enum(['annual', 'refuse'])),
  /** How much may be left out: below 1 the share of a table's rows and money, else the number of issues. */
  maxIssues: z.optional(z.number().check(z.gte(0))),
  claims: z.optional(z.strictObject(tableOptions)),
});

export type ColumnsFile = z.input<typeof columnsFileSchema>;
/** A columns file with its defaults filled in. */
export interface ReadColumns {
  readonly columns: Readonly<Record<string, string | readonly string[]>>;
  readonly labels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly attributes: readonly string[] | undefined;
  readonly dateFormat: readonly string[];
  readonly firstYear: number;
  readonly thousands: string | undefined;
  readonly skipLines: number | undefined;
  readonly rates: Readonly<Record<string, number>> | undefined;
  readonly policyRows: z.infer<typeof policyRows>;
  readonly claimRows: z.infer<typeof claimRows>;
  readonly openEnd: 'annual' | 'refuse';
  readonly maxIssues: number | undefined;
  readonly missing: readonly string[];
  readonly decimal: '.' | ',';
  readonly delimiter: string | undefined;
  readonly inclusiveTo: boolean;
  readonly claims: ColumnsFile | undefined;
}

/** What people and databases write for nothing. */
const defaultMissing: readonly string[] = [
  '',
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  'NULL',
  'null',
  '(null)',
  '<NA>',
  'NaT',
  '\\N',
];

/** The formats of dates as a list, which must not read one text as two days. */
export function readDates(given: string | readonly string[]): { dateFormat: readonly string[] } {
  const dateFormat = typeof given === 'string' ? [given] : given;
  const text = ambiguousText(dateFormat);
  if (text === undefined) return { dateFormat };
  throw new MisuseError(
    `columns file, dateFormat: ${dateFormat.join(' and ')} read ${text} as two days; state one of them`,
  );
}

/** Checks a columns file and fills in its defaults; throws a `MisuseError` that names the fault. */
export function readColumnsFile(file: unknown = {}): ReadColumns {
  const given = checked(columnsFileSchema, file, 'columns file');
  return {
    columns: given.columns ?? {},
    labels: given.labels ?? {},
    attributes: given.attributes,
    ...readDates(given.dateFormat ?? 'yyyy-MM-dd'),
    firstYear: given.firstYear ?? 1950,
    thousands: given.thousands,
    skipLines: given.skipLines,
    rates: given.rates,
    policyRows: given.policyRows ?? 'terms',
    claimRows: given.claimRows ?? 'claims',
    openEnd: given.openEnd ?? 'annual',
    maxIssues: given.maxIssues,
    missing: given.missing ?? defaultMissing,
    decimal: given.decimal ?? '.',
    delimiter: given.delimiter,
    inclusiveTo: given.inclusiveTo ?? false,
    claims: given.claims,
  };
}
