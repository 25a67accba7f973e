import type { Command } from 'commander';
import { UnusableDataError } from '../base/errors.js';
import { readColumnsFile } from '../book/columns-file.js';
import { countIssues, type Issue } from '../book/issues.js';
import { assess, type Grades } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { diffGrades } from '../portfolio/plan-diff/diff.js';
import { goldenFields, goldenOf } from '../portfolio/plan-diff/golden.js';
import { diffHeader, diffRows } from '../portfolio/plan-diff/rows.js';
import { planDiffText } from '../portfolio/plan-diff/view.js';
import { issuesText } from '../portfolio/summary/view.js';
import { readTable } from './files.js';
import { type InputOptions, type Measurable, readMeasurable } from './input.js';
import { bookCommand, once } from './options.js';
import {
  checkOutputs,
  checkRowsName,
  type OutputOptions,
  type Print,
  reportIssues,
  writeRows,
} from './outputs.js';
import { progressBar } from './progress.js';
import { type Rules, readRulesFile } from './rules.js';
import { unescaped } from './standings.js';

interface DiffCommandOptions {
  readonly by?: string;
  readonly golden?: string;
}

/** `bookgrade diff`: what a change of the plan would do to the customers of a book. */
export function diffCommand(program: Command, print: Print): void {
  bookCommand(
    program,
    'diff',
    'who moves from where to where between two plans or models on one book',
    '<before>',
    '<after>',
  )
    .option('--by <attributes>', 'attributes to tell movements apart by, like line,branch', once)
    .option('--golden <file>', 'customers and the tiers they must keep; exit 1 if they move', once)
    .option('--out <file>', 'write every customer that moves', once)
    .action(
      async (
        first: string,
        second: string,
        options: InputOptions & OutputOptions & DiffCommandOptions,
      ) => {
        const { out, golden: goldenFile } = options;
        await checkOutputs(options, [first, second, goldenFile]);
        if (out !== undefined) checkRowsName(out);
        const rules = [await readRulesFile(first), await readRulesFile(second)];
        const golden = goldenFile === undefined ? undefined : await readGoldenFile(goldenFile);
        const input = await readMeasurable(options);
        await reportIssues(input.issues, options);
        const [before, after] = rules.map((side) => graded(input, side));
        const by = options.by?.split(',').map((name) => name.trim());
        const diff = diffGrades(before, after, {
          ...(by && { by }),
          ...(golden && { golden: golden.customers }),
        });
        const notes = [...diff.notes, ...(golden?.notes ?? [])];
        if (out !== undefined) {
          const { length } = diff.movers.before;
          await writeRows(out, diffHeader(), length, diffRows(before, after, diff));
        }
        const { movers: _, ...summary } = diff;
        const issues = countIssues(input.issues);
        print(
          options,
          { ...summary, notes, issues },
          `${planDiffText({ ...diff, notes })}\n\n${issuesText(issues)}`,
        );
        failOnBroken(diff.golden);
      },
    );
}

function graded({ measuredBy }: Measurable, rules: Rules): Grades {
  const table = measuredBy(rules);
  const model = rules.model ?? calibrate(table, rules.plan);
  const bar = progressBar('grading', table.length);
  try {
    return assess(table, model, { onProgress: (count) => bar.add(count) });
  } finally {
    bar.stop();
  }
}

/** Golden customers, and which columns of their file are not held. */
async function readGoldenFile(path: string) {
  const issues: Issue[] = [];
  const read = await readTable(path, 'golden', goldenFields, readColumnsFile(), issues);
  const customers = goldenOf(unescaped(read), issues);
  const further = read.attributes.map(({ name }) => name);
  const notes =
    further.length === 0
      ? []
      : [`the golden customers need not keep what else their file has: ${further.join(', ')}`];
  return { customers, notes };
}

function failOnBroken(golden: ReturnType<typeof diffGrades>['golden']): void {
  const moved = new Set(golden?.broken.map(({ customerId }) => customerId));
  if (moved.size === 0) return;
  const named = [...moved].slice(0, 5).join(', ');
  throw new UnusableDataError(
    `${moved.size} of ${golden?.customers} golden customers would not keep what they must: ${named}${moved.size > 5 ? ', …' : ''}`,
  );
}
