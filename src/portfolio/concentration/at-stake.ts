import { sum } from '../../base/columns.js';
import { MisuseError, UnusableDataError } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import type { Grades } from '../../grading/assess.js';
import type { AtStake } from './result.js';
import { showAtStake } from './view.js';

/**
 * Where profit is at stake: lifetime value × chance to leave at the next renewal, the customers with
 * most of it first. A customer of negative lifetime value puts nothing at stake by leaving: what it
 * has is below 0, and stands at the end.
 *
 * @param top how many customers to list; all by default
 * @throws UnusableDataError when no chance to stay is known
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 900, exposureYears: 3, claimCount: 1, incurredLoss: 450, tenureYears: 3, annualPremium: 300 },
 * ]);
 * const plan = { retention: { method: 'constant', rate: 0.8 }, lifetime: { discountRate: 0.25 } } as const;
 * atStake(assess(table, calibrate(table, plan))).profitAtStake.toFixed(2); // => '21.33'
 * ```
 */
export function atStake(grades: Grades, top = Number.POSITIVE_INFINITY): AtStake & Shown {
  if (!grades?.table) {
    throw new MisuseError('atStake: expected grades, as assess(table, model) gives');
  }
  if (!(top >= 0 && (Number.isInteger(top) || top === Number.POSITIVE_INFINITY))) {
    throw new MisuseError(
      `atStake: expected how many customers to list, a whole number of 0 or more, got ${top}`,
    );
  }
  const { table, model } = grades;
  const { lifetime_value: value, profit_at_stake: stake, renewal_probability } = grades.scores;
  const known = [...stake.keys()].filter((row) => !Number.isNaN(stake[row]));
  // Who has no policy in force has nothing left to leave with.
  const inForce = known.filter((row) => !Number.isNaN(renewal_probability[row]));
  if (known.length === 0) {
    throw new UnusableDataError(
      model.parameters.retention
        ? 'atStake: no lifetime value is known: no customer has both premium in the window and a known tenure'
        : 'atStake: no lifetime value is known, for no chance to stay is; the plan may give it (retention: {"method": "constant", "rate": 0.85})',
    );
  }
  // Rows stand by id: a stable sort keeps equal ones in that order.
  const ranked = inForce.toSorted((a, b) => stake[b] - stake[a]).slice(0, top);
  return showAtStake({
    customers: inForce.length,
    lifetimeValue: sum(inForce.map((row) => value[row])),
    profitAtStake: sum(inForce.map((row) => Math.max(0, stake[row]))),
    lossAtStake: sum(inForce.map((row) => Math.min(0, stake[row]))) + 0,
    rows: ranked.map((row) => ({
      customerId: table.ids[row],
      annualPremium: table.columns.annual_premium[row],
      lifetimeValue: value[row],
      chanceToLeave: 1 - renewal_probability[row],
      profitAtStake: stake[row],
    })),
  });
}
