import type { Command } from 'commander';
import { didYouMean, MisuseError } from '../base/errors.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { gradeAt } from '../grading/grader.js';
import { claimsNotCounted } from '../indicators/not-counted.js';
import { en } from '../locales/en.js';
import { et } from '../locales/et.js';
import type { Locale } from '../locales/locale.js';
import { zh } from '../locales/zh.js';
import { explanation } from '../report/explanation.js';
import { readInput } from './input.js';
import type { InputOptions, OutputOptions, Print } from './options.js';
import { inputOptions, once } from './options.js';
import { checkOutputs, reportIssues } from './outputs.js';
import { readRemembered, standingOptions } from './standings.js';

interface ExplainOptions {
  readonly locale?: string;
}

const locales: readonly Locale[] = [en, zh, et];

/** `bookgrade explain`: one customer's grade, as a page to read out. */
export function define(command: Command, print: Print): void {
  standingOptions(inputOptions(command.argument('<customer-id>')))
    .option('--locale <language>', 'the language: en, zh or et (en if left out)', once)
    .action(async (customerId: string, options: InputOptions & OutputOptions & ExplainOptions) => {
      if (options.issues === '-') {
        throw new MisuseError('explain prints to standard output: give --issues a file');
      }
      const locale = localeNamed(options.locale ?? en.name);
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
      print(options, grade, explanation(grade, { locale, notCounted, endedOverride }));
    });
}

function localeNamed(name: string): Locale {
  const names = locales.map((locale) => locale.name);
  const found = locales.find((locale) => locale.name === name);
  if (found) return found;
  throw new MisuseError(
    `--locale: expected one of ${names.join(', ')}, got "${name}"${didYouMean(name, names)}`,
  );
}
