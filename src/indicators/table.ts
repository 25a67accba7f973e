import type { Day, Period } from '../base/calendar.js';
import type { Attribute } from '../base/columns.js';
import { MisuseError } from '../base/errors.js';
import type { Verdict } from '../book/issues.js';
import type { Past, YearCells } from '../credibility/method.js';
import type { Cap, Model } from '../model/model.js';
import type { Plan } from '../plan/plan.js';
import type { Renewals } from './renewals.js';

/** The parts of a plan that decide what is measured: the window, what counts as a claim, the grace. */
type MeasuringPlan = Pick<Plan, 'window' | 'claims' | 'tenure'>;

/** The indicators of customers: one row each, sorted by id; a missing value is NaN. */
export interface Table {
  readonly length: number;
  readonly ids: readonly string[];
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** line, channel, branch, then whatever else came along. */
  readonly attributes: readonly Attribute[];
  /** The day at whose start the indicators were taken, where it was stated. */
  readonly asOf: Day | undefined;
  readonly window: Period | undefined;
  /** The day yearly sums were taken, where it was stated. */
  readonly valuedAt: Day | undefined;
  /** The parts of a plan that decided what was measured; undefined for ready indicators. */
  readonly measuredBy: MeasuringPlan | undefined;
  /** The plan's cap in numbers. */
  readonly cap: Cap;
  /** Figures by experience year, where the table was measured from a book. */
  readonly cells: YearCells | undefined;
  /** Past days to learn from, where the table was measured from a book to calibrate on. */
  readonly past: Past | undefined;
  /**
   * The losses in the window: what one came to, and how many came to that; where `single` is false,
   * they are sums split evenly over their claims.
   */
  readonly losses: {
    readonly amounts: Float64Array;
    readonly times: Float64Array;
    readonly single: boolean;
  };
  /** Who could have left and who did, where the plan measures retention on a book. */
  readonly renewals: (Renewals & { readonly by: string | undefined }) | undefined;
  /** Whether claims state statuses other than open; undefined where they came ready counted. */
  readonly statuses: boolean | undefined;
  /** Customers of the book without cover in the window; they are not in the table. */
  readonly withoutCover: number;
  /** What a reader must know of how the table was measured, in words. */
  readonly notes: readonly string[];
  /** Whether enough of the input could be used; calibrating refuses what was not. */
  readonly verdict: Verdict;
  /** Yearly sums left out whole because they straddle the window's begin or a later valuation. */
  readonly excluded: {
    readonly rows: number;
    readonly premium: number;
    readonly claims: number;
    readonly incurred: number;
  };
}

/** Throws a `MisuseError` when a table was measured under other settings, or another cap, than a model's. */
export function requireMeasuredByModel(table: Table, { plan, parameters }: Model): void {
  requireMeasuredBy(table, plan, 'assess');
  if (!table.measuredBy) return;
  const [measured, fitted] = [table.cap, parameters.losses.cap].map((cap) => JSON.stringify(cap));
  if (measured === fitted) return;
  throw new MisuseError(
    `assess: the table was measured with the cap ${measured}, the model has ${fitted}; measure with indicators(book, { asOf, model })`,
  );
}

/** Throws a `MisuseError` when a table was measured under other settings than those of a plan. */
export function requireMeasuredBy({ measuredBy }: Table, plan: Plan, caller: string): void {
  if (!measuredBy) return;
  for (const part of ['window', 'claims', 'tenure'] as const) {
    const [measured, planned] = [measuredBy[part], plan[part]].map((of) => JSON.stringify(of));
    if (measured === planned) continue;
    throw new MisuseError(
      `${caller}: the table was measured with ${part} ${measured}, the plan has ${planned}; give indicators() the same plan`,
    );
  }
}
