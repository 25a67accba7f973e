import { type Block, type TableBlock } from '../../report/blocks.js';
import { figure } from '../../report/figures.js';
import { shownAs } from '../../report/view.js';
import { migrationChart } from './charts.js';
import { type Migration, movements, type TierMovements } from './result.js';
import { migrationTable } from './table.js';
import {
  longRunConclusion,
  markovConclusion,
  migrationTitle,
  overlapCaution,
  trackRecordConclusion,
  warningConclusion,
} from './words.js';

const money = (amount: number) => figure(amount, 'money');
const whole = (count: number) => figure(count, 'count');
/** Warnings listed in the report; all of them are in the result. */
const listed = 10;

/** The same as paragraphs and tables. */
function migrationBlocks(migration: Migration): Block[] {
  const { from, to, before, after, model, riskTiers, valueTiers, serviceTiers, notes } = migration;
  return [
    `Movements from ${from} to ${to}, graded with the model ${model.id}: ${whole(before.inForce)} of ${whole(before.customers)} graded customers in force on the first day, ${whole(after.inForce)} of ${whole(after.customers)} on the second.`,
    `${migrationTitle(migration)}.`,
    ...matrixBlocks('risk', riskTiers),
    moneyTable('by risk tier', riskTiers, migration),
    ...matrixBlocks('value', valueTiers),
    ...matrixBlocks('service', serviceTiers),
    ...warningBlocks(migration),
    ...longRunBlocks(migration),
    markovConclusion(migration.markov),
    ...[overlapCaution(migration)].filter((text) => text !== undefined),
    ...notes.map((note) => `Note: ${note}.`),
  ];
}

/** Customers from tier to tier, and what share of each row they are. */
function matrixBlocks(kind: string, { tiers, cells }: TierMovements): TableBlock[] {
  const states = [...tiers, null];
  const header = (what: string) => [`${kind} tier, ${what}`, ...tiers, 'no cover'];
  const row = (from: string | null, cell: (at: TierMovements['cells'][number]) => string) => [
    from ?? 'no cover',
    ...states.map((to) => {
      const found = cells.find((at) => at.from === from && at.to === to);
      return found ? cell(found) : '';
    }),
  ];
  return [
    {
      header: header('customers'),
      rows: states.map((from) => row(from, ({ customers }) => whole(customers))),
    },
    {
      header: header('share of row'),
      rows: tiers.map((from) => row(from, ({ share }) => figure(share, 'share'))),
    },
  ];
}

/** What each kind of movement amounts to; the rows add up to both books. */
function moneyTable(what: string, moved: TierMovements, { from, to }: Migration): TableBlock {
  const rows = movements
    .map((name) => ({ name, ...moved.movements[name] }))
    .filter(({ customers }) => customers > 0);
  return {
    header: [what, 'customers', `earned ${from}`, `earned ${to}`, `losses ${from}`, `losses ${to}`],
    rows: rows.map(({ name, customers, before, after }) => [
      name === 'without cover on both days' ? 'without cover' : name,
      whole(customers),
      money(before.earnedPremium),
      money(after.earnedPremium),
      money(before.incurred),
      money(after.incurred),
    ]),
  };
}

function warningBlocks({ warnings }: Migration): Block[] {
  const record = trackRecordConclusion(warnings);
  const table: TableBlock = {
    header: ['customer', 'tier', 'before', 'after', 'a year', 'next line', 'years', 'premium'],
    rows: warnings.list
      .slice(0, listed)
      .map((warning) => [
        warning.customerId,
        warning.tier,
        figure(warning.before, 'share'),
        figure(warning.after, 'share'),
        `${figure(100 * warning.changeAYear, 'points', true)} points`,
        `${warning.line.label} ${figure(warning.line.value, 'share')}`,
        figure(warning.yearsToLine, 'years'),
        money(warning.annualPremium),
      ]),
  };
  return [
    warningConclusion(warnings),
    ...(warnings.list.length > 0 ? [table] : []),
    ...(record ? [record] : []),
  ];
}

/** The split of risk tiers on both days and where it would go if the same moves were made for ever. */
function longRunBlocks({ riskTiers: { tiers, cells }, longRun, from, to }: Migration): Block[] {
  const split = (side: 'from' | 'to') => {
    const counts = tiers.map((tier) =>
      cells.filter((cell) => cell[side] === tier).reduce((sum, cell) => sum + cell.customers, 0),
    );
    const all = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => figure(all > 0 ? count / all : null, 'share'));
  };
  const [then, now] = [split('from'), split('to')];
  const { book, stayers } = longRun;
  return [
    'If the same moves were made again and again, the tiers of the customers in force would come to:',
    {
      header: ['risk tier', from, to, 'long run, whole book', 'long run, stayers alone'],
      rows: tiers.map((tier, t) => [
        tier,
        then[t],
        now[t],
        figure(book.shares?.[tier] ?? null, 'share'),
        figure(stayers.shares?.[tier] ?? null, 'share'),
      ]),
    },
    ...longRunConclusion(longRun),
  ];
}

export const showMigration = shownAs<Migration>({
  blocks: migrationBlocks,
  charts: (result) => ({
    risk: migrationChart(result, 'risk'),
    value: migrationChart(result, 'value'),
    service: migrationChart(result, 'service'),
  }),
  table: migrationTable,
});
