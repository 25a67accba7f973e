import type { Command } from 'commander';
import { MisuseError } from '../base/errors.js';
import { assess, type Grades } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { lint } from '../lint/lint.js';
import { counted } from '../segments/counted.js';
import { type AnalysisOptions, analysis } from './analysis.js';
import { type Measurable, readMeasurable } from './input.js';
import type { InputOptions, OutputOptions, Print } from './options.js';
import { inputOptions, notOffered } from './options.js';
import { type Rules, readRulesFile } from './rules.js';

/** `bookgrade lint`: the faults of a plan, each with a customer that shows it; with a book, what it does. */
export function define(command: Command, print: Print): void {
  notOffered(
    inputOptions(command.argument('<plan>', 'the plan or model')),
    '--plan',
    '--model',
    '--window',
  );
  analysis(command, print, {
    check({ plan, model, window }: AnalysisOptions) {
      if (plan !== undefined || model !== undefined) {
        throw new MisuseError('lint takes the plan or model as its argument: lint PLAN [INPUT]');
      }
      if (window !== undefined) {
        throw new MisuseError('lint takes the window of the plan: leave --window out');
      }
    },
    files: ({ args }) => args,
    async read(options) {
      const rules = await readRulesFile(options.args[0]);
      const book = hasInput(options) ? await readMeasurable(options) : undefined;
      return { rules, book, ...(book && { issues: book.issues }) };
    },
    run: ({ rules, book }) => lint(rules.plan, book && { grades: gradesOf(book, rules) }),
    failure({ findings }, { args: [plan] }) {
      const faults = findings.length;
      return faults > 0 ? `${plan}: ${counted(faults, 'fault')}, as printed` : undefined;
    },
  });
}

const inputs = ['policies', 'claims', 'experience', 'indicators'] as const;
const withInputOnly = ['asOf', 'valuedAt', 'columns', 'issues', 'maxIssues'] as const;

/** Whether a book is given; what goes with one only is no option without it. */
function hasInput(options: InputOptions & OutputOptions): boolean {
  if (inputs.some((name) => options[name] !== undefined)) return true;
  const idle = withInputOnly.find((name) => options[name] !== undefined);
  if (idle === undefined) return false;
  const option = idle.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new MisuseError(`--${option} goes with an input, as --policies FILE with --claims FILE`);
}

function gradesOf({ measuredBy }: Measurable, rules: Rules): Grades {
  const table = measuredBy(rules);
  return assess(table, rules.model ?? calibrate(table, rules.plan));
}
