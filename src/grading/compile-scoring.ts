import { positionsOf } from '../base/columns.js';
import { customerHash } from '../base/hash.js';
import { compile, type Program } from '../formulas/compile.js';
import { type NamedFormula, neededFor } from '../formulas/expression.js';
import { derivedIndicators, measuredIndicators } from '../indicators/indicators.js';
import type { Model } from '../model/model.js';
import { permissibleLossRatio } from '../plan/plan.js';
import {
  experienceFormulas,
  furtherInputNames,
  segmentInputs,
} from '../scoring/experience/methods.js';
import { lifetimeFormulas } from '../scoring/retention/lifetime.js';
import { lifecycleFormulas } from '../segments/lifecycle.js';
import { memoryInputs } from '../segments/memory.js';
import { reasonFormulas } from '../segments/reasons.js';
import { riskFormulas } from '../segments/risk.js';
import { serviceFormulas } from '../segments/service.js';
import { underwritingFormulas } from '../segments/underwriting.js';
import { valueFormulas } from '../segments/value.js';
import { type Withholding, withholdings } from '../segments/withheld.js';

/**
 * Everything a model computes of a customer, as formulas in the order they build on each other:
 * indicators, settings, scores, tiers, service, underwriting, reasons. Columns, single customers and
 * what prints them for other machines all run this one list.
 *
 * @param remember whether the tier follows from what is remembered of the customer, too
 */
export function scoringFormulas(model: Rated, remember = false): NamedFormula[] {
  const before = tierFormulas(model, remember);
  return [
    ...before,
    ...underwritingFormulas(model.plan, withholdings(model.plan, before)),
    ...reasonFormulas(model.plan, remember),
  ];
}

/** What a model's grounds in force can withhold, in the order in which it is told. */
export function modelWithholdings(model: Rated, remember = false): Withholding[] {
  return withholdings(model.plan, tierFormulas(model, remember));
}

type Rated = Pick<Model, 'plan' | 'parameters'>;

/** The formulas that hints may use. */
function tierFormulas({ plan, parameters }: Rated, remember: boolean): NamedFormula[] {
  return [
    ...derivedIndicators,
    { name: 'expense_ratio', formula: plan.pricing.expenseRatio },
    { name: 'permissible_loss_ratio', formula: permissibleLossRatio(plan) },
    { name: 'minimum_exposure_years', formula: plan.risk.minimumExposureYears },
    { name: 'book_loss_ratio', formula: parameters.book.lossRatio },
    { name: 'book_claim_frequency', formula: parameters.book.claimFrequency },
    { name: 'book_claims_per_premium', formula: parameters.book.claimsPerPremium },
    ...experienceFormulas(parameters),
    {
      name: 'excess_is_spread',
      formula: parameters.losses && plan.risk.basis === 'credible' ? 1 : 0,
    },
    ...lifetimeFormulas(plan, parameters.retention),
    ...lifecycleFormulas(plan),
    ...riskFormulas(plan, remember),
    ...valueFormulas(parameters.value),
    ...serviceFormulas(plan),
  ];
}

/**
 * Formulas of a model ready to run over blocks of measured indicators: all of them and some further
 * ones, or only what the wanted names rest on.
 */
export function compileScoring(
  model: Model,
  blockSize: number,
  {
    further = [],
    wanted,
    remember = false,
  }: {
    further?: readonly NamedFormula[];
    wanted?: readonly string[];
    remember?: boolean | undefined;
  } = {},
): Program {
  const formulas = [...scoringFormulas(model, remember), ...further];
  const inputs = inputNames(model, remember);
  return compile(wanted ? neededFor(wanted, formulas) : formulas, inputs, blockSize);
}

/** What value can be measured by: indicators, and the scores that stand before it in the list. */
export function valueMeasures(formulas: readonly NamedFormula[]): string[] {
  const value = formulas.findIndex(({ name }) => name === 'value_measured');
  return [...measuredIndicators, ...formulas.slice(0, value).map(({ name }) => name)];
}

/**
 * What a model reads of a customer: measured indicators, and figures of years or the segment; with
 * memory, its past too.
 */
export function inputNames(model: Model, remember = false): string[] {
  const past = remember ? memoryInputs : [];
  return [...measuredIndicators, ...furtherInputNames(model), ...past];
}

/**
 * A function that hashes all that a model reads of a customer: its id, the labels of the attributes
 * the model tells customers apart by, and its inputs in the model's order. Equal hashes of two grades
 * valueText that the customer was the same for the model; see {@link customerHash} for the bytes. Of whom
 * nothing is remembered, nothing more is hashed than without memory.
 *
 * The function asks for figures by their position in {@link inputNames}.
 */
export function inputsHasher(model: Model, remember = false) {
  const { inputs } = model.parameters;
  const at = positionsOf(inputNames(model, remember));
  const read = [...inputs, ...furtherInputNames(model)].map((name) => at[name]);
  const attributes = segmentInputs(model.parameters).map(({ segments }) => segments.attribute);
  // A plan without memory only listens to overrides.
  const heard = (model.plan.memory ? memoryInputs : ['override_tier']).map((name) => at[name]);
  return (
    customerId: string,
    figure: (input: number) => number,
    label: (attribute: string) => string | undefined,
  ): string => {
    const figures = read.map(figure);
    const past = remember ? heard.map(figure) : [];
    return customerHash(
      [customerId, ...attributes.map((name) => label(name) ?? null)],
      past.every(Number.isNaN) ? figures : [...figures, ...past],
    );
  };
}
