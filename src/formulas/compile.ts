import { didYouMean, MisuseError } from '../base/errors.js';
import type { Formula, FormulaCall, NamedFormula } from './expression.js';
import {
  type Column,
  type OperatorEntry,
  operatorNames,
  operators,
  type Step,
} from './operators.js';

/**
 * Formulas made ready to run over blocks of rows. Fill the input registers, `run(count)`, read the
 * others; a register holds `blockSize` rows. Evaluating in blocks of about a thousand rows keeps
 * every intermediate in the processor's cache.
 */
export interface Program {
  readonly blockSize: number;
  /** The register of an input or a formula. Throws for a name the program does not have. */
  register(name: string): Float64Array;
  run(count: number): void;
}

/**
 * Makes formulas ready to run, in order: each may use the inputs and the formulas before it. What is
 * constant is worked out now, and what stands more than once is computed once. Throws a
 * `MisuseError` for an unknown operator or name (with the nearest one), a wrong number of operands,
 * or a name that appears twice.
 */
export function compile(
  formulas: readonly NamedFormula[],
  inputs: readonly string[],
  blockSize = 1024,
): Program {
  const registers = new Map<string, Column>();
  const constants = new Map<number, Column>();
  const knownNumbers = new Map<string, number>();
  const shared = new Map<string, Column>();
  const free: Column[] = [];
  const reusable = new Set<Column>();
  const steps: Step[] = [];
  for (const name of inputs) registers.set(name, new Float64Array(blockSize));

  const constant = (value: number): Column => {
    const known = constants.get(value);
    if (known) return known;
    const filled = new Float64Array(blockSize).fill(value);
    constants.set(value, filled);
    return filled;
  };
  const named = (name: string): Column => {
    const found = registers.get(name);
    if (found) return found;
    throw new MisuseError(
      `compile: no column or formula is named "${name}"${didYouMean(name, [...registers.keys()])}`,
    );
  };
  const release = (columns: readonly Column[]) => {
    for (const column of columns) if (reusable.has(column)) free.push(column);
  };
  const emit = (formula: Formula, standings: ReadonlyMap<string, number>): Column => {
    if (typeof formula === 'number') return constant(formula);
    if (typeof formula === 'string') return named(formula);
    const key = keyOf(formula);
    const computed = shared.get(key);
    if (computed) return computed;
    const [operator, ...operands] = formula;
    const { step, inPlace, constantsFrom }: OperatorEntry = operators[operator];
    const columns = operands.slice(0, constantsFrom).map((operand) => emit(operand, standings));
    const numbers = Float64Array.from(operands.slice(constantsFrom), Number);
    if (inPlace) release(columns);
    const keep = (standings.get(key) ?? 0) > 1;
    const out = (keep ? undefined : free.pop()) ?? new Float64Array(blockSize);
    if (keep) shared.set(key, out);
    else reusable.add(out);
    if (!inPlace) release(columns);
    steps.push(step(out, columns, numbers));
    return out;
  };

  const prepared = formulas.map(({ name, formula }) => {
    const settled = settle(formula, knownNumbers);
    if (typeof settled === 'number') knownNumbers.set(name, settled);
    return { name, formula: settled };
  });
  const standings = countStandings(prepared);
  for (const { name, formula } of prepared) {
    if (registers.has(name)) throw new MisuseError(`compile: "${name}" appears twice`);
    registers.set(name, emit(formula, standings));
  }
  return {
    blockSize,
    register: named,
    run(count) {
      for (const step of steps) step(count);
    },
  };
}

/** A formula checked, in pairs (`['+', a, b, c]` is `(a + b) + c`), with what is constant worked out. */
function settle(formula: Formula, knownNumbers: ReadonlyMap<string, number>): Formula {
  if (typeof formula === 'number') return formula;
  if (typeof formula === 'string') return knownNumbers.get(formula) ?? formula;
  const [operator, ...operands] = formula;
  const entry = checkedEntry(operator, operands);
  if (entry.folds && operands.length > 2) {
    const [first, second, ...rest] = operands;
    return settle([operator, [operator, first, second], ...rest], knownNumbers);
  }
  const settled = operands.map((operand) => settle(operand, knownNumbers));
  if (!settled.every((operand) => typeof operand === 'number')) return [operator, ...settled];
  const out = new Float64Array(1);
  const columns = settled.slice(0, entry.constantsFrom).map((value) => Float64Array.of(value));
  entry.step(out, columns, Float64Array.from(settled.slice(entry.constantsFrom)))(1);
  return out[0];
}

function checkedEntry(operator: string, operands: readonly Formula[]): OperatorEntry {
  const fault = operandFault(operator, operands);
  if (fault !== undefined) throw new MisuseError(`compile: ${fault}`);
  return operators[operator as keyof typeof operators];
}

/** What is wrong with an operator or its operands, if anything. */
export function operandFault(operator: string, operands: readonly Formula[]): string | undefined {
  if (!Object.hasOwn(operators, operator)) {
    return `no operator is named "${operator}"; there are ${operatorNames.join(' ')}`;
  }
  const entry: OperatorEntry = operators[operator as keyof typeof operators];
  const [least, most] = entry.arity;
  const wrong = operands.slice(entry.constantsFrom).some((value) => typeof value !== 'number');
  if (wrong) return `"${operator}" takes a table of numbers`;
  const even = entry.odd && operands.length % 2 === 0;
  const tooMany = operands.length > most && !entry.folds;
  if (operands.length >= least && !tooMany && !even) return undefined;
  return `"${operator}" cannot take ${operands.length} operands`;
}

/** How often each call stands in the formulas; the parts of one that stands again count once. */
function countStandings(formulas: readonly NamedFormula[]): Map<string, number> {
  const standings = new Map<string, number>();
  const count = (formula: Formula) => {
    if (typeof formula !== 'object') return;
    const key = keyOf(formula);
    const before = standings.get(key) ?? 0;
    standings.set(key, before + 1);
    if (before === 0) for (const operand of formula.slice(1) as Formula[]) count(operand);
  };
  for (const { formula } of formulas) count(formula);
  // A named formula's register is read from outside: nothing else may be written over it.
  for (const { formula } of formulas) {
    if (typeof formula === 'object') standings.set(keyOf(formula), 2);
  }
  return standings;
}

/** A text that two calls share exactly when they are the same. */
function keyOf([operator, ...operands]: FormulaCall): string {
  const texts = operands.map((operand) => {
    if (typeof operand === 'object') return keyOf(operand);
    return typeof operand === 'string' ? JSON.stringify(operand) : operand;
  });
  return `(${operator} ${texts.join(' ')})`;
}
