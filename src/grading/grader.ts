import { dayFromISO, isoFromDay } from '../base/calendar.js';
import { labelAt, positionsOf } from '../base/columns.js';
import { MisuseError } from '../base/errors.js';
import { type Model } from '../model/model.js';
import { riskTiersOf } from '../plan/risk.js';
import { modelInputs } from '../scoring/experience/methods.js';
import type { Grades } from './assess.js';
import { inputNames } from './compile-scoring.js';
import { type Customer, checkedCustomer } from './customer.js';
import type { Grade } from './grade.js';
import { type GradeOptions, gradeMeasured } from './grade-measured.js';

import { checkedPast, type Remembered } from './remembered.js';

export type { Remembered } from './remembered.js';

/**
 * A function that grades one customer at a time, as an underwriting service does. It gives the same
 * grade as the customer's row in a book.
 *
 * @throws MisuseError when an indicator is missing, unknown, no finite number, or below 0 where it
 * cannot be; when a standing is of another customer or a later day, or comes without an as-of date
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 900, exposureYears: 3, claimCount: 0, incurredLoss: 0, tenureYears: 3, annualPremium: 300 },
 *   { customerId: 'Bob', earnedPremium: 900, exposureYears: 3, claimCount: 2, incurredLoss: 990, tenureYears: 3, annualPremium: 300 },
 * ]);
 * const grade = grader(calibrate(table));
 * grade({ customerId: 'Eve', earnedPremium: 600, exposureYears: 2, claimCount: 0, incurredLoss: 0, tenureYears: 2, annualPremium: 300 }).risk.tier;
 * // => 'excellent'
 * ```
 */
export function grader(
  model: Model,
  options: GradeOptions = {},
): (customer: Customer, asOf?: string, remembered?: Remembered) => Grade {
  const grade = gradeMeasured(model, options, 'grader', model?.plan?.memory !== undefined);
  const at = positionsOf(inputNames(model));
  const tiers = riskTiersOf(model.plan);
  let remembering: typeof grade | undefined;
  return (customer, asOf, remembered = {}) => {
    if (asOf !== undefined) dayFromISO(asOf, 'grader: asOf');
    const { customerId, measured, attributes } = checkedCustomer(customer, model, at);
    const past = checkedPast(remembered, customerId, asOf, tiers);
    // Without a memory in the plan only who has a past needs the formulas for it.
    if (past && !model.plan.memory) remembering ??= gradeMeasured(model, options, 'grader', true);
    const grading = past && remembering ? remembering : grade;
    return grading(customerId, measured, attributes, asOf ?? null, past);
  };
}

/** A function that makes the grade of one row of graded columns, in full. */
export function gradeAt(
  { table, model, memory }: Grades,
  options: GradeOptions = {},
): (row: number) => Grade {
  const grade = gradeMeasured(model, options, 'gradeAt', memory !== undefined);
  const asOf = table.asOf === undefined ? null : isoFromDay(table.asOf);
  const inputs = modelInputs(table, model.parameters);
  const columns = inputNames(model).map((name) => inputs[name]);
  return (row) => {
    if (!(row >= 0 && row < table.length)) {
      throw new MisuseError(`gradeAt: expected a row from 0 to ${table.length - 1}, got ${row}`);
    }
    const measured = columns.map((column) => column[row]);
    const attributes: Record<string, string> = {};
    for (const attribute of table.attributes) {
      const label = labelAt(attribute, row);
      if (label !== undefined) attributes[attribute.name] = label;
    }
    return grade(table.ids[row], measured, attributes, asOf, memory?.rows[row]);
  };
}
