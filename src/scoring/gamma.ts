/**
 * Quantiles of the gamma distribution, for the intervals of Poisson–gamma rating. Used when a model
 * is calibrated, never when it scores.
 */

// Lanczos coefficients for g = 607/128, n = 15 (P. Godfrey, 2001): about 15 digits for x > 0.
const lanczos = [
  57.156235665862923517, -59.597960355475491248, 14.136097974741747174, -0.49191381609762019978,
  0.33994649984811888699e-4, 0.46523628927048575665e-4, -0.98374475304879564677e-4,
  0.15808870322491248884e-3, -0.21026444172410488319e-3, 0.2174396181152126432e-3,
  -0.16431810653676389022e-3, 0.84418223983852743293e-4, -0.2619083840158140867e-4,
  0.36899182659531622704e-5,
];

/** The natural logarithm of the gamma function for x > 0. */
export function logGamma(x: number): number {
  let series = 0.99999999999999709182;
  for (let k = 0; k < lanczos.length; k++) series += lanczos[k] / (x + k + 1);
  const base = x + 607 / 128 + 0.5;
  return (x + 0.5) * Math.log(base) - base + Math.log((2.5066282746310005 * series) / x);
}

/**
 * The probability that a gamma variable with this shape and rate 1 is at most x: by its series
 * below the mean, by its continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
 */
export function gammaProbability(shape: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let total = term;
    for (let k = 1; term > total * 1e-17; k++) {
      term *= x / (shape + k);
      total += term;
    }
    return front * total;
  }
  // Lentz's method for the upper tail.
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 10_000; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return 1 - front * fraction;
}

/**
 * The value that a gamma variable with this shape and rate 1 stays below with probability p. Found
 * on the logarithm by Newton's steps kept between bounds.
 */
export function gammaQuantile(p: number, shape: number): number {
  let low = -745;
  let high = Math.log(shape + 40 * Math.sqrt(shape) + 40);
  let at = Math.log(shape);
  for (let step = 0; step < 200; step++) {
    const x = Math.exp(at);
    const miss = gammaProbability(shape, x) - p;
    if (miss > 0) high = at;
    else low = at;
    const slope = Math.exp(shape * at - x - logGamma(shape));
    const newton = at - miss / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - at) <= 1e-15 * Math.max(1, Math.abs(at))) return Math.exp(next);
    at = next;
  }
  return Math.exp(at);
}

/** The value that a standard normal variable stays below with probability p: Wichura's AS 241 (1988). */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(middle.top, r)) / polynomial(middle.bottom, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const { from, top, bottom } = r <= 5 ? near : far;
  const size = polynomial(top, r - from) / polynomial(bottom, r - from);
  return q < 0 ? -size : size;
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((value, coefficient) => value * x + coefficient, 0);
}

const middle = {
  top: [
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
    45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
  ],
  bottom: [
    1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
    39307.89580009271061, 28729.085735721942674, 5226.495278852545925,
  ],
};
const near = {
  from: 1.6,
  top: [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
  ],
  bottom: [
    1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
    0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
  ],
};
const far = {
  from: 5,
  top: [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
    0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5,
    2.01033439929228813265e-7,
  ],
  bottom: [
    1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
    7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
    2.04426310338993978564e-15,
  ],
};
