import { readIndicators, type Table } from '../../src/index.js';
import type { RenewalCounts, RenewalGroups } from '../../src/indicators/renewals.js';

/**
 * A customer of three years at 300 with one claim of 450. In a book of its own it is compared with
 * itself, so that half of its premium is expected to go on losses, exactly; with the plan's expenses
 * of 0.3 it leaves a profit of 60 a year.
 */
export const ann = (change: object = {}) => ({
  customerId: 'Ann',
  earnedPremium: 900,
  exposureYears: 3,
  claimCount: 1,
  incurredLoss: 450,
  tenureYears: 3,
  annualPremium: 300,
  ...change,
});

export const tableOf = (...customers: object[]): Table => readIndicators(customers as never).table;

/** One yearly chance to stay, given. */
export const constant = (rate: number) => ({ retention: { method: 'constant' as const, rate } });

interface Measured {
  level?: 'customer' | 'policy';
  by?: string;
  segments?: Readonly<Record<string, RenewalCounts>>;
  earlier?: RenewalCounts;
}

/** A table as if measured on a book in which so many could leave and left, by year of tenure. */
export function withRenewals(
  table: Table,
  book: RenewalCounts,
  { level = 'customer', by, segments = {}, earlier }: Measured = {},
): Table {
  const nothing = { atRisk: book.atRisk.map(() => 0), left: book.atRisk.map(() => 0) };
  const before: RenewalGroups = {
    book: earlier ?? nothing,
    segments: Object.keys(segments).map(() => nothing),
  };
  return {
    ...table,
    renewals: {
      level,
      by,
      labels: Object.keys(segments),
      book,
      segments: Object.values(segments),
      earlier: before,
    },
  };
}
