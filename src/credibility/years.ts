import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Base, YearCells, YearWeights } from './method.js';

/** The figures of one experience year that formulas may use, by their names in a table's cells. */
const yearFigures = {
  exposure_years: 'exposureYears',
  earned_premium: 'earnedPremium',
  claim_count: 'claimCount',
  capped_loss: 'cappedLoss',
} as const satisfies Record<string, keyof YearCells>;

export type YearFigure = keyof typeof yearFigures;

export const yearFigureNames = Object.keys(yearFigures) as YearFigure[];

/** The input that holds a figure of one experience year: `claim_count_year_1` is the latest. */
export const yearName = (figure: YearFigure, year: number): string => `${figure}_year_${year + 1}`;

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
export function yearFormulas(years: YearWeights | undefined, base: Base): NamedFormula[] {
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

/** The figures of single years as columns, for the formulas above. */
export function cellColumns(cells: YearCells, length: number): Record<string, Float64Array> {
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
