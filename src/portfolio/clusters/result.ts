import type { GroupFigures } from '../summary/result.js';
import type { Beside, Candidate, SegmentsVerdict } from './number.js';
import type { Scaling } from './scaling.js';

/** How a cluster's customers are beside all others in one indicator. */
export interface Apart {
  readonly indicator: string;
  /** The mean of its customers and of all that were clustered, extremes pulled in. */
  readonly mean: number;
  readonly book: number;
  /** Between the two, in standard deviations of what distances see. */
  readonly difference: number;
}

/** Customers who are alike, numbered from 1 by the premium they have together, most first. */
export interface Cluster extends GroupFigures {
  readonly cluster: number;
  readonly customersShare: number;
  /** Of the earned premium of all that were clustered; null without any. */
  readonly premiumShare: number | null;
  /** What sets it apart, the largest differences first: every indicator used. */
  readonly apart: readonly Apart[];
  /** How like it the most similar cluster of resampled customers is (Jaccard); null if not looked at. */
  readonly stability: number | null;
  /** Its customers by tier; null where the customers are not graded. */
  readonly riskTiers: Readonly<Record<string, number>> | null;
  readonly valueTiers: Readonly<Record<string, number>> | null;
}

/** Customers who are alike, whether that is more than chance, and how they stand to the tiers. */
export interface Clusters {
  readonly asOf: string | null;
  /** Who was clustered: those whose indicators are all known. */
  readonly all: GroupFigures;
  /** Who was not, with what they have, and how many lack which indicator. */
  readonly excluded: {
    readonly customers: number;
    readonly earnedPremium: number;
    readonly missing: Readonly<Record<string, number>>;
  };
  readonly indicators: readonly Scaling[];
  /** Indicators that are the same for all but the extremes, and so did not enter. */
  readonly constant: readonly string[];
  readonly verdict: SegmentsVerdict;
  /** The number of clusters, with the mean silhouette; 0 where there are none. */
  readonly k: number;
  /** Whether the number was asked for; then there are clusters even if none are natural. */
  readonly asked: boolean;
  readonly candidates: readonly Candidate[];
  readonly reference: Beside | null;
  readonly oneByOne: Beside | null;
  /** How far clusters of resampled customers agree with these (adjusted Rand index). */
  readonly stability: { readonly rounds: number; readonly adjustedRand: number } | null;
  readonly clusters: readonly Cluster[];
  /** The number of clusters was looked for among so many customers, the clusters among so many. */
  readonly sampled: { readonly number: number; readonly fit: number };
  readonly seed: number;
  readonly notes: readonly string[];
  readonly columns: ClusterColumns;
}

/** Every customer in the table's order. */
export interface ClusterColumns {
  readonly customerIds: readonly string[];
  /** From 1; 0 where a customer is in none. */
  readonly cluster: Int32Array;
  /** To the centre of its cluster and to the next one, in standard deviations; NaN where in none. */
  readonly distance: Float64Array;
  readonly nextDistance: Float64Array;
}
