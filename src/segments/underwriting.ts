import type { Formula, NamedFormula } from '../expression.js';
import { defaultHints } from '../hints.js';
import { actions, type Hint, type Plan, riskTiers } from '../plan.js';
import { nothing } from '../scoring/method.js';
import type { Words } from './locales/words.js';

/** The name under which a program holds whether a hint is given. */
export const hintName = ({ code }: Pick<Hint, 'code'>): string => `hint ${code}`;

/**
 * The sentence of a hint in a language: its own, or the translation of a default one that still says
 * what it did; else as the plan has it.
 */
export function hintText({ code, text, texts = {} }: Hint, { name, hints }: Words): string {
  if (Object.hasOwn(texts, name)) return texts[name];
  const unchanged = defaultHints.some((hint) => hint.code === code && hint.text === text);
  return unchanged && Object.hasOwn(hints, code) ? hints[code] : text;
}

/**
 * A yes or no for each hint; the action as a position in {@link actions}, that of the most serious
 * hint; and the indicated change of premium: expected ÷ permissible loss ratio − 1, within the
 * plan's limits, missing for the unrated.
 */
export function underwritingFormulas({ hints, pricing }: Plan): NamedFormula[] {
  const serious = hints.filter(({ action }) => action !== 'renew');
  const seriousness = (hint: Hint): Formula => ['*', hintName(hint), actions.indexOf(hint.action)];
  const change: Formula = ['-', ['/', 'expected_loss_ratio', 'permissible_loss_ratio'], 1];
  return [
    ...hints.map((hint) => ({ name: hintName(hint), formula: hint.when })),
    {
      name: 'action',
      formula: serious.reduce<Formula>((most, hint) => ['greatest', most, seriousness(hint)], 0),
    },
    {
      name: 'indicated_change',
      formula: [
        'case',
        ['=', 'risk_tier', riskTiers.indexOf('unrated')],
        nothing,
        ['greatest', -pricing.largestDecrease, ['least', pricing.largestIncrease, change]],
      ],
    },
  ];
}
