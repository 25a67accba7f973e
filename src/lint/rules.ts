import { explainFormula } from '../explain.js';
import type { Formula, NamedFormula } from '../expression.js';
import { riskTiers } from '../plan.js';
import { riskRules } from '../segments/risk.js';
import type { Finding } from './finding.js';
import { afterChange, askedOf, freeIn, type Ground } from './ground.js';
import { allOf, anyOf, type Cell, type SearchOptions, search } from './search.js';
import { exampleOf, type Study } from './study.js';

/** Rules of which the first that holds decides, under the name that decides by them. */
export interface RuleList {
  readonly about: string;
  readonly places: readonly string[];
  readonly gives: readonly string[];
  readonly when: readonly Formula[];
}

const ruleName = (k: number) => `rule ${k}`;

/** Rules that can never hold, and rules that are never reached. */
export function deadRules(study: Study, list: RuleList): Finding[] {
  const { ground, options } = study;
  const rules = namedRules(list);
  const findings: Finding[] = [];
  const dead = new Set<number>();
  for (const [k, rule] of rules.entries()) {
    const asked = askedOf(ground, [rule]);
    const answer = search(asked, [rule.name], options);
    if (answer.found[0].length > 0 || answer.why !== undefined) continue;
    dead.add(k);
    findings.push({
      code: 'rule-never-holds',
      place: list.places[k],
      text: `no customer can ever meet "${explainFormula(list.when[k])}"`,
      examples: [],
    });
  }
  const deciding: NamedFormula = { name: 'deciding', formula: firstOf(rules) };
  const decides = rules.map((_, k): Formula => ['=', 'deciding', k]);
  if (rules.length === 0) return findings;
  const all = search(askedOf(ground, [...rules, deciding]), decides, options);
  study.looked(`${list.about}: rules that are reached`, all);
  for (const [k, rule] of rules.entries()) {
    if (all.found[k].length > 0 || dead.has(k)) continue;
    const before = rules.slice(0, k);
    const unreached = all.why === undefined ? before : withinNames(ground, rule, before);
    const asked = askedOf(ground, [...unreached, rule]);
    const free: Formula = ['and', rule.name, ['not', anyOf(unreached.map(({ name }) => name))]];
    const alone = search(asked, [free], options);
    if (alone.found[0].length > 0 || alone.why !== undefined) continue;
    const [taken] = search(asked, [rule.name], options).found[0];
    const taker = takerOf(taken, unreached, ground, options);
    findings.push({
      code: 'rule-never-reached',
      place: list.places[k],
      text: `whoever meets "${explainFormula(list.when[k])}" is taken by rules before it${taker === undefined ? '' : `, as by ${list.places[taker]}`}`,
      examples: [exampleOf(taken)],
    });
  }
  return findings;
}
