// What reads and writes rules as text; apart from the contents page, for it brings a parser along.

export { formatFormula } from './formulas/text/format.js';
export { type FormatPlanOptions, formatPlan } from './plan-file/format-plan.js';
export { type ParseOptions, parseFormula } from './plan-file/parse-formula.js';
export { readPlanFile } from './plan-file/read-plan-file.js';
