import { didYouMean, MisuseError } from './misuse.js';
import {
  type Column,
  type Operator,
  type OperatorEntry,
  operatorNames,
  operators,
  type Step,
} from './operators.js';

/**
 * A formula as data: a number, the name of a column or of an earlier formula, or an operator with
 * its operands, `['/', 'incurred_loss', 'earned_premium']`. Yes is 1 and no is 0.
 *
 * What a missing value does is settled in `operators.ts`: arithmetic and division by zero are missing,
 * a comparison is no. Two operators take more than their names say: `['case', condition, value, …, otherwise]` is the
 * first value whose condition holds; `['lookup', at, v0, v1, …]` reads a table at 0, 1, 2 … and
 * draws straight lines between, missing outside the table.
 */
export type Formula = number | string | FormulaCall;
export type FormulaCall = readonly [Operator, ...Formula[]];

/** A formula under the name by which later formulas use it. */
export interface NamedFormula {
  readonly name: string;
  readonly formula: Formula;
}

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
 * Makes formulas ready to run, in order: each may use the inputs and the formulas before it. Throws
 * a `MisuseError` for an unknown operator or name (with the nearest one), a wrong number of
 * operands, or a name that stands twice.
 */
export function compile(
  formulas: readonly NamedFormula[],
  inputs: readonly string[],
  blockSize = 1024,
): Program {
  const registers = new Map<string, Column>();
  const constants = new Map<number, Column>();
  const free: Column[] = [];
  const owned = new Set<Column>();
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
    for (const column of columns) if (owned.has(column)) free.push(column);
  };
  const emit = (formula: Formula, target?: Column): Column => {
    if (typeof formula === 'number') return constant(formula);
    if (typeof formula === 'string') return named(formula);
    const [operator, ...operands] = checkedCall(formula);
    const { step, inPlace, constantsFrom }: OperatorEntry = operators[operator];
    const columns = operands.slice(0, constantsFrom).map((operand) => emit(operand));
    const constants = Float64Array.from(operands.slice(constantsFrom), Number);
    if (inPlace) release(columns);
    const out = target ?? free.pop() ?? new Float64Array(blockSize);
    if (!target) owned.add(out);
    if (!inPlace) release(columns);
    steps.push(step(out, columns, constants));
    return out;
  };

  for (const { name, formula } of formulas) {
    if (registers.has(name)) throw new MisuseError(`compile: "${name}" stands twice`);
    const target = new Float64Array(blockSize);
    const result = emit(formula, target);
    if (result !== target) steps.push((count) => target.set(result.subarray(0, count)));
    registers.set(name, target);
  }
  return {
    blockSize,
    register: named,
    run(count) {
      for (const step of steps) step(count);
    },
  };
}

/** Folds `['+', a, b, c]` into pairs and checks operator and operands. */
function checkedCall(call: FormulaCall): FormulaCall {
  const [operator, ...operands] = call;
  const entry: OperatorEntry | undefined = Object.hasOwn(operators, operator)
    ? operators[operator]
    : undefined;
  if (!entry) {
    throw new MisuseError(
      `compile: no operator is named "${operator}"; there are ${operatorNames.join(' ')}`,
    );
  }
  const [least, most] = entry.arity;
  if (entry.folds && operands.length > 2) {
    const [first, second, ...rest] = operands;
    return checkedCall([operator, [operator, first, second], ...rest]);
  }
  const even = operator === 'case' && operands.length % 2 === 0;
  const wrong = operands.slice(entry.constantsFrom).some((value) => typeof value !== 'number');
  if (wrong) throw new MisuseError(`compile: "${operator}" takes a table of numbers`);
  if (operands.length < least || operands.length > most || even) {
    throw new MisuseError(`compile: "${operator}" cannot take ${operands.length} operands`);
  }
  return call;
}

/**
 * Evaluates formulas over whole columns and returns the columns of the names asked for.
 *
 * @example
 * ```ts
 * const columns = { incurred_loss: Float64Array.of(50, 80), earned_premium: Float64Array.of(100, 0) };
 * const lossRatio = { name: 'loss_ratio', formula: ['/', 'incurred_loss', 'earned_premium'] } as const;
 * evaluate([lossRatio], columns, 2, ['loss_ratio']).loss_ratio; // => Float64Array [0.5, NaN]
 * ```
 */
export function evaluate(
  formulas: readonly NamedFormula[],
  columns: Readonly<Record<string, Float64Array>>,
  length: number,
  wanted: readonly string[] = formulas.map((formula) => formula.name),
): Record<string, Float64Array> {
  const program = compile(neededFor(wanted, formulas), Object.keys(columns));
  const results: Record<string, Float64Array> = {};
  for (const name of wanted) results[name] = new Float64Array(length);
  runBlocks(program, columns, length, (start, count) => {
    for (const name of wanted) {
      results[name].set(program.register(name).subarray(0, count), start);
    }
  });
  return results;
}

/** Runs a program over columns block by block and calls `visit` after each block. */
export function runBlocks(
  program: Program,
  columns: Readonly<Record<string, Float64Array>>,
  length: number,
  visit: (start: number, count: number) => void,
): void {
  const inputs = Object.entries(columns).map(
    ([name, column]) => [program.register(name), column] as const,
  );
  for (let start = 0; start < length; start += program.blockSize) {
    const count = Math.min(program.blockSize, length - start);
    for (const [register, column] of inputs) register.set(column.subarray(start, start + count));
    program.run(count);
    visit(start, count);
  }
}

/** Those of the formulas that the wanted names rest on, in the same order. */
export function neededFor(
  wanted: readonly string[],
  formulas: readonly NamedFormula[],
): NamedFormula[] {
  const needed = new Set(wanted);
  return formulas
    .toReversed()
    .filter(({ name, formula }) => {
      if (!needed.has(name)) return false;
      for (const used of namesIn(formula)) needed.add(used);
      return true;
    })
    .reverse();
}

/** Every column or formula that a formula names. */
function namesIn(formula: Formula): string[] {
  if (typeof formula === 'number') return [];
  if (typeof formula === 'string') return [formula];
  const [, ...operands] = formula;
  return [...new Set(operands.flatMap(namesIn))];
}
