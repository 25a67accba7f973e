import { MisuseError } from '../base/errors.js';
import type { Model } from '../model/model.js';
import { readModel } from '../model/model-file.js';
import type { Plan } from '../plan/plan.js';
import { readPlan } from '../plan/read-plan.js';
import { readText } from './files.js';
import type { InputOptions } from './options.js';

/** What to grade by: a plan that is to be calibrated, or a model with its plan. */
export interface Rules {
  readonly plan: Plan;
  readonly model: Model | undefined;
}

/** Reads a plan or a model, told apart by the `format` that a model's file begins with. */
export async function readRulesFile(path: string): Promise<Rules> {
  const text = await readText(path, 'plan or model');
  if (!isModel(text)) return { plan: await planFrom(text, path), model: undefined };
  const model = readModel(text);
  return { plan: model.plan, model };
}

/** Reads a model; a plan in its place is told. */
export async function readModelFile(path: string): Promise<Model> {
  const text = await readText(path, 'model');
  // A model that was cut off is no JSON, but has its format all the same.
  if (text.includes('"format"')) return readModel(text);
  throw new MisuseError(
    `${path}: expected a model, as bookgrade calibrate writes it; a plan must be calibrated on a book first`,
  );
}

/** Reads a plan; a model in its place is told. */
async function readPlanOf(path: string): Promise<Plan> {
  const text = await readText(path, 'plan');
  if (!isModel(text)) return planFrom(text, 'plan');
  throw new MisuseError(`${path}: expected a plan, got a model; a model goes with --model`);
}

function isModel(text: string): boolean {
  try {
    return Object.hasOwn(JSON.parse(text.replace(/^\uFEFF/, '')), 'format');
  } catch {
    // A plan may have comments; a model is JSON as it was written.
    return false;
  }
}

/** A plan from the text of its file. The parser of rules is loaded here: most commands need none. */
async function planFrom(text: string, name: string): Promise<Plan> {
  const { readPlanFile } = await import('../formula.js');
  return readPlanFile(text, name);
}

/** Reads what the options say to grade by: a plan, a model, or the default plan. */
export async function readRules({
  plan: planFile,
  model: modelFile,
  window,
}: Pick<InputOptions, 'plan' | 'model' | 'window'>): Promise<Rules> {
  if (planFile !== undefined && modelFile !== undefined) {
    throw new MisuseError('expected --plan or --model, not both: a model has its plan');
  }
  const months = window === undefined ? undefined : monthsOf(window, '--window');
  if (modelFile !== undefined) {
    const model = await readModelFile(modelFile);
    if (months !== undefined && months !== model.plan.window.months) {
      throw new MisuseError(
        `--window ${window}: the model was calibrated on ${model.plan.window.months}m; leave --window out`,
      );
    }
    return { plan: model.plan, model };
  }
  const given = planFile === undefined ? readPlan() : await readPlanOf(planFile);
  const plan = months === undefined ? given : readPlan({ ...given, window: { months } });
  return { plan, model: undefined };
}

/** `36m` or `3y` in months. */
export function monthsOf(span: string, option: string): number {
  const match = /^(\d+)(m|y)$/.exec(span);
  if (!match)
    throw new MisuseError(`${option}: expected months or years like 36m or 3y, got "${span}"`);
  return Number(match[1]) * (match[2] === 'y' ? 12 : 1);
}
