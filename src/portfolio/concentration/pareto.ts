import { isoFromDay } from '../../base/calendar.js';
import { sum } from '../../base/columns.js';
import { MisuseError, requireKnown, UnusableDataError } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import type { Grades } from '../../grading/assess.js';
import { modelId } from '../../model/model.js';
import { lifetimeNotes } from '../../scoring/retention/fit-retention.js';
import { counted } from '../../segments/counted.js';
import { notesOnDates } from '../summary/summarize.js';
import { bookLuck, type LuckBase } from './book-luck.js';
import { type ClassSize, type Concentration, concentration } from './concentration.js';
import type { Luck, LuckRange } from './luck.js';
import { type Measure, measureEntries, measureNamed } from './measures.js';
import type { Excess, Pareto } from './result.js';
import { showPareto } from './view.js';

export interface ParetoOptions {
  /** What the book is looked at by: premium by default. */
  readonly measure?: Measure;
  /** Rounds in which the claims are reshuffled (200); 0 leaves luck out. */
  readonly luck?: number;
  /**
   * What chance deals claims out by: years of cover, or premium, where that already says who has
   * more of them. The base of the model's experience rating by default.
   */
  readonly base?: LuckBase;
  /** A whole number; the same seed gives the same luck. */
  readonly seed?: number;
  /** Called after every round with the rounds done. */
  readonly onRound?: (done: number) => void;
}

/**
 * The 80/20 of a graded book: how premium, losses, claims, profit or lifetime value is spread over
 * its customers, and how much of that a book would show in which customers do not differ: the same
 * customers with the same cover and premium, the book's claims reshuffled by premium, or by years
 * of cover, alone.
 *
 * It looks back over the window. What is concentrated here need not be next year: see `persistence`.
 *
 * @throws MisuseError for options that are unknown or out of range
 * @throws UnusableDataError when no customer has a value of the measure, or more than a hundred
 * million claims would have to be reshuffled
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 800, exposureYears: 1, claimCount: 0, incurredLoss: 0, tenureYears: 3, annualPremium: 800 },
 *   { customerId: 'Bob', earnedPremium: 200, exposureYears: 1, claimCount: 2, incurredLoss: 990, tenureYears: 3, annualPremium: 200 },
 * ]);
 * const { topShares } = pareto(assess(table, calibrate(table)), { measure: 'premium' });
 * topShares[4]; // => { share: 0.5, value: 0.8 }
 * ```
 */
export function pareto(grades: Grades, options: ParetoOptions = {}): Pareto & Shown {
  if (!grades?.table) {
    throw new MisuseError('pareto: expected grades, as assess(table, model) gives');
  }
  requireKnown(options, ['measure', 'luck', 'base', 'seed', 'onRound'], 'pareto');
  const { luck: rounds = 200, seed = 1, onRound } = options;
  if (!(rounds === 0 || (Number.isSafeInteger(rounds) && rounds >= 2))) {
    throw new MisuseError(`pareto: expected luck as 0 or rounds from 2 up, got ${rounds}`);
  }
  const base = options.base ?? grades.model.parameters.experience.base;
  if (base !== 'earned_premium' && base !== 'exposure_years') {
    throw new MisuseError(
      `pareto: expected base "earned_premium" or "exposure_years", got ${JSON.stringify(base)}`,
    );
  }
  const measure = measureNamed(options.measure ?? 'premium', 'pareto');
  const entry = measureEntries[measure];
  const values = entry.values(grades);
  const observed = concentration(values);
  if (observed.customers === 0) {
    throw new UnusableDataError(
      `pareto: the ${entry.label} of no customer ${entry.plural ? 'are' : 'is'} known${measure === 'lifetime-value' ? ': the chance to stay is not known; the plan may give it (retention: {"method": "constant", "rate": 0.85})' : ''}`,
    );
  }
  const chance =
    entry.luck === undefined || rounds === 0
      ? null
      : bookLuck(grades, entry.luck, base, { rounds, seed, ...(onRound && { onRound }) });
  const { table, model } = grades;
  return showPareto({
    measure,
    definition: entry.definition,
    asOf: table.asOf === undefined ? null : isoFromDay(table.asOf),
    window: table.measuredBy?.window.months ?? null,
    ...observed,
    above: sizeOf(values.filter((value) => value > 0)),
    below: sizeOf(values.filter((value) => value < 0)),
    luck: chance && chance.luck,
    base,
    excess: chance && excessOf(observed, chance.luck, chance.sizesKnown),
    model: { id: modelId(model), hash: model.hash },
    notes: [...notesOf(grades, observed, measure), ...(chance?.notes ?? [])],
  });
}

function sizeOf(values: Float64Array): ClassSize {
  return { customers: values.length, value: sum(values) };
}

function excessOf(observed: Concentration, chance: Luck, sizesKnown: boolean): Pareto['excess'] {
  const excess = (figure: number | null, range: LuckRange | null) =>
    excessBeside(figure, range, sizesKnown);
  const top = observed.topShares.findIndex(({ share }) => share === 0.2);
  const holding = observed.holding.findIndex(({ value }) => value === 0.8);
  return {
    gini: excess(observed.gini, chance.gini),
    topTwentyPercent: excess(observed.topShares[top].value, chance.topShares[top].value),
    holdingEightyPercent: excess(
      observed.holding[holding].customers,
      chance.holding[holding].customers,
    ),
  };
}

function excessBeside(
  observed: number | null,
  chance: LuckRange | null,
  sizesKnown: boolean,
): Excess | null {
  if (observed === null || chance === null) return null;
  return {
    observed,
    luck: chance,
    difference: observed - chance.mean,
    beyondLuck: sizesKnown ? observed < chance.low || observed > chance.high : null,
  };
}

function notesOf(
  { table, model }: Grades,
  { notKnown, customers }: Concentration,
  measure: Measure,
): string[] {
  const { label, plural } = measureEntries[measure];
  return [
    ...table.notes,
    ...notesOnDates(table, model),
    ...(measure === 'lifetime-value' ? lifetimeNotes(model) : []),
    ...(customers === 1 ? ['one customer has everything there is: shares say nothing'] : []),
    ...(notKnown > 0
      ? [
          `the ${label} of ${counted(notKnown, 'customer')} ${plural ? 'are' : 'is'} not known and excluded`,
        ]
      : []),
    ...(table.excluded.rows > 0
      ? [
          `${counted(table.excluded.rows, 'yearly sum')} that could not be split ${table.excluded.rows === 1 ? 'is' : 'are'} excluded`,
        ]
      : []),
  ];
}
