import type { Book } from '../book/book.js';
import { countedIn, type ObservationWindow } from './observation-window.js';
import type { Table } from './table.js';

/**
 * What the losses of a frame's window came to, one by one, for a book drawn anew: each claim that
 * counts, with the parts of it that further rows hold (the same customer's, of the same day), and
 * each loss that comes without a claim that counts. A yearly sum is split evenly over its claims,
 * for single ones are not known. They add up to the incurred losses of the table.
 */
export function lossAmounts(book: Book, frame: ObservationWindow): Table['losses'] {
  const { claims, terms } = book;
  const counted = countedIn(book, frame);
  const countOf = (claim: number) => {
    const row = frame.rowOf[terms.customer[claims.term[claim]]];
    return row >= 0 && frame.inWindow[claim] ? counted(claim, row) : Number.NaN;
  };
  const event = (claim: number) =>
    `${terms.customer[claims.term[claim]]} ${claims.occurredOn[claim]}`;
  // Losses without a count of their own wait for the claim they are a part of.
  const apart = new Map<string, number>();
  for (let c = 0; c < claims.length; c++) {
    if (claims.incurred[c] === 0 || countOf(c) !== 0) continue;
    apart.set(event(c), (apart.get(event(c)) ?? 0) + claims.incurred[c]);
  }
  const split = splitter(!book.aggregated);
  for (let c = 0; c < claims.length; c++) {
    const count = countOf(c);
    if (!(count > 0)) continue;
    const part = apart.size > 0 ? (apart.get(event(c)) ?? 0) : 0;
    if (part !== 0) apart.delete(event(c));
    split.add(claims.incurred[c] + part, count);
  }
  for (const loss of apart.values()) split.add(loss, 0);
  return split.finish();
}

/** The same of ready indicators: each customer's losses split evenly over its claims. */
export function evenAmounts({
  claim_count: counts,
  incurred_loss: losses,
}: Readonly<Record<string, Float64Array>>): Table['losses'] {
  const split = splitter(false);
  losses.forEach((loss, row) => {
    split.add(loss, counts[row]);
  });
  return split.finish();
}

/** Splits sums over their claims; a sum without any is one loss, if it is one at all. */
function splitter(single: boolean) {
  const amounts: number[] = [];
  const times: number[] = [];
  return {
    add(loss: number, count: number) {
      const parts = count > 0 ? count : loss === 0 ? 0 : 1;
      if (parts === 0) return;
      amounts.push(loss / parts);
      times.push(parts);
    },
    finish: () => ({
      amounts: Float64Array.from(amounts),
      times: Float64Array.from(times),
      single,
    }),
  };
}
