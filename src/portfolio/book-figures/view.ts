import {
  direction,
  type FigureKind,
  figure,
  paragraph,
  printedChange,
} from '../../report/figures.js';
import { textTable } from '../../report/text-table.js';
import { shownAs } from '../../report/view.js';
import { centsThatAddUp } from './change.js';
import type { BookDay, BookFigures, BookYear, Change, ServiceBudget } from './result.js';
import { retentionLines } from './retention-view.js';
import { serviceBudgetBlocks } from './service-budget-view.js';

/**
 * The figures of a book on two days as text for a terminal about a hundred columns wide: what was in
 * force, what twelve months brought, who stayed and left, and what made premium and profit change.
 * A dash is a figure that does not exist.
 */
export function bookFiguresText(figures: BookFigures): string {
  const { against, asOf, expenseRatio, notes } = figures;
  return [
    `The book on ${asOf}, compared with ${against}`,
    '',
    table('in force the day before', figures, [
      ['customers', 'count', (day) => day.customers],
      ['policies', 'count', (day) => day.policies],
      ['annual premium', 'money', (day) => day.annualPremium],
      ['policies per customer', 'rate', (day) => day.policiesPerCustomer],
      ['premium per policy', 'money', (day) => day.premiumPerPolicy],
      ['premium per customer', 'money', (day) => day.premiumPerCustomer],
    ]),
    '',
    table('in the 12 months before', figures, [
      ['earned premium', 'money', ({ year }) => year.earnedPremium, 'sum'],
      ['incurred losses', 'money', ({ year }) => year.incurred, 'sum'],
      [
        `expenses (${figure(expenseRatio, 'share')} of premium)`,
        'money',
        ({ year }) => year.expenses,
        'sum',
      ],
      ['profit (premium − losses − expenses)', 'money', ({ year }) => year.profit, 'sum'],
      ['policy years', 'years', ({ year }) => year.exposureYears, 'sum'],
      ['claims', 'count', ({ year }) => year.claims, 'sum'],
      ['loss ratio (losses ÷ premium)', 'share', ({ year }) => year.lossRatio],
      ['claims per policy year', 'rate', ({ year }) => year.claimFrequency],
      ['loss per claim', 'money', ({ year }) => year.severity],
    ]),
    '',
    ...premiumLines(figures),
    '',
    ...profitLines(figures),
    '',
    ...retentionLines(figures),
    '',
    'Customers by what they themselves brought in the 12 months before each day:',
    '',
    profitTable(figures),
    ...notes.flatMap((note) => ['', paragraph(`Note: ${note}.`)]),
  ].join('\n');
}

type FigureRow = readonly [
  label: string,
  kind: FigureKind,
  of: (day: BookDay) => number | null,
  /** A sum over twelve months, which says nothing of a change where one of them is not whole. */
  sum?: 'sum',
];

function table(title: string, figures: BookFigures, rows: readonly FigureRow[]): string {
  const { before, after, change: changed } = figures;
  return textTable(
    [title.padEnd(37), before.day, after.day, 'change', 'in %'].map((cell, c) =>
      c === 0 ? cell : cell.padStart(c === 4 ? 8 : 14),
    ),
    rows.map(([label, kind, of, sum]) => {
      const [then, now] = [of(before), of(after)];
      const unlike = then === null || now === null || (sum && changed.profit === null);
      const change = unlike ? null : kind === 'money' ? printedChange(then, now) : now - then;
      const relative = change !== null && then !== null && then > 0 ? change / then : null;
      return [
        label,
        figure(then, kind),
        figure(now, kind),
        kind === 'share' && change !== null
          ? `${figure(100 * change, 'points', true)} points`
          : figure(change, kind, true),
        figure(kind === 'share' ? null : relative, 'share', true),
      ];
    }),
  );
}

