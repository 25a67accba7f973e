// Formulas, and rules as text; an entry of its own, for it brings a parser along.

export { compile, type Program } from './formulas/compile.js';
export { evaluate } from './formulas/evaluate.js';
export { explainFormula, type FormulaWords } from './formulas/explain.js';
export { type Formula, type NamedFormula } from './formulas/expression.js';
export { formatFormula } from './formulas/text/format.js';
export { type Unit, type UnitFault, unitFaults } from './formulas/units.js';
export { scoringFormulas } from './grading/compile-scoring.js';
export { type FormatPlanOptions, formatPlan } from './plan-file/format-plan.js';
export { type ParseOptions, parseFormula } from './plan-file/parse-formula.js';
export { readPlanFile } from './plan-file/read-plan-file.js';

export { unitIn } from './scoring/scores.js';
