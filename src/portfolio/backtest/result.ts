import type { LorenzCurve } from '../../scoring/statistics/ranking.js';

/** A figure with its bootstrap interval over customers; null where it does not exist. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What followed for graded customers that had cover to follow. */
export interface FollowedFigures {
  readonly customers: number;
  readonly earnedPremium: number;
  readonly exposureYears: number;
  readonly claims: number;
  readonly incurred: number;
  readonly lossRatio: number | null;
}

/** The same for a group of them. Relative figures are those of the group ÷ the book's. */
export interface BacktestGroup extends FollowedFigures {
  readonly relativeLossRatio: Estimate;
  readonly relativeFrequency: Estimate;
  /** Customers whose staying is known, and the share of them that stayed. */
  readonly renewals: number;
  readonly stayed: number | null;
}

/** One tenth of the premium, from the lowest expected loss ratio to the highest. */
export interface BacktestDecile {
  /** Mean expected loss ratio, weighted by what was earned. */
  readonly expectedLossRatio: number | null;
  readonly lossRatio: number | null;
  /** Actual ÷ expected losses, both relative to the book's: 1 where the ranking's size is right. */
  readonly actualToExpected: Estimate;
}

/** One tenth of the premium, from where ours is lowest against the raw loss ratio to the highest. */
export interface DoubleLiftDecile {
  /** Loss ratio relative to the book's: what our score said, what the raw loss ratio said, what came. */
  readonly ours: number | null;
  readonly raw: number | null;
  readonly actual: Estimate;
}

export interface ContestEntry {
  readonly name: string;
  readonly kind: 'chance' | 'plain rule' | 'method';
  /** Premium-ordered Gini: 0 tells nothing, 1 would put all losses on no premium. */
  readonly giniOfLosses: Estimate;
  readonly giniOfClaims: Estimate;
  /** Share of losses of the tenth of the premium that scores highest, ÷ a tenth. */
  readonly topDecileLift: Estimate;
  /** Gini of losses of this entry − that of the model, drawn together; null for the model itself. */
  readonly againstModel: Estimate | null;
  /** Fallbacks that were taken, in words. */
  readonly notes: readonly string[];
}

/** What grades given before a day were worth after it. */
export interface Backtest extends FollowedFigures {
  readonly at: 'date' | 'renewal';
  readonly from: string;
  readonly until: string;
  /** From the best to the worst, that for too little experience last. */
  readonly riskTiers: Readonly<Record<string, BacktestGroup>>;
  readonly valueTiers: Readonly<Record<string, BacktestGroup>>;
  readonly giniOfLosses: Estimate;
  readonly giniOfClaims: Estimate;
  readonly topDecileLift: Estimate;
  /** Actual ÷ expected losses of the whole book: the level, not the ranking. */
  readonly actualToExpected: Estimate;
  readonly deciles: readonly BacktestDecile[];
  readonly doubleLift: readonly DoubleLiftDecile[];
  readonly contest: readonly ContestEntry[];
  /** Ordered Lorenz curves by entry of the contest (not chance). */
  readonly lorenz: Readonly<Record<string, LorenzCurve>>;
  readonly bootstrap: {
    readonly rounds: number;
    readonly seed: number;
    readonly probability: number;
  };
  readonly model: { readonly id: string; readonly hash: string; readonly method: string };
  /** In one sentence each: what may be concluded. */
  readonly conclusions: readonly string[];
  readonly notes: readonly string[];
  /** One value a customer, in the order of the ids. */
  readonly columns: BacktestColumns;
}

export interface BacktestColumns {
  readonly customerIds: readonly string[];
  /** The day each was graded. */
  readonly gradedOn: Int32Array;
  /** The risk tier as a position among those of the plan. */
  readonly riskTier: Uint8Array;
  readonly riskTiers: readonly string[];
  readonly valueTier: Uint8Array;
  readonly expectedLossRatio: Float64Array;
  readonly credibility: Float64Array;
  readonly observedLossRatio: Float64Array;
  /** What followed. */
  readonly earnedPremium: Float64Array;
  readonly exposureYears: Float64Array;
  readonly claims: Float64Array;
  readonly incurred: Float64Array;
  /** 1 stayed, 0 left, NaN not known. */
  readonly stayed: Float64Array;
}
