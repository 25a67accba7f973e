import type { FormulaWords } from '../formulas/explain.js';
import type { Plan } from '../plan/plan.js';

/** A thing after the number 1, and after others; `{n}` stands for the number. */
type Forms = readonly [one: string, other: string];

/** Texts by code or name. */
export type Texts = Readonly<Record<string, string>>;

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
  readonly labels: Texts;
  /** Risk tiers, and what each means in a sentence. */
  readonly tiers: Texts;
  readonly meanings: Texts;
  /** Sentences by code, `{observed}` and `{compared}` in them. */
  readonly reasons: Texts;
  /** The same of the default plan's hints. */
  readonly hints: Texts;
  readonly whyNot: {
    /** `{tier}` and `{because}`. */
    readonly because: string;
    /** The same, with `{years}` of claim-free years to come and the `{better}` tier. */
    readonly better: string;
    /** `{tier}`, the `{observed}` experience and what it is `{short}` of. */
    readonly short: string;
  };
}

/** The text for a code; undefined where a language has none. */
export function textFor(texts: Texts, code: string): string | undefined {
  return Object.hasOwn(texts, code) ? texts[code] : undefined;
}

/** A language with the names and meanings of a plan's own risk tiers in it. */
export function withTiers<W extends Words>(words: W, { risk }: Pick<Plan, 'risk'>): W {
  const own = (of: (tier: Plan['risk']['tiers'][number]) => string | undefined) =>
    Object.fromEntries(
      risk.tiers.flatMap((tier) => {
        const text = of(tier);
        return text === undefined ? [] : [[tier.name, text] as const];
      }),
    );
  const { name } = words;
  return {
    ...words,
    tiers: { ...words.tiers, ...own((tier) => tier.names?.[name]) },
    meanings: { ...words.meanings, ...own((tier) => tier.meanings?.[name] ?? tier.meaning) },
  };
}
