// The contents page: everything the package offers, by name.

export { assess, type Grades, probabilityAbovePermissible } from './assess.js';
export { type Day, dayFromISO, isoFromDay, type Period } from './calendar.js';
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
export type { Row, Rows } from './doors/rows.js';
export { explainFormula } from './explain.js';
export { evaluate, type Formula, type NamedFormula } from './expression.js';
export type { GivenHint, Grade, Reason } from './grade.js';
export { gradeAt, grader } from './grader.js';
export type { Indicator, Unit } from './indicators/indicator.js';
// Indicators
export { type IndicatorsOf, indicatorList, indicators } from './indicators/indicators.js';
export { type IndicatorsOptions, readIndicators } from './indicators/read-indicators.js';
export { MisuseError, UnusableDataError } from './misuse.js';
export { type Model, modelId, readModel, writeModel } from './model.js';
// Plan and model
export {
  type Action,
  actions,
  type Hint,
  type Plan,
  type PlanInput,
  permissibleLossRatio,
  type RiskTier,
  readPlan,
  riskTiers,
  type ValueTier,
  valueTiers,
} from './plan.js';
// The whole book, and what people see
export { type BacktestOptions, backtest } from './portfolio/backtest.js';
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
export { type GroupFigures, type Summary, summarize } from './portfolio/summary.js';
export { scoringFormulas } from './program.js';
export { liftChart, lorenzChart } from './report/backtest-charts.js';
export { backtestHeader, backtestRows } from './report/backtest-rows.js';
export { backtestText } from './report/backtest-text.js';
export type { ChartSpec } from './report/chart-parts.js';
export { explanation } from './report/explanation.js';
export { gradeHeader, gradeRows, type OutputCell } from './report/grade-rows.js';
export { modelText } from './report/model-text.js';
export { summaryText } from './report/summary-text.js';
// Experience rating
export {
  type BuhlmannStraub,
  type BuhlmannStraubOptions,
  buhlmannStraub,
  type Panel,
} from './scoring/buhlmann-straub.js';
export {
  type Hierarchical,
  type HierarchicalOptions,
  type HierarchyLevel,
  hierarchical,
  type SegmentedPanel,
} from './scoring/hierarchical.js';
export { relativityVariance, relativityVarianceByMoments } from './scoring/poisson-gamma.js';
export type { WhyNot } from './segments/why-not.js';
export type { Table, YearCells } from './table.js';
