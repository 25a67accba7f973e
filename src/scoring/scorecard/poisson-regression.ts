import { sum } from '../../base/columns.js';
import { MisuseError } from '../../base/errors.js';
import { cholesky, inverse, solve } from '../statistics/cholesky.js';
import { type Cells, cellsOf, type Observed } from './regression-cells.js';

export interface PoissonRegressionOptions extends Observed {
  /**
   * Ridge: penalty ÷ 2 × the sum of squared coefficients is taken off the log-likelihood, the
   * intercept free; 0 if left out. A level that expects as many claims as the penalty goes about
   * half the way from the book to what it shows.
   */
  readonly penalty?: number;
  /** How often a column's penalty counts, where one stands for several that were joined. */
  readonly multiplicity?: ArrayLike<number>;
}

/** A fitted regression: the intercept first, then the columns of each factor in their order. */
export interface PoissonRegression {
  /** Logarithms of relativities; NaN for a column that is aliased. */
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  /** By row, as many rows as coefficients: the inverse of the (penalised) information. */
  readonly covariance: Float64Array;
  /** Columns that those before them already say, by position among the coefficients. */
  readonly aliased: readonly number[];
  readonly deviance: number;
  /** Log-likelihood less penalty, but for what is the same for all coefficients. */
  readonly objective: number;
  /** Σ (count − fitted)² ÷ Σ fitted: above 1 where rows vary more than chance. */
  readonly dispersion: number;
  readonly iterations: number;
  readonly converged: boolean;
}

const maxIterations = 60;

/**
 * Poisson regression with logarithmic link, an offset and a ridge penalty, by iteratively reweighted
 * least squares, which for this link is Newton's method: count ~ Poisson(expected × exp(intercept +
 * the coefficients of the row's columns)). Rows of the same columns are added up first, which loses
 * nothing, so the work hangs on how many combinations there are. Rows without expected claims are
 * left out. A level without claims, be it the reference, is fitted to nearly none: without a penalty its
 * coefficient and standard error grow until the likelihood gains no more, as in R.
 *
 * Our own lines, not a library: those on npm lack an offset, penalties or standard errors, or have
 * not been looked after for years. R's `glm` is the test's reference.
 *
 * With a penalty the covariance is that of the posterior under a normal prior of variance
 * 1 ÷ penalty around 0.
 *
 * Source: McCullagh and Nelder, *Generalized Linear Models* (1989), ch. 2.5 and 6; Hoerl and Kennard
 * (1970), Ridge Regression, Technometrics 12 (1), 55–67.
 *
 * @throws MisuseError for columns of another length, counts that are no number of 0 or more, a
 * penalty below 0
 * @example
 * ```ts
 * const { coefficients } = poissonRegression({
 *   counts: [10, 30],
 *   expected: [20, 20],
 *   factors: [{ codes: [-1, 0], columns: 1 }],
 * });
 * Math.round(Math.exp(coefficients[1]) * 1e6) / 1e6; // => 3
 * ```
 */
export function poissonRegression(options: PoissonRegressionOptions): PoissonRegression {
  const { penalty = 0, multiplicity, factors } = options;
  checkRows(options);
  const cells = cellsOf(options);
  const { counts, expected } = cells;
  const size = 1 + factors.reduce((total, { columns }) => total + columns, 0);
  const ridge = Float64Array.from({ length: size }, (_, j) =>
    j === 0 ? 0 : penalty * (multiplicity?.[j - 1] ?? 1),
  );
  const claims = sum(counts);
  const coefficients = new Float64Array(size);
  coefficients[0] = claims > 0 ? Math.log(claims / sum(expected)) : 0;

  const fitted = new Float64Array(counts.length);
  /** Fills `fitted` and gives the penalised log-likelihood, its constant left out. */
  const follow = (at: Float64Array): number => {
    let likelihood = 0;
    for (let c = 0; c < counts.length; c++) {
      const predictor = predictorOf(cells, at, c);
      fitted[c] = expected[c] * Math.exp(predictor);
      likelihood += counts[c] * predictor - fitted[c];
    }
    for (let j = 0; j < size; j++) likelihood -= (ridge[j] / 2) * at[j] ** 2;
    return likelihood;
  };

  let objective = follow(coefficients);
  let iterations = 0;
  let converged = claims === 0;
  let factor = cholesky(information(cells, fitted, ridge), size);
  while (!converged && iterations < maxIterations) {
    iterations++;
    const step = solve(factor, gradient(cells, fitted, ridge, coefficients));
    let share = 1;
    let next = coefficients.map((value, j) => value + step[j]);
    let reached = follow(next);
    // A step too long would overshoot; half of it is tried until the likelihood does not fall.
    while (!(reached >= objective - 1e-9 * Math.abs(objective)) && share > 1e-6) {
      share /= 2;
      next = coefficients.map((value, j) => value + share * step[j]);
      reached = follow(next);
    }
    converged = Math.abs(reached - objective) <= 1e-13 * (Math.abs(objective) + 1);
    coefficients.set(next);
    objective = reached;
    // What is told apart at first stays so: a column is lost later only where fitted claims go to 0.
    const narrower = cholesky(information(cells, fitted, ridge), size);
    if (narrower.aliased.length > factor.aliased.length) converged = true;
    else factor = narrower;
  }
  const covariance = inverse(factor);
  for (const j of factor.aliased) coefficients[j] = Number.NaN;
  return {
    coefficients,
    covariance,
    standardErrors: Float64Array.from(coefficients, (value, j) =>
      Number.isNaN(value) ? Number.NaN : Math.sqrt(covariance[j * size + j]),
    ),
    aliased: factor.aliased,
    ...measuresOf(cells, fitted),
    objective,
    iterations,
    converged,
  };
}

