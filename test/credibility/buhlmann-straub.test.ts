import { describe, expect, test } from 'vitest';
import { MisuseError } from '../../src/index.js';
import { modelNotes } from '../../src/scoring/notes.js';
import { buhlmannStraub } from '../../src/stats.js';
import { describeKnownValues, sharedRows, sharedText } from '../support/shared.js';

const close = (actual: number, expected: number, relative = 1e-9) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + 1e-12);
const allClose = (actual: ArrayLike<number>, expected: ArrayLike<number>, relative = 1e-9) => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) close(actual[i], expected[i], relative);
};

/** A panel whose customers have codes in ascending order of their ids, as actuar numbers them. */
function panelOf(rows: Record<string, string>[], id: string) {
  const ids = [...new Set(rows.map((row) => row[id]))].sort();
  const code = new Map(ids.map((value, position) => [value, position]));
  return Object.freeze({
    customer: rows.map((row) => code.get(row[id]) ?? -1),
    ratio: rows.map((row) => Number(row.ratio)),
    weight: rows.map((row) => Number(row.weight)),
    ids,
  });
}

describeKnownValues('Hachemeister (1975), by actuar 3.3-2 cm()', () => {
  const panel = panelOf(sharedRows('oracles/credibility/hachemeister-long.csv'), 'state');
  const oracle = JSON.parse(sharedText('oracles/credibility/hachemeister.json'));

  test('unbiased: collective, variances, credibility and premiums', () => {
    const found = buhlmannStraub(panel);
    close(found.collective, 1683.71343704728);
    close(found.betweenVariance, 89638.7262327551);
    close(found.withinVariance, 139120025.925285);
    allClose(
      found.credibility,
      [
        0.984740401933337, 0.927635217974918, 0.898475355206511, 0.727909209400669,
        0.958791149399359,
      ],
    );
    allClose(
      found.premiums,
      [2055.16535006492, 1523.70627801246, 1793.44360368128, 1442.966549016, 1603.28540446174],
    );
    allClose(found.means, oracle.bstraub_unbiased.individual_weighted_means);
    expect(found.collectiveMean).toBe('credibility-weighted');
    expect(modelNotes(found.notes)).toEqual([]);
  });

  test('iterative to 1e-13', () => {
    const found = buhlmannStraub(panel, { estimator: 'iterative', tolerance: 1e-13 });
    close(found.collective, 1688.89496971034, 1e-8);
    close(found.betweenVariance, 64366.5071360621, 1e-8);
    allClose(found.credibility, oracle.bstraub_iterative_tight.credibility_factors, 1e-8);
    allClose(found.premiums, oracle.bstraub_iterative_tight.premiums, 1e-8);
  });

  test("iterative at actuar's default tolerance takes the same number of rounds", () => {
    const found = buhlmannStraub(panel, { estimator: 'iterative' });
    close(found.betweenVariance, 64366.5071592268, 1e-12);
    close(found.collective, 1688.89496970416, 1e-12);
  });

  test.each(['unbiased', 'iterative'] as const)(
    'unweighted, %s: equal weights give the unbiased value',
    (estimator) => {
      const unweighted = { ...panel, weight: panel.weight.map(() => 1) };
      const found = buhlmannStraub(unweighted, { estimator });
      close(found.collective, 1671.01666666667);
      close(found.betweenVariance, 72310.0246212122);
      close(found.withinVariance, 46040.4712121212);
      allClose(found.premiums, oracle.buhlmann_unweighted.premiums);
    },
  );
});

describeKnownValues('panels from real books, by actuar 3.3-2 cm()', () => {
  for (const name of [
    'spanish-frequency-200',
    'spanish-frequency-2000',
    'fremotor2-frequency-200',
    'fremotor2-frequency-2000',
  ]) {
    const oracle = JSON.parse(sharedText(`oracles/credibility/${name}.json`));
    const panel = panelOf(sharedRows(`oracles/credibility/${name}.csv`), 'id');
    const inOrderOf = (ids: (string | number)[], values: ArrayLike<number>) =>
      ids.map((id) => values[panel.ids.indexOf(String(id))]);

    test.each([
      ['unbiased', { estimator: 'unbiased' }, 1e-9],
      ['iterative_default_tol', { estimator: 'iterative' }, 1e-8],
      ['iterative_tight', { estimator: 'iterative', tolerance: 1e-13 }, 1e-8],
    ] as const)(`${name}: %s`, (key, options, tolerance) => {
      const expected = oracle[key];
      const found = buhlmannStraub(panel, options);
      close(found.collective, expected.collective_premium, tolerance);
      close(found.betweenVariance, expected.between_variance_a, tolerance);
      close(found.withinVariance, expected.within_variance_s2, tolerance);
      allClose(inOrderOf(expected.id, found.means), expected.individual_mean, tolerance);
      allClose(inOrderOf(expected.id, found.weights), expected.weight, tolerance);
      allClose(inOrderOf(expected.id, found.credibility), expected.credibility, tolerance);
      allClose(inOrderOf(expected.id, found.premiums), expected.premium, tolerance);
    });
  }
});

