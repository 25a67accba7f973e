import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniformFrom } from '../../../src/base/random.js';
import {
  type Book,
  isoFromDay,
  MisuseError,
  type PlanInput,
  readBook,
  readExperience,
  riskTiers,
  UnusableDataError,
  valueTiers,
} from '../../../src/index.js';
import type { Challenger } from '../../../src/portfolio/backtest/challengers.js';
import { conclusions } from '../../../src/portfolio/backtest/conclusions.js';
import { metricsOf } from '../../../src/portfolio/backtest/metrics.js';
import {
  type Backtest,
  type BacktestColumns,
  type BacktestGroup,
  type BacktestOptions,
  backtest,
  type Estimate,
} from '../../../src/portfolio.js';
import { simulate } from '../../../src/simulate.js';

const from = '2023-01-01';
const until = '2024-01-01';
const both = ['date', 'renewal'] as const;

/** A year's term of a customer that has one policy, under the customer's id. */
const year = (id: string, begins: number, premium: number, row: object = {}) => ({
  customerId: id,
  policyId: id,
  from: `${begins}-01-01`,
  to: `${begins + 1}-01-01`,
  premium,
  ...row,
});
let claims = 0;
const claim = (id: string, occurredOn: string, paid: number, row: object = {}) => ({
  claimId: ++claims,
  policyId: id,
  occurredOn,
  paid,
  ...row,
});
const dated = (terms: object[], claimed: object[] = []) =>
  readBook(terms, claimed, { maxIssues: 1e9 }).book;
const total = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** A book that is large enough for tiers, tenths and intervals. */
const simulated = (rate = 1, order?: (length: number) => number[]) => {
  const { policies, claims } = simulate({ customers: 1200, seed: 8, years: 4, from: '2021-01-01' });
  const arranged = (columns: object, money: readonly string[]) => {
    const { length } = Object.values(columns)[0] as ArrayLike<unknown>;
    const places = order?.(length) ?? Array.from({ length }, (_, k) => k);
    return Object.fromEntries(
      Object.entries(columns as Record<string, ArrayLike<unknown>>).map(([name, column]) => [
        name,
        places.map((k) => (money.includes(name) ? Number(column[k]) * rate : column[k])),
      ]),
    );
  };
  return readBook(arranged(policies, ['premium']), arranged(claims, ['paid', 'reserve'])).book;
};
const careful: PlanInput = { risk: { highRiskCertainty: 0.95 } };
const simulatedBook = simulated();
const options = (more: Partial<BacktestOptions> = {}): BacktestOptions => ({
  from,
  until,
  plan: careful,
  rounds: 12,
  ...more,
});
const results = both.map((at) => [at, backtest(simulatedBook, options({ at }))] as const);

