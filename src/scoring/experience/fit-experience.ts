import { sum } from '../../base/columns.js';
import type { Note, NoteWordings } from '../../base/note.js';
import type { YearCells } from '../../credibility/method.js';
import type { Table } from '../../indicators/table.js';
import type { ModelParameters } from '../../model/model.js';
import type { Plan } from '../../plan/plan.js';
import { contestOf, fitsPremiums, methodName, simplestThatFits, withCandidate } from './auto.js';
import { type ExperienceFit, fitMethod } from './methods.js';

/** The sentences of what calibration notes of a book, whatever the method. */
export const experienceNotes: NoteWordings = {
  'no-contest': ({ method, base }) =>
    `too little history to let the methods compete: ${methodName({ method, base })}, the simplest, was taken`,
  'contest-won': ({ method, base, customers }) =>
    `${methodName({ method, base })} was chosen: graded on the years before, it ranked the latest year of ${customers} customers best, or as well as the best`,
  'contest-by-chance': ({ method, base, customers }) =>
    `no method ranked the latest year of ${customers} customers better than chance: ${methodName({ method, base })} was taken`,
  'losses-recovered': () =>
    'expected losses do not come to more than 0, for recoveries: no factor makes them add up to the book',
  'does-not-fit-premiums': ({ times, base }) =>
    `expected losses were ${Number(times).toFixed(2)} times the book's before they were balanced: the method does not fit the book's premiums, and expected loss ratios may be far off${base === 'exposure_years' ? '; experience.base "earned_premium" is likely to fit better' : ''}`,
  'one-customer-in-book': () => 'the book has one customer: it can only be compared with itself',
  'few-claims': ({ claims }) =>
    `the book has only ${claims} ${claims === 1 ? 'claim' : 'claims'}: how much customers differ is hardly known`,
  'unfinished-year': ({ latest, before }) =>
    `the latest year shows a loss ratio of ${percent(latest)} after ${percent(before)} in the years before: its claims are hardly all known yet; experience.relativeTo "book-year" compares each year with the book's own`,
};
const percent = (share: number | string) => `${(100 * Number(share)).toFixed(1)}%`;

/** Measures what the plan's experience rating needs of a book; with `auto`, of the method it chose. */
export function fitExperience(
  table: Table,
  plan: Plan,
): ExperienceFit & Pick<ModelParameters, 'contest'> {
  const { method } = plan.experience;
  const warnings = [...unfinishedYears(table.cells, plan), ...thinBook(table)];
  if (method !== 'auto') return noted(fitMethod(table, plan, method), warnings);
  const contest = contestOf(table, plan);
  if (!contest) {
    const { winner, fit } = simplestThatFits(table, plan);
    return noted(fit, [...warnings, { code: 'no-contest', values: winner }]);
  }
  const { customers, entries, chosen } = contest;
  const { method: best, base, gini } = entries[chosen];
  const fit = fitMethod(table, withCandidate(plan, { method: best, base }), best);
  const how: Note = {
    code: gini > 0 ? 'contest-won' : 'contest-by-chance',
    values: { method: best, base, customers },
  };
  return { ...noted(fit, [...warnings, how]), contest };
}

function noted(fit: ExperienceFit, notes: readonly Note[]): ExperienceFit {
  const { experience, balance } = fit;
  const all = [...experience.notes, ...notes];
  if (balance.actualLoss > 0 && !(balance.expectedLoss > 0)) all.push({ code: 'losses-recovered' });
  if (!fitsPremiums(fit)) {
    const values = { times: 1 / balance.factor, base: experience.base };
    all.push({ code: 'does-not-fit-premiums', values });
  }
  return { ...fit, experience: { ...experience, notes: all } };
}

/** A book that shows too little for its figures to be relied on. */
function thinBook({ length, columns: { claim_count: counts } }: Table): Note[] {
  if (length === 1) return [{ code: 'one-customer-in-book' }];
  const claims = sum(counts);
  return claims > 0 && claims < 20 ? [{ code: 'few-claims', values: { claims } }] : [];
}

/**
 * Whether claims are so far below what the years before lead to expect that some can hardly be known
 * yet: by five standard deviations of a Poisson count, and by a quarter, which no insurer sees by chance.
 */
export function hardlyAllKnown(claims: number, expected: number): boolean {
  return expected - claims > 5 * Math.sqrt(expected) && claims < 0.75 * expected;
}

/** The latest year far below those before it, more than chance allows: its claims are not all in. */
function unfinishedYears(cells: YearCells | undefined, { experience }: Plan): Note[] {
  if (!cells || cells.years < 2 || experience.relativeTo || experience.development) return [];
  const { years } = cells;
  const parts = (column: Float64Array) => {
    const latest = sum(column.filter((_, cell) => cell % years === 0));
    return { latest, before: sum(column) - latest };
  };
  const [premium, claims, losses] = [
    parts(cells.earnedPremium),
    parts(cells.claimCount),
    parts(cells.cappedLoss),
  ];
  if (!(premium.latest > 0 && premium.before > 0 && losses.before > 0)) return [];
  const expected = (claims.before / premium.before) * premium.latest;
  const [now, then] = [losses.latest / premium.latest, losses.before / premium.before];
  if (!(hardlyAllKnown(claims.latest, expected) && now < then)) return [];
  return [{ code: 'unfinished-year', values: { latest: now, before: then } }];
}
