import type { OutputCell } from '../../report/grade-rows.js';
import { backtestHeader, backtestRows } from '../backtest/rows.js';
import type { RuleSimulation } from './result.js';

/**
 * The names of the columns of a simulated rule's customers: those of a backtest, with `touched`,
 * `score` and `lifetime_value` after the day of grading.
 */
export function simulateRuleHeader(): string[] {
  const [id, day, ...rest] = backtestHeader();
  return [id, day, 'touched', 'score', 'lifetime_value', ...rest];
}

/** A function that gives the output row of one customer, in the order of the header; touched is 1 or 0. */
export function simulateRuleRows({ columns }: Pick<RuleSimulation, 'columns'>) {
  const rowAt = backtestRows({ columns });
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  return (row: number): OutputCell[] => {
    const [id, day, ...rest] = rowAt(row);
    const { touched, score, lifetimeValue } = columns;
    return [id, day, touched[row], known(score[row]), known(lifetimeValue[row]), ...rest];
  };
}