function predictorOf({ columns, width, used }: Cells, at: Float64Array, cell: number): number {
  let predictor = 0;
  const end = cell * width + used[cell];
  for (let k = cell * width; k < end; k++) predictor += at[columns[k]];
  return predictor;
}

/** Minus the second derivatives, on and below the diagonal: Σ fitted × column × column + penalty. */
function information(cells: Cells, fitted: Float64Array, ridge: Float64Array): Float64Array {
  const { columns, width, used } = cells;
  const size = ridge.length;
  const matrix = new Float64Array(size * size);
  for (let cell = 0; cell < fitted.length; cell++) {
    const begin = cell * width;
    const end = begin + used[cell];
    for (let i = begin; i < end; i++) {
      const row = columns[i] * size;
      for (let j = begin; j <= i; j++) matrix[row + columns[j]] += fitted[cell];
    }
  }
  for (let j = 0; j < size; j++) matrix[j * size + j] += ridge[j];
  return matrix;
}

function gradient(
  { counts, columns, width, used }: Cells,
  fitted: Float64Array,
  ridge: Float64Array,
  coefficients: Float64Array,
): Float64Array {
  const slope = coefficients.map((value, j) => -ridge[j] * value);
  for (let cell = 0; cell < fitted.length; cell++) {
    const end = cell * width + used[cell];
    for (let k = cell * width; k < end; k++) slope[columns[k]] += counts[cell] - fitted[cell];
  }
  return slope;
}

function measuresOf({ counts, expected, squares, saturated }: Cells, fitted: Float64Array) {
  let deviance = saturated;
  let spread = 0;
  for (let c = 0; c < counts.length; c++) {
    const relativity = fitted[c] / expected[c];
    if (counts[c] > 0) deviance -= 2 * counts[c] * Math.log(relativity);
    deviance -= 2 * (counts[c] - fitted[c]);
    spread +=
      squares[0][c] - 2 * relativity * squares[1][c] + relativity * relativity * squares[2][c];
  }
  const total = sum(fitted);
  return { deviance, dispersion: total > 0 ? spread / total : Number.NaN };
}

function checkRows(options: PoissonRegressionOptions): void {
  const { counts, expected, factors, penalty = 0 } = options;
  const { length } = counts;
  if (!(penalty >= 0)) {
    throw new MisuseError(`poissonRegression: expected a penalty of 0 or more, got ${penalty}`);
  }
  for (const [name, column] of [
    ['expected', expected],
    ...factors.map(({ codes }, k) => [`the codes of factor ${k}`, codes] as const),
  ] as const) {
    if (column.length === length) continue;
    throw new MisuseError(
      `poissonRegression: expected ${length} values of ${name}, got ${column.length}`,
    );
  }
  for (let row = 0; row < length; row++) {
    if (!(expected[row] > 0)) continue;
    if (!(counts[row] >= 0 && Number.isFinite(counts[row] + expected[row]))) {
      throw new MisuseError(
        `poissonRegression: expected counts and expected claims of 0 or more, got ${counts[row]} and ${expected[row]} in row ${row}`,
      );
    }
    const wrong = factors.findIndex(
      ({ codes, columns }) => !(codes[row] >= -1 && codes[row] < columns),
    );
    if (wrong >= 0) {
      throw new MisuseError(
        `poissonRegression: expected a code from -1 to ${factors[wrong].columns - 1} of factor ${wrong}, got ${factors[wrong].codes[row]} in row ${row}`,
      );
    }
  }
}
