import type { Formula, NamedFormula } from '../../formulas/expression.js';
import type { Table } from '../../indicators/table.js';
import type { YearWeights } from '../../model/model.js';
import type { Plan } from '../../plan/plan.js';
import type { Hierarchical } from './hierarchical.js';

/** What a method is fitted on: a table, and what its years and segments were found to weigh. */
export interface Experience {
  readonly table: Table;
  readonly plan: Plan;
  /** The book's loss ratio: Σ incurred ÷ Σ premium, of cover whose losses are known by now. */
  readonly collectiveLossRatio: number;
  /** The cover that claims are set against, levelled by the weights of its years. */
  readonly base: Float64Array;
  /** The weights of experience years, where the plan asks for any. */
  readonly years: YearWeights | undefined;
  /** The weight of each experience year's losses; 1 without any. */
  readonly lossLevels: readonly number[] | undefined;
  /** The segment of each customer, −1 for none; undefined without a complement. */
  readonly segment: Int32Array | undefined;
}

/** What a method measured, and the segments it found where the plan asks for them. */
export interface Fitted<P> {
  readonly parameters: P;
  /** By their losses per premium: what a customer's loss ratio is drawn toward. */
  readonly segments: Hierarchical | undefined;
  /** By their claims per unit of the base, for the methods that rest on counts. */
  readonly claimSegments?: Hierarchical | undefined;
  /** By their mean claim, for the method that rests on sizes. */
  readonly severitySegments?: Hierarchical | undefined;
}

/*
 * A method weighs a customer's experience against the book, by two functions that stand apart, as
 * who only scores needs no fit: the one measures the book, the other turns what was measured into
 * `expected_loss_ratio`, `expected_low`, `expected_high`, `credibility`,
 * `probability_above_permissible` and `prior_loss_ratio`, what is expected without own experience.
 * Its `balance` is what the expected loss ratio is multiplied by, to add up over the book.
 */

/** A value that is always missing. */
export const nothing: Formula = ['/', 0, 0];

/** The value where the customer has premium to set it against, else missing. */
export function withPremium(value: Formula): Formula {
  return ['case', ['>', 'earned_premium', 0], value, nothing];
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
