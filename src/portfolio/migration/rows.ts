import { valueTiers } from '../../plan/value.js';
import type { OutputCell } from '../../report/grade-rows.js';
import { type Migration, movements } from './result.js';

/** What stands for a tier where a customer was graded but had no cover. */
const noCover = 'no cover';

/** The names of the columns of customers that moved or stayed, in the order of `migrationRows`. */
export function migrationHeader(): string[] {
  return [
    'customer_id',
    'movement',
    'risk_tier_before',
    'risk_tier_after',
    'value_tier_before',
    'value_tier_after',
    'service_tier_before',
    'service_tier_after',
    'annual_premium_before',
    'annual_premium_after',
    'rated_loss_ratio_before',
    'rated_loss_ratio_after',
    'change_a_year',
    'next_line',
    'next_line_at',
    'years_to_line',
    'warning',
  ];
}

/**
 * A function that gives the output row of one customer of a migration, in the order of the header;
 * null is what is not known. `movement` is by risk tier; `warning` is yes or no.
 */
export function migrationRows({
  columns,
  warnings,
  riskTiers,
  serviceTiers,
}: Pick<Migration, 'columns' | 'warnings' | 'riskTiers' | 'serviceTiers'>) {
  const { tiers } = columns;
  const named = (names: readonly string[], code: number) =>
    code < 0 ? null : (names[code] ?? noCover);
  return (row: number): OutputCell[] => {
    const line = warnings.lines[columns.line[row]];
    return [
      columns.customerIds[row],
      movements[columns.movement[row]],
      named(riskTiers.tiers, tiers.risk.before[row]),
      named(riskTiers.tiers, tiers.risk.after[row]),
      named(valueTiers, tiers.value.before[row]),
      named(valueTiers, tiers.value.after[row]),
      named(serviceTiers.tiers, tiers.service.before[row]),
      named(serviceTiers.tiers, tiers.service.after[row]),
      cell(columns.annualPremiumBefore[row]),
      cell(columns.annualPremiumAfter[row]),
      cell(columns.ratedBefore[row]),
      cell(columns.ratedAfter[row]),
      cell(columns.changeAYear[row]),
      line?.label ?? null,
      line?.value ?? null,
      cell(columns.yearsToLine[row]),
      columns.warned[row] ? 'yes' : 'no',
    ];
  };
}

function cell(value: number): OutputCell {
  return Number.isFinite(value) ? value : null;
}
