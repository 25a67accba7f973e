import { type Day, daysPerYear } from '../calendar.js';
import { growing } from '../growing.js';
import type { BookDays } from './book-days.js';
import { inflation, type Line, lines } from './market.js';
import type { Chance } from './random.js';

/** The claims file as columns, one row a claim reported before the as-of date, valued on that date. */
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

/** Claims on top of the true ones that cost nothing, in a policy year; every status as often. */
const costlessPerYear = 0.012;
const costless = ['nil', 'withdrawn', 'inquiry'] as const;
/** Very large claims: two in a thousand, from so many times the mean of an ordinary one. */
const largeShare = 0.002;
const largeFrom = 15;
const largeTail = 2.8;
/** A closed claim is opened again this often, after so many days, for such a part of its amount. */
const reopenShare = 0.02;
const reopenDays = 120;
const leastReopened = 0.1;
const mostReopened = 0.5;
/** Of an open claim up to this share has been paid; its reserve is right on average. */
const mostPaidOpen = 0.6;
const reserveSpread = 0.2;

/** The cover of one term that lies before the as-of date. */
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
 * after the as-of date is not in the file (it is incurred but not reported); what is settled later
 * than that is open, with a part paid and the rest in reserve.
 */
export function claimWriter(random: Chance, days: BookDays) {
  const file = {
    claim_id: [] as string[],
    policy_id: [] as string[],
    occurred_on: [] as string[],
    reported_on: [] as string[],
    closed_on: [] as string[],
    status: [] as string[],
  };
  const [paidColumn, reserveColumn] = [growing(Float64Array), growing(Float64Array)];
  const delays = new Map(
    lines.map((line) => [
      line,
      {
        severity: random.logNormal(line.severitySpread),
        report: random.exponential(line.reportDays),
        lateReport: random.exponential(line.lateReportDays),
        settlement: random.exponential(line.settlementDays),
      },
    ]),
  );
  const large = random.pareto(largeTail);
  const untilReopened = random.exponential(reopenDays);
  const estimate = random.logNormal(reserveSpread);

  function push(policyId: string, occurred: Day, reported: Day, closed: Day, status: string) {
    file.claim_id.push(`K${String(file.claim_id.length + 1).padStart(7, '0')}`);
    file.policy_id.push(policyId);
    file.occurred_on.push(days.iso(occurred));
    file.reported_on.push(days.iso(reported));
    file.closed_on.push(closed < days.asOf ? days.iso(closed) : '');
    file.status.push(status);
  }
  function pushMoney(paid: number, reserve: number) {
    paidColumn.push(cents(paid));
    reserveColumn.push(cents(reserve));
  }

  /** Writes a true claim as it stands at the as-of date. */
  function pushClaim({ policyId, line }: Cover, occurred: Day, reported: Day) {
    const { severity, settlement } = drawn(delays, line);
    const size = random.happens(largeShare) ? largeFrom * large() : severity();
    const amount = size * line.severity * (1 + inflation) ** ((occurred - days.from) / daysPerYear);
    const wholeDelay = () => Math.floor(settlement());
    const closed = reported + wholeDelay();
    if (closed >= days.asOf) {
      const paid = amount * mostPaidOpen * random.uniform();
      push(policyId, occurred, reported, closed, 'open');
      pushMoney(paid, (amount - paid) * estimate());
      return;
    }
    const reopened = random.happens(reopenShare)
      ? closed + 1 + Math.floor(untilReopened())
      : days.asOf;
    if (reopened >= days.asOf) {
      push(policyId, occurred, reported, closed, 'closed');
      pushMoney(amount, 0);
      return;
    }
    const more = amount * (leastReopened + (mostReopened - leastReopened) * random.uniform());
    const closedAgain = reopened + wholeDelay();
    const open = closedAgain >= days.asOf;
    push(policyId, occurred, reported, closedAgain, open ? 'open' : 'closed');
    pushMoney(open ? amount : amount + more, open ? more : 0);
  }

  return {
    /** Draws the claims of a cover; returns how many true ones were reported before its end. */
    cover(cover: Cover): number {
      const { policyId, line, from, to, years, expectedClaims } = cover;
      const { report, lateReport, settlement } = drawn(delays, line);
      let known = 0;
      for (let n = random.poisson(expectedClaims); n > 0; n--) {
        const occurred = random.whole(from, to);
        const delay = random.happens(line.lateShare) ? lateReport : report;
        const reported = occurred + Math.floor(delay());
        if (reported >= days.asOf) continue;
        pushClaim(cover, occurred, reported);
        if (reported < to) known++;
      }
      for (let n = random.poisson(costlessPerYear * years); n > 0; n--) {
        const occurred = random.whole(from, to);
        const reported = occurred + Math.floor(report());
        const status = costless[random.whole(0, costless.length)];
        const closed = Math.min(reported + Math.floor(settlement()), days.asOf - 1);
        if (reported >= days.asOf) continue;
        push(policyId, occurred, reported, closed, status);
        pushMoney(0, 0);
      }
      return known;
    },
    finish: (): ClaimColumns => ({
      ...file,
      paid: paidColumn.finish(),
      reserve: reserveColumn.finish(),
    }),
  };
}
