import { sum } from '../base/columns.js';
import { evaluate } from '../formulas/evaluate.js';
import { type Formula } from '../formulas/expression.js';
import type { Grades } from '../grading/assess.js';
import { furtherScores } from '../grading/assess.js';
import { scoringFormulas } from '../grading/compile-scoring.js';
import { actions } from '../plan/hint.js';
import { riskTiersOf } from '../plan/risk.js';
import { valueTiers } from '../plan/value.js';
import { modelInputs } from '../scoring/experience/methods.js';
import { riskRules } from '../segments/risk.js';
import { serviceTiers } from '../segments/service.js';
import { linesIn } from './cuts.js';

/** What a rule does to the customers of a book. */
export interface RuleCount {
  readonly place: string;
  /** What it gives: a tier, or the code of a hint. */
  readonly gives: string;
  /** For how many customers it holds, and for how many it decides. */
  readonly holds: number;
  readonly decides: number;
}

/** Customers whose value lies within a fiftieth of a line: a small change of either moves them. */
export interface NearLine {
  readonly name: string;
  readonly line: number;
  readonly customers: number;
  readonly earnedPremium: number;
}

/** What a plan does to a graded book. */
export interface BookFindings {
  readonly customers: number;
  readonly rules: readonly RuleCount[];
  /** Tiers, service and actions that nobody has. */
  readonly nobody: readonly string[];
  readonly near: readonly NearLine[];
}

/** Within this part of a line a value is near it. */
const near = 0.02;

/** Counts what the rules of a plan do to a book graded by it. */
export function bookFindings(grades: Grades): BookFindings {
  const { table, model, tiers, length } = grades;
  const { plan } = model;
  const risk = riskRules(plan);
  const formulas = [
    ...scoringFormulas(model),
    ...risk.map(({ when }, k) => ({ name: `rule ${k}`, formula: when })),
  ];
  const inputs = modelInputs(table, model.parameters);
  const wanted = risk.map((_, k) => `rule ${k}`);
  const held = evaluate(formulas, inputs, length, wanted);
  const decides = new Array<number>(risk.length + 1).fill(0);
  for (let row = 0; row < length; row++) {
    const first = wanted.findIndex((name) => held[name][row]);
    decides[first < 0 ? risk.length : first]++;
  }
  const rules = [
    ...risk.map(({ tier }, k) => ({
      place: `risk.rules[${k}]`,
      gives: tier,
      holds: held[`rule ${k}`].filter(Boolean).length,
      decides: decides[k],
    })),
    {
      place: 'risk.otherwise',
      gives: plan.risk.otherwise,
      holds: decides[risk.length],
      decides: decides[risk.length],
    },
    ...plan.hints.map(({ code }, k) => {
      const given = sum(grades.hints[k]);
      return { place: `hints[${k}]`, gives: code, holds: given, decides: given };
    }),
  ];
  const unused = (kind: string, names: readonly string[], column: Uint8Array) => {
    const seen = new Set(column);
    return names.filter((_, k) => !seen.has(k)).map((name) => `${kind}: ${name}`);
  };
  return {
    customers: length,
    rules,
    nobody: [
      ...unused('risk', riskTiersOf(plan), tiers.risk_tier),
      ...unused('value', valueTiers, tiers.value_tier),
      ...unused('service', serviceTiers(plan), tiers.service_tier),
      ...unused('action', actions, tiers.action),
    ],
    near: nearLines(
      grades,
      [...risk, ...plan.hints].map(({ when }) => when),
    ),
  };
}

/** The lines that rules draw through single figures, and who stands near each; counts stand on theirs. */
function nearLines(grades: Grades, rules: readonly Formula[]): NearLine[] {
  const { table, model } = grades;
  const lines = linesIn(scoringFormulas(model), [
    ...rules,
    ['>=', 'value_measured', model.parameters.value.cut ?? Number.NaN],
  ]).filter(({ line, whole }) => line > 0 && !whole);
  const names = [...new Set(lines.map(({ name }) => name))];
  const values = furtherScores(grades, names);
  const premium = table.columns.earned_premium;
  return lines.map(({ name, line }) => {
    const rows = [...values[name].keys()].filter(
      (row) => Math.abs(values[name][row] - line) <= near * line,
    );
    const earnedPremium = sum(rows.map((row) => premium[row] || 0));
    return { name, line, customers: rows.length, earnedPremium };
  });
}
