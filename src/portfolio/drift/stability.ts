import { sum } from '../../base/columns.js';
import { gammaAbove, gammaQuantile } from '../../base/distributions.js';
import { MisuseError, requireKnown, shown } from '../../base/errors.js';

export interface StabilityOptions {
  /**
   * How many observations of equal weight the amounts of each side are worth; `effectiveSize` where
   * they are sums of weights. Left out: the amounts are counts, and their sum is how many.
   */
  readonly observations?: { readonly before: number; readonly after: number } | undefined;
  /** How often the index stays within its limit where nothing has changed (0.95). */
  readonly probability?: number | undefined;
  /** From here on a change matters (0.1), and from here on it is large (0.25): a rule of thumb. */
  readonly moved?: number | undefined;
  readonly shifted?: number | undefined;
}

/** How far a distribution has moved, and whether chance moves it as far. */
export interface Stability {
  /** Σ (after − before) × ln(after ÷ before) over the shares of the classes. */
  readonly index: number;
  /** Classes that either side has. */
  readonly classes: number;
  /** What the index stays below, as often as `probability` says, where nothing has changed. */
  readonly limit: number;
  /** How often chance alone moves it at least as far; null with one class, which cannot move. */
  readonly pValue: number | null;
  /**
   * `stable` where chance may explain the index or it is below `moved`; else `moved`, or `shifted` from
   * `shifted` up.
   */
  readonly finding: 'stable' | 'moved' | 'shifted';
}

/**
 * The population stability index of two distributions, given as an amount for each class (counts,
 * exposure, premium), and its limit, which depends on how many observations there are: where nothing
 * has changed, the index ÷ (1/n + 1/m) is about chi-square with one degree of freedom less than there
 * are classes. So a small book gives no alarm for what chance does, and the rule of thumb (0.1 moved,
 * 0.25 shifted) keeps a large one from an alarm for what is certain but does not matter.
 *
 * A class that one side lacks gives no infinity: half an observation stands for it there, or the other
 * side's share where that is less still, for then its absence tells nothing. Half of one is what
 * Haldane (1956) and Anscombe (1956) put for an empty cell under a logarithm. A class that both sides
 * lack is excluded.
 *
 * Kullback and Leibler (1951), *On information and sufficiency*, for the index (their J); Lewis (1994),
 * *An Introduction to Credit Scoring*, for the rule of thumb; Yurdakul (2018), *Statistical Properties
 * of Population Stability Index*, Western Michigan University, for the limit. Customers that are in
 * both samples move the index less than two samples of different people would, so the limit then errs
 * on the quiet side.
 *
 * @throws MisuseError for amounts below 0 or that are no numbers, for sides of different length or of
 * nothing, and for amounts that are no counts without `observations`
 * @example
 * ```ts
 * const { index, finding } = stability([25, 25, 25, 25], [10, 20, 30, 40]);
 * index.toFixed(12); // => '0.228217409573'
 * finding; // => 'moved'
 * // The same shares of ten thousand times as many, told apart by half a per cent: certain, but small.
 * stability([250_000, 250_000], [252_500, 247_500]).finding; // => 'stable'
 * ```
 */
export function stability(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  options: StabilityOptions = {},
): Stability {
  requireKnown(options, ['observations', 'probability', 'moved', 'shifted'], 'stability');
  const { observations, probability = 0.95, moved = 0.1, shifted = 0.25 } = options;
  if (!(probability > 0 && probability < 1)) {
    throw new MisuseError(`stability: expected a probability between 0 and 1, got ${probability}`);
  }
  if (before?.length !== after?.length) {
    throw new MisuseError(
      `stability: expected as many classes after as before, got ${before?.length} and ${after?.length}`,
    );
  }
  const then = sideOf(before, observations?.before, 'before');
  const now = sideOf(after, observations?.after, 'after');
  let index = 0;
  let classes = 0;
  for (let k = 0; k < before.length; k++) {
    if (before[k] === 0 && after[k] === 0) continue;
    classes++;
    const is = now.share(k) || Math.min(now.half, then.share(k));
    const was = then.share(k) || Math.min(then.half, now.share(k));
    index += (is - was) * Math.log(is / was);
  }
  const spread = 1 / then.observations + 1 / now.observations;
  const shape = (classes - 1) / 2;
  const alone = classes < 2;
  const pValue = alone ? null : gammaAbove(shape, index / spread / 2);
  const significant = pValue !== null && pValue < 1 - probability;
  return {
    index,
    classes,
    limit: alone ? 0 : 2 * gammaQuantile(probability, shape) * spread,
    pValue,
    finding: !significant || index < moved ? 'stable' : index < shifted ? 'moved' : 'shifted',
  };
}

/**
 * How many observations of equal weight tell as much about shares as these weights do: (Σ w)² ÷ Σ w²,
 * as many as there are where all weigh the same. 0 without any weight. Kish (1965), *Survey Sampling*.
 *
 * @example
 * ```ts
 * effectiveSize([1, 1, 1, 1]); // => 4
 * effectiveSize([3, 1, 0]); // => 1.6
 * ```
 */
export function effectiveSize(weights: ArrayLike<number>): number {
  const total = sum(weights);
  if (total === 0) return 0;
  return total ** 2 / sum(Float64Array.from(weights, (weight) => weight * weight));
}

/** One side: its shares, how many observations it is worth, and what half of one is a share of it. */
function sideOf(amounts: ArrayLike<number>, given: number | undefined, side: string) {
  const wrong = Array.from(amounts).findIndex((amount) => !Number.isFinite(amount) || amount < 0);
  if (wrong >= 0) {
    throw new MisuseError(
      `stability: expected amounts of 0 or more ${side}, got ${shown(amounts[wrong])}`,
    );
  }
  const total = sum(amounts);
  if (!(total > 0)) {
    throw new MisuseError(`stability: expected amounts ${side} that come to more than 0`);
  }
  if (given === undefined && !Array.from(amounts).every(Number.isInteger)) {
    throw new MisuseError(
      `stability: the amounts ${side} are no counts: say how many observations they are worth (observations, as effectiveSize gives)`,
    );
  }
  const observations = given ?? total;
  if (!(Number.isFinite(observations) && observations > 0)) {
    throw new MisuseError(
      `stability: expected observations above 0 ${side}, got ${shown(observations)}`,
    );
  }
  return {
    observations,
    half: 0.5 / observations,
    share: (k: number) => amounts[k] / total,
  };
}
