import type { FormulaWords } from '../formulas/explain.js';
import type { ClaimStatus } from '../plan/claims.js';
import type { Action } from '../plan/hint.js';
import type { Loyalty, Purchase } from '../plan/lifecycle.js';
import type { RiskTier } from '../plan/risk.js';
import type { ValueTier } from '../plan/value.js';

/** A thing after the number 1, and after others; `{n}` stands for the number. */
type Forms = readonly [one: string, other: string];

/**
 * What a language needs to word a grade. Plain data: `{…}` in a text stands for a value, and numbers
 * are written by `Intl` as `name` says. What stands in English in a plan or with its rule (reasons,
 * hints, labels of indicators) needs no English here.
 */
export interface Words {
  /** The language tag: `en`, `zh`, `et`. */
  readonly name: string;
  readonly unknown: string;
  readonly yes: string;
  readonly no: string;
  readonly units: Readonly<
    Record<'years' | 'days' | 'claims' | 'claimsAYear' | 'claimFreeYears', Forms>
  >;
  readonly formulas: FormulaWords;
  /** Indicators and scores by name. */
  readonly labels: Readonly<Record<string, string>>;
  readonly tiers: Readonly<Partial<Record<RiskTier, string>>>;
  /** Sentences by code, `{observed}` and `{compared}` in them. */
  readonly reasons: Readonly<Record<string, string>>;
  /** The same of the default plan's hints. */
  readonly hints: Readonly<Record<string, string>>;
  readonly whyNot: {
    /** `{tier}` and `{because}`. */
    readonly because: string;
    /** The same, with `{years}` of claim-free years to come and the `{better}` tier. */
    readonly better: string;
    /** `{tier}`, the `{observed}` experience and what it is `{short}` of. */
    readonly short: string;
  };
}

/** The words of the page that explains a grade; `{…}` stands for a value. */
export interface PageWords {
  readonly customer: string;
  readonly customerAsOf: string;
  readonly lapsed: string;

  readonly risk: string;
  /** The same of a tier that is held since a `{day}`. */
  readonly riskSince: string;
  /** What each tier means, in a sentence. */
  readonly meanings: Readonly<Record<RiskTier, string>>;
  /** Instead of that, where memory or a person holds another tier than the `{tier}` of the figures. */
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
  readonly services: Readonly<Record<string, string>>;
  readonly entitlements: Readonly<Record<string, string>>;

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
  readonly grounds: Readonly<Record<string, string>>;
  readonly decides: string;

  readonly sure: string;
  readonly interval: string;
  readonly noInterval: string;
  readonly believed: string;
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
