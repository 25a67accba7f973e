import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  gradeAt,
  indicators,
  type PlanInput,
  readBook,
  readModel,
  type Table,
  writeModel,
} from '../../../src/index.js';
import { modelNotes } from '../../../src/scoring/notes.js';
import {
  anyCap,
  anyExperience,
  graded,
  gradedSums,
  methods,
  nastySums,
  sum,
} from '../../support/experience.js';
import { withPremium } from '../../support/random-book.js';
import { claim, policy } from '../../support/rows.js';
import { runs } from '../../support/slow.js';

type Cap = NonNullable<PlanInput['claims']>['cap'];

const total = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** A book of Ann's, as of the first day of 2024. */
function measured(cap: Cap, claims: object[], policies: object[] = [policy()]): Table {
  return indicators(readBook(policies as [], claims as []).book, {
    asOf: '2024-01-01',
    plan: { claims: { cap } },
  });
}

describe('the cap on a claim', () => {
  test('as an amount holds for each claim; recoveries count whole', () => {
    const table = measured(
      100,
      [150, 90, 500, -40].map((paid, k) => claim({ claim_id: k, paid })),
    );
    const { capped_loss, excess_loss } = table.columns;
    expect([capped_loss[0], excess_loss[0]]).toEqual([100 + 90 + 100 - 40, 50 + 400]);
    expect(table.cap).toEqual({ amount: 100 });
  });

  // Of the counted claims −50, 0, 100, 400 and 1000; a withdrawn one counts by its money alone.
  test.each([
    [0.5, 100, 100 + 100 + 100 + 100 - 50],
    [0.8, 400, 400 + 100 + 200 + 400 - 50],
    [0.9, 1000, 400 + 100 + 200 + 1000 - 50],
  ])(
    'as the quantile %d is what that share of the counted claims in the window cost at most',
    (quantile, amount, capped) => {
      const table = measured(
        { quantile },
        [
          claim({ claim_id: 1, paid: 400 }),
          claim({ claim_id: 2, paid: 60, reserve: 40 }),
          // It does not count as a claim, but its money does.
          claim({ claim_id: 3, paid: 200, status: 'withdrawn' }),
          claim({ claim_id: 4, paid: 1000 }),
          claim({ claim_id: 5, paid: -50 }),
          claim({ claim_id: 6, paid: 0 }),
          claim({ claim_id: 7, paid: 9999, occurred_on: '2020-12-31' }),
          claim({ claim_id: 8, paid: 9999, reported_on: '2024-01-01' }),
        ],
        [policy(), policy({ from: '2020-01-01', to: '2021-01-01' })],
      );
      expect((table.cap as { amount: number }).amount).toBeCloseTo(amount, 10);
      expect(table.columns.capped_loss[0]).toBeCloseTo(capped, 10);
    },
  );

  test('as a quantile of a book without a claim above 0 caps nothing', () => {
    expect(measured({ quantile: 0.5 }, [claim({ paid: -5 })]).cap).toBeNull();
    expect(measured({ quantile: 0.5 }, []).columns.capped_loss).toEqual(Float64Array.of(0));
  });

  test.each([
    ['a year', { from: '2023-01-01', to: '2024-01-01', premium: 400 }, 400],
    ['a leap year', { from: '2023-04-01', to: '2024-04-01', premium: 400 }, 400],
    ['30 days', { from: '2023-05-01', to: '2023-05-31', premium: 30 }, (30 * 366) / 30],
    ['two years', { from: '2022-01-01', to: '2024-01-01', premium: 800 }, (800 * 12) / 24],
    [
      'a year, cancelled',
      { from: '2023-01-01', to: '2024-01-01', premium: 400, cancelled_on: '2023-06-01' },
      400,
    ],
    ['a year without premium', { from: '2023-01-01', to: '2024-01-01', premium: 0 }, 0],
  ])('as a multiple of premiums makes the premium of a term of %s annual', (_, term, annual) => {
    const { columns, cap } = measured(
      { premiums: 2.5 },
      [claim({ paid: 9000 })],
      [
        policy(term),
        // Another term's premium is none of the claim's.
        policy({ policy_id: 'A2', premium: 7 }),
      ],
    );
    expect(columns.capped_loss[0]).toBeCloseTo(2.5 * annual, 9);
    expect(cap).toEqual({ premiums: 2.5 });
  });

  test('holds for each claim of a yearly sum, taken to have cost the same, which is noted', () => {
    const rows = [
      sum('Ann', 2022, 400, 3, 250),
      sum('Ann', 2023, 400, 1, 80),
      sum('Bob', 2023, 400, 2, 1000),
      sum('Bob', 2022, 200, 0, 0),
    ];
    const capped = (cap: Cap) => gradedSums(rows, { claims: { cap } }).table;
    const note =
      'single claims are not known: the claims of a yearly sum are taken to have cost the same each, and each counts up to the cap';
    expect([...capped(100).columns.capped_loss]).toEqual([250 + 80, 200]);
    // Of one claim of 80, three of 250 ÷ 3 and two of 500 the middle ones cost 250 ÷ 3.
    const middle = capped({ quantile: 0.5 }).columns.capped_loss;
    expect(middle[0]).toBeCloseTo(330, 10);
    expect(middle[1]).toBeCloseTo((2 * 250) / 3, 10);
    expect([...capped({ premiums: 0.5 }).columns.capped_loss]).toEqual([330, 400]);
    expect(capped(100).notes).toContain(note);
    expect(capped(null).notes).not.toContain(note);
    expect(measured(100, [claim()]).notes).not.toContain(note);
  });
});

