import {
  create,
  isConditionalNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isRelationalNode,
  isSymbolNode,
  type MathNode,
  parseDependencies,
} from 'mathjs/number';
import { MisuseError } from '../../base/errors.js';
import type { Formula, FormulaCall } from '../expression.js';
import type { Operator } from '../operators.js';
import { unitFaults } from '../units.js';
import { functions, type Refuse, type RuleNames, type Token } from './token.js';
import { tokensOf } from './tokens.js';

/** What a rule may name, and what it must give. */
export interface ParseContext extends RuleNames {
  /** What it must give; either, if left out. */
  readonly gives?: 'yes or no' | 'number' | undefined;
}

/**
 * Reads a rule as text; the caller says how what is refused is reported. The structure is found by the
 * parser of mathjs, which evaluates nothing; only known names, operators and functions ever reach it.
 */
export function parsed(
  text: string,
  { names, isComputedLater, gives }: ParseContext,
  refuse: Refuse,
): Formula {
  const tokens = tokensOf(text, { names, isComputedLater }, refuse);
  const placed = placedFormula(tokens, refuse);
  const unitOf = (name: string) => (name.endsWith('%') ? 'share' : names.get(name));
  const [fault] = unitFaults(judged(placed), unitOf, gives);
  if (fault === undefined) return placed.formula;
  let [part, whole] = [placed, placed];
  for (const k of fault.path) [part, whole] = [part.operands[k] ?? part, part];
  const percentage = whole.operands.find((operand) => operand.percentage)?.percentage;
  return refuse(part.at, `${fault.message}${percentage ? `: ${percentage} is a share` : ''}`);
}

/**
 * A formula whose percentages stand as names of shares, so that they are compared with shares alone;
 * as a factor, as in `150% * annual_premium`, a percentage is any number.
 */
function judged({ formula, operands, percentage }: Placed): Formula {
  if (percentage !== undefined) return percentage;
  if (typeof formula !== 'object') return formula;
  const [operator] = formula;
  const numbers = ['*', '/', 'lookup'].includes(operator);
  return [
    operator,
    ...operands.map((operand) =>
      numbers && operand.percentage ? operand.formula : judged(operand),
    ),
  ] as FormulaCall;
}

const { parse } = create({ parseDependencies });

/** A part of a formula with the place in the text where it begins. */
interface Placed {
  readonly formula: Formula;
  readonly at: number;
  readonly operands: readonly Placed[];
  /** As it was written, where it is one: `65%`. */
  readonly percentage?: string | undefined;
}

const operatorsOf: Readonly<Record<string, Operator>> = {
  ...{ add: '+', subtract: '-', multiply: '*', divide: '/', and: 'and', or: 'or' },
  ...{ smaller: '<', smallerEq: '<=', larger: '>', largerEq: '>=', equal: '=', unequal: '!=' },
};
const folding: readonly Operator[] = ['+', '-', '*', '/', 'and', 'or'];
const directions: readonly (readonly Operator[])[] = [['<', '<='], ['>', '>='], ['=']];

/** The formula that tokens make, each of its parts with its place. */
function placedFormula(tokens: readonly Token[], refuse: Refuse): Placed {
  const values = tokens.filter(({ kind }) => kind === 'number' || kind === 'name');
  // A value goes by its position, `v0`, so that the parser meets no name of ours and none of its own.
  let count = 0;
  const text = tokens
    .map((token) => (token.kind === 'number' || token.kind === 'name' ? `v${count++}` : token.text))
    .join(' ');

  const place = (node: MathNode): Placed => {
    if (isSymbolNode(node)) {
      const { kind, text: written, at } = values[Number(node.name.slice(1))];
      if (kind === 'name') return { formula: written, at, operands: [] };
      const percentage = written.endsWith('%') ? written : undefined;
      return { formula: numberOf(written), at, operands: [], percentage };
    }
    if (isParenthesisNode(node)) return place(node.content);
    if (isFunctionNode(node)) {
      return call(functions[node.fn.name as keyof typeof functions], node.args.map(place));
    }
    if (isConditionalNode(node)) {
      return call('case', [node.condition, node.trueExpr, node.falseExpr].map(place));
    }
    if (isRelationalNode(node)) {
      const comparisons = node.conditionals.map((name) => operatorsOf[name]);
      const sides = node.params.map(side);
      if (!directions.some((one) => comparisons.every((comparison) => one.includes(comparison)))) {
        refuse(sides[1].at, 'expected a chain of comparisons in one direction, as in 0.5 < x < 1');
      }
      const pairs = comparisons.map((comparison, k) => call(comparison, [sides[k], sides[k + 1]]));
      return call('and', pairs);
    }
    if (isOperatorNode(node)) return placeOperator(node.fn, node.args);
    return refuse(0, 'expected a formula');
  };

  const placeOperator = (name: string, args: readonly MathNode[]): Placed => {
    if (name === 'not') return call('not', args.map(place));
    if (name === 'unaryPlus') return side(args[0]);
    if (name === 'unaryMinus') {
      const negated = side(args[0]);
      if (typeof negated.formula === 'number') return { ...negated, formula: -negated.formula };
      return call('-', [{ formula: 0, at: negated.at, operands: [] }, negated]);
    }
    const operator = operatorsOf[name];
    const operands = args.map(operator === 'and' || operator === 'or' ? place : side);
    const [first] = args;
    // `a + b + c` is one sum of three; with brackets, `(a + b) + c`, it is a sum in a sum.
    const continues = folding.includes(operator) && isOperatorNode(first) && first.fn === name;
    return call(operator, continues ? [...operands[0].operands, operands[1]] : operands);
  };

  /** An operand of a comparison or of arithmetic: `not` before it would take only the first of them. */
  const side = (node: MathNode): Placed => {
    const placed = place(node);
    if (isOperatorNode(node) && (node.fn as string) === 'not') {
      const last = tokens.findLast(({ kind, at }) => kind === 'not' && at < placed.at);
      refuse(last?.at ?? 0, 'expected brackets after not, as in not (a > b)');
    }
    return placed;
  };

  try {
    return place(parse(text));
  } catch (error) {
    if (error instanceof MisuseError) throw error;
    return refuse(0, `expected a formula: ${(error as Error).message}`);
  }
}

function call(operator: Operator, operands: readonly Placed[]): Placed {
  const formula = [operator, ...operands.map((operand) => operand.formula)] as FormulaCall;
  return { formula, at: operands[0]?.at ?? 0, operands };
}

function numberOf(text: string): number {
  if (!text.endsWith('%')) return Number(text);
  const digits = text.slice(0, -1);
  // As it is read in decimals: 12.3 / 100 would be off by rounding once more.
  return Number(digits.includes('e') ? Number(digits) / 100 : `${digits}e-2`);
}
