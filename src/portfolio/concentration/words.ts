import { capital, figure, isKnown, none } from '../../report/figures.js';
import { counted } from '../../segments/counted.js';
import type { LuckRange } from './luck.js';
import { measureEntries } from './measures.js';
import type { Pareto, Persistence, PersistenceEntry } from './result.js';

/** What chance deals claims out by, in words. */
export function baseName({ base }: Pareto): string {
  return base === 'earned_premium' ? 'premium' : 'years of cover';
}

/** A share with the band of chance: `16.1% [15.8%, 16.4%]`; a dash where there is none. */
export function ranged(range: LuckRange | null, kind: 'share' | 'rate'): string {
  if (range === null) return none;
  const { mean, low, high } = range;
  return `${figure(mean, kind)} [${figure(low, kind)}, ${figure(high, kind)}]`;
}

/** From when and how far back a book was looked at; ready indicators do not tell how far. */
export function lookedBack({ asOf, window, measure }: Pareto): string {
  if (measure === 'lifetime-value') return `looked ahead from ${asOf ?? 'an unstated day'}`;
  const from = `looked back from ${asOf ?? 'an unstated day'}`;
  return window === null ? from : `${from} over ${counted(window, 'month')}`;
}

/** The share of customers that holds this share of the value, as observed and by chance. */
export function holdingAt(
  pareto: Pareto,
  value: number,
): { observed: number | null; chance: LuckRange | null } {
  const at = <T>(holding: readonly { value: number; customers: T }[] | undefined) =>
    holding?.find((entry) => entry.value === value)?.customers ?? null;
  return { observed: at(pareto.holding), chance: at(pareto.luck?.holding) };
}

/** The share of the value that this share of customers holds, as observed and by chance. */
export function topShareAt(
  pareto: Pareto,
  share: number,
): { observed: number | null; chance: LuckRange | null } {
  const at = <T>(topShares: readonly { share: number; value: T }[] | undefined) =>
    topShares?.find((entry) => entry.share === share)?.value ?? null;
  return { observed: at(pareto.topShares), chance: at(pareto.luck?.topShares) };
}

/** In a sentence: with whom 80 % of it lies, and what of that is chance, as short as a title. */
export function paretoTitle(pareto: Pareto): string {
  const { observed, chance } = holdingAt(pareto, 0.8);
  const said = lies(pareto, observed);
  if (!isKnown(observed) || chance === null) return said;
  const within = observed >= chance.low && observed <= chance.high;
  const alone = figure(chance.mean, 'share');
  return within
    ? `${said}: no different from chance alone (${alone})`
    : `${said}; chance alone gives ${alone}${unsure(pareto) ? ' or fewer' : ''}`;
}

/** In a sentence: with whom 80 % of it lies, and how far that is beyond chance. */
export function paretoConclusion(pareto: Pareto): string {
  const { observed, chance } = holdingAt(pareto, 0.8);
  const said = lies(pareto, observed);
  if (!isKnown(observed) || chance === null) return said;
  const them = measureEntries[pareto.measure].plural ? 'them' : 'it';
  const alone = `if customers did not differ, chance would put ${them} with ${ranged(chance, 'share')}`;
  if (pareto.customers === 1) return said;
  if (observed < chance.low) {
    const most = unsure(pareto) ? 'at most ' : '';
    return `${said}; ${alone}: beyond chance by ${most}${points(chance.mean - observed)}`;
  }
  if (observed > chance.high) {
    return `${said}; ${alone}: spread more evenly than by chance, by ${points(observed - chance.mean)}`;
  }
  return `${said}; ${alone}: this figure may be due to chance alone`;
}

/** In a sentence: how much of the concentration a book has whose customers do not differ. */
export function luckConclusion(pareto: Pareto): string | undefined {
  const { gini, luck, measure } = pareto;
  const chance = luck?.gini;
  if (!chance || !isKnown(gini) || gini <= 0) return undefined;
  const { label } = measureEntries[measure];
  const [index, alone] = [figure(gini, 'rate'), ranged(chance, 'rate')];
  if (gini > chance.high) {
    return `${capital(label)}: of the Gini index of ${index}, chance alone gives ${unsure(pareto) ? 'at least ' : ''}${alone}, ${figure(chance.mean / gini, 'share')} of it`;
  }
  const than = gini < chance.low ? 'is less than' : 'is no different from what';
  return `${capital(label)}: the Gini index of ${index} ${than} chance alone gives, ${alone}`;
}

/** In a sentence: what last period's top group went on to bring. */
export function persistenceConclusion(persistence: Persistence): string {
  const { measure, top, hadLastPeriod } = persistence;
  const { label, first, plural } = measureEntries[measure];
  const share = (name: PersistenceEntry['name']) =>
    persistence.entries.find((entry) => entry.name === name)?.share.value ?? null;
  const last = share('last period');
  const who = `Last period's top ${figure(top, 'wholeShare')}, ${first},`;
  if (!isKnown(last)) {
    return `${who} cannot be followed: in all the next period's ${label} ${plural ? 'come' : 'comes'} to no more than 0`;
  }
  const brought = `${figure(last, 'share')} of the next period's`;
  const whole = isKnown(hadLastPeriod)
    ? `${who} had ${figure(hadLastPeriod, 'share')} of the ${label} then and brought ${brought}`
    : `${who} brought ${brought} ${label}`;
  return `${whole}, where chance brings ${figure(top, 'wholeShare')}${othersBrought(persistence)}`;
}

/** What our ranking brought, and the largest premiums: what is large loses more without being worse. */
function othersBrought({ measure, entries }: Persistence): string {
  if (measure === 'premium') return '';
  const said = (name: PersistenceEntry['name']) =>
    figure(entries.find((entry) => entry.name === name)?.share.value ?? null, 'share');
  const { low, high } = entries.find(({ name }) => name === 'expected')?.againstLastPeriod ?? {};
  const unsure = isKnown(low) && isKnown(high) && low <= 0 && high >= 0;
  return `; the top of our expected ranking brought ${said('expected')}${unsure ? ' (the difference may be chance)' : ''}, the largest premiums ${said('size')}`;
}

/** Whether luck concentrates more than it is told to, for want of single losses. */
function unsure({ excess }: Pareto): boolean {
  return excess?.holdingEightyPercent?.beyondLuck === null;
}

function points(difference: number): string {
  return `${(100 * difference).toFixed(1)} points`;
}

function lies({ measure, total, above }: Pareto, observed: number | null): string {
  const { label, plural } = measureEntries[measure];
  if (!isKnown(observed)) {
    if (total === 0 && above.customers === 0)
      return `No shares of the ${label}: ${plural ? 'they are' : 'it is'} 0 for everybody`;
    const come = plural ? 'they come' : 'it comes';
    return `No shares of the ${label}: in all ${come} to ${figure(total, 'money')}`;
  }
  return `80% of the ${label} ${plural ? 'lie' : 'lies'} with ${figure(observed, 'share')} of the customers`;
}
