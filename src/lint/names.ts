import { didYouMean, MisuseError } from '../base/errors.js';
import { compile } from '../formulas/compile.js';
import { type Formula, namesIn } from '../formulas/expression.js';
import { unitFaults } from '../formulas/units.js';
import type { Ground } from '../plan/ground.js';
import type { Plan } from '../plan/plan.js';
import { described, unitIn } from '../scoring/scores.js';
import { memoryInputs, memoryOf } from '../segments/memory.js';
import { hintName } from '../segments/underwriting.js';
import type { Finding } from './finding.js';

interface Written {
  readonly place: string;
  readonly formula: Formula;
  readonly expected: 'yes or no' | 'number';
  /** The names that are settled where the formula is used. */
  readonly known: readonly string[];
}

/** Formulas that name what does not exist (there), or compare what cannot be compared. */
export function wronglyWritten(plan: Plan, names: readonly string[]): Finding[] {
  const unitOf = unitIn(plan);
  return writtenIn(plan, names).flatMap(({ place, formula, expected, known }): Finding[] => {
    const at = new Set(known);
    const unknown = namesIn(formula).filter((name) => !at.has(name));
    if (unknown.length > 0) {
      return unknown.map((name) => {
        const text = names.includes(name)
          ? `"${name}" is not settled yet where this is decided`
          : `nothing is named "${name}"${didYouMean(name, [...described.keys()])}`;
        return { code: 'unknown-name', place, text, examples: [] };
      });
    }
    const faults = unitFaults(formula, unitOf, expected).filter(
      // What only formulas inside the program are named by has no unit.
      ({ came }) => !at.has(came),
    );
    return faults.map(({ message }) => ({
      code: 'wrong-unit',
      place,
      text: message,
      examples: [],
    }));
  });
}

/** A plan whose hints all have codes of their own, so that each can be looked at. */
export function withCodesApart(plan: Plan): Plan {
  const codes = plan.hints.map(({ code }) => code);
  const hints = plan.hints.map((hint, k) =>
    codes.indexOf(hint.code) === k ? hint : { ...hint, code: `${hint.code}-${k}` },
  );
  return { ...plan, hints };
}

/** A plan without what cannot be evaluated, for such a rule never holds; and where that stands. */
export function onlyEvaluable(
  plan: Plan,
  names: readonly string[],
): { readonly evaluable: Plan; readonly unusable: ReadonlySet<string> } {
  const written = writtenIn(plan, names);
  const fitting = written.filter(({ formula, known }) => canBeEvaluated(formula, known));
  const usable = new Set(fitting.map(({ formula }) => formula));
  const places = written.filter((entry) => !fitting.includes(entry)).map(({ place }) => place);
  const checked = <R extends { readonly when: Formula }>(rules: readonly R[]): R[] =>
    rules.map((rule) => (usable.has(rule.when) ? rule : { ...rule, when: 0 }));
  const { risk, lifecycle, value, memory, prohibited } = plan;
  const canApply = ({ applies, largestChange }: Ground) =>
    usable.has(applies) && (largestChange === undefined || usable.has(largestChange));
  const evaluable: Plan = {
    ...plan,
    risk: { ...risk, rules: checked(risk.rules) },
    ...(memory && { memory: { ...memory, stay: checked(memory.stay) } }),
    ...(prohibited && {
      prohibited: { ...prohibited, grounds: prohibited.grounds.filter(canApply) },
    }),
    ...(lifecycle && {
      lifecycle: {
        ...lifecycle,
        loyalty: checked(lifecycle.loyalty),
        purchase: checked(lifecycle.purchase),
      },
    }),
    value: usable.has(value.measure) ? value : { ...value, measure: 'annual_premium' },
    hints: checked(plan.hints),
  };
  return { evaluable, unusable: new Set(places) };
}

function canBeEvaluated(formula: Formula, known: readonly string[]): boolean {
  try {
    compile([{ name: 'asked', formula }], known, 1);
    return true;
  } catch (error) {
    if (error instanceof MisuseError) return false;
    throw error;
  }
}

/** Every formula that people write in a plan, with the names it may use. */
function writtenIn(plan: Plan, names: readonly string[]): Written[] {
  const before = (name: string) => names.slice(0, names.indexOf(name));
  const rules = (
    place: string,
    list: readonly { when: Formula }[],
    decided: string,
    further: readonly string[] = [],
  ): Written[] =>
    list.map(({ when }, k) => ({
      place: `${place}[${k}]`,
      formula: when,
      expected: 'yes or no',
      known: [...before(decided), ...further],
    }));
  const { lifecycle, hints, prohibited } = plan;
  return [
    ...rules('risk.rules', plan.risk.rules, 'risk_tier'),
    ...rules('memory.stay', memoryOf(plan).stay, 'risk_tier', ['observed_tier', ...memoryInputs]),
    ...rules('lifecycle.loyalty', lifecycle.loyalty, 'loyalty'),
    ...rules('lifecycle.purchase', lifecycle.purchase, 'purchase'),
    {
      place: 'value.measure',
      formula: plan.value.measure,
      expected: 'number',
      known: before('value_measured'),
    },
    ...hints.flatMap((hint, k): Written[] => [
      ...rules('hints', [hint], hintName(hint)).map((rule) => ({ ...rule, place: `hints[${k}]` })),
      {
        place: `hints[${k}].compared`,
        formula: ['=', hint.indicator, hint.compared],
        expected: 'yes or no',
        known: names,
      },
    ]),
    ...prohibited.grounds.flatMap((ground, k): Written[] => {
      const known = names.slice(0, names.indexOf('service_tier') + 1);
      const { applies, largestChange = 0, names: barred } = ground;
      const place = `prohibited.grounds[${k}]`;
      return [
        { place: `${place}.applies`, formula: applies, expected: 'yes or no', known },
        { place: `${place}.largestChange`, formula: largestChange, expected: 'number', known },
        ...barred.map(
          (name): Written => ({
            place: `${place}.names`,
            formula: ['missing', name],
            expected: 'yes or no',
            known,
          }),
        ),
      ];
    }),
  ];
}
