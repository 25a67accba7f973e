import { quantile, sum } from '../../base/columns.js';
import { MisuseError, requireKnown, shown } from '../../base/errors.js';
import { uniformFrom } from '../../base/random.js';
import { type Spread, shareHolding, topShare } from '../../scoring/experience/spread.js';
import { giniOf, holdingsTold, peakOf, topSharesTold } from './concentration.js';
import { type Round, roundsOfLosses, roundsOfProfit } from './luck-draws.js';

/** A book as far as chance needs to know it. */
export interface LuckBook {
  /**
   * Cover by customer, 0 or more; without any, no claim can come. Where customers are known to differ
   * in something else, exposure × expected frequency says what chance does beside that.
   */
  readonly exposure: ArrayLike<number>;
  /** How many claims the book had. */
  readonly claims: number;
  /** What they came to, one by one; not needed for the measure `claims`. */
  readonly amounts?: ArrayLike<number>;
  /** For the measure `profit`: premium less expenses, by customer. */
  readonly income?: ArrayLike<number>;
}

export type LuckMeasure = 'claims' | 'incurred' | 'profit';

export interface LuckOptions {
  readonly measure: LuckMeasure;
  /** How often the claims are reshuffled: 2 or more. */
  readonly rounds: number;
  /** A whole number; the same seed gives the same figures. */
  readonly seed: number;
  /** How much of what the rounds gave lies within the band; 0.9 by default. */
  readonly probability?: number;
  /** Points of the curve; 101 by default. */
  readonly points?: number;
  /** Called after every round with the rounds done. */
  readonly onRound?: (done: number) => void;
}

