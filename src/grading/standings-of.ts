import { isoFromDay } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import type { Standing } from '../book/standing.js';
import { riskTiersOf } from '../plan/risk.js';
import type { Grades } from './assess.js';
import { standingAfter } from './remembered.js';

/**
 * The standings after a graded day, to hand in on a later one: one a customer of the table, and those
 * handed in of customers that were not in it, as they were, without overrides that have ended.
 *
 * @throws MisuseError for grades of a table without an as-of date
 * @example
 * ```ts
 * const { book } = readBook(
 *   [{ customerId: 'Ann', policyId: 'A1', from: '2022-01-01', to: '2023-01-01', premium: 400 }],
 *   [],
 * );
 * const plan = { memory: {} };
 * const table = indicators(book, { asOf: '2023-01-01', plan });
 * const [ann] = standingsOf(assess(table, calibrate(table, plan)));
 * [ann.tier, ann.since, ann.renewals]; // => ['excellent', '2023-01-01', 0]
 * ```
 */
export function standingsOf({ table, model, memory }: Grades): Standing[] {
  if (table.asOf === undefined) {
    throw new MisuseError('standingsOf: expected grades as of a day: give the table an asOf');
  }
  if (memory === undefined) {
    throw new MisuseError(
      'standingsOf: expected grades with memory: give the plan a memory part, {"memory": {}}, or assess overrides or standings',
    );
  }
  const asOf = isoFromDay(table.asOf);
  const names = riskTiersOf(model.plan);
  const { observed_tier, remembered_tier } = memory.tiers;
  const found = table.ids.map((customerId, row) => {
    const tiers = {
      observed: names[observed_tier[row]],
      remembered: names[remembered_tier[row]],
    };
    const renewals = table.columns.renewals[row];
    return standingAfter(customerId, memory.rows[row], { ...tiers, renewals }, asOf, names);
  });
  return [...found, ...memory.absent];
}
