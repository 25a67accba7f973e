import { labelAt } from '../base/columns.js';
import { numberCell, type OutputCell, type OutputColumn, type OutputUnit } from '../base/output.js';
import { modelId } from '../model/model.js';
import { actions } from '../plan/hint.js';
import { loyalties, purchases } from '../plan/lifecycle.js';
import { riskTiersOf } from '../plan/risk.js';
import { valueTiers } from '../plan/value.js';
import { heldBys } from '../segments/memory.js';
import { everyReason, maxReasons } from '../segments/reasons.js';
import { serviceTiers } from '../segments/service.js';
import { type Grades, inputsHashes } from './assess.js';

/** So many hex digits of the inputs' hash stand in a row: enough that no two of a book meet. */
const digits = 16;
/** A list of codes in one cell. */
const joined = (codes: readonly string[]) => codes.join('|');

/** The columns of graded customers for a file; attributes last, whose name, if taken, gets a prefix. */
function gradeColumns(grades: Grades): OutputColumn[] {
  const { table, model, scores, tiers, reasons, hints, memory } = grades;
  const id = modelId(model);
  const risks = riskTiersOf(model.plan);
  const inputsAt = inputsHashes(grades);
  const withheld = Object.entries(grades.withheld);
  const number = (name: string, unit: OutputUnit, column: Float64Array): OutputColumn => ({
    name,
    unit,
    read: (row) => numberCell(column[row]),
  });
  const score = (name: keyof Grades['scores'], unit: OutputUnit) =>
    number(name, unit, scores[name]);
  const indicator = (name: string, unit: OutputUnit) => number(name, unit, table.columns[name]);
  const code = (name: string, read: (row: number) => string): OutputColumn => ({
    name,
    unit: 'code',
    read,
  });
  const tier = (name: keyof Grades['tiers'], names: readonly string[]) =>
    code(name, (row) => names[tiers[name][row]]);
  const columns: OutputColumn[] = [
    { name: 'customer_id', unit: 'text', read: (row) => table.ids[row] },
    tier('risk_tier', risks),
    tier('value_tier', valueTiers),
    tier('service_tier', serviceTiers(model.plan)),
    tier('action', actions),
    score('expected_loss_ratio', 'share'),
    score('expected_low', 'share'),
    score('expected_high', 'share'),
    score('credibility', 'share'),
    number('observed_loss_ratio', 'share', table.columns.loss_ratio),
    indicator('claim_frequency', 'number'),
    indicator('claim_count', 'count'),
    indicator('exposure_years', 'years'),
    indicator('earned_premium', 'money'),
    indicator('incurred_loss', 'money'),
    indicator('annual_premium', 'money'),
    indicator('tenure_years', 'years'),
    indicator('claim_free_years', 'years'),
    score('indicated_change', 'share'),
    score('lifetime_value', 'money'),
    code('reasons', (row) => {
      const found = reasons.subarray(row * maxReasons, (row + 1) * maxReasons);
      return joined([...found].filter((reason) => reason >= 0).map((at) => everyReason[at].code));
    }),
    code('hints', (row) =>
      joined(model.plan.hints.filter((_, h) => hints[h][row] === 1).map((hint) => hint.code)),
    ),
    score('probability_above_permissible', 'share'),
    score('lifetime_low', 'money'),
    score('lifetime_high', 'money'),
    score('renewal_probability', 'share'),
    score('profit_at_stake', 'money'),
    tier('loyalty', loyalties),
    tier('purchase', purchases),
    code('model', () => id),
    code('inputs', (row) => inputsAt(row).slice(0, digits)),
    code('withheld', (row) =>
      joined(withheld.filter(([, column]) => column[row] === 1).map(([key]) => key)),
    ),
    // Where there is memory: the tier of the figures alone, and what holds another.
    ...(memory
      ? [
          code('observed_tier', (row) => risks[memory.tiers.observed_tier[row]]),
          code('held_by', (row) => heldBys[memory.tiers.held_by[row]]),
        ]
      : []),
  ];
  const taken = new Set(columns.map(({ name }) => name));
  for (const attribute of table.attributes) {
    let { name } = attribute;
    while (taken.has(name)) name = `attribute.${name}`;
    taken.add(name);
    columns.push({ name, unit: 'text', read: (row) => labelAt(attribute, row) ?? null });
  }
  return columns;
}

/** The names of the columns of graded customers. */
export function gradeHeader(grades: Grades): string[] {
  return gradeColumns(grades).map(({ name }) => name);
}

/** A function that gives the output row of one graded customer, in the order of the header. */
export function gradeRows(grades: Grades): (row: number) => OutputCell[] {
  const columns = gradeColumns(grades);
  return (row) => columns.map(({ read }) => read(row));
}
