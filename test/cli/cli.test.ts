import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readModel } from '../../src/index.js';
import {
  bookgrade,
  csvRows,
  read,
  smallBook,
  smallClaims,
  smallPolicies,
} from '../support/command.js';

const { file, policies, claims, asOf, book, freshPath, scoreText } = smallBook();

describe('score', () => {
  const designed =
    'customer_id, risk_tier, value_tier, service_tier, action, expected_loss_ratio, expected_low, expected_high, credibility, observed_loss_ratio, claim_frequency, claim_count, exposure_years, earned_premium, incurred_loss, annual_premium, tenure_years, claim_free_years, indicated_change, lifetime_value, reasons, hints, probability_above_permissible, lifetime_low, lifetime_high, renewal_probability, profit_at_stake, loyalty, purchase, model, inputs, withheld'.split(
      ', ',
    );

  test('writes the columns of the design in their order, then the attributes', async () => {
    const { rows } = await scoreText(
      smallPolicies
        .replaceAll('line\n', 'line,risk_tier\n')
        .replaceAll(/(motor|home)\n/g, '$1,x\n'),
    );
    expect(Object.keys(rows[0])).toEqual([
      ...designed,
      'line',
      'channel',
      'branch',
      'attribute.risk_tier',
    ]);
    expect(rows[0]).toMatchObject({ risk_tier: 'excellent', 'attribute.risk_tier': 'x' });
  });

  test('gives every attribute a name of its own', async () => {
    const names = ['risk_tier', 'attribute.risk_tier', 'constructor', '__proto__', 'toString'];
    const given = file(
      'given.csv',
      `customer_id,policy_id,from,to,premium,${names}\nann,A1,2023-01-01,2024-01-01,1,a,b,c,d,e\n`,
    );
    const [table, lines] = [freshPath(), freshPath('graded.ndjson')];
    for (const out of [table, lines]) {
      const args = [
        '--policies',
        given,
        '--claims',
        claims,
        ...asOf,
        '--max-issues',
        '100%',
        '--out',
        out,
      ];
      expect((await bookgrade('score', ...args)).code).toBe(0);
    }
    const [header, row] = read(table).trim().split('\n');
    expect(header.split(',').slice(designed.length)).toEqual([
      'line',
      'channel',
      'branch',
      'attribute.risk_tier',
      'attribute.attribute.risk_tier',
      'constructor',
      '__proto__',
      'toString',
    ]);
    expect(row.split(',').slice(-5)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(Object.entries(JSON.parse(read(lines))).slice(-5)).toEqual([
      ['attribute.risk_tier', 'a'],
      ['attribute.attribute.risk_tier', 'b'],
      ['constructor', 'c'],
      ['__proto__', 'd'],
      ['toString', 'e'],
    ]);
  });

  test('has missing values as empty cells, or null', async () => {
    const out = freshPath('graded.ndjson');
    const table = freshPath();
    for (const path of [out, table]) await bookgrade('score', ...book, '--out', path);
    const [ann] = read(out)
      .split('\n')
      .map((line) => line && JSON.parse(line));
    expect(Object.keys(ann).slice(0, designed.length)).toEqual(designed);
    expect([ann.branch, ann.channel, ann.claim_count]).toEqual([null, null, 0]);
    const [row] = csvRows(table);
    expect([row.branch, row.channel, row.claim_count]).toEqual(['', '', '0']);
    expect(row.lifetime_value).toBe(String(ann.lifetime_value));
    expect(row.expected_loss_ratio).toBe(String(ann.expected_loss_ratio));
  });

  test('prints the summary of the design as JSON, and its tiers add up', async () => {
    const { out, code } = await bookgrade('score', ...book, '--out', freshPath(), '--json');
    expect(code).toBe(0);
    const summary = JSON.parse(out);
    expect(Object.keys(summary)).toEqual(
      expect.arrayContaining([
        'asOf',
        'window',
        'customers',
        'earnedPremium',
        'exposureYears',
        'claims',
        'incurred',
        'lossRatio',
        'riskTiers',
        'valueTiers',
        'serviceTiers',
        'actions',
        'issues',
        'model',
      ]),
    );
    // Cid has had 92 of 366 days of a premium of 500.
    const earnedPremium = 1230 + 900 + (500 * 92) / 366;
    expect(summary).toMatchObject({
      asOf: '2024-01-01',
      window: { months: 36, from: '2021-01-01', to: '2024-01-01' },
      customers: 3,
      claims: 2,
      incurred: 1150,
      issues: {},
      model: {
        id: expect.stringMatching(/^default-2024-01-01-[0-9a-f]{8}$/),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        method: 'frequency',
      },
    });
    expect(summary.earnedPremium).toBeCloseTo(earnedPremium, 9);
    expect(summary.lossRatio).toBeCloseTo(1150 / earnedPremium, 12);
    expect(Object.keys(summary.riskTiers)).toEqual([
      'excellent',
      'healthy',
      'sub-healthy',
      'high-risk',
      'unrated',
    ]);
    for (const groups of [
      summary.riskTiers,
      summary.valueTiers,
      summary.serviceTiers,
      summary.actions,
    ]) {
      for (const key of ['customers', 'earnedPremium', 'incurred', 'claims']) {
        const total = Object.values<Record<string, number>>(groups).reduce(
          (sum, group) => sum + group[key],
          0,
        );
        expect(total).toBeCloseTo(summary[key], 9);
      }
    }
    expect(summary.riskTiers.healthy).toEqual({
      customers: 0,
      earnedPremium: 0,
      incurred: 0,
      claims: 0,
      lossRatio: null,
    });
  });

  test('prints the summary as a table otherwise, with the issues and their money', async () => {
    const stray = file('stray.csv', `${smallClaims}K3,B9,2022-05-02,1234.5,\n`);
    const { out, err } = await bookgrade(
      'score',
      '--policies',
      policies,
      '--claims',
      stray,
      ...asOf,
      '--max-issues',
      '100%',
      '--out',
      freshPath(),
    );
    expect(err).toBe('');
    const lines = out.split('\n');
    const cells = (start: string) => lines.find((line) => line.startsWith(start))?.split(/ {2,}/);
    expect(cells('all')).toEqual(['all', '3', '2,255.68', '1,150.00', '2', '51.0%']);
    expect(cells('risk: sub-healthy')).toEqual([
      'risk: sub-healthy',
      '1',
      '900.00',
      '1,150.00',
      '2',
      '127.8%',
    ]);
    expect(cells('unknown-policy')).toEqual(['unknown-policy', '1', '1,234.50']);
  });

  test('says in the table how many had no cover, and which sums were left out', async () => {
    const old =
      'customer_id,from,to,premium,claim_count,incurred\nann,2023-01-01,2024-01-01,100,0,0\nbob,2019-01-01,2020-01-01,100,0,0\ncid,2020-07-01,2021-07-01,100,3,50\n';
    const { out } = await bookgrade(
      'score',
      '--experience',
      file('old.csv', old),
      ...asOf,
      '--out',
      freshPath(),
    );
    expect(out).toContain('2 customers without cover in the window, not graded.');
    expect(out.replaceAll('\n', ' ')).toMatch(
      / 1 yearly sum excluded whole, .*: premium 100\.00, incurred 50\.00, 3 claims\. /,
    );
  });

  test('takes yearly sums and the day they were valued', async () => {
    const sums = file(
      'sums.csv',
      'customer_id,from,to,premium,claim_count,incurred\nann,2023-07-01,2024-07-01,366,1,50\nbob,2023-01-01,2024-01-01,100,0,0\n',
    );
    const scored = async (...more: string[]) =>
      JSON.parse(
        (
          await bookgrade(
            'score',
            '--experience',
            sums,
            ...asOf,
            ...more,
            '--out',
            freshPath(),
            '--json',
          )
        ).out,
      );
    expect(await scored()).toMatchObject({
      customers: 2,
      earnedPremium: 284,
      excluded: { rows: 0 },
    });
    expect(await scored('--valued-at', '2023-10-01')).toMatchObject({
      customers: 2,
      excluded: { rows: 0 },
    });
    expect(await scored('--valued-at', '2024-01-02')).toMatchObject({
      customers: 1,
      excluded: { rows: 1, premium: 366, claims: 1, incurred: 50 },
    });
  });

  test('takes what it has written as indicators, and grades the same', async () => {
    const once = freshPath();
    const again = freshPath();
    await bookgrade('score', ...book, '--out', once);
    const { code, out } = await bookgrade(
      'score',
      '--indicators',
      once,
      ...asOf,
      '--out',
      again,
      '--json',
    );
    expect([code, JSON.parse(out).issues]).toEqual([0, {}]);
    const tiers = (path: string) =>
      csvRows(path).map((row) => [
        row.customer_id,
        row.risk_tier,
        row.value_tier,
        row.expected_loss_ratio,
      ]);
    expect(tiers(again)).toEqual(tiers(once));
  });

  test('looks at the window it is given, in months or years', async () => {
    const windowOf = async (window: string) =>
      JSON.parse(
        (await bookgrade('score', ...book, '--window', window, '--out', freshPath(), '--json')).out,
      ).window;
    expect(await windowOf('12m')).toEqual({ months: 12, from: '2023-01-01', to: '2024-01-01' });
    expect(await windowOf('2y')).toEqual({ months: 24, from: '2022-01-01', to: '2024-01-01' });
  });
});

describe('calibrate', () => {
  test.each(['graded.csv', 'graded.ndjson'])(
    'then score with the model writes the same %s to the byte',
    async (name) => {
      const [model, direct, through] = [freshPath('model.json'), freshPath(name), freshPath(name)];
      const calibrated = await bookgrade('calibrate', ...book, '--out', model, '--json');
      expect(calibrated.code).toBe(0);
      const made = readModel(read(model));
      expect(JSON.parse(calibrated.out)).toMatchObject({
        model: { hash: made.hash, method: 'frequency' },
        fittedOn: { customers: 3 },
        issues: {},
      });
      const one = await bookgrade('score', ...book, '--out', direct, '--json');
      const two = await bookgrade('score', ...book, '--model', model, '--out', through, '--json');
      expect([one.code, two.code]).toEqual([0, 0]);
      expect(two.out).toBe(one.out);
      expect(read(through)).toBe(read(direct));
    },
  );

  test('keeps the plan in the model', async () => {
    const model = freshPath('model.json');
    const plan = file('plan.json', '\uFEFF{"name": "ours", "pricing": {"expenseRatio": 0.25}}');
    expect(
      (await bookgrade('calibrate', ...book, '--plan', plan, '--window', '1y', '--out', model))
        .code,
    ).toBe(0);
    expect(readModel(read(model)).plan).toMatchObject({
      name: 'ours',
      window: { months: 12 },
      pricing: { expenseRatio: 0.25 },
    });
  });
});

describe('explain', () => {
  test('says in words what a customer is, and why', async () => {
    const { code, out, err } = await bookgrade('explain', 'bob', ...book);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Customer bob as of 2024-01-01\n/);
    expect(out).toContain('The observed loss ratio is 127.8%');
    expect(out).not.toMatch(/NaN|undefined|null|_/);
  });

  test('gives the grade as JSON, the same as in the book', async () => {
    const out = freshPath();
    await bookgrade('score', ...book, '--out', out);
    const grade = JSON.parse((await bookgrade('explain', 'bob', ...book, '--json')).out);
    const row = csvRows(out).find(({ customer_id }) => customer_id === 'bob');
    expect(grade).toMatchObject({
      customerId: 'bob',
      asOf: '2024-01-01',
      risk: { tier: row?.risk_tier },
      attributes: { line: 'home' },
    });
    expect(String(grade.risk.expectedLossRatio)).toBe(row?.expected_loss_ratio);
  });

  test.each([
    ['bobb', ' (did you mean "bob"?)'],
    ['somebody', ''],
  ])('of an unknown customer %s offers the nearest', async (id, nearest) => {
    const { code, out, err } = await bookgrade('explain', id, ...book);
    expect([code, out, err]).toEqual([
      2,
      '',
      `bookgrade: no customer "${id}" has cover in the window${nearest}\n`,
    ]);
  });
});

