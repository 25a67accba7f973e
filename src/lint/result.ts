import type { BookFindings } from './book.js';
import type { Finding, Looked, Note } from './finding.js';
/** What was found in a plan. */
export interface Lint {
  readonly plan: string;
  /** Whether no fault was found. */
  readonly sound: boolean;
  readonly findings: readonly Finding[];
  /** Worse customers whose action is milder because the law withholds a hint: no fault of the plan. */
  readonly notes: readonly Note[];
  /** What was looked at, and whether that is all there is. */
  readonly looked: readonly Looked[];
  /** What the plan does to a book; null without one. */
  readonly book: BookFindings | null;
}
