import type { Plan } from '../plan/plan.js';
import { riskTiersOf, unratedTier } from '../plan/risk.js';
import { valueTiers } from '../plan/value.js';
import { serviceTiers } from '../segments/service.js';
import type { Finding } from './finding.js';

/** Cells of the service matrix where a worse or less valuable customer gets more; unrated has no rank. */
export function serviceNotMonotone(plan: Plan): Finding[] {
  const { matrix } = plan.service;
  const tiers = serviceTiers(plan);
  const cells = riskTiersOf(plan).flatMap((risk, rank) =>
    valueTiers.map((value, v) => ({ risk, rank, value, v, service: matrix[risk][value] })),
  );
  type Cell = (typeof cells)[number];
  const pairs = cells.flatMap((one) => cells.map((other): [Cell, Cell] => [one, other]));
  const next = ([one, other]: [Cell, Cell]) =>
    (one.value === other.value &&
      other.rank === one.rank + 1 &&
      other.rank !== unratedTier(plan)) ||
    (one.risk === other.risk && other.v === one.v + 1);
  return pairs
    .filter(next)
    .filter(([one, other]) => tiers.indexOf(other.service) < tiers.indexOf(one.service))
    .map(([one, other]) => ({
      code: 'service-not-monotone',
      place: `service.matrix.${other.risk}.${other.value}`,
      text: `${other.risk} customers of ${other.value} value get "${other.service}", more than the "${one.service}" of ${one.risk} ones of ${one.value} value`,
      examples: [one, other].map(({ risk, value }) => ({ risk_tier: risk, value_tier: value })),
    }));
}

/** Budgets that rise from a richer service to a poorer one; the catalogue has the richest first. */
export function budgetNotMonotone({ service: { catalogue } }: Plan): Finding[] {
  const services = Object.entries(catalogue);
  return services.slice(1).flatMap(([name, { budget }], k): Finding[] => {
    const [richer, { budget: larger }] = services[k];
    if (budget <= larger) return [];
    const text = `the budget of "${name}" is ${budget}, that of the richer "${richer}" before it ${larger}`;
    return [
      { code: 'budget-not-monotone', place: `service.catalogue.${name}`, text, examples: [] },
    ];
  });
}
