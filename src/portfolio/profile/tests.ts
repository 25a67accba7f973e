import type { ChanceTest } from '../../scoring/statistics/chance-test.js';
import type { ClaimTest, ProfileFinding } from './result.js';

/**
 * The p-values of many looks, adjusted: what is named where the adjusted value is at most a rate is
 * false at most at that rate, in the mean, however the looks hang together, as attributes do and pairs
 * of them must. Each is the least, over it and all above it, of p × looks ÷ rank × (1 + 1 ⁄ 2 + … +
 * 1 ⁄ looks) × kinds. What was not tested is no look.
 *
 * Source: Benjamini and Yekutieli (2001), The Annals of Statistics 29 (4), 1165–1188, after Benjamini
 * and Hochberg (1995), who do without the sum, for looks that do not hang together.
 *
 * @param kinds how many kinds of looks share the rate, so that it holds for all that they name together
 */
export function adjusted(
  tests: readonly (ChanceTest | null)[],
  kinds: number,
): (ClaimTest | null)[] {
  const order = tests
    .flatMap((test, k) => (test ? [{ k, pValue: test.pValue }] : []))
    .sort((a, b) => a.pValue - b.pValue);
  const looks = order.length;
  const together = order.reduce((total, _, k) => total + 1 / (k + 1), 0);
  const values = new Map<number, number>();
  let least = 1;
  for (let rank = looks; rank > 0; rank--) {
    const { k, pValue } = order[rank - 1];
    least = Math.min(least, (kinds * together * pValue * looks) / rank);
    values.set(k, least);
  }
  return tests.map((test, k) => test && { ...test, adjusted: values.get(k) ?? 1 });
}

/** What a test comes to at a false-discovery rate. */
export function findingOf(test: ClaimTest | null, rate: number): ProfileFinding {
  if (!test) return 'not-tested';
  if (test.adjusted <= rate) return 'found';
  return test.pValue < 0.05 ? 'perhaps-chance' : 'none';
}
