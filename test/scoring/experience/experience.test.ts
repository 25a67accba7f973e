import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  type Customer,
  calibrate,
  type Grades,
  gradeAt,
  grader,
  indicators,
  type PlanInput,
  readBook,
  readModel,
  writeModel,
} from '../../../src/index.js';
import { modelNotes } from '../../../src/scoring/notes.js';
import { type SimulateOptions, simulate } from '../../../src/simulate.js';
import { hierarchical } from '../../../src/stats.js';
import {
  anyCap,
  anyExperience,
  customerAt,
  graded,
  gradedSums,
  nastySums,
  type Sum,
  sum,
} from '../../support/experience.js';
import { asOf, shuffledRows, withPremium } from '../../support/random-book.js';
import { runs } from '../../support/slow.js';

type Experience = NonNullable<PlanInput['experience']>;

const expected = ({ scores }: Grades) => Array.from(scores.expected_loss_ratio);

/** A simulated book, graded; `keep` may leave out claims of the customers of a channel. */
function simulated(
  options: Omit<SimulateOptions, 'seed'>,
  experience: Experience,
  keep: (channel: string, claim: number) => boolean = () => true,
): Grades {
  const { policies, claims, asOf } = simulate({ seed: 5, ...options });
  const channelOf = new Map(policies.policy_id.map((id, row) => [id, policies.channel[row]]));
  const kept = claims.policy_id.flatMap((id, row) =>
    keep(channelOf.get(id) ?? '', row) ? [row] : [],
  );
  const keptClaims = Object.fromEntries(
    Object.entries(claims).map(([name, column]) => [name, kept.map((row) => column[row])]),
  );
  const plan = { experience };
  const table = indicators(readBook({ ...policies }, keptClaims).book, { asOf, plan });
  return assess(table, calibrate(table, plan));
}

/**
 * P(X ≤ x) of a gamma variable with this shape and mean 1: its density over the logarithm, added up
 * by Simpson's rule.
 */
function gammaBelow(shape: number, x: number): number {
  const density = (t: number) => Math.exp(shape * (t - Math.exp(t) + 1));
  // The mode is at t = 0; far below it the density falls as exp(shape × t).
  const [from, steps] = [-8 - 40 / shape, 20_000];
  const integral = (to: number) => {
    const step = (to - from) / steps;
    let total = density(from) + density(to);
    for (let k = 1; k < steps; k++) total += (k % 2 === 1 ? 4 : 2) * density(from + k * step);
    return total * step;
  };
  return integral(Math.log(x)) / integral(5);
}

describe('claim counts', () => {
  const { model } = simulated({ customers: 800, years: 3 }, { interval: 0.9 });
  const { experience, balance } = model.parameters;
  const grade = grader(model);
  const customer = (claimCount: number, earnedPremium = 2000): Customer => ({
    customerId: 'c',
    earnedPremium,
    exposureYears: 3,
    claimCount,
    incurredLoss: 100 * claimCount,
    tenureYears: 3,
    annualPremium: 700,
  });

  test.each([0, 1, 3, 12, 40, 41, 60])(
    'at %i claims the interval and the probability are those of the gamma posterior',
    (claims) => {
      if (experience.method !== 'frequency') throw new Error('expected frequency');
      const { risk } = grade(customer(claims));
      const [low, high] = risk.interval.map(Number);
      // Prior of shape and rate 1 ÷ v, and n claims where E are expected: shape 1 ÷ v + n.
      const shape = 1 / experience.relativityVariance + claims;
      const mean = Number(risk.expectedLossRatio);
      // Beyond 40 claims the ends are Wilson and Hilferty's.
      const places = claims <= 40 ? 8 : 4;
      expect(gammaBelow(shape, low / mean)).toBeCloseTo(0.05, places);
      expect(gammaBelow(shape, high / mean)).toBeCloseTo(0.95, places);
      expect(risk.probabilityAbovePermissible).toBeCloseTo(1 - gammaBelow(shape, 0.65 / mean), 8);
    },
  );

  test('the mean is that of prior and claims: the shape over the rate, on the level of the book', () => {
    if (experience.method !== 'frequency') throw new Error('expected frequency');
    const { relativityVariance: v, claimsPerBase, collectiveLossRatio } = experience;
    const level = collectiveLossRatio * (balance?.factor ?? Number.NaN);
    for (const claims of [0, 1, 7]) {
      const rate = 1 / v + 2000 * claimsPerBase;
      expect(grade(customer(claims)).risk.expectedLossRatio).toBeCloseTo(
        (level * (1 / v + claims)) / rate,
        10,
      );
    }
  });
});

