import * as z from 'zod/mini';
import { checked } from './check.js';
import { contentHash } from './hash.js';
import { MisuseError } from './misuse.js';
import { planSchema } from './plan.js';

const format = 'bookgrade-model';
/** Raised with every change of the shape below; every version ever released stays readable. */
const modelVersion = 1;

/** What `scoring/frequency.ts` measures. */
const frequencySchema = z.strictObject({
  method: z.literal('frequency'),
  base: z.enum(['earned_premium', 'exposure_years']),
  /** Loss ratio of the whole book: Σ incurred ÷ Σ earned premium. */
  collectiveLossRatio: z.number(),
  /** Claims of the whole book per unit of the base. */
  claimsPerBase: z.number(),
  /** Variance of the customers' true relativities; 0 where they do not differ measurably. */
  relativityVariance: z.number().check(z.gte(0)),
  /** The interval's ends at 0, 1, 2 … claims: variance × quantile of a gamma, before ÷ (1 + …). */
  lowAtClaims: z.array(z.number()),
  highAtClaims: z.array(z.number()),
  /** The normal quantile at the interval's upper end, for claims beyond the table. */
  normalQuantile: z.number(),
  notes: z.array(z.string()),
});
export type FrequencyParameters = z.output<typeof frequencySchema>;

/** What `scoring/loss-ratio.ts` measures. */
const lossRatioSchema = z.strictObject({
  method: z.literal('loss-ratio'),
  estimator: z.enum(['unbiased', 'iterative']),
  /** The mean that the complement of credibility goes to, of capped losses, and which mean it is. */
  collective: z.number(),
  collectiveMean: z.enum(['credibility-weighted', 'exposure-weighted']),
  betweenVariance: z.number().check(z.gte(0)),
  withinVariance: z.number().check(z.gte(0)),
  /** Σ incurred ÷ Σ capped losses: spreads what is above the cap in proportion. */
  excessFactor: z.number(),
  /** The normal quantile at the interval's upper end. */
  normalQuantile: z.number(),
  notes: z.array(z.string()),
});
export type LossRatioParameters = z.output<typeof lossRatioSchema>;

const experienceSchema = z.discriminatedUnion('method', [frequencySchema, lossRatioSchema]);
export type ExperienceParameters = z.output<typeof experienceSchema>;

/** What `segments/value.ts` measures. */
const valueSchema = z.strictObject({
  measure: z.string(),
  /** High value begins here; null where no customer has a value to rank. */
  cut: z.nullable(z.number()),
});
export type ValueParameters = z.output<typeof valueSchema>;

const modelSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(modelVersion),
  plan: planSchema,
  /** What each part measured of the book the model was calibrated on. */
  parameters: z.strictObject({
    book: z.strictObject({
      lossRatio: z.number(),
      /** Claims ÷ exposure years of the whole book. */
      claimFrequency: z.number(),
      /** Claims ÷ earned premium of the whole book. */
      claimsPerPremium: z.number(),
    }),
    experience: experienceSchema,
    value: valueSchema,
  }),
  fittedOn: z.strictObject({
    asOf: z.nullable(z.string()),
    window: z.nullable(z.strictObject({ from: z.string(), to: z.string() })),
    customers: z.int(),
    premium: z.number(),
    /** SHA-256 of the customers' ids and figures. */
    hash: z.string(),
  }),
  /** SHA-256 of all of the above. */
  hash: z.string(),
});

/** A plan and everything calibrated from a book: all that is needed to grade, as plain data. */
export type Model = z.output<typeof modelSchema>;

/** A short name for a model: its plan, the day it was fitted as of, and the start of its hash. */
export function modelId({ plan, fittedOn, hash }: Model): string {
  return [plan.name, fittedOn.asOf, hash.slice(0, 8)].filter((part) => part !== null).join('-');
}

/** Completes a model with its format, version and hash. */
export function sealModel(content: Pick<Model, 'plan' | 'parameters' | 'fittedOn'>): Model {
  const unsealed = { format, version: modelVersion, ...content } as const;
  return { ...unsealed, hash: contentHash(unsealed) };
}

/** The model as the text of a JSON file. */
export function writeModel(model: Model): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}

/**
 * Reads a model back; it scores the same to the last bit.
 *
 * @throws MisuseError when the text is no JSON or no model, of another version, or has been changed
 */
export function readModel(text: string): Model {
  if (typeof text !== 'string') {
    throw new MisuseError(`readModel: expected the text of a model file, got ${typeof text}`);
  }
  const file = parsed(text);
  if (file.format !== format) {
    throw new MisuseError(
      `readModel: expected format "${format}", got ${JSON.stringify(file.format)}`,
    );
  }
  if (file.version !== modelVersion) {
    throw new MisuseError(
      `readModel: expected version ${modelVersion}, got ${JSON.stringify(file.version)}; use the release of bookgrade that wrote it, or a newer one`,
    );
  }
  const { hash, ...content } = file;
  const found = contentHash(content);
  if (hash !== found) {
    throw new MisuseError(
      `readModel: the model was changed after it was written: its hash is ${String(hash).slice(0, 12)}…, its content's ${found.slice(0, 12)}…; change the plan and calibrate again`,
    );
  }
  return checked(modelSchema, file, 'model');
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, like any other text that is no model.
  }
  throw new MisuseError(
    `readModel: expected the JSON of a model, got ${JSON.stringify(text.slice(0, 30))}`,
  );
}