describe('textbook cases (Loss Data Analytics, Credibility)', () => {
  const ratios = (claims: number[], exposures: number[]) =>
    claims.map((count, i) => (exposures[i] === 0 ? 0 : count / exposures[i]));
  const exposures = [1, 2, 2, 2, 0, 2, 3, 4];
  const panel = Object.freeze({
    customer: [0, 0, 0, 0, 1, 1, 1, 1],
    ratio: ratios([0, 2, 2, 3, 0, 0, 1, 2], exposures),
    weight: exposures,
  });

  test('two policyholders, one without exposure in the first year', () => {
    const found = buhlmannStraub(panel, { collectiveMean: 'exposure-weighted' });
    expect(found.withinVariance).toBeCloseTo(0.3667, 4);
    expect(found.betweenVariance).toBeCloseTo(0.17566, 5);
    expect(found.withinVariance / found.betweenVariance).toBeCloseTo(2.08735, 4);
    expect(found.credibility[0]).toBeCloseTo(0.7703, 5);
    expect(found.credibility[1]).toBeCloseTo(0.81174, 5);
    expect(found.collective).toBe(5 / 8);
    expect(found.premiums[0]).toBeCloseTo(0.91386, 5);
    expect(found.premiums[1]).toBeCloseTo(0.38824, 5);
  });

  test('the credibility-weighted collective of the same is .657937', () => {
    expect(buhlmannStraub(panel).collective).toBeCloseTo(0.657937, 6);
  });

  test('a between variance of −1/2 gives Z = 0, the exposure-weighted mean and a note', () => {
    const found = buhlmannStraub({
      customer: [0, 0, 0, 1, 1, 1],
      ratio: [3, 0, 0, 3, 0, 3],
      weight: [1, 1, 1, 1, 1, 1],
    });
    expect(found.withinVariance).toBe(3 - 1 / 2 + 1 / 2);
    expect(found.betweenVariance).toBe(0);
    expect([...found.credibility]).toEqual([0, 0]);
    expect([...found.premiums]).toEqual([1.5, 1.5]);
    expect(found.collectiveMean).toBe('exposure-weighted');
    expect(modelNotes(found.notes).join()).toContain('not above 0');
  });
});

describe('edges', () => {
  test('a customer without weight gets Z = 0 and the collective', () => {
    const found = buhlmannStraub({
      customer: [0, 0, 1, 1, 2],
      ratio: [0.4, 0.6, 0.9, 1.1, 7],
      weight: [100, 100, 100, 100, 0],
    });
    expect(found.credibility[2]).toBe(0);
    expect(found.premiums[2]).toBe(found.collective);
  });

  test('one customer, or one observation each, gives no credibility and says why', () => {
    const one = buhlmannStraub({ customer: [0, 0], ratio: [1, 2], weight: [1, 1] });
    expect(modelNotes(one.notes).join()).toContain('only one customer');
    const single = buhlmannStraub({ customer: [0, 1], ratio: [1, 2], weight: [1, 1] });
    expect(modelNotes(single.notes).join()).toContain('no customer has two periods');
    expect([...one.credibility, ...single.credibility]).toEqual([0, 0, 0]);
  });

  test('columns of different lengths, negative weights and no weight at all are misuse', () => {
    const call = (customer: number[], ratio: number[], weight: number[]) => () =>
      buhlmannStraub({ customer, ratio, weight });
    expect(call([0], [1], [1, 2])).toThrow(MisuseError);
    expect(call([0], [1], [-1])).toThrow('weights of 0 or more, got -1');
    expect(call([0], [1], [0])).toThrow('some weight');
  });
});
