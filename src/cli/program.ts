import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { assess } from '../assess.js';
import { dayFromISO } from '../calendar.js';
import { calibrate } from '../calibrate.js';
import { countIssues, type Issue } from '../doors/issues.js';
import { gradeAt } from '../grader.js';
import { didYouMean, MisuseError, UnusableDataError } from '../misuse.js';
import { modelId, writeModel } from '../model.js';
import { backtest } from '../portfolio/backtest.js';
import { summarize } from '../portfolio/summary.js';
import { liftChart, lorenzChart } from '../report/backtest-charts.js';
import { backtestHeader, backtestRows } from '../report/backtest-rows.js';
import { backtestText } from '../report/backtest-text.js';
import { explanation } from '../report/explanation.js';
import { gradeHeader, gradeRows } from '../report/grade-rows.js';
import { modelText } from '../report/model-text.js';
import { issuesText, summaryText } from '../report/summary-text.js';
import { simulate } from '../simulate.js';
import { given, type InputOptions, readBookInput, readInput } from './input.js';
import {
  checkOutputs,
  checkRowsName,
  type OutputOptions,
  writeRows,
  writeText,
} from './outputs.js';
import { progressBar } from './progress.js';

interface SimulateOptions {
  readonly customers: number;
  readonly seed: number;
  readonly years: number;
  readonly from: string;
  readonly out: string;
  readonly json?: boolean;
}

interface BacktestCommandOptions {
  readonly until?: string;
  readonly at?: string;
  readonly rounds?: number;
  readonly seed?: number;
  readonly charts?: string;
}

/** Where the command line prints. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/**
 * Runs the command line and gives its exit code: 0 done, 1 the data could not be used, 2 misuse,
 * with one line that says what to do.
 */
export async function runCli(
  args: readonly string[],
  version: string,
  io: Output,
): Promise<number> {
  try {
    await commandLine(version, io).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof MisuseError || error instanceof UnusableDataError) {
      io.err(`bookgrade: ${oneLine(error.message)}\n`);
      return error instanceof MisuseError ? 2 : 1;
    }
    throw error;
  }
}

function commandLine(version: string, io: Output): Command {
  const program = new Command('bookgrade')
    .description("Grades an insurer's customers: risk, value, service and underwriting advice")
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => write(`${oneLine(text)}\n`),
    });
  const print = (options: OutputOptions, result: unknown, text: string) => {
    if (options.out === '-' || options.issues === '-') io.err(`${text}\n`);
    else io.out(options.json ? `${JSON.stringify(result)}\n` : `${text}\n`);
  };

  inputCommand(program, 'score', 'grade every customer')
    .option(
      '--out <file>',
      'graded customers: .csv, .csv.gz, .ndjson, .ndjson.gz or - (standard output) (required)',
      once,
    )
    .action(async (options: InputOptions & OutputOptions) => {
      const out = given(options.out, '--out FILE, where the grades go');
      await checkOutputs(options);
      checkRowsName(out);
      const input = await readInput(options);
      await reportIssues(input.issues, options);
      const model = input.model ?? calibrate(input.table, input.plan);
      const bar = progressBar('grading', input.table.length);
      const grades = assess(input.table, model, (count) => bar.add(count));
      bar.stop();
      await writeRows(out, gradeHeader(grades), grades.length, gradeRows(grades));
      const summary = summarize(grades, input.issues);
      print(options, summary, summaryText(summary));
    });

  inputCommand(program, 'calibrate', 'calibrate a model on a book and write it')
    .option('--out <file>', 'the model: a JSON file or - (standard output) (required)', once)
    .action(async (options: InputOptions & OutputOptions) => {
      const out = given(options.out, '--out FILE, where the model goes');
      if (options.model !== undefined) {
        throw new MisuseError('calibrate makes a model: leave --model out');
      }
      await checkOutputs(options);
      const input = await readInput(options);
      await reportIssues(input.issues, options);
      const model = calibrate(input.table, input.plan);
      await writeText(out, [writeModel(model)]);
      const { experience, value: _, ...measured } = model.parameters;
      const summary = {
        model: { id: modelId(model), hash: model.hash, method: experience.method },
        fittedOn: model.fittedOn,
        ...measured,
        notes: [...input.table.notes, ...experience.notes],
        issues: countIssues(input.issues),
      };
      print(
        options,
        summary,
        `${modelText(model, input.table.notes)}\n${issuesText(summary.issues)}`,
      );
    });

  inputCommand(program, 'explain', "explain one customer's grade in words", '<customer-id>').action(
    async (customerId: string, options: InputOptions & OutputOptions) => {
      if (options.issues === '-') {
        throw new MisuseError('explain prints to standard output: give --issues a file');
      }
      await checkOutputs(options);
      const input = await readInput(options);
      await reportIssues(input.issues, options);
      const row = input.table.ids.indexOf(customerId);
      if (row < 0) {
        throw new MisuseError(
          `no customer "${customerId}" has cover in the window${didYouMean(customerId, input.table.ids)}`,
        );
      }
      const grades = assess(input.table, input.model ?? calibrate(input.table, input.plan));
      const grade = gradeAt(grades)(row);
      print(options, grade, explanation(grade));
    },
  );

  inputCommand(program, 'backtest', 'look at what grades given before a day were worth after it')
    .option('--until <date>', 'the day that ends what is looked at (required)', once)
    .option('--at <when>', 'grade everybody on the first day (date), or each at its renewal', once)
    .option('--rounds <n>', 'bootstrap rounds behind the intervals (200)', wholeNumber)
    .option('--seed <n>', 'the same seed gives the same intervals (1)', wholeNumber)
    .option('--out <file>', 'write every graded customer with what followed', once)
    .option('--charts <folder>', 'write lift.vl.json and lorenz.vl.json (Vega-Lite)', once)
    .action(async (options: InputOptions & OutputOptions & BacktestCommandOptions) => {
      const until = given(options.until, '--until DATE, the day that ends what is looked at');
      dayFromISO(until, '--until');
      const { at = 'date', rounds = 200, seed = 1, out, charts } = options;
      if (at !== 'date' && at !== 'renewal') {
        throw new MisuseError(`--at: expected date or renewal, got ${at}`);
      }
      await checkOutputs(options);
      if (out !== undefined) checkRowsName(out);
      if (charts !== undefined) await madeFolder(charts);
      const { book, asOf, plan, issues } = await readBookInput(options, 'backtest');
      await reportIssues(issues, options);
      const bar = progressBar('drawing customers', rounds);
      const onRound = () => bar.add(1);
      const result = backtest(book, { from: asOf, until, at, plan, rounds, seed, onRound });
      bar.stop();
      if (out !== undefined) {
        const { length } = result.columns.customerIds;
        await writeRows(out, backtestHeader(), length, backtestRows(result));
      }
      if (charts !== undefined) {
        for (const [name, chart] of [
          ['lift', liftChart(result)],
          ['lorenz', lorenzChart(result)],
        ] as const) {
          await writeText(join(charts, `${name}.vl.json`), [`${JSON.stringify(chart, null, 2)}\n`]);
        }
      }
      const { columns: _, ...summary } = result;
      const text = `${backtestText(result)}\n\n${issuesText(countIssues(issues))}`;
      print(options, { ...summary, issues: countIssues(issues) }, text);
    });

  program
    .command('simulate')
    .description('write a synthetic book: policies.csv, claims.csv and the truth behind them')
    .requiredOption('--customers <n>', 'how many customers', wholeNumber)
    .requiredOption('--seed <n>', 'the same seed gives the same book', wholeNumber)
    .requiredOption('--years <n>', 'how many years', wholeNumber)
    .requiredOption('--out <folder>', 'the folder to write to; it is made if need be')
    .option('--from <date>', 'the first day of the book', '2020-01-01')
    .option('--json', 'print the summary as JSON')
    .action(async ({ out, json = false, ...options }: SimulateOptions) => {
      const { asOf, ...tables } = simulate(options);
      await madeFolder(out);
      const rows: Record<string, number> = {};
      for (const [name, table] of Object.entries(tables)) {
        const header = Object.keys(table);
        const columns: ArrayLike<string | number>[] = Object.values(table);
        const { length } = columns[0];
        await writeRows(join(out, `${name}.csv`), header, length, (row) =>
          columns.map((column) => column[row]),
        );
        rows[name] = length;
      }
      const { customers } = options;
      const text = `Wrote ${rows.policies} policy terms and ${rows.claims} claims of ${customers} customers to ${out}; grade them with --as-of ${asOf}`;
      print({ json }, { asOf, customers, rows }, text);
    });
  return program;
}

