import { type Command, InvalidArgumentError } from 'commander';
import { MisuseError, UnusableDataError } from '../base/errors.js';
import { assess, type Grades } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { atStake } from '../portfolio/concentration/at-stake.js';
import { latestPeriods } from '../portfolio/concentration/latest-periods.js';
import {
  type Measure,
  measureEntries,
  measureNamed,
  measures,
} from '../portfolio/concentration/measures.js';
import { pareto } from '../portfolio/concentration/pareto.js';
import { checkedOptions, persistenceIn } from '../portfolio/concentration/persistence.js';
import { periodsOf, persistenceMeasures } from '../portfolio/concentration/persistence-periods.js';
import type { AtStake, Pareto, Persistence } from '../portfolio/concentration/result.js';
import { showConcentration } from '../portfolio/concentration/view.js';
import { type AnalysisOptions, analysis, type ShowProgress } from './analysis.js';
import { type Input, readInput } from './input.js';
import type { Print } from './options.js';
import { inputOptions, once, wholeNumber } from './options.js';

interface ParetoCommandOptions extends AnalysisOptions {
  readonly measure?: string;
  readonly luck?: number;
  readonly seed?: number;
}

const listed = 10;

/** `bookgrade pareto`: what is concentrated, how much of it is luck, and whether it lasts. */
export function define(command: Command, print: Print): void {
  inputOptions(command)
    .option('--measure <name>', `one of ${measures.join(', ')}; all by default`, once)
    .option(
      '--luck <rounds>',
      'how often claims are reshuffled and customers resampled (200); 0: never',
      luckRounds,
    )
    .option('--seed <n>', 'the same seed gives the same luck and intervals (1)', wholeNumber);
  analysis(command, print, {
    out: 'customers by the profit that may leave with them',
    charts: 'write the charts (Vega-Lite)',
    check: (options: ParetoCommandOptions) => chosenOf(options),
    read: (options) => readInput(options),
    run(input, options: ParetoCommandOptions, progress) {
      const { asOf, luck = 200, seed = 1, out } = options;
      const chosen = chosenOf(options);
      const grades = assess(input.table, input.model ?? calibrate(input.table, input.plan));
      const stakeByCustomer = out === undefined ? undefined : atStake(grades);
      const notes: string[] = [];
      return showConcentration(
        {
          asOf,
          measures: byMeasure(paretosOf(grades, chosen, { luck, seed }, notes, progress)),
          persistence: byMeasure(
            persistencesOf(input, chosen, { rounds: luck, seed }, notes, progress),
          ),
          atStake: stakeOf(grades, chosen),
          notes,
        },
        stakeByCustomer,
      );
    },
  });
}

const chosenOf = ({ measure }: ParetoCommandOptions): readonly Measure[] =>
  measure === undefined ? measures : [measureNamed(measure, '--measure')];

const byMeasure = <T extends { readonly measure: string }>(results: readonly T[]) =>
  Object.fromEntries(results.map((result) => [result.measure, result]));

function paretosOf(
  grades: Grades,
  chosen: readonly Measure[],
  { luck, seed }: { luck: number; seed: number },
  notes: string[],
  progress: ShowProgress,
): Pareto[] {
  const dealt = chosen.filter((measure) => measureEntries[measure].luck !== undefined);
  const step = progress('reshuffling claims', luck * dealt.length);
  return chosen.flatMap((measure) => {
    try {
      return [pareto(grades, { measure, luck, seed, onRound: () => step() })];
    } catch (error) {
      // Asked for by name it is an error; among all of them it is one thing less to tell.
      if (!(error instanceof UnusableDataError) || chosen.length === 1) throw error;
      notes.push(reasonOf(error));
      return [];
    }
  });
}

/** Whether the top groups last, where the book reaches back far enough to tell. */
function persistencesOf(
  { book, table, plan }: Input,
  chosen: readonly Measure[],
  { rounds, seed }: { rounds: number; seed: number },
  notes: string[],
  progress: ShowProgress,
): Persistence[] {
  const asked = persistenceMeasures.filter((measure) => chosen.includes(measure));
  if (asked.length === 0) return [];
  if (!book || table.asOf === undefined) {
    notes.push('ready indicators cover no later period, so persistence cannot be assessed');
    return [];
  }
  const { book: known, notes: unended, ...days } = latestPeriods(book, table.asOf);
  notes.push(...unended);
  const step = progress('resampling customers', rounds * asked.length);
  const onRound = () => step();
  const untold = new Set<string>();
  const orReason = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof MisuseError || error instanceof UnusableDataError)) throw error;
      untold.add(reasonOf(error));
      return undefined;
    }
  };
  const checked = checkedOptions(known, { ...days, plan, rounds, seed, onRound });
  const periods = orReason(() => periodsOf(known, checked));
  const shown = periods
    ? asked.flatMap(
        (measure) => orReason(() => persistenceIn(periods, { ...checked, measure })) ?? [],
      )
    : [];
  notes.push(...[...untold].map((reason) => `persistence cannot be assessed: ${reason}`));
  return shown;
}

/** What an error says, without the name of the function that says it. */
function reasonOf({ message }: Error): string {
  return message.replace(/^\w+: /, '');
}

/** Rounds enough for a band, or none. */
function luckRounds(text: string): number {
  const rounds = wholeNumber(text);
  if (rounds !== 1) return rounds;
  throw new InvalidArgumentError('Expected 0, or 2 rounds and more: one has no band.');
}

function stakeOf(grades: Grades, chosen: readonly Measure[]): AtStake | null {
  if (!grades.model.parameters.retention || !chosen.includes('lifetime-value')) return null;
  return atStake(grades, listed);
}
