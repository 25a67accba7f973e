import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import type { Book } from '../book/book.js';
import { type ReadColumns, readColumnsFile } from '../book/columns-file.js';
import { type IssueLog, type Issues, issueLog } from '../book/issues.js';
import {
  bookOf,
  claimColumns,
  claimFields,
  policyColumns,
  policyFieldsOf,
} from '../book/read-book.js';
import { experienceFields, experienceOf } from '../book/read-experience.js';
import { indicators } from '../indicators/indicators.js';
import { indicatorFields, indicatorTableOf } from '../indicators/read-indicators.js';
import type { Table } from '../indicators/table.js';
import type { Model } from '../model/model.js';
import type { Plan } from '../plan/plan.js';
import { readJson, readTable } from './files.js';
import type { InputOptions } from './options.js';
import { type Rules, readRules } from './rules.js';

/** What a command works on: a measured table, under a plan or a model, and what could not be used. */
export interface Input {
  readonly table: Table;
  /** The book the table was measured on; ready indicators have none. */
  readonly book: Book | undefined;
  readonly plan: Plan;
  readonly model: Model | undefined;
  readonly issues: Issues;
}

/** The value of an option that must be there. */
export function given(value: string | undefined, expected: string): string {
  if (value === undefined) throw new MisuseError(`expected ${expected}`);
  return value;
}

/** Reads the plan or model, then the data, and measures the customers. */
export async function readInput(options: InputOptions): Promise<Input> {
  checkInput(options);
  const rules = await readRules(options);
  const { book, issues, measuredBy } = await readMeasurable(options);
  return { table: measuredBy(rules), book, ...rules, issues };
}

/** What came in, to be measured by each of the plans or models compared. */
export interface Measurable {
  readonly book: Book | undefined;
  readonly issues: Issues;
  readonly measuredBy: (rules: Rules) => Table;
}

/** Reads the data that the options name. */
export async function readMeasurable(options: InputOptions): Promise<Measurable> {
  const asOf = checkInput(options);
  const columns = await readColumns(options);
  const log = issueLog(options.maxIssues ?? columns.maxIssues);
  if (options.indicators !== undefined) {
    const read = await readTable(options.indicators, 'indicators', indicatorFields, columns, log);
    const { table, issues } = indicatorTableOf(read, asOf, log);
    return { book: undefined, issues, measuredBy: () => table };
  }
  const { book, issues } = await readAnyBook(options, columns, log);
  return {
    book,
    issues,
    measuredBy: ({ plan, model }) => indicators(book, { asOf, ...(model ? { model } : { plan }) }),
  };
}

/** A book, the day to look from and the plan, for commands that look at more than one day. */
export interface BookInput {
  readonly book: Book;
  readonly asOf: string;
  readonly plan: Plan;
  readonly issues: Issues;
}

/** Reads the plan, then the book; ready indicators have no days to look at. */
export async function readBookInput(options: InputOptions, command: string): Promise<BookInput> {
  checkBookInput(options, command);
  if (options.model !== undefined) {
    throw new MisuseError(`${command} calibrates as of each day: leave --model out, give --plan`);
  }
  return readBookAndRules(options, command);
}

/** Reads the plan or model, then the book. */
export async function readBookAndRules(
  options: InputOptions,
  command: string,
): Promise<BookInput & Rules> {
  const asOf = checkBookInput(options, command);
  const rules = await readRules(options);
  const columns = await readColumns(options);
  const log = issueLog(options.maxIssues ?? columns.maxIssues);
  return { ...(await readAnyBook(options, columns, log)), asOf, ...rules };
}

function checkBookInput(options: InputOptions, command: string): string {
  const asOf = checkInput(options);
  if (options.indicators === undefined) return asOf;
  throw new MisuseError(
    `${command} needs days: give --policies with --claims, or --experience, not --indicators`,
  );
}

async function readColumns({ columns }: InputOptions): Promise<ReadColumns> {
  return readColumnsFile(columns === undefined ? {} : await readJson(columns, 'columns file'));
}

/** Checks which input is given and the days before anything is read; gives the as-of date. */
function checkInput(options: InputOptions): string {
  const { policies, claims, experience, indicators: ready, valuedAt } = options;
  const inputs = [policies, experience, ready].filter((path) => path !== undefined);
  if (inputs.length !== 1 || (policies === undefined) !== (claims === undefined)) {
    throw new MisuseError(
      'expected one input: --policies FILE with --claims FILE, or --experience FILE, or --indicators FILE',
    );
  }
  if (policies === '-' && claims === '-') {
    throw new MisuseError('expected one of --policies and --claims from standard input, not both');
  }
  if (valuedAt !== undefined && experience === undefined) {
    throw new MisuseError('--valued-at goes with --experience only');
  }
  const asOf = given(options.asOf, '--as-of DATE, the day at whose start we look');
  dayFromISO(asOf, '--as-of');
  if (valuedAt !== undefined) dayFromISO(valuedAt, '--valued-at');
  return asOf;
}

async function readAnyBook(
  options: InputOptions,
  columns: ReadColumns,
  log: IssueLog,
): Promise<{ book: Book; issues: Issues }> {
  if (options.experience !== undefined) {
    const read = await readTable(options.experience, 'experience', experienceFields, columns, log);
    return experienceOf(read, columns, options.valuedAt, log);
  }
  const { policies = '', claims = '' } = options;
  const policiesRead = await readTable(
    policies,
    'policies',
    policyFieldsOf(columns),
    policyColumns(columns),
    log,
  );
  const claimsRead = await readTable(claims, 'claims', claimFields, claimColumns(columns), log);
  return bookOf(policiesRead, claimsRead, columns, log);
}
