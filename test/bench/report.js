// @ts-check

/** A part's comparisons as aligned tables, and what to know of them. */
export function reportText({ title, comparisons, notes }) {
  const tables = comparisons.map(
    (comparison) => `${comparison.title}\n${tableOf(comparison)}\n${closing(comparison)}`,
  );
  return [title, ...tables, ...notes.map((note) => `- ${note}`), ''].join('\n');
}

function tableOf({ sides }) {
  const each = ({ milliseconds, count = 1 }) => milliseconds / count;
  const rows = sides.map((side) => [
    side.name,
    digits(each(side) / each(sides[0])),
    duration(each(side)),
    `${duration(side.fastest / (side.count ?? 1))} – ${duration(side.slowest / (side.count ?? 1))}`,
  ]);
  return aligned([['', 'ratio', 'median', 'range'], ...rows]);
}

const closing = ({ checksum, peakMemory }) =>
  `  most memory ${Math.round(peakMemory / 2 ** 20)} MiB, checksum ${digits(checksum)}`;

/** The first column to the left, the others to the right. */
function aligned(rows) {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  return rows
    .map((row) =>
      row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))),
    )
    .map((cells) => `  ${cells.join('   ')}`)
    .join('\n');
}

const digits = (value) => value.toLocaleString('en', { maximumSignificantDigits: 3 });

function duration(milliseconds) {
  if (milliseconds >= 1000) return `${digits(milliseconds / 1000)} s`;
  return milliseconds >= 1 ? `${digits(milliseconds)} ms` : `${digits(milliseconds * 1000)} µs`;
}
