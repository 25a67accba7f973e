import { type Command, InvalidArgumentError } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import { countIssues } from '../book/issues.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { indicators } from '../indicators/indicators.js';
import { bookFigures } from '../portfolio/book-figures/book-figures.js';
import { serviceBudget } from '../portfolio/book-figures/service-budget.js';
import { serviceBudgetText } from '../portfolio/book-figures/service-budget-view.js';
import { bookFiguresText } from '../portfolio/book-figures/view.js';
import { issuesText } from '../portfolio/summary/view.js';
import { given, type InputOptions, readBookInput } from './input.js';
import { inputCommand, notOffered, once } from './options.js';
import { checkOutputs, type OutputOptions, type Print, reportIssues } from './outputs.js';

interface KpiCommandOptions {
  readonly against?: string;
  readonly budget?: number;
}

/** `bookgrade kpi`: the figures of the whole book on two days, and what changed between them. */
export function kpiCommand(program: Command, print: Print): void {
  const what = 'the figures of the whole book on two days and what changed';
  notOffered(inputCommand(program, 'kpi', what), '--model', '--indicators')
    .option('--against <date>', 'the earlier day to compare with, a year before (required)', once)
    .option('--budget <amount>', 'lay a service budget over the tiers by value', amount)
    .action(async (options: InputOptions & OutputOptions & KpiCommandOptions) => {
      const against = given(options.against, '--against DATE, the earlier day to compare with');
      const day = dayFromISO(against, '--against');
      if (options.asOf !== undefined && day >= dayFromISO(options.asOf, '--as-of')) {
        throw new MisuseError(
          `expected --against before --as-of, got --against ${against} and --as-of ${options.asOf}`,
        );
      }
      await checkOutputs(options);
      const { book, asOf, plan, issues } = await readBookInput(options, 'kpi');
      await reportIssues(issues, options);
      const figures = bookFigures(book, { asOf, against, plan });
      const found = countIssues(issues);
      if (options.budget === undefined) {
        print(
          options,
          { ...figures, issues: found },
          `${bookFiguresText(figures)}\n\n${issuesText(found)}`,
        );
        return;
      }
      const table = indicators(book, { asOf, plan });
      const grades = assess(table, calibrate(table, plan));
      const laid = serviceBudget(grades, { budget: options.budget });
      print(
        options,
        { ...figures, serviceBudget: laid, issues: found },
        [bookFiguresText(figures), serviceBudgetText(laid), issuesText(found)].join('\n\n'),
      );
    });
}

/** An amount of money of 0 or more, as `120000` or `1499.50`. */
function amount(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected an amount of 0 or more, like 120000.');
}
