import { figure, isKnown, withInterval } from '../../report/figures.js';
import { counted } from '../../segments/counted.js';
import type { RuleSimulation } from './result.js';

/** A loss ratio, as 61.2%. */
export const percent = (value: number | null) => figure(value, 'share');
/** An amount of money. */
export const money = (value: number) => figure(value, 'money');
/** A change of a loss ratio in points, as −1.2. */
const points = (value: number) => figure(100 * value, 'points', true);

/** Whom the rule asked about, and when. */
export function ruleHeadline({ at, calibrateAt, until, before }: RuleSimulation): string {
  const who = counted(before.customers, 'customer');
  return at === 'renewal'
    ? `${who}, each looked at as its own term began, ${calibrateAt} to ${until}, and followed for that term`
    : `${who} looked at on ${calibrateAt} and followed until ${until}`;
}

/** What is assumed of those touched: the rule itself says no more than that a person looks at them. */
export function assumption({ reaction, expenseRatio, at }: RuleSimulation): string {
  const { leave, surcharge } = reaction;
  const more = surcharge > 0 ? ` and pay ${percent(surcharge)} more` : ' at their premium';
  const gone = at === 'renewal' ? 'as their term would have begun' : 'on that day';
  const happens =
    leave === 1
      ? `all of them leave ${gone}, which is the most that the rule can do`
      : leave === 0
        ? `all of them stay${more}`
        : `${percent(leave)} of them, whoever they are, leave ${gone}; the others stay${more}`;
  return `Customers that the rule touches are referred to an underwriter, who decides. Assumed outcome: ${happens}. Expenses of ${percent(expenseRatio)} are taken to go with the premium.`;
}

/** In sentences, what the rule would have done; only what the intervals tell is said as a finding. */
export function ruleConclusions(simulation: RuleSimulation): string[] {
  const { before, touched, untouched, reaction } = simulation;
  if (touched.customers === 0) return ['The rule touches nobody: nothing changes.'];
  const gone = untouched.customers === 0 && reaction.leave === 1;
  return [
    `The rule touches ${counted(touched.customers, 'customer')}, ${percent(touched.customers / before.customers)} of them, with ${premiumShare(simulation)} of the premium.`,
    ...(gone ? ['It touches every customer: if all leave, no book remains.'] : []),
    ...(untouched.customers > 0 ? [againstChance(simulation)] : []),
    ...(gone ? [] : [lossRatioConclusion(simulation)]),
    profitConclusion(simulation),
    vainConclusion(simulation),
  ];
}

/** The share of the premium that the rule touches. */
export function premiumShare({ before, touched }: RuleSimulation): string {
  return percent(before.earnedPremium > 0 ? touched.earnedPremium / before.earnedPremium : null);
}

function againstChance({ estimates: { touchedToBook } }: RuleSimulation): string {
  const { value, low, high } = touchedToBook;
  if (!isKnown(value)) return 'There are no losses to compare the rule with chance.';
  const cost = `They went on to cost ${withInterval(touchedToBook, 'relative')} times the book's average`;
  if (!isKnown(low) || !isKnown(high)) return `${cost}.`;
  if (low > 1) return `${cost}: more than chance would choose.`;
  if (high < 1) return `${cost}: less than chance would choose, so it selects the wrong customers.`;
  return `${cost}: this may be chance.`;
}

function lossRatioConclusion({ estimates }: RuleSimulation): string {
  const { lossRatioBefore, lossRatioAfter, lossRatioChange } = estimates;
  const { value, low, high } = lossRatioChange;
  if (!isKnown(value)) return 'There is no loss ratio to compare.';
  const between = isKnown(low) && isKnown(high) ? ` [${points(low)}, ${points(high)}]` : '';
  const [then, instead] = [lossRatioAfter, lossRatioBefore].map((of) => withInterval(of, 'share'));
  return `The loss ratio would have been ${then} instead of ${instead}: a change of ${points(value)} points${between}.`;
}

function profitConclusion({ before, after, estimates }: RuleSimulation): string {
  const { low, high } = estimates.profitChange;
  const change = after.profit - before.profit;
  const sum = `Profit would have been ${money(after.profit)} instead of ${money(before.profit)}: a change of ${figure(change, 'money', true)}`;
  if (!isKnown(low) || !isKnown(high)) return `${sum}.`;
  const between = `[${figure(low, 'money', true)}, ${figure(high, 'money', true)}]`;
  if (high < 0) return `${sum} ${between}: those touched paid for themselves.`;
  if (low > 0) return `${sum} ${between}.`;
  return `${sum} ${between}: the interval includes 0, so it may gain or lose.`;
}

/** How many were touched in vain. One year of one customer is mostly luck, so always many. */
function vainConclusion({ touched, untouched, outcomes, permissibleLossRatio }: RuleSimulation) {
  const share = (part: number, whole: number) => percent(whole > 0 ? part / whole : null);
  const free = share(outcomes.touched.claimFree.customers, touched.customers);
  const others =
    untouched.customers > 0
      ? `, as ${share(outcomes.untouched.claimFree.customers, untouched.customers)} of the others did`
      : '';
  const good = outcomes.touched.withinPermissible.customers;
  const missed = outcomes.untouched.abovePermissible.customers;
  return `Touched unnecessarily: ${counted(good, 'customer')} turned out within the permissible loss ratio of ${percent(permissibleLossRatio)}; ${free} of those touched had no claim${others}. Missed: ${counted(missed, 'customer')} above it. One year of one customer is mostly chance, so every rule has many of both.`;
}
