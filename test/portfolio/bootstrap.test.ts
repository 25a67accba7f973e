import { describe, expect, test } from 'vitest';
import { uniformFrom } from '../../src/base/random.js';
import { MisuseError } from '../../src/index.js';
import { type BootstrapOptions, bootstrap, type Statistic } from '../../src/portfolio/bootstrap.js';
import { gini, rankingOf } from '../../src/scoring/statistics/ranking.js';

/** Values spread like the sum of two dice of any size: neither normal nor even. */
function sample(count: number, seed: number): Float64Array {
  const uniform = uniformFrom(seed);
  return Float64Array.from({ length: count }, () => uniform() + 3 * uniform());
}

/** The mean as a statistic. */
const meanOf =
  (values: Float64Array): Statistic =>
  (weights) => {
    let total = 0;
    let count = 0;
    for (let i = 0; i < values.length; i++) {
      total += (weights?.[i] ?? 1) * values[i];
      count += weights?.[i] ?? 1;
    }
    return [total / count];
  };

/** The weights of every round that a statistic sees. */
function weightsOf(options: Partial<BootstrapOptions>) {
  const seen: number[][] = [];
  const statistic: Statistic = (weights) => {
    if (weights) seen.push(Array.from(weights));
    return [0];
  };
  bootstrap([statistic], { customers: 50, rounds: 20, seed: 1, ...options });
  return seen;
}
const total = (values: number[]) => values.reduce((a, b) => a + b, 0);

describe('the draws', () => {
  test('as many customers as there are, all equally likely', () => {
    const rounds = weightsOf({ rounds: 4000 });
    expect(rounds).toHaveLength(4000);
    for (const weights of rounds) expect(total(weights)).toBe(50);
    // Each is drawn 4,000 times in the mean, with a standard error of 63.
    const byCustomer = rounds[0].map((_, i) => total(rounds.map((weights) => weights[i])));
    for (const times of byCustomer) expect(Math.abs(times - 4000)).toBeLessThan(4.5 * 63);
    // A weight is binomial: variance 50 × 1/50 × 49/50.
    const variance = total(rounds.flat().map((weight) => (weight - 1) ** 2)) / (50 * 4000);
    expect(Math.abs(variance - 0.98)).toBeLessThan(0.012);
  });

  test('the same seed draws the same, another seed otherwise, every round anew', () => {
    expect(weightsOf({ seed: 7 })).toEqual(weightsOf({ seed: 7 }));
    expect(weightsOf({ seed: 8 })).not.toEqual(weightsOf({ seed: 7 }));
    const rounds = weightsOf({});
    expect(new Set(rounds.map(String)).size).toBe(rounds.length);
  });

  test('more rounds begin with the same rounds', () => {
    expect(weightsOf({ rounds: 30 }).slice(0, 20)).toEqual(weightsOf({ rounds: 20 }));
  });

  test('all statistics of a round see the same weights, so that differences are paired', () => {
    const values = sample(200, 1);
    const shifted = values.map((value) => value + 5);
    const difference: Statistic = (weights) => [
      meanOf(shifted)(weights)[0] - meanOf(values)(weights)[0],
    ];
    const [[one], [other], [paired]] = bootstrap([meanOf(values), meanOf(shifted), difference], {
      customers: 200,
      rounds: 100,
      seed: 4,
    });
    expect(other.low).toBeCloseTo(Number(one.low) + 5, 10);
    expect(other.high).toBeCloseTo(Number(one.high) + 5, 10);
    expect(paired.low).toBeCloseTo(5, 10);
    expect(paired.high).toBeCloseTo(5, 10);
    expect(Number(one.high) - Number(one.low)).toBeGreaterThan(0.1);
  });
});

