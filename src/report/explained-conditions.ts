import { filled } from '../formulas/explain.js';
import type { Formula } from '../formulas/expression.js';
import type { Grade } from '../grading/grade.js';
import { type Comparison, type Condition, inWords } from '../segments/conditions.js';
import { textFor } from '../segments/words.js';
import { indented, type PageFormat } from './page-wording.js';

/** The rules up to the one that decided, and the figures they looked at. */
export function conditionLines(
  { conditions, risk, standing }: Grade,
  format: PageFormat,
): string[] {
  const { page, locale, values, textIn } = format;
  const tierName = (condition: Pick<Condition, 'tier'>) =>
    textFor(locale.tiers, condition.tier) ?? condition.tier;
  const answer = ({ holds }: Pick<Condition, 'holds'>) => (holds ? locale.yes : locale.no);
  const lines = conditions.flatMap((condition) => {
    const { comparisons, formula, text } = condition;
    const rule = filled(page.rule, {
      tier: tierName(condition),
      rule: textIn(text, () => inWords(formula, values)),
      answer: answer(condition),
    });
    if (comparisons.length === 1) return [`${rule}${figures(comparisons[0], format)}`];
    const parts = comparisons.map((comparison) => {
      const words = textIn(comparison.text, () => inWords(comparison.formula, values));
      const line = filled(page.comparison, { comparison: words, answer: answer(comparison) });
      return `${line}${figures(comparison, format)}`;
    });
    return [rule, ...indented(...parts)];
  });
  const none = conditions.some(({ holds }) => holds)
    ? []
    : [filled(page.noRule, { tier: tierName({ tier: standing?.observedTier ?? risk.tier }) })];
  return [page.checked, ...indented(...lines, ...none)];
}

/** What a comparison found; a number that stands in the rule is not repeated. */
function figures(
  { formula, observed, compared }: Comparison,
  { page, valueText }: PageFormat,
): string {
  const [left, right] = sides(formula);
  const name = [left, right].find((side) => typeof side === 'string') ?? '';
  const values = {
    observed: valueText(observed, typeof left === 'string' ? left : name),
    compared: valueText(compared, typeof right === 'string' ? right : name),
  };
  return filled(
    right === undefined || typeof right === 'number' ? page.figure : page.figures,
    values,
  );
}

function sides(formula: Formula): readonly Formula[] {
  if (typeof formula !== 'object') return [formula];
  const [operator, ...operands] = formula;
  if (operator === 'not') return sides(operands[0]);
  return operands.length <= 2 ? operands : [];
}
