import type { Day, Period } from './calendar.js';
import type { Attribute } from './columns.js';

/**
 * Premium, exposure, claims and losses by customer and experience year: the cell of customer i and
 * year y (0 the latest) stands at `i × years + y`.
 */
export interface YearCells {
  readonly years: number;
  readonly exposureYears: Float64Array;
  readonly earnedPremium: Float64Array;
  readonly claimCount: Float64Array;
  /** Losses up to the plan's cap. */
  readonly cappedLoss: Float64Array;
}

/** The indicators of customers: one row each, sorted by id; a missing value is NaN. */
export interface Table {
  readonly length: number;
  readonly ids: readonly string[];
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** line, channel, branch, then whatever else came along. */
  readonly attributes: readonly Attribute[];
  /** The day at whose start the indicators were taken, where it was stated. */
  readonly asOf: Day | undefined;
  readonly window: Period | undefined;
  /** Figures by experience year, where the table was measured from a book. */
  readonly cells: YearCells | undefined;
  /** Customers of the book without cover in the window; they are not in the table. */
  readonly withoutCover: number;
  /** Yearly sums left out whole because they straddle the window's begin or a later valuation. */
  readonly leftOut: {
    readonly rows: number;
    readonly premium: number;
    readonly claims: number;
    readonly incurred: number;
  };
}
