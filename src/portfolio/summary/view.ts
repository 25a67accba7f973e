import { issuesText } from '../../report/issues-text.js';
import { textTable } from '../../report/text-table.js';
import { shownAs } from '../../report/view.js';
import { counted, worded } from '../../segments/counted.js';
import type { GroupFigures, Summary } from './result.js';

const header = ['', 'customers', 'premium', 'incurred', 'claims', 'loss ratio'];
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1 });

/** A summary as a table for a terminal. */
export function summaryText(summary: Summary): string {
  const { asOf, window, model, exposureYears, withoutCover, excluded, notes } = summary;
  const groups = [
    row('all', summary),
    ...section(summary.riskTiers, 'risk'),
    ...section(summary.valueTiers, 'value'),
    ...section(summary.serviceTiers, 'service'),
    ...section(summary.actions, 'action'),
  ];
  const span = window.from === null ? '' : `, window ${window.from} to ${window.to}`;
  const lines = [
    `Graded as of ${asOf ?? 'an unstated day'}${span}, ${counted(Math.round(exposureYears), 'exposure year')}, method ${model.method}, model ${model.id}`,
    '',
    textTable(header, groups),
  ];
  lines.push(
    '',
    `Of all customers ${shares(summary.loyalty)}; they buy: ${shares(summary.purchase)}.`,
    '',
    'Loss ratios by tier are those of the window that made the tiers: they describe, they do not predict.',
  );
  const withheld = Object.entries(summary.withheld);
  if (withheld.length > 0) {
    const told = withheld.map(([key, customers]) => `${key} ${counted(customers, 'customer')}`);
    lines.push('', `Withheld on prohibited grounds (hint:ground): ${told.join(', ')}.`);
  }
  if (withoutCover > 0) {
    lines.push('', `${counted(withoutCover, 'customer')} without cover in the window, not graded.`);
  }
  if (excluded.rows > 0) {
    lines.push(
      '',
      `${counted(excluded.rows, 'yearly sum')} left out whole, begun before the window or valued after the as-of date: premium ${worded(excluded.premium, 'earned_premium')}, incurred ${worded(excluded.incurred, 'earned_premium')}, ${whole.format(excluded.claims)} claims.`,
    );
  }
  if (summary.heldBy) {
    const { line, grace, renewal, override } = summary.heldBy;
    lines.push(
      '',
      `Tiers that are not those of the figures alone: ${counted(renewal, 'customer')} until the next renewal, ${whole.format(grace)} in grace, ${whole.format(line)} until the line to leave is passed, ${whole.format(override)} set by hand.`,
    );
  }
  for (const note of notes) lines.push('', `Note: ${note}.`);
  lines.push('', issuesText(summary.issues));
  return lines.join('\n');
}

function section(groups: Readonly<Record<string, GroupFigures>>, kind: string): string[][] {
  return Object.entries(groups).map(([name, figures]) => row(`${kind}: ${name}`, figures));
}

function shares(groups: Readonly<Record<string, GroupFigures>>): string {
  const all = Object.values(groups).reduce((total, { customers }) => total + customers, 0);
  return Object.entries(groups)
    .filter(([, { customers }]) => customers > 0)
    .map(([name, { customers }]) => `${percent.format(customers / all)} ${name}`)
    .join(', ');
}

function row(
  name: string,
  { customers, earnedPremium, incurred, claims, lossRatio }: GroupFigures,
) {
  return [
    name,
    whole.format(customers),
    worded(earnedPremium, 'earned_premium'),
    worded(incurred, 'incurred_loss'),
    whole.format(claims),
    lossRatio === null ? '–' : percent.format(lossRatio),
  ];
}

export const showSummary = shownAs<Summary>({
  blocks: (result) => [{ plain: summaryText(result) }],
});
