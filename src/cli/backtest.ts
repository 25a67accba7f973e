import type { Command } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import { countIssues } from '../book/issues.js';
import { backtest } from '../portfolio/backtest/backtest.js';
import { liftChart, lorenzChart } from '../portfolio/backtest/charts.js';
import { backtestHeader, backtestRows } from '../portfolio/backtest/rows.js';
import { backtestText } from '../portfolio/backtest/view.js';
import { issuesText } from '../portfolio/summary/view.js';
import { given, type InputOptions, readBookInput } from './input.js';
import { inputCommand, notOffered, once, wholeNumber } from './options.js';
import {
  checkOutputs,
  checkRowsName,
  madeFolder,
  type OutputOptions,
  type Print,
  reportIssues,
  writeCharts,
  writeRows,
} from './outputs.js';
import { progressBar } from './progress.js';

interface BacktestCommandOptions {
  readonly until?: string;
  readonly at?: string;
  readonly rounds?: number;
  readonly seed?: number;
  readonly charts?: string;
}

/** `bookgrade backtest`: what grades given before a day were worth after it. */
export function backtestCommand(program: Command, print: Print): void {
  const what = 'look at what grades given before a day were worth after it';
  notOffered(inputCommand(program, 'backtest', what), '--model', '--indicators')
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
        await writeCharts(charts, { lift: liftChart(result), lorenz: lorenzChart(result) });
      }
      const { columns: _, ...summary } = result;
      const text = `${backtestText(result)}\n\n${issuesText(countIssues(issues))}`;
      print(options, { ...summary, issues: countIssues(issues) }, text);
    });
}
