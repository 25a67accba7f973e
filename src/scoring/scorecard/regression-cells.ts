import { combinations } from '../statistics/combinations.js';

/** A factor of a regression: which of its columns is 1 in each row; −1 for none, the reference. */
export interface Factor {
  readonly codes: ArrayLike<number>;
  readonly columns: number;
}

/** What a regression is fitted on. */
export interface Observed {
  /** Claims of each row. */
  readonly counts: ArrayLike<number>;
  /** What is expected of each row before anything is known of it: the offset is its logarithm. */
  readonly expected: ArrayLike<number>;
  readonly factors: readonly Factor[];
}

/** Rows of the same columns, added up. */
export interface Cells {
  readonly counts: Float64Array;
  readonly expected: Float64Array;
  /**
   * The coefficients of a cell: the intercept's place, 0, then one of each factor that is not at its
   * reference, in rising order: `columns[cell × width] … columns[cell × width + used[cell] − 1]`.
   */
  readonly columns: Int32Array;
  readonly width: number;
  readonly used: Int32Array;
  /** Σ count², Σ count × expected, Σ expected² of a cell's rows, for the dispersion. */
  readonly squares: readonly [Float64Array, Float64Array, Float64Array];
  /** 2 × Σ count × ln(count ÷ expected) over all rows. */
  readonly saturated: number;
}

/** Adds up the rows that expect claims; the work then hangs on how many combinations there are. */
export function cellsOf({ counts, expected, factors }: Observed): Cells {
  const rows = Array.from({ length: counts.length }, (_, row) => row).filter(
    (row) => expected[row] > 0,
  );
  const { cellOf, first } = combinations(rows, factors);
  const sums = () => new Float64Array(first.length);
  const cells = { counts: sums(), expected: sums() };
  const squares = [sums(), sums(), sums()] as const;
  let saturated = 0;
  for (let k = 0; k < rows.length; k++) {
    const cell = cellOf[k];
    const count = counts[rows[k]];
    const claims = expected[rows[k]];
    cells.counts[cell] += count;
    cells.expected[cell] += claims;
    squares[0][cell] += count * count;
    squares[1][cell] += count * claims;
    squares[2][cell] += claims * claims;
    if (count > 0) saturated += 2 * count * Math.log(count / claims);
  }
  const width = factors.length + 1;
  const columns = new Int32Array(first.length * width);
  const used = new Int32Array(first.length).fill(1);
  let begin = 1;
  for (const { codes, columns: size } of factors) {
    for (let cell = 0; cell < first.length; cell++) {
      const code = codes[first[cell]];
      if (code >= 0) columns[cell * width + used[cell]++] = begin + code;
    }
    begin += size;
  }
  return { ...cells, columns, width, used, squares, saturated };
}
