import { uniformFrom } from '../base/random.js';
import { compile } from '../formulas/compile.js';
import { type Formula, type NamedFormula, namesIn } from '../formulas/expression.js';
import { counted } from '../segments/counted.js';
import { representativesOf } from './cuts.js';
import { type Asked, afterName, freeIn, renamed } from './ground.js';
import { domainOf, impossibleCustomers } from './possible.js';

/** A customer as values of names; NaN where missing. */
export type Cell = Readonly<Record<string, number>>;

/** What a search saw. */
export interface Answer {
  /** For each condition, the first cells where it holds. */
  readonly found: readonly (readonly Cell[])[];
  readonly cells: number;
  /** Why not every cell was looked at; undefined where every one was. */
  readonly why: string | undefined;
}

export interface SearchOptions {
  /** How long claims are looked back on. */
  readonly windowYears: number;
  /** Cells × operators that are left to be spent. */
  readonly work: { left: number };
  /** Values that are given. */
  readonly given?: Cell;
  /** How many cells a condition are wanted. */
  readonly wanted?: number;
  /** What no cell may be, beyond what no customer can be. */
  readonly never?: readonly Formula[];
}

const maxCells = 2_000_000;
const maxDrawn = 40_000;
/** Cells × operators of one search: a second of work. */
const maxWork = 100_000_000;
/** The same of a plan in all, so that very many rules take bounded time too. */
export const workInAll = 800_000_000;
/** What making a formula ready costs, as if it ran on so many cells. */
const cellsToMakeReady = 3000;
/** Of so many customers the one that takes fewest letters to tell is the example. */
const maxCompared = 40;
const seed = 20240229;

/**
 * Looks for possible customers for whom conditions hold, over the cells that the formulas cut out of
 * all there may be: each of them where they are few enough, else a seeded draw of them.
 */
export function search(
  asked: Asked,
  conditions: readonly Formula[],
  { windowYears, work, given = {}, wanted = 1, never = [] }: SearchOptions,
): Answer {
  const questions = conditions.map((formula, k) => ({ name: `condition ${k}`, formula }));
  const excluded = [...excludedFrom(asked, windowYears), ...never];
  const formulas = [
    ...asked.formulas,
    ...questions,
    { name: 'excluded', formula: anyOf(excluded) },
  ];
  const names = freeIn(formulas);
  const size = formulas.reduce((all, { formula }) => all + sizeOf(formula), 0);
  work.left -= size * cellsToMakeReady;
  if (work.left < 0)
    return { found: conditions.map(() => []), cells: 0, why: 'too many rules to look at each' };
  const asks = { formulas: [...asked.formulas, ...questions], free: names };
  const { values, why } = representativesOf(asks, excluded);
  const lists = names.map((name) =>
    Object.hasOwn(given, name) ? [given[name]] : (values.get(name) ?? domainOf(name).typical),
  );
  const product = lists.reduce((all, { length }) => all * length, 1);
  const most = Math.min(maxCells, Math.ceil(Math.min(maxWork, work.left) / size));
  const every = product <= most;
  const cells = every ? product : Math.min(most, maxDrawn);
  const program = compile(formulas, names);
  const inputs = names.map((name) => program.register(name));
  const holding = questions.map(({ name }) => program.register(name));
  const notPossible = program.register('excluded');
  const found = conditions.map((): Cell[] => []);
  const draw = uniformFrom(seed);
  const fill = (row: number, position: number) => {
    let rest = position;
    for (const [v, list] of lists.entries()) {
      inputs[v][row] = list[every ? rest % list.length : Math.floor(draw() * list.length)];
      rest = Math.floor(rest / list.length);
    }
  };
  const several = Math.max(wanted, maxCompared);
  let looked = 0;
  while (looked < cells && found.some(({ length }) => length < several)) {
    const count = Math.min(program.blockSize, cells - looked);
    for (let row = 0; row < count; row++) fill(row, looked + row);
    program.run(count);
    for (const [k, holds] of holding.entries()) {
      for (let row = 0; row < count && found[k].length < several; row++) {
        if (!holds[row] || notPossible[row]) continue;
        found[k].push(Object.fromEntries(names.map((name, v) => [name, inputs[v][row]])));
      }
    }
    looked += count;
  }
  const plainest = found.map((some) =>
    some.sort((a, b) => lengthOf(a) - lengthOf(b)).slice(0, wanted),
  );
  work.left -= looked * size;
  const drawn = `${counted(looked, 'cell')} drawn of ${product < 1e12 ? counted(product, 'cell') : 'more than can be'}`;
  return { found: plainest, cells: looked, why: every ? why : drawn };
}

/** What makes a customer of these names impossible, as it stands and after a change. */
function excludedFrom({ formulas, free }: Asked, windowYears: number): Formula[] {
  const defined = new Set(formulas.map(({ name }) => name));
  const known = new Set([...defined, ...free]);
  const spoken = (formula: Formula) => namesIn(formula).every((name) => known.has(name));
  const now = impossibleCustomers(windowYears).filter(spoken);
  const later = now.flatMap((formula) => {
    const changed = namesIn(formula).filter((name) => defined.has(afterName(name)));
    return changed.length > 0 ? [renamed(formula, new Set(changed))] : [];
  });
  return [...now, ...later];
}

/** A condition that holds where one of several does. */
export function anyOf(conditions: readonly Formula[]): Formula {
  const [first = 0, ...rest] = conditions;
  return rest.length === 0 ? first : ['or', first, ...rest];
}

/** A condition that holds where all of several do. */
export function allOf(conditions: readonly Formula[]): Formula {
  const [first = 1, ...rest] = conditions;
  return rest.length === 0 ? first : ['and', first, ...rest];
}

function sizeOf(formula: NamedFormula['formula']): number {
  if (typeof formula !== 'object') return 1;
  const [, ...operands] = formula;
  return operands.reduce<number>((size, operand) => size + sizeOf(operand), 1);
}

/** How many letters it takes to tell a customer; what is missing asks for more than it shows. */
function lengthOf(cell: Cell): number {
  return Object.values(cell).reduce(
    (length, value) => length + (Number.isNaN(value) ? 8 : String(value).length),
    0,
  );
}
