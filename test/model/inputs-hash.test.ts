import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { customerHash } from '../../src/base/hash.js';
import { gradeHeader, gradeRows } from '../../src/grading/grade-rows.js';
import {
  assess,
  calibrate,
  gradeAt,
  grader,
  indicators,
  type PlanInput,
  readExperience,
} from '../../src/index.js';
import { measuredIndicators } from '../../src/indicators/indicators.js';
import { sealModel } from '../../src/model/model.js';
import { customerAt, gradedSums, sum } from '../support/experience.js';
import { fixedModel, steady } from '../support/fixed-model.js';

describe('the hash of what a model reads of a customer', () => {
  test('is SHA-256 of the id as JSON and of the measured indicators, 8 bytes each, the least first', () => {
    // The bytes as the documentation says them, hashed by Node's own SHA-256.
    const values: Record<string, number> = {
      earned_premium: 1200,
      exposure_years: 3,
      claim_count: 0,
      incurred_loss: 0,
      set_aside_claim_count: 0,
      set_aside_loss: 0,
      capped_loss: 0,
      tenure_years: 3,
      annual_premium: 400,
    };
    const bytes = measuredIndicators.map((name) => {
      const eight = Buffer.alloc(8);
      if (name in values) eight.writeDoubleLE(values[name]);
      else eight.set([0, 0, 0, 0, 0, 0, 0xf8, 0x7f]);
      return eight;
    });
    const expected = createHash('sha256')
      .update('["steady"]')
      .update(Buffer.concat(bytes))
      .digest('hex');
    expect(grader(fixedModel())(steady).inputsHash).toBe(expected);
  });

  test('covers what the model names, so that figures which later releases measure do not change it', () => {
    const { plan, parameters, fittedOn } = fixedModel();
    const named = ['claim_count', 'exposure_years'];
    const model = sealModel({ plan, parameters: { ...parameters, inputs: named }, fittedOn });
    const hash = (changes: Partial<typeof steady>) =>
      grader(model)({ ...steady, ...changes }).inputsHash;
    expect(hash({})).toBe(customerHash(['steady'], [0, 3]));
    expect(hash({ incurredLoss: 12, largestClaim: 12 })).toBe(hash({}));
    expect(hash({ claimCount: 1 })).not.toBe(hash({}));
    const calibrated = gradedSums([sum('Ann', 2022, 400, 1, 90)]).model;
    expect(calibrated.parameters.inputs).toEqual(measuredIndicators);
  });

  test('is that of a published example where there are no figures: SHA-256 of the text []', () => {
    // echo -n '[]' | sha256sum
    expect(customerHash([], [])).toBe(
      '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945',
    );
  });

  test('is one for every missing figure and for 0 of either sign, and another for all else', () => {
    const payload = new Float64Array(new BigUint64Array([0x7ff8_0000_0000_1234n]).buffer)[0];
    expect(customerHash(['a'], [payload, -0])).toBe(customerHash(['a'], [Number.NaN, 0]));
    const others = [
      customerHash(['a'], [0, 0]),
      customerHash(['a'], [0, 0.01]),
      customerHash(['a'], [0.01, 0]),
      customerHash(['a'], [Number.NaN, 0]),
      customerHash(['b'], [0, 0]),
      customerHash(['a', null], [0, 0]),
      customerHash(['a', 'null'], [0, 0]),
      customerHash(['a', ''], [0, 0]),
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  test.each<[string, object]>([
    ['one cent of premium', { earnedPremium: 1200.01 }],
    ['one cent of losses', { incurredLoss: 0.01 }],
    ['another id', { customerId: 'steady2' }],
    ['a figure that was missing', { policyCount: 1 }],
  ])('changes with %s', (_, change) => {
    const grade = grader(fixedModel());
    expect(grade({ ...steady, ...change }).inputsHash).not.toBe(grade(steady).inputsHash);
  });

  test('does not change with the model, the day, or an attribute that the model does not read', () => {
    const { inputsHash } = grader(fixedModel())(steady);
    const strict = fixedModel({ risk: { minimumExposureYears: 2 } });
    expect(grader(strict)(steady, '2024-01-01').inputsHash).toBe(inputsHash);
    expect(grader(strict)({ ...steady, line: 'motor' }).inputsHash).toBe(inputsHash);
  });
});

describe.each<[string, PlanInput]>([
  ['segments', { experience: { complement: 'line' } }],
  ['years', { experience: { relativeTo: 'book-year', fade: 0.6 } }],
  ['both', { experience: { fade: 0.6, complement: 'line' }, window: { months: 36 } }],
])('with a model that reads %s', (_, plan) => {
  const rows = ['motor', 'home'].flatMap((line, l) =>
    [0, 1, 2, 3].flatMap((c) =>
      [2021, 2022, 2023].map((year) => {
        const claims = (c + year) % (3 - l) === 0 ? 1 : 0;
        return sum(`${line}${c}`, year, 400, claims, 300 * claims, { line });
      }),
    ),
  );
  const grades = gradedSums(rows, plan);

  test('a service, a row of the book and the graded file give the same hash', () => {
    const grade = grader(grades.model);
    const at = gradeHeader(grades).indexOf('inputs');
    for (let row = 0; row < grades.length; row++) {
      const { inputsHash } = gradeAt(grades)(row);
      expect(grade(customerAt(grades, row)).inputsHash).toBe(inputsHash);
      expect(gradeRows(grades)(row)[at]).toBe(inputsHash.slice(0, 16));
    }
  });

  test('what it reads is in the hash', () => {
    const read = (change: (row: (typeof rows)[number]) => object) => {
      const { book } = readExperience(rows.map((row) => ({ ...row, ...change(row) })));
      const table = indicators(book, { asOf: '2024-01-01', plan });
      return gradeAt(assess(table, grades.model))(0).inputsHash;
    };
    const whole = gradeAt(grades)(0).inputsHash;
    expect(read(() => ({}))).toBe(whole);
    const moved = read(({ customer_id }) => (customer_id === 'home0' ? { line: 'boat' } : {}));
    // As much premium in all, a part of it a year earlier: the two years before the latest.
    const shifted = read(({ customer_id, from, premium }) => {
      const more = { '2021-01-01': 8, '2022-01-01': -8 }[from] ?? 0;
      return customer_id === 'home0' ? { premium: premium + more } : {};
    });
    const { complement, years } = grades.model.parameters;
    expect([complement, years].filter((part) => part !== undefined)).not.toEqual([]);
    // Two labels that the model does not know weigh alike, and are still two.
    const unknown = read(({ customer_id }) => (customer_id === 'home0' ? { line: 'yacht' } : {}));
    expect(moved !== whole).toBe(complement !== undefined);
    expect(unknown !== moved).toBe(complement !== undefined);
    expect(shifted !== whole).toBe(years !== undefined);
  });

  test('calibrating again on the same book gives the same hashes', () => {
    const again = assess(grades.table, calibrate(grades.table, plan));
    expect(gradeAt(again)(3).inputsHash).toBe(gradeAt(grades)(3).inputsHash);
  });
});
