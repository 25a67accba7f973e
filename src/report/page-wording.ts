import { filled } from '../formulas/explain.js';
import type { Grade, Maybe, Reason } from '../grading/grade.js';
import type { Locale, PageWords } from '../locales/locale.js';
import { sentence, type Voice, voice } from '../segments/wording.js';

/** A language at work on one grade: its page, its way to say values, and the grade's texts in it. */
export interface Speaker {
  readonly page: PageWords;
  readonly locale: Locale;
  readonly voice: Voice;
  readonly say: (value: Maybe, indicator: string) => string;
  /** The grade's own text where it speaks this language, else the same said anew. */
  readonly told: (text: string, anew: () => string) => string;
}

export function speakerOf({ locale: spoken, currency }: Grade, locale: Locale): Speaker {
  const said = voice(locale, currency);
  return {
    page: locale.page,
    locale,
    voice: said,
    say: (value, indicator) => said.worded(value ?? Number.NaN, indicator),
    told: (text, anew) => (spoken === locale.name ? text : anew()),
  };
}

/** So many months, in the form that goes with it. */
export function monthsSaid(months: number, { months: forms }: PageWords): string {
  return forms[months === 1 ? 0 : 1].replace('{n}', String(months));
}

export function indented(...lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** What speaks for or against; said anew by a text where the grade speaks another language. */
export function sided(
  reason: Reason,
  text: string | undefined,
  { page, voice, told }: Speaker,
  remembered: Readonly<Record<string, string>> = {},
): string {
  const { indicator, observed, compared, favours } = reason;
  const words = told(reason.text, () =>
    text === undefined
      ? reason.text
      : filled(
          sentence(text, indicator, voice)(observed ?? Number.NaN, compared ?? Number.NaN),
          remembered,
        ),
  );
  return filled(favours ? page.favours : page.against, { text: words });
}
