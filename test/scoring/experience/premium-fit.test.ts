import { describe, expect, test } from 'vitest';
import { modelNotes } from '../../../src/scoring/notes.js';
import { chance } from '../../../src/simulate/random.js';
import { gradedSums, type Sum, sum } from '../../support/experience.js';

/** Small and large accounts for three years; claims follow the premium, at a tenth of a claim per 100. */
function accounts(customers: number, more: (customer: number) => object = () => ({})): Sum[] {
  const random = chance(5);
  return Array.from({ length: customers }, (_, c) => {
    const premium = 50 * 4 ** (c % 6);
    const latent = random.gamma(0.5);
    return [2021, 2022, 2023].map((year) => {
      const count = random.poisson((latent * premium) / 1000);
      return sum(`c${c}`, year, premium, count, 500 * count, more(c));
    });
  }).flat();
}

describe('premiums that years of cover say nothing of', () => {
  const rows = accounts(600);

  test('keep methods by years of cover out of the contest', () => {
    const { model } = gradedSums(rows, { experience: { method: 'auto' } });
    expect(
      model.parameters.contest?.entries.map(({ method, base }) => `${method} ${base}`),
    ).toEqual([
      'frequency earned_premium',
      'frequency-severity earned_premium',
      'loss-ratio earned_premium',
    ]);
    expect(model.parameters.balance?.factor).toBeGreaterThan(0.9);
  });

  test('keep them from being taken where there is no contest', () => {
    const oneYear = rows.filter(({ from }) => from === '2023-01-01');
    const { model } = gradedSums(oneYear, { experience: { method: 'auto' } });
    expect(modelNotes(model.parameters.experience.notes)).toContain(
      'too little history to let the methods compete: frequency by premium, the simplest, was taken',
    );
  });

  test('are told where the plan asks for years of cover all the same', () => {
    const { model } = gradedSums(rows, { experience: { base: 'exposure_years' } });
    const { factor = 1 } = model.parameters.balance ?? {};
    expect(factor).toBeLessThan(0.5);
    expect(modelNotes(model.parameters.experience.notes)).toContain(
      `expected losses were ${(1 / factor).toFixed(2)} times the book's before they were balanced: the method does not fit the book's premiums, and expected loss ratios may be far off; experience.base "earned_premium" is likely to fit better`,
    );
    const { model: byPremium } = gradedSums(rows);
    expect(modelNotes(byPremium.parameters.experience.notes).join()).not.toMatch(/does not fit/);
  });
});

test('customers with several policies: premium competes before years of cover', () => {
  const rows = accounts(300).flatMap((row) => [
    { ...row, policy_id: `${row.customer_id}-1` },
    { ...row, policy_id: `${row.customer_id}-2`, claim_count: 0, incurred: 0 },
  ]);
  const oneYear = rows.filter(({ from }) => from === '2023-01-01');
  const { model } = gradedSums(oneYear, { experience: { method: 'auto' } });
  expect(modelNotes(model.parameters.experience.notes).join()).toContain(
    'frequency by premium, the simplest',
  );
});

test('a segment that claims more often and pays for it in its premium is no worse a segment', () => {
  const random = chance(9);
  // Vans claim three times as often as cars, on three times the premium.
  const rows = Array.from({ length: 2000 }, (_, c) => {
    const times = c % 2 === 0 ? 1 : 3;
    return [2021, 2022, 2023].map((year) => {
      const count = random.poisson(0.1 * times);
      const line = times === 1 ? 'car' : 'van';
      return sum(`c${c}`, year, 200 * times, count, 900 * count, { line });
    });
  }).flat();
  const { model } = gradedSums(rows, {
    experience: { base: 'exposure_years', complement: 'line' },
  });
  const { relativities = [], claimRelativities = [] } = model.parameters.complement ?? {};
  const [car, van] = claimRelativities;
  expect(van / car).toBeGreaterThan(2.6);
  expect(van / car).toBeLessThan(3.4);
  for (const relativity of relativities) expect(Math.abs(relativity - 1)).toBeLessThan(0.1);
  expect(Math.abs((model.parameters.balance?.factor ?? 0) - 1)).toBeLessThan(0.05);
});

test.each(['frequency', 'frequency-severity', 'loss-ratio'] as const)(
  'a segment of many small claims is as bad as its losses, not as its claims: %s',
  (method) => {
    const random = chance(3);
    // On the same premium: one claim in ten years of 3,000, or one a year of 300.
    const rows = Array.from({ length: 3000 }, (_, c) =>
      [2021, 2022, 2023].map((year) => {
        const fire = c % 2 === 0;
        const count = random.poisson(fire ? 0.1 : 1);
        const line = fire ? 'fire' : 'glass';
        return sum(`c${c}`, year, 500, count, count * (fire ? 3000 : 300), { line });
      }),
    ).flat();
    const grades = gradedSums(rows, { experience: { method, complement: 'line' } });
    const { labels, codes } = grades.table.attributes[0];
    for (const line of ['fire', 'glass']) {
      const of = (column: Float64Array) =>
        column.reduce((all, value, row) => all + (labels[codes[row]] === line ? value : 0), 0);
      const { earned_premium: premium, incurred_loss: incurred } = grades.table.columns;
      const expected = of(
        premium.map((value, row) => value * grades.scores.expected_loss_ratio[row]),
      );
      expect(Math.abs(expected / of(incurred) - 1)).toBeLessThan(0.08);
    }
  },
);
