import type { Command } from 'commander';
import { UnusableDataError } from '../base/errors.js';
import { countIssues, type Issue } from '../book/issues.js';
import { issuesText } from '../report/issues-text.js';
import { charts as chartsOf, summaryOf, tableOf, toText } from '../report/show.js';
import type { InputOptions, OutputOptions, Print } from './options.js';
import { once } from './options.js';
import {
  checkOutputs,
  checkRowsName,
  madeFolder,
  reportIssues,
  writeCharts,
  writeTable,
} from './outputs.js';
import { progressBar } from './progress.js';

/** Shows a bar of so many steps, and gives the function that moves it on. */
export type ShowProgress = (what: string, steps: number) => (done?: number) => void;

/** What every analysis is given. */
export interface AnalysisOptions extends InputOptions, OutputOptions {
  readonly charts?: string;
  /** The arguments of the command, in their order. */
  readonly args: readonly string[];
}

/** What a command does between its options and what it prints. */
export interface Analysis<O, I extends { readonly issues?: readonly Issue[] }, R extends object> {
  /** What `--out` writes, where there are rows. */
  readonly out?: string;
  /** What `--charts` writes, where there are charts. */
  readonly charts?: string;
  /** What can be refused before any file is read. */
  check?(options: O): void;
  /** Files that are read besides those of the input. */
  files?(options: O): readonly (string | undefined)[];
  /** Reads the input. */
  read(options: O): Promise<I>;
  /** Gives the result, which shows itself. */
  run(input: I, options: O, progress: ShowProgress): R | Promise<R>;
  /** What makes the command end with 1 after the result is printed. */
  failure?(result: R, options: O): string | undefined;
}

/**
 * Makes a command an analysis: outputs are checked before anything is read, issues reported before
 * the work, and the result is written and printed by its view.
 */
export function analysis<
  O extends AnalysisOptions,
  I extends { readonly issues?: readonly Issue[] },
  R extends object,
>(
  command: Command,
  print: Print,
  { out, charts, check, files, read, run, failure }: Analysis<O, I, R>,
): Command {
  if (out !== undefined) command.option('--out <file>', out, once);
  if (charts !== undefined) command.option('--charts <folder>', charts, once);
  return command.action(async (...given) => {
    const args = given.slice(0, command.registeredArguments.length);
    const options: O = { ...given[args.length], args };
    check?.(options);
    await checkOutputs(options, files?.(options));
    if (options.out !== undefined) checkRowsName(options.out);
    if (options.charts !== undefined) await madeFolder(options.charts);
    const input = await read(options);
    if (input.issues) await reportIssues(input.issues, options);
    const result = await withProgress((progress) => run(input, options, progress));
    const table = options.out === undefined ? undefined : tableOf(result);
    if (options.out !== undefined && table) await writeTable(options.out, table);
    if (options.charts !== undefined) await writeCharts(options.charts, chartsOf(result));
    const issues = input.issues && countIssues(input.issues);
    print(
      options,
      { ...summaryOf(result), ...(issues && { issues }), ...columnsOf(input.issues) },
      [toText(result), ...(issues ? [issuesText(issues)] : [])].join('\n\n'),
    );
    const failed = failure?.(result, options);
    if (failed !== undefined) throw new UnusableDataError(failed);
  });
}

/** The columns the input was read from, where it was. */
function columnsOf(issues: readonly Issue[] | undefined): object {
  return issues && 'columns' in issues ? { columns: issues.columns } : {};
}

/** Runs work that shows bars; they are gone when it ends, however it ends. */
async function withProgress<T>(work: (progress: ShowProgress) => T | Promise<T>): Promise<T> {
  const bars: ReturnType<typeof progressBar>[] = [];
  try {
    return await work((what, steps) => {
      const bar = progressBar(what, steps);
      bars.push(bar);
      return (done = 1) => bar.add(done);
    });
  } finally {
    for (const bar of bars) bar.stop();
  }
}
