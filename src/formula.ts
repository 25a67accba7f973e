// What reads and writes rules as text; apart from the contents page, for it brings a parser along.

export { formatFormula } from './formula/format.js';
export { type FormatPlanOptions, formatPlan } from './formula/format-plan.js';
export { type ParseOptions, parseFormula } from './formula/parse.js';
export { readPlanFile } from './formula/plan-file.js';
