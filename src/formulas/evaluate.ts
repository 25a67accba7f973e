import { compile, type Program } from './compile.js';
import { type NamedFormula, neededFor } from './expression.js';

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
