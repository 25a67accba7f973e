import { gammaAbove } from '../../base/distributions.js';
import type { OrderTest, WorstByOrigin } from './result.js';

/** Cochran's rule (1954): chi-square is rough where a fifth of the cells expect fewer than this. */
const minExpected = 5;

/**
 * Whether a chain has no memory: the likelihood-ratio test of first order against second, whether the
 * chance to go from j to k is the same wherever one was before j. Statistic 2 Σ n_ijk × ln(n_ijk ÷
 * expected), expected = n_ij × n_jk ÷ n_j; for each j as many degrees of freedom as (origins that
 * occur − 1) × (outcomes that occur − 1). Anderson and Goodman (1957), Statistical Inference about
 * Markov Chains, The Annals of Mathematical Statistics 28 (1), 89–110, section 4.
 *
 * @param counts `counts[i][j][k]`, customers in i, then j, then k
 */
export function orderTest(counts: readonly (readonly (readonly number[])[])[]): OrderTest {
  let [statistic, degreesOfFreedom, cells, sparseCells] = [0, 0, 0, 0];
  for (let j = 0; j < counts.length; j++) {
    const rows = counts.map((from) => from[j]).filter((row) => total(row) > 0);
    const outcomes = [...counts.keys()]
      .map((k) => total(rows.map((row) => row[k])))
      .map((sum, k) => ({ k, sum }))
      .filter(({ sum }) => sum > 0);
    if (rows.length < 2 || outcomes.length < 2) continue;
    const all = total(rows.map(total));
    degreesOfFreedom += (rows.length - 1) * (outcomes.length - 1);
    for (const row of rows) {
      for (const { k, sum } of outcomes) {
        const expected = (total(row) * sum) / all;
        if (row[k] > 0) statistic += 2 * row[k] * Math.log(row[k] / expected);
        cells++;
        if (expected < minExpected) sparseCells++;
      }
    }
  }
  return {
    // Rounding can leave a hair below 0 where all is as expected.
    statistic: Math.max(0, statistic),
    degreesOfFreedom,
    pValue:
      degreesOfFreedom > 0 ? gammaAbove(degreesOfFreedom / 2, Math.max(0, statistic) / 2) : null,
    cells,
    sparseCells,
  };
}

/**
 * How much the chance to be in the worst tier next differs by where one came from, beside what the
 * present tier tells: by origin, and on average over customers.
 *
 * @param worst position of the worst tier
 */
export function worstByOrigin(
  counts: readonly (readonly (readonly number[])[])[],
  names: readonly string[],
  worst: number,
): { byOrigin: WorstByOrigin[]; meanDifference: number | null } {
  const byOrigin: WorstByOrigin[] = [];
  let [differences, customers] = [0, 0];
  for (let j = 0; j < names.length; j++) {
    const there = counts.map((from) => from[j]);
    const chanceOfAll = total(there.map((row) => row[worst])) / total(there.map(total));
    for (let i = 0; i < names.length; i++) {
      const count = total(there[i]);
      if (count === 0) continue;
      const chance = there[i][worst] / count;
      byOrigin.push({ before: names[i], now: names[j], customers: count, chance });
      differences += count * Math.abs(chance - chanceOfAll);
      customers += count;
    }
  }
  return { byOrigin, meanDifference: customers > 0 ? differences / customers : null };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
