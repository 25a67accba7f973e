import { sum } from '../../base/columns.js';
import { MisuseError } from '../../base/errors.js';
import type { Note, NoteWordings } from '../../base/note.js';
import type { RenewalCounts } from '../../indicators/renewals.js';
import { requireCounts } from './kaplan-meier.js';

/**
 * Yearly chances to leave that differ between customers by a beta distribution with these
 * parameters, and stay the same for each: of those who are left, ever more are loyal ones.
 */
export interface BetaGeometric {
  readonly alpha: number;
  readonly beta: number;
}

/** What {@link fitBetaGeometric} gives. */
export interface BetaGeometricFit extends BetaGeometric {
  readonly logLikelihood: number;
  /** Covariance of ln alpha and ln beta, in this order, from the observed information. */
  readonly covariance: Matrix;
  /** How many years of tenure, opportunities to leave and leavers it rests on. */
  readonly years: number;
  readonly opportunities: number;
  readonly left: number;
  /** What was assumed where the counts could not say. */
  readonly note?: Note;
}

/** The sentences of what {@link fitBetaGeometric} assumed. */
export const betaGeometricNotes: NoteWordings = {
  'nobody-left': () => 'nobody left: half a leaver is assumed',
  'everybody-left': () => 'everybody left: half a customer who stayed is assumed',
  'one-tenure': () => 'one year of tenure only: the same chance to leave is assumed in all years',
  'leaving-not-falling': () =>
    'the chance to leave does not fall with tenure: it is the same in all years',
  'no-maximum': () => 'the likelihood has no maximum: alpha or beta is near 0',
};

type Matrix = readonly [readonly [number, number], readonly [number, number]];

/** Of alpha + beta so large, the chance to leave is the same in all years, to four digits or more. */
const constantSize = 1e6;
/** Beyond this alpha + beta the chance to leave falls by less than 0.06 % in sixty years. */
const almostConstant = 1e5;
/** A smaller alpha or beta says no more: hardly anybody leaves later, or all do at once. */
const smallest = 1e-6;

/**
 * The shifted beta-geometric model of retention by maximum likelihood. The chance to leave in year t
 * is alpha ÷ (alpha + beta + t − 1); the log-likelihood Σ over years of left × ln of it +
 * (at risk − left) × ln of (1 − it). For a cohort seen from its first year that is Fader and Hardie's;
 * it stays right for relationships that are seen from a later year on (left truncation).
 *
 * Newton's steps in ln alpha and ln beta, damped so that each raises the likelihood. Where the
 * likelihood has no maximum, a note says what was taken in its place:
 * - chances that do not fall with tenure, or a single year of tenure: one rate for all years, alpha +
 *   beta a million, with the uncertainty of that rate and, from two years on, of its change;
 * - nobody left, or everybody: the same, of half a leaver, or half one who stayed, more;
 * - nobody left but in the first year, or the like: alpha or beta one millionth.
 *
 * How many opportunities are enough is for the caller to say.
 *
 * Source: Fader and Hardie (2007), How to project customer retention, Journal of Interactive
 * Marketing 21 (1), 76–90.
 *
 * @param counts by year of tenure; need not be whole numbers
 * @throws MisuseError when there is no opportunity, or counts are no counts
 * @example
 * ```ts
 * const fit = fitBetaGeometric({ atRisk: [100, 63.1, 46.8, 38.2], left: [36.9, 16.3, 8.6, 5.6] });
 * [fit.alpha, fit.beta].map((value) => value.toFixed(3)); // => ['0.764', '1.296']
 * ```
 */
export function fitBetaGeometric(counts: RenewalCounts): BetaGeometricFit {
  requireCounts(counts, 'fitBetaGeometric');
  const opportunities = sum(counts.atRisk);
  const left = sum(counts.left);
  const years = counts.atRisk.filter((risk) => risk > 0).length;
  if (!(opportunities > 0)) {
    throw new MisuseError('fitBetaGeometric: expected at least one renewal opportunity, got none');
  }
  const about = { years, opportunities, left };
  const withOneRate = (code: string, more = 0): BetaGeometricFit => {
    const rate = (left + more) / (opportunities + 2 * more);
    const model = { alpha: constantSize * rate, beta: constantSize * (1 - rate) };
    const covariance = ofOneRate(counts.atRisk, rate);
    return {
      ...model,
      logLikelihood: logLikelihoodOf(model, counts),
      covariance,
      ...about,
      note: { code },
    };
  };
  if (left === 0) return withOneRate('nobody-left', 0.5);
  if (left === opportunities) return withOneRate('everybody-left', 0.5);
  if (years === 1) return withOneRate('one-tenure');
  // Where one rate for all is left behind as soon as the rates may fall, the likelihood has a peak.
  const mean = left / opportunities;
  const falls = sum(counts.atRisk.map((risk, t) => t * (mean * risk - counts.left[t])));
  if (!(falls > 1e-12 * opportunities)) return withOneRate('leaving-not-falling');

  const { alpha, beta, covariance } = climb(counts, 2 * mean, 2 * (1 - mean));
  if (alpha + beta > almostConstant) return withOneRate('leaving-not-falling');
  const model = { alpha, beta };
  const edge = Math.min(alpha, beta) < smallest * 1.001;
  return {
    ...model,
    logLikelihood: logLikelihoodOf(model, counts),
    covariance,
    ...about,
    ...(edge && { note: { code: 'no-maximum' } }),
  };
}

/**
 * The covariance of ln alpha and ln beta where the same share p leaves in all years: that of p and of
 * 1 ÷ (alpha + beta), by which the chance may fall, from the information expected of the counts, taken
 * over to the logarithms.
 */
