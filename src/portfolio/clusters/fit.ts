import { kmeans } from 'ml-kmeans';

/** Rows of scaled indicators. */
export type Points = readonly (readonly number[])[];

/** A clustering: where the centres are, whose point is whose, and how far points are from centres. */
export interface Fit {
  readonly centres: Points;
  readonly labels: Int32Array;
  /** Squared distances of all points to their centres, added up. */
  readonly within: number;
}

/**
 * K-means from several seeded starts, the best by the sum of squared distances within clusters (Lloyd,
 * 1982, with the starting centres of Arthur and Vassilvitskii, 2007). Undefined where there are fewer
 * than `k` different points. What it gives depends on the order of the points.
 */
export function bestFit(
  points: Points,
  k: number,
  starts: number,
  uniform: () => number,
): Fit | undefined {
  // Seeds are drawn in any case, so that what is drawn after does not hang on the points.
  const seeds = Array.from({ length: starts }, () => Math.floor(uniform() * 2 ** 31));
  if (!differentAtLeast(points, k)) return undefined;
  // The library takes rows it may not change, and says so by its code but not by its types.
  const rows = points as number[][];
  return seeds
    .map((seed) => fitted(points, kmeans(rows, k, { seed, maxIterations: 100 }).centroids))
    .reduce((best, fit) => (fit.within < best.within ? fit : best));
}

/** The points shared out to the nearest of the centres. */
export function fitted(points: Points, centres: Points): Fit {
  const labels = new Int32Array(points.length);
  let within = 0;
  points.forEach((point, i) => {
    const { label, squared } = nearest(point, centres);
    labels[i] = label;
    within += squared;
  });
  return { centres, labels, within };
}

/** The nearest centre of a point, the squared distance to it, and that to the next one. */
export function nearest(
  point: readonly number[],
  centres: Points,
): { label: number; squared: number; next: number } {
  let [label, squared, next] = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let c = 0; c < centres.length; c++) {
    let distance = 0;
    for (let d = 0; d < point.length; d++) distance += (point[d] - centres[c][d]) ** 2;
    if (distance < squared) [label, squared, next] = [c, distance, squared];
    else if (distance < next) next = distance;
  }
  return { label, squared, next };
}

/** How many points each cluster has. */
export function sizesOf(labels: Int32Array, k: number): number[] {
  const sizes = Array.from({ length: k }, () => 0);
  for (const label of labels) if (label >= 0) sizes[label]++;
  return sizes;
}

/** Whether there are so many different points: k-means cannot set centres apart in fewer. */
export function differentAtLeast(points: Points, many: number): boolean {
  const seen = new Set<string>();
  return many <= 0 || points.some((point) => seen.add(point.join(',')).size >= many);
}
