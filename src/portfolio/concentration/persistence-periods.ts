import { isoFromDay } from '../../base/calendar.js';
import { UnusableDataError } from '../../base/errors.js';
import type { Book } from '../../book/book.js';
import { noDay } from '../../book/field.js';
import { assess } from '../../grading/assess.js';
import { measured } from '../../indicators/indicators.js';
import type { Table } from '../../indicators/table.js';
import { modelNotes } from '../../scoring/notes.js';
import { follow } from '../follow.js';
import { type GradedThenOptions, gradedThen } from '../holdout.js';

/** What can be looked for again a period later. */
export const persistenceMeasures = ['premium', 'incurred', 'claims', 'profit'] as const;
export type PersistenceMeasure = (typeof persistenceMeasures)[number];

/** Premium, losses and claims of a period, by customer. */
interface Period {
  readonly premium: Float64Array;
  readonly losses: Float64Array;
  readonly claims: Float64Array;
}

/** What customers had in the last period and in the next, and what was known of them between. */
export interface Periods {
  readonly last: Period;
  readonly next: Period;
  /** Annual premium in force on the day between, and the loss expected of it. */
  readonly inForce: Float64Array;
  readonly expectedLoss: Float64Array;
  /** The part of premium that expenses leave. */
  readonly kept: number;
  readonly notes: readonly string[];
}

/** Measures both periods of the customers with cover in the last, one row each, by id. */
export function periodsOf(
  book: Book,
  options: Pick<GradedThenOptions, 'days' | 'at' | 'plan'>,
): Periods {
  const { days, at } = options;
  const [from, until] = [days.from, days.until].map(isoFromDay);
  const { history, model, gradedOn, table } = gradedThen(book, options, 'persistence');
  const { plan } = model;
  const { cap } = model.parameters.losses;
  const last = measured(history, gradedOn, { ...plan, window: { months: 12 } }, cap);
  const followed = follow(history, gradedOn, days, at, plan);
  const rows = rowsOfLast(history, gradedOn, table, last);
  if (rows.customer.length === 0) {
    throw new UnusableDataError(
      at === 'renewal'
        ? `persistence: no customer with cover in the year before renewed from ${from} to ${until}`
        : `persistence: no customer has cover that is known in the year before ${from}`,
    );
  }
  const { scores } = assess(table, model);
  const { earned_premium: premium, incurred_loss: losses, claim_count: claims } = last.columns;
  const inForce = column(rows.table, table.columns.annual_premium);
  const ratio = column(rows.table, scores.expected_loss_ratio);
  return {
    last: {
      premium: column(rows.last, premium),
      losses: column(rows.last, losses),
      claims: column(rows.last, claims),
    },
    next: {
      premium: column(rows.customer, followed.earnedPremium),
      losses: column(rows.customer, followed.incurred),
      claims: column(rows.customer, followed.claims),
    },
    inForce,
    expectedLoss: ratio.map((value, row) => (value || 0) * inForce[row]),
    kept: 1 - plan.pricing.expenseRatio,
    notes: [
      ...modelNotes(model.parameters.experience.notes).map(
        (note) => `our expected ranking: ${note}`,
      ),
      ...followed.notes,
    ],
  };
}

/** What was expected of each customer's next period, in the order of a measure. */
export function expectedOf(
  { inForce, expectedLoss, kept }: Periods,
  measure: PersistenceMeasure,
): Float64Array {
  if (measure === 'premium') return inForce;
  return measure === 'profit'
    ? expectedLoss.map((loss, row) => kept * inForce[row] - loss)
    : expectedLoss;
}

/** The customers with cover in the last twelve months: where they stand in the tables and the book. */
function rowsOfLast(book: Book, gradedOn: Int32Array, table: Table, last: Table) {
  const customerOf = new Map(book.customers.map((id, customer) => [id, customer]));
  const rowIn = new Map(table.ids.map((id, row) => [id, row]));
  const chosen = last.ids.flatMap((id, row) => {
    const customer = customerOf.get(id);
    const inTable = rowIn.get(id);
    const usable = customer !== undefined && gradedOn[customer] !== noDay;
    return usable && inTable !== undefined ? [{ customer, table: inTable, last: row }] : [];
  });
  return {
    customer: chosen.map(({ customer }) => customer),
    table: chosen.map((row) => row.table),
    last: chosen.map((row) => row.last),
  };
}

function column(rows: readonly number[], values: Float64Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row]);
}

/** A measure of a period, by customer. */
export function measureOf(
  { premium, losses, claims }: Period,
  measure: PersistenceMeasure,
  kept: number,
): Float64Array {
  switch (measure) {
    case 'premium':
      return premium;
    case 'incurred':
      return losses;
    case 'claims':
      return claims;
    case 'profit':
      return premium.map((paid, row) => paid * kept - losses[row]);
  }
}
