import { yearCounter } from '../base/calendar.js';
import type { Indicator, Measure } from './indicator.js';
import { termYears } from './observation-window.js';

/** How long and for how much premium the customer was covered in the window. */
export const exposure = [
  {
    name: 'exposure_years',
    label: 'exposure',
    unit: 'years',
    definition:
      'Σ over terms of days in the window ÷ days in the year that begins with the term; a stated exposure in proportion to the days',
    input: { required: true },
  },
  {
    name: 'earned_premium',
    label: 'earned premium',
    unit: 'money',
    definition:
      'Σ over terms of premium × days in the window ÷ days of the term, up to `cancelled_on`',
    input: { required: true, money: true },
  },
] as const satisfies readonly Indicator[];

export const measureExposure: Measure = (book, { rowOf, length, earnedFrom, earnedTo }) => {
  const { terms } = book;
  const exposureYears = new Float64Array(length);
  const earnedPremium = new Float64Array(length);
  const { yearLength } = yearCounter();
  for (let t = 0; t < terms.length; t++) {
    const days = earnedTo[t] - earnedFrom[t];
    if (days === 0) continue;
    const row = rowOf[terms.customer[t]];
    const share = days / (terms.to[t] - terms.from[t]);
    exposureYears[row] += termYears(book, t, yearLength) * share;
    earnedPremium[row] += terms.premium[t] * share;
  }
  return { exposure_years: exposureYears, earned_premium: earnedPremium };
};
