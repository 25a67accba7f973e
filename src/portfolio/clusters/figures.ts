import { groupSums, take } from '../../base/columns.js';
import type { Grades } from '../../grading/assess.js';
import type { Table } from '../../indicators/table.js';
import { riskTiersOf } from '../../plan/risk.js';
import { valueTiers } from '../../plan/value.js';
import type { GroupFigures } from '../summary/result.js';
import type { Points } from './fit.js';
import type { Apart, Cluster, ClusterColumns, Clusters } from './result.js';
import { type Scaling, scaled } from './scaling.js';
import type { ClusterStability } from './stability.js';

interface Found {
  readonly table: Table;
  readonly grades: Grades | undefined;
  readonly scalings: readonly Scaling[];
  /** The rows that were clustered. */
  readonly known: Uint32Array;
  readonly centres: Points;
  readonly columns: ClusterColumns;
  readonly stability: ClusterStability | null;
}

/** What all that were clustered come to, and each cluster. */
export function clusterFigures(found: Found): Pick<Clusters, 'all' | 'clusters'> {
  const { table, grades, known, centres, columns, stability } = found;
  const k = centres.length;
  const labels = take(columns.cluster, known);
  // Group 0 takes those in no cluster: all of them where there are none.
  const total = (values: ArrayLike<number>) => groupSums(values, labels, k + 1);
  const column = (name: string) =>
    total(take(table.columns[name], known).map((value) => (Number.isFinite(value) ? value : 0)));
  const customers = total(new Uint8Array(known.length).fill(1));
  const [premium, incurred, claims] = ['earned_premium', 'incurred_loss', 'claim_count'].map(
    column,
  );
  const figures = (of: (sums: Float64Array) => number): GroupFigures => {
    const earnedPremium = of(premium);
    return {
      customers: of(customers),
      earnedPremium,
      incurred: of(incurred),
      claims: of(claims),
      lossRatio: earnedPremium > 0 ? of(incurred) / earnedPremium : null,
    };
  };
  const all = figures((sums) => sums.reduce((whole, value) => whole + value));
  const apart = apartOf(found, labels, customers);
  const byTier = (codes: Uint8Array | undefined, names: readonly string[], cluster: number) => {
    if (!codes) return null;
    const counts = Object.fromEntries(names.map((name) => [name, 0]));
    known.forEach((row, i) => {
      if (labels[i] === cluster) counts[names[codes[row]]]++;
    });
    return counts;
  };
  return {
    all,
    clusters: centres.map((_, c): Cluster => {
      const own = figures((sums) => sums[c + 1]);
      return {
        cluster: c + 1,
        ...own,
        customersShare: own.customers / all.customers,
        premiumShare: all.earnedPremium > 0 ? own.earnedPremium / all.earnedPremium : null,
        apart: apart(c + 1),
        stability: stability?.jaccards[c] ?? null,
        riskTiers: byTier(
          grades?.tiers.risk_tier,
          grades ? riskTiersOf(grades.model.plan) : [],
          c + 1,
        ),
        valueTiers: byTier(grades?.tiers.value_tier, valueTiers, c + 1),
      };
    }),
  };
}

/** A function that says how a cluster's customers are beside all, by indicator, most apart first. */
function apartOf(
  { table, scalings, known, centres }: Found,
  labels: Int32Array,
  customers: Float64Array,
): (cluster: number) => Apart[] {
  const sums = scalings.map((scaling) => {
    const values = take(table.columns[scaling.indicator], known);
    const within = values.map((value) => Math.min(Math.max(value, scaling.low), scaling.high));
    const groups = centres.length + 1;
    return {
      scaling,
      plain: groupSums(within, labels, groups),
      seen: groupSums(
        values.map((value) => scaled(value, scaling)),
        labels,
        groups,
      ),
    };
  });
  return (cluster) =>
    sums
      .map(({ scaling: { indicator }, plain, seen }) => ({
        indicator,
        mean: plain[cluster] / customers[cluster],
        book: plain.reduce((whole, value) => whole + value) / known.length,
        difference: seen[cluster] / customers[cluster],
      }))
      .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
}
