// @ts-check

/** The middle one of some figures. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times sides turn by turn in one process, so that what else the machine does falls on all of them
 * alike; every second round in the opposite order. Each side's `run` returns a number made from its
 * result, which is added up: nothing can be skipped because nobody looks at it.
 *
 * @param {{ name: string, run: () => number | Promise<number> }[]} sides
 * @returns the sides with their median milliseconds, and the most memory seen after a turn
 */
export async function turnByTurn(sides, { rounds, warmUps }) {
  const times = sides.map(() => /** @type {number[]} */ ([]));
  let checksum = 0;
  let peakMemory = 0;
  for (let round = -warmUps; round < rounds; round++) {
    const turns = sides.map((_, side) => side);
    if (round % 2 !== 0) turns.reverse();
    for (const side of turns) {
      const start = performance.now();
      const got = sides[side].run();
      checksum += got instanceof Promise ? await got : got;
      const time = performance.now() - start;
      if (round >= 0) times[side].push(time);
      peakMemory = Math.max(peakMemory, process.memoryUsage().rss);
    }
  }
  const timed = sides.map((side, at) => ({
    ...side,
    milliseconds: median(times[at]),
    fastest: Math.min(...times[at]),
    slowest: Math.max(...times[at]),
  }));
  return { sides: timed, checksum, peakMemory };
}
