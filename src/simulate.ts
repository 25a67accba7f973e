import * as z from 'zod/mini';
import { isoFromDay } from './base/calendar.js';
import { sum } from './base/columns.js';
import { checked } from './base/validation.js';
import { type BookDays, bookDays } from './simulate/book-days.js';
import type { ClaimColumns } from './simulate/claim-file.js';
import { claimWriter } from './simulate/claims.js';
import {
  boughtTogether,
  branches,
  channels,
  firstYearShare,
  latentVariance,
  laterPolicyDays,
  policyCounts,
} from './simulate/market.js';
import { policyWriter } from './simulate/policies.js';
import type { PolicyColumns } from './simulate/policy-file.js';
import { type Chance, chance } from './simulate/random.js';

const optionsSchema = z.strictObject({
  /** How many customers ever hold a policy. */
  customers: z.int().check(z.gte(1)),
  /** The same seed gives the same book, whatever the machine. */
  seed: z.int(),
  /** Years from the first day of the book to its as-of date. */
  years: z.int().check(z.gte(1), z.lte(30)),
  /** The first day, an ISO date. */
  from: z._default(z.string(), '2020-01-01'),
  /** How much customers differ in their latent risk: 0 not at all, 1 about as much as in a motor book. */
  differences: z._default(z.number().check(z.gte(0), z.lte(100)), 1),
});

export type SimulateOptions = z.input<typeof optionsSchema>;

/** What nobody knows of a real book: one row a customer. */
export type TruthColumns = {
  readonly customer_id: readonly string[];
  /** True claims per earned premium, relative to the whole book's: weighted by premium the mean is 1. */
  readonly relativity: Float64Array;
  /** True claims for each claim that the tariff expects. */
  readonly latent: Float64Array;
  /** The true mean of the number of claims in the cover before the as-of date. */
  readonly expected_claims: Float64Array;
};

/** A synthetic book as columns that `readBook` takes, with the truth it was drawn from. */
export interface SimulatedBook {
  readonly policies: PolicyColumns;
  readonly claims: ClaimColumns;
  readonly truth: TruthColumns;
  /** The day the file was made, an ISO date. */
  readonly asOf: string;
}

/**
 * Makes a synthetic book with a known truth from a seed. Each customer has a latent risk (gamma, mean
 * 1, variance 0.6 × `differences`) that all its policies share; claims are Poisson with mean latent
 * risk × the tariff's frequency × policy years. The tariff is fair but for that: claims per premium
 * differ by a few per cent between lines. Premiums rise after claims, and customers leave the more
 * the more a premium rises. The file is as of its last day: later reports are not in it, and claims
 * not settled by then are open. Books of 20,000 customers and more have a loss ratio of 0.55 to 0.65
 * and 0.10 to 0.15 claims per policy year. All of it is invented, in no currency.
 *
 * True relativity of a customer = (its expected claims ÷ its earned premium) ÷ (the book's expected
 * claims ÷ the book's earned premium).
 *
 * Source of the Poisson–gamma model: Bühlmann and Gisler, *A Course in Credibility Theory* (2005),
 * ch. 2.4. The figures of the market are conventions of ours.
 *
 * @throws MisuseError when an option is unknown or out of its range
 * @example
 * ```ts
 * const { policies, claims, asOf } = simulate({ customers: 100, seed: 1, years: 3 });
 * asOf; // => '2023-01-01'
 * readBook(policies, claims).issues.length; // => 0
 * ```
 */
export function simulate(options: SimulateOptions): SimulatedBook {
  const { customers, seed, years, from, differences } = checked(optionsSchema, options, 'simulate');
  const days = bookDays(from, years);
  const random = chance(seed);
  const claims = claimWriter(random, days);
  const policies = policyWriter(random, days, claims.write);
  const variance = latentVariance * differences;
  const digits = Math.max(6, String(customers).length);

  const ids: string[] = [];
  const latent = new Float64Array(customers);
  const expectedClaims = new Float64Array(customers);
  const earnedPremium = new Float64Array(customers);
  for (let c = 0; c < customers; c++) {
    const number = String(c + 1).padStart(digits, '0');
    ids.push(`C${number}`);
    latent[c] = random.gamma(variance);
    const holder = {
      customerId: ids[c],
      latent: latent[c],
      channel: random.pick(channels),
      branch: random.pick(branches),
    };
    const arrival = arrivalDay(random, days);
    const { count } = random.pick(policyCounts);
    for (let p = 1; p <= count; p++) {
      const later = p > 1 && !random.happens(boughtTogether);
      const first = later ? arrival + random.whole(1, laterPolicyDays) : arrival;
      const earned = policies.write(holder, `P${number}-${p}`, first);
      earnedPremium[c] += earned.premium;
      expectedClaims[c] += earned.expectedClaims;
    }
  }

  const claimsPerPremium = sum(expectedClaims) / sum(earnedPremium);
  const truth = {
    customer_id: ids,
    relativity: expectedClaims.map((value, c) => value / (claimsPerPremium * earnedPremium[c])),
    latent,
    expected_claims: expectedClaims,
  };
  return {
    policies: policies.finish(),
    claims: claims.finish(),
    truth,
    asOf: isoFromDay(days.asOf),
  };
}

/** Most customers come in the first year, the others evenly over the years after it. */
function arrivalDay(random: Chance, { from, asOf, yearAfter }: BookDays): number {
  const secondYear = yearAfter(from);
  const early = secondYear === asOf || random.happens(firstYearShare);
  return early ? random.whole(from, secondYear) : random.whole(secondYear, asOf);
}
