import { evaluate } from '../../formulas/evaluate.js';
import { type Formula, type NamedFormula } from '../../formulas/expression.js';
import type { Table } from '../../indicators/table.js';
import type { CardParameters } from '../../model/card.js';
import { levelColumn } from './levels.js';
import { cardTerms, cellAt } from './terms.js';

/** The input that holds where a customer stands on the card's k-th term ({@link cardTerms}). */
export function cardInput(k: number): string {
  return `card_level_${k + 1}`;
}

/** What the formulas of a card rest on. */
type Card = Pick<CardParameters, 'attributes' | 'pairs' | 'start'>;

/**
 * The card as formulas over the positions of levels: `card_points` (what everybody begins with + the
 * points of each level, or cell of two) and `card_relativity` (expected claims beside the book's for the same base;
 * the same sum, in the way that doubling points multiplies). A value that stands nowhere adds nothing.
 */
export function cardFormulas(card: Card): NamedFormula[] {
  const { start } = card;
  const of = (figure: 'points' | 'relativity', none: number): Formula[] =>
    cardTerms(card).map(({ rows }, k) => [
      'case',
      ['missing', cardInput(k)],
      none,
      ['lookup', cardInput(k), ...rows.map((row) => row[figure])],
    ]);
  const joined = (operator: '+' | '*', first: number, rest: Formula[]): Formula =>
    rest.reduce((left, right): Formula => [operator, left, right], first);
  return [
    { name: 'card_points', formula: joined('+', start.points, of('points', 0)) },
    { name: 'card_relativity', formula: joined('*', start.relativity, of('relativity', 1)) },
  ];
}

/** A customer's position as the formulas read it. */
export function positionInput(position: number): number {
  return position < 0 ? Number.NaN : position;
}

/** The points and relativities of a table's customers by a card. */
export function cardScores(
  table: Pick<Table, 'attributes' | 'length'>,
  card: Card,
): { points: Float64Array; relativity: Float64Array } {
  const inputs: Record<string, Float64Array> = {};
  for (const [k, term] of cardTerms(card).entries()) {
    const stands = term.attributes.map((attribute, a) => {
      const column = table.attributes.find(({ name }) => name === attribute);
      // A book without the column is one in which nobody's value is known.
      return column
        ? levelColumn(term.levels[a], column)
        : new Int32Array(table.length).fill(term.levels[a].missing);
    });
    const positions = stands.reduce((first, second) =>
      first.map((at, row) => cellAt(at, second[row], term.levels[1].names.length)),
    );
    inputs[cardInput(k)] = Float64Array.from(positions, positionInput);
  }
  const { card_points: points, card_relativity: relativity } = evaluate(
    cardFormulas(card),
    inputs,
    table.length,
  );
  return { points, relativity };
}

/**
 * The variance of the logarithm of a relativity: Σ covariances of the coefficients of attributes it is
 * made of, and, each fitted on top of all before it, the variance of each pair's; where a value stands
 * at none of a term's levels, their spread.
 *
 * @param positions one a term ({@link cardTerms}), −1 where the value stands nowhere
 */
export function logVariance(
  { attributes, pairs, covariance }: CardParameters,
  positions: readonly number[],
): number {
  let begin = 0;
  let variance = 0;
  const columns: number[] = [];
  attributes.forEach(({ rows, spread }, k) => {
    if (positions[k] < 0) variance += spread ** 2;
    else columns.push(begin + positions[k]);
    begin += rows.length;
  });
  for (const i of columns) {
    for (const j of columns) {
      const [low, high] = i < j ? [i, j] : [j, i];
      variance += covariance[(high * (high + 1)) / 2 + low];
    }
  }
  pairs?.chosen.forEach(({ rows, spread }, k) => {
    const position = positions[attributes.length + k];
    variance += (position < 0 ? spread : rows[position].standardError) ** 2;
  });
  return Math.max(0, variance);
}
