import type { NamedFormula } from '../expression.js';
import type { ExperienceParameters } from '../model.js';
import type { Plan } from '../plan.js';
import type { Table } from '../table.js';
import { frequency } from './frequency.js';
import { lossRatio } from './loss-ratio.js';

// The one place that names the methods: a new one has its fit and its formulas here.

/** Measures what the plan's method needs of a book. */
export function fitExperience(table: Table, plan: Plan): ExperienceParameters {
  const methods = { frequency, 'loss-ratio': lossRatio };
  return methods[plan.experience.method].fit(table, plan);
}

/** The formulas of the expected loss ratio, its interval and its credibility. */
export function experienceFormulas(parameters: ExperienceParameters): NamedFormula[] {
  switch (parameters.method) {
    case 'frequency':
      return frequency.formulas(parameters);
    case 'loss-ratio':
      return lossRatio.formulas(parameters);
  }
}