describe('claim counts and sizes', () => {
  const sizes: Experience = { method: 'frequency-severity' };
  /** Both have two claims a year; Ann's come to 100 and 200 each, Bob's to 300 and 400. */
  const annAndBob = [
    sum('Ann', 2022, 1000, 2, 200),
    sum('Ann', 2023, 1000, 2, 400),
    sum('Bob', 2022, 1000, 2, 600),
    sum('Bob', 2023, 1000, 2, 800),
  ];

  test('two customers and two years by hand', () => {
    // Of the book's 250: .4 and .8, 1.2 and 1.6, at two claims each. Means .6 and 1.4; within
    // (4 × .2² × 2) × 2 ÷ 2 = .16 … ÷ (4 − 2); between 8 × (2 × 4 × .4² − .16) ÷ (64 − 32) = .28.
    const grades = gradedSums(annAndBob, { experience: sizes });
    const { experience } = grades.model.parameters;
    if (experience.method !== 'frequency-severity') throw new Error('expected sizes');
    expect(experience.severity).toBeCloseTo(250, 12);
    expect(experience.withinVariance).toBeCloseTo(0.16, 12);
    // Counts do not differ, so that is cut to 0 times within: a further small claim must not help.
    expect(experience.betweenVariance).toBe(0);
    expect(experience.frequency.relativityVariance).toBe(0);
    expect(expected(grades)).toEqual([0.5, 0.5]);
  });

  test('counts and sizes that both differ multiply, and so do 1 + their squared variations', () => {
    const rows = [...annAndBob, sum('Cid', 2022, 1000, 9, 4500), sum('Dan', 2022, 2000, 0, 0)];
    const grades = gradedSums(rows, { experience: sizes });
    const counts = gradedSums(rows, { experience: { method: 'frequency' } });
    const { experience, balance } = grades.model.parameters;
    if (experience.method !== 'frequency-severity') throw new Error('expected sizes');
    const { betweenVariance: b, withinVariance: w, frequency } = experience;
    const v = frequency.relativityVariance;
    expect(v).toBeGreaterThan(0.1);
    expect(b).toBeGreaterThan(0.01);
    // Cid: 9 claims of 500 each, of 6500 ÷ 17 in the book.
    const z = (9 * b) / (9 * b + w);
    const size = 1 + z * (500 / (6500 / 17) - 1);
    // Each by its own balance, which keeps the book's total.
    const balances =
      (balance?.factor ?? Number.NaN) / (counts.model.parameters.balance?.factor ?? Number.NaN);
    expect(expected(grades)[2]).toBeCloseTo(expected(counts)[2] * size * balances, 10);
    const squared = (1 + v / (1 + 9 * v)) * (1 + (b * (1 - z)) / size ** 2) - 1;
    const { expected_low: low, expected_high: high } = grades.scores;
    const mean = expected(grades)[2];
    expect(gammaBelow(1 / squared, low[2] / mean)).toBeCloseTo(0.1, 3);
    expect(gammaBelow(1 / squared, high[2] / mean)).toBeCloseTo(0.9, 3);
    // Dan has no claim: nothing is known of his sizes.
    expect(expected(grades)[3]).toBeCloseTo(expected(counts)[3] * balances, 12);
  });

  test('give what counts alone give where claims are all of one size', () => {
    const ofOneSize = withPremium.map(({ policies, claims }) => ({
      policies,
      claims: claims.map((row) => ({ ...row, paid: 500, reserve: 0, status: 'closed' })),
    }));
    fc.assert(
      fc.property(ofOneSize, (book) => {
        const counts = graded(book, { experience: { method: 'frequency' } });
        const both = graded(book, { experience: sizes });
        expect(both.scores.expected_loss_ratio).toEqual(counts.scores.expected_loss_ratio);
        expect(both.scores.credibility).toEqual(counts.scores.credibility);
        const [p, q] = [both, counts].map(({ scores }) => scores.probability_above_permissible);
        for (const [row, probability] of p.entries()) {
          if (!Number.isNaN(probability)) expect(probability).toBeCloseTo(q[row], 9);
        }
      }),
      { numRuns: runs(40) },
    );
  });

  test('fall back on counts without figures by year, and say so', () => {
    const { table } = gradedSums(annAndBob, {});
    const ready = { ...table, cells: undefined, measuredBy: undefined };
    const { experience } = calibrate(ready, { experience: sizes }).parameters;
    expect(modelNotes(experience.notes)).toContain(
      'claim sizes: they need figures by year, which ready indicators lack',
    );
    const grades = assess(ready, calibrate(ready, { experience: sizes }));
    expect(expected(grades)).toEqual([0.5, 0.5]);
  });
});

