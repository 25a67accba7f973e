// The contents page: everything the package offers, by name.

export { type Day, dayFromISO, isoFromDay, type Period, type Years } from './base/calendar.js';
// Pieces
export { type Attribute, type Coded, labelAt } from './base/columns.js';
export { MisuseError, UnusableDataError } from './base/errors.js';
export type { OutputCell, Shown } from './base/output.js';
export type { Book, Claims, Terms } from './book/book.js';
export type { ColumnsFile } from './book/columns-file.js';
export { countIssues, type Issue, type IssueCode, issueCodes } from './book/issues.js';
export { readBook } from './book/read-book.js';
// Doors: rows in, a book or a table out
export { type ExperienceOptions, readExperience } from './book/read-experience.js';
// Memory
export { readOverrides, readStandings } from './book/read-standings.js';
export type { Row, Rows } from './book/rows.js';
export type { CustomerOverride, Override, Standing } from './book/standing.js';
// Experience rating
export {
  type BuhlmannStraub,
  type BuhlmannStraubOptions,
  buhlmannStraub,
  type Panel,
} from './credibility/buhlmann-straub.js';
export {
  type Hierarchical,
  type HierarchyLevel,
  hierarchical,
  type SegmentedPanel,
} from './credibility/hierarchical.js';
export type { HierarchicalOptions } from './credibility/hierarchy-levels.js';
export type { YearCells } from './credibility/method.js';
export {
  relativityVariance,
  relativityVarianceByMoments,
} from './credibility/poisson-gamma.js';
// Formulas
export { compile, type Program } from './formulas/compile.js';
export { evaluate } from './formulas/evaluate.js';
export { explainFormula, type FormulaWords } from './formulas/explain.js';
export { type Formula, type NamedFormula } from './formulas/expression.js';
export { type Unit, type UnitFault, unitFaults } from './formulas/units.js';
export {
  type AssessOptions,
  assess,
  type Grades,
} from './grading/assess.js';
// Grading
export { calibrate } from './grading/calibrate.js';
export { scoringFormulas } from './grading/compile-scoring.js';
export type { Customer, CustomerYear } from './grading/customer.js';
export type { GivenHint, Grade, GradeStanding, Reason, WithheldHint } from './grading/grade.js';
export { gradeHeader, gradeRows } from './grading/grade-rows.js';
export { type GradeOptions, gradeAt, grader, type Remembered } from './grading/grader.js';
export {
  type Applicant,
  type Screening,
  type ScreeningHint,
  type ScreeningReason,
  screen,
  screener,
  screeningHints,
} from './grading/screen.js';
export { standingsOf } from './grading/standings-of.js';
export type { Indicator } from './indicators/indicator.js';
// Indicators
export { type IndicatorsOf, indicatorList, indicators } from './indicators/indicators.js';
export { claimsNotCounted, type NotCounted } from './indicators/not-counted.js';
export { type IndicatorsOptions, readIndicators } from './indicators/read-indicators.js';
// Retention and lifetime
export { type RenewalCounts, type Renewals, renewalsOf } from './indicators/renewals.js';
export type { Table } from './indicators/table.js';
export type { BookFindings, NearLine, RuleCount } from './lint/book.js';
export {
  type Example,
  type Finding,
  type LintCode,
  type Looked,
  lintCodes,
  type Note,
} from './lint/finding.js';
export type { LintOptions } from './lint/lint.js';
export { lint } from './lint/lint.js';
export type { Lint } from './lint/result.js';
export { en } from './locales/en.js';
export { et } from './locales/et.js';
export type { Locale, PageWords, Translation } from './locales/locale.js';
export { zh } from './locales/zh.js';
export type { CardAttribute, CardParameters } from './model/card.js';
export { type Model, modelId } from './model/model.js';
export { readModel, writeModel } from './model/model-file.js';
export type { Ground } from './plan/ground.js';
// Plan and model
export { type Action, actions, type Hint } from './plan/hint.js';
export { type Loyalty, loyalties, type Purchase, purchases } from './plan/lifecycle.js';
export { type Plan, type PlanInput, permissibleLossRatio } from './plan/plan.js';
export { readPlan } from './plan/read-plan.js';
export { type RiskTier, riskTiers, riskTiersOf } from './plan/risk.js';
export { startingGrounds } from './plan/starting-grounds.js';
export { type ValueTier, valueTiers } from './plan/value.js';
export type { BacktestOptions } from './portfolio/backtest/backtest.js';
export { backtest } from './portfolio/backtest/backtest.js';
export type {
  Backtest,
  BacktestColumns,
  BacktestDecile,
  BacktestGroup,
  ContestEntry,
  DoubleLiftDecile,
  Estimate,
  FollowedFigures,
} from './portfolio/backtest/result.js';
export type { BookDay, BookYear, ProfitGroup } from './portfolio/book-figures/book-day.js';
export type { BookFiguresOptions } from './portfolio/book-figures/book-figures.js';
export { bookFigures } from './portfolio/book-figures/book-figures.js';
export type { BookChange, Change, Movement, Retention } from './portfolio/book-figures/change.js';
export type { BookFigures, BudgetGroup, ServiceBudget } from './portfolio/book-figures/result.js';
export type { ServiceBudgetOptions } from './portfolio/book-figures/service-budget.js';
export { serviceBudget } from './portfolio/book-figures/service-budget.js';
export { clusters } from './portfolio/clusters/clusters.js';
export type { Beside, Candidate, SegmentsVerdict } from './portfolio/clusters/number.js';
export type { ClustersOptions } from './portfolio/clusters/options.js';
export type { Apart, Cluster, ClusterColumns, Clusters } from './portfolio/clusters/result.js';
export type { Scaling } from './portfolio/clusters/scaling.js';
// The whole book, and what people see
export { atStake } from './portfolio/concentration/at-stake.js';
export type { LuckBase } from './portfolio/concentration/book-luck.js';
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
export type { ParetoOptions } from './portfolio/concentration/pareto.js';
export { pareto } from './portfolio/concentration/pareto.js';
export type { PersistenceOptions } from './portfolio/concentration/persistence.js';
export { persistence } from './portfolio/concentration/persistence.js';
export type { PersistenceMeasure } from './portfolio/concentration/persistence-periods.js';
export type {
  AtStake,
  AtStakeRow,
  Excess,
  Pareto,
  Persistence,
  PersistenceEntry,
} from './portfolio/concentration/result.js';
export { drift } from './portfolio/drift/drift.js';
export type { GradeStability } from './portfolio/drift/grade-stability.js';
export { type BookOnDay, type DriftOptions, driftLimits } from './portfolio/drift/options.js';
export type {
  Drift,
  DriftFifth,
  DriftLimits,
  DriftVerdict,
  ExpectedAndActual,
  ThenAndNow,
} from './portfolio/drift/result.js';
export {
  effectiveSize,
  type Stability,
  type StabilityOptions,
  stability,
} from './portfolio/drift/stability.js';
export { type GradedDays, type GradedDaysOptions, gradedDays } from './portfolio/migration/days.js';
export type { MigrateOptions } from './portfolio/migration/migrate.js';
export { migrate } from './portfolio/migration/migrate.js';
export type {
  DayFigures,
  LongRun,
  MarkovTest,
  Migration,
  MigrationColumns,
  MovedFigures,
  MovementCell,
  OrderTest,
  PlanLine,
  TierMovement,
  TierMovements,
  Warning,
  Warnings,
  WentDown,
  WorstByOrigin,
} from './portfolio/migration/result.js';
export type { DiffOptions } from './portfolio/plan-diff/diff.js';
export { diffGrades } from './portfolio/plan-diff/diff.js';
export {
  type BrokenGolden,
  type GoldenCustomer,
  readGolden,
} from './portfolio/plan-diff/golden.js';
export type {
  DiffSide,
  GroupDiff,
  OneSided,
  PlanDiff,
  PlanFigures,
  PlanMoney,
  PlanMovement,
  TierDiff,
  Ways,
} from './portfolio/plan-diff/result.js';
export {
  type CardProxy,
  type CardProxyGroup,
  cardProxies,
} from './portfolio/profile/card-proxies.js';
export { type Evidence, weightOfEvidence } from './portfolio/profile/evidence.js';
export type { ProfileOptions } from './portfolio/profile/options.js';
export { profile } from './portfolio/profile/profile.js';
export type {
  ClaimTest,
  Profile,
  ProfileCell,
  ProfiledAttribute,
  ProfiledPair,
  ProfileFinding,
  ProfileLevel,
} from './portfolio/profile/result.js';
export type {
  PlanCut,
  RuleColumns,
  RuleCurve,
  RuleCut,
  RuleEffect,
  RuleFigures,
  RuleOutcomes,
  RuleSimulation,
} from './portfolio/rule-trial/result.js';
export type { SimulateRuleOptions } from './portfolio/rule-trial/simulate-rule.js';
export { simulateRule } from './portfolio/rule-trial/simulate-rule.js';
export type { GroupFigures, Summary } from './portfolio/summary/result.js';
export { summarize } from './portfolio/summary/summarize.js';
export type { DifferenceCause, GradeDifference, Verification } from './portfolio/verify/result.js';
export { verifyGrades } from './portfolio/verify/verify.js';
export { cardChart } from './report/card-chart.js';
export { cardText } from './report/card-text.js';
export type { ChartSpec } from './report/chart-parts.js';
export { type ExplanationOptions, explanation } from './report/explanation.js';
export { modelText } from './report/model-text.js';
export {
  type ScreeningSummary,
  screeningHeader,
  screeningRow,
  screeningText,
  summarizeScreenings,
} from './report/screening-rows.js';
export { charts, toRows, toText } from './report/show.js';
export { standingHeader, standingRow } from './report/standing-rows.js';
export type { View } from './report/view.js';
export {
  type BetaGeometric,
  type BetaGeometricFit,
  fitBetaGeometric,
  retentionRate,
  survivalTo,
} from './scoring/retention/beta-geometric.js';
export { expectedLifetime, type LifetimeOptions } from './scoring/retention/expected-lifetime.js';
export { type KaplanMeier, kaplanMeier } from './scoring/retention/kaplan-meier.js';
export {
  lifetimeFactorErrors,
  lifetimeFactors,
  type Retention as RetentionRates,
} from './scoring/retention/lifetime-factors.js';
export { cardFormulas, cardInput, cardScores } from './scoring/scorecard/card.js';
export type { Trend } from './scoring/scorecard/level-bins.js';
// Attributes as levels
export {
  type CategoryLevels,
  fitLevels,
  type Levels,
  type LevelsOptions,
  levelColumn,
  levelOf,
  type NumberLevels,
} from './scoring/scorecard/levels.js';
export {
  type PoissonRegression,
  type PoissonRegressionOptions,
  poissonRegression,
} from './scoring/scorecard/poisson-regression.js';
export type { Factor } from './scoring/scorecard/regression-cells.js';
export { type CardTerm, cardTerms } from './scoring/scorecard/terms.js';
export { type UsableAttributes, usableAttributes } from './scoring/scorecard/usable-attributes.js';
export { unitIn } from './scoring/scores.js';
export type { Comparison, Condition } from './segments/conditions.js';
export type { HeldBy } from './segments/memory.js';
export type { WhyNot } from './segments/why-not.js';
export type { Words } from './segments/words.js';
