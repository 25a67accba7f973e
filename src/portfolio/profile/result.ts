import type { Trend } from '../../scoring/scorecard/level-bins.js';
import type { ChanceTest } from '../../scoring/statistics/chance-test.js';
import type { GroupFigures } from '../summary/result.js';

/** Customers who have one level of an attribute. Ratios are null where they have no denominator. */
export interface ProfileLevel extends GroupFigures {
  readonly level: string;
  readonly exposureYears: number;
  readonly lossRatioLow: number | null;
  readonly lossRatioHigh: number | null;
  readonly claimFrequency: number | null;
  /** Customers in the worst risk tier ÷ rated customers. */
  readonly highRiskShare: number | null;
  /** Claims expected at the book's rate, by premium or by exposure. */
  readonly expectedClaims: number;
  /** Claims ÷ expected claims, with its interval: 1 is the book. */
  readonly lift: number | null;
  readonly liftLow: number | null;
  readonly liftHigh: number | null;
  /** The lift drawn toward the book where the level is thin, and the weight its own claims have. */
  readonly credibleLift: number | null;
  readonly credibility: number | null;
  /** Below 0 where customers in the worst tier are more frequent than in the book. */
  readonly weightOfEvidence: number | null;
}

/** Whether claims differ by more than chance. */
export interface ClaimTest extends ChanceTest {
  /** The least false-discovery rate at which this is still named, given how much was looked at. */
  readonly adjusted: number;
}

/**
 * `found`: differs, after allowing for how much was looked at. `perhaps-chance`: looked at alone it
 * would be below 5 %, but among so many looks chance gives such. `none`; `not-tested`: too few claims,
 * or one level.
 */
export type ProfileFinding = 'found' | 'perhaps-chance' | 'none' | 'not-tested';

export interface ProfiledAttribute {
  readonly name: string;
  readonly kind: 'category' | 'number';
  readonly trend: Trend;
  readonly finding: ProfileFinding;
  readonly test: ClaimTest | null;
  /** Of the worst tier against the others; null where the book has only one of the two. */
  readonly informationValue: number | null;
  readonly levels: readonly ProfileLevel[];
}

/** Customers who have a level of one attribute and a level of another. */
export interface ProfileCell {
  readonly levels: readonly [string, string];
  readonly exposureYears: number;
  readonly claims: number;
  readonly lift: number;
  /** The lift that the two attributes give it when each works alone. */
  readonly liftOfEach: number;
}

/** Two attributes that together say more than each. */
export interface ProfiledPair {
  readonly names: readonly [string, string];
  readonly finding: ProfileFinding;
  readonly test: ClaimTest;
  /** Those first that stand furthest from what each attribute alone gives. */
  readonly cells: readonly ProfileCell[];
}

/** What customers who cost much have in common. */
export interface Profile extends GroupFigures {
  /** The day as of which tiers and attributes are; null for each customer's renewal, or not stated. */
  readonly asOf: string | null;
  /** The days whose losses and claims are told, where they are what followed the grading. */
  readonly followed: {
    readonly from: string;
    readonly until: string;
    readonly at: 'date' | 'renewal';
  } | null;
  readonly exposureYears: number;
  readonly claimFrequency: number | null;
  /** The name of the plan's worst risk tier, whose share is told. */
  readonly worstTier: string;
  readonly highRiskShare: number | null;
  /** What claims are expected by. */
  readonly base: 'earned_premium' | 'exposure_years';
  /** How much true relativities of customers vary, whatever their attributes. */
  readonly relativityVariance: number;
  /** Under this exposure labels are gathered. */
  readonly minimumExposure: number;
  readonly falseDiscoveryRate: number;
  /** Of the intervals. */
  readonly probability: number;
  /** Those found first, then by how sure it is that they differ. */
  readonly attributes: readonly ProfiledAttribute[];
  /** How many pairs were looked at, and those that say more than each, or perhaps do. */
  readonly pairs: { readonly tested: number; readonly named: readonly ProfiledPair[] };
  /** Attributes that must not be used. */
  readonly excluded: readonly { readonly name: string; readonly because: string }[];
  /** Attributes used because the plan says why they may be. */
  readonly allowed: readonly { readonly name: string; readonly because: string }[];
  readonly notes: readonly string[];
  readonly model: { readonly id: string; readonly hash: string; readonly method: string };
}
