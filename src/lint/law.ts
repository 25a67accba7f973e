import type { Formula } from '../formulas/expression.js';
import { changeCode } from '../plan/ground.js';
import { actions } from '../plan/hint.js';
import type { Plan } from '../plan/plan.js';
import { withheldName } from '../segments/withheld.js';
import type { Note } from './finding.js';
import { askedOf } from './ground.js';
import { changedBy, moves, namesAfter, pairOf } from './moves.js';
import { allOf } from './search.js';
import { look, type Study } from './study.js';

/** The action that the hints ask for, before any is withheld. */
const askedAction = 'asked action';

/**
 * Worse customers whose action becomes milder only because a ground in force keeps a hint from them:
 * the law's doing and no fault of the rules. One for each hint and ground.
 *
 * @param study of the plan with its grounds in force
 */
export function milderByLaw(study: Study): Note[] {
  const { plan, withholdings } = study.ground;
  const against = withholdings.filter(
    ({ code, action }) => code !== changeCode && actions.indexOf(action) > 0,
  );
  if (against.length === 0) return [];
  const further = [{ name: askedAction, formula: askedFor(plan.hints) }];
  const base = askedOf(study.ground, [...further, { name: 'asked', formula: 'action' }]);
  const found = new Map<string, Note>();
  for (const move of moves) {
    const asked = changedBy(move, base);
    if (!asked) continue;
    const after = namesAfter(asked);
    const left = against.filter((one) => {
      const name = withheldName(one);
      return after(name) !== name && !found.has(name);
    });
    if (left.length === 0) continue;
    const conditions = left.map(
      (one): Formula =>
        allOf([
          ['<', after('action'), 'action'],
          ['>=', after(askedAction), askedAction],
          after(withheldName(one)),
          ['>', actions.indexOf(one.action), after('action')],
        ]),
    );
    const about = `actions after ${move.words}, where the law withholds`;
    const answer = look(study, asked, { about, conditions, never: move.never });
    for (const [k, one] of left.entries()) {
      const [cell] = answer.found[k];
      if (!cell) continue;
      const { code, action, ground } = one;
      const text = `with ${move.words} the action becomes milder by law: ${ground.code} (${ground.jurisdiction}) withholds the hint "${code}" (${action}) that the rules ask for`;
      const place = `hints[${plan.hints.findIndex((hint) => hint.code === code)}]`;
      found.set(withheldName(one), { place, text, examples: pairOf(move, cell) });
    }
  }
  return [...found.values()];
}

function askedFor(hints: Plan['hints']): Formula {
  return hints
    .filter(({ action }) => actions.indexOf(action) > 0)
    .reduce<Formula>(
      (most, { action, when }) => ['greatest', most, ['*', when, actions.indexOf(action)]],
      0,
    );
}
