import { nothing } from '../credibility/method.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import { defaultHints } from '../plan/default-hints.js';
import { changeCode } from '../plan/ground.js';
import { actions, type Hint } from '../plan/hint.js';
import type { Plan } from '../plan/plan.js';
import { unratedTier } from '../plan/risk.js';
import { isLimited, isWithheld, limited, type Withholding, withheldName } from './withheld.js';
import { textFor, type Words } from './words.js';

/** The name under which a program holds whether a hint is given. */
export const hintName = ({ code }: Pick<Hint, 'code'>): string => `hint ${code}`;

/**
 * The sentence of a hint in a language: its own, or the translation of a default one that still says
 * what it did; else as the plan has it.
 */
export function hintText({ code, text, texts = {} }: Hint, { name, hints }: Words): string {
  if (Object.hasOwn(texts, name)) return texts[name];
  const unchanged = defaultHints.some((hint) => hint.code === code && hint.text === text);
  return (unchanged ? textFor(hints, code) : undefined) ?? text;
}

/**
 * A yes or no for each hint; the action as a position in {@link actions}, that of the most serious
 * hint that is given; and the indicated change of premium: expected ÷ permissible loss ratio − 1,
 * within the plan's limits and those of grounds in force, missing for the unrated. What is withheld
 * is a yes or no of its own; a hint without a ground against it is its formula and nothing else.
 */
export function underwritingFormulas(
  plan: Plan,
  withholdings: readonly Withholding[],
): NamedFormula[] {
  const { hints, pricing } = plan;
  const serious = hints.filter(({ action }) => action !== 'renew');
  const seriousness = (hint: Hint): Formula => ['*', hintName(hint), actions.indexOf(hint.action)];
  const change: Formula = ['-', ['/', 'expected_loss_ratio', 'permissible_loss_ratio'], 1];
  const planned: Formula = [
    'case',
    ['=', 'risk_tier', unratedTier(plan)],
    nothing,
    ['greatest', -pricing.largestDecrease, ['least', pricing.largestIncrease, change]],
  ];
  const against = (code: string) => withholdings.filter((withholding) => withholding.code === code);
  const limits = against(changeCode);
  return [
    ...hints.flatMap((hint): NamedFormula[] => {
      const held = against(hint.code);
      return [
        ...held.map((withholding) => ({
          name: withheldName(withholding),
          formula: isWithheld(hint.when, withholding.ground),
        })),
        {
          name: hintName(hint),
          formula: held.reduce<Formula>(
            (given, withholding) => ['and', given, ['not', withheldName(withholding)]],
            hint.when,
          ),
        },
      ];
    }),
    {
      name: 'action',
      formula: serious.reduce<Formula>((most, hint) => ['greatest', most, seriousness(hint)], 0),
    },
    ...limits.map((withholding) => ({
      name: withheldName(withholding),
      formula: isLimited(planned, withholding.ground),
    })),
    {
      name: 'indicated_change',
      formula: limits.reduce<Formula>((most, { ground }) => limited(most, ground), planned),
    },
  ];
}