describe('a book worked out by hand', () => {
  // Four customers with a year of history; the next one is followed.
  const terms = ['Ann', 'Bob', 'Cid', 'Dan'].flatMap((id, k) => [
    year(id, 2022, 500),
    year(id, 2023, [400, 100, 300, 200][k]),
  ]);
  const book = dated(terms, [
    claim('Bob', '2022-03-01', 900),
    claim('Dan', '2022-04-01', 100),
    claim('Dan', '2022-05-01', 2000),
    claim('Ann', '2023-02-01', 70, { reportedOn: '2025-01-01' }),
    claim('Bob', '2023-03-01', 40),
    claim('Dan', '2023-04-01', 90),
  ]);
  // Four customers do not differ measurably by their counts; as observed they do.
  const plan: PlanInput = { risk: { basis: 'observed' } };
  const result = backtest(book, { from, until, rounds: 0, plan });
  const value = (number: number) => ({ value: expect.closeTo(number, 12), low: null, high: null });

  test('tells what followed, of the book and by tier', () => {
    expect(result).toMatchObject({
      at: 'date',
      from,
      until,
      customers: 4,
      earnedPremium: 1000,
      exposureYears: 4,
      claims: 3,
      incurred: 200,
      lossRatio: 0.2,
    });
    expect(result.riskTiers.excellent).toEqual({
      customers: 2,
      earnedPremium: 700,
      exposureYears: 2,
      claims: 1,
      incurred: 70,
      lossRatio: 0.1,
      // A loss ratio of 0.1 beside 0.2, a claim in two years beside three in four.
      relativeLossRatio: value(0.5),
      relativeFrequency: value(2 / 3),
      renewals: 0,
      stayed: null,
    });
    expect(result.riskTiers['high-risk']).toMatchObject({
      customers: 2,
      earnedPremium: 300,
      incurred: 130,
      relativeLossRatio: value(130 / 300 / 0.2),
      relativeFrequency: value(4 / 3),
    });
    expect(result.riskTiers.healthy).toEqual({
      customers: 0,
      earnedPremium: 0,
      exposureYears: 0,
      claims: 0,
      incurred: 0,
      lossRatio: null,
      relativeLossRatio: { value: null, low: null, high: null },
      relativeFrequency: { value: null, low: null, high: null },
      renewals: 0,
      stayed: null,
    });
  });

  test('and of every customer, in the order of their ids', () => {
    const { columns } = result;
    expect(columns.customerIds).toEqual(['Ann', 'Bob', 'Cid', 'Dan']);
    expect(Array.from(columns.gradedOn, isoFromDay)).toEqual([from, from, from, from]);
    expect(Array.from(columns.observedLossRatio)).toEqual([0, 1.8, 0, 4.2]);
    expect(Array.from(columns.earnedPremium)).toEqual([400, 100, 300, 200]);
    expect(Array.from(columns.claims)).toEqual([1, 1, 0, 1]);
    expect(Array.from(columns.incurred)).toEqual([70, 40, 0, 90]);
    expect(Array.from(columns.stayed)).toEqual(Array(4).fill(Number.NaN));
  });

  test('ranks by the raw loss ratio: Gini, lift and Lorenz curve', () => {
    const raw = result.contest.find(({ name }) => name === 'raw loss ratio');
    // Ann and Cid (0.7 of premium, 0.35 of losses), Bob (0.1, 0.2), Dan (0.2, 0.45): twice the area
    // is 0.7 × 0.35 + 0.1 × (0.35 + 0.55) + 0.2 × (0.55 + 1) = 0.645.
    expect(raw?.giniOfLosses).toEqual(value(0.355));
    // Of claims: 0.7 × 1/3 + 0.1 × (1/3 + 2/3) + 0.2 × (2/3 + 1) = 2/3.
    expect(raw?.giniOfClaims).toEqual(value(1 / 3));
    // The worst tenth of premium is half of Dan's: 45 of 200.
    expect(raw?.topDecileLift).toEqual(value(2.25));
    expect(result.lorenz['raw loss ratio']).toEqual({
      premium: [0, 0.7, expect.closeTo(0.8, 12), 1],
      losses: [0, 0.35, expect.closeTo(0.55, 12), 1],
    });
    const count = result.contest.find(({ name }) => name === 'claim count');
    expect(count?.giniOfLosses).toEqual(value(0.355));
  });

  test('a customer is graded on what was known before, and followed where it renews', () => {
    const renewed = backtest(book, { from, until, at: 'renewal', rounds: 0, plan });
    expect(renewed.columns).toEqual(result.columns);
    expect(renewed.riskTiers).toEqual(result.riskTiers);
    const midyear = backtest(book, { from: '2023-02-15', until, rounds: 0, plan });
    // Its claim of 1 February was reported in 2025: neither known before nor after the day.
    expect(midyear.columns.incurred[0]).toBe(0);
    expect(midyear.columns.observedLossRatio[0]).toBe(0);
    expect(midyear.columns.earnedPremium[0]).toBeCloseTo((400 * 320) / 365, 10);
    expect(() => backtest(book, { from: '2023-02-15', until, at: 'renewal' })).toThrow(
      UnusableDataError,
    );
  });
});

