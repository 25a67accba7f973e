import * as z from 'zod/mini';
import { sum } from '../base/columns.js';
import { gammaQuantile, normalQuantile } from '../base/distributions.js';
import type { Note, NoteWordings } from '../base/note.js';
import type { Formula, NamedFormula } from '../formulas/expression.js';
import { type Hierarchical, hierarchical, hierarchicalNotes } from './hierarchical.js';
import { lossSegments } from './loss-ratio.js';
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
import { relativityVariance } from './poisson-gamma.js';

const tableClaims = 40;

export const frequencySchema = z.strictObject({
  method: z.literal('frequency'),
  base: z.enum(bases),
  /** Loss ratio of the whole book: Σ incurred ÷ Σ earned premium, levelled where years weigh apart. */
  collectiveLossRatio: z.number(),
  /** Claims of the whole book per unit of the base. */
  claimsPerBase: nonNegative,
  /** Variance of the customers' true relativities; 0 where they do not differ measurably. */
  relativityVariance: nonNegative,
  /** The interval's ends at 0, 1, 2 … claims: variance × quantile of a gamma, before ÷ (1 + …). */
  lowAtClaims: z.array(nonNegative).check(z.minLength(1)),
  highAtClaims: z.array(nonNegative).check(z.minLength(1)),
  /** The normal quantile at the interval's upper end, for claims beyond the table. */
  normalQuantile: nonNegative,
  notes: notesSchema,
});
type FrequencyParameters = z.output<typeof frequencySchema>;

/**
 * Claim counts against what the book's rate would give (Poisson–gamma): relativity
 * = (1 + v × claims) ÷ (1 + v × expected claims), with v the variance of true relativities by maximum
 * likelihood, and expected loss ratio = the book's × relativity. Credibility
 * = v × expected claims ÷ (1 + v × expected claims). The interval holds the true relativity with the
 * plan's probability, given v: quantiles of the gamma posterior. It says nothing of claim sizes.
 *
 * Source: Bühlmann and Gisler (2005), ch. 2.4; Lemaire, *Bonus-Malus Systems* (1995), ch. 4.
 */
export function fitFrequency(experience: Experience): Fitted<FrequencyParameters> {
  const { columns, settings, collectiveLossRatio, base: levelled, segment } = experience;
  const { base, interval } = settings;
  const rated = [...levelled.keys()].filter(
    (row) => levelled[row] > 0 && columns.claim_count[row] >= 0,
  );
  const counts = Float64Array.from(rated, (row) => columns.claim_count[row]);
  const exposed = Float64Array.from(rated, (row) => levelled[row]);
  const claims = sum(counts);
  const claimsPerBase = claims === 0 ? 0 : claims / sum(exposed);
  const expected = exposed.map((value) => value * claimsPerBase);
  const notes: Note[] = [];
  let claimSegments: Hierarchical | undefined;
  let segments: Hierarchical | undefined;
  let variance = 0;
  if (claims === 0) notes.push({ code: 'no-claims' });
  else if (!(collectiveLossRatio > 0)) {
    notes.push({ code: 'no-losses' });
  } else {
    if (segment) {
      const codes = Int32Array.from(rated, (row) => segment[row]);
      claimSegments = countSegments(counts, expected, codes);
      notes.push(...claimSegments.notes);
      for (const [k, code] of codes.entries()) {
        expected[k] *= segmentRelativity(claimSegments, code) || 1;
      }
      // What a segment claims is no loss ratio: its claims may be small, its premium may allow for it.
      segments = lossSegments(experience) ?? claimSegments;
    }
    variance = relativityVariance(counts, expected);
    if (variance === 0) notes.push({ code: 'counts-alike' });
  }
  const tail = (1 - interval) / 2;
  const parameters: FrequencyParameters = {
    method: 'frequency',
    base,
    collectiveLossRatio,
    claimsPerBase,
    relativityVariance: variance,
    lowAtClaims: quantilesAtClaims(tail, variance),
    highAtClaims: quantilesAtClaims(1 - tail, variance),
    normalQuantile: normalQuantile(1 - tail),
    notes,
  };
  return { parameters, segments, claimSegments };
}

