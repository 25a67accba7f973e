import type { Formula, NamedFormula } from '../formulas/expression.js';
import { type HeldBy, heldBys } from './memory.js';
import type { ReasonRule } from './reason-rule.js';

const heldBy = (by: HeldBy): Formula => ['=', 'held_by', heldBys.indexOf(by)];
const better: Formula = ['<', 'risk_tier', 'observed_tier'];

/**
 * The reasons for a tier that is not that of the figures alone. Their sentences name, besides what is
 * observed, the `{tier}` in force, that of the `{figures}`, the `{line}` to leave it by, `{until}` when,
 * and of an override its `{author}` and `{reason}`.
 */
export const memoryReasons = [
  {
    code: 'better-by-override',
    when: ['and', heldBy('override'), better],
    indicator: 'rated_loss_ratio',
    compared: 'permissible_loss_ratio',
    favours: true,
    decides: true,
    moves: 0,
    text: "{tier} by hand until {until}, by {author}: {reason}; {figures} by today's figures",
  },
  {
    code: 'set-by-override',
    when: ['and', heldBy('override'), ['not', better]],
    indicator: 'rated_loss_ratio',
    compared: 'permissible_loss_ratio',
    favours: false,
    decides: true,
    moves: 0,
    text: "{tier} by hand until {until}, by {author}: {reason}; {figures} by today's figures",
  },
  {
    code: 'held-in-grace',
    when: heldBy('grace'),
    indicator: 'tenure_years',
    compared: 'grace_tenure_years',
    favours: true,
    decides: true,
    moves: 0,
    text: "{figures} by today's figures; {tier} in grace until {until}, with us for {observed}",
  },
  {
    code: 'held-until-renewal',
    when: heldBy('renewal'),
    indicator: 'renewals',
    compared: 'held_renewals',
    favours: true,
    decides: true,
    moves: 0,
    text: "{figures} by today's figures; {tier} until the next renewal",
  },
  {
    code: 'held-by-line',
    when: heldBy('line'),
    indicator: 'rated_loss_ratio',
    compared: 'stay_line',
    favours: false,
    decides: true,
    moves: 0,
    text: "{figures} by today's figures; held at {tier} as long as {line}",
  },
] as const satisfies readonly ReasonRule[];

/** The weight of those reasons: above all others, for without them the tier is not understood. */
export function memoryReasonFormulas(nameOf: (rule: ReasonRule) => string): NamedFormula[] {
  return memoryReasons.map((rule) => ({ name: nameOf(rule), formula: ['case', rule.when, 3, 0] }));
}