describe('the losses of a book', () => {
  test('are those up to the cap and those above it, by customer, by year and in the model', () => {
    fc.assert(
      fc.property(withPremium, anyCap, (book, cap) => {
        const { table, model } = graded(book, { claims: { cap } });
        const { incurred_loss, capped_loss, excess_loss, largest_claim } = table.columns;
        const years = table.cells?.years ?? 0;
        for (let row = 0; row < table.length; row++) {
          expect(capped_loss[row] + excess_loss[row]).toBeCloseTo(incurred_loss[row], 6);
          expect(excess_loss[row]).toBeGreaterThanOrEqual(0);
          const byYear = table.cells?.cappedLoss.slice(row * years, (row + 1) * years);
          expect(total(byYear ?? [])).toBeCloseTo(capped_loss[row], 6);
          if (table.cap && 'amount' in table.cap) {
            expect(excess_loss[row] > 0).toBe(largest_claim[row] > table.cap.amount);
          }
        }
        const { losses } = model.parameters;
        expect((losses?.cappedLoss ?? 0) + (losses?.excessLoss ?? 0)).toBeCloseTo(
          total(incurred_loss),
          6,
        );
      }),
      { numRuns: runs(60) },
    );
  });

  const expectKept = ({ table, scores, model }: ReturnType<typeof graded>) => {
    const { earned_premium, incurred_loss } = table.columns;
    const expected = Array.from(earned_premium, (premium, row) =>
      premium > 0 ? premium * scores.expected_loss_ratio[row] : 0,
    );
    const scale = total(incurred_loss.map(Math.abs)) + total(expected.map(Math.abs));
    expect(Math.abs(total(expected) - total(incurred_loss))).toBeLessThanOrEqual(1e-9 * scale);
    // What was measured says so too.
    const { balance } = model.parameters;
    expect((balance?.expectedLoss ?? 0) * (balance?.factor ?? 0)).toBeCloseTo(
      balance?.actualLoss ?? Number.NaN,
      4,
    );
  };

  test('come back as Σ expected loss ratio × earned premium, whatever is capped, by every method', () => {
    fc.assert(
      fc.property(withPremium, anyExperience, anyCap, (book, experience, cap) => {
        fc.pre(!('development' in experience));
        expectKept(graded(book, { experience, claims: { cap } }));
      }),
      { numRuns: runs(150) },
    );
  });

  test('come back in the oddest of books too', () => {
    fc.assert(
      fc.property(nastySums, anyExperience, anyCap, (rows, experience, cap) => {
        // An experience year of nothing but recoveries has no level to compare with.
        fc.pre(!('development' in experience || 'relativeTo' in experience));
        const grades = gradedSums(rows, { experience, claims: { cap } });
        const { balance, experience: fitted } = grades.model.parameters;
        // Recoveries may weigh so much that no factor helps: then it is said.
        if (balance && balance.actualLoss > 0 && balance.expectedLoss <= 0) {
          expect(modelNotes(fitted.notes).join()).toContain('no factor makes them add up');
        } else expectKept(grades);
      }),
      { numRuns: runs(150) },
    );
  });

  test.each(methods)(
    'above the cap are borne by all in proportion to what is expected of them: %s',
    (method) => {
      const plan: PlanInput = { experience: { method }, claims: { cap: 300 } };
      const rows = (largest: number) => [
        ...[0, 1, 2].flatMap((k) => [
          sum('Ann', 2021 + k, 400, 1, 200 + 10 * k),
          sum('Bob', 2021 + k, 400, 0, 0),
          sum('Cid', 2021 + k, 500, 4, 280),
        ]),
        sum('Dan', 2023, 300, 1, largest),
      ];
      const expected = (largest: number) =>
        gradedSums(rows(largest), plan).scores.expected_loss_ratio;
      // Σ incurred: 630 + 840 of Ann and Cid, and Dan's.
      const factor = (1470 + 5300) / (1470 + 300);
      const [before, after] = [expected(300), expected(5300)];
      for (const [row, ratio] of after.entries()) {
        expect(ratio / (factor * before[row])).toBeCloseTo(1, 12);
      }
      expect(new Set(before).size).toBeGreaterThan(2);
    },
  );

  test('above the cap that are spread are a reason', () => {
    const grade = (paid: number, cap: Cap) => {
      const plan: PlanInput = { claims: { cap } };
      const table = measured(cap, [claim({ paid })]);
      return gradeAt(assess(table, calibrate(table, plan)))(0);
    };
    const spread = grade(1000, 300).reasons.find(({ code }) => code === 'large-losses-spread');
    expect(spread).toEqual({
      code: 'large-losses-spread',
      text: '700.00 of the losses lies above the cap and is spread over the whole book; 300.00 lies below it',
      indicator: 'excess_loss',
      observed: 700,
      compared: 300,
      favours: true,
    });
    for (const [paid, cap] of [
      [300, 300],
      [1000, null],
    ] as const) {
      const codes = grade(paid, cap).reasons.map(({ code }) => code);
      expect(codes).not.toContain('large-losses-spread');
    }
  });
});

