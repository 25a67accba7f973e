import type { OutputTable } from '../../base/output.js';
import type { Block } from '../../report/blocks.js';
import { capital, figure, withInterval } from '../../report/figures.js';
import { shownAs } from '../../report/view.js';
import { counted } from '../../segments/counted.js';
import { paretoChart, persistenceChart } from './charts.js';
import { measureEntries } from './measures.js';
import type { AtStake, Pareto, Persistence } from './result.js';
import {
  baseName,
  holdingAt,
  lookedBack,
  luckConclusion,
  paretoConclusion,
  persistenceConclusion,
  ranged,
  topShareAt,
} from './words.js';

const money = (amount: number) => figure(amount, 'money');
const whole = (count: number) => figure(count, 'count');

/** The 80/20 of one or more measures as a report: what is concentrated, and what chance would do. */
export function paretoBlocks(paretos: readonly Pareto[]): Block[] {
  if (paretos.length === 0) return [];
  const [first] = paretos;
  const luck = paretos.find((pareto) => pareto.luck)?.luck;
  const notes = new Set(paretos.flatMap((pareto) => pareto.notes));
  const measured = paretos.map(({ measure }) => measure);
  const besideChance = (observed: readonly string[], chance: (k: number) => string) =>
    observed.flatMap((cell, k) => (luck ? [cell, chance(k)] : [cell]));
  return [
    `${counted(first.customers + first.notKnown, 'customer')}, ${lookedBack(first)}. Customers in order, those with most first.`,
    {
      header: ['', ...besideChance(['80% lie with', 'top 20% hold', 'Gini'], () => 'by chance')],
      rows: paretos.map((pareto) => {
        const [holding, top] = [holdingAt(pareto, 0.8), topShareAt(pareto, 0.2)];
        const chances = [
          ranged(holding.chance, 'share'),
          ranged(top.chance, 'share'),
          ranged(pareto.luck?.gini ?? null, 'rate'),
        ];
        const observed = [
          figure(holding.observed, 'share'),
          figure(top.observed, 'share'),
          figure(pareto.gini, 'rate'),
        ];
        return [
          measureEntries[pareto.measure].label,
          ...besideChance(observed, (k) => byChance(pareto, chances[k])),
        ];
      }),
    },
    ...(luck
      ? [
          `By chance: the same customers with the same cover and premiums, the book's claims reshuffled ${counted(luck.rounds, 'time')} by ${baseName(first)} alone (seed ${luck.seed}); in brackets the central ${figure(luck.probability, 'wholeShare')} of the rounds.${measured.includes('premium') ? ' Premiums are agreed, so they stay the same.' : ''}${measured.includes('lifetime-value') ? ' Lifetime value is an expectation, so chance does not affect it.' : ''}`,
        ]
      : []),
    ...paretos.map((pareto) => ended(paretoConclusion(pareto))),
    ...paretos.flatMap((pareto) => {
      const said = luckConclusion(pareto);
      return said ? [ended(said)] : [];
    }),
    ...(paretos.length === 1 && first.above.customers > 0 ? classBlocks(first) : []),
    ...paretos.filter(({ below }) => below.customers > 0).map(signs),
    ...[...notes].map((note) => ended(`Note: ${note}`)),
    'This looks back. It does not say that the same customers will be at the top again, nor what any one of them will cost.',
  ];
}

/** In a book in which customers do not differ the premiums are still those that are agreed. */
function byChance({ measure }: Pareto, text: string): string {
  return measure === 'premium' ? 'the same' : text;
}

/** A, B and C: the smallest groups that hold 80 % and 95 % of what is above 0, and the rest. */
function classBlocks({ measure, classes, customers, above }: Pareto): Block[] {
  const { label } = measureEntries[measure];
  const row = (name: string, size: { customers: number; value: number }) => [
    name,
    whole(size.customers),
    figure(size.customers / customers, 'share'),
    measure === 'claims' ? whole(size.value) : money(size.value),
    figure(size.value / above.value, 'share'),
  ];
  return [
    {
      header: ['class', 'customers', 'of all', label, 'of all above 0'],
      rows: [
        row('A: the smallest group with 80%', classes.a),
        row('B: with A together 95%', classes.b),
        row('C: all others', classes.c),
      ],
    },
  ];
}

/** Who is above and below 0, where both are. */
function signs({ measure, above, below, peak, total }: Pareto): string {
  const top = peak
    ? `; so the first ${figure(peak.customers, 'share')} of the customers have ${figure(peak.value, 'share')} of what is left in all, ${money(total)}`
    : '';
  return `${capital(measureEntries[measure].label)}: ${counted(above.customers, 'customer')} above 0 with ${money(above.value)} together, ${whole(below.customers)} below 0 with ${money(below.value)}${top}.`;
}

