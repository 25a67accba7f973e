import { filled } from '../formulas/explain.js';
import type { Grade } from '../grading/grade.js';
import { indented, type PageFormat } from './page-wording.js';

/** What the customer is worth: the measure, where it stands in its life with us, lifetime value. */
export function valueLines(
  { value, lifecycle }: Grade,
  { page, locale, valueText }: PageFormat,
): string[] {
  const { measure } = value;
  const label = locale.labels[measure] ?? measure.replaceAll('_', ' ');
  const measured = filled(page.measured, {
    measure: label.charAt(0).toUpperCase() + label.slice(1),
    amount: valueText(value.amount, measure),
    cut: valueText(value.cut, measure),
  });
  const { loyalty, purchase } = lifecycle;
  const stage = [
    ...(loyalty === 'unknown' ? [] : [page.loyalties[loyalty]]),
    ...(purchase === 'unknown' ? [] : [page.purchases[purchase]]),
  ];
  return [
    filled(page.value, { tier: page.valueTiers[value.tier] }),
    ...indented(
      measured,
      ...(stage.length > 0 ? [stage.join(page.parts)] : []),
      ...lifetimeLines(value, { page, valueText }),
    ),
  ];
}

/** Lifetime value with its working; who has left has no future to value. */
function lifetimeLines(
  value: Grade['value'],
  { page, valueText }: Pick<PageFormat, 'page' | 'valueText'>,
): string[] {
  const { lifetimeValue, annualProfit, lifetimeYears, renewalProbability, profitAtStake } = value;
  if (lifetimeValue === null || annualProfit === null || annualProfit === 0) return [];
  const [low, high] = value.lifetimeInterval;
  const between =
    low === null
      ? ''
      : filled(page.between, {
          low: valueText(low, 'lifetime_low'),
          high: valueText(high, 'lifetime_high'),
        });
  const template = value.measure === 'lifetime_value' ? page.lifetimeAlready : page.lifetime;
  const lifetime = filled(template, {
    value: valueText(lifetimeValue, 'lifetime_value'),
    between,
    profit: valueText(annualProfit, 'annual_profit'),
    years: valueText(lifetimeYears, 'lifetime_years'),
  });
  const plain = annualProfit * (lifetimeYears ?? 0);
  const onTop = lifetimeValue - plain;
  const assumed =
    Math.abs(onTop) > 1e-9 * Math.abs(plain)
      ? [filled(page.assumed, { amount: valueText(onTop, 'lifetime_value') })]
      : [];
  const atStake =
    (profitAtStake ?? 0) > 0
      ? [filled(page.atStake, { amount: valueText(profitAtStake, 'profit_at_stake') })]
      : [];
  const stay = filled(page.stay, {
    probability: valueText(renewalProbability, 'renewal_probability'),
  });
  return [[lifetime, ...assumed].join(page.list), [stay, ...atStake].join(page.list)];
}
