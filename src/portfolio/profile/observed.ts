import { dayFromISO, isoFromDay } from '../../base/calendar.js';
import { type Attribute, sum, take, takeCoded } from '../../base/columns.js';
import { MisuseError, UnusableDataError } from '../../base/errors.js';
import type { Book } from '../../book/book.js';
import { assess, type Grades } from '../../grading/assess.js';
import type { Model } from '../../model/model.js';
import type { PlanInput } from '../../plan/plan.js';
import { unratedTier, worstTier } from '../../plan/risk.js';
import { counted } from '../../segments/counted.js';
import { notesOnUnknown } from '../excluded.js';
import { follow } from '../follow.js';
import { gradedThen } from '../holdout.js';
import type { Profile } from './result.js';

/** What was seen of customers, one row each: of their window, or of what followed. */
export interface Observed {
  readonly grades: Grades;
  readonly asOf: string | null;
  readonly followed: Profile['followed'];
  readonly exposureYears: Float64Array;
  readonly earnedPremium: Float64Array;
  readonly incurred: Float64Array;
  readonly claims: Float64Array;
  /** 1 the worst tier, 0 another, −1 unrated. */
  readonly highRisk: Int8Array;
  /** The rows of the table that these are. */
  readonly rows: Uint32Array;
  readonly notes: readonly string[];
}

type Figures = Pick<Observed, 'exposureYears' | 'earnedPremium' | 'incurred' | 'claims'>;

/** Customers by what is known of their window. */
export function observedOf(grades: Grades): Observed {
  const { columns, asOf } = grades.table;
  const figures = {
    exposureYears: columns.exposure_years,
    earnedPremium: columns.earned_premium,
    incurred: columns.incurred_loss,
    claims: columns.claim_count,
  };
  const all = Uint32Array.from(columns.exposure_years.keys());
  const rows = all.filter((row) =>
    Object.values(figures).every((column) => Number.isFinite(column[row])),
  );
  const unknown = all.length - rows.length;
  const notes =
    unknown > 0
      ? [
          `${counted(unknown, 'customer')} with premium, exposure, claims or losses missing: excluded`,
        ]
      : [];
  const day = asOf === undefined ? null : isoFromDay(asOf);
  return { ...of(grades, figures, rows, rows), asOf: day, followed: null, notes };
}

export interface FollowOptions {
  readonly from: string;
  readonly until: string;
  readonly plan?: PlanInput | undefined;
  readonly model?: Model | undefined;
}

/**
 * Customers graded on the first day, with the attributes of that day, and what followed until the
 * last. Yearly sums cannot be split: each customer is graded as its own term begins, and followed
 * for that term.
 */
export function followedOf(book: Book, options: FollowOptions): Observed {
  const days = {
    from: dayFromISO(options.from, 'profile: from'),
    until: dayFromISO(options.until, 'profile: until'),
  };
  if (days.until <= days.from) {
    throw new MisuseError(
      `profile: expected until after from, got ${options.from} to ${options.until}`,
    );
  }
  const at = book.aggregated ? 'renewal' : 'date';
  const { plan, model: given } = options;
  const then = gradedThen(book, { days, at, plan, model: given }, 'profile');
  const { history, model, table, gradedOn, customerOf } = then;
  const followed = follow(history, gradedOn, days, at, model.plan);
  const rows = Uint32Array.from(customerOf.keys()).filter(
    (row) => followed.exposureYears[customerOf[row]] > 0,
  );
  if (rows.length === 0) {
    throw new UnusableDataError(
      `profile: no graded customer has cover to follow from ${options.from} to ${options.until}`,
    );
  }
  const unfollowed = table.length - rows.length;
  const customers = rows.map((row) => customerOf[row]);
  return {
    ...of(assess(table, model), followed, customers, rows),
    asOf: book.aggregated ? null : options.from,
    followed: { from: options.from, until: options.until, at },
    notes: [
      ...(unfollowed > 0
        ? [
            `${counted(unfollowed, 'graded customer')} had no cover to follow, most because they left`,
          ]
        : []),
      ...notesOnUnknown(history, customerOf, days, at),
      ...followed.notes,
    ],
  };
}

/** @param places where each row's figures stand in their columns */
function of(grades: Grades, figures: Figures, places: Uint32Array, rows: Uint32Array) {
  const { plan } = grades.model;
  const [worst, unrated] = [worstTier(plan), unratedTier(plan)];
  const tier = take(grades.tiers.risk_tier, rows);
  return {
    grades,
    exposureYears: take(figures.exposureYears, places),
    earnedPremium: take(figures.earnedPremium, places),
    incurred: take(figures.incurred, places),
    claims: take(figures.claims, places),
    highRisk: Int8Array.from(tier, (code) => (code === unrated ? -1 : Number(code === worst))),
    rows,
  };
}

/** An attribute of the rows that were seen. */
export function attributeOf({ rows }: Observed, attribute: Attribute): Attribute {
  return takeCoded(attribute, rows);
}

/** Claims expected of each row at the book's rate, by the base that the model rates counts by. */
export function expectedOf({ grades, claims, earnedPremium, exposureYears }: Observed): {
  base: Profile['base'];
  expected: Float64Array;
} {
  const { base: rated } = grades.model.parameters.experience;
  const base = rated === 'earned_premium' && sum(earnedPremium) > 0 ? rated : 'exposure_years';
  const amounts = (base === 'earned_premium' ? earnedPremium : exposureYears).map((amount) =>
    Math.max(0, amount),
  );
  const total = sum(amounts);
  const rate = total > 0 ? sum(claims) / total : 0;
  return { base, expected: amounts.map((amount) => amount * rate) };
}
