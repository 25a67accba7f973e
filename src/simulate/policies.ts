import { type Day, daysPerYear } from '../base/calendar.js';
import type { BookDays } from './book-days.js';
import { cents } from './cents.js';
import type { Cover } from './claims.js';
import {
  type Branch,
  type Channel,
  cancelShare,
  claimLoading,
  inflation,
  lapseProbability,
  lines,
  longestShortTermDays,
  maxLoadedClaims,
  pricingSpread,
  shortestTermDays,
  shortTermShare,
  tariffSpread,
} from './market.js';
import { type PolicyColumns, policyFile } from './policy-file.js';
import type { Chance } from './random.js';

/** Who holds a policy. */
export interface Holder {
  readonly customerId: string;
  /** The customer's true claims for each claim the tariff expects. */
  readonly latent: number;
  readonly channel: Channel;
  readonly branch: Branch;
}

/** What the cover of a policy up to the as-of date earned, and the true mean of its claims. */
export interface Earned {
  readonly premium: number;
  readonly expectedClaims: number;
}

/**
 * Writes one policy after another, term by term, from its first day until it is cancelled, not
 * renewed, or the book ends. Whether it is renewed hangs only on what is known by then (premium and
 * reported claims), never on the latent risk itself.
 *
 * @param writeClaims draws the claims of a cover; returns how many were reported before its end
 */
export function policyWriter(
  random: Chance,
  days: BookDays,
  writeClaims: (cover: Cover) => number,
) {
  const file = policyFile(days);
  const { asOf } = days;
  const priceLevel = (day: Day) => (1 + inflation) ** ((day - days.from) / daysPerYear);

  /** A first term may be short, so that later ones begin on a day that suits the customer. */
  function endOfTerm(from: Day, first: boolean): Day {
    return first && random.happens(shortTermShare)
      ? from + random.whole(shortestTermDays, longestShortTermDays)
      : days.yearAfter(from);
  }

  /** The day a term is cancelled, where that is before its end and before the as-of date. */
  function cancellation(from: Day, to: Day): Day | undefined {
    if (!random.happens(cancelShare)) return undefined;
    const day = random.whole(from + 1, to);
    return day < asOf ? day : undefined;
  }

  return {
    write({ customerId, latent, channel, branch }: Holder, policyId: string, first: Day): Earned {
      const line = random.pick(lines);
      const claimsPerYear = line.claimsPerYear * random.logNormal(tariffSpread);
      let earned = 0;
      let expected = 0;
      let reported = 0;
      let expiring = 0;
      let from = first;
      for (let renewals = 0; from < asOf; renewals++) {
        const loading = claimLoading * Math.min(reported, maxLoadedClaims);
        const tariff = claimsPerYear * line.premiumPerClaim * priceLevel(from);
        const yearly = tariff * (1 + loading) * random.logNormal(pricingSpread);
        if (renewals > 0) {
          const change = yearly / expiring - 1;
          const renewal = { change, claims: reported, firstRenewal: renewals === 1, channel };
          if (random.happens(lapseProbability(renewal))) break;
        }

        const to = endOfTerm(from, renewals === 0);
        const cancelled = cancellation(from, to);
        const coveredTo = Math.min(to, cancelled ?? to, asOf);
        const yearDays = days.yearAfter(from) - from;
        const years = (coveredTo - from) / yearDays;
        const premium = cents((yearly * (to - from)) / yearDays);
        const expectedClaims = latent * claimsPerYear * years;
        earned += (premium * (coveredTo - from)) / (to - from);
        expected += expectedClaims;
        file.push({
          customerId,
          policyId,
          from,
          to,
          premium,
          line: line.name,
          channel: channel.name,
          branch: branch.name,
          cancelled,
        });
        reported = writeClaims({ policyId, line, from, to: coveredTo, years, expectedClaims });
        if (cancelled !== undefined) break;
        expiring = yearly;
        from = to;
      }
      return { premium: earned, expectedClaims: expected };
    },
    finish: (): PolicyColumns => file.finish(),
  };
}