describe.each(results)('relations, at %s', (at, result) => {
  const { columns } = result;

  test('tiers add up to the book', () => {
    for (const [groups, codes, names] of [
      [result.riskTiers, columns.riskTier, riskTiers],
      [result.valueTiers, columns.valueTier, valueTiers],
    ] as const) {
      const all = Object.values(groups);
      expect(Object.keys(groups)).toEqual([...names]);
      for (const name of [
        'customers',
        'earnedPremium',
        'exposureYears',
        'claims',
        'incurred',
      ] as const) {
        expect(total(all.map((group) => group[name]))).toBeCloseTo(result[name], 6);
      }
      expect(total(all.map(({ renewals }) => renewals))).toBe(
        columns.stayed.filter((stayed) => !Number.isNaN(stayed)).length,
      );
      names.forEach((name, code) => {
        const mine = [...codes.keys()].filter((row) => codes[row] === code);
        expect(groups[name].customers).toBe(mine.length);
        expect(groups[name].incurred).toBeCloseTo(total(mine.map((row) => columns.incurred[row])));
      });
    }
    expect(columns.customerIds).toHaveLength(result.customers);
    expect(new Set(columns.customerIds).size).toBe(result.customers);
    expect(result.lossRatio).toBe(result.incurred / result.earnedPremium);
  });

  test('relative figures weighed by their shares come to 1', () => {
    const weighed = (figures: readonly [Estimate, number][]) =>
      total(figures.map(([{ value }, share]) => (value ?? 0) * share));
    for (const groups of [result.riskTiers, result.valueTiers]) {
      const all = Object.values(groups);
      const { earnedPremium, exposureYears } = result;
      expect(
        weighed(all.map((g) => [g.relativeLossRatio, g.earnedPremium / earnedPremium])),
      ).toBeCloseTo(1, 10);
      expect(
        weighed(all.map((g) => [g.relativeFrequency, g.exposureYears / exposureYears])),
      ).toBeCloseTo(1, 10);
    }
    expect(result.deciles).toHaveLength(10);
    const expected = total(result.deciles.map((band) => band.expectedLossRatio ?? 0));
    expect(
      weighed(
        result.deciles.map((band) => [
          band.actualToExpected,
          (band.expectedLossRatio ?? 0) / expected,
        ]),
      ),
    ).toBeCloseTo(1, 10);
    const { doubleLift } = result;
    expect(total(doubleLift.map(({ ours }) => ours ?? 0)) / 10).toBeCloseTo(1, 10);
    expect(total(doubleLift.map(({ raw }) => raw ?? 0)) / 10).toBeCloseTo(1, 10);
    expect(weighed(doubleLift.map(({ actual }) => [actual, 1 / 10]))).toBeCloseTo(1, 10);
  });

  /** The share of an outcome of the best-ranked so much of the premium, drawn by straight lines. */
  const curveOf = (score: Float64Array, outcome: Float64Array) => {
    const sums = new Map<number, [number, number]>();
    score.forEach((value, row) => {
      const [premium, worth] = sums.get(value) ?? [0, 0];
      sums.set(value, [premium + columns.earnedPremium[row], worth + outcome[row]]);
    });
    const points = [[0, 0]];
    for (const value of [...sums.keys()].sort((a, b) => a - b)) {
      const [premium, worth] = sums.get(value) ?? [0, 0];
      const [x, y] = points[points.length - 1];
      points.push([x + premium, y + worth]);
    }
    const at = (share: number) => {
      const wanted = share * result.earnedPremium;
      const k = Math.max(
        1,
        points.findIndex(([x]) => x >= wanted * (1 - 1e-12)),
      );
      const [[x0, y0], [x1, y1]] = [points[k - 1], points[k]];
      return y0 + ((wanted - x0) / (x1 - x0)) * (y1 - y0);
    };
    return { points, at };
  };

  test('tenths, lift and Gini are those of the curve drawn point by point', () => {
    const { expectedLossRatio: score, earnedPremium: premium, incurred, claims } = columns;
    const expected = score.map((ratio, row) => ratio * premium[row]);
    const losses = curveOf(score, incurred);
    const foreseen = curveOf(score, expected);
    const scale = total(expected) / result.incurred;
    result.deciles.forEach((band, k) => {
      const between = (curve: typeof losses) => curve.at((k + 1) / 10) - curve.at(k / 10);
      expect(band.lossRatio).toBeCloseTo(between(losses) / (result.earnedPremium / 10), 9);
      expect(band.expectedLossRatio).toBeCloseTo(
        between(foreseen) / (result.earnedPremium / 10),
        9,
      );
      const ratio = (between(losses) / between(foreseen)) * scale;
      expect(band.actualToExpected.value).toBeCloseTo(ratio, 8);
    });
    expect(result.actualToExpected.value).toBeCloseTo(1 / scale, 10);
    expect(result.topDecileLift.value).toBeCloseTo(
      (result.incurred - losses.at(0.9)) / (result.incurred / 10),
      8,
    );
    const giniOf = ({ points }: typeof losses, worth: number) =>
      1 -
      total(points.slice(1).map(([x, y], k) => (x - points[k][0]) * (y + points[k][1]))) /
        (worth * result.earnedPremium);
    expect(result.giniOfLosses.value).toBeCloseTo(giniOf(losses, result.incurred), 9);
    expect(result.giniOfClaims.value).toBeCloseTo(giniOf(curveOf(score, claims), result.claims), 9);
  });

  test('the double lift goes from where ours is lowest against the raw loss ratio to the highest', () => {
    const { expectedLossRatio, observedLossRatio, earnedPremium, incurred } = columns;
    /** A loss ratio beside that of all customers. */
    const beside = (ratio: Float64Array) => {
      const all = total(ratio.map((value, row) => value * earnedPremium[row]));
      return ratio.map((value) => (value * result.earnedPremium) / all);
    };
    const [ours, raw] = [beside(expectedLossRatio), beside(observedLossRatio)];
    // Apart by rounding alone is not apart.
    const gap = ours.map((value, row) => Number((value - raw[row]).toFixed(12)));
    const worth = (ratio: Float64Array) => ratio.map((value, row) => value * earnedPremium[row]);
    const [said, rawSaid, came] = [worth(ours), worth(raw), incurred].map((outcome) =>
      curveOf(gap, outcome),
    );
    result.doubleLift.forEach((band, k) => {
      const share = (curve: typeof said, all: number) =>
        ((curve.at((k + 1) / 10) - curve.at(k / 10)) * 10) / all;
      expect(band.ours).toBeCloseTo(share(said, result.earnedPremium), 7);
      expect(band.raw).toBeCloseTo(share(rawSaid, result.earnedPremium), 7);
      expect(band.actual.value).toBeCloseTo(share(came, result.incurred), 7);
    });
    const gaps = result.doubleLift.map((band) => Number(band.ours) - Number(band.raw));
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
    expect(gaps[0]).toBeLessThan(0);
    expect(gaps[9]).toBeGreaterThan(0);
  });

  test('the model heads the contest; its own method has the same figures, 0 apart from it', () => {
    const [model, ...others] = result.contest;
    expect(model).toMatchObject({ name: "the plan's model", kind: 'method', againstModel: null });
    expect(model.giniOfLosses).toEqual(result.giniOfLosses);
    expect(model.giniOfClaims).toEqual(result.giniOfClaims);
    expect(model.topDecileLift).toEqual(result.topDecileLift);
    const own = others.find(({ name }) => name === 'frequency by premium');
    expect(own?.giniOfLosses).toEqual(result.giniOfLosses);
    expect(own?.againstModel).toEqual({ value: 0, low: 0, high: 0 });
    expect(others.map(({ kind, name }) => `${kind}: ${name}`)).toEqual([
      'chance: chance',
      'plain rule: raw loss ratio',
      'plain rule: claim count',
      'plain rule: claims per year',
      'method: frequency by premium',
      'method: frequency by years of cover',
      'method: frequency-severity by premium',
      'method: frequency-severity by years of cover',
      'method: loss-ratio by premium',
      'method: auto',
    ]);
    for (const { giniOfLosses, againstModel } of others) {
      expect(againstModel?.value).toBeCloseTo(
        (giniOfLosses.value ?? 0) - (result.giniOfLosses.value ?? 0),
        12,
      );
    }
    expect(Object.keys(result.lorenz)).toEqual(
      result.contest.flatMap(({ name, kind }) => (kind === 'chance' ? [] : [name])),
    );
  });

  test('a plan with the loss-ratio method is graded by it, and the contest is the same', () => {
    const plan: PlanInput = { ...careful, experience: { method: 'loss-ratio' } };
    const other = backtest(simulatedBook, options({ at, plan }));
    const named = (of: Backtest, wanted: string) =>
      of.contest.find(({ name }) => name === wanted)?.giniOfLosses;
    expect(other.model.method).toBe('loss-ratio');
    expect(other.giniOfLosses).toEqual(named(result, 'loss-ratio by premium'));
    expect(named(other, 'frequency by premium')).toEqual(result.giniOfLosses);
    expect(named(other, 'claims per year')).toEqual(named(result, 'claims per year'));
  });

  test('the same seed gives the same result, another one other intervals of the same values', () => {
    expect(backtest(simulatedBook, options({ at }))).toEqual(result);
    const other = backtest(simulatedBook, options({ at, seed: 2 }));
    expect(other.giniOfLosses.value).toBe(result.giniOfLosses.value);
    expect(other.giniOfLosses.low).not.toBe(result.giniOfLosses.low);
    expect(other.columns).toEqual(result.columns);
    expect(other.bootstrap).toEqual({ rounds: 12, seed: 2, probability: 0.9 });
  });

  test('the order of rows changes nothing', () => {
    const uniform = uniformFrom(4);
    const shuffled = (length: number) => {
      const drawn = Float64Array.from({ length }, uniform);
      return Array.from({ length }, (_, k) => k).sort((a, b) => drawn[a] - drawn[b]);
    };
    expect(backtest(simulated(1, shuffled), options({ at }))).toEqual(result);
  });

  test('another currency changes money and no relative figure', () => {
    const quarter = backtest(simulated(0.25), options({ at }));
    const money = (of: Backtest, rate: number) => ({
      ...of,
      earnedPremium: of.earnedPremium * rate,
      incurred: of.incurred * rate,
      ...Object.fromEntries(
        (['riskTiers', 'valueTiers'] as const).map((name) => [
          name,
          Object.fromEntries(
            Object.entries(of[name]).map(([tier, group]) => [
              tier,
              {
                ...group,
                earnedPremium: group.earnedPremium * rate,
                incurred: group.incurred * rate,
              },
            ]),
          ),
        ]),
      ),
      columns: {
        ...of.columns,
        earnedPremium: of.columns.earnedPremium.map((value) => value * rate),
        incurred: of.columns.incurred.map((value) => value * rate),
      },
      model: of.model.method,
    });
    // A power of 2 leaves every bit but the exponent.
    expect(money(quarter, 4)).toEqual(money(result, 1));
    const other = backtest(simulated(7.8), options({ at }));
    expect(other.earnedPremium).toBeCloseTo(result.earnedPremium * 7.8, 4);
    expect(other.columns.riskTier).toEqual(result.columns.riskTier);
    expect(other.giniOfLosses.value).toBeCloseTo(result.giniOfLosses.value ?? 0, 10);
    expect(other.riskTiers.excellent.relativeLossRatio.low).toBeCloseTo(
      result.riskTiers.excellent.relativeLossRatio.low ?? 0,
      10,
    );
  });

  test('without rounds there are values and no intervals; every round is told', () => {
    const told: number[] = [];
    const onRound = (done: number) => told.push(done);
    const none = backtest(simulatedBook, options({ at, rounds: 0, onRound }));
    expect(told).toEqual([]);
    const estimates = (of: Backtest) => [
      of.giniOfLosses,
      of.giniOfClaims,
      of.topDecileLift,
      of.actualToExpected,
      ...of.deciles.map((band) => band.actualToExpected),
      ...of.doubleLift.map(({ actual }) => actual),
      ...[of.riskTiers, of.valueTiers].flatMap((groups) =>
        Object.values(groups).flatMap((g) => [g.relativeLossRatio, g.relativeFrequency]),
      ),
      ...of.contest.flatMap((entry) => [
        entry.giniOfLosses,
        entry.giniOfClaims,
        entry.topDecileLift,
        ...(entry.againstModel ? [entry.againstModel] : []),
      ]),
    ];
    expect(estimates(none)).toEqual(
      estimates(result).map(({ value }) => ({ value, low: null, high: null })),
    );
    for (const { value, low, high } of estimates(result)) {
      if (value === null) continue;
      expect(low).not.toBeNull();
      expect(Number(low)).toBeLessThanOrEqual(Number(high));
    }
    backtest(simulatedBook, options({ at, rounds: 3, onRound }));
    expect(told).toEqual([1, 2, 3]);
  });
});

