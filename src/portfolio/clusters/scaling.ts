import { quantile, sum } from '../../base/columns.js';
import type { Unit } from '../../formulas/units.js';
import { indicatorList } from '../../indicators/indicators.js';

/** How an indicator is made comparable with the others before distances are taken. */
export interface Scaling {
  readonly indicator: string;
  readonly label: string;
  readonly unit: Unit;
  /** Values beyond these are pulled in to them: the extremes of so many customers at each end. */
  readonly low: number;
  readonly high: number;
  /**
   * Amounts, ratios and rates enter as log(1 + |value| ÷ this), with their sign: the median of what is
   * not 0. Null where the plain value enters.
   */
  readonly middle: number | null;
  /** Mean and standard deviation of what enters, over all customers with every indicator known. */
  readonly mean: number;
  readonly deviation: number;
}

/** The share of customers at each end whose values are pulled in, and never fewer than one. */
export const pulledIn = 0.01;

/** Units in which twice as much is as large a step anywhere: they enter as logarithms. */
const multiplicative: readonly Unit[] = [
  'money',
  'money a year',
  'share',
  'claims a year',
  'claims per money',
];

/**
 * The scaling of an indicator, or undefined where its values are the same for all but the extremes,
 * so that it tells nobody apart.
 */
export function scalingOf(indicator: string, values: Float64Array): Scaling | undefined {
  const { label, unit } = indicatorList.find(({ name }) => name === indicator) ?? {
    label: indicator,
    unit: 'count',
  };
  const sorted = values.slice().sort();
  // By rank and not between neighbours: a part of the way to the farthest value is still far.
  const ends = Math.min(Math.max(1, Math.floor(pulledIn * sorted.length)), sorted.length - 1);
  const [low, high] = [sorted[ends], sorted[sorted.length - 1 - ends]];
  if (!(high > low)) return undefined;
  const within = values.map((value) => Math.min(Math.max(value, low), high));
  const sizes = within.filter((value) => value !== 0).map(Math.abs);
  const middle = multiplicative.includes(unit) && sizes.length > 0 ? quantile(sizes, 0.5) : null;
  const plain = { indicator, label, unit, low, high, middle, mean: 0, deviation: 1 };
  const entering = within.map((value) => scaled(value, plain));
  const mean = sum(entering) / entering.length;
  const deviation = Math.sqrt(sum(entering.map((value) => (value - mean) ** 2)) / entering.length);
  return { ...plain, mean, deviation };
}

/** A value as distances see it: pulled in, perhaps as a logarithm, in standard deviations from the mean. */
export function scaled(value: number, { low, high, middle, mean, deviation }: Scaling): number {
  const within = Math.min(Math.max(value, low), high);
  const entering =
    middle === null ? within : Math.sign(within) * Math.log1p(Math.abs(within) / middle);
  return (entering - mean) / deviation;
}
