import { type Day, dayFromISO, isoFromDay, never, windowBefore } from '../../base/calendar.js';
import { MisuseError, UnusableDataError } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import type { Book } from '../../book/book.js';
import { assess, type Grades } from '../../grading/assess.js';
import { calibrate } from '../../grading/calibrate.js';
import { measured } from '../../indicators/indicators.js';
import { type Model, modelId } from '../../model/model.js';
import { readPlan } from '../../plan/read-plan.js';
import { counted } from '../../segments/counted.js';
import { knownBefore } from '../concentration/latest-periods.js';
import { asTakenLater, type FollowedDays, renewalDays } from '../follow.js';
import { giniOf, type Outcome, outcomeMetrics, outcomeOf } from './expected-actual.js';
import { gradeStability } from './grade-stability.js';
import { checkedOptions, type DriftOptions } from './options.js';
import type { Drift } from './result.js';
import { effectiveSize } from './stability.js';
import { verdictOf } from './verdict.js';
import { showDrift } from './view.js';

/** Of the bootstrap intervals, and of the limits of stability. */
const probability = 0.95;

/**
 * Whether a model still fits: how far the grades of a later day have moved from those of an earlier
 * one by the same model, what the earlier grades expected of the time between and what came of it,
 * and whether the order still holds; with a verdict and its grounds.
 *
 * - `leave`: nothing below. A change of mix alone is no fault of the model.
 * - `recalibrate`: the level is off: the whole interval of actual ÷ expected losses lies beyond
 *   1 ± `level`; or that of claims lies above it, and losses point there too.
 * - `rebuild`: the order is lost: the Gini of claims has fallen by the share `order` of what it was in
 *   as long a time before, and beyond its interval; or the shape: a fifth of the premium by expected
 *   loss ratio lies, with the level taken out, beyond 1 ± `shape`, and beyond how far chance moves any.
 * - `cannot-tell-yet`: too few claims, no intervals, or claims that can hardly all be known yet: what
 *   may still be reported must not pass for an improvement.
 *
 * Intervals are 95 % bootstrap intervals over customers. Stability: see `stability`. Yearly sums cannot
 * be split: each customer is graded by the model as its first term between the days begins, and
 * followed for that term, also past the later day.
 *
 * @throws MisuseError when a date or option is wrong, or nothing is known before a day
 * @throws UnusableDataError when no graded customer had cover to follow
 * @example
 * ```ts
 * const { policies, claims } = simulate({ customers: 1000, seed: 4, years: 5 });
 * const { book } = readBook(policies, claims);
 * const found = drift({
 *   before: { book, asOf: '2024-01-01' },
 *   after: { book, asOf: '2025-01-01' },
 *   rounds: 50,
 * });
 * found.verdict; // => 'leave'
 * ```
 */
export function drift(options: DriftOptions): Drift & Shown {
  const { before, after, from, until, settings } = checkedOptions(options);
  const { onRound, rounds, seed, limits } = settings;
  const drawing = { rounds, seed, probability, ...(onRound && { onRound }) };
  const planned = options.model?.plan ?? readPlan(options.plan);
  const history = asKnown(before.book, from);
  const known = measured(history, from, planned, options.model?.parameters.losses.cap);
  requireCover(known.length, before.asOf, planned.window.months);
  const model = options.model ?? calibrate(known, options.plan);
  const grades = assess(known, model);

  const later = asKnown(after.book, until);
  const outcome = later.aggregated
    ? renewed(later, { from, until }, model)
    : outcomeOf(grades, later, from, { from, until });
  if (isEmpty(outcome)) {
    throw new UnusableDataError(
      `drift: no customer graded on ${before.asOf} has premium to follow until ${after.asOf}${before.book === after.book ? '' : '; are the customers of both books known by the same ids?'}`,
    );
  }
  const { gini, ...metrics } = outcomeMetrics(outcome, drawing);
  const then = giniBefore(history, { from: 2 * from - until, until: from }, model, drawing);
  const now = gradesOn(later, until, model);
  requireCover(now.length, after.asOf, planned.window.months);
  const found = {
    from: before.asOf,
    until: after.asOf,
    at: later.aggregated ? ('renewal' as const) : ('date' as const),
    before: sizeOf(grades),
    after: sizeOf(now),
    stability: gradeStability(grades, now, {
      probability,
      moved: limits.moved,
      shifted: limits.shifted,
    }),
    ...metrics,
    gini: {
      losses: { then: then?.losses ?? null, now: gini.losses },
      claims: { then: then?.claims ?? null, now: gini.claims },
    },
    reportedShare: reportedShare(later, from, until),
    limits,
    bootstrap: { rounds, seed, probability },
    model: {
      id: modelId(model),
      hash: model.hash,
      method: model.parameters.experience.method,
      fittedAsOf: model.fittedOn.asOf,
    },
  };
  return showDrift({
    ...found,
    ...verdictOf(found, outcome.unfinished),
    notes: notesOn(options, model, outcome),
  });
}