describe('the contest', () => {
  const length = 60;
  const uniform = uniformFrom(2);
  const column = (of: () => number) => Float64Array.from({ length }, of);
  const columns: BacktestColumns = {
    customerIds: Array.from({ length }, (_, k) => `C${k}`),
    gradedOn: new Int32Array(length),
    riskTier: Uint8Array.from({ length }, (_, k) => k % 5),
    riskTiers,
    valueTier: Uint8Array.from({ length }, (_, k) => k % 2),
    expectedLossRatio: column(uniform),
    credibility: column(uniform),
    observedLossRatio: column(uniform),
    earnedPremium: column(() => 100 + 100 * uniform()),
    exposureYears: column(() => 1),
    claims: column(() => Math.floor(3 * uniform())),
    incurred: column(() => 500 * uniform()),
    stayed: column(() => Number.NaN),
  };
  const one: Challenger = { name: 'one', kind: 'plain rule', score: column(uniform), notes: ['n'] };
  const two: Challenger = { name: 'two', kind: 'method', score: column(uniform), notes: [] };
  const three: Challenger = { name: 'three', kind: 'method', score: column(uniform), notes: [] };
  const drawn = { rounds: 30, seed: 1 };
  const held = (model: Challenger, ...others: Challenger[]) =>
    Object.fromEntries(
      metricsOf(columns, model, others, drawn).contest.map(({ name, ...entry }) => [name, entry]),
    );

  test('what an entry is called, and where it stands, changes nothing of it', () => {
    const before = held(one, two, three);
    expect(held(one, three, two)).toEqual(before);
    const renamed = held(
      { ...one, name: 'A' },
      { ...two, name: 'the plan', kind: 'chance' },
      { ...three, name: '' },
    );
    expect(renamed.A).toEqual(before.one);
    expect(renamed['the plan']).toEqual({ ...before.two, kind: 'chance' });
    expect(renamed['']).toEqual(before.three);
  });

  test('two that change places are as far apart, the other way round', () => {
    const before = held(one, two);
    const after = held(two, one);
    for (const figure of ['giniOfLosses', 'giniOfClaims', 'topDecileLift'] as const) {
      expect(after.one[figure]).toEqual(before.one[figure]);
      expect(after.two[figure]).toEqual(before.two[figure]);
    }
    const [there, back] = [before.two.againstModel, after.one.againstModel];
    expect(back?.value).toBe(-Number(there?.value));
    expect(back?.low).toBeCloseTo(-Number(there?.high), 14);
    expect(back?.high).toBeCloseTo(-Number(there?.low), 14);
  });

  test('a score counts for its order alone', () => {
    const cubed = { ...two, score: two.score.map((value) => 1e9 * value ** 3 - 7) };
    expect(held(one, cubed)).toEqual(held(one, two));
    const flat = held(one, { ...two, score: new Float64Array(length) }).two;
    expect(flat.giniOfLosses).toEqual({ value: 0, low: 0, high: 0 });
    expect(flat.topDecileLift.value).toBeCloseTo(1, 12);
  });
});

