import { nothing } from '../../credibility/method.js';
import type { Formula, NamedFormula } from '../../formulas/expression.js';
import type { RetentionCurve, RetentionParameters } from '../../model/model.js';
import type { Plan } from '../../plan/plan.js';

/** The input that holds a customer's segment of retention: its position in the labels, −1 for none. */
export const retentionSegmentInput = 'retention_segment';

/** The names that lifetime formulas give. */
export const lifetimeScores = [
  'lifetime_value',
  'lifetime_low',
  'lifetime_high',
  'renewal_probability',
  'lifetime_years',
  'annual_profit',
  'profit_at_stake',
] as const;

/**
 * What a customer's future is worth in money, by renewals passed:
 *
 * - `annual_profit` = annual premium × (1 − expected loss ratio − expense ratio);
 * - `lifetime_years` = Σ over future years k of the chance to be there after k renewals × ((1 + growth)
 *   ÷ (1 + discount rate))^k, the year in force not counted, for it is agreed already;
 * - `lifetime_value` = annual profit × (1 + cross-sell) × lifetime years, and what recommendations
 *   bring in each of those years where the plan assumes any;
 * - `profit_at_stake` = lifetime value × the chance to leave at the next renewal.
 *
 * The interval takes the worse (better) end of the expected loss ratio and of the years together, so
 * it is rather too wide than too narrow. All is missing where retention is not known.
 */
export function lifetimeFormulas(
  { lifetime, pricing }: Plan,
  retention: RetentionParameters | undefined,
): NamedFormula[] {
  const { crossSell = 0, recommendations = 0 } = lifetime;
  const brought = recommendations * (retention?.newCustomerValue ?? 0);
  const margin = (lossRatio: Formula): Formula => ['-', 1 - pricing.expenseRatio, lossRatio];
  // Of a loss and no years −0 would come, which text files do not keep.
  const product = (a: Formula, b: Formula): Formula => ['+', ['*', a, b], 0];
  const yearly = (profit: Formula): Formula => [
    '+',
    ['*', 1 + crossSell, profit],
    ['case', ['>', 'annual_premium', 0], brought, 0],
  ];
  const end = (lossRatio: string, worst: string, best: string): Formula => {
    const profit = yearly(['*', 'annual_premium', margin(lossRatio)]);
    // What loses money loses least when it leaves soon.
    const years: Formula = ['case', ['>=', profit, 0], worst, best];
    return ['case', ['missing', 'margin_known'], nothing, product(profit, years)];
  };
  // The mean of a skewed distribution may lie outside a narrow interval.
  const beyondExpected = (of: 'least' | 'greatest', name: string): Formula => [
    'case',
    ['missing', name],
    'expected_loss_ratio',
    [of, name, 'expected_loss_ratio'],
  ];
  return [
    ...(retention ? tables(retention) : unknownRetention),
    { name: 'annual_profit', formula: product('annual_premium', margin('expected_loss_ratio')) },
    { name: 'lifetime_value', formula: product(yearly('annual_profit'), 'lifetime_years') },
    // No interval where neither part has one: an interval of a point would claim to be sure.
    {
      name: 'margin_known',
      formula: [
        'case',
        ['or', ['not', ['missing', 'expected_low']], ['<', 'years_low', 'years_high']],
        1,
        nothing,
      ],
    },
    { name: 'worse_loss_ratio', formula: beyondExpected('greatest', 'expected_high') },
    { name: 'better_loss_ratio', formula: beyondExpected('least', 'expected_low') },
    { name: 'lifetime_low', formula: end('worse_loss_ratio', 'years_low', 'years_high') },
    { name: 'lifetime_high', formula: end('better_loss_ratio', 'years_high', 'years_low') },
    {
      name: 'profit_at_stake',
      formula: [
        'case',
        ['>', 'annual_premium', 0],
        product('lifetime_value', ['-', 1, 'renewal_probability']),
        ['*', 0, 'lifetime_value'],
      ],
    },
  ];
}

const unknownRetention: NamedFormula[] = [
  'renewal_probability',
  'lifetime_years',
  'years_low',
  'years_high',
].map((name) => ({ name, formula: nothing }));

/** Reads the tables of a model by renewals passed and, where there are any, segments. */
function tables({ book, segments }: RetentionParameters): NamedFormula[] {
  const curves = [book, ...(segments?.curves ?? [])];
  const last = book.rates.length - 1;
  const passed: Formula = ['least', last, ['greatest', 0, ['-', ['ceiling', 'tenure_years'], 1]]];
  const read = (column: (curve: RetentionCurve) => readonly number[]): Formula => [
    'lookup',
    'retention_at',
    ...curves.flatMap((curve) => column(curve)),
  ];
  return [
    // Renewals passed: in the third year of the relationship, two.
    { name: 'renewals_passed', formula: passed },
    {
      name: 'retention_at',
      formula: segments
        ? ['+', 'renewals_passed', ['*', last + 1, ['+', 1, retentionSegmentInput]]]
        : 'renewals_passed',
    },
    // Who has no policy in force has none to renew.
    {
      name: 'renewal_probability',
      formula: ['case', ['>', 'annual_premium', 0], read(({ rates }) => rates), nothing],
    },
    { name: 'lifetime_years', formula: read(({ years }) => years) },
    { name: 'years_low', formula: read(({ lowYears }) => lowYears) },
    { name: 'years_high', formula: read(({ highYears }) => highYears) },
  ];
}
