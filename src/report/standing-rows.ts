import type { OutputCell } from '../base/output.js';
import { standingFields } from '../book/read-standings.js';
import type { Standing } from '../book/standing.js';

/** The names of the columns of standings, as `readStandings` takes them. */
export const standingHeader: readonly string[] = standingFields.map(({ name }) => name);

/** The row of one standing, in the order of the header. */
export function standingRow(standing: Standing): OutputCell[] {
  const { customerId, asOf, tier, since, worseSince, renewals, override } = standing;
  const { tier: set = null, reason = null, author = null, until = null } = override ?? {};
  return [customerId, asOf, tier, since, worseSince, renewals, set, reason, author, until];
}
