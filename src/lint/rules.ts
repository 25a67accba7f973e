import { explainFormula } from '../formulas/explain.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { riskRules } from '../segments/risk.js';
import type { Finding } from './finding.js';
import { askedOf } from './ground.js';
import { allOf, anyOf } from './search.js';
import { ask, exampleOf, type Study } from './study.js';

/** Rules of which the first that holds decides. */
export interface RuleList {
  readonly about: string;
  readonly rules: readonly Rule[];
}

/** A rule, what it gives and where it stands. */
interface Rule {
  readonly gives: string;
  readonly when: Formula;
  readonly place: string;
}

const ruleName = (position: number): string => `rule ${position}`;

/** The rules under names that a question can use. */
const named = (rules: readonly Rule[]): NamedFormula[] =>
  rules.map(({ when }, k) => ({ name: ruleName(k), formula: when }));

/** Conditions that no customer can meet. */
export function neverHolding(study: Study, { about, rules }: RuleList): Finding[] {
  return rules.flatMap(({ when, place }): Finding[] => {
    const { found, why } = ask(study, { about, conditions: [when] });
    if (found[0].length > 0 || why !== undefined) return [];
    const text = `no customer can ever meet "${explainFormula(when)}"`;
    return [{ code: 'rule-never-holds', place, text, examples: [] }];
  });
}

/** Rules whose customers are all taken by rules before them. */
function neverReached(study: Study, list: RuleList): Finding[] {
  const { about, rules } = list;
  const further = [...named(rules), { name: 'deciding', formula: firstThatHolds(rules) }];
  const decides = rules.map((_, k): Formula => ['=', 'deciding', k]);
  const { found, why } = ask(study, { about, further, conditions: decides });
  return rules.flatMap((rule, k): Finding[] => {
    if (found[k].length > 0) return [];
    // Where not every cell was looked at: the rules before that speak of nothing else may be enough.
    const before =
      why === undefined ? rules.slice(0, k) : speakingOfNoMore(study, rule, rules.slice(0, k));
    const left: Formula = ['and', rule.when, ['not', anyOf(before.map(({ when }) => when))]];
    const alone = ask(study, { about, conditions: [left, rule.when] });
    if (alone.found[0].length > 0 || alone.why !== undefined) return [];
    const [taken] = alone.found[1];
    if (!taken) return [];
    const taker = before.find(({ when }) => {
      const both: Formula = ['and', rule.when, when];
      return ask(study, { about, conditions: [both] }).found[0].length > 0;
    });
    const text = `never reached: every customer of whom "${explainFormula(rule.when)}" holds is taken by a rule before it (${taker?.place}: ${taker?.gives})`;
    return [{ code: 'rule-never-reached', place: rule.place, text, examples: [exampleOf(taken)] }];
  });
}

function speakingOfNoMore({ ground }: Study, rule: Rule, before: readonly Rule[]): Rule[] {
  const freeOf = ({ when }: Rule) => askedOf(ground, [{ name: 'asked', formula: when }]).free;
  const own = new Set(freeOf(rule));
  return before.filter((other) => freeOf(other).every((name) => own.has(name)));
}

/** The position of the first rule that holds, and their number where none does. */
function firstThatHolds(rules: readonly Rule[]): Formula {
  const cases = rules.flatMap((_, k): Formula[] => [ruleName(k), k]);
  return rules.length === 0 ? 0 : ['case', ...cases, rules.length];
}

/** Two rules that give different tiers and hold for the same customer. */
export function overlaps(study: Study, { about, rules }: RuleList): Finding[] {
  const pairs = rules.flatMap((one, k) =>
    rules
      .slice(k + 1)
      .flatMap((other) => (one.gives === other.gives ? [] : [[one, other] as const])),
  );
  return pairs.slice(0, maxPairs).flatMap(([one, other]): Finding[] => {
    const both: Formula = ['and', one.when, other.when];
    const [[cell]] = ask(study, { about, conditions: [both] }).found;
    if (!cell) return [];
    const text = `${one.place} (${one.gives}) and ${other.place} (${other.gives}) both hold for one customer`;
    return [{ code: 'overlap', place: other.place, text, examples: [exampleOf(cell)] }];
  });
}
const maxPairs = 2000;

/**
 * Customers for whom no risk rule holds, where one is meant to hold for every customer: under
 * `unique`, and where the rules name the tier that is given otherwise without need.
 */
export function gaps(study: Study, list: RuleList): Finding[] {
  const { otherwise, hit, unrated } = study.ground.plan.risk;
  if (list.rules.length === 0 || (hit !== 'unique' && !namesAll(study, list, otherwise))) return [];
  const none: Formula = ['not', anyOf(list.rules.map((_, k) => ruleName(k)))];
  const further = named(list.rules);
  const known = askedOf(study.ground, further).free.map(
    (name): Formula => ['not', ['missing', name]],
  );
  // Of whom something is missing falls through as it should, or is found where rated all the same.
  const falls = hit === 'unique' && otherwise === unrated ? none : allOf([none, ...known]);
  const [[cell]] = ask(study, { about: list.about, further, conditions: [falls] }).found;
  if (!cell) return [];
  const text = `no rule holds for a customer, who becomes ${otherwise} only because nothing else is said`;
  return [{ code: 'gap', place: list.about, text, examples: [exampleOf(cell)] }];
}

/**
 * Whether rules are written as a list of all cases: one that gives what is given otherwise anyway
 * would be idle but for that. A rule that takes customers from later rules is no such one.
 */
function namesAll(study: Study, { about, rules }: RuleList, otherwise: string): boolean {
  const further = [...named(rules), { name: 'deciding', formula: firstThatHolds(rules) }];
  return rules.some((rule, k) => {
    if (rule.gives !== otherwise) return false;
    const later = rules.flatMap(({ gives }, j) =>
      j > k && gives !== otherwise ? [ruleName(j)] : [],
    );
    const needed: Formula = ['and', ['=', 'deciding', k], anyOf(later)];
    return ask(study, { about, further, conditions: [needed] }).found[0].length === 0;
  });
}

/** Rules that can never hold, and those that are never reached. */
export function deadIn(study: Study, { about, rules }: RuleList): Finding[] {
  const dead = neverHolding(study, { about, rules });
  const places = new Set(dead.map(({ place }) => place));
  const living = rules.filter(({ place }) => !places.has(place));
  return [...dead, ...neverReached(study, { about, rules: living })];
}

/** The rules of a plan by what they decide, those in `places` that can be used. */
export function ruleLists(plan: Plan, usable: (place: string) => boolean) {
  const list = (about: string, rules: readonly { gives: string; when: Formula }[]): RuleList => ({
    about,
    rules: rules
      .map((rule, k) => ({ ...rule, place: `${about}[${k}]` }))
      .filter(({ place }) => usable(place)),
  });
  const classes = (rules: readonly { is: string; when: Formula }[]) =>
    rules.map(({ is, when }) => ({ gives: is, when }));
  const { lifecycle, hints } = plan;
  return {
    risk: list(
      'risk.rules',
      riskRules(plan).map(({ tier, when }) => ({ gives: tier, when })),
    ),
    loyalty: list('lifecycle.loyalty', classes(lifecycle.loyalty)),
    purchase: list('lifecycle.purchase', classes(lifecycle.purchase)),
    hints: list(
      'hints',
      hints.map(({ code, when }) => ({ gives: code, when })),
    ),
  };
}
