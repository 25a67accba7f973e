import type { Formula, NamedFormula } from '../expression.js';
import type { Plan } from '../plan.js';
import type { Table } from '../table.js';

/**
 * A way to weigh a customer's experience against the book: `fit` measures the book, `formulas` turn
 * what was measured into `expected_loss_ratio`, `expected_low`, `expected_high` and `credibility`.
 */
export interface Method<P> {
  fit(table: Table, plan: Plan): P;
  formulas(parameters: P): NamedFormula[];
}

/** A value that is always missing. */
export const nothing: Formula = ['/', 0, 0];

/** The value where the customer has premium to set it against, else missing. */
export function withPremium(value: Formula): Formula {
  return ['case', ['>', 'earned_premium', 0], value, nothing];
}
