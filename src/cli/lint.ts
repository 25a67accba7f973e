import type { Command } from 'commander';
import { MisuseError, UnusableDataError } from '../base/errors.js';
import { countIssues } from '../book/issues.js';
import { assess, type Grades } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { lint } from '../lint/lint.js';
import { lintText } from '../lint/view.js';
import { issuesText } from '../portfolio/summary/view.js';
import { counted } from '../segments/counted.js';
import { type InputOptions, type Measurable, readMeasurable } from './input.js';
import { inputCommand, notOffered } from './options.js';
import { checkOutputs, type OutputOptions, type Print, reportIssues } from './outputs.js';
import { type Rules, readRulesFile } from './rules.js';

/** `bookgrade lint`: the faults of a plan, each with a customer that shows it; with a book, what it does. */
export function lintCommand(program: Command, print: Print): void {
  const command = inputCommand(
    program,
    'lint',
    'find the faults of a plan, and with an input what its rules do to a book',
    '<plan>',
  );
  notOffered(command, '--plan', '--model', '--window').action(
    async (path: string, options: InputOptions & OutputOptions) => {
      const { plan, model, window } = options;
      if (plan !== undefined || model !== undefined) {
        throw new MisuseError('lint takes the plan or model as its argument: lint PLAN [INPUT]');
      }
      if (window !== undefined) {
        throw new MisuseError('lint takes the window of the plan: leave --window out');
      }
      await checkOutputs(options);
      const rules = await readRulesFile(path);
      const book = hasInput(options) ? await readMeasurable(options) : undefined;
      if (book) await reportIssues(book.issues, options);
      const result = lint(rules.plan, book && { grades: gradesOf(book, rules) });
      const issues = book && countIssues(book.issues);
      print(
        options,
        { ...result, ...(issues && { issues }) },
        [lintText(result), ...(issues ? [issuesText(issues)] : [])].join('\n\n'),
      );
      const faults = result.findings.length;
      if (faults > 0)
        throw new UnusableDataError(`${path}: ${counted(faults, 'fault')}, as printed`);
    },
  );
}

const doors = ['policies', 'claims', 'experience', 'indicators'] as const;
const withInputOnly = ['asOf', 'valuedAt', 'columns', 'issues', 'maxIssues'] as const;

/** Whether a book is given; what goes with one only is no option without it. */
function hasInput(options: InputOptions & OutputOptions): boolean {
  if (doors.some((name) => options[name] !== undefined)) return true;
  const idle = withInputOnly.find((name) => options[name] !== undefined);
  if (idle === undefined) return false;
  const option = idle.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new MisuseError(`--${option} goes with an input, as --policies FILE with --claims FILE`);
}

function gradesOf({ measuredBy }: Measurable, rules: Rules): Grades {
  const table = measuredBy(rules);
  return assess(table, rules.model ?? calibrate(table, rules.plan));
}
