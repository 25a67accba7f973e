import { operandFault } from './compile.js';
import type { Formula } from './expression.js';

/** What an indicator, score or setting is: it settles how it is worded and what it compares with. */
export type Unit =
  | 'money'
  | 'count'
  | 'years'
  | 'share'
  | 'claims a year'
  | 'money a year'
  | 'claims per money'
  | 'yes or no'
  /** A tier or another class, as its position in a list. */
  | 'class';

/** An operand of a formula that cannot be what it is. */
export interface UnitFault {
  /** Where it stands: positions of operands, counted from 0, from the root of the formula on. */
  readonly path: readonly number[];
  readonly message: string;
  readonly expected: string;
  readonly came: string;
}

/** A number in so many powers of money, counted things and years; a share is one in none of them. */
interface Quantity {
  readonly money: number;
  readonly count: number;
  readonly years: number;
  /** A plain number of yearly amounts, such as ten yearly premiums: it may stand for an amount. */
  readonly ofYears?: boolean;
}
/** `plain` is a number that stands in the formula: it takes any unit. What is `unknown` is not judged. */
type Kind = Quantity | 'plain' | 'yes or no' | 'class' | 'unknown';

const quantity = (money: number, count: number, years: number): Quantity => ({
  money,
  count,
  years,
});
const none = quantity(0, 0, 0);
const kinds: Readonly<Record<Unit, Kind>> = {
  money: quantity(1, 0, 0),
  count: quantity(0, 1, 0),
  years: quantity(0, 0, 1),
  share: none,
  'claims a year': quantity(0, 1, -1),
  'money a year': quantity(1, 0, -1),
  'claims per money': quantity(-1, 1, 0),
  'yes or no': 'yes or no',
  class: 'class',
};

/**
 * What in a formula cannot be: a number where a yes or no must stand, money compared with years. Sums,
 * comparisons, `least`, `greatest` and the values of a `case` want one unit throughout; a number that
 * stands in the formula takes any. Products and quotients make units of their own; a plain number of
 * yearly amounts of money (`['*', 10, ['/', 'earned_premium', 'exposure_years']]`) may stand for an
 * amount. 0 and 1 may stand for no and yes.
 *
 * @param unitOf the unit of a name; `undefined` where there is no such name
 * @param expected what the whole formula must give; left out: either
 * @returns one entry a fault; none for a sound formula
 * @example
 * ```ts
 * const unit = unitIn(readPlan());
 * unitFaults(['>', 'credibility', 0.5], unit, 'yes or no').length; // => 0
 * unitFaults(['>', 'credibility', 'claim_count'], unit, 'yes or no')[0].message;
 * // => '">" cannot take a share and a count together'
 * ```
 */
