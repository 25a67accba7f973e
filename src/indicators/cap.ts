import { quantile } from '../base/columns.js';
import type { Book } from '../book/book.js';
import type { Cap } from '../model/model.js';
import type { Plan } from '../plan/plan.js';
import { earningOf } from './earning.js';
import type { ObservationWindow } from './observation-window.js';

/**
 * The plan's cap on a claim, in numbers: a quantile of the book is taken over the claims above 0 in
 * the window (of yearly sums over the sums). Null: no cap, or no claim to take a quantile of.
 */
export function capOf(book: Book, { inWindow }: ObservationWindow, { claims: { cap } }: Plan): Cap {
  if (cap === null) return null;
  if (typeof cap === 'number') return { amount: cap };
  if ('premiums' in cap) return cap;
  const amounts = book.claims.incurred.filter((amount, c) => inWindow[c] === 1 && amount > 0);
  return amounts.length === 0 ? null : { amount: quantile(amounts, cap.quantile) };
}

/** What a claim counts with under a cap; a multiple of premium is of its term's, made annual. */
export function cappedClaims(book: Book, cap: Cap): (claim: number) => number {
  const { claims } = book;
  if (cap === null) return (claim) => claims.incurred[claim];
  if ('amount' in cap) return (claim) => Math.min(claims.incurred[claim], cap.amount);
  const { annual } = earningOf(book);
  return (claim) => {
    const term = claims.term[claim];
    return Math.min(claims.incurred[claim], cap.premiums * annual(term));
  };
}
