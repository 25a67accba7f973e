import type { Block } from '../../report/blocks.js';
import { figure, none, withInterval } from '../../report/figures.js';
import { shownAs } from '../../report/view.js';
import { counted } from '../../segments/counted.js';
import { liftChart, lorenzChart } from './charts.js';
import type { Backtest, BacktestGroup, ContestEntry } from './result.js';
import { backtestTable } from './table.js';
import { headline } from './words.js';

/**
 * A backtest in words and tables: what grades were worth after the day they were given. Figures by tier
 * and by tenth are relative to the book's (1 is the book), with their bootstrap interval in brackets;
 * what does not exist is a dash. It ranks customers and compares with the book; it is no forecast for
 * any one of them.
 */
function backtestBlocks(backtest: Backtest): Block[] {
  const { bootstrap, contest, conclusions, lossRatio, model } = backtest;
  const notes = [
    ...backtest.notes,
    ...contest.flatMap(({ name, notes }) =>
      notes.filter((note) => !backtest.notes.includes(note)).map((note) => `${name}: ${note}`),
    ),
  ];
  return [
    `${headline(backtest)}.`,
    `What followed: premium ${figure(backtest.earnedPremium, 'money')}, ${counted(backtest.claims, 'claim')}, incurred ${figure(backtest.incurred, 'money')}, loss ratio ${figure(lossRatio, 'share')}. Method ${model.method}, model ${model.id}.`,
    ...(bootstrap.rounds > 0
      ? [
          `In brackets: ${figure(bootstrap.probability, 'wholeShare')} intervals, from resampling the customers ${counted(bootstrap.rounds, 'time')} (seed ${bootstrap.seed}).`,
        ]
      : []),
    ...conclusions.map(ended),
    tierTable('risk tier', backtest.riskTiers),
    tierTable('value tier', backtest.valueTiers),
    measureTable(backtest),
    "What was expected and what came, by tenth of premium. In the last column both are relative to the book's: the level is taken out, and 1 is right.",
    decileTable(backtest),
    'The contest: the same customers ranked by other scores.',
    contestTable(contest),
    'Where our score and the raw loss ratio disagree, which came true? All relative to the book.',
    doubleLiftTable(backtest),
    ...notes.map((note) => `Note: ${ended(note)}`),
    'These figures rank customers and compare them with the book; they do not say what any one customer will cost. They are relative because levels move from year to year.',
  ];
}

function tierTable(kind: string, groups: Readonly<Record<string, BacktestGroup>>): Block {
  return {
    header: [kind, 'customers', 'premium', 'loss ratio ÷ book', 'frequency ÷ book', 'stayed'],
    rows: Object.entries(groups).map(([name, group]) => [
      name,
      figure(group.customers, 'count'),
      group.customers === 0 ? none : figure(group.earnedPremium, 'money'),
      withInterval(group.relativeLossRatio, 'relative'),
      withInterval(group.relativeFrequency, 'relative'),
      figure(group.stayed, 'share'),
    ]),
  };
}

function measureTable({
  giniOfLosses,
  giniOfClaims,
  topDecileLift,
  actualToExpected,
}: Backtest): Block {
  return {
    header: ['measure of the whole book', ''],
    rows: [
      ['Gini of losses (0: no better than chance)', withInterval(giniOfLosses, 'rate')],
      ['Gini of claims (the same by their number)', withInterval(giniOfClaims, 'rate')],
      [
        'top-decile lift: losses of the costliest-scored tenth of premium ÷ its share',
        withInterval(topDecileLift, 'relative'),
      ],
      ['actual ÷ expected losses (the level only)', withInterval(actualToExpected, 'relative')],
    ],
  };
}

function decileTable({ deciles }: Backtest): Block {
  return {
    header: ['tenth of premium', 'expected loss ratio', 'actual', 'actual ÷ expected'],
    rows: deciles.map(({ expectedLossRatio, lossRatio, actualToExpected }, d) => [
      tenth(d, deciles.length, 'lowest expected', 'highest expected'),
      figure(expectedLossRatio, 'share'),
      figure(lossRatio, 'share'),
      withInterval(actualToExpected, 'relative'),
    ]),
  };
}

function contestTable(contest: readonly ContestEntry[]): Block {
  return {
    header: ['entry', 'Gini of losses', 'Gini of claims', 'lift', 'losses − model'],
    rows: contest.map(({ kind, name, giniOfLosses, giniOfClaims, topDecileLift, againstModel }) => [
      kind === 'method' ? `method ${name}` : name,
      withInterval(giniOfLosses, 'rate'),
      withInterval(giniOfClaims, 'rate'),
      figure(topDecileLift.value, 'relative'),
      againstModel
        ? withInterval(againstModel, 'rate', true)
        : kind === 'method'
          ? 'the model'
          : none,
    ]),
  };
}

function doubleLiftTable({ doubleLift }: Backtest): Block {
  return {
    header: ['tenth of premium', 'our score', 'raw loss ratio', 'what came'],
    rows: doubleLift.map(({ ours, raw, actual }, d) => [
      tenth(d, doubleLift.length, 'ours lowest against raw', 'ours highest against raw'),
      figure(ours, 'relative'),
      figure(raw, 'relative'),
      withInterval(actual, 'relative'),
    ]),
  };
}

function tenth(d: number, of: number, first: string, last: string): string {
  if (d === 0) return `${d + 1} (${first})`;
  return d === of - 1 ? `${d + 1} (${last})` : `${d + 1}`;
}

/** A sentence that ends in one full stop, whether it came with one or not. */
function ended(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

export const showBacktest = shownAs<Backtest>({
  blocks: backtestBlocks,
  charts: (result) => ({ lift: liftChart(result), lorenz: lorenzChart(result) }),
  table: backtestTable,
});
