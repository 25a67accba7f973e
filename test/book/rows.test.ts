import { describe, expect, test } from 'vitest';
import { labelAt } from '../../src/base/columns.js';
import { readColumnsFile } from '../../src/book/columns-file.js';
import { type Issue, issueLog } from '../../src/book/issues.js';
import { rowReader } from '../../src/book/rows.js';
import {
  type ColumnsFile,
  countIssues,
  isoFromDay,
  MisuseError,
  readBook,
  readExperience,
  readIndicators,
} from '../../src/index.js';
import { type Row, type Rows } from '../../src/report.js';
import { claim, policy } from '../support/rows.js';

const sound = policy({ customer_id: 'Bob', policy_id: 'B1' });

/** Reads a policy with these values beside a sound one. */
const readPolicy = (row: object, options?: ColumnsFile) =>
  readBook([sound, policy(row)], [], options);
const issueOf = ({ table, row, field, code, amount }: Issue) => [table, row, field, code, amount];
const misuse = (use: () => unknown): string => {
  try {
    use();
  } catch (error) {
    expect(error).toBeInstanceOf(MisuseError);
    return (error as Error).message;
  }
  return 'no error';
};

describe('a number', () => {
  const premiumOf = (premium: unknown, options?: ColumnsFile) => {
    const { book, issues } = readPolicy({ premium }, options);
    expect(issues).toEqual([]);
    return book.terms.premium[0];
  };

  test.each([
    [400, 400],
    ['400', 400],
    [' 400.25 ', 400.25],
    ['+4', 4],
    ['4e2', 400],
    ['4.', 4],
    ['.5', 0.5],
    ['0', 0],
    ['-0', -0],
    [10n, 10],
  ])('may be written %s', (written, value) => {
    expect(premiumOf(written)).toBe(value);
  });

  test.each([
    ['text', 'abc', '"abc"'],
    ['NaN as text', 'NaN', '"NaN"'],
    ['Infinity as text', 'Infinity', '"Infinity"'],
    ['what is too large for a number', '1e999', '"1e999"'],
    ['hexadecimal', '0x10', '"0x10"'],
    ['grouped thousands', '1,234.5', '"1,234.5"'],
    ['a decimal comma without the option', '1,5', '"1,5"'],
    ['thousands grouped by blanks', '1 000', '"1 000"'],
    ['thousands grouped by a low line', '1_000', '"1_000"'],
    ['full-width digits', '１２', '"１２"'],
    ['two signs', '--1', '"--1"'],
    ['NaN', Number.NaN, 'NaN'],
    ['Infinity', Number.POSITIVE_INFINITY, 'Infinity'],
    ['a number beyond all numbers', 10n ** 400n, `1${'0'.repeat(59)}…`],
    ['yes', true, 'true'],
    ['a list', [400], '[400]'],
    ['an object', { toString: null }, '{"toString":null}'],
    ['an object without text', Object.create(null), '{}'],
    ['a day', new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ])('is not %s', (_, premium, shown) => {
    const { book, issues } = readPolicy({ premium });
    expect(book.customers).toEqual(['Bob']);
    expect(issues).toEqual([
      {
        table: 'policies',
        row: 2,
        field: 'premium',
        code: 'bad-number',
        message: `premium: expected a finite decimal number, got ${shown}`,
        amount: null,
      },
    ]);
  });

  test('with a decimal comma is read so, and a point beside it is not taken for one', () => {
    expect(premiumOf('1234,5', { decimal: ',' })).toBe(1234.5);
    expect(premiumOf('1234', { decimal: ',' })).toBe(1234);
    expect(premiumOf(1234.5, { decimal: ',' })).toBe(1234.5);
    for (const premium of ['1.234', '1.234,5', '1,2,3', '1234.5']) {
      const { issues } = readPolicy({ premium }, { decimal: ',' });
      expect(issues.map(issueOf)).toEqual([['policies', 2, 'premium', 'bad-number', null]]);
    }
  });

  test('below 0 is no premium, and the issue says how much', () => {
    const { book, issues } = readPolicy({ premium: '-500.25' });
    expect(book.customers).toEqual(['Bob']);
    expect(issues.map(issueOf)).toEqual([['policies', 2, 'premium', 'negative-value', -500.25]]);
  });

  test('below 0 is a lawful payment: a recovery', () => {
    const { book, issues } = readBook([policy()], [claim({ paid: -20, reserve: -5.5 })]);
    expect(issues).toEqual([]);
    expect([...book.claims.incurred]).toEqual([-25.5]);
  });

  test.each([1.5, -1, '1.5', '-1'])('%j is no count of claims', (claim_count) => {
    const { from, to } = policy();
    const row = { customer_id: 'Ann', from, to, premium: 400, claim_count, incurred: 100 };
    const { book, issues } = readExperience([
      row,
      { ...row, customer_id: 'Bob', claim_count: '1.0' },
    ]);
    expect(book.customers).toEqual(['Bob']);
    expect(issues.map(issueOf)).toEqual([['experience', 1, 'claim_count', 'not-a-count', 500]]);
  });
});

describe('a date', () => {
  const fromOf = (from: unknown, options?: ColumnsFile) => {
    const { book, issues } = readBook([policy({ from })], [], options);
    expect(issues).toEqual([]);
    return isoFromDay(book.terms.from[0]);
  };

  test('is ISO text, with or without blanks around it', () => {
    expect(fromOf('2023-03-01')).toBe('2023-03-01');
    expect(fromOf(' 2023-03-01 ')).toBe('2023-03-01');
  });

  test('may be a Date that stands at midnight UTC', () => {
    expect(fromOf(new Date('2023-03-01T00:00:00Z'))).toBe('2023-03-01');
  });

  test.each([
    ['31 February', '2023-02-31'],
    ['29 February of a common year', '2023-02-29'],
    ['a thirteenth month', '2023-13-01'],
    ['text', 'yesterday'],
    ['another format', '01/03/2023'],
    ["a spreadsheet's serial number", 44986],
    ['a year that no insurer has seen', '0023-03-01'],
    ['the far future that stands for "open"', '9999-12-31'],
    ['a Date at noon', new Date('2023-03-01T12:00:00Z')],
    ['a Date that is none', new Date(Number.NaN)],
    ['a Date in the far future', new Date('9999-12-31')],
  ])('is not %s', (_, from) => {
    const { book, issues } = readPolicy({ from });
    expect(book.customers).toEqual(['Bob']);
    expect(issues.map(issueOf)).toEqual([['policies', 2, 'from', 'bad-date', 400]]);
    expect(issues[0].message).toMatch(
      /^from: expected a date yyyy-MM-dd(, or a Date at midnight UTC \(have the database give dates as text\))?, got /,
    );
  });

  test('has the format of the columns file, and no other', () => {
    const options = { dateFormat: 'dd/MM/yyyy' };
    const row = { from: '01/03/2023', to: '01/03/2024' };
    const { book, issues } = readBook([policy(row)], [], options);
    expect(issues).toEqual([]);
    expect(isoFromDay(book.terms.from[0])).toBe('2023-03-01');
    expect(readBook([policy(row), sound], [], options).issues.map(issueOf)).toEqual([
      ['policies', 2, 'from', 'bad-date', 400],
      ['policies', 2, 'to', 'bad-date', 400],
    ]);
  });

  test('may be a number where the format has digits only', () => {
    const options = { dateFormat: 'yyyyMMdd' };
    const row = policy({ from: 20230301, to: '20240301' });
    const { book, issues } = readBook([row], [], options);
    expect(issues).toEqual([]);
    expect(isoFromDay(book.terms.from[0])).toBe('2023-03-01');
    expect(readBook([row, policy({ from: 20230231, to: 20240301 })], [], options).issues).toEqual([
      expect.objectContaining({
        code: 'bad-date',
        message: 'from: expected a date yyyyMMdd, got 20230231',
      }),
    ]);
  });

  test.each(['yyyy-mm-dd', 'YYYY-MM-DD', 'DD/MM/YYYY', 'dd/yyyy', 'XXX yyyy-MM-dd', 'day', ''])(
    'cannot have the format "%s", which would not tell days apart',
    (dateFormat) => {
      expect(misuse(() => readBook([sound], [], { dateFormat }))).toBe(
        `columns file, dateFormat: expected day, month and year in date-fns tokens, as in dd/MM/yyyy, or days, seconds, milliseconds, spreadsheet, got "${dateFormat}"`,
      );
    },
  );

  test('that cannot be read where it is optional counts as missing', () => {
    const { book, issues } = readPolicy({ cancelled_on: '31.12.2023' });
    expect(book.customers).toEqual(['Ann', 'Bob']);
    expect(issues.map(issueOf)).toEqual([['policies', 2, 'cancelled_on', 'bad-date', 400]]);
    expect(book.terms.cancelledOn[0]).toBe(2 ** 31 - 1);
  });
});

describe('a text', () => {
  const idOf = (customer_id: unknown) => {
    const { book, issues } = readBook([policy({ customer_id })], []);
    expect(issues).toEqual([]);
    return book.customers[0];
  };

  test.each([
    [' Ann ', 'Ann'],
    [7, '7'],
    ['007', '007'],
    [7n, '7'],
    [true, 'true'],
    [new Date('2023-03-01T00:00:00Z'), '2023-03-01'],
    [new Date('2023-03-01T12:30:00Z'), '2023-03-01T12:30:00.000Z'],
    ['=1+1', '=1+1'],
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
  ])('may be written %s, and says the same wherever it is read', (written, text) => {
    expect(idOf(written)).toBe(text);
  });

  test.each([
    ['an object', {}],
    ['a list', ['Ann']],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a Date that is none', new Date(Number.NaN)],
    ['a function', () => 'Ann'],
    ['a symbol', Symbol('Ann')],
  ])('is not %s', (_, customer_id) => {
    const { book, issues } = readPolicy({ customer_id });
    expect(book.customers).toEqual(['Bob']);
    expect(issues.map(issueOf)).toEqual([['policies', 2, 'customer_id', 'bad-text', 400]]);
  });

  test('that cannot be read is no attribute, but the row is used', () => {
    const { book, issues } = readPolicy({ address: { street: 'High St' } });
    expect(book.customers).toEqual(['Ann', 'Bob']);
    expect(issues.map(issueOf)).toEqual([['policies', 2, 'address', 'bad-text', 400]]);
  });
});

describe('a missing value', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['blanks', '  '],
    ['NA', 'NA'],
  ])('is %s', (_, value) => {
    const { book, issues } = readPolicy({ premium: value, line: value });
    expect(book.customers).toEqual(['Bob']);
    expect(issues).toEqual([
      {
        table: 'policies',
        row: 2,
        field: 'premium',
        code: 'missing-value',
        message: 'premium is missing',
        amount: null,
      },
    ]);
  });

  test('is what the columns file says, and nothing else', () => {
    const options = { missing: ['-'] };
    expect(readPolicy({ line: '-' }, options).book.terms.attributes[0].codes[0]).toBe(-1);
    expect(readPolicy({ premium: 'NA' }, options).issues.map(issueOf)).toEqual([
      ['policies', 2, 'premium', 'bad-number', null],
    ]);
  });

  test('may be NaN where the value is optional, as in columns of numbers', () => {
    const { book, issues } = readBook(
      { ...columnsOf([policy()]), age: Float64Array.of(Number.NaN) },
      columnsOf([claim({ reserve: Number.NaN })]),
    );
    expect(issues).toEqual([]);
    expect([...book.claims.incurred]).toEqual([150]);
    expect(labelAt(book.terms.attributes[3], 0)).toBeUndefined();
  });
});

