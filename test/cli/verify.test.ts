import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { bookgrade, csvRows, read, smallBook, smallClaims } from '../support/command.js';
import { describeOnRealBook } from '../support/shared.js';

const { file, book, policies, asOf, freshPath, left, refused } = smallBook();
const model = freshPath('model.json');
const grades = freshPath('graded.csv');
const ndjson = freshPath('graded.ndjson');

beforeAll(async () => {
  await bookgrade('calibrate', ...book, '--out', model);
  for (const out of [grades, ndjson])
    await bookgrade('score', ...book, '--model', model, '--out', out);
});

const verify = (given: string, ...more: string[]) =>
  bookgrade('verify', given, model, ...book, ...more);

/** The graded file with the cell of one customer's column changed. */
function withCell(customerId: string, column: string, change: (cell: string) => string): string {
  const [header, ...rows] = read(grades)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const at = header.indexOf(column);
  const changed = rows.map((cells) =>
    cells[0] === customerId ? cells.map((cell, c) => (c === at ? change(cell) : cell)) : cells,
  );
  return `${[header, ...changed].map((cells) => cells.join(',')).join('\n')}\n`;
}

describe('verify', () => {
  test('says that every cell agrees, and exits 0', async () => {
    const { code, out, err } = await verify(grades);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^3 customers compared with what the model default-2024-01-01-\S+ gives now/,
    );
    expect(out).toContain('every cell agrees.');
  });

  test.each([
    ['.ndjson', () => ndjson],
    ['.csv.gz', () => file('graded.csv.gz', gzipSync(readFileSync(grades)))],
    ['CSV with carriage returns', () => file('crlf.csv', read(grades).replaceAll('\n', '\r\n'))],
    ['CSV with another delimiter', () => file('semicolons.csv', read(grades).replaceAll(',', ';'))],
  ])('reads %s', async (_, given) => {
    expect((await verify(given())).code).toBe(0);
  });

  test('finds one changed cent in one row of the graded file, and exits 1', async () => {
    const given = file(
      'cent.csv',
      withCell('bob', 'incurred_loss', (cell) => `${Number(cell) + 0.01}`),
    );
    const { code, out, err } = await verify(given);
    expect(code).toBe(1);
    expect(out).toMatch(/^bob +incurred_loss +1150\.01 +1150 +cell$/m);
    expect(out).toMatch(/^incurred_loss +1$/m);
    expect(out).toContain('the file was changed after it was written');
    expect(err).toBe(`bookgrade: ${given} is not what the model gives now: 1 difference\n`);
  });

  test('finds one changed cent in the input, and says that it is the input', async () => {
    const claims = file('cent-claims.csv', smallClaims.replace('900,100', '900.01,100'));
    const { code, out } = await bookgrade(
      ...['verify', grades, model, '--policies', policies, '--claims', claims, ...asOf],
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^bob +incurred_loss +1150 +1150\.01 +other inputs$/m);
    expect(out).toMatch(
      /^Graded on other inputs: the rows of the input changed since, or another day, standings or overrides\swere given, rather than the grading: 1 customer\.$/m,
    );
    expect(out).not.toMatch(/^ann /m);
  });

  test('tells a file of another model, and writes every difference', async () => {
    const plan = file('other.json', '{"name":"other","pricing":{"expenseRatio":0.2}}');
    const other = freshPath();
    await bookgrade('score', ...book, '--plan', plan, '--out', other);
    const out = freshPath('differences.csv');
    const { code, out: printed } = await verify(other, '--out', out, '--json');
    expect(code).toBe(1);
    expect(left(out)).toEqual(['differences.csv']);
    const result = JSON.parse(printed);
    expect(result.because['other model']).toBe(3);
    expect(Object.keys(result.otherModels).join()).toMatch(/^other-2024-01-01-/);
    const rows = csvRows(out);
    expect(rows).toHaveLength(result.found);
    expect(result.differences).toHaveLength(Math.min(10, result.found));
    expect(rows.filter(({ column }) => column === 'model').map(({ because }) => because)).toEqual([
      'other model',
      'other model',
      'other model',
    ]);
  });

  test('counts by column in JSON, with customers missing on either side', async () => {
    const lines = read(grades).trimEnd().split('\n');
    const given = file(
      'missing.csv',
      `${[lines[0], lines[1], lines[1].replace('ann', 'zoe')].join('\n')}\n`,
    );
    const { out } = await verify(given, '--json');
    expect(JSON.parse(out)).toMatchObject({
      agrees: false,
      customers: 1,
      byColumn: { customer_id: 3 },
      because: { 'not in the book': 1, 'not in the file': 2 },
      issues: {},
    });
  });

  test('is not misled by ids that a spreadsheet would run', async () => {
    const odd = file(
      'odd.csv',
      read(policies).replaceAll('ann', '=1+1').replaceAll('cid', "'quoted"),
    );
    const input = ['--policies', odd, ...book.slice(2)];
    const [oddModel, given] = [freshPath('odd.json'), freshPath()];
    await bookgrade('calibrate', ...input, '--out', oddModel);
    await bookgrade('score', ...input, '--model', oddModel, '--out', given);
    expect(read(given)).toContain("'=1+1");
    expect((await bookgrade('verify', given, oddModel, ...input)).code).toBe(0);
  });
});

