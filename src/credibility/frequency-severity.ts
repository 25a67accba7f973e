import * as z from 'zod/mini';
import { sum } from '../base/columns.js';
import { gammaQuantile } from '../base/distributions.js';
import { type NoteWordings, notesAbout } from '../base/note.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import { buhlmannStraub, buhlmannStraubNotes } from './buhlmann-straub.js';
import {
  countFormulas,
  fitFrequency,
  frequency,
  frequencyNotes,
  frequencySchema,
} from './frequency.js';
import { hierarchical } from './hierarchical.js';
import {
  bases,
  type Experience,
  type Fitted,
  type Method,
  nonNegative,
  notes as notesSchema,
  nothing,
  probabilityAbove,
  segmentRelativity,
  withPremium,
} from './method.js';

/** The interval's table: variations (standard deviation ÷ mean) 0, 0.05, 0.10 … 2.25. */
const variationStep = 0.05;
const variationSteps = 45;
const byVariation = z.array(nonNegative).check(z.length(variationSteps + 1));

const frequencySeveritySchema = z.strictObject({
  method: z.literal('frequency-severity'),
  base: z.enum(bases),
  /** Of counts alone. */
  frequency: frequencySchema,
  /** Mean capped loss of a claim, over the whole book. */
  severity: nonNegative,
  /** Variances of mean severities between customers, and of a claim within, ÷ severity². */
  betweenVariance: nonNegative,
  withinVariance: nonNegative,
  /** The interval's ends ÷ the expected loss ratio, by variation in steps of 0.05. */
  lowByVariation: byVariation,
  highByVariation: byVariation,
  notes: notesSchema,
});
type FrequencySeverityParameters = z.output<typeof frequencySeveritySchema>;

/**
 * Claim counts as in `frequency`, times the relativity of the customer's mean capped claim, with a
 * credibility of its own (Bühlmann–Straub on mean claims by year, weights = claims): severity
 * relativity = 1 + Z × (own mean ÷ the book's − 1), Z = claims ÷ (claims + within ÷ between). Counts
 * and sizes are taken as independent given the customer. The interval is that of a gamma variable
 * of the same mean and variance.
 *
 * Source: Bühlmann and Gisler (2005), ch. 4.11 (frequency and severity apart).
 */
export function fitFrequencySeverity(experience: Experience): Fitted<FrequencySeverityParameters> {
  const { parameters: counts, segments, claimSegments } = fitFrequency(experience);
  const { columns, settings } = experience;
  const claims = sum(columns.claim_count);
  const capped = sum(columns.capped_loss);
  const severity = claims > 0 && capped > 0 ? capped / claims : 0;
  const sizes = severityVariances(experience, severity);
  const tail = (1 - settings.interval) / 2;
  const parameters: FrequencySeverityParameters = {
    method: 'frequency-severity',
    base: counts.base,
    frequency: counts,
    severity,
    // Beyond this a further small claim would lower the mean more than it raises the count.
    betweenVariance: Math.min(
      sizes.betweenVariance,
      counts.relativityVariance * sizes.withinVariance,
    ),
    withinVariance: sizes.withinVariance,
    lowByVariation: quantilesByVariation(tail),
    highByVariation: quantilesByVariation(1 - tail),
    notes: [...counts.notes, ...sizes.notes.map(({ code }) => ({ code: `sizes-${code}` }))],
  };
  return { parameters, segments, claimSegments, severitySegments: sizes.segments };
}

