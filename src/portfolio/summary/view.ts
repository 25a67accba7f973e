import type { Block } from '../../report/blocks.js';
import { figure } from '../../report/figures.js';
import { issuesBlocks } from '../../report/issues-text.js';
import { shownAs } from '../../report/view.js';
import { counted } from '../../segments/counted.js';
import type { GroupFigures, Summary } from './result.js';

/** A graded book in all and by tier, and what could not be used. */
function summaryBlocks(summary: Summary): Block[] {
  const { asOf, window, model, exposureYears, withoutCover, excluded, notes } = summary;
  const span = window.from === null ? '' : `, window ${window.from} to ${window.to}`;
  const withheld = Object.entries(summary.withheld).map(
    ([key, customers]) => `${key} ${counted(customers, 'customer')}`,
  );
  return [
    `Graded as of ${asOf ?? 'an unstated day'}${span}, ${counted(Math.round(exposureYears), 'exposure year')}, method ${model.method}, model ${model.id}`,
    {
      header: ['', 'customers', 'premium', 'incurred', 'claims', 'loss ratio'],
      rows: [
        row('all', summary),
        ...section(summary.riskTiers, 'risk'),
        ...section(summary.valueTiers, 'value'),
        ...section(summary.serviceTiers, 'service'),
        ...section(summary.actions, 'action'),
      ],
    },
    `Of all customers ${shares(summary.loyalty)}; they buy: ${shares(summary.purchase)}.`,
    'Loss ratios by tier are those of the window that made the tiers: they describe, they do not predict.',
    ...(withheld.length > 0
      ? [`Withheld on prohibited grounds (hint:ground): ${withheld.join(', ')}.`]
      : []),
    ...(withoutCover > 0
      ? [`${counted(withoutCover, 'customer')} without cover in the window, not graded.`]
      : []),
    ...(excluded.rows > 0
      ? [
          `${counted(excluded.rows, 'yearly sum')} excluded whole, begun before the window or valued after the as-of date: premium ${figure(excluded.premium, 'money')}, incurred ${figure(excluded.incurred, 'money')}, ${figure(excluded.claims, 'count')} claims.`,
        ]
      : []),
    ...(summary.heldBy ? [heldSentence(summary.heldBy)] : []),
    ...notes.map((note) => `Note: ${note}.`),
    ...issuesBlocks(summary.issues),
  ];
}

function heldSentence({ line, grace, renewal, override }: NonNullable<Summary['heldBy']>): string {
  const count = (customers: number) => figure(customers, 'count');
  return `Tiers that are not those of the figures alone: ${counted(renewal, 'customer')} until the next renewal, ${count(grace)} in grace, ${count(line)} until the line to leave is passed, ${count(override)} set by hand.`;
}

function section(groups: Readonly<Record<string, GroupFigures>>, kind: string): string[][] {
  return Object.entries(groups).map(([name, figures]) => row(`${kind}: ${name}`, figures));
}

function shares(groups: Readonly<Record<string, GroupFigures>>): string {
  const all = Object.values(groups).reduce((total, { customers }) => total + customers, 0);
  return Object.entries(groups)
    .filter(([, { customers }]) => customers > 0)
    .map(([name, { customers }]) => `${figure(customers / all, 'share')} ${name}`)
    .join(', ');
}

function row(
  name: string,
  { customers, earnedPremium, incurred, claims, lossRatio }: GroupFigures,
) {
  return [
    name,
    figure(customers, 'count'),
    figure(earnedPremium, 'money'),
    figure(incurred, 'money'),
    figure(claims, 'count'),
    figure(lossRatio, 'share'),
  ];
}

export const showSummary = shownAs<Summary>({
  blocks: summaryBlocks,
});
