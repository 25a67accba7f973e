import type { Grades } from '../../grading/assess.js';
import type { Block } from '../../report/blocks.js';
import { figure } from '../../report/figures.js';
import { shownAs } from '../../report/view.js';
import { counted } from '../../segments/counted.js';
import type {
  DiffSide,
  GroupDiff,
  MovingTierName,
  OneSided,
  PlanDiff,
  PlanFigures,
  PlanMoney,
  TierDiff,
} from './result.js';
import { movingTierNames } from './result.js';
import { diffTable } from './table.js';

const kinds: Readonly<Record<MovingTierName, string>> = {
  risk: 'risk tier',
  value: 'value tier',
  service: 'service tier',
  action: 'action',
};
const moneyNames = ['premium', 'losses', 'claims', 'lifetime value'];
const maxGroups = 15;
const maxBroken = 20;

/** What a change of the plan would do: who moves from where to where, and what moves with them. */
function planDiffBlocks(diff: PlanDiff): Block[] {
  return [
    headline(diff),
    movedInAll(diff),
    ...movementBlocks(diff),
    ...movingTierNames.flatMap((name) => matrixBlocks(kinds[name], diff[name])),
    ...Object.entries(diff.by).flatMap(([name, groups]) => groupBlocks(name, groups)),
    ...onlyBlocks(diff),
    ...goldenBlocks(diff),
    ...diff.notes.map((note) => `Note: ${note}.`),
  ];
}

function headline({ asOf, before, after, both }: PlanDiff): string {
  const side = ({ plan, model, windowMonths, customers }: DiffSide) =>
    `${plan} (model ${model.id}, method ${model.method}, ${counted(windowMonths, 'month')}, ${counted(customers, 'customer')})`;
  return `One book graded as of ${asOf ?? 'an unstated day'} by ${side(before)} and by ${side(after)}: ${counted(both.customers, 'customer')} graded by both.`;
}

function movedInAll({ both, moved }: PlanDiff): string {
  if (moved.customers === 0)
    return 'Nobody moves: every customer graded by both keeps its tiers and its action.';
  const { earnedPremium, incurred, claims, lifetimeValue } = moved.after;
  const worth = lifetimeValue === null ? '' : `, lifetime value ${figure(lifetimeValue, 'money')}`;
  return `${counted(moved.customers, 'customer')} (${share(moved, both)}) move in a tier or in the action, with earned premium ${figure(earnedPremium, 'money')} (${figure(earnedPremium / both.after.earnedPremium, 'share')} of all), incurred losses ${figure(incurred, 'money')}, ${counted(claims, 'claim')}${worth}.`;
}

function movementBlocks(diff: PlanDiff): Block[] {
  const rows = movingTierNames.flatMap((name) => {
    const { upgrades, downgrades, neither, movements } = diff[name];
    const sums = [
      ['upgrades', upgrades],
      ['downgrades', downgrades],
      ['neither', neither],
    ] as const;
    return [
      ...sums.flatMap(([way, figures]) =>
        figures.customers === 0 ? [] : [row(`${kinds[name]}: ${way}`, diff.both, figures)],
      ),
      ...movements.map((moved) => row(`  ${moved.from} → ${moved.to}`, diff.both, moved)),
    ];
  });
  return rows.length === 0 ? [] : [{ header: ['', 'customers', 'of all', ...moneyNames], rows }];
}

function row(name: string, all: PlanFigures, figures: PlanFigures): string[] {
  const { customers, after } = figures;
  return [name, figure(customers, 'count'), share(figures, all), ...money(after)];
}

function money({ earnedPremium, incurred, claims, lifetimeValue }: PlanMoney): string[] {
  return [
    figure(earnedPremium, 'money'),
    figure(incurred, 'money'),
    figure(claims, 'count'),
    figure(lifetimeValue, 'money'),
  ];
}

function share({ customers }: PlanFigures, all: PlanFigures): string {
  return all.customers === 0 ? '–' : figure(customers / all.customers, 'share');
}

/** Customers by the tier before (down) and after (across), where anybody moves. */
function matrixBlocks(kind: string, { matrix, movements }: TierDiff): Block[] {
  if (movements.length === 0) return [];
  const rows = Object.entries(matrix);
  const [[, first]] = rows;
  return [
    {
      header: [`${kind}, customers: from ↓ to →`, ...Object.keys(first)],
      rows: rows.map(([from, cells]) => [
        from,
        ...Object.values(cells).map(({ customers }) => figure(customers, 'count')),
      ]),
    },
  ];
}

function groupBlocks(name: string, groups: readonly GroupDiff[]): Block[] {
  const moving = groups.filter(({ moved }) => moved.customers > 0);
  if (moving.length === 0) return [];
  const ways = ({ upgrades, downgrades }: GroupDiff['risk']) =>
    `${figure(upgrades.customers, 'count')}/${figure(downgrades.customers, 'count')}`;
  const rest = moving.length - maxGroups;
  return [
    {
      header: [
        name,
        'move',
        'of all',
        'premium',
        'losses',
        ...movingTierNames.map((tier) => `${tier} ↑/↓`),
      ],
      rows: moving
        .slice(0, maxGroups)
        .map((group) => [
          group.label ?? '(none)',
          figure(group.moved.customers, 'count'),
          share(group.moved, group.all),
          figure(group.moved.after.earnedPremium, 'money'),
          figure(group.moved.after.incurred, 'money'),
          ...movingTierNames.map((tier) => ways(group[tier])),
        ]),
    },
    ...(rest > 0 ? [`… and ${counted(rest, 'group')} more with less premium moved.`] : []),
  ];
}

/** Customers that only one of the two plans grades. */
function onlyBlocks({ onlyBefore, onlyAfter }: PlanDiff): Block[] {
  const side = (name: string, figures: OneSided) =>
    figures.customers === 0 ? [] : [[name, figure(figures.customers, 'count'), ...money(figures)]];
  const rows = [
    ...side('by the first plan only', onlyBefore),
    ...side('by the second plan only', onlyAfter),
  ];
  return rows.length === 0 ? [] : [{ header: ['graded', 'customers', ...moneyNames], rows }];
}

function goldenBlocks({ golden }: PlanDiff): Block[] {
  if (golden === null) return [];
  const { customers, broken } = golden;
  if (broken.length === 0)
    return [`All ${counted(customers, 'golden customer')} keep what they must.`];
  const moved = new Set(broken.map(({ customerId }) => customerId)).size;
  const lines = broken
    .slice(0, maxBroken)
    .map(
      ({ customerId, part, expected, before, after, reason }) =>
        `${customerId}: ${part} must be ${expected}, was ${before ?? 'not graded'}, would be ${after ?? 'not graded'}: ${reason}`,
    );
  const rest = broken.length - maxBroken;
  return [
    `Of ${counted(customers, 'golden customer')} ${moved} would not have what it must keep:`,
    { plain: [...lines, ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n') },
  ];
}

/** @param before the grades compared, whose rows the movers are */
export const showDiff = (before: Grades, after: Grades) =>
  shownAs<PlanDiff>({
    blocks: planDiffBlocks,
    table: (result) => diffTable(before, after, result),
    summary: ({ movers: _, ...rest }) => rest,
  });
