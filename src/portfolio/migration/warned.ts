import { yearCounter } from '../../base/calendar.js';
import { sum } from '../../base/columns.js';
import { riskTiersOf, unratedTier } from '../../plan/risk.js';
import { columnOn, type Pairs, type Side, tiersOn } from './pairs.js';
import type { MigrationColumns, PlanLine, Warning, Warnings, WentDown } from './result.js';
import { type Outlook, outlook, pacesOf, planLines } from './warnings.js';

/** The customers warned of, soonest first, and how many chance alone might give. */
export function warningsOf(
  pairs: Pairs,
  columns: MigrationColumns,
  seen: Outlook,
  lines: readonly PlanLine[],
  horizonYears: number,
): Omit<Warnings, 'trackRecord'> {
  const earned = columnOn(pairs.after, pairs.after.grades.table.columns.earned_premium, 0);
  const tiers = riskTiersOf(pairs.after.grades.model.plan);
  const list: Warning[] = [];
  for (let i = 0; i < pairs.length; i++) {
    if (!columns.warned[i]) continue;
    list.push({
      customerId: pairs.customerIds[i],
      tier: tiers[columns.tiers.risk.after[i]],
      before: columns.ratedBefore[i],
      after: columns.ratedAfter[i],
      changeAYear: seen.changeAYear[i],
      line: lines[seen.line[i]],
      tierBeyond: tiers[seen.tierBeyond[i]],
      yearsToLine: seen.yearsToLine[i],
      annualPremium: columns.annualPremiumAfter[i] || 0,
      earnedPremium: earned[i],
    });
  }
  // Ids stand sorted, and sorting keeps the order of equals.
  list.sort((a, b) => a.yearsToLine - b.yearsToLine || b.annualPremium - a.annualPremium);
  return {
    horizonYears,
    lines,
    customers: list.length,
    annualPremium: sum(list.map(({ annualPremium }) => annualPremium)),
    reversed: seen.warned.filter((warned) => warned === -1).length,
    list,
  };
}

/**
 * The same rule as it would have warned on the earlier day, from the third day to it, and how many of
 * those still in force on the later day had gone down a tier by then.
 */
export function trackRecord(
  third: Side,
  { before, after }: Pairs,
  horizonYears: number,
): NonNullable<Warnings['trackRecord']> {
  const { grades } = before;
  const days = [third.grades, grades].map(({ table }) => table.asOf ?? 0);
  const paces = pacesOf(third, before, yearCounter().yearsBetween(days[0], days[1]));
  const seen = outlook(grades, planLines(grades.model), paces, horizonYears);
  const then = tiersOn(before, 'risk');
  const later = tiersOn(after, 'risk');
  const unrated = unratedTier(grades.model.plan);
  const of = (belongs: (i: number) => boolean): WentDown => {
    let [customers, wentDown] = [0, 0];
    for (let i = 0; i < later.length; i++) {
      if (seen.line[i] < 0 || later[i] < 0 || later[i] >= unrated || !belongs(i)) continue;
      customers++;
      if (later[i] > then[i]) wentDown++;
    }
    return { customers, wentDown };
  };
  return {
    warned: of((i) => seen.warned[i] === 1),
    reversed: of((i) => seen.warned[i] === -1),
    others: of((i) => seen.warned[i] === 0),
  };
}
