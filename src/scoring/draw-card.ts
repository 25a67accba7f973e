import { type Attribute, groupSums, sum, take, takeCoded } from '../columns.js';
import type { CardAttribute, CardParameters } from '../model/card.js';
import type { CardPlan } from '../plan/card.js';
import { cardScores } from './card.js';
import {
  type CardRows,
  type Competitor,
  chosenAttributes,
  competitors,
} from './card-attributes.js';
import { type CardFactor, cardCoefficients } from './card-coefficients.js';
import { chosenPenalty, foldOf, penaltyDeviances } from './card-penalty.js';
import { fitLevels, levelColumn } from './levels.js';

/** Customers that a card is drawn on. */
export interface CardBook extends CardRows {
  readonly ids: readonly string[];
  readonly attributes: readonly Attribute[];
}

/** What drawing a card gives: all but how it did on others. */
export type Drawn = Pick<
  CardParameters,
  'attributes' | 'covariance' | 'dispersion' | 'penalty' | 'penalties' | 'competed' | 'start'
>;

/** Some of the customers. */
export function bookOfRows(book: CardBook, rows: Uint32Array): CardBook {
  return {
    ids: Array.from(rows, (row) => book.ids[row]),
    counts: take(book.counts, rows),
    expected: take(book.expected, rows),
    exposure: take(book.exposure, rows),
    attributes: book.attributes.map((attribute) => takeCoded(attribute, rows)),
  };
}

/**
 * Draws a card: attributes by the false-discovery test, levels cut from the data, all coefficients
 * together under the penalty, rounded to points.
 */
export function drawCard(book: CardBook, plan: CardPlan): Drawn {
  const all = competitors(book, book.attributes, plan);
  const chosen = chosenAttributes(book, all, plan.falseDiscoveryRate);
  const cut = chosen.map((one) => withLevels(book, one, plan)).filter(isTold);
  const factors = cut.map(({ factor }) => factor);
  const penalties =
    plan.penalty === null && cut.length > 0
      ? penaltyDeviances(book, factors, Int32Array.from(book.ids, foldOf))
      : [];
  const penalty = plan.penalty ?? (penalties.length > 0 ? chosenPenalty(penalties) : 1);
  const fit = cardCoefficients(book, factors, penalty);
  const size = fit.coefficients.length;
  let begin = 0;
  const attributes = cut.map(({ competitor, levels, factor }): CardAttribute => {
    const from = begin;
    begin += factor.levels;
    const sums = (column: Float64Array) => groupSums(column, factor.positions, factor.levels);
    const [exposure, claims, expected] = [book.exposure, book.counts, book.expected].map(sums);
    const total = sum(expected);
    const rows = levels.names.map((_, level) => {
      const coefficient = fit.coefficients[from + level];
      // No sign on a zero: a file would not keep it.
      const points = Math.round((plan.points.double * coefficient) / Math.LN2) + 0;
      return {
        coefficient,
        standardError: Math.sqrt(Math.max(0, fit.covariance[(from + level) * size + from + level])),
        points,
        relativity: 2 ** (points / plan.points.double),
        exposure: exposure[level],
        claims: claims[level],
        expected: expected[level],
      };
    });
    const square = rows.map((row) => (row.expected / total) * row.coefficient ** 2);
    return {
      attribute: competitor.attribute.name,
      probability: competitor.probability,
      levels,
      rows,
      spread: Math.sqrt(sum(square)),
    };
  });
  return {
    attributes,
    covariance: packed(fit.covariance, size),
    dispersion: fit.dispersion,
    penalty,
    penalties,
    competed: all.map(({ attribute, probability }) => ({ attribute: attribute.name, probability })),
    start: startOf(book, attributes, plan),
  };
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
    minimumExposure: plan.minimumExposure ?? undefined,
  });
  const factor = {
    positions: levelColumn(levels, attribute),
    levels: levels.names.length,
    direction: trend === 'ascending' ? 1 : trend === 'descending' ? -1 : 0,
    missing: levels.missing,
  } as const;
  return { competitor, levels, factor };
}

function trendOf({ trends }: CardPlan, name: string) {
  return Object.hasOwn(trends, name) ? trends[name] : 'free';
}

/** Where a trend leaves one level, nothing is told. */
const isTold = ({ factor }: Cut) => factor.levels > 1;

/** What everybody begins with, so that the card's expected claims add up to the book's. */
function startOf(
  book: CardBook,
  attributes: CardAttribute[],
  { points: { base, double } }: CardPlan,
): CardParameters['start'] {
  if (attributes.length === 0) return { points: base, relativity: 1 };
  const { relativity } = cardScores(
    { attributes: book.attributes, length: book.ids.length },
    { attributes, start: { points: base, relativity: 1 } },
  );
  const level = sum(book.counts) / sum(relativity.map((value, row) => value * book.expected[row]));
  return { points: base + double * Math.log2(level), relativity: level };
}

/** Below and on the diagonal, row by row, to six digits: an interval needs no more. */
function packed(covariance: Float64Array, size: number): number[] {
  const kept: number[] = [];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) kept.push(Number(covariance[i * size + j].toPrecision(6)) + 0);
  }
  return kept;
}
