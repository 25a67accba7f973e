import { isoFromDay } from '../../base/calendar.js';
import { groupSums } from '../../base/columns.js';
import { didYouMean, MisuseError, requireKnown, shown } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import { furtherScores, type Grades } from '../../grading/assess.js';
import { scoringFormulas, valueMeasures } from '../../grading/compile-scoring.js';
import { valueTiers } from '../../plan/value.js';
import { counted } from '../../segments/counted.js';
import { serviceTiers } from '../../segments/service.js';
import { centsThatAddUp } from './change.js';
import type { BudgetGroup, ServiceBudget } from './result.js';
import { showServiceBudget } from './service-budget-view.js';

export interface ServiceBudgetOptions {
  /** What there is to spend, for a year; laid out to the cent. */
  readonly budget: number;
  /** The indicator or score that value is measured by; the plan's `value.measure` if left out. */
  readonly measure?: string;
}

/**
 * Lays a service budget over the value tiers, and over the plan's service tiers, in proportion to
 * value: a group that brings 80 % of the value gets 80 % of the budget. Values of 0 or less, and
 * missing ones, count 0. Shown beside what the plan's catalogue gives a customer, and what that
 * would cost. Without any value the budget goes to all alike.
 *
 * Amounts are in cents and add up to the budget: cents left over go to the largest remainders.
 *
 * @throws MisuseError when the budget is no amount of 0 or more, or the measure is not known
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 2400, exposureYears: 3, claimCount: 0, incurredLoss: 0, tenureYears: 3, annualPremium: 800 },
 *   { customerId: 'Bob', earnedPremium: 600, exposureYears: 3, claimCount: 1, incurredLoss: 90, tenureYears: 3, annualPremium: 200 },
 * ]);
 * const laid = serviceBudget(assess(table, calibrate(table)), { budget: 500 });
 * laid.valueTiers.high.amount; // => 400
 * laid.serviceTiers.signature.cataloguePerCustomer; // => 500
 * ```
 */
export function serviceBudget(
  grades: Grades,
  options: ServiceBudgetOptions,
): ServiceBudget & Shown {
  if (!grades?.tiers) {
    throw new MisuseError('serviceBudget: expected grades, as assess(table, model) gives');
  }
  requireKnown(options ?? {}, ['budget', 'measure'], 'serviceBudget');
  const { table, model, tiers } = grades;
  const { budget, measure = model.plan.value.measure } = options ?? {};
  if (!(budget >= 0 && Number.isSafeInteger(Math.round(budget * 100)))) {
    throw new MisuseError(
      `serviceBudget: expected a budget of 0 or more, below 90 trillion, got ${shown(budget)}`,
    );
  }
  const known = valueMeasures(scoringFormulas(model));
  if (!known.includes(measure)) {
    throw new MisuseError(
      `serviceBudget: expected the name of an indicator or score as the measure, got ${shown(measure)}${didYouMean(String(measure), known)}`,
    );
  }
  const { [measure]: measured } = furtherScores(grades, [measure]);
  const values = measured.map((value) => (value > 0 ? value : 0));
  const without = values.filter((value) => value === 0).length;
  const services = serviceTiers(model.plan);
  const costs = services.map((tier) => model.plan.service.catalogue[tier].budget);
  const cost = Float64Array.from(tiers.service_tier, (tier) => costs[tier]);
  const laidOver = (codes: Uint8Array, names: readonly string[]) =>
    Object.fromEntries(groups(codes, names, values, cost, budget));
  const one = new Uint8Array(table.length);
  const { all } = laidOver(one, ['all']);
  return showServiceBudget({
    asOf: table.asOf === undefined ? null : isoFromDay(table.asOf),
    measure,
    budget: Math.round(budget * 100) / 100,
    value: all.value,
    customers: table.length,
    catalogueCost: all.catalogueCost,
    valueTiers: laidOver(tiers.value_tier, valueTiers),
    serviceTiers: laidOver(tiers.service_tier, services),
    notes: [
      ...table.notes,
      ...(all.value > 0
        ? []
        : [`no customer has a value (${measure}) above 0: the budget goes to all alike`]),
      ...(all.value > 0 && without > 0
        ? [
            `${counted(without, 'customer')} of ${counted(table.length, 'graded customer')} have no value (${measure} of 0, below 0 or missing): they add nothing to the budget of their groups`,
          ]
        : []),
    ],
  });
}

function groups(
  codes: Uint8Array,
  names: readonly string[],
  values: Float64Array,
  cost: Float64Array,
  budget: number,
): [string, BudgetGroup][] {
  const customers = groupSums(new Float64Array(codes.length).fill(1), codes, names.length);
  const value = groupSums(values, codes, names.length);
  const costs = groupSums(cost, codes, names.length);
  const total = value.reduce((all, own) => all + own, 0);
  const shares = Array.from(names.keys(), (g) =>
    total > 0 ? value[g] / total : customers[g] / (codes.length || 1),
  );
  const amounts = centsThatAddUp(
    shares.map((share) => share * budget),
    codes.length > 0 ? budget : 0,
  );
  return names.map((name, g) => [
    name,
    {
      customers: customers[g],
      value: value[g],
      shareOfCustomers: customers[g] / (codes.length || 1),
      shareOfValue: total > 0 ? value[g] / total : null,
      shareOfBudget: shares[g],
      amount: amounts[g],
      amountPerCustomer: customers[g] > 0 ? amounts[g] / customers[g] : null,
      cataloguePerCustomer: customers[g] > 0 ? costs[g] / customers[g] : null,
      catalogueCost: costs[g],
    },
  ]);
}
