import type { Grade, Reason } from '../grade.js';
import { worded } from '../segments/wording.js';

/** A grade in words, for a person to read out. */
export function explanation(grade: Grade): string {
  const { risk, value, service, underwriting, indicators, reasons, whyNot } = grade;
  const say = (amount: number | null, name: string) => worded(amount ?? Number.NaN, name);
  const [low, high] = risk.interval;
  const { tier, intervalProbability } = risk;
  const change = underwriting.indicatedChange;
  const likely = worded(intervalProbability, 'loss_ratio');
  const interval =
    low === null || high === null
      ? 'no interval: the book shows no measurable differences between customers'
      : `${likely} likely between ${say(low, 'loss_ratio')} and ${say(high, 'loss_ratio')}`;
  const lines = [
    `Customer ${grade.customerId}${grade.asOf === null ? '' : ` as of ${grade.asOf}`}${indicators.lapsed === 1 ? ', no cover in force' : ''}`,
    '',
    `Risk: ${tier}`,
    `  loss ratio observed ${say(risk.observedLossRatio, 'loss_ratio')}; expected next year ${say(risk.expectedLossRatio, 'loss_ratio')}, ${interval}`,
    `  own experience is believed to ${say(risk.credibility, 'credibility')}, the book's makes up the rest`,
    ...(low === null || risk.probabilityAbovePermissible === null
      ? []
      : [
          `  the customer's true loss ratio is above the permissible one with a probability of ${say(risk.probabilityAbovePermissible, 'loss_ratio')}`,
        ]),
    `  ${say(indicators.claim_count, 'claim_count')} counted on ${say(indicators.exposure_years, 'exposure_years')} of exposure, earned premium ${say(indicators.earned_premium, 'earned_premium')}, incurred ${say(indicators.incurred_loss, 'incurred_loss')}`,
    ...(whyNot ? [`  ${whyNot.text}`] : []),
    `Value: ${value.tier}`,
    `  ${value.measure.replaceAll('_', ' ')} ${say(value.amount, value.measure)}; high from ${say(value.cut, value.measure)}`,
    ...lifetimeLines(grade),
    `Service: ${service.tier}`,
    `  ${service.entitlements.join('; ')}`,
    `Underwriting: ${underwriting.action}${change === null ? '' : `, indicated change of premium ${change < 0 ? '' : '+'}${worded(change, 'loss_ratio')} within the plan's limits`}`,
    ...underwriting.hints.map((hint) => `  ${line(hint)} (${hint.action})`),
    'Reasons:',
    ...reasons.map((reason) => `  ${line(reason)}`),
    '',
    "A grade is advice to a person, not a decision. The interval is for this customer's average, not for",
    `how a single year falls out.${grade.model.method === 'frequency' ? ' By the method "frequency" only the number of claims counts, not their size.' : ''}`,
  ];
  return lines.join('\n');
}

const buying = {
  new: 'bought for the first time',
  renewal: 'has renewed',
  core: 'has several policies of one line',
  cross: 'has policies of several lines',
  lapsed: 'has no policy in force',
  unknown: undefined,
};

/** Where the customer stands, and lifetime value with its working. */
function lifetimeLines({ value, lifecycle: { loyalty, purchase } }: Grade): string[] {
  const { lifetimeValue, annualProfit, lifetimeYears, renewalProbability, profitAtStake } = value;
  const stage = [
    ...(loyalty === 'unknown' ? [] : [`${loyalty} customer`]),
    ...(buying[purchase] ? [buying[purchase]] : []),
  ];
  const lines = stage.length > 0 ? [`  ${stage.join(', ')}`] : [];
  // Who has left has no future to value.
  if (lifetimeValue === null || annualProfit === null || annualProfit === 0) return lines;
  const say = (amount: number | null, name: string) => worded(amount ?? Number.NaN, name);
  const [low, high] = value.lifetimeInterval;
  const between =
    low === null ? '' : ` [${say(low, 'lifetime_value')}, ${say(high, 'lifetime_value')}]`;
  const plain = annualProfit * (lifetimeYears ?? 0);
  const onTop = lifetimeValue - plain;
  const assumed =
    Math.abs(onTop) > 1e-9 * Math.abs(plain)
      ? `; ${say(onTop, 'lifetime_value')} of it is what the plan assumes to be sold on top and brought by recommendation`
      : '';
  return [
    ...lines,
    `  ${value.measure === 'lifetime_value' ? `that is${between}` : `lifetime value ${say(lifetimeValue, 'lifetime_value')}${between}`}: ${say(annualProfit, 'annual_profit')} expected of a year after losses and expenses × ${say(lifetimeYears, 'lifetime_years')} to come after this term, discounted and weighed by the chance to stay${assumed}`,
    `  stays at the next renewal with a probability of ${say(renewalProbability, 'renewal_probability')}${(profitAtStake ?? 0) > 0 ? `; profit at stake ${say(profitAtStake, 'profit_at_stake')}` : ''}`,
  ];
}

function line({ favours, text, code }: Reason): string {
  return `${favours ? '+' : '−'} ${text} [${code}]`;
}
