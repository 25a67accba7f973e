import { describe, expect, test } from 'vitest';
import { bookgrade, csvRows, read, smallBook } from '../support/command.js';

const { file, policies, claims, book, freshPath, left, refused } = smallBook();
const memory = file('memory.plan.json', '{"memory": {}}');
const overrides = file(
  'overrides.csv',
  'customer_id,tier,reason,author,until\nbob,healthy,"storm, not his fault",M. Tamm,2024-01-02\n',
);

/** Scores the small book as of a day; gives the summary, the rows by customer and the paths. */
async function score(asOf: string, ...more: string[]) {
  const [out, standings] = [freshPath(), freshPath('standings.csv')];
  const ended = await bookgrade(
    ...['score', '--policies', policies, '--claims', claims, '--as-of', asOf, '--out', out],
    ...['--standings-out', standings, '--json', ...more],
  );
  expect(ended).toMatchObject({ code: 0, err: '' });
  const byId = Object.fromEntries(csvRows(out).map((row) => [row.customer_id, row]));
  return { summary: JSON.parse(ended.out), rows: byId, standings };
}

describe('score with standings', () => {
  test('writes them, reads them on a later day, and holds a tier until the renewal', async () => {
    // Bob's dear claim of June 2023 is the second in the window.
    const first = await score('2023-05-01', '--plan', memory);
    expect(read(first.standings).split('\n').slice(0, 3)).toEqual([
      'customer_id,as_of,tier,since,worse_since,renewals,override_tier,override_reason,override_author,override_until',
      'ann,2023-05-01,excellent,2023-05-01,,2,,,,',
      'bob,2023-05-01,healthy,2023-05-01,,2,,,,',
    ]);
    const second = await score('2023-12-01', '--plan', memory, '--standings', first.standings);
    expect(second.rows.bob).toMatchObject({
      risk_tier: 'healthy',
      observed_tier: 'sub-healthy',
      held_by: 'renewal',
      reasons: expect.stringMatching(/^held-until-renewal\|/),
    });
    expect(second.rows.ann).toMatchObject({ observed_tier: 'excellent', held_by: 'figures' });
    expect(second.summary.heldBy).toEqual({
      figures: 2,
      line: 0,
      grace: 0,
      renewal: 1,
      override: 0,
    });
    expect(csvRows(second.standings)[1]).toMatchObject({
      since: '2023-05-01',
      worse_since: '2023-12-01',
    });
    const alone = await score('2023-12-01', '--plan', memory);
    expect(alone.rows.bob.risk_tier).toBe('sub-healthy');
  });

  test('reads ndjson too, and the file as it was written where a text looks like a formula', async () => {
    const out = freshPath('standings.ndjson');
    const odd = file(
      'odd.ndjson',
      '{"customer_id":"bob","tier":"healthy","reason":"=1+1","author":"@me","until":"2025-01-01"}\n',
    );
    const first = await score('2023-12-01', '--overrides', odd);
    expect(csvRows(first.standings)[1].override_reason).toBe("'=1+1");
    const ended = await bookgrade(
      ...['score', ...book, '--standings', first.standings, '--out', freshPath()],
      ...['--standings-out', out],
    );
    expect(ended.out.replaceAll('\n', ' ')).toContain(
      '0 until the line to leave is passed, 1 set by hand.',
    );
    const bob = JSON.parse(read(out).split('\n')[1]);
    expect(bob).toMatchObject({ override_reason: '=1+1', override_author: '@me' });
  });

  test('leaves no standing out: of who is not in the table it is kept and told', async () => {
    const gone = file(
      'gone.csv',
      'customer_id,as_of,tier,since,worse_since,renewals\nzoe,2020-01-01,healthy,2019-01-01,,4\n',
    );
    const { summary, standings } = await score('2023-12-01', '--plan', memory, '--standings', gone);
    expect(csvRows(standings).at(-1)).toMatchObject({ customer_id: 'zoe', renewals: '4' });
    expect(summary.notes).toContain(
      '1 standing of customers that are not in the table, kept as they were',
    );
  });

  test('says nothing of memory where there is none', async () => {
    const out = freshPath();
    const ended = await bookgrade('score', ...book, '--out', out, '--json');
    expect(Object.keys(JSON.parse(ended.out))).not.toContain('heldBy');
    expect(Object.keys(csvRows(out)[0])).not.toContain('held_by');
  });
});

describe('overrides', () => {
  test('set the tier until their day, in the file and in the words of explain', async () => {
    const set = await score('2024-01-01', '--overrides', overrides);
    expect(set.rows.bob).toMatchObject({
      risk_tier: 'healthy',
      service_tier: 'standard',
      observed_tier: 'sub-healthy',
      held_by: 'override',
    });
    expect(set.summary).toMatchObject({
      heldBy: { override: 1 },
      riskTiers: { healthy: { customers: 1 }, 'sub-healthy': { customers: 0 } },
    });
    const on = await score('2024-01-02', '--standings', set.standings);
    expect(on.rows.bob).toMatchObject({ risk_tier: 'sub-healthy', held_by: 'figures' });
    const told = await bookgrade('explain', 'bob', ...book, '--overrides', overrides);
    expect(told.out).toContain('Risk: healthy\n');
    expect(told.out).toContain(
      "healthy by hand until 2024-01-02, by M. Tamm: storm, not his fault; sub-healthy by today's figures",
    );
  });
});

