import { didYouMean, MisuseError, requireKnown, shown } from '../../base/errors.js';
import type { Grades } from '../../grading/assess.js';
import { indicatorList } from '../../indicators/indicators.js';
import type { Table } from '../../indicators/table.js';

export interface ClustersOptions {
  /**
   * Indicators by which customers are alike or not; by default the four that a grade rests on:
   * `claim_frequency`, `loss_ratio`, `annual_premium`, `tenure_years`. Attributes do not enter.
   */
  readonly on?: readonly string[];
  /** So many clusters, whether natural or not; looked for by default. */
  readonly k?: number;
  /** The largest number of clusters looked at (8). */
  readonly max?: number;
  /** How often k-means starts again; the best is kept (5). */
  readonly starts?: number;
  /** How often customers are resampled to see whether the clusters last (50); 0: not. */
  readonly rounds?: number;
  /** A whole number; the same seed gives the same clusters, whatever the order of the rows (1). */
  readonly seed?: number;
  /** Called as the work goes on with the share that is done. */
  readonly onProgress?: (share: number) => void;
}

/** The figures that risk and value tiers rest on; a capped loss ratio needs no name, extremes are pulled in. */
const usual = ['claim_frequency', 'loss_ratio', 'annual_premium', 'tenure_years'];

const caller = 'clusters';

/** The options as they hold, and the table they hold for. */
export function checkedOptions(from: Grades | Table, options: ClustersOptions) {
  const grades = isGrades(from) ? from : undefined;
  const table = grades?.table ?? (from as Table);
  if (!table?.ids || !table.columns) {
    throw new MisuseError(
      `${caller}: expected grades, as assess(table, model) gives, or a table of indicators`,
    );
  }
  requireKnown(options, ['on', 'k', 'max', 'starts', 'rounds', 'seed', 'onProgress'], caller);
  const { on = usual, k, max = 8, starts = 5, rounds = 50, seed = 1, onProgress } = options;
  if (k !== undefined) requireWhole('k', k, 2, 100);
  requireWhole('max', max, 2, 100);
  requireWhole('starts', starts, 1, 1000);
  requireWhole('rounds', rounds, 0, 10_000);
  if (!Number.isSafeInteger(seed)) {
    throw new MisuseError(`${caller}: expected a whole number as the seed, got ${shown(seed)}`);
  }
  checkNames(table, on);
  return { grades, table, on, k, max, starts, rounds, seed, onProgress };
}

function isGrades(from: Grades | Table): from is Grades {
  return typeof from === 'object' && from !== null && 'table' in from;
}

function requireWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  throw new MisuseError(
    `${caller}: expected ${name} as a whole number from ${min} to ${max}, got ${shown(value)}`,
  );
}

function checkNames(table: Table, on: readonly string[]): void {
  if (!Array.isArray(on) || on.length === 0) {
    throw new MisuseError(`${caller}: expected one indicator or more, got ${shown(on)}`);
  }
  const names = indicatorList.map(({ name }) => name);
  const unknown = on.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const attribute = table.attributes.some(({ name }) => name === unknown);
    throw new MisuseError(
      attribute
        ? `${caller}: "${unknown}" is an attribute; clusters are formed by indicators only, as ${usual.join(', ')}`
        : `${caller}: ${shown(unknown)} is no indicator${didYouMean(String(unknown), names)}`,
    );
  }
  const twice = on.find((name, position) => on.indexOf(name) !== position);
  if (twice !== undefined) throw new MisuseError(`${caller}: "${twice}" appears twice`);
}
