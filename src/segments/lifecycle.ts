import type { Formula, NamedFormula } from '../formulas/expression.js';
import { loyalties, purchases } from '../plan/lifecycle.js';
import type { Plan } from '../plan/plan.js';

/**
 * Where the customer is in its life with the insurer, as positions in `loyalties` and `purchases`: the
 * first rule of the plan that holds; unknown under plans from before such rules.
 */
export function lifecycleFormulas({ lifecycle }: Plan): NamedFormula[] {
  const first = <T extends string>(
    names: readonly T[],
    rules: readonly { is: T; when: Formula }[],
    otherwise: T,
  ): Formula => {
    const cases = rules.flatMap(({ is, when }): Formula[] => [when, names.indexOf(is)]);
    return cases.length === 0
      ? names.indexOf(otherwise)
      : ['case', ...cases, names.indexOf(otherwise)];
  };
  return [
    {
      name: 'loyalty',
      formula: first(loyalties, lifecycle.loyalty, lifecycle.otherLoyalty),
    },
    {
      name: 'purchase',
      formula: first(purchases, lifecycle.purchase, lifecycle.otherPurchase),
    },
  ];
}