/** A command with the options that say what to grade. */
function inputCommand(
  program: Command,
  name: string,
  description: string,
  argument?: string,
): Command {
  const made = program.command(name).description(description);
  if (argument !== undefined) made.argument(argument);
  return made
    .option('--as-of <date>', 'the day at whose start we look, like 2024-12-31 (required)', once)
    .option('--window <span>', 'observation window before that day, like 36m or 3y', once)
    .option('--policies <file>', 'dated policy terms, with --claims', once)
    .option('--claims <file>', 'dated claims, with --policies', once)
    .option('--experience <file>', 'yearly sums, one row a customer and period', once)
    .option(
      '--valued-at <date>',
      'the day the yearly sums were taken (the as-of date if left out)',
      once,
    )
    .option('--indicators <file>', 'indicators already measured, one row a customer', once)
    .option(
      '--columns <file>',
      "how the files' columns, dates and labels map onto ours (JSON)",
      once,
    )
    .option('--plan <file>', 'a grading plan (JSON); the default plan if left out', once)
    .option('--model <file>', 'a calibrated model, instead of a plan', once)
    .option('--issues <file>', 'write every row or value that could not be used', once)
    .option('--max-issues <n>', 'exit 1 when there are more issues', wholeNumber)
    .option('--json', 'print the result as one JSON object');
}

async function madeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: Error) => {
    throw new MisuseError(`cannot make the folder ${path}: ${error.message}`);
  });
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number of 0 or more.');
}

/** The second of two would silently take the place of the first. */
function once(text: string, previous: string | undefined): string {
  if (previous === undefined) return text;
  throw new InvalidArgumentError('It was given before: expected it once.');
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}

/** Writes the issues, and stops when there are more than may be. */
async function reportIssues(issues: readonly Issue[], options: OutputOptions): Promise<void> {
  const header = ['table', 'row', 'field', 'code', 'message', 'amount'] as const;
  if (options.issues !== undefined) {
    await writeRows(options.issues, header, issues.length, (row) =>
      header.map((name) => issues[row][name]),
    );
  }
  if (options.maxIssues !== undefined && issues.length > options.maxIssues) {
    const counts = Object.entries(countIssues(issues)).map(([code, { rows }]) => `${code} ${rows}`);
    throw new UnusableDataError(
      `${issues.length} issues, more than --max-issues ${options.maxIssues}: ${counts.join(', ')}; see --issues FILE`,
    );
  }
}
