import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulate.js';
import { bookgrade, smallBook } from '../support/command.js';

const { file, freshPath } = smallBook();

const { policies, claims } = simulate({ customers: 800, seed: 3, years: 4 });
const csv = (columns: Readonly<Record<string, ArrayLike<string | number>>>) => {
  const all = Object.values(columns);
  const rows = Array.from({ length: all[0].length }, (_, row) =>
    all.map((column) => column[row]).join(','),
  );
  return `${[Object.keys(columns).join(','), ...rows].join('\n')}\n`;
};
const input = [
  '--policies',
  file('backtest-policies.csv', csv(policies)),
  '--claims',
  file('backtest-claims.csv', csv(claims)),
];
const days = ['--as-of', '2022-01-01', '--until', '2023-01-01'];
const run = (...args: string[]) => bookgrade('backtest', ...input, ...args);

describe('backtest', () => {
  test('prints who was graded, the tables and what may be concluded', async () => {
    const { code, out, err } = await run(...days, '--rounds', '20');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^\d+ customers graded on 2022-01-01, followed until 2023-01-01\.\n/);
    for (const begin of ['risk tier', 'value tier', 'entry', 'tenth of premium']) {
      expect(out.split('\n').some((line) => line.startsWith(begin))).toBe(true);
    }
    expect(out).not.toMatch(/NaN|undefined|null/);
  });

  test('gives all of it as JSON, the same whatever the order of the options', async () => {
    const one = await run(...days, '--at', 'renewal', '--rounds', '10', '--seed', '5', '--json');
    const other = await run('--json', '--seed', '5', '--rounds', '10', '--at', 'renewal', ...days);
    expect(one).toEqual(other);
    const result = JSON.parse(one.out);
    expect(result).toMatchObject({
      at: 'renewal',
      from: '2022-01-01',
      until: '2023-01-01',
      bootstrap: { rounds: 10, seed: 5, probability: 0.9 },
      model: { method: 'frequency' },
      issues: {},
      columns: expect.any(Array),
    });
    expect(Object.keys(result.riskTiers)).toEqual([
      'excellent',
      'healthy',
      'sub-healthy',
      'high-risk',
      'unrated',
    ]);
    expect(result.columns.customerIds).toBeUndefined();
  });

  test('writes every customer with what followed, and both pictures', async () => {
    const [rows, folder] = [freshPath('followed.csv'), freshPath('charts')];
    const { out } = await run(
      ...days,
      '--rounds',
      '0',
      '--out',
      rows,
      '--charts',
      folder,
      '--json',
    );
    const lines = readFileSync(rows, 'utf8').trim().split('\n');
    expect(lines[0]).toMatch(/^customer_id,graded_on,risk_tier,.*,stayed$/);
    expect(lines.length - 1).toBe(JSON.parse(out).customers);
    for (const name of ['lift', 'lorenz']) {
      const chart = JSON.parse(readFileSync(`${folder}/${name}.vl.json`, 'utf8'));
      expect(chart.$schema).toMatch(/vega-lite/);
    }
  });

  test.each<[string, string[], RegExp]>([
    ['no as-of date', ['--until', '2023-01-01'], /expected --as-of DATE/],
    ['no end', ['--as-of', '2022-01-01'], /expected --until DATE/],
    [
      'an end that is no date',
      ['--as-of', '2022-01-01', '--until', '2022-13-01'],
      /--until must be/,
    ],
    [
      'an end before the beginning',
      ['--as-of', '2023-01-01', '--until', '2022-01-01'],
      /until after/,
    ],
    [
      'another moment',
      [...days, '--at', 'renewals'],
      /--at: expected date or renewal, got renewals/,
    ],
    ['rounds that are no number', [...days, '--rounds', 'many'], /Expected a whole number/],
    ['a model', [...days, '--model', 'model.json'], /leave --model out, give --plan/],
    [
      'a day before the file',
      ['--as-of', '2019-01-01', '--until', '2020-01-01'],
      /is known in the 36 months/,
    ],
  ])('%s is told in one line, and exits 2', async (_, args, message) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('ready indicators have no days to look at', async () => {
    const { code, err } = await bookgrade('backtest', '--indicators', 'x.csv', ...days);
    expect(code).toBe(2);
    expect(err).toMatch(/backtest needs days/);
  });

  test('a time in which nobody is covered cannot be followed, and exits 1', async () => {
    const { code, err } = await run(
      '--as-of',
      '2024-06-01',
      '--until',
      '2024-06-02',
      '--at',
      'renewal',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/no customer that could be graded before has premium to follow/);
  });
});