describe('conclusions', () => {
  const estimate = (
    value: number | null,
    low: number | null = null,
    high: number | null = null,
  ) => ({
    value,
    low,
    high,
  });
  const group = (lossRatio: Estimate, frequency = lossRatio, customers = 10) =>
    ({
      customers,
      relativeLossRatio: lossRatio,
      relativeFrequency: frequency,
    }) as unknown as BacktestGroup;
  const unknown = estimate(null);
  const none = group(unknown, unknown, 0);
  const tiers = (better: BacktestGroup, worse: BacktestGroup) => ({
    excellent: better,
    healthy: none,
    'sub-healthy': worse,
    'high-risk': none,
    unrated: group(estimate(0.1)),
  });
  const said = (judged: object, credibility = 0.031) =>
    conclusions(
      {
        riskTiers: tiers(none, none),
        giniOfLosses: estimate(0.2, 0.1, 0.3),
        giniOfClaims: estimate(0.1, 0.05, 0.2),
        topDecileLift: estimate(1.94),
        contest: [],
        ...judged,
      } as unknown as Parameters<typeof conclusions>[0],
      credibility,
    );

  test.each([
    [
      'above chance',
      {},
      'The expected loss ratio distinguishes customers: Gini of next losses 0.200, above 0 beyond chance; the tenth of premium that it ranks worst brought 1.9 times its share of losses',
    ],
    [
      'no better than chance',
      { giniOfLosses: estimate(0.1, -0.1, 0.2), giniOfClaims: estimate(0.1, -0.1, 0.2) },
      'No evidence that the ranking predicts losses: the interval of their Gini includes 0; mean credibility is 0.03',
    ],
    [
      'with claims above chance',
      { giniOfLosses: estimate(0.1, 0, 0.2) },
      'No evidence that the ranking predicts losses: the interval of their Gini includes 0; of claims the Gini is above 0, but losses vary too much to show it; mean credibility is 0.03',
    ],
    [
      'below chance',
      { giniOfLosses: estimate(-0.1, -0.2, -0.05), giniOfClaims: estimate(-0.1, -0.2, -0.01) },
      'The expected loss ratio ranks customers in the wrong order: Gini of next losses -0.100, below 0 beyond chance',
    ],
    ['nothing followed', { giniOfLosses: unknown }, 'Nothing can be concluded: no losses followed'],
    [
      'no rounds',
      { giniOfLosses: estimate(0.2) },
      'Without bootstrap rounds chance cannot be ruled out',
    ],
  ])('on a ranking: %s', (_, judged, sentence) => {
    expect(said(judged)).toEqual([sentence]);
  });

  const order = (better: BacktestGroup, worse: BacktestGroup) =>
    said({ riskTiers: tiers(better, worse) }).slice(1);
  const low = estimate(0.5, 0.4, 0.6);
  const middle = estimate(0.7, 0.55, 0.9);
  const high = estimate(1.5, 1.3, 1.8);

  test('on the order of the tiers that have customers, the unrated aside', () => {
    expect(order(group(low), group(high))).toEqual([
      'The risk tiers (excellent, sub-healthy) came out in the right order, in loss ratio and in claim frequency',
    ]);
    expect(order(group(high, low), group(low, high))).toEqual([
      "sub-healthy went on to a loss ratio of 0.50 times the book's, excellent to 1.50: in the wrong order, beyond chance",
    ]);
    expect(order(group(low, middle), group(high, low))).toEqual([
      "sub-healthy went on to a claim frequency of 0.50 times the book's, excellent to 0.70: the intervals overlap, so this may be chance",
    ]);
    expect(order(group(low), group(low))).toHaveLength(2);
    expect(order(group(low), none)).toEqual([]);
  });

  test('nothing on an order that is not known', () => {
    expect(order(group(unknown), group(unknown))).toEqual([]);
    expect(order(group(low, unknown), group(high, unknown))).toEqual([]);
    expect(order(group(high, unknown), group(low, unknown))).toHaveLength(1);
  });

  test('on a plain rule that ranks better than the model beyond chance, and tells at all', () => {
    const entry = (name: string, kind: string, low: number, against: number) => ({
      name,
      kind,
      giniOfLosses: estimate(0.3, low, 0.4),
      againstModel: estimate(against + 0.02, against, against + 0.05),
    });
    expect(
      said({
        contest: [
          entry('raw', 'plain rule', 0.1, 0.01),
          entry('count', 'plain rule', 0.1, -0.01),
          entry('years', 'plain rule', -0.1, 0.01),
          entry('ours', 'method', 0.1, 0.01),
          entry('chance', 'chance', 0.1, 0.01),
        ],
      }).slice(1),
    ).toEqual(['A plain rule ranks better than the model, beyond chance: raw, by 0.030 of Gini']);
  });
});

