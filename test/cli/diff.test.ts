import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bookgrade, csvRows, smallBook } from '../support/command.js';
import { describeOnRealBook } from '../support/shared.js';

const { file, book, policies, claims, asOf, freshPath, left, refused } = smallBook();
const observed = { basis: 'observed' };
const now = file('now.json', JSON.stringify({ name: 'now', risk: observed }));
// Bob's losses of 1,150 stand against 900 of premium: high-risk under any plan. Ann, without a claim,
// and Cid, new, move only when experience is asked for differently.
const later = file(
  'later.json',
  JSON.stringify({ name: 'later', risk: { ...observed, minimumExposureYears: 0.2 } }),
);
const diff = (...args: string[]) => bookgrade('diff', now, later, ...book, ...args);

describe('diff', () => {
  test('prints who moves from where to where, with the money, and the issues', async () => {
    const { code, out, err } = await diff();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^One book graded as of 2024-01-01 by now \(model now-2024-01-01-/);
    for (const line of [
      /^risk tier: neither +1 +33\.3% +125\.68 +0\.00 +0 /m,
      /^ {2}unrated → excellent +1 +33\.3% +125\.68 /m,
      /^unrated +1 +0 +0 +0 +0$/m,
      /^motor +1 +50\.0% +125\.68 +0\.00 /m,
      /^No issues: every row was used\.$/m,
    ]) {
      expect(out).toMatch(line);
    }
    expect(out).not.toMatch(/NaN|undefined|null/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('sums agree with two runs of score to the cent', async () => {
    const { out } = await diff('--json');
    const { before, after, risk } = JSON.parse(out);
    for (const [plan, side, sums] of [
      [now, 'before', before],
      [later, 'after', after],
    ] as const) {
      const graded = freshPath();
      const scored = await bookgrade('score', ...book, '--plan', plan, '--out', graded, '--json');
      const { riskTiers, model, ...summary } = JSON.parse(scored.out);
      expect(sums.model).toEqual(model);
      expect(sums.earnedPremium.toFixed(2)).toBe(summary.earnedPremium.toFixed(2));
      expect(sums.incurred).toBe(summary.incurred);
      const cells = Object.entries(risk.matrix).flatMap(([from, row]) =>
        Object.entries(row as object).map(([to, cell]) => ({
          tier: side === 'before' ? from : to,
          cell,
        })),
      );
      for (const [tier, figures] of Object.entries<Record<string, number>>(riskTiers)) {
        const own = cells.filter((entry) => entry.tier === tier).map(({ cell }) => cell);
        const total = (of: (cell: (typeof own)[number]) => number) =>
          own.reduce((all, cell) => all + of(cell), 0);
        expect(total(({ customers }) => customers)).toBe(figures.customers);
        expect(total((cell) => cell[side].earnedPremium).toFixed(2)).toBe(
          figures.earnedPremium.toFixed(2),
        );
        expect(total((cell) => cell[side].claims)).toBe(figures.claims);
      }
    }
  });

  test('takes models as they are, and tells them from plans by what is in them', async () => {
    const model = freshPath('a-plan-by-its-name.json');
    await bookgrade('calibrate', ...book, '--plan', now, '--out', model);
    const { before, after, moved, movers } = JSON.parse(
      (await bookgrade('diff', model, now, ...book, '--json')).out,
    );
    expect(before).toEqual(after);
    expect(moved.customers).toBe(0);
    expect(movers).toBeUndefined();
    const { out } = await bookgrade('diff', model, model, ...book);
    expect(out).toContain('Nobody moves');
  });

  test('each plan looks back over its own window', async () => {
    const short = file('short.json', JSON.stringify({ name: 'short', window: { months: 12 } }));
    const { before, after, notes } = JSON.parse(
      (await bookgrade('diff', now, short, ...book, '--json')).out,
    );
    expect([before.windowMonths, after.windowMonths]).toEqual([36, 12]);
    expect(before.incurred).toBe(1150);
    expect(after.incurred).toBe(1000);
    expect(notes.join()).toContain('looks back 36 months, the second 12');
  });

  test('writes every customer that moves', async () => {
    const out = freshPath('moved.csv');
    expect((await diff('--out', out)).code).toBe(0);
    expect(left(out)).toEqual(['moved.csv']);
    const rows = csvRows(out);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      customer_id: 'cid',
      risk_tier_before: 'unrated',
      risk_tier_after: 'excellent',
      service_tier_before: 'standard',
      reasons_after: expect.stringContaining('claim-free'),
    });
    // Nobody moves: the header alone.
    const none = freshPath('none.csv');
    await bookgrade('diff', now, now, ...book, '--out', none);
    expect(csvRows(none)).toEqual([]);
    expect(readFileSync(none, 'utf8')).toMatch(/^customer_id,risk_tier_before,.*\n$/);
  });

  test('--by tells movements apart by what is asked for', async () => {
    const { by } = JSON.parse((await diff('--by', 'channel, line', '--json')).out);
    expect(Object.keys(by)).toEqual(['channel', 'line']);
    expect(by.channel.map(({ label }: { label: null }) => label)).toEqual([null]);
  });

  test('ready indicators are compared too', async () => {
    const ready = file(
      'ready.csv',
      'customer_id,earned_premium,exposure_years,claim_count,incurred_loss,tenure_years,annual_premium\nAnn,900,3,0,0,3,300\nBob,90,0.5,0,0,3,300\n',
    );
    const { code, out } = await bookgrade(
      'diff',
      now,
      later,
      '--indicators',
      ready,
      ...asOf,
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out).moved.customers).toBe(1);
  });
});

