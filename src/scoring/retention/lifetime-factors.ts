import { MisuseError } from '../../base/errors.js';
import {
  type BetaGeometric,
  type BetaGeometricFit,
  requireBetaGeometric,
  retentionRate,
} from './beta-geometric.js';
import { discountedLifetime, type FactorOptions, requireFactors } from './expected-lifetime.js';

/** Retention by year: the model's, or rates of year 1, 2 … of which the last holds for all later years. */
export type Retention = BetaGeometric | { readonly retention: readonly number[] };

/** The same with how sure it is: the fit's covariance, or a variance for each (independent) rate. */
export type UncertainRetention =
  | (BetaGeometric & Pick<BetaGeometricFit, 'covariance'>)
  | { readonly retention: readonly number[]; readonly variance: readonly number[] };

/**
 * What 1 a year at every renewal to come is worth now, for a customer who has just passed the n-th:
 * L[n] = Σ over k = 1 … horizon of (retention of the years n + 1 … n + k) × growthFactor^k, for
 * n = 0 … `years`. The first payment is a year away and needs the renewal of year n + 1; what is
 * paid for the current year is not in it.
 *
 * To extinction for the beta-geometric model L[n] = growthFactor × its residual lifetime after
 * n + 1 renewals ({@link expectedLifetime}).
 *
 * @throws MisuseError for a growth factor of 1 or more without a horizon, for which the sum may have
 * no end, for rates outside 0 to 1, and for years or a horizon that are no whole numbers
 * @example
 * ```ts
 * const steady = { retention: [0.75] };
 * lifetimeFactors(steady, { growthFactor: 0.5, horizon: 2, years: 1 }); // => Float64Array [0.515625, 0.515625]
 * ```
 */
export function lifetimeFactors(retention: Retention, options: FactorOptions): Float64Array {
  return Float64Array.from(factors(curveOf(retention), options), ({ value }) => value);
}

/**
 * Standard errors of {@link lifetimeFactors}, by what the retention is not sure of: the delta method,
 * √(slopes × covariance × slopes) with the slopes of L[n] by ln alpha and ln beta, or by each rate.
 */
export function lifetimeFactorErrors(
  retention: UncertainRetention,
  options: FactorOptions,
): Float64Array {
  const found = factors(curveOf(retention), options);
  const variance = (slopes: Float64Array) =>
    'alpha' in retention
      ? quadratic(slopes, (i, j) => retention.covariance[i][j])
      : quadratic(slopes, (i, j) => (i === j ? retention.variance[i] : 0));
  // Rounding may leave less than 0 where the slopes cancel.
  return Float64Array.from(found, ({ slopes }) => Math.sqrt(Math.max(0, variance(slopes))));
}

function quadratic(slopes: Float64Array, covariance: (i: number, j: number) => number): number {
  let total = 0;
  for (let i = 0; i < slopes.length; i++) {
    for (let j = 0; j < slopes.length; j++) {
      const both = slopes[i] * slopes[j];
      if (both !== 0) total += both * covariance(i, j);
    }
  }
  return total;
}

/** A value and its slopes by every parameter that retention has. */
interface Sloped {
  readonly value: number;
  readonly slopes: Float64Array;
}

/** Retention by year with its slopes, and L[n] to extinction for some n of at least `from`. */
interface Curve {
  readonly parameters: number;
  readonly from: number;
  rate(year: number): number;
  /** The slope of that year's rate by a parameter. */
  slope(year: number, parameter: number): number;
  toExtinction(n: number, growthFactor: number): Sloped;
}

function factors(curve: Curve, options: FactorOptions): Sloped[] {
  requireFactors('lifetimeFactors', options);
  const { growthFactor, horizon, years } = options;
  /** L[year − 1] from L[year]: the renewal of the year, and with it all that follows. */
  const before = ({ value, slopes }: Sloped, year: number): Sloped => {
    const rate = curve.rate(year);
    return {
      value: growthFactor * rate * (1 + value),
      slopes: slopes.map(
        (slope, p) => growthFactor * (curve.slope(year, p) * (1 + value) + rate * slope),
      ),
    };
  };
  const found: Sloped[] = [];
  if (horizon === null) {
    const last = Math.max(years, curve.from);
    let ahead = curve.toExtinction(last, growthFactor);
    for (let n = last; n >= 0; n--) {
      if (n < last) ahead = before(ahead, n + 1);
      if (n <= years) found[n] = ahead;
    }
    return found;
  }
  for (let n = 0; n <= years; n++) {
    let ahead: Sloped = { value: 0, slopes: new Float64Array(curve.parameters) };
    for (let year = n + horizon; year > n; year--) ahead = before(ahead, year);
    found.push(ahead);
  }
  return found;
}

function curveOf(retention: Retention): Curve {
  return 'alpha' in retention ? betaGeometricCurve(retention) : ratesCurve(retention.retention);
}

function betaGeometricCurve(model: BetaGeometric): Curve {
  requireBetaGeometric('lifetimeFactors', model);
  const { alpha, beta } = model;
  const value = (n: number, v: number, a = alpha, b = beta) => {
    const other = { alpha: a, beta: b };
    return v * retentionRate(other, n + 1) * discountedLifetime(other, n + 1, v);
  };
  return {
    parameters: 2,
    from: 0,
    rate: (year) => retentionRate(model, year),
    slope(year, parameter) {
      const all = alpha + beta + year - 1;
      return parameter === 0
        ? (-alpha * retentionRate(model, year)) / all
        : (alpha * beta) / (all * all);
    },
    toExtinction(n, v) {
      // The closed form has no simple derivative; the middle difference gives it to ten digits.
      const [up, down] = [Math.exp(1e-5), Math.exp(-1e-5)];
      const slopes = Float64Array.of(
        (value(n, v, alpha * up) - value(n, v, alpha * down)) / 2e-5,
        (value(n, v, alpha, beta * up) - value(n, v, alpha, beta * down)) / 2e-5,
      );
      return { value: value(n, v), slopes };
    },
  };
}

function ratesCurve(rates: readonly number[]): Curve {
  const wrong = rates.findIndex((rate) => !(rate >= 0 && rate <= 1));
  if (rates.length === 0 || wrong >= 0) {
    const came = rates.length === 0 ? 'none' : `${rates[wrong]} in year ${wrong + 1}`;
    throw new MisuseError(`lifetimeFactors: expected retention rates from 0 to 1, got ${came}`);
  }
  const last = rates.length - 1;
  const place = (year: number) => Math.min(year - 1, last);
  return {
    parameters: rates.length,
    from: last,
    rate: (year) => rates[place(year)],
    slope: (year, parameter) => (place(year) === parameter ? 1 : 0),
    toExtinction(_, v) {
      const left = 1 - v * rates[last];
      const slopes = new Float64Array(rates.length);
      slopes[last] = v / (left * left);
      return { value: (v * rates[last]) / left, slopes };
    },
  };
}