describe('what is refused', () => {
  const book = dated([year('Ann', 2022, 400), year('Ann', 2023, 400)]);
  const run = (given: object, of: Book = book) => backtest(of, { from, until, ...given });

  test.each<[string, object, string]>([
    [
      'until before from',
      { until: '2022-12-31' },
      'backtest: expected until after from, got 2023-01-01 to 2022-12-31',
    ],
    [
      'no day at all',
      { until: from },
      'backtest: expected until after from, got 2023-01-01 to 2023-01-01',
    ],
    [
      'not a date',
      { from: '01/01/2023' },
      'backtest: from must be a date like 2024-12-31, got "01/01/2023"',
    ],
    [
      'a day that is none',
      { until: '2023-02-30' },
      'backtest: until must be a date like 2024-12-31, got "2023-02-30"',
    ],
    ['no from', { from: undefined }, 'backtest: from must be a date like 2024-12-31, got nothing'],
    ['another at', { at: 'renewals' }, 'backtest: expected at "date" or "renewal", got "renewals"'],
    [
      'half a round',
      { rounds: 1.5 },
      'bootstrap: expected a whole number of rounds, 0 or more, got 1.5',
    ],
    ['half a seed', { seed: 0.5 }, 'bootstrap: expected a whole number as the seed, got 0.5'],
    [
      'nothing known before',
      { from: '2022-01-01' },
      'backtest: no customer has cover that is known in the 36 months before 2022-01-01',
    ],
    [
      'a window that is too short',
      { from: '2024-06-01', until: '2025-01-01', plan: { window: { months: 4 } } },
      'backtest: no customer has cover that is known in the 4 months before 2024-06-01',
    ],
  ])('%s', (_, given, message) => {
    expect(() => run(given)).toThrow(new MisuseError(message));
  });

  test('a book that is none, no options, a plan with a fault', () => {
    expect(() => backtest(undefined as never, { from, until })).toThrow(
      new MisuseError('backtest: expected a book, as in `const { book } = readBook(…)`'),
    );
    expect(() => backtest(book, undefined as never)).toThrow(MisuseError);
    expect(() => run({ plan: { window: { month: 12 } } })).toThrow(/plan.*months/s);
  });

  test('nobody to follow: gone, without premium, or taken too early', () => {
    const message =
      'backtest: no customer that could be graded before has premium to follow from 2023-01-01 to 2024-01-01';
    const nobody = (of: Book) => {
      for (const at of both) expect(() => run({ at }, of)).toThrow(new UnusableDataError(message));
    };
    nobody(dated([year('Ann', 2022, 400), year('Bob', 2023, 400)]));
    nobody(dated([year('Ann', 2022, 400), year('Ann', 2023, 0)]));
    const rows = [2022, 2023].map((begins) => ({
      ...year('Ann', begins, 400),
      claimCount: 0,
      incurred: 0,
    }));
    nobody(readExperience(rows, { valuedAt: from }).book);
  });

  test('a history without premium', () => {
    const free = dated([year('Ann', 2022, 0), year('Ann', 2023, 400)]);
    expect(() => run({}, free)).toThrow(
      new UnusableDataError(
        'calibrate: expected earned premium and exposure above 0 in the book, got 0 and 1',
      ),
    );
  });

  test('yearly sums of which none had ended', () => {
    const rows = [year('Ann', 2022, 400, { from: '2022-03-01', to: '2023-03-01' })];
    const { book: running } = readExperience(
      rows.map((row) => ({ ...row, claimCount: 0, incurred: 0 })),
    );
    expect(() => run({}, running)).toThrow(
      new MisuseError(
        'backtest: no customer has cover that is known in the 36 months before 2023-01-01; 1 yearly sums had begun but not ended, or began before the window',
      ),
    );
  });
});