describe('golden customers', () => {
  test('that keep their grades let the command pass', async () => {
    const golden = file(
      'golden.csv',
      'customer_id,risk_tier,action\nann,excellent,\nbob,high-risk,\n',
    );
    const { code, out, err } = await diff('--golden', golden);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('All 2 golden customers keep what they must.');
  });

  test('that move fail it, and are listed with the reason', async () => {
    const golden = file('golden.csv', 'customer_id,risk_tier\nann,excellent\ncid,unrated\n');
    const { code, out, err } = await diff('--golden', golden);
    expect(code).toBe(1);
    expect(err).toBe('bookgrade: 1 of 2 golden customers would not keep what they must: cid\n');
    expect(out).toMatch(
      /^cid: risk_tier must be unrated, was unrated, would be excellent: No counted claim in the window/m,
    );
    const asJson = await diff('--golden', golden, '--json');
    expect(asJson.code).toBe(1);
    expect(JSON.parse(asJson.out).golden).toMatchObject({
      customers: 2,
      broken: [{ customerId: 'cid', part: 'risk_tier', expected: 'unrated', after: 'excellent' }],
    });
  });

  test('may come as NDJSON', async () => {
    const golden = file('golden.ndjson', '{"customer_id":"ann","service_tier":"plus"}\n');
    expect((await diff('--golden', golden)).code).toBe(0);
  });

  test('may be a graded file as it is: its tiers and actions are held, the rest is named', async () => {
    // An id is written so that a spreadsheet does not run it.
    const odd = (name: string, text: string) => file(name, text.replaceAll('ann', '=ann'));
    const own = ['--policies', odd('odd.csv', readFileSync(policies, 'utf8')), '--claims', claims];
    const graded = freshPath('graded.csv');
    await bookgrade('score', ...own, ...asOf, '--plan', now, '--out', graded);
    expect(readFileSync(graded, 'utf8')).toContain('"\'=ann",');
    const same = await bookgrade('diff', now, now, ...own, ...asOf, '--golden', graded);
    expect(same).toMatchObject({ code: 0, err: '' });
    expect(same.out).toContain('All 3 golden customers keep what they must.');
    expect(same.out).toMatch(
      /^Note: the golden customers need not keep what else their file has: expected_loss_ratio,\n/m,
    );
    const moved = await bookgrade(
      'diff',
      now,
      later,
      ...own,
      ...asOf,
      '--golden',
      graded,
      '--json',
    );
    expect(moved.err).toContain('1 of 3 golden customers would not keep what they must: cid\n');
    expect(JSON.parse(moved.out).notes.join()).toContain('need not keep');
  });

  test.each<[string, string, string]>([
    [
      'another column',
      'customer_id,risk\nann,x\n',
      '"risk" is no part of a grade that can be held',
    ],
    [
      'another column in the place of a part',
      'customer_id,risk_tier,value_tier,service_tier,acton\nann,excellent,low,plus,renew\n',
      '"acton" is no part of a grade that can be held (did you mean "action"?)',
    ],
    ['an unknown tier', 'customer_id,risk_tier\nann,exellent\n', '(did you mean "excellent"?)'],
    [
      'a customer twice',
      'customer_id,action\nann,renew\nann,refer\n',
      'golden: row 2: "ann" appears twice',
    ],
    ['an unknown customer', 'customer_id,action\nanne,renew\n', '(did you mean "ann"?)'],
    [
      'a ragged row',
      'customer_id,action\nann\n',
      'golden: row 1: expected 2 cells, got 1; fix the row or remove it',
    ],
    ['no rows', 'customer_id,action\n', 'golden: expected at least one row, got none'],
    ['nothing', '', 'expected a header and rows, got an empty file'],
  ])('are refused with %s', async (_, text, message) => {
    const golden = file('wrong.csv', text);
    expect(await refused(2, 'diff', now, later, ...book, '--golden', golden)).toContain(message);
  });
});

