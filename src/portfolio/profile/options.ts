import type { Model } from '../../model/model.js';
import type { PlanInput } from '../../plan/plan.js';
import type { Trend } from '../../scoring/scorecard/level-bins.js';
export interface ProfileOptions {
  /** The attributes to look at; all that may be used if left out. */
  readonly attributes?: readonly string[] | undefined;
  /** How the claim rate may move along a number, by attribute; `free` where it is not said. */
  readonly trends?: Readonly<Record<string, Trend>> | undefined;
  /** At most this share of what is named is chance, in the mean (0.1). */
  readonly falseDiscoveryRate?: number | undefined;
  /** Under so many years of exposure labels are gathered: 1 % of all, at least 20, if left out. */
  readonly minimumExposure?: number | undefined;
  /** Called after every attribute and pair with how many are done, of how many. */
  readonly onLook?: ((done: number, all: number) => void) | undefined;
  /** Of a book: the day of the tiers and attributes, and the day until which losses are followed. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** Of a book: by what to grade. */
  readonly plan?: PlanInput | undefined;
  readonly model?: Model | undefined;
}
