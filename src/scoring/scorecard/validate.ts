import { sum } from '../../base/columns.js';
import { normalQuantile } from '../../base/distributions.js';
import type { CardParameters } from '../../model/card.js';
import {
  jackknifeError,
  jackknifeRounds,
  minClaims,
  minCustomers,
} from '../statistics/jackknife.js';
import { gini, rankingOf } from '../statistics/ranking.js';

/** What followed, or was left aside, for customers whose relativity a card had given before. */
export interface Followed {
  readonly relativity: Float64Array;
  readonly claims: Float64Array;
  /** What the card's relativities are set against: premium, or years of cover. */
  readonly base: Float64Array;
  readonly premium: Float64Array;
  readonly exposure: Float64Array;
}

type Judged = NonNullable<CardParameters['judged']>;

const probability = 0.9;

/**
 * How well a card ranks customers it was not fitted on, beside premium alone: Gini indices of claims,
 * each with a 90 % interval by a jackknife over twenty groups of customers.
 *
 * @returns null where there are too few customers or claims
 */
export function validateCard(by: Judged['by'], followed: Followed): Judged | null {
  const { relativity, claims, base, premium, exposure } = followed;
  const customers = relativity.length;
  if (customers < minCustomers || sum(claims) < minClaims) return null;
  const each = (value: (row: number) => number) => Float64Array.from(relativity.keys(), value);
  const yearly = (row: number) => (exposure[row] > 0 ? 1 / exposure[row] : 0);
  const own = rankingOf(relativity, base, { claims });
  const alone = rankingOf(
    each((row) => premium[row] * yearly(row)),
    exposure,
    { claims },
  );
  const together = rankingOf(
    each((row) => relativity[row] * base[row] * yearly(row)),
    exposure,
    { claims },
  );
  const figures = (weights?: Uint8Array) => {
    const [card, without, both] = [own, alone, together].map((of) => gini(of, 'claims', weights));
    return [card, without, both, both - without];
  };
  const values = figures();
  const rounds = jackknifeRounds(customers).map(figures);
  if ([values, ...rounds].some((round) => round.some(Number.isNaN))) return null;
  const reach = normalQuantile(1 - (1 - probability) / 2);
  const [card, premiumAlone, baseAndCard, gain] = values.map((value, k) => {
    const error = jackknifeError(rounds.map((round) => round[k]));
    return { value, low: value - reach * error, high: value + reach * error };
  });
  return { by, customers, claims: sum(claims), card, premium: premiumAlone, baseAndCard, gain };
}
