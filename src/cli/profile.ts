import { type Command, InvalidArgumentError } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import { countIssues, type Issue } from '../book/issues.js';
import { assess } from '../grading/assess.js';
import { calibrate } from '../grading/calibrate.js';
import { oneWayChart } from '../portfolio/profile/chart.js';
import { type ProfileOptions, profile } from '../portfolio/profile/profile.js';
import type { Profile } from '../portfolio/profile/result.js';
import { profileHeader, profileRows } from '../portfolio/profile/rows.js';
import { profileText } from '../portfolio/profile/view.js';
import { issuesText } from '../portfolio/summary/view.js';
import { type Trend, trends } from '../scoring/scorecard/level-bins.js';
import { type InputOptions, readBookAndRules, readInput } from './input.js';
import { inputCommand, once } from './options.js';
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
import { type Progress, progressBar } from './progress.js';

interface ProfileCommandOptions {
  readonly until?: string;
  readonly attributes?: readonly string[];
  readonly trend?: Readonly<Record<string, Trend>>;
  readonly falseDiscoveryRate?: number;
  readonly charts?: string;
}

/** `bookgrade profile`: what customers who cost much have in common. */
export function profileCommand(program: Command, print: Print): void {
  inputCommand(program, 'profile', 'what customers who cost much have in common')
    .option('--until <date>', 'tell the losses from the as-of date to this day', once)
    .option('--attributes <names>', 'look at these only, like channel,region', namesOf)
    .option(
      '--trend <name=trend>',
      `how claims may move along a number: ${trends.join(', ')}; may be given again`,
      trendOf,
    )
    .option('--false-discovery-rate <share>', 'how much of what is named may be chance (0.1)', rate)
    .option('--out <file>', 'every level of every attribute', once)
    .option('--charts <folder>', 'a one-way chart of each attribute (Vega-Lite)', once)
    .action(async (options: InputOptions & OutputOptions & ProfileCommandOptions) => {
      const { out, charts } = options;
      checkDays(options);
      await checkOutputs(options);
      if (out !== undefined) checkRowsName(out);
      if (charts !== undefined) await madeFolder(charts);
      const { result, issues } = await profiled(options);
      if (out !== undefined) {
        const rows = profileRows(result);
        await writeRows(out, profileHeader(), rows.length, (row) => rows[row]);
      }
      if (charts !== undefined) {
        const pictures = result.attributes.map(({ name }) => [
          fileName(name),
          oneWayChart(result, name),
        ]);
        await writeCharts(charts, Object.fromEntries(pictures));
      }
      const found = countIssues(issues);
      const text = `${profileText(result)}\n\n${issuesText(found)}`;
      print(options, { ...result, issues: found }, text);
    });
}

async function profiled(
  options: InputOptions & OutputOptions & ProfileCommandOptions,
): Promise<{ result: Profile; issues: readonly Issue[] }> {
  const { until, attributes, trend, falseDiscoveryRate } = options;
  let bar: Progress | undefined;
  const look: ProfileOptions = {
    ...(attributes && { attributes }),
    ...(trend && { trends: trend }),
    ...(falseDiscoveryRate !== undefined && { falseDiscoveryRate }),
    onLook: (done, all) => {
      bar ??= progressBar('looking', all);
      bar.add(1);
      if (done === all) bar.stop();
    },
  };
  if (until === undefined) {
    const { table, plan, model, issues } = await readInput(options);
    await reportIssues(issues, options);
    return { result: profile(assess(table, model ?? calibrate(table, plan)), look), issues };
  }
  const { book, asOf, plan, model, issues } = await readBookAndRules(options, 'profile --until');
  await reportIssues(issues, options);
  const rules = model ? { model } : { plan };
  return { result: profile(book, { ...look, ...rules, from: asOf, until }), issues };
}

/** The days in order, before any file is read. */
function checkDays({ asOf, until }: InputOptions & ProfileCommandOptions): void {
  if (until === undefined || asOf === undefined) return;
  if (dayFromISO(until, '--until') > dayFromISO(asOf, '--as-of')) return;
  throw new MisuseError(`expected --until after --as-of, got --until ${until} and --as-of ${asOf}`);
}

function namesOf(text: string, previous: readonly string[] | undefined): readonly string[] {
  if (previous !== undefined) once(text, previous.join(','));
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new InvalidArgumentError('Expected names joined by commas, like channel,region.');
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

/** A name that every file system takes, another one for every attribute. */
function fileName(attribute: string): string {
  return attribute.replaceAll(
    /[^\p{L}\p{N}_ -]/gu,
    (letter) => `%${letter.codePointAt(0)?.toString(16)}`,
  );
}
