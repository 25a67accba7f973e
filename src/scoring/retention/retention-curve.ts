import { sum } from '../../base/columns.js';
import { normalQuantile } from '../../base/distributions.js';
import type { Note } from '../../base/note.js';
import { maxYears, type RenewalCounts, type RenewalGroups } from '../../indicators/renewals.js';
import type { RetentionCurve } from '../../model/model.js';
import type { Plan } from '../../plan/plan.js';
import { fitBetaGeometric, retentionRate } from './beta-geometric.js';
import { kaplanMeier } from './kaplan-meier.js';
import {
  lifetimeFactorErrors,
  lifetimeFactors,
  type UncertainRetention,
} from './lifetime-factors.js';

/** The settings that retention is fitted by; both are there in every plan that is read. */
export interface RetentionPlan {
  readonly plan: Plan;
  readonly retention: NonNullable<Plan['retention']>;
  readonly lifetime: NonNullable<Plan['lifetime']>;
}

type Method = Exclude<RetentionCurve['method'], 'book' | 'constant'>;
/** From the simpler to the less simple. */
const methods: readonly Method[] = ['beta-geometric', 'kaplan-meier'];
/** By so much of log-likelihood the less simple has to tell the latest year better. */
const clearlyBetter = 2;

/** Chances to stay as they were found, with how sure they are. */
interface Rates {
  readonly uncertain: UncertainRetention;
  /** The chance to stay in year t of a relationship, from 1. */
  readonly rate: (year: number) => number;
  readonly told: Pick<RetentionCurve, 'method' | 'alpha' | 'beta' | 'logLikelihood'>;
  readonly note?: Note | undefined;
}

/** The curve of a yearly rate that is given. */
export function constantCurve(rate: number, settings: RetentionPlan): RetentionCurve {
  const given = { uncertain: { retention: [rate], variance: [0] }, rate: () => rate };
  const about = { opportunities: 0, left: 0, told: { method: 'constant' } } as const;
  return curveOf({ ...given, ...about }, settings);
}

/** A curve of one group, judged on its latest year by what the years before it tell. */
export function fittedCurve(
  renewals: RenewalGroups & { readonly earlier: RenewalGroups },
  of: (groups: RenewalGroups) => RenewalCounts,
  settings: RetentionPlan,
): { curve: RetentionCurve; note: Note | undefined } {
  const counts = of(renewals);
  const { method, minimumLeavers } = settings.retention;
  const judged = methods
    .filter((candidate) => method === 'auto' || method === candidate)
    .map((candidate) => ({
      candidate,
      holdout: holdoutOf(counts, of(renewals.earlier), candidate, minimumLeavers),
    }));
  const { candidate, holdout } = judged.reduce((best, other) =>
    (other.holdout?.logLikelihood ?? 0) > (best.holdout?.logLikelihood ?? 0) + clearlyBetter
      ? other
      : best,
  );
  const found = ratesOf(counts, candidate, minimumLeavers);
  const about = { opportunities: sum(counts.atRisk), left: sum(counts.left) };
  const curve = curveOf({ ...found, ...about }, settings);
  return { curve: holdout ? { ...curve, holdout } : curve, note: found.note };
}

function ratesOf(counts: RenewalCounts, method: Method, enough: number): Rates {
  const smooth = fitBetaGeometric(counts);
  // Where nobody left, or nobody stayed, no curve can be observed: half a leaver is assumed.
  if (method === 'beta-geometric' || smooth.left === 0 || smooth.left === smooth.opportunities) {
    const { alpha, beta, logLikelihood, note } = smooth;
    return {
      uncertain: smooth,
      rate: (year) => retentionRate(smooth, year),
      told: { method: 'beta-geometric', alpha, beta, logLikelihood },
      note,
    };
  }
  const { retention, variance } = kaplanMeier(withPooledYears(counts, enough));
  return {
    uncertain: { retention, variance },
    rate: (year) => retention[Math.min(year, retention.length) - 1],
    told: { method: 'kaplan-meier' },
  };
}

