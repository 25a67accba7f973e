import { type Formula, namesIn, restsOn } from '../../formulas/expression.js';
import { scoringFormulas } from '../../grading/compile-scoring.js';
import { groundsInForce } from '../../plan/ground.js';
import { barredAttribute } from '../../plan/protected.js';
import type { Holdout } from '../follow.js';
import { cardNames, type Where } from './checks.js';

/** What the law has to say of a rule by which customers go to an underwriter. */
export function notesOnRule(
  { rule, where, score }: { rule: Formula | null; where: Where; score: Formula },
  { plan, grades: { model } }: Holdout,
): string[] {
  const rested = restsOn(rule ?? 1, scoringFormulas(model));
  const byCard = [...namesIn(rule ?? 1), ...namesIn(score)].some((name) => cardNames.has(name));
  return [
    ...groundsInForce(plan).flatMap(({ code, citation, actions, names }) => {
      const barred = actions.includes('refer') ? names.find((name) => rested.has(name)) : undefined;
      return barred === undefined
        ? []
        : [`the rule rests on ${barred}, by which ${code} (${citation}) bars to refer customers`];
    }),
    ...Object.keys(where).flatMap((name) => {
      const allowed = barredAttribute(name, plan);
      return allowed
        ? [`${name} is a protected attribute, allowed by the plan: ${allowed.because}`]
        : [];
    }),
    ...Object.entries(byCard ? (model.parameters.card?.allowed ?? {}) : {}).map(
      ([name, because]) =>
        `the card holds ${name}, a protected attribute, allowed by the plan: ${because}`,
    ),
  ];
}