const columnsOf = (rows: Record<string, unknown>[]) =>
  Object.fromEntries(Object.keys(rows[0]).map((name) => [name, rows.map((row) => row[name])]));
const camel = (rows: Record<string, unknown>[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase()),
        value,
      ]),
    ),
  );

describe('the names of columns', () => {
  const policies = [policy({ cancelled_on: '2023-08-01' }), sound];
  const claims = [claim({ reported_on: '2023-05-04' })];
  const expected = readBook(policies, claims);

  test('may be in snake_case or camelCase, in records or columns, record by record', () => {
    expect(expected.issues).toEqual([]);
    expect(readBook(camel(policies), camel(claims))).toEqual(expected);
    expect(readBook(columnsOf(camel(policies)), columnsOf(claims))).toEqual(
      readBook(columnsOf(policies), columnsOf(claims)),
    );
    expect(readBook([policies[0], camel(policies)[1]], claims)).toEqual(expected);
  });

  test.each<[string, Rows]>([
    ['columns', { ...columnsOf([policy()]), policyId: ['A2'] }],
    ['a record', [{ ...policy(), policyId: 'A2' }]],
  ])('may not stand in both spellings in %s', (_, rows) => {
    expect(misuse(() => readBook(rows, []))).toMatch(
      /^policies: (the column "policy_id" stands|row 1 has "policyId") in both spellings$/,
    );
  });

  test.each<[string, Rows]>([
    [
      'records',
      [{ ...policy(), premium: undefined, premum: 1 }].map(({ premium: _, ...row }) => row),
    ],
    ['columns', { ...columnsOf([{ customer_id: 1, policy_id: 1, from: 1, to: 1, premum: 1 }]) }],
  ])('must be there: %s without premium get the nearest name', (_, rows) => {
    expect(misuse(() => readBook(rows, []))).toBe(
      'policies: expected a column "premium" (did you mean "premum"?), found customer_id, policy_id, from, to, premum',
    );
  });

  test('are those of the columns file where it says so', () => {
    const rows = [
      { Kunde: 'Ann', Vertrag: 'A1', von: '2023-01-01', bis: '2024-01-01', Beitrag: 9 },
    ];
    const columns = {
      customer_id: 'Kunde',
      policy_id: 'Vertrag',
      from: 'von',
      to: 'bis',
      premium: 'Beitrag',
    };
    const claims = { columns: { policy_id: 'policy_id' } };
    const { book, issues } = readBook(rows, [claim()], { columns, claims });
    expect(issues).toEqual([]);
    expect(book.customers).toEqual(['Ann']);
    expect(book.terms.premium[0]).toBe(9);
    expect([...book.claims.incurred]).toEqual([150]);
  });

  test('that a columns file names must be there, also for an optional field', () => {
    for (const rows of [[policy({ chanel: 'x' })], columnsOf([policy({ chanel: 'x' })])]) {
      expect(misuse(() => readBook(rows, [], { columns: { channel: 'Channel' } }))).toMatch(
        /^policies: expected a column "Channel" \(did you mean "chanel"\?\)/,
      );
    }
  });

  test('on the left of a columns file must be our fields', () => {
    const columns = { premum: 'premium' };
    expect(misuse(() => readBook([policy()], [], { columns }))).toBe(
      'columns file, columns: "premum" is no field of policies (did you mean "premium"?)',
    );
    expect(misuse(() => readBook([policy()], [claim()], { claims: { columns } }))).toMatch(
      /^columns file, columns: "premum" is no field of claims/,
    );
    expect(misuse(() => readExperience([], { columns: { paid: 'x' } }))).toBe(
      'experience: expected at least one row, got none',
    );
    expect(misuse(() => readExperience([policy()], { columns: { paid: 'x' } }))).toMatch(
      /^columns file, columns: "paid" is no field of experience/,
    );
  });

  test('of fields that only claims have may stand in the shared part of a columns file', () => {
    const { issues } = readBook([policy()], [{ ...claim(), kind: 'nil' }], {
      columns: { status: 'kind' },
    });
    expect(issues).toEqual([]);
  });

  test('to carry along must be there, but a later record will do', () => {
    const attributes = ['region'];
    const { book } = readBook([sound, policy({ region: 'south' })], [], { attributes });
    expect(book.terms.attributes.map(({ name }) => name)).toEqual([
      'line',
      'channel',
      'branch',
      'region',
    ]);
    expect(misuse(() => readBook([policy({ regoin: 'south' })], [], { attributes }))).toBe(
      'policies: no column "region" to carry along (did you mean "regoin"?)',
    );
  });

  test('that appear only in later records are read, and earlier ones lack the value', () => {
    const { book, issues } = readBook(
      [sound, policy({ line: 'motor', age: 40 }), policy({ policy_id: 'A2', colour: 'red' })],
      [claim(), claim({ claim_id: 'K2', reserve: 10 })],
    );
    expect(issues).toEqual([]);
    const values = book.terms.attributes.map((attribute) => [
      attribute.name,
      ...Array.from({ length: 3 }, (_, t) => labelAt(attribute, t)),
    ]);
    // Terms stand by customer and policy: A1, A2, B1.
    expect(values).toEqual([
      ['line', 'motor', undefined, undefined],
      ['channel', undefined, undefined, undefined],
      ['branch', undefined, undefined, undefined],
      ['age', '40', undefined, undefined],
      ['colour', undefined, 'red', undefined],
    ]);
    expect([...book.claims.incurred]).toEqual([150, 160]);
  });

  test('that the first record alone lacks make an issue of it, not of the file', () => {
    const { premium: _, ...first } = policy();
    const { book, issues } = readBook([first, sound], []);
    expect(book.customers).toEqual(['Bob']);
    expect(issues.map(issueOf)).toEqual([['policies', 1, 'premium', 'missing-value', null]]);
  });

  test('may be those that every object has', () => {
    const rows = [JSON.parse('{"__proto__": "p", "constructor": "c", "toString": "t"}')].map(
      (further) => ({ ...policy(), ...further, ['__proto__']: 'p' }),
    );
    const { book, issues } = readBook(rows, [], { labels: { channel: { agent: 'agent' } } });
    expect(issues).toEqual([]);
    expect(book.terms.attributes.slice(3).map((a) => [a.name, labelAt(a, 0)])).toEqual(
      expect.arrayContaining([
        ['__proto__', 'p'],
        ['constructor', 'c'],
        ['toString', 't'],
      ]),
    );
  });

  test('of a field that is mapped to another column leave that name to an attribute', () => {
    const { book, issues } = readBook([policy({ line: 'raw', Type: 'motor' })], [], {
      columns: { line: 'Type' },
    });
    expect(issues).toEqual([]);
    expect(book.terms.attributes.map((a) => [a.name, labelAt(a, 0)])).toEqual([
      ['line', 'motor'],
      ['channel', undefined],
      ['branch', undefined],
      ['attribute.line', 'raw'],
    ]);
  });
});

