import fc from 'fast-check';
import { expect, test } from 'vitest';
import { twoWay } from '../../../src/scoring/scorecard/two-way.js';
import '../../support/seed.js';

test('where every cell expects as much, a cell has its row total × its column total ÷ all', () => {
  // Of an independent table that is what Pearson's test expects: 60 × 50 ÷ 100, and so on.
  const fitted = twoWay(Float64Array.of(40, 20, 10, 30), new Float64Array(4).fill(25), 2);
  expect([...fitted].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([30, 30, 20, 20]);
});

test('rows and columns have their claims, whatever was expected; empty cells stay empty', () => {
  const cell = fc.record({ claims: fc.nat(30), expected: fc.nat(20) });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 12, maxLength: 12 }), (cells) => {
      const expected = Float64Array.from(cells, (one) => one.expected);
      const claims = Float64Array.from(cells, (one) => (one.expected > 0 ? one.claims + 1 : 0));
      const fitted = twoWay(claims, expected, 4);
      const of = (values: Float64Array, own: (at: number) => boolean) =>
        values.reduce((total, value, at) => (own(at) ? total + value : total), 0);
      for (let row = 0; row < 3; row++) {
        const own = (at: number) => Math.floor(at / 4) === row;
        expect(of(fitted, own)).toBeCloseTo(of(claims, own), 4);
      }
      for (let column = 0; column < 4; column++) {
        const own = (at: number) => at % 4 === column;
        expect(of(fitted, own)).toBeCloseTo(of(claims, own), 4);
      }
      for (const [at, value] of expected.entries()) if (value === 0) expect(fitted[at]).toBe(0);
    }),
  );
});
