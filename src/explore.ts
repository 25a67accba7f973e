import type { Book } from './book/book.js';
import type { Issue } from './book/issues.js';
import type { Rows } from './book/rows.js';
import type { Formula } from './formulas/expression.js';
import type { Grades } from './grading/assess.js';
import type { Table } from './indicators/table.js';
import { type Lint, type LintOptions, lint } from './lint/lint.js';
import { lintBlocks } from './lint/view.js';
import type { PlanInput } from './plan/plan.js';
import { type BacktestOptions, backtest } from './portfolio/backtest/backtest.js';
import { liftChart } from './portfolio/backtest/charts.js';
import type { Backtest } from './portfolio/backtest/result.js';
import { backtestText } from './portfolio/backtest/view.js';
import {
  type BookFigures,
  type BookFiguresOptions,
  bookFigures,
} from './portfolio/book-figures/book-figures.js';
import {
  type ServiceBudget,
  type ServiceBudgetOptions,
  serviceBudget,
} from './portfolio/book-figures/service-budget.js';
import { serviceBudgetText } from './portfolio/book-figures/service-budget-view.js';
import { bookFiguresText } from './portfolio/book-figures/view.js';
import { clustersChart } from './portfolio/clusters/charts.js';
import { clusters } from './portfolio/clusters/clusters.js';
import type { ClustersOptions } from './portfolio/clusters/options.js';
import type { Clusters } from './portfolio/clusters/result.js';
import { clustersBlocks } from './portfolio/clusters/view.js';
import { type AtStake, atStake } from './portfolio/concentration/at-stake.js';
import { paretoChart, persistenceChart } from './portfolio/concentration/charts.js';
import { type Pareto, type ParetoOptions, pareto } from './portfolio/concentration/pareto.js';
import {
  type Persistence,
  type PersistenceOptions,
  persistence,
} from './portfolio/concentration/persistence.js';
import { atStakeBlocks, paretoBlocks, persistenceBlocks } from './portfolio/concentration/view.js';
import { driftChart } from './portfolio/drift/chart.js';
import { drift } from './portfolio/drift/drift.js';
import type { DriftOptions } from './portfolio/drift/options.js';
import type { Drift } from './portfolio/drift/result.js';
import { driftBlocks } from './portfolio/drift/view.js';
import { migrationChart } from './portfolio/migration/chart.js';
import { type MigrateOptions, migrate } from './portfolio/migration/migrate.js';
import type { Migration } from './portfolio/migration/result.js';
import { migrationBlocks } from './portfolio/migration/view.js';
import { type DiffOptions, diffGrades } from './portfolio/plan-diff/diff.js';
import type { PlanDiff } from './portfolio/plan-diff/result.js';
import { planDiffBlocks } from './portfolio/plan-diff/view.js';
import { oneWayChart } from './portfolio/profile/chart.js';
import { type ProfileOptions, profile } from './portfolio/profile/profile.js';
import type { Profile } from './portfolio/profile/result.js';
import { profileBlocks } from './portfolio/profile/view.js';
import { ruleCurveChart } from './portfolio/rule-trial/chart.js';
import type { RuleSimulation } from './portfolio/rule-trial/result.js';
import { type SimulateRuleOptions, simulateRule } from './portfolio/rule-trial/simulate-rule.js';
import { simulateRuleBlocks } from './portfolio/rule-trial/view.js';
import { type Summary, summarize } from './portfolio/summary/summarize.js';
import { summaryText } from './portfolio/summary/view.js';
import type { Verification } from './portfolio/verify/result.js';
import { verifyGrades } from './portfolio/verify/verify.js';
import { verifyBlocks } from './portfolio/verify/view.js';
import { type Shown, shownBy, type Views } from './report/notebook.js';

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
