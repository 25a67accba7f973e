import { shown } from '../../base/errors.js';
import { checkOrder } from './order.js';
import { functions, type Refuse, type RuleNames, type Token, unknownName } from './token.js';

/** A rule is refused beyond so many characters. */
const maxCharacters = 5000;
const words = ['and', 'or', 'not'];
const shape =
  /\s+|(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?%?)|(?<name>[A-Za-z_]\w*)|(?<sign><=|>=|==|!=|[-+*/<>(),?:])/y;

/** What is often written and is not of the language, and what to write instead. */
const instead: Readonly<Record<string, string>> = {
  '=': 'expected == to compare; = would assign a value',
  '&': 'expected "and"',
  '|': 'expected "or"',
  '!': 'expected "not", or != to compare',
  '%': 'expected % right after its number, as in 65%',
  '^': 'expected a product in place of ^',
  '≤': 'expected <=',
  '≥': 'expected >=',
  '≠': 'expected !=',
  '×': 'expected *',
  '÷': 'expected /',
  '−': 'expected -',
  '"': 'expected a name or number, not a text in quotes',
  "'": 'expected a name or number, not a text in quotes',
  '[': 'expected a name or number, not a list',
  '{': 'expected a name or number, not an object',
  '.': 'expected a name or number: a rule has no members (.)',
  ';': 'expected one formula, not several',
};

/**
 * Cuts a rule into tokens, each of them known, in an order that a formula can have: all that is
 * left for a parser is what belongs together. Reads the text once.
 */
export function tokensOf(text: string, names: RuleNames, refuse: Refuse): Token[] {
  if (text.length > maxCharacters) {
    refuse(maxCharacters, `expected a rule of at most ${maxCharacters} characters`);
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    shape.lastIndex = at;
    const groups = shape.exec(text)?.groups;
    if (!groups) {
      const [sign] = text.slice(at);
      refuse(at, instead[sign] ?? `expected a name, number or operator, got ${shown(sign)}`);
    }
    const { number, name, sign } = groups;
    if (number !== undefined) {
      if (!Number.isFinite(Number.parseFloat(number)))
        refuse(at, `expected a smaller number than ${shown(number)}`);
      tokens.push({ kind: 'number', text: number, at });
    }
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at });
    if (name !== undefined)
      tokens.push({ kind: wordKind(name, names, text, at, refuse), text: name, at });
    at = shape.lastIndex;
  }
  checkOrder(tokens, text.length, refuse);
  return tokens;
}

function wordKind(
  name: string,
  { names, isComputedLater }: RuleNames,
  text: string,
  at: number,
  refuse: Refuse,
): Token['kind'] {
  if (names.has(name)) return 'name';
  if (name === 'not') return 'not';
  if (words.includes(name)) return 'sign';
  if (Object.hasOwn(functions, name)) return 'function';
  // A word is meant where only capitals set it apart, a function where it is called.
  const meant = words.includes(name.toLowerCase())
    ? words
    : /^\w+\s*\(/.test(text.slice(at))
      ? Object.keys(functions)
      : [...names.keys()];
  return refuse(at, unknownName(name, meant, isComputedLater));
}
