import { type Coded, labelAt, positionIn } from '../../base/columns.js';
import { didYouMean, MisuseError } from '../../base/errors.js';
import { readColumnsFile } from '../../book/columns-file.js';
import type { Field, ReadTable } from '../../book/field.js';
import { type Issue, issueLog, toMend } from '../../book/issues.js';
import { requireRows } from '../../book/read-book.js';
import { readRows } from '../../book/read-rows.js';
import type { Rows } from '../../book/rows.js';
import type { Grades } from '../../grading/assess.js';
import type { Grade } from '../../grading/grade.js';
import { gradeAt } from '../../grading/grader.js';
import { actions } from '../../plan/hint.js';
import type { Plan } from '../../plan/plan.js';
import { riskTiersOf } from '../../plan/risk.js';
import { valueTiers } from '../../plan/value.js';
import { formatValue } from '../../segments/counted.js';
import { serviceTiers } from '../../segments/service.js';

/** A customer and the parts of its grade that must hold; what is left out may be anything. */
export interface GoldenCustomer {
  readonly customerId: string;
  readonly riskTier?: string;
  readonly valueTier?: string;
  readonly serviceTier?: string;
  readonly action?: string;
}

/** A part of a golden customer's grade that does not hold under the second plan. */
export interface BrokenGolden {
  readonly customerId: string;
  readonly part: 'risk_tier' | 'value_tier' | 'service_tier' | 'action';
  readonly expected: string;
  /** What each plan says; null where it does not grade the customer. */
  readonly before: string | null;
  readonly after: string | null;
  /** Why the second plan says so. */
  readonly reason: string;
}

/** The names that each part may have; of the plan, where it lists them. */
const namesOf = ({ name, known }: Part, plan: Plan): readonly string[] =>
  known ?? (name === 'risk_tier' ? riskTiersOf(plan) : serviceTiers(plan));

const parts = [
  { name: 'risk_tier', key: 'riskTier', known: undefined },
  { name: 'value_tier', key: 'valueTier', known: valueTiers },
  { name: 'service_tier', key: 'serviceTier', known: undefined },
  { name: 'action', key: 'action', known: actions },
] as const;
type Part = (typeof parts)[number];

export const goldenFields: readonly Field[] = [
  { name: 'customer_id', kind: 'text', required: true },
  ...parts.map(({ name }): Field => ({ name, kind: 'text' })),
];

/**
 * Reads golden customers, whose grades a change of the plan must not move: rows with `customer_id`
 * and any of `risk_tier`, `value_tier`, `service_tier` and `action`. An empty cell demands nothing.
 * Rows with all four, such as those of a graded file, may have further columns, which are not held.
 *
 * @throws MisuseError for another column where one of the four is not there, an unknown tier, a
 * customer that appears twice, a row that demands nothing or cannot be read, and no rows at all
 * @example
 * ```ts
 * readGolden([{ customerId: 'Ann', riskTier: 'excellent' }]); // => [{ customerId: 'Ann', riskTier: 'excellent' }]
 * ```
 */
export function readGolden(rows: Rows): GoldenCustomer[] {
  const log = issueLog();
  return goldenOf(readRows('golden', goldenFields, rows, readColumnsFile(), log), log.issues);
}

/** The golden customers of the rows read, once all are in. */
export function goldenOf(read: ReadTable, issues: readonly Issue[]): GoldenCustomer[] {
  const [extra] = read.attributes;
  // Where a part is not there a further column may be that part, misspelt.
  if (extra && parts.some(({ name }) => read.texts[name].labels.length === 0)) {
    const names = goldenFields.map(({ name }) => name);
    throw new MisuseError(
      `golden: "${extra.name}" is no part of a grade that can be held${didYouMean(extra.name, names)}; expected ${names.join(', ')}, and others only beside all of these, as in a graded file`,
    );
  }
  const issue = issues.find(({ row }) => row > 0);
  if (issue) throw new MisuseError(`golden: row ${issue.row}: ${toMend(issue)}`);
  requireRows(read.length, 'golden', issues);
  const seen = new Set<string>();
  return Array.from({ length: read.length }, (_, k) => {
    const row = `golden: row ${read.rows[k]}`;
    const customerId = textAt(read.texts.customer_id, k);
    if (seen.has(customerId)) throw new MisuseError(`${row}: "${customerId}" appears twice`);
    seen.add(customerId);
    const held = parts.flatMap(({ name, key, known }) => {
      const text = labelAt(read.texts[name], k);
      if (text === undefined) return [];
      if (known) requireTier(`${row}: `, name, text, known);
      return [[key, text] as const];
    });
    if (held.length === 0) {
      throw new MisuseError(
        `${row}: expected something to hold for "${customerId}" in one of ${parts.map(({ name }) => name).join(', ')}`,
      );
    }
    return { customerId, ...Object.fromEntries(held) };
  });
}

function textAt(column: Coded, row: number): string {
  return labelAt(column, row) ?? '';
}

function requireTier(where: string, part: string, tier: string, known: readonly string[]): void {
  if (known.includes(tier)) return;
  throw new MisuseError(
    `${where}expected ${part} to be one of ${known.join(', ')}, got "${tier}"${didYouMean(tier, known)}`,
  );
}

/** What of golden customers does not hold under the second plan, in their order. */
export function brokenGolden(
  golden: readonly GoldenCustomer[],
  before: Grades,
  after: Grades,
): BrokenGolden[] {
  const gradeAfter = gradeAt(after);
  return golden.flatMap((held) => {
    const { customerId } = held;
    const [was, is] = [before, after].map(({ table }) => positionIn(table.ids, customerId));
    if (was < 0 && is < 0) {
      throw new MisuseError(
        `golden: no plan grades a customer "${customerId}"${didYouMean(customerId, after.table.ids)}; fix the id or remove the row`,
      );
    }
    return parts.flatMap((part): BrokenGolden[] => {
      const expected = held[part.key];
      if (expected === undefined) return [];
      requireTier(`golden: ${customerId}: `, part.name, expected, [
        ...new Set([before, after].flatMap(({ model }) => namesOf(part, model.plan))),
      ]);
      const now = tierAt(after, is, part);
      if (now === expected) return [];
      const reason =
        now === null
          ? 'no cover in the window of the second plan'
          : reasonFor(gradeAfter(is), part);
      const then = tierAt(before, was, part);
      return [{ customerId, part: part.name, expected, before: then, after: now, reason }];
    });
  });
}

/** What a plan says of the customer of a row; null where it grades none. */
function tierAt({ tiers, model }: Grades, row: number, part: Part): string | null {
  return row < 0 ? null : namesOf(part, model.plan)[tiers[part.name][row]];
}

/** Why a grade says what it does in one of its parts. */
function reasonFor(grade: Grade, part: Part): string {
  const { risk, value, underwriting, reasons, whyNot } = grade;
  switch (part.name) {
    case 'risk_tier':
      return reasons[0]?.text ?? whyNot?.text ?? risk.tier;
    case 'value_tier':
      return `${value.measure} of ${formatValue(value.amount ?? Number.NaN, value.measure)}; high value begins at ${formatValue(value.cut ?? Number.NaN, value.measure)}`;
    case 'service_tier':
      return `what ${risk.tier} risk of ${value.tier} value gets`;
    case 'action': {
      const deciding = underwriting.hints.filter(({ action }) => action === underwriting.action);
      return deciding.map(({ text }) => text).join('; ') || 'no hint speaks against renewal';
    }
  }
}
