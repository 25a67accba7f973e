import { numberCell, type OutputTable } from '../../base/output.js';
import { backtestTable } from '../backtest/table.js';
import type { RuleSimulation } from './result.js';

/**
 * The customers of a tried rule: the columns of a backtest, with `touched` (1 or 0), `score` and
 * `lifetime_value` after the day of grading.
 */
export function ruleTable({ columns }: Pick<RuleSimulation, 'columns'>): OutputTable {
  const { touched, score, lifetimeValue } = columns;
  const { length, columns: graded } = backtestTable({ columns });
  const [id, day, ...rest] = graded;
  return {
    length,
    columns: [
      id,
      day,
      { name: 'touched', unit: 'count', read: (row) => touched[row] },
      { name: 'score', unit: 'number', read: (row) => numberCell(score[row]) },
      { name: 'lifetime_value', unit: 'money', read: (row) => numberCell(lifetimeValue[row]) },
      ...rest,
    ],
  };
}
