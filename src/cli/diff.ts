import type { Command } from 'commander';
import { readColumnsFile } from '../book/columns-file.js';
import { issueLog } from '../book/issues.js';
import { assess, type Grades } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { diffGrades } from '../portfolio/plan-diff/diff.js';
import { goldenFields, goldenOf } from '../portfolio/plan-diff/golden.js';
import type { PlanDiff } from '../portfolio/plan-diff/result.js';
import { showDiff } from '../portfolio/plan-diff/view.js';
import { type AnalysisOptions, analysis, type ShowProgress } from './analysis.js';
import { readTable } from './files.js';
import { type Measurable, readMeasurable } from './input.js';
import type { Print } from './options.js';
import { asOfOptions, namesOf, once } from './options.js';
import { type Rules, readRulesFile } from './rules.js';
import { unescaped } from './standings.js';

interface DiffOptions extends AnalysisOptions {
  readonly by?: string;
  readonly golden?: string;
}

/** `bookgrade diff`: what a change of the plan would do to the customers of a book. */
export function define(command: Command, print: Print): void {
  asOfOptions(command.argument('<before>').argument('<after>'))
    .option('--by <attributes>', 'attributes to tell movements apart by, like line,branch', once)
    .option('--golden <file>', 'customers and the tiers they must keep; exit 1 if they move', once);
  analysis(command, print, {
    out: 'write every customer that moves',
    files: ({ args, golden }: DiffOptions) => [...args, golden],
    async read({ args: [before, after], golden: file, ...options }) {
      const rules = [await readRulesFile(before), await readRulesFile(after)];
      const golden = file === undefined ? undefined : await readGoldenFile(file);
      const input = await readMeasurable(options);
      return { rules, golden, input, issues: input.issues };
    },
    run({ rules, golden, input }, { by }, progress) {
      const [before, after] = rules.map((side) => graded(input, side, progress));
      const diff = diffGrades(before, after, {
        ...(by !== undefined && { by: namesOf(by) }),
        ...(golden && { golden: golden.customers }),
      });
      const notes = [...diff.notes, ...(golden?.notes ?? [])];
      return showDiff(before, after)({ ...diff, notes });
    },
    failure: ({ golden }) => brokenGolden(golden),
  });
}

function graded({ measuredBy }: Measurable, rules: Rules, progress: ShowProgress): Grades {
  const table = measuredBy(rules);
  const model = rules.model ?? calibrate(table, rules.plan);
  return assess(table, model, { onProgress: progress('grading', table.length) });
}

/** Golden customers, and which columns of their file are not held. */
async function readGoldenFile(path: string) {
  const log = issueLog();
  const read = await readTable(path, 'golden', goldenFields, readColumnsFile(), log);
  const customers = goldenOf(unescaped(read), log.issues);
  const further = read.attributes.map(({ name }) => name);
  const notes =
    further.length === 0
      ? []
      : [`the golden customers need not keep what else their file has: ${further.join(', ')}`];
  return { customers, notes };
}

/** What is said where golden customers move. */
function brokenGolden(golden: PlanDiff['golden']): string | undefined {
  const moved = new Set(golden?.broken.map(({ customerId }) => customerId));
  if (moved.size === 0) return undefined;
  const named = [...moved].slice(0, 5).join(', ');
  return `${moved.size} of ${golden?.customers} golden customers would not keep what they must: ${named}${moved.size > 5 ? ', …' : ''}`;
}
