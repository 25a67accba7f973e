import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { uniformFrom } from '../../src/base/random.js';
import { bookgrade, csvRows, smallBook } from '../support/command.js';
import { blob, threeBlobs } from '../support/segments.js';

const { file, freshPath, book, refused } = smallBook();
const header =
  'customer_id,earned_premium,exposure_years,claim_count,incurred_loss,tenure_years,annual_premium';
const ready = (name: string, customers: ReturnType<typeof threeBlobs>) =>
  file(
    name,
    [
      header,
      ...customers.map(([premium, years], i) => `C${i},${premium},1,0,0,${years},${premium}`),
    ]
      .map((line) => `${line}\n`)
      .join(''),
  );
const asOf = ['--as-of', '2024-01-01'];
const blobs = ['--indicators', ready('blobs.csv', threeBlobs(1)), ...asOf];
const on = ['--on', 'annual_premium,tenure_years'];
const quick = [...on, '--max', '4', '--starts', '3', '--rounds', '3'];

describe('clusters', () => {
  test('prints how many segments there are, what sets them apart and their tiers', async () => {
    const { code, out, err } = await bookgrade('clusters', ...blobs, ...quick);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^3 segments of customers that are alike\./);
    expect(out).toMatch(/\n3 \(taken\) /);
    expect(out).toMatch(/\n1: annual premium far above \([\d,.]+ against [\d,.]+\)/);
    expect(out).toMatch(/\nrisk tier +\S/);
    expect(out).not.toMatch(/NaN|undefined|null/);
  });

  test('--json gives one object; --out every customer; --charts two pictures', async () => {
    const [out, charts] = [freshPath('clusters.csv'), freshPath('charts')];
    const ended = await bookgrade(
      ...['clusters', ...blobs, ...quick, '--json', '--out', out, '--charts', charts],
    );
    const result = JSON.parse(ended.out);
    expect(result).toMatchObject({ k: 3, verdict: 'natural', asOf: '2024-01-01', seed: 1 });
    expect(result.columns.customerIds).toBeUndefined();
    const rows = csvRows(out);
    expect(Object.keys(rows[0])).toEqual(['customer_id', 'cluster', 'distance', 'next_distance']);
    for (const { cluster, customers } of result.clusters) {
      expect(rows.filter((row) => row.cluster === String(cluster))).toHaveLength(customers);
    }
    for (const name of ['clusters', 'number']) {
      const chart = JSON.parse(readFileSync(`${charts}/${name}.vl.json`, 'utf8'));
      expect(chart.$schema).toMatch(/vega-lite/);
    }
  });

  test('where nothing is natural it says so, and rows stand in no cluster', async () => {
    const one = ready('one.csv', blob(uniformFrom(1), 100, [600, 15]));
    const out = freshPath('clusters.csv');
    const args = ['clusters', '--indicators', one, ...asOf, ...quick, '--out', out];
    const { code, out: text } = await bookgrade(...args);
    expect(code).toBe(0);
    expect(text).toMatch(/^No natural segments/);
    expect(csvRows(out).every(({ cluster }) => cluster === '')).toBe(true);
    const forced = await bookgrade(...args, '--k', '2');
    expect(forced.out).toMatch(/^No natural segments: the 2 groups asked for/);
    expect(new Set(csvRows(out).map(({ cluster }) => cluster))).toEqual(new Set(['1', '2']));
  });

  test('the same seed gives the same groups', async () => {
    const run = async (seed: string) =>
      (
        await bookgrade(
          'clusters',
          ...blobs,
          ...on,
          '--k',
          '5',
          '--starts',
          '1',
          '--rounds',
          '2',
          '--seed',
          seed,
        )
      ).out;
    expect(await run('1')).toBe(await run('1'));
    expect(await run('2')).not.toBe(await run('1'));
  });

  test.each<[string, number, string[], RegExp]>([
    [
      'an unknown indicator',
      2,
      ['--on', 'tenure_year'],
      /"tenure_year" is no indicator \(did you mean/,
    ],
    ['one group', 2, ['--k', '1'], /expected k as a whole number from 2/],
    ['no number', 2, ['--k', 'many'], /whole number/],
    ['another option', 2, ['--top', '5'], /unknown option '--top'/],
    [
      'too few customers',
      1,
      [],
      /expected 10 customers or more with claim_frequency, .* got 3 of 3/,
    ],
  ])('%s is told in one line', async (_, code, args, message) => {
    const charts = freshPath('charts');
    expect(await refused(code, 'clusters', ...book, ...args)).toMatch(message);
    expect(existsSync(charts)).toBe(false);
  });
});
