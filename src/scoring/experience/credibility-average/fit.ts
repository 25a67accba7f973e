import { isoFromDay, monthsBetween } from '../../../base/calendar.js';
import { sum } from '../../../base/columns.js';
import { MisuseError } from '../../../base/errors.js';
import { evaluate } from '../../../formulas/expression.js';
import type { PastDay, Table } from '../../../indicators/table.js';
import type { CredibilityAverageParameters, YearWeights } from '../../../model/model.js';
import { segmentRelativity } from '../complement.js';
import { gammaQuantiles } from '../gamma-curve.js';
import type { Hierarchical } from '../hierarchical.js';
import { lossSegments } from '../loss-ratio.js';
import type { Experience, Fitted } from '../method.js';
import { fitYears, yearColumns } from '../years.js';
import { candidates } from './candidates.js';
import { bookScale, type Experienced, lossShares } from './claims-index.js';
import { varianceAcrossYears } from './differences.js';
import { experiencedFormulas, relativityFormulas } from './formulas.js';
import { learn } from './learn.js';
import { claimsForHalfOf, shareNotLearnt } from './not-learnt.js';
import { type Pair, pairOf } from './pairs.js';

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
  const { table, plan, collectiveLossRatio, years } = experience;
  const segments = experience.segment && lossSegments(experience);
  const relativities = relativitiesOf(segments, experience.segment, table.length);
  const all = experiencedOf(table, years, relativities);
  const { rows, experienced } = known(all);
  const tail = (1 - plan.experience.interval) / 2;
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
  const least = Math.max(
    table.past ? varianceAcrossYears(table.past.years) : 0,
    learnt ? 0 : 1 / half,
  );
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
  { table, years }: Experience,
  parameters: CredibilityAverageParameters,
  known: { rows: Uint32Array; relativities: Float64Array; least: number },
): Pick<CredibilityAverageParameters, 'spread' | 'varianceFactor'> {
  const { relativity: all, credibility: given } = evaluate(
    [...experiencedFormulas(years), ...relativityFormulas(parameters)],
    { ...inputsOf(table, years), segment_relativity: known.relativities },
    table.length,
    ['relativity', 'credibility'],
  );
  const of = (column: Float64Array) => Float64Array.from(known.rows, (row) => column[row]);
  const premium = of(table.columns.earned_premium);
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
  return (experience.table.past?.days ?? []).flatMap((past) => {
    const pair = pastPair(experience, past);
    return pair ? [{ asOf: isoFromDay(past.asOf), pair }] : [];
  });
}

function pastPair(experience: Experience, past: PastDay): Pair | undefined {
  const { table, plan, years: weights, segment } = experience;
  const apart = weights !== undefined || segment !== undefined;
  if (apart && past.cells.years < (table.cells?.years ?? 1)) {
    throw new MisuseError(
      'calibrate: the plan weighs experience years or segments, for which the past must be known by year; measure with indicators(book, { asOf, plan }) under the same plan',
    );
  }
  const { cells, length, next } = past;
  const total = (column: Float64Array) =>
    Float64Array.from({ length }, (_, row) =>
      sum(column.subarray(row * cells.years, (row + 1) * cells.years)),
    );
  const then: Table = {
    ...table,
    cells,
    length,
    columns: {
      exposure_years: total(cells.exposureYears),
      earned_premium: total(cells.earnedPremium),
      claim_count: total(cells.claimCount),
      capped_loss: total(cells.cappedLoss),
    },
  };
  // Yearly sums are as they were taken; what is known of dated claims stops at the past day.
  const taken = table.losses.single ? past.asOf : (table.valuedAt ?? table.asOf ?? past.asOf);
  const years = weights && fitYears(then, monthsBetween(past.asOf, taken), plan);
  const codes = segment && past.row.map((row) => (row < 0 ? -1 : segment[row]));
  const found =
    codes &&
    lossSegments({ ...experience, table: then, lossLevels: years?.losses, segment: codes });
  const relativities = relativitiesOf(found, codes, length);
  return pairOf(experiencedOf(then, years, relativities), {
    ...next,
    premium: next.premium.map((premium, row) => premium * relativities[row]),
  });
}

/** How each customer's segment relates to the book in losses; 1 without segments. */
function relativitiesOf(
  segments: Hierarchical | undefined,
  codes: Int32Array | undefined,
  length: number,
): Float64Array {
  return Float64Array.from({ length }, (_, row) =>
    segments && codes ? segmentRelativity(segments, codes[row]) : 1,
  );
}

/** Experience whose years are alike, and whose cover is that of an average segment. */
function experiencedOf(
  table: Table,
  years: YearWeights | undefined,
  relativities: Float64Array,
): Experienced {
  const names = ['weighted_claims', 'weighted_base', 'weighted_exposure', 'comparable_loss'];
  const { weighted_claims, weighted_base, weighted_exposure, comparable_loss } = evaluate(
    experiencedFormulas(years),
    inputsOf(table, years),
    table.length,
    names,
  );
  return {
    claims: weighted_claims,
    losses: comparable_loss,
    premium: weighted_base.map((value, row) => value * relativities[row]),
    exposureYears: weighted_exposure.map((value, row) => value * relativities[row]),
  };
}

const inputsOf = (table: Table, years: YearWeights | undefined) => ({
  ...table.columns,
  ...(years ? yearColumns(table) : {}),
});

/** The customers with premium and cover to set claims against. */
function known({ premium, exposureYears, claims, losses }: Experienced) {
  const rows = Uint32Array.from(premium.keys()).filter(
    (row) => premium[row] > 0 && exposureYears[row] > 0 && claims[row] >= 0,
  );
  const of = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]);
  return {
    rows,
    experienced: {
      premium: of(premium),
      exposureYears: of(exposureYears),
      claims: of(claims),
      losses: of(losses),
    },
  };
}

function notesOn(claimsPerPremium: number, lossRatio: number, learnt: boolean): string[] {
  if (!(claimsPerPremium > 0))
    return ['the book has no claims: nothing can be expected of anybody'];
  if (!(lossRatio > 0)) {
    return ['losses do not come to more than 0: nothing can be told of anybody'];
  }
  return learnt
    ? []
    : [
        'the book shows no past year to learn from: what own claims count for was not learnt, but taken as half of what their number alone would say',
      ];
}
