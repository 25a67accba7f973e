import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { riskTiersOf } from '../plan/risk.js';
import { valueTiers } from '../plan/value.js';

/** The names of a plan's service tiers, the richest first; `service_tier` is a position in it. */
export function serviceTiers({ service }: Plan): string[] {
  return Object.keys(service.catalogue);
}

/** The service tier that the plan's matrix has for the risk tier and the value tier. */
export function serviceFormulas(plan: Plan): NamedFormula[] {
  const tiers = serviceTiers(plan);
  const risks = riskTiersOf(plan);
  const cell = (risk: number, value: number): Formula =>
    tiers.indexOf(plan.service.matrix[risks[risk]][valueTiers[value]]);
  const row = (risk: number): Formula => [
    'case',
    ['=', 'value_tier', 0],
    cell(risk, 0),
    cell(risk, 1),
  ];
  const cases = risks
    .slice(0, -1)
    .flatMap((_, risk): Formula[] => [['=', 'risk_tier', risk], row(risk)]);
  return [{ name: 'service_tier', formula: ['case', ...cases, row(risks.length - 1)] as Formula }];
}
