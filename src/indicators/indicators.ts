import { type Day, dayFromISO, isoFromDay, windowBefore } from '../base/calendar.js';
import { takeCoded } from '../base/columns.js';
import { MisuseError, requireKnown } from '../base/errors.js';
import { asBookedBefore, type Book } from '../book/book.js';
import { evaluate } from '../formulas/evaluate.js';
import { type NamedFormula } from '../formulas/expression.js';
import type { Cap, Model } from '../model/model.js';
import type { Plan, PlanInput } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import { capOf, cappedClaims } from './cap.js';
import { claims, measureClaims } from './claims.js';
import { exposure, measureExposure } from './exposure.js';
import type { Indicator } from './indicator.js';
import { lossAmounts } from './loss-amounts.js';
import { observationWindowOf } from './observation-window.js';
import { learnsFromPast, pastOf } from './past.js';
import { measureRecent, recent, yearCells } from './recent.js';
import { mainTerms, measureRelationship, relationship } from './relationship.js';
import { renewalsOf } from './renewals.js';
import { notesOnSetAside, withSetAside } from './set-aside.js';
import type { Table } from './table.js';

const entries = [...exposure, ...claims, ...recent, ...relationship] as const;
type Entry = (typeof entries)[number];
/** The indicators that are measured, by name; and those that nobody can be graded without. */
export type MeasuredName = Exclude<Entry, { readonly formula: unknown }>['name'];
export type RequiredName = Extract<Entry, { readonly input: { readonly required: true } }>['name'];

/** Every indicator that is a number, theme by theme. */
export const indicatorList: readonly Indicator[] = entries;
const measures = [measureExposure, measureClaims, measureRecent, measureRelationship];

/** The indicators that follow from the measured ones. */
export const derivedIndicators: readonly NamedFormula[] = indicatorList.flatMap(
  ({ name, formula }) => (formula === undefined ? [] : [{ name, formula }]),
);

/** The indicators that are measured; the rest follow from them. */
export const measuredList: readonly Indicator[] = indicatorList.filter(
  ({ formula }) => formula === undefined,
);
/** Their names. */
export const measuredIndicators: readonly string[] = measuredList.map(({ name }) => name);

/** As of when to measure, and by which plan (the default one if left out) or model. */
export interface IndicatorsOf {
  readonly asOf: string;
  readonly plan?: PlanInput;
  readonly model?: Model;
}

/**
 * Measures every customer with cover in the window that ends at the as-of date. Nothing that
 * happened or was reported on or after that day is used.
 *
 * @param options `asOf`, an ISO date; `plan`, whose window, grace, cap and claim statuses hold, or
 * `model`, whose plan holds and whose cap, where that is a quantile of the book it was fitted on
 * @returns one row a customer, sorted by id (by code unit)
 * @throws MisuseError without an as-of date, or when no customer has cover in the window
 * @example
 * ```ts
 * const { book } = readBook(
 *   [{ customerId: 'Ann', policyId: 'A1', from: '2023-01-01', to: '2024-01-01', premium: 400 }],
 *   [{ claimId: 1, policyId: 'A1', occurredOn: '2023-05-02', paid: 150 }],
 * );
 * indicators(book, { asOf: '2024-01-01' }).columns.loss_ratio; // => Float64Array [0.375]
 * ```
 */
export function indicators(book: Book, options: IndicatorsOf): Table {
  if (!book?.terms) {
    throw new MisuseError('indicators: expected a book, as in `const { book } = readBook(…)`');
  }
  const asOf = dayFromISO(options?.asOf, 'indicators: asOf');
  requireKnown(options, ['asOf', 'plan', 'model'], 'indicators');
  const { plan, model } = options;
  if (plan && model) {
    throw new MisuseError('indicators: expected plan or model, not both: a model has its plan');
  }
  const table = measured(book, asOf, model?.plan ?? readPlan(plan), model?.parameters.losses.cap);
  if (table.length === 0) {
    const left =
      table.excluded.rows > 0 ? `; ${table.excluded.rows} yearly sums were left out whole` : '';
    const months = table.measuredBy?.window.months;
    throw new MisuseError(
      `indicators: no customer has cover in the ${months} months before ${options.asOf}${left}; cover on file runs from ${coverOnFile(book)}`,
    );
  }
  return table;
}

