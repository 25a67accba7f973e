import type { Grades } from './assess.js';
import type { Book } from './doors/book.js';
import type { Issue } from './doors/issues.js';
import type { Rows } from './doors/rows.js';
import type { Formula } from './expression.js';
import { type Lint, type LintOptions, lint } from './lint/lint.js';
import type { PlanInput } from './plan.js';
import { type AtStake, atStake } from './portfolio/at-stake.js';
import { type BacktestOptions, backtest } from './portfolio/backtest.js';
import type { Backtest } from './portfolio/backtest-result.js';
import {
  type BookFigures,
  type BookFiguresOptions,
  bookFigures,
} from './portfolio/book-figures.js';
import { clusters } from './portfolio/clusters.js';
import type { ClustersOptions } from './portfolio/clusters-options.js';
import type { Clusters } from './portfolio/clusters-result.js';
import { drift } from './portfolio/drift.js';
import type { DriftOptions } from './portfolio/drift-options.js';
import type { Drift } from './portfolio/drift-result.js';
import { type MigrateOptions, migrate } from './portfolio/migration.js';
import type { Migration } from './portfolio/migration-result.js';
import { type Pareto, type ParetoOptions, pareto } from './portfolio/pareto.js';
import { type Persistence, type PersistenceOptions, persistence } from './portfolio/persistence.js';
import { type DiffOptions, diffGrades } from './portfolio/plan-diff.js';
import type { PlanDiff } from './portfolio/plan-diff-result.js';
import { type ProfileOptions, profile } from './portfolio/profile.js';
import type { Profile } from './portfolio/profile-result.js';
import {
  type ServiceBudget,
  type ServiceBudgetOptions,
  serviceBudget,
} from './portfolio/service-budget.js';
import { type SimulateRuleOptions, simulateRule } from './portfolio/simulate-rule.js';
import type { RuleSimulation } from './portfolio/simulate-rule-result.js';
import { type Summary, summarize } from './portfolio/summary.js';
import { liftChart } from './report/backtest-charts.js';
import { backtestText } from './report/backtest-text.js';
import { bookFiguresText } from './report/book-figures-text.js';
import { clustersChart } from './report/clusters-charts.js';
import { clustersBlocks } from './report/clusters-text.js';
import { driftChart } from './report/drift-chart.js';
import { driftBlocks } from './report/drift-text.js';
import { lintBlocks } from './report/lint-text.js';
import { migrationChart } from './report/migration-chart.js';
import { migrationBlocks } from './report/migration-text.js';
import { type Shown, shownBy, type Views } from './report/notebook.js';
import { paretoChart, persistenceChart } from './report/pareto-charts.js';
import { atStakeBlocks, paretoBlocks, persistenceBlocks } from './report/pareto-text.js';
import { planDiffBlocks } from './report/plan-diff-text.js';
import { oneWayChart } from './report/profile-chart.js';
import { profileBlocks } from './report/profile-text.js';
import { ruleCurveChart } from './report/rule-curve-chart.js';
import { serviceBudgetText } from './report/service-budget-text.js';
import { simulateRuleBlocks } from './report/simulate-rule-text.js';
import { summaryText } from './report/summary-text.js';
import type { Verification } from './report/verification.js';
import { verifyGrades } from './report/verify-grades.js';
import { verifyBlocks } from './report/verify-text.js';
import type { Table } from './table.js';

// What looks at a whole book, as the package offers it: the plain results of portfolio/, able to show
// themselves in a notebook and as text. What each does stands where it is done.

function showing<A extends unknown[], R extends object>(
  look: (...given: A) => R,
  views: (result: R) => Views,
): (...given: A) => R & Shown {
  return (...given) => shownBy(look(...given), views);
}

const plainly = <R>(text: (result: R) => string) => {
  return (result: R): Views => ({ blocks: [{ plain: text(result) }] });
};

/** Sums up a graded book: in all and by tier, with what could not be used. */
const summarizeShown: (grades: Grades, issues?: readonly Issue[]) => Summary & Shown = showing(
  summarize,
  plainly(summaryText),
);

/** What grades given before a day were worth after it, by tier and in a contest of scores. */
const backtestShown: (book: Book, options: BacktestOptions) => Backtest & Shown = showing(
  backtest,
  (result) => ({ blocks: [{ plain: backtestText(result) }], chart: liftChart(result) }),
);

