import { isoFromDay } from '../../base/calendar.js';
import { numberCell, type OutputColumn, type OutputTable } from '../../base/output.js';
import { valueTiers } from '../../plan/value.js';
import type { Backtest } from './result.js';

/**
 * The customers of a backtest: first what was said of each on the day of its grading, then, by the
 * names with `next_` and `stayed` (1 or 0), what followed. The loss ratio that followed is that of one
 * customer, mostly luck: it is for adding up, not for rating.
 */
export function backtestTable({ columns }: Pick<Backtest, 'columns'>): OutputTable {
  const { customerIds, gradedOn, earnedPremium, incurred } = columns;
  const figure = (
    name: string,
    unit: OutputColumn['unit'],
    values: ArrayLike<number>,
  ): OutputColumn => ({ name, unit, read: (row) => numberCell(values[row]) });
  return {
    length: customerIds.length,
    columns: [
      { name: 'customer_id', unit: 'text', read: (row) => customerIds[row] },
      { name: 'graded_on', unit: 'day', read: (row) => isoFromDay(gradedOn[row]) },
      { name: 'risk_tier', unit: 'code', read: (row) => columns.riskTiers[columns.riskTier[row]] },
      { name: 'value_tier', unit: 'code', read: (row) => valueTiers[columns.valueTier[row]] },
      figure('expected_loss_ratio', 'share', columns.expectedLossRatio),
      figure('credibility', 'share', columns.credibility),
      figure('observed_loss_ratio', 'share', columns.observedLossRatio),
      figure('next_earned_premium', 'money', earnedPremium),
      figure('next_exposure_years', 'years', columns.exposureYears),
      figure('next_claim_count', 'count', columns.claims),
      figure('next_incurred_loss', 'money', incurred),
      {
        name: 'next_loss_ratio',
        unit: 'share',
        read: (row) =>
          earnedPremium[row] > 0 ? numberCell(incurred[row] / earnedPremium[row]) : null,
      },
      figure('stayed', 'count', columns.stayed),
    ],
  };
}
