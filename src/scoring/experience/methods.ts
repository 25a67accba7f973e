import { sum } from '../../base/columns.js';
import { evaluate, type NamedFormula } from '../../formulas/expression.js';
import { measuredIndicators } from '../../indicators/indicators.js';
import type { Table } from '../../indicators/table.js';
import type { ExperienceParameters, Model, ModelParameters } from '../../model/model.js';
import { type Plan, permissibleLossRatio } from '../../plan/plan.js';
import { retentionSegmentInput } from '../retention/lifetime.js';
import {
  complementFormulas,
  complementOf,
  segmentAttribute,
  segmentColumn,
  segmentInput,
} from './complement.js';
import { fitCredibilityAverage } from './credibility-average/fit.js';
import { credibilityAverageFormulas, experiencedFormulas } from './credibility-average/formulas.js';
import { fitFrequency, frequencyFormulas } from './frequency.js';
import { fitFrequencySeverity, frequencySeverityFormulas } from './frequency-severity.js';
import { fitLossRatio, lossRatioFormulas } from './loss-ratio.js';
import type { Experience, Fitted } from './method.js';
import { fitYears, monthsSinceAsOf, yearColumns, yearFormulas, yearNames } from './years.js';

/** What experience rating measures of a book. */
export type ExperienceFit = Pick<
  ModelParameters,
  'experience' | 'years' | 'complement' | 'balance'
>;

// The one place that names the methods: a new one has its fit and its formulas here.

/**
 * Measures what a plan's method needs of a book, `auto` aside.
 *
 * @param age the months since the latest year of the table ended
 */
export function fitMethod(
  table: Table,
  plan: Plan,
  method: ExperienceParameters['method'],
  age = monthsSinceAsOf(table),
): ExperienceFit {
  const { columns, length } = table;
  const years = fitYears(table, age, plan);
  const attribute = segmentAttribute(table, plan);
  const { levelled_base: base, levelled_premium: premium } = evaluate(
    yearFormulas(years, plan.experience.base),
    { ...columns, ...(years ? yearColumns(table) : {}) },
    length,
    ['levelled_base', 'levelled_premium'],
  );
  const experience: Experience = {
    table,
    plan,
    collectiveLossRatio: sum(columns.incurred_loss) / sum(premium),
    base,
    years,
    lossLevels: years?.losses,
    segment: attribute?.codes,
  };
  const fits = {
    'credibility-average': fitCredibilityAverage,
    frequency: fitFrequency,
    'frequency-severity': fitFrequencySeverity,
    'loss-ratio': fitLossRatio,
  };
  const fitted: Fitted<ExperienceParameters> = fits[method](experience);
  const { parameters, segments, claimSegments, severitySegments } = fitted;
  const fit: ExperienceFit = {
    experience: parameters,
    ...(years && { years }),
    ...(attribute &&
      segments && {
        complement: complementOf(attribute, { segments, claimSegments, severitySegments }),
      }),
  };
  return { ...fit, balance: balanceOf(table, plan, fit, experience.collectiveLossRatio) };
}

/**
 * Σ expected loss ratio × premium over the book against what the book's loss ratio comes to; their
 * ratio multiplies every expected loss ratio, so that the book's total is kept.
 */
function balanceOf(table: Table, plan: Plan, fit: ExperienceFit, lossRatioOfBook: number) {
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
export function expectedLossRatios(table: Table, plan: Plan, fit: ExperienceFit): Float64Array {
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
export function furtherInputs(table: Table, parts: InputParts): Record<string, Float64Array> {
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
export function experienceFormulas(fit: ExperienceFit): NamedFormula[] {
  const { experience, years, complement, balance } = fit;
  const factor = balance?.factor ?? 1;
  const before = [
    ...(experience.method === 'credibility-average'
      ? experiencedFormulas(years)
      : yearFormulas(years, baseOf(experience))),
    ...complementFormulas(complement),
  ];
  switch (experience.method) {
    case 'credibility-average':
      return [...before, ...credibilityAverageFormulas(experience, factor)];
    case 'frequency':
      return [...before, ...frequencyFormulas(experience, factor)];
    case 'frequency-severity':
      return [...before, ...frequencySeverityFormulas(experience, factor)];
    case 'loss-ratio':
      return [...before, ...lossRatioFormulas(experience, factor)];
  }
}

/** What expected claims are in proportion to. */
export function baseOf(experience: ExperienceParameters) {
  switch (experience.method) {
    case 'frequency':
      return experience.base;
    case 'frequency-severity':
      return experience.frequency.base;
    case 'credibility-average':
    case 'loss-ratio':
      return 'earned_premium';
  }
}
