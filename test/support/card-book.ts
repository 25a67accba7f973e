import { uniformFrom } from '../../src/base/random.js';

/**
 * Ready indicators of customers with twenty attributes, ten of numbers and ten of letters. Where
 * drivers are planted, the claim rate hangs on three of them: the number n1 (high below 25 and above
 * 80), the letter l1 (A is worse) and l2 (B is better). With a pair in the place of l2: twice the rate
 * where l3 and l4 are both A or B, which shows in each of them by 1.4.
 */
export function cardBook(
  seed: number,
  customers: number,
  planted: boolean | 'pair',
): Record<string, string | number>[] {
  const uniform = uniformFrom(seed);
  return Array.from({ length: customers }, (_, k) => {
    const attributes: Record<string, string> = {};
    for (let a = 1; a <= 10; a++) {
      attributes[`n${a}`] = String(Math.floor(uniform() * 1000) / 10);
      attributes[`l${a}`] = 'ABCDE'[Math.floor(uniform() * 5)];
    }
    const number = Number(attributes.n1);
    const rate =
      0.15 *
      (planted
        ? (number < 25 ? 1.6 : number > 80 ? 1.4 : 0.85) *
          (attributes.l1 === 'A' ? 1.5 : 1) *
          (planted === 'pair' ? pairOf(attributes) : attributes.l2 === 'B' ? 0.6 : 1)
        : 1);
    const years = 1 + Math.floor(uniform() * 3);
    const claimCount = poisson(rate * years, uniform);
    return {
      customerId: `C${k}`,
      earnedPremium: 300 * years,
      exposureYears: years,
      claimCount,
      incurredLoss: claimCount * 1300,
      tenureYears: years,
      annualPremium: 300,
      ...attributes,
    };
  });
}

const pairOf = ({ l3, l4 }: Record<string, string>) => (l3 < 'C' && l4 < 'C' ? 2 : 1);

function poisson(mean: number, uniform: () => number): number {
  const draw = uniform();
  let claims = 0;
  let chance = Math.exp(-mean);
  let below = chance;
  while (draw > below && claims < 50) {
    claims++;
    chance *= mean / claims;
    below += chance;
  }
  return claims;
}
