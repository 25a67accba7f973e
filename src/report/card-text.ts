import { cardOf } from '../grading/screen.js';
import type { CardParameters } from '../model/card.js';
import type { Model } from '../model/model.js';
import { modelNotes } from '../scoring/notes.js';
import { cardTerms } from '../scoring/scorecard/terms.js';
import { counted, formatValue } from '../segments/counted.js';
import { asText, type Block } from './blocks.js';

const signed = (points: number) => (points > 0 ? `+${points}` : String(points));
const whole = (value: number) => String(Math.round(value));
const share = (part: number) => formatValue(part, 'loss_ratio');

/**
 * A model's scorecard as a table: for each level of each attribute its points, what they multiply the
 * relativity by, and the years of cover and claims they rest on; how the card was judged.
 *
 * @throws MisuseError for a model without a card
 */
export function cardText(model: Model): string {
  return asText(cardBlocks(model));
}

function cardBlocks(model: Model): Block[] {
  const card = cardOf(model);
  const { start, points, allowed, notes } = card;
  const rows = cardTerms(card).flatMap(({ name, names, rows }) =>
    rows.map((row, level) => [
      `${name}: ${names[level]}`,
      signed(row.points),
      row.relativity.toFixed(2),
      whole(row.exposure),
      whole(row.claims),
      whole(row.expected),
    ]),
  );
  return [
    `Scorecard: everybody begins with ${start.points.toFixed(1)} points; ${points.base} is the book's average, ${points.double} more double the expected claims for the same ${baseWords(card)}`,
    ...(rows.length > 0
      ? [{ header: ['level', 'points', '×', 'years', 'claims', 'expected'], rows }]
      : []),
    ...(rows.length > 0 ? [chosenText(model, card)] : []),
    ...(card.judged ? [validationText(card, card.judged)] : []),
    ...Object.entries(allowed).map(
      ([name, reason]) => `Protected attribute ${name}, allowed by the plan: ${reason}`,
    ),
    ...modelNotes(notes).map((note) => `Note: ${note}.`),
  ];
}

const baseWords = ({ base }: CardParameters) =>
  base === 'earned_premium' ? 'premium' : 'years of cover';

function chosenText({ plan }: Model, { attributes, pairs, competed }: CardParameters): string {
  const { chosen, tested } = pairs;
  const also = tested > 0 ? ` and ${chosen.length} of ${counted(tested, 'pair')}` : '';
  const rate = plan.card ? ` (false-discovery rate ${share(plan.card.falseDiscoveryRate)})` : '';
  const onTop =
    chosen.length > 0 ? ' Pairs come on top of attributes, in points and expected claims.' : '';
  return `${attributes.length} of ${counted(competed.length, 'attribute')}${also} distinguish customers by more than chance${rate}.${onTop}`;
}

function validationText(
  card: CardParameters,
  judged: NonNullable<CardParameters['judged']>,
): string {
  const figure = ({ value, low, high }: typeof judged.card) =>
    `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
  const by =
    judged.by === 'latest-year'
      ? 'on the latest year, by a card fitted on the years before it'
      : 'on each fifth of the customers, by a card fitted on the others';
  const base = baseWords(card);
  const both = base === 'premium' ? 'premium × card' : 'the card';
  return [
    `Validated ${by} (${counted(judged.customers, 'customer')}, ${counted(judged.claims, 'claim')}), Gini index of claims with its 90% interval.`,
    `Beyond ${base}, by ${base}: ${figure(judged.card)}.`,
    `By years of cover: premium alone ${figure(judged.premium)}, ${both} ${figure(judged.baseAndCard)}, gain ${figure(judged.gain)}.`,
  ].join(' ');
}
