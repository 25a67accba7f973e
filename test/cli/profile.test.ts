import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assess, calibrate, indicators, readBook } from '../../src/index.js';
import { profile } from '../../src/portfolio.js';
import { bookgrade, csvRows, read, smallBook } from '../support/command.js';

const { folder, file, freshPath, left, refused } = smallBook();
const lines = Array.from({ length: 400 }, (_, k) =>
  [2022, 2023].map(
    (year) =>
      `C${k},P${k},${year}-01-01,${year + 1}-01-01,300,${k % 2 ? 'broker' : 'agent'},${18 + (k % 60)},${k % 3 ? 'f' : 'm'}`,
  ),
).flat();
const policies = file(
  'attributes.csv',
  `customer_id,policy_id,from,to,premium,channel,age,sex\n${lines.join('\n')}\n`,
);
const claimLines = Array.from(
  { length: 200 },
  (_, k) => `K${k},P${k < 160 ? 2 * k + 1 : 2 * k},2023-06-01,500`,
);
const claims = file(
  'attribute-claims.csv',
  `claim_id,policy_id,occurred_on,paid\n${claimLines.join('\n')}\n`,
);
const input = ['--policies', policies, '--claims', claims];
const run = (...args: string[]) => bookgrade('profile', ...input, ...args);
const day = ['--as-of', '2024-01-01'];

describe('profile', () => {
  test('tells what was found, every level of it, what was left out and the issues', async () => {
    const { code, out, err } = await run(...day);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const line of [
      /^Of 2 attributes and 1 pair looked at: claims differ by channel/m,
      /^channel +2 +< 0\.0001 +< 0\.0001 +[\d.–]+ +claims differ$/m,
      /^agent +200 +400 +/m,
      /^Excluded: sex, protected whatever the place/m,
      /^No issues: every row was used\.$/m,
    ]) {
      expect(out).toMatch(line);
    }
    expect(out).not.toMatch(/NaN|undefined|null/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('gives as JSON what the library gives, of a window and of what followed', async () => {
    const { book } = readBook(csvRows(policies), csvRows(claims));
    const table = indicators(book, { asOf: '2024-01-01' });
    const trends = { age: 'ascending' } as const;
    const look = { attributes: ['age'], trends, falseDiscoveryRate: 0.2 };
    const asked = '--attributes age --trend age=ascending --false-discovery-rate 0.2'.split(' ');
    const window = await run(...day, ...asked, '--json');
    expect(JSON.parse(window.out)).toEqual({
      ...JSON.parse(JSON.stringify(profile(assess(table, calibrate(table)), look))),
      issues: {},
      columns: expect.any(Array),
    });
    const days = { from: '2023-01-01', until: '2024-01-01' };
    const followed = await run('--as-of', days.from, '--until', days.until, '--json');
    expect(JSON.parse(followed.out)).toEqual({
      ...JSON.parse(JSON.stringify(profile(book, days))),
      issues: {},
      columns: expect.any(Array),
    });
  });

  test('--out has every level, --charts a picture an attribute, neither the protected one', async () => {
    const out = freshPath('levels.csv');
    const charts = `${folder}/one-way`;
    expect((await run(...day, '--out', out, '--charts', charts)).code).toBe(0);
    const rows = csvRows(out);
    expect(Object.keys(rows[0])).toEqual([
      'attribute',
      'level',
      'finding',
      'customers',
      'exposure_years',
      'earned_premium',
      'incurred_loss',
      'claim_count',
      'loss_ratio',
      'loss_ratio_low',
      'loss_ratio_high',
      'claim_frequency',
      'high_risk_share',
      'expected_claims',
      'lift',
      'lift_low',
      'lift_high',
      'credible_lift',
      'credibility',
      'weight_of_evidence',
    ]);
    expect([...new Set(rows.map(({ attribute }) => attribute))].sort()).toEqual(['age', 'channel']);
    expect(rows.filter(({ attribute }) => attribute === 'channel')).toHaveLength(2);
    expect(left(out)).toEqual(['levels.csv']);
    expect(readdirSync(charts).sort()).toEqual(['age.vl.json', 'channel.vl.json']);
    expect(JSON.parse(read(`${charts}/channel.vl.json`)).$schema).toMatch(/vega-lite/);
  });

  test('what is asked wrongly is refused in one line that says what to do', async () => {
    const refusals: [string[], RegExp][] = [
      [
        ['--attributes', 'chanel'],
        /the book has no attribute "chanel" \(did you mean "channel"\?\); it has /,
      ],
      [['--attributes', 'sex'], /"sex" is protected whatever the place/],
      [['--trend', 'age=up'], /Expected an attribute and one of free, ascending/],
      [['--trend', 'channel=peak'], /"channel", which is not made of numbers/],
      [['--false-discovery-rate', '2'], /Expected a share between 0 and 1/],
      [
        ['--until', '2023-06-01'],
        /expected --until after --as-of, got --until 2023-06-01 and --as-of 2024-01-01/,
      ],
      [['--until', '2024-13-01'], /--until/],
    ];
    for (const [args, answer] of refusals) {
      expect(await refused(2, 'profile', ...input, ...day, ...args)).toMatch(answer);
    }
    expect(existsSync(`${folder}/one-way-not`)).toBe(false);
  });
});
