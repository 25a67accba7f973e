import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Example, Looked } from './finding.js';
import { type Asked, askedOf, type Ground } from './ground.js';
import { plainName } from './possible.js';
import { type Answer, type Cell, type SearchOptions, search } from './search.js';

/** A plan under study: what its rules rest on, and what was looked at so far. */
export interface Study {
  readonly ground: Ground;
  readonly windowYears: number;
  readonly work: { left: number };
  readonly looked: Map<string, Looked>;
}

interface Look extends Omit<SearchOptions, 'windowYears' | 'work'> {
  /** What is asked about, as the account of what was looked at names it. */
  readonly about: string;
  readonly conditions: readonly Formula[];
}

/** Looks for customers for whom conditions hold, and keeps account of it. */
export function ask(
  study: Study,
  { further = [], ...asks }: Look & { readonly further?: readonly NamedFormula[] },
): Answer {
  const names = asks.conditions.map((formula, k) => ({ name: `asked ${k}`, formula }));
  const { formulas, free } = askedOf(study.ground, [...further, ...names]);
  const asked = { formulas: formulas.filter(({ name }) => !name.startsWith('asked ')), free };
  return look(study, asked, asks);
}

/** As {@link ask}, where it is settled already what the conditions rest on. */
export function look(
  { windowYears, work, looked }: Study,
  asked: Asked,
  { about, conditions, ...options }: Look,
): Answer {
  const answer = search(asked, conditions, { windowYears, work, ...options });
  const before = looked.get(about);
  const why = before?.why ?? answer.why;
  looked.set(about, {
    about,
    cells: (before?.cells ?? 0) + answer.cells,
    proof: why === undefined ? 'every cell' : 'sampled',
    ...(why !== undefined && { why }),
  });
  return answer;
}

/** A found customer as an example: what is known of it by name, in the order of the names. */
export function exampleOf(cell: Cell): Example {
  const known = Object.entries(cell).filter(([name]) => name === plainName(name));
  return Object.fromEntries(
    known.map(([name, value]) => [name, Number.isNaN(value) ? null : value]),
  );
}
