import { MisuseError, shown } from '../../base/errors.js';
import { operandFault } from '../compile.js';
import type { Formula } from '../expression.js';
import type { Operator } from '../operators.js';
import { functions } from './token.js';

/** The signs between operands, and how firmly they bind them. */
const between: Partial<Record<Operator, readonly [sign: string, firmness: number]>> = {
  or: ['or', 1],
  and: ['and', 2],
  ...{ '<': ['<', 3], '<=': ['<=', 3], '>': ['>', 3], '>=': ['>=', 3] },
  ...{ '=': ['==', 3], '!=': ['!=', 3] },
  ...{ '+': ['+', 4], '-': ['-', 4], '*': ['*', 5], '/': ['/', 5] },
};
const names = Object.fromEntries(Object.entries(functions).map(([name, of]) => [of, name]));

/**
 * A formula as text, with brackets where they are needed. Read by `parseFormula` it gives the same
 * tree again, provided its names are known and its kinds and units sound.
 *
 * @throws MisuseError for an operator with operands it cannot take, or a name or number that text
 * cannot hold
 * @example
 * ```ts
 * formatFormula(['*', ['+', 'paid', 'reserve'], 1.1]); // => '(paid + reserve) * 1.1'
 * ```
 */
export function formatFormula(formula: Formula): string {
  if (typeof formula === 'number') return numberText(formula);
  if (typeof formula === 'string') {
    if (/^[A-Za-z_]\w*$/.test(formula)) return formula;
    throw new MisuseError(
      `formatFormula: expected a name of letters, digits and _, got ${shown(formula)}`,
    );
  }
  const [operator, ...operands] = formula;
  const fault = operandFault(operator, operands);
  if (fault !== undefined) throw new MisuseError(`formatFormula: ${fault}`);
  const signs = between[operator];
  if (signs) {
    const [sign] = signs;
    return operands.map((operand, k) => bracketed(operand, operator, k)).join(` ${sign} `);
  }
  if (operator === 'not') return `not ${bracketed(operands[0], operator, 0)}`;
  return `${names[operator]}(${operands.map(formatFormula).join(', ')})`;
}

/** An operand as text, in brackets where without them it would be read otherwise, or by a person. */
function bracketed(operand: Formula, within: Operator, position: number): string {
  const text = formatFormula(operand);
  if (typeof operand !== 'object') return text;
  const [operator] = operand;
  const firmness = between[operator]?.[1];
  const around = between[within]?.[1];
  const joint = (of: Operator) => of === 'and' || of === 'or';
  if (operator === 'not') return joint(within) ? text : `(${text})`;
  if (firmness === undefined) return text;
  const needed =
    around === undefined ||
    firmness < around ||
    (firmness === around && (position > 0 || operator === within || firmness === 3)) ||
    (joint(operator) && joint(within));
  return needed ? `(${text})` : text;
}

function numberText(number: number): string {
  if (!Number.isFinite(number)) {
    throw new MisuseError(`formatFormula: expected a finite number, got ${number}`);
  }
  return Object.is(number, -0) ? '-0' : String(number);
}
