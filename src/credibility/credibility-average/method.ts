import type { NoteWordings } from '../../base/note.js';
import { hierarchicalNotes } from '../hierarchical.js';
import type { Method } from '../method.js';
import { credibilityAverageFormulas, experiencedFormulas } from './formulas.js';
import { type CredibilityAverageParameters, credibilityAverageSchema } from './parameters.js';

/** The sentences of its notes. */
export const credibilityAverageNotes: NoteWordings = {
  ...hierarchicalNotes,
  'not-learnt': () =>
    'the book shows no past year to learn from: what own claims count for was not learnt, but taken as half of what their number alone would say',
};

/**
 * The average of credibility formulas, each with the weight that it earned by foretelling the book's own
 * past; how it measures a book stands in `fit.ts`.
 */
export const credibilityAverage = {
  name: 'credibility-average',
  bases: ['earned_premium'],
  needsYears: false,
  learnsFromPast: true,
  countsOnly: false,
  schema: credibilityAverageSchema,
  formulas: credibilityAverageFormulas,
  yearFormulas: experiencedFormulas,
} as const satisfies Method<CredibilityAverageParameters>;
