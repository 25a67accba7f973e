import { readFileSync } from 'node:fs';
import type { Formula, PlanInput } from '../../src/index.js';

const rated: Formula = [
  'and',
  ['>=', 'exposure_years', 'minimum_exposure_years'],
  ['not', ['missing', 'claim_count']],
];
const band = (...more: Formula[]): Formula => ['and', rated, ...more];

/** Bands of which exactly one holds for everybody. */
export const uniqueBands: PlanInput = {
  name: 'unique bands',
  risk: {
    hit: 'unique',
    otherwise: 'unrated',
    rules: [
      { tier: 'unrated', when: ['missing', 'rated_loss_ratio'] },
      { tier: 'unrated', when: ['not', rated] },
      { tier: 'excellent', when: band(['=', 'claim_count', 0], ['>=', 'rated_loss_ratio', 0]) },
      {
        tier: 'healthy',
        when: band(['>', 'claim_count', 0], ['<=', 'rated_loss_ratio', 'permissible_loss_ratio']),
      },
      {
        tier: 'sub-healthy',
        when: band(
          ['>', 'claim_count', 0],
          ['>', 'rated_loss_ratio', 'permissible_loss_ratio'],
          ['<=', 'rated_loss_ratio', 1],
        ),
      },
      { tier: 'high-risk', when: band(['>', 'claim_count', 0], ['>', 'rated_loss_ratio', 1]) },
    ],
  },
};

const hint = (code: string, action: 'restrict' | 'refer' | 'reprice', when: Formula) => ({
  code,
  action,
  when,
  indicator: 'claim_count',
  compared: 2,
  text: '{observed} against {compared}',
});

/** Plans without a fault: the default, the examples, and five of other kinds. */
export const soundPlans: readonly PlanInput[] = [
  { name: 'default' },
  JSON.parse(readFileSync('examples/careful.plan.json', 'utf8')),
  { name: 'observed', risk: { basis: 'observed', highRiskCertainty: 0.8 } },
  uniqueBands,
  {
    name: 'money in hints',
    value: { measure: 'earned_premium', cut: { amount: 1500 } },
    hints: [
      hint('many', 'restrict', ['and', ['>=', 'claim_count', 2], ['>', 'annual_premium', 1000]]),
      // A milder hint gives way to a more serious one.
      hint('some', 'reprice', ['and', ['>', 'incurred_loss', 500], ['<=', 'incurred_loss', 5000]]),
      hint('large', 'refer', ['>', 'incurred_loss', 5000]),
      // A band of its own inside another hint that is as serious.
      hint('gone', 'refer', ['=', 'policy_count', 0]),
      hint('gone-few', 'restrict', [
        'and',
        ['=', 'policy_count', 0],
        ['>=', 'claim_count', 1],
        ['<=', 'claim_count', 3],
      ]),
    ],
  },
  {
    name: 'exceptions first',
    risk: {
      otherwise: 'healthy',
      rules: [
        {
          tier: 'unrated',
          when: ['or', ['missing', 'rated_loss_ratio'], ['missing', 'claim_count']],
        },
        {
          tier: 'unrated',
          when: ['or', ['missing', 'exposure_years'], ['missing', 'claim_free_years']],
        },
        { tier: 'unrated', when: ['<', 'exposure_years', 0.5] },
        { tier: 'excellent', when: ['=', 'claim_count', 0] },
        // Healthy though sub-healthy would follow: an exception, and nobody falls between rules.
        {
          tier: 'healthy',
          when: ['and', ['>=', 'claim_free_years', 2], ['<=', 'rated_loss_ratio', 0.8]],
        },
        {
          tier: 'high-risk',
          when: [
            'or',
            ['>', 'rated_loss_ratio', 1],
            ['and', ['>=', 'claim_count', 3], ['<', 'claim_free_years', 1]],
          ],
        },
        { tier: 'sub-healthy', when: ['>', 'rated_loss_ratio', 0.7] },
      ],
    },
  },
  {
    name: 'another lifecycle',
    window: { months: 60 },
    lifecycle: {
      loyalty: [
        { is: 'unknown', when: ['missing', 'tenure_years'] },
        { is: 'loyal', when: ['or', ['>=', 'tenure_years', 8], ['>=', 'policy_count', 4]] },
        { is: 'one-time', when: ['<', 'tenure_years', 2] },
      ],
      purchase: [
        { is: 'lapsed', when: 'lapsed' },
        { is: 'cross', when: ['>=', 'line_count', 3] },
        { is: 'core', when: ['>', 'policy_count', 'line_count'] },
      ],
    },
    pricing: { expenseRatio: 0.25, profitMargin: 0.03 },
    risk: { minimumExposureYears: 0, highRiskCertainty: 0.75 },
  },
];
