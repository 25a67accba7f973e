import { isoFromDay } from '../base/calendar.js';
import type { Book } from '../book/book.js';
import { endOfCover } from '../indicators/observation-window.js';
import { counted } from '../segments/counted.js';
import type { FollowedDays, Holdout } from './follow.js';

/**
 * Who is in none of the figures, and why.
 *
 * @param rows the rows of the grades that are in them
 * @param lack what the others have none of
 */
export function notesOnExcluded(
  { known, grades, at, unknown }: Holdout,
  rows: Uint32Array,
  lack: string,
): string[] {
  const { ids } = grades.table;
  const others = new Set([...known.ids, ...ids]);
  for (const row of rows) others.delete(ids[row]);
  const why = at === 'renewal' ? 'began no term in these days' : 'left';
  return [
    ...(others.size > 0
      ? [`${counted(others.size, 'customer')} known before had no ${lack}: most of them ${why}`]
      : []),
    ...unknown,
  ];
}

/** Who has cover in the days and could not be graded, for nothing of it was known before. */
export function notesOnUnknown(
  book: Book,
  graded: ArrayLike<number>,
  { from, until }: FollowedDays,
  at: 'date' | 'renewal',
): string[] {
  const { terms, customers, valuedAt = Number.POSITIVE_INFINITY } = book;
  const [known, before, after] = [1, 2, 3].map(() => new Uint8Array(customers.length));
  for (const customer of Array.from(graded)) known[customer] = 1;
  for (let t = 0; t < terms.length; t++) {
    const begins = terms.from[t];
    const end = Math.min(endOfCover(book, t), valuedAt);
    if (end <= begins) continue;
    if (begins < from) before[terms.customer[t]] = 1;
    // As it would be followed: whole, where it cannot be split.
    const first = at === 'renewal' || book.aggregated ? from : begins;
    if (begins >= first && begins < until && end > from) after[terms.customer[t]] = 1;
  }
  const unknown = (had: 0 | 1) =>
    after.filter((covered, c) => covered > known[c] && before[c] === had).length;
  const [newcomers, returned] = [unknown(0), unknown(1)];
  const day = isoFromDay(from);
  return [
    ...(newcomers > 0
      ? [
          `${counted(newcomers, 'customer')} with cover in these days had none before ${day}: nothing was known of them, and they are in none of the figures`,
        ]
      : []),
    ...(returned > 0
      ? [
          `${counted(returned, 'customer')} with cover in these days had cover before ${day}, but none that the window shows${book.aggregated ? ': their yearly sums had not ended, or began before it' : ''}; they are in none of the figures`,
        ]
      : []),
  ];
}
