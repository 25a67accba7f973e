/**
 * Which of many tests find something: those with the smallest probabilities, as many as keep the
 * expected share of chance findings among them to the rate given.
 *
 * Source: Benjamini and Hochberg (1995), Controlling the False Discovery Rate, Journal of the Royal
 * Statistical Society B 57 (1), 289–300.
 *
 * @param looks how many tests there were in all, where these are only some of them
 */
export function discoveries(
  probabilities: readonly number[],
  rate: number,
  looks = probabilities.length,
): boolean[] {
  const sorted = probabilities.toSorted((a, b) => a - b);
  const last = sorted.findLastIndex((p, rank) => p <= (rate * (rank + 1)) / looks);
  return probabilities.map((p) => last >= 0 && p <= sorted[last]);
}
