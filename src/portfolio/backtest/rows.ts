import { isoFromDay } from '../../base/calendar.js';
import { valueTiers } from '../../plan/value.js';
import type { OutputCell } from '../../report/grade-rows.js';
import type { Backtest } from './result.js';

/**
 * The names of the columns of a backtest's customers: first what was said of each on the day of its
 * grading, then, by the names with `next_` and `stayed`, what followed.
 */
export function backtestHeader(): string[] {
  return [
    'customer_id',
    'graded_on',
    'risk_tier',
    'value_tier',
    'expected_loss_ratio',
    'credibility',
    'observed_loss_ratio',
    'next_earned_premium',
    'next_exposure_years',
    'next_claim_count',
    'next_incurred_loss',
    'next_loss_ratio',
    'stayed',
  ];
}

/**
 * A function that gives the output row of one customer of a backtest, in the order of the header.
 * Ratios are shares of 1, money is the book's, `stayed` is 1 or 0; null is what is not known. The
 * loss ratio that followed is that of one customer, mostly luck: it is for adding up, not for judging.
 */
export function backtestRows({ columns }: Pick<Backtest, 'columns'>) {
  return (row: number): OutputCell[] => {
    const premium = columns.earnedPremium[row];
    const incurred = columns.incurred[row];
    return [
      columns.customerIds[row],
      isoFromDay(columns.gradedOn[row]),
      columns.riskTiers[columns.riskTier[row]],
      valueTiers[columns.valueTier[row]],
      cell(columns.expectedLossRatio[row]),
      cell(columns.credibility[row]),
      cell(columns.observedLossRatio[row]),
      cell(premium),
      cell(columns.exposureYears[row]),
      cell(columns.claims[row]),
      cell(incurred),
      premium > 0 ? cell(incurred / premium) : null,
      cell(columns.stayed[row]),
    ];
  };
}

function cell(value: number): OutputCell {
  return Number.isFinite(value) ? value : null;
}
