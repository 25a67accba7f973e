import { positionsOf } from '../base/columns.js';
import { MisuseError, requireKnown } from '../base/errors.js';
import { methodNamed } from '../credibility/methods.js';
import type { Program } from '../formulas/compile.js';
import { indicatorList } from '../indicators/indicators.js';
import { type Model, modelId } from '../model/model.js';
import { actions } from '../plan/hint.js';
import { loyalties, purchases } from '../plan/lifecycle.js';
import { riskTiersOf, unratedTier } from '../plan/risk.js';
import { valueTiers } from '../plan/value.js';
import { conditionsOf, maybe } from '../segments/conditions.js';
import { english } from '../segments/english.js';
import { maxReasons, reasonName, reasonsAsked, weightiestReasons } from '../segments/reasons.js';
import { serviceTiers } from '../segments/service.js';
import { hintName, hintText } from '../segments/underwriting.js';
import { whyNotReader } from '../segments/why-not.js';
import { withheldName } from '../segments/withheld.js';
import { valueFormat } from '../segments/wording.js';
import { textFor, type Words, withTiers } from '../segments/words.js';
import { compileScoring, inputNames, inputsHasher, modelWithholdings } from './compile-scoring.js';
import type { Grade, Maybe } from './grade.js';
import { comparedName, reasonReader } from './grade-text.js';
import { type Past, pastInputs, unknownPast } from './remembered.js';
import { heldRule, inFull, standingReader } from './standing-text.js';
/** How a grade is worded. */
export interface GradeOptions {
  /** The language of its texts: `zh`, `et`; English if left out. */
  readonly locale?: Words;
}

