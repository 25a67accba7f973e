import type { Estimate } from '../backtest/result.js';
import type { LuckBase } from './book-luck.js';
import type { ClassSize, Concentration } from './concentration.js';
import type { Luck, LuckRange } from './luck.js';
import type { Measure } from './measures.js';
import type { PersistenceMeasure } from './persistence-periods.js';
/** How a measure is spread over customers, beside what chance alone would spread. */
export interface Pareto extends Concentration {
  readonly measure: Measure;
  readonly definition: string;
  readonly asOf: string | null;
  /** The observation window in months; null for ready indicators, which do not tell theirs. */
  readonly window: number | null;
  /** Customers with a value above 0 and below 0, and what they add up to. */
  readonly above: ClassSize;
  readonly below: ClassSize;
  /**
   * The same figures where customers do not differ: by chance, with a 90 % band; null where chance
   * has no part in the measure, or was not asked for.
   */
  readonly luck: Luck | null;
  readonly base: LuckBase;
  /** What differences between customers add: observed less the mean of luck. */
  readonly excess: {
    readonly gini: Excess | null;
    readonly topTwentyPercent: Excess | null;
    readonly holdingEightyPercent: Excess | null;
  } | null;
  readonly model: { readonly id: string; readonly hash: string };
  readonly notes: readonly string[];
}

/** What differences between customers add to what chance does. */
export interface Excess {
  readonly observed: number;
  readonly luck: LuckRange;
  readonly difference: number;
  /**
   * Whether the observed figure lies outside the band of luck; null where single losses are not known,
   * so that luck concentrates more than its band tells.
   */
  readonly beyondLuck: boolean | null;
}

/** A way to choose the top group, and the share of the next period that group brought. */
export interface PersistenceEntry {
  readonly name: 'chance' | 'size' | 'last period' | 'expected' | 'hindsight';
  readonly share: Estimate;
  /** Its share less that of last period's top group, on the same customers drawn. */
  readonly againstLastPeriod: Estimate;
}

/** Whether last period's top group is next period's. */
export interface Persistence {
  readonly measure: PersistenceMeasure;
  readonly from: string;
  readonly until: string;
  readonly at: 'date' | 'renewal';
  readonly top: number;
  readonly customers: number;
  /** What all of them had in the last period, and in the next. */
  readonly lastPeriod: number;
  readonly nextPeriod: number;
  /** The share of the last period that its own top group had. */
  readonly hadLastPeriod: number | null;
  readonly entries: readonly PersistenceEntry[];
  readonly bootstrap: {
    readonly rounds: number;
    readonly seed: number;
    readonly probability: number;
  };
  readonly notes: readonly string[];
}

/** A customer and the profit that leaves with it. */
export interface AtStakeRow {
  readonly customerId: string;
  readonly annualPremium: number;
  readonly lifetimeValue: number;
  /** At the next renewal. */
  readonly chanceToLeave: number;
  /** Lifetime value × chance to leave. */
  readonly profitAtStake: number;
}

/** The profit that may leave with customers at their next renewals, in all and by customer. */
export interface AtStake {
  /** Those in force whose lifetime value is known, and what they add up to. */
  readonly customers: number;
  readonly lifetimeValue: number;
  /** The profit that may leave: of customers whose lifetime value is above 0. */
  readonly profitAtStake: number;
  /** And the losses that may leave with the others: 0 or below. */
  readonly lossAtStake: number;
  /** The customers with most at stake, in order; equal ones by id. */
  readonly rows: readonly AtStakeRow[];
}
