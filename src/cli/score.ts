import type { Command } from 'commander';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { gradeHeader, gradeRows } from '../grading/grade-rows.js';
import { summarize } from '../portfolio/summary/summarize.js';
import { given, readInput } from './input.js';
import type { InputOptions, OutputOptions, Print } from './options.js';
import { inputOptions, once } from './options.js';
import { checkOutputs, checkRowsName, reportIssues, writeRows } from './outputs.js';
import { progressBar } from './progress.js';
import { checkStandingsOut, readRemembered, standingOptions, writeStandings } from './standings.js';

/** `bookgrade score`: every customer of a book graded. */
export function define(command: Command, print: Print): void {
  standingOptions(inputOptions(command))
    .option('--standings-out <file>', 'the standings after this day, for the next one', once)
    .option(
      '--out <file>',
      'graded customers: .csv, .csv.gz, .ndjson, .ndjson.gz or - (standard output) (required)',
      once,
    )
    .action(async (options: InputOptions & OutputOptions) => {
      const out = given(options.out, '--out FILE, where the grades go');
      await checkOutputs(options);
      checkRowsName(out);
      const remembered = await readRemembered(options);
      const input = await readInput(options);
      checkStandingsOut(options, input.plan);
      await reportIssues(input.issues, options);
      const model = input.model ?? calibrate(input.table, input.plan);
      const bar = progressBar('grading', input.table.length);
      const grades = assess(input.table, model, {
        ...remembered,
        onProgress: (count) => bar.add(count),
      });
      bar.stop();
      await writeRows(out, gradeHeader(grades), grades.length, gradeRows(grades));
      if (options.standingsOut !== undefined) await writeStandings(options.standingsOut, grades);
      const summary = summarize(grades, input.issues);
      print(options, { ...summary, columns: input.issues.columns }, String(summary));
    });
}
