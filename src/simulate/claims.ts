import { type Day, daysPerYear } from '../base/calendar.js';
import type { BookDays } from './book-days.js';
import { type ClaimColumns, type ClaimRow, claimFile } from './claim-file.js';
import { inflation, type Line } from './market.js';
import type { Chance } from './random.js';

/** Claims on top of the true ones that cost nothing, in a policy year; every status as often. */
const costlessPerYear = 0.012;
const costlessStatuses = ['nil', 'withdrawn', 'inquiry'] as const;
/** Very large claims: two in a thousand, Pareto from so many times the mean of an ordinary one. */
const largeShare = 0.002;
const largeFrom = 15;
const largeTail = 2.8;
/** A closed claim is opened again this often, after so many days, for such a part of its amount. */
const reopenShare = 0.02;
const reopenDays = 120;
const minReopened = 0.1;
const maxReopened = 0.5;
/** Of an open claim up to this share has been paid; its reserve is right on average. */
const maxPaidOpen = 0.6;
const reserveSpread = 0.2;

/** The cover of one term up to the as-of date. */
export interface Cover {
  readonly policyId: string;
  readonly line: Line;
  readonly from: Day;
  readonly to: Day;
  /** Policy years of the cover. */
  readonly years: number;
  /** The true mean of its number of claims. */
  readonly expectedClaims: number;
}

/**
 * Draws the claims of one cover after another: a Poisson number, uniform over its days; amounts
 * lognormal with a Pareto tail; reported and settled after exponential delays. What is reported on or
 * after the as-of date is not in the file (incurred but not reported); what is settled later than
 * that is open, a part paid and the rest in reserve.
 */
export function claimWriter(random: Chance, days: BookDays) {
  const file = claimFile(days);
  const wholeDays = (mean: number) => Math.floor(random.exponential(mean));

  function sizeOf(line: Line, occurred: Day): number {
    const size = random.happens(largeShare)
      ? largeFrom * random.pareto(largeTail)
      : random.logNormal(line.severitySpread);
    return size * line.severity * (1 + inflation) ** ((occurred - days.from) / daysPerYear);
  }

  /** How a claim stands at the as-of date. */
  function settled(
    amount: number,
    reported: Day,
    line: Line,
  ): Pick<ClaimRow, 'status' | 'closed' | 'paid' | 'reserve'> {
    const closed = reported + wholeDays(line.settlementDays);
    if (closed >= days.asOf) {
      const paid = amount * random.between(0, maxPaidOpen);
      return { status: 'open', paid, reserve: (amount - paid) * random.logNormal(reserveSpread) };
    }
    const reopened = random.happens(reopenShare) ? closed + 1 + wholeDays(reopenDays) : days.asOf;
    if (reopened >= days.asOf) return { status: 'closed', closed, paid: amount, reserve: 0 };
    const more = amount * random.between(minReopened, maxReopened);
    const closedAgain = reopened + wholeDays(line.settlementDays);
    return closedAgain < days.asOf
      ? { status: 'closed', closed: closedAgain, paid: amount + more, reserve: 0 }
      : { status: 'open', paid: amount, reserve: more };
  }

  return {
    /** Writes the claims of a cover; returns how many true ones were reported before its end. */
    write({ policyId, line, from, to, years, expectedClaims }: Cover): number {
      let known = 0;
      for (let n = random.poisson(expectedClaims); n > 0; n--) {
        const occurred = random.whole(from, to);
        const late = random.happens(line.lateShare);
        const reported = occurred + wholeDays(late ? line.lateReportDays : line.reportDays);
        if (reported >= days.asOf) continue;
        if (reported < to) known++;
        const amount = sizeOf(line, occurred);
        file.push({ policyId, occurred, reported, ...settled(amount, reported, line) });
      }
      for (let n = random.poisson(costlessPerYear * years); n > 0; n--) {
        const occurred = random.whole(from, to);
        const reported = occurred + wholeDays(line.reportDays);
        if (reported >= days.asOf) continue;
        const closed = Math.min(reported + wholeDays(line.settlementDays), days.asOf - 1);
        const status = costlessStatuses[random.whole(0, costlessStatuses.length)];
        file.push({ policyId, occurred, reported, closed, status, paid: 0, reserve: 0 });
      }
      return known;
    },
    finish: (): ClaimColumns => file.finish(),
  };
}
