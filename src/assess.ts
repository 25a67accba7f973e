import { runBlocks } from './expression.js';
import type { Model } from './model.js';
import { scoringProgram } from './program.js';
import { modelInputs } from './scoring/methods.js';
import { mostReasons, reasonName, reasonRules, weightiestReasons } from './segments/reasons.js';
import { hintName } from './segments/underwriting.js';
import { requireMeasuredByModel, type Table } from './table.js';

/** The scores of a grade that are columns of numbers; NaN where missing. */
const scoreColumns = [
  'expected_loss_ratio',
  'expected_low',
  'expected_high',
  'credibility',
  'indicated_change',
] as const;

/** The tiers of a grade, as positions in `riskTiers`, `valueTiers`, `serviceTiers(plan)`, `actions`. */
const tierColumns = ['risk_tier', 'value_tier', 'service_tier', 'action'] as const;

/** The grades of a table's customers, as columns in the table's order. */
export interface Grades {
  readonly length: number;
  readonly table: Table;
  readonly model: Model;
  readonly scores: Readonly<Record<(typeof scoreColumns)[number], Float64Array>>;
  readonly tiers: Readonly<Record<(typeof tierColumns)[number], Uint8Array>>;
  /** Up to four reasons a customer, positions in the list of reasons at `i × 4`, −1 for none. */
  readonly reasons: Int8Array;
  /** For each hint of the plan, in its order: 1 where the customer has it. */
  readonly hints: readonly Uint8Array[];
}

/**
 * Grades every customer of a table with a model.
 *
 * @param onProgress called after every thousand customers or so, with how many they were
 *
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 900, exposureYears: 3, claimCount: 0, incurredLoss: 0, tenureYears: 3, annualPremium: 300 },
 *   { customerId: 'Bob', earnedPremium: 900, exposureYears: 3, claimCount: 2, incurredLoss: 990, tenureYears: 3, annualPremium: 300 },
 * ]);
 * const grades = assess(table, calibrate(table));
 * riskTiers[grades.tiers.risk_tier[0]]; // => 'excellent'
 * ```
 */
export function assess(table: Table, model: Model, onProgress?: (graded: number) => void): Grades {
  requireMeasuredByModel(table, model);
  const { length } = table;
  const program = scoringProgram(model, 1024, {
    wanted: [
      ...scoreColumns,
      ...tierColumns,
      ...reasonRules.map(reasonName),
      ...model.plan.hints.map(hintName),
    ],
  });
  const scores = record(scoreColumns, () => new Float64Array(length));
  const tiers = record(tierColumns, () => new Uint8Array(length));
  const reasons = new Int8Array(length * mostReasons);
  const weights = reasonRules.map((rule) => program.register(reasonName(rule)));
  const hints = model.plan.hints.map((hint) => ({
    register: program.register(hintName(hint)),
    column: new Uint8Array(length),
  }));
  const inputs = modelInputs(table, model.parameters);

  runBlocks(program, inputs, length, (start, count) => {
    const copy = (column: Float64Array | Uint8Array, register: Float64Array) =>
      column.set(register.subarray(0, count), start);
    for (const name of scoreColumns) copy(scores[name], program.register(name));
    for (const name of tierColumns) copy(tiers[name], program.register(name));
    for (const { register, column } of hints) copy(column, register);
    for (let row = 0; row < count; row++) {
      weightiestReasons(weights, row, reasons, (start + row) * mostReasons);
    }
    onProgress?.(count);
  });
  return {
    length,
    table,
    model,
    scores,
    tiers,
    reasons,
    hints: hints.map(({ column }) => column),
  };
}

/**
 * How likely it is for each graded customer that its true loss ratio is above the permissible one;
 * NaN without premium. A column of its own because it takes as long as half a grade.
 */
export function probabilityAbovePermissible({ table, model }: Grades): Float64Array {
  const name = 'probability_above_permissible';
  const program = scoringProgram(model, 1024, { wanted: [name] });
  const column = new Float64Array(table.length);
  const register = program.register(name);
  runBlocks(program, modelInputs(table, model.parameters), table.length, (start, count) => {
    column.set(register.subarray(0, count), start);
  });
  return column;
}

function record<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
