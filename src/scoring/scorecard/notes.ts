import type { NoteWordings } from '../../base/note.js';

/** The sentences of what is noted of a scorecard. */
export const cardNotes: NoteWordings = {
  'nearly-same-customers': ({ first, firstPoints, second, secondPoints, same }) =>
    `${first} (${firstPoints}) and ${second} (${secondPoints}) are nearly the same customers (${Math.round(100 * Number(same))}%): read them together`,
  'card-empty': () =>
    'nothing tells customers apart by more than chance: the card is empty, and everybody has the relativity of the book',
  'card-not-validated': () => 'too few customers or claims to judge the card on others',
};