/**
 * As {@link indicators}; `asOf` may be a day for each customer of the book. With a cap `given` by a
 * model there is nothing to fit: renewals are not counted and the past is not looked at.
 */
export function measured(whole: Book, asOf: Day | Int32Array, plan: Plan, given?: Cap): Table {
  const book = asBookedBefore(whole, typeof asOf === 'number' ? () => asOf : (c) => asOf[c]);
  const frame = withSetAside(book, observationWindowOf(book, asOf, plan));
  const cap = given === undefined ? capOf(book, frame, plan) : given;
  const capped = cappedClaims(book, cap);
  const cells = yearCells(book, frame, capped);
  const columns = Object.assign(
    {},
    ...measures.map((measure) => measure(book, frame, cells, capped)),
  );
  const terms = mainTerms(book, frame);
  const sameDay = typeof asOf === 'number' ? asOf : undefined;
  return {
    length: frame.length,
    ids: Array.from(frame.customers, (customer) => book.customers[customer]),
    columns: withDerived(columns, frame.length),
    attributes: book.terms.attributes.map((attribute) => takeCoded(attribute, terms)),
    asOf: sameDay,
    window: sameDay === undefined ? undefined : windowBefore(sameDay, plan.window.months),
    valuedAt: book.valuedAt,
    measuredBy: { window: plan.window, claims: plan.claims, tenure: plan.tenure },
    cap,
    cells,
    past:
      sameDay !== undefined && given === undefined && learnsFromPast(plan)
        ? pastOf(book, sameDay, plan, frame)
        : undefined,
    losses: lossAmounts(book, frame),
    renewals:
      sameDay === undefined || given !== undefined ? undefined : renewalsBy(book, sameDay, plan),
    statuses: book.aggregated
      ? undefined
      : book.claims.length === 0 || book.claims.status.some((status) => status > 0),
    withoutCover: book.customers.length - frame.length,
    notes: [
      ...notesOnSetAside(columns, plan, sameDay),
      ...(sameDay === undefined ? [] : notesOnLaterSums(book, sameDay)),
      ...(book.aggregated && cap !== null
        ? [
            'single claims are not known: the claims of a yearly sum are taken to have cost the same each, and each counts up to the cap',
          ]
        : []),
    ],
    excluded: frame.excluded,
    verdict: book.verdict,
  };
}

/** What retention is fitted on, where the plan has it measured and not given as a rate. */
function renewalsBy(book: Book, asOf: Day, { retention, tenure }: Plan): Table['renewals'] {
  if (!retention || retention.method === 'constant') return undefined;
  const { level, by } = retention;
  return { by, ...renewalsOf(book, asOf, { level, by, graceDays: tenure.graceDays }) };
}

/** Yearly sums that reach past the as-of date can only have been taken later: say so. */
function notesOnLaterSums({ aggregated, valuedAt, terms }: Book, asOf: Day): string[] {
  if (!aggregated || valuedAt !== undefined || !terms.from.some((day) => day >= asOf)) return [];
  return [
    'some yearly sums begin on or after the as-of date, so all were taken later and may tell the future: state the day they were taken (valuedAt, --valued-at)',
  ];
}

function coverOnFile({ terms }: Book): string {
  const first = terms.from.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
  const last = terms.to.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY);
  return terms.length === 0 ? 'no day' : `${isoFromDay(first)} to ${isoFromDay(last)}`;
}

/** Adds the derived indicators to measured ones, in the list's order. */
export function withDerived(
  measured: Readonly<Record<string, Float64Array>>,
  length: number,
): Record<string, Float64Array> {
  const all = { ...measured, ...evaluate(derivedIndicators, measured, length) };
  return Object.fromEntries(indicatorList.map(({ name }) => [name, all[name]]));
}
