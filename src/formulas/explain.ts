import type { Formula } from './expression.js';
import type { Operator } from './operators.js';

type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';
type Joint = '+' | '-' | '*' | '/' | 'and' | 'or';
type Phrase = Exclude<Operator, Comparison | Joint | 'case'> | 'when' | 'otherwise';

/** The words of a language for formulas; `{0}`, `{1}` stand for operands, which are nominatives. */
export interface FormulaWords {
  /** What stands between two operands, and what stands there when it is denied. */
  readonly comparisons: Readonly<Record<Comparison, readonly [is: string, isNot: string]>>;
  readonly joints: Readonly<Record<Joint, string>>;
  readonly phrases: Readonly<Record<Phrase, string>>;
  /** Between the items of a list, and before its last. */
  readonly list: readonly [between: string, last: string];
  readonly decimal: string;
}

export const englishFormulas: FormulaWords = {
  comparisons: {
    '<': [' is below ', ' is not below '],
    '<=': [' is at most ', ' is not at most '],
    '>': [' is above ', ' is not above '],
    '>=': [' is at least ', ' is not at least '],
    '=': [' is ', ' is not '],
    '!=': [' is not ', ' is '],
  },
  joints: {
    '+': ' plus ',
    '-': ' minus ',
    '*': ' times ',
    '/': ' divided by ',
    and: ' and ',
    or: ' or ',
  },
  phrases: {
    least: 'the least of {0}',
    greatest: 'the greatest of {0}',
    not: 'not {0}',
    missing: '{0} is missing',
    abs: 'the size of {0}',
    sqrt: 'the square root of {0}',
    ceiling: '{0} rounded up',
    'gamma-above': 'the probability of a gamma variable of shape {0} above {1}',
    lookup: "the table's value at {0}",
    when: '{1} if {0}',
    otherwise: '{0}; otherwise {1}',
  },
  list: [', ', ' and '],
  decimal: '.',
};

/**
 * A formula in words.
 *
 * @param labels words for the names in it; a name without one is read aloud as it stands
 * @param words the language, `formula` of a locale
 * @example
 * ```ts
 * explainFormula(['and', ['>', 'expected_loss_ratio', 1], ['>=', 'claim_count', 2]]);
 * // => 'expected loss ratio is above 1 and claim count is at least 2'
 * ```
 */
export function explainFormula(
  formula: Formula,
  labels: Readonly<Record<string, string>> = {},
  words: FormulaWords = englishFormulas,
): string {
  if (typeof formula === 'number') return String(formula).replace('.', words.decimal);
  if (typeof formula === 'string') {
    return Object.hasOwn(labels, formula) ? labels[formula] : formula.replaceAll('_', ' ');
  }
  const { comparisons, joints, phrases, list } = words;
  const [operator, ...operands] = formula;
  const whole = (operand: Formula) => explainFormula(operand, labels, words);
  const plain = (operand: Formula) =>
    typeof operand === 'object' && operand[0] === 'case' ? `(${whole(operand)})` : whole(operand);
  const joined = operator === 'and' || operator === 'or';
  const nested = (operand: Formula) =>
    typeof operand === 'object' && !(joined && operand[0] in comparisons)
      ? `(${whole(operand)})`
      : plain(operand);
  const said = operands.map(nested);
  if (isIn(operator, comparisons)) return said.join(comparisons[operator][0]);
  if (isIn(operator, joints)) return said.join(joints[operator]);
  if (operator === 'not') {
    const [operand] = operands;
    if (typeof operand === 'object' && isIn(operand[0], comparisons)) {
      const [comparison, ...sides] = operand;
      return sides.map(nested).join(comparisons[comparison as Comparison][1]);
    }
  }
  if (operator === 'case') {
    const cases: string[] = [];
    for (let k = 0; k + 1 < operands.length; k += 2) {
      cases.push(filled(phrases.when, operands.slice(k, k + 2).map(plain)));
    }
    const otherwise = plain(operands[operands.length - 1]);
    return filled(phrases.otherwise, [cases.join('; '), otherwise]);
  }
  if (operator === 'least' || operator === 'greatest') {
    const all = said.slice(0, -1).join(list[0]) + list[1] + said[said.length - 1];
    return filled(phrases[operator], [all]);
  }
  return filled(phrases[operator as Phrase], said);
}

function isIn<K extends string>(key: string, record: Readonly<Record<K, unknown>>): key is K {
  return Object.hasOwn(record, key);
}

/** What is put into a text, by name or position; a function is only asked where its name stands. */
type Values = Readonly<Record<string, string | (() => string)>> | readonly string[];

/** A text with values put in where their names stand in braces; a name without one is left. */
export function filled(text: string, values: Values): string {
  return template(text)(values);
}

/** The same made ready for many values. */
export function template(text: string): (values: Values) => string {
  // Text, name, text, name, …, text.
  const parts = text.split(/\{(\w+)\}/);
  return (values) => {
    const byName = values as Exclude<Values, readonly string[]>;
    let said = parts[0];
    for (let k = 1; k < parts.length; k += 2) {
      const name = parts[k];
      const value = Object.hasOwn(byName, name) ? byName[name] : `{${name}}`;
      said += (typeof value === 'string' ? value : value()) + parts[k + 1];
    }
    return said;
  };
}
