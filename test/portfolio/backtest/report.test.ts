import { describe, expect, test } from 'vitest';
import { dayFromISO } from '../../../src/index.js';
import { liftChart, lorenzChart } from '../../../src/portfolio/backtest/charts.js';
import type { Backtest, BacktestGroup, Estimate } from '../../../src/portfolio/backtest/result.js';
import { showBacktest } from '../../../src/portfolio/backtest/view.js';
import { toRows, toText } from '../../../src/report/show.js';

const estimate = (value: number, low: number | null, high: number | null): Estimate => ({
  value,
  low,
  high,
});
const unknown: Estimate = { value: null, low: null, high: null };

const group = (
  customers: number,
  relativeLossRatio: Estimate,
  relativeFrequency: Estimate,
  stayed: number | null,
): BacktestGroup => ({
  customers,
  earnedPremium: customers * 400.5,
  exposureYears: customers,
  claims: customers / 10,
  incurred: customers * 240,
  lossRatio: customers === 0 ? null : 0.6,
  relativeLossRatio,
  relativeFrequency,
  renewals: customers,
  stayed,
});
const empty = group(0, unknown, unknown, null);

const entry = (
  name: string,
  kind: Backtest['contest'][number]['kind'],
  gini: number,
  againstModel: Estimate | null,
  notes: readonly string[] = [],
): Backtest['contest'][number] => ({
  name,
  kind,
  giniOfLosses: estimate(gini, gini - 0.03, gini + 0.03),
  giniOfClaims: estimate(gini, gini - 0.02, gini + 0.02),
  topDecileLift: estimate(1 + 5 * gini, null, null),
  againstModel,
  notes,
});

/** 3,000 customers whose grades were worth something; healthy ones are none, unrated ones are few. */
const good: Backtest = {
  at: 'date',
  from: '2023-01-01',
  until: '2024-01-01',
  customers: 3000,
  earnedPremium: 1_201_500,
  exposureYears: 2900,
  claims: 300,
  incurred: 720_900,
  lossRatio: 0.6,
  riskTiers: {
    excellent: group(2000, estimate(0.06, 0.05, 0.08), estimate(0.1, 0.08, 0.12), 0.93),
    healthy: empty,
    'sub-healthy': group(700, estimate(1.4, 0.9, 1.9), estimate(1.3, 1.1, 1.5), 0.9),
    'high-risk': group(299, estimate(3.28, 2.4, 4.1), estimate(2.5, 2, 3), 0.7),
    unrated: group(1, estimate(0, null, null), estimate(0, null, null), null),
  },
  valueTiers: {
    high: group(600, estimate(0.9, 0.8, 1), estimate(1, 0.9, 1.1), 0.95),
    low: group(2400, estimate(1.05, 0.95, 1.15), estimate(1, 0.9, 1.1), 0.88),
  },
  giniOfLosses: estimate(0.2134, 0.18, 0.25),
  giniOfClaims: estimate(0.19, 0.16, 0.22),
  topDecileLift: estimate(2.1, 1.8, 2.4),
  actualToExpected: estimate(1.2, 1.1, 1.3),
  deciles: [
    { expectedLossRatio: 0.25, lossRatio: 0.27, actualToExpected: estimate(0.9, 0.8, 1) },
    { expectedLossRatio: 0.5, lossRatio: null, actualToExpected: unknown },
    { expectedLossRatio: 0.75, lossRatio: 0.99, actualToExpected: estimate(1.1, null, null) },
  ],
  doubleLift: [
    { ours: 0.8, raw: 2.6, actual: estimate(0.85, 0.7, 1) },
    { ours: null, raw: null, actual: unknown },
  ],
  contest: [
    entry('chance', 'chance', 0, estimate(-0.2134, -0.25, -0.18)),
    entry('raw loss ratio', 'plain rule', 0.142, estimate(-0.0714, -0.09, -0.05)),
    entry('frequency', 'method', 0.2134, null),
    entry('loss-ratio', 'method', 0.2, estimate(-0.0134, -0.03, 0.01), ['no differences in lines']),
  ],
  lorenz: {
    frequency: { premium: [0, 0.25, 0.75, 1], losses: [0, 0.1, 0.5, 1] },
    'raw loss ratio': { premium: [0, 0.5, 1], losses: [0, 0.42, 1] },
    'loss-ratio': { premium: [0, 0.5, 1], losses: [0, 0.01, 1] },
  },
  bootstrap: { rounds: 1000, seed: 1, probability: 0.9 },
  model: { id: 'm-1', hash: 'h', method: 'frequency' },
  conclusions: ['The ranking holds', 'The level does not.'],
  notes: ['claims are young'],
  columns: {
    customerIds: ['ann', 'bob'],
    gradedOn: Int32Array.of(dayFromISO('2023-01-01'), dayFromISO('2023-05-17')),
    riskTier: Uint8Array.of(0, 3),
    riskTiers: ['excellent', 'healthy', 'sub-healthy', 'high-risk', 'unrated'],
    valueTier: Uint8Array.of(1, 0),
    expectedLossRatio: Float64Array.of(0.3, 1.5),
    credibility: Float64Array.of(0.2, 0.25),
    observedLossRatio: Float64Array.of(0, Number.NaN),
    earnedPremium: Float64Array.of(400, -5),
    exposureYears: Float64Array.of(1, 0.5),
    claims: Float64Array.of(1, 0),
    incurred: Float64Array.of(100, 20),
    stayed: Float64Array.of(1, Number.NaN),
  },
};

