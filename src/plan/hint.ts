import * as z from 'zod/mini';
import { withDefault } from './basics.js';
import { amount, condition, namedFigure } from './formulas.js';

/** Underwriting actions from the mildest to the most serious. There is no `decline`. */
export const actions = ['renew', 'reprice', 'restrict', 'refer'] as const;
export type Action = (typeof actions)[number];

export const hintSchema = z.strictObject({
  /** Stable code: stored grades and other programs know the hint by it. */
  code: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words joined by -')),
  /** The underwriting action that the hint asks for. */
  action: z.enum(actions),
  /** The rule that says when the hint is given. */
  when: condition,
  /** The sentence, with {observed} and {compared} where their values go. */
  text: z.string(),
  /** The sentence in other languages, by the name of the locale: {"zh": …, "et": …}. */
  texts: z.optional(z.record(z.string(), z.string())),
  /** The indicator or score that is observed. */
  indicator: namedFigure,
  /** What the observed value is compared with. */
  compared: amount,
  /** Whether the hint speaks for the customer. */
  favours: withDefault(z.boolean(), false),
});
export type Hint = z.output<typeof hintSchema>;
