import { type Formula, type NamedFormula, namesIn, neededFor } from '../formulas/expression.js';
import { modelWithholdings, scoringFormulas } from '../grading/compile-scoring.js';
import { derivedIndicators, measuredIndicators } from '../indicators/indicators.js';
import type { ModelParameters } from '../model/model.js';
import type { Plan } from '../plan/plan.js';
import { experienceFormulas } from '../scoring/experience/methods.js';
import { lifetimeFormulas } from '../scoring/retention/lifetime.js';
import type { Withholding } from '../segments/withheld.js';

/** A plan's formulas with scores left open: whatever a book makes of a customer, the rules must hold. */
export interface Ground {
  readonly plan: Plan;
  /** Settings, tiers, hints and derived indicators, in the order they build on each other. */
  readonly formulas: readonly NamedFormula[];
  /** Every name that a rule may use. */
  readonly names: readonly string[];
  /** What the grounds in force can withhold. */
  readonly withholdings: readonly Withholding[];
}

/** Formulas that a question rests on, and the names in them that are free: the space it is asked in. */
export interface Asked {
  readonly formulas: readonly NamedFormula[];
  readonly free: readonly string[];
}

/** Stands in for what calibration measures: only the names of its formulas matter here. */
const anyParameters: ModelParameters = {
  book: { lossRatio: 1, claimFrequency: 1, claimsPerPremium: 1 },
  experience: {
    method: 'frequency',
    base: 'earned_premium',
    collectiveLossRatio: 1,
    claimsPerBase: 1,
    relativityVariance: 1,
    lowAtClaims: [1],
    highAtClaims: [1],
    normalQuantile: 1,
    notes: [],
  },
  value: { measure: 'annual_premium', cut: 1 },
  inputs: [],
  losses: { cap: null, cappedLoss: 1, excessLoss: 0 },
  balance: { expectedLoss: 1, actualLoss: 1, factor: 1 },
};
const bookFigures = ['book_loss_ratio', 'book_claim_frequency', 'book_claims_per_premium'];

/**
 * @param parameters what was measured of a book, whose averages are then known
 * @param remember whether the tier follows from the tier held before, too
 */
export function groundOf(plan: Plan, parameters?: ModelParameters, remember = false): Ground {
  const rated = { plan, parameters: parameters ?? anyParameters };
  const all = scoringFormulas(rated, remember);
  const scores = [
    ...experienceFormulas(parameters ?? anyParameters),
    ...lifetimeFormulas(plan, parameters?.retention),
  ].map(({ name }) => name);
  const open = new Set([...scores, 'value_cut', 'value_tier', ...(parameters ? [] : bookFigures)]);
  const spoken = all.filter(({ name }) => !name.startsWith('reason '));
  return {
    plan,
    formulas: spoken.filter(({ name }) => !open.has(name)),
    names: [...measuredIndicators, ...spoken.map(({ name }) => name)],
    withholdings: modelWithholdings(rated, remember),
  };
}

/**
 * The formulas that some further ones rest on. An indicator that follows from others is free itself,
 * unless one of those is used as well: then it follows from it.
 */
export function askedOf(ground: Ground, further: readonly NamedFormula[]): Asked {
  const wanted = further.map(({ name }) => name);
  let needed = neededFor(wanted, [...ground.formulas, ...further]);
  const derived = derivedIndicators.filter(({ name }) => needed.some((used) => used.name === name));
  const freed = derived.filter(({ name, formula }) => {
    const used = new Set(
      needed.flatMap((other) => (other.name === name ? [] : namesIn(other.formula))),
    );
    return !namesIn(formula).some((part) => used.has(part));
  });
  needed = needed.filter((used) => !freed.some(({ name }) => name === used.name));
  return { formulas: needed, free: freeIn(needed) };
}

/** The names that formulas use and do not define. */
export function freeIn(formulas: readonly NamedFormula[]): string[] {
  const defined = new Set(formulas.map(({ name }) => name));
  return [...new Set(formulas.flatMap(({ formula }) => namesIn(formula)))].filter(
    (name) => !defined.has(name),
  );
}

export const afterName = (name: string): string => `after ${name}`;

/**
 * Copies of the formulas as they stand after a change of some names, each under its `afterName`;
 * what does not rest on a change has none.
 */
export function afterChange(
  formulas: readonly NamedFormula[],
  changes: Readonly<Record<string, Formula>>,
): NamedFormula[] {
  const changed = new Set(Object.keys(changes));
  const after = Object.entries(changes).map(([name, formula]) => ({
    name: afterName(name),
    formula,
  }));
  for (const { name, formula } of formulas) {
    if (changed.has(name) || !namesIn(formula).some((used) => changed.has(used))) continue;
    changed.add(name);
    after.push({ name: afterName(name), formula: renamed(formula, changed) });
  }
  return after;
}

/** A formula with the after-name of every name that changed. */
export function renamed(formula: Formula, changed: ReadonlySet<string>): Formula {
  if (typeof formula === 'number') return formula;
  if (typeof formula === 'string') return changed.has(formula) ? afterName(formula) : formula;
  const [operator, ...operands] = formula;
  return [operator, ...operands.map((operand) => renamed(operand, changed))];
}
