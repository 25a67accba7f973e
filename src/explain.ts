import type { Formula } from './expression.js';

const comparisons: Record<string, string> = {
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
  '=': 'is',
  '!=': 'is not',
};
const joints: Record<string, string> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'divided by',
  and: 'and',
  or: 'or',
};
const heads: Record<string, string> = {
  least: 'the least of',
  greatest: 'the greatest of',
};

/**
 * A formula in words.
 *
 * @param labels words for the names in it; a name without one is read aloud as it stands
 * @example
 * ```ts
 * explainFormula(['and', ['>', 'expected_loss_ratio', 1], ['>=', 'claim_count', 2]]);
 * // => 'expected loss ratio is above 1 and claim count is at least 2'
 * ```
 */
export function explainFormula(
  formula: Formula,
  labels: Readonly<Record<string, string>> = {},
): string {
  if (typeof formula === 'number') return String(formula);
  if (typeof formula === 'string') {
    return Object.hasOwn(labels, formula) ? labels[formula] : formula.replaceAll('_', ' ');
  }
  const [operator, ...operands] = formula;
  const plain = (operand: Formula) => {
    const words = explainFormula(operand, labels);
    return typeof operand === 'object' && operand[0] === 'case' ? `(${words})` : words;
  };
  const joined = operator === 'and' || operator === 'or';
  const nested = (operand: Formula) =>
    typeof operand === 'object' && !(joined && operand[0] in comparisons)
      ? `(${explainFormula(operand, labels)})`
      : plain(operand);
  if (operator in comparisons) return operands.map(nested).join(` ${comparisons[operator]} `);
  if (operator in joints) return operands.map(nested).join(` ${joints[operator]} `);
  if (operator in heads) return `${heads[operator]} ${listed(operands.map(nested))}`;
  if (operator === 'not') {
    const [operand] = operands;
    if (typeof operand !== 'object' || !(operand[0] in comparisons))
      return `not ${nested(operand)}`;
    const [comparison, ...sides] = operand;
    const words = comparison === '!=' ? 'is' : comparisons[comparison].replace('is', 'is not');
    return sides.map(nested).join(` ${words} `);
  }
  if (operator === 'missing') return `${nested(operands[0])} is missing`;
  if (operator === 'abs') return `the size of ${nested(operands[0])}`;
  if (operator === 'sqrt') return `the square root of ${nested(operands[0])}`;
  if (operator === 'ceiling') return `${nested(operands[0])} rounded up`;
  if (operator === 'gamma-above') {
    const [shape, value] = operands.map(nested);
    return `the probability of a gamma variable of shape ${shape} above ${value}`;
  }
  if (operator === 'lookup') return `the table's value at ${nested(operands[0])}`;
  const words: string[] = [];
  for (let k = 0; k + 1 < operands.length; k += 2) {
    words.push(`${plain(operands[k + 1])} if ${plain(operands[k])}`);
  }
  return `${words.join('; ')}; otherwise ${plain(operands[operands.length - 1])}`;
}

function listed(items: readonly string[]): string {
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
