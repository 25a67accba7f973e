import { expect, test } from 'vitest';
import { take } from '../../../src/base/columns.js';
import { uniformFrom } from '../../../src/base/random.js';
import { indicators, readBook, readIndicators } from '../../../src/index.js';
import { dealtOut } from '../../../src/portfolio/clusters/reference.js';
import { clusters } from '../../../src/portfolio.js';
import { toText } from '../../../src/report/show.js';
import { simulate } from '../../../src/simulate.js';
import { describeSlow, slowTest } from '../../support/slow.js';

const seeds = Array.from({ length: 20 }, (_, s) => s + 1);

interface Drawn {
  readonly uniform: () => number;
  readonly normal: () => number;
}
interface Is {
  readonly premium: number;
  readonly years: number;
  readonly tenure: number;
  /** How many claims are expected a year, and how large one is. */
  readonly rate: number;
  readonly loss: () => number;
}

/** A book of customers drawn one after the other, their claims by chance. */
function bookOf(seed: number, customers: number, drawn: (by: Drawn) => Is) {
  const uniform = uniformFrom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const claims = (expected: number) => {
    let count = 0;
    for (let left = -Math.log(1 - uniform()); left < expected; count++) {
      left -= Math.log(1 - uniform());
    }
    return count;
  };
  const rows = Array.from({ length: customers }, (_, customerId) => {
    const { premium, years, tenure, rate, loss } = drawn({ uniform, normal });
    const losses = Array.from({ length: claims(rate * years) }, loss);
    return {
      ...{ customerId, annualPremium: premium, exposureYears: years, tenureYears: tenure },
      ...{ earnedPremium: premium * years, claimCount: losses.length },
      incurredLoss: losses.reduce((all, one) => all + one, 0),
    };
  });
  return readIndicators(rows).table;
}

const same = { premium: 500, years: 3, tenure: 5, rate: 0.1, loss: () => 1000 };

describeSlow('chance alone makes no natural segments, in at least 19 of 20 seeds', () => {
  test.each<[string, (by: Drawn) => Is]>([
    ['where all is the same for all, so that many are at one point', () => same],
    [
      'where premium, tenure and what a claim costs have nothing to do with each other',
      ({ uniform, normal }) => ({
        ...{ ...same, premium: 500 * Math.exp(normal()), tenure: 0.5 + 15 * uniform() },
        loss: () => 1500 * Math.exp(normal()),
      }),
    ],
    [
      'where cover is as long as tenure, up to five years',
      ({ uniform, normal }) => {
        const tenure = 0.05 + 12 * uniform() ** 2;
        const premium = 500 * Math.exp(0.5 * normal());
        return { premium, tenure, years: Math.min(tenure, 5), rate: 0.4, loss: () => 1000 };
      },
    ],
  ])('%s', (_, drawn) => {
    const told = seeds.map((seed) => {
      const result = clusters(bookOf(seed, 150, drawn), { max: 3, starts: 2, rounds: 0, seed });
      return [result.verdict === 'natural', /^No natural segments/.test(toText(result))];
    });
    expect(told.filter(([natural, said]) => !natural && said).length).toBeGreaterThanOrEqual(19);
  });

  test('a market where customers come, have claims by chance and leave', () => {
    const told = [1, 2, 3].map((seed) => {
      const { policies, claims, asOf } = simulate({
        customers: 500,
        seed,
        years: 5,
        differences: 0,
      });
      const { book } = readBook(policies, claims);
      const table = indicators(book, { asOf });
      return clusters(table, { max: 5, starts: 2, rounds: 0, seed }).verdict;
    });
    expect(told).not.toContain('natural');
  });
});

slowTest(
  'two classes who differ in premium, tenure and claims are found in at least 19 of 20 seeds',
  () => {
    const found = seeds.map((seed) => {
      const table = bookOf(seed, 150, ({ uniform, normal }) => {
        const loss = () => 1000 * Math.exp(0.8 * normal());
        return uniform() < 0.7
          ? {
              premium: 400 * Math.exp(0.25 * normal()),
              tenure: 10 + normal(),
              years: 3,
              rate: 0.05,
              loss,
            }
          : {
              premium: 1500 * Math.exp(0.25 * normal()),
              tenure: 4 + normal(),
              years: 3,
              rate: 1.2,
              loss,
            };
      });
      const { verdict, k } = clusters(table, { max: 3, starts: 2, rounds: 0, seed });
      return `${verdict} ${k}`;
    });
    expect(found.filter((one) => one === 'natural 2').length).toBeGreaterThanOrEqual(19);
  },
);

test('reshuffled, every value stays in the book, and what holds by construction holds', () => {
  const { policies, claims, asOf } = simulate({ customers: 400, seed: 2, years: 5 });
  const { book } = readBook(policies, claims);
  const table = indicators(book, { asOf });
  const rows = Uint32Array.from(table.ids, (_, row) => row);
  const { columns } = dealtOut(table, rows, uniformFrom(1));
  const sorted = (values: Float64Array) => [...values].sort((a, b) => a - b);
  for (const name of ['claim_count', 'incurred_loss', 'tenure_years']) {
    expect(columns[name]).not.toEqual(table.columns[name]);
    expect(sorted(columns[name])).toEqual(sorted(table.columns[name]));
  }
  for (const name of ['exposure_years', 'earned_premium', 'annual_premium']) {
    expect(columns[name]).toEqual(take(table.columns[name], rows));
  }
  rows.forEach((row) => {
    const { claim_count, exposure_years, incurred_loss, earned_premium } = columns;
    expect(columns.claim_frequency[row]).toBe(claim_count[row] / exposure_years[row]);
    expect(columns.loss_ratio[row]).toBe(incurred_loss[row] / earned_premium[row]);
  });
  // The same claims as a whole: count, losses and the largest go together.
  const bundles = ({ claim_count, incurred_loss, largest_claim }: typeof columns) =>
    Array.from(rows, (row) =>
      [claim_count[row], incurred_loss[row], largest_claim[row]].join(),
    ).sort();
  expect(bundles(columns)).toEqual(bundles(table.columns));
  // Cover has as much to do with claims as it had: more years, more of them.
  const years = (of: typeof columns) =>
    rows.reduce((all, row) => all + of.claim_count[row] * of.exposure_years[row], 0);
  expect(years(columns) / years(table.columns)).toBeGreaterThan(0.95);
  expect(years(columns) / years(table.columns)).toBeLessThan(1.05);
});