describe('what cannot be verified is told in one line', () => {
  const plan = () => file('plan.json', '{}');
  test.each<[string, number, () => string[], RegExp]>([
    ['no model', 2, () => [grades, ...book], /missing required argument 'model'/],
    [
      'a plan for a model',
      2,
      () => [grades, plan(), ...book],
      /plan\.json: expected a model, as bookgrade calibrate writes it; a plan must be calibrated/,
    ],
    ['no book', 2, () => [grades, model, ...asOf], /expected one input/],
    ['no day', 2, () => [grades, model, ...book.slice(0, 4)], /expected --as-of DATE/],
    [
      'a file that is not there',
      2,
      () => ['none.csv', model, ...book],
      /cannot read a file none\.csv/,
    ],
    [
      'a file of something else',
      2,
      () => [policies, model, ...book],
      /graded file: expected a column "risk_tier"/,
    ],
    ['an empty file', 2, () => [file('empty.csv', ''), model, ...book], /got an empty file/],
    [
      'a header without rows',
      2,
      () => [file('header.csv', `${read(grades).split('\n')[0]}\n`), model, ...book],
      /expected graded customers, got no row/,
    ],
    [
      'a file that breaks off within a row',
      1,
      () => [file('cut.csv', read(grades).slice(0, -60)), model, ...book],
      /graded file: row 3: expected \d+ cells, got \d+; the file is not whole/,
    ],
    [
      'a changed model',
      2,
      () => [grades, file('changed.json', read(model).replace('0.3', '0.31')), ...book],
      /the model was changed after it was written/,
    ],
    [
      'standard input twice',
      2,
      () => ['-', model, '--policies', '-', ...book.slice(2)],
      /expected one thing from standard input/,
    ],
    [
      'an output that is the graded file',
      2,
      () => [grades, model, ...book, '--out', grades],
      /is named twice/,
    ],
  ])('%s', async (_, code, args, message) => {
    expect(await refused(code, 'verify', ...args())).toMatch(message);
  });
});

describeOnRealBook('the Spanish motor book, graded and verified', () => {
  const shared = fileURLToPath(new URL('../../../shared/data/spanish-motor/', import.meta.url));
  const input = [
    ...['--experience', `${shared}policy_years.csv.gz`],
    ...['--columns', 'examples/spanish-motor.columns.json', '--as-of', '2018-12-31'],
  ];

  test('one changed cent in one of 52,314 rows is found', async () => {
    const [own, given] = [freshPath('spanish.json'), freshPath()];
    await bookgrade('calibrate', ...input, '--out', own);
    await bookgrade('score', ...input, '--model', own, '--out', given);
    const lines = read(given).split('\n');
    const at = lines[0].split(',').indexOf('incurred_loss');
    const k = lines.findIndex((line, i) => i > 30_000 && Number(line.split(',')[at]) > 100);
    const cells = lines[k].split(',');
    const cent = (Number(cells[at]) + 0.01).toFixed(2);
    const changed = [...lines.slice(0, k), cells.with(at, cent).join(','), ...lines.slice(k + 1)];
    const { code, out } = await bookgrade(
      ...['verify', file('spanish.csv', changed.join('\n')), own, ...input, '--json'],
    );
    expect(code).toBe(1);
    const { found, differences, customers } = JSON.parse(out);
    expect([found, customers]).toEqual([1, 52_314]);
    expect(differences).toEqual([
      {
        ...{ customerId: cells[0], column: 'incurred_loss', because: 'cell' },
        ...{ stored: Number(cent), now: Number(cells[at]) },
      },
    ]);
  });
});
