import { sum } from '../../base/columns.js';
import { MisuseError, shown } from '../../base/errors.js';

/** What classes tell of the good and the bad. */
export interface Evidence {
  /** By class: above 0 where the good are more frequent than in all; NaN without any good or bad. */
  readonly weights: number[];
  readonly informationValue: number;
}

/**
 * Weight of evidence by class: the logarithm of its share of all the good ÷ its share of all the bad.
 * The information value is Σ (share of the good − share of the bad) × weight. A class without any
 * good, or any bad, counts half of one, so that nothing is infinite; one without either weighs 0.
 *
 * Source: Siddiqi, *Credit Risk Scorecards* (2006), ch. 6; Good, *Probability and the Weighing of
 * Evidence* (1950).
 *
 * @param goods how many are good, by class
 * @param bads how many are bad, by class
 * @throws MisuseError for lists of different lengths, and for what is no number of 0 or more
 * @example
 * ```ts
 * const { weights, informationValue } = weightOfEvidence([50, 75, 125, 175, 200], [120, 110, 90, 80, 70]);
 * weights[0].toFixed(8); // => '-1.16048769'
 * informationValue.toFixed(10); // => '0.4654832035'
 * ```
 */
export function weightOfEvidence(goods: ArrayLike<number>, bads: ArrayLike<number>): Evidence {
  if (goods?.length !== bads?.length) {
    throw new MisuseError(
      `weightOfEvidence: expected as many bads as goods, got ${bads?.length} and ${goods?.length}`,
    );
  }
  for (const counts of [goods, bads]) {
    const wrong = Array.from(counts).find((count) => !(count >= 0 && Number.isFinite(count)));
    if (wrong === undefined) continue;
    throw new MisuseError(`weightOfEvidence: expected numbers of 0 or more, got ${shown(wrong)}`);
  }
  const [allGood, allBad] = [sum(goods), sum(bads)];
  if (allGood === 0 || allBad === 0) {
    return { weights: Array.from(goods, () => Number.NaN), informationValue: Number.NaN };
  }
  const [half, halfBad] = [0.5 / allGood, 0.5 / allBad];
  const parts = Array.from(goods, (_, k) => {
    const [good, bad] = [goods[k] / allGood, bads[k] / allBad];
    if (good === 0 && bad === 0) return { weight: 0, information: 0 };
    // Half of one, but never so much that the class would speak for what it has none of.
    const [g, b] = [good || Math.min(half, bad), bad || Math.min(halfBad, good)];
    const weight = Math.log(g / b);
    return { weight, information: (g - b) * weight };
  });
  return {
    weights: parts.map(({ weight }) => weight),
    informationValue: sum(parts.map(({ information }) => information)),
  };
}
