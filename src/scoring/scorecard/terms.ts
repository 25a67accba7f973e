import type { CardAttribute, CardParameters } from '../../model/card.js';
import { type Levels, levelOf } from './levels.js';

/** What moves points: where somebody stands on one attribute, or on two together. */
export interface CardTerm {
  /** As people read it: `region`, or `region with fuel`. */
  readonly name: string;
  /** The one or two attributes, and the levels of each. */
  readonly attributes: readonly string[];
  readonly levels: readonly Levels[];
  /** One a level, or a cell of two: its name, and its figures. */
  readonly names: readonly string[];
  readonly rows: CardAttribute['rows'];
  readonly spread: number;
}

/** All that moves a card's points, in the order of its coefficients: attributes, then pairs. */
export function cardTerms({
  attributes,
  pairs,
}: Pick<CardParameters, 'attributes' | 'pairs'>): CardTerm[] {
  return [
    ...attributes.map(({ attribute, levels, rows, spread }) => ({
      name: attribute,
      attributes: [attribute],
      levels: [levels],
      names: levels.names,
      rows,
      spread,
    })),
    ...(pairs?.chosen ?? []).map(({ attributes, levels, rows, spread }) => ({
      name: attributes.join(' with '),
      attributes,
      levels,
      names: levels[0].names.flatMap((a) => levels[1].names.map((b) => `${a}, ${b}`)),
      rows,
      spread,
    })),
  ];
}

/** The attributes that a card needs to be known of somebody, each once. */
export function attributesOf(card: Pick<CardParameters, 'attributes' | 'pairs'>): string[] {
  return [...new Set(cardTerms(card).flatMap(({ attributes }) => attributes))];
}

/** The cell of two levels, the second within the first; −1 where either is nowhere. */
export function cellAt(first: number, second: number, secondLevels: number): number {
  return first < 0 || second < 0 ? -1 : first * secondLevels + second;
}

/** Where somebody stands on a term, −1 for nowhere, and what of it no customer of the book had. */
export interface Stand {
  readonly position: number;
  /** Attributes whose value no customer had; of a pair, its name, where none had both. */
  readonly unseen: readonly string[];
}

/** Where somebody stands on the terms of a card, by the label of each attribute. */
export function standsOn(
  terms: readonly CardTerm[],
  labelOf: (attribute: string) => string | undefined,
): Stand[] {
  return terms.map((term) => {
    const each = term.attributes.map((name, k) => levelOf(term.levels[k], labelOf(name)));
    const position = each
      .map((stand) => stand.position)
      .reduce((first, second) => cellAt(first, second, term.levels[1].names.length));
    const unseen = term.attributes.filter((_, k) => !each[k].seen);
    const never = unseen.length === 0 && term.rows[position].exposure === 0;
    return { position, unseen: never ? [term.name] : unseen };
  });
}

/** To five digits: who reads a table, and an interval, need no more. */
export function toRead(value: number): number {
  // No sign on a zero: a file would not keep it.
  return Number(value.toPrecision(5)) + 0;
}
