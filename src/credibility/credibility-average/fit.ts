import { isoFromDay } from '../../base/calendar.js';
import { sum } from '../../base/columns.js';
import type { Note } from '../../base/note.js';
import { evaluate } from '../../formulas/evaluate.js';
import { gammaQuantiles } from '../gamma-curve.js';
import { lossSegments } from '../loss-ratio.js';
import { type Experience, type Fitted, type PastExperience } from '../method.js';
import { candidates } from './candidates.js';
import { bookScale, lossShares } from './claims-index.js';
import { varianceAcrossYears } from './differences.js';
import { experiencedOf, formulasOf, inputsOf, known, relativitiesOf } from './experienced.js';
import { relativityFormulas } from './formulas.js';
import { learn } from './learn.js';
import { claimsForHalfOf, shareNotLearnt } from './not-learnt.js';
import { type Pair, pairOf } from './pairs.js';
import type { CredibilityAverageParameters } from './parameters.js';

/** Formulas of less weight than this are left out. */
const minWeight = 1e-6;
/** True relativities differ at least so much more than those that can be told. */
const minSpreadRatio = 1.02;

/**
 * An average of credibility formulas, from "counts claims" to "weighs losses", by premium and by
 * cover, with little and with much credibility, and "no difference" among them: each has the weight
 * that it earned by foretelling, before past days of the same book, who cost more in the year after.
 * Expected loss ratio = the book's × relativity; the interval is that of a gamma variable with the
 * variance that is left of how much customers truly differ. Where the past is too short to learn from,
 * half the way from the book to the Poisson–gamma relativity, and said so.
 *
 * Source: the formulas are those of Bühlmann and Straub (1970) on claims; their weights follow Akaike
 * (1978); how much customers differ is taken from their years' products, as in credibility regression.
 */
export function fitCredibilityAverage(
  experience: Experience,
): Fitted<CredibilityAverageParameters> {
  const { columns, settings, collectiveLossRatio, past } = experience;
  const { length } = columns.earned_premium;
  const segments = experience.segment && lossSegments(experience);
  const relativities = relativitiesOf(segments, experience.segment, length);
  const all = experiencedOf(experience, relativities);
  const { rows, experienced } = known(all);
  const tail = (1 - settings.interval) / 2;
  const scale = bookScale(experienced);
  const nothingKnown = !(scale.claimsPerPremium > 0 && collectiveLossRatio > 0);
  const expected = experienced.premium.map((premium) => premium * scale.claimsPerPremium);
  const pairs = nothingKnown ? [] : pairsOf(experience);
  const learnt = pairs.length > 0 ? learn(pairs.map(({ pair }) => pair)) : undefined;
  const half = learnt || nothingKnown ? 0 : claimsForHalfOf(experienced.claims, expected);
  const weighed = learnt
    ? weighedFormulas(learnt.weights, scale.indexFactors)
    : { formulas: nothingKnown ? [] : [notLearnt(half)], noDifference: shareNotLearnt };
  const rated: CredibilityAverageParameters = {
    method: 'credibility-average',
    base: 'earned_premium',
    collectiveLossRatio,
    claimsPerPremium: scale.claimsPerPremium || 0,
    claimsPerExposure: scale.claimsPerExposure || 0,
    severity: scale.severity,
    ...weighed,
    learnt: learnt
      ? {
          pairs: pairs.map(({ asOf, pair: { customers, claims } }) => ({
            asOf,
            customers,
            claims,
          })),
          scores: [...learnt.scores],
          dispersion: learnt.dispersion,
        }
      : null,
    spread: { trueVariance: 0, expectedVariance: 0 },
    varianceFactor: 0,
    lowByVariation: gammaQuantiles(tail),
    highByVariation: gammaQuantiles(1 - tail),
    notes: notesOn(scale.claimsPerPremium, collectiveLossRatio, learnt !== undefined),
  };
  if (nothingKnown) return { parameters: rated, segments };
  const least = Math.max(past ? varianceAcrossYears(past.years) : 0, learnt ? 0 : 1 / half);
  return {
    parameters: { ...rated, ...spreadOf(experience, rated, { rows, relativities, least }) },
    segments,
  };
}

