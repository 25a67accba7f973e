import { didYouMean, MisuseError, requireKnown, shown } from '../base/errors.js';
import { compile } from '../formulas/compile.js';
import type { CardParameters } from '../model/card.js';
import type { Model } from '../model/model.js';
import { permissibleLossRatio } from '../plan/plan.js';
import { cardFormulas, cardInput, logVariance, positionInput } from '../scoring/scorecard/card.js';
import { type CardTerm, cardTerms, type Stand, standsOn } from '../scoring/scorecard/terms.js';

/** What an applicant is told, from the mildest; there is no `decline`. */
export const screeningHints = [
  'accept',
  'accept with loading',
  'more information',
  'refer',
] as const;
export type ScreeningHint = (typeof screeningHints)[number];

/** Somebody without history: the attributes that the book has of its customers, by name. */
export interface Applicant {
  readonly applicantId: string | number;
  /** Null for a value that is not known; those that the card does not use are passed over. */
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
}

/** A level of the card, or a cell of two attributes, that moves an applicant's points. */
export interface ScreeningReason {
  /** Of a pair, both: `region with fuel`; its level likewise: `south, diesel`. */
  readonly attribute: string;
  readonly level: string;
  readonly points: number;
}

/** What screening says of an applicant: advice with evidence, never a verdict. */
export interface Screening {
  readonly applicantId: string;
  readonly points: number;
  /** Expected claims beside those of the book for the same base, and the ends of its interval. */
  readonly relativity: number;
  readonly interval: readonly [low: number, high: number];
  /** The book's loss ratio × relativity. */
  readonly expectedLossRatio: number;
  /**
   * About the share of the book's customers, and of its high-risk ones, who have fewer points or as
   * many: read between twentieths that the model keeps; null where there were too few high-risk.
   */
  readonly likeness: { readonly book: number; readonly highRisk: number | null };
  /** Up to four, those that move the points furthest first. */
  readonly reasons: readonly ScreeningReason[];
  readonly hint: ScreeningHint;
  /**
   * Attributes of the card with a value that no customer of the book had, and pairs of which it had
   * no customer with both values.
   */
  readonly unseen: readonly string[];
  /** The lines that lie within the interval of the expected loss ratio. */
  readonly near: readonly ('permissible' | 'refer above')[];
  /**
   * What would bring the expected loss ratio to the permissible one, where it is above: so much more
   * premium, or a deductible that leaves so much of the losses with the customer. Else null.
   */
  readonly terms: { readonly loading: number; readonly lossShare: number } | null;
}

const maxReasons = 4;

/**
 * A function that screens people without history by a model's scorecard: where they stand on each
 * attribute gives points, points a relativity to the book, and that a hint. `refer` where the
 * expected loss ratio is above the plan's line; `more information` where the interval is too wide or
 * values were never seen; `accept with loading` above the permissible loss ratio; else `accept`.
 *
 * The interval holds the relativity of such people, not what one of them will claim, with the plan's
 * probability (`experience.interval`), given the attributes and levels that were chosen; a value
 * that was never seen adds the spread of its attribute.
 *
 * @throws MisuseError for a model without a card, and for an applicant that lacks one of its
 * attributes: null says that it is not known
 * @example
 * ```ts
 * const rows = Array.from({ length: 600 }, (_, k) => ({
 *   customerId: `C${k}`, earnedPremium: 900, exposureYears: 3, claimCount: k % 6 === 0 ? 2 : k % 4 === 0 ? 1 : 0,
 *   incurredLoss: k % 6 === 0 ? 2600 : k % 4 === 0 ? 1300 : 0, tenureYears: 3, annualPremium: 300, region: k % 2 === 0 ? 'south' : 'north',
 * }));
 * const model = calibrate(readIndicators(rows).table, { card: {} });
 * const { hint, reasons } = screener(model)({ applicantId: 'Zoe', attributes: { region: 'south' } });
 * [hint, reasons[0].level]; // => ['refer', 'south']
 * ```
 */
export function screener(model: Model): (applicant: Applicant) => Screening {
  const card = cardOf(model);
  const terms = cardTerms(card);
  const names = terms.map((_, k) => cardInput(k));
  const program = compile(cardFormulas(card), names, 1);
  const inputs = names.map((name) => program.register(name));
  const points = program.register('card_points');
  const relativity = program.register('card_relativity');
  return (applicant) => {
    const { applicantId, stands } = placed(applicant, terms);
    inputs.forEach((input, k) => {
      input[0] = positionInput(stands[k].position);
    });
    program.run(1);
    const reach =
      card.normalQuantile *
      Math.sqrt(
        logVariance(
          card,
          stands.map(({ position }) => position),
        ),
      );
    const interval = [relativity[0] * Math.exp(-reach), relativity[0] * Math.exp(reach)] as const;
    const unseen = [...new Set(stands.flatMap((stand) => stand.unseen))];
    return {
      applicantId,
      points: points[0],
      relativity: relativity[0],
      interval,
      likeness: {
        book: shareUpTo(card.quantiles.book, points[0]),
        highRisk:
          card.quantiles.highRisk === null ? null : shareUpTo(card.quantiles.highRisk, points[0]),
      },
      reasons: reasonsOf(terms, stands),
      unseen,
      ...advice(model, relativity[0], interval, unseen.length),
    };
  };
}