function requireCover(customers: number, asOf: string, months: number): void {
  if (customers > 0) return;
  throw new MisuseError(
    `drift: no customer has cover that is known in the ${months} months before ${asOf}`,
  );
}

/** A book as it was known before a day: yearly sums by the day they were taken, claims by their report. */
function asKnown(book: Book, day: Day): Book {
  return book.aggregated ? asTakenLater(book) : knownBefore(book, day);
}

function gradesOn(book: Book, day: Day | Int32Array, model: Model): Grades {
  return assess(measured(book, day, model.plan, model.parameters.losses.cap), model);
}

function sizeOf({ table }: Grades): Drift['before'] {
  return { customers: table.length, effective: effectiveSize(table.columns.exposure_years) };
}

/** Yearly sums cannot be split: each customer is graded as its own term begins, and followed for it. */
function renewed(book: Book, days: FollowedDays, model: Model): Outcome {
  const gradedOn = renewalDays(book, days, model.plan);
  return outcomeOf(gradesOn(book, gradedOn, model), book, gradedOn, days);
}

function isEmpty({ ranking }: Outcome): boolean {
  return ranking.order.length === 0;
}

/** The Gini of as long a time before the earlier day, of grades by the same model; null without any. */
function giniBefore(
  history: Book,
  days: FollowedDays,
  model: Model,
  drawing: Parameters<typeof giniOf>[1],
): ReturnType<typeof giniOf> | null {
  const outcome = history.aggregated
    ? renewed(history, days, model)
    : outcomeOf(gradesOn(history, days.from, model), history, days.from, days);
  return isEmpty(outcome) ? null : giniOf(outcome, drawing);
}

/** With fewer claims a share of them is hardly known. */
const minClaims = 50;

function reportedShare({ claims, aggregated }: Book, from: Day, until: Day): number | null {
  if (aggregated) return null;
  let all = 0;
  let soon = 0;
  for (let c = 0; c < claims.length; c++) {
    const day = claims.occurredOn[c];
    if (day < 2 * from - until || day >= from) continue;
    all += claims.count[c];
    if (claims.reportedOn[c] < from) soon += claims.count[c];
  }
  return all < minClaims ? null : soon / all;
}

function notesOn({ before, after }: DriftOptions, model: Model, outcome: Outcome): string[] {
  const { asOf } = model.fittedOn;
  const { months } = model.plan.window;
  const short = [before, after].flatMap(({ book, asOf: text }) => {
    const first = book.terms.from.reduce((least, day) => Math.min(least, day), never);
    return first > windowBefore(dayFromISO(text), months).from ? [isoFromDay(first)] : [];
  });
  return [
    ...(asOf !== null && dayFromISO(asOf) > dayFromISO(before.asOf)
      ? [
          `the model was calibrated as of ${asOf}, after ${before.asOf}: it has seen part of what came`,
        ]
      : []),
    ...(short.length > 0
      ? [
          `cover on file begins on ${short[0]}, within the ${months} months before a day: the grades of that day rest on a shorter history, and may differ from the others for that alone`,
        ]
      : []),
    ...(outcome.unfollowed > 0
      ? [
          `${counted(outcome.unfollowed, 'graded customer')} had no premium to follow, most of them because they left, or none before`,
        ]
      : []),
    ...outcome.notes,
  ];
}
