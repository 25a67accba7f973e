// The faults of a plan, each with customers that show it.

export { type Shown } from './base/output.js';
export { type BookFindings, type NearLine, type RuleCount } from './lint/book.js';
export {
  type Example,
  type Finding,
  type LintCode,
  type Looked,
  lintCodes,
  type Note,
} from './lint/finding.js';
export { type LintOptions, lint } from './lint/lint.js';
export { type Lint } from './lint/result.js';
