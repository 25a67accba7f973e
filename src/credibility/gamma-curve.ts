import { gammaQuantile } from '../base/distributions.js';
import type { Formula } from '../formulas/expression.js';

/** The table's steps: variations (standard deviation ÷ mean) 0, 0.05, 0.1 … 4. */
const step = 0.05;
const steps = 80;
/** Where the values that a curve goes through lie from the one on its left. */
const around = [-2, -1, 0, 1, 2, 3];

/** Quantile ÷ mean of a gamma variable, by its variation in those steps. */
export function gammaQuantiles(p: number): number[] {
  return Array.from({ length: steps + 1 }, (_, k) => {
    const shape = 1 / (k * step) ** 2;
    return k === 0 ? 1 : gammaQuantile(p, shape) / shape;
  });
}

/**
 * The value of such a table at a variation: that of the curve through the six values nearest
 * (Lagrange), within 1e-7 of the quantile; beyond the table its last value.
 */
export function gammaQuantileAt(variation: Formula, table: readonly number[]): Formula {
  const at: Formula = ['least', table.length - 1, ['/', variation, step]];
  const left: Formula = ['least', table.length - 4, ['greatest', 2, ['-', ['ceiling', at], 1]]];
  const from = (by: number): Formula => ['-', ['-', at, left], by];
  const parts = around.map((by): Formula => {
    const others = around.filter((other) => other !== by);
    const scale = others.reduce((product, other) => product * (by - other), 1);
    const weight = others.map(from).reduce((product, factor) => ['*', product, factor]);
    return ['*', ['/', weight, scale], ['lookup', ['+', left, by], ...table]];
  });
  return parts.reduce((total, part) => ['+', total, part]);
}
