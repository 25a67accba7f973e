import type { Formula } from '../formulas/expression.js';
import { described } from '../scoring/scores.js';

/** What values a name may have at all. */
export interface Domain {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  /** Values to look at where no rule names any. */
  readonly typical: readonly number[];
  readonly maybeMissing: boolean;
}

const many = Number.POSITIVE_INFINITY;
const probabilities = ['credibility', 'probability_above_permissible', 'renewal_probability'];
/** Money that may be lost as well as made. */
const mayBeBelowZero = [
  ...['annual_profit', 'lifetime_value', 'lifetime_low', 'lifetime_high', 'profit_at_stake'],
  'value_measured',
];

/** What a copy of a name, as it stands elsewhere or later, is a copy of. */
export const plainName = (name: string): string => name.slice(name.lastIndexOf(' ') + 1);

/** The values that a name may have; a copy (`worse claim_free_years`) is always known. */
export function domainOf(copy: string): Domain {
  const name = plainName(copy);
  const domain = (typical: readonly number[], more: Partial<Domain> = {}): Domain => ({
    least: 0,
    most: many,
    whole: false,
    typical,
    maybeMissing: copy === name,
    ...more,
  });
  if (name === 'value_tier') return domain([0, 1], { most: 1, whole: true, maybeMissing: false });
  if (name.startsWith('book_')) return domain([0.1, 0.5], { least: 0.01, maybeMissing: false });
  if (name === 'value_cut') return domain([1000], { maybeMissing: false });
  if (probabilities.includes(name)) return domain([0.5], { most: 1 });
  switch (described.get(name)?.unit) {
    case 'count':
      return domain([0, 1, 2], { whole: name !== 'expected_claims' });
    case 'yes or no':
      return domain([0, 1], { most: 1, whole: true });
    case 'years':
      return domain([1, 3]);
    case 'money':
    case 'money a year':
      return domain([1000], mayBeBelowZero.includes(name) ? { least: -many } : {});
    default:
      return domain([0.5, 1]);
  }
}

/** Of two names the first is never above the second, where both are known. */
export const neverAbove: readonly (readonly [string, string])[] = [
  ['recent_claim_count', 'claim_count'],
  ['recent_exposure_years', 'exposure_years'],
  ['claim_free_years', 'tenure_years'],
  ['line_count', 'policy_count'],
  ['expected_low', 'expected_high'],
  ['lifetime_low', 'lifetime_high'],
];

const known = (name: string): Formula => ['not', ['missing', name]];
const onlyBothMissing = (one: string, other: string): Formula[] => [
  ['and', ['missing', one], known(other)],
  ['and', ['missing', other], known(one)],
];

/**
 * Customers that there cannot be, so that none of them is shown as an example; what is missing makes
 * nobody impossible. Each holds where all its names are in question.
 *
 * @param windowYears how long claims are looked back on
 */
export function impossibleCustomers(windowYears: number): readonly Formula[] {
  const both = (one: Formula, other: Formula): Formula => ['and', one, other];
  const earlierClaims: Formula = ['>', 'claim_count', 'recent_claim_count'];
  const noClaim: Formula = ['=', 'claim_count', 0];
  return [
    ...neverAbove.map(([less, more]): Formula => ['>', less, more]),
    both(['>', 'recent_claim_count', 0], ['=', 'recent_exposure_years', 0]),
    both(['>', 'claim_count', 0], ['=', 'exposure_years', 0]),
    both(earlierClaims, ['=', 'recent_exposure_years', 'exposure_years']),
    both(noClaim, ['>', 'loss_ratio', 0]),
    both(noClaim, ['>', 'claim_frequency', 0]),
    ...['incurred_loss', 'capped_loss', 'largest_claim'].map((loss) =>
      both(noClaim, ['>', loss, 0]),
    ),
    both(['>', 'claim_count', 0], ['>', 'claim_free_years', windowYears]),
    both(['>', 'recent_claim_count', 0], ['>', 'claim_free_years', 1]),
    both(['=', 'lapsed', 1], ['>', 'policy_count', 0]),
    both(['=', 'lapsed', 0], ['=', 'policy_count', 0]),
    both(['=', 'lapsed', 1], ['>', 'annual_premium', 0]),
    both(['=', 'policy_count', 0], ['>', 'annual_premium', 0]),
    both(['>', 'policy_count', 0], ['=', 'line_count', 0]),
    both(known('loss_ratio'), ['=', 'earned_premium', 0]),
    both(known('expected_loss_ratio'), ['=', 'earned_premium', 0]),
    ...onlyBothMissing('expected_loss_ratio', 'loss_ratio'),
    ...onlyBothMissing('expected_loss_ratio', 'probability_above_permissible'),
    ...onlyBothMissing('loss_ratio', 'probability_above_permissible'),
  ];
}
