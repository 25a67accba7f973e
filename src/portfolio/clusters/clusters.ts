import { isoFromDay } from '../../base/calendar.js';
import { sum, take, textOrder } from '../../base/columns.js';
import { MisuseError, UnusableDataError } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import { uniformFrom } from '../../base/random.js';
import type { Grades } from '../../grading/assess.js';
import type { Table } from '../../indicators/table.js';
import { counted } from '../../segments/counted.js';
import { clusterFigures } from './figures.js';
import { bestFit, differentAtLeast, nearest, type Points } from './fit.js';
import { numberOfClusters, sets } from './number.js';
import { type ClustersOptions, checkedOptions } from './options.js';
import { dealtOut } from './reference.js';
import type { ClusterColumns, Clusters } from './result.js';
import { type Scaling, scaled, scalingOf } from './scaling.js';
import { clusterStability } from './stability.js';
import { showClusters } from './view.js';

/** Silhouettes take the distances of all pairs: the number is looked for among so many at most. */
const maxForNumber = 1000;
/** Centres hardly move any more with further customers: they are found among so many at most. */
const maxForFit = 20_000;
const fewest = 10;

/**
 * Natural segments: customers grouped by likeness in chosen indicators (k-means), whether the groups
 * are more than chance makes of anything, and how they stand to the tiers. Each indicator counts
 * alike: its lowest and highest 1 % of customers are pulled in, so that a few far out make no cluster
 * of their own; amounts, ratios and rates enter as logarithms; all in standard deviations.
 *
 * The number of clusters is that with the largest mean silhouette (Rousseeuw, 1987), none with fewer
 * than 2 % of customers. There are natural segments if it is at least 0.25 and, by three standard
 * deviations, larger than in points without structure (uniform over the same box along its principal
 * axes: Tibshirani, Walther and Hastie, 2001), and larger than in the same customers with claims and
 * tenure reshuffled among those of like exposure, which keeps what holds without groups (Hennig
 * and Lin, 2015). Clusters describe; they are no ground for a decision.
 *
 * Of more than 20,000 customers a seeded sample is clustered and all are assigned to its centres; of
 * more than 1,000 a sample settles the number. Samples are taken by customer id, so the order of rows
 * changes nothing.
 *
 * @throws MisuseError for an unknown indicator or option, when every indicator is constant, and for
 * more clusters than there are different customers
 * @throws UnusableDataError when fewer than ten customers have all indicators
 * @example
 * ```ts
 * const drivers = Array.from({ length: 60 }, (_, i) => ({
 *   customerId: i, earnedPremium: i < 30 ? 300 + i : 3000 + i, exposureYears: 3, claimCount: 0, incurredLoss: 0,
 *   tenureYears: i < 30 ? 2 + (i % 3) : 20 + (i % 3), annualPremium: i < 30 ? 100 + i : 1000 + i,
 * }));
 * const { table } = readIndicators(drivers);
 * const { k, clusters: found } = clusters(table, { on: ['annual_premium', 'tenure_years'] });
 * [k, ...found.map(({ customers }) => customers)]; // => [2, 30, 30]
 * ```
 */
export function clusters(from: Grades | Table, options: ClustersOptions = {}): Clusters & Shown {
  const checked = checkedOptions(from, options);
  const { grades, table, on, k: asked, max, starts, rounds, seed, onProgress } = checked;
  const { known, missing } = knownRows(table, on);
  const scalings = on.flatMap((name) => scalingOf(name, take(table.columns[name], known)) ?? []);
  const constant = on.filter((name) => !scalings.some(({ indicator }) => indicator === name));
  if (scalings.length === 0) {
    throw new MisuseError(
      `clusters: ${constant.join(', ')}: the same for all customers but the extremes, so nobody is like or unlike another; take other indicators`,
    );
  }
  const seeds = uniformFrom(seed);
  const stream = () => uniformFrom(Math.floor(seeds() * 2 ** 32));
  const [forSample, forNumber, forFit, forStability] = [stream(), stream(), stream(), stream()];
  const fitRows = sample(known, maxForFit, forSample);
  const numberRows = sample(fitRows, maxForNumber, forSample);
  const points = pointsOf(table, scalings, fitRows);
  const few = pointsOf(table, scalings, numberRows);
  if (asked !== undefined && !differentAtLeast(points, asked)) {
    throw new MisuseError(
      `clusters: expected k up to the number of different customers, got ${asked} for ${counted(known.length, 'customer')}`,
    );
  }

  const steps = 2 * sets + 2 + rounds;
  let done = 0;
  const step = () => onProgress?.(++done / steps);
  const numbers = asked === undefined ? range(2, Math.min(max, few.length - 1)) : [asked];
  const each = numberRows.map((_, place) => place);
  const dealt = () => pointsOf(dealtOut(table, numberRows, forNumber), scalings, each);
  const search = { numbers, starts, uniform: forNumber, dealt, onSet: step };
  const found = numberOfClusters(few, search);
  const wanted = asked ?? (found.verdict === 'none' ? undefined : (found.k ?? undefined));
  const fit = wanted === undefined ? undefined : bestFit(points, wanted, starts, forFit);
  step();
  const { centres, columns } = numbered(table, scalings, known, fit?.centres ?? []);
  const stability =
    centres.length === 0
      ? null
      : clusterStability(few, centres, {
          ...{ rounds, starts, uniform: forStability },
          onRound: step,
        });
  return showClusters({
    asOf: table.asOf === undefined ? null : isoFromDay(table.asOf),
    ...clusterFigures({ table, grades, scalings, known, centres, columns, stability }),
    excluded: excludedOf(table, known, missing),
    indicators: scalings,
    constant,
    verdict: found.verdict,
    k: centres.length,
    asked: asked !== undefined,
    candidates: found.candidates,
    reference: found.reference,
    oneByOne: found.oneByOne,
    stability: stability && { rounds, adjustedRand: stability.adjustedRand },
    sampled: { number: few.length, fit: points.length },
    seed,
    notes: [
      ...table.notes,
      ...constant.map(
        (name) => `${name} is the same for all but the extremes, so it did not enter`,
      ),
    ],
    columns,
  });
}