describe('intervals', () => {
  test('of a mean: value ± 1.645 standard errors', () => {
    const values = sample(400, 2);
    const [[{ value, low, high }]] = bootstrap([meanOf(values)], {
      customers: 400,
      rounds: 4000,
      seed: 1,
    });
    const mean = total(Array.from(values)) / 400;
    const variance = total(Array.from(values, (one) => (one - mean) ** 2)) / 400;
    const error = Math.sqrt(variance / 400);
    expect(value).toBeCloseTo(mean, 12);
    expect(Math.abs((Number(high) - mean) / error - 1.645)).toBeLessThan(0.08);
    expect(Math.abs((mean - Number(low)) / error - 1.645)).toBeLessThan(0.08);
  });

  test('hold the truth about as often as they say', () => {
    const truth = 2;
    let held = 0;
    for (let book = 0; book < 2000; book++) {
      const [[{ low, high }]] = bootstrap([meanOf(sample(60, 1000 + book))], {
        customers: 60,
        rounds: 200,
        seed: book,
      });
      if (Number(low) <= truth && truth <= Number(high)) held++;
    }
    // Standard error .7 points; of 60 customers percentile intervals come out a point or two short.
    expect(held / 2000).toBeGreaterThan(0.865);
    expect(held / 2000).toBeLessThan(0.91);
  });

  test('quantiles lie between neighbours, by hand', () => {
    // What the rounds give: 10, 20, 30, 40, 50, in any order.
    const given = [30, 10, 50, 20, 40];
    const statistic = (): Statistic => {
      let round = 0;
      return (weights) => [weights ? given[round++] : 33];
    };
    const of = (probability?: number) =>
      bootstrap([statistic()], {
        customers: 1,
        rounds: 5,
        seed: 1,
        ...(probability === undefined ? {} : { probability }),
      })[0][0];
    // Ranks .05 × 4 = .2 and .95 × 4 = 3.8, counted from 0.
    expect(of()).toEqual({ value: 33, low: expect.closeTo(12, 12), high: expect.closeTo(48, 12) });
    expect(of(0.5)).toEqual({ value: 33, low: 20, high: 40 });
    expect(of(0.7)).toEqual({
      value: 33,
      low: expect.closeTo(16, 12),
      high: expect.closeTo(44, 12),
    });
  });

  test('every figure of a statistic has its own', () => {
    const values = sample(50, 5);
    const mean = meanOf(values);
    const both: Statistic = (weights) => [mean(weights)[0], 10 * mean(weights)[0]];
    const [[one], [same, tenfold]] = bootstrap([mean, both], {
      customers: 50,
      rounds: 40,
      seed: 2,
    });
    expect(same).toEqual(one);
    expect(tenfold.low).toBeCloseTo(10 * Number(one.low), 10);
    expect(tenfold.high).toBeCloseTo(10 * Number(one.high), 10);
  });

  test('of a Gini: narrower the larger the book, and around the value', () => {
    const width = (customers: number) => {
      const losses = sample(customers, 3);
      const ranking = rankingOf(
        losses,
        losses.map(() => 1),
        { losses },
      );
      const [[{ value, low, high }]] = bootstrap(
        [(weights) => [gini(ranking, 'losses', weights)]],
        { customers, rounds: 200, seed: 1 },
      );
      expect(low).toBeLessThan(Number(value));
      expect(high).toBeGreaterThan(Number(value));
      return Number(high) - Number(low);
    };
    expect(width(100) / width(1600)).toBeGreaterThan(2.8);
    expect(width(100) / width(1600)).toBeLessThan(5.7);
  });
});

describe('where there is no answer', () => {
  test('no rounds: values without intervals', () => {
    const seen: (Uint8Array | undefined)[] = [];
    const statistic: Statistic = (weights) => {
      seen.push(weights);
      return [3, 4];
    };
    expect(bootstrap([statistic], { customers: 9, rounds: 0, seed: 1 })).toEqual([
      [
        { value: 3, low: null, high: null },
        { value: 4, low: null, high: null },
      ],
    ]);
    expect(seen).toEqual([undefined]);
  });

  test('nothing for a value that is not finite; no interval where most rounds are not', () => {
    /** Finite in so many of ten rounds. */
    const finiteIn = (rounds: number): Statistic => {
      let round = 0;
      return (weights) => [!weights || round++ < rounds ? 1 : Number.NaN];
    };
    const never: Statistic = (weights) => [weights ? 1 : Number.POSITIVE_INFINITY];
    const options = { customers: 3, rounds: 10, seed: 1 };
    expect(bootstrap([finiteIn(10), finiteIn(5), finiteIn(4), never], options).flat()).toEqual([
      { value: 1, low: 1, high: 1 },
      { value: 1, low: 1, high: 1 },
      { value: 1, low: null, high: null },
      { value: null, low: null, high: null },
    ]);
  });

  test('nobody, and no statistics', () => {
    expect(bootstrap([], { customers: 5, rounds: 3, seed: 1 })).toEqual([]);
    const empty = bootstrap([meanOf(new Float64Array())], { customers: 0, rounds: 3, seed: 1 });
    expect(empty).toEqual([[{ value: null, low: null, high: null }]]);
  });

  test('a statistic may give the same list again and again', () => {
    const buffer = new Float64Array(1);
    let round = 0;
    const statistic: Statistic = () => {
      buffer[0] = round++;
      return buffer;
    };
    const [[estimate]] = bootstrap([statistic], {
      customers: 2,
      rounds: 3,
      seed: 1,
      probability: 0.5,
    });
    expect(estimate).toEqual({ value: 0, low: 1.5, high: 2.5 });
  });

  test('every round is told', () => {
    const told: number[] = [];
    const onRound = (done: number) => told.push(done);
    bootstrap([() => [1]], { customers: 2, rounds: 3, seed: 1, onRound });
    expect(told).toEqual([1, 2, 3]);
  });

  test('misuse says what was expected and what came', () => {
    let calls = 0;
    const growing: Statistic = () => Array(++calls).fill(1);
    const misused: [Partial<BootstrapOptions>, Statistic, string][] = [
      [{ customers: 1.5 }, () => [1], 'whole number of customers, 0 or more, got 1.5'],
      [{ rounds: -1 }, () => [1], 'whole number of rounds, 0 or more, got -1'],
      [{ seed: 0.5 }, () => [1], 'whole number as the seed, got 0.5'],
      [{ probability: 1 }, () => [1], 'probability between 0 and 1, got 1'],
      [{}, growing, 'expected 1 figures of statistic 0, got 2'],
    ];
    for (const [options, statistic, message] of misused) {
      const run = () => bootstrap([statistic], { customers: 2, rounds: 2, seed: 1, ...options });
      calls = 0;
      expect(run).toThrow(MisuseError);
      calls = 0;
      expect(run).toThrow(message);
    }
  });
});
