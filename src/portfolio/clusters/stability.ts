import { adjustedRand, jaccards } from './agreement.js';
import { bestFit, fitted, type Points } from './fit.js';

/** Whether the same clusters come out when customers are resampled. */
export interface ClusterStability {
  readonly rounds: number;
  /** How far the clusters of a round agree with ours: the mean adjusted Rand index. */
  readonly adjustedRand: number;
  /** For each of our clusters, how like it the most similar one of a round is: the mean Jaccard index. */
  readonly jaccards: readonly number[];
}

/**
 * Draws as many points with replacement as often as there are rounds, finds clusters in them, shares
 * all points out to these, and compares. Hennig (2007) takes 0.75 and more for a stable cluster, 0.85
 * for a very stable one, and below 0.6 for one not to be trusted.
 */
export function clusterStability(
  points: Points,
  centres: Points,
  settings: {
    readonly rounds: number;
    readonly starts: number;
    readonly uniform: () => number;
    readonly onRound: () => void;
  },
): ClusterStability | null {
  const { rounds, starts, uniform, onRound } = settings;
  const k = centres.length;
  const { labels } = fitted(points, centres);
  const agreements: number[] = [];
  const alike: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    const drawn = points.map(() => points[Math.floor(uniform() * points.length)]);
    const fit = bestFit(drawn, k, starts, uniform);
    onRound();
    // A draw with fewer different customers than clusters says that they do not hold.
    const again = fit ? fitted(points, fit.centres).labels : new Int32Array(points.length);
    agreements.push(adjustedRand(labels, again, k));
    alike.push(jaccards(labels, again, k));
  }
  if (rounds === 0) return null;
  const mean = (values: readonly number[]) =>
    values.reduce((all, value) => all + value, 0) / values.length;
  return {
    rounds,
    adjustedRand: mean(agreements),
    jaccards: centres.map((_, c) => mean(alike.map((round) => round[c]))),
  };
}
