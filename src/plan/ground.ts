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
  /** Stable code: stored grades know the ground by it. */
  code,
  /** Where it applies, such as US-OR, UK or EU; any other name for rules of the house. */
  jurisdiction: some,
  /** What it bars, in a sentence. */
  text: some,
  /** The source: the act or rule, with its section. */
  citation: some,
  /** Since when it applies, or the date of the text that was read. */
  date,
  /**
   * Hints with these actions are withheld, and with reprice the indicated increase of premium too …
   */
  actions: withDefault(z.array(z.enum(actions)), []),
  /** … if they rest on one of these indicators or scores, directly or through others … */
  names: withDefault(z.array(namedFigure), []),
  /** … from the customers for whom this rule holds. */
  applies: withDefault(condition, 1),
  /**
   * With the action reprice: the indicated change goes no further than this, and not above 0 where
   * it is unknown. Hints to reprice are withheld where it leaves no increase.
   */
  largestChange: z.optional(amount),
  /** Claims of these statuses must not be counted. */
  statuses: withDefault(z.array(z.enum(claimStatuses)), []),
  /**
   * Claims that occurred more than this many months before the as-of date must not be counted. Left
   * out: no limit.
   */
  lookBackMonths: z.optional(z.int().check(z.gte(1))),
  /** Attributes by which customers must not be told apart. */
  attributes: texts,
});

/** Which prohibited grounds hold for a book. */
export const prohibitedSchema = z.strictObject({
  /** Where the book is: UK, EU, US-OR and others, each with its grounds. None unless named. */
  jurisdictions: texts,
  /**
   * Your own grounds. The starting grounds of the jurisdictions are added to them; one of your own
   * with the same code takes the place of one.
   */
  grounds: withDefault(z.array(groundSchema), []),
  /** A ground, by its code, or an attribute that may be used after all, and the reason why. */
  allowed: withDefault(z.record(z.string(), some), {}),
});

export type Ground = z.output<typeof groundSchema>;
export type Prohibited = z.output<typeof prohibitedSchema>;

/** The grounds that hold under a plan: of its jurisdictions, without those it allows with a reason. */
export function groundsInForce({ prohibited }: { readonly prohibited: Prohibited }): Ground[] {
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
