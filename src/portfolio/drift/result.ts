import type { Estimate } from '../backtest/result.js';
import type { GradeStability } from './grade-stability.js';

/** What is to be done with a model. */
export type DriftVerdict = 'leave' | 'recalibrate' | 'rebuild' | 'cannot-tell-yet';

/** What decides between the verdicts. All are conventions of ours, and can be set. */
export interface DriftLimits {
  /** A level matters once its whole interval lies further than this from 1. */
  readonly level: number;
  /** A fifth ÷ the level matters once its whole interval lies further than this from 1. */
  readonly shape: number;
  /** The order is lost once the Gini of claims has fallen by this share of itself, and beyond chance. */
  readonly order: number;
  /** The rule of thumb for stability. */
  readonly moved: number;
  readonly shifted: number;
  /** With fewer expected claims nothing can be told. */
  readonly minClaims: number;
}

/** Customers graded on the earlier day that had cover to follow: what was expected and what came. */
export interface ExpectedAndActual {
  readonly customers: number;
  readonly earnedPremium: number;
  readonly expectedLosses: number;
  /** Expected losses ÷ the mean loss of a claim in the book that the model was calibrated on. */
  readonly expectedClaims: number;
  readonly losses: number;
  readonly claims: number;
  /** Actual ÷ expected losses, and claims. */
  readonly actualToExpected: { readonly losses: Estimate; readonly claims: Estimate };
}

/** A fifth of the premium, from the lowest expected loss ratio to the highest. */
export interface DriftFifth extends Omit<ExpectedAndActual, 'customers'> {
  /** Actual ÷ expected losses ÷ that of the whole book: 1 where only the level is off. */
  readonly toLevel: Estimate;
}

/** A Gini with its interval, before and after the earlier day; null where there is nothing to measure. */
export interface ThenAndNow {
  readonly then: Estimate | null;
  readonly now: Estimate;
}

/** Whether a model still fits the book, by what has moved and by what came. */
export interface Drift {
  /** The earlier and the later day. */
  readonly from: string;
  readonly until: string;
  /** `date`: graded on the earlier day. `renewal`, for yearly sums: each as its own term began. */
  readonly at: 'date' | 'renewal';
  readonly verdict: DriftVerdict;
  /** Why, in sentences, the weightiest first. */
  readonly grounds: readonly string[];
  /** Customers in the window of each day, and how many of equal exposure they are worth. */
  readonly before: { readonly customers: number; readonly effective: number };
  readonly after: { readonly customers: number; readonly effective: number };
  readonly stability: readonly GradeStability[];
  /** What the grades of the earlier day expected of the cover from then on, and what came of it. */
  readonly book: ExpectedAndActual;
  readonly riskTiers: Readonly<Record<string, ExpectedAndActual>>;
  readonly valueTiers: Readonly<Record<string, ExpectedAndActual>>;
  readonly fifths: readonly DriftFifth[];
  /**
   * How far chance moves the furthest of the fifths from where it is, ÷ the level: within this of 1
   * all of them are flat. Null without rounds.
   */
  readonly shapeWithin: number | null;
  readonly gini: { readonly losses: ThenAndNow; readonly claims: ThenAndNow };
  /**
   * Of the claims of as long a time before the earlier day, the share that had been reported by it;
   * null for yearly sums and for few claims.
   */
  readonly reportedShare: number | null;
  readonly limits: DriftLimits;
  readonly bootstrap: {
    readonly rounds: number;
    readonly seed: number;
    readonly probability: number;
  };
  readonly model: {
    readonly id: string;
    readonly hash: string;
    readonly method: string;
    readonly fittedAsOf: string | null;
  };
  readonly notes: readonly string[];
}