describe('the interval', () => {
  const methods = ['frequency', 'frequency-severity', 'loss-ratio'] as const;
  const models = methods.map((method) => {
    const grades = simulated({ customers: 800, years: 3 }, { method });
    return [method, grades] as const;
  });

  test.each(models)('holds the expected loss ratio of everybody: %s', (_, { scores, table }) => {
    for (let row = 0; row < table.length; row++) {
      if (!(table.columns.earned_premium[row] > 0)) continue;
      expect(scores.expected_low[row]).toBeLessThan(scores.expected_loss_ratio[row]);
      expect(scores.expected_high[row]).toBeGreaterThan(scores.expected_loss_ratio[row]);
      expect(scores.expected_low[row]).toBeGreaterThanOrEqual(0);
    }
  });

  test.each(models)('rises with every further claim of the same size: %s', (_, { model }) => {
    const grade = grader(model);
    let [low, mean, high, above] = [-1, -1, -1, -1];
    for (let claims = 0; claims <= 60; claims++) {
      const { risk } = grade({
        customerId: 'c',
        earnedPremium: 3000,
        exposureYears: 3,
        claimCount: claims,
        incurredLoss: 2000 * claims,
        tenureYears: 3,
        annualPremium: 1000,
      });
      const [nextLow, nextHigh] = risk.interval.map(Number);
      expect(nextLow).toBeGreaterThanOrEqual(low);
      expect(nextHigh).toBeGreaterThan(high);
      expect(risk.expectedLossRatio).toBeGreaterThan(mean);
      expect(risk.probabilityAbovePermissible).toBeGreaterThanOrEqual(above);
      [low, high] = [nextLow, nextHigh];
      mean = Number(risk.expectedLossRatio);
      above = Number(risk.probabilityAbovePermissible);
    }
    expect(above).toBeGreaterThan(0.99);
    expect(above).toBeLessThanOrEqual(1);
  });

  test.each(methods)('is wider where more probability is asked of it: %s', (method) => {
    const rows = [2021, 2022, 2023].flatMap((at) => [
      sum('Ann', at, 1000, 9, 2000 + 9 * (at - 2021)),
      sum('Bob', at, 1000, 1, 150 - (at - 2021)),
      sum('Cid', at, 1000, 3, 700 + 50 * (at - 2021)),
    ]);
    const [narrow, wide] = [0.5, 0.95].map(
      (interval) => gradedSums(rows, { experience: { method, interval } }).scores,
    );
    for (const row of [0, 1, 2]) {
      expect(wide.expected_low[row]).toBeLessThan(narrow.expected_low[row]);
      expect(wide.expected_high[row]).toBeGreaterThan(narrow.expected_high[row]);
    }
    expect(wide.expected_loss_ratio).toEqual(narrow.expected_loss_ratio);
  });
});

