import { didYouMean, MisuseError } from '../../base/errors.js';
import { type Grades } from '../../grading/assess.js';
import type { LuckMeasure } from './luck.js';

/** What a book can be looked at by, one value a customer. */
export const measures = ['premium', 'incurred', 'claims', 'profit', 'lifetime-value'] as const;
export type Measure = (typeof measures)[number];

/** What is known of a measure. */
interface MeasureEntry {
  /** What customers have of it, in words: "of the premium". */
  readonly label: string;
  /** Whether the label is a plural: "claims lie", "profit lies". */
  readonly plural: boolean;
  /** The largest first: the customers who come first, in words. */
  readonly first: string;
  /** What it is, in one sentence. */
  readonly definition: string;
  /** How chance deals it out; undefined where it is no matter of chance. */
  readonly luck: LuckMeasure | undefined;
  values(grades: Grades): Float64Array;
}

export const measureEntries: Readonly<Record<Measure, MeasureEntry>> = {
  premium: {
    label: 'premium',
    plural: false,
    first: 'those who pay most',
    definition: 'earned premium in the window',
    luck: undefined,
    values: ({ table }) => table.columns.earned_premium,
  },
  incurred: {
    label: 'losses',
    plural: true,
    first: 'the costliest',
    definition: 'incurred losses in the window',
    luck: 'incurred',
    values: ({ table }) => table.columns.incurred_loss,
  },
  claims: {
    label: 'claims',
    plural: true,
    first: 'those with most claims',
    definition: 'counted claims in the window',
    luck: 'claims',
    values: ({ table }) => table.columns.claim_count,
  },
  profit: {
    label: 'profit',
    plural: false,
    first: 'the most profitable',
    definition: 'earned premium − expenses − incurred losses in the window',
    luck: 'profit',
    values: (grades) => {
      const { incurred_loss: losses } = grades.table.columns;
      return incomeOf(grades).map((income, row) => income - losses[row]);
    },
  },
  'lifetime-value': {
    label: 'lifetime value',
    plural: false,
    first: 'the most valuable',
    definition: 'what the years after the present term are expected to bring, discounted',
    luck: undefined,
    values: (grades) => grades.scores.lifetime_value,
  },
};

/** Premium less expenses, by customer: earned premium × (1 − expense ratio). */
export function incomeOf({ table, model }: Grades): Float64Array {
  const kept = 1 - model.plan.pricing.expenseRatio;
  return table.columns.earned_premium.map((premium) => premium * kept);
}

/** The measure of a name; throws a `MisuseError` with the nearest one for any other. */
export function measureNamed(name: string, caller: string): Measure {
  const found = measures.find((measure) => measure === name);
  if (found) return found;
  throw new MisuseError(
    `${caller}: expected a measure among ${measures.join(', ')}, got "${name}"${didYouMean(name, measures)}`,
  );
}
