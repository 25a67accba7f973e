import { compile } from '../formulas/compile.js';
import type { Formula } from '../formulas/expression.js';
import { type NamedFormula, neededFor } from '../formulas/expression.js';

import { freeIn } from './ground.js';
import { domainOf } from './possible.js';

/** So many solved cuts of one name are looked at, so that products stay small. */
const maxSolved = 16;
const maxSettings = 48;

/** Adds where a comparison of several names turns, for each of them at values of the others. */
export function solve(
  { left, right }: Comparison,
  formulas: readonly NamedFormula[],
  values: ReadonlyMap<string, readonly number[]>,
  cuts: ReadonlyMap<string, Set<number>>,
): void {
  const difference: NamedFormula = { name: 'difference', formula: ['-', left, right] };
  const needed = neededFor([difference.name], [...formulas, difference]);
  const names = freeIn(needed);
  for (const name of names) {
    const others = names.filter((other) => other !== name);
    const grid = gridOf(name, values.get(name) ?? []);
    const program = compile(needed, names, grid.length);
    const [input, output] = [program.register(name), program.register('difference')];
    const at = (value: number) => {
      input[0] = value;
      program.run(1);
      return output[0];
    };
    const solved = new Set<number>();
    for (const setting of settingsOf(others.map((other) => values.get(other) ?? []))) {
      for (const [k, other] of others.entries()) program.register(other).fill(setting[k]);
      input.set(grid);
      program.run(grid.length);
      const heights = output.slice(0, grid.length);
      for (let k = 0; k < grid.length; k++) {
        if (heights[k] === 0) solved.add(grid[k]);
        else if (k > 0 && heights[k - 1] * heights[k] < 0) {
          solved.add(rootBetween(at, [grid[k - 1], heights[k - 1]], [grid[k], heights[k]]));
        }
      }
    }
    const found = evenly(
      [...solved].sort((a, b) => a - b),
      maxSolved,
    );
    for (const root of found) cuts.get(name)?.add(root);
  }
}

function gridOf(name: string, values: readonly number[]): Float64Array {
  const { min, max } = domainOf(name);
  const wide = [0, 0.01, 0.1, 1, 2, 5, 10, 100, 1000, 10_000, 100_000, 1_000_000];
  const inside = [...values, ...wide].filter((value) => value >= min && value <= max);
  return Float64Array.from(new Set(inside)).sort();
}

/** Where a function passes 0 between two points: on the straight line, else by halving. */
function rootBetween(
  at: (value: number) => number,
  [low, below]: readonly [number, number],
  [high, above]: readonly [number, number],
): number {
  const straight = low - (below * (high - low)) / (above - below);
  if (Math.abs(at(straight)) <= 1e-12 * (Math.abs(below) + Math.abs(above))) return straight;
  let [from, to] = [low, high];
  for (let k = 0; k < 60; k++) {
    const middle = (from + to) / 2;
    if (Math.sign(at(middle)) === Math.sign(below)) from = middle;
    else to = middle;
  }
  return to;
}

/** Combinations of known values, evenly chosen where they are many. */
function settingsOf(values: readonly (readonly number[])[]): number[][] {
  const known = values.map((some) => some.filter((value) => !Number.isNaN(value)));
  const each = Math.max(2, Math.floor(maxSettings ** (1 / Math.max(1, known.length))));
  return known
    .map((some) => evenly(some, each))
    .reduce<number[][]>(
      (made, some) => made.flatMap((before) => some.map((value) => [...before, value])),
      [[]],
    );
}

/** So many of a list, from its first to its last. */
function evenly<T>(list: readonly T[], max: number): readonly T[] {
  if (list.length <= max) return list;
  return Array.from(
    { length: max },
    (_, k) => list[Math.round((k * (list.length - 1)) / (max - 1))],
  );
}

/** A comparison that a rule turns on: where `left − right` passes 0. */
export interface Comparison {
  readonly left: Formula;
  readonly right: Formula;
}
