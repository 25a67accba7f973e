import { MisuseError, requireKnown, shown } from '../base/errors.js';
import type { Formula } from '../formulas/expression.js';
import { parsed } from '../formulas/text/parse.js';
import type { Unit } from '../formulas/units.js';
import { readPlan } from '../plan/read-plan.js';
import { described, ruleNames } from '../scoring/scores.js';

export interface ParseOptions {
  /** The names that the formula may use, with their units: those of the default plan if left out. */
  readonly names?: ReadonlyMap<string, Unit>;
  /** What it must give; either, if left out. */
  readonly gives?: 'yes or no' | 'number';
}

/**
 * Reads a rule as text: `expected_loss_ratio > 1 or (claim_count >= 3 and claim_free_years < 1)`. There
 * are `and or not`, `== != < <= > >=` (also `0.5 < x < 1`), `+ - * /`, `condition ? value : otherwise`,
 * percentages (`65%`), and `least greatest abs sqrt ceiling missing case lookup gamma_above` as
 * functions. The structure is found by the parser of mathjs, which evaluates nothing; only names,
 * operators and functions that are known ever reach it.
 *
 * @throws MisuseError with the column: of what is not of the language, of an unknown name (with the
 * nearest one), of what does not go together in kind or unit
 * @example
 * ```ts
 * parseFormula('claim_count >= 3 and loss_ratio > 65%');
 * // => ['and', ['>=', 'claim_count', 3], ['>', 'loss_ratio', 0.65]]
 * ```
 */
export function parseFormula(text: string, options: ParseOptions = {}): Formula {
  if (typeof text !== 'string') {
    throw new MisuseError(`parseFormula: expected a rule as text, got ${shown(text)}`);
  }
  requireKnown(options, ['names', 'gives'], 'parseFormula');
  const { names = ruleNames(readPlan()), gives } = options;
  const isComputedLater = (name: string) => described.has(name);
  return parsed(text, { names, isComputedLater, gives }, (at, message) => {
    const lines = text.slice(0, at).split('\n');
    const column = `column ${lines[lines.length - 1].length + 1}`;
    const line = text.includes('\n') ? `line ${lines.length}, ` : '';
    throw new MisuseError(`rule, ${line}${column}: ${message}`);
  });
}