describe('customers weighed against those of their segment', () => {
  /** Twelve customers of three lines; taxis claim most, and each customer in its own way. */
  const rows = Array.from({ length: 12 }, (_, c) =>
    [2021, 2022, 2023].map((at, k) => {
      const line = ['motor', 'home', 'taxi'][c % 3];
      const premium = 300 + 70 * c + 10 * k;
      const claims = (c % 3) * 2 + ((c * 7 + k * 5) % 4) + (c === 5 ? 4 : 0);
      return sum(`c${10 + c}`, at, premium, claims, claims * (60 + ((c * 5 + k * 3) % 7)), {
        line,
      });
    }),
  ).flat();

  test.each([
    ['unbiased', 'ohlsson'],
    ['iterative', 'iterative'],
  ] as const)(
    'by yearly loss ratios, %s: the premiums of hierarchical credibility',
    (estimator, other) => {
      const grades = gradedSums(rows, {
        experience: { method: 'loss-ratio', estimator, complement: 'line' },
      });
      const { premiums } = hierarchical(
        {
          customer: rows.map((row) => Number(row.customer_id.slice(1)) - 10),
          ratio: rows.map((row) => row.incurred / row.premium),
          weight: rows.map((row) => row.premium),
          segment: Array.from({ length: 12 }, (_, c) => c % 3),
        },
        { estimator: other },
      ).customers;
      const premium = (c: number) => grades.table.columns.earned_premium[c];
      const [losses, drawn] = [
        rows.map((row) => row.incurred),
        premiums.map((p, c) => p * premium(c)),
      ].map((values) => Array.from(values).reduce((a, b) => a + b));
      for (const [c, ratio] of expected(grades).entries()) {
        expect(ratio / ((premiums[c] * losses) / drawn)).toBeCloseTo(1, 11);
      }
      const { relativities, labels } = grades.model.parameters.complement ?? {};
      expect(labels).toEqual(['home', 'motor', 'taxi']);
      expect(relativities?.[2]).toBeGreaterThan(1.2);
      expect(relativities?.[1]).toBeLessThan(0.8);
    },
  );

  const onlineHasAThird = simulated(
    { customers: 4000, years: 3 },
    { complement: 'channel' },
    (channel, claim) => channel !== 'online' || claim % 3 === 0,
  );
  const complement = onlineHasAThird.model.parameters.complement;
  const relativity = (label: string) =>
    complement?.relativities[complement.labels.indexOf(label)] ?? Number.NaN;
  const newcomer: Customer = {
    customerId: 'new',
    earnedPremium: 1e-6,
    exposureYears: 1e-9,
    claimCount: 0,
    incurredLoss: 0,
    tenureYears: 0,
    annualPremium: 500,
  };

  test('by claims: a segment with a third of the claims is found to have a third', () => {
    expect(complement?.labels).toEqual(['agent', 'broker', 'online']);
    expect(relativity('online') / relativity('agent')).toBeGreaterThan(0.25);
    expect(relativity('online') / relativity('agent')).toBeLessThan(0.42);
    expect(relativity('broker') / relativity('agent')).toBeGreaterThan(0.85);
    expect(relativity('broker') / relativity('agent')).toBeLessThan(1.15);
    for (const credibility of complement?.credibility ?? [0])
      expect(credibility).toBeGreaterThan(0.9);
  });

  test('by claims: who has no experience is expected to be as its segment is', () => {
    const grade = grader(onlineHasAThird.model);
    const of = (more: Partial<Customer>) =>
      Number(grade({ ...newcomer, ...more }).risk.expectedLossRatio);
    const unknown = of({ channel: null });
    expect(of({ channel: 'online' }) / unknown).toBeCloseTo(relativity('online'), 6);
    expect(of({ attributes: { channel: 'agent' } }) / unknown).toBeCloseTo(relativity('agent'), 6);
  });

  test('a segment that the book did not have, and none at all, are the book’s', () => {
    const grade = grader(onlineHasAThird.model);
    const { parameters } = onlineHasAThird.model;
    for (const channel of [null, 'post', 'Online', 'toString']) {
      const { risk } = grade({ ...newcomer, channel });
      expect(risk.expectedLossRatio).toBeCloseTo(
        parameters.book.lossRatio * (parameters.balance?.factor ?? 0),
        6,
      );
    }
  });

  test('a later table may have other segments, in another order; one that lacks the attribute is refused', () => {
    const { model, table } = onlineHasAThird;
    const few = {
      ...table,
      attributes: table.attributes.map((attribute) =>
        attribute.name === 'channel'
          ? {
              name: 'channel',
              labels: ['post', 'online', 'agent'],
              codes: attribute.codes.map((_, row) => (row % 4) - 1),
            }
          : attribute,
      ),
    };
    const grades = assess(few, model);
    const grade = grader(model);
    for (let row = 0; row < 40; row++) {
      const channel = [null, 'post', 'online', 'agent'][row % 4];
      const { attributes: _, ...customer } = customerAt(onlineHasAThird, row);
      const alone = grade({ ...customer, channel }).risk.expectedLossRatio;
      expect(grades.scores.expected_loss_ratio[row]).toBe(alone ?? Number.NaN);
    }
    const without = { ...table, attributes: [] };
    expect(() => assess(without, model)).toThrow('customers apart by "channel", which no customer');
    const silent = { ...customerAt(onlineHasAThird, 0), attributes: {} };
    expect(() => grader(model)(silent)).toThrow('customers apart by "channel": expected it');
  });

  test('who differ by their segment only have no credibility of their own', () => {
    const lined = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, c) =>
      sum(id, 2023, 100, c < 3 ? 10 : 1, c < 3 ? 50 : 5, { line: c < 3 ? 'taxi' : 'home' }),
    );
    const alone = gradedSums(lined, { experience: {} });
    expect(alone.scores.credibility[0]).toBeGreaterThan(0.3);
    const weighed = gradedSums(lined, { experience: { complement: 'line' } });
    expect(weighed.scores.credibility[0]).toBe(0);
    expect(expected(weighed)[0]).toBeGreaterThan(3 * expected(weighed)[5]);
  });

  test('of an attribute that did not come along are refused, with the nearest name', () => {
    const plan = (complement: string) => ({ experience: { complement } });
    expect(() => gradedSums(rows, plan('lin'))).toThrow(
      'experience.complement: the book has no attribute "lin" (did you mean "line"?)',
    );
    expect(() => gradedSums(rows, plan('branch'))).toThrow('no attribute "branch"; it has ');
  });

  test('without a segment are drawn toward the book, by all methods', () => {
    const some = rows.map((row) => (row.customer_id > 'c19' ? { ...row, line: '' } : row));
    for (const method of ['frequency', 'frequency-severity', 'loss-ratio'] as const) {
      const grades = gradedSums(some, { experience: { method, complement: 'line' } });
      const { complement, experience } = grades.model.parameters;
      expect(complement?.labels).toEqual(['home', 'motor', 'taxi']);
      expect(experience.method).toBe(method);
      expect(expected(grades).every((ratio) => ratio > 0)).toBe(true);
    }
  });
});

