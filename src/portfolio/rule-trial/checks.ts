import { attributeNamed, labelAt } from '../../base/columns.js';
import { didYouMean, MisuseError, requireKnown, shown } from '../../base/errors.js';
import type { Book } from '../../book/book.js';
import { type Formula, namesIn } from '../../formulas/expression.js';
import { type Unit, unitFaults } from '../../formulas/units.js';
import type { Plan } from '../../plan/plan.js';
import { barredAttribute } from '../../plan/protected.js';
import { ruleNames } from '../../scoring/scores.js';
import { inWords } from '../../segments/conditions.js';
import { english } from '../../segments/english.js';
import { valueFormat } from '../../segments/wording.js';
import type { Reaction } from './figures.js';

export type Where = Readonly<Record<string, readonly string[]>>;

/** What the card says of a customer, with its unit. */
export const cardNames: ReadonlyMap<string, Unit> = new Map([
  ['card_points', 'count'],
  ['card_relativity', 'share'],
]);

/** What an underwriting rule may name, with its unit: as the plan's rules, and of a card. */
export function underwritingNames(plan: Plan): Map<string, Unit> {
  return new Map([...ruleNames(plan), ...cardNames]);
}

/** Throws a `MisuseError` for a rule that is none, or that names what there is not. */
export function checkRule(rule: Formula | null, where: Where, book: Book, plan: Plan): void {
  if (rule === null || rule === undefined) {
    if (Object.keys(where).length > 0) return checkWhere(where, book, plan);
    throw new MisuseError(
      "simulateRule: expected a rule, as ['>', 'expected_loss_ratio', 1], or attributes as where",
    );
  }
  if (typeof rule === 'number') {
    throw new MisuseError(
      `simulateRule: expected a rule that holds for some customers, got the number ${rule}`,
    );
  }
  checkFormula(rule, plan, 'yes or no');
  checkWhere(where, book, plan);
}

/** Throws a `MisuseError` for a formula that cannot be told of customers. */
export function checkFormula(formula: Formula, plan: Plan, gives: 'yes or no' | 'number'): void {
  if (typeof formula !== 'string' && !Array.isArray(formula)) {
    throw new MisuseError(
      `simulateRule: expected a formula, as ['>', 'expected_loss_ratio', 1], got ${shown(formula)}`,
    );
  }
  const names = underwritingNames(plan);
  const unknown = namesIn(formula).find((name) => !names.has(name));
  if (unknown !== undefined) {
    throw new MisuseError(
      `simulateRule: no indicator or score is named "${unknown}"${didYouMean(unknown, [...names.keys()])}`,
    );
  }
  const ofCard = plan.card ? undefined : namesIn(formula).find((name) => cardNames.has(name));
  if (ofCard !== undefined) {
    throw new MisuseError(
      `simulateRule: "${ofCard}" is of the card, and the plan has none: give it one, {"card": {}}`,
    );
  }
  const [fault] = unitFaults(formula, (name) => names.get(name), gives);
  if (fault !== undefined) throw new MisuseError(`simulateRule: ${fault.message}`);
}

function checkWhere(where: Where, { terms }: Book, plan: Plan): void {
  for (const [name, labels] of Object.entries(where)) {
    const attribute = attributeNamed(terms.attributes, name, 'simulateRule');
    const barred = barredAttribute(name, plan);
    if (barred?.standing === 'barred') {
      throw new MisuseError(
        `simulateRule: where: customers must not be told apart by "${name}": ${barred.because}`,
      );
    }
    if (!Array.isArray(labels) || labels.length === 0) {
      throw new MisuseError(
        `simulateRule: where: expected a list of labels of "${name}", got ${shown(labels)}`,
      );
    }
    const unknown = labels.find((label) => !attribute.labels.includes(label));
    if (unknown === undefined) continue;
    throw new MisuseError(
      `simulateRule: where: no customer's ${name} is ${shown(unknown)}${didYouMean(String(unknown), attribute.labels)}`,
    );
  }
}

/** The reaction assumed of those touched: all of them leave, unless stated otherwise. */
export function checkedReaction(given: Partial<Reaction> = {}): Reaction {
  requireKnown(given, ['leave', 'surcharge'], 'simulateRule: reaction');
  const { leave = 1, surcharge = 0 } = given;
  if (!(typeof leave === 'number' && leave >= 0 && leave <= 1)) {
    throw new MisuseError(
      `simulateRule: reaction.leave: expected the share of those touched that leaves, 0 to 1, got ${shown(leave)}`,
    );
  }
  if (!(typeof surcharge === 'number' && surcharge >= 0 && Number.isFinite(surcharge))) {
    throw new MisuseError(
      `simulateRule: reaction.surcharge: expected a share of premium, 0 or more, got ${shown(surcharge)}`,
    );
  }
  if (surcharge > 0 && leave === 1) {
    throw new MisuseError(
      'simulateRule: reaction: a surcharge is paid by those who stay: give leave below 1',
    );
  }
  return { leave, surcharge };
}

/** Which rows of coded columns have one of the labels asked for, in every attribute asked for. */
export function whereHolds(
  where: Where,
  attributes: Book['terms']['attributes'],
): (row: number) => boolean {
  const asked = attributes.filter(({ name }) => Object.hasOwn(where, name));
  return (row) =>
    asked.every((attribute) => {
      const label = labelAt(attribute, row);
      return label !== undefined && where[attribute.name].includes(label);
    });
}

/** A rule in words: `expected loss ratio is above 90%; channel is broker or agent`. */
export function ruleText(rule: Formula | null, where: Where): string {
  return [
    ...(rule === null ? [] : [inEnglish(rule)]),
    ...Object.entries(where).map(([name, labels]) => `${name} is ${labels.join(' or ')}`),
  ].join('; ');
}

/** A formula in English words. */
export function inEnglish(formula: Formula): string {
  return inWords(formula, valueFormat(english));
}
