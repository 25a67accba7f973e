import { describe, expect, test } from 'vitest';
import { readExperience } from '../../../src/book/read-experience.js';
import { assess } from '../../../src/grading/assess.js';
import { calibrate } from '../../../src/grading/calibrate.js';
import { indicators } from '../../../src/indicators/indicators.js';
import type { PlanInput } from '../../../src/plan/plan.js';
import { type Shape, shapes, simulatedExperience } from '../../support/simulated-experience.js';

const mean = (values: readonly number[]) =>
  values.reduce((all, value) => all + value, 0) / values.length;

/** How near a method comes to the truth of a simulated book, premium-weighted. */
function judged(shape: Shape, years: number, seed: number, experience: PlanInput['experience']) {
  const { rows, truth } = simulatedExperience(shape, years, seed);
  const asOf = `${2001 + years}-01-01`;
  const plan: PlanInput = { experience, claims: { cap: { quantile: 0.99 } } };
  const table = indicators(readExperience(rows).book, { asOf, plan });
  const grades = assess(table, calibrate(table, plan));
  const premium = table.columns.earned_premium;
  const total = premium.reduce((all, value) => all + value, 0);
  const weighted = (value: (row: number) => number) =>
    premium.reduce((all, weight, row) => all + weight * value(row), 0) / total;
  const raw = table.ids.map((id) => truth.get(id) ?? Number.NaN);
  const level = weighted((row) => raw[row]);
  const book = weighted((row) => grades.scores.expected_loss_ratio[row]);
  const actual = raw.map((value) => value / level);
  const { expected_loss_ratio, expected_low, expected_high } = grades.scores;
  const expected = Array.from(expected_loss_ratio, (value) => value / book);
  const probability = grades.scores.probability_above_permissible;
  const above = actual.map((value) => Number(value * book > 0.65));
  const tenths = Array.from({ length: 10 }, (_, k) =>
    [...probability.keys()].filter((row) => Math.min(9, Math.floor(10 * probability[row])) === k),
  );
  return {
    error: weighted((row) => (expected[row] - actual[row]) ** 2),
    ofAverage: weighted((row) => (1 - actual[row]) ** 2),
    together: weighted((row) => (expected[row] - 1) * (actual[row] - 1)),
    expectedVariance: weighted((row) => (expected[row] - 1) ** 2),
    covered: mean(
      actual.map((value, row) =>
        Number(value * book >= expected_low[row] && value * book <= expected_high[row]),
      ),
    ),
    offByTenth: tenths.map(
      (rows) => rows.reduce((off, row) => off + probability[row] - above[row], 0) / table.length,
    ),
  };
}

const cases = Object.entries<Shape>(shapes).flatMap(([name, shape]) =>
  [2, 3, 5].map((years) => ({ name, years, shape })),
);
const seeds = Array.from({ length: 20 }, (_, k) => 100 + k);

/** Figures over many books of one shape: of the credibility average, of counts alone, of no rating. */
function averaged(shape: Shape, years: number) {
  const own = seeds.map((seed) => judged(shape, years, seed, { method: 'credibility-average' }));
  const plain = seeds.map((seed) => judged(shape, years, seed, { method: 'frequency' }));
  type Figure = Exclude<keyof (typeof own)[number], 'offByTenth'>;
  const of = (from: typeof own, key: Figure) => mean(from.map((one) => one[key]));
  return {
    error: of(own, 'error'),
    ofPlain: of(plain, 'error'),
    ofAverage: of(own, 'ofAverage'),
    slope: of(own, 'together') / of(own, 'expectedVariance'),
    spread: Math.sqrt(of(own, 'expectedVariance')),
    covered: of(own, 'covered'),
    // What chance does to the tenths of one book evens out over several.
    probabilityError: own[0].offByTenth.reduce(
      (all, _, k) => all + Math.abs(mean(own.map(({ offByTenth }) => offByTenth[k]))),
      0,
    ),
  };
}

describe('the credibility average on simulated books, against the truth', () => {
  test.each(cases)('$name over $years years', ({ name, years, shape }) => {
    const found = averaged(shape, years);
    if (name === 'no difference') {
      expect(found.spread).toBeLessThan(0.06);
      return;
    }
    const small = shape.customers <= 300;
    // Where sizes differ it must beat counts alone; elsewhere these are hard to beat.
    const within = shape.sizes >= 0.6 ? 1 : 1.11;
    expect(found.error).toBeLessThan(within * Math.min(found.ofPlain, found.ofAverage));
    expect(found.covered).toBeGreaterThan(small ? 0.6 : 0.7);
    expect(found.covered).toBeLessThan(0.88);
    expect(found.probabilityError).toBeLessThan(small ? 0.08 : shape.sizes >= 0.6 ? 0.07 : 0.04);
    expect(found.slope).toBeGreaterThan(small || years < 3 ? 0.6 : 0.9);
    expect(found.slope).toBeLessThan(small ? 1.9 : 1.2);
  });
});
