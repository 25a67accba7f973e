import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  type Grades,
  gradeHeader,
  gradeRows,
  indicators,
  MisuseError,
  type PlanInput,
  readBook,
  readIndicators,
} from '../../../src/index.js';
import { type GradeDifference, verifyGrades } from '../../../src/portfolio.js';
import { toText } from '../../../src/report/show.js';
import { type Rows } from '../../../src/report.js';
import { asOf, randomPlan, withPremium } from '../../support/random-book.js';
import { runs } from '../../support/slow.js';

type Stored = Record<string, string | number | null>;

/** Grades as a file holds them: as they are in NDJSON, or every cell a text as in CSV. */
const records = (grades: Grades): Stored[] => {
  const header = gradeHeader(grades);
  const rowAt = gradeRows(grades);
  return Array.from({ length: grades.length }, (_, row) => {
    const cells = rowAt(row);
    return Object.fromEntries(header.map((name, c) => [name, cells[c]]));
  });
};
const asTexts = (rows: Stored[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, cell]) => [name, cell === null ? '' : `${cell}`]),
    ),
  );

const customer = (customerId: string, more: object = {}) => ({
  ...{ customerId, earnedPremium: 900, exposureYears: 3, claimCount: 1, incurredLoss: 450.25 },
  ...{ tenureYears: 3, annualPremium: 300, line: 'motor', ...more },
});
const rows = [
  customer('ann'),
  customer('bob', { incurredLoss: 990.1, claimCount: 2, colour: 'red' }),
  customer('cid', { claimCount: 0, incurredLoss: 0, exposureYears: 0.3, colour: '=1+1' }),
];
const graded = (given: object[] = rows, plan: PlanInput = {}) => {
  const { table } = readIndicators(given as never);
  return assess(table, calibrate(table, plan));
};
const grades = graded();
/** The same book graded by the model, after some rows of the input changed. */
const regraded = (given: object[]) => assess(readIndicators(given as never).table, grades.model);
const stored = () => records(grades);
const changed = (customerId: string, change: Stored) =>
  stored().map((row) => (row.customer_id === customerId ? { ...row, ...change } : row));
const found = ({ differences }: { differences: readonly GradeDifference[] }) =>
  differences.map(({ customerId, column, stored: was, now, because }) => [
    ...[customerId, column, was, now, because],
  ]);

describe('a graded file that nobody touched', () => {
  test.each<[string, Rows]>([
    ['as records', stored()],
    ['as texts, as CSV has them', asTexts(stored())],
    [
      'as columns',
      Object.fromEntries(
        gradeHeader(grades).map((name) => [name, stored().map((row) => row[name])]),
      ),
    ],
    ['in another order', stored().reverse()],
    [
      'with its columns in another order',
      stored().map((row) => Object.fromEntries(Object.entries(row).reverse())),
    ],
    [
      'with numbers written otherwise',
      asTexts(stored()).map((row) => ({ ...row, earned_premium: '9.00e2' })),
    ],
    ['with a text kept from spreadsheets', asTexts(changed('cid', { colour: `'=1+1` }))],
  ])('agrees %s', (_, given) => {
    const verification = verifyGrades(given, grades);
    expect(verification).toMatchObject({ agrees: true, customers: 3, differing: 0, found: 0 });
    expect(verification.differences).toEqual([]);
    expect(toText(verification)).toMatch(/^3 customers compared with .* every\scell agrees\.$/s);
  });

  test('agrees for every book and plan, as records and as texts (law)', () => {
    fc.assert(
      fc.property(withPremium, randomPlan, (book, plan) => {
        const table = indicators(readBook(book.policies, book.claims).book, { asOf, plan });
        const of = assess(table, calibrate(table, plan));
        expect(verifyGrades(records(of), of).agrees).toBe(true);
        expect(verifyGrades(asTexts(records(of)), of).agrees).toBe(true);
      }),
      { numRuns: runs(25) },
    );
  });
});

describe('one changed cent', () => {
  test('in one row of the graded file is found, and nothing else', () => {
    const verification = verifyGrades(changed('bob', { incurred_loss: 990.11 }), grades);
    expect(found(verification)).toEqual([['bob', 'incurred_loss', 990.11, 990.1, 'cell']]);
    expect(verification).toMatchObject({ agrees: false, differing: 1, found: 1 });
    expect(verification.byColumn).toEqual({ incurred_loss: 1 });
    expect(verification.because.cell).toBe(1);
    const text = toText(verification);
    expect(text).toMatch(/^bob +incurred_loss +990\.11 +990\.1 +cell$/m);
    expect(text).toContain('the file was changed after it was written');
  });

  test('as CSV has it, is found too', () => {
    const verification = verifyGrades(asTexts(changed('bob', { incurred_loss: 990.11 })), grades);
    expect(found(verification)).toEqual([['bob', 'incurred_loss', 990.11, 990.1, 'cell']]);
  });

  test('in the input is found, and told from a changed file', () => {
    const now = regraded(
      rows.map((row) => (row.customerId === 'bob' ? { ...row, incurredLoss: 990.11 } : row)),
    );
    const verification = verifyGrades(stored(), now);
    expect(verification.differing).toBe(1);
    expect(new Set(verification.differences.map(({ because }) => because))).toEqual(
      new Set(['other inputs']),
    );
    expect(verification.byColumn).toMatchObject({
      incurred_loss: 1,
      observed_loss_ratio: 1,
      inputs: 1,
    });
    expect(toText(verification)).toContain('the rows of the input changed since');
  });

  test('anywhere in the figures of any customer is found (law)', () => {
    const numbers = gradeHeader(grades).filter((name) => typeof stored()[0][name] === 'number');
    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.constantFrom('ann', 'bob', 'cid'),
        fc.boolean(),
        (column, customerId, texts) => {
          const given = stored().map((row) =>
            row.customer_id === customerId
              ? { ...row, [column]: Number(row[column] ?? 0) + 0.01 }
              : row,
          );
          const { differences } = verifyGrades(texts ? asTexts(given) : given, grades);
          expect(differences.map((one) => [one.customerId, one.column])).toEqual([
            [customerId, column],
          ]);
        },
      ),
      { numRuns: runs(100) },
    );
  });
});

