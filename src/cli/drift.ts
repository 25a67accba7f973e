import type { Command } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import type { Model } from '../model/model.js';
import { drift } from '../portfolio/drift/drift.js';
import { type AnalysisOptions, analysis } from './analysis.js';
import { given, readBookAndRules } from './input.js';
import type { Print } from './options.js';
import { inputOptions, notOffered, once, wholeNumber } from './options.js';

interface DriftOptions extends AnalysisOptions {
  readonly against?: string;
  readonly rounds?: number;
  readonly seed?: number;
}

/** `bookgrade drift`: whether a model still fits a later book: leave, recalibrate or rebuild. */
export function define(command: Command, print: Print): void {
  notOffered(inputOptions(command), '--indicators')
    .option(
      '--against <date>',
      'the earlier day; with --model the day it was calibrated as of, if not given',
      once,
    )
    .option('--rounds <n>', 'bootstrap rounds behind the intervals (200)', wholeNumber)
    .option('--seed <n>', 'the same seed gives the same intervals (1)', wholeNumber);
  analysis(command, print, {
    charts: 'write drift.vl.json (Vega-Lite)',
    check({ against, asOf, model }: DriftOptions) {
      checkDays(against, asOf);
      if (model === undefined) againstOf(against, undefined);
    },
    async read(options) {
      const input = await readBookAndRules(options, 'drift');
      const against = againstOf(options.against, input.model);
      checkDays(against, input.asOf, options.against === undefined);
      return { ...input, against };
    },
    run({ book, asOf, against, plan, model }, { rounds = 200, seed = 1 }, progress) {
      // Most of the time goes into resampling the customers of the two days.
      const onRound = progress('resampling customers', 2 * rounds);
      return drift({
        before: { book, asOf: against },
        after: { book, asOf },
        ...(model ? { model } : { plan }),
        ...{ rounds, seed },
        onRound: () => onRound(),
      });
    },
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
