import { dayFromISO } from '../base/calendar.js';
import { take } from '../base/columns.js';
import { MisuseError } from '../base/errors.js';
import type { Book } from '../book/book.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { measured } from '../indicators/indicators.js';
import type { PlanInput } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import { riskTiersOf } from '../plan/risk.js';
import type { BacktestColumns } from './backtest/result.js';
import { notesOnUnknown } from './excluded.js';
import { asTakenLater, follow, type Holdout, renewalDays } from './follow.js';

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
  const plan = readPlan(input);
  const history = asTakenLater(book);
  const known = measured(history, days.from, plan);
  if (known.length === 0) {
    throw new MisuseError(
      `${called.by}: no customer has cover that is known in the ${plan.window.months} months before ${from}${known.excluded.rows > 0 ? `; ${known.excluded.rows} yearly sums had begun but not ended, or began before the window` : ''}`,
    );
  }
  const model = calibrate(known, input);
  const gradedOn =
    at === 'renewal'
      ? renewalDays(history, days, plan)
      : new Int32Array(history.customers.length).fill(days.from);
  const table =
    at === 'renewal' ? measured(history, gradedOn, plan, model.parameters.losses.cap) : known;
  const position = new Map(history.customers.map((id, customer) => [id, customer]));
  const customerOf = Int32Array.from(table.ids, (id) => position.get(id) ?? -1);
  return {
    plan,
    at,
    known,
    grades: assess(table, model),
    gradedOn,
    followed: follow(history, gradedOn, days, at, plan),
    customerOf,
    unknown: notesOnUnknown(history, customerOf, days, at),
  };
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
