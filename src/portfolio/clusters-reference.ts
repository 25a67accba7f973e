import type { Points } from './clusters-fit.js';

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

/**
 * The same points with every column dealt out anew: each indicator is spread as it was, but what one
 * says has nothing to do with what another says.
 */
export function unjoined(points: Points, uniform: () => number): number[][] {
  const dealt = points.map((point) => [...point]);
  for (let d = 0; d < dealt[0].length; d++) {
    for (let i = dealt.length - 1; i > 0; i--) {
      const j = Math.floor(uniform() * (i + 1));
      [dealt[i][d], dealt[j][d]] = [dealt[j][d], dealt[i][d]];
    }
  }
  return dealt;
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
