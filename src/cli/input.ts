import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import type { Book } from '../book/book.js';
import { type ReadColumns, readColumnsFile } from '../book/columns-file.js';
import type { Issue } from '../book/issues.js';
import {
  bookOf,
  claimColumns,
  claimFields,
  policyColumns,
  policyFields,
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
  readonly issues: Issue[];
}

/** The value of an option that must be there. */
export function given(value: string | undefined, expected: string): string {
  if (value === undefined) throw new MisuseError(`expected ${expected}`);
  return value;
}

/** Reads the plan or model, then the data, and measures the customers. */
export async function readInput(options: InputOptions): Promise<Input> {
  checkDoors(options);
  checkDays(options);
  const rules = await readRules(options);
  const { book, issues, measuredBy } = await readMeasurable(options);
  return { table: measuredBy(rules), book, ...rules, issues };
}

/** The data of one kind of input, to be measured by each of the plans or models compared. */
export interface Measurable {
  readonly book: Book | undefined;
  readonly issues: Issue[];
  readonly measuredBy: (rules: Rules) => Table;
}

/** Reads the data that the input options name. */
export async function readMeasurable(options: InputOptions): Promise<Measurable> {
  checkDoors(options);
  const asOf = checkDays(options);
  const columns = await readColumns(options);
  const issues: Issue[] = [];
  if (options.indicators !== undefined) {
    const read = await readTable(
      options.indicators,
      'indicators',
      indicatorFields,
      columns,
      issues,
    );
    const table = indicatorTableOf(read, asOf, issues);
    return { book: undefined, issues, measuredBy: () => table };
  }
  const book = await readAnyBook(options, columns, issues);
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
  readonly issues: Issue[];
}

/** Reads the plan, then the book; ready indicators have no days to look at. */
export async function readBookInput(options: InputOptions, command: string): Promise<BookInput> {
  checkBookDoor(options, command);
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
  checkBookDoor(options, command);
  const asOf = checkDays(options);
  const rules = await readRules(options);
  const columns = await readColumns(options);
  const issues: Issue[] = [];
  return { book: await readAnyBook(options, columns, issues), asOf, ...rules, issues };
}

function checkBookDoor(options: InputOptions, command: string): void {
  checkDoors(options);
  if (options.indicators === undefined) return;
  throw new MisuseError(
    `${command} needs days: give --policies with --claims, or --experience, not --indicators`,
  );
}

/** Checks the days before anything is read; gives the as-of date. */
function checkDays({ asOf: day, valuedAt }: InputOptions): string {
  const asOf = given(day, '--as-of DATE, the day at whose start we look');
  dayFromISO(asOf, '--as-of');
  if (valuedAt !== undefined) dayFromISO(valuedAt, '--valued-at');
  return asOf;
}

async function readColumns({ columns }: InputOptions): Promise<ReadColumns> {
  return readColumnsFile(columns === undefined ? {} : await readJson(columns, 'columns file'));
}

function checkDoors({ policies, claims, experience, indicators: ready, valuedAt }: InputOptions) {
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
}

async function readAnyBook(
  options: InputOptions,
  columns: ReadColumns,
  issues: Issue[],
): Promise<Book> {
  if (options.experience !== undefined) {
    const read = await readTable(
      options.experience,
      'experience',
      experienceFields,
      columns,
      issues,
    );
    return experienceOf(read, columns, options.valuedAt, issues);
  }
  const { policies = '', claims = '' } = options;
  const policiesRead = await readTable(
    policies,
    'policies',
    policyFields,
    policyColumns(columns),
    issues,
  );
  const claimsRead = await readTable(claims, 'claims', claimFields, claimColumns(columns), issues);
  return bookOf(policiesRead, claimsRead, columns, issues);
}
