import { didYouMean, MisuseError, shown } from '../base/errors.js';
import { type Kind, numberReader } from '../book/cells.js';
import { camelCase } from '../book/names.js';
import { yearFigureNames, yearName } from '../credibility/years.js';
import { type MeasuredName, measuredList, type RequiredName } from '../indicators/indicators.js';
import { indicatorFields, unstatedValue } from '../indicators/read-indicators.js';
import type { Model, YearWeights } from '../model/model.js';
import { segmentInputs } from '../scoring/experience/methods.js';

type CamelCase<S extends string> = S extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : S;
type Required = { readonly [Name in RequiredName as CamelCase<Name>]: number };
type Optional = {
  readonly [Name in Exclude<MeasuredName, RequiredName> as CamelCase<Name>]?: number | null;
};

/**
 * One customer's measured indicators, under their camelCase names; claims set aside are none where
 * left out, and capped losses are as incurred.
 */
export interface Customer extends Required, Optional {
  readonly customerId: string | number;
  readonly line?: string | null;
  readonly channel?: string | null;
  readonly branch?: string | null;
  /** Experience years, the latest first, for models that weigh years apart. */
  readonly years?: readonly CustomerYear[];
  /** Further attributes, for models that weigh customers against those who share one. */
  readonly attributes?: Readonly<Record<string, string | null>>;
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
const isNumeric = (kind: Kind): kind is 'number' | 'amount' | 'count' =>
  kind === 'number' || kind === 'amount' || kind === 'count';
const fieldsByKey = new Map(indicatorFields.map((field) => [camelCase(field.name), field]));

/** What a customer is asked for beside its indicators. */
const apart = ['customerId', 'years', 'attributes'];

/**
 * A customer's id and what a model reads of it, NaN where left out; the same rules as for rows of a file.
 *
 * @param at where each of the model's inputs stands
 */
export function checkedCustomer(
  customer: Customer,
  { parameters }: Model,
  at: Readonly<Record<string, number>>,
): { customerId: string; measured: number[]; attributes: Record<string, string> } {
  if (typeof customer !== 'object' || customer === null) {
    throw new MisuseError(`grader: expected a customer's indicators, got ${shown(customer)}`);
  }
  const { customerId, years, attributes: further = {} } = customer;
  if (!(typeof customerId === 'number' || (typeof customerId === 'string' && customerId !== ''))) {
    throw new MisuseError(
      `grader: expected a text or number for customerId, got ${shown(customerId)}`,
    );
  }
  const measured = Object.keys(at).map(() => Number.NaN);
  const attributes: Record<string, string> = {};
  for (const [name, label] of Object.entries(further)) {
    if (label !== null && label !== undefined) attributes[name] = String(label);
  }
  for (const key of Object.keys(customer)) {
    if (apart.includes(key)) continue;
    const field = fieldsByKey.get(key);
    if (!field) {
      const near = didYouMean(key, [...fieldsByKey.keys()]);
      throw new MisuseError(`grader: "${key}" is no measured indicator${near}`);
    }
    const value: unknown = customer[key as keyof Customer];
    if (value === null || value === undefined) continue;
    // As in columns of numbers, NaN is missing where a value may be.
    if (!field.required && Number.isNaN(value)) continue;
    if (!isNumeric(field.kind)) {
      attributes[field.name] = String(value);
      continue;
    }
    const read = typeof value === 'number' ? reader[field.kind](value) : reader.number(Number.NaN);
    if (typeof read !== 'number') {
      throw new MisuseError(`grader: expected ${read.expected} for ${key}, got ${shown(value)}`);
    }
    measured[at[field.name]] = read;
  }
  for (const { name, input = {} } of measuredList) {
    if (!Number.isNaN(measured[at[name]])) continue;
    if (input.required) {
      throw new MisuseError(`grader: expected a number for ${camelCase(name)}, got nothing`);
    }
    if (input.unstated === undefined) continue;
    measured[at[name]] = unstatedValue(input.unstated, (other) => measured[at[other]]);
  }
  if (parameters.years) {
    const figures = yearInputs(parameters.years, years, measured[at.claim_count]);
    for (const [name, figure] of Object.entries(figures)) measured[at[name]] = figure;
  }
  for (const { input, segments } of segmentInputs(parameters)) {
    const { attribute, labels } = segments;
    // Null says that it is not known; nothing at all is more likely forgotten.
    const named = !apart.includes(attribute) && Object.hasOwn(customer, attribute);
    if (!(named || attribute in further)) {
      throw new MisuseError(
        `grader: the model tells customers apart by "${attribute}": expected it of the customer, as line, channel, branch or under attributes`,
      );
    }
    measured[at[input]] = labels.indexOf(attributes[attribute]);
  }
  return { customerId: String(customerId), measured, attributes };
}

/** The inputs of single years, which must add up to the customer's claims; a year left out had no cover. */
function yearInputs(
  { fade }: YearWeights,
  years: readonly CustomerYear[] | undefined,
  claimCount: number,
): Record<string, number> {
  if (!Array.isArray(years)) {
    throw new MisuseError(
      'grader: the model weighs experience years apart: expected years, the latest first',
    );
  }
  if (years.length > fade.length) {
    throw new MisuseError(
      `grader: expected at most ${fade.length} years, those of the window, got ${years.length}`,
    );
  }
  const inputs: Record<string, number> = {};
  for (const position of fade.keys()) {
    const year: Readonly<Record<string, unknown>> = years[position] ?? noYear;
    const unknown = Object.keys(year).find((key) => !yearKeys.includes(key));
    if (unknown !== undefined) {
      throw new MisuseError(
        `grader: "${unknown}" is no figure of a year${didYouMean(unknown, yearKeys)}`,
      );
    }
    for (const figure of yearFigureNames) {
      const value = year[camelCase(figure)];
      const least = figure === 'capped_loss' ? Number.NEGATIVE_INFINITY : 0;
      if (!(typeof value === 'number' && Number.isFinite(value) && value >= least)) {
        throw new MisuseError(
          `grader: expected a number${least === 0 ? ' of 0 or more' : ''} for years[${position}].${camelCase(figure)}, got ${shown(value)}`,
        );
      }
      inputs[yearName(figure, position)] = value;
    }
  }
  const counted = fade.reduce((total, _, year) => total + inputs[yearName('claim_count', year)], 0);
  if (Math.abs(counted - claimCount) > 1e-9) {
    throw new MisuseError(
      `grader: expected the claims of the years to add up to claimCount ${claimCount}, got ${counted}`,
    );
  }
  return inputs;
}

const yearKeys = yearFigureNames.map(camelCase);
const noYear = { exposureYears: 0, earnedPremium: 0, claimCount: 0, cappedLoss: 0 };
