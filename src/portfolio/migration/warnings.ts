import { evaluate } from '../../formulas/evaluate.js';
import { explainFormula } from '../../formulas/explain.js';
import { type Formula, type NamedFormula, neededFor } from '../../formulas/expression.js';
import type { Grades } from '../../grading/assess.js';
import { scoringFormulas } from '../../grading/compile-scoring.js';
import type { Model } from '../../model/model.js';
import { unratedTier } from '../../plan/risk.js';
import { modelInputs } from '../../scoring/experience/methods.js';
import { described } from '../../scoring/scores.js';
import { ratedOn, type Side, tiersOn } from './pairs.js';
import type { PlanLine } from './result.js';

const comparisons = ['<', '<=', '>', '>='];
const labels = Object.fromEntries([...described].map(([name, { label }]) => [name, label]));

/** The customers of two days whose loss ratio is rated on both, for their pace to be looked at. */
export interface Paces {
  /** Rows of the later day's grades; −1 where there is nothing to look at. */
  readonly rows: Int32Array;
  /** The rated loss ratio on both days. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Positions of the risk tiers on both days. */
  readonly tierBefore: Int8Array;
  readonly tierAfter: Int8Array;
  /** Years between the days. */
  readonly years: number;
}

/** What the pace of each customer comes to. */
export interface Outlook {
  readonly changeAYear: Float64Array;
  /** Position of the next worse line above the customer, −1 for none. */
  readonly line: Int8Array;
  /** Position of the tier beyond it. */
  readonly tierBeyond: Int8Array;
  /** Years until that line is crossed at this pace; NaN for whoever does not move towards it. */
  readonly yearsToLine: Float64Array;
  /** 1 warned; −1 would be warned had the loss ratio changed as much the other way; else 0. */
  readonly warned: Int8Array;
}

/** The paces of customers in force on both days; the others have none. */
export function pacesOf(before: Side, after: Side, years: number): Paces {
  return {
    rows: after.rows.map((row, i) => (before.inForce[i] && after.inForce[i] ? row : -1)),
    before: ratedOn(before),
    after: ratedOn(after),
    tierBefore: tiersOn(before, 'risk'),
    tierAfter: tiersOn(after, 'risk'),
    years,
  };
}

/** The name of the loss ratio that a plan rates on, of which `rated_loss_ratio` is another. */
function basisOf({ plan }: Model): string {
  return plan.risk.basis === 'credible' ? 'expected_loss_ratio' : 'loss_ratio';
}

/**
 * The lines that a plan's risk rules draw on the rated loss ratio: what it is compared with, where
 * that is the same for every customer. The lowest first.
 */
export function planLines(model: Model): PlanLine[] {
  const names = ['rated_loss_ratio', basisOf(model)];
  const found = new Map<number, PlanLine>();
  const visit = (formula: Formula) => {
    if (typeof formula !== 'object') return;
    const [operator, ...operands] = formula;
    if (comparisons.includes(operator)) {
      const [left, right] = operands;
      for (const [one, other] of [operands, [right, left]]) {
        if (typeof one !== 'string' || !names.includes(one)) continue;
        const value = constantOf(other, model);
        if (value !== null && !found.has(value)) found.set(value, { value, label: nameOf(other) });
      }
    }
    operands.forEach(visit);
  };
  for (const { when } of model.plan.risk.rules) visit(when);
  return [...found.values()].sort((a, b) => a.value - b.value);
}

/** Settings are plain numbers in the list; whatever rests on more differs from customer to customer. */
function constantOf(formula: Formula, model: Model): number | null {
  const settings = scoringFormulas(model).filter(({ formula: set }) => typeof set === 'number');
  const known = new Set(settings.map(({ name }) => name));
  if (!rests(formula, known)) return null;
  const line: NamedFormula = { name: 'line', formula };
  const [value] = evaluate(neededFor(['line'], [...settings, line]), {}, 1, ['line']).line;
  return Number.isFinite(value) ? value : null;
}

function rests(formula: Formula, on: ReadonlySet<string>): boolean {
  if (typeof formula !== 'object') return typeof formula === 'number' || on.has(formula);
  const [, ...operands] = formula;
  return operands.every((operand) => rests(operand, on));
}

function nameOf(formula: Formula): string {
  return formula === 1 ? 'break-even' : explainFormula(formula, labels);
}

/**
 * The tier of each graded customer just beyond each line, all else as it is: `tiers[line][row]`.
 * Whether a line matters to a customer hangs on its other figures: who has no claim may be excellent
 * at any loss ratio.
 */
function tiersBeyond({ table, model, length }: Grades, lines: readonly PlanLine[]): Float64Array[] {
  const basis = basisOf(model);
  const formulas = scoringFormulas(model).filter(({ name }) => name !== basis);
  const { [basis]: _, ...inputs } = modelInputs(table, model.parameters);
  return lines.map(({ value }) => {
    const beyond = new Float64Array(length).fill(value + 1e-9 * Math.max(1, Math.abs(value)));
    return evaluate(formulas, { ...inputs, [basis]: beyond }, length, ['risk_tier']).risk_tier;
  });
}

/**
 * Where customers are heading: the change of the rated loss ratio a year, the next line above beyond
 * which the tier is worse, and how long it takes at that pace. Warned is who crosses it within the
 * horizon. A line that was crossed already lies below: that is a downgrade, and no warning.
 */
export function outlook(
  grades: Grades,
  lines: readonly PlanLine[],
  paces: Paces,
  horizonYears: number,
): Outlook {
  const { rows, before, after, tierBefore, tierAfter, years } = paces;
  const beyond = tiersBeyond(grades, lines);
  const unrated = unratedTier(grades.model.plan);
  const changeAYear = after.map((ratio, i) => (ratio - before[i]) / years);
  const line = new Int8Array(rows.length).fill(-1);
  const tierBeyond = new Int8Array(rows.length).fill(-1);
  const yearsToLine = new Float64Array(rows.length).fill(Number.NaN);
  const warned = new Int8Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const [was, is] = [tierBefore[i], tierAfter[i]];
    if (row < 0 || was < 0 || was >= unrated || is < 0 || is >= unrated) continue;
    const next = lines.findIndex(
      ({ value }, l) => value >= after[i] && beyond[l][row] > is && beyond[l][row] < unrated,
    );
    if (next < 0) continue;
    line[i] = next;
    tierBeyond[i] = beyond[next][row];
    const away = (lines[next].value - after[i]) / Math.abs(changeAYear[i]);
    if (changeAYear[i] > 0) yearsToLine[i] = away;
    if (!(away <= horizonYears)) continue;
    warned[i] = Math.sign(changeAYear[i]);
  }
  return { changeAYear, line, tierBeyond, yearsToLine, warned };
}
