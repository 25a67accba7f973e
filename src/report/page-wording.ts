import { filled } from '../formulas/explain.js';
import type { Grade, Maybe, Reason } from '../grading/grade.js';
import type { Locale, PageWords } from '../locales/locale.js';
import { sentence, type ValueFormat, valueFormat } from '../segments/wording.js';

/** How one grade is written on a page: the language, its page, and its values. */
export interface PageFormat {
  readonly page: PageWords;
  readonly locale: Locale;
  readonly values: ValueFormat;
  readonly valueText: (value: Maybe, indicator: string) => string;
  /** The grade's own text where it is in this language, else the same made in it. */
  readonly textIn: (text: string, make: () => string) => string;
}

export function pageFormat({ locale: language, currency }: Grade, locale: Locale): PageFormat {
  const values = valueFormat(locale, currency);
  return {
    page: locale.page,
    locale,
    values,
    valueText: (value, indicator) => values.formatValue(value ?? Number.NaN, indicator),
    textIn: (text, make) => (language === locale.name ? text : make()),
  };
}

/** So many months, in the form that goes with it. */
export function monthsText(months: number, { months: forms }: PageWords): string {
  return forms[months === 1 ? 0 : 1].replace('{n}', String(months));
}

export function indented(...lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** What speaks for or against; made from a text where the grade is in another language. */
export function sided(
  reason: Reason,
  text: string | undefined,
  { page, values, textIn }: PageFormat,
  remembered: Readonly<Record<string, string>> = {},
): string {
  const { indicator, observed, compared, favours } = reason;
  const words = textIn(reason.text, () =>
    text === undefined
      ? reason.text
      : filled(
          sentence(text, indicator, values)(observed ?? Number.NaN, compared ?? Number.NaN),
          remembered,
        ),
  );
  return filled(favours ? page.favours : page.against, { text: words });
}