describe('labels', () => {
  const labels = { channel: { 0: 'agent', 1: 'broker' } };

  test('say what the values of a file mean', () => {
    const { book, issues } = readPolicy({ channel: 1 }, { labels });
    expect(issues).toEqual([]);
    expect(labelAt(book.terms.attributes[1], 0)).toBe('broker');
  });

  test('leave a value that they do not list missing, and say so', () => {
    for (const channel of ['2', 'constructor', '__proto__']) {
      const { book, issues } = readPolicy({ channel }, { labels });
      expect(book.customers).toEqual(['Ann', 'Bob']);
      expect(labelAt(book.terms.attributes[1], 0)).toBeUndefined();
      expect(issues).toEqual([
        {
          table: 'policies',
          row: 2,
          field: 'channel',
          code: 'unknown-label',
          message: `channel: expected one of 0, 1, got "${channel}"`,
          amount: 400,
        },
      ]);
    }
  });

  test('of a number or a date are read as one', () => {
    const { book, issues } = readPolicy(
      { premium: 'gold', to: 'new year' },
      {
        labels: {
          premium: { gold: '900', 400: '400' },
          to: { 'new year': '2024-01-01', '2024-01-01': '2024-01-01' },
        },
      },
    );
    expect(issues).toEqual([]);
    expect(book.terms.premium[0]).toBe(900);
    expect(isoFromDay(book.terms.to[0])).toBe('2024-01-01');
    const much = { premium: { much: 'much', 400: '400' } };
    expect(readPolicy({ premium: 'much' }, { labels: much }).issues.map(issueOf)).toEqual([
      ['policies', 2, 'premium', 'bad-number', null],
    ]);
  });

  test('of claims come on top of the shared ones', () => {
    const { book, issues } = readBook([policy({ channel: '1' })], [claim({ status: 'Z' })], {
      labels,
      claims: { labels: { status: { Z: 'nil' } } },
    });
    expect(issues).toEqual([]);
    expect([...book.claims.status]).toEqual([2]);
  });
});

