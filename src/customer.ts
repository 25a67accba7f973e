import { numberReader } from './doors/cells.js';
import { camelCase } from './doors/names.js';
import { measuredIndicators } from './indicators/indicators.js';
import { indicatorFields, requiredIndicators } from './indicators/read-indicators.js';
import { didYouMean, MisuseError, shown } from './misuse.js';
import type { Model, YearWeights } from './model.js';
import { segmentInput } from './scoring/complement.js';
import { yearFigureNames, yearName } from './scoring/years.js';

/** One customer's measured indicators, under their camelCase names; the first seven must be there. */
export interface Customer {
  readonly customerId: string | number;
  readonly earnedPremium: number;
  readonly exposureYears: number;
  readonly claimCount: number;
  readonly incurredLoss: number;
  readonly tenureYears: number;
  readonly annualPremium: number;
  /** Losses up to the plan's cap; as incurred when left out. */
  readonly cappedLoss?: number | null;
  readonly largestClaim?: number | null;
  readonly recentExposureYears?: number | null;
  readonly recentClaimCount?: number | null;
  readonly claimFreeYears?: number | null;
  readonly policyCount?: number | null;
  readonly lineCount?: number | null;
  readonly renewals?: number | null;
  /** 1 when nothing is in force. */
  readonly lapsed?: number | null;
  readonly line?: string | null;
  readonly channel?: string | null;
  readonly branch?: string | null;
  /** Experience years, the latest first, for models that weigh years apart. */
  readonly years?: readonly CustomerYear[];
  /** Further attributes, for models that weigh customers against those who share one. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What one experience year of a customer came to. */
export interface CustomerYear {
  readonly exposureYears: number;
  readonly earnedPremium: number;
  readonly claimCount: number;
  /** Losses up to the plan's cap. */
  readonly cappedLoss: number;
}

const reader = numberReader();
const fieldsByKey = new Map(indicatorFields.map((field) => [camelCase(field.name), field]));

/** A customer's id and indicators by name, NaN where left out; the same rules as for rows of a file. */
export function checkedCustomer(
  customer: Customer,
  { parameters }: Model,
): { customerId: string; measured: Record<string, number>; attributes: Record<string, string> } {
  if (typeof customer !== 'object' || customer === null) {
    throw new MisuseError(`grader: expected a customer's indicators, got ${shown(customer)}`);
  }
  const { customerId, years, attributes: further = {}, ...fields } = customer;
  if (!(typeof customerId === 'number' || (typeof customerId === 'string' && customerId !== ''))) {
    throw new MisuseError(
      `grader: expected a text or number for customerId, got ${shown(customerId)}`,
    );
  }
  const measured: Record<string, number> = {};
  const attributes: Record<string, string> = { ...further };
  for (const name of measuredIndicators) measured[name] = Number.NaN;
  for (const [key, value] of Object.entries(fields)) {
    const field = fieldsByKey.get(key);
    if (!field) {
      const near = didYouMean(key, [...fieldsByKey.keys()]);
      throw new MisuseError(`grader: "${key}" is no measured indicator${near}`);
    }
    if (value === null || value === undefined) continue;
    if (field.kind === 'text' || field.kind === 'day') {
      attributes[field.name] = String(value);
      continue;
    }
    const read = typeof value === 'number' ? reader[field.kind](value) : reader.number(Number.NaN);
    if (typeof read !== 'number') {
      throw new MisuseError(`grader: expected ${read.expected} for ${key}, got ${shown(value)}`);
    }
    measured[field.name] = read;
  }
  for (const name of requiredIndicators) {
    if (!Number.isNaN(measured[name])) continue;
    throw new MisuseError(`grader: expected a number for ${camelCase(name)}, got nothing`);
  }
  if (Number.isNaN(measured.capped_loss)) measured.capped_loss = measured.incurred_loss;
  if (parameters.years) Object.assign(measured, yearInputs(parameters.years, years));
  if (parameters.complement) {
    const { attribute, labels } = parameters.complement;
    measured[segmentInput] = labels.indexOf(attributes[attribute]);
  }
  return { customerId: String(customerId), measured, attributes };
}

/** The inputs of single years; a year that is not given had no cover. */
function yearInputs(
  { fade }: YearWeights,
  years: readonly CustomerYear[] | undefined,
): Record<string, number> {
  if (!years) {
    throw new MisuseError(
      'grader: the model weighs experience years apart: expected years, the latest first',
    );
  }
  const inputs: Record<string, number> = {};
  for (const figure of yearFigureNames) {
    for (const year of fade.keys()) {
      const value = years[year]?.[camelCase(figure) as keyof CustomerYear] ?? 0;
      const least = figure === 'capped_loss' ? Number.NEGATIVE_INFINITY : 0;
      if (!(Number.isFinite(value) && value >= least)) {
        throw new MisuseError(
          `grader: expected a number${least === 0 ? ' of 0 or more' : ''} for years[${year}].${camelCase(figure)}, got ${shown(value)}`,
        );
      }
      inputs[yearName(figure, year)] = value;
    }
  }
  return inputs;
}
