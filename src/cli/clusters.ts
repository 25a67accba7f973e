import type { Command } from 'commander';
import { countIssues } from '../book/issues.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { clustersChart, silhouetteChart } from '../portfolio/clusters/charts.js';
import { clusters } from '../portfolio/clusters/clusters.js';
import { clustersHeader, clustersRows } from '../portfolio/clusters/rows.js';
import { clustersText } from '../portfolio/clusters/view.js';
import { issuesText } from '../portfolio/summary/view.js';
import { type InputOptions, readInput } from './input.js';
import { inputCommand, once, wholeNumber } from './options.js';
import {
  checkOutputs,
  checkRowsName,
  madeFolder,
  type OutputOptions,
  type Print,
  reportIssues,
  writeCharts,
  writeRows,
} from './outputs.js';
import { progressBar } from './progress.js';

interface ClustersCommandOptions {
  readonly on?: string;
  readonly k?: number;
  readonly most?: number;
  readonly starts?: number;
  readonly rounds?: number;
  readonly seed?: number;
  readonly charts?: string;
}

/** `bookgrade clusters`: which customers are alike, whether that is natural, and their tiers. */
export function clustersCommand(program: Command, print: Print): void {
  inputCommand(program, 'clusters', 'which customers are alike, and whether that is natural')
    .option('--on <names>', 'indicators to be alike in, as claim_frequency,tenure_years', once)
    .option('--k <n>', 'so many groups, natural or not; looked for if left out', wholeNumber)
    .option('--most <n>', 'the largest number of groups looked at (8)', wholeNumber)
    .option('--starts <n>', 'how often k-means starts anew (5)', wholeNumber)
    .option('--rounds <n>', 'how often customers are drawn anew (50); 0: not', wholeNumber)
    .option('--seed <n>', 'the same seed gives the same groups (1)', wholeNumber)
    .option('--out <file>', 'every customer: cluster, distance to its centre and the next', once)
    .option('--charts <folder>', 'write the pictures (Vega-Lite)', once)
    .action(async (options: InputOptions & OutputOptions & ClustersCommandOptions) => {
      const { out, charts } = options;
      await checkOutputs(options);
      if (out !== undefined) checkRowsName(out);
      if (charts !== undefined) await madeFolder(charts);
      const input = await readInput(options);
      await reportIssues(input.issues, options);
      const grades = assess(input.table, input.model ?? calibrate(input.table, input.plan));
      const result = withProgress((onProgress) =>
        clusters(grades, { ...chosen(options), onProgress }),
      );
      if (out !== undefined) {
        const { length } = result.columns.customerIds;
        await writeRows(out, clustersHeader, length, clustersRows(result));
      }
      if (charts !== undefined) {
        const pictures = { clusters: clustersChart(result), number: silhouetteChart(result) };
        await writeCharts(charts, pictures);
      }
      const { columns: _, ...summary } = result;
      const issues = countIssues(input.issues);
      const text = `${clustersText(result)}\n\n${issuesText(issues)}`;
      print(options, { ...summary, issues }, text);
    });
}

/** What of the options clusters are formed by; what is left out keeps its default. */
function chosen({ on, k, most, starts, rounds, seed }: ClustersCommandOptions) {
  return {
    ...(on !== undefined && { on: on.split(',').map((name) => name.trim()) }),
    ...(k !== undefined && { k }),
    ...(most !== undefined && { most }),
    ...(starts !== undefined && { starts }),
    ...(rounds !== undefined && { rounds }),
    ...(seed !== undefined && { seed }),
  };
}

function withProgress<T>(work: (onProgress: (share: number) => void) => T): T {
  const bar = progressBar('looking for groups', 1);
  let shown = 0;
  try {
    return work((share) => {
      bar.add(share - shown);
      shown = share;
    });
  } finally {
    bar.stop();
  }
}
