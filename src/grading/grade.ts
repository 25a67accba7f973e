import type { Standing } from '../book/standing.js';
import type { GroundOfWeight } from '../credibility/method.js';
import type { Formula } from '../formulas/expression.js';
import type { Action } from '../plan/hint.js';
import type { Loyalty, Purchase } from '../plan/lifecycle.js';
import type { ValueTier } from '../plan/value.js';
import type { Condition } from '../segments/conditions.js';
import type { HeldBy } from '../segments/memory.js';
import type { WhyNot } from '../segments/why-not.js';

/** A number, or null where it is missing or does not exist. */
export type Maybe = number | null;

/** Something that speaks for or against a customer, with the values behind it. */
export interface Reason {
  readonly code: string;
  readonly text: string;
  readonly indicator: string;
  readonly observed: Maybe;
  readonly compared: Maybe;
  readonly favours: boolean;
}

/** An underwriting hint: advice to a person, never a decision. */
export interface GivenHint extends Reason {
  readonly action: Action;
}

/** A hint, or a part of the indicated change, that a prohibited ground keeps from the customer. */
export interface WithheldHint {
  /** The hint's code; `indicated-change` where the change of premium is less than it would be. */
  readonly code: string;
  readonly action: Action;
  /** The code of the ground, where it holds, what it bars, and its source with its date. */
  readonly ground: string;
  readonly jurisdiction: string;
  readonly text: string;
  readonly citation: string;
  readonly date: string;
}

/** A customer's standing as its grade tells it; it may be handed in whole on a later day. */
export interface GradeStanding extends Standing {
  /** The tier that today's figures alone give. */
  readonly observedTier: string;
  /** What keeps the tier in force from being that one; `figures` where nothing does. */
  readonly heldBy: HeldBy;
  /** The worse tier that comes into force at the next renewal or when the grace ends. */
  readonly pending: string | null;
  /** The line to leave the tier by, where that keeps it. */
  readonly line: Formula | null;
  /** The day the grace ends, while it keeps the tier. */
  readonly graceUntil: string | null;
  /** Why the tier is not that of the figures, in words; null where it is. */
  readonly text: string | null;
}

/** All that is returned for a customer. Plain data: it goes to JSON and back unchanged. */
export interface Grade {
  readonly customerId: string;
  readonly risk: {
    readonly tier: string;
    /** False in the tier for too little experience, which is neither better nor worse than others. */
    readonly rated: boolean;
    readonly expectedLossRatio: Maybe;
    /** Where this customer's average lies with the probability below; not one year's outcome. */
    readonly interval: readonly [low: Maybe, high: Maybe];
    readonly intervalProbability: number;
    /** How likely it is that this customer's true loss ratio is above the permissible one. */
    readonly probabilityAbovePermissible: Maybe;
    readonly observedLossRatio: Maybe;
    readonly credibility: Maybe;
  };
  readonly value: {
    readonly tier: ValueTier;
    readonly measure: string;
    readonly amount: Maybe;
    /** High value begins here. */
    readonly cut: Maybe;
    /** What the years after the present term are worth today, in money. */
    readonly lifetimeValue: Maybe;
    readonly lifetimeInterval: readonly [low: Maybe, high: Maybe];
    /** Expected of a year of the premium in force: premium × (1 − expected losses − expenses). */
    readonly annualProfit: Maybe;
    /** Discounted years still to come after the present term. */
    readonly lifetimeYears: Maybe;
    readonly renewalProbability: Maybe;
    /** What leaves with the customer: lifetime value × chance to leave at the next renewal. */
    readonly profitAtStake: Maybe;
  };
  readonly lifecycle: { readonly loyalty: Loyalty; readonly purchase: Purchase };
  readonly service: {
    readonly tier: string;
    readonly entitlements: readonly string[];
    readonly budget: number;
  };
  readonly underwriting: {
    readonly action: Action;
    readonly indicatedChange: Maybe;
    readonly hints: readonly GivenHint[];
    /** What is not said, or not done, because a ground in force bars it; it does not make the action. */
    readonly withheld: readonly WithheldHint[];
  };
  /** At most four, the weightiest first. */
  readonly reasons: readonly Reason[];
  /** The rules of the risk tier up to the one that decided: what held, and what failed. */
  readonly conditions: readonly Condition[];
  /** Null for a customer in the best tier. */
  readonly whyNot: WhyNot | null;
  readonly indicators: Readonly<Record<string, Maybe>>;
  readonly attributes: Readonly<Record<string, string>>;
  /** What is remembered of the customer; null without memory or without an as-of date. */
  readonly standing: GradeStanding | null;
  readonly model: {
    readonly id: string;
    readonly hash: string;
    readonly method: string;
    /** What the weight of own experience rests on, where the method learns it from the book. */
    readonly restsOn?: GroundOfWeight;
  };
  /** SHA-256 of all that the model reads of the customer: the same inputs have the same hash. */
  readonly inputsHash: string;
  readonly asOf: string | null;
  /** The language of the texts, and the currency of money in them; null: plain numbers. */
  readonly locale: string;
  readonly currency: string | null;
}
