import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { type RiskTier, riskTiers } from '../plan/risk.js';
import { memoryFormulas } from './memory.js';

/** The plan's rules as they decide: where certainty is asked of high-risk, with that condition. */
export function riskRules({ risk: { rules, highRiskCertainty } }: Plan): Plan['risk']['rules'] {
  if (highRiskCertainty === undefined) return rules;
  const sure: Formula = ['>=', 'probability_above_permissible', highRiskCertainty];
  return rules.map(({ tier, when }) => ({
    tier,
    when: tier === 'high-risk' ? ['and', when, sure] : when,
  }));
}

/**
 * The risk tier as its position in {@link riskTiers}: the first rule of the plan that holds, which is
 * the `observed_tier`; with memory, what that makes of it.
 */
export function riskFormulas(plan: Plan, remember = false): NamedFormula[] {
  const { basis, otherwise } = plan.risk;
  const { lookBackMonths, forgiveFirst } = plan.claims;
  // Credible figures rest on capped losses, which lack what is set aside; observed ones have it all.
  const observed: Formula =
    lookBackMonths === undefined && forgiveFirst === undefined
      ? 'loss_ratio'
      : ['/', ['-', 'incurred_loss', 'set_aside_loss'], 'earned_premium'];
  const code = (tier: RiskTier) => riskTiers.indexOf(tier);
  const cases = riskRules(plan).flatMap(({ tier, when }): Formula[] => [when, code(tier)]);
  const tier =
    cases.length === 0 ? code(otherwise) : (['case', ...cases, code(otherwise)] as const);
  return [
    {
      name: 'rated_loss_ratio',
      formula: basis === 'credible' ? 'expected_loss_ratio' : observed,
    },
    ...(remember
      ? [{ name: 'observed_tier', formula: tier }, ...memoryFormulas(plan)]
      : [
          { name: 'risk_tier', formula: tier },
          { name: 'observed_tier', formula: 'risk_tier' },
        ]),
  ];
}
