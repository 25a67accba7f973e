import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readBook } from '../../src/index.js';
import { gradedDays, migrate } from '../../src/portfolio.js';
import { bookgrade, csvRows, read, smallBook } from '../support/command.js';

const { folder, file, policies, claims, freshPath, left, refused } = smallBook();
const input = ['--policies', policies, '--claims', claims];
// Ann never has a claim; Bob has one before the first day and one of 1,000 after it; Cid joins.
const days = ['--from', '2023-01-01', '--to', '2024-01-01'];
const run = (...args: string[]) => bookgrade('migrate', ...input, ...args);

describe('migrate', () => {
  test('prints the matrix, the warnings, the long run, the memory and the issues', async () => {
    const { code, out, err } = await run(...days);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const line of [
      /^Movements from 2023-01-01 to 2024-01-01, graded with the model default-2023-01-01-/m,
      /^excellent +1 +0 +0 +0 +0 +0$/m,
      /^no cover +0 +0 +0 +0 +1 +0$/m,
      /^joined +1 +0\.00 +125\.68 +0\.00 +0\.00$/m,
      /^Early warnings: /m,
      /^risk tier +2023-01-01 +2024-01-01 +long run, whole book +long run, stayers alone$/m,
      /^No issues: every row was used\.$/m,
    ]) {
      expect(out).toMatch(line);
    }
    expect(out).not.toMatch(/NaN|undefined|null/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('gives all of it as JSON, as the library does, the same whatever the order of the options', async () => {
    const one = await run(...days, '--json');
    const other = await run('--json', ...days.slice(2), ...days.slice(0, 2));
    expect(one).toEqual(other);
    const { book } = readBook(csvRows(policies), csvRows(claims));
    const { before, after, earlier, notes } = gradedDays(book, {
      from: '2023-01-01',
      to: '2024-01-01',
    });
    const { columns: _, ...summary } = migrate(before, after, { earlier });
    expect(JSON.parse(one.out)).toEqual({
      ...JSON.parse(JSON.stringify(summary)),
      notes: [...summary.notes, ...notes],
      issues: {},
      columns: expect.any(Array),
    });
  });

  test('--out has every customer of either day, --charts the pictures', async () => {
    const out = freshPath('moved.csv');
    const charts = `${folder}/charts`;
    expect((await run(...days, '--out', out, '--charts', charts)).code).toBe(0);
    const rows = csvRows(out);
    expect(Object.keys(rows[0])).toEqual([
      'customer_id',
      'movement',
      'risk_tier_before',
      'risk_tier_after',
      'value_tier_before',
      'value_tier_after',
      'service_tier_before',
      'service_tier_after',
      'annual_premium_before',
      'annual_premium_after',
      'rated_loss_ratio_before',
      'rated_loss_ratio_after',
      'change_a_year',
      'next_line',
      'next_line_at',
      'years_to_line',
      'warning',
    ]);
    expect(rows.map(({ customer_id, movement }) => [customer_id, movement])).toEqual([
      ['ann', 'same'],
      ['bob', 'same'],
      ['cid', 'joined'],
    ]);
    expect(rows[2]).toMatchObject({ risk_tier_before: '', risk_tier_after: 'unrated' });
    expect(rows[1]).toMatchObject({
      ...{ risk_tier_before: 'healthy', risk_tier_after: 'healthy', warning: 'no' },
      ...{ next_line: 'permissible loss ratio', next_line_at: '0.65' },
    });
    expect(Number(rows[1].change_a_year)).toBeCloseTo(
      Number(rows[1].rated_loss_ratio_after) - Number(rows[1].rated_loss_ratio_before),
      12,
    );
    expect(left(out)).toEqual(['moved.csv']);
    expect(readdirSync(charts).sort()).toEqual([
      'risk.vl.json',
      'service.vl.json',
      'value.vl.json',
    ]);
    expect(JSON.parse(read(`${charts}/risk.vl.json`)).$schema).toMatch(/vega-lite/);
  });

  test('--horizon is years or months, --before the third day', async () => {
    const { warnings, markov } = JSON.parse(
      (await run(...days, '--horizon', '18m', '--before', '2022-06-01', '--json')).out,
    );
    expect(warnings.horizonYears).toBe(1.5);
    expect(markov.earliest).toBe('2022-06-01');
    const year = JSON.parse((await run(...days, '--horizon', '2y', '--json')).out);
    expect(year.warnings.horizonYears).toBe(2);
    expect(year.markov.earliest).toBe('2022-01-01');
    // The book begins in 2021.
    const young = await run('--from', '2021-06-01', '--to', '2022-06-01', '--json');
    expect(JSON.parse(young.out).markov).toBeNull();
    expect(JSON.parse(young.out).notes.join()).toMatch(/does not reach back to a third day/);
  });

  test('a model is used as it is, a plan is calibrated as of the first day', async () => {
    const model = `${folder}/model.json`;
    await bookgrade('calibrate', ...input, '--as-of', '2022-01-01', '--out', model);
    const with22 = JSON.parse((await run(...days, '--model', model, '--json')).out);
    expect(with22.model.id).toMatch(/^default-2022-01-01-/);
    const plan = file('plan.json', JSON.stringify({ name: 'ours' }));
    const planned = JSON.parse((await run(...days, '--plan', plan, '--json')).out);
    expect(planned.model.id).toMatch(/^ours-2023-01-01-/);
  });

  test('yearly sums are read too', async () => {
    const sums = file(
      'sums.csv',
      [
        'customer_id,from,to,premium,claim_count,incurred',
        ...[2020, 2021, 2022, 2023].map((y) => `Ann,${y}-01-01,${y + 1}-01-01,100,${y - 2020},50`),
      ].join('\n'),
    );
    const { code, out } = await bookgrade('migrate', '--experience', sums, ...days, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out).before.incurred).toBe(150);
    expect(JSON.parse(out).notes.join()).toMatch(/taken as complete/);
  });

  test.each<[string, string[], RegExp]>([
    ['no first day', ['--to', '2024-01-01'], /expected --from DATE, the earlier day/],
    ['no second day', ['--from', '2024-01-01'], /expected --to DATE, the later day/],
    ['a day that is none', ['--from', '2023-02-30', '--to', '2024-01-01'], /--from must be a date/],
    [
      'the days the wrong way round',
      ['--from', '2024-01-01', '--to', '2023-01-01'],
      /expected --to after --from, got --to 2023-01-01 and --from 2024-01-01/,
    ],
    ['the same day twice', ['--from', '2024-01-01', '--to', '2024-01-01'], /expected --to after/],
    [
      'a third day in between',
      [...days, '--before', '2023-06-01'],
      /expected --before before --from, got --before /,
    ],
    [
      'a horizon without a unit',
      [...days, '--horizon', '12'],
      /--horizon: expected months or years like 36m or 3y, got "12"/,
    ],
    ['no horizon', [...days, '--horizon', '0m'], /--horizon: expected a month or more/],
    ['an as-of date', [...days, '--as-of', '2024-01-01'], /unknown option '--as-of'/],
    [
      'a plan and a model',
      [...days, '--plan', 'a.json', '--model', 'b.json'],
      /--plan or --model, not both/,
    ],
    ['rows of another name', [...days, '--out', 'moved.txt'], /expected a name in \.csv/],
    [
      'two things on standard output',
      [...days, '--out', '-', '--json'],
      /one thing on standard output/,
    ],
    [
      'days before the file',
      ['--from', '2019-01-01', '--to', '2020-01-01'],
      /no customer has cover in the 36 months before 2019-01-01; cover on file runs from 2021-01-01/,
    ],
    [
      'a third day before the file',
      [...days, '--before', '2019-01-01'],
      /no customer has cover in the 36 months before 2019-01-01/,
    ],
  ])('%s is told in one line, and exits 2', async (_, args, message) => {
    expect(await refused(2, 'migrate', ...input, ...args)).toMatch(message);
  });

  test('ready indicators have no days to look at; an empty file has nothing', async () => {
    expect(await refused(2, 'migrate', '--indicators', 'x.csv', ...days)).toMatch(
      /migrate needs days/,
    );
    const empty = file('empty.csv', '');
    expect(await refused(2, 'migrate', '--experience', empty, ...days)).toMatch(/empty file/);
  });
});
