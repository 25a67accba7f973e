import { type Note, type NoteWordings, noteTexts } from '../base/note.js';
import { methodNotes } from '../credibility/methods.js';
import { experienceNotes } from './experience/fit-experience.js';
import { retentionNotes } from './retention/fit-retention.js';
import { cardNotes } from './scorecard/notes.js';

const wordings: NoteWordings = {
  ...methodNotes,
  ...experienceNotes,
  ...retentionNotes,
  ...cardNotes,
};

/** The sentences, without a stop, of the notes that a model holds. */
export function modelNotes(notes: readonly Note[]): string[] {
  return noteTexts(notes, wordings);
}
