import type { BrokenGolden } from './golden.js';

/** What some customers come to under one of two plans. */
export interface PlanMoney {
  readonly earnedPremium: number;
  readonly incurred: number;
  readonly claims: number;
  /** Of those whose lifetime value is known; null where the plan's model knows no chance to stay. */
  readonly lifetimeValue: number | null;
}

/** Customers graded by one of the two plans only. */
export interface OneSided extends PlanMoney {
  readonly customers: number;
}

/** Customers graded by both plans, and what they come to under each: windows may differ. */
export interface PlanFigures {
  readonly customers: number;
  readonly before: PlanMoney;
  readonly after: PlanMoney;
}

/** Customers that move from one tier to another. */
export interface PlanMovement extends PlanFigures {
  readonly from: string;
  readonly to: string;
  readonly direction: Direction;
}

/** Those who move to a better tier, to a worse one, and from or to what is neither. */
export interface Ways {
  readonly upgrades: PlanFigures;
  readonly downgrades: PlanFigures;
  readonly neither: PlanFigures;
}

/** What becomes of one of the four answers of a grade. */
export interface TierDiff extends Ways {
  /** Everybody graded by both, by the tier before and, within it, the tier after. */
  readonly matrix: Readonly<Record<string, Readonly<Record<string, PlanFigures>>>>;
  /** The cells off the diagonal that hold anybody, those with most premium first. */
  readonly movements: readonly PlanMovement[];
  /** Those graded by one plan only, by the tier it gives them. */
  readonly onlyBefore: Readonly<Record<string, OneSided>>;
  readonly onlyAfter: Readonly<Record<string, OneSided>>;
}

/** The customers that share a label of an attribute; its label is null for those without one. */
export interface GroupDiff extends Readonly<Record<MovingTierName, Ways>> {
  readonly label: string | null;
  readonly all: PlanFigures;
  /** Those who move in any of the four. */
  readonly moved: PlanFigures;
}

/** One of the two plans, and all that it grades. */
export interface DiffSide extends OneSided {
  readonly plan: string;
  readonly model: { readonly id: string; readonly hash: string; readonly method: string };
  readonly windowMonths: number;
}

/** The same book graded by two plans: who moves, and what moves with them. */
export interface PlanDiff extends Readonly<Record<MovingTierName, TierDiff>> {
  readonly asOf: string | null;
  readonly before: DiffSide;
  readonly after: DiffSide;
  /** Graded by both; of these, those who move in any of the four; and those graded by one only. */
  readonly both: PlanFigures;
  readonly moved: PlanFigures;
  readonly onlyBefore: OneSided;
  readonly onlyAfter: OneSided;
  /** By attribute: the groups with most premium moved first. */
  readonly by: Readonly<Record<string, readonly GroupDiff[]>>;
  /** Golden customers, where any were given, and what does not hold under the second plan. */
  readonly golden: { readonly customers: number; readonly broken: readonly BrokenGolden[] } | null;
  /** Those who move, as rows of the two grades. */
  readonly movers: { readonly before: Uint32Array; readonly after: Uint32Array };
  readonly notes: readonly string[];
}

export type MovingTierName = (typeof movingTierNames)[number];

export type Direction = (typeof directions)[number];

export const movingTierNames = ['risk', 'value', 'service', 'action'] as const;

/**
 * Which way a move goes: to a better tier, a richer service or a milder action it is an upgrade, the
 * other way a downgrade. It is neither where one end is `unrated`, or where the two plans do not
 * agree which of two services is the richer.
 */
export const directions = ['stays', 'upgrade', 'downgrade', 'neither'] as const;
