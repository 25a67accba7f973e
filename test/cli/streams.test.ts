import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  bookgrade,
  buildBookgrade,
  ended,
  read,
  smallClaims,
  smallPolicies,
  startBookgrade,
  temporaryFolder,
  written,
} from '../support/command.js';

// A process of its own for each, so only what has to do with its streams is here.
const folder = temporaryFolder();
const policies = written(folder, 'policies.csv', smallPolicies);
const claims = written(folder, 'claims.csv', smallClaims);
const asOf = ['--as-of', '2024-01-01'];
const book = ['--policies', policies, '--claims', claims, ...asOf];
const fromInput = ['score', '--policies', '-', '--claims', claims, ...asOf, '--out', '-'];
const many = `customer_id,policy_id,from,to,premium\n${Array.from(
  { length: 4000 },
  (_, i) => `c${i},P${i},2023-01-01,2024-01-01,100\n`,
).join('')}`;

beforeAll(buildBookgrade);

describe.concurrent('standard output', () => {
  test('has the graded customers and nothing else with --out -', async ({ expect }) => {
    const path = join(folder, 'graded.csv');
    const inFile = await bookgrade('score', ...book, '--out', path);
    const { code, out, err } = await ended(startBookgrade(['score', ...book, '--out', '-']));
    expect(code).toBe(0);
    expect(out).toBe(read(path));
    expect(err).toBe(inFile.out);
  });

  test('has the issues and nothing else with --issues -', async ({ expect }) => {
    const stray = written(folder, 'stray.csv', `${smallClaims}K3,B9,2022-05-02,77.5,\n`);
    const out = join(folder, 'other.csv');
    const args = [
      '--policies',
      policies,
      '--claims',
      stray,
      ...asOf,
      '--out',
      out,
      '--issues',
      '-',
      '--max-issues',
      '1',
    ];
    const child = await ended(startBookgrade(['score', ...args]));
    expect(child.code).toBe(0);
    expect(child.out).toBe(
      'table,row,field,code,message,amount\nclaims,3,policy_id,unknown-policy,"policy_id: no usable policy row has ""B9""",77.5\n',
    );
    expect(child.err).toMatch(/^Graded as of 2024-01-01/);
  });

  test('has the model and nothing else with calibrate --out -', async ({ expect }) => {
    const path = join(folder, 'model.json');
    await bookgrade('calibrate', ...book, '--out', path);
    const { code, out, err } = await ended(startBookgrade(['calibrate', ...book, '--out', '-']));
    expect([code, out]).toEqual([0, read(path)]);
    expect(err).toMatch(/^Calibrated default-2024-01-01/);
  });

  test('may be closed by a reader who has had enough, as `| head -1` does', async ({ expect }) => {
    const large = written(folder, 'many.csv', many);
    const few = ['--max-issues', '2'];
    const args = ['--policies', large, '--claims', claims, ...asOf, '--out', '-', ...few];
    const child = startBookgrade(['score', ...args]);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await ended(child)).toMatchObject({ code: 0, err: '' });
  });

  test.runIf(existsSync('/dev/full'))('that is full is told in one line', async ({ expect }) => {
    for (const args of [
      ['score', '--out', '-'],
      ['explain', 'bob'],
    ]) {
      const full = openSync('/dev/full', 'w');
      const { code, err } = await ended(startBookgrade([...args, ...book], { out: full }));
      closeSync(full);
      expect(code).toBe(2);
      expect(err).toMatch(/^bookgrade: cannot write standard output: ENOSPC[^\n]*\n$/);
    }
  });
});

describe.concurrent('standard input', () => {
  test.runIf(existsSync('/dev/stdin'))('may be a pipe with a path', async ({ expect }) => {
    const args = ['score', '--policies', '/dev/stdin', '--claims', claims, ...asOf, '--out', '-'];
    const child = startBookgrade(args, { before: `cat '${policies}' |` });
    const { code, out } = await ended(child);
    expect(code).toBe(0);
    expect(out.split('\n')).toHaveLength(5);
  });

  test('is named in what is wrong with it', async ({ expect }) => {
    const child = startBookgrade(fromInput);
    const { code, out, err } = await ended(child, smallPolicies.replace('cid,', '"cid,'));
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      'bookgrade: standard input: a quote is not closed, or stands inside a quoted cell, near line 8\n',
    );
  });

  test('that is of no use is not waited for', async ({ expect }) => {
    const child = startBookgrade(fromInput);
    // It stays open: only the process's own end closes it.
    child.stdin?.on('error', () => {});
    child.stdin?.write(many.replace('premium', 'premum').repeat(2));
    let err = '';
    child.stderr?.on('data', (chunk) => {
      err += chunk;
    });
    const code = await new Promise((done) => child.on('exit', done));
    expect(code).toBe(2);
    expect(err).toContain('expected a column "premium" (did you mean "premum"?)');
  });
});

test('a process ends with the code of the command', async () => {
  const { code, out, err } = await ended(startBookgrade(['score', ...book]));
  expect([code, out, err]).toEqual([
    2,
    '',
    'bookgrade: expected --out FILE, where the grades go\n',
  ]);
});
