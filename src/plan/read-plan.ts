import { checked } from '../base/validation.js';
import { checkProhibited, withStartingGrounds } from './grounds.js';
import { type Plan, type PlanInput, planSchema } from './plan.js';

/**
 * Checks a plan and fills in the defaults.
 *
 * @throws MisuseError naming the place, what was expected and the nearest valid name; also where the
 * plan uses what its own prohibited grounds bar
 * @example
 * ```ts
 * readPlan({ pricing: { expenseRatio: 0.25 } }).pricing.profitMargin; // => 0.05
 * ```
 */
export function readPlan(plan: PlanInput = {}): Plan {
  const { prohibited, ...rest } = checked(planSchema, plan, 'plan');
  const read = checked(
    planSchema,
    { ...rest, prohibited: withStartingGrounds(prohibited) },
    'plan',
  );
  checkProhibited(read);
  return read;
}
