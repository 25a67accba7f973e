import { topShareCut } from '../columns.js';
import type { Formula, NamedFormula } from '../expression.js';
import { didYouMean, MisuseError } from '../misuse.js';
import type { ValueParameters } from '../model.js';
import type { Plan } from '../plan.js';
import { nothing } from '../scoring/method.js';
import type { Table } from '../table.js';

/**
 * Where high value begins: at the plan's amount, or at the value of the customer who is last among
 * the top share of all graded customers. Equal values get the same tier, so ties at the cut are all
 * high.
 */
export function fitValue({ columns }: Table, { value }: Plan): ValueParameters {
  const measured = columns[value.measure];
  if (!measured) {
    throw new MisuseError(
      `calibrate: the plan's value.measure names no indicator, got "${value.measure}"${didYouMean(value.measure, Object.keys(columns))}`,
    );
  }
  const cut = 'amount' in value.cut ? value.cut.amount : topShareCut(measured, value.cut.share);
  return { measure: value.measure, cut: Number.isNaN(cut) ? null : cut };
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
