import type { Formula, NamedFormula } from '../expression.js';
import { type RiskTier, riskTiers } from '../plan.js';

/** Why a customer has its grade: what was observed, against what, and whether that favours it. */
export interface ReasonRule {
  readonly code: string;
  readonly when: Formula;
  readonly indicator: string;
  readonly compared: Formula;
  readonly favours: boolean;
  /** The sentence, with `{observed}` and `{compared}` where their values go. */
  readonly text: string;
  /** Whether it is what decided the risk tier; such a reason stands first. */
  readonly decides: boolean;
}

const isTier = (tier: RiskTier): Formula => ['=', 'risk_tier', riskTiers.indexOf(tier)];
/** What the book would have on the same cover, by the base that the expected loss ratio rests on. */
const averageClaims: Formula = 'expected_claims';

/** The reasons a grade may have, each under a stable code. */
export const reasonRules: readonly ReasonRule[] = [
  {
    code: 'no-premium',
    when: ['and', isTier('unrated'), ['not', ['>', 'earned_premium', 0]]],
    indicator: 'earned_premium',
    compared: 0,
    favours: false,
    decides: true,
    text: 'Earned premium in the window is {observed}: there is nothing to set claims against',
  },
  {
    code: 'too-little-experience',
    when: ['and', isTier('unrated'), ['<', 'exposure_years', 'minimum_exposure_years']],
    indicator: 'exposure_years',
    compared: 'minimum_exposure_years',
    favours: false,
    decides: true,
    text: 'Only {observed} of experience; a rating needs {compared}',
  },
  {
    code: 'claim-free',
    when: ['and', isTier('excellent'), ['=', 'claim_count', 0]],
    indicator: 'claim_count',
    compared: averageClaims,
    favours: true,
    decides: true,
    text: 'No counted claim in the window; the book would have {compared} on as much cover',
  },
  {
    code: 'over-break-even',
    when: ['and', isTier('high-risk'), ['>', 'rated_loss_ratio', 1]],
    indicator: 'rated_loss_ratio',
    compared: 1,
    favours: false,
    decides: true,
    text: 'A loss ratio of {observed} is above break-even at {compared}',
  },
  {
    code: 'over-permissible',
    when: ['and', isTier('sub-healthy'), ['>', 'rated_loss_ratio', 'permissible_loss_ratio']],
    indicator: 'rated_loss_ratio',
    compared: 'permissible_loss_ratio',
    favours: false,
    decides: true,
    text: 'A loss ratio of {observed} is above the permissible {compared}',
  },
  {
    code: 'within-permissible',
    when: ['and', isTier('healthy'), ['<=', 'rated_loss_ratio', 'permissible_loss_ratio']],
    indicator: 'rated_loss_ratio',
    compared: 'permissible_loss_ratio',
    favours: true,
    decides: true,
    text: 'A loss ratio of {observed} is within the permissible {compared}',
  },
  {
    code: 'more-claims-than-average',
    when: ['and', ['>', 'claim_count', 0], ['>', 'claim_count', averageClaims]],
    indicator: 'claim_count',
    compared: averageClaims,
    favours: false,
    decides: false,
    text: '{observed} in the window; the book would have {compared} on as much cover',
  },
  {
    code: 'fewer-claims-than-average',
    when: ['and', ['>', 'claim_count', 0], ['<', 'claim_count', averageClaims]],
    indicator: 'claim_count',
    compared: averageClaims,
    favours: true,
    decides: false,
    text: '{observed} in the window; the book would have {compared} on as much cover',
  },
  {
    code: 'observed-above-expected',
    when: ['>', 'loss_ratio', ['*', 1.1, 'expected_loss_ratio']],
    indicator: 'loss_ratio',
    compared: 'expected_loss_ratio',
    favours: true,
    decides: false,
    text: 'The loss ratio observed is {observed}; {compared} is expected of the next year',
  },
  {
    code: 'observed-below-expected',
    when: ['<', 'loss_ratio', ['*', 0.9, 'expected_loss_ratio']],
    indicator: 'loss_ratio',
    compared: 'expected_loss_ratio',
    favours: false,
    decides: false,
    text: 'The loss ratio observed is {observed}; {compared} is expected of the next year',
  },
  {
    code: 'high-value',
    when: ['=', 'value_tier', 0],
    indicator: 'value_measured',
    compared: 'value_cut',
    favours: true,
    decides: false,
    text: 'A value of {observed} reaches the high-value line at {compared}',
  },
  {
    code: 'long-relationship',
    when: ['>=', 'tenure_years', 5],
    indicator: 'tenure_years',
    compared: 5,
    favours: true,
    decides: false,
    text: 'With us for {observed}, at least {compared}',
  },
  {
    code: 'large-losses-spread',
    when: ['and', ['>', 'excess_loss', 0], 'excess_is_spread'],
    indicator: 'excess_loss',
    compared: 'capped_loss',
    favours: true,
    decides: false,
    text: '{observed} of the losses lies above the cap and is spread over the whole book; {compared} lies below it',
  },
];

export const reasonName = ({ code }: Pick<ReasonRule, 'code'>): string => `reason ${code}`;

/**
 * The weight of each reason, 0 where it does not hold: how far apart observed and compared are,
 * |observed − compared| ÷ (|observed| + |compared|), plus 1 for what decided the tier. It has no
 * unit, so a change of currency changes no reason.
 */
export function reasonFormulas(): NamedFormula[] {
  const size = (value: Formula): Formula => ['abs', value];
  return reasonRules.map((rule) => {
    const apart: Formula = [
      '/',
      size(['-', rule.indicator, rule.compared]),
      ['+', size(rule.indicator), size(rule.compared)],
    ];
    const weight: Formula = ['case', ['missing', apart], 0.001, ['+', 0.001, apart]];
    return {
      name: reasonName(rule),
      formula: ['case', rule.when, ['+', rule.decides ? 1 : 0, weight], 0],
    };
  });
}

/** How many reasons a grade gives at most. */
export const mostReasons = 4;

/**
 * Writes the positions of the weightiest reasons of one row into `reasons`, from `start` on, the
 * weightiest first, −1 where there are fewer; among equals in the order of the list. `weights[r]` is
 * the column of reason r.
 */
export function weightiestReasons(
  weights: readonly Float64Array[],
  row: number,
  reasons: Int8Array,
  start: number,
): void {
  let found = 0;
  for (let r = 0; r < weights.length; r++) {
    const weight = weights[r][row];
    if (!(weight > 0)) continue;
    let at = found;
    while (at > 0 && weights[reasons[start + at - 1]][row] < weight) at--;
    if (at === mostReasons) continue;
    if (found < mostReasons) found++;
    for (let k = found - 1; k > at; k--) reasons[start + k] = reasons[start + k - 1];
    reasons[start + at] = r;
  }
  for (let k = found; k < mostReasons; k++) reasons[start + k] = -1;
}
