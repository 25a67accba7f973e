import { compile, type Program } from './compile.js';
import type { Operator } from './operators.js';

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

/** Every name that a formula rests on, directly or through the formulas before it. */
export function restsOn(formula: Formula, formulas: readonly NamedFormula[]): Set<string> {
  const named = namesIn(formula);
  const needed = neededFor(named, formulas);
  return new Set([...named, ...needed.flatMap((earlier) => namesIn(earlier.formula))]);
}

/** Every column or formula that a formula names. */
export function namesIn(formula: Formula): string[] {
  if (typeof formula === 'number') return [];
  if (typeof formula === 'string') return [formula];
  const [, ...operands] = formula;
  return [...new Set(operands.flatMap(namesIn))];
}
