import { groupSums } from '../base/columns.js';
import { earningOf, partsPerYear } from './earning.js';
import type { Indicator, Measure } from './indicator.js';

/** How long and for how much premium the customer was covered in the window. */
export const exposure = [
  {
    name: 'exposure_years',
    label: 'exposure',
    unit: 'years',
    definition:
      "days in the window ÷ days of their year, counted in the anniversary years of each policy's unbroken cover; a stated exposure in proportion to the days",
    input: { required: true },
  },
  {
    name: 'earned_premium',
    label: 'earned premium',
    unit: 'money',
    definition:
      'Σ over terms of premium × days in the window ÷ days of the term, up to `cancelled_on`; of a term without end the premium is that of a year',
    input: { required: true, money: true },
  },
] as const satisfies readonly Indicator[];

export const measureExposure: Measure = (book, { rowOf, length, earnedFrom, earnedTo }) => {
  const { terms } = book;
  const earning = earningOf(book);
  const parts = new Float64Array(length);
  const stated = new Float64Array(terms.length);
  const premium = new Float64Array(terms.length);
  const rows = new Int32Array(terms.length).fill(-1);
  for (let t = 0; t < terms.length; t++) {
    const [from, to] = [earnedFrom[t], earnedTo[t]];
    if (from === to) continue;
    rows[t] = rowOf[terms.customer[t]];
    premium[t] = earning.premium(t, from, to);
    if (earning.isStated(t)) stated[t] = earning.years(t, from, to);
    else parts[rows[t]] += earning.parts(t, from, to);
  }
  const statedYears = groupSums(stated, rows, length);
  return {
    exposure_years: parts.map((of, row) => of / partsPerYear + statedYears[row]),
    earned_premium: groupSums(premium, rows, length),
  };
};
