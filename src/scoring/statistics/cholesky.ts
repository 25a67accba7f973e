/**
 * A symmetric, positive matrix taken apart as lower × its transpose, row by row. A column that the
 * ones before it already say (what is left of its diagonal is below `tolerance` of what was there) is
 * `aliased`, as in R: it is passed over, in the factor and in whatever is solved by it.
 */
export interface Cholesky {
  readonly size: number;
  readonly lower: Float64Array;
  readonly aliased: readonly number[];
}

/** @param matrix size × size values by row; only what is on and below the diagonal is read */
export function cholesky(matrix: Float64Array, size: number, tolerance = 1e-11): Cholesky {
  const lower = new Float64Array(size * size);
  const aliased: number[] = [];
  for (let j = 0; j < size; j++) {
    let rest = matrix[j * size + j];
    for (let k = 0; k < j; k++) rest -= lower[j * size + k] ** 2;
    if (!(rest > tolerance * matrix[j * size + j])) {
      aliased.push(j);
      continue;
    }
    const root = Math.sqrt(rest);
    lower[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let value = matrix[i * size + j];
      for (let k = 0; k < j; k++) value -= lower[i * size + k] * lower[j * size + k];
      lower[i * size + j] = value / root;
    }
  }
  return { size, lower, aliased };
}

/** Solves matrix × solution = right; 0 for columns that are aliased. */
export function solve({ size, lower }: Cholesky, right: Float64Array): Float64Array {
  const solution = Float64Array.from(right);
  const over = (value: number, k: number) => {
    const pivot = lower[k * size + k];
    return pivot === 0 ? 0 : value / pivot;
  };
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) solution[i] -= lower[i * size + k] * solution[k];
    solution[i] = over(solution[i], i);
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) solution[i] -= lower[k * size + i] * solution[k];
    solution[i] = over(solution[i], i);
  }
  return solution;
}

/** The inverse, by row; 0 where a column is aliased. */
export function inverse(factor: Cholesky): Float64Array {
  const { size } = factor;
  const inverted = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    if (!factor.aliased.includes(j)) unit[j] = 1;
    inverted.set(solve(factor, unit), j * size);
  }
  return inverted;
}
