import { nothing } from '../credibility/method.js';
import { explainFormula } from '../formulas/explain.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { described } from '../scoring/scores.js';
import { riskRules } from './risk.js';
import type { ValueFormat } from './wording.js';

/** One comparison of a rule and how it came out. */
export interface Comparison {
  readonly formula: Formula;
  readonly text: string;
  /** What stands on its left, and on its right; null where that is missing or there is none. */
  readonly observed: number | null;
  readonly compared: number | null;
  readonly holds: boolean;
}

/** A rule of the risk tier: the tier it gives, whether it holds, and its comparisons. */
export interface Condition {
  readonly tier: string;
  readonly holds: boolean;
  /** The rule, and the same in words, which valueText how its comparisons are joined. */
  readonly formula: Formula;
  readonly text: string;
  readonly comparisons: readonly Comparison[];
}

/** The rules of the risk tier with the loss ratio they see under its own name. */
export function namedRules(plan: Plan): Plan['risk']['rules'] {
  return riskRules(plan).map(({ tier, when }) => ({ tier, when: named(plan, when) }));
}

/** A rule of the plan with `rated_loss_ratio` under the name of the loss ratio that it is. */
export function named(plan: Plan, formula: Formula): Formula {
  if (formula === 'rated_loss_ratio') {
    return plan.risk.basis === 'credible' ? 'expected_loss_ratio' : 'loss_ratio';
  }
  if (typeof formula !== 'object') return formula;
  const [operator, ...operands] = formula;
  return [operator, ...operands.map((operand) => named(plan, operand))];
}

/**
 * The conditions of a plan made ready: formulas that a program must hold beside the model's, and a
 * function that reads them. Texts are made once, so that a grade costs no more than its numbers.
 */
export function conditionsOf(plan: Plan, values: ValueFormat) {
  const rules = namedRules(plan).map(({ tier, when }, r) => ({
    tier,
    text: inWords(when, values),
    name: `rule ${r}`,
    when,
    leaves: leavesOf(when).map((formula, k) => {
      const name = `rule ${r} part ${k}`;
      return { formula, text: inWords(formula, values), name, ...sidesOf(formula) };
    }),
  }));
  const formulas = rules.flatMap(({ name, when, leaves }): NamedFormula[] => [
    { name, formula: when },
    ...leaves.flatMap((leaf) => [
      { name: leaf.name, formula: leaf.formula },
      { name: `${leaf.name} left`, formula: leaf.left },
      { name: `${leaf.name} right`, formula: leaf.right },
    ]),
  ]);
  /** Reads them from the registers of a program: up to and including the first that holds. */
  const reader = (register: (name: string) => Float64Array): (() => Condition[]) => {
    const ready = rules.map((rule) => ({
      ...rule,
      decides: register(rule.name),
      leaves: rule.leaves.map((leaf) => ({
        ...leaf,
        held: register(leaf.name),
        observed: register(`${leaf.name} left`),
        compared: register(`${leaf.name} right`),
      })),
    }));
    return () => {
      const decided = ready.findIndex(({ decides }) => decides[0]);
      const asked = decided < 0 ? ready : ready.slice(0, decided + 1);
      return asked.map(({ tier, when, text, leaves }, r) => ({
        tier,
        formula: when,
        text,
        holds: r === decided,
        comparisons: leaves.map(({ formula, text, observed, compared, held }) => ({
          formula,
          text,
          observed: maybe(observed[0]),
          compared: maybe(compared[0]),
          holds: Boolean(held[0]),
        })),
      }));
    };
  };
  return { formulas, reader };
}

/** A rule or comparison in words; a number beside a share, money or years in the words of its unit. */
export function inWords(formula: Formula, { words, formatValue }: ValueFormat): string {
  const units = (part: Formula): Formula => {
    if (typeof part !== 'object') return part;
    const [operator, ...operands] = part;
    const beside = operands.find((operand) => typeof operand === 'string');
    return [
      operator,
      ...operands.map((operand) =>
        typeof operand === 'number' && isComparison(operator) && isMeasure(beside)
          ? formatValue(operand, beside)
          : units(operand),
      ),
    ];
  };
  return explainFormula(units(formula), words.labels, words.formulas);
}

/** Whether a name has a unit that must be written; a count has it in its label. */
function isMeasure(name: string | undefined): name is string {
  return name !== undefined && (described.get(name)?.unit ?? 'count') !== 'count';
}

/** The comparisons of a rule in their order; a `not` is brought to each of them. */
function leavesOf(formula: Formula, denied = false): Formula[] {
  if (typeof formula === 'object') {
    const [operator, ...operands] = formula;
    if (operator === 'not') return leavesOf(operands[0], !denied);
    if (operator === 'and' || operator === 'or') {
      return operands.flatMap((operand) => leavesOf(operand, denied));
    }
  }
  return [denied ? ['not', formula] : formula];
}

/** What a comparison compares; of anything else what it looks at, and nothing. */
function sidesOf(formula: Formula): { left: Formula; right: Formula } {
  if (typeof formula !== 'object') return { left: formula, right: nothing };
  const [operator, left, right = nothing] = formula;
  if (operator === 'not') return sidesOf(left);
  if (isComparison(operator)) return { left, right };
  return { left: operator === 'missing' ? left : formula, right: nothing };
}

function isComparison(operator: string): boolean {
  return ['<', '<=', '>', '>=', '=', '!='].includes(operator);
}

/** A number, or null where it is missing. */
export function maybe(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
