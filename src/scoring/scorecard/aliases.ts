import { type Attribute, attributeNamed, groupSums } from '../../base/columns.js';
import type { Note } from '../../base/note.js';
import type { CardParameters } from '../../model/card.js';
import { levelColumn } from './levels.js';
import { cellAt } from './terms.js';

/** Levels that share so much of the exposure that either has are called nearly the same. */
const nearlyAll = 0.8;

/**
 * What to say of levels of two attributes where nearly the same customers stand, and whose points go
 * against each other: a regression can hardly tell them apart, so neither says much alone.
 */
export function aliasNotes(
  { attributes }: Pick<CardParameters, 'attributes'>,
  book: { readonly attributes: readonly Attribute[]; readonly exposure: Float64Array },
): Note[] {
  const terms = attributes.map(({ attribute, levels, rows }) => ({
    positions: levelColumn(levels, attributeNamed(book.attributes, attribute, 'card')),
    rows,
    named: levels.names.map((name) => `${attribute}: ${name}`),
  }));
  return terms.flatMap((first, k) =>
    terms.slice(k + 1).flatMap((second) => {
      const width = second.rows.length;
      const cells = first.positions.map((at, row) => cellAt(at, second.positions[row], width));
      const both = groupSums(book.exposure, cells, first.rows.length * width);
      return first.rows.flatMap((a, i) =>
        second.rows.flatMap((b, j) => {
          const shared = both[cellAt(i, j, width)];
          const same = shared / (a.exposure + b.exposure - shared);
          if (!(same >= nearlyAll) || a.points * b.points >= 0) return [];
          const values = {
            first: first.named[i],
            firstPoints: a.points,
            second: second.named[j],
            secondPoints: b.points,
            same,
          };
          return [{ code: 'nearly-same-customers', values }];
        }),
      );
    }),
  );
}