describe('a cap that was a quantile of the book', () => {
  const plan: PlanInput = { claims: { cap: { quantile: 0.5 } } };
  const bookOf = (...amounts: number[]) =>
    readBook(
      [policy()],
      amounts.map((paid, k) => claim({ claim_id: k, paid })),
    ).book;
  const asOf = '2024-01-01';
  const fitted = (...amounts: number[]) =>
    calibrate(indicators(bookOf(...amounts), { asOf, plan }), plan);
  const later = bookOf(50, 500, 5000);

  test('stays what it was for a later book measured by the model', () => {
    const model = readModel(writeModel(fitted(100, 200, 300)));
    const table = indicators(later, { asOf, model });
    expect(table.cap).toEqual({ amount: 200 });
    expect(table.columns.capped_loss[0]).toBe(50 + 200 + 200);
    expect(assess(table, model).length).toBe(1);
  });

  test('is refused where a table was measured with another', () => {
    const model = fitted(100, 200, 300);
    expect(() => assess(indicators(later, { asOf, plan }), model)).toThrow(
      'assess: the table was measured with the cap {"amount":500}, the model has {"amount":200}; measure with indicators(book, { asOf, model })',
    );
    expect(() => indicators(later, { asOf, plan, model })).toThrow(
      'expected plan or model, not both',
    );
  });

  test("stays none where the model's book had no claim", () => {
    const model = fitted();
    const table = indicators(later, { asOf, model });
    expect([table.cap, table.columns.excess_loss[0]]).toEqual([null, 0]);
    expect(assess(table, model).length).toBe(1);
  });

  test('need not be looked up for an amount or a multiple of premiums', () => {
    for (const cap of [300, { premiums: 2 }]) {
      const fixed: PlanInput = { claims: { cap } };
      const model = calibrate(indicators(bookOf(100), { asOf, plan: fixed }), fixed);
      expect(assess(indicators(later, { asOf, plan: fixed }), model).length).toBe(1);
    }
  });
});

test('an amount as a cap scales with the currency, the others by themselves', () => {
  fc.assert(
    fc.property(
      withPremium,
      anyExperience,
      fc.constantFrom(250, { quantile: 0.75 }, { premiums: 1.5 }),
      fc.constantFrom(0.25, 8),
      (book, experience, cap, rate) => {
        const before = graded(book, { experience, claims: { cap } });
        const exchanged = {
          policies: book.policies.map((row) => ({ ...row, premium: row.premium * rate })),
          claims: book.claims.map((row) => ({
            ...row,
            paid: row.paid * rate,
            reserve: row.reserve * rate,
          })),
        };
        const amount = typeof cap === 'number' ? cap * rate : cap;
        const after = graded(exchanged, { experience, claims: { cap: amount } });
        expect(after.tiers).toEqual(before.tiers);
        // By a power of two even the last bit stays, and money is so many times the money.
        const money = /^(lifetime_(value|low|high)|annual_profit|profit_at_stake)$/;
        const exchangedScores = Object.entries(before.scores).map(([name, column]) => [
          name,
          money.test(name) ? column.map((value) => value * rate) : column,
        ]);
        expect(after.scores).toEqual(Object.fromEntries(exchangedScores));
      },
    ),
    { numRuns: runs(60) },
  );
});
