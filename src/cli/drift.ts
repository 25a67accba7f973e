import type { Command } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import { countIssues } from '../book/issues.js';
import type { Model } from '../model/model.js';
import { driftChart } from '../portfolio/drift/chart.js';
import { drift } from '../portfolio/drift/drift.js';
import { driftText } from '../portfolio/drift/view.js';
import { issuesText } from '../portfolio/summary/view.js';
import { given, type InputOptions, readBookAndRules } from './input.js';
import { inputCommand, notOffered, once, wholeNumber } from './options.js';
import {
  checkOutputs,
  madeFolder,
  type OutputOptions,
  type Print,
  reportIssues,
  writeCharts,
} from './outputs.js';
import { progressBar } from './progress.js';

interface DriftCommandOptions {
  readonly against?: string;
  readonly rounds?: number;
  readonly seed?: number;
  readonly charts?: string;
}

/** `bookgrade drift`: whether a model still fits a later book: leave, recalibrate or rebuild. */
export function driftCommand(program: Command, print: Print): void {
  const what = 'whether a model still fits: leave, recalibrate or rebuild';
  notOffered(inputCommand(program, 'drift', what), '--indicators')
    .option(
      '--against <date>',
      'the earlier day; with --model the day it was calibrated as of, if left out',
      once,
    )
    .option('--rounds <n>', 'bootstrap rounds behind the intervals (200)', wholeNumber)
    .option('--seed <n>', 'the same seed gives the same intervals (1)', wholeNumber)
    .option('--charts <folder>', 'write drift.vl.json (Vega-Lite)', once)
    .action(async (options: InputOptions & OutputOptions & DriftCommandOptions) => {
      const { rounds = 200, seed = 1, charts } = options;
      checkDays(options.against, options.asOf);
      if (options.model === undefined) againstOf(options.against, undefined);
      await checkOutputs(options);
      if (charts !== undefined) await madeFolder(charts);
      const { book, asOf, plan, model, issues } = await readBookAndRules(options, 'drift');
      const against = againstOf(options.against, model);
      checkDays(against, asOf, options.against === undefined);
      await reportIssues(issues, options);
      // Most of the time goes into drawing the customers of the two days anew.
      const bar = progressBar('drawing customers', 2 * rounds);
      const result = drift({
        before: { book, asOf: against },
        after: { book, asOf },
        ...(model ? { model } : { plan }),
        rounds,
        seed,
        onRound: () => bar.add(1),
      });
      bar.stop();
      if (charts !== undefined) await writeCharts(charts, { drift: driftChart(result) });
      const found = countIssues(issues);
      const text = `${driftText(result)}\n\n${issuesText(found)}`;
      print(options, { ...result, issues: found }, text);
    });
}

function checkDays(against: string | undefined, asOf: string | undefined, ofModel = false): void {
  const earlier = against === undefined ? undefined : dayFromISO(against, '--against');
  if (earlier === undefined || asOf === undefined) return;
  if (earlier < dayFromISO(asOf, '--as-of')) return;
  throw new MisuseError(
    ofModel
      ? `expected --as-of after ${against}, the day the model was calibrated as of, or --against DATE, got ${asOf}`
      : `expected --against before --as-of, got --against ${against} and --as-of ${asOf}`,
  );
}

/** The earlier day: as it is given, or that of the model. */
function againstOf(against: string | undefined, model: Model | undefined): string {
  return given(
    against ?? model?.fittedOn.asOf ?? undefined,
    model
      ? '--against DATE: the model does not say which day it was calibrated as of'
      : '--against DATE, the earlier day to compare with, or --model FILE, calibrated as of such a day',
  );
}