describe('nasty books', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const all = [2020, 2021, 2022, 2023];
  const terms = (years = all, premium = (_id: string, _year: number) => 400) =>
    ids.flatMap((id) => years.map((begins) => year(id, begins, premium(id, begins))));
  const before = [
    claim('a', '2021-02-02', 500),
    claim('a', '2022-02-02', 900),
    claim('b', '2022-03-03', 100),
  ];
  const after = [claim('a', '2023-02-02', 500), claim('c', '2023-03-03', 100)];
  const shortTerms = ids.flatMap((id) =>
    [19346, 19349, 19358, 19361].map((day) => ({
      ...year(id, 0, 3),
      from: isoFromDay(day),
      to: isoFromDay(day + 3),
    })),
  );
  const sums = (row: (id: number, begins: number) => object) =>
    readExperience(
      ids.flatMap((id, k) =>
        [2021, 2022, 2023].map((begins) => ({ ...year(id, begins, 100), ...row(k, begins) })),
      ),
    ).book;
  const some = (k: number) => ({ claimCount: k % 3, incurred: (k % 3) * 50 });

  const books: [string, Book][] = [
    ['one year of history', dated(terms([2022, 2023]), [before[1], ...after])],
    ['no claims before', dated(terms(), after)],
    ['no claims after', dated(terms(), before)],
    ['no claims at all', dated(terms())],
    ['one customer', dated(terms().slice(0, 4), [before[0], after[0]])],
    ['one customer without a claim', dated(terms().slice(2, 4))],
    [
      'premiums of 0.01',
      dated(
        terms(all, () => 0.01),
        [...before, ...after],
      ),
    ],
    [
      'premium of 0 before or after',
      dated(
        terms(all, (id, begins) => ((id === 'a') === begins < 2023 && id < 'c' ? 0 : 400)),
        [...before, ...after],
      ),
    ],
    [
      'exposures of days',
      dated(shortTerms, [claim('a', '2022-12-21', 7), claim('b', '2023-01-02', 9)]),
    ],
    [
      'recoveries above losses before',
      dated(terms(), [...before, claim('d', '2022-05-05', -9000), ...after]),
    ],
    [
      'recoveries above losses after',
      dated(terms(), [...before, ...after, claim('d', '2023-05-05', -9000)]),
    ],
    [
      'a claim without measure',
      dated(terms(), [...before, claim('e', '2022-05-05', 1e300), ...after]),
    ],
    [
      'claims of no status that counts, with money',
      dated(terms(), [
        claim('a', '2022-02-02', 50, { status: 'nil' }),
        claim('a', '2023-02-02', 50, { status: 'nil' }),
      ]),
    ],
    ['yearly sums', sums(some)],
    ['an exposure of 0', sums((k) => ({ ...some(k), exposure: k === 0 ? 0 : 1 }))],
    [
      'an exposure of 0 in what followed',
      sums((k, begins) => ({ ...some(k), exposure: begins === 2023 ? 0 : 1 })),
    ],
    ['money without claims', sums(() => ({ claimCount: 0, incurred: 50 }))],
    ['claims without money', sums(() => ({ claimCount: 1, incurred: 0 }))],
  ];

  /** Where a result holds what JSON cannot, or words that show a hole. */
  function holes(value: unknown, path: string): string[] {
    if (value === undefined) return [`${path} is undefined`];
    if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
    if (typeof value === 'string') {
      return /NaN|undefined|Infinity|\bnull\b|\[object/.test(value) ? [`${path}: ${value}`] : [];
    }
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([key, inner]) => holes(inner, `${path}.${key}`));
  }

  describe.each(books)('%s', (_, book) => {
    test.each(both)('has an answer without a hole at %s, whatever the method', (at) => {
      for (const method of ['frequency', 'frequency-severity', 'loss-ratio', 'auto'] as const) {
        const plan: PlanInput = {
          experience: { method },
          claims: { cap: method === 'auto' ? { quantile: 0.9 } : null },
        };
        for (const rounds of method === 'auto' ? [0, 4] : [4]) {
          const { columns, ...result } = backtest(book, { from, until, at, plan, rounds });
          const { stayed, ...rest } = columns;
          expect([...holes(result, 'result'), ...holes(rest, 'columns')]).toEqual([]);
          expect(stayed.every((value) => Number.isNaN(value) || value === 0 || value === 1)).toBe(
            true,
          );
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        }
      }
    });
  });

  const of = (wanted: string) => {
    const found = books.find(([name]) => name === wanted);
    if (!found) throw new Error(`no book "${wanted}"`);
    return backtest(found[1], { from, until, rounds: 4 });
  };

  test('without claims before, everybody is expected alike and ours is as good as the raw one', () => {
    const result = of('no claims before');
    expect(new Set(result.columns.expectedLossRatio)).toEqual(new Set([0]));
    expect(result.giniOfLosses.value).toBe(0);
    expect(result.actualToExpected.value).toBe(null);
    for (const { ours, raw, actual } of result.doubleLift) {
      expect([ours, raw, actual.value]).toEqual([1, 1, 1].map((value) => expect.closeTo(value)));
    }
  });

  test('without losses after, nothing is concluded and nothing is relative to nothing', () => {
    const result = of('no claims after');
    expect(result.conclusions).toEqual(['Nothing can be concluded: no losses followed']);
    expect(result.riskTiers.excellent.relativeLossRatio.value).toBe(null);
    expect(result.riskTiers.excellent.lossRatio).toBe(0);
    expect(result.lorenz.auto).toEqual({ premium: [], losses: [] });
  });

  test('where recoveries are above losses, no tier is above or below the book', () => {
    const result = of('recoveries above losses after');
    expect(result.lossRatio).toBe(-8400 / 2400);
    expect(result.giniOfLosses.value).toBe(null);
    for (const group of Object.values(result.riskTiers)) {
      expect(group.relativeLossRatio).toEqual({ value: null, low: null, high: null });
    }
    expect(result.riskTiers.excellent.lossRatio).toBe(-8900 / 1600);
    expect(result.conclusions.join()).not.toContain('loss ratio of');
  });

  test('those without premium before or after are counted and not followed', () => {
    const result = of('premium of 0 before or after');
    expect(result.columns.customerIds).toEqual(['c', 'd', 'e', 'f']);
    expect(result.notes).toContain(
      '2 customers known before had no premium to follow, or none before: most of them left',
    );
  });

  test('one customer is the book', () => {
    const result = of('one customer');
    expect(result.customers).toBe(1);
    expect(result.giniOfLosses).toEqual({ value: 0, low: 0, high: 0 });
    expect(result.notes).toContain(
      'the book has one customer: it can only be compared with itself',
    );
  });
});