/**
 * Screens one applicant by a model's scorecard; see {@link screener} for many.
 *
 * @throws MisuseError as {@link screener}
 */
export function screen(applicant: Applicant, model: Model): Screening {
  return screener(model)(applicant);
}

/** The card of a model, which must have one. */
export function cardOf(model: Model): CardParameters {
  if (!model?.parameters) {
    throw new MisuseError('screener: expected a model, as calibrate() or readModel() give');
  }
  const { card } = model.parameters;
  if (card) return card;
  throw new MisuseError(
    'screener: the model has no scorecard; give the plan a card, {"card": {}}, and calibrate again',
  );
}

function placed(applicant: Applicant, terms: readonly CardTerm[]) {
  requireKnown(applicant, ['applicantId', 'attributes'], 'screener');
  const { applicantId, attributes } = applicant;
  if (!(Number.isFinite(applicantId) || (typeof applicantId === 'string' && applicantId !== ''))) {
    throw new MisuseError(
      `screener: expected a text or number for applicantId, got ${shown(applicantId)}`,
    );
  }
  if (typeof attributes !== 'object' || attributes === null) {
    throw new MisuseError(`screener: expected attributes by name, got ${shown(attributes)}`);
  }
  const labelOf = (attribute: string) => {
    // Null says that it is not known; nothing at all is more likely forgotten.
    if (!Object.hasOwn(attributes, attribute)) {
      const near = didYouMean(attribute, Object.keys(attributes));
      throw new MisuseError(
        `screener: the card has "${attribute}": expected it among the applicant's attributes${near}; null where it is not known`,
      );
    }
    const value = attributes[attribute];
    if (typeof value === 'object' && value !== null) {
      throw new MisuseError(`screener: expected one value for "${attribute}", got ${shown(value)}`);
    }
    const unknown = value === null || value === undefined || Number.isNaN(value);
    const label = unknown ? '' : String(value).trim();
    return label === '' ? undefined : label;
  };
  return { applicantId: String(applicantId), stands: standsOn(terms, labelOf) };
}

function reasonsOf(terms: readonly CardTerm[], stands: readonly Stand[]): ScreeningReason[] {
  return terms
    .flatMap(({ name, names, rows }, k) => {
      const { position } = stands[k];
      if (position < 0 || rows[position].points === 0) return [];
      return { attribute: name, level: names[position], points: rows[position].points };
    })
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, maxReasons);
}

function advice(
  { plan, parameters: { book } }: Model,
  relativity: number,
  [low, high]: readonly [number, number],
  unseen: number,
): Pick<Screening, 'expectedLossRatio' | 'hint' | 'near' | 'terms'> {
  const expected = book.lossRatio * relativity;
  const permissible = permissibleLossRatio(plan);
  // A model with a card has a plan with one.
  const { referAbove, widestInterval, maxUnseen } = plan.card?.screening ?? {
    referAbove: 1,
    widestInterval: Number.POSITIVE_INFINITY,
    maxUnseen: Number.POSITIVE_INFINITY,
  };
  const hint = (): ScreeningHint => {
    if (expected > referAbove) return 'refer';
    if (unseen > maxUnseen || high > widestInterval * low) return 'more information';
    return expected > permissible ? 'accept with loading' : 'accept';
  };
  const within = (line: number) => book.lossRatio * low <= line && line <= book.lossRatio * high;
  return {
    expectedLossRatio: expected,
    hint: hint(),
    near: [
      ...(within(permissible) ? (['permissible'] as const) : []),
      ...(within(referAbove) ? (['refer above'] as const) : []),
    ],
    terms:
      expected > permissible && permissible > 0
        ? { loading: expected / permissible - 1, lossShare: 1 - permissible / expected }
        : null,
  };
}

/** The share of those whose quantiles these are that has so much or less, by straight lines between. */
function shareUpTo(quantiles: readonly number[], value: number): number {
  const last = quantiles.length - 1;
  if (value < quantiles[0]) return 0;
  const at = quantiles.findLastIndex((quantile) => quantile <= value);
  if (at === last) return 1;
  return (at + (value - quantiles[at]) / (quantiles[at + 1] - quantiles[at])) / last;
}
