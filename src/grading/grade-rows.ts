import { labelAt } from '../base/columns.js';
import type { OutputCell } from '../base/output.js';
import { modelId } from '../model/model.js';
import { actions } from '../plan/hint.js';
import { loyalties, purchases } from '../plan/lifecycle.js';
import { riskTiersOf } from '../plan/risk.js';
import { valueTiers } from '../plan/value.js';
import { heldBys } from '../segments/memory.js';
import { everyReason, maxReasons } from '../segments/reasons.js';
import { serviceTiers } from '../segments/service.js';
import {
  type Grades,
  inputsHashes,
  lifetimeValues,
  probabilityAbovePermissible,
} from './assess.js';

const outputColumns = [
  'customer_id',
  'risk_tier',
  'value_tier',
  'service_tier',
  'action',
  'expected_loss_ratio',
  'expected_low',
  'expected_high',
  'credibility',
  'observed_loss_ratio',
  'claim_frequency',
  'claim_count',
  'exposure_years',
  'earned_premium',
  'incurred_loss',
  'annual_premium',
  'tenure_years',
  'claim_free_years',
  'indicated_change',
  'lifetime_value',
  'reasons',
  'hints',
  'probability_above_permissible',
  'lifetime_low',
  'lifetime_high',
  'renewal_probability',
  'profit_at_stake',
  'loyalty',
  'purchase',
  'model',
  'inputs',
  'withheld',
] as const;

/** So many hex digits of the inputs' hash stand in a row: enough that no two of a book meet. */
const digits = 16;
/** What stands besides where there is memory: the tier of the figures alone, what holds another. */
const memoryColumns = ['observed_tier', 'held_by'] as const;

/** The names of the columns of graded customers, attributes last; a name taken gets a prefix. */
export function gradeHeader({ table, memory }: Grades): string[] {
  const header = new Set<string>([...outputColumns, ...(memory ? memoryColumns : [])]);
  for (const { name } of table.attributes) {
    let free = name;
    while (header.has(free)) free = `attribute.${free}`;
    header.add(free);
  }
  return [...header];
}

/** A function that gives the output row of one graded customer, in the order of the header. */
export function gradeRows(grades: Grades) {
  const { table, model, scores, tiers, reasons, hints, memory } = grades;
  const probability = probabilityAbovePermissible(grades);
  const lifetime = lifetimeValues(grades);
  const services = serviceTiers(model.plan);
  const risks = riskTiersOf(model.plan);
  const { columns } = table;
  const id = modelId(model);
  const inputsAt = inputsHashes(grades);
  const withheld = Object.entries(grades.withheld);
  const hintCodes = model.plan.hints.map(({ code }) => code);
  const reasonsOf = (row: number) => {
    const codes: string[] = [];
    for (let k = row * maxReasons; k < (row + 1) * maxReasons && reasons[k] >= 0; k++) {
      codes.push(everyReason[reasons[k]].code);
    }
    return codes.join('|');
  };
  return (row: number): OutputCell[] => [
    table.ids[row],
    risks[tiers.risk_tier[row]],
    valueTiers[tiers.value_tier[row]],
    services[tiers.service_tier[row]],
    actions[tiers.action[row]],
    cell(scores.expected_loss_ratio[row]),
    cell(scores.expected_low[row]),
    cell(scores.expected_high[row]),
    cell(scores.credibility[row]),
    cell(columns.loss_ratio[row]),
    cell(columns.claim_frequency[row]),
    cell(columns.claim_count[row]),
    cell(columns.exposure_years[row]),
    cell(columns.earned_premium[row]),
    cell(columns.incurred_loss[row]),
    cell(columns.annual_premium[row]),
    cell(columns.tenure_years[row]),
    cell(columns.claim_free_years[row]),
    cell(scores.indicated_change[row]),
    cell(lifetime.lifetime_value[row]),
    reasonsOf(row),
    hintCodes.filter((_, h) => hints[h][row] === 1).join('|'),
    cell(probability[row]),
    cell(lifetime.lifetime_low[row]),
    cell(lifetime.lifetime_high[row]),
    cell(lifetime.renewal_probability[row]),
    cell(lifetime.profit_at_stake[row]),
    loyalties[tiers.loyalty[row]],
    purchases[tiers.purchase[row]],
    id,
    inputsAt(row).slice(0, digits),
    withheld
      .filter(([, column]) => column[row] === 1)
      .map(([key]) => key)
      .join('|'),
    ...(memory ? [risks[memory.tiers.observed_tier[row]], heldBys[memory.tiers.held_by[row]]] : []),
    ...table.attributes.map((attribute) => labelAt(attribute, row) ?? null),
  ];
}

function cell(value: number): OutputCell {
  return Number.isNaN(value) ? null : value;
}
