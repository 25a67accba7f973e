import { wrapped } from './blocks.js';

const decimals = (digits: number, style: 'decimal' | 'percent' = 'decimal') =>
  [false, true].map(
    (signed) =>
      new Intl.NumberFormat('en', {
        style,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: signed ? 'exceptZero' : 'negative',
      }),
  );
const formats = {
  count: decimals(0),
  money: decimals(2),
  rate: decimals(3),
  share: decimals(1, 'percent'),
  points: decimals(1),
  years: decimals(2),
};
/** What kind of figure it is, which says how it is written. */
export type Kind = keyof typeof formats;

/** A figure as its kind is written, a dash where it does not exist; with its sign where it is a change. */
export function shown(value: number | null, kind: Kind, signed = false): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return formats[kind][signed ? 1 : 0].format(value).replace('-', '−');
}

/** The change between two amounts as they are printed, so that a reader who checks finds the same. */
export function printedChange(then: number, now: number): number {
  return (Math.round(now * 100) - Math.round(then * 100)) / 100;
}

/** Which way a cause went, by its printed figures: nobody sees a change behind them. */
export function direction(kind: Kind, then: number | null, now: number | null): string {
  if (then === null || now === null) return '';
  const [up, down, same] =
    kind === 'money' ? ['higher', 'lower', 'the same'] : ['more', 'fewer', 'as many'];
  if (shown(then, kind) === shown(now, kind)) return `${same} `;
  return now > then ? `${up} ` : `${down} `;
}

/** A paragraph in lines of at most a hundred columns. */
export function paragraph(text: string): string {
  return wrapped(text, 100);
}
