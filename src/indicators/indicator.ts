import type { Book } from '../book/book.js';
import type { YearCells } from '../credibility/method.js';
import type { Formula } from '../formulas/expression.js';
import type { Unit } from '../formulas/units.js';
import type { ObservationWindow } from './observation-window.js';

/** What is measured of a customer: its name in files and formulas, how to say it, and what it is. */
export interface Indicator {
  readonly name: string;
  readonly label: string;
  readonly unit: Unit;
  readonly definition: string;
  /** How it follows from the indicators before it; without one it is measured from the book. */
  readonly formula?: Formula;
}

/**
 * One pass over the book that measures the indicators of a theme: one value a customer of the frame, by
 * indicator name; `capped` is what a claim counts with. It stands apart from their list, for scoring
 * needs only that.
 */
export type Measure = (
  book: Book,
  frame: ObservationWindow,
  cells: YearCells,
  capped: (claim: number) => number,
) => Record<string, Float64Array>;
