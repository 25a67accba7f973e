import type { Day } from '../base/calendar.js';

/** Rows of policies as they are worked on: what a later row or a merge changes is a copy. */
export interface PolicyRows {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly cancelledOn: Int32Array;
  readonly premium: Float64Array;
  readonly exposure: Float64Array;
}

/** The day from which a row no longer covers. */
export const endOfRow = ({ to, cancelledOn }: PolicyRows, i: number): Day =>
  Math.min(to[i], cancelledOn[i]);
