// What looks at a whole book.

export { type Shown } from './base/output.js';
export { type Formula } from './formulas/expression.js';
export { type BacktestOptions, backtest } from './portfolio/backtest/backtest.js';
export {
  type Backtest,
  type BacktestColumns,
  type BacktestDecile,
  type BacktestGroup,
  type ContestEntry,
  type DoubleLiftDecile,
  type Estimate,
  type FollowedFigures,
} from './portfolio/backtest/result.js';
export { type BookFiguresOptions, bookFigures } from './portfolio/book-figures/book-figures.js';
export type {
  BookChange,
  BookDay,
  BookYear,
  Change,
  Movement,
  ProfitGroup,
  Retention,
} from './portfolio/book-figures/result.js';
export {
  type BookFigures,
  type BudgetGroup,
  type ServiceBudget,
} from './portfolio/book-figures/result.js';
export {
  type ServiceBudgetOptions,
  serviceBudget,
} from './portfolio/book-figures/service-budget.js';
export { clusters } from './portfolio/clusters/clusters.js';
export { type Beside, type Candidate, type SegmentsVerdict } from './portfolio/clusters/number.js';
export { type ClustersOptions } from './portfolio/clusters/options.js';
export {
  type Apart,
  type Cluster,
  type ClusterColumns,
  type Clusters,
} from './portfolio/clusters/result.js';
export { type Scaling } from './portfolio/clusters/scaling.js';
export { atStake } from './portfolio/concentration/at-stake.js';
export { type LuckBase } from './portfolio/concentration/book-luck.js';
export {
  type AbcClasses,
  type AbcSizes,
  abcClasses,
  type Concentration,
  type ConcentrationOptions,
  concentration,
} from './portfolio/concentration/concentration.js';
export {
  type Luck,
  type LuckBook,
  type LuckOptions,
  type LuckRange,
  luck,
} from './portfolio/concentration/luck.js';
export { type Measure, measures } from './portfolio/concentration/measures.js';
export { type ParetoOptions, pareto } from './portfolio/concentration/pareto.js';
export { type PersistenceOptions, persistence } from './portfolio/concentration/persistence.js';
export { type PersistenceMeasure } from './portfolio/concentration/persistence-periods.js';
export {
  type AtStake,
  type AtStakeRow,
  type Excess,
  type Pareto,
  type Persistence,
  type PersistenceEntry,
} from './portfolio/concentration/result.js';
export { drift } from './portfolio/drift/drift.js';
export { type GradeStability } from './portfolio/drift/grade-stability.js';
export { type BookOnDay, type DriftOptions, driftLimits } from './portfolio/drift/options.js';
export {
  type Drift,
  type DriftFifth,
  type DriftLimits,
  type DriftVerdict,
  type ExpectedAndActual,
  type ThenAndNow,
} from './portfolio/drift/result.js';
export {
  effectiveSize,
  type Stability,
  type StabilityOptions,
  stability,
} from './portfolio/drift/stability.js';
export { type GradedDays, type GradedDaysOptions, gradedDays } from './portfolio/migration/days.js';
export { type MigrateOptions, migrate } from './portfolio/migration/migrate.js';
export {
  type DayFigures,
  type LongRun,
  type MarkovTest,
  type Migration,
  type MigrationColumns,
  type MovedFigures,
  type MovementCell,
  type OrderTest,
  type PlanLine,
  type TierMovement,
  type TierMovements,
  type Warning,
  type Warnings,
  type WentDown,
  type WorstByOrigin,
} from './portfolio/migration/result.js';
export { type DiffOptions, diffGrades } from './portfolio/plan-diff/diff.js';
export {
  type BrokenGolden,
  type GoldenCustomer,
  readGolden,
} from './portfolio/plan-diff/golden.js';
export {
  type DiffSide,
  type GroupDiff,
  type OneSided,
  type PlanDiff,
  type PlanFigures,
  type PlanMoney,
  type PlanMovement,
  type TierDiff,
  type Ways,
} from './portfolio/plan-diff/result.js';
export {
  type CardProxy,
  type CardProxyGroup,
  cardProxies,
} from './portfolio/profile/card-proxies.js';
export { type ProfileOptions } from './portfolio/profile/options.js';
export { profile } from './portfolio/profile/profile.js';
export {
  type ClaimTest,
  type Profile,
  type ProfileCell,
  type ProfiledAttribute,
  type ProfiledPair,
  type ProfileFinding,
  type ProfileLevel,
} from './portfolio/profile/result.js';
export {
  type PlanCut,
  type RuleColumns,
  type RuleCurve,
  type RuleCut,
  type RuleEffect,
  type RuleFigures,
  type RuleOutcomes,
  type RuleSimulation,
} from './portfolio/rule-trial/result.js';
export { type SimulateRuleOptions, simulateRule } from './portfolio/rule-trial/simulate-rule.js';
export {
  type DifferenceCause,
  type GradeDifference,
  type Verification,
} from './portfolio/verify/result.js';
export { verifyGrades } from './portfolio/verify/verify.js';
export { type Comparison } from './segments/conditions.js';
