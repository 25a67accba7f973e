import type { Command } from 'commander';
import { MisuseError } from '../base/errors.js';
import { assess, type Grades } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { lint } from '../lint/lint.js';
import { counted } from '../segments/counted.js';
import { type AnalysisOptions, analysis } from './analysis.js';
import { type InputOptions, type Measurable, readMeasurable } from './input.js';
import { inputOptions, notOffered } from './options.js';
import type { OutputOptions, Print } from './outputs.js';
import { type Rules, readRulesFile } from './rules.js';

interface LintOptions extends AnalysisOptions {
  /** The argument: a plan or a model. */
  readonly rules: string;
}

/** `bookgrade lint`: the faults of a plan, each with a customer that shows it; with a book, what it does. */
export function define(command: Command, print: Print): void {
  notOffered(
    inputOptions(command.argument('<rules>', 'the plan or model')),
    '--plan',
    '--model',
    '--window',
  );
  analysis(command, print, {
    check({ plan, model, window }: LintOptions) {
      if (plan !== undefined || model !== undefined) {
        throw new MisuseError('lint takes the plan or model as its argument: lint PLAN [INPUT]');
      }
      if (window !== undefined) {
        throw new MisuseError('lint takes the window of the plan: leave --window out');
      }
    },
    files: ({ rules }) => [rules],
    async read(options) {
      const rules = await readRulesFile(options.rules);
      const book = hasInput(options) ? await readMeasurable(options) : undefined;
      return { rules, book, ...(book && { issues: book.issues }) };
    },
    run: ({ rules, book }) => lint(rules.plan, book && { grades: gradesOf(book, rules) }),
    failure({ findings }, { rules }) {
      const faults = findings.length;
      return faults > 0 ? `${rules}: ${counted(faults, 'fault')}, as printed` : undefined;
    },
  });
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
