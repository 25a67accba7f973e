import type { Book } from '../book/book.js';
import type { YearCells } from '../credibility/method.js';
import type { Formula } from '../formulas/expression.js';
import type { Unit } from '../formulas/units.js';
import type { ObservationWindow } from './observation-window.js';

/** What values there may be; by the unit where not said: from 0 on, counts whole. */
interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
  /** Values to look at where no rule names any. */
  readonly typical?: readonly number[];
  /** Whether it is never missing. */
  readonly known?: boolean;
}

/** A change for the worse of a customer: what it is called, and of what kind it is. */
export interface Worsening {
  readonly words: string;
  readonly kinds: readonly ('losses' | 'claims' | 'claim-free years')[];
  /** Whether less is worse. */
  readonly falls?: boolean;
  /** What becomes of this and other names; a worse value of this one where not said. */
  readonly changes?: Readonly<Record<string, Formula>>;
}

/** A figure of a customer that rules may name, and all that the linter has to know of it. */
export interface Described {
  readonly name: string;
  readonly label: string;
  readonly unit: Unit;
  readonly range?: Range;
  readonly worse?: Worsening;
  /** The name that it is never above, where both are known. */
  readonly atMost?: string;
  /**
   * Customers that there cannot be; `window_years` is how long claims are looked back on. What is
   * missing makes nobody impossible; each holds where all its names are in question.
   */
  readonly impossible?: readonly Formula[];
}

/** What is measured of a customer: its name in files and formulas, how to say it, and what it is. */
export interface Indicator extends Described {
  readonly definition: string;
  /** How it follows from the indicators before it; without one it is measured from the book. */
  readonly formula?: Formula;
  /** How files of ready indicators, and single customers, state a measured one. */
  readonly input?: {
    readonly required?: boolean;
    /** What a field without it counts as in rows that are lost. */
    readonly money?: boolean;
    readonly belowZero?: boolean;
    /** What it is where not stated: 0, or the difference of two others; missing where not said. */
    readonly unstated?: 0 | readonly [of: string, less: string];
    /** Whether the default plan does not look at it, so that nobody misses it. */
    readonly unmissed?: boolean;
  };
}

/**
 * One pass over the book that measures the indicators of a theme: one value per customer of the frame, by
 * indicator name; `capped` is what a claim counts with. It stands apart from their list, for scoring
 * needs only that.
 */
export type Measure = (
  book: Book,
  frame: ObservationWindow,
  cells: YearCells,
  capped: (claim: number) => number,
) => Record<string, Float64Array>;
