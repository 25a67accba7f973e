import * as z from 'zod/mini';
import { sum } from '../base/columns.js';
import { normalQuantile } from '../base/distributions.js';
import type { NoteWordings } from '../base/note.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import { buhlmannStraub, buhlmannStraubNotes, type Panel } from './buhlmann-straub.js';
import { type Hierarchical, hierarchical, hierarchicalNotes } from './hierarchical.js';
import {
  type Experience,
  type Fitted,
  type Method,
  nonNegative,
  notes as notesSchema,
  nothing,
  withPremium,
  type YearCells,
} from './method.js';

const lossRatioSchema = z.strictObject({
  method: z.literal('loss-ratio'),
  base: z.literal('earned_premium'),
  estimator: z.enum(['unbiased', 'iterative']),
  /** The mean that the complement of credibility goes to, of capped losses, and which mean it is. */
  collective: z.number(),
  collectiveMean: z.enum(['credibility-weighted', 'exposure-weighted']),
  betweenVariance: nonNegative,
  withinVariance: nonNegative,
  /** Σ incurred ÷ Σ capped losses: spreads what is above the cap in proportion. */
  excessFactor: z.number(),
  /** The normal quantile at the interval's upper end. */
  normalQuantile: nonNegative,
  notes: notesSchema,
});
type LossRatioParameters = z.output<typeof lossRatioSchema>;

/**
 * Yearly loss ratios weighted by earned premium (Bühlmann–Straub): expected loss ratio
 * = (complement + Z × (own − complement)) × excess factor, Z = premium ÷ (premium + within ÷
 * between). The complement is the book's mean, or the segment's (hierarchical). The interval is
 * normal with variance between × (1 − Z), cut at 0: a rough one, since loss ratios are far from
 * normal.
 *
 * Source: Bühlmann and Gisler (2005), ch. 4 and 6.
 */
export function fitLossRatio(experience: Experience): Fitted<LossRatioParameters> {
  const { columns, cells, settings, segment, collectiveLossRatio } = experience;
  if (!cells) throw new RangeError('loss-ratio: expected figures by year');
  const panel = lossRatioPanel(cells, experience);
  const { estimator } = settings;
  const segments = segmentsOf(panel, experience);
  const fitted = segments
    ? { ...segments, ...customerLevel(segments) }
    : buhlmannStraub(panel, { estimator, tolerance: 1e-13, maxRounds: 10_000 });
  // Segments without losses between them say nothing of the customers that have none.
  const notes =
    segment && !segments ? [...fitted.notes, { code: 'segments-without-losses' }] : fitted.notes;
  const capped = sum(columns.capped_loss);
  const parameters: LossRatioParameters = {
    method: 'loss-ratio',
    base: 'earned_premium',
    estimator,
    collective: fitted.collective,
    collectiveMean: fitted.collectiveMean,
    betweenVariance: fitted.betweenVariance,
    withinVariance: fitted.withinVariance,
    excessFactor: sum(columns.incurred_loss) / capped,
    normalQuantile: normalQuantile(1 - (1 - settings.interval) / 2),
    notes: [...notes],
  };
  if (capped > 0 && fitted.collective > 0) return { parameters, segments };
  const nothingToWeigh = {
    ...parameters,
    collective: collectiveLossRatio,
    betweenVariance: 0,
    excessFactor: 1,
    notes: [{ code: 'no-capped-losses' }],
  };
  return { parameters: nothingToWeigh, segments: undefined };
}

/** The formulas of the expected loss ratio by yearly loss ratios. */
function lossRatioFormulas(
  { collective, betweenVariance, withinVariance, ...parameters }: LossRatioParameters,
  balance: number,
): NamedFormula[] {
  const factor = parameters.excessFactor * balance;
  const complement: Formula = ['*', collective, 'segment_relativity'];
  const own: Formula = ['/', 'weighted_loss', 'weighted_premium'];
  const weighted: Formula = ['*', betweenVariance, 'weighted_premium'];
  const rated = (value: Formula, otherwise: Formula): Formula => [
    'case',
    ['>', 'weighted_premium', 0],
    value,
    otherwise,
  ];
  const deviation: Formula = ['sqrt', ['*', betweenVariance, ['-', 1, 'credibility']]];
  const spread: Formula = ['*', parameters.normalQuantile, factor, deviation];
  // Customers that do not differ measurably, or whose years do not, have no interval: one point
  // would claim certainty.
  const interval = (bound: Formula): Formula => ['case', ['>', deviation, 0], bound, nothing];
  return [
    {
      name: 'credibility',
      formula:
        betweenVariance === 0
          ? ['*', 0, 'earned_premium']
          : rated(['/', weighted, ['+', weighted, withinVariance]], 0),
    },
    { name: 'prior_loss_ratio', formula: ['*', factor, complement] },
    {
      name: 'expected_loss_ratio',
      formula: withPremium([
        '*',
        factor,
        rated(['+', complement, ['*', 'credibility', ['-', own, complement]]], complement),
      ]),
    },
    {
      name: 'expected_low',
      formula: interval([
        'greatest',
        ['least', 0, 'expected_loss_ratio'],
        ['-', 'expected_loss_ratio', spread],
      ]),
    },
    { name: 'expected_high', formula: interval(['+', 'expected_loss_ratio', spread]) },
    probabilityAboveNormal(['*', factor, deviation]),
    { name: 'expected_claims', formula: ['*', 'book_claims_per_premium', 'earned_premium'] },
  ];
}

