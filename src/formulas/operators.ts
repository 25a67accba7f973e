import { gammaAbove } from '../base/distributions.js';

/*
 * What formulas are made of. The rules for missing values live here and nowhere else. Missing is NaN
 * in columns:
 * - arithmetic with something missing, and division by zero, are missing;
 * - a comparison with something missing is no, so is a condition that is missing;
 * - `least` and `greatest` of anything missing are missing.
 */

/** A register: one value a row of the block. */
export type Column = Float64Array;
/** One operator at work on its registers: the first `count` rows. */
export type Step = (count: number) => void;

export interface OperatorEntry {
  readonly arity: readonly [least: number, most: number];
  /** Whether the number of operands must be odd. */
  readonly odd?: boolean;
  /** Whether the result may be written over an operand: each row must be read before it is written. */
  readonly inPlace: boolean;
  /** Whether more operands than two are worked off from the left. */
  readonly folds?: boolean;
  /** From which operand on only numbers may stand. */
  readonly constantsFrom: number;
  readonly step: (out: Column, operands: readonly Column[], constants: Column) => Step;
}

const many = Number.POSITIVE_INFINITY;

// Each operator has a loop of its own: one loop over a function argument would be several times slower.
// A yes or no is a number without a branch: from row to row processors would guess it wrong.
export const operators = {
  '+': binary((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] + b[i];
  }),
  '-': binary((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] - b[i];
  }),
  '*': binary((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = a[i] * b[i];
  }),
  '/': binary((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = b[i] === 0 ? Number.NaN : a[i] / b[i];
  }),
  least: binary((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Math.min(a[i], b[i]);
  }),
  greatest: binary((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Math.max(a[i], b[i]);
  }),
  '<': comparison((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Number(a[i] < b[i]);
  }),
  '<=': comparison((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Number(a[i] <= b[i]);
  }),
  '>': comparison((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Number(a[i] > b[i]);
  }),
  '>=': comparison((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Number(a[i] >= b[i]);
  }),
  '=': comparison((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Number(a[i] === b[i]);
  }),
  '!=': comparison((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Number(a[i] < b[i]) | Number(a[i] > b[i]);
  }),
  and: binary((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Number(!!a[i]) & Number(!!b[i]);
  }),
  or: binary((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Number(!!a[i]) | Number(!!b[i]);
  }),
  not: unary((out, a) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Number(!a[i]);
  }),
  missing: unary((out, a) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Number(Number.isNaN(a[i]));
  }),
  abs: unary((out, a) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Math.abs(a[i]);
  }),
  sqrt: unary((out, a) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Math.sqrt(a[i]);
  }),
  ceiling: unary((out, a) => (count) => {
    for (let i = 0; i < count; i++) out[i] = Math.ceil(a[i]);
  }),
  /** The probability that a gamma variable with shape a and rate 1 is above b. */
  'gamma-above': comparison((out, a, b) => (count) => {
    for (let i = 0; i < count; i++) out[i] = gammaAbove(a[i], b[i]);
  }),
  case: { arity: [3, many], odd: true, inPlace: false, constantsFrom: many, step: firstThatHolds },
  lookup: { arity: [2, many], inPlace: true, constantsFrom: 1, step: lookup },
} as const satisfies Record<string, OperatorEntry>;

export type Operator = keyof typeof operators;

/** The operators a formula may use. */
export const operatorNames = Object.keys(operators) as Operator[];

function unary(make: (out: Column, a: Column) => Step): OperatorEntry {
  const step: OperatorEntry['step'] = (out, [a]) => make(out, a);
  return { arity: [1, 1], inPlace: true, constantsFrom: many, step };
}

/** Two operands or more: `['+', a, b, c]` is `(a + b) + c`. */
function binary(make: (out: Column, a: Column, b: Column) => Step): OperatorEntry {
  return { ...comparison(make), folds: true };
}

/** Two operands and no more: `a < b < c` would compare a yes or no. */
function comparison(make: (out: Column, a: Column, b: Column) => Step): OperatorEntry {
  const step: OperatorEntry['step'] = (out, [a, b]) => make(out, a, b);
  return { arity: [2, 2], inPlace: true, constantsFrom: many, step };
}

function firstThatHolds(out: Column, operands: readonly Column[]): Step {
  return (count) => {
    // From the last condition to the first, so that the first that holds is written last.
    let otherwise = operands[operands.length - 1];
    for (let k = operands.length - 3; k >= 0; k -= 2) {
      choose(out, operands[k], operands[k + 1], otherwise, count);
      otherwise = out;
    }
  };
}

function choose(out: Column, condition: Column, value: Column, otherwise: Column, count: number) {
  for (let i = 0; i < count; i++) out[i] = condition[i] ? value[i] : otherwise[i];
}

function lookup(out: Column, [at]: readonly Column[], table: Column): Step {
  const last = table.length - 1;
  return (count) => {
    for (let i = 0; i < count; i++) {
      const left = Math.floor(at[i]);
      const rest = at[i] - left;
      if (!(left >= 0 && at[i] <= last)) out[i] = Number.NaN;
      else out[i] = rest === 0 ? table[left] : table[left] + rest * (table[left + 1] - table[left]);
    }
  };
}