/** The grades told nothing: every interval has 1 in it, and the curve is the diagonal. */
const useless: Backtest = {
  ...good,
  riskTiers: {
    excellent: group(2000, estimate(0.98, 0.9, 1.06), estimate(1, 0.9, 1.1), 0.9),
    healthy: empty,
    'sub-healthy': empty,
    'high-risk': group(1000, estimate(1.3, 0.7, 1.9), estimate(1, 0.9, 1.1), 0.9),
    unrated: empty,
  },
  giniOfLosses: estimate(0.004, -0.02, 0.03),
  lorenz: { frequency: { premium: [0, 1], losses: [0, 1] } },
};

/** Nobody had a loss, so nothing can be put in relation to anything. */
const lossless: Backtest = {
  ...good,
  claims: 0,
  incurred: 0,
  lossRatio: null,
  riskTiers: {
    excellent: { ...group(3000, unknown, unknown, null), lossRatio: 0 },
    'high-risk': empty,
    unrated: empty,
  },
  valueTiers: { low: group(3000, unknown, unknown, null) },
  giniOfLosses: unknown,
  giniOfClaims: unknown,
  topDecileLift: unknown,
  actualToExpected: unknown,
  deciles: [{ expectedLossRatio: null, lossRatio: null, actualToExpected: unknown }],
  doubleLift: [],
  contest: good.contest.map((one) => ({
    ...one,
    giniOfLosses: unknown,
    giniOfClaims: unknown,
    topDecileLift: unknown,
    againstModel: one.againstModel && unknown,
  })),
  lorenz: {},
  conclusions: [],
  notes: [],
};
const books = { good, useless, lossless };

const withTier = (name: string, relativeLossRatio: Estimate): Backtest => ({
  ...good,
  riskTiers: { ...good.riskTiers, [name]: group(500, relativeLossRatio, unknown, 0.9) },
});

interface View {
  title: { text: string[]; subtitle: string[] };
  data: { values: Record<string, unknown>[] };
  layer: View[];
  encoding: Record<
    string,
    { title?: string; scale: { domain: string[] }; field?: string; datum?: number }
  >;
}
/** As a renderer gets it: what JSON cannot hold is gone. */
const rendered = (spec: object): View & { vconcat: View[] } => JSON.parse(JSON.stringify(spec));
const titleOf = (spec: object) => rendered(spec).title.text.join(' ');
const line = (text: string, start: string) =>
  text.split('\n').find((candidate) => candidate.startsWith(start));

