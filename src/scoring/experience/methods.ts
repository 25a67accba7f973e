import { monthsBetween } from '../../base/calendar.js';
import { sum } from '../../base/columns.js';
import { MisuseError } from '../../base/errors.js';
import type { PastExperience, YearWeights } from '../../credibility/method.js';
import { fitBy, type MethodName, methodNamed } from '../../credibility/methods.js';
import { yearFormulas, yearNames } from '../../credibility/years.js';
import { evaluate } from '../../formulas/evaluate.js';
import type { NamedFormula } from '../../formulas/expression.js';
import { measuredIndicators } from '../../indicators/indicators.js';
import type { Table } from '../../indicators/table.js';
import type { Model, ModelParameters } from '../../model/model.js';
import { type Plan, permissibleLossRatio } from '../../plan/plan.js';
import { retentionSegmentInput } from '../retention/lifetime.js';
import {
  complementFormulas,
  complementOf,
  segmentAttribute,
  segmentColumn,
  segmentInput,
} from './complement.js';
import { fitYears, monthsSinceAsOf, yearColumns } from './years.js';

/** What experience rating measures of a book. */
export type ExperienceFit = Pick<
  ModelParameters,
  'experience' | 'years' | 'complement' | 'balance'
>;
/** The same before it is balanced. */
type RatedParts = Omit<ExperienceFit, 'balance'> & Partial<Pick<ExperienceFit, 'balance'>>;

/**
 * Measures what a plan's method needs of a book, `auto` aside.
 *
 * @param age the months since the latest year of the table ended
 */
export function fitMethod(
  table: Table,
  plan: Plan,
  method: MethodName,
  age = monthsSinceAsOf(table),
): ExperienceFit {
  const { columns, cells, length } = table;
  const { needsYears } = methodNamed(method);
  if (needsYears && !cells) {
    throw new MisuseError(
      `calibrate: the method "${method}" needs figures by year, which ready indicators lack; use "frequency"`,
    );
  }
  const years = fitYears(table, age, plan);
  const attribute = segmentAttribute(table, plan);
  const { levelled_base: base, levelled_premium: premium } = evaluate(
    yearFormulas(years, plan.experience.base),
    { ...columns, ...(years ? yearColumns(table) : {}) },
    length,
    ['levelled_base', 'levelled_premium'],
  );
  const collectiveLossRatio = sum(columns.incurred_loss) / sum(premium);
  const { parameters, ...segments } = fitBy(method, {
    columns,
    cells,
    settings: plan.experience,
    collectiveLossRatio,
    base,
    years,
    past: pastOf(table, plan, years, attribute !== undefined),
    lossLevels: years?.losses,
    segment: attribute?.codes,
  });
  const complement = attribute && complementOf(attribute, segments);
  const fit = {
    experience: parameters,
    ...(years && { years }),
    ...(complement && { complement }),
  };
  return { ...fit, balance: balanceOf(table, plan, fit, collectiveLossRatio) };
}

/** What the past shows, with the weights that the years of each past day had then. */
function pastOf(
  table: Table,
  plan: Plan,
  weights: YearWeights | undefined,
  bySegment: boolean,
): PastExperience | undefined {
  const { past, cells, losses, valuedAt, asOf } = table;
  if (!past) return undefined;
  const days = past.days.map((day) => {
    if ((weights || bySegment) && day.cells.years < (cells?.years ?? 1)) {
      throw new MisuseError(
        'calibrate: the plan weighs experience years or segments, for which the past must be known by year; measure with indicators(book, { asOf, plan }) under the same plan',
      );
    }
    // Yearly sums are as they were taken; what is known of dated claims stops at the past day.
    const taken = losses.single ? day.asOf : (valuedAt ?? asOf ?? day.asOf);
    return {
      ...day,
      weights: weights && fitYears(day, monthsBetween(day.asOf, taken), plan),
    };
  });
  return { ...past, days };
}

/**
 * Σ expected loss ratio × premium over the book against what the book's loss ratio comes to; their
 * ratio multiplies every expected loss ratio, so that the book's total is kept.
 */
function balanceOf(table: Table, plan: Plan, fit: RatedParts, lossRatioOfBook: number) {
  const { columns } = table;
  const expected = expectedLossRatios(table, plan, fit);
  const rated = expected.map((ratio, row) =>
    Number.isNaN(ratio) ? 0 : ratio * columns.earned_premium[row],
  );
  const premium = columns.earned_premium.map((value, row) =>
    Number.isNaN(expected[row]) ? 0 : value,
  );
  const expectedLoss = sum(rated);
  const actualLoss = lossRatioOfBook * sum(premium);
  const factor = expectedLoss > 0 && actualLoss > 0 ? actualLoss / expectedLoss : 1;
  return { expectedLoss, actualLoss, factor };
}

/** The expected loss ratios of a table's customers under a fit; NaN without premium. */
export function expectedLossRatios(table: Table, plan: Plan, fit: RatedParts): Float64Array {
  const { columns } = table;
  const claimsPerPremium = sum(columns.claim_count) / sum(columns.earned_premium);
  const formulas: NamedFormula[] = [
    { name: 'permissible_loss_ratio', formula: permissibleLossRatio(plan) },
    { name: 'book_claims_per_premium', formula: claimsPerPremium },
    ...experienceFormulas(fit),
  ];
  return evaluate(formulas, modelInputs(table, fit), table.length, ['expected_loss_ratio'])
    .expected_loss_ratio;
}

/** What experience and retention formulas read beyond the measured indicators hangs on. */
type InputParts = Pick<ModelParameters, 'years' | 'complement' | 'retention'>;

/** What a model reads of a table's customers: measured indicators, figures of years, the segments. */
export function modelInputs(table: Table, fit: InputParts): Record<string, Float64Array> {
  const measured = measuredIndicators.map((name) => [name, table.columns[name]]);
  return { ...Object.fromEntries(measured), ...furtherInputs(table, fit) };
}

/** The columns that formulas read beyond the measured indicators. */
function furtherInputs(table: Table, parts: InputParts): Record<string, Float64Array> {
  const columns = parts.years ? { ...yearColumns(table) } : {};
  for (const { input, segments } of segmentInputs(parts)) {
    columns[input] = segmentColumn(table, segments);
  }
  return columns;
}

/** The names of those columns. */
export function furtherInputNames({ parameters }: Model): string[] {
  const { years } = parameters;
  return [
    ...(years ? yearNames(years) : []),
    ...segmentInputs(parameters).map(({ input }) => input),
  ];
}

/** The attributes a model tells customers apart by, and the input that holds each one's label. */
export function segmentInputs({ complement, retention }: InputParts) {
  return [
    ...(complement ? [{ input: segmentInput, segments: complement }] : []),
    ...(retention?.segments
      ? [{ input: retentionSegmentInput, segments: retention.segments }]
      : []),
  ];
}

/** The formulas of the expected loss ratio, its interval, its credibility and what they rest on. */
export function experienceFormulas({
  experience,
  years,
  complement,
  balance,
}: RatedParts): NamedFormula[] {
  const method = methodNamed(experience.method);
  return [
    ...yearFormulas(years, experience.base),
    ...(method.yearFormulas?.(years) ?? []),
    ...complementFormulas(complement),
    ...method.formulas(experience, balance?.factor ?? 1),
  ];
}
