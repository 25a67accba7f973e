import fc from 'fast-check';
import { camelCase } from '../../src/book/names.js';
import {
  assess,
  type Customer,
  calibrate,
  type Grades,
  indicators,
  labelAt,
  type PlanInput,
  readBook,
  readExperience,
} from '../../src/index.js';
import { measuredIndicators } from '../../src/indicators/indicators.js';
import { asOf, type ClaimRow, type PolicyRow } from './random-book.js';

type Experience = NonNullable<PlanInput['experience']>;

export const methods = [
  'credibility-average',
  'frequency',
  'frequency-severity',
  'loss-ratio',
] as const;

/** The ways to weigh years and segments that a plan may add to any method. */
const options = {
  plain: {},
  'book-year': { relativeTo: 'book-year' },
  development: { development: { claims: { 12: 1.4, 36: 1.1 }, losses: { 18: 2, 30: 1.2 } } },
  fade: { fade: 0.6 },
  complement: { complement: 'line' },
  'all at once': { relativeTo: 'book-year', fade: 0.6, complement: 'line' },
} as const satisfies Record<string, Experience>;

/** Every method with every option, over both bases. */
export const anyExperience: fc.Arbitrary<Experience> = fc
  .tuple(
    fc.constantFrom(...methods),
    fc.constantFrom(...Object.values<Experience>(options)),
    fc.constantFrom('earned_premium' as const, 'exposure_years' as const),
    fc.constantFrom('unbiased' as const, 'iterative' as const),
  )
  .map(([method, option, base, estimator]) => ({ method, base, estimator, ...option }));

/** No cap, or one that scales with the currency. */
export const anyCap = fc.constantFrom<NonNullable<PlanInput['claims']>['cap']>(
  null,
  { quantile: 0.5 },
  { quantile: 0.9 },
  { premiums: 2 },
);

/** A book read, measured, calibrated on itself and graded. */
export function graded(
  { policies, claims }: { policies: PolicyRow[]; claims: ClaimRow[] },
  plan: PlanInput,
): Grades {
  const table = indicators(readBook(policies, claims).book, { asOf, plan });
  return assess(table, calibrate(table, plan));
}

/** One customer's year: `sum('Ann', 2023, 400, 2, 150)` is two claims of 150 in all on 400. */
export const sum = (
  customer_id: string,
  year: number,
  premium: number,
  claim_count: number,
  incurred: number,
  more: object = {},
) => ({
  customer_id,
  from: `${year}-01-01`,
  to: `${year + 1}-01-01`,
  premium,
  claim_count,
  incurred,
  ...more,
});
export type Sum = ReturnType<typeof sum>;

/** A book of yearly sums as of the first day of 2024, calibrated on itself and graded. */
export function gradedSums(rows: readonly Sum[], plan: PlanInput = {}): Grades {
  const table = indicators(readExperience(rows).book, { asOf: '2024-01-01', plan });
  return assess(table, calibrate(table, plan));
}

/** Customers few and odd: a premium of a cent, three days of cover, recoveries, huge claims, no line. */
export const nastySums: fc.Arbitrary<Sum[]> = fc
  .array(
    fc.record({
      line: fc.constantFrom('motor', 'motor', 'home', ''),
      years: fc.array(
        fc.option(
          fc.record({
            premium: fc.constantFrom(0, 0.01, 100, 100, 100, 137.31, 1e6),
            claims: fc.constantFrom(
              ...[
                [0, 0],
                [0, 0],
                [0, 0],
                [1, 100],
                [1, 100],
                [1, 50],
                [2, 200],
                [1, 0],
                [0, 30],
              ],
              ...[
                [1, -40],
                [5, 1e6],
                [40, 4000],
              ],
            ),
            cover: fc.constantFrom({}, {}, { brief: true }),
          }),
          { freq: 5 },
        ),
        { minLength: 3, maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((customers) => [
    // One that surely has premium and a line, for there to be a book at all.
    sum('anchor', 2022, 100, 0, 0, { line: 'motor' }),
    ...customers.flatMap(({ line, years }, c) =>
      years.flatMap((year, k) => {
        if (year === null) return [];
        const { premium, claims, cover } = year;
        const from = `${2021 + k}-03-01`;
        const days = 'brief' in cover ? { from, to: `${2021 + k}-03-04` } : {};
        return [sum(`c${c}`, 2021 + k, premium, claims[0], claims[1], { line, ...days })];
      }),
    ),
  ]);

/** A row of a table as a service would hand it in, with its years and attributes. */
export function customerAt({ table }: Pick<Grades, 'table'>, row: number): Customer {
  const measured = measuredIndicators.map((name) => [camelCase(name), table.columns[name][row]]);
  const labels = table.attributes.map((attribute) => [
    attribute.name,
    labelAt(attribute, row) ?? null,
  ]);
  const { cells } = table;
  const years = Array.from({ length: cells?.years ?? 0 }, (_, year) => {
    const cell = row * (cells?.years ?? 0) + year;
    return {
      exposureYears: cells?.exposureYears[cell] ?? 0,
      earnedPremium: cells?.earnedPremium[cell] ?? 0,
      claimCount: cells?.claimCount[cell] ?? 0,
      cappedLoss: cells?.cappedLoss[cell] ?? 0,
    };
  });
  return {
    customerId: table.ids[row],
    ...Object.fromEntries(measured),
    years,
    attributes: Object.fromEntries(labels),
  } as Customer;
}
