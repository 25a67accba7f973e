import { wrapped } from './blocks.js';

/** What stands where a figure does not exist. */
export const none = '–';

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
  wholeShare: decimals(0, 'percent'),
  points: decimals(1),
  relative: decimals(2),
  years: decimals(2),
};
/** What kind of figure it is, which says how it is written. */
export type FigureKind = keyof typeof formats;

/** A figure as its kind is written, a dash where it does not exist; with its sign where it is a change. */
export function figure(value: number | null | undefined, kind: FigureKind, signed = false): string {
  return isKnown(value) ? formats[kind][signed ? 1 : 0].format(value).replace('-', '−') : none;
}

/** A figure with its interval: `0.06 [0.05, 0.08]`. */
export function withInterval(
  { value, low, high }: Readonly<Record<'value' | 'low' | 'high', number | null>>,
  kind: FigureKind,
  signed = false,
): string {
  const said = figure(value, kind, signed);
  if (!isKnown(value) || !isKnown(low) || !isKnown(high)) return said;
  return `${said} [${figure(low, kind, signed)}, ${figure(high, kind, signed)}]`;
}

/** Whether a figure exists: neither null nor anything that JSON cannot hold. */
export function isKnown(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The change between two amounts as they are printed, so that a reader who checks finds the same. */
export function printedChange(then: number, now: number): number {
  return (Math.round(now * 100) - Math.round(then * 100)) / 100;
}

/** Which way a cause went, by its printed figures: nobody sees a change behind them. */
export function direction(kind: FigureKind, then: number | null, now: number | null): string {
  if (then === null || now === null) return '';
  const [up, down, same] =
    kind === 'money' ? ['higher', 'lower', 'the same'] : ['more', 'fewer', 'as many'];
  if (figure(then, kind) === figure(now, kind)) return `${same} `;
  return now > then ? `${up} ` : `${down} `;
}

/** A paragraph in lines of at most a hundred columns. */
export function paragraph(text: string): string {
  return wrapped(text, 100);
}

/** A text with its first letter in capitals. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
