import { expect, test } from 'vitest';
import { uniformFrom } from '../../../src/base/random.js';
import { calibrate, indicators, readExperience, readIndicators } from '../../../src/index.js';
import { cardText } from '../../../src/report.js';
import { modelNotes } from '../../../src/scoring/notes.js';
import { chosenPenalty, foldOf, penaltyDeviances } from '../../../src/scoring/scorecard/penalty.js';

/** Customers at ten levels, whose claim rates are as told for the years before and for the latest. */
function claimsOf(before: (level: number) => number, latest: (level: number) => number) {
  const uniform = uniformFrom(4);
  const customers = 4000;
  const positions = Int32Array.from({ length: customers }, (_, k) => k % 10);
  const claims = (rate: (level: number) => number) => ({
    counts: Float64Array.from(positions, (level) => (uniform() < rate(level) ? 1 : 0)),
    expected: new Float64Array(customers).fill(0.2),
  });
  const byTime = { before: claims(before), latest: claims(latest) };
  const all = {
    counts: byTime.before.counts.map((count, row) => count + byTime.latest.counts[row]),
    expected: new Float64Array(customers).fill(0.4),
  };
  const factors = [{ positions, levels: 10, trend: 'free', missing: -1 } as const];
  const folds = Int32Array.from(positions, (_, k) => foldOf(`C${k}`));
  return {
    byTime: penaltyDeviances(all, byTime, factors, folds),
    byFolds: penaltyDeviances(all, undefined, factors, folds),
  };
}

test('where the latest year shows what the years before showed, little is held back', () => {
  const steady = (level: number) => 0.05 + 0.03 * level;
  expect(chosenPenalty(claimsOf(steady, steady).byTime)).toBeLessThanOrEqual(30);
});

test('what the latest year does not show again is held back; folds of customers do not see that', () => {
  const { byTime, byFolds } = claimsOf(
    (level) => 0.05 + 0.03 * level,
    () => 0.2,
  );
  expect(chosenPenalty(byTime)).toBe(1000);
  expect(chosenPenalty(byFolds)).toBeLessThan(300);
});

test('a year that is more expensive for all alike changes no choice', () => {
  const rate = (level: number) => 0.05 + 0.02 * level;
  const { byTime } = claimsOf(rate, (level) => 2 * rate(level));
  expect(chosenPenalty(byTime)).toBeLessThanOrEqual(30);
});

test('a card of a book with years tries its penalties on the latest', () => {
  const uniform = uniformFrom(8);
  const terms = Array.from({ length: 3000 }, (_, k) =>
    [2021, 2022, 2023].map((year) => {
      const parking = k % 2 === 0 ? 'street' : 'garage';
      // In the latest year the two are alike.
      const rate = year === 2023 ? 0.2 : parking === 'street' ? 0.3 : 0.1;
      const claims = uniform() < rate ? 1 : 0;
      return {
        customerId: `C${k}`,
        from: `${year}-01-01`,
        to: `${year + 1}-01-01`,
        premium: 300,
        claimCount: claims,
        incurred: 1000 * claims,
        parking,
      };
    }),
  ).flat();
  const { book } = readExperience(terms);
  const plan = { window: { months: 36 }, card: {} };
  const { card } = calibrate(indicators(book, { asOf: '2024-01-01', plan }), plan).parameters;
  expect(card?.attributes.map(({ attribute }) => attribute)).toEqual(['parking']);
  expect(card?.penalty).toBe(1000);
});

test('near copies of one another with points against each other are named', () => {
  const uniform = uniformFrom(2);
  const rows = Array.from({ length: 6000 }, (_, k) => {
    const body = k % 5 === 0 ? 'none' : ['saloon', 'estate', 'hatch'][k % 3];
    // Nearly all without a body ride, and few others do.
    const line = (k % 5 === 0) === uniform() < 0.97 ? 'ride' : ['car', 'van'][k % 2];
    const rate = 0.15 * (line === 'ride' ? 3.5 : 1) * (body === 'none' ? 0.5 : 1);
    const claimCount = [0, 0, 0].reduce<number>((sum) => sum + (uniform() < rate ? 1 : 0), 0);
    return {
      customerId: `C${k}`,
      earnedPremium: 900,
      exposureYears: 3,
      claimCount,
      incurredLoss: 1000 * claimCount,
      tenureYears: 3,
      annualPremium: 300,
      line,
      body,
    };
  });
  const model = calibrate(readIndicators(rows).table, { card: { penalty: 1 } });
  const [note] = modelNotes(model.parameters.card?.notes ?? []);
  expect(note).toMatch(
    /^line: ride \(\d+\) and body: none \(-\d+\) are nearly the same customers \(\d\d%\)/,
  );
  expect(cardText(model).replaceAll('\n', ' ')).toContain(note);
});
