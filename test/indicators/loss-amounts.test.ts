import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Book,
  indicators,
  readBook,
  readExperience,
  readIndicators,
} from '../../src/index.js';
import { nastySums } from '../support/experience.js';
import {
  asOf,
  type ClaimRow,
  randomBook,
  randomPlan,
  shuffledRows,
} from '../support/random-book.js';
import { claim, policy } from '../support/rows.js';

const total = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

/** Losses one by one, the smallest first. */
const each = ({ amounts, times }: { amounts: Float64Array; times: Float64Array }) =>
  Array.from(amounts)
    .flatMap((amount, k) => Array(times[k]).fill(amount))
    .sort((a, b) => a - b);

const lossesOf = (claims: object[], policies: object[] = [policy()]) =>
  each(indicators(readBook(policies, claims).book, { asOf: '2024-01-01' }).losses);

describe('single losses of dated claims', () => {
  test('are what each claim came to, paid and reserved', () => {
    expect(
      lossesOf([claim(), claim({ claim_id: 'K2', paid: 40, reserve: 60 }), claim({ claim_id: 3 })]),
    ).toEqual([100, 150, 150]);
  });

  test('have the parts of one claim together, under whatever policy or cover they stand', () => {
    const policies = [policy(), policy({ policy_id: 'A2' })];
    expect(lossesOf([claim(), claim({ policy_id: 'A2', paid: 25 })], policies)).toEqual([175]);
    const covers = [claim({ cover: 'own' }), claim({ cover: 'third', paid: 1000, status: 'open' })];
    expect(lossesOf(covers)).toEqual([1150]);
  });

  test('have a recovery with its claim, and one of another day alone', () => {
    const back = claim({ cover: 'recovery', paid: -50 });
    expect(lossesOf([claim({ cover: 'own' }), back])).toEqual([100]);
    const later = { claim_id: 'R', occurred_on: '2023-07-01', paid: -50, status: 'nil' };
    expect(lossesOf([claim(), claim(later)])).toEqual([-50, 150]);
  });

  test('count a claim of nothing, but no nil claim unless there is money in it', () => {
    expect(lossesOf([claim({ paid: 0 })])).toEqual([0]);
    expect(lossesOf([claim({ paid: 0, status: 'nil' })])).toEqual([]);
    expect(lossesOf([claim({ paid: 30, status: 'nil' })])).toEqual([30]);
    const cancelled = [claim({ status: 'nil' }), claim({ claim_id: 2, paid: -150, status: 'nil' })];
    expect(lossesOf(cancelled)).toEqual([]);
  });

  test('are those of the window that were known', () => {
    const times = ['2020-12-31', '2023-12-30', '2023-12-31'].map((day, k) =>
      claim({ claim_id: k, occurred_on: day, reported_on: day, paid: k }),
    );
    const late = claim({ claim_id: 'late', reported_on: '2024-01-01', paid: 9 });
    const terms = [2020, 2021, 2022, 2023].map((year) =>
      policy({ from: `${year}-01-01`, to: `${year + 1}-01-01` }),
    );
    expect(lossesOf([...times, late], terms)).toEqual([1, 2]);
  });

  /** Some claims in two parts, the second under another cover and with a fate of its own. */
  const booksWithParts = fc
    .tuple(randomBook, fc.infiniteStream(fc.nat(3)))
    .map(([book, fates]) => ({
      policies: book.policies,
      claims: book.claims.flatMap((row): (ClaimRow & { cover: string })[] => {
        const fate = fates.next().value;
        const whole = { ...row, cover: 'own' };
        if (fate > 1) return [whole];
        const status = fate === 0 ? 'nil' : row.status;
        return [whole, { ...row, cover: 'third', paid: row.paid / 4 - 20, reserve: 0, status }];
      }),
    }));
  const measure = (book: Book, plan: object) => indicators(book, { asOf, plan });

  test('add up to the incurred losses of the table, and are no fewer than its claims', () => {
    let losses = 0;
    fc.assert(
      fc.property(booksWithParts, randomPlan, ({ policies, claims }, plan) => {
        const table = measure(readBook(policies, claims).book, plan);
        const { incurred_loss: incurred, claim_count: counts } = table.columns;
        const single = each(table.losses);
        losses += single.length;
        expect(table.losses.single).toBe(true);
        const size = total(claims.map(({ paid, reserve }) => Math.abs(paid) + reserve));
        expect(Math.abs(total(single) - total(incurred))).toBeLessThanOrEqual(1e-12 * size);
        expect(single.length).toBeGreaterThanOrEqual(total(counts));
      }),
    );
    expect(losses).toBeGreaterThan(500);
  });

  test('are as many as the claims where all of them count', () => {
    fc.assert(
      fc.property(booksWithParts, ({ policies, claims }) => {
        const open = claims.map((row) => ({ ...row, status: 'open' }));
        const { losses, columns } = measure(readBook(policies, open).book, {});
        expect(each(losses)).toHaveLength(total(columns.claim_count));
      }),
    );
  });

  test('are the same to the last bit whatever the order of the rows', () => {
    fc.assert(
      fc.property(randomBook.chain(shuffledRows), ({ book, policies, claims }) => {
        const [one, other] = [book, { policies, claims }].map((rows) =>
          each(measure(readBook(rows.policies, rows.claims).book, {}).losses),
        );
        expect(other).toEqual(one);
      }),
    );
  });
});

describe('losses of which only sums are known', () => {
  const row = (customer_id: string, claim_count: number, incurred: number) => ({
    customer_id,
    from: '2023-01-01',
    to: '2024-01-01',
    premium: 500,
    claim_count,
    incurred,
  });

  test('are split evenly over the claims; a sum without any is one loss', () => {
    const { book } = readExperience([row('Ann', 3, 90), row('Bob', 0, 7), row('Cid', 0, 0)]);
    const { losses } = indicators(book, { asOf: '2024-01-01' });
    expect(each(losses)).toEqual([7, 30, 30, 30]);
    expect(losses.single).toBe(false);
  });

  test('of ready indicators are the same', () => {
    const ready = (customerId: string, claimCount: number, incurredLoss: number) => ({
      ...{ customerId, claimCount, incurredLoss },
      ...{ earnedPremium: 500, exposureYears: 1, tenureYears: 1, annualPremium: 500 },
    });
    const { table } = readIndicators([ready('Ann', 3, 90), ready('Bob', 0, 7), ready('Cid', 0, 0)]);
    expect(each(table.losses)).toEqual([7, 30, 30, 30]);
    expect(table.losses.single).toBe(false);
  });

  test('add up to the incurred losses, as many as the claims and the sums without any', () => {
    fc.assert(
      fc.property(nastySums, (rows) => {
        const { losses, columns } = indicators(readExperience(rows).book, { asOf: '2024-01-01' });
        const money = total(columns.incurred_loss);
        expect(total(each(losses))).toBeCloseTo(money, 6);
        const unclaimed = rows.filter(({ claim_count, incurred }) => claim_count === 0 && incurred);
        expect(total(losses.times)).toBe(total(columns.claim_count) + unclaimed.length);
      }),
    );
  });

  test('do not take memory by the claim: a count of many is one entry', () => {
    const { book } = readExperience([row('Ann', 1e5, 90), row('Bob', 1, 7)]);
    const { amounts, times } = indicators(book, { asOf: '2024-01-01' }).losses;
    expect(Array.from(times)).toEqual([1e5, 1]);
    expect(Array.from(amounts)).toEqual([90 / 1e5, 7]);
  });
});
