import { type Attribute, groupSums, sum, take, takeCoded } from '../../base/columns.js';
import type { CardAttribute, CardPair, CardParameters } from '../../model/card.js';
import { type CardPlan, trendOf } from '../../plan/card.js';
import { type CardRows, type Competitor, chosenAttributes, competitors } from './attributes.js';
import { cardScores } from './card.js';
import {
  type CardClaims,
  type CardCoefficients,
  type CardFactor,
  cardCoefficients,
  relativitiesOf,
} from './coefficients.js';
import { fitLevels, levelColumn } from './levels.js';
import { chosenPairs } from './pairs.js';
import { type ClaimsByTime, chosenPenalty, foldOf, penaltyDeviances } from './penalty.js';
import { cardTerms, toRead } from './terms.js';

/** Customers that a card is drawn on. */
export interface CardBook extends CardRows {
  readonly ids: readonly string[];
  readonly attributes: readonly Attribute[];
  /** Where the book has years: penalties are then tried on the latest. */
  readonly byTime?: ClaimsByTime | undefined;
}

/** What drawing a card gives: all but how it did on others. */
export type Drawn = Pick<
  CardParameters,
  | 'attributes'
  | 'pairs'
  | 'covariance'
  | 'dispersion'
  | 'penalty'
  | 'penalties'
  | 'competed'
  | 'start'
>;

/** Some of the customers. */
export function bookOfRows(book: CardBook, rows: Uint32Array): CardBook {
  return {
    ...withClaims(book, ({ counts, expected }) => ({
      counts: take(counts, rows),
      expected: take(expected, rows),
    })),
    ids: Array.from(rows, (row) => book.ids[row]),
    exposure: take(book.exposure, rows),
    attributes: book.attributes.map((attribute) => takeCoded(attribute, rows)),
  };
}

/** A book of which is expected what a relativity of each customer makes of it. */
export function times(book: CardBook, relativity: Float64Array): CardBook {
  return withClaims(book, ({ counts, expected }) => ({
    counts,
    expected: expected.map((value, row) => value * relativity[row]),
  }));
}

function withClaims(book: CardBook, of: (claims: CardClaims) => CardClaims): CardBook {
  const { byTime } = book;
  return {
    ...book,
    ...of(book),
    byTime: byTime && { before: of(byTime.before), latest: of(byTime.latest) },
  };
}

/**
 * Draws a card: attributes by the false-discovery test, levels cut from the data, the coefficients
 * of all attributes together under the penalty, rounded to points; then pair by pair, on top.
 */
export function selectCard(book: CardBook, plan: CardPlan): Drawn {
  const all = competitors(book, book.attributes, plan);
  // Attributes and pairs share the rate, so that it holds for all that gets a place.
  const rate = plan.falseDiscoveryRate / (all.length > 1 && plan.pairs !== 0 ? 2 : 1);
  const singles = chosenAttributes(book, all, rate);
  const cut = singles.map((one) => withLevels(book, one, plan)).filter(isTold);
  const each = fitted(
    book,
    cut.map(({ factor }) => factor),
    plan,
  );
  const { tested, chosen } = chosenPairs(
    book,
    book.attributes,
    cut.map(({ competitor }) => competitor),
    plan,
    rate,
  );
  // On top of all before it, so that a pair says only what its attributes do not say alone.
  let beside = times(book, each.relativity);
  const pairs = chosen.map(({ first, second, factor, probability }): CardPair => {
    const { penalty, penalties, relativity, figures } = fitted(beside, [factor], plan);
    beside = times(beside, relativity);
    return {
      attributes: [first.name, second.name],
      probability,
      levels: [first.levels, second.levels],
      penalty,
      penalties,
      ...figures[0],
    };
  });
  const drawn = {
    attributes: cut.map(
      ({ competitor: { attribute, probability }, levels }, k): CardAttribute => ({
        attribute: attribute.name,
        probability,
        levels,
        ...each.figures[k],
      }),
    ),
    pairs: { chosen: pairs, tested },
  };
  return {
    ...drawn,
    covariance: packed(each.covariance),
    dispersion: each.dispersion,
    penalty: each.penalty,
    penalties: each.penalties,
    competed: all.map(({ attribute, probability }) => ({
      attribute: attribute.name,
      probability: toRead(probability),
    })),
    start: startOf(book, drawn, plan),
  };
}

