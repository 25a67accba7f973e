import { quantile, sum } from '../../base/columns.js';
import { candidateBases, candidates, halves } from './candidates.js';
import { bookScale, type Experienced, indexParts, lossShares } from './claims-index.js';

/** What the year after a past day brought, a value for each customer; no premium: nothing. */
export interface NextYear {
  readonly premium: Float64Array;
  readonly claims: Float64Array;
  /** Incurred, not capped. */
  readonly losses: Float64Array;
}

/** A past day to learn from: customers that went on, as the formulas see them, and their losses. */
export interface Pair {
  readonly customers: number;
  readonly claims: number;
  /** Expected claims by premium and by cover. */
  readonly byPremium: Float64Array;
  readonly byCover: Float64Array;
  /** The parts of the claims index, and its factor by share of losses. */
  readonly sized: Float64Array;
  readonly towardCount: Float64Array;
  readonly indexFactors: readonly number[];
  readonly premium: Float64Array;
  /** Next losses up to their 99.5 % quantile, in claims. */
  readonly losses: Float64Array;
}

/** Fewer customers with history and premium after it say nothing. */
const minFollowed = 30;
/** Next losses count up to this quantile of all. */
const maxNextQuantile = 0.995;
/** No customer is expected at less than this share of the book: the logarithm must be finite. */
const minRelativity = 1e-3;

/** Makes a past day ready to score formulas; undefined where it shows too little. */
export function pairOf(experienced: Experienced, next: NextYear): Pair | undefined {
  const { premium, exposureYears } = experienced;
  const known = rowsWhere(premium.length, (row) => premium[row] > 0 && exposureYears[row] > 0);
  const history = chosen(experienced, known);
  const scale = bookScale(history);
  const { sized, towardCount } = indexParts(history, scale.severity);
  const followed = rowsWhere(known.length, (k) => next.premium[known[k]] > 0);
  const of = (column: Float64Array) => Float64Array.from(followed, (k) => column[k]);
  const then = (column: Float64Array) => Float64Array.from(followed, (k) => column[known[k]]);
  const incurred = then(next.losses);
  const enough = followed.length >= minFollowed && sum(incurred) > 0 && scale.claimsPerPremium > 0;
  if (!enough) return undefined;
  const largest = quantile(incurred, maxNextQuantile);
  const clipped = incurred.map((loss) => Math.max(0, Math.min(loss, largest)));
  const [total, claims] = [sum(clipped), sum(then(next.claims))];
  if (!(total > 0)) return undefined;
  const inClaims = Math.max(claims, 1) / total;
  return {
    customers: followed.length,
    claims,
    byPremium: of(history.premium).map((value) => value * scale.claimsPerPremium),
    byCover: of(history.exposureYears).map((value) => value * scale.claimsPerExposure),
    sized: of(sized),
    towardCount: of(towardCount),
    indexFactors: scale.indexFactors,
    premium: then(next.premium),
    losses: clipped.map((loss) => loss * inClaims),
  };
}

/** −2 × Σ next losses × log of the relativity expected, by formula; "no difference" last, at 0. */
export function scoresOf(pair: Pair): Float64Array {
  const scores = new Float64Array(candidates.length + 1);
  const { premium, losses, sized, towardCount, indexFactors } = pair;
  const lost = rowsWhere(losses.length, (row) => losses[row] > 0);
  const all = sum(premium);
  candidateBases.forEach((base, b) => {
    const expected = base === 'earned_premium' ? pair.byPremium : pair.byCover;
    const weighed = weighedClaims(pair, base);
    halves.forEach((half, h) => {
      // Σ premium × relativity is linear in the index: one pass serves every share of losses.
      let [own, bySize, rest] = [0, 0, 0];
      for (let row = 0; row < premium.length; row++) {
        const credibility = weighed[row] / (weighed[row] + half);
        const perClaim = (premium[row] * credibility) / expected[row];
        own += premium[row] * credibility;
        bySize += perClaim * sized[row];
        rest += perClaim * towardCount[row];
      }
      lossShares.forEach((share, s) => {
        const factor = indexFactors[s];
        const balance = (all - own + factor * (bySize + (1 - share) * rest)) / all;
        let score = 0;
        for (const row of lost) {
          const index = factor * (sized[row] + (1 - share) * towardCount[row]);
          const credibility = weighed[row] / (weighed[row] + half);
          const relativity = 1 - credibility + (credibility * index) / expected[row];
          score -= 2 * losses[row] * Math.log(Math.max(relativity / balance, minRelativity));
        }
        scores[(b * lossShares.length + s) * halves.length + h] = score;
      });
    });
  });
  return scores;
}

/** Σ (losses − expected)² under one formula, the best; "no difference" stands after the last. */
export function squaredMisses(pair: Pair, best: number): number {
  const { premium, losses, sized, towardCount, indexFactors } = pair;
  const relativity = new Float64Array(premium.length).fill(1);
  if (best < candidates.length) {
    const { base, lossShare, claimsForHalf } = candidates[best];
    const expected = base === 'earned_premium' ? pair.byPremium : pair.byCover;
    const weighed = weighedClaims(pair, base);
    const factor = indexFactors[lossShares.findIndex((share) => share === lossShare)];
    for (let row = 0; row < relativity.length; row++) {
      const index = factor * (sized[row] + (1 - lossShare) * towardCount[row]);
      const credibility = weighed[row] / (weighed[row] + claimsForHalf);
      relativity[row] = 1 - credibility + (credibility * index) / expected[row];
    }
  }
  const balance = sum(premium.map((value, row) => value * relativity[row])) / sum(premium);
  const rate = sum(losses) / sum(premium);
  const floored = relativity.map((value) => Math.max(value / balance, minRelativity));
  return sum(losses.map((loss, row) => (loss - floored[row] * premium[row] * rate) ** 2));
}

/** The expected claims that credibility rests on: by premium both bases count, each by its root. */
function weighedClaims({ byPremium, byCover }: Pair, base: (typeof candidateBases)[number]) {
  return base === 'exposure_years'
    ? byCover
    : byPremium.map((claims, row) => Math.sqrt(claims * byCover[row]));
}

function rowsWhere(length: number, holds: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) if (holds(row)) rows[count++] = row;
  return rows.slice(0, count);
}

function chosen(experienced: Experienced, rows: Uint32Array): Experienced {
  const of = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]);
  const { premium, exposureYears, claims, losses } = experienced;
  return {
    premium: of(premium),
    exposureYears: of(exposureYears),
    claims: of(claims),
    losses: of(losses),
  };
}
