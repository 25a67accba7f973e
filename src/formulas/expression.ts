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
