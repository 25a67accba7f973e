const golden = 0.5 * (3 - Math.sqrt(5));
const rootOfPrecision = Math.sqrt(2.2e-16);

/**
 * Where a function with one valley is least between two ends: parabolas through the three best points
 * so far, golden sections where those do not help.
 *
 * Source: Brent, *Algorithms for Minimization without Derivatives* (1973), ch. 5, as `fmin` of
 * Forsythe, Malcolm and Moler (1977); the same steps as SciPy's `minimize_scalar(method="bounded")`.
 *
 * @param tolerance how near the place must be found
 */
export function boundedMinimum(
  at: (x: number) => number,
  low: number,
  high: number,
  tolerance = 1e-5,
): number {
  let [a, b] = [low, high];
  const first = a + golden * (b - a);
  let best = { x: first, value: at(first) };
  let [second, third] = [best, best];
  let [step, before] = [0, 0];
  for (let round = 0; round < 500; round++) {
    const middle = 0.5 * (a + b);
    const least = rootOfPrecision * Math.abs(best.x) + tolerance / 3;
    if (Math.abs(best.x - middle) <= 2 * least - 0.5 * (b - a)) break;
    let parabola: number | undefined;
    if (Math.abs(before) > least) {
      parabola = parabolaStep(best, second, third, before, [a, b]);
      before = step;
    }
    if (parabola === undefined) {
      before = best.x >= middle ? a - best.x : b - best.x;
      step = golden * before;
    } else {
      step = parabola;
      const x = best.x + step;
      if (x - a < 2 * least || b - x < 2 * least) step = middle >= best.x ? least : -least;
    }
    const x = best.x + (step >= 0 ? 1 : -1) * Math.max(Math.abs(step), least);
    const tried = { x, value: at(x) };
    if (tried.value <= best.value) {
      if (x >= best.x) a = best.x;
      else b = best.x;
      [third, second, best] = [second, best, tried];
      continue;
    }
    if (x < best.x) a = x;
    else b = x;
    if (tried.value <= second.value || second.x === best.x) [third, second] = [second, tried];
    else if (tried.value <= third.value || third.x === best.x || third.x === second.x)
      third = tried;
  }
  return best.x;
}

interface Tried {
  readonly x: number;
  readonly value: number;
}

/** The step to the vertex of the parabola through three points, if it lies well within the ends. */
function parabolaStep(
  best: Tried,
  second: Tried,
  third: Tried,
  before: number,
  [a, b]: readonly [number, number],
): number | undefined {
  const r = (best.x - second.x) * (best.value - third.value);
  const q = (best.x - third.x) * (best.value - second.value);
  const twice = 2 * (q - r);
  const across = (best.x - third.x) * q - (best.x - second.x) * r;
  const p = twice > 0 ? -across : across;
  const size = Math.abs(twice);
  const within =
    Math.abs(p) < Math.abs(0.5 * size * before) &&
    p > size * (a - best.x) &&
    p < size * (b - best.x);
  return within ? p / size : undefined;
}
