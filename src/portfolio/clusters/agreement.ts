/**
 * The silhouettes of a clustering: for each point i, with a its mean distance to the others of its
 * cluster and b the least mean distance to the points of another cluster, (b − a) ÷ max(a, b): near 1
 * well inside, near 0 between two clusters, below 0 nearer to another. 0 for a cluster of one point.
 *
 * Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation and validation of cluster
 * analysis, Journal of Computational and Applied Mathematics 20, 53–65.
 *
 * @param distance between the points at two positions, the larger first; asked for once a pair
 */
export function silhouettes(
  labels: Int32Array,
  k: number,
  distance: (i: number, j: number) => number,
): Float64Array {
  const n = labels.length;
  const sizes = new Int32Array(k);
  for (const label of labels) sizes[label]++;
  // sums[i × k + c]: the distances of point i to the points of cluster c, added up.
  const sums = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const between = distance(i, j);
      sums[i * k + labels[j]] += between;
      sums[j * k + labels[i]] += between;
    }
  }
  return Float64Array.from({ length: n }, (_, i) => {
    const own = labels[i];
    if (sizes[own] === 1) return 0;
    const a = sums[i * k + own] / (sizes[own] - 1);
    let b = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++) {
      if (c !== own && sizes[c] > 0) b = Math.min(b, sums[i * k + c] / sizes[c]);
    }
    // Points that all coincide are in no cluster more than in another.
    return b === Number.POSITIVE_INFINITY || (a === 0 && b === 0) ? 0 : (b - a) / Math.max(a, b);
  });
}

/** How many points are in cluster a of one clustering and in cluster b of the other, at `a × k + b`. */
function together(one: Int32Array, other: Int32Array, k: number): Float64Array {
  const counts = new Float64Array(k * k);
  one.forEach((label, i) => {
    counts[label * k + other[i]]++;
  });
  return counts;
}

const pairs = (count: number) => (count * (count - 1)) / 2;

/**
 * How far two clusterings of the same points agree: 1 where they are the same, 0 in the mean of
 * clusterings that have nothing to do with each other, of the same sizes.
 *
 * (pairs together in both − expected) ÷ (mean of pairs together in each − expected), where expected =
 * pairs together in the one × pairs together in the other ÷ all pairs. Hubert and Arabie (1985),
 * Comparing partitions, Journal of Classification 2, 193–218.
 */
export function adjustedRand(one: Int32Array, other: Int32Array, k: number): number {
  const counts = together(one, other, k);
  const [rows, columns] = [new Float64Array(k), new Float64Array(k)];
  let both = 0;
  counts.forEach((count, at) => {
    both += pairs(count);
    rows[Math.floor(at / k)] += count;
    columns[at % k] += count;
  });
  const inOne = rows.reduce((all, count) => all + pairs(count), 0);
  const inOther = columns.reduce((all, count) => all + pairs(count), 0);
  const expected = (inOne * inOther) / pairs(one.length);
  const most = (inOne + inOther) / 2;
  // Both put all points together, or none: they are the same.
  return most === expected ? 1 : (both - expected) / (most - expected);
}

/**
 * For each cluster of the one clustering, how like it the most similar cluster of the other is: points
 * in both ÷ points in either (Jaccard), NaN for a cluster without points. Hennig (2007), Cluster-wise
 * assessment of cluster stability, Computational Statistics and Data Analysis 52, 258–271.
 */
export function jaccards(one: Int32Array, other: Int32Array, k: number): number[] {
  const counts = together(one, other, k);
  const size = (positions: (c: number) => number) =>
    Array.from({ length: k }, (_, c) => counts[positions(c)]).reduce((all, count) => all + count);
  return Array.from({ length: k }, (_, a) => {
    const own = size((c) => a * k + c);
    if (own === 0) return Number.NaN;
    const alike = Array.from({ length: k }, (_, b) => {
      const shared = counts[a * k + b];
      return shared / (own + size((c) => c * k + b) - shared);
    });
    return Math.max(...alike);
  });
}
