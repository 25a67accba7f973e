// From rows to grades: what a service, a batch script or a notebook needs.

export { type Day, dayFromISO, isoFromDay, type Period, type Years } from './base/calendar.js';
export { type Attribute, type Coded } from './base/columns.js';
export { MisuseError, UnusableDataError } from './base/errors.js';
export { type OutputCell, type Shown } from './base/output.js';
export { type Book, type Claims, type Terms } from './book/book.js';
export { type ColumnsFile } from './book/columns-file.js';
export { countIssues, type Issue, type IssueCode, issueCodes } from './book/issues.js';
export { readBook } from './book/read-book.js';
export { type ExperienceOptions, readExperience } from './book/read-experience.js';
export { readOverrides, readStandings } from './book/read-standings.js';
export { type CustomerOverride, type Override, type Standing } from './book/standing.js';
export { type Formula } from './formulas/expression.js';
export { type AssessOptions, assess, type Grades } from './grading/assess.js';
export { calibrate } from './grading/calibrate.js';
export { type Customer, type CustomerYear } from './grading/customer.js';
export {
  type GivenHint,
  type Grade,
  type GradeStanding,
  type Reason,
  type WithheldHint,
} from './grading/grade.js';
export type { GradeOptions } from './grading/grade-measured.js';
export { gradeHeader, gradeRows } from './grading/grade-rows.js';
export { gradeAt, grader, type Remembered } from './grading/grader.js';
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
export { type Indicator } from './indicators/indicator.js';
export { type IndicatorsOf, indicatorList, indicators } from './indicators/indicators.js';
export { claimsNotCounted, type NotCounted } from './indicators/not-counted.js';
export { type IndicatorsOptions, readIndicators } from './indicators/read-indicators.js';
export { type Table } from './indicators/table.js';
export { en } from './locales/en.js';
export { et } from './locales/et.js';
export { type Locale, type PageWords, type Translation } from './locales/locale.js';
export { zh } from './locales/zh.js';
export { type CardAttribute, type CardParameters } from './model/card.js';
export { type Model, modelId } from './model/model.js';
export { readModel, writeModel } from './model/model-file.js';
export { type Ground } from './plan/ground.js';
export { type Action, actions, type Hint } from './plan/hint.js';
export { type Loyalty, loyalties, type Purchase, purchases } from './plan/lifecycle.js';
export { type Plan, type PlanInput, permissibleLossRatio } from './plan/plan.js';
export { readPlan } from './plan/read-plan.js';
export { type RiskTier, riskTiers, riskTiersOf } from './plan/risk.js';
export { startingGrounds } from './plan/starting-grounds.js';
export { type ValueTier, valueTiers } from './plan/value.js';
export { type GroupFigures, type Summary } from './portfolio/summary/result.js';
export { summarize } from './portfolio/summary/summarize.js';
export { cardScores } from './scoring/scorecard/card.js';
export { type Factor } from './scoring/scorecard/regression-cells.js';
export { type Comparison, type Condition } from './segments/conditions.js';
export { type HeldBy } from './segments/memory.js';
export { type WhyNot } from './segments/why-not.js';
export { type Words } from './segments/words.js';
