import { monthsBetween } from '../../base/calendar.js';
import { sum } from '../../base/columns.js';
import { MisuseError } from '../../base/errors.js';
import { cellColumns } from '../../credibility/years.js';
import type { Table } from '../../indicators/table.js';
import type { YearWeights } from '../../model/model.js';
import type { Plan } from '../../plan/plan.js';

/**
 * The weight of each experience year's claims, losses and cover, where the plan asks for any.
 *
 * Relative to the book's year: a year's claims (losses) are expected in proportion to the book's in
 * that year, so an unfinished year, or a bad one for all, is nobody's own. Development: of what will
 * be claimed, a year as old as that shows 1 ÷ factor by now. Either way the cover is scaled, not the
 * claims, which stay whole numbers.
 */
export function fitYears(
  { cells }: Pick<Table, 'cells'>,
  age: number,
  plan: Plan,
): YearWeights | undefined {
  const { relativeTo, development, fade = 1 } = plan.experience;
  if (relativeTo === undefined && development === undefined && fade === 1) return undefined;
  if (!cells) {
    throw new MisuseError(
      'calibrate: relativeTo, development and fade need figures by year, which ready indicators lack; give a book',
    );
  }
  const years = Array.from({ length: cells.years }, (_, year) => year);
  const total = (column: Float64Array, year: number) =>
    sum(column.filter((_, cell) => cell % cells.years === year));
  // What a year without cover shows is set against nothing: the cover keeps its total.
  const relative = (part: Float64Array, whole: Float64Array) => {
    const bases = years.map((year) => total(whole, year));
    const parts = years.map((year) => (bases[year] > 0 ? Math.max(0, total(part, year)) : 0));
    const overall = sum(parts) / sum(bases);
    return years.map((year) =>
      bases[year] > 0 && overall > 0 ? parts[year] / bases[year] / overall : 1,
    );
  };
  const base =
    plan.experience.base === 'earned_premium' ? cells.earnedPremium : cells.exposureYears;
  const knownBy = (factors: Readonly<Record<string, number>> = {}) =>
    years.map((year) => 1 / factorAt(factors, Math.min(12 * (year + 1), plan.window.months) + age));
  const byBook = relativeTo === 'book-year';
  return {
    fade: years.map((year) => fade ** year),
    claims: byBook ? relative(cells.claimCount, base) : knownBy(development?.claims),
    losses: byBook ? relative(cells.cappedLoss, cells.earnedPremium) : knownBy(development?.losses),
  };
}

/** The months between the as-of date and a later valuation of the sums: they are that much older. */
export function monthsSinceAsOf({ asOf, valuedAt }: Table): number {
  return asOf === undefined || valuedAt === undefined ? 0 : monthsBetween(asOf, valuedAt);
}

/** A factor at an age in months, by straight lines between the ages given; 1 beyond the last. */
function factorAt(factors: Readonly<Record<string, number>>, age: number): number {
  const ages = Object.keys(factors)
    .map(Number)
    .sort((a, b) => a - b);
  const after = ages.findIndex((given) => given >= age);
  if (after < 0) return 1;
  const to = ages[after];
  if (after === 0 || to === age) return factors[to];
  const from = ages[after - 1];
  return factors[from] + ((age - from) / (to - from)) * (factors[to] - factors[from]);
}

/** The columns of a table that hold figures of single years, for the formulas above. */
export function yearColumns({ cells, length }: Table): Record<string, Float64Array> {
  if (!cells) {
    throw new MisuseError(
      'assess: the model weighs experience years apart, which ready indicators lack; give a book',
    );
  }
  return cellColumns(cells, length);
}
