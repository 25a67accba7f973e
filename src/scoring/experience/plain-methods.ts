import { sum } from '../../base/columns.js';
import type { Table } from '../../indicators/table.js';
import type { ExperienceParameters } from '../../model/model.js';
import type { Plan } from '../../plan/plan.js';
import type { ExperienceFit } from './methods.js';

/** A method that rests on one formula, and the base it takes. */
export type Candidate = Pick<Plan['experience'], 'base'> & {
  readonly method: Exclude<ExperienceParameters['method'], 'credibility-average'>;
};

/** How a method is called with its base: `frequency by years of cover`. */
export function methodName({ method, base }: Candidate): string {
  return `${method} by ${base === 'exposure_years' ? 'years of cover' : 'premium'}`;
}

/** Customers with more policies than this, on average, add up years of cover that are not alike. */
const maxPolicies = 1.2;
/** A method whose expected losses need more than this to add up does not fit the book's premiums. */
const maxBalance = 1.25;

/**
 * The methods of one formula, from the simplest to the least simple: counts before sizes. Years of
 * cover come before premium where a customer has one policy as a rule; where it has several, they
 * are of different kinds and only premium makes them alike.
 */
export function candidatesFor({ columns: { policy_count: policies } }: Table): Candidate[] {
  const inForce = policies.filter((count) => count > 0);
  const alike = inForce.length > 0 && sum(inForce) / inForce.length <= maxPolicies;
  const bases = alike
    ? (['exposure_years', 'earned_premium'] as const)
    : (['earned_premium', 'exposure_years'] as const);
  return [
    ...bases.map((base) => ({ method: 'frequency', base }) as const),
    ...bases.map((base) => ({ method: 'frequency-severity', base }) as const),
    { method: 'loss-ratio', base: 'earned_premium' },
  ];
}

/** Whether expected losses come near the book's before they are balanced. */
export function fitsPremiums({ balance }: ExperienceFit): boolean {
  const factor = balance?.factor ?? 1;
  return factor <= maxBalance && factor >= 1 / maxBalance;
}

/** The plan with a method and base of one formula. */
export function withCandidate(plan: Plan, { method, base }: Candidate): Plan {
  return { ...plan, experience: { ...plan.experience, method, base } };
}
