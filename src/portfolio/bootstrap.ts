import { quantile } from '../base/columns.js';
import { MisuseError } from '../base/errors.js';
import { uniformFrom } from '../base/random.js';
import type { Estimate } from './backtest/result.js';

/**
 * Figures of a book in which each customer counts as often as its weight says, by row; without
 * weights each counts once. Always the same number of figures. The weights hold during the call
 * only: the next round overwrites them.
 */
export type Statistic = (weights: Uint8Array | undefined) => ArrayLike<number>;

export interface BootstrapOptions {
  /** How many customers there are, and how many are drawn in a round. */
  readonly customers: number;
  /** How often the book is resampled; 0 gives values without intervals. */
  readonly rounds: number;
  /** A whole number; the same seed gives the same intervals. */
  readonly seed: number;
  /** How much of what the rounds gave lies within the interval; 0.9 by default. */
  readonly probability?: number;
  /** Called after every round with the rounds done. */
  readonly onRound?: (done: number) => void;
}

/**
 * Percentile intervals by drawing customers with replacement: in every round as many as there are,
 * all equally likely. All statistics of a round see the same draw, so that a difference
 * which is a statistic of its own compares two figures of the same customers. The interval runs
 * from the quantile (1 − probability) ÷ 2 of what the rounds gave to the quantile that far from the
 * top, interpolated between neighbours.
 *
 * Gives, for each statistic, an estimate a figure: all null where the value is not finite; without
 * an interval where less than half of the rounds gave a finite figure, or there were no rounds.
 * Holds one number a figure and round, however many customers there are. Throws a `MisuseError` for
 * options out of range and for a statistic that changes how many figures it gives.
 *
 * Efron (1979), Bootstrap Methods: Another Look at the Jackknife, The Annals of Statistics 7 (1),
 * 1–26; quantiles are of type 7 of Hyndman and Fan (1996), The American Statistician 50 (4).
 */
export function bootstrap(
  statistics: readonly Statistic[],
  { customers, rounds, seed, probability = 0.9, onRound }: BootstrapOptions,
): Estimate[][] {
  requireCount('customers', customers);
  requireCount('rounds', rounds);
  if (!Number.isSafeInteger(seed)) {
    throw new MisuseError(`bootstrap: expected a whole number as the seed, got ${seed}`);
  }
  if (!(probability > 0 && probability < 1)) {
    throw new MisuseError(`bootstrap: expected a probability between 0 and 1, got ${probability}`);
  }
  const values = statistics.map((statistic) => Float64Array.from(statistic(undefined)));
  const drawn = values.map((figures) =>
    Array.from(figures, () => new Float64Array(rounds).fill(Number.NaN)),
  );
  const weights = new Uint8Array(customers);
  const uniform = uniformFrom(seed);
  for (let round = 0; round < rounds; round++) {
    draw(weights, uniform);
    statistics.forEach((statistic, s) => {
      const figures = statistic(weights);
      if (figures.length !== values[s].length) {
        throw new MisuseError(
          `bootstrap: expected ${values[s].length} figures of statistic ${s}, got ${figures.length}`,
        );
      }
      for (let f = 0; f < figures.length; f++) drawn[s][f][round] = figures[f];
    });
    onRound?.(round + 1);
  }
  return values.map((figures, s) =>
    Array.from(figures, (value, f) => estimate(value, drawn[s][f], probability)),
  );
}

/** As many customers as there are, with replacement: how often each was drawn. */
function draw(weights: Uint8Array, uniform: () => number): void {
  const customers = weights.length;
  weights.fill(0);
  for (let k = 0; k < customers; k++) {
    const customer = Math.floor(uniform() * customers);
    // One customer drawn more than 255 times has a chance below 1 in 10^500, but must not become 0.
    if (weights[customer] < 255) weights[customer]++;
  }
}

function estimate(value: number, drawn: Float64Array, probability: number): Estimate {
  if (!Number.isFinite(value)) return { value: null, low: null, high: null };
  const finite = drawn.filter((figure) => Number.isFinite(figure));
  if (finite.length === 0 || finite.length < drawn.length / 2) {
    return { value, low: null, high: null };
  }
  const tail = (1 - probability) / 2;
  return { value, low: quantile(finite, tail), high: quantile(finite, 1 - tail) };
}

function requireCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new MisuseError(`bootstrap: expected a whole number of ${name}, 0 or more, got ${value}`);
}
