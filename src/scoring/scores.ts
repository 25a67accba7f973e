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
  { name: 'value_measured', label: 'value', unit: 'money a year' },
];

/** The label and unit of an indicator or score. */
export const described: ReadonlyMap<string, { readonly label: string; readonly unit: Unit }> =
  new Map([...indicatorList, ...scoreList].map((entry) => [entry.name, entry]));
