import { daysPerYear } from '../base/calendar.js';
import { template } from '../formulas/explain.js';
import { described } from '../scoring/scores.js';
import type { Words } from './words.js';

/** How values are written in one language and currency. */
export interface ValueFormat {
  readonly words: Words;
  /** A value with its unit: `64.2%`, `1,234.50`, `3 claims`, `2.5 years`. */
  formatValue(value: number, indicator: string): string;
  /** A number of things, in the form that goes with it. */
  counted(number: number, thing: keyof Words['units']): string;
}

/** @param currency what money is in, ISO 4217; without it plain numbers */
export function valueFormat(words: Words, currency?: string | null): ValueFormat {
  const format = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(words.name, options).format;
  const share = format({ style: 'percent', maximumFractionDigits: 1 });
  const number = format({ maximumFractionDigits: 2 });
  const money = format(
    currency
      ? { style: 'currency', currency }
      : { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  );
  const counted: ValueFormat['counted'] = (value, thing) => {
    const written = number(value);
    return words.units[thing][written === '1' ? 0 : 1].replace('{n}', written);
  };
  return {
    words,
    counted,
    formatValue(value, indicator) {
      if (Number.isNaN(value)) return words.unknown;
      const { unit, label } = described.get(indicator) ?? { unit: 'count', label: indicator };
      switch (unit) {
        case 'share':
          return share(value);
        case 'money':
        case 'money a year':
          return money(value);
        case 'years':
          return value > 0 && value < 1 / 12
            ? counted(Math.ceil(value * daysPerYear), 'days')
            : counted(value, 'years');
        case 'claims a year':
          return counted(value, 'claimsAYear');
        case 'yes or no':
          return value === 1 ? words.yes : words.no;
        case 'claims per money':
        case 'class':
          return number(value);
        case 'count':
          return label.startsWith('claims') ? counted(value, 'claims') : number(value);
      }
    },
  };
}

/** A function that puts `{observed}` and `{compared}` into a sentence. */
export function sentence(
  text: string,
  indicator: string,
  { formatValue }: ValueFormat,
): (observed: number, compared: number) => string {
  const write = template(text);
  const comparedText = keepingLatest((value) => formatValue(value, indicator));
  return (observed, compared) =>
    write({
      observed: () => formatValue(observed, indicator),
      compared: () => comparedText(compared),
    });
}

/** A function with its latest answer kept: a plan's lines are the same for one customer after another. */
function keepingLatest(write: (value: number) => string): (value: number) => string {
  let latest: number | undefined;
  let written = '';
  return (value) => {
    if (!Object.is(value, latest)) {
      latest = value;
      written = write(value);
    }
    return written;
  };
}