/** The rows whose chosen indicators are all known, by customer id; how many lack which. */
function knownRows(table: Table, on: readonly string[]) {
  const missing = Object.fromEntries(
    on.map((name) => [
      name,
      table.columns[name].reduce((all, value) => all + (Number.isFinite(value) ? 0 : 1), 0),
    ]),
  );
  const known = textOrder(table.ids).filter((row) =>
    on.every((name) => Number.isFinite(table.columns[name][row])),
  );
  if (known.length < fewest) {
    const lacking = Object.entries(missing)
      .filter(([, customers]) => customers > 0)
      .map(([name, customers]) => `${name} is not known of ${counted(customers, 'customer')}`);
    throw new UnusableDataError(
      `clusters: expected ${fewest} customers or more with ${on.join(', ')}, got ${known.length} of ${table.length}${lacking.length > 0 ? `: ${lacking.join(', ')}; leave out what is missing` : ''}`,
    );
  }
  return { known, missing };
}

/** So many of the rows at max, drawn without replacement, in the order they had. */
function sample(rows: Uint32Array, max: number, uniform: () => number): Uint32Array {
  if (rows.length <= max) return rows;
  const places = Uint32Array.from(rows, (_, place) => place);
  for (let i = 0; i < max; i++) {
    const j = i + Math.floor(uniform() * (places.length - i));
    [places[i], places[j]] = [places[j], places[i]];
  }
  return places
    .subarray(0, max)
    .sort()
    .map((place) => rows[place]);
}

type Columns = Pick<Table, 'columns'>;

function pointsOf(table: Columns, scalings: readonly Scaling[], rows: Uint32Array): number[][] {
  return Array.from(rows, (row) => pointAt(table, scalings, row));
}

function pointAt({ columns }: Columns, scalings: readonly Scaling[], row: number): number[] {
  return scalings.map((scaling) => scaled(columns[scaling.indicator][row], scaling));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/**
 * All known customers assigned to the nearest centre; clusters numbered by their premium, max first,
 * those without customers left out. Of equal premium the centre first that is lower in the first
 * indicator they differ in.
 */
function numbered(
  table: Table,
  scalings: readonly Scaling[],
  known: Uint32Array,
  found: Points,
): { centres: Points; columns: ClusterColumns } {
  const columns = {
    customerIds: table.ids,
    cluster: new Int32Array(table.length),
    distance: new Float64Array(table.length).fill(Number.NaN),
    nextDistance: new Float64Array(table.length).fill(Number.NaN),
  };
  if (found.length === 0) return { centres: [], columns };
  const groups = found.map((centre) => ({ centre, customers: 0, premium: 0 }));
  for (const row of known) {
    const { label, squared, next } = nearest(pointAt(table, scalings, row), found);
    columns.cluster[row] = label;
    columns.distance[row] = Math.sqrt(squared);
    columns.nextDistance[row] = Math.sqrt(next);
    groups[label].customers++;
    groups[label].premium += premiumAt(table, row);
  }
  const order = groups
    .filter(({ customers }) => customers > 0)
    .sort((a, b) => b.premium - a.premium || firstDifference(a.centre, b.centre));
  const places = groups.map((group) => order.indexOf(group) + 1);
  for (const row of known) columns.cluster[row] = places[columns.cluster[row]];
  return { centres: order.map(({ centre }) => centre), columns };
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  return a.map((value, d) => value - b[d]).find((difference) => difference !== 0) ?? 0;
}

function premiumAt({ columns }: Table, row: number): number {
  const premium = columns.earned_premium[row];
  return Number.isFinite(premium) ? premium : 0;
}

function excludedOf(
  table: Table,
  known: Uint32Array,
  missing: Readonly<Record<string, number>>,
): Clusters['excluded'] {
  const kept = new Uint8Array(table.length);
  for (const row of known) kept[row] = 1;
  const premium = Float64Array.from(kept, (is, row) => (is ? 0 : premiumAt(table, row)));
  const lacking = Object.entries(missing).filter(([, customers]) => customers > 0);
  return {
    customers: table.length - known.length,
    earnedPremium: sum(premium),
    missing: Object.fromEntries(lacking),
  };
}
