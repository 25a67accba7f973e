import type { Command } from 'commander';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { clusters } from '../portfolio/clusters/clusters.js';
import { type AnalysisOptions, analysis } from './analysis.js';
import { readInput } from './input.js';
import type { Print } from './options.js';
import { inputOptions, namesOf, once, wholeNumber } from './options.js';

interface ClustersOptions extends AnalysisOptions {
  readonly on?: string;
  readonly k?: number;
  readonly max?: number;
  readonly starts?: number;
  readonly rounds?: number;
  readonly seed?: number;
}

/** `bookgrade clusters`: which customers are alike, and whether that is more than chance. */
export function define(command: Command, print: Print): void {
  inputOptions(command)
    .option('--on <names>', 'indicators to be alike in, as claim_frequency,tenure_years', once)
    .option('--k <n>', 'this many groups, natural or not; searched for if not given', wholeNumber)
    .option('--max <n>', 'the largest number of groups tried (8)', wholeNumber)
    .option('--starts <n>', 'how many starts k-means has (5)', wholeNumber)
    .option('--rounds <n>', 'how often customers are resampled (50); 0: never', wholeNumber)
    .option('--seed <n>', 'the same seed gives the same groups (1)', wholeNumber);
  analysis(command, print, {
    out: 'every customer: cluster, distance to its centre and the next',
    charts: 'write the charts (Vega-Lite)',
    read: readInput,
    run({ table, model, plan }, { on, k, max, starts, rounds, seed }: ClustersOptions, progress) {
      let step: ((done: number) => void) | undefined;
      let shown = 0;
      return clusters(assess(table, model ?? calibrate(table, plan)), {
        ...(on !== undefined && { on: namesOf(on) }),
        ...(k !== undefined && { k }),
        ...(max !== undefined && { max }),
        ...(starts !== undefined && { starts }),
        ...(rounds !== undefined && { rounds }),
        ...(seed !== undefined && { seed }),
        onProgress(share) {
          step ??= progress('looking for groups', 1);
          step(share - shown);
          shown = share;
        },
      });
    },
  });
}
