import { hardlyAllKnown } from '../../scoring/experience/fit-experience.js';
import { counted, formatValue } from '../../segments/counted.js';
import type { Estimate } from '../backtest/result.js';
import type { Drift, DriftVerdict } from './result.js';

/** The ends of an interval from fewer draws are hardly more than the draws themselves. */
const minRounds = 20;

type Found = Omit<Drift, 'verdict' | 'grounds' | 'notes'>;

/**
 * What is to be done with the model, and why. What cannot be told for want of claims, or because they
 * can hardly all be known yet, is said so; a lost order weighs more than a level that is off; a mere
 * change of mix is none of the model's doing.
 *
 * @param unfinished whether cover was followed past the last claim on file
 */
export function verdictOf(
  found: Found,
  unfinished: boolean,
): { readonly verdict: DriftVerdict; readonly grounds: readonly string[] } {
  const open = notYet(found, unfinished);
  if (open.length > 0) return { verdict: 'cannot-tell-yet', grounds: open };
  const broken = [...lostOrder(found), ...bentShape(found)];
  const { off, ground } = levelOf(found);
  const verdict = broken.length > 0 ? 'rebuild' : off ? 'recalibrate' : 'leave';
  return {
    verdict,
    grounds: [...broken, ground, ...(broken.length > 0 ? [] : [orderHolds(found)]), ...mix(found)],
  };
}

/** Why nothing can be told, or not yet. */
function notYet(found: Found, unfinished: boolean): string[] {
  const { book, bootstrap, limits, reportedShare } = found;
  const { low, high, value } = book.actualToExpected.losses;
  if (book.expectedClaims < limits.minClaims) {
    return [
      `${counted(Math.round(book.expectedClaims), 'claim')} expected: with fewer than ${limits.minClaims} nothing can be distinguished from chance`,
    ];
  }
  if (value === null) return ['No losses were expected, so there is nothing to compare with'];
  if (bootstrap.rounds > 0 && bootstrap.rounds < minRounds) {
    return [
      `${counted(bootstrap.rounds, 'bootstrap round')}: with fewer than ${minRounds} nothing can be distinguished from chance`,
    ];
  }
  if (bootstrap.rounds === 0 || low === null || high === null) {
    return ['Without bootstrap rounds nothing can be distinguished from chance'];
  }
  const fewer = Math.round(book.expectedClaims - book.claims);
  if (hardlyAllKnown(book.claims, book.expectedClaims)) {
    return [
      `${counted(fewer, 'claim')} fewer than expected, ${counted(book.claims, 'claim')} in all: they are hardly all known yet, so this is no improvement`,
    ];
  }
  if (unfinished) {
    return ['Much of the cover runs on after the last claim on file: its claims are not all known'];
  }
  const late = 1 - (reportedShare ?? 1);
  if (late > limits.level && high < 1 - limits.level && !isBelow(found)) {
    return [
      `Losses came to ${estimate(book.actualToExpected.losses)} of what was expected; but of the claims of as long a time before, only ${formatValue(1 - late, 'loss_ratio')} had been reported by its end: those still to come may make up for it`,
    ];
  }
  return [];
}

/**
 * The level is off where the whole interval of losses says so, or where that of claims lies above the
 * band and losses point there too: counts are surer than amounts. Below it they do not count, for
 * what is reported late and premium that rises with prices make claims seem few.
 */
function levelOf(found: Found): { readonly off: boolean; readonly ground: string } {
  const { book, limits, reportedShare } = found;
  const { losses, claims } = book.actualToExpected;
  const [least, most] = [1 - limits.level, 1 + limits.level];
  const [low, high] = [losses.low ?? 0, losses.high ?? most];
  const more = (claims.low ?? 0) > most && (losses.value ?? 0) > most;
  const off = low > most || isBelow(found) || more;
  const band = `${fixed(least)} to ${fixed(most)}`;
  const came = `losses came to ${estimate(losses)} of what was expected, claims to ${estimate(claims)} of their expected number`;
  if (off) return { off, ground: `Calibration is off, outside ${band}: ${came}` };
  if (low >= least && high <= most)
    return { off, ground: `Calibration holds, within ${band}: ${came}` };
  const late =
    high < least
      ? `, of which ${formatValue(reportedShare ?? 1, 'loss_ratio')} had been reported as soon in the time before`
      : '';
  return { off, ground: `It is uncertain whether calibration is within ${band}: ${came}${late}` };
}

/**
 * Whether losses lie below the band beyond chance, even with the claims that are still to be reported:
 * as many as in as long a time before.
 */
function isBelow({ book, limits, reportedShare }: Found): boolean {
  const { high } = book.actualToExpected.losses;
  return (high ?? 1) / (reportedShare ?? 1) < 1 - limits.level;
}

/** The Gini of claims, which varies far less than that of losses, has fallen beyond chance and by much. */
function lostOrder({ gini, limits }: Found): string[] {
  const { then, now } = gini.claims;
  if (!then || !isWhole(then) || !isWhole(now) || !(then.value > 0)) return [];
  const fall = then.value - now.value;
  // The interval of a difference from those of its parts: Zou and Donner (2008), equation 3.
  const least = fall - Math.hypot(then.value - then.low, now.high - now.value);
  if (least <= 0 || fall < limits.order * then.value) return [];
  return [
    `Rank ordering no longer holds: the Gini of claims fell from ${estimate(then, 3)} to ${estimate(now, 3)}`,
  ];
}

/** Fifths that are off by themselves once the level is taken out. */
function bentShape({ fifths, shapeWithin, limits }: Found): string[] {
  if (shapeWithin === null) return [];
  const off = fifths.flatMap(({ toLevel: { value } }, k) =>
    value !== null && Math.abs(value - 1) - shapeWithin > limits.shape
      ? [`fifth ${k + 1} at ${fixed(value)}`]
      : [],
  );
  if (off.length === 0) return [];
  return [
    `Calibration by fifth no longer holds: with the overall level removed, ${off.join(', ')} of what was expected (1 is right; chance moves none by more than ${fixed(shapeWithin)})`,
  ];
}

function orderHolds({ gini }: Found): string {
  const { then, now } = gini.claims;
  const held = `Gini of claims ${estimate(now, 3)}`;
  return then
    ? `Rank ordering holds: ${held}, ${estimate(then, 3)} before`
    : `Whether rank ordering has changed is not known, as there is no earlier figure to compare with: ${held}`;
}

/** What has moved in the mix of customers, which by itself is no fault of the model. */
function mix({ stability }: Found): string[] {
  const moved = stability.filter(({ finding }) => finding !== 'stable');
  if (moved.length === 0) return ['The customer population is stable'];
  const moves = moved.map(({ of, index }) => `${of.replaceAll('_', ' ')} (index ${fixed(index)})`);
  return [
    `The customer population has shifted, in ${moves.join(', ')}: by itself not a fault of the model`,
  ];
}

function isWhole(figure: Estimate): figure is { value: number; low: number; high: number } {
  return figure.value !== null && figure.low !== null && figure.high !== null;
}

function estimate({ value, low, high }: Estimate, digits = 2): string {
  if (value === null) return 'unknown';
  return low === null || high === null
    ? fixed(value, digits)
    : `${fixed(value, digits)} [${fixed(low, digits)}, ${fixed(high, digits)}]`;
}

function fixed(value: number, digits = 2): string {
  return value.toFixed(digits).replace('-', '−');
}
