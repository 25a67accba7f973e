import type { Command } from 'commander';
import { didYouMean, MisuseError } from '../base/errors.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { gradeAt } from '../grading/grader.js';
import { claimsNotCounted } from '../indicators/not-counted.js';
import { locales } from '../locales/locales.js';
import { explanation } from '../report/explanation.js';
import { readInput } from './input.js';
import {
  type InputOptions,
  inputOptions,
  type OutputOptions,
  once,
  type Print,
} from './options.js';
import { checkOutputs, reportIssues } from './outputs.js';
import { readRemembered, standingOptions } from './standings.js';

interface ExplainOptions {
  readonly locale?: string;
}

/** `bookgrade explain`: one customer's grade, as a page to read out. */
export function define(command: Command, print: Print): void {
  standingOptions(inputOptions(command.argument('<customer-id>')))
    .option(
      '--locale <language>',
      `the language: ${Object.keys(locales).join(', ')} (en by default)`,
      once,
    )
    .action(async (customerId: string, options: InputOptions & OutputOptions & ExplainOptions) => {
      if (options.issues === '-') {
        throw new MisuseError('explain prints to standard output: give --issues a file');
      }
      const language = options.locale ?? 'en';
      if (!isLanguage(language)) {
        const names = Object.keys(locales);
        throw new MisuseError(
          `--locale: expected one of ${names.join(', ')}, got "${language}"${didYouMean(language, names)}`,
        );
      }
      const locale = locales[language];
      await checkOutputs(options);
      const remembered = await readRemembered(options);
      const input = await readInput(options);
      await reportIssues(input.issues, options);
      const row = input.table.ids.indexOf(customerId);
      if (row < 0) {
        throw new MisuseError(
          `no customer "${customerId}" has cover in the window${didYouMean(customerId, input.table.ids)}`,
        );
      }
      const model = input.model ?? calibrate(input.table, input.plan);
      const grades = assess(input.table, model, remembered);
      const grade = gradeAt(grades, { locale })(row);
      const endedOverride = grades.memory?.ended.find((ended) => ended.customerId === customerId);
      const { asOf } = grade;
      const notCounted =
        input.book && asOf !== null
          ? claimsNotCounted(input.book, customerId, { asOf, model })
          : undefined;
      print(
        options,
        grade,
        explanation(grade, { locale, plan: model.plan, notCounted, endedOverride }),
      );
    });
}

const isLanguage = (name: string): name is keyof typeof locales => Object.hasOwn(locales, name);
