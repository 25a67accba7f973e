import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/simulate.js';
import { bookgrade, csvRows, smallBook } from '../support/command.js';

const { file, freshPath, book: small } = smallBook();

type Row = Record<string, string | number>;
const rowsOf = (columns: Readonly<Record<string, ArrayLike<string | number>>>): Row[] =>
  Array.from({ length: Object.values(columns)[0].length }, (_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[row]])),
  );
const csv = (rows: readonly Row[]) =>
  [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))]
    .map((row) => `${row.join(',')}\n`)
    .join('');

const simulated = simulate({ customers: 500, seed: 3, years: 4 });
const policies = rowsOf(simulated.policies);
const claims = rowsOf(simulated.claims);
const filesOf = (name: string, terms: readonly Row[], losses: readonly Row[]) => [
  '--policies',
  file(`${name}-policies.csv`, csv(terms)),
  '--claims',
  file(`${name}-claims.csv`, csv(losses)),
];
const input = filesOf('pareto', policies, claims);
const asOf = ['--as-of', simulated.asOf];
const run = (...args: string[]) => bookgrade('pareto', ...input, ...asOf, '--luck', '5', ...args);
const json = async (...args: string[]) => JSON.parse((await run('--json', ...args)).out);

const ready = (rows: string) =>
  file(
    'ready.csv',
    `customer_id,earned_premium,exposure_years,claim_count,incurred_loss,tenure_years,annual_premium\n${rows}`,
  );

