import type { Grades } from '../../grading/assess.js';
import { counted } from '../../segments/counted.js';
import { notesOnNoPast } from '../summary/summarize.js';
import type { Migration } from './result.js';

/** More experience than this many times the earlier day's is a window that fills up. */
const fuller = 1.1;

/** What a reader must know before the moves are taken for the customers' own. */
export function migrationNotes(
  { from, to, experienceYears, riskTiers, before, after, markov }: Omit<Migration, 'notes'>,
  graded: Grades,
  regraded: Grades,
  earlier: Grades | undefined,
): string[] {
  const { before: then, after: now } = experienceYears;
  const newlyKnown = riskTiers.movements['newly known'].customers;
  const models = new Set(
    [graded, regraded, ...(earlier ? [earlier] : [])].map(({ model }) => model.hash),
  );
  const excluded = [
    [from, graded.table.excluded.rows],
    [to, regraded.table.excluded.rows],
  ] as const;
  return [
    ...(models.size > 1
      ? [
          'the days were graded with different models: a move may be one of the lines and not of the customer',
        ]
      : []),
    ...notesOnNoPast([graded, regraded]),
    ...(then !== null && now !== null && now > then * fuller
      ? [
          `those in force on both days had ${then.toFixed(2)} exposure years of experience in the window on ${from} and ${now.toFixed(2)} on ${to}: the window fills up, and with it come claims and credibility, so part of the moves is not the customers' doing`,
        ]
      : []),
    ...(newlyKnown > 0
      ? [
          `${counted(newlyKnown, 'customer')} had been with us since before ${from} by their tenure, but nothing of theirs was known then; they stand beside those who joined as newly known`,
        ]
      : []),
    ...excluded
      .filter(([, rows]) => rows > 0)
      .map(
        ([day, rows]) =>
          `${counted(rows, 'yearly sum')} excluded whole on ${day}: begun before the window, or not ended by the day they were taken`,
      ),
    ...(before.inForce === 0 ? [`nobody graded on ${from} had cover then`] : []),
    ...(after.inForce === 0 ? [`nobody graded on ${to} had cover then`] : []),
    ...(markov && 5 * markov.sparseCells > markov.cells
      ? [
          `${markov.sparseCells} of ${markov.cells} cells of the test for memory expect fewer than 5 customers: its p-value is rough`,
        ]
      : []),
    ...new Set([...graded.table.notes, ...regraded.table.notes]),
  ];
}
