/** A table of this many entries is still faster than a map. */
const largestTable = 4e6;

/** Which combination of columns each row has, and a row that has it. */
export function combinations(
  rows: readonly number[],
  factors: readonly { readonly codes: ArrayLike<number>; readonly columns: number }[],
): { cellOf: Int32Array; first: number[] } {
  const cellOf = new Int32Array(rows.length);
  let first = rows.slice(0, 1);
  for (const { codes, columns } of factors) {
    const size = first.length * (columns + 1);
    const table = size <= largestTable ? new Int32Array(size).fill(-1) : undefined;
    const map = new Map<number, number>();
    const found: number[] = [];
    for (let k = 0; k < rows.length; k++) {
      const key = cellOf[k] * (columns + 1) + codes[rows[k]] + 1;
      let cell = table ? table[key] : (map.get(key) ?? -1);
      if (cell < 0) {
        cell = found.push(rows[k]) - 1;
        if (table) table[key] = cell;
        else map.set(key, cell);
      }
      cellOf[k] = cell;
    }
    first = found;
  }
  return { cellOf, first };
}