/** What the rounds gave: mean, standard deviation, and the ends of the central band. */
export interface LuckRange {
  readonly mean: number;
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

/** Concentration by chance alone, figure by figure as in `Concentration`; null where there is none. */
export interface Luck {
  readonly measure: LuckMeasure;
  readonly rounds: number;
  readonly seed: number;
  readonly probability: number;
  readonly customers: number;
  readonly claims: number;
  readonly gini: LuckRange | null;
  readonly topShares: readonly { readonly share: number; readonly value: LuckRange | null }[];
  readonly holding: readonly { readonly value: number; readonly customers: LuckRange | null }[];
  /** The highest point of the curve; null unless some round brought somebody below 0. */
  readonly peak: { readonly customers: LuckRange; readonly value: LuckRange } | null;
  /** The share of the value on a grid of shares of customers, the largest first. */
  readonly curve: {
    readonly customers: number[];
    readonly mean: number[];
    readonly low: number[];
    readonly high: number[];
  };
}

/**
 * How concentrated a book would be in which customers do not differ: in every round each of the
 * book's claims falls on a customer with a probability proportional to exposure, and its amount is
 * drawn from the book's own with replacement. So claim counts are Poisson given their total, which
 * is the book's. For the measure `profit`, a customer's income less the losses it was dealt.
 *
 * Gives the mean, the sample standard deviation and the central band (quantiles of type 7, as in
 * `bootstrap`) over rounds of every figure; always shares of customers, never of exposure. A round
 * whose total is not above 0 has no shares, one with customers below 0 no Gini: a figure is told of
 * from the rounds that have it, and is null (the curve empty) where less than half of them do.
 *
 * The order of customers and of amounts changes nothing. Holds one number a figure and round,
 * whatever the size of the book.
 *
 * Throws a `MisuseError` for claims without amounts or without exposure to fall on, for `profit`
 * without income, for numbers that are not finite (exposure: 0 or more) and for options out of range.
 *
 * @example
 * ```ts
 * const book = { exposure: [1, 1, 1, 1], claims: 1 };
 * const { gini, topShares } = luck(book, { measure: 'claims', rounds: 10, seed: 1 });
 * gini; // => { mean: 0.75, deviation: 0, low: 0.75, high: 0.75 }
 * topShares[4].value?.mean; // => 1
 * ```
 */
export function luck(book: LuckBook, options: LuckOptions): Luck {
  const known = ['measure', 'rounds', 'seed', 'probability', 'points', 'onRound'];
  requireKnown(options, known, 'luck');
  const { measure, rounds, seed, probability = 0.9, points = 101, onRound } = options;
  requireWhole('rounds', rounds, 2);
  requireWhole('points', points, 2);
  requireWhole('seed', seed, Number.MIN_SAFE_INTEGER);
  if (!(probability > 0 && probability < 1)) {
    throw new MisuseError(`luck: expected a probability between 0 and 1, got ${probability}`);
  }
  const round = roundOf(book, measure);
  const grid = gridOf(points);
  const tail = (1 - probability) / 2;
  const figures = figuresOf(grid);
  const drawn = figures.map(() => new Float64Array(rounds));
  let fallen = false;
  const uniform = uniformFrom(seed);
  for (let r = 0; r < rounds; r++) {
    const spread = round(uniform);
    fallen ||= spread.falling;
    figures.forEach((figure, f) => {
      drawn[f][r] = figure(spread) ?? Number.NaN;
    });
    onRound?.(r + 1);
  }
  const ranges = drawn.map((column) => rangeOf(column, tail));
  let next = 0;
  const [gini, peakCustomers, peakValue] = [ranges[next++], ranges[next++], ranges[next++]];
  const topShares = topSharesTold.map((share) => ({ share, value: ranges[next++] }));
  const holding = holdingsTold.map((value) => ({ value, customers: ranges[next++] }));
  const curve = ranges.slice(next).filter((range) => range !== null);
  return {
    measure,
    rounds,
    seed,
    probability,
    customers: book.exposure.length,
    claims: book.claims,
    gini,
    topShares,
    holding,
    peak:
      fallen && peakCustomers && peakValue ? { customers: peakCustomers, value: peakValue } : null,
    curve: {
      customers: curve.length > 0 ? grid : [],
      mean: curve.map(({ mean }) => mean),
      low: curve.map(({ low }) => low),
      high: curve.map(({ high }) => high),
    },
  };
}

type Figure = (spread: Spread) => number | null | undefined;

/** All figures of a round, in the order in which they are told. */
function figuresOf(grid: readonly number[]): Figure[] {
  return [
    giniOf,
    (spread) => peakOf(spread)?.customers,
    (spread) => peakOf(spread)?.value,
    ...topSharesTold.map((share) => (spread: Spread) => topShare(spread, share)),
    ...holdingsTold.map((value) => (spread: Spread) => shareHolding(spread, value)),
    ...grid.map((share) => (spread: Spread) => topShare(spread, share)),
  ];
}

/** Shares from 0 to 1, close together at both ends: there curves of few claims, and of losses, bend. */
function gridOf(points: number): number[] {
  return Array.from({ length: points }, (_, k) => {
    const along = k / (points - 1);
    return along * along * (3 - 2 * along);
  });
}

function rangeOf(drawn: Float64Array, tail: number): LuckRange | null {
  const finite = drawn.filter((figure) => Number.isFinite(figure));
  if (finite.length < 2 || finite.length < drawn.length / 2) return null;
  // Taken from the first, so that figures which never differ have just themselves as their mean.
  const mean = finite[0] + sum(finite.map((figure) => figure - finite[0])) / finite.length;
  const squares = sum(finite.map((figure) => (figure - mean) ** 2));
  return {
    mean,
    deviation: Math.sqrt(squares / (finite.length - 1)),
    low: quantile(finite, tail),
    high: quantile(finite, 1 - tail),
  };
}

/** More claims than this do not fit in memory. */
const maxClaims = 1e9;

/** Checks the book and makes its rounds ready. */
function roundOf({ exposure, claims, amounts, income }: LuckBook, measure: LuckMeasure): Round {
  if (!['claims', 'incurred', 'profit'].includes(measure)) {
    const expected = "expected the measure 'claims', 'incurred' or 'profit'";
    throw new MisuseError(`luck: ${expected}, got ${shown(measure)}`);
  }
  requireWhole('claims', claims, 0);
  if (claims > maxClaims) {
    throw new MisuseError(`luck: expected up to ${maxClaims} claims, got ${claims}`);
  }
  requireNumbers('exposure', exposure, 0);
  const cover = sum(exposure);
  if (claims > 0 && !(cover > 0 && Number.isFinite(cover))) {
    const came = cover === 0 ? 'none above 0' : 'a sum beyond all numbers';
    throw new MisuseError(`luck: expected exposure for ${claims} claims to fall on, got ${came}`);
  }
  if (measure === 'claims') return roundsOfLosses(exposure, claims, undefined);
  const sizes = claims > 0 ? amounts : [];
  if (sizes === undefined || (claims > 0 && sizes.length === 0)) {
    throw new MisuseError(`luck: expected the amounts of claims for '${measure}', got none`);
  }
  requireNumbers('amounts', sizes, Number.NEGATIVE_INFINITY);
  if (measure === 'incurred') return roundsOfLosses(exposure, claims, sizes);
  if (income?.length !== exposure.length) {
    const came = income === undefined ? 'none' : `${income.length} values`;
    throw new MisuseError(`luck: expected income of ${exposure.length} customers, got ${came}`);
  }
  requireNumbers('income', income, Number.NEGATIVE_INFINITY);
  return roundsOfProfit(exposure, claims, sizes, income);
}

function requireWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  const from = least > Number.MIN_SAFE_INTEGER ? ` from ${least} up` : '';
  throw new MisuseError(`luck: expected a whole number${from} as ${name}, got ${shown(value)}`);
}

function requireNumbers(name: string, values: ArrayLike<number>, least: number): void {
  for (let k = 0; k < values.length; k++) {
    if (Number.isFinite(values[k]) && values[k] >= least) continue;
    const expected = `expected ${name} as numbers${least === 0 ? ' of 0 or more' : ''}`;
    throw new MisuseError(`luck: ${expected}, got ${values[k]} at place ${k}`);
  }
}
