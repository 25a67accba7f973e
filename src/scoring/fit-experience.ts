import { sum } from '../columns.js';
import type { ModelParameters } from '../model.js';
import type { Plan } from '../plan.js';
import type { Table, YearCells } from '../table.js';
import { candidates, contestOf, withCandidate } from './auto.js';
import { type ExperienceFit, fitMethod } from './methods.js';

/** Measures what the plan's experience rating needs of a book; with `auto`, of the method it chose. */
export function fitExperience(
  table: Table,
  plan: Plan,
): ExperienceFit & Pick<ModelParameters, 'contest'> {
  const { method } = plan.experience;
  const warnings = [...unfinishedYears(table.cells, plan), ...thinBook(table)];
  if (method !== 'auto') return noted(fitMethod(table, plan, method), warnings);
  const contest = contestOf(table, plan);
  const winner = contest ? contest.entries[contest.chosen] : candidates[0];
  const fit = fitMethod(table, withCandidate(plan, winner), winner.method);
  const told = `${winner.method} by ${winner.base === 'exposure_years' ? 'years of cover' : 'premium'}`;
  if (!contest) {
    return noted(fit, [
      ...warnings,
      `too little history to let the methods compete: ${told}, the simplest, was taken`,
    ]);
  }
  const tells = contest.entries[contest.chosen].gini > 0;
  return {
    ...noted(fit, [
      ...warnings,
      tells
        ? `${told} was chosen: graded on the years before, it ranked the latest year of ${contest.customers} customers best, or as well as the best`
        : `no method ranked the latest year of ${contest.customers} customers better than chance: ${told} was taken`,
    ]),
    contest,
  };
}

function noted(fit: ExperienceFit, notes: readonly string[]): ExperienceFit {
  const { experience } = fit;
  return { ...fit, experience: { ...experience, notes: [...experience.notes, ...notes] } };
}

/** A book that shows too little for its figures to be relied on. */
function thinBook({ length, columns: { claim_count: claims } }: Table): string[] {
  if (length === 1) return ['the book has one customer: it can only be compared with itself'];
  const counted = sum(claims);
  return counted > 0 && counted < 20
    ? [
        `the book has only ${counted} ${counted === 1 ? 'claim' : 'claims'}: how much customers differ is hardly known`,
      ]
    : [];
}

/** The latest year far below those before it, more than chance allows: its claims are not all in. */
function unfinishedYears(cells: YearCells | undefined, { experience }: Plan): string[] {
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
  const missing = expected - claims.latest;
  const [now, then] = [losses.latest / premium.latest, losses.before / premium.before];
  // Five standard deviations of a Poisson count, and a fall no insurer sees by chance.
  if (!(missing > 5 * Math.sqrt(expected) && claims.latest < 0.75 * expected && now < then)) {
    return [];
  }
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  return [
    `the latest year shows a loss ratio of ${percent(now)} after ${percent(then)} in the years before: its claims are hardly all known yet; experience.relativeTo "book-year" compares each year with the book's own`,
  ];
}
