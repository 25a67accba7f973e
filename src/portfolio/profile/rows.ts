import type { OutputCell } from '../../report/grade-rows.js';
import type { Profile, ProfileLevel } from './result.js';

const figures = [
  ['customers', 'customers'],
  ['exposure_years', 'exposureYears'],
  ['earned_premium', 'earnedPremium'],
  ['incurred_loss', 'incurred'],
  ['claim_count', 'claims'],
  ['loss_ratio', 'lossRatio'],
  ['loss_ratio_low', 'lossRatioLow'],
  ['loss_ratio_high', 'lossRatioHigh'],
  ['claim_frequency', 'claimFrequency'],
  ['high_risk_share', 'highRiskShare'],
  ['expected_claims', 'expectedClaims'],
  ['lift', 'lift'],
  ['lift_low', 'liftLow'],
  ['lift_high', 'liftHigh'],
  ['credible_lift', 'credibleLift'],
  ['credibility', 'credibility'],
  ['weight_of_evidence', 'weightOfEvidence'],
] as const satisfies readonly (readonly [string, keyof ProfileLevel])[];

/** The names of the columns of levels, in the order of `profileRows`. */
export function profileHeader(): string[] {
  return ['attribute', 'level', 'finding', ...figures.map(([name]) => name)];
}

/** Every level of every attribute as an output row; null is what is not known. */
export function profileRows({ attributes }: Profile): OutputCell[][] {
  return attributes.flatMap(({ name, finding, levels }) =>
    levels.map((level) => [name, level.level, finding, ...figures.map(([, key]) => level[key])]),
  );
}