function premiumLines({ change: { premium }, before, after }: BookFigures): string[] {
  const { customers, policiesPerCustomer, premiumPerPolicy } = premium.parts;
  return causeLines('Annual premium', premium, [
    ['customers', 'count', before.customers, after.customers, customers],
    [
      'policies per customer',
      'rate',
      before.policiesPerCustomer,
      after.policiesPerCustomer,
      policiesPerCustomer,
    ],
    [
      'premium per policy',
      'money',
      before.premiumPerPolicy,
      after.premiumPerPolicy,
      premiumPerPolicy,
    ],
  ]);
}

function profitLines({ change: { profit }, before, after, unfinished }: BookFigures): string[] {
  if (profit === null) {
    return ['The change of profit is not split: the 12 months before a day are not all on file.'];
  }
  const { exposure, premiumPerYear, claimFrequency, severity } = profit.parts;
  const net = ({ earnedPremium, expenses, exposureYears }: BookYear) =>
    exposureYears > 0 ? (earnedPremium - expenses) / exposureYears : null;
  const [then, now] = [before.year, after.year];
  return [
    ...(unfinished
      ? [
          'Not yet good news: the claims of the later 12 months are hardly all known (see the notes).',
          '',
        ]
      : []),
    ...causeLines('Profit', profit, [
      ['policy years', 'years', then.exposureYears, now.exposureYears, exposure],
      ['premium per policy year after expenses', 'money', net(then), net(now), premiumPerYear],
      ['claims per policy year', 'rate', then.claimFrequency, now.claimFrequency, claimFrequency],
      ['loss per claim', 'money', then.severity, now.severity, severity],
    ]),
  ];
}

type CauseRow = readonly [
  what: string,
  kind: FigureKind,
  then: number | null,
  now: number | null,
  part: number,
];

/** What made a figure change: its causes add up, to the cent, to the change above them. */
function causeLines(
  what: string,
  { before, after }: Change<string>,
  rows: readonly CauseRow[],
): string[] {
  // The change of what is printed above, not of what lies behind its cents.
  const change = printedChange(before, after);
  const cents = centsThatAddUp(
    rows.map(([, , , , part]) => part),
    change,
  );
  const moved =
    change === 0
      ? 'did not change in all'
      : `${change > 0 ? 'rose' : 'fell'} by ${figure(Math.abs(change), 'money')}`;
  return [
    paragraph(
      `${what} ${moved}. Its causes, each by what it does on average over all orders in which they can change:`,
    ),
    '',
    textTable(
      ['cause'.padEnd(43), 'from'.padStart(14), 'to'.padStart(14), 'effect'.padStart(14)],
      [
        ...rows.map(([cause, kind, then, now], k) => [
          `${direction(kind, then, now)}${cause}`,
          figure(then, kind),
          figure(now, kind),
          figure(cents[k], 'money', true),
        ]),
        [
          `${what.toLowerCase()}, all together`,
          figure(before, 'money'),
          figure(after, 'money'),
          figure(change, 'money', true),
        ],
      ],
    ),
  ];
}

function profitTable({ before, after }: BookFigures): string {
  return textTable(
    ['customers with cover'.padEnd(31), 'customers', 'earned premium', 'profit', 'a customer'],
    [before, after].flatMap(({ day, year }) =>
      (
        [
          ['profitable', year.profitable],
          ['breaking even', year.breakEven],
          ['unprofitable', year.unprofitable],
        ] as const
      ).map(([name, { customers, earnedPremium, profit }]) => [
        `${day} ${name}`,
        figure(customers, 'count'),
        figure(earnedPremium, 'money'),
        figure(profit, 'money'),
        figure(customers > 0 ? profit / customers : null, 'money'),
      ]),
    ),
  );
}

/** Figures of the book, with a service budget laid over its tiers where one is given. */
export const showBookFigures = shownAs<BookFigures & { readonly serviceBudget?: ServiceBudget }>({
  blocks: (result) => [
    { plain: bookFiguresText(result) },
    ...(result.serviceBudget ? serviceBudgetBlocks(result.serviceBudget) : []),
  ],
});
