import type { OutputCell, OutputColumn, OutputTable } from '../../base/output.js';
import type { Grades } from '../../grading/assess.js';
import { gradeHeader, gradeRows } from '../../grading/grade-rows.js';
import type { PlanDiff } from './result.js';

const compared = [
  ['risk_tier', 'code'],
  ['value_tier', 'code'],
  ['service_tier', 'code'],
  ['action', 'code'],
  ['expected_loss_ratio', 'share'],
  ['earned_premium', 'money'],
  ['incurred_loss', 'money'],
  ['claim_count', 'count'],
  ['lifetime_value', 'money'],
] as const;

/**
 * The customers who move: each compared column before and after, then the reasons and hints after.
 * The cells are those of graded customers.
 */
export function diffTable(
  before: Grades,
  after: Grades,
  { movers }: Pick<PlanDiff, 'movers'>,
): OutputTable {
  const cellsOf = (grades: Grades, rows: Uint32Array) => {
    const header = gradeHeader(grades);
    const rowAt = gradeRows(grades);
    let [latest, cells]: [number, readonly OutputCell[]] = [-1, []];
    return (name: string) => {
      const at = header.indexOf(name);
      return (k: number) => {
        if (k !== latest) [latest, cells] = [k, rowAt(rows[k])];
        return cells[at];
      };
    };
  };
  const [then, now] = [cellsOf(before, movers.before), cellsOf(after, movers.after)];
  return {
    length: movers.before.length,
    columns: [
      { name: 'customer_id', unit: 'text', read: then('customer_id') },
      ...compared.flatMap(([name, unit]): OutputColumn[] => [
        { name: `${name}_before`, unit, read: then(name) },
        { name: `${name}_after`, unit, read: now(name) },
      ]),
      ...['reasons', 'hints'].map(
        (name): OutputColumn => ({ name: `${name}_after`, unit: 'code', read: now(name) }),
      ),
    ],
  };
}
