import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  gradeHeader,
  gradeRows,
  indicators,
  readBook,
  readIndicators,
  summarize,
} from '../../src/index.js';
import { paretoChart } from '../../src/portfolio/concentration/charts.js';
import type { Pareto, Persistence } from '../../src/portfolio/concentration/result.js';
import { paretoBlocks, persistenceBlocks } from '../../src/portfolio/concentration/view.js';
import {
  atStake,
  backtest,
  bookFigures,
  diffGrades,
  gradedDays,
  migrate,
  pareto,
  persistence,
  serviceBudget,
  simulateRule,
  verifyGrades,
} from '../../src/portfolio.js';
import { asHtml, asMarkdown, asText, type Block } from '../../src/report/blocks.js';
import { simulate } from '../../src/simulate.js';

const paretoText = (paretos: readonly Pareto[], lasting: readonly Persistence[] = []) =>
  asText([...paretoBlocks(paretos), ...persistenceBlocks(lasting)]);

const display = Symbol.for('Jupyter.display');
type Bundle = Record<string, string | object>;
const shown = (result: object) => (result as Record<symbol, () => Bundle>)[display]();

const { policies, claims, asOf } = simulate({ customers: 400, seed: 4, years: 4 });
const { book } = readBook(policies, claims);
const table = indicators(book, { asOf });
const grades = assess(table, calibrate(table));
const [from, until] = ['2023-01-01', asOf];
const { before, after } = gradedDays(book, { from, to: until });
const first = gradeRows(grades)(0);
const stored = Object.fromEntries(gradeHeader(grades).map((name, c) => [name, first[c]]));
const incurred = pareto(grades, { measure: 'incurred', luck: 5 });

/** Elements that are closed in the order they were opened; gives their text, read back. */
function textOfHtml(html: string): string {
  const open: string[] = [];
  const text = html.replaceAll(/<(\/?)([a-z]+)((?: [a-z-]+="[^"<>]*")*)>/g, (_, closing, name) => {
    if (closing) expect(open.pop()).toBe(name);
    else open.push(name);
    return '';
  });
  expect(open).toEqual([]);
  expect(text).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/);
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

describe.each<[string, object, boolean]>([
  ['the 80/20', incurred, true],
  ['persistence', persistence(book, { from, until, rounds: 5 }), true],
  ['a backtest', backtest(book, { from, until, rounds: 5 }), true],
  [
    'a rule tried',
    simulateRule(book, ['>=', 'claim_count', 2], { calibrateAt: from, until, rounds: 5 }),
    true,
  ],
  ['a summary', summarize(grades), false],
  ['profit at stake', atStake(grades, 5), false],
  ['movements', migrate(before, after), true],
  ['book figures', bookFigures(book, { asOf, against: from }), false],
  [
    'a change of the plan',
    diffGrades(grades, assess(table, calibrate(table, { pricing: { expenseRatio: 0.4 } }))),
    false,
  ],
  ['a verification', verifyGrades([stored], grades), false],
  ['a service budget', serviceBudget(grades, { budget: 1000 }), false],
])('%s', (_, result, picture) => {
  test('shows itself in a notebook in every way', () => {
    const bundle = shown(result);
    const chart = picture ? ['application/vnd.vegalite.v5+json'] : [];
    expect(Object.keys(bundle)).toEqual(['text/plain', 'text/markdown', 'text/html', ...chart]);
    expect(JSON.parse(JSON.stringify(bundle))).toStrictEqual(bundle);
    for (const type of ['text/plain', 'text/markdown', 'text/html']) {
      expect(bundle[type]).toBeTypeOf('string');
      expect(bundle[type]).not.toMatch(/NaN|undefined|\[object/);
    }
    expect(textOfHtml(String(bundle['text/html'])).length).toBeGreaterThan(50);
  });

  test('is its text wherever it is made a string', () => {
    expect(`${result}`).toBe(shown(result)['text/plain']);
    expect(String(result)).not.toContain('[object');
  });

  test('goes to JSON, to copies and into comparisons as the plain data it is', () => {
    const json = JSON.stringify(result);
    expect(json).not.toMatch(/Jupyter|toString/);
    expect(Object.keys(result)).not.toContain('toString');
    expect(Object.getOwnPropertySymbols({ ...result })).toEqual([]);
    expect(structuredClone(result)).toEqual(result);
    for (const key in result) expect(key).not.toBe('toString');
  });
});

test('the views are those of the report', () => {
  const bundle = shown(incurred);
  expect(bundle['text/plain']).toBe(paretoText([incurred]));
  expect(bundle['application/vnd.vegalite.v5+json']).toEqual(paretoChart(incurred));
});

test('an id with signs of its own is shown as it stands, in Markdown and HTML', () => {
  const customerId = '<img src=x onerror="alert(1)">|a_b*c*`d`$e$&amp;\\[l](x)\nf';
  const rows = [customerId, 'Bob'].map((id) => ({
    ...{ customerId: id, earnedPremium: 900, exposureYears: 3, claimCount: 0 },
    ...{ incurredLoss: 0, tenureYears: 3, annualPremium: 300 },
  }));
  const { table: given } = readIndicators(rows);
  const plan = { retention: { method: 'constant', rate: 0.8 } } as const;
  const bundle = shown(atStake(assess(given, calibrate(given, plan))));
  const html = String(bundle['text/html']);
  expect(html).not.toContain('<img');
  expect(textOfHtml(html)).toContain(customerId);
  const markdown = String(bundle['text/markdown']);
  const lines = markdown.split('\n').filter((line) => line.startsWith('|'));
  // Header, rule and two customers: no cell and no line more.
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line.match(/(?<!\\)(\\\\)*\|/g)).toHaveLength(6);
  expect(lines.find((line) => line.includes('img'))).toContain(
    '\\<img src=x onerror="alert(1)"\\>\\|a\\_b\\*c\\*\\`d\\`\\$e\\$\\&amp;\\\\\\[l\\](x) f',
  );
});

describe('blocks', () => {
  const blocks: Block[] = [
    'one two three four',
    {
      header: ['', 'a|b'],
      rows: [
        ['x', '1'],
        ['yy', '−22'],
      ],
    },
    { plain: 'as  it\nstands <b>' },
  ];

  test('as text are wrapped and aligned', () => {
    expect(asText(blocks, 9)).toBe(
      'one two\nthree\nfour\n\n    a|b\n──  ───\nx     1\nyy  −22\n\nas  it\nstands <b>',
    );
    expect(asText(['incomprehensibilities are'], 5)).toBe('incomprehensibilities\nare');
    expect(asText([])).toBe('');
  });

  test('as Markdown have a table that is aligned as told', () => {
    expect(asMarkdown(blocks)).toBe(
      'one two three four\n\n|  | a\\|b |\n| :-- | --: |\n| x | 1 |\n| yy | −22 |\n\n```text\nas  it\nstands <b>\n```',
    );
    expect(asMarkdown(['2 * 3 [x] <y> a_b'])).toBe('2 \\* 3 \\[x\\] \\<y\\> a\\_b');
  });

  test('as HTML are elements', () => {
    const html = asHtml(blocks);
    expect(html).toContain('<p>one two three four</p>');
    expect(html).toContain('<td style="text-align:right">−22</td>');
    expect(html).toContain('<pre>as  it\nstands &lt;b&gt;</pre>');
    textOfHtml(html);
  });
});
