import { dayFromISO, isoFromDay } from '../base/calendar.js';
import { take } from '../base/columns.js';
import { MisuseError } from '../base/errors.js';
import type { Book } from '../book/book.js';
import { noDay } from '../book/field.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { measured } from '../indicators/indicators.js';
import type { Model } from '../model/model.js';
import type { PlanInput } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import { riskTiersOf } from '../plan/risk.js';
import type { BacktestColumns } from './backtest/result.js';
import { notesOnUnknown } from './excluded.js';
import { asTakenLater, type FollowedDays, follow, type Holdout, renewalDays } from './follow.js';

/** Since when customers are looked at, by what, and until when. */
export interface ThenOptions {
  readonly from: string;
  readonly until: string;
  readonly at: 'date' | 'renewal';
  readonly plan: PlanInput | undefined;
}

/**
 * Grades customers on what was known before `from`, or each on the day its own term begins, and
 * follows them until `until`. Nothing that happened or was reported on or after the day of grading is
 * used for a grade; the model is calibrated on what was known before `from`.
 *
 * @param called the function that a message names, and its name for the first day
 */
export function holdout(
  book: Book,
  { from, until, at, plan: input }: ThenOptions,
  called: { readonly by: string; readonly from: string },
): Holdout {
  if (at !== 'date' && at !== 'renewal') {
    throw new MisuseError(
      `${called.by}: expected at "date" or "renewal", got ${JSON.stringify(at)}`,
    );
  }
  const days = {
    from: dayFromISO(from, `${called.by}: ${called.from}`),
    until: dayFromISO(until, `${called.by}: until`),
  };
  if (days.until <= days.from) {
    throw new MisuseError(
      `${called.by}: expected until after ${called.from}, got ${from} to ${until}`,
    );
  }
  const { history, model, ...then } = gradedThen(book, { days, at, plan: input }, called.by);
  return {
    ...then,
    at,
    plan: model.plan,
    grades: assess(then.table, model),
    followed: follow(history, then.gradedOn, days, at, model.plan),
    unknown: notesOnUnknown(history, then.customerOf, days, at),
  };
}

/** By what customers are graded in the past, and when: all on the first day, or each at its renewal. */
export interface GradedThenOptions {
  readonly days: FollowedDays;
  readonly at: 'date' | 'renewal';
  readonly plan?: PlanInput | undefined;
  /** A model of its own; else one is calibrated on what was known before the first day. */
  readonly model?: Model | undefined;
}

/**
 * Measures customers as they were known on the day each is graded. Nothing that happened or was
 * reported on or after that day is used.
 *
 * @param caller the function that a message names
 */
export function gradedThen(
  book: Book,
  { days, at, plan: input, model: given }: GradedThenOptions,
  caller: string,
) {
  const plan = given?.plan ?? readPlan(input);
  const history = asTakenLater(book);
  const known = measured(history, days.from, plan, given?.parameters.losses.cap);
  if (known.length === 0) {
    throw new MisuseError(
      `${caller}: no customer has cover that is known in the ${plan.window.months} months before ${isoFromDay(days.from)}${known.excluded.rows > 0 ? `; ${known.excluded.rows} yearly sums had begun but not ended, or began before the window` : ''}`,
    );
  }
  const model = given ?? calibrate(known, input);
  const byDate = at === 'date';
  const gradedOn = byDate
    ? new Int32Array(history.customers.length).fill(days.from)
    : renewalDays(history, days, plan);
  const table = byDate ? known : measured(history, gradedOn, plan, model.parameters.losses.cap);
  const position = new Map(history.customers.map((id, customer) => [id, customer]));
  /** Where each graded customer stands in the book. */
  const customerOf = Int32Array.from(table.ids, (id) => position.get(id) ?? noDay);
  return { history, model, known, table, gradedOn, customerOf };
}

/** Grades and what followed, of the rows of the grades that are to be looked at. */
export function followedColumns(
  { grades: { table, model, scores, tiers }, gradedOn, followed, customerOf }: Holdout,
  rows: Uint32Array,
): BacktestColumns {
  const then = Uint32Array.from(rows, (row) => customerOf[row]);
  return {
    customerIds: Array.from(rows, (row) => table.ids[row]),
    gradedOn: take(gradedOn, then),
    riskTier: take(tiers.risk_tier, rows),
    riskTiers: riskTiersOf(model.plan),
    valueTier: take(tiers.value_tier, rows),
    expectedLossRatio: take(scores.expected_loss_ratio, rows),
    credibility: take(scores.credibility, rows),
    observedLossRatio: take(table.columns.loss_ratio, rows),
    earnedPremium: take(followed.earnedPremium, then),
    exposureYears: take(followed.exposureYears, then),
    claims: take(followed.claims, then),
    incurred: take(followed.incurred, then),
    stayed: take(followed.stayed, then),
  };
}
