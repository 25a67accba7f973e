import { type Trend, trends } from '../../plan/card.js';

export { type Trend, trends };

/** Neighbouring values of a number, and what was seen of those who have them. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly exposure: number;
  readonly events: number;
  readonly expected: number;
}

/** Half the 95 % quantile of a chi-squared variable with one degree of freedom. */
const halfCritical = 1.920729410347062;

/** Values, in order, cut at quantiles of exposure; a bin has the minimum, or takes its neighbour in. */
export function fineBins(values: readonly Bin[], most: number, minimum: number): Bin[] {
  const total = values.reduce((whole, { exposure }) => whole + exposure, 0);
  const bins: Bin[] = [];
  let open: Bin | undefined;
  let before = 0;
  for (const value of values) {
    open = open ? joined(open, value) : value;
    before += value.exposure;
    // Rounding must not move a cut that stands on a quantile, whatever unit years are counted in.
    const due = (total * (bins.length + 1)) / most;
    if (open.exposure < minimum || before < due * (1 - 1e-9)) continue;
    bins.push(open);
    open = undefined;
  }
  if (!open) return bins;
  const last = bins.at(-1);
  if (!last || open.exposure >= minimum) return [...bins, open];
  return [...bins.slice(0, -1), joined(last, open)];
}

/** Bins with neighbours merged that go against the trend, then those that hardly differ. */
export function mergedBins(bins: readonly Bin[], trend: Trend, dispersion: number): Bin[] {
  return withoutLikes(alongTrend(bins, trend), dispersion);
}

function alongTrend(bins: readonly Bin[], trend: Trend): Bin[] {
  switch (trend) {
    case 'free':
      return [...bins];
    case 'ascending':
      return pooled(bins, 1);
    case 'descending':
      return pooled(bins, -1);
    case 'peak':
      return turned(bins, 1, bestTurn(bins, 1));
    case 'valley':
      return turned(bins, -1, bestTurn(bins, -1));
  }
}

/** Pool adjacent violators: neighbours whose rates do not rise (or fall) strictly are one bin. */
function pooled(bins: readonly Bin[], direction: 1 | -1): Bin[] {
  const kept: Bin[] = [];
  for (const bin of bins) {
    let last = bin;
    for (let below = kept.at(-1); below; below = kept.at(-1)) {
      if (direction * (last.events * below.expected - below.events * last.expected) > 0) break;
      last = joined(below, last);
      kept.pop();
    }
    kept.push(last);
  }
  return kept;
}

/** One way to a bin and the other way from it on. */
function turned(bins: readonly Bin[], direction: 1 | -1, turn: number): Bin[] {
  const opposite = direction === 1 ? -1 : 1;
  return [...pooled(bins.slice(0, turn), direction), ...pooled(bins.slice(turn), opposite)];
}

/** From which bin on rates go the other way, where that fits the claims best. */
export function bestTurn(bins: readonly Bin[], direction: 1 | -1): number {
  let best = 0;
  let highest: number | undefined;
  for (let turn = 0; turn <= bins.length; turn++) {
    const fit = turned(bins, direction, turn);
    const likelihood = fit.reduce((whole, bin) => whole + logLikelihood(bin), 0);
    // Rounding must not choose among turns that fit alike.
    if (highest !== undefined && likelihood <= highest + 1e-9 * Math.abs(highest)) continue;
    [best, highest] = [turn, likelihood];
  }
  return best;
}

/** Merges the two neighbours that differ least until all differ beyond the test's line. */
function withoutLikes(bins: readonly Bin[], dispersion: number): Bin[] {
  const kept = [...bins];
  while (kept.length > 1) {
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let b = 1; b < kept.length; b++) {
      const difference = gain(kept[b - 1], kept[b]);
      if (difference < least) [nearest, least] = [b, difference];
    }
    if (least / dispersion > halfCritical) break;
    kept.splice(nearest - 1, 2, joined(kept[nearest - 1], kept[nearest]));
  }
  return kept;
}

/** How much likelier the claims of two bins are with a rate each than with one for both. */
function gain(a: Bin, b: Bin): number {
  return logLikelihood(a) + logLikelihood(b) - logLikelihood(joined(a, b));
}

/** Of Poisson counts at their own rate, up to what is the same however bins are merged. */
function logLikelihood({ events, expected }: Bin): number {
  return events > 0 && expected > 0 ? events * Math.log(events / expected) : 0;
}

function joined(a: Bin, b: Bin): Bin {
  return {
    low: a.low,
    high: b.high,
    exposure: a.exposure + b.exposure,
    events: a.events + b.events,
    expected: a.expected + b.expected,
  };
}

/** The number between two others that is written shortest, near their middle. */
export function roundBetween(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  for (let digits = 1; digits < 16; digits++) {
    const round = Number(middle.toPrecision(digits));
    if (round > low && round < high) return round;
  }
  // Neighbours with nothing between: what equals a cut stands below it.
  return low;
}
