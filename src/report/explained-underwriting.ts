import { filled } from '../formulas/explain.js';
import type { GivenHint, Grade, WithheldHint } from '../grading/grade.js';
import { en } from '../locales/en.js';
import { defaultHints } from '../plan/default-hints.js';
import { changeCode } from '../plan/ground.js';
import { startingGrounds } from '../plan/starting-grounds.js';
import { sentence, valueFormat } from '../segments/wording.js';
import { indented, type PageFormat, sided } from './page-wording.js';

/** The action advised, the change of premium, the hints, and what is withheld by law. */
export function underwritingLines({ underwriting, ...grade }: Grade, format: PageFormat): string[] {
  const { page, locale, valueText } = format;
  const { action, indicatedChange: change, hints } = underwriting;
  const lapsed = grade.indicators.lapsed === 1;
  // What the plan's author wrote stays; only sentences that are surely ours are made in the language.
  const defaultText = (hint: GivenHint) => {
    const { indicator, observed, compared } = hint;
    const text = defaultHints.find(({ code }) => code === hint.code)?.text;
    if (text === undefined || grade.locale !== en.name) return undefined;
    const [is, than] = [observed ?? Number.NaN, compared ?? Number.NaN];
    const inEnglish = sentence(text, indicator, valueFormat(en, grade.currency))(is, than);
    return inEnglish === hint.text ? (locale.hints[hint.code] ?? text) : undefined;
  };
  return [
    filled(page.underwriting, { action: page.actions[action] }),
    ...indented(
      ...(change === null
        ? []
        : [
            lapsed
              ? page.nothingToChange
              : filled(page.indicated, {
                  change: `${change < 0 ? '' : '+'}${valueText(change, 'indicated_change')}`,
                }),
          ]),
      ...hints.map((hint) =>
        filled(page.hint, {
          text: sided(hint, defaultText(hint), format),
          action: page.actions[hint.action],
        }),
      ),
      ...underwriting.withheld
        .filter(({ code }) => !(lapsed && code === changeCode))
        .map((held) => withheldLine(held, format)),
      page.decides,
    ),
  ];
}

/** What is not said, or not done, and the source that bars it; a citation is not translated. */
function withheldLine(held: WithheldHint, { page }: PageFormat): string {
  const { code, action, ground, text, jurisdiction: place, citation, date: day } = held;
  const ours = startingGrounds().some((known) => known.code === ground && known.text === text);
  return filled(code === changeCode ? page.limited : page.withheld, {
    action: page.actions[action],
    text: (ours && page.grounds[ground]) || text,
    place,
    citation,
    day,
  });
}
