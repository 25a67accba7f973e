import { sum } from '../../base/columns.js';
import { MisuseError, requireKnown, UnusableDataError } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import type { Book } from '../../book/book.js';
import { modelId } from '../../model/model.js';
import type { PlanInput } from '../../plan/plan.js';
import { modelNotes } from '../../scoring/notes.js';
import { notesOnExcluded } from '../excluded.js';
import { followedColumns, holdout } from '../holdout.js';
import { challengersOf } from './challengers.js';
import { conclusions } from './conclusions.js';
import { metricsOf } from './metrics.js';
import type { Backtest } from './result.js';
import { showBacktest } from './view.js';

export interface BacktestOptions {
  /** The first day that is not known: customers are graded on what was known before it. */
  readonly from: string;
  /** The day that ends what is looked at. */
  readonly until: string;
  /**
   * `date`: everybody is graded on the first day and followed to the last. `renewal`: each customer
   * is graded on the day its own term begins and followed for that term.
   */
  readonly at?: 'date' | 'renewal';
  readonly plan?: PlanInput;
  /** Bootstrap rounds behind the intervals (200); 0 leaves them out. */
  readonly rounds?: number;
  /** A whole number; the same seed gives the same intervals. */
  readonly seed?: number;
  /** Called after every bootstrap round with the rounds done. */
  readonly onRound?: (done: number) => void;
}

const optionNames = ['from', 'until', 'at', 'plan', 'rounds', 'seed', 'onRound'];
/** Of the bootstrap intervals. */
const probability = 0.9;

/**
 * Grades customers as they would have been graded then, and looks at what came. Parameters are
 * calibrated on what was known before `from`; nothing that happened or was reported on or after a
 * customer's day of grading is used for its grade. What came is told by tier, over the book, and in
 * a contest with chance, plain rules and every method, each with a 90 % bootstrap interval over
 * customers. Figures by tier are relative to the book's, since its level moves from year to year.
 *
 * @throws MisuseError when a date is wrong or nothing is known before `from`
 * @throws UnusableDataError when no graded customer had cover to follow
 * @example
 * ```ts
 * const terms = ['Ann', 'Bob'].flatMap((customerId) => [
 *   { customerId, policyId: customerId, from: '2022-01-01', to: '2023-01-01', premium: 400 },
 *   { customerId, policyId: customerId, from: '2023-01-01', to: '2024-01-01', premium: 400 },
 * ]);
 * const claims = [
 *   { claimId: 1, policyId: 'Bob', occurredOn: '2022-05-02', paid: 500 },
 *   { claimId: 2, policyId: 'Bob', occurredOn: '2023-05-02', paid: 300 },
 * ];
 * const { book } = readBook(terms, claims);
 * const result = backtest(book, { from: '2023-01-01', until: '2024-01-01', rounds: 0 });
 * result.riskTiers.excellent.lossRatio; // => 0
 * ```
 */
export function backtest(book: Book, options: BacktestOptions): Backtest & Shown {
  if (!book?.terms) {
    throw new MisuseError('backtest: expected a book, as in `const { book } = readBook(…)`');
  }
  requireKnown(options ?? {}, optionNames, 'backtest');
  const { at = 'date', rounds = 200, seed = 1, onRound } = options ?? {};
  const then = holdout(
    book,
    { from: options?.from, until: options?.until, at, plan: options?.plan },
    { by: 'backtest', from: 'from' },
  );
  const { plan, known, grades, followed, customerOf } = then;
  const { model, table } = grades;
  const rows = Uint32Array.from(customerOf.keys()).filter(
    (row) =>
      followed.earnedPremium[customerOf[row]] > 0 &&
      !Number.isNaN(grades.scores.expected_loss_ratio[row]),
  );
  const columns = followedColumns(then, rows);
  if (rows.length === 0) {
    throw new UnusableDataError(
      `backtest: no customer that could be graded before has premium to follow from ${options.from} to ${options.until}`,
    );
  }
  const measures = metricsOf(
    columns,
    {
      name: "the plan's model",
      kind: 'method',
      score: columns.expectedLossRatio,
      notes: [],
    },
    challengersOf(known, table, plan, model.parameters).map((challenger) => ({
      ...challenger,
      score: Float64Array.from(rows, (row) => challenger.score[row] || 0),
    })),
    { rounds, seed, probability, ...(onRound && { onRound }) },
  );
  const premium = sum(columns.earnedPremium);
  const incurred = sum(columns.incurred);
  return showBacktest({
    at,
    from: options.from,
    until: options.until,
    customers: rows.length,
    earnedPremium: premium,
    exposureYears: sum(columns.exposureYears),
    claims: sum(columns.claims),
    incurred,
    lossRatio: incurred / premium,
    ...measures,
    bootstrap: { rounds, seed, probability },
    model: { id: modelId(model), hash: model.hash, method: model.parameters.experience.method },
    conclusions: conclusions(measures, sum(columns.credibility) / rows.length),
    notes: [
      ...modelNotes(model.parameters.experience.notes),
      ...notesOnExcluded(then, rows, 'premium to follow, or none before'),
      ...followed.notes,
      ...(book.aggregated && book.valuedAt === undefined && plan.experience.development
        ? [
            'yearly sums without the day they were taken (valuedAt) are taken as complete: the development factors were not needed',
          ]
        : []),
    ],
    columns,
  });
}
