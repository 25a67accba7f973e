import { dayFromISO } from '../../base/calendar.js';
import { MisuseError, requireKnown, shown } from '../../base/errors.js';
import type { Book } from '../../book/book.js';
import type { Model } from '../../model/model.js';
import type { PlanInput } from '../../plan/plan.js';
import type { DriftLimits } from './result.js';

/** A book and the day it is looked at: nothing that happened or was reported on or after it is used. */
export interface BookOnDay {
  readonly book: Book;
  readonly asOf: string;
}

export interface DriftOptions {
  /** The earlier day, usually that of the model's calibration, and the book as it was known. */
  readonly before: BookOnDay;
  /** The later day; the same book, or a later file of it that has the history of the window too. */
  readonly after: BookOnDay;
  /** The model that grades both; or a plan, which is calibrated on the earlier book. */
  readonly model?: Model | undefined;
  readonly plan?: PlanInput | undefined;
  /** Bootstrap rounds behind the intervals (200); 0 leaves them out, and no verdict without them. */
  readonly rounds?: number | undefined;
  /** A whole number; the same seed gives the same intervals. */
  readonly seed?: number | undefined;
  readonly limits?: Partial<DriftLimits> | undefined;
  /** Called after every bootstrap round; there are twice as many where the earlier order can be told. */
  readonly onRound?: () => void;
}

const optionNames = ['before', 'after', 'model', 'plan', 'rounds', 'seed', 'limits', 'onRound'];
/** What decides between the verdicts where nothing else is said: conventions of ours. */
export const driftLimits: DriftLimits = {
  // A level within 5 % of the expected one is within what a tariff is rounded by.
  level: 0.05,
  // A fifth is a smaller group, and a model is only ever about right.
  shape: 0.1,
  // With a third of the order gone, tiers promise differences that do not come.
  order: 1 / 3,
  moved: 0.1,
  shifted: 0.25,
  minClaims: 20,
};

/** The options of a drift, checked, with their defaults. */
export function checkedOptions(options: DriftOptions) {
  requireKnown(options ?? {}, optionNames, 'drift');
  const [before, after] = (['before', 'after'] as const).map((name) => {
    const given = options?.[name];
    if (!given?.book?.terms) {
      throw new MisuseError(
        `drift: expected ${name}: { book, asOf } with a book, as in \`const { book } = readBook(…)\``,
      );
    }
    requireKnown(given, ['book', 'asOf'], `drift: ${name}`);
    return { ...given, day: dayFromISO(given.asOf, `drift: ${name}.asOf`) };
  });
  if (after.day <= before.day) {
    throw new MisuseError(
      `drift: expected the later day after the earlier one, got ${before.asOf} to ${after.asOf}`,
    );
  }
  if (before.book.aggregated !== after.book.aggregated) {
    throw new MisuseError(
      'drift: expected two books of dated claims or two of yearly sums, not one of each',
    );
  }
  if (options.model && options.plan) {
    throw new MisuseError('drift: expected model or plan, not both: a model has its plan');
  }
  const { rounds = 200, seed = 1, limits = {}, onRound } = options;
  requireKnown(limits, Object.keys(driftLimits), 'drift: limits');
  for (const [name, limit] of Object.entries(limits)) {
    if (!(Number.isFinite(limit) && limit >= 0)) {
      throw new MisuseError(`drift: limits: expected ${name} of 0 or more, got ${shown(limit)}`);
    }
  }
  return {
    before,
    after,
    from: before.day,
    until: after.day,
    settings: { rounds, seed, onRound, limits: { ...driftLimits, ...limits } },
  };
}
