import { dayFromISO, isoFromDay, monthsAfter } from '../base/calendar.js';
import type { Program } from '../formulas/compile.js';
import { filled } from '../formulas/explain.js';
import type { Formula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { riskTiersOf } from '../plan/risk.js';
import { inWords, named } from '../segments/conditions.js';
import { heldBys, memoryOf, stayRule } from '../segments/memory.js';
import { memoryReasons } from '../segments/memory-reasons.js';
import type { ValueFormat } from '../segments/wording.js';
import { textFor } from '../segments/words.js';
import type { GradeStanding, Reason } from './grade.js';
import { type Past, standingAfter } from './remembered.js';

/** A standing without its text. */
type WithoutText = Omit<GradeStanding, 'text'>;

/** A function that gives the standing of the customer that a program with memory has just run on. */
export function standingReader(plan: Plan, { register }: Program) {
  const tiers = riskTiersOf(plan);
  const tierAt = (name: string) => tiers[register(name)[0]];
  const { grace } = memoryOf(plan);
  return (customerId: string, past: Past, asOf: string): WithoutText => {
    const observed = tierAt('observed_tier');
    const remembered = tierAt('remembered_tier');
    const [renewals] = register('renewals');
    const after = standingAfter(customerId, past, { observed, remembered, renewals }, asOf, tiers);
    const heldBy = heldBys[register('held_by')[0]];
    const { worseSince } = after;
    const line = heldBy === 'line' ? stayRule(plan, remembered) : undefined;
    const inGrace = heldBy === 'grace' && grace !== null && worseSince !== null;
    return {
      ...after,
      observedTier: observed,
      heldBy,
      pending: worseSince === null ? null : observed,
      line: line === undefined ? null : named(plan, line),
      graceUntil: inGrace ? isoFromDay(monthsAfter(dayFromISO(worseSince), grace.months)) : null,
    };
  };
}

/** What keeps a tier, as `whyNot` gives its reason; undefined where the figures do. */
export function heldRule(standing: GradeStanding | null): Formula | undefined {
  switch (standing?.heldBy) {
    case 'line':
      return standing.line ?? undefined;
    case 'grace':
      return 'grace_still_lasts';
    case 'renewal':
      return 'the_renewal_is_still_to_come';
    case 'override':
      return 'it_was_set_by_hand';
    default:
      return undefined;
  }
}

/** What the sentences of {@link memoryReasons} name besides what is observed. */
export function standingWords(
  { heldBy, observedTier, line, graceUntil, override }: WithoutText,
  tier: string,
  values: ValueFormat,
): Readonly<Record<string, string>> {
  const tierText = (name: string) => textFor(values.words.tiers, name) ?? name;
  return {
    tier: tierText(tier),
    figures: tierText(observedTier),
    line: line === null ? '' : inWords(line, values),
    until: (heldBy === 'override' ? override?.until : graceUntil) ?? '',
    author: override?.author ?? '',
    reason: override?.reason ?? '',
  };
}

/**
 * Reasons and standing in full: the sentences take words from the standing, and its text is
 * that of its reason.
 *
 * @param tier the one in force
 */
export function inFull(
  standing: WithoutText | null,
  reasons: readonly Reason[],
  tier: string,
  values: ValueFormat,
): { standing: GradeStanding | null; reasons: readonly Reason[] } {
  if (standing === null) return { standing, reasons };
  const words = standingWords(standing, tier, values);
  const own = ({ code }: Reason) => memoryReasons.some((rule) => rule.code === code);
  const full = reasons.map((reason) =>
    own(reason) ? { ...reason, text: filled(reason.text, words) } : reason,
  );
  return { standing: { ...standing, text: full.find(own)?.text ?? null }, reasons: full };
}
