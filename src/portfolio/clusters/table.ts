import { numberCell, type OutputTable } from '../../base/output.js';
import type { Clusters } from './result.js';

/**
 * The customers by cluster: its number, and the distance to its centre and to the next one; null for
 * customers in none.
 */
export function clustersTable({ columns }: Pick<Clusters, 'columns'>): OutputTable {
  const { customerIds, cluster, distance, nextDistance } = columns;
  return {
    length: customerIds.length,
    columns: [
      { name: 'customer_id', unit: 'text', read: (row) => customerIds[row] },
      { name: 'cluster', unit: 'code', read: (row) => cluster[row] || null },
      { name: 'distance', unit: 'number', read: (row) => numberCell(distance[row]) },
      { name: 'next_distance', unit: 'number', read: (row) => numberCell(nextDistance[row]) },
    ],
  };
}