describe('a grade is the same', () => {
  test('as a column, as a row, for one customer alone and by a model read back, to the last bit', () => {
    fc.assert(
      fc.property(withPremium, anyExperience, anyCap, (book, experience, cap) => {
        const grades = graded(book, { experience, claims: { cap } });
        const model = readModel(writeModel(grades.model));
        expect(model).toEqual(grades.model);
        const again = assess(grades.table, model);
        expect([again.scores, again.tiers]).toEqual([grades.scores, grades.tiers]);
        const probability = grades.scores.probability_above_permissible;
        const [inRow, alone] = [gradeAt(grades), grader(model)];
        for (let row = 0; row < grades.length; row++) {
          const grade = inRow(row);
          expect(alone(customerAt(grades, row), asOf)).toEqual(grade);
          const { scores } = grades;
          expect([
            grade.risk.expectedLossRatio ?? Number.NaN,
            ...grade.risk.interval.map((end) => end ?? Number.NaN),
            grade.risk.credibility ?? Number.NaN,
            grade.risk.probabilityAbovePermissible ?? Number.NaN,
          ]).toEqual([
            scores.expected_loss_ratio[row],
            scores.expected_low[row],
            scores.expected_high[row],
            scores.credibility[row],
            probability[row],
          ]);
        }
      }),
      { numRuns: runs(50) },
    );
  });

  test('whatever the order of rows, to the last bit', () => {
    const shuffled = withPremium.chain(shuffledRows);
    fc.assert(
      fc.property(
        shuffled,
        anyExperience,
        anyCap,
        ({ book, policies, claims }, experience, cap) => {
          const plan = { experience, claims: { cap } };
          const [before, after] = [graded(book, plan), graded({ policies, claims }, plan)];
          expect(after.model).toEqual(before.model);
          expect(after.scores).toEqual(before.scores);
        },
      ),
      { numRuns: runs(60) },
    );
  });
});

