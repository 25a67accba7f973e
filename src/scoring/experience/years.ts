import { monthsBetween } from '../../base/calendar.js';
import { sum } from '../../base/columns.js';
import { MisuseError } from '../../base/errors.js';
import type { Formula, NamedFormula } from '../../formulas/expression.js';
import type { Table, YearCells } from '../../indicators/table.js';
import type { YearWeights } from '../../model/model.js';
import type { Plan } from '../../plan/plan.js';

/** The figures of one experience year that formulas may use, by their names in a table's cells. */
const yearFigures = {
  exposure_years: 'exposureYears',
  earned_premium: 'earnedPremium',
  claim_count: 'claimCount',
  capped_loss: 'cappedLoss',
} as const satisfies Record<string, keyof YearCells>;
type YearFigure = keyof typeof yearFigures;
export const yearFigureNames = Object.keys(yearFigures) as YearFigure[];

/** The input that holds a figure of one experience year: `claim_count_year_1` is the latest. */
export const yearName = (figure: YearFigure, year: number): string => `${figure}_year_${year + 1}`;

/**
 * The weight of each experience year's claims, losses and cover, where the plan asks for any.
 *
 * Relative to the book's year: a year's claims (losses) are expected in proportion to the book's in
 * that year, so an unfinished year, or a bad one for all, is nobody's own. Development: of what will
 * be claimed, a year as old as that shows 1 ÷ factor by now. Either way the cover is scaled, not the
 * claims, which stay whole numbers.
 */
export function fitYears({ cells }: Table, age: number, plan: Plan): YearWeights | undefined {
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

/** Σ over years of weight × the figure of that year; the figure of the whole window without weights. */
export function weighed(figure: YearFigure, weights: readonly number[] | undefined): Formula {
  if (weights === undefined) return figure;
  return weights
    .map((weight, year): Formula => ['*', weight, yearName(figure, year)])
    .reduce((total, part) => ['+', total, part]);
}

/**
 * What the methods rate: claims and losses, and the cover they are set against, by the weights of
 * their years. `levelled_` leaves the fading out: what the book would have had on that cover.
 */
export function yearFormulas(
  years: YearWeights | undefined,
  base: 'earned_premium' | 'exposure_years',
): NamedFormula[] {
  const times = (a?: readonly number[], b?: readonly number[]) =>
    a && b ? a.map((value, year) => value * b[year]) : undefined;
  return [
    { name: 'weighted_claims', formula: weighed('claim_count', years?.fade) },
    { name: 'weighted_base', formula: weighed(base, times(years?.fade, years?.claims)) },
    { name: 'levelled_base', formula: weighed(base, years?.claims) },
    { name: 'weighted_loss', formula: weighed('capped_loss', years?.fade) },
    {
      name: 'weighted_premium',
      formula: weighed('earned_premium', times(years?.fade, years?.losses)),
    },
    { name: 'levelled_premium', formula: weighed('earned_premium', years?.losses) },
  ];
}

/** The names of all inputs of single years. */
export function yearNames({ fade }: YearWeights): string[] {
  return yearFigureNames.flatMap((figure) => fade.map((_, year) => yearName(figure, year)));
}

/** The columns of a table that hold figures of single years, for the formulas above. */
export function yearColumns({ cells, length }: Table): Record<string, Float64Array> {
  if (!cells) {
    throw new MisuseError(
      'assess: the model weighs experience years apart, which ready indicators lack; give a book',
    );
  }
  const columns: Record<string, Float64Array> = {};
  for (const figure of yearFigureNames) {
    const all = cells[yearFigures[figure]];
    for (let year = 0; year < cells.years; year++) {
      columns[yearName(figure, year)] = Float64Array.from(
        { length },
        (_, row) => all[row * cells.years + year],
      );
    }
  }
  return columns;
}
