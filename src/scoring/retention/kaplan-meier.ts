import { normalQuantile } from '../../base/distributions.js';
import { MisuseError } from '../../base/errors.js';
import type { RenewalCounts } from '../../indicators/renewals.js';

/** What {@link kaplanMeier} gives, by years of tenure. */
export interface KaplanMeier {
  /** Share that stayed of those at risk in year t, entry t − 1; NaN where nobody was at risk. */
  readonly retention: readonly number[];
  /** Variance of that share: retention × (1 − retention) ÷ at risk; NaN where nobody was. */
  readonly variance: readonly number[];
  /** Chance to be there still after so many years, from 1 after 0; NaN once a year has nobody. */
  readonly survival: readonly number[];
  /** Interval of the survival; NaN where it is 1 (but 1 after 0 years) or 0 or itself NaN. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * Survival by tenure without any shape assumed: after t years Π over years j ≤ t of
 * (1 − left ÷ at risk) (Kaplan and Meier, 1958). Those who came to be seen late (left truncation)
 * count from the year they are seen.
 *
 * The interval holds the true survival with the probability given, each year by itself: from
 * Greenwood's variance Σ left ÷ (at risk × (at risk − left)) on the scale log(−log survival), which
 * keeps it between 0 and 1 (Kalbfleisch and Prentice, 1980). Where nobody left so far that scale
 * has no interval.
 *
 * @param counts by year of tenure; need not be whole numbers
 * @param probability how sure the interval is to hold the truth, between 0 and 1; 0.9 unless told
 * @throws MisuseError for counts of two lengths, below 0, or more leavers than were at risk
 * @example
 * ```ts
 * const { retention, survival } = kaplanMeier({ atRisk: [100, 80, 20], left: [20, 8, 1] }, 0.9);
 * retention; // => [0.8, 0.9, 0.95]
 * survival.map((share) => share.toFixed(3)); // => ['1.000', '0.800', '0.720', '0.684']
 * ```
 */
export function kaplanMeier(counts: RenewalCounts, probability = 0.9): KaplanMeier {
  requireCounts(counts, 'kaplanMeier');
  if (!(probability > 0 && probability < 1)) {
    throw new MisuseError(
      `kaplanMeier: expected a probability between 0 and 1, got ${probability}`,
    );
  }
  const { atRisk, left } = counts;
  const retention = atRisk.map((risk, t) => (risk > 0 ? (risk - left[t]) / risk : Number.NaN));
  const variance = retention.map((stays, t) => (stays * (1 - stays)) / atRisk[t]);
  const quantile = normalQuantile((1 + probability) / 2);
  const survival = [1];
  const low = [1];
  const high = [1];
  let greenwood = 0;
  retention.forEach((stays, t) => {
    const survives = survival[t] * stays;
    greenwood += left[t] / (atRisk[t] * (atRisk[t] - left[t]));
    const log = Math.log(survives);
    const spread = Math.exp((quantile * Math.sqrt(greenwood)) / -log);
    const known = survives > 0 && survives < 1;
    survival.push(survives);
    low.push(known ? Math.exp(log * spread) : Number.NaN);
    high.push(known ? Math.exp(log / spread) : Number.NaN);
  });
  return { retention, variance, survival, low, high };
}

/** Throws a `MisuseError` for counts that no renewals can give. */
export function requireCounts({ atRisk, left }: RenewalCounts, caller: string): void {
  if (atRisk.length !== left.length) {
    throw new MisuseError(
      `${caller}: expected at risk and left of one length, got ${atRisk.length} and ${left.length}`,
    );
  }
  const wrong = atRisk.findIndex(
    (risk, t) => !(Number.isFinite(risk) && left[t] >= 0 && left[t] <= risk),
  );
  if (wrong < 0) return;
  throw new MisuseError(
    `${caller}: expected no more leavers than were at risk, and no less than 0, got ${left[wrong]} of ${atRisk[wrong]} in year ${wrong + 1}`,
  );
}
