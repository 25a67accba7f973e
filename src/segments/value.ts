import { topShareCut } from '../base/columns.js';
import { nothing } from '../credibility/method.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { ValueParameters } from '../model/model.js';
import type { Plan } from '../plan/plan.js';
import { spreadOf, stepsHolding } from '../scoring/experience/spread.js';

/**
 * Where high value begins: at the plan's amount; at the value of the customer who is last among the
 * top share of all graded customers; or at that of the last in the smallest group that holds a share
 * of all value above 0. Equal values get the same tier, so ties at the cut are all high.
 *
 * @param measured the value of each customer, NaN where it is missing
 */
export function fitValue(measured: Float64Array, { value }: Plan): ValueParameters {
  const cut = cutOf(measured, value.cut);
  return { measure: value.measure, cut: Number.isNaN(cut) ? null : cut };
}

function cutOf(measured: Float64Array, cut: Plan['value']['cut']): number {
  if ('amount' in cut) return cut.amount;
  if ('share' in cut) return topShareCut(measured, cut.share);
  const spread = spreadOf(measured);
  return spread.heights[stepsHolding(spread, cut.pareto) - 1] ?? Number.NaN;
}

/** 0 for high value, 1 for low; a value of 0, below 0 or missing is never high. */
export function valueFormulas({ measure, cut }: ValueParameters): NamedFormula[] {
  const high: Formula = ['and', ['>', 'value_measured', 0], ['>=', 'value_measured', 'value_cut']];
  return [
    { name: 'value_measured', formula: measure },
    { name: 'value_cut', formula: cut ?? nothing },
    { name: 'value_tier', formula: ['case', high, 0, 1] },
  ];
}
