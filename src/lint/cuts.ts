import { explainFormula } from '../formulas/explain.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Asked } from './ground.js';
import { domainOf, neverAbove, plainName } from './possible.js';
import type { Comparison } from './solve.js';
import { solve } from './solve.js';

/** Values of each free name that stand for all there are, and why they may not. */
export interface Representatives {
  readonly values: ReadonlyMap<string, readonly number[]>;
  /** Why not every cell has a representative; undefined where every one has. */
  readonly why: string | undefined;
}

const compared = ['<', '<=', '>', '>=', '=', '!='];
const logical = ['and', 'or', 'not', 'missing'];

/**
 * Values that stand for all a formula can tell apart. A comparison with one name in it cuts its
 * values in two: the cut, a value on each side, the ends and missing are all there is. One of several
 * names is solved for each of them at values of the others, which shows most of what there is.
 *
 * @param bounds further formulas that cut, such as the customers there cannot be
 */
export function representativesOf(asked: Asked, bounds: readonly Formula[] = []): Representatives {
  const definitions = new Map(asked.formulas.map(({ name, formula }) => [name, formula]));
  const cuts = new Map(asked.free.map((name) => [name, new Set<number>()]));
  const tangled: Comparison[] = [];
  for (const comparison of comparisonsIn(asked.formulas.map(({ formula }) => formula))) {
    const line = lineOf(['-', comparison.left, comparison.right], definitions);
    const names = line ? [...line.slopes].filter(([, slope]) => slope !== 0) : [];
    if (line && names.length === 1) cuts.get(names[0][0])?.add(-line.constant / names[0][1]);
    else if (line ? names.length > 1 : !isStepwise(comparison, definitions))
      tangled.push(comparison);
  }
  for (const { left, right } of comparisonsIn(bounds)) {
    if (typeof left === 'string' && typeof right === 'number') cuts.get(left)?.add(right);
  }
  shareCuts(cuts);
  const first = spreadOver(cuts);
  for (const comparison of tangled) solve(comparison, asked.formulas, first, cuts);
  const compared = tangled.map(({ left, right }) => explainFormula(['-', left, right]));
  return {
    values: tangled.length === 0 ? first : spreadOver(cuts),
    why:
      tangled.length === 0
        ? undefined
        : `several figures are compared with each other (${compared[0]})${compared.length > 1 ? `, as in ${compared.length - 1} more` : ''}`,
  };
}

/** The lines that conditions draw through single figures, each once, in their order. */
export function linesIn(
  formulas: readonly NamedFormula[],
  conditions: readonly Formula[],
): { readonly name: string; readonly line: number; readonly whole: boolean }[] {
  // A score is a figure of its own here, whatever it follows from: only settings are put in.
  const settings = formulas.filter(({ formula }) => typeof formula !== 'object');
  const definitions = new Map(settings.map(({ name, formula }) => [name, formula]));
  const found = new Map<string, { name: string; line: number; whole: boolean }>();
  for (const { left, right } of comparisonsIn(conditions)) {
    const line = lineOf(['-', left, right], definitions);
    const names = line ? [...line.slopes].filter(([, slope]) => slope !== 0) : [];
    if (!line || names.length !== 1) continue;
    const [[name, slope]] = names;
    const at = -line.constant / slope;
    if (!Number.isNaN(at))
      found.set(`${name} ${at}`, { name, line: at, whole: domainOf(name).whole });
  }
  return [...found.values()];
}

const spreadOver = (cuts: ReadonlyMap<string, ReadonlySet<number>>) =>
  new Map([...cuts].map(([name, at]) => [name, spread(name, at)]));

/** Names of which one is never above the other, and copies of a name, are cut alike. */
function shareCuts(cuts: ReadonlyMap<string, Set<number>>): void {
  const linked = (one: string, other: string) =>
    plainName(one) === plainName(other) ||
    neverAbove.some((pair) => pair.includes(plainName(one)) && pair.includes(plainName(other)));
  for (const [name, at] of cuts) {
    for (const [other, there] of cuts) {
      if (name === other || !linked(name, other)) continue;
      for (const cut of at) there.add(cut);
      for (const cut of there) at.add(cut);
    }
  }
}

/** Every comparison in formulas; a number that stands where a yes or no does is compared with 0. */
function comparisonsIn(formulas: readonly Formula[]): Comparison[] {
  const found = new Map<string, Comparison>();
  const condition = (formula: Formula) => {
    const truth =
      typeof formula === 'object' &&
      (compared.includes(formula[0]) || logical.includes(formula[0]) || formula[0] === 'case');
    if (!truth && typeof formula !== 'number') add({ left: formula, right: 0 });
    visit(formula);
  };
  const add = (comparison: Comparison) => found.set(JSON.stringify(comparison), comparison);
  const visit = (formula: Formula) => {
    if (typeof formula !== 'object') return;
    const [operator, ...operands] = formula;
    if (compared.includes(operator)) add({ left: operands[0], right: operands[1] });
    if (['and', 'or', 'not'].includes(operator)) operands.forEach(condition);
    else if (operator === 'case') {
      for (const [k, operand] of operands.entries()) {
        if (k % 2 === 0 && k < operands.length - 1) condition(operand);
        else visit(operand);
      }
    } else operands.forEach(visit);
  };
  formulas.forEach(visit);
  return [...found.values()];
}

