import type { Formula, NamedFormula } from '../../formulas/expression.js';
import { gammaQuantileAt } from '../gamma-curve.js';
import type { YearWeights } from '../method.js';
import { nothing, probabilityAbove, withPremium } from '../method.js';
import { weighed } from '../years.js';
import { candidateBases } from './candidates.js';
import { claimsForSizes } from './claims-index.js';
import type { CredibilityAverageParameters } from './parameters.js';

/** The formulas of what a customer went through, its years made alike. */
export function experiencedFormulas(years: YearWeights | undefined): NamedFormula[] {
  const { fade, claims, losses } = years ?? {};
  const cover = fade && claims ? fade.map((weight, year) => weight * claims[year]) : undefined;
  // Losses are known later than claims: they are brought to the part of cover that claims are set against.
  const loss =
    cover && losses
      ? cover.map((weight, year) => (losses[year] > 0 ? weight / losses[year] : weight))
      : undefined;
  return [
    { name: 'weighted_exposure', formula: weighed('exposure_years', cover) },
    { name: 'comparable_loss', formula: ['greatest', 0, weighed('capped_loss', loss)] },
  ];
}

/** A customer's relativity to the book (its segment) before balancing, and the credibility in it. */
export function relativityFormulas(parameters: CredibilityAverageParameters): NamedFormula[] {
  const { claimsPerPremium, claimsPerExposure, severity, learnt } = parameters;
  const expected = (rate: number, base: string): Formula => [
    '*',
    ['*', rate, base],
    'segment_relativity',
  ];
  return [
    { name: 'expected_claims', formula: expected(claimsPerPremium, 'levelled_base') },
    { name: 'claims_by_premium', formula: expected(claimsPerPremium, 'weighted_base') },
    { name: 'claims_by_cover', formula: expected(claimsPerExposure, 'weighted_exposure') },
    {
      name: 'sized_claims',
      formula: learnt && severity > 0 ? ['/', 'comparable_loss', severity] : 'weighted_claims',
    },
    {
      name: 'toward_count',
      formula: [
        '*',
        ['/', claimsForSizes, ['+', 'weighted_claims', claimsForSizes]],
        ['-', 'weighted_claims', 'sized_claims'],
      ],
    },
    // By premium both bases count, each by its root: premium for what is expected, cover for its weight.
    {
      name: 'claims_by_both',
      formula: learnt
        ? ['sqrt', ['*', 'claims_by_premium', 'claims_by_cover']]
        : 'claims_by_premium',
    },
    ...averageFormulas(parameters),
  ];
}

/** Σ weight × relativity and Σ weight × credibility over the formulas, those of one Z together. */
function averageFormulas({ formulas, noDifference }: CredibilityAverageParameters): NamedFormula[] {
  const parts = candidateBases.flatMap((base) =>
    [...new Set(formulas.map(({ claimsForHalf }) => claimsForHalf))].flatMap((claimsForHalf) => {
      const group = formulas.filter(
        (formula) => formula.base === base && formula.claimsForHalf === claimsForHalf,
      );
      return group.length === 0 ? [] : [groupFormulas(group, base, claimsForHalf)];
    }),
  );
  const total = formulas.reduce((all, { weight }) => all + weight, noDifference);
  const covered = (value: Formula, otherwise: Formula): Formula => [
    'case',
    ['>', 'claims_by_premium', 0],
    value,
    otherwise,
  ];
  const own = sumOf(parts.map((part) => part.own));
  return [
    {
      name: 'credibility',
      formula: covered(sumOf(parts.map((part) => part.credibility)), ['*', 0, 'earned_premium']),
    },
    { name: 'relativity', formula: covered(['+', 1, ['/', ['-', own, 'credibility'], total]], 1) },
  ];
}

/** Σ weight × Z and Σ weight × Z × index ÷ expected claims, of formulas that share Z. */
function groupFormulas(
  group: CredibilityAverageParameters['formulas'],
  base: (typeof candidateBases)[number],
  claimsForHalf: number,
): { credibility: Formula; own: Formula } {
  const total = (of: (formula: (typeof group)[number]) => number) =>
    group.reduce((all, formula) => all + of(formula), 0);
  const sized = total(({ weight, indexFactor }) => weight * indexFactor);
  const rest = total((one) => one.weight * one.indexFactor * (1 - one.lossShare));
  const set = base === 'earned_premium' ? 'claims_by_both' : 'claims_by_cover';
  const halfAt: Formula = ['+', set, claimsForHalf];
  const index: Formula = ['+', ['*', sized, 'sized_claims'], ['*', rest, 'toward_count']];
  // By cover Z ÷ expected is 1 ÷ (expected + half), which a customer without any cover has, too.
  const own: Formula = ['/', index, halfAt];
  return {
    credibility: ['*', total(({ weight }) => weight), ['/', set, halfAt]],
    own: base === 'earned_premium' ? ['*', ['/', set, 'claims_by_premium'], own] : own,
  };
}

const sumOf = (terms: readonly Formula[]): Formula =>
  terms.length === 0 ? 0 : terms.reduce((all, term) => ['+', all, term]);

/** The formulas of the expected loss ratio by the average of credibility formulas. */
export function credibilityAverageFormulas(
  parameters: CredibilityAverageParameters,
  balance: number,
): NamedFormula[] {
  const { collectiveLossRatio, varianceFactor, lowByVariation, highByVariation } = parameters;
  const level: Formula = ['*', collectiveLossRatio, 'segment_relativity'];
  const known = varianceFactor > 0;
  const bound = (table: readonly number[]): Formula =>
    known ? ['*', 'expected_loss_ratio', gammaQuantileAt('variation', table)] : nothing;
  return [
    ...relativityFormulas(parameters),
    { name: 'balanced_relativity', formula: ['*', balance, 'relativity'] },
    { name: 'prior_loss_ratio', formula: ['*', balance, level] },
    {
      name: 'expected_loss_ratio',
      formula: withPremium(['*', level, 'balanced_relativity']),
    },
    {
      name: 'relativity_variance',
      formula: [
        'greatest',
        1e-10,
        [
          '*',
          ['*', varianceFactor, ['*', 'balanced_relativity', ['sqrt', 'balanced_relativity']]],
          ['-', 1, 'credibility'],
        ],
      ],
    },
    {
      name: 'variation',
      formula: ['/', ['sqrt', 'relativity_variance'], 'balanced_relativity'],
    },
    { name: 'expected_low', formula: bound(lowByVariation) },
    { name: 'expected_high', formula: bound(highByVariation) },
    probabilityAbove(known ? ['/', 1, ['*', 'variation', 'variation']] : undefined),
  ];
}
