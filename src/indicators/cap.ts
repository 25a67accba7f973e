import { sum } from '../base/columns.js';
import type { Book } from '../book/book.js';
import type { Cap } from '../model/model.js';
import type { Plan } from '../plan/plan.js';
import { earningOf } from './earning.js';
import { countedIn, type ObservationWindow } from './observation-window.js';

/**
 * The plan's cap on a claim, in numbers. A quantile is what that share of the counted claims in the
 * window cost at most; the claims of a yearly sum are taken to have cost the same each. Null: no cap,
 * or no claim above 0 to take a quantile of.
 */
export function capOf(book: Book, frame: ObservationWindow, { claims: { cap } }: Plan): Cap {
  if (cap === null) return null;
  if (typeof cap === 'number') return { amount: cap };
  if ('premiums' in cap) return cap;
  const { claims, terms } = book;
  const counted = countedIn(book, frame);
  const times = claims.incurred.map((_, c) =>
    frame.inWindow[c] ? counted(c, frame.rowOf[terms.customer[claims.term[c]]]) : 0,
  );
  const rows = Uint32Array.from(times.keys()).filter((c) => times[c] > 0);
  const each = (c: number) => claims.incurred[c] / times[c];
  rows.sort((a, b) => each(a) - each(b));
  const all = sum(times);
  let below = 0;
  const at = rows.find((c) => {
    below += times[c];
    return below / all >= cap.quantile;
  });
  return at !== undefined && each(at) > 0 ? { amount: each(at) } : null;
}

/**
 * What a claim counts with under a cap; a multiple of premium is of its term's, made annual. Of a
 * yearly sum each of its claims counts up to the cap.
 */
export function cappedClaims(book: Book, cap: Cap): (claim: number) => number {
  const { claims } = book;
  if (cap === null) return (claim) => claims.incurred[claim];
  const upTo = (claim: number, most: number) =>
    Math.min(claims.incurred[claim], most * Math.max(1, claims.count[claim]));
  if ('amount' in cap) return (claim) => upTo(claim, cap.amount);
  const { annual } = earningOf(book);
  return (claim) => upTo(claim, cap.premiums * annual(claims.term[claim]));
}
