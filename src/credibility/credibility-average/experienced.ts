import { evaluate } from '../../formulas/evaluate.js';
import type { Hierarchical } from '../hierarchical.js';
import { type Experience, segmentRelativity, type YearCells, type YearWeights } from '../method.js';
import { cellColumns, yearFormulas } from '../years.js';
import type { Experienced } from './claims-index.js';
import { experiencedFormulas } from './formulas.js';
/** How each customer's segment relates to the book in losses; 1 without segments. */
export function relativitiesOf(
  segments: Hierarchical | undefined,
  codes: Int32Array | undefined,
  length: number,
): Float64Array {
  return Float64Array.from({ length }, (_, row) =>
    segments && codes ? segmentRelativity(segments, codes[row]) : 1,
  );
}

/** What the formulas of years read. */
export interface Years {
  readonly columns: Experience['columns'];
  readonly cells: YearCells | undefined;
  readonly years: YearWeights | undefined;
}

/** Experience whose years are alike, and whose cover is that of an average segment. */
export function experiencedOf(experience: Years, relativities: Float64Array): Experienced {
  const names = ['weighted_claims', 'weighted_base', 'weighted_exposure', 'comparable_loss'];
  const { weighted_claims, weighted_base, weighted_exposure, comparable_loss } = evaluate(
    formulasOf(experience),
    inputsOf(experience),
    relativities.length,
    names,
  );
  return {
    claims: weighted_claims,
    losses: comparable_loss,
    premium: weighted_base.map((value, row) => value * relativities[row]),
    exposureYears: weighted_exposure.map((value, row) => value * relativities[row]),
  };
}

export const formulasOf = ({ years }: Years) => [
  ...yearFormulas(years, 'earned_premium'),
  ...experiencedFormulas(years),
];

export const inputsOf = ({ columns, cells, years }: Years) => ({
  ...columns,
  ...(years && cells ? cellColumns(cells, columns.earned_premium.length) : {}),
});

/** The customers with premium and cover to set claims against. */
export function known({ premium, exposureYears, claims, losses }: Experienced) {
  const rows = Uint32Array.from(premium.keys()).filter(
    (row) => premium[row] > 0 && exposureYears[row] > 0 && claims[row] >= 0,
  );
  const of = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]);
  return {
    rows,
    experienced: {
      premium: of(premium),
      exposureYears: of(exposureYears),
      claims: of(claims),
      losses: of(losses),
    },
  };
}
