import { existsSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { writeText } from '../../src/cli/outputs.js';
import { MisuseError } from '../../src/index.js';
import { bookgrade, csvRows, read, smallBook, smallPolicies } from '../support/command.js';

const { folder, file, policies, claims, asOf, book, freshPath, left, scoreText, refused } =
  smallBook();

describe('what is written', () => {
  test('has a name that says how it is written', async () => {
    expect(await refused(2, 'score', ...book, '--out', freshPath('.parquet'))).toContain(
      'expected a name in .csv, .csv.gz, .ndjson or .ndjson.gz, or -',
    );
  });

  test.each([
    ['graded.csv', (bytes: Buffer) => bytes.toString()],
    ['graded.csv.gz', (bytes: Buffer) => gunzipSync(bytes).toString()],
  ])('is whole: %s', async (name) => {
    const out = freshPath(name);
    expect((await bookgrade('score', ...book, '--out', out)).code).toBe(0);
    expect(left(out)).toEqual([name]);
    expect(csvRows(out).map(({ customer_id }) => customer_id)).toEqual(['ann', 'bob', 'cid']);
  });

  test('is NDJSON or compressed NDJSON by its name', async () => {
    const [plain, compressed] = [freshPath('graded.ndjson'), freshPath('graded.ndjson.gz')];
    for (const out of [plain, compressed]) await bookgrade('score', ...book, '--out', out);
    expect(read(compressed)).toBe(read(plain));
    expect(
      read(plain)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).customer_id),
    ).toEqual(['ann', 'bob', 'cid']);
  });

  test.each([
    ['=1+1', `'=1+1`],
    ['+1-2', `'+1-2`],
    ['-', `'-`],
    ['-x', `'-x`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['=1+1\nx', `'=1+1\nx`],
    ['-5\n=1', `'-5\n=1`],
    ['=HYPERLINK("http://x","y")', `'=HYPERLINK("http://x","y")`],
    ['-5', '-5'],
    ['-5.25', '-5.25'],
    ['+4e2', '+4e2'],
    ['5-6', '5-6'],
    ["'quoted", "'quoted"],
  ])('to CSV makes %j harmless where a spreadsheet would run it', async (cell, safe) => {
    const quoted = `"${cell.replaceAll('"', '""')}"`;
    const { rows } = await scoreText(smallPolicies.replaceAll(/motor|home/g, quoted));
    expect(rows.map(({ line }) => line)).toEqual([safe, safe, safe]);
  });

  test('to CSV has harmless names of columns too', async () => {
    const { rows } = await scoreText(
      smallPolicies.replace(',line', ',line,=1+1').replaceAll(/(motor|home)\n/g, '$1,x\n'),
    );
    expect(Object.keys(rows[0]).at(-1)).toBe(`'=1+1`);
  });

  test('has plain numbers below 0 as numbers', async () => {
    const recovery = file(
      'recovery.csv',
      'claim_id,policy_id,occurred_on,paid\nK1,A1,2023-05-02,-20.5\n',
    );
    const { rows } = await scoreText(smallPolicies, '--claims', recovery);
    expect(rows[0]).toMatchObject({ customer_id: 'ann', incurred_loss: '-20.5' });
  });

  test('goes where the path leads, through a link', async () => {
    const target = freshPath('target.csv');
    const link = freshPath('link.csv');
    file('target-before', '');
    await bookgrade('score', ...book, '--out', target);
    const before = read(target);
    symlinkSync(target, link);
    expect((await bookgrade('score', ...book, '--window', '1y', '--out', link)).code).toBe(0);
    expect(realpathSync(link)).toBe(realpathSync(target));
    expect(read(target)).not.toBe(before);
    expect([left(link), left(target)]).toEqual([['link.csv'], ['target.csv']]);
  });

  test.each([
    ['a folder', () => folder, 'it is a folder'],
    [
      'in a folder that is not there',
      () => join(folder, 'nowhere', 'x.csv'),
      'the folder is not there or not writable',
    ],
    ['below a file', () => join(policies, 'x.csv'), 'the folder is not there or not writable'],
  ])('is not %s', async (_, path, message) => {
    expect(await refused(2, 'score', ...book, '--out', path())).toBe(
      `bookgrade: cannot write ${path()}: ${message}`,
    );
    expect(await refused(2, 'score', ...book, '--issues', path())).toBe(
      `bookgrade: cannot write ${path()}: ${message}`,
    );
  });

  test('is no file that is read, nor two things in one file', async () => {
    const message = 'is named twice: writing it would destroy the other';
    for (const path of [policies, claims, `${folder}/../${folder.split('/').at(-1)}/claims.csv`]) {
      expect(await refused(2, 'score', ...book, '--out', path)).toBe(
        `bookgrade: ${path} ${message}`,
      );
    }
    const out = freshPath();
    expect(await refused(2, 'score', ...book, '--out', out, '--issues', out)).toBe(
      `bookgrade: ${out} ${message}`,
    );
    expect(read(policies)).toBe(smallPolicies);
  });

  // Through links, so that a fault here cannot harm the devices.
  test.runIf(existsSync('/dev/full'))('to a full disk is told, and leaves nothing', async () => {
    const link = freshPath('full.csv');
    symlinkSync('/dev/full', link);
    const { code, out, err } = await bookgrade('score', ...book, '--out', link);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^bookgrade: cannot write \S+: ENOSPC: no space left on device[^\n]*\n$/);
    expect(left(link)).toEqual(['full.csv']);
  });

  test.runIf(existsSync('/dev/null'))('to a device leaves the device in its place', async () => {
    const link = freshPath('null.csv');
    symlinkSync('/dev/null', link);
    expect((await bookgrade('score', ...book, '--out', link)).code).toBe(0);
    expect([left(link), realpathSync(link)]).toEqual([['null.csv'], '/dev/null']);
  });

  test('that breaks off half way leaves nothing beside what was there before', async () => {
    function* pieces() {
      yield 'half';
      throw new Error('the disk is full');
    }
    for (const name of ['graded.csv', 'graded.csv.gz']) {
      const out = freshPath(name);
      await expect(writeText(out, pieces())).rejects.toThrow(
        `cannot write ${out}: the disk is full`,
      );
      expect(left(out)).toEqual([]);
      await writeText(out, ['whole']);
      await expect(writeText(out, pieces())).rejects.toThrow(MisuseError);
      expect([left(out), read(out)]).toEqual([[name], 'whole']);
    }
  });

  test('that fails half way leaves what was there before', async () => {
    const out = freshPath('graded.csv');
    await bookgrade('score', ...book, '--out', out);
    const before = read(out);
    const broken = file('broken.csv', smallPolicies.replace('cid,', '"cid,'));
    expect(
      (await bookgrade('score', '--policies', broken, '--claims', claims, ...asOf, '--out', out))
        .code,
    ).toBe(2);
    expect(read(out)).toBe(before);
    expect(left(out)).toEqual(['graded.csv']);
  });
});