/** The formulas of the expected loss ratio by claim counts. */
function frequencyFormulas(parameters: FrequencyParameters, balance: number): NamedFormula[] {
  const { relativityVariance: variance } = parameters;
  const level: Formula = ['*', parameters.collectiveLossRatio * balance, 'segment_relativity'];
  const bound = (table: readonly number[], quantile: number): Formula => [
    '*',
    level,
    [
      '/',
      [
        'case',
        ['<=', 'weighted_claims', table.length - 1],
        ['lookup', 'weighted_claims', ...table],
        beyondTable(variance, quantile),
      ],
      weight(variance),
    ],
  ];
  // Customers that do not differ measurably have no interval: one point would claim certainty.
  const interval = (value: Formula) => (variance === 0 ? nothing : withPremium(value));
  return [
    ...countFormulas(parameters),
    { name: 'prior_loss_ratio', formula: level },
    {
      name: 'expected_loss_ratio',
      formula: withPremium(['*', level, 'count_relativity']),
    },
    {
      name: 'expected_low',
      formula: interval(bound(parameters.lowAtClaims, -parameters.normalQuantile)),
    },
    {
      name: 'expected_high',
      formula: interval(bound(parameters.highAtClaims, parameters.normalQuantile)),
    },
    probabilityAbove(variance === 0 ? undefined : ['/', surprise(variance), variance]),
  ];
}

/** 1 + variance × claims, and 1 + variance × expected claims: their ratio is the relativity. */
const surprise = (variance: number): Formula => ['+', 1, ['*', variance, 'weighted_claims']];
const weight = (variance: number): Formula => ['+', 1, ['*', variance, 'weighted_expected']];

/** What claim counts say, for the methods that rest on them: relativity within the segment, and Z. */
export function countFormulas({
  claimsPerBase,
  relativityVariance: variance,
}: FrequencyParameters): NamedFormula[] {
  const expected = (base: string): Formula => ['*', ['*', claimsPerBase, base], 'segment_claims'];
  return [
    { name: 'expected_claims', formula: expected('levelled_base') },
    { name: 'weighted_expected', formula: expected('weighted_base') },
    { name: 'count_relativity', formula: ['/', surprise(variance), weight(variance)] },
    {
      name: 'credibility',
      formula: ['/', ['*', variance, 'weighted_expected'], weight(variance)],
    },
  ];
}

/** Segments by their claims ÷ expected claims; of a Poisson count the variance within is known: 1. */
function countSegments(
  counts: Float64Array,
  base: Float64Array,
  segment: Int32Array,
): Hierarchical {
  const scale = sum(counts) / sum(base);
  const expected = base.map((value) => value * scale);
  return hierarchical(
    {
      customer: Int32Array.from(counts.keys()),
      ratio: counts.map((count, k) => (expected[k] > 0 ? count / expected[k] : 0)),
      weight: expected,
      segment,
    },
    { withinVariance: 1 },
  );
}

/** variance × the gamma quantile of shape 1 ÷ variance + n, for n = 0, 1, 2 … claims. */
function quantilesAtClaims(p: number, variance: number): number[] {
  return Array.from({ length: tableClaims + 1 }, (_, claims) =>
    variance === 0 ? 1 : variance * gammaQuantile(p, 1 / variance + claims),
  );
}

/** Wilson and Hilferty's approximation (1931), within 1 in 5,000 at 40 claims and better beyond. */
function beyondTable(variance: number, quantile: number): Formula {
  const correction: Formula = ['/', variance, ['*', 9, surprise(variance)]];
  const root: Formula = ['+', ['-', 1, correction], ['*', quantile, ['sqrt', correction]]];
  return ['*', surprise(variance), root, root, root];
}

/** The sentences of its notes. */
export const frequencyNotes: NoteWordings = {
  ...hierarchicalNotes,
  'no-claims': () => 'the book has no claims: nothing can be expected of anybody',
  'no-losses': () => 'losses do not come to more than 0: nothing can be told of anybody',
  'counts-alike': () =>
    'claim counts vary no more than chance: customers do not differ measurably, no credibility is given',
};

/** The method by claim counts. */
export const frequency = {
  name: 'frequency',
  bases: ['exposure_years', 'earned_premium'],
  needsYears: false,
  countsOnly: true,
  schema: frequencySchema,
  formulas: frequencyFormulas,
} as const satisfies Method<FrequencyParameters>;
