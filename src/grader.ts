import type { Grades } from './assess.js';
import { isoFromDay } from './calendar.js';
import { labelAt } from './columns.js';
import type { NamedFormula, Program } from './expression.js';
import { indicatorList } from './indicators/indicators.js';
import { didYouMean, MisuseError } from './misuse.js';
import { type Model, modelId } from './model.js';
import {
  type Action,
  actions,
  type RiskTier,
  riskTiers,
  type ValueTier,
  valueTiers,
} from './plan.js';
import { measuredIndicators, scoringProgram } from './program.js';
import { requiredIndicators } from './read-indicators.js';
import { camelCase } from './rows.js';
import { reasonName, reasonRules, weightiestReasons } from './segments/reasons.js';
import { serviceTiers } from './segments/service.js';
import { hintName } from './segments/underwriting.js';
import { type WhyNot, whyNot } from './segments/why-not.js';
import { sentence } from './segments/wording.js';

/** A number, or null where it is missing or does not exist. */
type Maybe = number | null;

/** Something that speaks for or against a customer, with the values behind it. */
export interface Reason {
  readonly code: string;
  readonly text: string;
  readonly indicator: string;
  readonly observed: Maybe;
  readonly compared: Maybe;
  readonly favours: boolean;
}

/** An underwriting hint: advice to a person, never a decision. */
export interface GivenHint extends Reason {
  readonly action: Action;
}

/** All that is returned for a customer. Plain data: it goes to JSON and back unchanged. */
export interface Grade {
  readonly customerId: string;
  readonly risk: {
    readonly tier: RiskTier;
    readonly expectedLossRatio: Maybe;
    /** The expected loss ratio lies in it with the plan's probability. */
    readonly interval: readonly [low: Maybe, high: Maybe];
    readonly observedLossRatio: Maybe;
    readonly credibility: Maybe;
  };
  readonly value: {
    readonly tier: ValueTier;
    readonly measure: string;
    readonly amount: Maybe;
    /** High value begins here. */
    readonly cut: Maybe;
    readonly lifetimeValue: Maybe;
  };
  readonly service: {
    readonly tier: string;
    readonly entitlements: readonly string[];
    readonly budget: number;
  };
  readonly underwriting: {
    readonly action: Action;
    readonly indicatedChange: Maybe;
    readonly hints: readonly GivenHint[];
  };
  /** At most four, the weightiest first. */
  readonly reasons: readonly Reason[];
  /** Null for a customer in the best tier. */
  readonly whyNot: WhyNot | null;
  readonly indicators: Readonly<Record<string, Maybe>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly model: { readonly id: string; readonly hash: string };
  readonly asOf: string | null;
}

/** One customer's measured indicators under their camelCase names; required ones must be there. */
export type Customer = { readonly customerId: string | number } & {
  readonly [K in Camel<(typeof requiredIndicators)[number]>]: number;
} & { readonly [optional: string]: string | number | null | undefined };
type Camel<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;

/**
 * A function that grades one customer at a time, as an underwriting service does. It gives the same
 * grade as the customer's row in a book.
 *
 * @throws MisuseError when a required indicator is missing, is no finite number, or is unknown
 * @example
 * ```ts
 * const { table } = readIndicators([
 *   { customerId: 'Ann', earnedPremium: 900, exposureYears: 3, claimCount: 0, incurredLoss: 0, tenureYears: 3, annualPremium: 300 },
 *   { customerId: 'Bob', earnedPremium: 900, exposureYears: 3, claimCount: 2, incurredLoss: 990, tenureYears: 3, annualPremium: 300 },
 * ]);
 * const grade = grader(calibrate(table));
 * grade({ customerId: 'Eve', earnedPremium: 600, exposureYears: 2, claimCount: 0, incurredLoss: 0, tenureYears: 2, annualPremium: 300 }).risk.tier;
 * // => 'excellent'
 * ```
 */
export function grader(model: Model): (customer: Customer, asOf?: string) => Grade {
  const grade = gradeMeasured(model);
  return (customer, asOf) =>
    grade(String(customer.customerId), measuredOf(customer), {}, asOf ?? null);
}

/** A function that makes the grade of one row of graded columns, in full. */
export function gradeAt({ table, model }: Grades): (row: number) => Grade {
  const grade = gradeMeasured(model);
  const asOf = table.asOf === undefined ? null : isoFromDay(table.asOf);
  return (row) => {
    if (!(row >= 0 && row < table.length)) {
      throw new MisuseError(`gradeAt: expected a row from 0 to ${table.length - 1}, got ${row}`);
    }
    const measured: Record<string, number> = {};
    for (const name of measuredIndicators) measured[name] = table.columns[name][row];
    const attributes: Record<string, string> = {};
    for (const attribute of table.attributes) {
      const label = labelAt(attribute, row);
      if (label !== undefined) attributes[attribute.name] = label;
    }
    return grade(table.ids[row], measured, attributes, asOf);
  };
}

