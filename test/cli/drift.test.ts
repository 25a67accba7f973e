import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calibrate, readBook, readIndicators, writeModel } from '../../src/index.js';
import { drift } from '../../src/portfolio.js';
import { simulate } from '../../src/simulate.js';
import { bookgrade, csvRows, smallBook } from '../support/command.js';
import { steady } from '../support/fixed-model.js';

const { file, freshPath } = smallBook();

const { policies, claims } = simulate({ customers: 600, seed: 3, years: 5 });
const csv = (columns: Readonly<Record<string, ArrayLike<string | number>>>) => {
  const all = Object.values(columns);
  const rows = Array.from({ length: all[0].length }, (_, row) =>
    all.map((column) => column[row]).join(','),
  );
  return `${[Object.keys(columns).join(','), ...rows].join('\n')}\n`;
};
const [policyFile, claimFile] = [
  file('drift-policies.csv', csv(policies)),
  file('drift-claims.csv', csv(claims)),
];
const input = ['--policies', policyFile, '--claims', claimFile];
const days = ['--as-of', '2025-01-01', '--against', '2024-01-01'];
const run = (...args: string[]) => bookgrade('drift', ...input, ...args);
const modelOf = async (day: string) => {
  const path = freshPath('model.json');
  const { code } = await bookgrade('calibrate', ...input, '--as-of', day, '--out', path);
  expect(code).toBe(0);
  return path;
};

describe('drift', () => {
  test('prints the verdict, its grounds, the tables and the issues', async () => {
    const { code, out, err } = await run(...days, '--rounds', '20');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Model default-2024-01-01-\w+ from 2024-01-01 to 2025-01-01: /);
    for (const line of [
      /^the book +/m,
      /^risk excellent +/m,
      /^Gini of +before +now$/m,
      /^tenure years +/m,
      /^No issues: every row was used\.$/m,
    ]) {
      expect(out).toMatch(line);
    }
    expect(out).not.toMatch(/NaN|undefined|null/);
  });

  test('gives all of it as JSON, as the library does, the same whatever the order of the options', async () => {
    const one = await run(...days, '--rounds', '20', '--seed', '5', '--json');
    const other = await run('--json', '--seed', '5', ...days, '--rounds', '20');
    expect(one).toEqual(other);
    const { book } = readBook(csvRows(policyFile), csvRows(claimFile));
    const found = drift({
      before: { book, asOf: '2024-01-01' },
      after: { book, asOf: '2025-01-01' },
      rounds: 20,
      seed: 5,
    });
    expect(JSON.parse(one.out)).toEqual({ ...found, issues: {}, columns: expect.any(Array) });
  });

  test('with a model the earlier day is the one it was calibrated as of', async () => {
    const model = await modelOf('2024-01-01');
    const short = await run('--as-of', '2025-01-01', '--model', model, '--rounds', '10');
    expect(short.code).toBe(0);
    expect(short).toEqual(await run(...days, '--model', model, '--rounds', '10'));
    expect(short).toEqual(await run(...days, '--rounds', '10'));
    const earlier = await run('--as-of', '2025-01-01', '--against', '2023-07-01', '--model', model);
    expect(earlier.out).toMatch(/ from 2023-07-01 to 2025-01-01: /);
    expect(earlier.out).toMatch(
      /^Note: the model was calibrated as of 2024-01-01, after 2023-07-01/m,
    );
  });

  test('writes its picture', async () => {
    const folder = freshPath('charts');
    const { code } = await run(...days, '--rounds', '5', '--charts', folder);
    expect(code).toBe(0);
    const chart = JSON.parse(readFileSync(`${folder}/drift.vl.json`, 'utf8'));
    expect(chart.$schema).toMatch(/vega-lite/);
  });

  test.each<[string, string[], RegExp]>([
    ['no as-of date', ['--against', '2024-01-01'], /expected --as-of DATE/],
    [
      'neither a day to compare with nor a model',
      ['--as-of', '2025-01-01'],
      /expected --against DATE, the earlier day to compare with, or --model FILE/,
    ],
    ['a day that is none', ['--as-of', '2025-01-01', '--against', 'then'], /--against must be/],
    [
      'the days the wrong way round',
      ['--as-of', '2024-01-01', '--against', '2025-01-01'],
      /expected --against before --as-of, got --against 2025-01-01 and --as-of 2024-01-01/,
    ],
    [
      'the same day twice',
      ['--as-of', '2024-01-01', '--against', '2024-01-01'],
      /expected --against before --as-of/,
    ],
    ['rounds that are no number', [...days, '--rounds', 'many'], /Expected a whole number/],
    ['a plan and a model', [...days, '--plan', 'p.json', '--model', 'm.json'], /not both/],
    ['a model that is not there', [...days, '--model', 'gone.json'], /gone\.json/],
    [
      'days before the file',
      ['--as-of', '2019-01-01', '--against', '2018-01-01'],
      /no customer has cover that is known in the 36 months before 2018-01-01/,
    ],
  ])('%s is told in one line, and exits 2', async (_, args, message) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('a model of the later day, or of no day, asks for the earlier one', async () => {
    const later = await run('--as-of', '2025-01-01', '--model', await modelOf('2025-01-01'));
    expect(later.code).toBe(2);
    expect(later.err).toMatch(
      /expected --as-of after 2025-01-01, the day the model was calibrated as of, or --against DATE, got 2025-01-01/,
    );
    // A model of ready indicators states no day.
    const { table } = readIndicators([
      steady,
      { ...steady, customerId: 'other', claimCount: 2, incurredLoss: 900 },
    ]);
    const dayless = file('dayless.json', writeModel(calibrate(table)));
    const none = await run('--as-of', '2025-01-01', '--model', dayless);
    expect(none.code).toBe(2);
    expect(none.err).toMatch(/--against DATE: the model does not say which day/);
  });

  test('ready indicators have no days to look at', async () => {
    const { code, err } = await bookgrade('drift', '--indicators', 'x.csv', ...days);
    expect(code).toBe(2);
    expect(err).toMatch(/drift needs days/);
  });

  test('a time in which nobody is covered cannot be judged, and exits 1', async () => {
    const { code, err } = await run('--as-of', '2028-01-01', '--against', '2027-01-01');
    expect(code).toBe(1);
    expect(err).toMatch(/no customer graded on 2027-01-01 has premium to follow until 2028-01-01/);
  });

  test('yearly sums are graded as their terms begin', async () => {
    const people = Array.from({ length: 60 }, (_, k) => `p${k}`);
    const sums = file(
      'drift-sums.csv',
      [
        'customer_id,from,to,premium,claim_count,incurred',
        ...people.flatMap((id, k) =>
          [2021, 2022, 2023].map(
            (y) =>
              `${id},${y}-01-01,${y + 1}-01-01,100,${(k + y) % 3 === 0 ? 1 : 0},${(k + y) % 3 === 0 ? 150 : 0}`,
          ),
        ),
      ].join('\n'),
    );
    const { code, out } = await bookgrade(
      ...['drift', '--experience', sums, '--against', '2023-01-01', '--as-of', '2024-01-01'],
      '--json',
    );
    expect(code).toBe(0);
    // A third of the sixty claims each year; the sums of 2023 are followed whole.
    expect(JSON.parse(out)).toMatchObject({
      at: 'renewal',
      book: { customers: 60, earnedPremium: 6000, claims: 20 },
    });
  });
});
