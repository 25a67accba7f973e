import { describe, expect, test } from 'vitest';
import { assess, calibrate, indicators, readBook, readIndicators } from '../../../src/index.js';
import { paretoChart, persistenceChart } from '../../../src/portfolio/concentration/charts.js';
import type { Pareto, Persistence } from '../../../src/portfolio/concentration/result.js';
import { paretoBlocks, persistenceBlocks } from '../../../src/portfolio/concentration/view.js';
import {
  luckConclusion,
  paretoConclusion,
  paretoTitle,
  persistenceConclusion,
} from '../../../src/portfolio/concentration/words.js';
import { measures, pareto, persistence } from '../../../src/portfolio.js';
import type { TableBlock } from '../../../src/report/blocks.js';
import { asText } from '../../../src/report/blocks.js';
import { simulate } from '../../../src/simulate.js';

const paretoText = (paretos: readonly Pareto[], lasting: readonly Persistence[] = []) =>
  asText([...paretoBlocks(paretos), ...persistenceBlocks(lasting)]);

const { policies, claims, asOf } = simulate({ customers: 1500, seed: 8, years: 4, differences: 3 });
const { book } = readBook(policies, claims);
const table = indicators(book, { asOf });
const grades = assess(table, calibrate(table));
const all = measures.map((measure) => pareto(grades, { measure, luck: 20 }));
const lasting = (['premium', 'incurred', 'claims', 'profit'] as const).map((measure) =>
  persistence(book, { from: '2023-01-01', until: '2024-01-01', measure, rounds: 20 }),
);
const [premium, losses, counts, profit, lifetime] = all;

const ready = (customerId: string, row: object = {}) => ({
  ...{ customerId, earnedPremium: 100, exposureYears: 1, claimCount: 0, incurredLoss: 0 },
  ...{ tenureYears: 1, annualPremium: 100 },
  ...row,
});
const of = (rows: ReturnType<typeof ready>[], luck = 5) => {
  const { table: given } = readIndicators(rows);
  const plan = { retention: { method: 'constant', rate: 0.8 } } as const;
  const graded = assess(given, calibrate(given, plan));
  return measures.map((measure) => pareto(graded, { measure, luck }));
};
const claimed = (loss: number) => ({ claimCount: 1, incurredLoss: loss });
const books: Record<string, Pareto[]> = {
  simulated: all,
  'without luck': measures.map((measure) => pareto(grades, { measure, luck: 0 })),
  'of one customer': of([ready('Ann', claimed(20))]),
  'of one customer without a claim': of([ready('Ann')]),
  'without claims': of([ready('Ann'), ready('Bob'), ready('Cid')]),
  'of equal customers': of(['Ann', 'Bob', 'Cid'].map((id) => ready(id, claimed(30)))),
  'of recoveries': of([ready('Ann', claimed(-20)), ready('Bob', claimed(-70))]),
  'at a loss': of([ready('Ann', claimed(900)), ready('Bob')]),
  'of which somebody pays nothing': of([
    ready('Ann', claimed(20)),
    // No lifetime value is known without premium.
    ready('Bob', { earnedPremium: 0, annualPremium: 0 }),
  ]),
};

/** As a renderer gets it: what JSON cannot hold is gone. */
interface View {
  title: { text: string[]; subtitle: string[] };
  data?: { values: Record<string, number | string>[] };
  mark?: { type: string; color?: string };
  layer: View[];
  encoding: Record<string, { title?: string; scale?: { domain: string[]; domainMin?: number } }>;
}
const rendered = (spec: object): View => JSON.parse(JSON.stringify(spec));
const titleOf = (spec: object) => rendered(spec).title.text.join(' ');
const marks = (view: View, type: string) => view.layer.filter(({ mark }) => mark?.type === type);
const changed = <T extends object>(result: T, change: Partial<T>): T => ({ ...result, ...change });

