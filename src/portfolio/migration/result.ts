/** What customers come to in the window that ends on a day, and the premium in force then. */
export interface DayFigures {
  readonly earnedPremium: number;
  readonly annualPremium: number;
  readonly incurred: number;
}

/** Customers that moved alike, with their figures on the earlier and on the later day. */
export interface MovedFigures {
  readonly customers: number;
  readonly before: DayFigures;
  readonly after: DayFigures;
}

/** Customers in one tier on the earlier day and in one on the later; null where they had no cover. */
export interface MovementCell extends MovedFigures {
  readonly from: string | null;
  readonly to: string | null;
  /** Of the customers of `from`; null where there are none. */
  readonly share: number | null;
}

/**
 * What can become of a customer between two days. `newly known`: with us since before the earlier day
 * by the tenure, but not graded then, as a yearly sum that still ran on it says nothing yet.
 */
export const movements = [
  'same',
  'upgraded',
  'downgraded',
  'newly rated',
  'no longer rated',
  'left',
  'joined',
  'newly known',
  'without cover on both days',
] as const;
export type TierMovement = (typeof movements)[number];

/** How customers moved between the tiers of one kind. All cells add up to both books. */
export interface TierMovements {
  /** From the best to the worst, `unrated` last. */
  readonly tiers: readonly string[];
  /** Every pair of tiers, row by row; after the tiers stands null, no cover. */
  readonly cells: readonly MovementCell[];
  readonly movements: Readonly<Record<TierMovement, MovedFigures>>;
}

/** A line of the plan's rules on the loss ratio: whoever crosses it may fall into another tier. */
export interface PlanLine {
  readonly value: number;
  readonly label: string;
}

/** A customer in force on its way down: at its pace it crosses the next worse line within the horizon. */
export interface Warning {
  readonly customerId: string;
  readonly tier: string;
  /** The loss ratio that the plan rates on, on both days. */
  readonly before: number;
  readonly after: number;
  readonly changeAYear: number;
  readonly line: PlanLine;
  /** The tier beyond the line, all else as it is. */
  readonly tierBeyond: string;
  readonly yearsToLine: number;
  readonly annualPremium: number;
  readonly earnedPremium: number;
}

/** How many of some customers went down a tier later. */
export interface WentDown {
  readonly customers: number;
  readonly wentDown: number;
}

export interface Warnings {
  readonly horizonYears: number;
  /** The lines of the plan's rules, the lowest first. */
  readonly lines: readonly PlanLine[];
  readonly customers: number;
  readonly annualPremium: number;
  /** How many there would be had each loss ratio changed as much the other way: chance moves both ways alike. */
  readonly reversed: number;
  /** Soonest first; among equals the largest premium, then by id. */
  readonly list: readonly Warning[];
  /** What became by the later day of those the same rule warned of on the earlier; null without a third day. */
  readonly trackRecord: {
    readonly warned: WentDown;
    readonly reversed: WentDown;
    /** All others with a line above them. */
    readonly others: WentDown;
  } | null;
}

/** The shares of tiers that last when the same moves are made again and again. */
export interface LongRun {
  /** By tier; null where they cannot be told, for the reason in `note`. */
  readonly shares: Readonly<Record<string, number>> | null;
  /** Groups of tiers that nobody leaves once in. */
  readonly closed: readonly (readonly string[])[];
  readonly note: string | null;
}

/** Where customers of a tier came from, and their chance to be in the worst tier next. */
export interface WorstByOrigin {
  readonly before: string;
  readonly now: string;
  readonly customers: number;
  readonly chance: number;
}

/** Whether the tier on the earliest day tells something of the last that the tier between does not. */
export interface OrderTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Null where nothing can be compared. */
  readonly pValue: number | null;
  /** Cells that count, and how many of them have fewer than 5 expected customers. */
  readonly cells: number;
  readonly sparseCells: number;
}

export interface MarkovTest extends OrderTest {
  /** The earliest of the three days. */
  readonly earliest: string;
  /** In force on all three days. */
  readonly customers: number;
  readonly worstTier: string;
  /** Origins with customers, by the tier on the middle day. */
  readonly byOrigin: readonly WorstByOrigin[];
  /** How far, on average over customers, that chance lies from that of its tier as a whole. */
  readonly meanDifference: number | null;
}

/** What is known of each customer, one row each, sorted by id. */
export interface MigrationColumns {
  readonly customerIds: readonly string[];
  /** Position in `movements`, by risk tier. */
  readonly movement: Uint8Array;
  /** Positions in the tiers; the number of tiers where there was no cover, −1 where not in the book. */
  readonly tiers: Readonly<
    Record<'risk' | 'value' | 'service', { readonly before: Int8Array; readonly after: Int8Array }>
  >;
  readonly annualPremiumBefore: Float64Array;
  readonly annualPremiumAfter: Float64Array;
  /** The loss ratio that the plan rates on; NaN where unknown. */
  readonly ratedBefore: Float64Array;
  readonly ratedAfter: Float64Array;
  readonly changeAYear: Float64Array;
  /** Position in the lines of the next worse one, −1 for none. */
  readonly line: Int8Array;
  readonly yearsToLine: Float64Array;
  readonly warned: Uint8Array;
}

/** How a book's customers moved between tiers from one day to a later one. */
export interface Migration {
  readonly from: string;
  readonly to: string;
  readonly years: number;
  /** All graded customers of each day, in force or not. */
  readonly before: DayFigures & { readonly customers: number; readonly inForce: number };
  readonly after: DayFigures & { readonly customers: number; readonly inForce: number };
  readonly riskTiers: TierMovements;
  readonly valueTiers: TierMovements;
  readonly serviceTiers: TierMovements;
  /** Of those who joined, how many were graded on the earlier day too, without cover then. */
  readonly returned: number;
  /** Mean experience of those in force on both days, in exposure years within the window. */
  readonly experienceYears: { readonly before: number | null; readonly after: number | null };
  readonly warnings: Warnings;
  /** By risk tier: of the whole book, leavers replaced by joiners; and of those who stayed alone. */
  readonly longRun: { readonly book: LongRun; readonly stayers: LongRun };
  /** Null without a third, earlier day. */
  readonly markov: MarkovTest | null;
  /** The share of the later window's days that the earlier window holds too. */
  readonly sharedWindow: number | null;
  readonly model: { readonly id: string; readonly hash: string };
  readonly notes: readonly string[];
  readonly columns: MigrationColumns;
}
