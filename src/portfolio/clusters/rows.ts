import type { OutputCell } from '../../report/grade-rows.js';
import type { Clusters } from './result.js';

/** The names of the columns of customers by cluster, in the order of `clustersRows`. */
export const clustersHeader: readonly string[] = [
  'customer_id',
  'cluster',
  'distance',
  'next_distance',
];

/**
 * A function that gives the output row of one customer, in the order of the header: its cluster and
 * how far it is from the centre of that and of the next one; null for customers in none.
 */
export function clustersRows({
  columns,
}: Pick<Clusters, 'columns'>): (row: number) => OutputCell[] {
  const { customerIds, cluster, distance, nextDistance } = columns;
  const cell = (value: number) => (Number.isFinite(value) ? value : null);
  return (row) => [
    customerIds[row],
    cluster[row] === 0 ? null : cluster[row],
    cell(distance[row]),
    cell(nextDistance[row]),
  ];
}
