import {
  type Day,
  dayFromISO,
  isoFromDay,
  monthsAfter,
  monthsBetween,
} from '../../base/calendar.js';
import { MisuseError } from '../../base/errors.js';
import type { Book } from '../../book/book.js';
import { assess, type Grades } from '../../grading/assess.js';
import { calibrate } from '../../grading/calibrate.js';
import { indicators, measured } from '../../indicators/indicators.js';
import type { Table } from '../../indicators/table.js';
import type { Model } from '../../model/model.js';
import type { PlanInput } from '../../plan/plan.js';
import { inForceOn } from '../book-figures/book-day.js';
import { notesOnLeaving } from '../book-figures/book-figures.js';
import type { InForce } from '../book-figures/result.js';
import { asTakenLater } from '../follow.js';

export interface GradedDaysOptions {
  readonly from: string;
  readonly to: string;
  /** A third day before `from`; as far before it as `to` is after it, if left out. */
  readonly earlier?: string;
  readonly plan?: PlanInput;
  /** Used as it is, instead of a plan. */
  readonly model?: Model;
  /** Called with how many customers have just been graded. */
  readonly onProgress?: (graded: number) => void;
}

/** A book graded on two days, or three where it reaches back so far. */
export interface GradedDays {
  readonly before: Grades;
  readonly after: Grades;
  readonly earlier: Grades | undefined;
  readonly notes: readonly string[];
}

/**
 * Grades a book on the days that movements are looked at between. A plan is calibrated as of the
 * first day, from nothing that came later, and that one model is used on all of them: with a model of
 * each day's own a customer could move because the book did. Each day sees what was known on it.
 * Yearly sums of which it is not stated when they were taken are taken as complete, so that none
 * that still ran on a day tells of what came after it, on both days alike.
 */
export function gradedDays(
  given: Book,
  { from, to, earlier, plan, model: stated, onProgress }: GradedDaysOptions,
): GradedDays {
  const [first, last] = [dayFromISO(from, 'from'), dayFromISO(to, 'to')];
  if (last <= first) {
    throw new MisuseError(`expected the later day after the first, got ${from} to ${to}`);
  }
  const third = earlier === undefined ? mirrored(first, last) : dayFromISO(earlier, 'earlier');
  if (third >= first) {
    throw new MisuseError(`expected the third day before ${from}, got ${earlier}`);
  }
  const book = asTakenLater(given);
  const rules = stated ? { model: stated } : plan ? { plan } : {};
  const table = indicators(book, { asOf: from, ...rules });
  const model = stated ?? calibrate(table, plan);
  const graded = (measuredThen: Table) => assess(measuredThen, model, { onProgress });
  const before = graded(table);
  const after = graded(indicators(book, { asOf: to, model }));
  // A day that was asked for is an error without customers; one that was guessed at is excluded.
  const far =
    earlier === undefined
      ? measured(book, third, model.plan, model.parameters.losses.cap)
      : indicators(book, { asOf: earlier, model });
  return {
    before,
    after,
    earlier: far.length > 0 ? graded(far) : undefined,
    notes: [
      ...notesOnLeaving(
        book,
        last,
        gradedInForce(book, first, before),
        inForceOn(book, last),
        model.plan,
      ),
      ...(far.length > 0
        ? []
        : [
            `the book does not reach back to a third day, ${isoFromDay(third)}, so whether moves depend on earlier tiers cannot be tested`,
          ]),
      ...(book.aggregated && book.valuedAt !== undefined && book.valuedAt > first && given === book
        ? [
            `the yearly sums were taken on ${isoFromDay(book.valuedAt)}: those that still ran on ${from} are excluded then, those that still ran when they were taken count for the days up to it, with claims that are not all known; left unstated, both days leave them out alike`,
          ]
        : []),
      ...(given === book
        ? []
        : [
            'the day the yearly sums were taken is not stated (valuedAt, --valued-at): they are taken as complete, and those that had not ended are excluded on each day alike',
          ]),
    ],
  };
}

/** As far before the first day as the last is after it: by the month where that is whole months. */
function mirrored(first: Day, last: Day): Day {
  const months = monthsBetween(first, last);
  return monthsAfter(first, months) === last ? monthsAfter(first, -months) : first - (last - first);
}

/** Who was in force on a day among the graded: only they can be seen to leave. */
function gradedInForce(book: Book, day: Day, { table }: Grades): InForce {
  const graded = new Set(table.ids);
  const { policies, premium } = inForceOn(book, day);
  return {
    policies: policies.map((held, c) => (graded.has(book.customers[c]) ? held : 0)),
    premium,
  };
}
