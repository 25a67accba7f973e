import { type Formula, type NamedFormula, restsOn } from '../formulas/expression.js';
import { changeCode, type Ground, groundsInForce } from '../plan/ground.js';
import type { Action } from '../plan/hint.js';
import type { Plan } from '../plan/plan.js';

/** A hint, or the change of premium, and a ground in force that keeps it from some customers. */
export interface Withholding {
  /** What is withheld: the hint's code, or {@link changeCode}. */
  readonly code: string;
  readonly action: Action;
  readonly ground: Ground;
}

/** Both codes, as in `over-break-even:or-first-claim`. */
export const withholdingKey = ({ code, ground }: Withholding): string => `${code}:${ground.code}`;
/** The name under which a program holds whether it is withheld. */
export const withheldName = (withholding: Withholding): string =>
  `withheld ${withholdingKey(withholding)}`;

/**
 * What the grounds in force can withhold: each hint of a barred action that rests on what is barred,
 * and the rise of premium that is indicated, which is a hint to reprice in all but name.
 *
 * @param before the formulas that hints may use, through which they rest on indicators
 */
export function withholdings(plan: Plan, before: readonly NamedFormula[]): Withholding[] {
  const grounds = groundsInForce(plan);
  if (grounds.length === 0) return [];
  const rise = { code: changeCode, action: 'reprice', when: 'expected_loss_ratio' } as const;
  return [...plan.hints, rise].flatMap(({ code, action, when }) => {
    const rested = [...restsOn(when, before)];
    // A figure of a single experience year is one of the figure.
    const restsOnIt = (name: string) =>
      rested.some((used) => used === name || used.startsWith(`${name}_year_`));
    return grounds
      .filter(
        ({ actions, names, largestChange }) =>
          actions.includes(action) && (largestChange !== undefined || names.some(restsOnIt)),
      )
      .map((ground) => ({ code, action, ground }));
  });
}

/** Whether a hint that is asked for is withheld: from whom the ground covers, unless it leaves a rise. */
export function isWithheld(asked: Formula, { applies, largestChange }: Ground): Formula {
  const held: Formula = ['and', asked, applies];
  return largestChange === undefined ? held : ['and', held, ['not', ['>', largestChange, 0]]];
}

/** The most that a ground lets premium change by; not above 0 where that is not known, or not said. */
const most = ({ largestChange }: Ground): Formula =>
  largestChange === undefined ? 0 : ['case', ['missing', largestChange], 0, largestChange];

/** Whether a change is more than a ground allows. */
export function isLimited(change: Formula, ground: Ground): Formula {
  return ['and', ground.applies, ['>', change, most(ground)]];
}

/** A change of premium as far as a ground allows it. */
export function limited(change: Formula, ground: Ground): Formula {
  return ['case', ground.applies, ['least', change, most(ground)], change];
}
