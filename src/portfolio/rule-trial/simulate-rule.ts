import { take, takeCoded } from '../../base/columns.js';
import { MisuseError, requireKnown, UnusableDataError } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import type { Book } from '../../book/book.js';
import type { Formula } from '../../formulas/expression.js';
import { furtherScores, type Grades } from '../../grading/assess.js';
import { modelId } from '../../model/model.js';
import { type PlanInput, permissibleLossRatio } from '../../plan/plan.js';
import { barredAttribute } from '../../plan/protected.js';
import { readPlan } from '../../plan/read-plan.js';
import { valueTiers } from '../../plan/value.js';
import { modelNotes } from '../../scoring/notes.js';
import { cardScores } from '../../scoring/scorecard/card.js';
import { bootstrap } from '../bootstrap.js';
import { notesOnExcluded } from '../excluded.js';
import type { Holdout } from '../follow.js';
import { followedColumns, holdout } from '../holdout.js';
import { usualAttributes } from '../plan-diff/diff.js';
import {
  checkedReaction,
  checkFormula,
  checkRule,
  inEnglish,
  ruleText,
  type Where,
  whereHolds,
} from './checks.js';
import { chanceOf, cutOf, cutStatistic, cutsOf } from './curve.js';
import {
  effectStatistic,
  effectsBy,
  lifetimeOf,
  outcomesOf,
  type Reaction,
  type RuleTerms,
} from './figures.js';
import { notesOnRule } from './notes.js';
import type { RuleColumns, RuleCurve, RuleSimulation } from './result.js';
import { showRule } from './view.js';

export interface SimulateRuleOptions {
  /** The first day that is not known: the model is calibrated on what was known before it. */
  readonly calibrateAt: string;
  /** The day that ends what is looked at. */
  readonly until: string;
  /** `date`: everybody is asked on the first day. `renewal`: each when its own term begins. */
  readonly at?: 'date' | 'renewal';
  readonly plan?: PlanInput;
  /** Whom the rule is for, by attribute: `{ channel: ['broker'] }`; of several, all must fit. */
  readonly where?: Where;
  /** Assumed of those touched: the share that leaves (1), what those who stay pay more (0). */
  readonly reaction?: Partial<Reaction>;
  /** What the curve cuts, a higher value being a worse customer: the expected loss ratio. */
  readonly score?: Formula;
  /** Bootstrap rounds behind the intervals, and rounds of chance (200); 0 leaves them out. */
  readonly rounds?: number;
  /** A whole number; the same seed gives the same intervals. */
  readonly seed?: number;
  /** Called after every bootstrap round with the rounds done. */
  readonly onRound?: (done: number) => void;
}

const optionNames = ['calibrateAt', 'until', 'at', 'plan', 'where', 'reaction', 'score', 'rounds'];
/** Of the intervals, and of chance. */
const probability = 0.9;

/**
 * Had an underwriting rule held, what would the next period have been? The rule is a formula over
 * indicators and scores, and says who would have gone to an underwriter; who that is is decided by
 * what was known on the day alone, see `backtest`. What it would have come to is an assumption, by
 * default that all touched leave: `after = untouched + (1 − leave) × touched`, those who stay paying
 * `1 + surcharge` times their premium. Profit = earned premium × (1 − expense ratio) − losses, so
 * expenses are taken to go with the premium. Intervals are of 90 %, by resampling customers.
 *
 * @param rule a formula that is yes or no, over indicators and scores, and `card_points` and
 * `card_relativity` where the plan has a card; null where `where` alone says whom it is for
 * @throws MisuseError for a rule that names what there is not or is no rule, and for wrong options
 * @throws UnusableDataError when no customer that was known before had cover to follow
 * @example
 * ```ts
 * const terms = ['Ann', 'Bob'].flatMap((customerId) => [
 *   { customerId, policyId: customerId, from: '2022-01-01', to: '2023-01-01', premium: 400 },
 *   { customerId, policyId: customerId, from: '2023-01-01', to: '2024-01-01', premium: 400 },
 * ]);
 * const claims = [
 *   { claimId: 1, policyId: 'Bob', occurredOn: '2022-05-02', paid: 500 },
 *   { claimId: 2, policyId: 'Bob', occurredOn: '2023-05-02', paid: 300 },
 * ];
 * const { book } = readBook(terms, claims);
 * const days = { calibrateAt: '2023-01-01', until: '2024-01-01', rounds: 0 };
 * const { before, after } = simulateRule(book, ['>=', 'claim_count', 1], days);
 * [before.lossRatio, after.lossRatio, after.profit - before.profit]; // => [0.375, 0, 20]
 * ```
 */
