import type { Command } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { backtest } from '../portfolio/backtest/backtest.js';
import { type AnalysisOptions, analysis } from './analysis.js';
import { given, readBookInput } from './input.js';
import type { Print } from './options.js';
import { atOf, inputOptions, notOffered, once, wholeNumber } from './options.js';

interface BacktestOptions extends AnalysisOptions {
  readonly until?: string;
  readonly at?: string;
  readonly rounds?: number;
  readonly seed?: number;
}

/** `bookgrade backtest`: what grades given before a day were worth after it. */
export function define(command: Command, print: Print): void {
  notOffered(inputOptions(command), '--model', '--indicators')
    .option('--until <date>', 'the day that ends what is looked at (required)', once)
    .option('--at <when>', 'grade everybody on the first day (date), or each at its renewal', once)
    .option('--rounds <n>', 'bootstrap rounds behind the intervals (200)', wholeNumber)
    .option('--seed <n>', 'the same seed gives the same intervals (1)', wholeNumber);
  analysis(command, print, {
    out: 'write every graded customer with what followed',
    charts: 'write lift.vl.json and lorenz.vl.json (Vega-Lite)',
    check(options: BacktestOptions) {
      untilOf(options);
      atOf(options.at);
    },
    read: (options) => readBookInput(options, 'backtest'),
    run({ book, asOf, plan }, options, progress) {
      const { rounds = 200, seed = 1 } = options;
      const [until, at] = [untilOf(options), atOf(options.at)];
      const onRound = progress('resampling customers', rounds);
      return backtest(book, {
        from: asOf,
        until,
        at,
        plan,
        rounds,
        seed,
        onRound: () => onRound(),
      });
    },
  });
}

function untilOf(options: BacktestOptions): string {
  const until = given(options.until, '--until DATE, the day that ends what is looked at');
  dayFromISO(until, '--until');
  return until;
}
