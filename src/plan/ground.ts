import * as z from 'zod/mini';
import { withDefault } from './basics.js';
import { claimStatuses } from './claims.js';
import { amount, condition, namedFigure } from './formulas.js';
import { actions } from './hint.js';

const code = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words joined by -'));
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date yyyy-mm-dd'));
const some = z.string().check(z.regex(/\S/, 'expected a text that is not blank'));
const texts = withDefault(z.array(some), []);

/** What the law of a place bars, as data. */
const groundSchema = z.strictObject({
  /** Stable: stored grades know the ground by it. */
  code,
  /** Where it holds, as `US-OR`, `UK`, `EU`; a name of one's own for rules of the house. */
  jurisdiction: some,
  /** What it bars, in a sentence. */
  text: some,
  citation: some,
  /** Since when it holds, or of when the text is that was read. */
  date,
  /** Hints of these actions are withheld, as `reprice` the indicated rise of premium, … */
  actions: withDefault(z.array(z.enum(actions)), []),
  /** … if they rest on one of these indicators or scores, directly or through others … */
  names: withDefault(z.array(namedFigure), []),
  /** … from the customers for whom this formula holds. */
  applies: withDefault(condition, 1),
  /**
   * With the action `reprice`: the indicated change goes no further than this, and not above 0
   * where it is not known; hints are withheld, whatever they rest on, where it leaves no rise.
   */
  largestChange: z.optional(amount),
  /** Claims of these statuses must not be counted. */
  statuses: withDefault(z.array(z.enum(claimStatuses)), []),
  /** Nor claims that occurred more than so many months before the as-of date. */
  lookBackMonths: z.optional(z.int().check(z.gte(1))),
  /** Attributes by which customers must not be told apart. */
  attributes: texts,
});

/** Which prohibited grounds hold for a book. */
export const prohibitedSchema = z.strictObject({
  /** Those in force for the book: none unless they are named. */
  jurisdictions: texts,
  /** Grounds of one's own. The starting grounds of the jurisdictions join them, by code. */
  grounds: withDefault(z.array(groundSchema), []),
  /** A ground by its code, or an attribute, that may be used after all, and the reason why. */
  allowed: withDefault(z.record(z.string(), some), {}),
});

export type Ground = z.output<typeof groundSchema>;
export type Prohibited = z.output<typeof prohibitedSchema>;

/** The grounds that hold under a plan: of its jurisdictions, without those it allows with a reason. */
export function groundsInForce({
  prohibited,
}: {
  readonly prohibited?: Prohibited | undefined;
}): Ground[] {
  if (!prohibited) return [];
  const { jurisdictions, grounds, allowed } = prohibited;
  return grounds.filter(
    ({ jurisdiction, code }) =>
      jurisdictions.includes(jurisdiction) && !Object.hasOwn(allowed, code),
  );
}

/** A name without case and punctuation, as grounds match attributes. */
export const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Under this code a change of premium that a ground limits stands among what is withheld. */
export const changeCode = 'indicated-change';
