import { didYouMean } from '../../base/errors.js';
import type { Unit } from '../units.js';

/** A word, number or sign of a rule, and where it begins in the text. */
export interface Token {
  readonly kind: 'number' | 'name' | 'function' | 'not' | 'sign';
  readonly text: string;
  readonly at: number;
}

/** Throws a `MisuseError` that tells what is wrong at a place of the text. */
export type Refuse = (at: number, message: string) => never;

/** The functions of the language, and the operators of formulas they stand for. */
export const functions = {
  least: 'least',
  greatest: 'greatest',
  abs: 'abs',
  sqrt: 'sqrt',
  ceiling: 'ceiling',
  missing: 'missing',
  case: 'case',
  lookup: 'lookup',
  gamma_above: 'gamma-above',
} as const;

/** The names that a rule may use, with their units. */
export interface RuleNames {
  readonly names: ReadonlyMap<string, Unit>;
  /** Whether a name that the rule may not use is known, only computed after it. */
  readonly isComputedLater: (name: string) => boolean;
}

/** What is said of a name that a rule may not use. */
export function unknownName(
  name: string,
  meant: readonly string[],
  isComputedLater: RuleNames['isComputedLater'],
): string {
  const hint = isComputedLater(name)
    ? ', which is not known yet where this rule is worked out'
    : didYouMean(name, meant);
  return `expected the name of an indicator, score or setting, got "${name}"${hint}`;
}
