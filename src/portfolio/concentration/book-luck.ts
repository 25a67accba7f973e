import { sum } from '../../base/columns.js';
import { UnusableDataError } from '../../base/errors.js';
import type { Grades } from '../../grading/assess.js';
import type { Table } from '../../indicators/table.js';
import { counted } from '../../segments/counted.js';
import { type Luck, type LuckMeasure, type LuckOptions, luck } from './luck.js';
import { incomeOf } from './measures.js';

/** What claims are reshuffled by. */
export type LuckBase = 'earned_premium' | 'exposure_years';

/** What chance does to a graded book. */
export interface BookLuck {
  readonly luck: Luck;
  /** Whether the sizes that were reshuffled are those of single losses. */
  readonly sizesKnown: boolean;
  readonly notes: readonly string[];
}

/** More than that is no book but a slip in a count, and would not fit in memory. */
const maxClaims = 1e8;
/** So many sums of one claim say how large single losses are. */
const enoughSizes = 100;

/** Reshuffles the claims of a graded book, by premium or by years of cover; see `luck`. */
export function bookLuck(
  grades: Grades,
  measure: LuckMeasure,
  base: LuckBase,
  options: Omit<LuckOptions, 'measure'>,
): BookLuck {
  const { columns, losses } = grades.table;
  const claims = sum(measure === 'claims' ? columns.claim_count : losses.times);
  if (claims > maxClaims) {
    throw new UnusableDataError(
      `pareto: ${counted(claims, 'claim')} are too many to reshuffle; luck 0 skips it`,
    );
  }
  const exposure = columns[base];
  if (measure === 'claims') {
    const dealt = luck({ exposure, claims }, { measure, ...options });
    return { luck: dealt, sizesKnown: true, notes: [] };
  }
  const { amounts, sizesKnown, notes } = sizesOf(losses);
  const income = incomeOf(grades);
  const dealt = luck({ exposure, claims, amounts, income }, { measure, ...options });
  return { luck: dealt, sizesKnown, notes };
}

/**
 * The sizes that losses are drawn from. Where only sums are known, those of exactly one claim tell
 * how large single losses are, brought to the mean of all so that the book's losses are kept; a sum of
 * several split evenly would hide how much they differ.
 */
function sizesOf({ amounts, times, single }: Table['losses']) {
  if (single || times.every((count) => count === 1)) {
    return { amounts, sizesKnown: true, notes: [] };
  }
  const ones = amounts.filter((_, k) => times[k] === 1);
  const mean = sum(amounts.map((amount, k) => amount * times[k])) / sum(times);
  const meanOfOnes = sum(ones) / ones.length;
  if (ones.length >= enoughSizes && mean > 0 && meanOfOnes > 0) {
    return {
      amounts: ones.map((amount) => (amount * mean) / meanOfOnes),
      sizesKnown: true,
      notes: [
        `single losses are not known: chance draws their sizes from the ${counted(ones.length, 'sum')} of exactly one claim, brought to the mean of all`,
      ],
    };
  }
  return {
    amounts: eachOf({ amounts, times }),
    sizesKnown: false,
    notes: [
      'single losses are not known and too few sums hold exactly one: each sum is split evenly over its claims, so chance alone would concentrate rather more than is shown',
    ],
  };
}

/** Losses one by one. */
function eachOf({ amounts, times }: Pick<Table['losses'], 'amounts' | 'times'>): Float64Array {
  const each = new Float64Array(sum(times));
  let next = 0;
  amounts.forEach((amount, k) => {
    each.fill(amount, next, next + times[k]);
    next += times[k];
  });
  return each;
}
