import { evaluate } from '../formulas/evaluate.js';
import { type Formula } from '../formulas/expression.js';
import type { Example } from './finding.js';
import { type Asked, afterChange, afterName, freeIn } from './ground.js';
import type { Cell } from './search.js';
import { exampleOf } from './study.js';

export type Kind = 'losses' | 'claims' | 'claim-free years';

/** A change for the worse: what becomes of the names that change, and what must hold of it. */
export interface Move {
  readonly words: string;
  /** Of moves that show the same thing one is enough. */
  readonly kinds: readonly Kind[];
  readonly changes: Readonly<Record<string, Formula>>;
  readonly never: readonly Formula[];
}

const worse = (name: string, words: string, kind: Kind = 'losses'): Move => ({
  words,
  kinds: [kind],
  changes: { [name]: `worse ${name}` },
  never: [
    kind === 'claim-free years'
      ? ['not', ['<', `worse ${name}`, name]]
      : ['not', ['>', `worse ${name}`, name]],
  ],
});
const oneMore = (name: string): Formula => ['+', name, 1];

/** What makes a customer worse. Each alone, so that whatever happens together is worse as well. */
export const moves: readonly Move[] = [
  worse('expected_loss_ratio', 'a worse expected loss ratio'),
  worse('loss_ratio', 'a worse observed loss ratio'),
  worse('probability_above_permissible', 'a loss ratio more surely above the permissible'),
  worse('expected_low', 'a worse expected loss ratio at least'),
  worse('expected_high', 'a worse expected loss ratio at most'),
  worse('incurred_loss', 'larger losses'),
  worse('capped_loss', 'larger losses'),
  worse('pure_premium', 'larger losses a year'),
  worse('largest_claim', 'a larger claim'),
  worse('claim_frequency', 'more claims a year', 'claims'),
  worse('claim_free_years', 'fewer claim-free years', 'claim-free years'),
  {
    words: 'one more claim',
    kinds: ['claims'],
    changes: { claim_count: oneMore('claim_count') },
    never: [],
  },
  {
    words: 'one more claim just now',
    kinds: ['claims', 'claim-free years'],
    changes: {
      claim_count: oneMore('claim_count'),
      recent_claim_count: oneMore('recent_claim_count'),
      claim_free_years: ['*', 0, 'claim_free_years'],
    },
    never: [],
  },
];

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
