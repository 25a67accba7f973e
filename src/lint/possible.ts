import type { Formula } from '../formulas/expression.js';
import type { Unit } from '../formulas/units.js';
import { described } from '../scoring/scores.js';

/** What values a name may have at all. */
export interface Domain {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  /** Values to look at where no rule names any. */
  readonly typical: readonly number[];
  readonly maybeMissing: boolean;
}

/** What a copy of a name, as it stands elsewhere or later, is a copy of. */
export const plainName = (name: string): string => name.slice(name.lastIndexOf(' ') + 1);

/** The values that a name may have; a copy (`worse claim_free_years`) is always known. */
export function domainOf(copy: string): Domain {
  const name = plainName(copy);
  const { unit, range = {} } = described.get(name) ?? {};
  const { known = false, ...said } = range;
  return {
    min: 0,
    max: unit === 'yes or no' ? 1 : Number.POSITIVE_INFINITY,
    whole: unit === 'count' || unit === 'yes or no',
    typical: typicalOf(unit),
    ...said,
    maybeMissing: copy === name && !known,
  };
}

function typicalOf(unit: Unit | undefined): readonly number[] {
  switch (unit) {
    case 'count':
      return [0, 1, 2];
    case 'yes or no':
      return [0, 1];
    case 'years':
      return [1, 3];
    case 'money':
    case 'money a year':
      return [1000];
    default:
      return [0.5, 1];
  }
}

/** Of two names the first is never above the second, where both are known. */
export const neverAbove: readonly (readonly [string, string])[] = [...described.values()].flatMap(
  ({ name, atMost }) => (atMost === undefined ? [] : [[name, atMost] as const]),
);

/**
 * Customers that there cannot be, so that none of them is shown as an example.
 *
 * @param windowYears how long claims are looked back on
 */
export function impossibleCustomers(windowYears: number): readonly Formula[] {
  const filled = (formula: Formula): Formula => {
    if (formula === 'window_years') return windowYears;
    return typeof formula === 'object' ? (formula.map(filled) as unknown as Formula) : formula;
  };
  return [
    ...neverAbove.map(([less, more]): Formula => ['>', less, more]),
    ...[...described.values()].flatMap(({ impossible = [] }) => impossible.map(filled)),
  ];
}
