import { sum } from '../../base/columns.js';

/** Fewer customers or claims than these tell nothing of how a method ranks. */
export const minCustomers = 200;
export const minClaims = 50;

const groups = 20;

/** Weights of customers for each round: 0 for one group of twenty, 1 for the others. */
export function jackknifeRounds(customers: number): Uint8Array[] {
  return Array.from({ length: groups }, (_, group) =>
    Uint8Array.from({ length: customers }, (_, k) => Number(k % groups !== group)),
  );
}

/**
 * The standard error of a figure, from what it is in each round: √((1 − 1 ⁄ groups) × Σ (value −
 * mean)²). Source: Efron and Stein (1981), The Jackknife Estimate of Variance.
 */
export function jackknifeError(values: readonly number[]): number {
  const mean = sum(values) / groups;
  return Math.sqrt((1 - 1 / groups) * sum(values.map((value) => (value - mean) ** 2)));
}
