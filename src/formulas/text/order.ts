import { functions, type Refuse, type Token } from './token.js';

/** A rule is refused beyond so many names and numbers … */
const maxValues = 500;
/** … or so many brackets, signs before a value and `a ? b : c` within each other. */
const maxNested = 50;

interface Bracket {
  readonly at: number;
  readonly ofFunction: boolean;
  /** `?` whose `:` is still to come. */
  open: number;
}

/** Values and operators take turns, brackets and `? :` close, and little is nested. */
export function checkOrder(tokens: readonly Token[], end: number, refuse: Refuse): void {
  const brackets: Bracket[] = [];
  const whole: Bracket = { at: 0, ofFunction: false, open: 0 };
  let valueNext = true;
  let conditionals = 0;
  let before = 0;
  let values = 0;
  tokens.forEach(({ kind, text, at }, k) => {
    const inside = brackets.at(-1) ?? whole;
    const previous = tokens[k - 1];
    const value = () => {
      if (!valueNext) refuse(at, `expected an operator before "${text}", such as and, or, > or *`);
    };
    const noValue = () => {
      if (valueNext) refuse(at, `expected a value before "${text}"`);
    };
    const nested = brackets.length + conditionals + before;
    if (nested > maxNested)
      refuse(at, `expected at most ${maxNested} brackets, signs and ? within each other`);
    switch (kind) {
      case 'number':
      case 'name':
        value();
        if (++values > maxValues) refuse(at, `expected at most ${maxValues} names and numbers`);
        [valueNext, before] = [false, 0];
        return;
      case 'not':
        value();
        before++;
        return;
      case 'function':
        value();
        if (tokens[k + 1]?.text !== '(') refuse(at, `expected ( after the function ${text}`);
        return;
      case 'sign':
        break;
    }
    switch (text) {
      case '(':
        if (previous?.kind === 'name')
          refuse(
            at,
            `expected a function before (, such as ${Object.keys(functions).join(', ')}; "${previous.text}" is none`,
          );
        value();
        brackets.push({ at, ofFunction: previous?.kind === 'function', open: 0 });
        before = 0;
        return;
      case ')':
        if (inside === whole) refuse(at, 'expected ( before this )');
        noValue();
        closed(inside, at, refuse);
        brackets.pop();
        return;
      case '?':
        noValue();
        [valueNext, before] = [true, 0];
        conditionals++;
        inside.open++;
        return;
      case ':':
        noValue();
        if (inside.open === 0)
          refuse(at, 'expected ? before this :, as in condition ? value : otherwise');
        inside.open--;
        valueNext = true;
        return;
      case ',':
        noValue();
        if (!inside.ofFunction)
          refuse(at, 'expected commas only between the operands of a function');
        closed(inside, at, refuse);
        valueNext = true;
        return;
      case '-':
      case '+':
        if (valueNext) before++;
        valueNext = true;
        return;
      default:
        noValue();
        [valueNext, before] = [true, 0];
    }
  });
  if (valueNext)
    refuse(end, tokens.length === 0 ? 'expected a formula' : 'expected a value at the end');
  const left = brackets.at(-1);
  if (left) refuse(left.at, 'expected ) that closes this bracket');
  closed(whole, end, refuse);
}

function closed({ open }: Bracket, at: number, refuse: Refuse): void {
  if (open > 0)
    refuse(at, 'expected : and what holds otherwise, as in condition ? value : otherwise');
}
