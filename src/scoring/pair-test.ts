import { type Attribute, sum } from '../columns.js';
import { type ChanceTest, dispersionOf, fewestExpected, testOf } from './chance-test.js';
import { fitLevels, type Levels, levelColumn } from './levels.js';

/** Levels for pairs are few, so that their cells have claims: a tenth of the exposure, four bins. */
const [share, bins] = [0.1, 4];

/** An attribute by the few levels at which it is looked at beside another. */
export interface CoarseAttribute {
  readonly name: string;
  readonly levels: Levels;
  /** The level of each row. */
  readonly codes: Int32Array;
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

/** The levels of an attribute for pairs, cut without looking at claims. */
export function coarseLevels(
  { counts, exposure }: Omit<PairRows, 'expected'>,
  attribute: Attribute,
): CoarseAttribute {
  const levels = fitLevels(attribute, exposure, counts, {
    minimumExposure: share * sum(exposure),
    bins,
    merge: false,
  });
  return { name: attribute.name, levels, codes: levelColumn(levels, attribute) };
}

/**
 * Whether the claims of two attributes differ by more than the two tell each alone: over the cells of
 * both the lifts of each are fitted together (proportional fitting, to claims by level of each), and
 * Σ (claims − fitted)² ÷ (fitted × dispersion) is chi-squared if that is all there is. Cells that
 * expect too few claims are left out.
 *
 * @param variance of customers' true relativities
 * @returns null where one of the two has a single level, or nothing is left to test
 */
export function pairTest(
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

/** The cells of two attributes that expect claims enough. */
function cellsOf(
  { counts, expected, exposure }: PairRows,
  first: CoarseAttribute,
  second: CoarseAttribute,
): PairCell[] {
  const width = second.levels.names.length;
  const cells = Array.from(
    { length: first.levels.names.length * width },
    (_, c): PairCell => ({
      a: Math.floor(c / width),
      b: c % width,
      exposure: 0,
      claims: 0,
      expected: 0,
      squares: 0,
      alone: 0,
    }),
  );
  for (let row = 0; row < counts.length; row++) {
    const cell = cells[first.codes[row] * width + second.codes[row]];
    cell.exposure += exposure[row];
    cell.claims += counts[row];
    cell.expected += expected[row];
    cell.squares += expected[row] ** 2;
  }
  return cells.filter((cell) => cell.expected >= fewestExpected);
}

/** Fits both attributes' lifts into the cells and tests what is left; null without anything left. */
function interaction(cells: readonly PairCell[], variance: number): ChanceTest | null {
  const lifts = { a: new Map<number, number>(), b: new Map<number, number>() };
  const fit = (side: 'a' | 'b', other: 'a' | 'b') => {
    const [came, base] = [new Map<number, number>(), new Map<number, number>()];
    for (const cell of cells) {
      const at = cell[side];
      came.set(at, (came.get(at) ?? 0) + cell.claims);
      const given = cell.expected * (lifts[other].get(cell[other]) ?? 1);
      base.set(at, (base.get(at) ?? 0) + given);
    }
    let moved = 0;
    for (const [at, claims] of came) {
      const lift = claims === 0 ? 0 : claims / (base.get(at) ?? 1);
      moved = Math.max(moved, Math.abs(lift - (lifts[side].get(at) ?? 0)));
      lifts[side].set(at, lift);
    }
    return moved;
  };
  for (let round = 0; round < 200; round++) {
    if (Math.max(fit('a', 'b'), fit('b', 'a')) < 1e-9) break;
  }
  let statistic = 0;
  const known: PairCell[] = [];
  for (const cell of cells) {
    cell.alone = cell.expected * (lifts.a.get(cell.a) ?? 1) * (lifts.b.get(cell.b) ?? 1);
    if (cell.alone <= 0) continue;
    known.push(cell);
    statistic += (cell.claims - cell.alone) ** 2 / (cell.alone * dispersionOf(cell, variance));
  }
  const positive = (side: Map<number, number>) => [...side.values()].filter((x) => x > 0).length;
  const freedom = known.length - positive(lifts.a) - positive(lifts.b) + blocksIn(known);
  return freedom > 0 ? testOf(statistic, freedom) : null;
}

/** Into how many blocks cells fall that share no level: each has a level of its own for both to fit. */
function blocksIn(cells: readonly PairCell[]): number {
  let blocks: { a: number[]; b: number[] }[] = [];
  for (const { a, b } of cells) {
    const touched = blocks.filter((block) => block.a.includes(a) || block.b.includes(b));
    const rest = blocks.filter((block) => !touched.includes(block));
    const joined = {
      a: [a, ...touched.flatMap((block) => block.a)],
      b: [b, ...touched.flatMap((block) => block.b)],
    };
    blocks = [...rest, joined];
  }
  return blocks.length;
}
