import { isoFromDay } from '../base/calendar.js';
import { sum } from '../base/columns.js';
import { didYouMean, MisuseError, UnusableDataError } from '../base/errors.js';
import { columnsHash } from '../base/hash.js';
import { evaluate } from '../formulas/evaluate.js';
import { measuredIndicators } from '../indicators/indicators.js';
import { requireMeasuredBy, type Table } from '../indicators/table.js';
import { type Model, type ModelParameters, sealModel } from '../model/model.js';
import type { Plan, PlanInput } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import { worstTier } from '../plan/risk.js';
import { fitExperience } from '../scoring/experience/fit-experience.js';
import { modelInputs } from '../scoring/experience/methods.js';
import { fitRetention } from '../scoring/retention/fit-retention.js';
import { lifetimeScores } from '../scoring/retention/lifetime.js';
import { fitCard } from '../scoring/scorecard/fit.js';
import { requireGroundNames } from '../segments/grounds.js';
import { fitValue } from '../segments/value.js';
import { compileScoring, scoringFormulas, valueMeasures } from './compile-scoring.js';

/** What calibration rests on, to tell one book from another. */
const hashedColumns = ['earned_premium', 'exposure_years', 'claim_count', 'incurred_loss'];

/**
 * Calibrates a model: measures on the customers of a table what the plan leaves to be measured (the
 * book's averages, how much customers differ, where high value begins).
 *
 * @param plan what people decide; defaults where left out. Measure the table under the same plan
 * @throws MisuseError when the plan has a fault or is not the one the table was measured by
 * @throws UnusableDataError when the book has no earned premium
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 900, exposureYears: 3, claimCount: 0, incurredLoss: 0, tenureYears: 3, annualPremium: 300 },
 *   { customerId: 'Bob', earnedPremium: 900, exposureYears: 3, claimCount: 2, incurredLoss: 990, tenureYears: 3, annualPremium: 300 },
 * ]);
 * calibrate(table).parameters.book.lossRatio; // => 0.55
 * ```
 */
export function calibrate(table: Table, plan?: PlanInput): Model {
  if (!table?.columns) {
    throw new MisuseError('calibrate: expected a table, as indicators() or readIndicators() give');
  }
  const checkedPlan = readPlan(plan);
  requireMeasuredBy(table, checkedPlan, 'calibrate');
  if (!table.verdict.usable) {
    throw new UnusableDataError(
      `calibrate: ${table.verdict.reasons.join('. ')}; fix the input, or allow it with the option maxIssues`,
    );
  }
  const { columns } = table;
  const premium = sum(columns.earned_premium);
  const exposure = sum(columns.exposure_years);
  if (!(premium > 0 && exposure > 0)) {
    throw new UnusableDataError(
      `calibrate: expected earned premium and exposure above 0 in the book, got ${premium} and ${exposure}`,
    );
  }
  const fitted = {
    book: {
      lossRatio: sum(columns.incurred_loss) / premium,
      claimFrequency: sum(columns.claim_count) / exposure,
      claimsPerPremium: sum(columns.claim_count) / premium,
    },
    losses: {
      cap: table.cap,
      cappedLoss: sum(columns.capped_loss),
      excessLoss: sum(columns.excess_loss),
    },
    ...fitExperience(table, checkedPlan),
    ...fitRetention(table, checkedPlan),
    inputs: [...measuredIndicators],
  };
  const parameters = {
    ...fitted,
    value: fitValue(valueMeasured(table, checkedPlan, fitted), checkedPlan),
  };
  const model = sealModel({
    plan: checkedPlan,
    parameters: { ...parameters, ...cardOf(table, checkedPlan, parameters) },
    fittedOn: {
      asOf: table.asOf === undefined ? null : isoFromDay(table.asOf),
      window: table.window
        ? { from: isoFromDay(table.window.from), to: isoFromDay(table.window.to) }
        : null,
      customers: table.length,
      premium,
      hash: columnsHash(
        table.ids,
        hashedColumns.map((name) => columns[name]),
      ),
    },
  });
  // A rule that names what does not exist is told now, not when the first customer is graded.
  compileScoring(model, 1, { remember: checkedPlan.memory !== undefined });
  requireGroundNames(checkedPlan, [
    ...measuredIndicators,
    ...scoringFormulas(model).map(({ name }) => name),
  ]);
  return model;
}

/** What the plan measures value by: an indicator, or a score such as lifetime value. */
function valueMeasured(
  table: Table,
  plan: Plan,
  fitted: Omit<ModelParameters, 'value'>,
): Float64Array {
  const { measure } = plan.value;
  const parameters = { ...fitted, value: { measure, cut: null } };
  const formulas = scoringFormulas({ plan, parameters });
  const known = valueMeasures(formulas);
  if (!known.includes(measure)) {
    throw new MisuseError(
      `calibrate: the plan's value.measure names no indicator or score, got "${measure}"${didYouMean(measure, known)}`,
    );
  }
  const inputs = modelInputs(table, parameters);
  const { value_measured: values } = evaluate(formulas, inputs, table.length, ['value_measured']);
  if (values.every(Number.isNaN) && lifetimeScores.some((name) => name === measure)) {
    throw new UnusableDataError(
      fitted.retention
        ? `calibrate: the plan measures value by ${measure}, which no customer of the book has: neither its losses nor its chance to stay are known with an interval, or nobody's tenure is known`
        : `calibrate: the plan measures value by ${measure}, but the chance to stay is not known, as no renewal is on file whose outcome is; give the plan a rate (retention: {"method": "constant", "rate": 0.85})`,
    );
  }
  return values;
}

/** The scorecard, where the plan asks for one. */
function cardOf(
  table: Table,
  plan: Plan,
  parameters: ModelParameters,
): Pick<ModelParameters, 'card'> {
  if (!plan.card) return {};
  const { risk_tier: tiers } = evaluate(
    scoringFormulas({ plan, parameters }),
    modelInputs(table, parameters),
    table.length,
    ['risk_tier'],
  );
  const worst = worstTier(plan);
  const highRisk = Uint8Array.from(tiers, (tier) => (tier === worst ? 1 : 0));
  return { card: fitCard(table, plan, plan.card, parameters, highRisk) };
}
