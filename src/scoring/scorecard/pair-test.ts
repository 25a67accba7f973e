import { type Attribute, sum } from '../../base/columns.js';
import { type ChanceTest, dispersionOf, minExpected, testOf } from '../statistics/chance-test.js';
import { combinations } from '../statistics/combinations.js';
import { fitLevels, type Levels, type LevelsOptions, levelColumn } from './levels.js';
import { twoWay } from './two-way.js';

/** Levels for pairs are few, so that their cells have claims: a tenth of the exposure, four bins. */
const [share, bins] = [0.1, 4];

/** An attribute by the few levels at which it is looked at beside another. */
export interface CoarseAttribute {
  readonly name: string;
  readonly levels: Levels;
  /** The level of each row. */
  readonly codes: Int32Array;
  /** Its own, finer levels within those: what it tells alone is not told by a pair. */
  readonly finer: { readonly codes: Int32Array; readonly within: readonly number[] };
}

/** What was seen of customers, by row. */
export interface PairRows {
  readonly counts: Float64Array;
  readonly expected: Float64Array;
  readonly exposure: Float64Array;
}

/** What was seen at two levels together, and what each attribute alone gives. */
export interface PairCell {
  readonly a: number;
  readonly b: number;
  exposure: number;
  claims: number;
  expected: number;
  squares: number;
  /** Claims at the lifts of both attributes, each working alone. */
  alone: number;
}

/**
 * The levels of an attribute for pairs, cut without looking at claims.
 *
 * @param minimumExposure of its own levels, null for the usual; the few have at least a tenth of all
 */
export function coarseLevels(
  { counts, exposure }: Omit<PairRows, 'expected'>,
  attribute: Attribute,
  minimumExposure: number | null,
): CoarseAttribute {
  const cut = (options: LevelsOptions) => {
    const levels = fitLevels(attribute, exposure, counts, { ...options, merge: false });
    return { levels, codes: levelColumn(levels, attribute) };
  };
  const coarse = Math.max(share * sum(exposure), minimumExposure ?? 0);
  const { levels, codes } = cut({ minimumExposure: coarse, bins });
  const own = cut({ minimumExposure });
  // Cuts of numbers need not meet: a finer level is an own level within one of the few.
  const { cellOf, first } = combinations(Array.from(codes.keys()), [
    { codes, columns: levels.names.length },
    { codes: own.codes, columns: own.levels.names.length },
  ]);
  const within = first.map((row) => codes[row]);
  return { name: attribute.name, levels, codes, finer: { codes: cellOf, within } };
}

/**
 * Whether the claims of two attributes differ by more than the two tell each alone: the lifts of both
 * are fitted together (proportional fitting, to claims by the own levels of each), and over the cells
 * of the few levels Σ (claims − fitted)² ÷ (fitted × dispersion) is chi-squared if that is all there
 * is. Cells that expect too few claims are left out.
 *
 * @param variance of customers' true relativities
 * @returns null where one of the two has a single level, or nothing is left to test
 */
function pairTest(
  rows: PairRows,
  first: CoarseAttribute,
  second: CoarseAttribute,
  variance: number,
): { cells: readonly PairCell[]; test: ChanceTest } | null {
  if (first.levels.names.length < 2 || second.levels.names.length < 2) return null;
  const cells = cellsOf(rows, first, second);
  const test = interaction(cells, variance);
  return test && { cells, test };
}

/** The test above for every two of some attributes that have something to test. */
export function pairTests(
  rows: PairRows,
  attributes: readonly CoarseAttribute[],
  variance: number,
  looked?: () => void,
) {
  return attributes.flatMap((first, k) =>
    attributes.slice(k + 1).flatMap((second) => {
      looked?.();
      const pair = pairTest(rows, first, second, variance);
      return pair ? [{ first, second, ...pair }] : [];
    }),
  );
}

/** The cells of two attributes that expect claims enough, with what each attribute alone gives. */
function cellsOf(rows: PairRows, first: CoarseAttribute, second: CoarseAttribute): PairCell[] {
  const { counts, expected, exposure } = rows;
  const coarseWidth = second.levels.names.length;
  const cells = Array.from(
    { length: first.levels.names.length * coarseWidth },
    (_, cell): PairCell => ({
      a: Math.floor(cell / coarseWidth),
      b: cell % coarseWidth,
      exposure: 0,
      claims: 0,
      expected: 0,
      squares: 0,
      alone: 0,
    }),
  );
  const width = second.finer.within.length;
  const own = new Float64Array(first.finer.within.length * width);
  const ownClaims = new Float64Array(own.length);
  for (let row = 0; row < counts.length; row++) {
    const cell = cells[first.codes[row] * coarseWidth + second.codes[row]];
    cell.exposure += exposure[row];
    cell.claims += counts[row];
    cell.expected += expected[row];
    cell.squares += expected[row] ** 2;
    const at = first.finer.codes[row] * width + second.finer.codes[row];
    own[at] += expected[row];
    ownClaims[at] += counts[row];
  }
  const cellOf = (at: number) =>
    cells[
      first.finer.within[Math.floor(at / width)] * coarseWidth + second.finer.within[at % width]
    ];
  const kept = own.map((value, at) => (cellOf(at).expected >= minExpected ? value : 0));
  const alone = twoWay(ownClaims, kept, width);
  for (let at = 0; at < own.length; at++) cellOf(at).alone += alone[at];
  return cells.filter((cell) => cell.expected >= minExpected);
}

/** Tests what the cells differ by from what each attribute alone gives; null without anything left. */
function interaction(cells: readonly PairCell[], variance: number): ChanceTest | null {
  const known = cells.filter(({ alone }) => alone > 0);
  const statistic = known.reduce((total, cell) => {
    const spread = cell.alone * dispersionOf(cell, variance);
    return total + (cell.claims - cell.alone) ** 2 / spread;
  }, 0);
  const levels = (side: 'a' | 'b') => new Set(known.map((cell) => cell[side])).size;
  const freedom = known.length - levels('a') - levels('b') + blocksIn(known);
  return freedom > 0 ? testOf(statistic, freedom) : null;
}

/** Into how many blocks cells fall that share no level: each has a level of its own for both to fit. */
function blocksIn(cells: readonly PairCell[]): number {
  let blocks: number[][] = [];
  for (const { a, b } of cells) {
    // Levels of the second are counted down from −1, to tell them from those of the first.
    const levels = [a, -1 - b];
    const touched = blocks.filter((block) => levels.some((level) => block.includes(level)));
    const rest = blocks.filter((block) => !touched.includes(block));
    blocks = [...rest, [...levels, ...touched.flat()]];
  }
  return blocks.length;
}