/** The formulas that carry weight; "no difference" apart. */
function weighedFormulas(weights: Float64Array, indexFactors: readonly number[]) {
  const formulas = candidates.flatMap((candidate, k) =>
    weights[k] > minWeight
      ? [
          {
            ...candidate,
            indexFactor: indexFactors[lossShares.findIndex((at) => at === candidate.lossShare)],
            weight: weights[k],
          },
        ]
      : [],
  );
  const none = weights[candidates.length];
  return { formulas, noDifference: none > minWeight ? none : 0 };
}

const notLearnt = (claimsForHalf: number) => ({
  base: 'earned_premium' as const,
  lossShare: 0,
  indexFactor: 1,
  claimsForHalf,
  weight: 1 - shareNotLearnt,
});

/**
 * How much customers truly differ: at least as much as their years show together, and as what can be
 * told of them suggests. What the relativities do not tell is left to the customers by
 * relativity^1.5 × (1 − credibility).
 */
function spreadOf(
  experience: Experience,
  parameters: CredibilityAverageParameters,
  known: { rows: Uint32Array; relativities: Float64Array; least: number },
): Pick<CredibilityAverageParameters, 'spread' | 'varianceFactor'> {
  const { relativity: all, credibility: given } = evaluate(
    [...formulasOf(experience), ...relativityFormulas(parameters)],
    { ...inputsOf(experience), segment_relativity: known.relativities },
    known.relativities.length,
    ['relativity', 'credibility'],
  );
  const of = (column: Float64Array) => Float64Array.from(known.rows, (row) => column[row]);
  const premium = of(experience.columns.earned_premium);
  const total = sum(premium);
  const mean = (value: (k: number) => number) =>
    sum(premium.map((weight, k) => weight * value(k))) / total;
  const [raw, credibility, segment] = [of(all), of(given), of(known.relativities)];
  const balance = 1 / mean((k) => raw[k] * segment[k]);
  const relativity = raw.map((value) => value * balance);
  const expectedVariance = mean((k) => (relativity[k] - 1) ** 2);
  const told = mean((k) => credibility[k]);
  const suggested = told > 1e-6 ? expectedVariance / told : 0;
  const trueVariance = Math.max(suggested, known.least, minSpreadRatio * expectedVariance);
  const left = mean((k) => relativity[k] ** 1.5 * (1 - credibility[k]));
  return {
    spread: { trueVariance, expectedVariance },
    varianceFactor: left > 0 ? Math.max(0, trueVariance - expectedVariance) / left : 0,
  };
}

/** The past days that show enough to learn from, the latest first. */
function pairsOf(experience: Experience): { asOf: string; pair: Pair }[] {
  return (experience.past?.days ?? []).flatMap((past) => {
    const pair = pastPair(experience, past);
    return pair ? [{ asOf: isoFromDay(past.asOf), pair }] : [];
  });
}

function pastPair(
  { segment, ...experience }: Experience,
  { cells, length, next, row, weights }: PastExperience['days'][number],
): Pair | undefined {
  const total = (column: Float64Array) =>
    Float64Array.from({ length }, (_, at) =>
      sum(column.subarray(at * cells.years, (at + 1) * cells.years)),
    );
  const columns = {
    exposure_years: total(cells.exposureYears),
    earned_premium: total(cells.earnedPremium),
    claim_count: total(cells.claimCount),
    capped_loss: total(cells.cappedLoss),
  };
  const codes = segment && row.map((at) => (at < 0 ? -1 : segment[at]));
  const then = {
    ...{ ...experience, columns, cells, years: weights },
    ...{ lossLevels: weights?.losses, segment: codes },
  };
  const relativities = relativitiesOf(codes && lossSegments(then), codes, length);
  return pairOf(experiencedOf(then, relativities), {
    ...next,
    premium: next.premium.map((premium, at) => premium * relativities[at]),
  });
}

function notesOn(claimsPerPremium: number, lossRatio: number, learnt: boolean): Note[] {
  if (!(claimsPerPremium > 0)) return [{ code: 'no-claims' }];
  if (!(lossRatio > 0)) return [{ code: 'no-losses' }];
  return learnt ? [] : [{ code: 'not-learnt' }];
}
