import type { Attribute } from '../../base/columns.js';
import {
  type CoarseAttribute,
  coarseLevels,
  type PairCell,
  pairTests,
} from '../../scoring/scorecard/pair-test.js';
import { dispersionOf } from '../../scoring/statistics/chance-test.js';
import type { Observed } from './observed.js';
import type { Profile, ProfileCell } from './result.js';
import { adjusted, findingOf } from './tests.js';

/** Pairs of attributes whose claims differ by more than the two tell each alone ({@link pairTests}). */
export function pairsOf(
  observed: Observed,
  expected: Float64Array,
  variance: number,
  attributes: readonly Attribute[],
  {
    rate,
    kinds,
    minimumExposure,
    looked,
  }: { rate: number; kinds: number; minimumExposure: number; looked: () => void },
): Profile['pairs'] {
  const rows = { counts: observed.claims, expected, exposure: observed.exposureYears };
  const coarse = attributes.map((attribute) => coarseLevels(rows, attribute, minimumExposure));
  const looks = pairTests(rows, coarse, variance, looked);
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

function shownCells(
  cells: readonly PairCell[],
  variance: number,
  first: CoarseAttribute,
  second: CoarseAttribute,
): ProfileCell[] {
  const distance = (cell: PairCell) =>
    Math.abs(cell.claims - cell.alone) /
    Math.sqrt(Math.max(cell.alone, 1e-9) * dispersionOf(cell, variance));
  return cells
    .toSorted((x, y) => distance(y) - distance(x))
    .map(({ a, b, exposure, claims, expected, alone }) => ({
      levels: [first.levels.names[a], second.levels.names[b]] as const,
      exposureYears: exposure,
      claims,
      lift: claims / expected,
      liftOfEach: alone / expected,
    }));
}
