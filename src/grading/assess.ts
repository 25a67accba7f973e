import { isoFromDay } from '../base/calendar.js';
import { labelAt } from '../base/columns.js';
import { MisuseError, requireKnown } from '../base/errors.js';
import type { CustomerOverride, Standing } from '../book/standing.js';
import { evaluate, runBlocks } from '../formulas/evaluate.js';
import { type NamedFormula } from '../formulas/expression.js';
import { requireMeasuredByModel, type Table } from '../indicators/table.js';
import type { Model } from '../model/model.js';
import { riskTiersOf } from '../plan/risk.js';
import { modelInputs } from '../scoring/experience/methods.js';
import { lifetimeScores } from '../scoring/retention/lifetime.js';
import { type MemoryInputs, memoryInputs } from '../segments/memory.js';
import { maxReasons, reasonName, reasonsAsked, weightiestReasons } from '../segments/reasons.js';
import { hintName } from '../segments/underwriting.js';
import { withheldName, withholdingKey } from '../segments/withheld.js';
import {
  compileScoring,
  inputNames,
  inputsHasher,
  modelWithholdings,
  scoringFormulas,
} from './compile-scoring.js';
import { type Past, type Pasts, pastInputs, pastsOf } from './remembered.js';

/**
 * The scores of a grade that are columns of numbers; NaN where missing. Those of its lifetime, in
 * money: `lifetime_value` with its interval, the `annual_profit` expected of the premium in force,
 * the `renewal_probability` at the next renewal, the discounted `lifetime_years` after it, and
 * `profit_at_stake`, lifetime value × chance to leave; missing where the chance to stay is not known.
 */
const scoreColumns = [
  'expected_loss_ratio',
  'expected_low',
  'expected_high',
  'credibility',
  'probability_above_permissible',
  'indicated_change',
  ...lifetimeScores,
] as const;

/**
 * The tiers of a grade, as positions in `riskTiersOf(plan)`, `valueTiers`, `serviceTiers(plan)`, `actions`,
 * `loyalties` and `purchases`.
 */
const tierColumns = [
  'risk_tier',
  'value_tier',
  'service_tier',
  'action',
  'loyalty',
  'purchase',
] as const;

/** The tiers behind `risk_tier` where there is memory, and what holds it, as positions. */
const memoryColumns = ['observed_tier', 'remembered_tier', 'held_by'] as const;

/** What is known of a book's past, and how the grades go on from it. */
export interface Memory extends Pasts {
  /** What formulas read of it. */
  readonly inputs: Readonly<Record<keyof MemoryInputs, Float64Array>>;
  readonly tiers: Readonly<Record<(typeof memoryColumns)[number], Uint8Array>>;
}

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
  /** By hint and ground, `over-break-even:or-first-claim`: 1 where a prohibited ground withholds it. */
  readonly withheld: Readonly<Record<string, Uint8Array>>;
  /** Where the plan has memory, or standings or overrides came in. */
  readonly memory: Memory | undefined;
}

/** What is remembered of the customers, and who wants to know how far the work is. */
export interface AssessOptions {
  /** The standings that an earlier day gave, see {@link standingsOf}; none on the first day. */
  readonly standings?: Iterable<Standing> | undefined;
  /** Tiers set by hand; one that has ended sets none, and stands in `memory.ended`. */
  readonly overrides?: Iterable<CustomerOverride> | undefined;
  /** Called after every thousand customers or so, with how many they were. */
  readonly onProgress?: ((graded: number) => void) | undefined;
}

/**
 * Grades every customer of a table with a model. With the standings of an earlier day the plan's
 * memory holds tiers; without a `memory` part in the plan only overrides do.
 *
 * @throws MisuseError for a standing from a later day, an override without reason, author or last day,
 * a tier that does not exist, a customer that appears twice
 *
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 900, exposureYears: 3, claimCount: 0, incurredLoss: 0, tenureYears: 3, annualPremium: 300 },
 *   { customerId: 'Bob', earnedPremium: 900, exposureYears: 3, claimCount: 2, incurredLoss: 990, tenureYears: 3, annualPremium: 300 },
 * ]);
 * const grades = assess(table, calibrate(table));
 * riskTiersOf(grades.model.plan)[grades.tiers.risk_tier[0]]; // => 'excellent'
 * const plan = { retention: { method: 'constant', rate: 0.8 }, lifetime: { discountRate: 0.25 } } as const;
 * // 0.8 ÷ 1.25 of a year, and again: 0.64 + 0.64² + …
 * assess(table, calibrate(table, plan)).scores.lifetime_years[1].toFixed(2); // => '1.78'
 * ```
 */
