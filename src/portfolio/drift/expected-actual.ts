import type { Day } from '../../base/calendar.js';
import { sum, take } from '../../base/columns.js';
import type { Book } from '../../book/book.js';
import { noDay } from '../../book/field.js';
import type { Grades } from '../../grading/assess.js';
import type { Table } from '../../indicators/table.js';
import { riskTiersOf } from '../../plan/risk.js';
import { valueTiers } from '../../plan/value.js';
import { gini, type Ranking, rankingOf } from '../../scoring/statistics/ranking.js';
import type { Estimate } from '../backtest/result.js';
import { bands } from '../bands.js';
import { type BootstrapOptions, bootstrap, type Statistic } from '../bootstrap.js';
import { type FollowedDays, follow } from '../follow.js';
import type { Drift, DriftFifth, ExpectedAndActual } from './result.js';

/** What was expected of graded customers and what came, one row each, by rising expected loss ratio. */
export interface Outcome {
  readonly ranking: Ranking<'losses' | 'claims' | 'expected' | 'premium'>;
  readonly riskTier: Uint8Array;
  readonly riskTiers: readonly string[];
  readonly valueTier: Uint8Array;
  /**
   * The mean loss of a claim in the book that the model was calibrated on, of those set aside too; NaN
   * without claims.
   */
  readonly severity: number;
  /** Graded customers without premium to follow. */
  readonly unfollowed: number;
  readonly unfinished: boolean;
  readonly notes: readonly string[];
}

/**
 * Follows the customers of grades, by their ids, through a book: what the grades expect of the premium
 * earned from the day each was graded, and what came.
 *
 * @param gradedOn the day each customer of the book was graded, where it was
 */
export function outcomeOf(
  grades: Grades,
  book: Book,
  gradedOn: Day | Int32Array,
  days: FollowedDays,
): Outcome {
  const { table, scores, tiers, model } = grades;
  const rowOf = placesIn(table.ids, book.customers);
  const single = typeof gradedOn === 'number';
  const daysOf = rowOf.map((row, c) => (row < 0 ? noDay : single ? gradedOn : gradedOn[c]));
  const followed = follow(book, daysOf, days, single ? 'date' : 'renewal', model.plan);
  const expected = scores.expected_loss_ratio;
  const customers = Uint32Array.from(rowOf.keys())
    .filter((c) => followed.earnedPremium[c] > 0 && !Number.isNaN(expected[rowOf[c]]))
    // In the order of the ranking, so that a bootstrap goes through memory that lies together.
    .sort((a, b) => expected[rowOf[a]] - expected[rowOf[b]] || a - b);
  const rows = customers.map((customer) => rowOf[customer]);
  const score = take(expected, rows);
  const premium = take(followed.earnedPremium, customers);
  const { lossRatio, claimsPerPremium } = model.parameters.book;
  return {
    ranking: rankingOf(score, premium, {
      premium,
      losses: take(followed.incurred, customers),
      claims: take(followed.claims, customers),
      expected: score.map((ratio, row) => ratio * premium[row]),
    }),
    riskTier: take(tiers.risk_tier, rows),
    riskTiers: riskTiersOf(model.plan),
    valueTier: take(tiers.value_tier, rows),
    severity: (lossRatio / claimsPerPremium) * countedShare(table),
    unfollowed: table.length - rows.length,
    unfinished: followed.unfinished,
    notes: followed.notes,
  };
}

/**
 * The share of claims that count among those that come: what a plan sets aside as too old or forgiven
 * is not in the model's claims, but its like is among those that follow. 1 without any.
 */
function countedShare({ columns }: Table): number {
  const [aside, counted] = [sum(columns.set_aside_claim_count), sum(columns.claim_count)];
  return aside > 0 ? counted / (counted + aside) : 1;
}

/** Where each id stands among others, both sorted by code unit; −1 where it does not. */
function placesIn(among: readonly string[], ids: readonly string[]): Int32Array {
  let place = 0;
  return Int32Array.from(ids, (id) => {
    while (place < among.length && among[place] < id) place++;
    return among[place] === id ? place : -1;
  });
}

/** Premium-ordered Gini of losses and of claims, with intervals. */
export function giniOf(outcome: Outcome, options: Omit<BootstrapOptions, 'customers'>) {
  const [[losses, claims]] = bootstrap([giniStatistic(outcome)], {
    ...options,
    customers: outcome.ranking.order.length,
  });
  return { losses, claims };
}

function giniStatistic({ ranking }: Outcome): Statistic {
  return (weights) => [gini(ranking, 'losses', weights), gini(ranking, 'claims', weights)];
}

const fifths = 5;

