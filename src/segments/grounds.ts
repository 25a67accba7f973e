import { didYouMean, MisuseError } from '../base/errors.js';
import type { Table } from '../indicators/table.js';
import { groundsInForce } from '../plan/ground.js';
import type { Plan } from '../plan/plan.js';

/** Where what a ground in force bars cannot be told from the data, so that silence is not taken for lawful. */
export function notesOnGrounds(
  { columns, length, measuredBy, statuses }: Table,
  plan: Plan,
): string[] {
  const grounds = groundsInForce(plan);
  const codesOf = (bars: (ground: (typeof grounds)[number]) => boolean) =>
    grounds.filter(bars).map(({ code }) => code);
  const notes: string[] = [];
  const byStatus = codesOf((ground) => ground.statuses.length > 0);
  if (byStatus.length > 0 && statuses !== true) {
    const why =
      statuses === false
        ? 'no claim states a status other than open'
        : 'the claims come ready counted';
    notes.push(
      `${why}: whether any is counted that must not be (${byStatus.join(', ')}) cannot be told`,
    );
  }
  const byAge = codesOf((ground) => ground.lookBackMonths !== undefined);
  if (byAge.length > 0 && measuredBy === undefined) {
    notes.push(
      `the indicators come ready measured: whether they count claims that are too old (${byAge.join(', ')}) cannot be told`,
    );
  }
  const byPrice = codesOf((ground) => ground.largestChange !== undefined);
  const unpriced = columns.new_business_premium.filter(
    (price, row) => Number.isNaN(price) && columns.lapsed[row] !== 1,
  ).length;
  if (byPrice.length > 0 && unpriced > 0) {
    notes.push(
      `new_business_premium is not known of ${unpriced} of ${length} customers, to whom no rise of premium is indicated (${byPrice.join(', ')})`,
    );
  }
  return notes;
}

/** Throws a `MisuseError` when a ground names what is not among the known: it would never bar anything. */
export function requireGroundNames(plan: Plan, known: readonly string[]): void {
  for (const { code, names } of groundsInForce(plan)) {
    const unknown = names.find((name) => !known.includes(name));
    if (unknown === undefined) continue;
    throw new MisuseError(
      `plan, prohibited.grounds: "${code}" bars "${unknown}", which is no indicator or score${didYouMean(unknown, known)}`,
    );
  }
}
