import type { Action, Hint } from './plan.js';

const hint = (
  code: string,
  action: Action,
  given: Pick<Hint, 'when' | 'indicator' | 'compared' | 'text'> & { favours?: boolean },
): Hint => ({ code, action, favours: false, ...given });

const rated = ['>=', 'exposure_years', 'minimum_exposure_years'] as const;
const within = (line: string | number, distance: number) =>
  [
    'and',
    ['>=', 'expected_loss_ratio', ['*', 1 - distance, line]],
    ['<=', 'expected_loss_ratio', ['*', 1 + distance, line]],
  ] as const;

/**
 * The underwriting hints of the default plan, a convention of ours. Money is only compared with
 * money of the same customer or book, so a change of currency changes no hint.
 */
export const defaultHints: Hint[] = [
  hint('over-break-even', 'refer', {
    when: ['and', rated, ['>', 'expected_loss_ratio', 1]],
    indicator: 'expected_loss_ratio',
    compared: 1,
    text: 'Claims alone are expected to take {observed} of the premium; the line is {compared}',
  }),
  hint('rising-claims', 'refer', {
    when: [
      'and',
      ['>=', 'recent_claim_count', 2],
      // Three in all are enough: else one more claim in the years before would take the hint away.
      [
        'or',
        [
          '>',
          ['*', 'recent_claim_count', ['-', 'exposure_years', 'recent_exposure_years']],
          ['*', 2, ['-', 'claim_count', 'recent_claim_count'], 'recent_exposure_years'],
        ],
        ['>=', 'claim_count', 3],
      ],
    ],
    indicator: 'recent_claim_count',
    compared: ['-', 'claim_count', 'recent_claim_count'],
    text: '{observed} in the last year after {compared} in the years before: more than twice the rate, or three and more in all',
  }),
  hint('large-loss', 'restrict', {
    // A loss of which no claim counts, as one forgiven, restricts nobody.
    when: [
      'and',
      ['>', 'claim_count', 0],
      ['>', 'largest_claim', ['*', 10, ['/', 'earned_premium', 'exposure_years']]],
    ],
    indicator: 'largest_claim',
    compared: ['*', 10, ['/', 'earned_premium', 'exposure_years']],
    text: 'One loss of {observed} is more than ten yearly premiums ({compared}): survey the risk or limit the cover',
  }),
  hint('high-claim-frequency', 'restrict', {
    when: [
      'and',
      ['>=', 'claim_count', 2],
      ['>', 'claim_frequency', ['*', 3, 'book_claim_frequency']],
    ],
    indicator: 'claim_frequency',
    compared: ['*', 3, 'book_claim_frequency'],
    text: '{observed}; three times what the book has would be {compared}: consider a deductible',
  }),
  hint('premium-below-cost', 'reprice', {
    when: [
      'and',
      rated,
      ['>', 'expected_loss_ratio', ['-', 1, 'expense_ratio']],
      ['<=', 'expected_loss_ratio', 1],
    ],
    indicator: 'expected_loss_ratio',
    compared: ['-', 1, 'expense_ratio'],
    text: 'Expected claims of {observed} of the premium leave too little for expenses; cost is covered up to {compared}',
  }),
  hint('over-permissible', 'reprice', {
    when: [
      'and',
      rated,
      ['>', 'expected_loss_ratio', 'permissible_loss_ratio'],
      ['<=', 'expected_loss_ratio', ['-', 1, 'expense_ratio']],
    ],
    indicator: 'expected_loss_ratio',
    compared: 'permissible_loss_ratio',
    text: 'The expected loss ratio of {observed} is above the permissible {compared}',
  }),
  hint('repeated-claims', 'renew', {
    when: ['>=', 'claim_count', 2],
    indicator: 'claim_count',
    compared: 2,
    text: '{observed} in the window: look into causes together with the customer',
  }),
  hint('marginal', 'renew', {
    when: ['and', rated, ['or', within('permissible_loss_ratio', 0.1), within(1, 0.1)]],
    indicator: 'expected_loss_ratio',
    compared: [
      'case',
      ['>', 'expected_loss_ratio', ['/', ['+', 1, 'permissible_loss_ratio'], 2]],
      1,
      'permissible_loss_ratio',
    ],
    text: 'The expected loss ratio of {observed} is within a tenth of the line at {compared}: follow up, for small changes of terms decide',
    favours: true,
  }),
  hint('bad-luck-likely', 'renew', {
    when: [
      'and',
      rated,
      ['>', 'loss_ratio', 1],
      ['<=', 'expected_loss_ratio', 'permissible_loss_ratio'],
    ],
    indicator: 'loss_ratio',
    compared: 'expected_loss_ratio',
    text: 'The observed loss ratio of {observed} is not expected to last: {compared} is expected',
    favours: true,
  }),
  hint('long-claim-free', 'renew', {
    when: ['>=', 'claim_free_years', 5],
    indicator: 'claim_free_years',
    compared: 5,
    text: '{observed} without a claim, at least {compared}',
    favours: true,
  }),
  hint('long-tenure', 'renew', {
    when: ['>=', 'tenure_years', 5],
    indicator: 'tenure_years',
    compared: 5,
    text: 'With us for {observed}, at least {compared}',
    favours: true,
  }),
  hint('short-tenure', 'renew', {
    when: ['<', 'tenure_years', 1],
    indicator: 'tenure_years',
    compared: 1,
    text: 'With us for {observed}, less than {compared}: little is known yet',
  }),
  hint('lapsed', 'renew', {
    when: ['=', 'lapsed', 1],
    indicator: 'policy_count',
    compared: 0,
    text: 'No cover the day before the as-of date: there is nothing to renew, only to win back',
  }),
  hint('thin-experience', 'renew', {
    when: ['not', rated],
    indicator: 'exposure_years',
    compared: 'minimum_exposure_years',
    text: '{observed} of experience, less than the {compared} that a rating needs: too early to say',
  }),
];