/** Whether a model still fits a later book: leave it, recalibrate or rebuild, and on what grounds. */
const driftShown: (options: DriftOptions) => Drift & Shown = showing(drift, (result) => ({
  blocks: driftBlocks(result),
  chart: driftChart(result),
}));

/** The 80/20 of a measure beside what chance alone would concentrate. */
const paretoShown: (grades: Grades, options?: ParetoOptions) => Pareto & Shown = showing(
  pareto,
  (result) => ({ blocks: paretoBlocks([result]), chart: paretoChart(result) }),
);

/** Whether last period's top group is next period's, beside chance and our expected ranking. */
const persistenceShown: (book: Book, options: PersistenceOptions) => Persistence & Shown = showing(
  persistence,
  (result) => ({ blocks: persistenceBlocks([result]), chart: persistenceChart(result) }),
);

/** The profit that may leave with customers at their next renewals, those with most first. */
const atStakeShown: (grades: Grades, top?: number) => AtStake & Shown = showing(
  atStake,
  (result) => ({ blocks: atStakeBlocks(result) }),
);

/** A whole book on two days: in force, brought in twelve months, stayed and left, and why it changed. */
const bookFiguresShown: (book: Book, options: BookFiguresOptions) => BookFigures & Shown = showing(
  bookFigures,
  plainly(bookFiguresText),
);

/** How customers moved between tiers from one day to a later one, and who is on the way down. */
const migrateShown: (before: Grades, after: Grades, options?: MigrateOptions) => Migration & Shown =
  showing(migrate, (result) => ({
    blocks: migrationBlocks(result),
    chart: migrationChart(result),
  }));

/** Natural segments: which customers are alike, whether that is more than chance, and their tiers. */
const clustersShown: (from: Grades | Table, options?: ClustersOptions) => Clusters & Shown =
  showing(clusters, (result) => ({
    blocks: clustersBlocks(result),
    chart: clustersChart(result),
  }));
/** What customers who cost much have in common, with the picture of what tells claims apart best. */
const profileShown: (of: Grades | Book, options?: ProfileOptions) => Profile & Shown = showing(
  profile,
  (result) => ({
    blocks: profileBlocks(result),
    ...(result.attributes.length > 0 && { chart: oneWayChart(result, result.attributes[0].name) }),
  }),
);

/** A service budget laid over tiers in proportion to value, and what each customer then gets. */
const serviceBudgetShown: (grades: Grades, options: ServiceBudgetOptions) => ServiceBudget & Shown =
  showing(serviceBudget, plainly(serviceBudgetText));

/** What the next period would have been, had an underwriting rule held, beside what chance would do. */
const simulateRuleShown: (
  book: Book,
  rule: Formula | null,
  options: SimulateRuleOptions,
) => RuleSimulation & Shown = showing(simulateRule, (result) => ({
  blocks: simulateRuleBlocks(result),
  chart: ruleCurveChart(result),
}));

/** The faults of a plan, each with customers that show it, and what its rules do to a book. */
const lintShown: (plan?: PlanInput, options?: LintOptions) => Lint & Shown = showing(
  lint,
  (result) => ({ blocks: lintBlocks(result) }),
);
/** Who moves from where to where between two plans or models, and what moves with them. */
const diffGradesShown: (before: Grades, after: Grades, options?: DiffOptions) => PlanDiff & Shown =
  showing(diffGrades, (result) => ({ blocks: planDiffBlocks(result) }));

/** Whether stored grades are what a model gives now, and where they are not. */
const verifyGradesShown: (rows: Rows, grades: Grades) => Verification & Shown = showing(
  verifyGrades,
  (result) => ({ blocks: verifyBlocks(result) }),
);

export {
  atStakeShown as atStake,
  backtestShown as backtest,
  bookFiguresShown as bookFigures,
  clustersShown as clusters,
  diffGradesShown as diffGrades,
  driftShown as drift,
  lintShown as lint,
  migrateShown as migrate,
  paretoShown as pareto,
  persistenceShown as persistence,
  profileShown as profile,
  serviceBudgetShown as serviceBudget,
  simulateRuleShown as simulateRule,
  summarizeShown as summarize,
  verifyGradesShown as verifyGrades,
};
