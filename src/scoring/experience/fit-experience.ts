import { sum } from '../../base/columns.js';
import type { Table, YearCells } from '../../indicators/table.js';
import type { Plan } from '../../plan/plan.js';
import { baseOf, type ExperienceFit, fitMethod } from './methods.js';
import { fitsPremiums } from './plain-methods.js';

/** Measures what the plan's experience rating needs of a book. */
export function fitExperience(table: Table, plan: Plan): ExperienceFit {
  const { method } = plan.experience;
  // Plans from before had the method chosen by a contest; its average does what that was for.
  const fit = fitMethod(table, plan, method === 'auto' ? 'credibility-average' : method);
  return noted(fit, [...unfinishedYears(table.cells, plan), ...thinBook(table)]);
}

function noted(fit: ExperienceFit, notes: readonly string[]): ExperienceFit {
  const { experience, balance } = fit;
  const unbalanced =
    balance && balance.actualLoss > 0 && !(balance.expectedLoss > 0)
      ? [
          'expected losses do not come to more than 0, for recoveries: no factor makes them add up to the book',
        ]
      : [];
  const unfit =
    balance && !fitsPremiums(fit)
      ? [
          `expected losses were ${(1 / balance.factor).toFixed(2)} times the book's before they were balanced: the method does not fit the book's premiums, and expected loss ratios may be far off${baseOf(experience) === 'exposure_years' ? '; experience.base "earned_premium" is likely to fit better' : ''}`,
        ]
      : [];
  return {
    ...fit,
    experience: { ...experience, notes: [...experience.notes, ...notes, ...unbalanced, ...unfit] },
  };
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
/**
 * Whether claims are so far below what the years before lead to expect that some can hardly be known
 * yet: by five standard deviations of a Poisson count, and by a quarter, which no insurer sees by chance.
 */
export function hardlyAllKnown(claims: number, expected: number): boolean {
  return expected - claims > 5 * Math.sqrt(expected) && claims < 0.75 * expected;
}

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
  const [now, then] = [losses.latest / premium.latest, losses.before / premium.before];
  if (!(hardlyAllKnown(claims.latest, expected) && now < then)) return [];
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  return [
    `the latest year shows a loss ratio of ${percent(now)} after ${percent(then)} in the years before: its claims are hardly all known yet; experience.relativeTo "book-year" compares each year with the book's own`,
  ];
}
