import type { Unit } from '../formulas/units.js';
import type { Indicator } from '../indicators/indicator.js';
import { indicatorList } from '../indicators/indicators.js';
import type { Plan } from '../plan/plan.js';

type Described = Pick<Indicator, 'name' | 'label' | 'unit'>;

/**
 * What is known of a customer beyond its indicators, for rules, reasons and explanations to name, in
 * the order in which it is computed: a rule may name what stands before its own result.
 */
const scoreList: readonly Described[] = [
  { name: 'expense_ratio', label: 'expense ratio', unit: 'share' },
  { name: 'permissible_loss_ratio', label: 'permissible loss ratio', unit: 'share' },
  { name: 'minimum_exposure_years', label: 'experience needed', unit: 'years' },
  { name: 'book_loss_ratio', label: 'book loss ratio', unit: 'share' },
  { name: 'book_claim_frequency', label: 'book claim frequency', unit: 'claims a year' },
  { name: 'book_claims_per_premium', label: 'book claims per premium', unit: 'claims per money' },
  { name: 'expected_claims', label: 'expected claims', unit: 'count' },
  { name: 'credibility', label: 'credibility', unit: 'share' },
  { name: 'prior_loss_ratio', label: 'loss ratio without own experience', unit: 'share' },
  { name: 'expected_loss_ratio', label: 'expected loss ratio', unit: 'share' },
  { name: 'expected_low', label: 'expected loss ratio at least', unit: 'share' },
  { name: 'expected_high', label: 'expected loss ratio at most', unit: 'share' },
  {
    name: 'probability_above_permissible',
    label: 'probability of a loss ratio above the permissible',
    unit: 'share',
  },
  { name: 'renewal_probability', label: 'chance to stay', unit: 'share' },
  { name: 'lifetime_years', label: 'discounted years to come', unit: 'years' },
  { name: 'annual_profit', label: 'expected profit of a year', unit: 'money a year' },
  { name: 'lifetime_value', label: 'lifetime value', unit: 'money' },
  { name: 'lifetime_low', label: 'lifetime value at least', unit: 'money' },
  { name: 'lifetime_high', label: 'lifetime value at most', unit: 'money' },
  { name: 'profit_at_stake', label: 'profit at stake', unit: 'money' },
  { name: 'loyalty', label: 'loyalty', unit: 'class' },
  { name: 'purchase', label: 'purchase', unit: 'class' },
  { name: 'rated_loss_ratio', label: 'loss ratio', unit: 'share' },
  { name: 'risk_tier', label: 'risk tier', unit: 'class' },
  { name: 'observed_tier', label: 'risk tier by the figures alone', unit: 'class' },
  { name: 'value_measured', label: 'value', unit: 'money a year' },
  { name: 'value_cut', label: 'value cut', unit: 'money a year' },
  { name: 'value_tier', label: 'value tier', unit: 'class' },
  { name: 'service_tier', label: 'service tier', unit: 'class' },
  { name: 'action', label: 'action', unit: 'class' },
  { name: 'indicated_change', label: 'indicated change', unit: 'share' },
];

/** The label and unit of an indicator, score or setting: every name that rules may use. */
export const described: ReadonlyMap<string, { readonly label: string; readonly unit: Unit }> =
  new Map([...indicatorList, ...scoreList].map((entry) => [entry.name, entry]));

/**
 * The names that a plan's rules may use, with their units: what value is measured by, and its cut,
 * have the unit of the plan's measure.
 *
 * @param before only what is computed before this name: all that a rule for it may use
 */
export function ruleNames(
  { value }: { readonly value: Pick<Plan['value'], 'measure'> },
  before?: string,
): Map<string, Unit> {
  const measured = described.get(value.measure)?.unit;
  const all = [...described].map(([name, { unit }]): [string, Unit] => [
    name,
    measured !== undefined && name.startsWith('value_') && unit !== 'class' ? measured : unit,
  ]);
  const end = all.findIndex(([name]) => name === before);
  return new Map(end < 0 ? all : all.slice(0, end));
}

/**
 * The unit of each name that a plan's rules may use.
 *
 * @example
 * ```ts
 * unitIn(readPlan({ value: { measure: 'policy_count' } }))('value_cut'); // => 'count'
 * ```
 */
export function unitIn(plan: Pick<Plan, 'value'>): (name: string) => Unit | undefined {
  const names = ruleNames(plan);
  return (name) => names.get(name);
}
