import { type Formula, restsOn } from '../expression.js';
import { barredAttribute, groundsInForce } from '../plan.js';
import { scoringFormulas } from '../program.js';
import type { GradedThen } from './graded-then.js';
import type { Where } from './simulate-rule-checks.js';

/** What the law has to say of a rule by which customers go to an underwriter. */
export function notesOnRule(
  rule: Formula | null,
  where: Where,
  { plan, grades: { model } }: GradedThen,
): string[] {
  const rested = restsOn(rule ?? 1, scoringFormulas(model));
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
  ];
}

/** Who is not in the figures, and why. */
export function notesOnOthers(
  { grades: { table }, gradedOn, followed, customerOf }: GradedThen,
  unfollowed: number,
  calibrateAt: string,
): string[] {
  const known = new Uint8Array(gradedOn.length);
  for (const customer of customerOf) known[customer] = 1;
  const newcomers = followed.exposureYears.filter((years, c) => years > 0 && known[c] === 0).length;
  return [
    ...(unfollowed > 0
      ? [
          `${unfollowed} of ${table.length} graded customers had no cover to follow, most of them because they left; no rule can touch them`,
        ]
      : []),
    ...(newcomers > 0
      ? [
          `${newcomers} customers with cover to follow had none before ${calibrateAt}: nothing was known of them that a rule could touch, and they are in none of the figures`,
        ]
      : []),
  ];
}
