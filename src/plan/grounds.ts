import * as z from 'zod/mini';
import { didYouMean, MisuseError } from '../base/errors.js';
import { withDefault } from './basics.js';
import { claimStatuses } from './experience.js';
import { amount, condition, namedFigure } from './formulas.js';
import type { Action, Plan } from './plan.js';
import { startingGrounds } from './starting-grounds.js';

const code = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words joined by -'));
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date yyyy-mm-dd'));
const some = z.string().check(z.regex(/\S/, 'expected a text that is not blank'));
const texts = withDefault(z.array(some), []);

/** What the law of a place bars, as data. */
const groundSchema = (action: z.ZodMiniType<Action, Action>) =>
  z.strictObject({
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
    actions: withDefault(z.array(action), []),
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
export const prohibitedSchema = (action: z.ZodMiniType<Action, Action>) =>
  z.strictObject({
    /** Those in force for the book: none unless they are named. */
    jurisdictions: texts,
    /** Grounds of one's own. The starting grounds of the jurisdictions join them, by code. */
    grounds: withDefault(z.array(groundSchema(action)), []),
    /** A ground by its code, or an attribute, that may be used after all, and the reason why. */
    allowed: withDefault(z.record(z.string(), some), {}),
  });

export type Ground = z.output<ReturnType<typeof groundSchema>>;
export type Prohibited = z.output<ReturnType<typeof prohibitedSchema>>;

/** The grounds that hold under a plan: of its jurisdictions, without those it allows with a reason. */
export function groundsInForce({ prohibited }: Pick<Plan, 'prohibited'>): Ground[] {
  const { jurisdictions, grounds, allowed } = prohibited;
  return grounds.filter(
    ({ jurisdiction, code }) =>
      jurisdictions.includes(jurisdiction) && !Object.hasOwn(allowed, code),
  );
}

/** A plan's grounds with the starting grounds of its jurisdictions; one of the same code is kept. */
export function withStartingGrounds(prohibited: Prohibited): Prohibited {
  const { jurisdictions, grounds } = prohibited;
  const further = startingGrounds().filter(
    ({ jurisdiction, code }) =>
      jurisdictions.includes(jurisdiction) && !grounds.some((ground) => ground.code === code),
  );
  return { ...prohibited, grounds: [...grounds, ...further] };
}

/** A name without case and punctuation, as grounds match attributes. */
export const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Throws a `MisuseError` where a plan uses what its own grounds bar, with the way out. */
export function checkProhibited(plan: Plan): void {
  checkNames(plan);
  const { claims, window, experience, retention, prohibited } = plan;
  const allowed = Object.keys(prohibited.allowed).map(plain);
  for (const ground of groundsInForce(plan)) {
    const counted = ground.statuses.filter((status) => !claims.notCounted.includes(status));
    if (counted.length > 0) {
      refuse(
        'claims.notCounted',
        `claims of the status ${counted.join(', ')} must not be counted`,
        ground,
        `add ${counted.map((status) => `"${status}"`).join(', ')} to claims.notCounted`,
      );
    }
    const months = ground.lookBackMonths;
    if (
      months !== undefined &&
      Math.min(window.months, claims.lookBackMonths ?? window.months) > months
    ) {
      refuse(
        'window.months',
        `claims of more than ${months} months ago must not be counted, and the window has ${window.months}`,
        ground,
        `give a window of at most ${months} months, or claims.lookBackMonths ${months}`,
      );
    }
    for (const [place, attribute] of [
      ['experience.complement', experience.complement],
      ['retention.by', retention.by],
    ] as const) {
      if (attribute === undefined || allowed.includes(plain(attribute))) continue;
      if (!ground.attributes.map(plain).includes(plain(attribute))) continue;
      refuse(
        place,
        `customers must not be told apart by "${attribute}"`,
        ground,
        `take another attribute, or say in prohibited.allowed why it may be used: {"${attribute}": "the reason"}`,
      );
    }
  }
}

function refuse(place: string, what: string, ground: Ground, remedy: string): never {
  const { code, jurisdiction, citation, date: of } = ground;
  throw new MisuseError(
    `plan, ${place}: ${what} (${code}, ${jurisdiction}: ${citation}, ${of}); ${remedy}`,
  );
}

/** Jurisdictions without a ground, and what is allowed without being barred, are slips of the pen. */
function checkNames({ prohibited, hints }: Plan): void {
  if (!prohibited) return;
  const { jurisdictions, grounds, allowed } = prohibited;
  const all = [...grounds, ...startingGrounds()];
  const places = [...new Set(all.map(({ jurisdiction }) => jurisdiction))];
  const unknown = jurisdictions.find((place) => !places.includes(place));
  if (unknown !== undefined) {
    throw new MisuseError(
      `plan, prohibited.jurisdictions: no ground of "${unknown}" is known${didYouMean(unknown, places)}; there are ${places.join(', ')}; give others under prohibited.grounds`,
    );
  }
  const codes = grounds.map(({ code }) => code);
  const twice = codes.find((code, position) => codes.indexOf(code) !== position);
  if (twice !== undefined) {
    throw new MisuseError(`plan, prohibited.grounds: the code "${twice}" stands twice`);
  }
  const idle = grounds.findIndex((ground) => !barsSomething(ground));
  if (idle >= 0) {
    throw new MisuseError(
      `plan, prohibited.grounds.${idle}: expected a ground that bars something: actions with names, reprice with largestChange, statuses, lookBackMonths or attributes`,
    );
  }
  const barred = all.flatMap(({ code, attributes }) => [code, ...attributes]);
  const needless = Object.keys(allowed).find(
    (name) => !barred.some((other) => plain(other) === plain(name)),
  );
  if (needless !== undefined) {
    throw new MisuseError(
      `plan, prohibited.allowed: no ground bars "${needless}"${didYouMean(needless, barred)}`,
    );
  }
  if (grounds.length > 0 && hints.some(({ code }) => code === changeCode)) {
    throw new MisuseError(
      `plan, hints: "${changeCode}" is what a limited change of premium goes by; give the hint another code`,
    );
  }
}

function barsSomething(ground: Ground): boolean {
  const { actions, names, largestChange, statuses, lookBackMonths, attributes } = ground;
  return (
    (actions.length > 0 && names.length > 0) ||
    (actions.includes('reprice') && largestChange !== undefined) ||
    statuses.length > 0 ||
    lookBackMonths !== undefined ||
    attributes.length > 0
  );
}

/** Under this code a change of premium that a ground limits stands among what is withheld. */
export const changeCode = 'indicated-change';