describe('the oddest of books', () => {
  const plan = (experience: Experience, cap: NonNullable<PlanInput['claims']>['cap'] = null) => ({
    experience,
    claims: { cap },
  });

  /** That no number is missing where one is due, that ends stand in order, and that words are words. */
  function expectSound(grades: Grades): void {
    const { table, scores, model } = grades;
    const probability = grades.scores.probability_above_permissible;
    const inRow = gradeAt(grades);
    for (let row = 0; row < table.length; row++) {
      const [low, high] = [scores.expected_low[row], scores.expected_high[row]];
      expect(scores.credibility[row]).toBeGreaterThanOrEqual(0);
      expect(scores.credibility[row]).toBeLessThanOrEqual(1);
      expect(Number.isNaN(low)).toBe(Number.isNaN(high));
      expect(low > high).toBe(false);
      const due = table.columns.earned_premium[row] > 0;
      expect(Number.isFinite(scores.expected_loss_ratio[row])).toBe(due);
      expect(Number.isFinite(probability[row])).toBe(due);
      if (due) expect(Math.abs(probability[row] - 0.5)).toBeLessThanOrEqual(0.5);
      const { reasons, whyNot } = inRow(row);
      const words = [...reasons.map(({ text }) => text), whyNot?.text, whyNot?.because].join();
      expect(words).not.toMatch(/NaN|undefined|Infinity|null|_/);
    }
    expect(readModel(writeModel(model))).toEqual(model);
  }

  test('get a number for every customer with premium, by every method and option', () => {
    fc.assert(
      fc.property(nastySums, anyExperience, anyCap, (rows, experience, cap) => {
        expectSound(gradedSums(rows, plan(experience, cap)));
      }),
      { numRuns: runs(150) },
    );
  });

  test.each<[string, Sum[], Experience, string]>([
    [
      'no claims at all',
      [sum('Ann', 2022, 100, 0, 0), sum('Ann', 2023, 100, 0, 0), sum('Bob', 2023, 50, 0, 0)],
      { method: 'frequency' },
      'the book has no claims: nothing can be expected of anybody',
    ],
    [
      'no claims at all, by sizes',
      [sum('Ann', 2022, 100, 0, 0), sum('Ann', 2023, 100, 0, 0), sum('Bob', 2023, 50, 0, 0)],
      { method: 'frequency-severity' },
      'claim sizes: there are none to compare',
    ],
    [
      'no claims at all, by loss ratios',
      [sum('Ann', 2022, 100, 0, 0), sum('Ann', 2023, 100, 0, 0), sum('Bob', 2023, 50, 0, 0)],
      { method: 'loss-ratio' },
      'the losses that premium stands against do not come to more than 0: nothing can be told of anybody',
    ],
    [
      'more recoveries than losses',
      [sum('Ann', 2022, 100, 1, -90), sum('Ann', 2023, 100, 3, 0), sum('Bob', 2023, 50, 1, 40)],
      { method: 'frequency' },
      'losses do not come to more than 0: nothing can be told of anybody',
    ],
    [
      'one customer',
      [sum('Ann', 2022, 100, 3, 80), sum('Ann', 2023, 100, 1, 20)],
      { method: 'loss-ratio' },
      'the book has one customer: it can only be compared with itself',
    ],
    [
      'one year',
      [sum('Ann', 2023, 100, 3, 80), sum('Bob', 2023, 100, 1, 20), sum('Cid', 2023, 100, 0, 0)],
      { method: 'loss-ratio' },
      'no customer has two periods: chance cannot be told from difference, no credibility is given',
    ],
    [
      'one year, by sizes',
      [sum('Ann', 2023, 100, 3, 80), sum('Bob', 2023, 100, 1, 20), sum('Cid', 2023, 100, 0, 0)],
      { method: 'frequency-severity' },
      'claim sizes: no customer has two periods: chance cannot be told from difference, no credibility is given',
    ],
    [
      'a between variance below 0',
      [
        sum('Ann', 2022, 100, 0, 0),
        sum('Ann', 2023, 100, 1, 90),
        sum('Bob', 2022, 100, 1, 90),
        sum('Bob', 2023, 100, 0, 0),
      ],
      { method: 'loss-ratio' },
      'the between-customer variance is not above 0: customers do not differ measurably, no credibility is given',
    ],
    [
      'counts that vary less than chance',
      [sum('Ann', 2023, 100, 2, 90), sum('Bob', 2023, 100, 2, 90)],
      { method: 'frequency' },
      'claim counts vary no more than chance: customers do not differ measurably, no credibility is given',
    ],
    [
      'one line',
      [2022, 2023].flatMap((at) => [
        sum('Ann', at, 100, 5, 400, { line: 'motor' }),
        sum('Bob', at, 100, 0, 0, { line: 'motor' }),
      ]),
      { method: 'frequency', complement: 'line' },
      'only one segment has weight: its premium is the collective',
    ],
    [
      'claims of those only who have no line',
      [2022, 2023].flatMap((at) => [
        sum('Ann', at, 100, 5, 400 + at - 2022, { line: '' }),
        sum('Bob', at, 100, 0, 0, { line: 'motor' }),
        sum('Cid', at, 100, 0, 0, { line: 'home' }),
      ]),
      { method: 'loss-ratio', complement: 'line' },
      'no segment has losses',
    ],
    [
      'two claims',
      [sum('Ann', 2022, 100, 1, 90), sum('Ann', 2023, 100, 1, 90), sum('Bob', 2023, 900, 0, 0)],
      { method: 'frequency' },
      'the book has only 2 claims: how much customers differ is hardly known',
    ],
  ])('%s: a note tells what was done instead', (_, rows, experience, note) => {
    const grades = gradedSums(rows, plan(experience));
    expect(modelNotes(grades.model.parameters.experience.notes)).toContain(note);
    expectSound(grades);
  });

  test('years that are all alike: customers are as they were, without an interval', () => {
    const rows = [2022, 2023].flatMap((at) => [
      sum('Ann', at, 100, 1, 25),
      sum('Bob', at, 100, 1, 75),
      sum('Cid', at, 100, 0, 0),
    ]);
    // By loss ratio Z = 1 in all; by sizes nothing is believed, since counts do not differ.
    const ratios = gradedSums(rows, plan({ method: 'loss-ratio' }));
    expect(expected(ratios)).toEqual([0.25, 0.75, 0]);
    expect(ratios.scores.probability_above_permissible).toEqual(Float64Array.of(0, 1, 0));
    expect(ratios.scores.expected_high).toEqual(new Float64Array(3).fill(Number.NaN));
    const sizes = gradedSums(rows, plan({ method: 'frequency-severity' }));
    expect(expected(sizes)[1]).toBe(expected(sizes)[0]);
    expectSound(sizes);
  });

  test('two segments of which one has no claims: it is not expected to have none for ever', () => {
    const rows = [2021, 2022, 2023].flatMap((at) =>
      ['a', 'b', 'c', 'd', 'e', 'f'].map((id, c) =>
        sum(id, at, 100, c < 3 ? 2 + ((at + c) % 3) : 0, c < 3 ? 60 + ((at + c) % 3) * 20 : 0, {
          line: c < 3 ? 'taxi' : 'home',
        }),
      ),
    );
    for (const method of ['frequency', 'frequency-severity', 'loss-ratio'] as const) {
      const grades = gradedSums(rows, plan({ method, complement: 'line' }));
      const [home, taxi] = grades.model.parameters.complement?.relativities ?? [];
      expect(home).toBeGreaterThan(0);
      expect(home).toBeLessThan(0.5);
      expect(taxi).toBeGreaterThan(1.5);
      expectSound(grades);
    }
  });

  test('claims only of those who pay no premium, in the only year with claims, by segment', () => {
    const rows = [
      sum('Ann', 2022, 100, 0, 0, { line: 'motor' }),
      sum('Bob', 2021, 0, 1, 50, { line: 'motor' }),
    ];
    for (const method of ['frequency', 'frequency-severity', 'loss-ratio'] as const) {
      const grades = gradedSums(
        rows,
        plan({ method, base: 'exposure_years', relativeTo: 'book-year', complement: 'line' }),
      );
      expectSound(grades);
      expect(expected(grades)).toEqual([0.5, Number.NaN]);
    }
  });

  test('a thousand customers of equal premium and claims take no time and no credibility', () => {
    const rows = Array.from({ length: 1000 }, (_, c) =>
      [2022, 2023].map((at) => sum(`c${c}`, at, 137.31, (c + at) % 2, 0.1 * ((c + at) % 2))),
    ).flat();
    for (const method of ['frequency', 'frequency-severity', 'loss-ratio'] as const) {
      const { scores } = gradedSums(rows, plan({ method }));
      expect(Math.max(...scores.credibility)).toBe(0);
    }
  });

  test('counts that differ exactly as chance would have it are told from chance by no rounding', () => {
    // Of 7 and 1 claims where 5 and 3 are expected (2² − 7) + (2² − 1) = 0; in binary, 5 × 0.1 of
    // 8 × 0.1 is not exactly that, and what is left is no difference.
    for (const unit of [0.1, 0.9, 1.6, 100]) {
      const rows = [sum('Ann', 2023, 5 * unit, 7, 10), sum('Bob', 2023, 3 * unit, 1, 10)];
      const { experience } = gradedSums(rows, plan({})).model.parameters;
      expect(experience).toMatchObject({ relativityVariance: 0 });
    }
  });
});
