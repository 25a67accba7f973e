import { sum } from '../../base/columns.js';
import { MisuseError } from '../../base/errors.js';

/**
 * Customers from the lowest score to the highest (the best to the worst), with what followed laid
 * out in that order, so that a measure is one pass over memory that lies together: a bootstrap asks
 * for thousands.
 */
export interface Ranking<Name extends string = string> {
  /** `order[place]` is the row of the customer at that place; equal scores by row. */
  readonly order: Uint32Array;
  /** Equal scores stand at the places `ties[t]` … `ties[t + 1] − 1`. */
  readonly ties: Uint32Array;
  /** What shares are taken of, usually earned premium, by place. */
  readonly base: Float64Array;
  /** What is measured, such as losses and claims, by place. */
  readonly outcomes: Readonly<Record<Name, Float64Array>>;
}

/** An ordered Lorenz curve: the lowest-scored first; shares from 0 to 1. */
export interface LorenzCurve {
  readonly premium: readonly number[];
  readonly losses: readonly number[];
}

/** How often each customer counts, by row; `undefined` where each counts once. */
export type Weights = Uint8Array | undefined;

/**
 * Prepares a ranking from a score (higher is worse), the base that shares are taken of (0 or more,
 * usually earned premium) and the outcomes to measure: one value a customer each. Outcomes may be
 * negative (recoveries), scores infinite. Throws a `MisuseError` for a score of NaN, which has no
 * place in an order, for columns of another length, and for a base or outcome that is not finite.
 *
 * The order of the rows changes nothing: customers of equal score are only ever taken together.
 */
export function rankingOf<Name extends string>(
  score: Float64Array,
  base: ArrayLike<number>,
  outcomes: Readonly<Record<Name, ArrayLike<number>>>,
): Ranking<Name> {
  const unscored = score.findIndex((value) => Number.isNaN(value));
  if (unscored >= 0) {
    throw new MisuseError(`rankingOf: expected a score for everyone, got NaN in row ${unscored}`);
  }
  const order = Uint32Array.from(score.keys());
  order.sort((a, b) => (score[a] < score[b] ? -1 : score[a] > score[b] ? 1 : 0));
  const begins = (place: number) => place === 0 || score[order[place]] !== score[order[place - 1]];
  const ties = Uint32Array.from([...order.keys()].filter(begins).concat(order.length));
  const laidOut = Object.fromEntries(
    Object.entries<ArrayLike<number>>(outcomes).map(([name, column]) => [
      name,
      inOrder(order, column, name, Number.NEGATIVE_INFINITY),
    ]),
  ) as Record<Name, Float64Array>;
  return { order, ties, base: inOrder(order, base, 'the base', 0), outcomes: laidOut };
}

function inOrder(order: Uint32Array, column: ArrayLike<number>, name: string, least: number) {
  const { length } = column;
  if (length !== order.length) {
    throw new MisuseError(`rankingOf: expected ${order.length} values of ${name}, got ${length}`);
  }
  return Float64Array.from(order, (row) => {
    const value = column[row];
    if (Number.isFinite(value) && value >= least) return value;
    const expected = least === 0 ? 'a number of 0 or more' : 'a number';
    throw new MisuseError(`rankingOf: expected ${expected} as ${name}, got ${value} in row ${row}`);
  });
}

/**
 * Premium-ordered Gini index of a score: 1 − 2 × the area under the ordered Lorenz curve, which
 * takes customers from the lowest score up, their share of the base to the right and their share of
 * the outcome upwards. 0 where the score tells nothing (exactly 0 for equal scores, which are one
 * straight line), negative where it ranks the wrong way round; the base being premium, what premium
 * already charges for counts for nothing. NaN where the base or the outcome does not add up to more
 * than 0. With negative outcomes it may leave −1 … 1.
 *
 * For equal premiums and losses 1, 2, 3, 4, 5, the score that orders them so has 4/15.
 *
 * Frees, Meyers and Cummings (2011), Summarizing Insurance Scores Using a Gini Index, Journal of
 * the American Statistical Association 106 (495), 1085–1098.
 */
export function gini<Name extends string>(
  ranking: Ranking<Name>,
  outcome: NoInfer<Name>,
  weights?: Weights,
): number {
  const { order, ties, base } = ranking;
  const values = ranking.outcomes[outcome];
  const counts = countsOf(ranking, weights);
  let area = 0;
  let bases = 0;
  let total = 0;
  for (let t = 1; t < ties.length; t++) {
    let width = 0;
    let rise = 0;
    for (let place = ties[t - 1]; place < ties[t]; place++) {
      const count = counts[order[place]];
      width += count * base[place];
      rise += count * values[place];
    }
    area += width * (total + rise / 2);
    bases += width;
    total += rise;
  }
  return bases > 0 && total > 0 ? 1 - (2 * area) / (bases * total) : Number.NaN;
}

/**
 * The ordered Lorenz curve of an outcome (`losses`) over the base (`premium`), both as shares from
 * 0 to 1, beginning at 0, 0 and ending at 1, 1. Thinned to about `points` points, evenly spread
 * over the base, each where one score ends and the next begins. Empty where `gini` is NaN.
 */
export function lorenzCurve<Name extends string>(
  ranking: Ranking<Name>,
  outcome: NoInfer<Name>,
  points = 101,
): LorenzCurve {
  if (!(Number.isInteger(points) && points >= 2)) {
    throw new MisuseError(
      `lorenzCurve: expected a whole number of points from 2 up, got ${points}`,
    );
  }
  const { ties, base } = ranking;
  const values = ranking.outcomes[outcome];
  const bases = sum(base);
  const total = sum(values);
  if (!(bases > 0 && total > 0)) return { premium: [], losses: [] };
  const premium = [0];
  const losses = [0];
  let width = 0;
  let rise = 0;
  let shown = 0;
  for (let t = 1; t < ties.length - 1; t++) {
    for (let place = ties[t - 1]; place < ties[t]; place++) {
      width += base[place];
      rise += values[place];
    }
    // A share that falls short of its step by rounding alone has reached it.
    const step = Math.floor((width / bases) * (points - 1) + 1e-9);
    if (step === shown) continue;
    shown = step;
    premium.push(Math.min(width / bases, 1));
    losses.push(rise / total);
  }
  return { premium: [...premium, 1], losses: [...losses, 1] };
}

/** The weights by row, checked; ones without any. */
export function countsOf(ranking: Ranking, weights: Weights): Uint8Array {
  const { length } = ranking.order;
  if (weights === undefined) return new Uint8Array(length).fill(1);
  if (weights.length === length) return weights;
  throw new MisuseError(`expected weights of ${length} customers, got ${weights.length}`);
}
