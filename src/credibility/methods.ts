import * as z from 'zod/mini';
import { didYouMean, MisuseError } from '../base/errors.js';
import type { NoteWordings } from '../base/note.js';
import type { NamedFormula } from '../formulas/expression.js';
import { fitCredibilityAverage } from './credibility-average/fit.js';
import { credibilityAverage, credibilityAverageNotes } from './credibility-average/method.js';
import { fitFrequency, frequency, frequencyNotes } from './frequency.js';
import {
  fitFrequencySeverity,
  frequencySeverity,
  frequencySeverityNotes,
} from './frequency-severity.js';
import { fitLossRatio, lossRatio, lossRatioNotes } from './loss-ratio.js';
import type { Experience, Fitted, GroundOfWeight, Method } from './method.js';

/** The methods of experience rating, from the simplest to the least simple: the only list of them. */
const methods = [frequency, frequencySeverity, lossRatio, credibilityAverage] as const;

/** What experience rating measured of a book, by one of the methods. */
export const experienceSchema = z.discriminatedUnion('method', [
  frequency.schema,
  ...methods.slice(1).map(({ schema }) => schema),
]);
export type ExperienceParameters = z.output<(typeof methods)[number]['schema']>;
export type MethodName = (typeof methods)[number]['name'];

/** The names of the methods, from the simplest to the least simple. */
export const methodNames: readonly MethodName[] = methods.map(({ name }) => name);

/** A method of any name: whoever holds parameters hands them to the method that measured them. */
interface AnyMethod extends Omit<Method<ExperienceParameters>, 'schema' | 'formulas' | 'restsOn'> {
  formulas(parameters: ExperienceParameters, balance: number): NamedFormula[];
  restsOn?(parameters: ExperienceParameters): GroundOfWeight;
}

/** The method of that name; throws a `MisuseError` with the nearest where there is none. */
export function methodNamed(name: string): AnyMethod {
  const found: AnyMethod | undefined = methods.find((method) => method.name === name);
  if (found) return found;
  throw new MisuseError(
    `expected a method of experience rating, got "${name}"${didYouMean(name, methodNames)}`,
  );
}

/** How each method measures a book; apart from the list, so that what only scores goes without. */
const fits: Readonly<Record<MethodName, (experience: Experience) => Fitted<ExperienceParameters>>> =
  {
    frequency: fitFrequency,
    'frequency-severity': fitFrequencySeverity,
    'loss-ratio': fitLossRatio,
    'credibility-average': fitCredibilityAverage,
  };

/** Measures a book by the method of that name. */
export function fitBy(name: MethodName, experience: Experience): Fitted<ExperienceParameters> {
  return fits[name](experience);
}

/** The sentences of the notes of all methods. */
export const methodNotes: NoteWordings = {
  ...frequencyNotes,
  ...frequencySeverityNotes,
  ...lossRatioNotes,
  ...credibilityAverageNotes,
};
