import type { Formula } from '../../formulas/expression.js';
import type { BacktestColumns, Estimate, FollowedFigures } from '../backtest/result.js';

/** What followed for some customers. */
export interface RuleFigures extends FollowedFigures {
  /** Earned premium × (1 − the plan's expense ratio) − incurred losses. */
  readonly profit: number;
}

/** What a rule would have done to some customers of the next period. */
export interface RuleEffect {
  /** All of them as it came; the same of those the rule touches, and of the others. */
  readonly before: RuleFigures;
  readonly touched: RuleFigures;
  readonly untouched: RuleFigures;
  /** What would have been, with the assumed reaction: untouched + those touched who stay. */
  readonly after: RuleFigures;
}

/** What followed, by how it turned out. */
export interface RuleOutcomes {
  readonly claimFree: RuleFigures;
  /** With losses of at most the permissible loss ratio; those without a claim are among them. */
  readonly withinPermissible: RuleFigures;
  readonly abovePermissible: RuleFigures;
}

/** A cut of the score: what is kept where those above it leave. */
export interface RuleCut {
  readonly cut: number;
  readonly customers: number;
  /** Share of the book's earned premium that is kept. */
  readonly premiumKept: number;
  readonly lossRatio: number | null;
  readonly profit: number;
}

/** A cut that the plan chooses. */
export interface PlanCut extends RuleCut {
  readonly name: string;
  /** The loss ratio of what is kept, with its interval. */
  readonly estimate: Estimate;
}

/** What is kept at every cut of a score, beside what chance alone would keep. */
export interface RuleCurve {
  /** A higher value is a worse customer. */
  readonly score: Formula;
  readonly text: string;
  /** From the lowest cut up to that which keeps all; about a hundred, evenly over premium. */
  readonly cuts: readonly RuleCut[];
  /** The plan's own lines, where the score is a loss ratio. */
  readonly plan: readonly PlanCut[];
  /**
   * The loss ratio of so much premium kept at random: the central part of the rounds. Its mean is the
   * book's own. Null without rounds.
   */
  readonly chance: {
    readonly premiumKept: readonly number[];
    readonly low: readonly number[];
    readonly high: readonly number[];
  } | null;
  /** Customers without a value of the score, whom no cut touches. */
  readonly unscored: number;
}

/** What the next period would have been under an underwriting rule. */
export interface RuleSimulation extends RuleEffect {
  readonly at: 'date' | 'renewal';
  readonly calibrateAt: string;
  readonly until: string;
  readonly rule: {
    readonly formula: Formula | null;
    readonly where: Readonly<Record<string, readonly string[]>>;
    /** In words. */
    readonly text: string;
  };
  /** Assumed of those touched: the share that leaves; what those who stay pay more. */
  readonly reaction: { readonly leave: number; readonly surcharge: number };
  readonly expenseRatio: number;
  readonly permissibleLossRatio: number;
  readonly estimates: {
    readonly lossRatioBefore: Estimate;
    readonly lossRatioAfter: Estimate;
    /** After − before, drawn together. */
    readonly lossRatioChange: Estimate;
    readonly profitChange: Estimate;
    /** Loss ratio of those touched ÷ the book's: 1 where the rule chooses no better than chance. */
    readonly touchedToBook: Estimate;
  };
  /** How those touched turned out (good ones among them were touched in vain), and the others. */
  readonly outcomes: { readonly touched: RuleOutcomes; readonly untouched: RuleOutcomes };
  /** Lifetime value on the day of grading, of customers whose value is known. */
  readonly lifetimeValue: {
    readonly book: number;
    readonly touched: number;
    /** How many of those touched have a value below 0, and how many none that is known. */
    readonly touchedBelowZero: number;
    readonly touchedUnknown: number;
  };
  /** By line, branch and channel, where the book has them, and by value and risk tier. */
  readonly segments: Readonly<
    Record<string, readonly (RuleEffect & { readonly label: string | null })[]>
  >;
  readonly curve: RuleCurve;
  readonly bootstrap: {
    readonly rounds: number;
    readonly seed: number;
    readonly probability: number;
  };
  readonly model: { readonly id: string; readonly hash: string; readonly method: string };
  readonly notes: readonly string[];
  /** One value a customer, in the order of the ids. */
  readonly columns: RuleColumns;
}

export interface RuleColumns extends BacktestColumns {
  /** 1 where the rule touches the customer. */
  readonly touched: Uint8Array;
  /** The score of the curve. */
  readonly score: Float64Array;
  readonly lifetimeValue: Float64Array;
}
