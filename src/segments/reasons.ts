import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { memoryReasonFormulas, memoryReasons } from './memory-reasons.js';
import type { ReasonRule } from './reason-rule.js';

const isUnrated: Formula = ['=', 'risk_tier', 'unrated_tier'];
const isWorst: Formula = ['=', 'risk_tier', 'worst_tier'];
const isBest: Formula = ['=', 'risk_tier', 0];
/** The tiers between the best and the worst fall in two halves; one in the middle is of both. */
const isBetterHalf: Formula = [
  'and',
  ['not', isBest],
  ['<=', 'risk_tier', ['/', 'worst_tier', 2]],
  ['not', isWorst],
];
const isWorseHalf: Formula = [
  'and',
  ['<', 'risk_tier', 'worst_tier'],
  ['>=', 'risk_tier', ['/', 'worst_tier', 2]],
  ['not', isBest],
];
/** What the book would have on the same cover, by the base that the expected loss ratio rests on. */
const averageClaims: Formula = 'expected_claims';
/** What the customer's own experience does to the loss ratio that is expected of it. */
const ownExperience: Formula = ['-', 'expected_loss_ratio', 'prior_loss_ratio'];
/** How far the loss ratio lies from the line that the reason compares it with. */
const toLine = (line: Formula): Formula => ['-', 'rated_loss_ratio', line];

/** The reasons a grade may have, each under a stable code. */
const ownReasons = [
  {
    code: 'no-premium',
    when: ['and', isUnrated, ['not', ['>', 'earned_premium', 0]]],
    indicator: 'earned_premium',
    compared: 0,
    favours: false,
    decides: true,
    moves: 0,
    text: 'Earned premium in the window is {observed}: there is nothing to compare claims with',
  },
  {
    code: 'too-little-experience',
    when: ['and', isUnrated, ['<', 'exposure_years', 'minimum_exposure_years']],
    indicator: 'exposure_years',
    compared: 'minimum_exposure_years',
    favours: false,
    decides: true,
    moves: 0,
    text: 'Only {observed} of experience; a rating needs {compared}',
  },
  {
    code: 'claim-free',
    when: ['and', isBest, ['=', 'claim_count', 0]],
    indicator: 'claim_count',
    compared: averageClaims,
    favours: true,
    decides: true,
    moves: ownExperience,
    text: "No counted claim in the window; the book's average on the same cover is {compared}",
  },
  {
    code: 'over-break-even',
    when: ['and', isWorst, ['>', 'rated_loss_ratio', 1]],
    indicator: 'rated_loss_ratio',
    compared: 1,
    favours: false,
    decides: true,
    moves: toLine(1),
    text: 'A loss ratio of {observed} is above break-even at {compared}',
  },
  {
    code: 'over-permissible',
    when: ['and', isWorseHalf, ['>', 'rated_loss_ratio', 'permissible_loss_ratio']],
    indicator: 'rated_loss_ratio',
    compared: 'permissible_loss_ratio',
    favours: false,
    decides: true,
    moves: toLine('permissible_loss_ratio'),
    text: 'A loss ratio of {observed} is above the permissible {compared}',
  },
  {
    code: 'within-permissible',
    when: ['and', isBetterHalf, ['<=', 'rated_loss_ratio', 'permissible_loss_ratio']],
    indicator: 'rated_loss_ratio',
    compared: 'permissible_loss_ratio',
    favours: true,
    decides: true,
    moves: toLine('permissible_loss_ratio'),
    text: 'A loss ratio of {observed} is within the permissible {compared}',
  },
  {
    code: 'more-claims-than-average',
    when: ['and', ['>', 'claim_count', 0], ['>', 'claim_count', averageClaims]],
    indicator: 'claim_count',
    compared: averageClaims,
    favours: false,
    decides: false,
    moves: ownExperience,
    text: "{observed} in the window; the book's average on the same cover is {compared}",
  },
  {
    code: 'fewer-claims-than-average',
    when: ['and', ['>', 'claim_count', 0], ['<', 'claim_count', averageClaims]],
    indicator: 'claim_count',
    compared: averageClaims,
    favours: true,
    decides: false,
    moves: ownExperience,
    text: "{observed} in the window; the book's average on the same cover is {compared}",
  },
  {
    code: 'observed-above-expected',
    when: ['>', 'loss_ratio', ['*', 1.1, 'expected_loss_ratio']],
    indicator: 'loss_ratio',
    compared: 'expected_loss_ratio',
    favours: true,
    decides: false,
    moves: ['-', 'loss_ratio', 'expected_loss_ratio'],
    text: 'The observed loss ratio is {observed}; {compared} is expected for the next year',
  },
  {
    code: 'observed-below-expected',
    when: ['<', 'loss_ratio', ['*', 0.9, 'expected_loss_ratio']],
    indicator: 'loss_ratio',
    compared: 'expected_loss_ratio',
    favours: false,
    decides: false,
    moves: ['-', 'loss_ratio', 'expected_loss_ratio'],
    text: 'The observed loss ratio is {observed}; {compared} is expected for the next year',
  },
  {
    code: 'high-value',
    when: ['=', 'value_tier', 0],
    indicator: 'value_measured',
    compared: 'value_cut',
    favours: true,
    decides: false,
    moves: 0,
    text: 'A value of {observed} reaches the high-value line at {compared}',
  },
  {
    code: 'long-relationship',
    when: ['>=', 'tenure_years', 5],
    indicator: 'tenure_years',
    compared: 5,
    favours: true,
    decides: false,
    moves: 0,
    text: 'With us for {observed}, at least {compared}',
  },
  {
    code: 'large-losses-spread',
    // Losses set aside leave a rest of rounding, which is no loss above the cap.
    when: ['and', ['>', 'excess_loss', ['*', 1e-9, 'incurred_loss']], 'excess_is_spread'],
    indicator: 'excess_loss',
    compared: 'capped_loss',
    favours: true,
    decides: false,
    // What they would add to the expected loss ratio at the weight of the customer's experience.
    moves: ['*', 'credibility', ['/', 'excess_loss', 'earned_premium']],
    text: '{observed} of the losses lies above the cap and is spread over the whole book; {compared} lies below it',
  },
] as const satisfies readonly ReasonRule[];
export const reasonRules: readonly ReasonRule[] = ownReasons;

