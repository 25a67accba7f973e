import { evaluate } from '../formulas/evaluate.js';
import type { Formula } from '../formulas/expression.js';
import type { Worsening } from '../indicators/indicator.js';
import { described } from '../scoring/scores.js';
import type { Example } from './finding.js';
import { type Asked, afterChange, afterName, freeIn } from './ground.js';
import type { Cell } from './search.js';
import { exampleOf } from './study.js';

export type Kind = Worsening['kinds'][number];

/** A change for the worse: what becomes of the names that change, and what must hold of it. */
export interface Move extends Pick<Worsening, 'words' | 'kinds'> {
  readonly changes: Readonly<Record<string, Formula>>;
  readonly never: readonly Formula[];
}

/**
 * What makes a customer worse. Each alone, so that whatever happens together is worse as well; what
 * moves a single figure stands first, for it shows a fault more plainly.
 */
export const moves: readonly Move[] = [...described.values()]
  .flatMap(({ name, worse }): Move[] => {
    if (!worse) return [];
    const { words, kinds, falls, changes } = worse;
    if (changes) return [{ words, kinds, changes, never: [] }];
    const later = `worse ${name}`;
    const never: Formula = ['not', [falls ? '<' : '>', later, name]];
    return [{ words, kinds, changes: { [name]: later }, never: [never] }];
  })
  .toSorted((one, other) => other.never.length - one.never.length);

/** Formulas as they stand before and after a change; undefined where it changes none of them. */
export function changedBy({ changes }: Move, { formulas, free }: Asked): Asked | undefined {
  const known = Object.entries(changes).filter(([name]) => free.includes(name));
  if (known.length === 0) return undefined;
  const both = [...formulas, ...afterChange(formulas, Object.fromEntries(known))];
  return { formulas: both, free: freeIn(both) };
}

/** The name under which something stands after a change: its own, where the change is none to it. */
export function namesAfter({ formulas }: Asked): (name: string) => string {
  const has = new Set(formulas.map(({ name }) => name));
  return (name) => (has.has(afterName(name)) ? afterName(name) : name);
}

/** What formulas come to for one customer. */
export function valuesAt({ formulas }: Asked, cell: Cell, names: readonly string[]): number[] {
  const columns = Object.entries(cell).map(([name, value]) => [name, Float64Array.of(value)]);
  const values = evaluate(formulas, Object.fromEntries(columns), 1, names);
  return names.map((name) => values[name][0]);
}

/** A customer before and after a change. */
export function pairOf({ changes }: Move, cell: Cell): Example[] {
  const known = Object.keys(changes).filter((name) => name in cell);
  const formulas = known.map((name) => ({ name: afterName(name), formula: changes[name] }));
  const after = valuesAt({ formulas, free: [] }, cell, known.map(afterName));
  const later = Object.fromEntries(known.map((name, k) => [name, after[k]]));
  return [exampleOf(cell), exampleOf({ ...cell, ...later })];
}