describe('simulate', () => {
  const args = ['simulate', '--customers', '40', '--seed', '7', '--years', '2'];

  test('twice is the same to the byte, and can be scored without an issue', async () => {
    const [one, two] = [freshPath('book'), freshPath('book')];
    const { code, out } = await bookgrade(...args, '--out', one, '--json');
    expect(code).toBe(0);
    const summary = JSON.parse(out);
    expect(summary).toMatchObject({ asOf: '2022-01-01', customers: 40, rows: { truth: 40 } });
    await bookgrade(...args, '--out', two);
    expect(readdirSync(one)).toEqual(['claims.csv', 'policies.csv', 'truth.csv']);
    for (const name of readdirSync(one)) expect(read(join(two, name))).toBe(read(join(one, name)));
    const scored = await bookgrade(
      'score',
      '--policies',
      join(one, 'policies.csv'),
      '--claims',
      join(one, 'claims.csv'),
      '--as-of',
      summary.asOf,
      '--out',
      freshPath(),
      '--json',
    );
    expect(JSON.parse(scored.out).issues).toEqual({});
    expect(csvRows(join(one, 'policies.csv'))).toHaveLength(summary.rows.policies);
  });

  test('with another seed is another book', async () => {
    const [one, two] = [freshPath('book'), freshPath('book')];
    await bookgrade(...args, '--out', one);
    await bookgrade(...args, '--seed', '8', '--out', two);
    expect(read(join(two, 'claims.csv'))).not.toBe(read(join(one, 'claims.csv')));
  });
});
