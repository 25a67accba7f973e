import fc from 'fast-check';
import { expect } from 'vitest';
import { MisuseError, readBook, UnusableDataError } from '../../src/index.js';
import { claim, policy } from './rows.js';

const cell = fc.oneof(
  fc.constantFrom('', 'NA', '9999-12-31', '1900-01-01', '2023-06-01T10:00:00Z', '(12.5)', '1e308'),
  fc.constantFrom('5e-324', '€ 3', '-7', '3.1E+17', 2 ** 60, Number.NaN, Number.POSITIVE_INFINITY),
  fc.anything({ maxDepth: 1 }),
  fc.string(),
  fc.date({ noInvalidDate: false }),
);
const row = (make: (row: object) => object, keys: readonly string[]) =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...keys), cell, { maxKeys: 2 }),
      fc.integer({ min: 0, max: 3 }),
    )
    .map(([changes, k]) => make({ policy_id: `A${k}`, customer_id: `C${k}`, ...changes }));
const rows = fc.tuple(
  fc.array(row(policy, ['customer_id', 'policy_id', 'from', 'to', 'premium', 'cancelled_on']), {
    minLength: 1,
    maxLength: 8,
  }),
  fc.array(row(claim, ['claim_id', 'policy_id', 'occurred_on', 'paid', 'reserve', 'status']), {
    maxLength: 8,
  }),
);

/** Reads books of mutated rows: rows and money in are rows and money used or in issues, or unknown. */
export function expectNothingLost(numRuns: number): void {
  fc.assert(
    fc.property(rows, ([policies, claims]) => {
      let read: ReturnType<typeof readBook>;
      try {
        read = readBook([policy({ policy_id: 'Z', customer_id: 'Z' }), ...policies], claims);
      } catch (error) {
        expect(error instanceof MisuseError || error instanceof UnusableDataError).toBe(true);
        return;
      }
      const { book, issues } = read;
      const [ofPolicies, ofClaims] = issues.verdict.tables;
      expect(ofPolicies.rows).toBe(policies.length + 1);
      expect(book.terms.length + ofPolicies.leftOut).toBe(ofPolicies.rows);
      expect(ofClaims.rows).toBe(claims.length);
      const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
      const close = (used: number, { money, moneyLeftOut }: typeof ofClaims) =>
        expect(Math.abs(used + moneyLeftOut - money)).toBeLessThanOrEqual(
          1e-9 * Math.abs(money) + 1e-6,
        );
      close(total(book.claims.incurred), ofClaims);
      close(total(book.terms.premium), ofPolicies);
    }),
    { numRuns },
  );
}
