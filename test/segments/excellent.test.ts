import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actions, permissibleLossRatio, readPlan, riskTiers } from '../../src/index.js';
import { gradedSums, nastySums } from '../support/experience.js';
import { shapes, simulatedExperience } from '../support/simulated-experience.js';

const permissible = permissibleLossRatio(readPlan());
const excellent = riskTiers.indexOf('excellent');

describe('an excellent customer of the default plan', () => {
  test('has no counted claim, two years of cover, is expected within permissible, and is never referred or restricted', () => {
    const simulated = fc.integer({ min: 1, max: 1e6 }).map((seed) =>
      simulatedExperience({ ...shapes.commercial, customers: 80 }, 4, seed).rows.map(
        ({ from, to, ...row }) => ({
          ...row,
          from: `${Number(from.slice(0, 4)) + 19}${from.slice(4)}`,
          to: `${Number(to.slice(0, 4)) + 19}${to.slice(4)}`,
        }),
      ),
    );
    let found = 0;
    fc.assert(
      fc.property(fc.oneof(nastySums, simulated), (rows) => {
        const { table, tiers, scores } = gradedSums(rows);
        tiers.risk_tier.forEach((tier, row) => {
          if (tier !== excellent) return;
          found++;
          expect(table.columns.claim_count[row]).toBe(0);
          expect(table.columns.exposure_years[row]).toBeGreaterThanOrEqual(2);
          expect(scores.expected_loss_ratio[row]).toBeLessThanOrEqual(permissible);
          expect(['renew', 'reprice']).toContain(actions[tiers.action[row]]);
        });
      }),
      { numRuns: 30 },
    );
    expect(found).toBeGreaterThan(0);
  });
});
