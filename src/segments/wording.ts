import { daysPerYear } from '../base/calendar.js';
import { template } from '../formulas/explain.js';
import { described } from '../scoring/scores.js';
import type { Words } from './words.js';

/** A way to say values in one language and currency. */
export interface Voice {
  readonly words: Words;
  /** A value in the words of its unit: `64.2%`, `1,234.50`, `3 claims`, `2.5 years`. */
  worded(value: number, indicator: string): string;
  /** A number of things, in the form that goes with it. */
  counted(number: number, thing: keyof Words['units']): string;
}

/** @param currency what money is in, ISO 4217; without it plain numbers */
export function voice(words: Words, currency?: string | null): Voice {
  const format = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(words.name, options).format;
  const share = format({ style: 'percent', maximumFractionDigits: 1 });
  const number = format({ maximumFractionDigits: 2 });
  const money = format(
    currency
      ? { style: 'currency', currency }
      : { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  );
  const counted: Voice['counted'] = (value, thing) => {
    const said = number(value);
    return words.units[thing][said === '1' ? 0 : 1].replace('{n}', said);
  };
  return {
    words,
    counted,
    worded(value, indicator) {
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

/** A sentence made ready: a function that puts `{observed}` and `{compared}` in. */
export function sentence(
  text: string,
  indicator: string,
  { worded }: Voice,
): (observed: number, compared: number) => string {
  const said = template(text);
  const wordedLine = keepingLatest((value) => worded(value, indicator));
  return (observed, compared) =>
    said({
      observed: () => worded(observed, indicator),
      compared: () => wordedLine(compared),
    });
}

/** A function with its latest answer kept: a plan's lines are the same for one customer after another. */
function keepingLatest(say: (value: number) => string): (value: number) => string {
  let latest: number | undefined;
  let said = '';
  return (value) => {
    if (!Object.is(value, latest)) {
      latest = value;
      said = say(value);
    }
    return said;
  };
}