/** Actual ÷ expected in all, by tier and by fifth of premium, and the Gini: all from the same draws. */
export function outcomeMetrics(
  outcome: Outcome,
  options: Omit<BootstrapOptions, 'customers'>,
): Pick<Drift, 'book' | 'riskTiers' | 'valueTiers' | 'fifths' | 'shapeWithin'> & {
  readonly gini: { readonly losses: Estimate; readonly claims: Estimate };
} {
  const { riskTier, valueTier } = outcome;
  const all = new Uint8Array(riskTier.length);
  const groupings = [
    { codes: all, names: ['book'] },
    { codes: riskTier, names: outcome.riskTiers },
    { codes: valueTier, names: valueTiers },
  ];
  const shape = shapeStatistic(outcome);
  const [ginis, byFifth, ...byGroup] = bootstrap(
    [
      giniStatistic(outcome),
      shape,
      ...groupings.map(({ codes, names }) => groupStatistic(outcome, codes, names.length)),
    ],
    { ...options, customers: riskTier.length },
  );
  const [{ book }, ofRisk, ofValue] = groupings.map(({ codes, names }, g) =>
    groupsOf(outcome, codes, names, byGroup[g]),
  );
  return {
    book,
    riskTiers: ofRisk,
    valueTiers: ofValue,
    fifths: fifthsOf(outcome, byFifth),
    shapeWithin: byFifth[3 * fifths].high,
    gini: { losses: ginis[0], claims: ginis[1] },
  };
}

/**
 * By fifth: actual ÷ expected losses, claims, and losses ÷ the level; then how far the furthest of the
 * last lies from where it is undrawn. Its upper end holds for all fifths at once.
 */
function shapeStatistic({ ranking, severity }: Outcome): Statistic {
  const figures = (weights: Uint8Array | undefined) => {
    const [expected, losses, claims] = bands(
      ranking,
      ['expected', 'losses', 'claims'],
      weights,
      fifths,
    );
    const level = sum(losses) / sum(expected);
    const ratios = losses.map((loss, k) => loss / expected[k]);
    return {
      ratios,
      counts: claims.map((count, k) => (count * severity) / expected[k]),
      toLevel: ratios.map((ratio) => ratio / level),
    };
  };
  const undrawn = figures(undefined).toLevel;
  return (weights) => {
    const { ratios, counts, toLevel } = figures(weights);
    const gaps = toLevel.map((ratio, k) => Math.abs(ratio - undrawn[k]));
    return [...ratios, ...counts, ...toLevel, Math.max(...gaps)];
  };
}

/** By group: actual ÷ expected losses, then claims. */
function groupStatistic({ ranking, severity }: Outcome, codes: Uint8Array, count: number) {
  const { losses, claims, expected } = ranking.outcomes;
  return (weights: Uint8Array | undefined) => {
    const [lost, number, base] = [losses, claims, expected].map((column) => {
      const totals = new Float64Array(count);
      for (let row = 0; row < codes.length; row++) {
        totals[codes[row]] += weights ? weights[row] * column[row] : column[row];
      }
      return totals;
    });
    return [
      ...lost.map((loss, k) => loss / base[k]),
      ...number.map((claimed, k) => (claimed * severity) / base[k]),
    ];
  };
}

function groupsOf(
  { ranking, severity }: Outcome,
  codes: Uint8Array,
  names: readonly string[],
  estimates: readonly Estimate[],
): Record<string, ExpectedAndActual> {
  return Object.fromEntries(
    names.map((name, code) => {
      const rows = Uint32Array.from(codes.keys()).filter((row) => codes[row] === code);
      const { premium, losses, claims, expected } = ranking.outcomes;
      const [earned, lost, claimed, foreseen] = [premium, losses, claims, expected].map((column) =>
        sum(take(column, rows)),
      );
      const group: ExpectedAndActual = {
        customers: rows.length,
        earnedPremium: earned,
        expectedLosses: foreseen,
        expectedClaims: foreseen / severity || 0,
        losses: lost,
        claims: claimed,
        actualToExpected: { losses: estimates[code], claims: estimates[names.length + code] },
      };
      return [name, group];
    }),
  );
}

function fifthsOf({ ranking, severity }: Outcome, estimates: readonly Estimate[]): DriftFifth[] {
  const [premium, expected, losses, claims] = bands(
    ranking,
    ['premium', 'expected', 'losses', 'claims'],
    undefined,
    fifths,
  );
  return Array.from({ length: fifths }, (_, k) => ({
    earnedPremium: premium[k],
    expectedLosses: expected[k],
    expectedClaims: expected[k] / severity || 0,
    losses: losses[k],
    claims: claims[k],
    actualToExpected: { losses: estimates[k], claims: estimates[fifths + k] },
    toLevel: estimates[2 * fifths + k],
  }));
}