interface Line {
  readonly constant: number;
  readonly slopes: ReadonlyMap<string, number>;
}

/** A formula as constant + Σ slope × name, or undefined where it is none. */
function lineOf(formula: Formula, definitions: ReadonlyMap<string, Formula>): Line | undefined {
  if (typeof formula === 'number') return { constant: formula, slopes: new Map() };
  if (typeof formula === 'string') {
    const definition = definitions.get(formula);
    if (definition !== undefined) return lineOf(definition, definitions);
    return { constant: 0, slopes: new Map([[formula, 1]]) };
  }
  const [operator, ...operands] = formula;
  if (!['+', '-', '*', '/'].includes(operator)) return undefined;
  const lines = operands.map((operand) => lineOf(operand, definitions));
  return lines.reduce((a, b) => {
    if (!a || !b) return undefined;
    if (operator === '+') return added(a, b, 1);
    if (operator === '-') return added(a, b, -1);
    if (operator === '*') {
      if (a.slopes.size === 0) return added(none, b, a.constant);
      return b.slopes.size === 0 ? added(none, a, b.constant) : undefined;
    }
    return b.slopes.size === 0 && b.constant !== 0 ? divided(a, b.constant) : undefined;
  });
}

const none: Line = { constant: 0, slopes: new Map() };

function added(a: Line, b: Line, times: number): Line {
  const slopes = new Map(a.slopes);
  for (const [name, slope] of b.slopes) slopes.set(name, (slopes.get(name) ?? 0) + times * slope);
  return { constant: a.constant + times * b.constant, slopes };
}

function divided({ constant, slopes }: Line, by: number): Line {
  return {
    constant: constant / by,
    slopes: new Map([...slopes].map(([name, slope]) => [name, slope / by])),
  };
}

/** Whether both sides only step where other comparisons do, such as a tier that is another's number. */
function isStepwise(
  { left, right }: Comparison,
  definitions: ReadonlyMap<string, Formula>,
): boolean {
  const steps = (formula: Formula): boolean => {
    if (typeof formula === 'number') return true;
    if (typeof formula === 'string') {
      const definition = definitions.get(formula);
      return definition !== undefined && steps(definition);
    }
    const [operator, ...operands] = formula;
    if (compared.includes(operator) || logical.includes(operator)) return true;
    if (operator !== 'case') return operands.every(steps);
    return operands.every(
      (operand, k) => (k % 2 === 0 && k < operands.length - 1) || steps(operand),
    );
  };
  return steps(left) && steps(right);
}

/** The cuts, a value between each two of them, and beyond the first and the last; then missing. */
function spread(name: string, cuts: ReadonlySet<number>): number[] {
  const { min, max, whole, typical, maybeMissing } = domainOf(name);
  const values = new Set<number>();
  const add = (value: number) => {
    if (value >= min && value <= max) values.add(value);
  };
  const sorted = [...cuts].filter(Number.isFinite).sort((a, b) => a - b);
  if (Number.isFinite(min)) add(min);
  if (Number.isFinite(max)) add(max);
  if (whole) {
    for (const cut of sorted) {
      for (const value of [Math.floor(cut) - 1, Math.floor(cut), Math.ceil(cut)]) add(value);
      add(Math.ceil(cut) + 1);
    }
  } else {
    const inner = sorted.filter((cut) => cut > min && cut < max);
    for (const cut of inner) add(cut);
    const ends = Number.isFinite(min) ? [min, ...inner] : inner;
    if (Number.isFinite(max)) ends.push(max);
    for (let k = 1; k < ends.length; k++) add(roundBetween(ends[k - 1], ends[k]));
    const last = inner.at(-1);
    if (last !== undefined && !Number.isFinite(max)) add(last > 0 ? 2 * last : last + 1);
    if (inner.length > 0 && !Number.isFinite(min)) add(inner[0] > 0 ? -inner[0] : inner[0] * 2 - 1);
  }
  if (values.size < 3) typical.forEach(add);
  const inOrder = [...values].sort((a, b) => a - b);
  return maybeMissing ? [...inOrder, Number.NaN] : inOrder;
}

/** The middle of two numbers with as few digits as lie between them. */
function roundBetween(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  for (let digits = 0; digits <= 15; digits++) {
    const round = Number(middle.toFixed(digits));
    if (round > low && round < high) return round;
  }
  return middle;
}
