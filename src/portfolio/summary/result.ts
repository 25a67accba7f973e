import { countIssues } from '../../book/issues.js';
import type { Grades } from '../../grading/assess.js';
import type { HeldBy } from '../../segments/memory.js';
/** What a group of customers comes to. The loss ratio is null without premium. */
export interface GroupFigures {
  readonly customers: number;
  readonly earnedPremium: number;
  readonly incurred: number;
  readonly claims: number;
  readonly lossRatio: number | null;
}

/** The graded book in figures: in all, by tier, and what could not be used. */
export interface Summary extends GroupFigures {
  readonly asOf: string | null;
  readonly window: {
    readonly months: number;
    readonly from: string | null;
    readonly to: string | null;
  };
  readonly exposureYears: number;
  readonly riskTiers: Readonly<Record<string, GroupFigures>>;
  readonly valueTiers: Readonly<Record<string, GroupFigures>>;
  readonly serviceTiers: Readonly<Record<string, GroupFigures>>;
  readonly actions: Readonly<Record<string, GroupFigures>>;
  /** Where customers are in their life with the insurer. */
  readonly loyalty: Readonly<Record<string, GroupFigures>>;
  readonly purchase: Readonly<Record<string, GroupFigures>>;
  /** Customers from whom a prohibited ground withholds a hint, by the codes of both. */
  readonly withheld: Readonly<Record<string, number>>;
  readonly issues: ReturnType<typeof countIssues>;
  /** Customers of the book without cover in the window. */
  readonly withoutCover: number;
  /** Yearly sums excluded whole because they cannot be split. */
  readonly excluded: Grades['table']['excluded'];
  readonly notes: readonly string[];
  /** Customers by what keeps their tier from being that of the figures, where there is memory. */
  readonly heldBy?: Readonly<Record<HeldBy, number>>;
  readonly model: { readonly id: string; readonly hash: string; readonly method: string };
}
