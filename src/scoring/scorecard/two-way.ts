/**
 * The lifts of rows and columns of a table, fitted together until each row and column has its claims
 * (proportional fitting: Deming and Stephan 1940; for claims against expected ones, Bailey's minimum
 * bias method of 1963).
 *
 * @param claims by cell, row after row
 * @param expected likewise; cells that expect none are left out
 * @returns expected claims of each cell at the lifts of its row and column
 */
export function twoWay(claims: Float64Array, expected: Float64Array, width: number): Float64Array {
  const height = expected.length / width;
  const [ofRows, ofColumns] = [new Float64Array(height).fill(1), new Float64Array(width).fill(1)];
  const fit = (own: Float64Array, others: Float64Array, apart: number, otherApart: number) => {
    let moved = 0;
    for (let at = 0; at < own.length; at++) {
      let [came, base] = [0, 0];
      for (let other = 0; other < others.length; other++) {
        const cell = at * apart + other * otherApart;
        if (!(expected[cell] > 0)) continue;
        came += claims[cell];
        base += expected[cell] * others[other];
      }
      const lift = came > 0 ? came / base : 0;
      moved = Math.max(moved, Math.abs(lift - own[at]));
      own[at] = lift;
    }
    return moved;
  };
  for (let round = 0; round < maxRounds; round++) {
    const moved = fit(ofRows, ofColumns, width, 1);
    if (Math.max(moved, fit(ofColumns, ofRows, 1, width)) < near) break;
  }
  return expected.map(
    (value, cell) => value * ofRows[Math.floor(cell / width)] * ofColumns[cell % width],
  );
}

const maxRounds = 200;
const near = 1e-9;