function ofOneRate(atRisk: readonly number[], p: number): Matrix {
  const q = 1 - p;
  const n = sum(atRisk);
  const years = sum(atRisk.map((risk, t) => risk * t));
  const squares = sum(atRisk.map((risk, t) => risk * t * t));
  const apart = n * squares - years * years;
  const known = atRisk.filter((risk) => risk > 0).length > 1;
  const ofRate = known ? (p * q * squares) / apart : (p * q) / n;
  const both = known ? (constantSize * q * years) / apart : 0;
  const ofFall = known ? (constantSize * constantSize * q * n) / (p * apart) : 0;
  const across = -ofRate / (p * q) - both / p + both / q + ofFall;
  return [
    [ofRate / (p * p) - (2 * both) / p + ofFall, across],
    [across, ofRate / (q * q) + (2 * both) / q + ofFall],
  ];
}

/** Newton's steps from a first guess to the parameters of the greatest likelihood. */
function climb(counts: RenewalCounts, alpha: number, beta: number) {
  const least = Math.log(smallest);
  let at: readonly [number, number] = [Math.log(alpha), Math.log(beta)];
  let height = logLikelihoodOf({ alpha, beta }, counts);
  let here = slopes(counts, at);
  for (let round = 0; round < 200; round++) {
    const step = newtonStep(here, at, least);
    const length = Math.hypot(...step);
    if (length < 1e-13) break;
    // No further than a factor of about seven at once; then half of it, as long as it leads down.
    let share = Math.min(1, 2 / length);
    let next = at;
    let reached = height;
    for (; share > 1e-12; share /= 2) {
      next = [Math.max(least, at[0] + share * step[0]), Math.max(least, at[1] + share * step[1])];
      reached = logLikelihoodOf({ alpha: Math.exp(next[0]), beta: Math.exp(next[1]) }, counts);
      // Where steps are short, Newton's knows better than the last digits of the likelihood.
      if (reached > height || length < 1e-4) break;
    }
    if (share <= 1e-12) break;
    [at, height] = [next, reached];
    here = slopes(counts, at);
  }
  const { aa, ab, bb } = here;
  const determinant = aa * bb - ab * ab;
  const covariance: Matrix = [
    [-bb / determinant, ab / determinant],
    [ab / determinant, -aa / determinant],
  ];
  return { alpha: Math.exp(at[0]), beta: Math.exp(at[1]), covariance };
}

/** The log-likelihood's derivatives by ln alpha and ln beta: first `a`, `b`, second `aa`, `ab`, `bb`. */
function slopes({ atRisk, left }: RenewalCounts, [logAlpha, logBeta]: readonly [number, number]) {
  const alpha = Math.exp(logAlpha);
  const beta = Math.exp(logBeta);
  let [a, b, aa, ab, bb] = [0, 0, 0, 0, 0];
  for (let t = 0; t < atRisk.length; t++) {
    const leaves = alpha / (alpha + beta + t);
    const ofBeta = beta / (alpha + beta + t);
    const ofStays = beta / (beta + t);
    const stayed = atRisk[t] - left[t];
    a += left[t] - atRisk[t] * leaves;
    b += stayed * ofStays - atRisk[t] * ofBeta;
    aa -= atRisk[t] * leaves * (1 - leaves);
    ab += atRisk[t] * leaves * ofBeta;
    bb += stayed * ofStays * (1 - ofStays) - atRisk[t] * ofBeta * (1 - ofBeta);
  }
  return { a, b, aa, ab, bb };
}

/** Newton's step, toward higher ground also where the likelihood is not concave or ends. */
function newtonStep(
  { a, b, aa, ab, bb }: ReturnType<typeof slopes>,
  at: readonly [number, number],
  least: number,
): readonly [number, number] {
  if (at[0] <= least && a < 0) return [0, b / Math.abs(bb)];
  if (at[1] <= least && b < 0) return [a / Math.abs(aa), 0];
  const largest = (aa + bb) / 2 + Math.hypot((aa - bb) / 2, ab);
  const damping = largest < 0 ? 0 : largest + 1e-3 * Math.abs(aa);
  const [p, q] = [damping - aa, damping - bb];
  const determinant = p * q - ab * ab;
  return [(q * a + ab * b) / determinant, (ab * a + p * b) / determinant];
}

/**
 * The log-likelihood of counts, also such as the parameters were not fitted to: for judging a fit on
 * later years. −∞ where somebody did what has no chance.
 */
export function logLikelihoodOf(
  { alpha, beta }: BetaGeometric,
  { atRisk, left }: RenewalCounts,
): number {
  const terms = atRisk.map((risk, t) => {
    const stayed = risk - left[t];
    const all = alpha + beta + t;
    const ofLeft = left[t] > 0 ? left[t] * Math.log(alpha / all) : 0;
    return stayed > 0 ? ofLeft + stayed * Math.log((beta + t) / all) : ofLeft;
  });
  return sum(terms);
}

/** The share that stays of those at risk in year t, from 1: (beta + t − 1) ÷ (alpha + beta + t − 1). */
export function retentionRate({ alpha, beta }: BetaGeometric, year: number): number {
  return (beta + year - 1) / (alpha + beta + year - 1);
}

/** The chance to be there still after so many whole years: the product of their retention rates. */
export function survivalTo(model: BetaGeometric, years: number): number {
  let survival = 1;
  for (let year = 1; year <= years; year++) survival *= retentionRate(model, year);
  return survival;
}

/** Throws a `MisuseError` for parameters that no beta distribution has. */
export function requireBetaGeometric(caller: string, { alpha, beta }: BetaGeometric): void {
  if (alpha > 0 && beta > 0 && Number.isFinite(alpha + beta)) return;
  throw new MisuseError(`${caller}: expected alpha and beta above 0, got ${alpha} and ${beta}`);
}