describe.each(Object.entries(books))('a book %s', (_, results) => {
  test('is told in words without holes', () => {
    const text = paretoText(results);
    expect(text).not.toMatch(/NaN|undefined|null|Infinity|\[object|\n\n\n| {2}\.|\.\./);
    expect(text).not.toMatch(/\b(claims|losses) (is|lies|adds|comes)\b|\bprofit (lie|come)\b/);
    for (const line of text.split('\n')) {
      // Words are laid out for a terminal; tables are as wide as they are.
      if (!/ {2}/.test(line) && !line.includes('─')) expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  test('has charts that are small plain data, with a conclusion as the title and axes in words', () => {
    for (const result of results) {
      const spec = paretoChart(result);
      const json = JSON.stringify(spec);
      expect(JSON.parse(json)).toStrictEqual(spec);
      expect(json).not.toMatch(/NaN|undefined|Infinity/);
      expect(json.length).toBeLessThan(60_000);
      expect(titleOf(spec)).toBe(paretoTitle(result));
      const view = rendered(spec);
      const [curves] = marks(view, 'line');
      expect(curves.encoding.x.title).toMatch(/^Share of customers, (the|those) .* first$/);
      expect(curves.encoding.y.title).toMatch(/^Share of all .* that they have$/);
      // Nothing is named that is not drawn, and the other way round.
      const drawn = new Set(curves.data?.values.map(({ name }) => name));
      expect([...drawn]).toEqual(curves.encoding.color.scale?.domain);
      for (const layer of view.layer) expect(layer.data?.values.length).toBeGreaterThan(0);
      for (const value of view.layer
        .flatMap(({ data }) => data?.values ?? [])
        .flatMap(Object.values)) {
        if (typeof value === 'string') continue;
        expect(value).toBe(Math.round(value * 1e4) / 1e4);
      }
    }
  });
});

describe('the chart of the 80/20', () => {
  const view = rendered(paretoChart(losses));

  test('labels the band of luck and draws it between the rounds', () => {
    const [curves] = marks(view, 'line');
    expect(curves.encoding.color.scale?.domain).toEqual([
      'this book',
      'chance alone (band: 90% of the rounds)',
      'everybody has the same',
    ]);
    const [band] = marks(view, 'area');
    const inside = band.data?.values.filter(({ low, high }) => Number(low) < Number(high)) ?? [];
    expect(inside.length).toBeGreaterThan(20);
    for (const { low, high } of band.data?.values ?? []) {
      expect(Number(low)).toBeLessThanOrEqual(Number(high));
    }
    expect(view.title.subtitle.join(' ')).toMatch(
      /^1,\d+ customers, looked back from 2024-01-01 over 36 months\. By chance: the same customers, the claims reshuffled by premium 20 times\./,
    );
  });

  test('marks where 80 % is reached, on the curve', () => {
    const [own, chance] = marks(view, 'point');
    const at = (customers: number | null | undefined) => [
      { customers: expect.closeTo(Number(customers), 4), value: 0.8 },
    ];
    expect(own.data?.values).toEqual(at(losses.holding[1].customers));
    expect(chance.data?.values).toEqual(at(losses.luck?.holding[1].customers?.mean));
  });

  test('has no band where chance has no part, and none without luck', () => {
    for (const result of [premium, lifetime, books['without luck'][1]]) {
      const without = rendered(paretoChart(result));
      expect(marks(without, 'area')).toEqual([]);
      expect(without.title.subtitle).toHaveLength(1);
    }
  });

  test('of nothing to share draws no curve and says why', () => {
    const [, none] = books['without claims'];
    expect(titleOf(paretoChart(none))).toBe('No shares of the losses: they are 0 for everybody');
    expect(titleOf(paretoChart(books['of recoveries'][1]))).toBe(
      'No shares of the losses: in all they come to −90.00',
    );
    expect(titleOf(paretoChart(books['at a loss'][3]))).toBe(
      'No shares of the profit: in all it comes to −760.00',
    );
    const [curves] = marks(rendered(paretoChart(none)), 'line');
    expect(curves.encoding.color.scale?.domain).toEqual(['everybody has the same']);
  });
});

describe('what is said of luck', () => {
  const range = (low: number, high: number) => ({
    mean: (low + high) / 2,
    deviation: 0.01,
    low,
    high,
  });
  /** Losses of which 80 % lie with a tenth, beside this band of chance. */
  const beside = (low: number, high: number, gini: number): Pareto => {
    const { luck } = losses;
    if (!luck) throw new Error('no luck');
    return changed(losses, {
      gini,
      holding: [{ value: 0.8, customers: 0.1 }],
      luck: {
        ...luck,
        gini: range(0.8, 0.84),
        holding: [{ value: 0.8, customers: range(low, high) }],
      },
    });
  };

  test.each([
    [
      'beyond',
      beside(0.15, 0.17, 0.9),
      '80% of the losses lie with 10.0% of the customers; chance alone gives 16.0%',
      /^80% .*; if customers did not differ, chance would put them with 16\.0% \[15\.0%, 17\.0%\]: beyond chance by 6\.0 points$/,
      'Losses: of the Gini index of 0.900, chance alone gives 0.820 [0.800, 0.840], 91.1% of it',
    ],
    [
      'within',
      beside(0.08, 0.14, 0.82),
      '80% of the losses lie with 10.0% of the customers: no different from chance alone (11.0%)',
      /: this figure may be due to chance alone$/,
      'Losses: the Gini index of 0.820 is no different from what chance alone gives, 0.820 [0.800, 0.840]',
    ],
    [
      'more even',
      beside(0.05, 0.07, 0.7),
      '80% of the losses lie with 10.0% of the customers; chance alone gives 6.0%',
      /: spread more evenly than by chance, by 4\.0 points$/,
      'Losses: the Gini index of 0.700 is less than chance alone gives, 0.820 [0.800, 0.840]',
    ],
  ])('%s', (_, result, title, conclusion, index) => {
    expect(paretoTitle(result)).toBe(title);
    expect(paretoConclusion(result)).toMatch(conclusion);
    expect(luckConclusion(result)).toBe(index);
    expect(titleOf(paretoChart(result))).toBe(title);
  });

  test('nothing of premium, which is agreed, and nothing without a Gini index', () => {
    expect(luckConclusion(premium)).toBeUndefined();
    expect(luckConclusion(profit)).toBeUndefined();
    expect(paretoConclusion(premium)).toMatch(/^80% of the premium lies with .* of the customers$/);
  });
});

describe('the table of the 80/20', () => {
  const tableOf = (results: Pareto[]) =>
    paretoBlocks(results).find((block) => typeof block === 'object') as TableBlock;

  test('has every measure beside chance, the same for premium, a dash where there is none', () => {
    const { header, rows } = tableOf(all);
    expect(header.filter((cell) => cell === 'by chance')).toHaveLength(3);
    expect(rows.map(([name]) => name)).toEqual([
      ...['premium', 'losses', 'claims', 'profit', 'lifetime value'],
    ]);
    expect(rows[0].filter((cell) => cell === 'the same')).toHaveLength(3);
    expect(rows[1][2]).toMatch(/^\d+\.\d% \[\d+\.\d%, \d+\.\d%\]$/);
    expect([rows[4][2], rows[4][4], rows[4][6]]).toEqual(['–', '–', '–']);
  });

  test('speaks of no chance where none was asked for, and of no measure that is not told', () => {
    const text = paretoText(books['without luck']);
    expect(text).not.toMatch(/by chance|the same\s*$/im);
    const alone = paretoText([counts]);
    expect(alone).not.toMatch(/Premiums are agreed|ifetime value/);
    expect(paretoText([premium, counts])).toMatch(/Premiums are\s+agreed/);
  });

  test('tells who is below 0, and what that makes of the shares', () => {
    const text = paretoText([profit]).replaceAll('\n', ' ');
    expect(text).toMatch(
      /Profit: [\d,]+ customers above 0 with [\d,.]+ together, [\d,]+ below 0 with −[\d,.]+; so the first \d+\.\d% of the customers have [\d,]+\.\d% of what is left in all, [\d,.]+\./,
    );
  });

  test('of nothing is nothing', () => {
    expect(paretoText([])).toBe('');
    expect(paretoText([], lasting)).toMatch(/^Does it last\?/);
  });
});

describe('whether it lasts', () => {
  const [, ofLosses, , ofProfit] = lasting;
  const estimate = (value: number | null, by = 0.01) => ({
    value,
    low: value === null ? null : value - by,
    high: value === null ? null : value + by,
  });
  const given = (
    measure: Persistence['measure'],
    last: number | null,
    better: number,
  ): Persistence =>
    changed(ofLosses, {
      measure,
      hadLastPeriod: last === null ? null : 0.958,
      entries: (['chance', 'size', 'last period', 'expected', 'hindsight'] as const).map(
        (name, k) => ({
          name,
          share: estimate(last === null ? null : [0.2, 0.39, last, last + better, 1][k]),
          againstLastPeriod: estimate(last === null ? null : [0, 0, 0, better, 0][k]),
        }),
      ),
    });

  test.each<[string, Persistence, string]>([
    [
      'better',
      given('incurred', 0.634, 0.3),
      "Last period's top 20%, the costliest, had 95.8% of the losses then and brought 63.4% of the next period's, where chance brings 20%; the top of our expected ranking brought 93.4%, the largest premiums 39.0%",
    ],
    [
      'not told from last year by the interval',
      given('claims', 0.634, 0.005),
      "Last period's top 20%, those with most claims, had 95.8% of the claims then and brought 63.4% of the next period's, where chance brings 20%; the top of our expected ranking brought 63.9% (the difference may be chance), the largest premiums 39.0%",
    ],
    [
      'premium',
      given('premium', 0.3, 0.1),
      "Last period's top 20%, those who pay most, had 95.8% of the premium then and brought 30.0% of the next period's, where chance brings 20%",
    ],
    [
      'a last period at a loss',
      changed(given('profit', 0.4, 0.1), { hadLastPeriod: null }),
      "Last period's top 20%, the most profitable, brought 40.0% of the next period's profit, where chance brings 20%; the top of our expected ranking brought 50.0%, the largest premiums 39.0%",
    ],
    [
      'nothing to follow',
      given('profit', null, 0),
      "Last period's top 20%, the most profitable, cannot be followed: in all the next period's profit comes to no more than 0",
    ],
  ])('in a sentence: %s', (_, result, sentence) => {
    expect(persistenceConclusion(result)).toBe(sentence);
    expect(titleOf(persistenceChart(result))).toBe(sentence);
    const text = paretoText([], [result]);
    expect(text).not.toMatch(/NaN|undefined|null/);
    expect(text.replaceAll('\n', ' ')).toContain(`${sentence}.`);
  });

  test('as a table of all measures, by how the group was chosen', () => {
    const [intro, found] = persistenceBlocks(lasting);
    expect(intro).toMatch(
      /^Does it last\? The share of the next period \(2023-01-01 to 2024-01-01, for 1,\d+ customers with cover in the year before\) that the top 20% of customers brought/,
    );
    const { header, rows } = found as TableBlock;
    expect(header).toEqual(['chosen by', 'premium', 'losses', 'claims', 'profit']);
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      for (const cell of row.slice(1))
        expect(cell).toMatch(/^−?[\d,]+\.\d% \[−?[\d,]+\.\d%, −?[\d,]+\.\d%\]$/);
    }
    const renewal = { ...ofLosses, at: 'renewal' as const };
    expect(persistenceBlocks([renewal])[0]).toMatch(
      /\(the terms that began from 2023-01-01 to 2024-01-01, for 1,\d+ customers that renewed\)/,
    );
    expect(persistenceBlocks([])).toEqual([]);
  });

  test('as a chart of bars with intervals, ours in another colour', () => {
    for (const result of [...lasting, given('profit', null, 0)]) {
      const spec = persistenceChart(result);
      const json = JSON.stringify(spec);
      expect(JSON.parse(json)).toStrictEqual(spec);
      expect(json).not.toMatch(/NaN|undefined|Infinity/);
      expect(json.length).toBeLessThan(6000);
      expect(titleOf(spec)).toBe(persistenceConclusion(result));
    }
    const view = rendered(persistenceChart(ofLosses));
    expect(view.data?.values.map(({ name, ours }) => [name, ours])).toEqual([
      ['chosen by chance', 'other'],
      ['the largest premiums', 'other'],
      ["last period's top", 'other'],
      ['our expected ranking', 'ours'],
      ['hindsight: the maximum possible', 'other'],
    ]);
    expect(view.title.subtitle.join(' ')).toMatch(
      /Each group is 20% of the customers\. Thin lines: 90% intervals\.$/,
    );
    const [bars] = marks(view, 'bar');
    expect(bars.encoding.x.title).toBe("Share of the next period's losses that this group brought");
    expect(bars.encoding.x.scale?.domainMin).toBe(0);
  });

  test('shares below 0 have room on the axis', () => {
    const [bars] = marks(rendered(persistenceChart(ofProfit)), 'bar');
    const lows = ofProfit.entries.map(({ share }) => Number(share.low));
    const least = Math.min(0, ...lows);
    expect(bars.encoding.x.scale?.domainMin).toBeCloseTo(least, 4);
    const sunk = changed(ofLosses, {
      entries: ofLosses.entries.map((one) => ({ ...one, share: estimate(-0.4) })),
    });
    const [down] = marks(rendered(persistenceChart(sunk)), 'bar');
    expect(down.encoding.x.scale?.domainMin).toBe(-0.41);
  });
});
