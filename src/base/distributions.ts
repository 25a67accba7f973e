/**
 * The gamma distribution: quantiles for the intervals of Poisson–gamma rating when a model is
 * calibrated, probabilities when it scores.
 */

// Lanczos coefficients for g = 607/128, n = 15 (P. Godfrey, 2001): about 15 digits for x > 0.
const lanczos = [
  57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125,
  -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5,
  -2.6190838401581408e-5, 3.6899182659531625e-6,
];

/** The natural logarithm of the gamma function for x > 0. */
export function logGamma(x: number): number {
  let series = 0.9999999999999971;
  for (let k = 0; k < lanczos.length; k++) series += lanczos[k] / (x + k + 1);
  const base = x + 607 / 128 + 0.5;
  return (x + 0.5) * Math.log(base) - base + Math.log((2.5066282746310007 * series) / x);
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

/** Beyond this shape a gamma variable is told from a normal one by less than 1 in a million. */
const largeShape = 1e6;

/**
 * The probability that a gamma variable with this shape and rate 1 is above x; NaN without a shape
 * above 0. A very large shape goes by Wilson and Hilferty's normal approximation (1931), so that the
 * work is bounded.
 */
export function gammaAbove(shape: number, x: number): number {
  if (!(shape > 0 && shape < Number.POSITIVE_INFINITY) || Number.isNaN(x)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (shape <= largeShape) return Math.max(0, 1 - gammaProbability(shape, x));
  if (x <= 0) return 1;
  const z = (Math.cbrt(x / shape) - (1 - 1 / (9 * shape))) * 3 * Math.sqrt(shape);
  const tail = gammaAbove(0.5, (z * z) / 2) / 2;
  return z > 0 ? tail : 1 - tail;
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
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  bottom: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852546,
  ],
};
const near = {
  from: 1.6,
  top: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  bottom: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
  ],
};
const far = {
  from: 5,
  top: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  bottom: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};
