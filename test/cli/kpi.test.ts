import { describe, expect, test } from 'vitest';
import { readBook, readPlan } from '../../src/index.js';
import { bookFigures } from '../../src/portfolio/book-figures/book-figures.js';
import { bookgrade, csvRows, smallBook } from '../support/command.js';

const { file, policies, claims } = smallBook();
const input = ['--policies', policies, '--claims', claims];
const days = ['--as-of', '2024-01-01', '--against', '2023-01-01'];
const run = (...args: string[]) => bookgrade('kpi', ...input, ...args);

describe('kpi', () => {
  test('prints the figures of both days, the split, who stayed, and the issues', async () => {
    const { code, out, err } = await run(...days);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^The book on 2024-01-01, compared with 2023-01-01\n/);
    // Ann 410 and Bob 300 before; Ann 420, Bob 300 and Cid 500 after.
    for (const line of [
      /^customers +2 +3 +\+1 +\+50\.0%$/m,
      /^annual premium +710\.00 +1,220\.00 +\+510\.00 +\+71\.8%$/m,
      /^Annual premium rose by 510\.00\. Its causes/m,
      /^more customers +2 +3 +\+380\.83$/m,
      /^higher premium per policy +355\.00 +406\.67 +\+129\.17$/m,
      /^at 2024-01-01 only: joined +1 +0\.00 +500\.00 +\+500\.00$/m,
      /^2024-01-01 unprofitable +1 +300\.00 +−790\.00 +−790\.00$/m,
      /^No issues: every row was used\.$/m,
    ]) {
      expect(out).toMatch(line);
    }
    expect(out).not.toMatch(/NaN|undefined|null|service budget/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('gives all of it as JSON, as the library does, the same whatever the order of the options', async () => {
    const one = await run(...days, '--json');
    const other = await run('--json', ...days.slice(2), ...days.slice(0, 2));
    expect(one).toEqual(other);
    const { book } = readBook(csvRows(policies), csvRows(claims));
    const figures = bookFigures(book, { asOf: '2024-01-01', against: '2023-01-01' });
    expect(JSON.parse(one.out)).toEqual({ ...figures, issues: {}, columns: expect.any(Array) });
  });

  test('a plan sets the expenses', async () => {
    const plan = file('plan.json', JSON.stringify({ pricing: { expenseRatio: 0.2 } }));
    const { out } = await run(...days, '--plan', plan, '--json');
    expect(JSON.parse(out).expenseRatio).toBe(0.2);
    expect(readPlan().pricing.expenseRatio).toBe(0.3);
  });

  test('lays a budget over the tiers of the grades on the later day', async () => {
    const { code, out } = await run(...days, '--budget', '1220');
    expect(code).toBe(0);
    // The top fifth of three customers is one, Cid with 500 of 1,220; he is new, so unrated: standard.
    expect(out).toMatch(
      /^A service budget of 1,220\.00 laid over 3 graded customers in proportion to value/m,
    );
    expect(out).toMatch(/^value: high +1 +33\.3% +41\.0% +500\.00 +500\.00 +200\.00 +200\.00$/m);
    const { serviceBudget } = JSON.parse((await run(...days, '--budget', '1220', '--json')).out);
    expect(serviceBudget.valueTiers.low.amount).toBe(720);
    expect(serviceBudget.serviceTiers.standard.amount).toBe(500);
  });

  test.each<[string, string[], RegExp]>([
    ['no as-of date', ['--against', '2023-01-01'], /expected --as-of DATE/],
    ['no day to compare with', ['--as-of', '2024-01-01'], /expected --against DATE/],
    [
      'a day that is none',
      ['--as-of', '2024-01-01', '--against', '2023-13-01'],
      /--against must be/,
    ],
    [
      'the days the wrong way round',
      ['--as-of', '2023-01-01', '--against', '2024-01-01'],
      /expected --against before --as-of, got --against 2024-01-01 and --as-of 2023-01-01/,
    ],
    [
      'the same day twice',
      ['--as-of', '2023-01-01', '--against', '2023-01-01'],
      /expected --against before --as-of/,
    ],
    ['a budget that is no amount', [...days, '--budget', 'much'], /Expected an amount/],
    ['a budget below 0', [...days, '--budget=-5'], /Expected an amount/],
    ['a model', [...days, '--model', 'model.json'], /leave --model out, give --plan/],
    [
      'days before the file',
      ['--as-of', '2019-01-01', '--against', '2018-01-01'],
      /no cover in the 12 months before 2018-01-01 or 2019-01-01; cover on file runs from 2021-01-01/,
    ],
  ])('%s is told in one line, and exits 2', async (_, args, message) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('ready indicators have no days to look at', async () => {
    const { code, err } = await bookgrade('kpi', '--indicators', 'x.csv', ...days);
    expect(code).toBe(2);
    expect(err).toMatch(/kpi needs days/);
  });

  test('yearly sums are read too', async () => {
    const sums = file(
      'sums.csv',
      [
        'customer_id,from,to,premium,claim_count,incurred',
        ...[2021, 2022, 2023].map((y) => `Ann,${y}-01-01,${y + 1}-01-01,100,1,50`),
      ].join('\n'),
    );
    const { code, out } = await bookgrade('kpi', '--experience', sums, ...days, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out).after.year).toMatchObject({ earnedPremium: 100, lossRatio: 0.5 });
  });
});
