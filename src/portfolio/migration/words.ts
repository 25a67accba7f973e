import { figure } from '../../report/figures.js';
import { counted, formatValue } from '../../segments/counted.js';
import type { LongRun, MarkovTest, Migration, Warnings, WentDown } from './result.js';

/** Below this many customers a chance says next to nothing. */
const fewest = 30;

/** The kinds of tiers by the names under which a migration has them. */
export const movementKinds = {
  risk: 'riskTiers',
  value: 'valueTiers',
  service: 'serviceTiers',
} as const;
export type MovementKind = keyof typeof movementKinds;

/** In a sentence: how many moved which way, as short as a title. */
export function migrationTitle(migration: Migration, kind: MovementKind = 'risk'): string {
  const { from, to } = migration;
  const { movements } = migration[movementKinds[kind]];
  const count = (name: keyof typeof movements) => movements[name].customers;
  const stayed =
    count('same') +
    count('upgraded') +
    count('downgraded') +
    count('newly rated') +
    count('no longer rated');
  if (stayed === 0) return `Nobody was in force on both ${from} and ${to}`;
  const share = (name: keyof typeof movements) => figure(count(name) / stayed, 'share');
  return `Of ${counted(stayed, 'customer')} in force on ${from} and ${to}, ${share('same')} kept their ${kind} tier, ${share('upgraded')} rose and ${share('downgraded')} fell`;
}

/** In sentences: who is warned of, and how much of that chance alone would do. */
export function warningConclusion(warnings: Warnings): string {
  const { customers, annualPremium, horizonYears, reversed, lines } = warnings;
  if (lines.length === 0) {
    return "The plan's rules have no loss ratio threshold that is the same for all customers, so there are no early warnings.";
  }
  const drawn = lines.map(({ label, value }) => `${label} (${figure(value, 'share')})`).join(', ');
  return [
    `Early warnings: at the pace between the two days ${counted(customers, 'customer')} in force, with an annual premium of ${figure(annualPremium, 'money')}, would cross the next worse threshold within ${formatValue(horizonYears, 'tenure_years')}. Thresholds of the plan: ${drawn}.`,
    `One customer's change is mostly chance: had every loss ratio changed as much the other way, ${counted(reversed, 'customer')} would be warned of. ${beside(customers, reversed)}`,
  ].join(' ');
}

function beside(warned: number, reversed: number): string {
  if (warned === 0) return '';
  return warned <= reversed
    ? 'So the number of warnings is no more than what chance can give; take them as customers to look at, not as a trend.'
    : `So about ${figure(reversed, 'count')} of these may be chance.`;
}

/** In a sentence: what became of those the same rule warned of a step earlier. */
export function trackRecordConclusion({ trackRecord }: Warnings): string | undefined {
  if (!trackRecord) return undefined;
  const { warned, reversed, others } = trackRecord;
  if (warned.customers === 0) {
    return 'The same rule would have warned of nobody on the first day who is still in force, so the value of warnings cannot be assessed.';
  }
  const share = ({ customers, wentDown }: typeof warned) =>
    `${figure(wentDown, 'count')} of ${figure(customers, 'count')} (${figure(customers > 0 ? wentDown / customers : null, 'share')})`;
  return `How earlier warnings turned out: of those the same rule would have warned of on the first day, ${share(warned)} had gone down a tier by the second; of those it would have warned of in reverse, ${share(reversed)}; of all others below a threshold, ${share(others)}. ${paceConclusion(warned, reversed)}`;
}

/** Whether going up or down mattered, or only being near to a line, to two standard errors. */
function paceConclusion(warned: WentDown, reversed: WentDown): string {
  if (Math.min(warned.customers, reversed.customers) < fewest) {
    return 'These are too few to say whether the pace of change predicts anything.';
  }
  const [up, down] = [warned, reversed].map(({ customers, wentDown }) => wentDown / customers);
  const all = (warned.wentDown + reversed.wentDown) / (warned.customers + reversed.customers);
  const error = Math.sqrt(all * (1 - all) * (1 / warned.customers + 1 / reversed.customers));
  return up - down > 2 * error
    ? 'So the pace of change predicts more than being near a threshold alone.'
    : 'So the pace of change predicts no better than chance: what counts is being near a threshold, not the direction.';
}

/** In sentences: why there is no long-run split, or what it is not. */
export function longRunConclusion({ book, stayers }: Migration['longRun']): string[] {
  const said = (who: string, { shares, note }: LongRun) => {
    if (note === null) return [];
    return [shares ? `${who}: ${note}.` : `${who}: no long-run split, for ${note}.`];
  };
  return [...said('Whole book', book), ...said('Those who stay', stayers)];
}

/** In sentences: whether moves have a memory, and how much it matters. */
export function markovConclusion(markov: MarkovTest | null): string {
  if (!markov) return 'Whether the moves depend on earlier tiers cannot be tested from two days.';
  const { earliest, customers, pValue, statistic, degreesOfFreedom, worstTier } = markov;
  const who = `${counted(customers, 'customer')} in force on ${earliest} too`;
  if (pValue === null) {
    return `Whether the moves depend on earlier tiers cannot be tested: among ${who} no tier was reached from two others with two outcomes.`;
  }
  const found =
    pValue < 0.05
      ? 'The moves depend on earlier tiers: where a customer was before predicts more than its present tier alone, so the long-run split is only an extrapolation'
      : 'The test found no dependence of the moves on earlier tiers';
  return `${found} (Anderson and Goodman's likelihood ratio over ${who}: ${statistic.toFixed(1)} on ${counted(degreesOfFreedom, 'degree')} of freedom, p ${pValue < 0.0001 ? 'below 0.0001' : `= ${pValue.toFixed(4)}`}). ${effect(markov, worstTier)}`;
}

function effect({ byOrigin, meanDifference }: MarkovTest, worst: string): string {
  const points = `${figure(100 * (meanDifference ?? 0), 'points')} points`;
  const size = `In size: a customer's chance to be ${worst} next differs by ${points} on average from what its present tier says`;
  const known = byOrigin.filter(({ customers }) => customers >= fewest);
  const apart = [...new Set(known.map(({ now }) => now))]
    .map((now) => {
      const origins = known.filter((origin) => origin.now === now);
      const [low, ...rest] = [...origins].sort((a, b) => a.chance - b.chance);
      return { now, low, high: rest.at(-1) };
    })
    .flatMap(({ now, low, high }) => (high && high.chance > low.chance ? [{ now, low, high }] : []))
    .sort((a, b) => b.high.chance - b.low.chance - (a.high.chance - a.low.chance));
  if (apart.length === 0) return `${size}.`;
  const [{ now, low, high }] = apart;
  return `${size}; most among the ${now}, ${figure(high.chance, 'share')} of those who were ${high.before} before and ${figure(low.chance, 'share')} of those who were ${low.before}.`;
}

/** In a sentence: why tiers remember by construction. */
export function overlapCaution({ sharedWindow }: Migration): string | undefined {
  if (sharedWindow === null || sharedWindow === 0) return undefined;
  return `The windows of the two days share ${figure(sharedWindow, 'share')} of their days, so tiers remember by construction: a claim stays in sight until the window has passed it, then goes at once. A long-run split from such moves is an extrapolation and no forecast.`;
}
