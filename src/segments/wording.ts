import { daysPerYear } from '../calendar.js';
import { described } from '../scoring/scores.js';

const formats = {
  share: new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }),
  money: new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  number: new Intl.NumberFormat('en', { maximumFractionDigits: 2 }),
};

/** A value in the words of its unit: `64.2%`, `1,234.50`, `3 claims`, `2.5 years`. */
export function worded(value: number, indicator: string): string {
  if (Number.isNaN(value)) return 'unknown';
  const { unit, label } = described.get(indicator) ?? { unit: 'count', label: indicator };
  const number = formats.number.format(value);
  switch (unit) {
    case 'share':
      return formats.share.format(value);
    case 'money':
    case 'money a year':
      return formats.money.format(value);
    case 'years':
      if (value > 0 && value < 1 / 12) return counted(Math.ceil(value * daysPerYear), 'day');
      return `${number} ${number === '1' ? 'year' : 'years'}`;
    case 'claims a year':
      return `${number} claims a year`;
    case 'yes or no':
      return value === 1 ? 'yes' : 'no';
    case 'claims per money':
    case 'class':
      return number;
    case 'count':
      return label.startsWith('claims')
        ? `${number} ${number === '1' ? 'claim' : 'claims'}`
        : number;
  }
}

/** A whole number of things: `1 day`, `1,200 customers`. */
export function counted(number: number, thing: string): string {
  return `${formats.number.format(number)} ${number === 1 ? thing : `${thing}s`}`;
}

/** A sentence with `{observed}` and `{compared}` put in. */
export function sentence(
  text: string,
  indicator: string,
  observed: number,
  compared: number,
): string {
  return text
    .replaceAll('{observed}', () => worded(observed, indicator))
    .replaceAll('{compared}', () => worded(compared, indicator));
}
