import { english } from './english.js';
import { valueFormat } from './wording.js';

/** A value in the words of its unit, in English: `64.2%`, `1,234.50`, `3 claims`, `2.5 years`. */
export const { formatValue } = valueFormat(english);

const wholeNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** A whole number of things: `1 day`, `1,200 customers`. */
export function counted(number: number, thing: string): string {
  return `${wholeNumber.format(number)} ${number === 1 ? thing : `${thing}s`}`;
}
