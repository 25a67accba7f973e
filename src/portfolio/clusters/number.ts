import { silhouettes } from './agreement.js';
import { bestFit, type Points, sizesOf } from './fit.js';
import { uniformLike } from './reference.js';

/** How clear a number of clusters is. */
export interface Candidate {
  readonly k: number;
  /** The mean silhouette; null where there are fewer different customers. */
  readonly silhouette: number | null;
  /** The mean of the same in points without structure. */
  readonly reference: number | null;
  /** The share of customers in the smallest cluster. */
  readonly smallest: number | null;
}

/** A silhouette beside those of sets that were drawn without what is looked for. */
export interface Beside {
  readonly silhouette: number;
  readonly mean: number;
  readonly deviation: number;
  readonly sets: number;
  /** Whether it is above the mean by three standard deviations, those of the mean included. */
  readonly beyond: boolean;
}

/**
 * `natural`: clearer than points without structure, and than cover, claims and tenure that have nothing
 * to do with each other; `one by one`: clearer than points without structure, but cover, claims and
 * tenure say no more together than one by one, so there are no natural groups; `none`: no clearer than
 * points without structure, or not clear at all.
 */
export type SegmentsVerdict = 'natural' | 'one by one' | 'none';

export interface NumberFound {
  readonly candidates: readonly Candidate[];
  /** The number with the largest mean silhouette; null where none can be formed. */
  readonly k: number | null;
  readonly verdict: SegmentsVerdict;
  /** The largest silhouette of any number, beside that of points without structure. */
  readonly reference: Beside | null;
  /** The silhouette at that number, beside those of customers whose claims and tenure are reshuffled. */
  readonly oneByOne: Beside | null;
}

interface Search {
  readonly numbers: readonly number[];
  readonly starts: number;
  readonly uniform: () => number;
  /** The same customers with claims and tenure reshuffled. */
  readonly dealt: () => Points;
  /** Called after every set looked at, `sets` + 1 and, where it comes to that, as many again. */
  readonly onSet: () => void;
}

/** How often points without structure are drawn to compare with. */
export const sets = 20;
/** A mean silhouette below it is no substantial structure (Kaufman and Rousseeuw, 1990, table 4). */
const minSilhouette = 0.25;
/** A few strange customers far out are well set apart, and no segment: no cluster may be smaller. */
const minShare = 0.02;

/** Looks for the number of clusters with the largest mean silhouette, and whether it means anything. */
export function numberOfClusters(points: Points, search: Search): NumberFound {
  const { numbers, uniform, onSet } = search;
  const tried = tryNumbers(points, numbers, search);
  onSet();
  const best = clearest(tried);
  const drawn = Array.from({ length: best ? sets : 0 }, () => {
    const looked = tryNumbers(uniformLike(points, uniform), numbers, search);
    onSet();
    return looked;
  });
  const candidates = tried.map(({ k, silhouette, smallest }, at) => ({
    k,
    silhouette,
    smallest,
    reference: meanOf(drawn.flatMap((looked) => looked[at].silhouette ?? [])),
  }));
  if (!best) {
    return { candidates, k: null, verdict: 'none', reference: null, oneByOne: null };
  }
  const reference = beside(
    best.silhouette,
    drawn.flatMap((looked) => clearest(looked)?.silhouette ?? []),
  );
  const { k } = best;
  if (!reference.beyond || best.silhouette < minSilhouette) {
    return { candidates, k, verdict: 'none', reference, oneByOne: null };
  }
  const dealt = Array.from({ length: sets }, () => {
    const [looked] = tryNumbers(search.dealt(), [k], search);
    onSet();
    return looked.silhouette ?? [];
  });
  const oneByOne = beside(best.silhouette, dealt.flat());
  const verdict = oneByOne.beyond ? 'natural' : 'one by one';
  return { candidates, k, verdict, reference, oneByOne };
}

type Tried = Pick<Candidate, 'k' | 'silhouette' | 'smallest'>;

function tryNumbers(
  points: Points,
  numbers: readonly number[],
  { starts, uniform }: Search,
): Tried[] {
  const distance = distancesOf(points);
  return numbers.map((k) => {
    const fit = bestFit(points, k, starts, uniform);
    if (!fit || k >= points.length) return { k, silhouette: null, smallest: null };
    const smallest = Math.min(...sizesOf(fit.labels, k)) / points.length;
    return { k, silhouette: meanOf(silhouettes(fit.labels, k, distance)), smallest };
  });
}

/** The distances of all pairs, taken once for all numbers of clusters: half a million for 1,000 points. */
function distancesOf(points: Points): (i: number, j: number) => number {
  const all = new Float64Array((points.length * (points.length - 1)) / 2);
  let at = 0;
  for (let i = 0; i < points.length; i++) {
    for (let j = 0; j < i; j++) {
      let squared = 0;
      for (let d = 0; d < points[i].length; d++) squared += (points[i][d] - points[j][d]) ** 2;
      all[at++] = Math.sqrt(squared);
    }
  }
  return (i, j) => all[(i * (i - 1)) / 2 + j];
}

/** The number with the largest silhouette among those without a cluster of a few; the fewest of equals. */
function clearest(tried: readonly Tried[]): { k: number; silhouette: number } | undefined {
  return tried
    .flatMap(({ k, silhouette, smallest }) =>
      silhouette === null || (smallest ?? 0) < minShare ? [] : [{ k, silhouette }],
    )
    .reduce<{ k: number; silhouette: number } | undefined>(
      (best, one) => (best && best.silhouette >= one.silhouette ? best : one),
      undefined,
    );
}

function beside(silhouette: number, drawn: readonly number[]): Beside {
  const mean = meanOf(drawn) ?? 0;
  const deviation = Math.sqrt(meanOf(drawn.map((value) => (value - mean) ** 2)) ?? 0);
  const line = mean + 3 * deviation * Math.sqrt(1 + 1 / Math.max(1, drawn.length));
  // Where all sets are alike to the last digits, a difference of rounding is none.
  return {
    silhouette,
    mean,
    deviation,
    sets: drawn.length,
    beyond: silhouette > line + 1e-9,
  };
}

function meanOf(values: ArrayLike<number>): number | null {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return values.length === 0 ? null : total / values.length;
}
