import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { MisuseError, UnusableDataError } from '../base/errors.js';
import { countIssues } from '../book/issues.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { modelId } from '../model/model.js';
import { writeModel } from '../model/model-file.js';
import { cardProxies } from '../portfolio/profile/card-proxies.js';
import { summarize } from '../portfolio/summary/summarize.js';
import { issuesText, summaryText } from '../portfolio/summary/view.js';
import { cardProxiesText, cardText } from '../report/card-text.js';
import { gradeHeader, gradeRows } from '../report/grade-rows.js';
import { modelText } from '../report/model-text.js';
import { lifetimeNotes } from '../scoring/retention/fit-retention.js';
import { simulate } from '../simulate.js';
import { backtestCommand } from './backtest.js';
import { clustersCommand } from './clusters.js';
import { diffCommand } from './diff.js';
import { driftCommand } from './drift.js';
import { explainCommand } from './explain.js';
import { given, type InputOptions, readInput } from './input.js';
import { kpiCommand } from './kpi.js';
import { lintCommand } from './lint.js';
import { migrateCommand } from './migrate.js';
import { inputCommand, notOffered, once, wholeNumber } from './options.js';
import {
  checkOutputs,
  checkRowsName,
  madeFolder,
  type OutputOptions,
  type Print,
  reportIssues,
  writeRows,
  writeText,
} from './outputs.js';
import { paretoCommand } from './pareto.js';
import { profileCommand } from './profile.js';
import { progressBar } from './progress.js';
import { screenCommand } from './screen.js';
import { simulateRuleCommand } from './simulate-rule.js';
import { checkStandingsOut, readRemembered, standingOptions, writeStandings } from './standings.js';
import { verifyCommand } from './verify.js';

interface SimulateOptions {
  readonly customers: number;
  readonly seed: number;
  readonly years: number;
  readonly from: string;
  readonly out: string;
  readonly json?: boolean;
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
  const print: Print = (options, result, text) => {
    if (options.out === '-' || options.issues === '-') io.err(`${text}\n`);
    else io.out(options.json ? `${JSON.stringify(result)}\n` : `${text}\n`);
  };

  standingOptions(inputCommand(program, 'score', 'grade every customer'))
    .option('--standings-out <file>', 'the standings after this day, for the next one', once)
    .option(
      '--out <file>',
      'graded customers: .csv, .csv.gz, .ndjson, .ndjson.gz or - (standard output) (required)',
      once,
    )
    .action(async (options: InputOptions & OutputOptions) => {
      const out = given(options.out, '--out FILE, where the grades go');
      await checkOutputs(options);
      checkRowsName(out);
      const remembered = await readRemembered(options);
      const input = await readInput(options);
      checkStandingsOut(options, input.plan);
      await reportIssues(input.issues, options);
      const model = input.model ?? calibrate(input.table, input.plan);
      const bar = progressBar('grading', input.table.length);
      const grades = assess(input.table, model, {
        ...remembered,
        onProgress: (count) => bar.add(count),
      });
      bar.stop();
      await writeRows(out, gradeHeader(grades), grades.length, gradeRows(grades));
      if (options.standingsOut !== undefined) await writeStandings(options.standingsOut, grades);
      const summary = summarize(grades, input.issues);
      print(options, summary, summaryText(summary));
    });

  notOffered(
    inputCommand(program, 'calibrate', 'calibrate a model on a book and write it'),
    '--model',
  )
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
      const reportOn = model.plan.card?.reportOn ?? [];
      const grades = reportOn.length > 0 ? assess(input.table, model) : undefined;
      const proxies = grades ? reportOn.map((name) => cardProxies(grades, name)) : [];
      const { experience, value: _, inputs: __, ...measured } = model.parameters;
      const summary = {
        model: { id: modelId(model), hash: model.hash, method: experience.method },
        fittedOn: model.fittedOn,
        ...measured,
        ...(proxies.length > 0 && { proxies }),
        notes: [...input.table.notes, ...experience.notes, ...lifetimeNotes(model)],
        issues: countIssues(input.issues),
      };
      print(
        options,
        summary,
        [
          modelText(model, input.table.notes),
          ...(model.parameters.card ? ['', cardText(model), ''] : []),
          ...(proxies.length > 0 ? [cardProxiesText(proxies), ''] : []),
          issuesText(summary.issues),
        ].join('\n'),
      );
    });

  backtestCommand(program, print);
  clustersCommand(program, print);
  diffCommand(program, print);
  explainCommand(program, print);
  driftCommand(program, print);
  kpiCommand(program, print);
  lintCommand(program, print);
  migrateCommand(program, print);
  paretoCommand(program, print);
  profileCommand(program, print);
  screenCommand(program, print);
  simulateRuleCommand(program, print);
  verifyCommand(program, print);

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

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}
