import { dayFromISO } from '../base/calendar.js';
import { take, takeCoded } from '../base/columns.js';
import { orderBy, ranked, rejecter, rowOrder } from '../book/book.js';
import { type ColumnsFile, readColumnsFile } from '../book/columns-file.js';
import type { Field, ReadTable } from '../book/field.js';
import { type IssueLog, type Issues, issueLog } from '../book/issues.js';
import { camelCase } from '../book/names.js';
import { requireRows } from '../book/read-book.js';
import { readRows } from '../book/read-rows.js';
import type { Rows } from '../book/rows.js';
import type { Indicator } from './indicator.js';
import { indicatorList, measuredIndicators, measuredList, withDerived } from './indicators.js';
import { evenAmounts } from './loss-amounts.js';
import type { Table } from './table.js';

/** What a row of ready indicators may hold. */
export const indicatorFields: readonly Field[] = [
  { name: 'customer_id', kind: 'id', required: true },
  ...measuredList.map(
    ({ name, unit, input: { required = false, belowZero, money = false } = {} }): Field => ({
      name,
      kind: unit === 'count' ? 'count' : belowZero ? 'number' : 'amount',
      required,
      money,
    }),
  ),
  { name: 'line', kind: 'text' },
  { name: 'channel', kind: 'text' },
  { name: 'branch', kind: 'text' },
];

/** What an indicator is that is not stated, by others of the same customer. */
export function unstatedValue(
  unstated: NonNullable<NonNullable<Indicator['input']>['unstated']>,
  other: (name: string) => number,
): number {
  return unstated === 0 ? 0 : other(unstated[0]) - other(unstated[1]);
}

/** A columns file, and the day the indicators were taken. */
export interface IndicatorsOptions extends ColumnsFile {
  readonly asOf?: string;
}

/**
 * Reads indicators that are already measured into a table: one row a customer, with `customer_id`,
 * `earned_premium`, `exposure_years`, `claim_count`, `incurred_loss`, `tenure_years`,
 * `annual_premium`, and optionally the other measured indicators and any further column. What is
 * missing stays missing; losses without `capped_loss` count uncapped.
 *
 * @returns the table, sorted by customer, and an issue for every row or value that could not be used
 * @throws MisuseError when a required column is missing, an option is unknown, or there are no rows
 */
export function readIndicators(
  rows: Rows<'customer_id' | (typeof measuredList)[number]['name'] | 'line' | 'channel' | 'branch'>,
  { asOf, ...options }: IndicatorsOptions = {},
): { table: Table; issues: Issues } {
  const columns = readColumnsFile(options);
  const log = issueLog(columns.maxIssues);
  const read = readRows('indicators', indicatorFields, rows, columns, log);
  return indicatorTableOf(read, asOf, log);
}

/** The table of the rows read, once all are in. */
export function indicatorTableOf(
  read: ReadTable,
  asOf: string | undefined,
  log: IssueLog,
): { table: Table; issues: Issues } {
  requireRows(read.length, 'indicators', log.issues);
  const reject = rejecter('indicators', read, ['earned_premium'], log);
  const customers = ranked(read.texts.customer_id);
  const order = orderBy(customers.codes, customers.labels.length, rowOrder(read));
  const rows = order.filter((row, k) => {
    const first = k === 0 || customers.codes[order[k - 1]] !== customers.codes[row];
    if (!first)
      reject(row, 'customer_id', 'duplicate-customer', 'customer_id: another row has the same');
    return first;
  });
  const measured = Object.fromEntries(
    measuredIndicators.map((name) => [name, take(read.numbers[name], rows)]),
  );
  for (const { name, input } of measuredList) {
    const unstated = input?.unstated;
    if (unstated === undefined) continue;
    measured[name] = measured[name].map((value, row) =>
      Number.isNaN(value) ? unstatedValue(unstated, (other) => measured[other][row]) : value,
    );
  }
  const columns = withDerived(measured, rows.length);
  const notGiven = measuredList.filter(
    ({ name, input }) => !input?.unmissed && measured[name].every(Number.isNaN),
  );
  const indicatorNames = new Set(indicatorList.flatMap(({ name }) => [name, camelCase(name)]));
  const further = read.attributes.filter(({ name }) => !indicatorNames.has(name));
  const named = (name: string) => ({ name, ...read.texts[name] });
  const issues = log.finish();
  const table: Table = {
    length: rows.length,
    ids: Array.from(rows, (row) => customers.labels[customers.codes[row]]),
    columns,
    attributes: [named('line'), named('channel'), named('branch'), ...further].map((attribute) =>
      takeCoded(attribute, rows),
    ),
    asOf: asOf === undefined ? undefined : dayFromISO(asOf, 'asOf'),
    window: undefined,
    valuedAt: undefined,
    measuredBy: undefined,
    cap: null,
    cells: undefined,
    past: undefined,
    losses: evenAmounts(columns),
    renewals: undefined,
    statuses: undefined,
    withoutCover: 0,
    notes:
      notGiven.length === 0
        ? []
        : [
            `not given: ${notGiven.map(({ name }) => name).join(', ')}; hints that need them are not given either`,
          ],
    excluded: { rows: 0, premium: 0, claims: 0, incurred: 0 },
    verdict: issues.verdict,
  };
  return { table, issues };
}