/** Grades measured indicators: runs the model's formulas on a block of one and words the result. */
export function gradeMeasured(
  model: Model,
  options: GradeOptions,
  caller: string,
  remember: boolean,
) {
  if (!model?.parameters) {
    throw new MisuseError('grader: expected a model, as calibrate() or readModel() give');
  }
  requireKnown(options, ['locale'], caller);
  const { plan } = model;
  const services = serviceTiers(plan);
  const risks = riskTiersOf(plan);
  const { experience } = model.parameters;
  const restsOn = methodNamed(experience.method).restsOn?.(experience);
  const about = {
    id: modelId(model),
    hash: model.hash,
    method: experience.method,
    ...(restsOn && { restsOn }),
  };
  const format = valueFormat(withTiers(options.locale ?? english, plan), plan.currency);
  const { words } = format;
  const conditions = conditionsOf(plan, format);
  const rulesOfReasons = reasonsAsked(remember);
  const reasonsAndHints = [
    ...rulesOfReasons.map((rule) => ({ rule, name: reasonName(rule) })),
    ...plan.hints.map((rule) => ({ rule, name: hintName(rule) })),
  ];
  const program = compileScoring(model, 1, {
    remember,
    further: [
      ...reasonsAndHints.map(({ rule, name }) => ({
        name: comparedName(name),
        formula: rule.compared,
      })),
      ...conditions.formulas,
    ],
  });
  const { register } = program;
  const names = inputNames(model, remember);
  const run = runner(program, names);
  const outputs = indicatorList.map(({ name }) => [name, register(name)] as const);
  const weights = rulesOfReasons.map((rule) => register(reasonName(rule)));
  const found = new Int8Array(maxReasons);
  const reasons = rulesOfReasons.map((rule) =>
    reasonReader(
      program,
      rule,
      reasonName(rule),
      textFor(words.reasons, rule.code) ?? rule.text,
      format,
    ),
  );
  const hints = plan.hints.map((hint) => ({
    action: hint.action,
    given: register(hintName(hint)),
    read: reasonReader(program, hint, hintName(hint), hintText(hint, words), format),
  }));
  const readConditions = conditions.reader(register);
  const withheld = modelWithholdings(model, remember).map((bar) => {
    const { code: ground, jurisdiction, text, citation, date } = bar.ground;
    const { code, action } = bar;
    return {
      held: register(withheldName(bar)),
      withheld: { code, action, ground, jurisdiction, text, citation, date },
    };
  });
  // Nothing but the risk tier: `whyNot` asks for it several times over.
  const tierOf = runner(compileScoring(model, 1, { wanted: ['risk_tier'], remember }), names);
  const readStanding = remember ? standingReader(plan, program) : undefined;
  const whyNot = whyNotReader(plan, positionsOf(names), tierOf, format);
  const inputsHash = inputsHasher(model, remember);
  const value = (name: string) => maybe(register(name)[0]);

  return (
    customerId: string,
    measured: readonly number[],
    attributes: Readonly<Record<string, string>>,
    asOf: string | null,
    past: Past = unknownPast,
  ): Grade => {
    const read = remember
      ? [...measured, ...Object.values(pastInputs(past, asOf, risks))]
      : measured;
    const position = run(read);
    const tier = risks[position];
    weightiestReasons(weights, 0, found, 0);
    const indicators: Record<string, Maybe> = {};
    for (const [name, output] of outputs) indicators[name] = maybe(output[0]);
    const service = services[register('service_tier')[0]];
    const { entitlements, budget } = plan.service.catalogue[service];
    const checked = readConditions();
    const full = inFull(
      readStanding && asOf !== null ? readStanding(customerId, past, asOf) : null,
      [...found].filter((position) => position >= 0).map((position) => reasons[position]()),
      tier,
      format,
    );
    const held = heldRule(full.standing);
    return {
      customerId,
      risk: {
        tier,
        rated: position < unratedTier(plan),
        expectedLossRatio: value('expected_loss_ratio'),
        interval: [value('expected_low'), value('expected_high')],
        intervalProbability: plan.experience.interval,
        probabilityAbovePermissible: value('probability_above_permissible'),
        observedLossRatio: value('loss_ratio'),
        credibility: value('credibility'),
      },
      value: {
        tier: valueTiers[register('value_tier')[0]],
        measure: model.parameters.value.measure,
        amount: value('value_measured'),
        cut: value('value_cut'),
        lifetimeValue: value('lifetime_value'),
        lifetimeInterval: [value('lifetime_low'), value('lifetime_high')],
        annualProfit: value('annual_profit'),
        lifetimeYears: value('lifetime_years'),
        renewalProbability: value('renewal_probability'),
        profitAtStake: value('profit_at_stake'),
      },
      lifecycle: {
        loyalty: loyalties[register('loyalty')[0]],
        purchase: purchases[register('purchase')[0]],
      },
      service: { tier: service, entitlements, budget },
      underwriting: {
        action: actions[register('action')[0]],
        indicatedChange: value('indicated_change'),
        hints: hints
          .filter(({ given }) => given[0] === 1)
          .map(({ action, read }) => Object.assign(read(), { action })),
        withheld: withheld
          .filter(({ held }) => held[0] === 1)
          .map(({ withheld: bar }) => ({ ...bar })),
      },
      reasons: full.reasons,
      conditions: checked,
      whyNot: whyNot(
        // Where nothing holds the tier, the figures alone are asked, without a past.
        held === undefined ? measured : read,
        checked.findIndex(({ holds }) => holds),
        held,
      ),
      indicators,
      attributes,
      standing: full.standing,
      model: about,
      inputsHash: inputsHash(
        customerId,
        (input) => read[input],
        (name) => attributes[name],
      ),
      asOf,
      locale: words.name,
      currency: plan.currency ?? null,
    };
  };
}

/**
 * A function that runs a program on what a model reads of one customer, missing where it ends early,
 * and gives the position of the risk tier.
 */
function runner({ register, run }: Program, names: readonly string[]) {
  const inputs = names.map(register);
  const tier = register('risk_tier');
  return (measured: readonly number[]): number => {
    for (const [position, input] of inputs.entries()) input[0] = measured[position];
    run(1);
    return tier[0];
  };
}
