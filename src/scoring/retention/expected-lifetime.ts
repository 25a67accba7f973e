import type { Years } from '../../base/calendar.js';
import { MisuseError, shown } from '../../base/errors.js';
import { hypergeometric } from '../statistics/hypergeometric.js';
import { type BetaGeometric, requireBetaGeometric, retentionRate } from './beta-geometric.js';

export interface LifetimeOptions {
  /** What a payment a year later is worth less: 0.1 for 10 % a year. */
  readonly discountRate: number;
  /** Which renewal is just due, n; 0 (unless told) for a customer who has yet to pay first. */
  readonly renewed?: number;
  /** By how much each payment is larger than the one a year before; 0 unless told. */
  readonly growth?: number;
  /** How many payments at most; null, unless told, for all of them. */
  readonly horizon?: Years | null;
}

/**
 * The payments to come of a customer who pays 1 a year as long as retained, discounted, under the
 * beta-geometric model.
 *
 * - `renewed: 0`, discounted expected lifetime: a new customer just before the first payment, which
 *   is sure: Σ over t ≥ 0 of survival(t) × v^t, with v = (1 + growth) ÷ (1 + discount rate).
 * - `renewed: n` from 1, discounted expected residual lifetime: a customer of whom n payments are
 *   past, just before the n-th renewal, which is not: Σ over t ≥ n of
 *   (survival(t) ÷ survival(n − 1)) × v^(t − n).
 *
 * Without a horizon in closed form: 2F1(1, beta; alpha + beta; v), and for n ≥ 1
 * retention(n) × 2F1(1, beta + n; alpha + beta + n; v).
 *
 * Source: Fader and Hardie (2010), Customer-Base Valuation in a Contractual Setting: The Perils of
 * Ignoring Heterogeneity, Marketing Science 29 (1), 85–93.
 *
 * @throws MisuseError for a discount that is not above growth without a horizon, or no whole number
 * of renewals or years
 * @example
 * ```ts
 * const regular = { alpha: 0.704077, beta: 1.182043 };
 * expectedLifetime(regular, { discountRate: 0.1 }).toFixed(4); // => '3.6949'
 * expectedLifetime(regular, { discountRate: 0.1, renewed: 5 }).toFixed(4); // => '5.8941'
 * ```
 */
export function expectedLifetime(model: BetaGeometric, options: LifetimeOptions): number {
  const { discountRate, renewed = 0, growth = 0, horizon = null } = options;
  requireBetaGeometric('expectedLifetime', model);
  const growthFactor = (1 + growth) / (1 + discountRate);
  requireFactors('expectedLifetime', { growthFactor, horizon, years: renewed });
  const first = renewed === 0 ? 1 : retentionRate(model, renewed);
  if (horizon === null) return first * discountedLifetime(model, renewed, growthFactor);
  let payment = first;
  let total = 0;
  for (let k = 0; k < horizon; k++) {
    total += payment;
    payment *= growthFactor * retentionRate(model, renewed + k + 1);
  }
  return total;
}

/** Σ over k ≥ 0 of v^k × the chance of who has passed n renewals to pass the next k. */
export function discountedLifetime({ alpha, beta }: BetaGeometric, n: number, v: number): number {
  return hypergeometric(beta + n, alpha + beta + n, v);
}

export interface FactorOptions {
  /** (1 + growth of the yearly margin) ÷ (1 + discount rate). */
  readonly growthFactor: number;
  /** How many years ahead count; null for all, to extinction. */
  readonly horizon: Years | null;
  /** The largest tenure, in whole years, to give a factor for. */
  readonly years: Years;
}

/** Throws a `MisuseError` for options for which there is no sum of future years. */
export function requireFactors(
  caller: string,
  { growthFactor, horizon, years }: FactorOptions,
): void {
  if (!(growthFactor > 0 && Number.isFinite(growthFactor))) {
    throw new MisuseError(
      `${caller}: expected a discount and growth above −1, got ${shown(growthFactor)} as (1 + growth) ÷ (1 + discount)`,
    );
  }
  for (const count of horizon === null ? [years] : [years, horizon]) {
    if (Number.isInteger(count) && count >= 0) continue;
    throw new MisuseError(`${caller}: expected a whole number of years, got ${shown(count)}`);
  }
  if (horizon === null && growthFactor >= 1) {
    throw new MisuseError(
      `${caller}: expected a horizon, or a discount above growth, as the sum to extinction may have no end, got (1 + growth) ÷ (1 + discount) = ${shown(growthFactor)}`,
    );
  }
}