test('explain tells since when a tier is held', async () => {
  const { standings } = await score('2023-05-01', '--plan', memory);
  const { out } = await bookgrade(
    ...['explain', 'bob', '--policies', policies, '--claims', claims, '--as-of', '2023-12-01'],
    ...['--plan', memory, '--standings', standings],
  );
  expect(out).toContain('Risk: healthy since 2023-05-01\n');
  expect(out).toContain("For: sub-healthy by today's figures; healthy until the next renewal");
});

test('verify needs what the grades were made with', async () => {
  const [model, out] = [freshPath('model.json'), freshPath()];
  await bookgrade('calibrate', ...book, '--out', model);
  await bookgrade('score', ...book, '--model', model, '--overrides', overrides, '--out', out);
  const verified = await bookgrade('verify', out, model, ...book, '--overrides', overrides);
  expect(verified).toMatchObject({ code: 0, err: '' });
  const without = await bookgrade('verify', out, model, ...book, '--json');
  expect(without.code).toBe(1);
  expect(JSON.parse(without.out).differences).toContainEqual(
    expect.objectContaining({ customerId: 'bob', column: 'risk_tier', stored: 'healthy' }),
  );
});

describe('what cannot be is refused in one line', () => {
  const row = 'bob,2023-12-01,healthy,2023-01-01,,2';
  const header = 'customer_id,as_of,tier,since,worse_since,renewals\n';
  const standings = (content: string) => ['--standings', file('given.csv', content)];

  test.each<[string, () => string[], RegExp]>([
    [
      'a file that is not there',
      () => ['--standings', 'none.csv'],
      /standings: cannot read a file none.csv/,
    ],
    ['standard input', () => ['--standings', '-'], /--standings: expected a file/],
    ['an empty file', () => standings(''), /expected a header and rows, got an empty file/],
    [
      'a missing column',
      () => standings('customer_id,tier\nbob,healthy\n'),
      /standings: expected a column "as_of"/,
    ],
    [
      'a tier that is none',
      () => standings(header + row.replace('healthy', 'helthy')),
      /: standings, 1, tier: expected one of "excellent", "healthy", .*, got "helthy" \(did you mean "healthy"\?\)$/,
    ],
    [
      'a later day',
      () => standings(header + row.replaceAll('2023-12-01', '2024-06-01')),
      /bob is from 2024-06-01, later than the as-of date 2024-01-01/,
    ],
    [
      'a ragged row',
      () => standings(`${header}bob,2023-12-01\n`),
      /: standings, row 1: expected 6 cells, got 2; fix the row or remove it$/,
    ],
    ['a customer twice', () => standings(`${header}${row}\n${row}\n`), /"bob" appears twice/],
    [
      'text in renewals',
      () => standings(`${header}${row}x\n`),
      /: standings, row 1, renewals: expected a whole number of 0 or more, got "2x"$/,
    ],
    [
      'a day of another spelling, by the name of its column',
      () => standings(header + row.replace('2023-12-01', '1.12.2023')),
      /: standings, row 1, as_of: expected a date like 2024-12-31, got "1\.12\.2023"$/,
    ],
    [
      'a day after that of the standing',
      () => standings(header + row.replace(',,', ',2023-12-02,')),
      /: standings, row 1, worse_since: expected a day not after the one the standing is of, got "2023-12-02"$/,
    ],
    [
      'an override without end, by the name of its column',
      () =>
        standings(
          `${header.trimEnd()},override_tier,override_reason,override_author\n${row},healthy,r,a\n`,
        ),
      /: standings, row 1, override_until: expected a date like 2024-12-31, got nothing$/,
    ],
    [
      'an override to a tier that is none',
      () => [
        '--overrides',
        file('o.csv', 'customer_id,tier,reason,author,until\nbob,high risc,r,a,2024-06-01\n'),
      ],
      /: overrides, 1, tier: expected one of .*, got "high risc" \(did you mean "high-risk"\?\)$/,
    ],
    [
      'an override without author',
      () => [
        '--overrides',
        file('o.csv', 'customer_id,tier,reason,author,until\nbob,healthy,r,,2024-06-01\n'),
      ],
      /: overrides, row 1: author is missing; give a value or remove the row$/,
    ],
    [
      'standings out without memory',
      () => ['--standings-out', freshPath('s.csv')],
      /the plan has no memory; give it a part "memory"/,
    ],
    [
      'standings out to standard output',
      () => ['--plan', memory, '--standings-out', '-'],
      /--standings-out: expected a file/,
    ],
    [
      'standings out under another name',
      () => ['--plan', memory, '--standings-out', 's.txt'],
      /s.txt: expected a name in .csv/,
    ],
    [
      'standings out over an input',
      () => ['--overrides', overrides, '--standings-out', overrides],
      /is named twice/,
    ],
  ])('%s', async (_, options, message) => {
    expect(await refused(2, 'score', ...book, ...options())).toMatch(message);
  });

  test('nothing is left of what was refused', async () => {
    const path = freshPath('s.csv');
    await refused(
      2,
      'score',
      ...book,
      '--plan',
      memory,
      '--standings',
      'none.csv',
      '--standings-out',
      path,
    );
    expect(left(path)).toEqual([]);
  });
});
