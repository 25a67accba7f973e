import { explainFormula } from '../formulas/explain.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { riskTiersOf, unratedTier } from '../plan/risk.js';
import { memoryOf, stayRule } from '../segments/memory.js';
import type { Finding } from './finding.js';
import { type Asked, askedOf } from './ground.js';
import { changedBy, moves, namesAfter, pairOf, valuesAt } from './moves.js';
import { allOf } from './search.js';
import { ask, exampleOf, look, type Study } from './study.js';

const about = 'lines to leave tiers by';
const rankIn = (plan: Plan) => (tier: string) => riskTiersOf(plan).indexOf(tier);
const lineName = (position: number): string => `line ${position}`;
const placeOf = (position: number): string => `memory.stay[${position}]`;
/** The tier of who passed a renewal without grace or override: held by a line, else of the figures. */
const keptTier: NamedFormula = {
  name: 'kept_tier',
  formula: ['case', ['missing', 'stay_tier'], 'observed_tier', 'stay_tier'],
};

/**
 * Faults of the lines by which tiers are left: those that keep nobody, tiers that nobody leaves, and
 * worse customers that leave where better ones stay. While a worse tier waits for a renewal or in grace
 * the tier held is kept whatever the figures, so that no line matters then.
 *
 * @param study of the plan with its memory
 */
export function stayFaults(study: Study): Finding[] {
  const { stay } = memoryOf(study.ground.plan);
  if (stay.length === 0) return [];
  const lines = stay.map(({ when }, k) => ({ name: lineName(k), formula: when }));
  const asked = askedOf(study.ground, [...lines, keptTier]);
  return [...linesWithoutEffect(study), ...tiersNeverLeft(study), ...leftByTheWorse(study, asked)];
}

/** Lines that no customer meets whose figures speak for a tier better than the one to leave. */
function linesWithoutEffect(study: Study): Finding[] {
  const { plan } = study.ground;
  const { stay } = memoryOf(plan);
  const rank = rankIn(plan);
  return stay.flatMap(({ tier, when }, k): Finding[] => {
    const keeps: Formula = ['and', ['<', 'observed_tier', rank(tier)], when];
    for (const held_tier of heldFrom(plan, rank(tier))) {
      const given = { held_tier };
      const { found, why } = ask(study, { about, conditions: [keeps], given });
      if (found[0].length > 0 || why !== undefined) return [];
    }
    const text = `nobody whose figures are better than ${tier} meets "${explainFormula(when)}", so the line keeps nobody`;
    return [{ code: 'setting-without-effect', place: placeOf(k), text, examples: [] }];
  });
}

/** Tiers whose lines keep everybody whose figures are better, each told with one of these. */
function tiersNeverLeft(study: Study): Finding[] {
  const { plan } = study.ground;
  const { stay } = memoryOf(plan);
  const rank = rankIn(plan);
  return riskTiersOf(plan).flatMap((tier): Finding[] => {
    const rule = stayRule(plan, tier);
    if (rule === undefined) return [];
    const better: Formula = ['<', 'observed_tier', rank(tier)];
    const { found, why } = ask(study, {
      about,
      conditions: [
        ['and', better, ['not', rule]],
        ['and', better, rule],
      ],
      given: { held_tier: rank(tier) },
    });
    const [[leaves], [kept]] = found;
    if (leaves || why !== undefined || !kept) return [];
    const first = stay.findIndex((line) => line.tier === tier);
    const text = `whoever holds ${tier} is kept in it, however good the figures become`;
    const examples = [{ ...exampleOf(kept), held_tier: tier }];
    return [{ code: 'tier-never-left', place: placeOf(first), text, examples }];
  });
}

/** Lines that a worse customer of the same standing no longer meets, and so gets a better tier. */
function leftByTheWorse(study: Study, asked: Asked): Finding[] {
  const { plan } = study.ground;
  const { stay } = memoryOf(plan);
  const tiers = riskTiersOf(plan);
  const rank = rankIn(plan);
  const found = new Map<string, Finding>();
  for (const move of moves) {
    const both = changedBy(move, asked);
    if (!both) continue;
    const after = namesAfter(both);
    const lost = [...stay.entries()].filter(([k]) => after(lineName(k)) !== lineName(k));
    const better: Formula[] = [
      ['<', after('observed_tier'), unratedTier(plan)],
      ['<', after('kept_tier'), 'kept_tier'],
      // Where the figures themselves speak for a better tier the fault is that of the rules.
      ['>=', after('observed_tier'), 'observed_tier'],
    ];
    const conditions = lost.map(
      ([k, { tier }]): Formula =>
        allOf([
          ...better,
          ['=', 'stay_tier', rank(tier)],
          lineName(k),
          ['not', after(lineName(k))],
        ]),
    );
    for (const held_tier of lost.length === 0 ? [] : heldFrom(plan, 1)) {
      const answer = look(study, both, {
        about: `tiers kept after ${move.words}`,
        conditions,
        never: move.never,
        given: { held_tier },
      });
      for (const [at, [k, { tier }]] of lost.entries()) {
        const [cell] = answer.found[at];
        const keys = move.kinds.map((kind) => `${k} ${kind}`);
        if (!cell || keys.some((key) => found.has(key))) continue;
        const [later] = valuesAt(both, cell, [after('kept_tier')]);
        const kept = held_tier === rank(tier) ? 'it' : tier;
        const text = `with ${move.words} a customer that holds ${tiers[held_tier]} is no longer kept in ${kept} and becomes ${tiers[later]}`;
        const examples = pairOf(move, cell).map((example) => ({
          ...example,
          held_tier: tiers[held_tier],
        }));
        found.set(keys[0], { code: 'risk-not-monotone', place: placeOf(k), text, examples });
      }
    }
  }
  return [...found.values()];
}

/** The positions of tiers that may be held by who is kept in one: itself and the worse ones. */
const heldFrom = (plan: Plan, kept: number): number[] =>
  Array.from({ length: unratedTier(plan) - kept }, (_, k) => kept + k);
