import type { Command } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import { countIssues } from '../book/issues.js';
import { migrationChart } from '../portfolio/migration/chart.js';
import { gradedDays } from '../portfolio/migration/days.js';
import { migrate } from '../portfolio/migration/migrate.js';
import { migrationHeader, migrationRows } from '../portfolio/migration/rows.js';
import { migrationText } from '../portfolio/migration/view.js';
import { issuesText } from '../portfolio/summary/view.js';
import { given, type InputOptions, readBookAndRules } from './input.js';
import { bookOptions, notOffered, once, rulesOptions } from './options.js';
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
import { monthsOf } from './rules.js';

interface MigrateCommandOptions {
  readonly from?: string;
  readonly to?: string;
  readonly before?: string;
  readonly horizon?: string;
  readonly charts?: string;
}

/** `bookgrade migrate`: how customers moved between tiers from one day to a later one. */
export function migrateCommand(program: Command, print: Print): void {
  const command = program
    .command('migrate')
    .description('how customers moved between tiers from one day to a later one')
    .option('--from <date>', 'the earlier day (required)', once)
    .option('--to <date>', 'the later day (required)', once)
    .option('--before <date>', 'a third day before both, as far back if left out', once)
    .option('--horizon <span>', 'warn of lines crossed within it, like 1y or 6m (1y)', once)
    .option('--out <file>', 'every customer: tiers before and after, pace, warning', once)
    .option('--charts <folder>', 'write risk, value and service (.vl.json, Vega-Lite)', once);
  rulesOptions(bookOptions(command, 'taken as complete'));
  notOffered(command, '--indicators').action(
    async (options: InputOptions & OutputOptions & MigrateCommandOptions) => {
      const { days, horizonYears } = checkedDays(options);
      const { out, charts } = options;
      await checkOutputs(options);
      if (out !== undefined) checkRowsName(out);
      if (charts !== undefined) await madeFolder(charts);
      const input = await readBookAndRules({ ...options, asOf: days.to }, 'migrate');
      const { book, plan, model, issues } = input;
      await reportIssues(issues, options);
      const bar = progressBar('grading', 3 * book.customers.length);
      const { notes, before, after, earlier } = gradedDays(book, {
        ...days,
        ...(model ? { model } : { plan }),
        onProgress: (graded) => bar.add(graded),
      });
      bar.stop();
      const migrated = migrate(before, after, { horizonYears, earlier });
      const result = { ...migrated, notes: [...migrated.notes, ...notes] };
      if (out !== undefined) {
        const { length } = result.columns.customerIds;
        await writeRows(out, migrationHeader(), length, migrationRows(result));
      }
      if (charts !== undefined) {
        const kinds = ['risk', 'value', 'service'] as const;
        const pictures = kinds.map((kind) => [kind, migrationChart(result, kind)]);
        await writeCharts(charts, Object.fromEntries(pictures));
      }
      const { columns: _, ...summary } = result;
      const found = countIssues(issues);
      const text = `${migrationText(result)}\n\n${issuesText(found)}`;
      print(options, { ...summary, issues: found }, text);
    },
  );
}

/** The days in order, before any file is read. */
function checkedDays(options: MigrateCommandOptions) {
  const from = given(options.from, '--from DATE, the earlier day');
  const to = given(options.to, '--to DATE, the later day');
  const first = dayFromISO(from, '--from');
  if (dayFromISO(to, '--to') <= first) {
    throw new MisuseError(`expected --to after --from, got --to ${to} and --from ${from}`);
  }
  const { before, horizon } = options;
  if (before !== undefined && dayFromISO(before, '--before') >= first) {
    throw new MisuseError(
      `expected --before before --from, got --before ${before} and --from ${from}`,
    );
  }
  const months = horizon === undefined ? 12 : monthsOf(horizon, '--horizon');
  if (months === 0) throw new MisuseError('--horizon: expected a month or more, got 0');
  const days = { from, to, ...(before !== undefined && { earlier: before }) };
  return { days, horizonYears: months / 12 };
}
