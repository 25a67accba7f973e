import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import {
  bookgrade,
  csvRows,
  read,
  smallBook,
  smallClaims,
  smallPolicies,
} from '../support/command.js';

const { file, policies, claims, asOf, freshPath, scoreText, refused } = smallBook();

describe('what is read', () => {
  const plain = { ann: 'excellent', bob: 'sub-healthy', cid: 'unrated' };
  const tiersOf = (rows: Record<string, string>[] = []) =>
    Object.fromEntries(rows.map(({ customer_id, risk_tier }) => [customer_id, risk_tier]));
  const scored = async (policiesFile: string, claimsFile = claims, ...more: string[]) => {
    const out = freshPath();
    const ended = await bookgrade(
      'score',
      '--policies',
      policiesFile,
      '--claims',
      claimsFile,
      ...asOf,
      '--out',
      out,
      '--json',
      ...more,
    );
    expect(ended.err).toBe('');
    expect(JSON.parse(ended.out).issues).toEqual({});
    return tiersOf(csvRows(out));
  };

  test.each([
    ['a byte-order mark', `\uFEFF${smallPolicies}`],
    ['a byte-order mark before a quoted header', `\uFEFF"customer_id"${smallPolicies.slice(11)}`],
    ['CRLF', smallPolicies.replaceAll('\n', '\r\n')],
    ['no line end at the end', smallPolicies.trimEnd()],
    ['empty lines', smallPolicies.replaceAll('\n', '\n\n')],
    [
      'blanks around names',
      smallPolicies.replace('customer_id,policy_id', ' customer_id , policy_id'),
    ],
    ['every cell quoted', smallPolicies.replaceAll(/[^,\n]+/g, '"$&"')],
    [
      'every cell quoted, and CRLF',
      smallPolicies.replaceAll(/[^,\n]+/g, '"$&"').replaceAll('\n', '\r\n'),
    ],
    ['semicolons', smallPolicies.replaceAll(',', ';')],
    ['tabs', smallPolicies.replaceAll(',', '\t')],
    ['upright strokes', smallPolicies.replaceAll(',', '|')],
    [
      'semicolons, and commas in every cell',
      smallPolicies.replaceAll(',', ';').replaceAll(/motor|home/g, 'a,b,c,d,e,f,g'),
    ],
    ['commas, and strokes in every cell', smallPolicies.replaceAll(/motor|home/g, 'a|b|c|d|e|f|g')],
    [
      'quoted names with commas',
      smallPolicies.replaceAll(',', ';').replace('line', '"line, by, the, old, list, of, 1987"'),
    ],
  ])('may have %s', async (_, text) => {
    expect(await scored(file('given.csv', text))).toEqual(plain);
  });

  test('may be compressed, or NDJSON, or both', async () => {
    const records = csvRows(policies)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join('');
    expect(await scored(file('given.csv.gz', gzipSync(smallPolicies)))).toEqual(plain);
    expect(await scored(file('given.ndjson', records))).toEqual(plain);
    expect(
      await scored(file('given.ndjson', `\uFEFF${records.replaceAll('\n', '\r\n\r\n').trimEnd()}`)),
    ).toEqual(plain);
    expect(
      await scored(
        file('given.ndjson.gz', gzipSync(records)),
        file('claims.csv.gz', gzipSync(smallClaims)),
      ),
    ).toEqual(plain);
  });

  test('keeps the line ends, delimiters and quotes of quoted cells', async () => {
    const odd = 'a "b"\nc\r\nd,e';
    const text = smallPolicies.replaceAll('ann', `"${odd.replaceAll('"', '""')}"`);
    expect(await scored(file('given.csv', text))).toEqual({
      [odd]: 'excellent',
      bob: plain.bob,
      cid: plain.cid,
    });
    const records = csvRows(file('given.csv', text))
      .map((row) => JSON.stringify(row))
      .join('\n');
    expect(Object.keys(await scored(file('given.ndjson', records)))).toContain(odd);
  });

  test('keeps every line end that JSON may hold', async () => {
    const odd = 'a\u2028b\u2029c\u0085d';
    const records = csvRows(policies).map((row) =>
      JSON.stringify({ ...row, customer_id: row.customer_id.replace('ann', odd) }),
    );
    expect(Object.keys(await scored(file('given.ndjson', records.join('\n'))))).toContain(odd);
  });

  test.each([
    ['a closing quote and its line end', '"\r', '\n'],
    ['the two quotes that stand for one', '"', '"'],
    ['a carriage return and a line feed', '\r', '\n'],
    ['a delimiter and a cell', ',', '"'],
  ])('may be cut between %s by the pieces in which a file is read', async (_, before, after) => {
    const rows = Array.from(
      { length: 3000 },
      (_, i) => `c${i},P${i},2023-01-01,2024-01-01,100,"x ""y"""\r\n`,
    );
    const header = 'customer_id,policy_id,from,to,premium,note\r\n';
    const piece = 65_536;
    const whole = header + rows.join('');
    const cut = whole.lastIndexOf(before + after, piece - before.length) + before.length;
    const given = file(
      'given.csv',
      header.replace('\r\n', `${'e'.repeat(piece - cut)}\r\n`) + rows.join(''),
    );
    expect(read(given).slice(piece - before.length, piece + after.length)).toBe(before + after);
    const { code, err, rows: graded } = await scoreText(read(given));
    expect([code, err]).toEqual([0, '']);
    expect(graded).toHaveLength(3000);
    expect(new Set(graded.map((row) => Object.values(row).at(-1)))).toEqual(new Set(['x "y"']));
  });

  test('may come from standard input in pieces, cut anywhere', async () => {
    const text = Buffer.from(
      smallPolicies.replaceAll(',', ';').replaceAll('ann', '"änn; ""x"""').replaceAll('\n', '\r\n'),
    );
    for (const size of [1, 7, 64]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, k) =>
        text.subarray(k * size, (k + 1) * size),
      );
      const stdin = vi
        .spyOn(process, 'stdin', 'get')
        .mockReturnValue(Readable.from(pieces) as never);
      expect(await scored('-')).toEqual({
        'änn; "x"': 'excellent',
        bob: plain.bob,
        cid: plain.cid,
      });
      stdin.mockRestore();
    }
  });

  test('is not read for ever after a quote that is never closed', async () => {
    function* endless() {
      yield Buffer.from(smallPolicies.replace('cid,', '"cid,'));
      const rows = Buffer.from('cid,C1,2023-10-01,2024-10-01,500,motor\n'.repeat(2000));
      for (;;) yield rows;
    }
    const stdin = vi
      .spyOn(process, 'stdin', 'get')
      .mockReturnValue(Readable.from(endless()) as never);
    expect(await refused(2, 'score', '--policies', '-', '--claims', claims, ...asOf)).toBe(
      'bookgrade: standard input: a quote is not closed, or stands inside a quoted cell, near line 8',
    );
    stdin.mockRestore();
  });

  test('takes text for text: what a spreadsheet would run is kept', async () => {
    const ids = ['=1+1', '+1', '-1', '@x'];
    const rows = ids.map((id) => ({
      customer_id: id,
      policy_id: id,
      from: '2023-01-01',
      to: '2024-01-01',
      premium: 1,
    }));
    const out = freshPath('graded.ndjson');
    await bookgrade(
      'score',
      '--policies',
      file('given.ndjson', rows.map((row) => JSON.stringify(row)).join('\n')),
      '--claims',
      claims,
      ...asOf,
      '--max-issues',
      '100%',
      '--out',
      out,
    );
    expect(
      read(out)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).customer_id),
    ).toEqual([...ids].sort());
  });

  test('has its decimal comma, dates and names from a columns file, each table its own', async () => {
    const german = file(
      'german.csv',
      'Kunde;Vertrag;von;bis;Beitrag\nann;A1;01.01.2023;31.12.2023;1234,50\n',
    );
    const damage = file(
      'damage.csv',
      'Schaden|Vertrag|Tag|gezahlt|Art\n1|A1|2023-12-31|99.5|erledigt\n',
    );
    const columns = file(
      'columns.json',
      JSON.stringify({
        delimiter: ';',
        decimal: ',',
        dateFormat: 'dd.MM.yyyy',
        inclusiveTo: true,
        columns: {
          customer_id: 'Kunde',
          policy_id: 'Vertrag',
          from: 'von',
          to: 'bis',
          premium: 'Beitrag',
        },
        claims: {
          delimiter: '|',
          decimal: '.',
          dateFormat: 'yyyy-MM-dd',
          columns: { claim_id: 'Schaden', occurred_on: 'Tag', paid: 'gezahlt', status: 'Art' },
          labels: { status: { erledigt: 'closed' } },
        },
      }),
    );
    const out = freshPath();
    const ended = await bookgrade(
      'score',
      '--policies',
      german,
      '--claims',
      damage,
      '--columns',
      columns,
      ...asOf,
      '--out',
      out,
      '--json',
    );
    expect(ended.err).toBe('');
    expect(JSON.parse(ended.out)).toMatchObject({
      earnedPremium: 1234.5,
      incurred: 99.5,
      claims: 1,
      issues: {},
    });
  });

  test('leaves ragged rows out, and says which and how much', async () => {
    const issues = freshPath('issues.csv');
    const ragged = smallPolicies
      .replace('2024-10-01,500,motor', '2024-10-01,500')
      .replace('300,home', '300,home,x');
    const { rows } = await scoreText(ragged, '--issues', issues, '--max-issues', '100%');
    expect(tiersOf(rows)).toEqual({ ann: 'excellent', bob: 'excellent' });
    expect(csvRows(issues)).toEqual([
      {
        table: 'policies',
        row: '4',
        field: '',
        code: 'ragged-row',
        message: 'expected 6 cells, got 7',
        amount: '',
      },
      {
        table: 'policies',
        row: '7',
        field: '',
        code: 'ragged-row',
        message: 'expected 6 cells, got 5',
        amount: '',
      },
    ]);
  });
});
