import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readExperience } from '../../../src/book/read-experience.js';
import { calibrate } from '../../../src/grading/calibrate.js';
import { grader } from '../../../src/grading/grader.js';
import { indicators } from '../../../src/indicators/indicators.js';
import { readIndicators } from '../../../src/indicators/read-indicators.js';
import type { PlanInput } from '../../../src/plan/plan.js';
import { customerAt, gradedSums } from '../../support/experience.js';
import { shapes, simulatedExperience } from '../../support/simulated-experience.js';

const shape = { ...shapes.commercial, customers: 120 };
const asOf = '2006-01-01';
const seed = fc.integer({ min: 1, max: 1e6 });
const average: PlanInput = {
  experience: { method: 'credibility-average' },
  claims: { cap: { quantile: 0.99 } },
};
const calibrated = (of: number, factor = 1, plan: PlanInput = average) => {
  const rows = simulatedExperience(shape, 5, of).rows.map((row) => ({
    ...row,
    premium: row.premium * factor,
    incurred: row.incurred * factor,
  }));
  const table = indicators(readExperience(rows).book, { asOf, plan });
  return { table, model: calibrate(table, plan) };
};

describe('the credibility average', () => {
  test('never expects less of a customer for one more claim, or for a larger one', () => {
    fc.assert(
      fc.property(
        seed,
        fc.nat(40),
        fc.double({ min: 0, max: 1e5, noNaN: true }),
        (of, at, loss) => {
          const { table, model } = calibrated(of);
          const customer = customerAt({ table }, at);
          const grade = grader(model);
          const more = (claims: number) => ({
            ...customer,
            claimCount: customer.claimCount + claims,
            incurredLoss: customer.incurredLoss + loss,
            cappedLoss: (customer.cappedLoss ?? 0) + loss,
          });
          const expected = [customer, more(0), more(1)].map(
            (one) => grade(one).risk.expectedLossRatio ?? Number.NaN,
          );
          expect(expected[1]).toBeGreaterThanOrEqual(expected[0] - 1e-12);
          expect(expected[2]).toBeGreaterThanOrEqual(expected[1] - 1e-12);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('expects the same in any currency', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom(0.01, 7.3, 1000), (of, factor) => {
        const [own, other] = [calibrated(of), calibrated(of, factor)].map(({ table, model }) =>
          Array.from(
            { length: 40 },
            (_, row) => grader(model)(customerAt({ table }, row)).risk.expectedLossRatio,
          ),
        );
        own.forEach((value, row) => {
          expect(other[row]).toBeCloseTo(value ?? Number.NaN, 9);
        });
      }),
      { numRuns: 8 },
    );
  });

  test('expects of all customers together what the book lost, to 1e-9', () => {
    fc.assert(
      fc.property(seed, (of) => {
        const { scores, table } = gradedSums(
          simulatedExperience(shape, 5, of).rows.map(({ from, to, ...row }) => ({
            ...row,
            from: `${Number(from.slice(0, 4)) + 18}${from.slice(4)}`,
            to: `${Number(to.slice(0, 4)) + 18}${to.slice(4)}`,
          })),
          average,
        );
        const { earned_premium: premium, incurred_loss: incurred } = table.columns;
        const expected = premium.reduce(
          (all, value, row) => all + value * scores.expected_loss_ratio[row],
          0,
        );
        const lost = incurred.reduce((all, value) => all + value, 0);
        expect(expected / lost).toBeCloseTo(1, 9);
      }),
      { numRuns: 8 },
    );
  });

  test('says that nothing was learnt where no past year is known, and is wide there', () => {
    const rows = Array.from({ length: 60 }, (_, k) => ({
      customerId: String(k).padStart(2, '0'),
      earnedPremium: 1000,
      exposureYears: 1,
      claimCount: k % 4 === 0 ? 2 : 0,
      incurredLoss: k % 4 === 0 ? 2400 : 0,
      tenureYears: 1,
      annualPremium: 1000,
    }));
    const { table } = readIndicators(rows);
    const model = calibrate(table, average);
    const { experience } = model.parameters;
    expect(experience).toMatchObject({ method: 'credibility-average', learnt: null });
    expect(experience.notes.map(({ code }) => code)).toContain('not-learnt');
    const { expectedLossRatio, interval } = grader(model)(customerAt({ table }, 0)).risk;
    expect(interval[1]).toBeGreaterThan(1.5 * (expectedLossRatio ?? Number.NaN));
  });
});