describe('the text of a backtest', () => {
  const text = toText(showBacktest({ ...good }));

  test('begins with who was graded when, and what followed', () => {
    const sentences = text.replaceAll('\n', ' ');
    expect(sentences).toMatch(
      /^3,000 customers graded on 2023-01-01, followed until 2024-01-01\. {2}What followed: premium 1,201,500\.00, 300 claims, incurred 720,900\.00, loss ratio 60\.0%\. Method frequency, model m-1\./,
    );
    expect(sentences).toContain(
      'In brackets: 90% intervals, from resampling the customers 1,000 times (seed 1).',
    );
    expect(toText(showBacktest({ ...good, at: 'renewal' }))).toMatch(
      /^3,000 customers graded as their own terms began, 2023-01-01 to 2024-01-01, and followed for those\nterms\.\n/,
    );
  });

  test('gives tiers relative to the book, with their intervals', () => {
    expect(line(text, 'excellent')?.split(/ {2,}/)).toEqual([
      'excellent',
      '2,000',
      '801,000.00',
      '0.06 [0.05, 0.08]',
      '0.10 [0.08, 0.12]',
      '93.0%',
    ]);
    expect(line(text, 'high  ')).toContain('0.90 [0.80, 1.00]');
  });

  test('says nothing of an empty tier, and no interval where there is none', () => {
    expect(line(text, 'healthy')?.split(/ {2,}/)).toEqual(['healthy', '0', '–', '–', '–', '–']);
    expect(line(text, 'unrated')).toContain('0.00');
  });

  test('gives the measures of the book', () => {
    expect(line(text, 'Gini of losses')).toMatch(/ 0\.213 \[0\.180, 0\.250\]$/);
    expect(line(text, 'top-decile lift')).toMatch(/ 2\.10 \[1\.80, 2\.40\]$/);
    expect(line(text, 'actual ÷ expected')).toMatch(/ 1\.20 \[1\.10, 1\.30\]$/);
  });

  test('names the first and the last tenth', () => {
    expect(line(text, '1 (lowest expected)')).toMatch(/25\.0% +27\.0% +0\.90 \[0\.80, 1\.00\]$/);
    expect(line(text, '2 ')).toMatch(/50\.0% +– +–$/);
    expect(line(text, '3 (highest expected)')).toMatch(/75\.0% +99\.0% +1\.10$/);
    expect(line(text, '1 (ours lowest')).toMatch(/0\.80 +2\.60 +0\.85 \[0\.70, 1\.00\]$/);
  });

  test('sets the entries of the contest against the model, with their sign', () => {
    expect(line(text, 'raw loss ratio')).toMatch(/ 1\.71 +−0\.071 \[−0\.090, −0\.050\]$/);
    expect(line(text, 'method frequency')).toMatch(/ the model$/);
    expect(line(text, 'method loss-ratio')).toMatch(/ −0\.013 \[−0\.030, \+0\.010\]$/);
    const [chance] = good.contest;
    const alone = toText(showBacktest({ ...good, contest: [{ ...chance, againstModel: null }] }));
    expect(line(alone, 'chance')).toMatch(/ –$/);
  });

  test('ends with conclusions, notes, and what the figures are not', () => {
    expect(text).toContain('\nThe ranking holds.\n\nThe level does not.\n');
    expect(text).toContain(
      '\n\nNote: claims are young.\n\nNote: loss-ratio: no differences in lines.',
    );
    expect(text.slice(text.lastIndexOf('\n\n'))).toContain('do not say what any one');
  });

  test.each(Object.entries(books))('of a %s book fits a terminal, without holes', (_, book) => {
    const printed = toText(showBacktest({ ...book }));
    expect(printed).not.toMatch(/NaN|undefined|null|Infinity|\[object|\n\n\n/);
    expect(Math.max(...printed.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  });
});

describe('the lift chart', () => {
  test.each([
    [
      'both ends',
      good,
      "High-risk customers went on to cost 3.3 times the book's average; excellent ones 0.06 times",
    ],
    ['nothing', useless, "No risk tier's cost differs from the book's average by more than chance"],
    ['no losses', lossless, 'No losses to compare the risk tiers by'],
    [
      'an end within its interval of the book',
      withTier('high-risk', estimate(1.5, 0.8, 2.2)),
      "Excellent customers went on to cost 0.06 times the book's average; high-risk ones do not differ from it by more than chance",
    ],
    [
      'an end whose interval has no width',
      withTier('excellent', estimate(0, 0, 0)),
      "High-risk customers went on to cost 3.3 times the book's average; excellent ones do not differ from it by more than chance",
    ],
    [
      'an empty end',
      { ...good, riskTiers: { ...good.riskTiers, excellent: empty } },
      "High-risk customers went on to cost 3.3 times the book's average",
    ],
    [
      'only a tier between',
      {
        ...useless,
        riskTiers: {
          ...useless.riskTiers,
          healthy: group(9, estimate(1.04, 1.01, 1.1), unknown, null),
        },
      },
      "Healthy customers went on to cost 1.04 times the book's average; high-risk ones do not differ from it by more than chance; excellent ones do not differ from it by more than chance",
    ],
  ])('says in its title what can be told: %s', (_, book, title) => {
    expect(titleOf(liftChart(book))).toBe(title);
  });

  test('breaks a long title into even lines', () => {
    const long = withTier('high-risk', estimate(1.5, 0.8, 2.2));
    expect(rendered(liftChart(useless)).title.text).toHaveLength(1);
    expect(rendered(liftChart(long)).title.text).toEqual([
      "Excellent customers went on to cost 0.06 times the book's average;",
      'high-risk ones do not differ from it by more than chance',
    ]);
  });

  test('has a bar for the loss ratio and one for the frequency of every tier that has them', () => {
    const [tiers] = rendered(liftChart(good)).vconcat;
    expect(tiers.data.values).toHaveLength(8);
    expect(tiers.data.values[0]).toEqual({
      tier: 'excellent|2,000 customers',
      kind: 'loss ratio (losses ÷ premium)',
      value: 0.06,
      low: 0.05,
      high: 0.08,
      top: 0.08,
      label: '0.06',
    });
    expect(tiers.data.values.at(-1)).toMatchObject({
      tier: 'unrated|1 customer',
      low: null,
      top: 0,
    });
    expect(tiers.layer[0].encoding.x.scale.domain).toContain('healthy|no customers');
  });

  test('draws the book at 1 across both views, whatever stands on their axes', () => {
    for (const view of rendered(liftChart(good)).vconcat) {
      const [rule, name] = view.layer.slice(-2);
      expect(rule.encoding).toEqual({ y: { datum: 1 } });
      expect(name.encoding.y).toEqual({ datum: 1 });
      expect(view.encoding).toBeUndefined();
    }
  });

  test('sets what was expected to the level that came', () => {
    const [, deciles] = rendered(liftChart(good)).vconcat;
    // Expected 0.25 × 1.2 ÷ 0.6 = 0.5 of the book, came 0.27 ÷ 0.6 = 0.45: actual ÷ expected 0.9.
    expect(deciles.data.values).toEqual([
      { tenth: 1, kind: 'what was expected', value: expect.closeTo(0.5), low: null, high: null },
      {
        tenth: 1,
        kind: 'what came',
        value: expect.closeTo(0.45),
        low: expect.closeTo(0.4),
        high: expect.closeTo(0.5),
      },
      { tenth: 3, kind: 'what was expected', value: expect.closeTo(1.5), low: null, high: null },
      { tenth: 3, kind: 'what came', value: expect.closeTo(1.65), low: null, high: null },
    ]);
    expect(deciles.title.text.join(' ')).toBe(
      "The costliest tenth, expected at 1.5 times the book's average, came in at 1.65",
    );
    const [, none] = rendered(liftChart(lossless)).vconcat;
    expect(none.data.values).toEqual([]);
    expect(none.title.text).toEqual(['No losses to compare with what was expected']);
  });
});

describe('the Lorenz chart', () => {
  test.each([
    ['good', good, 'The half of the premium expected to cost least brought 30% of the losses'],
    [
      'useless',
      useless,
      'This may be chance: the half of the premium expected to cost least brought 50% of the losses',
    ],
    [
      'misleading',
      { ...good, giniOfLosses: estimate(-0.1, -0.15, -0.05) },
      'Worse than chance: the half of the premium expected to cost least brought 30% of the losses',
    ],
    ['lossless', lossless, 'No losses to put the customers in order by'],
  ])('says in its title what half the premium brought: a %s order', (_, book, title) => {
    expect(titleOf(lorenzChart(book))).toBe(title);
  });

  test('draws the model, the raw loss ratio and chance, with the Gini in their names', () => {
    const spec = rendered(lorenzChart(good));
    const [curves] = spec.layer;
    expect(curves.encoding.color.scale.domain).toEqual([
      'our score (Gini 0.213 [0.183, 0.243])',
      'the raw loss ratio alone (Gini 0.142 [0.112, 0.172])',
      'chance (Gini 0)',
    ]);
    const at = (premium: number) =>
      curves.data.values.filter((point) => point.premium === premium).map(({ losses }) => losses);
    expect([0, 0.25, 0.5, 0.75, 1].map(at)).toEqual([
      [0, 0, 0],
      [0.1, 0.21, 0.25],
      [0.3, 0.42, 0.5],
      [0.5, 0.71, 0.75],
      [1, 1, 1],
    ]);
    expect(spec.title.subtitle).toContain(
      'Put in order by the raw loss ratio alone, such a half brought 42%.',
    );
    expect(rendered(lorenzChart(lossless)).layer).toHaveLength(1);
  });

  test('finds the points of a curve that does not begin at nothing', () => {
    const frequency = { premium: [0.5, 0.5, 0.9], losses: [0.2, 0.4, 0.8] };
    const [curves] = rendered(lorenzChart({ ...good, lorenz: { frequency } })).layer;
    const losses = curves.data.values.map((point) => point.losses);
    expect([losses[0], losses[25], losses[50], losses[70], losses[100]]).toEqual([
      0, 0.1, 0.2, 0.6, 1,
    ]);
  });

  test('knows the model by its method where every method is set against another', () => {
    const contest = good.contest.map((one) => ({ ...one, againstModel: unknown }));
    expect(titleOf(lorenzChart({ ...good, contest }))).toMatch(/ 30% of the losses$/);
  });
});

test.each(Object.entries(books))('the charts of a %s book are plain JSON in words', (_, book) => {
  for (const spec of [liftChart(book), lorenzChart(book)]) {
    expect(JSON.parse(JSON.stringify(spec))).toStrictEqual(spec);
    expect(spec.$schema).toBe('https://vega.github.io/schema/vega-lite/v6.json');
    const texts: string[] = [];
    JSON.stringify(spec, (_key, value) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
    expect(texts.join('\n')).not.toMatch(/NaN|undefined|\bnull\b|Infinity|\[object/);
  }
});

describe('the rows of a backtest', () => {
  const rows = [...toRows(showBacktest({ ...good }))];

  test('hold what was said and what followed', () => {
    expect(rows[0]).toEqual({
      customer_id: 'ann',
      graded_on: '2023-01-01',
      risk_tier: 'excellent',
      value_tier: 'low',
      expected_loss_ratio: 0.3,
      credibility: 0.2,
      observed_loss_ratio: 0,
      next_earned_premium: 400,
      next_exposure_years: 1,
      next_claim_count: 1,
      next_incurred_loss: 100,
      next_loss_ratio: 0.25,
      stayed: 1,
    });
  });

  test('are empty where nothing is known', () => {
    expect(rows[1]).toMatchObject({
      graded_on: '2023-05-17',
      risk_tier: 'high-risk',
      observed_loss_ratio: null,
      next_loss_ratio: null,
      stayed: null,
    });
    expect(Object.keys(rows[1])).toEqual(Object.keys(rows[0]));
  });
});
