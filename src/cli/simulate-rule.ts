import type { Command } from 'commander';
import { dayFromISO } from '../base/calendar.js';
import { MisuseError } from '../base/errors.js';
import type { Formula } from '../formulas/expression.js';
import type { Plan } from '../plan/plan.js';
import { underwritingNames } from '../portfolio/rule-trial/checks.js';
import { simulateRule } from '../portfolio/rule-trial/simulate-rule.js';
import { type AnalysisOptions, analysis } from './analysis.js';
import { readText } from './files.js';
import { given, readBookInput } from './input.js';
import type { Print } from './options.js';
import { atOf, inputOptions, notOffered, once, wholeNumber } from './options.js';

interface RuleOptions extends AnalysisOptions {
  readonly rule?: string;
  readonly ruleFile?: string;
  readonly where?: readonly string[];
  readonly until?: string;
  readonly at?: string;
  readonly cut?: string;
  readonly stay?: string;
  readonly surcharge?: string;
  readonly rounds?: number;
  readonly seed?: number;
}

/** `bookgrade simulate-rule`: what the next period would have been under an underwriting rule. */
export function define(command: Command, print: Print): void {
  notOffered(inputOptions(command), '--model', '--indicators')
    .option('--rule <text>', 'whom it touches, like "claim_count >= 2 and loss_ratio > 90%"', once)
    .option('--rule-file <file>', 'the same as a file', once)
    .option('--where <name=label>', 'only these, like channel=broker; may be repeated', each)
    .option('--until <date>', 'the day that ends what is looked at (required)', once)
    .option('--at <when>', 'ask everybody on the first day (date), or each at its renewal', once)
    .option('--cut <score>', 'what the curve cuts (expected_loss_ratio)', once)
    .option('--stay <share>', 'assume that this share of those touched stays (0)', once)
    .option('--surcharge <share>', 'assume that those who stay pay so much more (0)', once)
    .option('--rounds <n>', 'bootstrap rounds behind the intervals (200)', wholeNumber)
    .option('--seed <n>', 'the same seed gives the same intervals (1)', wholeNumber);
  analysis(command, print, {
    out: 'write every customer with whether it is touched, and what came',
    charts: 'write rule-curve.vl.json (Vega-Lite)',
    check: (options: RuleOptions) => trialOf(options),
    files: ({ ruleFile }) => [ruleFile],
    async read(options) {
      const text = await ruleOf(options);
      const input = await readBookInput(options, 'simulate-rule');
      const rule = text === undefined ? null : await formulaOf(text, input.plan, 'yes or no');
      const { cut } = options;
      const score = cut === undefined ? {} : { score: await formulaOf(cut, input.plan, 'number') };
      return { ...input, rule, score };
    },
    run({ book, asOf, plan, rule, score }, options, progress) {
      const { rounds = 200, seed = 1 } = options;
      const onRound = progress('resampling customers', rounds);
      return simulateRule(book, rule, {
        ...{ calibrateAt: asOf, plan, rounds, seed },
        ...trialOf(options),
        ...score,
        onRound: () => onRound(),
      });
    },
  });
}

/** What of the trial the options say, before anything is read. */
function trialOf(options: RuleOptions) {
  const until = given(options.until, '--until DATE, the day that ends what is looked at');
  dayFromISO(until, '--until');
  return {
    until,
    at: atOf(options.at),
    reaction: reactionOf(options),
    where: whereOf(options.where ?? []),
  };
}

const each = (text: string, before: readonly string[] = []) => [...before, text];

/** The rule as text; undefined where attributes alone say whom it touches. */
async function ruleOf({ rule, ruleFile, where }: RuleOptions): Promise<string | undefined> {
  if (rule !== undefined && ruleFile !== undefined) {
    throw new MisuseError('expected --rule or --rule-file, not both');
  }
  if (rule === undefined && ruleFile === undefined && where === undefined) {
    throw new MisuseError(
      'expected --rule TEXT, like --rule "expected_loss_ratio > 90%", or --rule-file FILE, or --where NAME=LABEL',
    );
  }
  return ruleFile === undefined ? rule : (await readText(ruleFile, 'rule')).trim();
}

/** Text to a formula. The parser is loaded here: most commands need none. */
async function formulaOf(
  text: string,
  plan: Plan,
  gives: 'yes or no' | 'number',
): Promise<Formula> {
  const { parseFormula } = await import('../formula.js');
  return parseFormula(text, { names: underwritingNames(plan), gives });
}

/** `channel=broker` as attributes with their labels; a name given again takes either. */
function whereOf(texts: readonly string[]): Record<string, string[]> {
  const where: Record<string, string[]> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) {
      throw new MisuseError(`--where: expected NAME=LABEL, like channel=broker, got "${text}"`);
    }
    const name = text.slice(0, at);
    where[name] = [...(where[name] ?? []), text.slice(at + 1)];
  }
  return where;
}

function reactionOf({ stay, surcharge }: RuleOptions) {
  const leave = stay === undefined ? {} : { leave: 1 - shareOf(stay, '--stay') };
  if (surcharge === undefined) return leave;
  if (stay === undefined) {
    throw new MisuseError('--surcharge is paid by those who stay: give --stay SHARE too');
  }
  return { ...leave, surcharge: shareOf(surcharge, '--surcharge') };
}

/** A share as `0.8` or `80%`. */
function shareOf(text: string, option: string): number {
  const [, digits, sign] = /^(\d+\.?\d*|\.\d+)(%?)$/.exec(text) ?? [];
  const share = sign === '%' ? Number(digits) / 100 : Number(digits);
  if (share >= 0 && share <= 1) return share;
  throw new MisuseError(`${option}: expected a share from 0 to 1, like 0.8 or 80%, got "${text}"`);
}
