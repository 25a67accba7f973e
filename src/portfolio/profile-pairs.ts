import { type Attribute, sum } from '../columns.js';
import { fitLevels, levelColumn } from '../scoring/levels.js';
import type { Observed } from './profile-observed.js';
import type { Profile, ProfileCell } from './profile-result.js';
import {
  adjusted,
  dispersionOf,
  fewestExpected,
  findingOf,
  type LoneTest,
  testOf,
} from './profile-tests.js';

/** Levels for pairs are few, so that their cells have claims: a tenth of the exposure, four bins. */
const [share, bins] = [0.1, 4];

interface Coarse {
  readonly name: string;
  readonly names: readonly string[];
  readonly codes: Int32Array;
}

/** What was seen at two levels together, and what each attribute alone gives. */
interface Cell {
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
 * Pairs of attributes whose claims differ by more than the two tell each alone: over the cells of two
 * attributes the lifts of both are fitted together (proportional fitting, to claims by level of
 * each), and Σ (claims − fitted)² ÷ (fitted × dispersion) is chi-squared if that is all there is.
 */
export function pairsOf(
  observed: Observed,
  expected: Float64Array,
  variance: number,
  attributes: readonly Attribute[],
  { rate, kinds, looked }: { rate: number; kinds: number; looked: () => void },
): Profile['pairs'] {
  const minimumExposure = share * sum(observed.exposureYears);
  const coarse = attributes.map((attribute): Coarse => {
    const { exposureYears, claims } = observed;
    const levels = fitLevels(attribute, exposureYears, claims, {
      minimumExposure,
      bins,
      merge: false,
    });
    const codes = levelColumn(levels, attribute);
    return { name: attribute.name, names: levels.names, codes };
  });
  const looks = coarse.flatMap((first, k) =>
    coarse.slice(k + 1).flatMap((second) => {
      looked();
      if (first.names.length < 2 || second.names.length < 2) return [];
      const cells = cellsOf(observed, expected, first, second);
      const test = interaction(cells, variance);
      return test ? [{ first, second, cells, test }] : [];
    }),
  );
  const tests = adjusted(
    looks.map(({ test }) => test),
    kinds,
  );
  const named = looks.flatMap(({ first, second, cells }, k) => {
    const test = tests[k];
    const finding = findingOf(test, rate);
    if (!test || (finding !== 'found' && finding !== 'perhaps-chance')) return [];
    const names = [first.name, second.name] as const;
    return [{ names, finding, test, cells: shownCells(cells, variance, first, second) }];
  });
  return {
    tested: looks.length,
    named: named.toSorted((a, b) => a.test.pValue - b.test.pValue),
  };
}

/** The cells of two attributes that expect claims enough. */
function cellsOf(observed: Observed, expected: Float64Array, first: Coarse, second: Coarse) {
  const { exposureYears, claims } = observed;
  const width = second.names.length;
  const cells = Array.from(
    { length: first.names.length * width },
    (_, c): Cell => ({
      a: Math.floor(c / width),
      b: c % width,
      exposure: 0,
      claims: 0,
      expected: 0,
      squares: 0,
      alone: 0,
    }),
  );
  for (let row = 0; row < claims.length; row++) {
    const cell = cells[first.codes[row] * width + second.codes[row]];
    cell.exposure += exposureYears[row];
    cell.claims += claims[row];
    cell.expected += expected[row];
    cell.squares += expected[row] ** 2;
  }
  return cells.filter((cell) => cell.expected >= fewestExpected);
}

/** Fits both attributes' lifts into the cells and tests what is left; null without anything left. */
function interaction(cells: readonly Cell[], variance: number): LoneTest | null {
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
  const known: Cell[] = [];
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
function blocksIn(cells: readonly Cell[]): number {
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

function shownCells(
  cells: readonly Cell[],
  variance: number,
  first: Coarse,
  second: Coarse,
): ProfileCell[] {
  const distance = (cell: Cell) =>
    Math.abs(cell.claims - cell.alone) /
    Math.sqrt(Math.max(cell.alone, 1e-9) * dispersionOf(cell, variance));
  return cells
    .toSorted((x, y) => distance(y) - distance(x))
    .map(({ a, b, exposure, claims, expected, alone }) => ({
      levels: [first.names[a], second.names[b]] as const,
      exposureYears: exposure,
      claims,
      lift: claims / expected,
      liftOfEach: alone / expected,
    }));
}
