import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { riskTiersOf, unratedTier, worstTier } from '../plan/risk.js';
import { memoryFormulas } from './memory.js';

/** The plan's rules as they decide: where certainty is asked of the worst tier, with that condition. */
export function riskRules({ risk }: Plan): Plan['risk']['rules'] {
  const { tiers, rules, highRiskCertainty } = risk;
  if (highRiskCertainty === undefined) return rules;
  const sure: Formula = ['>=', 'probability_above_permissible', highRiskCertainty];
  return rules.map(({ tier, when }) => ({
    tier,
    when: tier === tiers[worstTier({ risk })].name ? ['and', when, sure] : when,
  }));
}

/**
 * The risk tier as its position in {@link riskTiersOf}: the first rule of the plan that holds, which is
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
  const names = riskTiersOf(plan);
  const code = (tier: string) => names.indexOf(tier);
  const cases = riskRules(plan).flatMap(({ tier, when }): Formula[] => [when, code(tier)]);
  const tier =
    cases.length === 0 ? code(otherwise) : (['case', ...cases, code(otherwise)] as const);
  return [
    { name: 'worst_tier', formula: worstTier(plan) },
    { name: 'unrated_tier', formula: unratedTier(plan) },
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
