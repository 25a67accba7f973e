import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniformFrom } from '../../../src/base/random.js';
import {
  assess,
  calibrate,
  indicators,
  MisuseError,
  readBook,
  readIndicators,
  type Table,
  UnusableDataError,
} from '../../../src/index.js';
import { adjustedRand, jaccards, silhouettes } from '../../../src/portfolio/clusters/agreement.js';
import { clustersChart, silhouetteChart } from '../../../src/portfolio/clusters/charts.js';
import { uniformLike } from '../../../src/portfolio/clusters/reference.js';
import { scaled, scalingOf } from '../../../src/portfolio/clusters/scaling.js';
import { clusters } from '../../../src/portfolio.js';
import { toRows, toText } from '../../../src/report/show.js';
import { simulate } from '../../../src/simulate.js';
import {
  blob,
  type Customer,
  reordered,
  tableOf,
  threeBlobs,
  withColumn,
} from '../../support/segments.js';
import { runs } from '../../support/slow.js';

const on = ['annual_premium', 'tenure_years'];
const quick = { on, max: 5, starts: 3, rounds: 0 } as const;
const seeds = Array.from({ length: 20 }, (_, s) => s + 1);
const verdicts = (make: (seed: number) => readonly Customer[]) =>
  seeds.map((seed) => {
    const { verdict, k } = clusters(tableOf(make(seed)), { ...quick, seed });
    return `${verdict} ${k}`;
  });
const many = (all: readonly string[], one: string) => all.filter((each) => each === one).length;
/** Who is with whom, whatever the clusters are called. */
const byId = ({ columns }: ReturnType<typeof clusters>) =>
  Object.fromEntries(columns.customerIds.map((id, row) => [id, columns.cluster[row]]));

describe('how many segments there are', () => {
  test('of three planted blobs three are found in at least 19 of 20 seeds', () => {
    expect(many(verdicts(threeBlobs), 'natural 3')).toBeGreaterThanOrEqual(19);
  });

  test('one blob has no natural segments, in at least 19 of 20 seeds', () => {
    const one = (seed: number) => blob(uniformFrom(seed), 120, [600, 15], 1.5);
    expect(many(verdicts(one), 'none 0')).toBeGreaterThanOrEqual(19);
  });

  test('uniform noise has no natural segments, in at least 19 of 20 seeds', () => {
    const noise = (seed: number) => {
      const uniform = uniformFrom(seed);
      return Array.from({ length: 120 }, (): Customer => [500 + 1000 * uniform(), 20 * uniform()]);
    };
    expect(many(verdicts(noise), 'none 0')).toBeGreaterThanOrEqual(19);
  });

  test('customers along a line, whose indicators say the same, are no segments either', () => {
    const line = (seed: number) => {
      const uniform = uniformFrom(seed);
      return blob(uniform, 120, [600, 0], 0.3).map(
        ([premium]): Customer => [premium, 20 + 10 * Math.log(premium / 600) + 0.1 * uniform()],
      );
    };
    expect(many(verdicts(line), 'none 0')).toBeGreaterThanOrEqual(19);
  });

  test('groups that one indicator makes alone are told from groups that several make together', () => {
    const uniform = uniformFrom(4);
    const flat = [300, 3000].flatMap((premium) =>
      blob(uniform, 60, [premium, 0]).map(([is]): Customer => [is, 20 * uniform()]),
    );
    const result = clusters(tableOf(flat), quick);
    expect(result.verdict).toBe('one by one');
    expect(result.oneByOne?.beyond).toBe(false);
    expect(toText(result)).toMatch(/no clearer than the indicators are one by one/);
  });

  test('one customer far out makes no cluster of its own and hides none', () => {
    const far = withColumn(tableOf(threeBlobs(3)), 'tenure_years', (years, row) =>
      row === 7 ? 1e9 : years,
    );
    const result = clusters(far, quick);
    expect([result.verdict, result.k]).toEqual(['natural', 3]);
    expect(Math.min(...result.clusters.map(({ customers }) => customers))).toBeGreaterThan(35);
    const alone = blob(uniformFrom(3), 120, [600, 15]).with(7, [6e9, 15]);
    expect(clusters(tableOf(alone), quick).verdict).toBe('none');
  });

  test('a handful far out, too many to be pulled in, is no segment either', () => {
    const customers = blob(uniformFrom(3), 200, [600, 15]);
    const handful = withColumn(tableOf(customers), 'tenure_years', (years, row) =>
      row < 3 ? 200 : years,
    );
    const result = clusters(handful, quick);
    expect(result.verdict).toBe('none');
    expect(result.candidates[0].smallest).toBe(3 / 200);
  });

  test('a number that is asked for is given, and it is said whether it is natural', () => {
    const one = tableOf(blob(uniformFrom(2), 120, [600, 15], 1.5));
    const asked = clusters(one, { ...quick, k: 4 });
    expect([asked.verdict, asked.k, asked.asked]).toEqual(['none', 4, true]);
    expect(toText(asked)).toMatch(/^No natural segments: the 4 groups asked for/);
    const table = tableOf(threeBlobs(1));
    expect(byId(clusters(table, { ...quick, k: 3 }))).toEqual(byId(clusters(table, quick)));
  });
});

