import type { OutputTable, OutputUnit } from '../../base/output.js';
import type { Profile, ProfileLevel } from './result.js';

const figures = [
  ['customers', 'count', 'customers'],
  ['exposure_years', 'years', 'exposureYears'],
  ['earned_premium', 'money', 'earnedPremium'],
  ['incurred_loss', 'money', 'incurred'],
  ['claim_count', 'count', 'claims'],
  ['loss_ratio', 'share', 'lossRatio'],
  ['loss_ratio_low', 'share', 'lossRatioLow'],
  ['loss_ratio_high', 'share', 'lossRatioHigh'],
  ['claim_frequency', 'number', 'claimFrequency'],
  ['high_risk_share', 'share', 'highRiskShare'],
  ['expected_claims', 'count', 'expectedClaims'],
  ['lift', 'number', 'lift'],
  ['lift_low', 'number', 'liftLow'],
  ['lift_high', 'number', 'liftHigh'],
  ['credible_lift', 'number', 'credibleLift'],
  ['credibility', 'share', 'credibility'],
  ['weight_of_evidence', 'number', 'weightOfEvidence'],
] as const satisfies readonly (readonly [string, OutputUnit, keyof ProfileLevel])[];

/** Every level of every attribute; null is what is not known. */
export function profileTable({ attributes }: Pick<Profile, 'attributes'>): OutputTable {
  const rows = attributes.flatMap(({ name, finding, levels }) =>
    levels.map((level) => ({ name, finding, level })),
  );
  return {
    length: rows.length,
    columns: [
      { name: 'attribute', unit: 'text', read: (row) => rows[row].name },
      { name: 'level', unit: 'text', read: (row) => rows[row].level.level },
      { name: 'finding', unit: 'code', read: (row) => rows[row].finding },
      ...figures.map(([name, unit, key]) => ({
        name,
        unit,
        read: (row: number) => rows[row].level[key],
      })),
    ],
  };
}