export function assess(table: Table, model: Model, options: AssessOptions = {}): Grades {
  requireMeasuredByModel(table, model);
  if (typeof options !== 'object' || options === null) {
    throw new MisuseError(`assess: expected an object of options, got ${typeof options}`);
  }
  requireKnown(options, ['standings', 'overrides', 'onProgress'], 'assess');
  const { length } = table;
  const { standings, overrides, onProgress } = options;
  const remember = (model.plan.memory ?? standings ?? overrides) !== undefined;
  const names = riskTiersOf(model.plan);
  const pasts = remember ? pastsOf(table.ids, table.asOf, options, names) : undefined;
  const rules = reasonsAsked(remember);
  const bars = modelWithholdings(model, remember);
  const program = compileScoring(model, 1024, {
    wanted: [
      ...scoreColumns,
      ...tierColumns,
      ...(remember ? memoryColumns : []),
      ...rules.map(reasonName),
      ...model.plan.hints.map(hintName),
      ...bars.map(withheldName),
    ],
    remember,
  });
  const scores = record(scoreColumns, () => new Float64Array(length));
  const tiers = record(tierColumns, () => new Uint8Array(length));
  const reasons = new Int8Array(length * maxReasons);
  const weights = rules.map((rule) => program.register(reasonName(rule)));
  const memory = pasts && {
    ...pasts,
    inputs: pastColumns(
      pasts.rows,
      table.asOf === undefined ? null : isoFromDay(table.asOf),
      names,
    ),
    tiers: record(memoryColumns, () => new Uint8Array(length)),
  };
  const yesOrNo = (name: string) => ({
    register: program.register(name),
    column: new Uint8Array(length),
  });
  const hints = model.plan.hints.map((hint) => yesOrNo(hintName(hint)));
  const withheld = bars.map((bar) => yesOrNo(withheldName(bar)));
  const inputs = { ...modelInputs(table, model.parameters), ...memory?.inputs };

  runBlocks(program, inputs, length, (start, count) => {
    const copy = (column: Float64Array | Uint8Array, register: Float64Array) =>
      column.set(register.subarray(0, count), start);
    for (const name of scoreColumns) copy(scores[name], program.register(name));
    for (const name of tierColumns) copy(tiers[name], program.register(name));
    for (const { register, column } of [...hints, ...withheld]) copy(column, register);
    if (memory) for (const name of memoryColumns) copy(memory.tiers[name], program.register(name));
    for (let row = 0; row < count; row++) {
      weightiestReasons(weights, row, reasons, (start + row) * maxReasons);
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
    withheld: Object.fromEntries(bars.map((bar, b) => [withholdingKey(bar), withheld[b].column])),
    memory,
  };
}

/** What formulas read of the pasts, as columns. */
function pastColumns(rows: readonly Past[], asOf: string | null, tiers: readonly string[]) {
  const columns = record(memoryInputs, () => new Float64Array(rows.length));
  rows.forEach((past, row) => {
    const inputs = pastInputs(past, asOf, tiers);
    for (const name of memoryInputs) columns[name][row] = inputs[name];
  });
  return columns;
}

/** A function that gives the hash of all that the model read of one graded customer, by its row. */
export function inputsHashes({ table, model, memory }: Grades): (row: number) => string {
  const hash = inputsHasher(model, memory !== undefined);
  const inputs: Readonly<Record<string, Float64Array>> = {
    ...modelInputs(table, model.parameters),
    ...memory?.inputs,
  };
  const columns = inputNames(model, memory !== undefined).map((name) => inputs[name]);
  const attributes = new Map(table.attributes.map((attribute) => [attribute.name, attribute]));
  return (row) =>
    hash(
      table.ids[row],
      (input) => columns[input][row],
      (name) => {
        const attribute = attributes.get(name);
        return attribute && labelAt(attribute, row);
      },
    );
}

/**
 * Indicators and scores by name, also such as not every grade needs, for all customers.
 *
 * @param further formulas of one's own over them, which may be among the names
 * @param columns what those formulas read besides
 */
export function furtherScores<K extends string>(
  { table, model, memory }: Grades,
  names: readonly K[],
  further: readonly NamedFormula[] = [],
  columns: Readonly<Record<string, Float64Array>> = {},
): Record<K, Float64Array> {
  const formulas = [...scoringFormulas(model, memory !== undefined), ...further];
  const inputs = { ...modelInputs(table, model.parameters), ...memory?.inputs, ...columns };
  return evaluate(formulas, inputs, table.length, names) as Record<K, Float64Array>;
}

function record<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
