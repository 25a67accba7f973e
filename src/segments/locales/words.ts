import type { FormulaWords } from '../../explain.js';
import type { RiskTier } from '../../plan.js';

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
