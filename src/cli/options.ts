import { type Command, InvalidArgumentError } from 'commander';
import { MisuseError } from '../base/errors.js';

/** Gives a command the options that say which book to read, as of when. */
export function asOfOptions(command: Command): Command {
  return bookOptions(
    command.option(
      '--as-of <date>',
      'the day at whose start we look, like 2024-12-31 (required)',
      once,
    ),
    'the as-of date',
  );
}

/** The options that say which book to read, and when yearly sums were taken if that is not said. */
export function bookOptions(command: Command, valuedAt: string): Command {
  return command
    .option('--policies <file>', 'dated policy terms, with --claims', once)
    .option('--claims <file>', 'dated claims, with --policies', once)
    .option('--experience <file>', 'yearly sums, one row a customer and period', once)
    .option(
      '--valued-at <date>',
      `the day the yearly sums were taken (${valuedAt} if not given)`,
      once,
    )
    .option('--indicators <file>', 'indicators already measured, one row a customer', once)
    .option(
      '--columns <file>',
      "how the files' columns, dates and labels map onto ours (JSON)",
      once,
    )
    .option('--issues <file>', 'write every row or value that could not be used', once)
    .option(
      '--max-issues <n>',
      'exit 1 when there are more issues: a number of issues, or a share like 5% of the rows or the money of a table (5% if left out)',
      mostIssues,
    )
    .option('--json', 'print the result as one JSON object');
}

/** Gives a command the options that say what to grade, and by which plan or model. */
export function inputOptions(command: Command): Command {
  return rulesOptions(asOfOptions(command));
}

/** The options that say by which plan or model to grade. */
export function rulesOptions(command: Command): Command {
  return command
    .option('--window <span>', 'observation window before that day, like 36m or 3y', once)
    .option('--plan <file>', 'a grading plan (JSON); the default plan if not given', once)
    .option('--model <file>', 'a calibrated model, instead of a plan', once);
}

/** Leaves out of the help what a command cannot take; where it is given all the same, it says why. */
export function notOffered(command: Command, ...names: readonly string[]): Command {
  for (const option of command.options) option.hideHelp(names.includes(`${option.long}`));
  return command;
}

/** How many issues there may be: a whole number, or a share like 5% or 0.05. */
export function mostIssues(text: string): number {
  const [, share, percent] = /^(0?\.\d+)$|^(\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  if (share !== undefined) return Number(share);
  // All rows may be left out: no number of issues is too many.
  if (percent !== undefined)
    return Number(percent) < 100 ? Number(percent) / 100 : Number.MAX_SAFE_INTEGER;
  return wholeNumber(text);
}

/** A whole number of 0 or more. */
export function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number of 0 or more.');
}

/** The second of two would silently take the place of the first. */
export function once(text: string, previous: string | undefined): string {
  if (previous === undefined) return text;
  throw new InvalidArgumentError('It was given before: expected it once.');
}

/** Names joined by commas. */
export function namesOf(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new MisuseError(`expected names joined by commas, like channel,region, got "${text}"`);
}

/** When customers are graded: on the first day if it is not said. */
export function atOf(at = 'date'): 'date' | 'renewal' {
  if (at === 'date' || at === 'renewal') return at;
  throw new MisuseError(`--at: expected date or renewal, got ${at}`);
}

/** The files of what is remembered from earlier days. */
export interface StandingOptions {
  readonly standings?: string;
  readonly overrides?: string;
  readonly standingsOut?: string;
}

/** The options that say what to grade, as the command line gives them. */
export interface InputOptions {
  readonly asOf?: string;
  readonly window?: string;
  readonly policies?: string;
  readonly claims?: string;
  readonly experience?: string;
  readonly valuedAt?: string;
  readonly maxIssues?: number;
  readonly indicators?: string;
  readonly columns?: string;
  readonly plan?: string;
  readonly model?: string;
}

/** The options that say where results go. */
export interface OutputOptions extends StandingOptions {
  readonly out?: string;
  readonly issues?: string;
  readonly maxIssues?: number;
  readonly json?: boolean;
}

/** Prints a result on standard output: as one JSON object, or as its text. */
export type Print = (options: OutputOptions, result: unknown, text: string) => void;
