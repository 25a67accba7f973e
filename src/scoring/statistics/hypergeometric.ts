/**
 * Gauss's hypergeometric series with a first parameter of 1, which sums discounted survival:
 * 2F1(1, b; c; z) = 1 + (b ÷ c) z + (b (b + 1) ÷ (c (c + 1))) z² + …
 *
 * By Gauss's continued fraction 1 ÷ (1 − k₁z ÷ (1 − k₂z ÷ …)) with k₁ = b ÷ c, and from then on in
 * turn j (c − b − 1 + j) ÷ ((c + 2j − 2)(c + 2j − 1)) and (b + j)(c − 1 + j) ÷ ((c + 2j − 1)(c + 2j))
 * (NIST Digital Library of Mathematical Functions 15.7.1, with a second parameter of 0). Near z = 1
 * it takes some 20 ÷ √(1 − z) steps where the series takes some 40 ÷ (1 − z) terms.
 *
 * @param b above 0
 * @param c above b
 * @param z from 0 to less than 1
 */
export function hypergeometric(b: number, c: number, z: number): number {
  // Steed's method: sums what each further fraction adds, of which all are of one sign here.
  let denominator = 1;
  let change = 1;
  let total = 1;
  const most = 1000 + 200 / Math.sqrt(1 - z);
  for (let step = 1; step < most; step++) {
    const term = -coefficient(b, c, step) * z;
    denominator = 1 / (1 + term * denominator);
    change *= denominator - 1;
    total += change;
    if (Math.abs(change) <= total * 1e-17) break;
  }
  return total;
}

function coefficient(b: number, c: number, step: number): number {
  if (step === 1) return b / c;
  const j = Math.floor(step / 2);
  return step % 2 === 0
    ? (j * (c - b + (j - 1))) / ((c + 2 * j - 2) * (c + 2 * j - 1))
    : ((b + j) * (c + (j - 1))) / ((c + 2 * j - 1) * (c + 2 * j));
}
