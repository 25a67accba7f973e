import type { Formula, NamedFormula } from '../formulas/expression.js';
import { actions } from '../plan/hint.js';
import { riskTiersOf, unratedTier } from '../plan/risk.js';
import { hintName } from '../segments/underwriting.js';
import type { Finding } from './finding.js';
import { afterName, askedOf } from './ground.js';
import { changedBy, type Kind, type Move, moves, pairOf, valuesAt } from './moves.js';
import { allOf, type Cell } from './search.js';
import { look, type Study } from './study.js';

/** Worse customers that get a better risk tier, or a richer service because they are no longer rated. */
export function riskNotMonotone(study: Study): Finding[] {
  const unrated = unratedTier(study.ground.plan);
  const rated: Formula = ['and', ['<', 'risk_tier', unrated], ['<', 'after risk_tier', unrated]];
  const better: Formula = ['and', rated, ['<', 'after risk_tier', 'risk_tier']];
  const richer: Formula = ['and', ['not', rated], ['<', 'after service_tier', 'service_tier']];
  return [
    ...betterAfter(study, 'risk_tier', better, (before, after, move) => ({
      code: 'risk-not-monotone',
      text: `with ${move} a customer that is ${before} becomes ${after}`,
    })),
    ...betterAfter(study, 'service_tier', richer, (before, after, move) => ({
      code: 'service-not-monotone',
      text: `with ${move} a customer that is ${before} becomes ${after}, and gets a richer service`,
    })),
  ];
}

/** One finding for each kind of change after which a condition holds. */
function betterAfter(
  study: Study,
  rests: string,
  condition: Formula,
  findingFor: (before: string, after: string, move: string) => Pick<Finding, 'code' | 'text'>,
): Finding[] {
  const base = askedOf(study.ground, [{ name: 'asked', formula: rests }]);
  const formulas = base.formulas.filter(({ name }) => name !== 'asked');
  const tiers = riskTiersOf(study.ground.plan);
  const found = new Map<Kind, Finding>();
  for (const move of moves) {
    const asked = changedBy(move, { formulas, free: base.free });
    if (!asked?.formulas.some(({ name }) => name === afterName(rests))) continue;
    const about = `risk tiers after ${move.words}`;
    const [[cell]] = look(study, asked, {
      about,
      conditions: [condition],
      never: move.never,
    }).found;
    if (!cell || move.kinds.some((kind) => found.has(kind))) continue;
    const [before, after] = valuesAt(asked, cell, ['risk_tier', afterName('risk_tier')]);
    const finding = findingFor(tiers[before], tiers[after], move.words);
    found.set(move.kinds[0], { ...finding, place: 'risk.rules', examples: pairOf(move, cell) });
  }
  return [...found.values()];
}

/** Hints that a worse customer loses, so that the action becomes milder. */
export function actionNotMonotone(study: Study): Finding[] {
  const { ground } = study;
  const serious = ground.plan.hints
    .map((hint, position) => ({ hint, position, rank: actions.indexOf(hint.action) }))
    .filter(({ rank }) => rank > 0)
    .map((entry) => {
      const name = hintName(entry.hint);
      const { free } = askedOf(ground, [{ name: 'asked', formula: name }]);
      return { ...entry, name, free };
    });
  const found = new Map<string, Finding>();
  for (const move of moves) {
    const affected = serious.filter(({ free }) => free.some((name) => name in move.changes));
    if (affected.length === 0) continue;
    const together: NamedFormula = {
      name: 'together',
      formula: affected.reduce<Formula>(
        (most, { name, rank }) => ['greatest', most, ['*', name, rank]],
        0,
      ),
    };
    const asked = changedBy(move, askedOf(ground, [together]));
    if (!asked) continue;
    const milder: Formula = ['<', afterName('together'), 'together'];
    const has = new Set(asked.formulas.map(({ name }) => name));
    const lost = affected.filter(({ name }) => has.has(afterName(name)));
    const conditions = lost.map(
      ({ name, rank }): Formula =>
        allOf([milder, name, ['not', afterName(name)], ['=', 'together', rank]]),
    );
    const about = `actions after ${move.words}`;
    const answer = look(study, asked, { about, conditions, never: move.never, wanted: 20 });
    for (const [k, { hint, position }] of lost.entries()) {
      const keys = move.kinds.map((kind) => `${position} ${kind}`);
      if (keys.some((key) => found.has(key))) continue;
      for (const cell of answer.found[k]) {
        const whole = asMilder(study, move, cell, about);
        if (!whole) continue;
        const text = `with ${move.words} the hint "${hint.code}" (${hint.action}) is no longer given, and the action becomes milder`;
        found.set(keys[0], {
          code: 'action-not-monotone',
          place: `hints[${position}]`,
          text,
          examples: pairOf(move, whole),
        });
        break;
      }
    }
  }
  return [...found.values()];
}

/** The same customer with what the other hints rest on, so that its action does become milder. */
function asMilder(study: Study, move: Move, cell: Cell, about: string): Cell | undefined {
  const whole: NamedFormula = { name: 'asked', formula: 'action' };
  const asked = changedBy(move, askedOf(study.ground, [whole]));
  if (!asked) return undefined;
  const conditions: Formula[] = [['<', afterName('action'), 'action']];
  return look(study, asked, { about, conditions, never: move.never, given: cell }).found[0][0];
}
