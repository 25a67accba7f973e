import type { Formula, NamedFormula } from '../expression.js';
import { type Plan, riskTiers } from '../plan.js';

/** The risk tier as its position in {@link riskTiers}: the first rule of the plan that holds. */
export function riskFormulas({ risk }: Plan): NamedFormula[] {
  const code = (tier: (typeof riskTiers)[number]) => riskTiers.indexOf(tier);
  const cases = risk.rules.flatMap(({ tier, when }): Formula[] => [when, code(tier)]);
  return [
    {
      name: 'rated_loss_ratio',
      formula: risk.basis === 'credible' ? 'expected_loss_ratio' : 'loss_ratio',
    },
    {
      name: 'risk_tier',
      formula: cases.length === 0 ? code(risk.otherwise) : ['case', ...cases, code(risk.otherwise)],
    },
  ];
}
