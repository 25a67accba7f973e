import type { Program } from '../formulas/compile.js';
import { maybe } from '../segments/conditions.js';
import { sentence, type Voice } from '../segments/wording.js';
import type { Reason } from './grade.js';

/** The name under which a program holds what the observed value of a reason or hint is compared with. */
export const comparedName = (name: string): string => `${name} compared`;

/** A function that says a reason or hint of the customer the program has just run on. */
export function teller(
  program: Program,
  rule: { code: string; indicator: string; favours: boolean },
  name: string,
  text: string,
  said: Voice,
): () => Reason {
  const observed = program.register(rule.indicator);
  const compared = program.register(comparedName(name));
  const say = sentence(text, rule.indicator, said);
  return () => ({
    code: rule.code,
    text: say(observed[0], compared[0]),
    indicator: rule.indicator,
    observed: maybe(observed[0]),
    compared: maybe(compared[0]),
    favours: rule.favours,
  });
}
