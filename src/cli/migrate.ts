import type { Command } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import { gradedDays } from '../portfolio/migration/days.js';
import { migrate } from '../portfolio/migration/migrate.js';
import { showMigration } from '../portfolio/migration/view.js';
import { type AnalysisOptions, analysis } from './analysis.js';
import { given, readBookAndRules } from './input.js';
import type { Print } from './options.js';
import { bookOptions, notOffered, once, rulesOptions } from './options.js';
import { monthsOf } from './rules.js';

interface MigrateOptions extends AnalysisOptions {
  readonly from?: string;
  readonly to?: string;
  readonly before?: string;
  readonly horizon?: string;
}

/** `bookgrade migrate`: how customers moved between tiers from one day to a later one. */
export function define(command: Command, print: Print): void {
  command
    .option('--from <date>', 'the earlier day (required)', once)
    .option('--to <date>', 'the later day (required)', once)
    .option('--before <date>', 'a third day before both, as far back if not given', once)
    .option('--horizon <span>', 'warn of lines crossed within it, like 1y or 6m (1y)', once);
  notOffered(rulesOptions(bookOptions(command, 'taken as complete')), '--indicators');
  analysis(command, print, {
    out: 'every customer: tiers before and after, pace, warning',
    charts: 'write risk, value and service (.vl.json, Vega-Lite)',
    check: (options: MigrateOptions) => checkedDays(options),
    read(options) {
      return readBookAndRules({ ...options, asOf: checkedDays(options).days.to }, 'migrate');
    },
    run({ book, plan, model }, options, progress) {
      const { days, horizonYears } = checkedDays(options);
      const { notes, before, after, earlier } = gradedDays(book, {
        ...days,
        ...(model ? { model } : { plan }),
        onProgress: progress('grading', 3 * book.customers.length),
      });
      const migrated = migrate(before, after, { horizonYears, earlier });
      return showMigration({ ...migrated, notes: [...migrated.notes, ...notes] });
    },
  });
}

/** The days in order, before any file is read. */
function checkedDays(options: MigrateOptions) {
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
