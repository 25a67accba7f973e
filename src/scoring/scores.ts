import type { Indicator, Unit } from '../indicators/indicator.js';
import { indicatorList } from '../indicators/indicators.js';

/** What is computed of a customer beyond its indicators, for reasons and explanations to name. */
const scoreList: readonly Pick<Indicator, 'name' | 'label' | 'unit'>[] = [
  { name: 'expected_claims', label: 'expected claims', unit: 'count' },
  { name: 'expected_loss_ratio', label: 'expected loss ratio', unit: 'share' },
  { name: 'rated_loss_ratio', label: 'loss ratio', unit: 'share' },
  { name: 'credibility', label: 'credibility', unit: 'share' },
  { name: 'permissible_loss_ratio', label: 'permissible loss ratio', unit: 'share' },
  {
    name: 'probability_above_permissible',
    label: 'probability of a loss ratio above the permissible',
    unit: 'share',
  },
  { name: 'minimum_exposure_years', label: 'experience needed', unit: 'years' },
  { name: 'lifetime_value', label: 'lifetime value', unit: 'money' },
  { name: 'lifetime_low', label: 'lifetime value at least', unit: 'money' },
  { name: 'lifetime_high', label: 'lifetime value at most', unit: 'money' },
  { name: 'lifetime_years', label: 'discounted years to come', unit: 'years' },
  { name: 'renewal_probability', label: 'chance to stay', unit: 'share' },
  { name: 'annual_profit', label: 'expected profit of a year', unit: 'money a year' },
  { name: 'profit_at_stake', label: 'profit at stake', unit: 'money' },
  { name: 'value_measured', label: 'value', unit: 'money a year' },
];

/** The label and unit of an indicator or score. */
export const described: ReadonlyMap<string, { readonly label: string; readonly unit: Unit }> =
  new Map([...indicatorList, ...scoreList].map((entry) => [entry.name, entry]));