describe('pareto', () => {
  test('prints what is concentrated, whether it lasts and what is at stake', async () => {
    const { code, out, err } = await run();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^\d+ customers, looked back from 2024-01-01 over 36 months\./);
    for (const begin of ['premium', 'losses', 'claims', 'profit', 'lifetime value', 'chance']) {
      expect(out.split('\n').some((line) => line.startsWith(`${begin} `))).toBe(true);
    }
    expect(out).toMatch(/\nDoes it last\? The share of the next period \(2023-01-01 to 2024-01-01/);
    expect(out).toMatch(
      /\nLifetime value of \d+ customers in force: [\s\S]* of profit is at stake/,
    );
    expect(out).not.toMatch(/NaN|undefined|null/);
  });

  test('gives all of it as JSON, the same whatever the order of the options', async () => {
    const result = await json();
    expect(Object.keys(result)).toEqual([
      ...['asOf', 'measures', 'persistence', 'atStake', 'notes', 'issues', 'columns'],
    ]);
    expect(Object.keys(result.measures)).toEqual([
      ...['premium', 'incurred', 'claims', 'profit', 'lifetime-value'],
    ]);
    expect(Object.keys(result.persistence)).toEqual(['premium', 'incurred', 'claims', 'profit']);
    expect(result.measures.incurred).toMatchObject({
      ...{ measure: 'incurred', asOf: '2024-01-01', window: 36 },
      luck: { rounds: 5, seed: 1, probability: 0.9 },
    });
    expect(result.persistence.claims).toMatchObject({
      ...{ at: 'date', from: '2023-01-01', until: '2024-01-01', top: 0.2 },
      bootstrap: { rounds: 5, seed: 1 },
    });
    expect(result.atStake.customers).toBeGreaterThan(300);
    expect(result.atStake.rows).toBeUndefined();
    const other = await bookgrade('pareto', '--json', '--luck', '5', ...asOf, ...input);
    expect(JSON.parse(other.out)).toEqual(result);
  });

  test('--measure looks at one, and at what belongs to it', async () => {
    const claimsOnly = await json('--measure', 'claims');
    expect(Object.keys(claimsOnly.measures)).toEqual(['claims']);
    expect(Object.keys(claimsOnly.persistence)).toEqual(['claims']);
    expect(claimsOnly.atStake).toBeNull();
    const lifetime = await json('--measure', 'lifetime-value');
    expect([lifetime.persistence, lifetime.notes]).toEqual([{}, []]);
    expect(lifetime.atStake.profitAtStake).toBeGreaterThan(0);
  });

  test('--seed gives another luck, the same book', async () => {
    const [one, other, again] = [
      await json('--measure', 'claims'),
      await json('--measure', 'claims', '--seed', '2'),
      await json('--measure', 'claims', '--seed', '1'),
    ];
    expect(again).toEqual(one);
    expect(other.measures.claims.luck.gini).not.toEqual(one.measures.claims.luck.gini);
    expect(other.measures.claims.gini).toBe(one.measures.claims.gini);
  });

  test('--luck 0 leaves luck and intervals out, and speaks of neither', async () => {
    const { code, out } = await bookgrade('pareto', ...input, ...asOf, '--luck', '0');
    expect(code).toBe(0);
    expect(out).not.toMatch(/by chance|In brackets|\[/);
    expect(out).toMatch(/\nlosses +\d+\.\d% +\d+\.\d% +0\.\d{3}\n/);
  });

  test('--window, --plan and --model are those of the grades', async () => {
    expect((await json('--window', '1y', '--measure', 'claims')).measures.claims.window).toBe(12);
    const plan = file(
      'plan.json',
      '{"experience":{"base":"exposure_years"},"window":{"months":24}}',
    );
    const byPlan = await json('--plan', plan, '--measure', 'claims');
    expect(byPlan.measures.claims).toMatchObject({ window: 24, base: 'exposure_years' });
    const model = freshPath('model.json');
    await bookgrade('calibrate', ...input, ...asOf, '--plan', plan, '--out', model);
    expect(await json('--model', model, '--measure', 'claims')).toEqual(byPlan);
  });

  test('--out lists all customers by what may leave with them', async () => {
    const out = freshPath('stake.csv');
    const { atStake } = await json('--out', out);
    const rows = csvRows(out);
    expect(Object.keys(rows[0])).toEqual([
      ...['customer_id', 'annual_premium', 'lifetime_value', 'chance_to_leave', 'profit_at_stake'],
    ]);
    expect(rows).toHaveLength(atStake.customers);
    const stakes = rows.map((row) => Number(row.profit_at_stake));
    expect(stakes).toEqual([...stakes].sort((a, b) => b - a));
    for (const row of rows) {
      const product = Number(row.lifetime_value) * Number(row.chance_to_leave);
      expect(Number(row.profit_at_stake)).toBeCloseTo(product, 9);
    }
    const added = (some: number[]) => some.reduce((a, b) => a + b, 0);
    expect(added(stakes.filter((stake) => stake > 0))).toBeCloseTo(atStake.profitAtStake, 6);
    expect(added(stakes.filter((stake) => stake < 0))).toBeCloseTo(atStake.lossAtStake, 6);
  });

  test('--out is written for one measure too', async () => {
    const out = freshPath('stake.ndjson');
    const { code } = await run('--measure', 'premium', '--out', out);
    expect(code).toBe(0);
    expect(readFileSync(out, 'utf8')).toMatch(/^{"customer_id":/);
  });

  test('--charts writes every picture', async () => {
    const folder = freshPath('charts');
    await run('--charts', folder);
    expect(readdirSync(folder).sort()).toEqual([
      'claims-persistence.vl.json',
      'claims.vl.json',
      'incurred-persistence.vl.json',
      'incurred.vl.json',
      'lifetime-value.vl.json',
      'premium-persistence.vl.json',
      'premium.vl.json',
      'profit-persistence.vl.json',
      'profit.vl.json',
    ]);
    for (const name of readdirSync(folder)) {
      const chart = readFileSync(`${folder}/${name}`, 'utf8');
      expect(JSON.parse(chart).$schema).toMatch(/vega-lite/);
      expect(chart.length).toBeLessThan(60_000);
    }
  });

  test('--issues and --max-issues are those of the reading', async () => {
    const broken = filesOf('broken', [...policies, { ...policies[0], to: 'never' }], claims);
    const issues = freshPath('issues.csv');
    const args = ['pareto', ...broken, ...asOf, '--luck', '0'];
    const { code, out } = await bookgrade(...args, '--issues', issues);
    expect([code, csvRows(issues)[0].code]).toEqual([0, 'bad-date']);
    expect(out).toMatch(/\nbad-date +1 /);
    expect((await bookgrade(...args, '--max-issues', '0')).code).toBe(1);
  });

  test('nothing on or after the as-of date changes anything, but for what is left to read', async () => {
    const day = ['--as-of', '2023-01-01', '--luck', '3', '--json'];
    const known = filesOf(
      'known',
      policies.filter(({ from }) => String(from) < '2023-01-01'),
      claims.filter(({ reported_on }) => String(reported_on) < '2023-01-01'),
    );
    const [some] = claims.filter(({ occurred_on }) => String(occurred_on).startsWith('2022'));
    const late = { ...some, claim_id: 'late', paid: 99999, reported_on: '2023-01-01' };
    const ruledOut = { ...some, claim_id: some.claim_id, closed_on: '2023-01-01', status: 'nil' };
    const all = claims.map((row) => (row === some ? ruledOut : row));
    const [whole, before] = [
      await bookgrade('pareto', ...filesOf('all', policies, [...all, late]), ...day),
      await bookgrade('pareto', ...known, ...day),
    ];
    expect(claims.length).toBeGreaterThan(csvRows(known[3]).length + 20);
    expect(JSON.parse(whole.out)).toEqual(JSON.parse(before.out));
    expect(JSON.parse(whole.out).persistence.incurred.nextPeriod).toBeGreaterThan(0);
  });

  test('of yearly sums: terms that have ended by the day are followed from their renewal', async () => {
    const rows = ['ann', 'bob', 'cid', 'dot', 'eve'].flatMap((customer_id, c) =>
      [2020, 2021, 2022, 2023].map((year) => ({
        ...{ customer_id, from: `${year}-03-01`, to: `${year + 1}-03-01`, premium: 100 + c },
        ...{ claim_count: c === year % 5 ? 1 : 0, incurred: c === year % 5 ? 50 : 0 },
      })),
    );
    const sums = ['--experience', file('sums.csv', csv(rows)), '--as-of', '2024-03-01'];
    const { out } = await bookgrade('pareto', ...sums, '--luck', '2', '--json');
    expect(JSON.parse(out).persistence.premium).toMatchObject({
      ...{ at: 'renewal', from: '2022-03-01', until: '2023-03-01', customers: 5 },
      ...{ lastPeriod: 510, nextPeriod: 510 },
    });
  });
});

describe('what cannot be told is said', () => {
  test('ready indicators have no later period, and no lifetime value without a chance to stay', async () => {
    const indicators = ready('ann,900,3,0,0,3,300\nbob,600,3,2,990,3,200\n');
    const args = ['pareto', '--indicators', indicators, '--as-of', '2024-01-01', '--luck', '2'];
    const { code, out } = await bookgrade(...args);
    expect(code).toBe(0);
    expect(out).toMatch(/^2 customers, looked back from 2024-01-01\. /);
    const said = out.replaceAll('\n', ' ');
    expect(said).toMatch(
      /Note: ready indicators cover no later period, so persistence cannot be assessed/,
    );
    expect(said).toMatch(/Note: the lifetime value of no customer is known: .*retention/);
    const alone = await bookgrade(...args, '--measure', 'lifetime-value');
    expect(alone).toMatchObject({ code: 1, out: '' });
    expect(alone.err).toMatch(/the lifetime value of no customer is known/);
    const out2 = freshPath('stake.csv');
    const listed = await bookgrade(...args, '--measure', 'claims', '--out', out2);
    expect([listed.code, listed.out, existsSync(out2)]).toEqual([1, '', false]);
    expect(listed.err).toMatch(/no lifetime value is known/);
    const plan = file('rate.json', '{"retention":{"method":"constant","rate":0.8}}');
    const valued = await bookgrade(...args, '--measure', 'lifetime-value', '--plan', plan);
    expect(valued.out).toMatch(/Lifetime value of 2 customers/);
  });

  test('one customer', async () => {
    const args = ['--indicators', ready('ann,900,3,1,450,3,300\n'), '--as-of', '2024-01-01'];
    const { code, out } = await bookgrade('pareto', ...args, '--luck', '2');
    expect(code).toBe(0);
    expect(out).toMatch(/^1 customer, /);
    expect(out).toMatch(/one customer has everything there is: shares say nothing/);
  });

  test('a book without claims: nobody brings one, and premium still lasts', async () => {
    const none = filesOf(
      'none',
      policies,
      [claims[0]].map((row) => ({ ...row, policy_id: 'X' })),
    );
    const { code, out } = await bookgrade(
      'pareto',
      ...none,
      ...asOf,
      ...['--luck', '2', '--max-issues', '1'],
    );
    expect(code).toBe(0);
    const said = out.replaceAll('\n', ' ');
    expect(said).toMatch(/No shares of the claims: they are 0 for everybody\./);
    expect(said).toMatch(
      /Note: persistence cannot be assessed: not one of \d+ customers brought losses/,
    );
    expect(said).toMatch(/not one of \d+ customers brought claims/);
    expect(out).toMatch(/\nchosen by +premium +profit\n/);
    expect(out).not.toMatch(/NaN|undefined|null/);
  });

  test('a book that does not reach back far enough', async () => {
    const { code, out } = await bookgrade('pareto', ...small, '--luck', '2', '--window', '12m');
    expect(code).toBe(0);
    const early = ['--as-of', '2021-06-01', ...input.slice(0, 0), ...small.slice(0, 4)];
    const young = await bookgrade('pareto', ...early, '--luck', '2');
    expect(young.code).toBe(0);
    expect(young.out.replaceAll('\n', ' ')).toMatch(
      /Note: persistence cannot be assessed: no customer has cover that is known in the 36 months before 2020-06-01\./,
    );
    expect(out).toMatch(/Does it last/);
  });
});

describe('misuse is told in one line, before any file is read', () => {
  const nowhere = ['--policies', 'nowhere.csv', '--claims', 'nowhere.csv', '--as-of', '2024-01-01'];
  test.each<[string, string[], RegExp]>([
    [
      'another measure',
      ['--measure', 'claim'],
      /expected a measure among .* \(did you mean "claims"\?\)/,
    ],
    ['one round', ['--luck', '1'], /Expected 0, or 2 rounds and more/],
    ['no number of rounds', ['--luck', 'many'], /Expected a whole number/],
    ['rounds below 0', ['--luck', '-5'], /whole number/],
    ['a seed that is no whole number', ['--seed', '1.5'], /Expected a whole number/],
    ['a measure twice', ['--measure', 'claims', '--measure', 'profit'], /expected it once/],
    ['another option', ['--top', '5'], /unknown option '--top'/],
    ['rows of another name', ['--out', 'stake.txt'], /expected a name in \.csv/],
    ['two things on standard output', ['--out', '-', '--json'], /one thing on standard output/],
    ['a folder that cannot be made', ['--charts', '/dev/null/x'], /cannot make the folder/],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await bookgrade('pareto', ...nowhere, ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test.each<[string, string[], RegExp]>([
    ['no as-of date', [], /expected --as-of DATE/],
    [
      'an as-of date before everything',
      ['--as-of', '2019-01-01'],
      /no customer has cover in the 36/,
    ],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await bookgrade('pareto', ...input, ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });
});
