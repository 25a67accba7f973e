import { take } from '../../base/columns.js';
import { claims } from '../../indicators/claims.js';
import { measuredIndicators, withDerived } from '../../indicators/indicators.js';
import type { Table } from '../../indicators/table.js';
import type { Points } from './fit.js';

/**
 * Points without structure where the given ones are: uniform over the box that holds them, its edges
 * along their principal axes, so that indicators which go together still do. What k-means finds in
 * them it finds in anything. Tibshirani, Walther and Hastie (2001), Estimating the number of clusters
 * in a data set via the gap statistic, Journal of the Royal Statistical Society B 63, 411–423.
 */
export function uniformLike(points: Points, uniform: () => number): number[][] {
  const axes = principalAxes(points);
  const ranges = axes.map((axis) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const point of points) {
      const along = dot(point, axis);
      low = Math.min(low, along);
      high = Math.max(high, along);
    }
    return { low, width: high - low };
  });
  return points.map((point) => {
    const drawn = point.map(() => 0);
    axes.forEach((axis, a) => {
      const along = ranges[a].low + uniform() * ranges[a].width;
      for (let d = 0; d < drawn.length; d++) drawn[d] += along * axis[d];
    });
    return drawn;
  });
}

/** What follows from the same claims, and how long somebody has been a customer. Cover is the rest. */
const dealt: readonly (readonly string[])[] = [
  [...claims.map(({ name }) => name), 'recent_claim_count', 'claim_free_years'],
  ['tenure_years', 'renewals'],
];

/**
 * The customers of these rows without anything that could make groups of them, but with all that
 * holds by construction: cover (exposure, premium, policies) stays where it is; claims with all that
 * follows from them, and tenure, are each reshuffled among customers of like exposure; indicators
 * follow from that. So who has no claims has no losses, the same loss is a larger ratio of a smaller
 * premium, who was covered for longer had more time for claims, and who has left has no premium.
 *
 * Indicators reshuffled one by one would break that, and any book would be clearer. A reference has to
 * keep what is no sign of groups: covariances, as the gap statistic above and SigClust do (Liu, Hayes,
 * Nobel and Marron, 2008, Journal of the American Statistical Association 103, 1281–1293), or whatever
 * else the data have without groups: Hennig and Lin (2015), Flexible parametric bootstrap for testing
 * homogeneity against clustering, Statistics and Computing 25, 821–833. Values stay those of the book,
 * so customers at the same point stay as many as chance puts there.
 */
export function dealtOut(
  { columns }: Pick<Table, 'columns'>,
  rows: Uint32Array,
  uniform: () => number,
) {
  const own = Object.fromEntries(
    measuredIndicators.map((name) => [name, take(columns[name], rows)]),
  );
  // Below 0 for who has left, so that those are among themselves.
  const exposure = own.exposure_years.map((years, i) =>
    own.annual_premium[i] > 0 ? years : -years,
  );
  for (const names of dealt) {
    const from = amongAlike(exposure, uniform);
    // What follows by formula is not among the measured, and is not dealt.
    for (const name of names) if (own[name]) own[name] = take(own[name], from);
  }
  return { columns: withDerived(own, rows.length) };
}

/** For each place another one, drawn without replacement from those of like value: a twentieth away. */
function amongAlike(values: Float64Array, uniform: () => number): Uint32Array {
  const places = Uint32Array.from(values, (_, place) => place);
  const chance = values.map(() => uniform());
  const order = places.slice().sort((a, b) => values[a] - values[b] || chance[a] - chance[b]);
  const reach = Math.max(10, values.length / 20);
  const rank = values.map((_, place) => place + reach * uniform());
  const from = places.slice();
  places
    .sort((a, b) => rank[a] - rank[b])
    .forEach((place, at) => {
      from[order[at]] = order[place];
    });
  return from;
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((total, value, d) => total + value * b[d], 0);

/**
 * The directions in which points vary independently: eigenvectors of their covariance, by Jacobi's
 * rotations (1846), which suit the few indicators there are.
 */
function principalAxes(points: Points): number[][] {
  const size = points[0].length;
  const each = Array.from({ length: size }, (_, d) => d);
  const means = each.map((d) => points.reduce((all, point) => all + point[d], 0) / points.length);
  const matrix = each.map((a) =>
    each.map((b) =>
      points.reduce((all, point) => all + (point[a] - means[a]) * (point[b] - means[b]), 0),
    ),
  );
  const axes = each.map((a) => each.map((b) => (a === b ? 1 : 0)));
  const turn = (rows: number[][], p: number, q: number, cosine: number, sine: number) => {
    for (const d of each) {
      const [inP, inQ] = [rows[p][d], rows[q][d]];
      rows[p][d] = cosine * inP - sine * inQ;
      rows[q][d] = sine * inP + cosine * inQ;
    }
  };
  const scale = each.reduce((all, d) => all + matrix[d][d], 0);
  // Each sweep squares what is left off the diagonal; a dozen is more than double precision needs.
  for (let sweep = 0; sweep < 12; sweep++) {
    for (const p of each) {
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(matrix[p][q]) <= 1e-14 * scale) continue;
        const angle = Math.atan2(2 * matrix[p][q], matrix[q][q] - matrix[p][p]) / 2;
        const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
        turn(matrix, p, q, cosine, sine);
        for (const d of each) {
          const [inP, inQ] = [matrix[d][p], matrix[d][q]];
          matrix[d][p] = cosine * inP - sine * inQ;
          matrix[d][q] = sine * inP + cosine * inQ;
        }
        turn(axes, p, q, cosine, sine);
      }
    }
  }
  return axes;
}
