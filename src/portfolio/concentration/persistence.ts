import { dayFromISO } from '../../base/calendar.js';
import { sum } from '../../base/columns.js';
import { MisuseError, requireKnown, shown, UnusableDataError } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import { uniformFrom } from '../../base/random.js';
import type { Book } from '../../book/book.js';
import type { PlanInput } from '../../plan/plan.js';
import { rankingOf } from '../../scoring/statistics/ranking.js';
import { counted } from '../../segments/counted.js';
import { topShareLift } from '../bands.js';
import { bootstrap } from '../bootstrap.js';
import { measureEntries } from './measures.js';
import {
  expectedOf,
  measureOf,
  type Periods,
  type PersistenceMeasure,
  periodsOf,
  persistenceMeasures,
} from './persistence-periods.js';
import type { Persistence, PersistenceEntry } from './result.js';
import { showPersistence } from './view.js';

export interface PersistenceOptions {
  /** The day that parts the two periods: customers are put in order by what was known before it. */
  readonly from: string;
  /** The day that ends the second period. */
  readonly until: string;
  /**
   * `date`: the second period is the days between, for everybody. `renewal`: for each customer the
   * term that begins in them. Yearly sums cannot be split, so for them it is `renewal` by default.
   */
  readonly at?: 'date' | 'renewal';
  readonly measure?: PersistenceMeasure;
  /** The share of customers that is the top group (0.2). */
  readonly top?: number;
  readonly plan?: PlanInput;
  /** Bootstrap rounds behind the intervals (200); 0 leaves them out. */
  readonly rounds?: number;
  /** A whole number; the same seed gives the same intervals. */
  readonly seed?: number;
  readonly onRound?: (done: number) => void;
}

const optionNames = ['from', 'until', 'at', 'measure', 'top', 'plan', 'rounds', 'seed', 'onRound'];
const probability = 0.9;

/**
 * Whether the top group lasts: of the customers who were at the top in the year before a day, what
 * share of the period after it they brought. Beside it what other ways to choose as many customers
 * bring: chance; size (the largest premium); our expected ranking, calibrated on what was known
 * before that day; and hindsight, the most that anybody could have named. Customers who left bring
 * nothing more; those who came later are in neither group.
 *
 * Premium, losses and claims of the last period are those of the twelve months before the day. The
 * top group is a share of customers; ties at its edge are split in proportion.
 *
 * @throws MisuseError for options that are unknown, dates out of order, or nothing known before
 * @throws UnusableDataError when nothing followed
 * @example
 * ```ts
 * const years = [2021, 2022, 2023].map((year) => [`${year}-01-01`, `${year + 1}-01-01`] as const);
 * const rows = ['Ann', 'Bob'].flatMap((customerId) =>
 *   years.map(([from, to]) => ({ customerId, from, to, premium: 400, claimCount: customerId === 'Bob' ? 1 : 0, incurred: customerId === 'Bob' ? 300 : 0 })),
 * );
 * const { book } = readExperience(rows);
 * const { entries } = persistence(book, { from: '2023-01-01', until: '2024-01-01', measure: 'incurred', top: 0.5, rounds: 0 });
 * entries.map(({ name }) => name); // => ['chance', 'size', 'last period', 'expected', 'hindsight']
 * entries[2].share.value; // => 1
 * ```
 */
export function persistence(book: Book, options: PersistenceOptions): Persistence & Shown {
  const checked = checkedOptions(book, options);
  return persistenceIn(periodsOf(book, checked), checked);
}

