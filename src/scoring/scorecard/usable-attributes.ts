import type { Attribute } from '../../base/columns.js';
import type { Table } from '../../indicators/table.js';
import type { Plan } from '../../plan/plan.js';
import { type Barred, barredAttribute } from '../../plan/protected.js';

/** The attributes of a table that may tell customers apart, and the others with the reason. */
export interface UsableAttributes {
  readonly used: readonly Attribute[];
  readonly excluded: readonly { readonly name: string; readonly because: string }[];
  /** Those used that would be left out, had the plan not allowed them by name; with its reason. */
  readonly allowed: readonly { readonly name: string; readonly because: string }[];
}

/**
 * Which attributes of a table may be used to tell customers apart. Excluded are those that the
 * prohibited grounds in force bar, and, whatever the jurisdiction, those that any of the starting
 * grounds protects (sex, race, religion, disability …), unless `prohibited.allowed` gives a reason for
 * the attribute, or for the grounds that bar it. Names match whatever their case and punctuation. An
 * attribute without any value is in neither list.
 *
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 900, exposureYears: 3, claimCount: 0, incurredLoss: 0, tenureYears: 3, annualPremium: 300, Gender: 'f', region: 'north' },
 * ]);
 * const { used, excluded } = usableAttributes(table, readPlan());
 * used.map(({ name }) => name); // => ['region']
 * excluded[0].because; // => 'protected whatever the place (eu-sex, uk-protected, ca-protected); prohibited.allowed can give a reason to use it'
 * ```
 */
export function usableAttributes(
  { attributes }: Table,
  plan: Pick<Plan, 'prohibited'>,
): UsableAttributes {
  const known = attributes.filter(({ codes }) => codes.some((code) => code >= 0));
  const judged = known.map((attribute) => ({
    attribute,
    barred: barredAttribute(attribute.name, plan),
  }));
  const named = (standing: Barred['standing']) =>
    judged.flatMap(({ attribute: { name }, barred }) =>
      barred?.standing === standing ? [{ name, because: barred.because }] : [],
    );
  return {
    used: judged.flatMap(({ attribute, barred }) =>
      barred?.standing === 'barred' ? [] : [attribute],
    ),
    excluded: named('barred'),
    allowed: named('allowed'),
  };
}
