import * as z from 'zod/mini';
import { type Note, noteSchema } from '../base/note.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import type { Hierarchical } from './hierarchical.js';

/** What expected claims are in proportion to. */
export const bases = ['earned_premium', 'exposure_years'] as const;
export type Base = (typeof bases)[number];

/**
 * Premium, exposure, claims and losses by customer and experience year: the cell of customer i and
 * year y (0 the latest) stands at `i × years + y`.
 */
export interface YearCells {
  readonly years: number;
  readonly exposureYears: Float64Array;
  readonly earnedPremium: Float64Array;
  readonly claimCount: Float64Array;
  /** Losses up to the plan's cap. */
  readonly cappedLoss: Float64Array;
}

/** The weight of each experience year, the latest first. */
export interface YearWeights {
  /** What a year's experience counts for. */
  readonly fade: readonly number[];
  /** The part of a year's claims, and of its losses, that is expected to be known by now. */
  readonly claims: readonly number[];
  readonly losses: readonly number[];
}

/** A past day: the book as it was known then, and what the year after it brought. */
export interface PastDay {
  /** Days since 1970-01-01. */
  readonly asOf: number;
  readonly length: number;
  /** The row of each of its customers in the table; −1 where it is not there any more. */
  readonly row: Int32Array;
  /** Experience of the window before that day: by year where the plan tells years apart, else as one. */
  readonly cells: YearCells;
  /** Of each customer, as known now; losses are not capped. */
  readonly next: {
    readonly premium: Float64Array;
    readonly claims: Float64Array;
    readonly losses: Float64Array;
  };
}

/** What a book's own past can teach: past days, the latest first, and years that reach further back. */
export interface Past<D extends PastDay = PastDay> {
  readonly days: readonly D[];
  readonly years: Pick<YearCells, 'years' | 'earnedPremium' | 'cappedLoss'>;
}

/** The same with what the years of each past day were found to weigh then. */
export type PastExperience = Past<PastDay & { readonly weights: YearWeights | undefined }>;

/** What a method is fitted on: customers' figures, and what their years and segments were found to weigh. */
export interface Experience {
  readonly columns: Readonly<Record<string, Float64Array>>;
  /** Figures by experience year; there are some where a method says that it needs them. */
  readonly cells: YearCells | undefined;
  readonly settings: {
    readonly base: Base;
    readonly estimator: 'unbiased' | 'iterative';
    /** Probability of the interval around the expected loss ratio. */
    readonly interval: number;
  };
  /** The book's loss ratio: Σ incurred ÷ Σ premium, of cover whose losses are known by now. */
  readonly collectiveLossRatio: number;
  /** The cover that claims are set against, levelled by the weights of its years. */
  readonly base: Float64Array;
  /** The weights of experience years, where the plan asks for any. */
  readonly years: YearWeights | undefined;
  /** What the book's own past shows, where the method learns from it. */
  readonly past: PastExperience | undefined;
  /** The weight of each experience year's losses; 1 without any. */
  readonly lossLevels: readonly number[] | undefined;
  /** The segment of each customer, −1 for none; undefined without a complement. */
  readonly segment: Int32Array | undefined;
}

/** What a method measured, and the segments it found where the plan asks for them. */
export interface Fitted<P> {
  readonly parameters: P;
  /** By their losses per premium: the mean that a customer's loss ratio is weighed against. */
  readonly segments: Hierarchical | undefined;
  /** By their claims per unit of the base, for the methods that rest on counts. */
  readonly claimSegments?: Hierarchical | undefined;
  /** By their mean claim, for the method that rests on sizes. */
  readonly severitySegments?: Hierarchical | undefined;
}

/** What the weight of own experience rests on, where a method learns it from the book. */
export const groundsOfWeight = [
  'counts',
  'mostly-counts',
  'counts-and-sizes',
  'mostly-sizes',
  'no-difference',
  'not-learnt',
] as const;
export type GroundOfWeight = (typeof groundsOfWeight)[number];

/** What the parameters of every method have. */
interface MethodParameters {
  readonly method: string;
  readonly base: Base;
  readonly notes: readonly Note[];
}

/**
 * A way to weigh a customer's experience against the book. A new one is a file that holds this, how it
 * measures a book and the sentences of its notes, and their places in `methods.ts`.
 */
export interface Method<P extends MethodParameters> {
  readonly name: P['method'];
  /** What its expected claims may be in proportion to; `auto` tries all of them. */
  readonly bases: readonly Base[];
  /** Whether it cannot do without figures by experience year, which ready indicators lack. */
  readonly needsYears: boolean;
  /** Whether it learns from past days of the book. */
  readonly learnsFromPast?: true;
  /** Whether claim sizes do not matter: an explanation says so. */
  readonly countsOnly: boolean;
  /** What it measures, as a model keeps it. */
  readonly schema: z.ZodMiniType<P>;
  /**
   * Turns what was measured into `expected_loss_ratio`, `expected_low`, `expected_high`,
   * `credibility`, `expected_claims`, `probability_above_permissible` and `prior_loss_ratio`, what is
   * expected without own experience. Reads what `yearFormulas` and `complementFormulas` give.
   *
   * @param balance multiplies the expected loss ratio, to add up over the book
   */
  formulas(parameters: P, balance: number): NamedFormula[];
  /** What the weight of own experience rests on: an explanation says so. */
  restsOn?(parameters: P): GroundOfWeight;
  /** What it reads of the weights of years besides `yearFormulas`. */
  readonly yearFormulas?: (years: YearWeights | undefined) => NamedFormula[];
}

/** Numbers of 0 or more, as many parameters are. */
export const nonNegative = z.number().check(z.gte(0));
/** Notes, as the parameters of every method have them. */
export const notes = z.array(noteSchema);

/** A value that is always missing. */
export const nothing: Formula = ['/', 0, 0];

/** The value where the customer has premium to set it against, else missing. */
export function withPremium(value: Formula): Formula {
  return ['case', ['>', 'earned_premium', 0], value, nothing];
}

/** The relativity of a segment to the book; 1 where it is not known, or the book has nothing. */
export function segmentRelativity({ collective, segments }: Hierarchical, code: number): number {
  const known = collective > 0 && code >= 0 && code < segments.premiums.length;
  return known ? Math.max(0, segments.premiums[code]) / collective : 1;
}

/**
 * The probability that the true loss ratio is above the permissible one, when it is gamma with the
 * expected loss ratio as its mean and the shape given. Without a shape, or where it is missing (the
 * expected loss ratio is certain, or customers do not differ measurably), that one is above or is not.
 */
export function probabilityAbove(shape: Formula | undefined): NamedFormula {
  const above: Formula = ['>', 'expected_loss_ratio', 'permissible_loss_ratio'];
  const formula: Formula =
    shape === undefined
      ? above
      : [
          'case',
          ['and', ['>', shape, 0], ['>', 'expected_loss_ratio', 0]],
          [
            'gamma-above',
            shape,
            ['/', ['*', shape, 'permissible_loss_ratio'], 'expected_loss_ratio'],
          ],
          above,
        ];
  return { name: 'probability_above_permissible', formula: withPremium(formula) };
}
