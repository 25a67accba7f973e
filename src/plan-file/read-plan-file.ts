import { MisuseError, shown } from '../base/errors.js';
import { misfit, schemaOf, unwrapped } from '../base/validation.js';
import type { Formula } from '../formulas/expression.js';
import { locatedJson, type Path } from '../formulas/text/located-json.js';
import { parsed } from '../formulas/text/parse.js';
import { unknownName } from '../formulas/text/token.js';
import { unitFaults } from '../formulas/units.js';
import { amount, condition, namedFigure } from '../plan/formulas.js';
import { type Plan, type PlanInput, planSchema } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import { described, ruleNames } from '../scoring/scores.js';

/** Rules that are worked out before all scores are known: they see what stands before this name. */
const before: Readonly<Record<string, string>> = {
  'lifecycle.loyalty[].when': 'loyalty',
  'lifecycle.purchase[].when': 'loyalty',
  'risk.rules[].when': 'risk_tier',
  'hints[].when': 'action',
  'value.measure': 'value_measured',
};

/**
 * Reads a plan file: JSON in which comments and trailing commas may stand, `$schema` says nothing, and
 * a rule is text (`"claim_count >= 3"`) or a tree (`[">=", "claim_count", 3]`). What is left out
 * has its default. Kinds, units and names are checked in text and trees alike.
 *
 * @param name what errors call the file
 * @throws MisuseError that names the rule or setting with its line and column in the file, what was
 * expected and the nearest name
 * @example
 * ```ts
 * const text = `{
 *   // Ours are stricter.
 *   "risk": { "rules": [{ "tier": "high-risk", "when": "rated_loss_ratio > 90%" }] },
 * }`;
 * readPlanFile(text).risk.rules[0].when; // => ['>', 'rated_loss_ratio', 0.9]
 * ```
 */
export function readPlanFile(text: string, name = 'plan'): Plan {
  if (typeof text !== 'string') {
    throw new MisuseError(`readPlanFile: expected the text of a plan file, got ${shown(text)}`);
  }
  const file = locatedJson(text, name);
  const refuse = (path: Path, place: string, message: string): never => {
    throw new MisuseError(
      `${[name, inWords(path)].filter(Boolean).join(', ')} (${place}): ${message}`,
    );
  };
  const measure = measureOf(file.value);
  const namesAt = (path: Path) =>
    ruleNames({ value: { measure } }, before[inWords(path).replaceAll(/\d+/g, '')]);

  const trees: { path: Path; tree: Formula; gives: Gives }[] = [];
  const plan = withFormulas(withoutSchema(file.value), (path, value, gives) => {
    const names = namesAt(path);
    if (gives === 'name') {
      if (typeof value === 'string' && !names.has(value)) {
        refuse(path, file.place(path), unknownName(value, [...names.keys()], isComputedLater));
      }
    } else if (typeof value !== 'string') trees.push({ path, tree: value as Formula, gives });
    else {
      return parsed(value, { names, isComputedLater, gives }, (character, message) =>
        refuse(path, file.placeInText(path, character), message),
      );
    }
    return value;
  });

  const fault = misfit(planSchema, plan);
  if (fault) {
    const { path, key, message } = fault;
    refuse(path, key === undefined ? file.place(path) : file.placeOfKey(path, key), message);
  }
  for (const { path, tree, gives } of trees) {
    const names = namesAt(path);
    const [first] = unitFaults(
      tree,
      (name) => names.get(name),
      gives === 'name' ? undefined : gives,
    );
    if (!first) continue;
    const at = [...path, ...first.path.map((k) => k + 1)];
    const unknown = typeof first.came === 'string' && first.message.startsWith('nothing is named');
    refuse(
      path,
      file.place(at),
      unknown ? unknownName(first.came, [...names.keys()], isComputedLater) : first.message,
    );
  }
  return readPlan(plan as PlanInput);
}

/** A name that some rule may use, if not this one. */
const isComputedLater = (name: string) => described.has(name);

type Gives = 'yes or no' | 'number' | 'name';
const given = new Map<unknown, Gives>([
  [condition, 'yes or no'],
  [amount, 'number'],
  [namedFigure, 'name'],
]);

/** A copy of a plan with each formula and name of a figure replaced, wherever the schema has one. */
export function withFormulas(
  plan: unknown,
  replace: (path: Path, value: unknown, gives: Gives) => unknown,
): unknown {
  const walk = (value: unknown, schema: unknown, path: Path): unknown => {
    const gives = given.get(unwrapped(schema));
    if (gives) return replace(path, value, gives);
    if (typeof value !== 'object' || value === null || schema === undefined) return value;
    const inside = (member: unknown, key: string | number) =>
      walk(member, schemaOf(schema, key), [...path, key]);
    if (Array.isArray(value)) return value.map(inside);
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, inside(member, key)]),
    );
  };
  return walk(plan, planSchema, []);
}

function withoutSchema(plan: unknown): unknown {
  if (typeof plan !== 'object' || plan === null || Array.isArray(plan)) return plan;
  const { $schema: _, ...rest } = plan as Record<string, unknown>;
  return rest;
}

/** The measure of value, where it is one we know: it settles the unit of what is measured and its cut. */
function measureOf(plan: unknown): string {
  const measure = (plan as PlanInput | null)?.value?.measure;
  return typeof measure === 'string' && described.has(measure) ? measure : readPlan().value.measure;
}

/** `risk.rules[2].when`. */
function inWords(path: Path): string {
  return path
    .map((key, k) => (typeof key === 'number' ? `[${key}]` : `${k === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
