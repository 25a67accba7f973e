import { type Block, type TableBlock } from '../../report/blocks.js';
import { figure, none, withInterval } from '../../report/figures.js';
import { shownAs } from '../../report/view.js';
import { counted, formatValue } from '../../segments/counted.js';
import { driftChart } from './charts.js';
import type { GradeStability } from './grade-stability.js';
import type { Drift, ExpectedAndActual, ThenAndNow } from './result.js';
import { driftHeadline } from './words.js';

/**
 * A drift as paragraphs and tables: the verdict and its grounds; actual ÷ expected in all, by fifth of
 * premium and by tier; the order before and after the earlier day; and how far grades and customers
 * have moved.
 */
function driftBlocks(drift: Drift): Block[] {
  const { bootstrap, before, after, model, notes } = drift;
  return [
    `${driftHeadline(drift)}.`,
    ...drift.grounds.map((ground) => `${ground}.`),
    `${counted(before.customers, 'customer')} in the window on ${drift.from}, ${counted(after.customers, 'customer')} on ${drift.until}; ${counted(drift.book.customers, 'customer')} ${drift.at === 'date' ? 'graded on the earlier day and followed' : 'graded as their own terms began, and followed for them'}. Method ${model.method}${model.fittedAsOf === null ? '' : `, calibrated as of ${model.fittedAsOf}`}.${
      bootstrap.rounds > 0
        ? ` In brackets: ${figure(bootstrap.probability, 'wholeShare')} intervals, from resampling the customers ${counted(bootstrap.rounds, 'time')} (seed ${bootstrap.seed}).`
        : ''
    }`,
    'Actual ÷ expected by the grades of the earlier day; the last column is relative to the overall level:',
    outcomeTable(drift),
    'Rank ordering (Gini; 0 is no better than chance), graded as long before the earlier day, and on it:',
    orderTable(drift),
    'Population shift by exposure: the population stability index, and what it stays below by chance:',
    stabilityTable(drift),
    ...notes.map((note) => `Note: ${note}.`),
  ];
}

function outcomeTable({ book, fifths, riskTiers, valueTiers }: Drift): TableBlock {
  const row = (name: string, group: Omit<ExpectedAndActual, 'customers'>, toLevel = '') => [
    name,
    formatValue(group.earnedPremium, 'earned_premium'),
    withInterval(group.actualToExpected.losses, 'relative'),
    withInterval(group.actualToExpected.claims, 'relative'),
    toLevel,
  ];
  const tiers = (kind: string, groups: Drift['riskTiers']) =>
    Object.entries(groups)
      .filter(([, group]) => group.customers > 0)
      .map(([name, group]) => row(`${kind} ${name}`, group));
  const ends = ['lowest expected', ...Array(fifths.length - 2).fill(''), 'highest expected'];
  return {
    header: ['', 'premium', 'losses', 'claims', 'losses ÷ level'],
    rows: [
      row('the book', book),
      ...fifths.map((fifth, k) =>
        row(
          ends[k] === '' ? `fifth ${k + 1}` : `fifth ${k + 1} (${ends[k]})`,
          fifth,
          withInterval(fifth.toLevel, 'relative'),
        ),
      ),
      ...tiers('risk', riskTiers),
      ...tiers('value', valueTiers),
    ],
  };
}

function orderTable({ gini }: Drift): TableBlock {
  const row = (name: string, { then, now }: ThenAndNow) => [
    name,
    then ? withInterval(then, 'rate') : none,
    withInterval(now, 'rate'),
  ];
  return {
    header: ['Gini of', 'before', 'now'],
    rows: [row('claims', gini.claims), row('losses', gini.losses)],
  };
}

function stabilityTable({ stability }: Drift): TableBlock {
  return {
    header: ['', 'index', 'limit', 'finding', 'largest change of share'],
    rows: stability.map((entry) => [
      entry.of.replaceAll('_', ' '),
      figure(entry.index, 'rate'),
      figure(entry.limit, 'rate'),
      entry.finding,
      largestChange(entry),
    ]),
  };
}

function largestChange({ shares }: GradeStability): string {
  const [most] = [...shares].sort(
    (a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before),
  );
  if (most === undefined) return none;
  return `${most.name}: ${figure(most.before, 'share')} → ${figure(most.after, 'share')}`;
}

export const showDrift = shownAs<Drift>({
  blocks: driftBlocks,
  charts: (result) => ({ drift: driftChart(result) }),
});
