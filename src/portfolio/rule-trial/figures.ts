import { groupSums, sum } from '../../base/columns.js';
import type { BacktestColumns } from '../backtest/result.js';
import type { Statistic } from '../bootstrap.js';
import type {
  RuleColumns,
  RuleEffect,
  RuleFigures,
  RuleOutcomes,
  RuleSimulation,
} from './result.js';

export type Reaction = RuleSimulation['reaction'];

/** What is assumed of those touched, and what of each premium is spent. */
export interface RuleTerms {
  readonly reaction: Reaction;
  readonly expenseRatio: number;
}

/** What followed, by group: customers of code −1 are excluded. */
function figuresBy(
  { earnedPremium, exposureYears, claims, incurred }: BacktestColumns,
  codes: Int32Array,
  groups: number,
  expenseRatio: number,
): RuleFigures[] {
  const sums = [
    new Uint8Array(codes.length).fill(1),
    earnedPremium,
    exposureYears,
    claims,
    incurred,
  ].map((column) => groupSums(column, codes, groups));
  return Array.from({ length: groups }, (_, g) => {
    const [customers, premium, exposure, claimed, lost] = sums.map((totals) => totals[g]);
    return withRatios(
      {
        customers,
        earnedPremium: premium,
        exposureYears: exposure,
        claims: claimed,
        incurred: lost,
      },
      expenseRatio,
    );
  });
}

function withRatios(
  sums: Omit<RuleFigures, 'lossRatio' | 'profit'>,
  expenseRatio: number,
): RuleFigures {
  const { earnedPremium, incurred } = sums;
  return {
    ...sums,
    lossRatio: earnedPremium > 0 ? incurred / earnedPremium : null,
    profit: earnedPremium * (1 - expenseRatio) - incurred,
  };
}

/** What a rule does to groups of customers, each by its code. */
export function effectsBy(
  columns: RuleColumns,
  codes: Int32Array,
  groups: number,
  { reaction: { leave, surcharge }, expenseRatio }: RuleTerms,
): RuleEffect[] {
  const { touched } = columns;
  const before = figuresBy(columns, codes, groups, expenseRatio);
  const bySide = codes.map((code, row) => 2 * code + touched[row]);
  const sides = figuresBy(columns, bySide, 2 * groups, expenseRatio);
  const stay = 1 - leave;
  return before.map((all, g) => {
    const [rest, hit] = [sides[2 * g], sides[2 * g + 1]];
    const after = {
      customers: rest.customers + stay * hit.customers,
      earnedPremium: rest.earnedPremium + stay * (1 + surcharge) * hit.earnedPremium,
      exposureYears: rest.exposureYears + stay * hit.exposureYears,
      claims: rest.claims + stay * hit.claims,
      incurred: rest.incurred + stay * hit.incurred,
    };
    return {
      before: all,
      touched: hit,
      untouched: rest,
      after: withRatios(after, expenseRatio),
    };
  });
}

/** How the customers of one side turned out. */
export function outcomesOf(
  columns: RuleColumns,
  side: 0 | 1,
  { permissible, expenseRatio }: { permissible: number; expenseRatio: number },
): RuleOutcomes {
  const { touched, claims, incurred, earnedPremium } = columns;
  const by = (turned: (row: number) => boolean) =>
    figuresBy(
      columns,
      Int32Array.from(touched, (hit, row) => (hit !== side ? -1 : turned(row) ? 1 : 0)),
      2,
      expenseRatio,
    );
  const [above, within] = by((row) => incurred[row] <= permissible * earnedPremium[row]);
  const [, claimFree] = by((row) => claims[row] === 0);
  return { claimFree, withinPermissible: within, abovePermissible: above };
}

/**
 * Loss ratio before and after, the change of it, the change of profit, and the loss ratio of those
 * touched ÷ the book's, of resampled customers.
 */
export function effectStatistic(
  { touched, earnedPremium, incurred }: RuleColumns,
  { reaction: { leave, surcharge }, expenseRatio }: RuleTerms,
): Statistic {
  return (weights) => {
    let [paid, lost, paidHit, lostHit] = [0, 0, 0, 0];
    for (let row = 0; row < touched.length; row++) {
      const weight = weights ? weights[row] : 1;
      paid += weight * earnedPremium[row];
      lost += weight * incurred[row];
      if (touched[row] === 0) continue;
      paidHit += weight * earnedPremium[row];
      lostHit += weight * incurred[row];
    }
    const kept = paid - paidHit + (1 - leave) * (1 + surcharge) * paidHit;
    const cost = lost - leave * lostHit;
    const before = lost / paid;
    // Of a book that is touched whole nothing is left, and nothing has no loss ratio.
    const after = kept > 0 ? cost / kept : Number.NaN;
    return [
      before,
      after,
      after - before,
      (1 - expenseRatio) * (kept - paid) - (cost - lost),
      before > 0 && paidHit > 0 ? lostHit / paidHit / before : Number.NaN,
    ];
  };
}

/** What all and the touched are worth, and of how many that is below 0 or not known. */
export function lifetimeOf({
  touched,
  lifetimeValue,
}: RuleColumns): RuleSimulation['lifetimeValue'] {
  const known = (value: number) => !Number.isNaN(value);
  const hit = lifetimeValue.filter((_, row) => touched[row] === 1);
  return {
    book: sum(lifetimeValue.filter(known)),
    touched: sum(hit.filter(known)),
    touchedBelowZero: hit.filter((value) => value < 0).length,
    touchedUnknown: hit.filter((value) => !known(value)).length,
  };
}
