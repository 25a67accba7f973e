import { type Command, InvalidArgumentError } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { profile } from '../portfolio/profile/profile.js';
import { type Trend, trends } from '../scoring/scorecard/level-bins.js';
import { type AnalysisOptions, analysis } from './analysis.js';
import { readBookAndRules, readInput } from './input.js';
import type { Print } from './options.js';
import { inputOptions, namesOf, once } from './options.js';

interface ProfileCommandOptions extends AnalysisOptions {
  readonly until?: string;
  readonly attributes?: string;
  readonly trend?: Readonly<Record<string, Trend>>;
  readonly falseDiscoveryRate?: number;
}

/** `bookgrade profile`: what customers who cost much have in common. */
export function define(command: Command, print: Print): void {
  inputOptions(command)
    .option('--until <date>', 'tell the losses from the as-of date to this day', once)
    .option('--attributes <names>', 'look at these only, like channel,region', once)
    .option(
      '--trend <name=trend>',
      `how claims may move along a number: ${trends.join(', ')}; may be given again`,
      trendOf,
    )
    .option(
      '--false-discovery-rate <share>',
      'how much of what is named may be chance (0.1)',
      rate,
    );
  analysis(command, print, {
    out: 'every level of every attribute',
    charts: 'a one-way chart of each attribute (Vega-Lite)',
    check(options: ProfileCommandOptions) {
      checkDays(options);
      if (options.attributes !== undefined) namesOf(options.attributes);
    },
    async read(options) {
      const { until } = options;
      if (until === undefined) {
        const { table, plan, model, issues } = await readInput(options);
        return { issues, of: () => assess(table, model ?? calibrate(table, plan)), days: {} };
      }
      const input = await readBookAndRules(options, 'profile --until');
      const { book, asOf, plan, model, issues } = input;
      return {
        issues,
        of: () => book,
        days: { from: asOf, until, ...(model ? { model } : { plan }) },
      };
    },
    run({ of, days }, { attributes, trend, falseDiscoveryRate }, progress) {
      let step: (() => void) | undefined;
      return profile(of(), {
        ...days,
        ...(attributes !== undefined && { attributes: namesOf(attributes) }),
        ...(trend && { trends: trend }),
        ...(falseDiscoveryRate !== undefined && { falseDiscoveryRate }),
        onLook(_, all) {
          step ??= progress('looking', all);
          step();
        },
      });
    },
  });
}

/** The days in order, before any file is read. */
function checkDays({ asOf, until }: ProfileCommandOptions): void {
  if (until === undefined || asOf === undefined) return;
  if (dayFromISO(until, '--until') > dayFromISO(asOf, '--as-of')) return;
  throw new MisuseError(`expected --until after --as-of, got --until ${until} and --as-of ${asOf}`);
}

function trendOf(
  text: string,
  previous: Readonly<Record<string, Trend>> = {},
): Readonly<Record<string, Trend>> {
  const at = text.lastIndexOf('=');
  const [name, asked] = [text.slice(0, at), text.slice(at + 1)];
  const trend = trends.find((known) => known === asked);
  if (at < 1 || trend === undefined) {
    throw new InvalidArgumentError(
      `Expected an attribute and one of ${trends.join(', ')}, like age=descending.`,
    );
  }
  if (Object.hasOwn(previous, name)) {
    throw new InvalidArgumentError(`The trend of ${name} was given before: expected it once.`);
  }
  return { ...previous, [name]: trend };
}

function rate(text: string): number {
  const share = Number(text);
  if (text.trim() !== '' && share > 0 && share < 1) return share;
  throw new InvalidArgumentError('Expected a share between 0 and 1, like 0.1.');
}
