import type { Formula } from '../formulas/expression.js';
import type { Unit } from '../formulas/units.js';
import type { Described } from '../indicators/indicator.js';
import { indicatorList } from '../indicators/indicators.js';
import type { Plan } from '../plan/plan.js';

const ofBook = { min: 0.01, typical: [0.1, 0.5], known: true };
const probability = { max: 1, typical: [0.5] };
/** Money that may be lost as well as made. */
const eitherWay = { min: Number.NEGATIVE_INFINITY };
/** Of two that rest on the same premium, one alone is never missing. */
const bothOrNeither = (one: string, other: string): Formula[] => [
  ['and', ['missing', one], ['not', ['missing', other]]],
  ['and', ['missing', other], ['not', ['missing', one]]],
];

/**
 * What is known of a customer beyond its indicators, for rules, reasons and explanations to name, in
 * the order in which it is computed: a rule may name what stands before its own result.
 */
const scoreList: readonly Described[] = [
  { name: 'expense_ratio', label: 'expense ratio', unit: 'share' },
  { name: 'permissible_loss_ratio', label: 'permissible loss ratio', unit: 'share' },
  { name: 'minimum_exposure_years', label: 'experience needed', unit: 'years' },
  { name: 'book_loss_ratio', label: 'book loss ratio', unit: 'share', range: ofBook },
  {
    name: 'book_claim_frequency',
    label: 'book claim frequency',
    unit: 'claims a year',
    range: ofBook,
  },
  {
    name: 'book_claims_per_premium',
    label: 'book claims per premium',
    unit: 'claims per money',
    range: ofBook,
  },
  { name: 'expected_claims', label: 'expected claims', unit: 'count', range: { whole: false } },
  { name: 'credibility', label: 'credibility', unit: 'share', range: probability },
  { name: 'prior_loss_ratio', label: 'loss ratio without own experience', unit: 'share' },
  {
    name: 'expected_loss_ratio',
    label: 'expected loss ratio',
    unit: 'share',
    worse: { words: 'a worse expected loss ratio', kinds: ['losses'] },
    impossible: [
      ['and', ['not', ['missing', 'expected_loss_ratio']], ['=', 'earned_premium', 0]],
      ...bothOrNeither('expected_loss_ratio', 'loss_ratio'),
      ...bothOrNeither('expected_loss_ratio', 'probability_above_permissible'),
      ...bothOrNeither('loss_ratio', 'probability_above_permissible'),
    ],
  },
  {
    name: 'expected_low',
    label: 'expected loss ratio at least',
    unit: 'share',
    atMost: 'expected_high',
    worse: { words: 'a worse expected loss ratio at least', kinds: ['losses'] },
  },
  {
    name: 'expected_high',
    label: 'expected loss ratio at most',
    unit: 'share',
    worse: { words: 'a worse expected loss ratio at most', kinds: ['losses'] },
  },
  {
    name: 'probability_above_permissible',
    label: 'probability of a loss ratio above the permissible',
    unit: 'share',
    range: probability,
    worse: { words: 'a loss ratio more surely above the permissible', kinds: ['losses'] },
  },
  { name: 'renewal_probability', label: 'chance to stay', unit: 'share', range: probability },
  { name: 'lifetime_years', label: 'discounted years to come', unit: 'years' },
  {
    name: 'annual_profit',
    label: 'expected profit of a year',
    unit: 'money a year',
    range: eitherWay,
  },
  { name: 'lifetime_value', label: 'lifetime value', unit: 'money', range: eitherWay },
  {
    name: 'lifetime_low',
    label: 'lifetime value at least',
    unit: 'money',
    range: eitherWay,
    atMost: 'lifetime_high',
  },
  { name: 'lifetime_high', label: 'lifetime value at most', unit: 'money', range: eitherWay },
  { name: 'profit_at_stake', label: 'profit at stake', unit: 'money', range: eitherWay },
  { name: 'loyalty', label: 'loyalty', unit: 'class' },
  { name: 'purchase', label: 'purchase', unit: 'class' },
  { name: 'rated_loss_ratio', label: 'loss ratio', unit: 'share' },
  { name: 'risk_tier', label: 'risk tier', unit: 'class' },
  { name: 'observed_tier', label: 'risk tier by the figures alone', unit: 'class' },
  { name: 'value_measured', label: 'value', unit: 'money a year', range: eitherWay },
  {
    name: 'value_cut',
    label: 'value cut',
    unit: 'money a year',
    range: { typical: [1000], known: true },
  },
  {
    name: 'value_tier',
    label: 'value tier',
    unit: 'class',
    range: { max: 1, whole: true, typical: [0, 1], known: true },
  },
  { name: 'service_tier', label: 'service tier', unit: 'class' },
  { name: 'action', label: 'action', unit: 'class' },
  { name: 'indicated_change', label: 'indicated change', unit: 'share' },
];

/** What is known of an indicator, score or setting: every name that rules may use. */
export const described: ReadonlyMap<string, Described> = new Map(
  [...indicatorList, ...scoreList].map((entry) => [entry.name, entry]),
);

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
