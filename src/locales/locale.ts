import type { GroundOfWeight } from '../credibility/method.js';
import type { ClaimStatus } from '../plan/claims.js';
import type { HintCode } from '../plan/default-hints.js';
import type { Action } from '../plan/hint.js';
import type { Loyalty, Purchase } from '../plan/lifecycle.js';
import type { RiskTier } from '../plan/risk.js';
import type { Entitlement, ServiceTier } from '../plan/service.js';
import type { ValueTier } from '../plan/value.js';
import type { ReasonCode } from '../segments/reasons.js';
import type { Texts, Words } from '../segments/words.js';

/** The words of the page that explains a grade; `{…}` stands for a value. */
export interface PageWords {
  readonly customer: string;
  readonly customerAsOf: string;
  readonly lapsed: string;

  readonly risk: string;
  /** The same of a tier that is held since a `{day}`. */
  readonly riskSince: string;
  /** Instead of what the tier means, where memory or a person holds another tier than the `{tier}` of the figures. */
  readonly byFigures: string;
  /** Of a tier that was set by hand until a day that has come. */
  readonly overrideEnded: string;
  readonly cover: string;
  /** What does not count: as too old, forgiven, by status, and set aside without it being known why. */
  readonly lookBack: string;
  readonly forgiveness: string;
  readonly byStatus: string;
  readonly setAside: string;
  readonly statuses: Readonly<Record<ClaimStatus, string>>;
  readonly lossRatios: string;

  readonly speaks: string;
  readonly favours: string;
  readonly against: string;
  readonly nothing: string;

  readonly checked: string;
  readonly rule: string;
  /** What was observed; with what it was compared; of several comparisons each in its line. */
  readonly figure: string;
  readonly figures: string;
  readonly comparison: string;
  readonly noRule: string;

  readonly change: string;
  readonly best: string;
  /** The same of a tier that the figures of the day alone would not give. */
  readonly bestHeld: string;
  readonly better: string;
  readonly months: readonly [one: string, other: string];
  readonly short: string;
  readonly unrateable: string;
  readonly stays: string;

  readonly value: string;
  readonly valueTiers: Readonly<Record<ValueTier, string>>;
  readonly measured: string;
  readonly loyalties: Readonly<Record<Exclude<Loyalty, 'unknown'>, string>>;
  readonly purchases: Readonly<Record<Exclude<Purchase, 'unknown'>, string>>;
  readonly lifetime: string;
  /** The same where value is measured by lifetime value, which has just been named. */
  readonly lifetimeAlready: string;
  readonly between: string;
  readonly assumed: string;
  readonly stay: string;
  readonly atStake: string;

  readonly service: string;
  readonly entitled: string;
  /** Service tiers and entitlements of the default plan, by their English names. */
  readonly services: Texts;
  readonly entitlements: Texts;

  readonly underwriting: string;
  readonly actions: Readonly<Record<Action, string>>;
  readonly indicated: string;
  /** Instead of that, where no cover is in force. */
  readonly nothingToChange: string;
  readonly hint: string;
  /** A hint, and a part of the change, that a prohibited ground withholds, with its source as it is. */
  readonly withheld: string;
  readonly limited: string;
  /** What the starting grounds that withhold hints say, by code; else a ground's own text stands. */
  readonly grounds: Texts;
  readonly decides: string;

  readonly sure: string;
  readonly interval: string;
  readonly noInterval: string;
  /** Instead of all that, where no loss ratio can be expected. */
  readonly noRating: string;
  readonly believed: string;
  /** The same where the method learnt the weight: what it rests on. */
  readonly restsOn: Readonly<Record<GroundOfWeight, string>>;
  readonly probability: string;
  readonly average: string;
  readonly countsOnly: string;

  /** Between the items of a list, and between the parts of a line. */
  readonly list: string;
  readonly parts: string;
}

/** A language: what words a grade, and the page that explains it. Plain data. */
export interface Locale extends Words {
  readonly page: PageWords;
}

type TextsOf<Code extends string> = Readonly<Record<Code, string>>;

/**
 * A language other than English: it has a text for every code of the library and of the default plan,
 * which the compiler checks. English stands with the rules and in the plan.
 */
export interface Translation extends Locale {
  readonly tiers: TextsOf<RiskTier>;
  readonly reasons: TextsOf<ReasonCode>;
  readonly hints: TextsOf<HintCode>;
  readonly page: PageWords & {
    readonly services: TextsOf<ServiceTier>;
    readonly entitlements: TextsOf<Entitlement>;
  };
}