describe('rows', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'policies: expected records or columns, got nothing'],
    ['null', null, 'policies: expected records or columns, got null'],
    ['text', 'customer_id', 'policies: expected records or columns, got "customer_id"'],
    ['a list with null', [null], 'policies: expected a record as row 1, got null'],
    ['a list of texts', [policy(), 'Ann'], 'policies: expected a record as row 2, got "Ann"'],
    [
      'one record',
      policy(),
      'policies: expected columns of one length, but "customer_id" has 0 rows and "customer_id" is no column',
    ],
    [
      'columns of different lengths',
      { ...columnsOf([policy()]), to: [] },
      'policies: expected columns of one length, but "customer_id" has 1 rows and "to" 0',
    ],
    [
      'a column that is none',
      { ...columnsOf([policy()]), to: null },
      'policies: expected columns of one length, but "customer_id" has 1 rows and "to" is no column',
    ],
    ['no records', [], 'policies: expected at least one row, got none'],
    [
      'empty columns',
      { customer_id: [], policy_id: [], from: [], to: [], premium: [] },
      'policies: expected at least one row, got none',
    ],
    ['no columns', {}, 'policies: expected a column "customer_id", found none'],
  ])('are not %s', (_, rows, message) => {
    expect(misuse(() => readBook(rows as Row[], []))).toBe(message);
  });

  test('may come from any iterable', () => {
    function* rows() {
      yield policy();
    }
    expect(readBook(rows(), new Set([claim()])).book.claims.length).toBe(1);
  });

  test('have as many cells as the header has names', () => {
    const log = issueLog();
    const fields = [
      { name: 'id', kind: 'text', required: true },
      { name: 'premium', kind: 'amount', money: true },
    ] as const;
    const reader = rowReader('table', fields, ['id', 'premium'], readColumnsFile(), log);
    for (const cells of [['a', '1'], ['b'], ['c', '3', 'x'], ['d', '4']]) reader.push(cells);
    const read = reader.finish();
    expect(read.texts.id.labels).toEqual(['a', 'd']);
    expect([...read.rows]).toEqual([1, 4]);
    expect(log.issues).toEqual([
      {
        table: 'table',
        row: 2,
        field: '',
        code: 'ragged-row',
        message: 'expected 2 cells, got 1',
        amount: null,
      },
      {
        table: 'table',
        row: 3,
        field: '',
        code: 'ragged-row',
        message: 'expected 2 cells, got 3',
        amount: null,
      },
    ]);
  });

  test('have a header without a name that appears twice', () => {
    expect(
      misuse(() => rowReader('table', [], ['a', 'b', 'a'], readColumnsFile(), issueLog())),
    ).toBe('table: the column "a" appears twice');
  });

  test('of which none can be used are data that cannot be used', () => {
    expect(() => readBook([policy({ premium: 'x' }), policy({ to: 'x' })], [])).toThrow(
      expect.objectContaining({
        name: 'UnusableDataError',
        message:
          'policies: no row can be used; the first: row 1, bad-number, premium: expected a finite decimal number, got "x"',
      }),
    );
    expect(() => readBook([policy({ to: '2022-01-01' })], [])).toThrow(
      expect.objectContaining({ name: 'UnusableDataError' }),
    );
    expect(() =>
      readIndicators([
        {
          customer_id: 1,
          earned_premium: 1,
          exposure_years: 1,
          claim_count: 1,
          incurred_loss: 'x',
          tenure_years: 1,
          annual_premium: 1,
        },
      ]),
    ).toThrow(expect.objectContaining({ name: 'UnusableDataError' }));
  });
});

describe('issues counted', () => {
  test('count a row with two faults of one kind once, and its money once', () => {
    const { issues } = readPolicy({ from: 'x', to: 'y' });
    expect(issues.map(issueOf)).toEqual([
      ['policies', 2, 'from', 'bad-date', 400],
      ['policies', 2, 'to', 'bad-date', 400],
    ]);
    expect(countIssues(issues)).toEqual({ 'bad-date': { rows: 1, amount: 400 } });
  });

  test('add up money to the cent, in the order of the code list', () => {
    const { issues } = readBook(
      [
        sound,
        policy({ premium: 0.1, to: '2023-01-01' }),
        policy({ premium: 0.2, to: '2022-01-01' }),
      ],
      [claim({ claim_id: 'K2', policy_id: 'B1' }), claim({ paid: 'x', reserve: 7 })],
    );
    expect(Object.entries(countIssues(issues))).toEqual([
      ['bad-number', { rows: 1, amount: 0, unknown: 1 }],
      ['to-not-after-from', { rows: 2, amount: 0.3 }],
    ]);
  });
});
