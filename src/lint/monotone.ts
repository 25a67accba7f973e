import { evaluate, type Formula, type NamedFormula } from '../expression.js';
import { actions, riskTiers } from '../plan.js';
import { hintName } from '../segments/underwriting.js';
import type { Example, Finding } from './finding.js';
import { type Asked, afterChange, afterName, askedOf, freeIn } from './ground.js';
import { allOf, type Cell } from './search.js';
import { exampleOf, look, type Study } from './study.js';

type Kind = 'losses' | 'claims' | 'claim-free years';

/** A change for the worse: what becomes of the names that change, and what must hold of it. */
interface Move {
  readonly words: string;
  /** Of moves that show the same thing one is enough. */
  readonly kinds: readonly Kind[];
  readonly changes: Readonly<Record<string, Formula>>;
  readonly never: readonly Formula[];
}

const worse = (name: string, words: string, kind: Kind = 'losses'): Move => ({
  words,
  kinds: [kind],
  changes: { [name]: `worse ${name}` },
  never: [
    kind === 'claim-free years'
      ? ['not', ['<', `worse ${name}`, name]]
      : ['not', ['>', `worse ${name}`, name]],
  ],
});
const oneMore = (name: string): Formula => ['+', name, 1];

/** What makes a customer worse. Each alone, so that whatever happens together is worse as well. */
const moves: readonly Move[] = [
  worse('expected_loss_ratio', 'a worse expected loss ratio'),
  worse('loss_ratio', 'a worse observed loss ratio'),
  worse('probability_above_permissible', 'a loss ratio more surely above the permissible'),
  worse('expected_low', 'a worse expected loss ratio at least'),
  worse('expected_high', 'a worse expected loss ratio at most'),
  worse('incurred_loss', 'larger losses'),
  worse('capped_loss', 'larger losses'),
  worse('pure_premium', 'larger losses a year'),
  worse('largest_claim', 'a larger claim'),
  worse('claim_frequency', 'more claims a year', 'claims'),
  worse('claim_free_years', 'fewer claim-free years', 'claim-free years'),
  {
    words: 'one more claim',
    kinds: ['claims'],
    changes: { claim_count: oneMore('claim_count') },
    never: [],
  },
  {
    words: 'one more claim just now',
    kinds: ['claims', 'claim-free years'],
    changes: {
      claim_count: oneMore('claim_count'),
      recent_claim_count: oneMore('recent_claim_count'),
      claim_free_years: ['*', 0, 'claim_free_years'],
    },
    never: [],
  },
];

const unrated = riskTiers.indexOf('unrated');

/** Worse customers that get a better risk tier, or a richer service because they are no longer rated. */
export function riskNotMonotone(study: Study): Finding[] {
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
  told: (before: string, after: string, move: string) => Pick<Finding, 'code' | 'text'>,
): Finding[] {
  const base = askedOf(study.ground, [{ name: 'asked', formula: rests }]);
  const formulas = base.formulas.filter(({ name }) => name !== 'asked');
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
    const finding = told(riskTiers[before], riskTiers[after], move.words);
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

/** Formulas as they stand before and after a change; undefined where it changes none of them. */
function changedBy({ changes }: Move, { formulas, free }: Asked): Asked | undefined {
  const known = Object.entries(changes).filter(([name]) => free.includes(name));
  if (known.length === 0) return undefined;
  const both = [...formulas, ...afterChange(formulas, Object.fromEntries(known))];
  return { formulas: both, free: freeIn(both) };
}

/** What formulas come to for one customer. */
function valuesAt({ formulas }: Asked, cell: Cell, names: readonly string[]): number[] {
  const columns = Object.entries(cell).map(([name, value]) => [name, Float64Array.of(value)]);
  const values = evaluate(formulas, Object.fromEntries(columns), 1, names);
  return names.map((name) => values[name][0]);
}

/** A customer before and after a change. */
function pairOf({ changes }: Move, cell: Cell): Example[] {
  const known = Object.keys(changes).filter((name) => name in cell);
  const formulas = known.map((name) => ({ name: afterName(name), formula: changes[name] }));
  const after = valuesAt({ formulas, free: [] }, cell, known.map(afterName));
  const later = Object.fromEntries(known.map((name, k) => [name, after[k]]));
  return [exampleOf(cell), exampleOf({ ...cell, ...later })];
}
