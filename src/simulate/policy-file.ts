import type { Day } from '../base/calendar.js';
import { growing } from '../book/growing.js';
import type { BookDays } from './book-days.js';

/** The policies file as columns: one row a term that began before the as-of date. */
export type PolicyColumns = {
  readonly customer_id: readonly string[];
  readonly policy_id: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Of the whole term. */
  readonly premium: Float64Array;
  readonly line: readonly string[];
  readonly channel: readonly string[];
  readonly branch: readonly string[];
  /** Empty where the term was not cancelled before the as-of date. */
  readonly cancelled_on: readonly string[];
};

/** A term as the file shows it. */
export interface TermRow {
  readonly customerId: string;
  readonly policyId: string;
  readonly from: Day;
  readonly to: Day;
  readonly premium: number;
  readonly line: string;
  readonly channel: string;
  readonly branch: string;
  readonly cancelled: Day | undefined;
}

/** A policies file that grows row by row; every row shares the texts it has in common with others. */
export function policyFile(days: BookDays) {
  const customerId: string[] = [];
  const policyId: string[] = [];
  const from: string[] = [];
  const to: string[] = [];
  const premium = growing(Float64Array);
  const line: string[] = [];
  const channel: string[] = [];
  const branch: string[] = [];
  const cancelledOn: string[] = [];
  return {
    push(row: TermRow) {
      customerId.push(row.customerId);
      policyId.push(row.policyId);
      from.push(days.iso(row.from));
      to.push(days.iso(row.to));
      premium.push(row.premium);
      line.push(row.line);
      channel.push(row.channel);
      branch.push(row.branch);
      cancelledOn.push(row.cancelled === undefined ? '' : days.iso(row.cancelled));
    },
    finish: (): PolicyColumns => ({
      customer_id: customerId,
      policy_id: policyId,
      from,
      to,
      premium: premium.finish(),
      line,
      channel,
      branch,
      cancelled_on: cancelledOn,
    }),
  };
}
