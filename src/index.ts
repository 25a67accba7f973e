// The contents page: everything the package offers, by name.

export {
  type AssessOptions,
  assess,
  type Grades,
  lifetimeValues,
  probabilityAbovePermissible,
} from './assess.js';
export { type Day, dayFromISO, isoFromDay, type Period, type Years } from './calendar.js';
// Grading
export { calibrate } from './calibrate.js';
// Pieces
export { type Attribute, type Coded, labelAt } from './columns.js';
// Formulas
export { compile, type Program } from './compile.js';
export type { Customer, CustomerYear } from './customer.js';
export type { Book, Claims, Terms } from './doors/book.js';
export type { ColumnsFile } from './doors/columns-file.js';
export { countIssues, type Issue, type IssueCode, issueCodes } from './doors/issues.js';
export { readBook } from './doors/read-book.js';
// Doors: rows in, a book or a table out
export { type ExperienceOptions, readExperience } from './doors/read-experience.js';
// Memory
export { readOverrides, readStandings } from './doors/read-standings.js';
export type { Row, Rows } from './doors/rows.js';
export type { CustomerOverride, Override, Standing } from './doors/standing.js';
export { explainFormula, type FormulaWords } from './explain.js';
// The whole book, and what people see
export {
  atStake,
  backtest,
  bookFigures,
  clusters,
  diffGrades,
  drift,
  lint,
  migrate,
  pareto,
  persistence,
  profile,
  serviceBudget,
  simulateRule,
  summarize,
  verifyGrades,
} from './explore.js';
export { evaluate, type Formula, type NamedFormula } from './expression.js';
export type { GivenHint, Grade, GradeStanding, Reason, WithheldHint } from './grade.js';
export { type GradeOptions, gradeAt, grader, type Remembered } from './grader.js';
export type { Indicator } from './indicators/indicator.js';
// Indicators
export { type IndicatorsOf, indicatorList, indicators } from './indicators/indicators.js';
export { claimsNotCounted, type NotCounted } from './indicators/not-counted.js';
export { type IndicatorsOptions, readIndicators } from './indicators/read-indicators.js';
// Retention and lifetime
export { type RenewalCounts, type Renewals, renewalsOf } from './indicators/renewals.js';
export type { BookFindings, NearLine, RuleCount } from './lint/book.js';
export {
  type Example,
  type Finding,
  type LintCode,
  type Looked,
  lintCodes,
  type Note,
} from './lint/finding.js';
export type { Lint, LintOptions } from './lint/lint.js';
export { MisuseError, UnusableDataError } from './misuse.js';
export type { CardAttribute, CardParameters } from './model/card.js';
export { type Model, modelId } from './model.js';
export { readModel, writeModel } from './model-file.js';
export { startingGrounds } from './plan/starting-grounds.js';
// Plan and model
export {
  type Action,
  actions,
  type Ground,
  type Hint,
  type Loyalty,
  loyalties,
  type Plan,
  type PlanInput,
  type Purchase,
  permissibleLossRatio,
  purchases,
  type RiskTier,
  readPlan,
  riskTiers,
  type ValueTier,
  valueTiers,
} from './plan.js';
export type { AtStake, AtStakeRow } from './portfolio/at-stake.js';
export type { BacktestOptions } from './portfolio/backtest.js';
export type {
  Backtest,
  BacktestColumns,
  BacktestDecile,
  BacktestGroup,
  ContestEntry,
  DoubleLiftDecile,
  Estimate,
  FollowedFigures,
} from './portfolio/backtest-result.js';
export type { BookDay, BookYear, ProfitGroup } from './portfolio/book-day.js';
export type { BookFigures, BookFiguresOptions } from './portfolio/book-figures.js';
export type { LuckBase } from './portfolio/book-luck.js';
export {
  type CardProxy,
  type CardProxyGroup,
  cardProxies,
} from './portfolio/card-proxies.js';
export type { BookChange, Change, Movement, Retention } from './portfolio/change.js';
export type { Beside, Candidate, SegmentsVerdict } from './portfolio/clusters-number.js';
export type { ClustersOptions } from './portfolio/clusters-options.js';
export type { Apart, Cluster, ClusterColumns, Clusters } from './portfolio/clusters-result.js';
export type { Scaling } from './portfolio/clusters-scaling.js';
export {
  type AbcClasses,
  type AbcSizes,
  abcClasses,
  type Concentration,
  type ConcentrationOptions,
  concentration,
} from './portfolio/concentration.js';
export { type BookOnDay, type DriftOptions, driftLimits } from './portfolio/drift-options.js';
export type {
  Drift,
  DriftFifth,
  DriftLimits,
  DriftVerdict,
  ExpectedAndActual,
  ThenAndNow,
} from './portfolio/drift-result.js';
export { type Evidence, weightOfEvidence } from './portfolio/evidence.js';
export { type BrokenGolden, type GoldenCustomer, readGolden } from './portfolio/golden.js';
export type { GradeStability } from './portfolio/grade-stability.js';
export {
  type Luck,
  type LuckBook,
  type LuckOptions,
  type LuckRange,
  luck,
} from './portfolio/luck.js';
export { type Measure, measures } from './portfolio/measures.js';
export type { MigrateOptions } from './portfolio/migration.js';
export { type GradedDays, type GradedDaysOptions, gradedDays } from './portfolio/migration-days.js';
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
} from './portfolio/migration-result.js';
export type { Excess, Pareto, ParetoOptions } from './portfolio/pareto.js';
export type {
  Persistence,
  PersistenceEntry,
  PersistenceOptions,
} from './portfolio/persistence.js';
export type { PersistenceMeasure } from './portfolio/persistence-periods.js';
export type { DiffOptions } from './portfolio/plan-diff.js';
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
} from './portfolio/plan-diff-result.js';
export type { ProfileOptions } from './portfolio/profile.js';
export type {
  ClaimTest,
  Profile,
  ProfileCell,
  ProfiledAttribute,
  ProfiledPair,
  ProfileFinding,
  ProfileLevel,
} from './portfolio/profile-result.js';
export type {
  BudgetGroup,
  ServiceBudget,
  ServiceBudgetOptions,
} from './portfolio/service-budget.js';
export type { SimulateRuleOptions } from './portfolio/simulate-rule.js';
export type {
  PlanCut,
  RuleColumns,
  RuleCurve,
  RuleCut,
  RuleEffect,
  RuleFigures,
  RuleOutcomes,
  RuleSimulation,
} from './portfolio/simulate-rule-result.js';
export {
  effectiveSize,
  type Stability,
  type StabilityOptions,
  stability,
} from './portfolio/stability.js';
export type { GroupFigures, Summary } from './portfolio/summary.js';
export { scoringFormulas } from './program.js';
export { liftChart, lorenzChart } from './report/backtest-charts.js';
export { backtestHeader, backtestRows } from './report/backtest-rows.js';
export { backtestText } from './report/backtest-text.js';
export { bookFiguresText } from './report/book-figures-text.js';
export { cardChart } from './report/card-chart.js';
export { cardText } from './report/card-text.js';
export type { ChartSpec } from './report/chart-parts.js';
export { clustersChart, silhouetteChart } from './report/clusters-charts.js';
export { clustersHeader, clustersRows } from './report/clusters-rows.js';
export { clustersText } from './report/clusters-text.js';
export { driftChart } from './report/drift-chart.js';
export { driftText } from './report/drift-text.js';
export { type ExplanationOptions, explanation } from './report/explanation.js';
export { gradeHeader, gradeRows, type OutputCell } from './report/grade-rows.js';
export { lintText } from './report/lint-text.js';
export { en } from './report/locales/en.js';
export { et } from './report/locales/et.js';
export type { Locale, PageWords } from './report/locales/locale.js';
export { zh } from './report/locales/zh.js';
export { migrationChart } from './report/migration-chart.js';
export { migrationHeader, migrationRows } from './report/migration-rows.js';
export { migrationText } from './report/migration-text.js';
export { modelText } from './report/model-text.js';
export type { Shown } from './report/notebook.js';
export { paretoChart, persistenceChart } from './report/pareto-charts.js';
export { paretoText } from './report/pareto-text.js';
export { diffHeader, diffRows } from './report/plan-diff-rows.js';
export { planDiffText } from './report/plan-diff-text.js';
export { oneWayChart } from './report/profile-chart.js';
export { profileHeader, profileRows } from './report/profile-rows.js';
export { profileText } from './report/profile-text.js';
export { ruleCurveChart } from './report/rule-curve-chart.js';
export {
  type ScreeningSummary,
  screeningHeader,
  screeningRow,
  screeningText,
  summarizeScreenings,
} from './report/screening-rows.js';
export { serviceBudgetText } from './report/service-budget-text.js';
export { simulateRuleHeader, simulateRuleRows } from './report/simulate-rule-rows.js';
export { simulateRuleText } from './report/simulate-rule-text.js';
export { standingHeader, standingRow } from './report/standing-rows.js';
export { summaryText } from './report/summary-text.js';
export type { DifferenceCause, GradeDifference, Verification } from './report/verification.js';
export { verifyText } from './report/verify-text.js';
export {
  type BetaGeometric,
  type BetaGeometricFit,
  fitBetaGeometric,
  retentionRate,
  survivalTo,
} from './scoring/beta-geometric.js';
// Experience rating
export {
  type BuhlmannStraub,
  type BuhlmannStraubOptions,
  buhlmannStraub,
  type Panel,
} from './scoring/buhlmann-straub.js';
export { cardFormulas, cardInput, cardScores } from './scoring/card.js';
export { type CardTerm, cardTerms } from './scoring/card-terms.js';
export { expectedLifetime, type LifetimeOptions } from './scoring/expected-lifetime.js';
export {
  type Hierarchical,
  type HierarchicalOptions,
  type HierarchyLevel,
  hierarchical,
  type SegmentedPanel,
} from './scoring/hierarchical.js';
export { type KaplanMeier, kaplanMeier } from './scoring/kaplan-meier.js';
export type { Trend } from './scoring/level-bins.js';
// Attributes as levels
export {
  type CategoryLevels,
  fitLevels,
  type Levels,
  type LevelsOptions,
  levelColumn,
  levelOf,
  type NumberLevels,
} from './scoring/levels.js';
export {
  lifetimeFactorErrors,
  lifetimeFactors,
  type Retention as RetentionRates,
} from './scoring/lifetime-factors.js';
export { relativityVariance, relativityVarianceByMoments } from './scoring/poisson-gamma.js';
export {
  type Factor,
  type PoissonRegression,
  type PoissonRegressionOptions,
  poissonRegression,
} from './scoring/poisson-regression.js';
export { unitIn } from './scoring/scores.js';
export { type UsableAttributes, usableAttributes } from './scoring/usable-attributes.js';
export {
  type Applicant,
  type Screening,
  type ScreeningHint,
  type ScreeningReason,
  screen,
  screener,
  screeningHints,
} from './screen.js';
export type { Comparison, Condition } from './segments/conditions.js';
export type { Words } from './segments/locales/words.js';
export type { HeldBy } from './segments/memory.js';
export type { WhyNot } from './segments/why-not.js';
export { standingsOf } from './standings-of.js';
export type { Table, YearCells } from './table.js';
export { type Unit, type UnitFault, unitFaults } from './units.js';