/** {@link persistence} of periods that are measured already, for more than one measure of them. */
export function persistenceIn(periods: Periods, checked: CheckedOptions): Persistence & Shown {
  const { from, until, measure, at, top, rounds, seed, onRound } = checked;
  const { kept, notes, last } = periods;
  const then = measureOf(last, measure, kept);
  const next = measureOf(periods.next, measure, kept);
  if (!next.some((value) => value !== 0)) {
    throw new UnusableDataError(
      `persistence: not one of ${counted(next.length, 'customer')} brought ${measureEntries[measure].label} from ${from} to ${until}`,
    );
  }
  const total = sum(next);
  const orders: [PersistenceEntry['name'], Float64Array][] = [
    ['size', last.premium],
    ['last period', then],
    ['expected', expectedOf(periods, measure)],
    ['hindsight', next],
  ];
  const ones = new Float64Array(next.length).fill(1);
  const rankings = orders.map(([, score]) => rankingOf(score, ones, { next }));
  const own = rankingOf(then, ones, { then });
  const names = ['chance', ...orders.map(([name]) => name)] as const;
  const reference = names.indexOf('last period');
  // Bootstrap draws from a stream of its own; chance must not choose by the same numbers.
  const uniform = uniformFrom(seed + 2 ** 32);
  const sharesOf = (weights: Uint8Array | undefined) => [
    weights ? chosenByChance(next, weights, top, uniform) : total > 0 ? top : Number.NaN,
    ...rankings.map((ranking) => topShareLift(ranking, 'next', weights, top) * top),
  ];
  const [figures] = bootstrap(
    [
      (weights) => {
        const shares = sharesOf(weights);
        return [...shares, ...shares.map((share) => share - shares[reference])];
      },
    ],
    { customers: next.length, rounds, seed, probability, ...(onRound && { onRound }) },
  );
  return showPersistence({
    measure,
    from,
    until,
    at,
    top,
    customers: next.length,
    lastPeriod: sum(then),
    nextPeriod: total,
    hadLastPeriod: finite(topShareLift(own, 'then', undefined, top) * top),
    entries: names.map((name, k) => ({
      name,
      share: figures[k],
      againstLastPeriod: figures[names.length + k],
    })),
    bootstrap: { rounds, seed, probability },
    notes,
  });
}

/** The share of the next period that customers bring who are chosen blindly, each with one chance. */
function chosenByChance(
  next: Float64Array,
  weights: Uint8Array,
  top: number,
  uniform: () => number,
): number {
  let chosen = 0;
  let all = 0;
  for (let row = 0; row < next.length; row++) {
    const value = weights[row] * next[row];
    if (uniform() < top) chosen += value;
    all += value;
  }
  return all > 0 ? chosen / all : Number.NaN;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

type CheckedOptions = ReturnType<typeof checkedOptions>;

/** The options with their defaults, and their days as numbers. */
export function checkedOptions(book: Book, options: PersistenceOptions) {
  if (!book?.terms) {
    throw new MisuseError('persistence: expected a book, as in `const { book } = readBook(…)`');
  }
  requireKnown(options ?? {}, optionNames, 'persistence');
  const { measure = 'incurred', top = 0.2, rounds = 200, seed = 1, onRound } = options ?? {};
  const at = options?.at ?? (book.aggregated ? 'renewal' : 'date');
  if (at !== 'date' && at !== 'renewal') {
    throw new MisuseError(`persistence: expected at "date" or "renewal", got ${shown(at)}`);
  }
  if (!persistenceMeasures.includes(measure)) {
    throw new MisuseError(
      `persistence: expected a measure among ${persistenceMeasures.join(', ')}, got ${shown(measure)}`,
    );
  }
  if (!(top > 0 && top < 1)) {
    throw new MisuseError(`persistence: expected top as a share between 0 and 1, got ${top}`);
  }
  const from = dayFromISO(options?.from, 'persistence: from');
  const until = dayFromISO(options?.until, 'persistence: until');
  if (until <= from) {
    throw new MisuseError(
      `persistence: expected until after from, got ${options.from} to ${options.until}`,
    );
  }
  const { plan } = options;
  const days = { from, until };
  return {
    ...{ days, from: options.from, until: options.until, at, plan },
    ...{ measure, top, rounds, seed, onRound },
  } as const;
}
