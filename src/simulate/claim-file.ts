import type { Day } from '../base/calendar.js';
import { growing } from '../book/growing.js';
import type { BookDays } from './book-days.js';
import { cents } from './cents.js';

/** The claims file as columns: one row a claim reported before the as-of date, as it stood then. */
export type ClaimColumns = {
  readonly claim_id: readonly string[];
  readonly policy_id: readonly string[];
  readonly occurred_on: readonly string[];
  readonly reported_on: readonly string[];
  /** Empty while the claim is open. */
  readonly closed_on: readonly string[];
  readonly paid: Float64Array;
  readonly reserve: Float64Array;
  readonly status: readonly string[];
};

/** A claim as the file shows it; `closed` is missing while it is open. */
export interface ClaimRow {
  readonly policyId: string;
  readonly occurred: Day;
  readonly reported: Day;
  readonly closed?: Day;
  readonly paid: number;
  readonly reserve: number;
  readonly status: 'open' | 'closed' | 'nil' | 'withdrawn' | 'inquiry';
}

/** A claims file that grows row by row; claims are numbered as they come, amounts are to the cent. */
export function claimFile(days: BookDays) {
  const claimId: string[] = [];
  const policyId: string[] = [];
  const occurredOn: string[] = [];
  const reportedOn: string[] = [];
  const closedOn: string[] = [];
  const status: string[] = [];
  const paid = growing(Float64Array);
  const reserve = growing(Float64Array);
  return {
    push(row: ClaimRow) {
      claimId.push(`K${String(claimId.length + 1).padStart(7, '0')}`);
      policyId.push(row.policyId);
      occurredOn.push(days.iso(row.occurred));
      reportedOn.push(days.iso(row.reported));
      closedOn.push(row.closed === undefined ? '' : days.iso(row.closed));
      paid.push(cents(row.paid));
      reserve.push(cents(row.reserve));
      status.push(row.status);
    },
    finish: (): ClaimColumns => ({
      claim_id: claimId,
      policy_id: policyId,
      occurred_on: occurredOn,
      reported_on: reportedOn,
      closed_on: closedOn,
      paid: paid.finish(),
      reserve: reserve.finish(),
      status,
    }),
  };
}
