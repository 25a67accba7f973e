import type { Grade, Maybe } from '../grade.js';
import { type Voice, voice } from '../segments/wording.js';
import type { Locale, PageWords } from './locales/locale.js';

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

export function indented(...lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
