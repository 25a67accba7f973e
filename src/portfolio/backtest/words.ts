import { capital, figure, isKnown, none } from '../../report/figures.js';
import { counted } from '../../segments/counted.js';
import type { Backtest, BacktestGroup, Estimate } from './result.js';

const atMostTwo = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const twoDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
/** Who was graded when, in one line. */
export function headline({ at, from, until, customers }: Backtest): string {
  const who = counted(customers, 'customer');
  return at === 'renewal'
    ? `${who} graded as their own terms began, ${from} to ${until}, and followed for those terms`
    : `${who} graded on ${from}, followed until ${until}`;
}

/**
 * In a sentence, what the tiers went on to cost. Only what the interval tells from the book is said
 * as a number: the others may differ by chance alone.
 */
export function tierConclusion(groups: Backtest['riskTiers']): string {
  // From the best to the worst; the last is that of too little experience.
  const [best, ...worse] = Object.keys(groups).slice(0, -1);
  const [worst, ...between] = worse.reverse();
  const found = [worst, best, ...between].flatMap((name) => {
    const group = groups[name];
    return group && isKnown(group.relativeLossRatio.value) ? [{ name, group }] : [];
  });
  if (found.length === 0) return 'No losses to compare the risk tiers by';
  const ends = found.filter(({ name }) => name === worst || name === best);
  const named = ends.some(differs) ? ends.filter(differs) : found.filter(differs);
  if (named.length === 0) {
    return "No risk tier's cost differs from the book's average by more than chance";
  }
  const others = ends.filter((end) => !named.includes(end));
  const [first, ...rest] = named.map(({ name, group }, k) => {
    const times = `${inWords(group.relativeLossRatio.value)} times`;
    const who = `${name} ${k === 0 ? 'customers' : 'ones'}`;
    return k === 0
      ? `${capital(who)} went on to cost ${times} the book's average`
      : `${who} ${times}`;
  });
  return [
    first,
    ...rest,
    ...others.map(({ name }) => `${name} ones do not differ from it by more than chance`),
  ].join('; ');
}

/** In a sentence, whether the tenth expected to be the costliest came in at the size expected of it. */
export function decileConclusion(
  costliest: { readonly expected: number; readonly actual: number } | undefined,
): string {
  if (!costliest) return 'No losses to compare with what was expected';
  return `The costliest tenth, expected at ${inWords(costliest.expected)} times the book's average, came in at ${inWords(costliest.actual)}`;
}

/** In a sentence, what the better-scored half of the premium brought, and whether that is chance. */
export function halfConclusion(share: number | undefined, { low, high }: Estimate): string {
  if (share === undefined) return 'No losses to put the customers in order by';
  const half = `the half of the premium expected to cost least brought ${figure(share, 'wholeShare')} of the losses`;
  if (isKnown(low) && low > 0) return capital(half);
  if (isKnown(high) && high < 0) return `Worse than chance: ${half}`;
  return `This may be chance: ${half}`;
}

/** An interval from resampling customers has no width where all of them had no claim. */
function differs({ group }: { readonly group: BacktestGroup }): boolean {
  const { low, high } = group.relativeLossRatio;
  return isKnown(low) && isKnown(high) && low < high && (low > 1 || high < 1);
}

/** `0.06`, `1.04`, `3.3`, `12`: near the book's average the hundredths matter, far from it not. */
function inWords(value: number | null): string {
  if (!isKnown(value)) return none;
  return (value < 2 ? atMostTwo : twoDigits).format(value);
}