describe('the same clusters', () => {
  test('for the same seed whatever the order of the rows', () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (seed, keys) => {
          const table = tableOf(threeBlobs(seed, 15));
          const order = table.ids
            .map((_, row) => ({ row, key: keys.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ row }) => row);
          const settings = { on, k: 4, rounds: 3, starts: 2, seed };
          const [one, other] = [table, reordered(table, order)].map((rows) =>
            clusters(rows, settings),
          );
          expect(byId(other)).toEqual(byId(one));
          const { columns: _, ...figures } = one;
          expect(other).toMatchObject(
            JSON.parse(JSON.stringify({ k: figures.k, stability: figures.stability })),
          );
          expect(other.clusters.map(({ customers }) => customers)).toEqual(
            one.clusters.map(({ customers }) => customers),
          );
        },
      ),
      { numRuns: runs(15) },
    );
  });

  test('in every currency', () => {
    const table = tableOf(threeBlobs(5));
    const all = { ...quick, on: [...on, 'largest_claim', 'pure_premium'] };
    const claimed = ['incurred_loss', 'largest_claim', 'pure_premium'].reduce(
      (so, name) => withColumn(so, name, (_, row) => (row % 4 === 0 ? 50 * (row + 1) : 0)),
      table,
    );
    const one = clusters(claimed, { ...all, k: 4 });
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e6, noNaN: true }), (rate) => {
        const money = [
          'annual_premium',
          'earned_premium',
          'incurred_loss',
          'largest_claim',
          'pure_premium',
        ];
        const exchanged = money.reduce(
          (so, name) => withColumn(so, name, (value) => value * rate),
          claimed,
        );
        expect(byId(clusters(exchanged, { ...all, k: 4 }))).toEqual(byId(one));
      }),
      { numRuns: runs(8) },
    );
  });

  test('numbered by the premium they have, most first', () => {
    const { clusters: found } = clusters(tableOf(threeBlobs(9)), quick);
    const premiums = found.map(({ earnedPremium }) => earnedPremium);
    expect(premiums).toEqual([...premiums].sort((a, b) => b - a));
    expect(found.map(({ cluster }) => cluster)).toEqual([1, 2, 3]);
    expect(found[0].apart[0]).toMatchObject({ indicator: 'annual_premium' });
    expect(found[0].apart[0].mean).toBeGreaterThan(1000);
  });

  test('for a sample and for all: of more than a thousand customers a sample settles the number', () => {
    const customers = threeBlobs(6, 500);
    const result = clusters(tableOf(customers), { ...quick, starts: 1, max: 4 });
    expect(result.sampled).toEqual({ number: 1000, fit: 1500 });
    expect(result.k).toBe(3);
    // Every customer is in a group, and hardly any in another than it was planted in.
    const planted = Int32Array.from(customers, (_, row) => Math.floor(row / 500));
    const found = result.columns.cluster.map((cluster) => cluster - 1);
    expect(adjustedRand(planted, found, 3)).toBeGreaterThan(0.98);
  });
});

