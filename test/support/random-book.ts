import fc from 'fast-check';
import { isoFromDay } from '../../src/index.js';

export interface PolicyRow {
  customer_id: string;
  policy_id: string;
  from: string;
  to: string;
  premium: number;
  line: string;
  cancelled_on: string;
}
export interface ClaimRow {
  claim_id: string;
  policy_id: string;
  occurred_on: string;
  reported_on: string;
  paid: number;
  reserve: number;
  status: string;
}

/** The day at whose start random books are looked at. */
export const asOf = '2023-07-01';
const asOfDay = 19539;

const term = fc.record({
  gap: fc.constantFrom(0, 0, 0, 10, 200),
  days: fc.constantFrom(365, 366, 365, 180, 30, 730),
  premium: fc.integer({ min: 0, max: 200_000 }).map((cents) => cents / 100),
  cancelledAfter: fc.option(fc.integer({ min: 0, max: 364 }), { freq: 4 }),
  claims: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      lag: fc.integer({ min: 0, max: 400 }),
      paid: fc.integer({ min: -5_000, max: 2_000_000 }).map((cents) => cents / 100),
      reserve: fc.constantFrom(0, 0, 512.25),
      status: fc.constantFrom('open', 'closed', 'closed', 'nil', 'withdrawn', 'inquiry'),
    }),
    { maxLength: 3 },
  ),
});
const policy = fc.record({
  start: fc.integer({ min: asOfDay - 2200, max: asOfDay + 20 }),
  line: fc.constantFrom('motor', 'home', ''),
  terms: fc.array(term, { minLength: 1, maxLength: 6 }),
});

/** A small book with gaps, cancellations, late reports, several policies; one customer surely rated. */
export const randomBook = fc
  .array(fc.array(policy, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 12 })
  .map((customers) => {
    const policies: PolicyRow[] = [
      {
        customer_id: 'anchor',
        policy_id: 'anchor',
        from: '2021-01-01',
        to: '2024-01-01',
        premium: 900.5,
        line: 'motor',
        cancelled_on: '',
      },
    ];
    const claims: ClaimRow[] = [];
    customers.forEach((owned, c) => {
      owned.forEach(({ start, line, terms }, p) => {
        let day = start;
        terms.forEach(({ gap, days, premium, cancelledAfter, claims: claimed }, t) => {
          const from = day + gap;
          const to = from + days;
          const end = cancelledAfter === null ? to : Math.min(to, from + cancelledAfter);
          policies.push({
            customer_id: `c${c}`,
            policy_id: `c${c}p${p}`,
            from: isoFromDay(from),
            to: isoFromDay(to),
            premium,
            line,
            cancelled_on: cancelledAfter === null ? '' : isoFromDay(from + cancelledAfter),
          });
          claimed.forEach(({ at, lag, paid, reserve, status }, k) => {
            if (end === from) return;
            const occurred = from + Math.floor(at * (end - from));
            claims.push({
              claim_id: `c${c}p${p}t${t}k${k}`,
              policy_id: `c${c}p${p}`,
              occurred_on: isoFromDay(occurred),
              reported_on: isoFromDay(occurred + lag),
              paid,
              reserve,
              status,
            });
          });
          day = end;
        });
      });
    });
    return { policies, claims };
  });

export const randomPlan = fc.record({
  window: fc.record({ months: fc.constantFrom(12, 30, 36, 60) }),
  experience: fc.record({
    method: fc.constantFrom(...(['frequency', 'frequency-severity', 'loss-ratio'] as const)),
    base: fc.constantFrom('earned_premium' as const, 'exposure_years' as const),
    estimator: fc.constantFrom('unbiased' as const, 'iterative' as const),
  }),
  risk: fc.record({ basis: fc.constantFrom('credible' as const, 'observed' as const) }),
});

/** A book in which somebody pays. */
export const withPremium = randomBook.filter(({ policies }) =>
  policies.some(({ premium }) => premium > 0),
);

/** A book with the rows of both its files in another order beside it. */
export const shuffledRows = (book: { policies: PolicyRow[]; claims: ClaimRow[] }) =>
  fc.record({
    book: fc.constant(book),
    policies: fc.shuffledSubarray(book.policies, { minLength: book.policies.length }),
    claims: fc.shuffledSubarray(book.claims, { minLength: book.claims.length }),
  });
