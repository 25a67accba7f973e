import { numberCell, type OutputColumn, type OutputTable } from '../../base/output.js';
import { valueTiers } from '../../plan/value.js';
import { type Migration, movements } from './result.js';

/** What stands for a tier where a customer was graded but had no cover. */
const noCover = 'no cover';

/**
 * The customers of a migration; null is what is not known. `movement` is by risk tier; `warning` is
 * yes or no.
 */
export function migrationTable({
  columns,
  warnings,
  riskTiers,
  serviceTiers,
}: Pick<Migration, 'columns' | 'warnings' | 'riskTiers' | 'serviceTiers'>): OutputTable {
  const { tiers } = columns;
  const tierColumns = (kind: keyof typeof tiers, names: readonly string[]): OutputColumn[] =>
    (['before', 'after'] as const).map((when) => ({
      name: `${kind}_tier_${when}`,
      unit: 'code',
      read: (row) => {
        const code = tiers[kind][when][row];
        return code < 0 ? null : (names[code] ?? noCover);
      },
    }));
  const figure = (
    name: string,
    unit: OutputColumn['unit'],
    values: ArrayLike<number>,
  ): OutputColumn => ({ name, unit, read: (row) => numberCell(values[row]) });
  const lineOf = (row: number) => warnings.lines[columns.line[row]];
  return {
    length: columns.customerIds.length,
    columns: [
      { name: 'customer_id', unit: 'text', read: (row) => columns.customerIds[row] },
      { name: 'movement', unit: 'code', read: (row) => movements[columns.movement[row]] },
      ...tierColumns('risk', riskTiers.tiers),
      ...tierColumns('value', valueTiers),
      ...tierColumns('service', serviceTiers.tiers),
      figure('annual_premium_before', 'money', columns.annualPremiumBefore),
      figure('annual_premium_after', 'money', columns.annualPremiumAfter),
      figure('rated_loss_ratio_before', 'share', columns.ratedBefore),
      figure('rated_loss_ratio_after', 'share', columns.ratedAfter),
      figure('change_a_year', 'share', columns.changeAYear),
      { name: 'next_line', unit: 'text', read: (row) => lineOf(row)?.label ?? null },
      { name: 'next_line_at', unit: 'share', read: (row) => lineOf(row)?.value ?? null },
      figure('years_to_line', 'years', columns.yearsToLine),
      { name: 'warning', unit: 'code', read: (row) => (columns.warned[row] ? 'yes' : 'no') },
    ],
  };
}