export function simulateRule(
  book: Book,
  rule: Formula | null,
  options: SimulateRuleOptions,
): RuleSimulation & Shown {
  if (!book?.terms) {
    throw new MisuseError('simulateRule: expected a book, as in `const { book } = readBook(…)`');
  }
  requireKnown(options ?? {}, [...optionNames, 'seed', 'onRound'], 'simulateRule');
  const { at = 'date', where = {}, score = 'expected_loss_ratio' } = options ?? {};
  const { rounds = 200, seed = 1, onRound } = options ?? {};
  const plan = readPlan(options?.plan);
  checkRule(rule, where, book, plan);
  checkFormula(score, plan, 'number');
  const reaction = checkedReaction(options?.reaction);
  const then = holdout(
    book,
    { from: options?.calibrateAt, until: options?.until, at, plan: options?.plan },
    { by: 'simulateRule', from: 'calibrateAt' },
  );
  const { grades, followed, customerOf } = then;
  const { model } = grades;
  const rows = Uint32Array.from(customerOf.keys()).filter(
    (row) => followed.exposureYears[customerOf[row]] > 0,
  );
  if (rows.length === 0) {
    throw new UnusableDataError(
      `simulateRule: no customer that was known before has cover to follow from ${options.calibrateAt} to ${options.until}`,
    );
  }
  const columns = ruleColumns(then, rows, { rule, where, score });
  const { expenseRatio } = plan.pricing;
  const terms = { reaction, expenseRatio };
  const permissible = permissibleLossRatio(plan);
  const lines =
    typeof score === 'string' && score.endsWith('loss_ratio')
      ? [
          { name: 'the permissible loss ratio', cut: permissible },
          { name: 'losses equal to the premium', cut: 1 },
        ]
      : [];
  const [effect, byLine] = bootstrap(
    [
      effectStatistic(columns, terms),
      cutStatistic(
        columns,
        lines.map(({ cut }) => cut),
      ),
    ],
    { customers: rows.length, rounds, seed, probability, ...(onRound && { onRound }) },
  );
  const [lossRatioBefore, lossRatioAfter, lossRatioChange, profitChange, touchedToBook] = effect;
  const curve: RuleCurve = {
    score,
    text: inEnglish(score),
    cuts: cutsOf(columns, expenseRatio),
    plan: lines.map(({ name, cut }, k) => ({
      name,
      ...cutOf(columns, cut, expenseRatio),
      estimate: byLine[k],
    })),
    chance: chanceOf(columns, { rounds, seed, probability }),
    unscored: columns.score.filter(Number.isNaN).length,
  };
  const turned = (side: 0 | 1) => outcomesOf(columns, side, { permissible, expenseRatio });
  return showRule({
    at,
    calibrateAt: options.calibrateAt,
    until: options.until,
    rule: { formula: rule, where, text: ruleText(rule, where) },
    reaction,
    expenseRatio,
    permissibleLossRatio: permissible,
    ...effectsBy(columns, new Int32Array(rows.length), 1, terms)[0],
    estimates: { lossRatioBefore, lossRatioAfter, lossRatioChange, profitChange, touchedToBook },
    outcomes: { touched: turned(1), untouched: turned(0) },
    lifetimeValue: lifetimeOf(columns),
    segments: segmentsOf(grades, rows, columns, terms),
    curve,
    bootstrap: { rounds, seed, probability },
    model: { id: modelId(model), hash: model.hash, method: model.parameters.experience.method },
    notes: [
      ...modelNotes(model.parameters.experience.notes),
      ...notesOnRule({ rule, where, score }, then),
      ...notesOnExcluded(then, rows, 'cover to follow'),
      ...followed.notes,
    ],
    columns,
  });
}

function ruleColumns(
  then: Holdout,
  rows: Uint32Array,
  { rule, where, score }: { rule: Formula | null; where: Where; score: Formula },
): RuleColumns {
  const { grades } = then;
  const { table, model } = grades;
  const { card } = model.parameters;
  const scored = card && cardScores(table, card);
  const found = furtherScores(
    grades,
    ['rule holds', 'rule score', 'lifetime_value'],
    [
      { name: 'rule holds', formula: rule ?? 1 },
      { name: 'rule score', formula: score },
    ],
    scored && { card_points: scored.points, card_relativity: scored.relativity },
  );
  const fits = whereHolds(where, table.attributes);
  return {
    ...followedColumns(then, rows),
    touched: Uint8Array.from(rows, (row) => Number(found['rule holds'][row] > 0 && fits(row))),
    score: take(found['rule score'], rows),
    lifetimeValue: take(found.lifetime_value, rows),
  };
}

function segmentsOf(
  { table, model }: Grades,
  rows: Uint32Array,
  columns: RuleColumns,
  terms: RuleTerms,
): RuleSimulation['segments'] {
  const plan = model.plan;
  const effectsOf = (codes: ArrayLike<number>, labels: readonly string[]) => {
    // Those without a label are the last group.
    const groups = Int32Array.from(codes, (code) => (code < 0 ? labels.length : code));
    return effectsBy(columns, groups, labels.length + 1, terms)
      .map((effect, g) => ({ label: labels[g] ?? null, ...effect }))
      .filter(({ before }) => before.customers > 0);
  };
  const attributes = usualAttributes(table)
    .filter(({ name }) => barredAttribute(name, plan)?.standing !== 'barred')
    .map((attribute): [string, ReturnType<typeof effectsOf>] => {
      const { codes, labels } = takeCoded(attribute, rows);
      const effects = effectsOf(codes, labels);
      return [
        attribute.name,
        effects.sort((a, b) => b.before.earnedPremium - a.before.earnedPremium),
      ];
    });
  return {
    ...Object.fromEntries(attributes),
    'value tier': effectsOf(columns.valueTier, valueTiers),
    'risk tier': effectsOf(columns.riskTier, columns.riskTiers),
  };
}
