import type { Grades } from '../../grading/assess.js';
import { gradeHeader, gradeRows, type OutputCell } from '../../report/grade-rows.js';
import type { PlanDiff } from './result.js';

const compared = [
  'risk_tier',
  'value_tier',
  'service_tier',
  'action',
  'expected_loss_ratio',
  'earned_premium',
  'incurred_loss',
  'claim_count',
  'lifetime_value',
];
const told = ['reasons', 'hints'];

/** The names of the columns of customers who move: each compared column before and after. */
export function diffHeader(): string[] {
  return [
    'customer_id',
    ...compared.flatMap((name) => [`${name}_before`, `${name}_after`]),
    ...told.map((name) => `${name}_after`),
  ];
}

/**
 * A function that gives the output row of one customer who moves, in the order of the header:
 * `k` counts the movers of the comparison. The cells are those of `gradeRows`.
 */
export function diffRows(before: Grades, after: Grades, { movers }: Pick<PlanDiff, 'movers'>) {
  const sides = [before, after].map((grades) => {
    const header = gradeHeader(grades);
    const at = (names: readonly string[]) => names.map((name) => header.indexOf(name));
    return { row: gradeRows(grades), compared: at(compared), told: at(told) };
  });
  return (k: number): OutputCell[] => {
    const rows = [sides[0].row(movers.before[k]), sides[1].row(movers.after[k])];
    return [
      rows[0][0],
      ...compared.flatMap((_, c) => sides.map((side, s) => rows[s][side.compared[c]])),
      ...sides[1].told.map((c) => rows[1][c]),
    ];
  };
}
