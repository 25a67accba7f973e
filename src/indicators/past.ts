import { type Day, monthsAfter } from '../base/calendar.js';
import { asBookedBefore, type Book } from '../book/book.js';
import type { Past, PastDay, YearCells } from '../credibility/method.js';
import { methodNamed } from '../credibility/methods.js';
import type { Plan } from '../plan/plan.js';
import { capOf, cappedClaims } from './cap.js';
import { type ObservationWindow, observationWindowOf } from './observation-window.js';
import { yearCells } from './recent.js';
import { withSetAside } from './set-aside.js';

/** So many past days are looked at, a year apart. */
const pastDays = 3;
/** So many years before the window show how much customers differ for good. */
const yearsBefore = 2;

/**
 * What a book's own past can teach: experience as it was known on past days, with the year that
 * followed each, and the losses of a longer row of years. Nothing of it reaches beyond the as-of date.
 *
 * @param frame the table's own, for the rows its customers have
 */
export function pastOf(given: Book, asOf: Day, plan: Plan, frame: ObservationWindow): Past {
  // Yearly sums were taken by the as-of date at the earliest: on past days some were still running.
  const book = { ...given, valuedAt: given.valuedAt ?? asOf };
  const over = (day: Day, months: number) =>
    observationWindowOf(book, day, { ...plan, window: { months } });
  const followed = over(asOf, 12 * pastDays);
  const next = yearCells(book, followed, (claim) => book.claims.incurred[claim]);
  const days: PastDay[] = [];
  for (let back = 1; back <= pastDays; back++) {
    const day = monthsAfter(asOf, -12 * back);
    const known = asBookedBefore(book, () => day);
    const then = withSetAside(known, over(day, plan.window.months));
    if (then.length === 0) continue;
    const cells = yearCells(known, then, cappedClaims(known, capOf(known, then, plan)));
    const rows = Int32Array.from(then.customers, (customer) => followed.rowOf[customer]);
    const after = (column: Float64Array) =>
      Float64Array.from(rows, (row) => (row < 0 ? 0 : column[row * next.years + back - 1]));
    days.push({
      asOf: day,
      length: then.length,
      row: Int32Array.from(then.customers, (customer) => frame.rowOf[customer]),
      cells: tellsYearsApart(plan) ? cells : wholeWindow(cells),
      next: {
        premium: after(next.earnedPremium),
        claims: after(next.claimCount),
        losses: after(next.cappedLoss),
      },
    });
  }
  const longer = over(asOf, plan.window.months + 12 * yearsBefore);
  const { years, earnedPremium, cappedLoss } = yearCells(
    book,
    longer,
    cappedClaims(book, capOf(book, longer, plan)),
  );
  return { days, years: { years, earnedPremium, cappedLoss } };
}

/** Whether a plan weighs years or segments, for which single years must be known. */
function tellsYearsApart({ experience }: Plan): boolean {
  const { relativeTo, development, fade = 1, complement } = experience;
  return Boolean(relativeTo || development || complement) || fade !== 1;
}

/** All years as one, which takes a fraction of the memory. */
function wholeWindow(cells: YearCells): YearCells {
  const { years, ...columns } = cells;
  const whole = (column: Float64Array) => {
    const totals = new Float64Array(column.length / years);
    for (let cell = 0; cell < column.length; cell++)
      totals[Math.floor(cell / years)] += column[cell];
    return totals;
  };
  return {
    years: 1,
    exposureYears: whole(columns.exposureYears),
    earnedPremium: whole(columns.earnedPremium),
    claimCount: whole(columns.claimCount),
    cappedLoss: whole(columns.cappedLoss),
  };
}

/** Whether a plan's method of experience rating looks at the past. */
export function learnsFromPast({ experience: { method } }: Plan): boolean {
  return method !== 'auto' && methodNamed(method).learnsFromPast === true;
}