export function unitFaults(
  formula: Formula,
  unitOf: (name: string) => Unit | undefined,
  expected?: 'yes or no' | 'number',
): UnitFault[] {
  const faults: UnitFault[] = [];
  const fault = (path: readonly number[], message: string, wanted: string, came: string) => {
    faults.push({ path, message, expected: wanted, came });
  };

  const truth = (operand: Formula, path: readonly number[], where: string) => {
    const kind = kindOf(operand, path);
    if (kind === 'yes or no' || kind === 'unknown' || operand === 0 || operand === 1) return;
    const came = inWords(kind);
    fault(path, `${where} takes a yes or no, not ${came}`, 'a yes or no', came);
  };
  const number = (operand: Formula, path: readonly number[], where: string): Kind => {
    const kind = kindOf(operand, path);
    if (kind !== 'yes or no' && kind !== 'class') return kind;
    const came = inWords(kind);
    fault(path, `${where} takes numbers, not ${came}`, 'a number', came);
    return 'unknown';
  };
  /** The one kind that all of them have; each operand that cannot have it is a fault. */
  const alike = (
    given: readonly (readonly [Formula, Kind, readonly number[]])[],
    where: string,
  ): Kind =>
    given.reduce<Kind>((so, [operand, kind, path]) => {
      const both = joined(so, kind, operand);
      if (both !== undefined) return both;
      const [wanted, came] = [inWords(so), inWords(kind)];
      fault(path, `${where} cannot take ${wanted} and ${came} together`, wanted, came);
      return so;
    }, 'unknown');

  function kindOf(part: Formula, path: readonly number[]): Kind {
    if (typeof part === 'number') return 'plain';
    if (typeof part === 'string') {
      const unit = unitOf(part);
      if (unit !== undefined) return kinds[unit];
      fault(path, `nothing is named "${part}"`, 'an indicator, score or setting', part);
      return 'unknown';
    }
    const [operator, ...operands] = part;
    const where = `"${operator}"`;
    const wrong = operandFault(operator, operands);
    if (wrong !== undefined) {
      fault(path, wrong, 'other operands', `${operands.length}`);
      return 'unknown';
    }
    const at = (k: number) => [...path, k];
    const numbers = () => operands.map((operand, k) => number(operand, at(k), where));
    switch (operator) {
      case 'and':
      case 'or':
      case 'not':
        operands.forEach((operand, k) => {
          truth(operand, at(k), where);
        });
        return 'yes or no';
      case 'missing':
        kindOf(operands[0], at(0));
        return 'yes or no';
      case '<':
      case '<=':
      case '>':
      case '>=':
      case '=':
      case '!=': {
        // A yes or no before its 0 or 1, whichever side it stands on.
        const sides = operands.map((side, k) => [side, kindOf(side, at(k)), at(k)] as const);
        alike(sides[0][1] === 'plain' ? sides.toReversed() : sides, where);
        return 'yes or no';
      }
      case '+':
      case '-':
      case 'least':
      case 'greatest':
        return alike(
          numbers().map((kind, k) => [operands[k], kind, at(k)]),
          where,
        );
      case '*':
        return numbers().reduce(product);
      case '/':
        return numbers().reduce((above, below) => product(above, power(below, -1)));
      case 'abs':
      case 'ceiling':
        return numbers()[0];
      case 'sqrt':
        return power(numbers()[0], 0.5);
      case 'gamma-above':
        numbers();
        return none;
      case 'lookup':
        number(operands[0], at(0), where);
        return 'plain';
      case 'case': {
        const values = operands.flatMap((operand, k) => {
          if (k % 2 === 1 || k === operands.length - 1)
            return [[operand, kindOf(operand, at(k)), at(k)] as const];
          truth(operand, at(k), 'a condition of "case"');
          return [];
        });
        // What says most about the kind first, so that a plain 1 may stand beside a yes or no.
        return alike(
          values.toSorted(([, a], [, b]) => Number(a === 'plain') - Number(b === 'plain')),
          where,
        );
      }
    }
  }

  if (expected === 'yes or no') truth(formula, [], 'a rule');
  else {
    const kind = kindOf(formula, []);
    if (expected && kind === 'yes or no')
      fault([], 'expected a number, not a yes or no', 'a number', kind);
  }
  return faults;
}

/** The kind of two things that must be alike, `undefined` where they are not. */
function joined(a: Kind, b: Kind, operand: Formula): Kind | undefined {
  if (a === 'unknown') return b;
  if (b === 'unknown') return a;
  if (b === 'plain') return a !== 'yes or no' || operand === 0 || operand === 1 ? a : undefined;
  if (a === 'plain') return b;
  // Positions in two different lists say nothing of each other.
  if (typeof a === 'string' || typeof b === 'string')
    return a === b && a !== 'class' ? a : undefined;
  return readings(a).find((one) => readings(b).some((other) => sameUnit(one, other)));
}

const readings = (of: Quantity): Quantity[] =>
  of.ofYears ? [of, quantity(of.money, of.count, of.years + 1)] : [of];

const sameUnit = (a: Quantity, b: Quantity): boolean =>
  a.money === b.money && a.count === b.count && a.years === b.years;

function product(a: Kind, b: Kind): Kind {
  if (a === 'plain' && b === 'plain') return 'plain';
  if (a === 'plain' || b === 'plain') {
    const of = a === 'plain' ? b : a;
    if (typeof of === 'string') return 'unknown';
    return of.money === 1 && of.years === -1 ? { ...of, ofYears: true } : of;
  }
  if (typeof a === 'string' || typeof b === 'string') return 'unknown';
  return quantity(a.money + b.money, a.count + b.count, a.years + b.years);
}

function power(of: Kind, exponent: number): Kind {
  if (typeof of === 'string') return of;
  return quantity(of.money * exponent, of.count * exponent, of.years * exponent);
}

/** A kind as a message says it: `a share`, `claims a year`, `money × years`. */
function inWords(kind: Kind): string {
  if (kind === 'plain' || kind === 'unknown') return 'a plain number';
  if (typeof kind === 'string') return `a ${kind}`;
  const named = Object.entries(kinds).find(
    ([, known]) => typeof known === 'object' && sameUnit(known, kind),
  );
  if (named) return ['count', 'share'].includes(named[0]) ? `a ${named[0]}` : named[0];
  const powers = (sign: number) =>
    (['money', 'count', 'years'] as const)
      .filter((name) => kind[name] * sign > 0)
      .map((name) => {
        const exponent = Math.abs(kind[name]);
        return exponent === 1 ? name : `${name}^${exponent}`;
      });
  return [powers(1).join(' × ') || '1', ...powers(-1)].join(' ÷ ');
}
