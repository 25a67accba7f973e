import { sum } from '../../base/columns.js';

/** What customers went through before a day: one value each, of years that are alike. */
export interface Experienced {
  readonly premium: Float64Array;
  readonly exposureYears: Float64Array;
  readonly claims: Float64Array;
  /** Capped, from 0. */
  readonly losses: Float64Array;
}

/** How much of the claims index is losses: 0 counts claims, 1 weighs losses. */
export const lossShares = [0, 0.25, 0.5, 0.75, 1] as const;
/** At so many claims of its own a customer's mean claim counts half against the book's. */
export const claimsForSizes = 100;

/** The book's own figures, which make claims, losses, premium and cover comparable. */
export interface BookScale {
  readonly claimsPerPremium: number;
  readonly claimsPerExposure: number;
  /** Mean capped loss of a claim; 0 where losses do not come to more than 0. */
  readonly severity: number;
  /** By share of losses: what the claims index is multiplied by, to add up to the book's claims. */
  readonly indexFactors: readonly number[];
}

/**
 * The claims index of customers, in claims: losses ÷ the book's mean claim, drawn toward the count of
 * claims the more, the smaller the share of losses θ and the fewer the claims n:
 * index = losses + (1 − θ) × 100 ÷ (n + 100) × (n − losses). It rises with every claim and never
 * falls with a loss. These are its two parts: losses in claims, and the rest that 1 − θ multiplies.
 */
export function indexParts({ claims, losses }: Experienced, severity: number) {
  const sized = severity > 0 ? losses.map((loss) => loss / severity) : claims;
  const towardCount = sized.map(
    (size, row) => (claimsForSizes / (claims[row] + claimsForSizes)) * (claims[row] - size),
  );
  return { sized, towardCount };
}

/** Measures what the index needs of a book. */
export function bookScale(experienced: Experienced): BookScale {
  const { premium, exposureYears, claims, losses } = experienced;
  const counted = sum(claims);
  const severity = Math.max(0, sum(losses) / Math.max(counted, 1));
  const { sized, towardCount } = indexParts(experienced, severity);
  const [bySize, rest] = [sum(sized), sum(towardCount)];
  return {
    claimsPerPremium: counted / sum(premium),
    claimsPerExposure: counted / sum(exposureYears),
    severity,
    indexFactors: lossShares.map((share) => {
      const index = bySize + (1 - share) * rest;
      return index > 0 ? counted / index : 1;
    }),
  };
}