/** Coefficients of factors under the plan's penalty, or the one that tells best. */
function fitted(book: CardBook, factors: readonly CardFactor[], plan: CardPlan) {
  const penalties =
    plan.penalty === null && factors.length > 0
      ? penaltyDeviances(book, book.byTime, factors, Int32Array.from(book.ids, foldOf))
      : [];
  const penalty = plan.penalty ?? (penalties.length > 0 ? chosenPenalty(penalties) : 1);
  const fit = cardCoefficients(book, factors, penalty);
  return {
    penalty,
    penalties,
    dispersion: fit.dispersion,
    covariance: fit.covariance,
    figures: figuresOf(book, factors, fit, plan),
    relativity: relativitiesOf(factors, fit.coefficients, book.counts.length),
  };
}

/** What the card keeps of each level or cell of each factor, and how far these spread. */
function figuresOf(
  book: CardBook,
  factors: readonly CardFactor[],
  { coefficients, covariance }: CardCoefficients,
  { points: { double } }: CardPlan,
): Pick<CardAttribute, 'rows' | 'spread'>[] {
  let begin = 0;
  return factors.map(({ positions, levels }) => {
    const from = begin;
    begin += levels;
    const sums = (column: Float64Array) => groupSums(column, positions, levels);
    const [exposure, claims, expected] = [book.exposure, book.counts, book.expected].map(sums);
    const rows = Array.from({ length: levels }, (_, level) => {
      const at = from + level;
      const variance = Math.max(0, covariance[at * coefficients.length + at]);
      const points = Math.round((double * coefficients[at]) / Math.LN2) + 0;
      return {
        coefficient: toRead(coefficients[at]),
        standardError: toRead(Math.sqrt(variance)),
        points,
        relativity: 2 ** (points / double),
        exposure: toRead(exposure[level]),
        claims: claims[level],
        expected: toRead(expected[level]),
      };
    });
    const total = sum(expected);
    const square = expected.map((of, level) => (of / total) * coefficients[from + level] ** 2);
    return { rows, spread: toRead(Math.sqrt(sum(square))) };
  });
}

interface Cut {
  readonly competitor: Competitor;
  readonly levels: CardAttribute['levels'];
  readonly factor: CardFactor;
}

function withLevels(book: CardBook, competitor: Competitor, plan: CardPlan): Cut {
  const { attribute } = competitor;
  const trend = trendOf(plan, attribute.name);
  const levels = fitLevels(attribute, book.exposure, book.counts, {
    expected: book.expected,
    trend,
    minimumExposure: plan.minimumExposure,
  });
  const factor = {
    positions: levelColumn(levels, attribute),
    levels: levels.names.length,
    trend,
    missing: levels.missing,
  } as const;
  return { competitor, levels, factor };
}

/** Where a trend leaves one level, nothing is told. */
const isTold = ({ factor }: Cut) => factor.levels > 1;

/** What everybody begins with, so that the card's expected claims add up to the book's. */
function startOf(
  book: CardBook,
  drawn: Pick<CardParameters, 'attributes' | 'pairs'>,
  { points: { base, double } }: CardPlan,
): CardParameters['start'] {
  if (cardTerms(drawn).length === 0) return { points: base, relativity: 1 };
  const { relativity } = cardScores(
    { attributes: book.attributes, length: book.ids.length },
    { ...drawn, start: { points: base, relativity: 1 } },
  );
  const expected = sum(relativity.map((value, row) => value * book.expected[row]));
  // To twelve digits: cards that say the same must not be told apart by rounding.
  const level = Number((sum(book.counts) / expected).toPrecision(12));
  return { points: base + double * Math.log2(level), relativity: level };
}

/** Below and on the diagonal, row by row. */
function packed(covariance: Float64Array): number[] {
  const size = Math.sqrt(covariance.length);
  const kept: number[] = [];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) kept.push(toRead(covariance[i * size + j]));
  }
  return kept;
}
