import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { bookgrade, read, smallBook, smallClaims, smallPolicies } from '../support/command.js';

const { folder, file, policies, claims, asOf, book, freshPath, left, refused } = smallBook();

describe('misuse is told in one line, and exits 2', () => {
  const doors =
    'bookgrade: expected one input: --policies FILE with --claims FILE, or --experience FILE, or --indicators FILE';
  const plan = file('plan.json', '{}');

  test.each<[string, string[], string]>([
    [
      'no as-of date',
      ['score', ...book.slice(0, 4)],
      'bookgrade: expected --as-of DATE, the day at whose start we look',
    ],
    [
      '31 February',
      ['score', ...book.slice(0, 4), '--as-of', '2024-02-31'],
      'bookgrade: --as-of must be a date like 2024-12-31, got "2024-02-31"',
    ],
    [
      'text for a date',
      ['score', ...book.slice(0, 4), '--as-of', 'today'],
      'bookgrade: --as-of must be a date like 2024-12-31, got "today"',
    ],
    [
      'an unknown option',
      ['score', ...book, '--widow', '36m'],
      "error: unknown option '--widow' (Did you mean --window?)",
    ],
    [
      'an unknown command',
      ['scor', ...book],
      "error: unknown command 'scor' (Did you mean score?)",
    ],
    [
      'too many arguments',
      ['score', 'ann', ...book],
      "error: too many arguments for 'score'. Expected 0 arguments but got 1.",
    ],
    ['no input', ['score', ...asOf], doors],
    ['two inputs', ['score', ...book, '--experience', policies], doors],
    ['policies without claims', ['score', '--policies', policies, ...asOf], doors],
    ['claims without policies', ['score', '--claims', claims, ...asOf], doors],
    [
      'claims with another input',
      ['score', '--claims', claims, '--indicators', policies, ...asOf],
      doors,
    ],
    [
      'standard input twice',
      ['score', '--policies', '-', '--claims', '-', ...asOf],
      'bookgrade: expected one of --policies and --claims from standard input, not both',
    ],
    [
      'a day of valuation without yearly sums',
      ['score', ...book, '--valued-at', '2024-01-01'],
      'bookgrade: --valued-at goes with --experience only',
    ],
    [
      'a day of valuation that is none',
      ['score', '--experience', policies, ...asOf, '--valued-at', '2024-13-01'],
      'bookgrade: --valued-at must be a date like 2024-12-31, got "2024-13-01"',
    ],
    [
      'a plan and a model',
      ['score', ...book, '--plan', plan, '--model', plan],
      'bookgrade: expected --plan or --model, not both: a model has its plan',
    ],
    [
      'a plan for a model',
      ['score', ...book, '--model', plan],
      `bookgrade: ${plan}: expected a model, as bookgrade calibrate writes it; a plan must be calibrated on a book first`,
    ],
    [
      'a model for a plan',
      ['score', ...book, '--plan', file('a-model.json', '{ "format": "bookgrade-model" }')],
      `bookgrade: ${join(folder, 'a-model.json')}: expected a plan, got a model; a model goes with --model`,
    ],
    [
      'a model to make a model',
      ['calibrate', ...book, '--model', plan],
      'bookgrade: calibrate makes a model: leave --model out',
    ],
    [
      'a window without its unit',
      ['score', ...book, '--window', '36'],
      'bookgrade: --window: expected months or years like 36m or 3y, got "36"',
    ],
    [
      'a window below 0',
      ['score', ...book, '--window', '-3m'],
      'bookgrade: --window: expected months or years like 36m or 3y, got "-3m"',
    ],
    [
      'a window of a part',
      ['score', ...book, '--window', '1.5y'],
      'bookgrade: --window: expected months or years like 36m or 3y, got "1.5y"',
    ],
    [
      'a window of nothing',
      ['score', ...book, '--window', '0m'],
      'bookgrade: plan, window.months: expected at least 1, got 0',
    ],
    [
      'a window of a century',
      ['score', ...book, '--window', '100y'],
      'bookgrade: plan, window.months: expected at most 600, got 1200',
    ],
    [
      'a number of issues that is none',
      ['score', ...book, '--max-issues', '-1'],
      "error: option '--max-issues <n>' argument '-1' is invalid. Expected a whole number of 0 or more.",
    ],
    [
      'an option given twice',
      ['score', ...book, '--policies', policies],
      `error: option '--policies <file>' argument '${policies}' is invalid. It was given before: expected it once.`,
    ],
    [
      'two things on standard output',
      ['score', ...book, '--out', '-', '--json'],
      'bookgrade: expected one thing on standard output: --out -, --issues - or --json',
    ],
    [
      'issues and JSON on standard output',
      ['score', ...book, '--issues', '-', '--json'],
      'bookgrade: expected one thing on standard output: --out -, --issues - or --json',
    ],
    [
      'issues amid an explanation',
      ['explain', 'bob', ...book, '--issues', '-'],
      'bookgrade: explain prints to standard output: give --issues a file',
    ],
    [
      'a language that is not spoken',
      ['explain', 'bob', ...book, '--locale', 'zg'],
      'bookgrade: --locale: expected one of en, zh, et, got "zg" (did you mean "zh"?)',
    ],
    [
      'a file that is not there',
      ['score', '--policies', join(folder, 'nowhere.csv'), '--claims', claims, ...asOf],
      `bookgrade: policies: cannot read a file ${join(folder, 'nowhere.csv')}; check the path`,
    ],
    [
      'a folder to read',
      ['score', '--policies', policies, '--claims', folder, ...asOf],
      `bookgrade: claims: cannot read a file ${folder}; check the path`,
    ],
    [
      'no customers to simulate',
      ['simulate', '--customers', '0', '--seed', '1', '--years', '1'],
      'bookgrade: simulate, customers: expected at least 1, got 0',
    ],
    [
      'half a customer',
      ['simulate', '--customers', '0.5', '--seed', '1', '--years', '1'],
      "error: option '--customers <n>' argument '0.5' is invalid. Expected a whole number of 0 or more.",
    ],
    [
      'a book that begins on 31 February',
      ['simulate', '--customers', '1', '--seed', '1', '--years', '1', '--from', '2020-02-31'],
      'bookgrade: simulate: from must be a date like 2024-12-31, got "2020-02-31"',
    ],
  ])('%s', async (_, args, message) => {
    // `explain` has no --out to give.
    if (args[0] !== 'explain') {
      expect(await refused(2, ...args)).toBe(message);
      return;
    }
    const ended = await bookgrade(...args);
    expect([ended.code, ended.out, ended.err]).toEqual([2, '', `${message}\n`]);
  });

  test('no command at all gives the help, and exits 2', async () => {
    const ended = await bookgrade();
    expect([ended.code, ended.out]).toEqual([2, '']);
    expect(ended.err).toMatch(/^Usage: bookgrade/);
  });

  test('asking for help or the version is no misuse', async () => {
    expect(await bookgrade('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
    expect(await bookgrade('score', '--help')).toMatchObject({ code: 0, err: '' });
  });

  test.each([
    ['simulate-rule', ['--model', '--indicators']],
    ['backtest', ['--model', '--indicators']],
    ['kpi', ['--model', '--indicators']],
    ['calibrate', ['--model']],
    ['lint', ['--plan', '--model', '--window']],
    ['drift', ['--indicators']],
    ['migrate', ['--indicators']],
  ])('the help of %s offers nothing that it always refuses', async (command, refuses) => {
    const { out } = await bookgrade(command, '--help');
    expect(out).toContain('--policies <file>');
    for (const option of refuses) expect(out).not.toMatch(new RegExp(`^  ${option} `, 'm'));
    const { out: other } = await bookgrade('score', '--help');
    for (const option of refuses) expect(other).toMatch(new RegExp(`^  ${option} `, 'm'));
  });

  test.each([
    [
      'no JSON',
      '{"name": \n 1;}',
      /^bookgrade: plan \(line 2, column 2\): expected a value: .+, got 1;$/,
    ],
    ['a list', '[]', /^bookgrade: plan \(line 1, column 1\): expected an object, got \[\]$/],
    [
      'text in Latin-1',
      new Uint8Array([0x7b, 0xe4, 0x7d]),
      /expected UTF-8 text; save the file as UTF-8$/,
    ],
    [
      'an unknown key',
      '{"prising": {}}',
      /^bookgrade: plan \(line 1, column 2\): "prising" is not known \(did you mean "pricing"\?\)$/,
    ],
    [
      'an unknown key deep inside',
      '{"pricing": {"expenseRate": 0.2}}',
      /^bookgrade: plan, pricing \(line 1, column 14\): "expenseRate" is not known \(did you mean "expenseRatio"\?\)$/,
    ],
    [
      'an unknown key in a list',
      '{"hints": [{"cod": "x"}]}',
      /^bookgrade: plan, hints\[0\] \(line 1, column 13\): "cod" is not known \(did you mean "code"\?\)$/,
    ],
    [
      'an unknown key under a free name',
      '{"service": {"catalogue": {"basic": {"budgt": 1}}}}',
      /^bookgrade: plan, service\.catalogue\.basic \(line 1, column 38\): "budgt" is not known \(did you mean "budget"\?\)$/,
    ],
    [
      'an unknown key of an alternative',
      '{"value": {"cut": {"shre": 0.2}}}',
      /^bookgrade: plan, value\.cut \(line 1, column 20\): "shre" is not known \(did you mean "share"\?\)$/,
    ],
    [
      'an unknown operator',
      '{"risk": {"rules": [{"tier": "unrated", "when": ["and", 1, ["more", "x", 1]]}]}}',
      /^bookgrade: plan, risk\.rules\[0\]\.when\[2\]\[0\] \(line 1, column 61\): expected one of .*"<".*, got "more" \(did you mean "or"\?\)$/,
    ],
    [
      'an unknown name in a rule',
      '{"risk": {"rules": [{"tier": "unrated", "when": [">", "los_ratio", 1]}]}}',
      /^bookgrade: plan, risk\.rules\[0\]\.when \(line 1, column 55\): .*"los_ratio" \(did you mean "loss_ratio"\?\)$/,
    ],
    [
      'an age that is none',
      '{"experience": {"development": {"losses": {"young": 1.2}}}}',
      /^bookgrade: plan, experience\.development\.losses\.young \(line 1, column 53\): expected an age in whole months, got "young"$/,
    ],
    [
      'nothing where some text must be',
      '{"experience": {"complement": ""}}',
      /^bookgrade: plan, experience\.complement \(line 1, column 31\): expected some text, got ""$/,
    ],
    [
      'a value out of its range',
      '{"pricing": {"expenseRatio": 2}}',
      /^bookgrade: plan, pricing\.expenseRatio \(line 1, column 30\): expected at most 1, got 2$/,
    ],
    [
      'a rule as text that cannot be',
      '{\n  // ours\n  "risk": {"rules": [{"tier": "unrated", "when": "claim_count >\\n = 1"}]}}',
      /^bookgrade: plan, risk\.rules\[0\]\.when \(line 3, column 67\): expected == to compare; = would assign a value$/,
    ],
  ])('a plan that is or has %s', async (_, text, message) => {
    expect(await refused(2, 'score', ...book, '--plan', file('bad-plan.json', text))).toMatch(
      message,
    );
  });

  test.each([
    [
      'an unknown key',
      '{"colums": {}}',
      'columns file: "colums" is not known (did you mean "columns"?)',
    ],
    [
      'an unknown key for claims',
      '{"claims": {"colums": {}}}',
      'columns file, claims: "colums" is not known (did you mean "columns"?)',
    ],
    [
      'an unknown field',
      '{"columns": {"custmer_id": "x"}}',
      'columns file, columns: "custmer_id" is no field of policies (did you mean "customer_id"?)',
    ],
    [
      'a column that is not there',
      '{"columns": {"premium": "Premum"}}',
      'policies: expected a column "Premum" (did you mean "premium"?), found customer_id, policy_id, from, to, premium, line',
    ],
    [
      'an attribute that is not there',
      '{"attributes": ["lin"]}',
      'policies: no column "lin" to carry along (did you mean "line"?)',
    ],
    [
      'minutes for months',
      '{"dateFormat": "yyyy-mm-dd"}',
      'columns file, dateFormat: expected day, month and year in date-fns tokens, as in dd/MM/yyyy, or days, seconds, milliseconds, spreadsheet, got "yyyy-mm-dd"',
    ],
    [
      'a quote for a delimiter',
      '{"delimiter": "\\""}',
      'columns file, delimiter: expected what stands between cells, as in ; or a tab, got "\\""',
    ],
    [
      'another decimal mark',
      '{"decimal": ";"}',
      'columns file, decimal: expected one of ".", ",", got ";"',
    ],
  ])('a columns file with %s', async (_, text, message) => {
    const columns = file('columns.json', text);
    expect(await refused(2, 'score', ...book, '--columns', columns)).toBe(`bookgrade: ${message}`);
  });

  test('a column that is not there gets the nearest name', async () => {
    const mistyped = file('mistyped.csv', smallPolicies.replace('premium', 'premum'));
    expect(await refused(2, 'score', '--policies', mistyped, '--claims', claims, ...asOf)).toBe(
      'bookgrade: policies: expected a column "premium" (did you mean "premum"?), found customer_id, policy_id, from, to, premum, line',
    );
    const headless = file('headless.csv', 'K1,B1,2022-05-02,150\n');
    expect(await refused(2, 'score', '--policies', policies, '--claims', headless, ...asOf)).toBe(
      'bookgrade: claims: expected a column "claim_id", found K1, B1, 2022-05-02, 150',
    );
  });

  test('a name with a line end in it is told in one line', async () => {
    const given = file('given.csv', smallPolicies.replace('premium', '"pre\nmium"'));
    expect(await refused(2, 'score', '--policies', given, '--claims', claims, ...asOf)).toBe(
      'bookgrade: policies: expected a column "premium" (did you mean "pre mium"?), found customer_id, policy_id, from, to, pre mium, line',
    );
  });

  test.each([
    ['zero bytes', '', /: expected a header and rows, got an empty file$/],
    ['nothing but empty lines', '\n\n\r\n', /: expected a header and rows, got an empty file$/],
    [
      'a header only',
      smallPolicies.split('\n')[0],
      /^bookgrade: policies: expected at least one row, got none$/,
    ],
    [
      'a header and empty lines',
      `${smallPolicies.split('\n')[0]}\n\n\n`,
      /^bookgrade: policies: expected at least one row, got none$/,
    ],
    [
      'a name that appears twice',
      'customer_id,policy_id,from,to,premium,premium\na,b,c,d,e,f\n',
      /^bookgrade: policies: the column "premium" appears twice$/,
    ],
    [
      'a name in both spellings',
      'customer_id,policy_id,policyId,from,to,premium\na,b,c,d,e,f\n',
      /^bookgrade: policies: the column "policy_id" stands in both spellings$/,
    ],
    [
      'a quote that is never closed',
      smallPolicies.replace('cid,', '"cid,'),
      /: a quote is not closed, or stands inside a quoted cell, near line 8$/,
    ],
    [
      'a quote inside a quoted cell',
      smallPolicies.replace('bob,', '"bo"b",'),
      /: a quote is not closed, or stands inside a quoted cell, near line 5$/,
    ],
    [
      'Latin-1 bytes',
      Buffer.from(smallPolicies.replace('motor', 'Prämie'), 'latin1'),
      /: expected UTF-8 text; save the file as UTF-8$/,
    ],
    [
      'UTF-8 text that ends amid a letter',
      Buffer.from(smallPolicies.replace(/motor\n$/, 'ä')).subarray(0, -1),
      /: expected UTF-8 text; save the file as UTF-8$/,
    ],
    [
      'UTF-16',
      Buffer.from(`\uFEFF${smallPolicies}`, 'utf16le'),
      /: expected UTF-8 text; save the file as UTF-8$/,
    ],
  ])('policies of %s', async (_, content, message) => {
    const given = file('given.csv', content);
    expect(await refused(2, 'score', '--policies', given, '--claims', claims, ...asOf)).toMatch(
      message,
    );
  });

  test.each([
    [
      'cut short',
      'cut.csv.gz',
      gzipSync(smallPolicies).subarray(0, 60),
      'expected a whole gzip file (Z_BUF_ERROR)',
    ],
    ['no gzip', 'plain.csv.gz', smallPolicies, 'expected a whole gzip file (Z_DATA_ERROR)'],
    ['empty', 'empty.csv.gz', '', 'expected a whole gzip file (Z_BUF_ERROR)'],
    [
      'NDJSON with a bad line',
      'bad.ndjson',
      '{"customer_id": 1}\n\n{"customer_id": \n',
      'expected JSON, ',
    ],
    [
      'NDJSON with a number',
      'number.ndjson',
      '{"customer_id": 1}\n5\n',
      'expected a JSON object, got 5',
    ],
    [
      'NDJSON with a list',
      'list.ndjson',
      '[{"customer_id": 1}]',
      'expected a JSON object, got [{"customer_id": 1}]',
    ],
  ])('a file that is %s', async (_, name, content, message) => {
    const given = file(name, content);
    const line = await refused(2, 'score', '--policies', given, '--claims', claims, ...asOf);
    expect(line.startsWith(`bookgrade: ${given}`)).toBe(true);
    expect(line).toContain(`: ${message}`);
    if (name === 'bad.ndjson') expect(line).toContain(', line 3: ');
  });

  describe('a model', () => {
    const model = join(folder, 'model.json');
    beforeAll(async () => {
      expect((await bookgrade('calibrate', ...book, '--out', model)).code).toBe(0);
    });
    const changed = (change: (text: string) => string) => file('changed.json', change(read(model)));

    test.each<[string, (text: string) => string, RegExp]>([
      [
        'changed by hand',
        (text) => text.replace(/"graceDays": 30/, '"graceDays": 31'),
        /^bookgrade: readModel: the model was changed after it was written/,
      ],
      [
        'of another version',
        (text) => text.replace('"version": 1', '"version": 99'),
        /^bookgrade: readModel: expected version 1, got 99/,
      ],
      [
        'of another format',
        () => '{"format": "other"}',
        /^bookgrade: readModel: expected format "bookgrade-model", got "other"$/,
      ],
      [
        'no JSON',
        () => 'model',
        /changed\.json: expected a model, as bookgrade calibrate writes it; a plan must be calibrated/,
      ],
      [
        'cut short',
        (text) => text.slice(0, 500),
        /^bookgrade: readModel: expected the JSON of a model, got "\{\\n /,
      ],
    ])('that is %s', async (_, change, message) => {
      expect(await refused(2, 'score', ...book, '--model', changed(change))).toMatch(message);
    });

    test('with another window than its own', async () => {
      expect(await refused(2, 'score', ...book, '--model', model, '--window', '12m')).toBe(
        'bookgrade: --window 12m: the model was calibrated on 36m; leave --window out',
      );
    });
  });
});

describe('data that cannot be used are told in one line, and exit 1', () => {
  test.each([
    [
      'is unreadable',
      (text: string) =>
        text.replaceAll('00,', 'x,').replaceAll('10,', 'x,').replaceAll('20,', 'x,'),
      'bookgrade: policies: no row can be used; the first: row 1, bad-number, premium: expected a finite decimal number, got "4x"',
    ],
    [
      'has another date format',
      (text: string) => text.replaceAll('-', '/'),
      'bookgrade: policies: no row can be used; the first: row 1, bad-date, from: expected a date yyyy-MM-dd, got "2021/01/01"',
    ],
    [
      'ends before it begins',
      (text: string) => text.replaceAll(/,(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)/g, ',$2,$1'),
      'bookgrade: policies: no row can be used; the first: row 1, to-not-after-from, to: expected a day after from',
    ],
    [
      'has a cell too many',
      (text: string) => text.replaceAll(/(\d),(motor|home)/g, '$1,,$2'),
      'bookgrade: policies: no row can be used; the first: row 1, ragged-row, expected 6 cells, got 7',
    ],
  ])('when every row %s', async (_, change, message) => {
    const given = file('unusable.csv', change(smallPolicies));
    expect(await refused(1, 'score', '--policies', given, '--claims', claims, ...asOf)).toBe(
      message,
    );
  });

  test('when there are more issues than --max-issues, and the issues are written', async () => {
    const issues = freshPath('issues.csv');
    const out = freshPath();
    const stray = file('stray.csv', `${smallClaims}K3,B9,2022-05-02,77.5,\nK4,B1,x,1,\n`);
    const args = [
      'score',
      '--policies',
      policies,
      '--claims',
      stray,
      ...asOf,
      '--out',
      out,
      '--issues',
      issues,
    ];
    expect(await bookgrade(...args, '--max-issues', '1')).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(
        /^bookgrade: 2 issues, more than 1\. claims: 2 of 4 rows \(50\.0 %\) with 78\.50 of \d+\.50 in money \(\d+\.\d %\) cannot be used: bad-date 1, unknown-policy 1; the first: row 4, .*\n$/,
      ),
    });
    expect(left(out)).toEqual([]);
    expect(read(issues)).toBe(
      'table,row,field,code,message,amount\n' +
        'claims,4,occurred_on,bad-date,"occurred_on: expected a date yyyy-MM-dd, got ""x""",1\n' +
        'claims,3,policy_id,unknown-policy,"policy_id: no usable policy row has ""B9""",77.5\n',
    );
    expect((await bookgrade(...args, '--max-issues', '2')).code).toBe(0);
    expect(left(out)).toEqual(['graded.csv']);
  });
});