/** Whether the top groups last, as a report. */
export function persistenceBlocks(persistences: readonly Persistence[]): Block[] {
  if (persistences.length === 0) return [];
  const [first] = persistences;
  const { rounds, probability, seed } = first.bootstrap;
  const when =
    first.at === 'renewal'
      ? `the terms that began from ${first.from} to ${first.until}, for ${counted(first.customers, 'customer')} that renewed`
      : `${first.from} to ${first.until}, for ${counted(first.customers, 'customer')} with cover in the year before`;
  const names = {
    chance: 'chance',
    size: 'size: the largest premiums',
    'last period': "last period's top group",
    expected: 'our expected ranking',
    hindsight: 'hindsight: the maximum possible',
  };
  return [
    `Does it last? The share of the next period (${when}) that the top ${figure(first.top, 'wholeShare')} of customers brought, by how they were chosen before it:`,
    {
      header: ['chosen by', ...persistences.map(({ measure }) => measureEntries[measure].label)],
      rows: first.entries.map(({ name }, k) => [
        names[name],
        ...persistences.map(({ entries }) => withInterval(entries[k].share, 'share')),
      ]),
    },
    ...(rounds > 0
      ? [
          `In brackets: ${figure(probability, 'wholeShare')} intervals, from resampling the customers ${counted(rounds, 'time')} (seed ${seed}).`,
        ]
      : []),
    ...persistences.map((persistence) => ended(persistenceConclusion(persistence))),
    ...[...new Set(persistences.flatMap(({ notes }) => notes))].map((note) =>
      ended(`Note: ${note}`),
    ),
  ];
}

/** The customers with most profit at stake, as a report. */
function atStakeBlocks({
  customers,
  lifetimeValue,
  profitAtStake,
  lossAtStake,
  rows,
}: AtStake): Block[] {
  const losses =
    lossAtStake < 0
      ? `, and ${money(lossAtStake)} with customers whose lifetime value is below 0`
      : '';
  return [
    `Lifetime value of ${counted(customers, 'customer')} in force: ${money(lifetimeValue)}. Lifetime value × chance to leave at the next renewal: ${money(profitAtStake)} of profit is at stake${losses}. Those with most at stake:`,
    {
      header: ['customer', 'annual premium', 'lifetime value', 'chance to leave', 'at stake'],
      rows: rows.map((row) => [
        row.customerId,
        money(row.annualPremium),
        money(row.lifetimeValue),
        figure(row.chanceToLeave, 'share'),
        money(row.profitAtStake),
      ]),
    },
  ];
}

function ended(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

const paretoCharts = (result: Pareto) => ({ [result.measure]: paretoChart(result) });
const persistenceCharts = (result: Persistence) => ({
  [`${result.measure}-persistence`]: persistenceChart(result),
});

export const showPareto = shownAs<Pareto>({
  blocks: (result) => paretoBlocks([result]),
  charts: paretoCharts,
});

export const showPersistence = shownAs<Persistence>({
  blocks: (result) => persistenceBlocks([result]),
  charts: persistenceCharts,
});

/** What a book concentrates, whether it lasts, and the profit that may leave. */
export interface BookConcentration {
  readonly asOf: string | undefined;
  readonly measures: Readonly<Record<string, Pareto>>;
  readonly persistence: Readonly<Record<string, Persistence>>;
  readonly atStake: AtStake | null;
  readonly notes: readonly string[];
}

/** @param byCustomer every customer by profit at stake, where rows are asked for */
export const showConcentration = (result: BookConcentration, byCustomer?: AtStake) =>
  shownAs<BookConcentration>({
    blocks: ({ measures, persistence, atStake, notes }) => [
      ...paretoBlocks(Object.values(measures)),
      ...persistenceBlocks(Object.values(persistence)),
      ...(atStake ? atStakeBlocks(atStake) : []),
      ...notes.map((note) => `Note: ${note}.`),
    ],
    charts: ({ measures, persistence }) =>
      Object.assign(
        {},
        ...Object.values(measures).map(paretoCharts),
        ...Object.values(persistence).map(persistenceCharts),
      ),
    ...(byCustomer && { table: () => stakeTable(byCustomer) }),
    summary: (all) => ({ ...all, atStake: all.atStake && stakeInAll(all.atStake) }),
  })(result);

const stakeInAll = ({ rows: _, ...inAll }: AtStake) => inAll;

export const showAtStake = shownAs<AtStake>({ blocks: atStakeBlocks, table: stakeTable });

/** Customers by the profit that may leave with them. */
function stakeTable({ rows }: Pick<AtStake, 'rows'>): OutputTable {
  return {
    length: rows.length,
    columns: [
      { name: 'customer_id', unit: 'text', read: (row) => rows[row].customerId },
      { name: 'annual_premium', unit: 'money', read: (row) => rows[row].annualPremium },
      { name: 'lifetime_value', unit: 'money', read: (row) => rows[row].lifetimeValue },
      { name: 'chance_to_leave', unit: 'share', read: (row) => rows[row].chanceToLeave },
      { name: 'profit_at_stake', unit: 'money', read: (row) => rows[row].profitAtStake },
    ],
  };
}
