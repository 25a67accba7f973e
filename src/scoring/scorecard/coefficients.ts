import { groupSums, sum } from '../../base/columns.js';
import { bestTurn, type Trend } from './level-bins.js';
import { poissonRegression } from './poisson-regression.js';

/** What a card is fitted on: one value a customer. */
export interface CardClaims {
  readonly counts: Float64Array;
  /** Claims by the model's base and the book's rate. */
  readonly expected: Float64Array;
}

/** The level of an attribute, or cell of a pair, that each customer has. */
export interface LevelAssignment {
  /** The level of each customer, −1 for none. */
  readonly positions: Int32Array;
  readonly levels: number;
}

/** An attribute, or a pair by its cells, as the card's regression sees it. */
export interface CardFactor extends LevelAssignment {
  /** How coefficients may move along the levels. */
  readonly trend: Trend;
  /** The level that stands outside that order: missing values; −1 for none. */
  readonly missing: number;
}

export interface CardCoefficients {
  /** All levels of all factors, one after the other: logarithms of relativities to the book. */
  readonly coefficients: Float64Array;
  /** Their covariances, by row, with what claims vary more than by chance allowed for. */
  readonly covariance: Float64Array;
  readonly dispersion: number;
}

/**
 * Coefficients of all levels together, by penalised Poisson regression, about the book: the relativities
 * of a factor average 1 by expected claims, so that 0 is what to take of somebody who stands nowhere. Where a trend is asked, neighbours that go against it share
 * one coefficient (pooled until none does).
 */
export function cardCoefficients(
  { counts, expected }: CardClaims,
  factors: readonly CardFactor[],
  penalty: number,
): CardCoefficients {
  const claims = factors.map(({ positions, levels }) => groupSums(expected, positions, levels));
  let groups = factors.map(({ levels }) => Array.from({ length: levels }, (_, level) => level));
  for (;;) {
    const regressors = factors.map(({ positions }, k) => ({
      codes: positions.map((position) => (position < 0 ? -1 : groups[k][position])),
      columns: 1 + Math.max(-1, ...groups[k]),
    }));
    const multiplicity = groups.flatMap((of, k) =>
      Array.from(
        { length: regressors[k].columns },
        (_, group) => of.filter((own) => own === group).length,
      ),
    );
    const fit = poissonRegression({ counts, expected, factors: regressors, penalty, multiplicity });
    const begins = runningTotals(regressors.map(({ columns }) => columns));
    const places = groups.map((of, k) => of.map((group) => 1 + begins[k] + group));
    const pooled = groups.map((of, k) =>
      withoutViolation(of, factors[k], claims[k], (level) => fit.coefficients[places[k][level]]),
    );
    if (pooled.every((of, k) => of === groups[k])) {
      return centred(expected, factors, places.flat(), fit);
    }
    groups = pooled;
  }
}

/** What the levels of each row multiply to; where a row stands nowhere, nothing. */
export function relativitiesOf(
  factors: readonly LevelAssignment[],
  coefficients: Float64Array,
  length: number,
): Float64Array {
  const begins = runningTotals(factors.map(({ levels }) => levels));
  const logarithms = new Float64Array(length);
  for (const [k, { positions }] of factors.entries()) {
    for (let row = 0; row < length; row++) {
      if (positions[row] >= 0) logarithms[row] += coefficients[begins[k] + positions[row]];
    }
  }
  return logarithms.map(Math.exp);
}

function runningTotals(sizes: readonly number[]): number[] {
  let total = 0;
  return sizes.map((size) => {
    total += size;
    return total - size;
  });
}

/** The groups of levels with the first two neighbours joined that go against the trend. */
function withoutViolation(
  groups: number[],
  { trend, missing }: CardFactor,
  expected: Float64Array,
  value: (level: number) => number,
): number[] {
  if (trend === 'free') return groups;
  const inOrder = [...groups.keys()].filter((level) => level !== missing);
  const direction = trend === 'ascending' || trend === 'peak' ? 1 : -1;
  const turns = trend === 'peak' || trend === 'valley';
  // What the levels would have claimed, but for the other factors.
  const bins = inOrder.map((level) => ({
    low: level,
    high: level,
    exposure: expected[level],
    events: expected[level] * Math.exp(value(level)),
    expected: expected[level],
  }));
  const turn = turns ? bestTurn(bins, direction) : inOrder.length;
  const against = inOrder.findIndex((level, k) => {
    if (k === 0 || k === turn) return false;
    return (k < turn ? direction : -direction) * (value(level) - value(inOrder[k - 1])) < 0;
  });
  if (against < 0) return groups;
  const [into, from] = [groups[inOrder[against - 1]], groups[inOrder[against]]];
  // Groups are numbered without gaps, as the regression's columns are.
  return groups.map((group) => (group === from ? into : group > from ? group - 1 : group));
}

/** Coefficients by level about the average customer of their factor, and their covariances. */
function centred(
  expected: Float64Array,
  factors: readonly CardFactor[],
  places: readonly number[],
  fit: ReturnType<typeof poissonRegression>,
): CardCoefficients {
  const size = places.length;
  const factorOf = factors.flatMap(({ levels }, k) => Array<number>(levels).fill(k));
  // The relativity of a factor's average customer, and how it moves with each coefficient.
  const shares = factors.flatMap(({ positions, levels }) => {
    const claims = groupSums(expected, positions, levels);
    const total = sum(claims);
    return Array.from(claims, (value) => (total > 0 ? value / total : 0));
  });
  const averages = new Float64Array(factors.length);
  const given = shares.map((share, i) => share * Math.exp(fit.coefficients[places[i]]));
  for (let i = 0; i < size; i++) averages[factorOf[i]] += given[i];
  const weights = given.map((value, i) => value / (averages[factorOf[i]] || 1));
  const columns = fit.coefficients.length;
  const raw = (i: number, j: number) => fit.covariance[places[i] * columns + places[j]];
  // Of each level with the average of each factor, then of the averages with each other.
  const withMean = Array.from({ length: size }, (_, i) => {
    const of = new Float64Array(factors.length);
    for (let j = 0; j < size; j++) of[factorOf[j]] += weights[j] * raw(i, j);
    return of;
  });
  const ofMeans = factors.map(() => new Float64Array(factors.length));
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < factors.length; k++) {
      ofMeans[factorOf[i]][k] += weights[i] * withMean[i][k];
    }
  }
  const dispersion = Math.max(1, fit.dispersion || 1);
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [k, l] = [factorOf[i], factorOf[j]];
      covariance[i * size + j] =
        dispersion * (raw(i, j) - withMean[i][l] - withMean[j][k] + ofMeans[k][l]);
    }
  }
  const stood = new Float64Array(columns);
  for (let i = 0; i < size; i++) stood[places[i]] += shares[i];
  return {
    coefficients: Float64Array.from(places, (place, i) =>
      // Of a cell where nobody stood, nothing is known.
      stood[place] > 0 ? fit.coefficients[place] - Math.log(averages[factorOf[i]] || 1) : 0,
    ),
    covariance,
    dispersion,
  };
}