/** The code of a reason. */
export type ReasonCode = (typeof ownReasons | typeof memoryReasons)[number]['code'];

/** All reasons a grade may have, those of what is remembered last. */
export const everyReason: readonly ReasonRule[] = [...reasonRules, ...memoryReasons];

/** The reasons asked for, where the tier may be held by memory and where it is not. */
export const reasonsAsked = (remember: boolean) => (remember ? everyReason : reasonRules);

export const reasonName = ({ code }: Pick<ReasonRule, 'code'>): string => `reason ${code}`;

/**
 * The weight of each reason, 0 where it does not hold: more than 1 for what decided the tier, which
 * stands first, and otherwise how far it moves the score, m ÷ (1 + m) for m in loss ratio, or
 * the distance |observed − compared| ÷ (|observed| + |compared|) where the plan asks for it. Neither has a unit, so a change of currency changes no reason.
 */
export function reasonFormulas(
  { reasons }: Pick<Plan, 'reasons'>,
  remember = false,
): NamedFormula[] {
  const size = (value: Formula): Formula => ['abs', value];
  const weigh = ({ moves, indicator, compared }: ReasonRule): Formula =>
    reasons.weighedBy === 'score'
      ? ['/', size(moves), ['+', 1, size(moves)]]
      : ['/', size(['-', indicator, compared]), ['+', size(indicator), size(compared)]];
  const formulas = reasonRules.map((rule): NamedFormula => {
    const weight = weigh(rule);
    const known: Formula = ['case', ['missing', weight], 0.001, ['+', 0.001, weight]];
    return {
      name: reasonName(rule),
      formula: ['case', rule.when, ['+', rule.decides ? 1 : 0, known], 0],
    };
  });
  return remember ? [...formulas, ...memoryReasonFormulas(reasonName)] : formulas;
}

/** How many reasons a grade gives at most. */
export const maxReasons = 4;

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
    if (at === maxReasons) continue;
    if (found < maxReasons) found++;
    for (let k = found - 1; k > at; k--) reasons[start + k] = reasons[start + k - 1];
    reasons[start + at] = r;
  }
  for (let k = found; k < maxReasons; k++) reasons[start + k] = -1;
}