/**
 * Years of tenure in which fewer are at risk than are enough count together with the next ones, so
 * that one customer does not decide a rate; what is left at the end, with the years before it, and
 * their rate is that of all later years. Each of them gets an even part of the counts: they share
 * one rate, and for each that rate is so much less sure, or together they would seem surer than all
 * those at risk make them. Where nobody left of them, or all, half a leaver is assumed as for a
 * whole book: no rate is sure to be 1 or 0.
 */
function withPooledYears({ atRisk, left }: RenewalCounts, enough: number): RenewalCounts {
  const pooled = { atRisk: [] as number[], left: [] as number[] };
  const total = (of: readonly number[], from: number, past?: number) => sum(of.slice(from, past));
  for (let first = 0, past = 1; first < atRisk.length; first = past, past++) {
    while (past < atRisk.length && total(atRisk, first, past) < enough) past++;
    const last = total(atRisk, past) < enough;
    if (last) past = atRisk.length;
    const [risk, gone] = [total(atRisk, first, past), total(left, first, past)];
    const more = gone === 0 || gone === risk ? 0.5 : 0;
    const years = last ? 1 : past - first;
    for (let year = 0; year < years; year++) {
      pooled.atRisk.push((risk + 2 * more) / years);
      pooled.left.push((gone + more) / years);
    }
  }
  return pooled;
}

/** How well the years before the latest one told who would leave in it. */
function holdoutOf(
  all: RenewalCounts,
  earlier: RenewalCounts,
  method: Method,
  minimumLeavers: number,
): RetentionCurve['holdout'] {
  const latest = {
    atRisk: all.atRisk.map((count, t) => count - earlier.atRisk[t]),
    left: all.left.map((count, t) => count - earlier.left[t]),
  };
  const opportunities = sum(latest.atRisk);
  if (sum(earlier.atRisk) === 0 || opportunities === 0) return undefined;
  const { rate } = ratesOf(earlier, method, minimumLeavers);
  const one = 1 - sum(earlier.left) / sum(earlier.atRisk);
  return {
    opportunities,
    left: sum(latest.left),
    expectedLeft: sum(latest.atRisk.map((count, t) => count * (1 - rate(t + 1)))),
    logLikelihood: logLikelihood(latest, rate),
    constantLogLikelihood: logLikelihood(latest, () => one),
  };
}

/** Σ left × ln(1 − rate) + stayed × ln rate; rates of 0 and 1 count as a millionth from there. */
function logLikelihood({ atRisk, left }: RenewalCounts, rate: (year: number) => number): number {
  const terms = atRisk.map((count, t) => {
    const stays = Math.min(1 - 1e-6, Math.max(1e-6, rate(t + 1)));
    return left[t] * Math.log(1 - stays) + (count - left[t]) * Math.log(stays);
  });
  return sum(terms);
}

/** A curve as a model keeps it: by renewals passed, rates and discounted years with their interval. */
function curveOf(
  { uncertain, rate, told, ...counts }: Rates & Pick<RetentionCurve, 'opportunities' | 'left'>,
  { plan, lifetime }: RetentionPlan,
): RetentionCurve {
  const { discountRate, growth = 0, horizonYears } = lifetime;
  const options = {
    growthFactor: (1 + growth) / (1 + discountRate),
    horizon: horizonYears,
    years: maxYears - 1,
  };
  const years = lifetimeFactors(uncertain, options);
  const errors = lifetimeFactorErrors(uncertain, options);
  const quantile = normalQuantile((1 + plan.experience.interval) / 2);
  const most = lifetimeFactors({ retention: [1] }, { ...options, years: 0 })[0];
  // On the logit scale, where the ends stay between 0 and the years of one who never leaves.
  const end = (sign: number) =>
    Array.from(years, (value, n) => {
      const share = value / most;
      if (!(share > 0 && share < 1 && errors[n] > 0)) return value;
      const step = (sign * quantile * errors[n]) / (value * (1 - share));
      return most / (1 + (1 / share - 1) * Math.exp(-step));
    });
  return {
    opportunities: counts.opportunities,
    left: counts.left,
    ...told,
    rates: Array.from(years, (_, n) => rate(n + 1)),
    years: Array.from(years),
    lowYears: end(-1),
    highYears: end(1),
  };
}
