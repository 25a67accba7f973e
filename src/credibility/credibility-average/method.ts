import type { NoteWordings } from '../../base/note.js';
import { hierarchicalNotes } from '../hierarchical.js';
import type { GroundOfWeight, Method } from '../method.js';
import { credibilityAverageFormulas, experiencedFormulas } from './formulas.js';
import { type CredibilityAverageParameters, credibilityAverageSchema } from './parameters.js';

/** The sentences of its notes. */
export const credibilityAverageNotes: NoteWordings = {
  ...hierarchicalNotes,
  'not-learnt': () =>
    'the book shows no past year to learn from: what own claims count for was not learnt, but taken as half of what their number alone would say',
};

/** How much of the weight of own claims is how large they are, in words. */
function restsOn({ learnt, formulas }: CredibilityAverageParameters): GroundOfWeight {
  if (!learnt) return 'not-learnt';
  const told = formulas.reduce((all, { weight }) => all + weight, 0);
  if (told === 0) return 'no-difference';
  const sizes = formulas.reduce((all, one) => all + one.weight * one.lossShare, 0) / told;
  if (sizes < 0.05) return 'counts';
  if (sizes < 0.4) return 'mostly-counts';
  return sizes <= 0.6 ? 'counts-and-sizes' : 'mostly-sizes';
}

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
  restsOn,
  yearFormulas: experiencedFormulas,
} as const satisfies Method<CredibilityAverageParameters>;