/** The formulas of the expected loss ratio by claim counts and sizes. */
function frequencySeverityFormulas(
  parameters: FrequencySeverityParameters,
  balance: number,
): NamedFormula[] {
  const { frequency: counts, severity, betweenVariance, withinVariance, ...tables } = parameters;
  const differ = betweenVariance > 0 && severity > 0;
  const weighted: Formula = ['*', betweenVariance, 'weighted_claims'];
  const own: Formula = [
    '/',
    ['/', 'weighted_loss', 'weighted_claims'],
    ['*', severity, 'segment_severity'],
  ];
  const { relativityVariance } = counts;
  const level: Formula = ['*', counts.collectiveLossRatio * balance, 'segment_relativity'];
  // Squared variations of independent factors: (1 + a)(1 + b) − 1.
  const countVariation: Formula = [
    '/',
    relativityVariance,
    ['+', 1, ['*', relativityVariance, 'weighted_claims']],
  ];
  const sizeVariation: Formula = differ
    ? [
        '/',
        ['*', betweenVariance, ['-', 1, 'severity_credibility']],
        ['*', 'severity_relativity', 'severity_relativity'],
      ]
    : 0;
  const step: Formula = ['/', ['sqrt', 'squared_variation'], variationStep];
  // Where nothing varies there is no interval: one point would claim certainty.
  const bound = (table: readonly number[]): Formula => [
    'case',
    ['>', 'squared_variation', 0],
    ['*', 'expected_loss_ratio', ['lookup', ['least', variationSteps, step], ...table]],
    nothing,
  ];
  return [
    ...countFormulas(counts),
    {
      name: 'severity_credibility',
      formula: differ
        ? ['case', ['>', 'weighted_claims', 0], ['/', weighted, ['+', weighted, withinVariance]], 0]
        : 0,
    },
    {
      name: 'severity_relativity',
      formula: differ
        ? [
            'case',
            ['>', 'weighted_claims', 0],
            ['greatest', 0.01, ['+', 1, ['*', 'severity_credibility', ['-', own, 1]]]],
            1,
          ]
        : 1,
    },
    {
      name: 'squared_variation',
      formula: ['-', ['*', ['+', 1, countVariation], ['+', 1, sizeVariation]], 1],
    },
    { name: 'prior_loss_ratio', formula: level },
    {
      name: 'expected_loss_ratio',
      formula: withPremium(['*', level, ['*', 'count_relativity', 'severity_relativity']]),
    },
    { name: 'expected_low', formula: bound(tables.lowByVariation) },
    { name: 'expected_high', formula: bound(tables.highByVariation) },
    probabilityAbove(['/', 1, 'squared_variation']),
  ];
}

/**
 * Variances of mean claims, relative to the book's (or the segment's, which is then given too): between
 * customers, and of one claim within.
 */
function severityVariances({ cells, segment }: Experience, severity: number) {
  const none = { betweenVariance: 0, withinVariance: 0, segments: undefined };
  if (severity === 0) return { ...none, notes: [{ code: 'none' }] };
  if (!cells) {
    return { ...none, notes: [{ code: 'without-years' }] };
  }
  const customer = Int32Array.from(cells.claimCount, (_, cell) => Math.floor(cell / cells.years));
  const ratio = cells.claimCount.map((claims, cell) =>
    claims > 0 ? cells.cappedLoss[cell] / claims / severity : 0,
  );
  const weight = cells.claimCount;
  const grouped = segment ? hierarchical({ customer, ratio, weight, segment }) : undefined;
  const segments = grouped && grouped.collective > 0 ? grouped : undefined;
  const { betweenVariance, withinVariance, notes } = buhlmannStraub({
    customer,
    ratio: ratio.map((value, cell) =>
      segments && segment
        ? value / (segmentRelativity(segments, segment[customer[cell]]) || 1)
        : value,
    ),
    weight,
  });
  return { betweenVariance, withinVariance, segments, notes };
}

/** Quantile ÷ mean of a gamma variable, at variations 0, 0.05, 0.10 … */
function quantilesByVariation(p: number): number[] {
  return Array.from({ length: variationSteps + 1 }, (_, step) => {
    const shape = 1 / (step * variationStep) ** 2;
    return step === 0 ? 1 : gammaQuantile(p, shape) / shape;
  });
}

/** Of claim sizes, as of whole losses. */
const sizeNotes: NoteWordings = {
  ...buhlmannStraubNotes,
  none: () => 'there are none to compare',
  'without-years': () => 'they need figures by year, which ready indicators lack',
};

/** The sentences of its notes. */
export const frequencySeverityNotes: NoteWordings = {
  ...frequencyNotes,
  ...notesAbout('sizes', sizeNotes, () => 'claim sizes'),
};

/** The method by claim counts and sizes. */
export const frequencySeverity = {
  ...frequency,
  name: 'frequency-severity',
  countsOnly: false,
  schema: frequencySeveritySchema,
  formulas: frequencySeverityFormulas,
} as const satisfies Method<FrequencySeverityParameters>;