describe('what clusters say', () => {
  const { policies, claims, asOf } = simulate({ customers: 600, seed: 5, years: 4 });
  const { book } = readBook(policies, claims);
  const table = indicators(book, { asOf });
  const grades = assess(table, calibrate(table));
  const result = clusters(grades, { max: 4, starts: 3, rounds: 10 });

  test('customers, premium, losses and tiers of the clusters add up to the book', () => {
    const total = (of: (cluster: (typeof result.clusters)[number]) => number) =>
      result.clusters.reduce((sum, cluster) => sum + of(cluster), 0);
    expect(result.k).toBeGreaterThan(1);
    expect(total(({ customers }) => customers) + result.excluded.customers).toBe(table.length);
    expect(total(({ earnedPremium }) => earnedPremium)).toBeCloseTo(result.all.earnedPremium, 4);
    expect(total(({ incurred }) => incurred)).toBeCloseTo(result.all.incurred, 4);
    for (const tiers of ['riskTiers', 'valueTiers'] as const) {
      for (const cluster of result.clusters) {
        const counts = Object.values(cluster[tiers] ?? {});
        expect(counts.reduce((sum, count) => sum + count)).toBe(cluster.customers);
      }
    }
    const highRisk = grades.tiers.risk_tier.filter((tier) => tier === 3).length;
    expect(total(({ riskTiers }) => riskTiers?.['high-risk'] ?? 0)).toBe(highRisk);
  });

  test('each customer has the cluster whose centre is nearest, and how far the next one is', () => {
    const { distance, nextDistance } = result.columns;
    expect(distance.every((value, row) => value >= 0 && value <= nextDistance[row])).toBe(true);
    const [row] = toRows(result);
    expect(Object.values(row)).toEqual([
      table.ids[0],
      result.columns.cluster[0],
      distance[0],
      nextDistance[0],
    ]);
  });

  test('a report in words, as text and as HTML, and two pictures', () => {
    const text = String(result);
    expect(text).toBe(toText(result));
    expect(text).toMatch(/risk tier +excellent/);
    expect(text).toMatch(/\n1: .* \(.* against .*\)/);
    expect(text).not.toMatch(/NaN|undefined|null/);
    const display = (result as unknown as Record<symbol, () => Record<string, unknown>>)[
      Symbol.for('Jupyter.display')
    ]();
    expect(display['application/vnd.vegalite.v5+json']).toEqual(clustersChart(result));
    expect(JSON.stringify(clustersChart(result))).toMatch(/claim frequency/);
    expect(silhouetteChart(result).data).toMatchObject({
      values: expect.arrayContaining([expect.objectContaining({ k: 2, name: 'this book' })]),
    });
  });

  test('a segment that is most of the book is told by what sets it apart least', () => {
    const uniform = uniformFrom(8);
    const most = [...blob(uniform, 110, [600, 15]), ...blob(uniform, 18, [3000, 2])];
    const text = toText(clusters(tableOf(most), quick));
    expect(text).toMatch(/: much like all customers, \S.* a little (above|below) \(/);
    expect(text).toMatch(/annual premium far above/);
    expect(text).toMatch(/tenure far below/);
  });

  test('whether they last when customers are resampled', () => {
    const stable = clusters(tableOf(threeBlobs(2)), { on, max: 4, starts: 3, rounds: 20 });
    expect(stable.stability?.adjustedRand).toBeGreaterThan(0.95);
    expect(toText(stable)).toMatch(/very stable/);
    const noise = tableOf(blob(uniformFrom(2), 100, [600, 15], 1.5));
    const shaky = clusters(noise, { on, k: 7, starts: 1, rounds: 20 });
    expect(shaky.stability?.adjustedRand).toBeLessThan(0.75);
    expect(toText(shaky)).toMatch(/do not rely on segment/);
  });

  test('without segments everybody is in none, and the picture shows how clear they would be', () => {
    const none = clusters(tableOf(blob(uniformFrom(2), 100, [600, 15])), quick);
    expect([none.clusters, none.columns.cluster.every((cluster) => cluster === 0)]).toEqual([
      [],
      true,
    ]);
    expect(Object.values([...toRows(none)][3])).toEqual(['C000003', null, null, null]);
    expect(clustersChart(none)).toEqual(silhouetteChart(none));
    expect(toText(none)).toMatch(/^No natural segments: customers do not fall into groups/);
  });
});

describe('wrong and missing data', () => {
  const table = tableOf(threeBlobs(1));
  const refused = (rows: Table, options: object) => () => clusters(rows, options);

  test('who lacks an indicator is excluded, with premium, and counted', () => {
    const gaps = withColumn(table, 'tenure_years', (years, row) => (row < 2 ? Number.NaN : years));
    const result = clusters(gaps, quick);
    const premium = table.columns.earned_premium;
    expect(result.excluded).toEqual({
      customers: 2,
      earnedPremium: premium[0] + premium[1],
      missing: { tenure_years: 2 },
    });
    expect([...result.columns.cluster.subarray(0, 2)]).toEqual([0, 0]);
    expect(result.all.customers).toBe(118);
    expect(toText(result)).toMatch(/2 customers with .* in no group: not known is the tenure of 2/);
  });

  test('an indicator that nobody has says so', () => {
    expect(refused(table, { on: ['tenure_years', 'new_business_premium'] })).toThrow(
      UnusableDataError,
    );
    expect(refused(table, { on: ['tenure_years', 'new_business_premium'] })).toThrow(
      /got 0 of 120: new_business_premium is not known of 120 customers; leave out/,
    );
  });

  test('an indicator that is the same for all is dropped with a note; nothing left is an error', () => {
    const result = clusters(table, { ...quick, on: [...on, 'claim_frequency'] });
    expect([result.constant, result.k]).toEqual([['claim_frequency'], 3]);
    expect(toText(result)).toMatch(/Note: claim_frequency is the same for all but the extremes/);
    expect(refused(table, { on: ['claim_frequency'] })).toThrow(MisuseError);
    expect(refused(table, { on: ['claim_frequency'] })).toThrow(/take other indicators/);
  });

  test.each([1, 2, 9])('%i customers are too few to be grouped', (few) => {
    const rows = tableOf(threeBlobs(1).slice(0, few));
    expect(refused(rows, { on })).toThrow(UnusableDataError);
    expect(refused(rows, { on })).toThrow(
      new RegExp(`expected 10 customers or more .*, got ${few} of ${few}`),
    );
  });

  test('more clusters than different customers cannot be', () => {
    const rows = Array.from({ length: 12 }, (_, i): Customer => [i < 6 ? 100 : 900, i < 6 ? 2 : 9]);
    expect(refused(tableOf(rows), { on, k: 13 })).toThrow(
      /number of different customers, got 13 for 12/,
    );
    expect(refused(tableOf(rows), { on, k: 3 })).toThrow(MisuseError);
    // Two places only: no number above two can be tried, and two is as clear as can be.
    const result = clusters(tableOf(rows), { on, rounds: 2 });
    expect(result.candidates.map(({ silhouette }) => silhouette)).toEqual([
      1,
      ...Array(6).fill(null),
    ]);
    expect(result.k).toBe(2);
  });

  test.each<[object, RegExp]>([
    [
      { on: ['claim_frequncy'] },
      /"claim_frequncy" is no indicator \(did you mean "claim_frequency"\?\)/,
    ],
    [{ on: ['channel'] }, /"channel" is an attribute; clusters are formed by indicators only/],
    [{ on: [] }, /expected one indicator or more/],
    [{ on: ['tenure_years', 'tenure_years'] }, /appears twice/],
    [{ k: 1 }, /expected k as a whole number from 2/],
    [{ max: 1.5 }, /expected max as a whole number/],
    [{ starts: 0 }, /expected starts/],
    [{ rounds: -1 }, /expected rounds/],
    [{ seed: 0.5 }, /expected a whole number as the seed, got 0.5/],
    [{ seeds: 1 }, /unknown option "seeds" \(did you mean "seed"\?\)/],
  ])('%j is refused', (options, message) => {
    expect(refused(table, options)).toThrow(MisuseError);
    expect(refused(table, options)).toThrow(message);
  });

  test('neither grades nor a table is refused', () => {
    expect(() => clusters({} as Table)).toThrow(/expected grades, as assess/);
    expect(() => clusters(undefined as unknown as Table)).toThrow(MisuseError);
  });

  test('losses below 0 enter with their sign', () => {
    const values = Float64Array.from({ length: 30 }, (_, i) => (i < 15 ? -100 - i : 100 + i));
    const scaling = scalingOf('incurred_loss', values);
    if (!scaling) throw new Error('expected a scaling');
    expect(scaled(-110, scaling)).toBeLessThan(scaled(110, scaling));
    expect(scaled(-1e9, scaling)).toBe(scaled(-113, scaling));
  });

  test('an attribute of the table never enters, whatever its name', () => {
    const { table: named } = readIndicators(
      threeBlobs(1).map(([annualPremium, tenureYears], i) => ({
        ...{ customerId: i, annualPremium, tenureYears, earnedPremium: annualPremium },
        ...{ exposureYears: 1, claimCount: 0, incurredLoss: 0, gender: i % 2 ? 'f' : 'm' },
      })),
    );
    expect(refused(named, { on: ['gender'] })).toThrow(/"gender" is an attribute/);
    expect(JSON.stringify(clusters(named, quick))).not.toMatch(/gender/);
  });
});

describe('measures of clusterings, against published values', () => {
  // Rousseeuw (1987), table 1: dissimilarities between twelve countries; figures 2 and 3.
  const lower = [
    ...[5.58, 7.0, 6.5, 7.08, 7.0, 3.83, 4.83, 5.08, 8.17, 5.83, 2.17, 5.75, 6.67, 6.92, 4.92],
    ...[6.42, 5.0, 5.58, 6.0, 4.67, 6.42, 3.42, 5.5, 6.42, 6.42, 5.0, 3.92, 6.17],
    ...[
      2.5, 4.92, 6.25, 7.33, 4.5, 2.25, 6.33, 2.75, 6.08, 6.67, 4.25, 2.67, 6.0, 6.17, 6.17, 6.92,
      6.17,
    ],
    ...[5.25, 6.83, 4.5, 3.75, 5.75, 5.42, 6.08, 5.83, 6.67, 3.67],
    ...[4.75, 3.0, 6.08, 6.67, 5.0, 5.58, 4.83, 6.17, 5.67, 6.5, 6.92],
  ];
  const between = (i: number, j: number) => lower[(i * (i - 1)) / 2 + j];
  const mean = (values: Float64Array) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;

  test.each([
    {
      ...{ k: 2, score: 0.28, labels: [0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0] },
      each: [0.39, 0.22, 0.33, 0.4, 0.2, 0.35, -0.04, 0.3, 0.43, 0.34, 0.26, 0.19],
    },
    {
      ...{ k: 3, score: 0.33, labels: [0, 1, 2, 2, 0, 0, 1, 0, 0, 2, 2, 1] },
      each: [0.42, 0.25, 0.31, 0.48, 0.02, 0.44, 0.17, 0.37, 0.47, 0.44, 0.31, 0.28],
    },
  ])(
    'silhouettes of the twelve countries in $k clusters (Rousseeuw, 1987)',
    ({ k, score, labels, each }) => {
      const found = silhouettes(Int32Array.from(labels), k, between);
      expect([...found].map((value) => Math.abs(value)).length).toBe(12);
      each.forEach((published, i) => {
        expect(Math.abs(found[i] - published)).toBeLessThan(0.0101);
      });
      expect(Math.abs(mean(found) - score)).toBeLessThan(0.0051);
    },
  );

  test('a silhouette worked out by hand; 0 where a cluster has one point', () => {
    // At 0, 1, 10 and 12: a = 1, b = (10 + 12) ÷ 2 = 11 for the first, so 10 ÷ 11.
    const places = [0, 1, 10, 12];
    const distance = (i: number, j: number) => Math.abs(places[i] - places[j]);
    const found = silhouettes(Int32Array.of(0, 0, 1, 1), 2, distance);
    expect(found[0]).toBeCloseTo(10 / 11, 12);
    expect(found[2]).toBeCloseTo(7.5 / 9.5, 12);
    expect([...silhouettes(Int32Array.of(0, 1, 1, 1), 2, distance)][0]).toBe(0);
  });

  // The documentation of scikit-learn's adjusted_rand_score, and the last worked out by hand: pairs
  // together in both 2, in the one 6, in the other 3, of 15: (2 − 1.2) ÷ (4.5 − 1.2).
  test.each([
    [[0, 0, 1, 1], [0, 0, 1, 1], 1],
    [[0, 0, 1, 1], [1, 1, 0, 0], 1],
    [[0, 0, 1, 2], [0, 0, 1, 1], 4 / 7],
    [[0, 0, 1, 1], [0, 0, 1, 2], 4 / 7],
    [[0, 0, 0, 0], [0, 1, 2, 3], 0],
    [[0, 0, 1, 1], [0, 1, 0, 1], -0.5],
    [[0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2], 0.8 / 3.3],
  ])('the adjusted Rand index of %j and %j', (one, other, index) => {
    expect(adjustedRand(Int32Array.from(one), Int32Array.from(other), 4)).toBeCloseTo(index, 12);
  });

  test('how like the most similar cluster is, worked out by hand', () => {
    // {0, 1, 2} beside {0, 1}: 2 ÷ 3; {3, 4, 5} beside {2, 3, 4, 5}: 3 ÷ 4.
    const found = jaccards(Int32Array.of(0, 0, 0, 1, 1, 1), Int32Array.of(1, 1, 0, 0, 0, 0), 2);
    expect(found).toEqual([2 / 3, 3 / 4]);
  });

  test('points without structure fill the box along the principal axes', () => {
    const uniform = uniformFrom(1);
    // Along the diagonal from −10 to 10, 0.1 to either side.
    const line = Array.from({ length: 400 }, () => {
      const [along, across] = [20 * uniform() - 10, 0.2 * uniform() - 0.1];
      return [along - across, along + across];
    });
    const drawn = uniformLike(line, uniform);
    expect(drawn.every(([x, y]) => Math.abs(x - y) < 0.25)).toBe(true);
    expect(drawn.filter(([x]) => x > 5).length).toBeGreaterThan(70);
    expect(drawn.filter(([x]) => x < -5).length).toBeGreaterThan(70);
  });
});