/** Segments by their capped loss ratios; undefined without years to compare, or without losses. */
export function lossSegments(experience: Experience): Hierarchical | undefined {
  const { cells } = experience;
  if (!cells || !hasTwoYears(cells)) return undefined;
  return segmentsOf(lossRatioPanel(cells, experience), experience);
}

function segmentsOf(panel: Panel, { segment, settings }: Experience): Hierarchical | undefined {
  if (!segment) return undefined;
  const estimator = settings.estimator === 'iterative' ? 'iterative' : 'ohlsson';
  const found = hierarchical({ ...panel, segment }, { estimator });
  return found.collective > 0 ? found : undefined;
}

/** What a hierarchy says of the customers of one segment, in the words of Bühlmann and Straub. */
function customerLevel({ betweenCustomers, betweenSegments }: Hierarchical) {
  const weighted = betweenSegments > 0 || betweenCustomers > 0;
  return {
    betweenVariance: betweenCustomers,
    collectiveMean: weighted ? ('credibility-weighted' as const) : ('exposure-weighted' as const),
  };
}

/** Whether any customer has premium in two years: without, chance cannot be told from difference. */
function hasTwoYears({ years, earnedPremium }: YearCells): boolean {
  let seen = -1;
  for (let cell = 0; cell < earnedPremium.length; cell++) {
    if (!(earnedPremium[cell] > 0)) continue;
    const customer = Math.floor(cell / years);
    if (customer === seen) return true;
    seen = customer;
  }
  return false;
}

/** One observation a customer and experience year; a year's cover is levelled by its weight. */
function lossRatioPanel(
  { years, earnedPremium, cappedLoss }: YearCells,
  { lossLevels }: Experience,
): Panel {
  const weight = lossLevels
    ? earnedPremium.map((premium, cell) => premium * lossLevels[cell % years])
    : earnedPremium;
  return {
    customer: Int32Array.from(weight, (_, cell) => Math.floor(cell / years)),
    ratio: cappedLoss.map((loss, cell) => (weight[cell] > 0 ? loss / weight[cell] : 0)),
    weight,
  };
}

/** P(|Z| above |z|) for a standard normal Z is that of a gamma variable of shape ½ above z² ÷ 2. */
function probabilityAboveNormal(deviation: Formula) {
  const above: Formula = ['>', 'expected_loss_ratio', 'permissible_loss_ratio'];
  const standardized: Formula = [
    '/',
    ['-', 'expected_loss_ratio', 'permissible_loss_ratio'],
    deviation,
  ];
  const halfTail: Formula = [
    '/',
    ['gamma-above', 0.5, ['/', ['*', standardized, standardized], 2]],
    2,
  ];
  const certain: Formula = ['not', ['>', deviation, 0]];
  const formula: Formula = ['case', certain, above, above, ['-', 1, halfTail], halfTail];
  return { name: 'probability_above_permissible', formula: withPremium(formula) };
}

/** The sentences of its notes. */
export const lossRatioNotes: NoteWordings = {
  ...buhlmannStraubNotes,
  ...hierarchicalNotes,
  'segments-without-losses': () => 'no segment has losses',
  'no-capped-losses': () =>
    'the losses that premium stands against do not come to more than 0: nothing can be told of anybody',
};

/** The method by yearly loss ratios. */
export const lossRatio = {
  name: 'loss-ratio',
  bases: ['earned_premium'],
  needsYears: true,
  countsOnly: false,
  schema: lossRatioSchema,
  formulas: lossRatioFormulas,
} as const satisfies Method<LossRatioParameters>;
