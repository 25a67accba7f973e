/** Premium and capped losses by customer and year: that of customer i and year y at i × years + y. */
export interface YearsOfLosses {
  readonly years: number;
  readonly earnedPremium: Float64Array;
  readonly cappedLoss: Float64Array;
}

/**
 * The variance of true relativities that customers' years show together: of how far a customer's
 * losses lie from what the book of that year would have on its premium, the products of different
 * years, summed, ÷ what they would come to under a variance of 1. Chance is not in it, as it does
 * not carry from one year to another. Below 0 where years contradict each other.
 */
export function varianceAcrossYears({ years, earnedPremium, cappedLoss }: YearsOfLosses): number {
  const premium = new Float64Array(years);
  const losses = new Float64Array(years);
  for (let cell = 0; cell < earnedPremium.length; cell++) {
    if (!(earnedPremium[cell] > 0)) continue;
    premium[cell % years] += earnedPremium[cell];
    losses[cell % years] += Math.max(0, cappedLoss[cell]);
  }
  let [products, size, all] = [0, 0, 0];
  for (let first = 0; first < earnedPremium.length; first += years) {
    let [surprise, squares, root, own] = [0, 0, 0, 0];
    for (let y = 0; y < years; y++) {
      const earned = earnedPremium[first + y];
      if (!(earned > 0 && losses[y] > 0)) continue;
      const level = losses[y] / premium[y];
      const missed = (Math.max(0, cappedLoss[first + y]) / level - earned) / Math.sqrt(earned);
      surprise += missed;
      squares += missed * missed;
      root += Math.sqrt(earned);
      own += earned;
    }
    products += surprise * surprise - squares;
    size += root * root - own;
    all += own;
  }
  return size > 1e-9 * all ? products / size : 0;
}
