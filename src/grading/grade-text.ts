import type { Program } from '../formulas/compile.js';
import { maybe } from '../segments/conditions.js';
import { sentence, type ValueFormat } from '../segments/wording.js';
import type { Reason } from './grade.js';

/** The name under which a program holds what the observed value of a reason or hint is compared with. */
export const comparedName = (name: string): string => `${name} compared`;

/** A function that gives a reason or hint of the customer the program has just run on. */
export function reasonReader(
  program: Program,
  rule: { code: string; indicator: string; favours: boolean },
  name: string,
  text: string,
  format: ValueFormat,
): () => Reason {
  const observed = program.register(rule.indicator);
  const compared = program.register(comparedName(name));
  const write = sentence(text, rule.indicator, format);
  return () => ({
    code: rule.code,
    text: write(observed[0], compared[0]),
    indicator: rule.indicator,
    observed: maybe(observed[0]),
    compared: maybe(compared[0]),
    favours: rule.favours,
  });
}