describe('what differs is told with its cause', () => {
  test('a file that another model made', () => {
    const other = graded(rows, { pricing: { expenseRatio: 0.2 }, name: 'old' });
    const verification = verifyGrades(records(other), grades);
    expect(verification.because['other model']).toBe(3);
    const [[id, count]] = Object.entries(verification.otherModels);
    expect(id).toMatch(/^old-/);
    expect(count).toBe(3);
    expect(toText(verification)).toMatch(
      /^Graded by another model than default-\S+: 3 customers \(old-\S+ 3\)/m,
    );
  });

  test.each<[string, Stored, unknown[]]>([
    ['a tier', { risk_tier: 'excellent' }, ['risk_tier', 'excellent', expect.any(String), 'cell']],
    ['a missing figure', { earned_premium: null }, ['earned_premium', null, 900, 'cell']],
    [
      'a figure that is no number',
      { earned_premium: '900.-' },
      ['earned_premium', '900.-', 900, 'cell'],
    ],
    ['an attribute', { line: 'Motor' }, ['line', 'Motor', 'motor', 'cell']],
    ['an attribute that was missing', { colour: 'blue' }, ['colour', 'blue', null, 'cell']],
    ['a reason', { reasons: '' }, ['reasons', null, expect.any(String), 'cell']],
    [
      'the inputs themselves',
      { inputs: '0123456789abcdef' },
      ['inputs', '0123456789abcdef', expect.any(String), 'other inputs'],
    ],
    ['the model itself', { model: 'x' }, ['model', 'x', expect.any(String), 'other model']],
  ])('%s', (_, change, [column, was, now, because]) => {
    expect(found(verifyGrades(changed('ann', change), grades))).toEqual([
      ['ann', column, was, now, because],
    ]);
  });

  test('customers that are missing on either side, or appear twice', () => {
    const [ann, , cid] = stored();
    const verification = verifyGrades([ann, { ...cid, customer_id: 'zoe' }, cid, ann], grades);
    expect(found(verification)).toEqual([
      ['zoe', 'customer_id', 'zoe', null, 'not in the book'],
      ['ann', 'customer_id', 'ann', null, 'twice in the file'],
      ['bob', 'customer_id', null, 'bob', 'not in the file'],
    ]);
    expect(verification).toMatchObject({ agrees: false, customers: 2, differing: 0, found: 3 });
    const text = toText(verification);
    expect(text).toMatch(/^In the file, but not graded now: 1 customer\.$/m);
    expect(text).toMatch(/^Graded now, but not in the file: 1 customer\.$/m);
    expect(text).not.toMatch(/undefined|null|NaN/);
  });

  test('a column that the model does not give', () => {
    const given = stored().map((row, k) => ({ ...row, note: k === 1 ? 'checked' : null }));
    expect(found(verifyGrades(given, grades))).toEqual([['bob', 'note', 'checked', null, 'cell']]);
  });

  test('a cell that only one record lacks', () => {
    const given = stored();
    const { earned_premium: _, ...less } = given[1];
    expect(found(verifyGrades([given[0], less, given[2]], grades))).toEqual([
      ['bob', 'earned_premium', null, 900, 'cell'],
    ]);
  });

  test('columns that the file lacks are named, not compared', () => {
    const given = stored().map(({ model: _, inputs: __, loyalty: ___, ...row }) => row);
    const verification = verifyGrades(given, grades);
    expect(verification).toMatchObject({ agrees: true, notInFile: ['loyalty', 'model', 'inputs'] });
    expect(toText(verification)).toMatch(
      /Not in the file, so not compared: loyalty, model, inputs\.$/,
    );
  });

  test('the first ten are shown, all are counted', () => {
    const many = Array.from({ length: 15 }, (_, k) => customer(`c${k + 10}`));
    const of = graded(many);
    const given = records(of).map((row) => ({ ...row, claim_count: 7 }));
    const verification = verifyGrades(given, of);
    expect(verification.found).toBe(15);
    expect(verification.differences).toHaveLength(15);
    const text = toText(verification);
    expect(text.match(/^c\d\d /gm)).toHaveLength(10);
    expect(text).toMatch(/^claim_count +15$/m);
    expect(text).toContain('… and 5 differences more.');
  });
});

describe('what is refused', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['no grades', () => verifyGrades([], {} as Grades), /expected grades/],
    ['no rows at all', () => verifyGrades(null as unknown as Rows, grades), /expected the rows/],
    ['an empty file', () => verifyGrades([], grades), /expected graded customers, got no row/],
    [
      'rows of something else',
      () => verifyGrades(rows, grades),
      /graded file: expected a column "customer_id" \(did you mean "customerId"/,
    ],
    [
      'a file without a tier',
      () =>
        verifyGrades(
          stored().map(({ risk_tier: _, ...row }) => ({ ...row, risk_teir: 'x' })),
          grades,
        ),
      /expected a column "risk_tier" \(did you mean "risk_teir"/,
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(MisuseError);
    expect(call).toThrow(message);
  });
});