describe('misuse is told in one line, and exits 2', () => {
  const noPlan = file('no-plan.json', '{"risk":{"bases":"observed"}}');
  const broken = file('broken.json', '{"format":"bookgrade-model","version":1}');
  test.each<[string, string[], string]>([
    ['one plan', [now, ...book], "missing required argument 'after'"],
    ['three plans', [now, now, now, ...book], 'Expected 2 arguments but got 3'],
    ['no book', [now, later, ...asOf], 'expected one input'],
    ['no day', [now, later, '--policies', policies, '--claims', claims], 'expected --as-of DATE'],
    ['a plan that is not there', [now, 'nowhere.json', ...book], 'cannot read a file nowhere.json'],
    ['a plan with a fault', [now, noPlan, ...book], '"bases" is not known (did you mean "basis"?)'],
    ['a model with a fault', [broken, now, ...book], 'readModel: the model was changed'],
    ['an unknown attribute', [now, later, ...book, '--by', 'lin'], '(did you mean "line"?)'],
    ['a plan as an option', [now, later, ...book, '--plan', now], "unknown option '--plan'"],
    ['an output that is a plan', [now, later, ...book, '--out', now], 'is named twice'],
    [
      'an output by no name',
      [now, later, ...book, '--out', 'moved.xlsx'],
      'expected a name in .csv',
    ],
  ])('%s', async (_, args, message) => {
    expect(await refused(2, 'diff', ...args)).toContain(message);
  });
});

describeOnRealBook('one threshold edited, on the Spanish motor book', () => {
  const shared = fileURLToPath(new URL('../../../shared/data/spanish-motor/', import.meta.url));
  const input = [
    ...['--experience', `${shared}policy_years.csv.gz`],
    ...['--columns', 'examples/spanish-motor.columns.json', '--as-of', '2018-12-31'],
  ];

  test('prints who moves in premium and losses; sums agree with two runs of score', async () => {
    const plain = file('plain.json', '{}');
    const edited = file('edited.json', JSON.stringify({ pricing: { expenseRatio: 0.35 } }));
    const { code, out } = await bookgrade('diff', plain, edited, ...input, '--json');
    expect(code).toBe(0);
    const { risk } = JSON.parse(out);
    expect(risk.movements).toHaveLength(1);
    const [moved] = risk.movements;
    const tiers = [];
    for (const plan of [plain, edited]) {
      const scored = await bookgrade(
        ...['score', ...input, '--plan', plan, '--out', freshPath(), '--json'],
      );
      tiers.push(JSON.parse(scored.out).riskTiers);
    }
    const [before, after] = tiers;
    expect(moved.customers).toBe(before.healthy.customers - after.healthy.customers);
    for (const figure of ['earnedPremium', 'incurred', 'claims']) {
      const gone = before.healthy[figure] - after.healthy[figure];
      const come = after['sub-healthy'][figure] - before['sub-healthy'][figure];
      expect(moved.after[figure].toFixed(2)).toBe(gone.toFixed(2));
      expect(moved.after[figure].toFixed(2)).toBe(come.toFixed(2));
    }
    expect(moved).toMatchObject({ from: 'healthy', to: 'sub-healthy', direction: 'downgrade' });
  });
});