const optionalNames = new Map(measuredIndicators.map((name) => [camelCase(name), name]));
const attributeNames = ['line', 'channel', 'branch', 'customerId'];

function measuredOf(customer: Customer): Record<string, number> {
  const measured: Record<string, number> = {};
  for (const name of measuredIndicators) measured[name] = Number.NaN;
  for (const [key, value] of Object.entries(customer)) {
    const name = optionalNames.get(key);
    if (name === undefined) {
      if (attributeNames.includes(key)) continue;
      const names = [...optionalNames.keys()];
      throw new MisuseError(`grader: "${key}" is no measured indicator${didYouMean(key, names)}`);
    }
    if (value === null || value === undefined) continue;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new MisuseError(
        `grader: expected a finite number for ${key}, got ${JSON.stringify(value)}`,
      );
    }
    measured[name] = value;
  }
  for (const name of requiredIndicators) {
    if (Number.isNaN(measured[name])) {
      throw new MisuseError(`grader: expected a number for ${camelCase(name)}, got nothing`);
    }
  }
  if (Number.isNaN(measured.capped_loss)) measured.capped_loss = measured.incurred_loss;
  return measured;
}

const comparedName = (name: string) => `${name} compared`;
const ruleName = (position: number) => `rule ${position}`;

/** Grades measured indicators: runs the model's formulas on a block of one and words the result. */
function gradeMeasured(model: Model) {
  const { plan } = model;
  const explanation: NamedFormula[] = [
    ...reasonRules.map((rule) => ({
      name: comparedName(reasonName(rule)),
      formula: rule.compared,
    })),
    ...plan.hints.map((hint) => ({ name: comparedName(hintName(hint)), formula: hint.compared })),
    ...plan.risk.rules.map(({ when }, position) => ({ name: ruleName(position), formula: when })),
  ];
  const program = scoringProgram(model, 1, explanation);
  const weights = reasonRules.map((rule) => program.register(reasonName(rule)));
  const inputs = measuredIndicators.map((name) => [name, program.register(name)] as const);
  const services = serviceTiers(plan);
  const id = modelId(model);

  const run = (measured: Readonly<Record<string, number>>) => {
    for (const [name, register] of inputs) register[0] = measured[name];
    program.run(1);
  };
  const tierOf = (measured: Readonly<Record<string, number>>) => {
    run(measured);
    return program.register('risk_tier')[0];
  };
  return (
    customerId: string,
    measured: Readonly<Record<string, number>>,
    attributes: Readonly<Record<string, string>>,
    asOf: string | null,
  ): Grade => {
    run(measured);
    const value = (name: string) => maybe(program.register(name)[0]);
    const tier = program.register('risk_tier')[0];
    const service = services[program.register('service_tier')[0]];
    const decided = plan.risk.rules.findIndex((_, k) => program.register(ruleName(k))[0] === 1);
    const found = {
      customerId,
      risk: {
        tier: riskTiers[tier],
        expectedLossRatio: value('expected_loss_ratio'),
        interval: [value('expected_low'), value('expected_high')] as const,
        observedLossRatio: value('loss_ratio'),
        credibility: value('credibility'),
      },
      value: {
        tier: valueTiers[program.register('value_tier')[0]],
        measure: model.parameters.value.measure,
        amount: value('value_measured'),
        cut: value('value_cut'),
        lifetimeValue: null,
      },
      service: { tier: service, ...plan.service.catalogue[service] },
      underwriting: {
        action: actions[program.register('action')[0]],
        indicatedChange: value('indicated_change'),
        hints: plan.hints
          .filter((hint) => program.register(hintName(hint))[0] === 1)
          .map((hint) => ({ ...reasonOf(program, hint, hintName(hint)), action: hint.action })),
      },
      reasons: weightiestReasons(weights, 0).map((r) =>
        reasonOf(program, reasonRules[r], reasonName(reasonRules[r])),
      ),
      indicators: Object.fromEntries(indicatorList.map(({ name }) => [name, value(name)])),
      attributes,
      model: { id, hash: model.hash },
      asOf,
    };
    return { ...found, whyNot: whyNot(plan, measured, decided, tierOf) };
  };
}

function reasonOf(
  program: Program,
  rule: { code: string; indicator: string; text: string; favours: boolean },
  name: string,
): Reason {
  const observed = program.register(rule.indicator)[0];
  const compared = program.register(comparedName(name))[0];
  return {
    code: rule.code,
    text: sentence(rule.text, rule.indicator, observed, compared),
    indicator: rule.indicator,
    observed: maybe(observed),
    compared: maybe(compared),
    favours: rule.favours,
  };
}

function maybe(value: number): Maybe {
  return Number.isNaN(value) ? null : value;
}
