import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { camelCase } from '../../src/book/names.js';
import { gradeHeader, gradeRows } from '../../src/grading/grade-rows.js';
import {
  assess,
  type Customer,
  calibrate,
  type Grades,
  gradeAt,
  grader,
  indicators,
  type Override,
  type PlanInput,
  readBook,
  readModel,
  riskTiers,
  writeModel,
} from '../../src/index.js';
import { measuredIndicators } from '../../src/indicators/indicators.js';
import { anyMemory, anyPast } from '../support/memory.js';
import {
  asOf,
  type ClaimRow,
  type PolicyRow,
  randomPlan,
  shuffledRows,
  withPremium,
} from '../support/random-book.js';
import { runs } from '../support/slow.js';

const ranks: readonly string[] = riskTiers;

function gradesOf(policies: PolicyRow[], claims: ClaimRow[], plan: PlanInput): Grades {
  const table = indicators(readBook(policies, claims).book, { asOf, plan });
  return assess(table, calibrate(table, plan));
}

const allRows = (grades: Grades) =>
  Array.from({ length: grades.length }, (_, row) => gradeRows(grades)(row));

describe('laws', () => {
  test('a change of currency changes no tier, action, hint or reason', () => {
    fc.assert(
      fc.property(
        withPremium,
        randomPlan,
        fc.constantFrom(0.25, 8, 7.8, 100),
        (book, plan, rate) => {
          const before = gradesOf(book.policies, book.claims, plan);
          const after = gradesOf(
            book.policies.map((row) => ({ ...row, premium: row.premium * rate })),
            book.claims.map((row) => ({
              ...row,
              paid: row.paid * rate,
              reserve: row.reserve * rate,
            })),
            plan,
          );
          expect(after.tiers).toEqual(before.tiers);
          expect(after.hints).toEqual(before.hints);
          if (Number.isInteger(Math.log2(rate))) expect(after.reasons).toEqual(before.reasons);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  test('the order of rows changes nothing, to the last bit', () => {
    const shuffled = withPremium.chain(shuffledRows);
    fc.assert(
      fc.property(shuffled, randomPlan, ({ book, policies, claims }, plan) => {
        const before = gradesOf(book.policies, book.claims, plan);
        const after = gradesOf(policies, claims, plan);
        expect(after.model.hash).toBe(before.model.hash);
        expect(allRows(after)).toEqual(allRows(before));
      }),
      { numRuns: runs(60) },
    );
  });

  test('columns and records make the same book', () => {
    fc.assert(
      fc.property(withPremium, ({ policies, claims }) => {
        const columnsOf = <T extends object>(rows: T[]) =>
          Object.fromEntries(
            Object.keys(rows[0] ?? {}).map((name) => [
              name,
              rows.map((row) => row[name as keyof T]),
            ]),
          );
        fc.pre(claims.length > 0);
        expect(readBook(columnsOf(policies), columnsOf(claims))).toEqual(
          readBook(policies, claims),
        );
      }),
      { numRuns: runs(40) },
    );
  });

  test('one customer gets the grade of its row in the book', () => {
    fc.assert(
      fc.property(withPremium, randomPlan, (book, plan) => {
        const grades = gradesOf(book.policies, book.claims, plan);
        const grade = grader(grades.model);
        for (let row = 0; row < grades.length; row++) {
          const inBook = gradeAt(grades)(row);
          expect(grade(customerAt(grades, row), asOf)).toEqual({ ...inBook, attributes: {} });
          const cells = Object.fromEntries(
            gradeHeader(grades).map((name, c) => [name, gradeRows(grades)(row)[c]]),
          );
          expect(cells).toMatchObject({
            risk_tier: inBook.risk.tier,
            value_tier: inBook.value.tier,
            service_tier: inBook.service.tier,
            action: inBook.underwriting.action,
            expected_loss_ratio: inBook.risk.expectedLossRatio,
            expected_low: inBook.risk.interval[0],
            expected_high: inBook.risk.interval[1],
            indicated_change: inBook.underwriting.indicatedChange,
            reasons: inBook.reasons.map(({ code }) => code).join('|'),
            hints: inBook.underwriting.hints.map(({ code }) => code).join('|'),
            model: inBook.model.id,
            inputs: inBook.inputsHash.slice(0, 16),
          });
        }
      }),
      { numRuns: runs(30) },
    );
  });

  test('one customer with a standing or an override gets the grade of its row in the book', () => {
    fc.assert(
      fc.property(
        withPremium,
        randomPlan,
        fc.option(anyMemory),
        anyPast,
        (book, of, memory, past) => {
          const plan = { ...of, ...(memory && { memory }) };
          const table = indicators(readBook(book.policies, book.claims).book, { asOf, plan });
          const grades = assess(table, calibrate(table, plan), past);
          const grade = grader(grades.model);
          for (let row = 0; row < grades.length; row++) {
            const inBook = gradeAt(grades)(row);
            const own = ({ customerId }: { customerId: string }) => customerId === table.ids[row];
            const given = past.overrides.find(own);
            const { customerId: _, ...override } = given ?? { customerId: '' };
            const alone = grade(customerAt(grades, row), asOf, {
              standing: past.standings.find(own),
              override: given && (override as Override),
            });
            // Who has no past is graded without memory where the plan has none.
            const { standing } = alone.standing ? inBook : { standing: null };
            expect(alone).toEqual({ ...inBook, attributes: {}, standing });
            const cells = Object.fromEntries(
              gradeHeader(grades).map((name, c) => [name, gradeRows(grades)(row)[c]]),
            );
            expect(cells).toMatchObject({
              risk_tier: inBook.risk.tier,
              observed_tier: inBook.standing?.observedTier,
              held_by: inBook.standing?.heldBy,
              service_tier: inBook.service.tier,
              action: inBook.underwriting.action,
              indicated_change: inBook.underwriting.indicatedChange,
              reasons: inBook.reasons.map(({ code }) => code).join('|'),
            });
            expect(inBook.whyNot === null).toBe(inBook.risk.tier === 'excellent');
          }
        },
      ),
      { numRuns: runs(15) },
    );
  });

  test('one more claim never improves a tier', () => {
    fc.assert(
      fc.property(
        withPremium,
        randomPlan,
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.boolean(),
        (book, plan, amount, recently) => {
          const grades = gradesOf(book.policies, book.claims, plan);
          const grade = grader(grades.model);
          for (let row = 0; row < grades.length; row++) {
            const before = customerAt(grades, row);
            const after = {
              ...before,
              claimCount: before.claimCount + 1,
              incurredLoss: before.incurredLoss + amount,
              cappedLoss: Number(before.cappedLoss) + amount,
              largestClaim: Math.max(Number(before.largestClaim), amount),
              recentClaimCount: Number(before.recentClaimCount) + (recently ? 1 : 0),
              claimFreeYears: 0,
            };
            expect(rank(grade(after).risk.tier)).toBeGreaterThanOrEqual(
              rank(grade(before).risk.tier),
            );
          }
        },
      ),
      { numRuns: runs(60) },
    );
  });

  test('a longer time without a claim never worsens a tier', () => {
    fc.assert(
      fc.property(
        withPremium,
        randomPlan,
        fc.double({ min: 0, max: 30, noNaN: true }),
        (book, plan, more) => {
          const grades = gradesOf(book.policies, book.claims, plan);
          const grade = grader(grades.model);
          for (let row = 0; row < grades.length; row++) {
            const before = customerAt(grades, row);
            const after = { ...before, claimFreeYears: Number(before.claimFreeYears) + more };
            expect(rank(grade(after).risk.tier)).toBeLessThanOrEqual(rank(grade(before).risk.tier));
          }
        },
      ),
      { numRuns: runs(60) },
    );
  });

  test('the claim-free years that whyNot names do lead to the tier it names', () => {
    fc.assert(
      fc.property(withPremium, randomPlan, (book, plan) => {
        const grades = gradesOf(book.policies, book.claims, plan);
        for (let row = 0; row < grades.length; row++) {
          const { whyNot, risk } = gradeAt(grades)(row);
          expect(whyNot === null).toBe(risk.tier === 'excellent');
          if (whyNot?.tier) expect(rank(whyNot.tier)).toBeLessThan(rank(risk.tier));
        }
      }),
      { numRuns: runs(30) },
    );
  });

  test('a model written and read back scores the same to the last bit', () => {
    fc.assert(
      fc.property(withPremium, randomPlan, (book, plan) => {
        const grades = gradesOf(book.policies, book.claims, plan);
        const model = readModel(writeModel(grades.model));
        expect(model).toEqual(grades.model);
        expect(allRows(assess(grades.table, model))).toEqual(allRows(grades));
      }),
      { numRuns: runs(40) },
    );
  });

  test('nothing dated on or after the as-of date changes a grade', () => {
    fc.assert(
      fc.property(withPremium, randomPlan, (book, plan) => {
        const past = {
          policies: book.policies
            .filter(({ from }) => from < asOf)
            .map((row) => (row.cancelled_on >= asOf ? { ...row, cancelled_on: '' } : row)),
          claims: book.claims.filter(
            ({ occurred_on, reported_on }) => occurred_on < asOf && reported_on < asOf,
          ),
        };
        expect(allRows(gradesOf(past.policies, past.claims, plan))).toEqual(
          allRows(gradesOf(book.policies, book.claims, plan)),
        );
      }),
      { numRuns: runs(60) },
    );
  });
});

const rank = (tier: string) => ranks.indexOf(tier);

/** The measured indicators of a row as a service would hand them in. */
function customerAt({ table }: Grades, row: number): Customer {
  const measured = measuredIndicators.map((name) => [camelCase(name), table.columns[name][row]]);
  return Object.fromEntries([['customerId', table.ids[row]], ...measured]) as Customer;
}
