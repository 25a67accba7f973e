import { type Command, InvalidArgumentError } from 'commander';
import { MisuseError, UnusableDataError } from '../base/errors.js';
import { countIssues } from '../book/issues.js';
import { assess, type Grades } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { type AtStake, atStake } from '../portfolio/concentration/at-stake.js';
import { paretoChart, persistenceChart } from '../portfolio/concentration/charts.js';
import { latestPeriods } from '../portfolio/concentration/latest-periods.js';
import {
  type Measure,
  measureEntries,
  measureNamed,
  measures,
} from '../portfolio/concentration/measures.js';
import { type Pareto, pareto } from '../portfolio/concentration/pareto.js';
import {
  checkedOptions,
  type Persistence,
  persistenceIn,
} from '../portfolio/concentration/persistence.js';
import { periodsOf, persistenceMeasures } from '../portfolio/concentration/persistence-periods.js';
import { atStakeBlocks, paretoBlocks, persistenceBlocks } from '../portfolio/concentration/view.js';
import { issuesText } from '../portfolio/summary/view.js';
import { asText } from '../report/blocks.js';
import { type Input, type InputOptions, readInput } from './input.js';
import { inputCommand, once, wholeNumber } from './options.js';
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

interface ParetoCommandOptions {
  readonly measure?: string;
  readonly luck?: number;
  readonly seed?: number;
  readonly charts?: string;
}

const listed = 10;

/** `bookgrade pareto`: what is concentrated, how much of it is luck, and whether it lasts. */
export function paretoCommand(program: Command, print: Print): void {
  inputCommand(program, 'pareto', 'what is concentrated, how much of it is luck, does it last')
    .option('--measure <name>', `one of ${measures.join(', ')}; all if left out`, once)
    .option(
      '--luck <rounds>',
      'how often claims are dealt out and customers drawn anew (200); 0: not',
      luckRounds,
    )
    .option('--seed <n>', 'the same seed gives the same luck and intervals (1)', wholeNumber)
    .option('--out <file>', 'customers by the profit that may leave with them', once)
    .option('--charts <folder>', 'write the pictures (Vega-Lite)', once)
    .action(async (options: InputOptions & OutputOptions & ParetoCommandOptions) => {
      const { luck = 200, seed = 1, out, charts } = options;
      const chosen =
        options.measure === undefined ? measures : [measureNamed(options.measure, '--measure')];
      await checkOutputs(options);
      if (out !== undefined) checkRowsName(out);
      if (charts !== undefined) await madeFolder(charts);
      const input = await readInput(options);
      await reportIssues(input.issues, options);
      const grades = assess(input.table, input.model ?? calibrate(input.table, input.plan));
      const stakeByCustomer = out === undefined ? undefined : atStake(grades);
      const notes: string[] = [];
      const paretos = paretosOf(grades, chosen, { luck, seed }, notes);
      const lasting = persistencesOf(input, chosen, { rounds: luck, seed }, notes);
      const stake = stakeOf(grades, chosen);
      if (out !== undefined && stakeByCustomer) await writeStake(out, stakeByCustomer);
      if (charts !== undefined) await writeCharts(charts, chartsOf(paretos, lasting));
      const issues = countIssues(input.issues);
      const { rows: _, ...stakeInAll } = stake ?? { rows: [] };
      print(
        options,
        {
          asOf: options.asOf,
          measures: Object.fromEntries(paretos.map((result) => [result.measure, result])),
          persistence: Object.fromEntries(lasting.map((result) => [result.measure, result])),
          atStake: stake && stakeInAll,
          notes,
          issues,
        },
        [
          asText([
            ...paretoBlocks(paretos),
            ...persistenceBlocks(lasting),
            ...(stake ? atStakeBlocks(stake) : []),
            ...notes.map((note) => `Note: ${note}.`),
          ]),
          issuesText(issues),
        ].join('\n\n'),
      );
    });
}

function paretosOf(
  grades: Grades,
  chosen: readonly Measure[],
  { luck, seed }: { luck: number; seed: number },
  notes: string[],
): Pareto[] {
  const dealt = chosen.filter((measure) => measureEntries[measure].luck !== undefined);
  const bar = progressBar('dealing claims out anew', luck * dealt.length);
  const onRound = () => bar.add(1);
  try {
    return chosen.flatMap((measure) => {
      try {
        return [pareto(grades, { measure, luck, seed, onRound })];
      } catch (error) {
        // Asked for by name it is an error; among all of them it is one thing less to tell.
        if (!(error instanceof UnusableDataError) || chosen.length === 1) throw error;
        notes.push(reasonOf(error));
        return [];
      }
    });
  } finally {
    bar.stop();
  }
}

/** Whether the top groups last, where the book reaches back far enough to tell. */
function persistencesOf(
  { book, table, plan }: Input,
  chosen: readonly Measure[],
  { rounds, seed }: { rounds: number; seed: number },
  notes: string[],
): Persistence[] {
  const asked = persistenceMeasures.filter((measure) => chosen.includes(measure));
  if (asked.length === 0) return [];
  if (!book || table.asOf === undefined) {
    notes.push('ready indicators tell of no later period, so whether it lasts cannot be told');
    return [];
  }
  const { book: known, notes: unended, ...days } = latestPeriods(book, table.asOf);
  notes.push(...unended);
  const bar = progressBar('drawing customers', rounds * asked.length);
  const onRound = () => bar.add(1);
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
  const told = periods
    ? asked.flatMap(
        (measure) => orReason(() => persistenceIn(periods, { ...checked, measure })) ?? [],
      )
    : [];
  bar.stop();
  notes.push(...[...untold].map((reason) => `whether it lasts cannot be told: ${reason}`));
  return told;
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

async function writeStake(out: string, { rows }: AtStake): Promise<void> {
  const header = [
    'customer_id',
    'annual_premium',
    'lifetime_value',
    'chance_to_leave',
    'profit_at_stake',
  ];
  await writeRows(out, header, rows.length, (k) => {
    const { customerId, annualPremium, lifetimeValue, chanceToLeave, profitAtStake } = rows[k];
    return [customerId, annualPremium, lifetimeValue, chanceToLeave, profitAtStake];
  });
}

function chartsOf(paretos: readonly Pareto[], persistences: readonly Persistence[]) {
  return Object.fromEntries([
    ...paretos.map((result) => [result.measure, paretoChart(result)]),
    ...persistences.map((result) => [`${result.measure}-persistence`, persistenceChart(result)]),
  ]);
}
