// @ts-check

const tolerance = 1e-9;

/** Two sides do not answer alike: there is nothing to time. */
export class Difference extends Error {}

/** Equal to nine digits, or missing on both sides. */
const same = (a, b) =>
  a === b ||
  (Number.isNaN(a) && Number.isNaN(b)) ||
  Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));

/**
 * Throws a {@link Difference} when a column of `found` is not that of `expected` for every customer. Columns that
 * `expected` lacks are not looked at.
 */
export function checkEqual(side, expected, found) {
  for (const [name, column] of Object.entries(expected)) {
    const other = found[name];
    if (other?.length !== column.length) {
      throw new Difference(
        `${side}: ${name} has ${other?.length ?? 'no'} rows of ${column.length}`,
      );
    }
    for (let row = 0; row < column.length; row++) {
      if (same(column[row], other[row])) continue;
      throw new Difference(
        `${side}: ${name} of row ${row} is ${other[row]}, bookgrade has ${column[row]}`,
      );
    }
  }
}
