import { type Command, InvalidArgumentError } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { indicators } from '../indicators/indicators.js';
import { bookFigures } from '../portfolio/book-figures/book-figures.js';
import { serviceBudget } from '../portfolio/book-figures/service-budget.js';
import { showBookFigures } from '../portfolio/book-figures/view.js';
import { type AnalysisOptions, analysis } from './analysis.js';
import { given, readBookInput } from './input.js';
import type { Print } from './options.js';
import { inputOptions, notOffered, once } from './options.js';

interface KpiOptions extends AnalysisOptions {
  readonly against?: string;
  readonly budget?: number;
}

/** `bookgrade kpi`: the figures of the whole book on two days, and what changed between them. */
export function define(command: Command, print: Print): void {
  notOffered(inputOptions(command), '--model', '--indicators')
    .option('--against <date>', 'the earlier day to compare with, a year before (required)', once)
    .option('--budget <amount>', 'lay a service budget over the tiers by value', amount);
  analysis(command, print, {
    check: (options: KpiOptions) => againstOf(options),
    read: (options) => readBookInput(options, 'kpi'),
    run({ book, asOf, plan }, options) {
      const figures = bookFigures(book, { asOf, against: againstOf(options), plan });
      if (options.budget === undefined) return figures;
      const table = indicators(book, { asOf, plan });
      const grades = assess(table, calibrate(table, plan));
      return showBookFigures({
        ...figures,
        serviceBudget: serviceBudget(grades, { budget: options.budget }),
      });
    },
  });
}

function againstOf({ against: day, asOf }: KpiOptions): string {
  const against = given(day, '--against DATE, the earlier day to compare with');
  const earlier = dayFromISO(against, '--against');
  if (asOf !== undefined && earlier >= dayFromISO(asOf, '--as-of')) {
    throw new MisuseError(
      `expected --against before --as-of, got --against ${against} and --as-of ${asOf}`,
    );
  }
  return against;
}

/** An amount of money of 0 or more, as `120000` or `1499.50`. */
function amount(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected an amount of 0 or more, like 120000.');
}
