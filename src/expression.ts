import { didYouMean, MisuseError } from './misuse.js';

/**
 * A formula as data: a number, the name of a column or of an earlier formula, or an operator with
 * its operands, `['/', 'incurred_loss', 'earned_premium']`. Yes is 1 and no is 0.
 *
 * The rules for missing values live here and nowhere else. Missing is NaN in columns:
 * - arithmetic with something missing, and division by zero, are missing;
 * - a comparison with something missing is no, so is a condition that is missing;
 * - `least` and `greatest` of anything missing are missing.
 *
 * Two operators take more than their names say: `['case', condition, value, …, otherwise]` is the
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

type Column = Float64Array;
type Kernel = (out: Column, operands: readonly Column[], count: number, constants: Column) => void;

interface OperatorEntry {
  readonly arity: readonly [least: number, most: number];
  /** Whether the result may be written over an operand: each row must be read before it is written. */
  readonly inPlace: boolean;
  /** From which operand on only numbers may stand; the kernel gets them as one column. */
  readonly constantsFrom?: number;
  readonly kernel: Kernel;
}

const many = Number.POSITIVE_INFINITY;

// Each kernel is its own loop: a shared loop over a function argument would be several times slower.
const operators = {
  '+': binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] + b[i];
  }),
  '-': binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] - b[i];
  }),
  '*': binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] * b[i];
  }),
  '/': binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = b[i] === 0 ? Number.NaN : a[i] / b[i];
  }),
  least: binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.min(a[i], b[i]);
  }),
  greatest: binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.max(a[i], b[i]);
  }),
  '<': binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] < b[i] ? 1 : 0;
  }),
  '<=': binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] <= b[i] ? 1 : 0;
  }),
  '>': binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] > b[i] ? 1 : 0;
  }),
  '>=': binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] >= b[i] ? 1 : 0;
  }),
  '=': binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] === b[i] ? 1 : 0;
  }),
  '!=': binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] < b[i] || a[i] > b[i] ? 1 : 0;
  }),
  and: binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] && b[i] ? 1 : 0;
  }),
  or: binary((out, a, b, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] || b[i] ? 1 : 0;
  }),
  not: unary((out, a, count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] ? 0 : 1;
  }),
  missing: unary((out, a, count) => {
    for (let i = 0; i < count; i++) out[i] = Number.isNaN(a[i]) ? 1 : 0;
  }),
  sqrt: unary((out, a, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.sqrt(a[i]);
  }),
  case: { arity: [3, many], inPlace: false, kernel: firstThatHolds },
  lookup: { arity: [2, many], inPlace: true, constantsFrom: 1, kernel: lookup },
} as const satisfies Record<string, OperatorEntry>;

export type Operator = keyof typeof operators;

/** The operators a formula may use. */
export const operatorNames = Object.keys(operators) as Operator[];

function unary(loop: (out: Column, a: Column, count: number) => void): OperatorEntry {
  return { arity: [1, 1], inPlace: true, kernel: (out, [a], count) => loop(out, a, count) };
}

/** Two operands or more: `['+', a, b, c]` is `(a + b) + c`. */
function binary(loop: (out: Column, a: Column, b: Column, count: number) => void): OperatorEntry {
  return { arity: [2, 2], inPlace: true, kernel: (out, [a, b], count) => loop(out, a, b, count) };
}

function firstThatHolds(out: Column, operands: readonly Column[], count: number): void {
  out.set(operands[operands.length - 1].subarray(0, count));
  for (let k = operands.length - 3; k >= 0; k -= 2) {
    const condition = operands[k];
    const value = operands[k + 1];
    for (let i = 0; i < count; i++) if (condition[i]) out[i] = value[i];
  }
}

function lookup(out: Column, [at]: readonly Column[], count: number, table: Column): void {
  const last = table.length - 1;
  for (let i = 0; i < count; i++) {
    const left = Math.floor(at[i]);
    const rest = at[i] - left;
    if (!(left >= 0 && at[i] <= last)) out[i] = Number.NaN;
    else out[i] = rest === 0 ? table[left] : table[left] + rest * (table[left + 1] - table[left]);
  }
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
  const steps: ((count: number) => void)[] = [];
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
    const { kernel, inPlace, constantsFrom = many }: OperatorEntry = operators[operator];
    const columns = operands.slice(0, constantsFrom).map((operand) => emit(operand));
    const constants = Float64Array.from(operands.slice(constantsFrom), Number);
    if (inPlace) release(columns);
    const out = target ?? free.pop() ?? new Float64Array(blockSize);
    if (!target) owned.add(out);
    if (!inPlace) release(columns);
    steps.push((count) => kernel(out, columns, count, constants));
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
  if (least === 2 && most === 2 && operands.length > 2) {
    const [first, second, ...rest] = operands;
    return checkedCall([operator, [operator, first, second], ...rest]);
  }
  const even = operator === 'case' && operands.length % 2 === 0;
  const wrong = operands
    .slice(entry.constantsFrom ?? many)
    .some((value) => typeof value !== 'number');
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
  const program = compile(formulas, Object.keys(columns));
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

/** Every column or formula that a formula names. */
export function namesIn(formula: Formula): string[] {
  if (typeof formula === 'number') return [];
  if (typeof formula === 'string') return [formula];
  const [, ...operands] = formula;
  return [...new Set(operands.flatMap(namesIn))];
}