test('any book has an answer without a hole, or a message', () => {
  const term = fc.record({
    begins: fc.integer({ min: 2019, max: 2024 }),
    premium: fc.constantFrom(0, 0.01, 1, 300, 1e9),
    claimCount: fc.constantFrom(0, 0, 1, 7),
    incurred: fc.constantFrom(0, 0, -100, 0.01, 50, 1e9),
    exposure: fc.constantFrom(undefined, undefined, 0, 0.001, 1),
  });
  const rows = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), term }), {
    minLength: 1,
    maxLength: 14,
  });
  const sure = [2022, 2023].map((begins) => ({
    id: 'z',
    term: { begins, premium: 300, claimCount: 0, incurred: 0, exposure: undefined },
  }));
  let answers = 0;
  fc.assert(
    fc.property(rows, fc.constantFrom(...both), (given, at) => {
      const { book } = readExperience(
        [...given, ...sure].map(({ id, term: { begins, ...row } }) => year(id, begins, 0, row)),
        { maxIssues: 1e9 },
      );
      try {
        const { columns, ...result } = backtest(book, { from, until, at, rounds: 2 });
        answers++;
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        const { stayed: _, customerIds: __, riskTiers: ___, ...numbers } = columns;
        for (const column of Object.values(numbers)) {
          expect(Array.from(column).every(Number.isFinite)).toBe(true);
        }
      } catch (error) {
        if (!(error instanceof MisuseError || error instanceof UnusableDataError)) throw error;
        expect(error.message).not.toMatch(/NaN|undefined|Infinity|rankingOf/);
      }
    }),
    { numRuns: 60 },
  );
  expect(answers).toBeGreaterThan(45);
});
