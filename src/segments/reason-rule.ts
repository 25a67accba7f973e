import type { Formula } from '../formulas/expression.js';

/** Why a customer has its grade: what was observed, against what, and whether that favours it. */
export interface ReasonRule {
  readonly code: string;
  readonly when: Formula;
  readonly indicator: string;
  readonly compared: Formula;
  readonly favours: boolean;
  /** The sentence, with `{observed}` and `{compared}` where their values go. */
  readonly text: string;
  /** Whether it is what decided the risk tier; such a reason stands first. */
  readonly decides: boolean;
  /** How far it moves the score, in loss ratio, up or down; 0 where it says nothing of the score. */
  readonly moves: Formula;
}
