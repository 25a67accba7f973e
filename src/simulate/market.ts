/**
 * The insurer and the market of a simulated book. Every figure is a convention of ours, chosen so
 * that a book looks like one and its only large difference between customers is their latent risk.
 */

/** A line of business: how often, how much and how late it claims, and what it asks for that. */
export interface Line {
  readonly name: string;
  /** Its share of all policies. */
  readonly share: number;
  /** Claims in a policy year of the tariff's average policy. */
  readonly claimsPerYear: number;
  /** Premium for each claim the tariff expects: about the same in every line, so that none is unfair. */
  readonly premiumPerClaim: number;
  /** Mean amount of an ordinary claim, and the standard deviation of its logarithm. */
  readonly severity: number;
  readonly severitySpread: number;
  /** Mean days from occurrence to report; a share of claims is late, with a mean of its own. */
  readonly reportDays: number;
  readonly lateShare: number;
  readonly lateReportDays: number;
  /** Mean days from report to settlement. */
  readonly settlementDays: number;
}

export const lines: readonly Line[] = [
  {
    name: 'motor',
    share: 0.6,
    claimsPerYear: 0.16,
    premiumPerClaim: 3600,
    severity: 2100,
    severitySpread: 0.9,
    reportDays: 7,
    lateShare: 0.01,
    lateReportDays: 60,
    settlementDays: 40,
  },
  {
    name: 'home',
    share: 0.28,
    claimsPerYear: 0.13,
    premiumPerClaim: 3500,
    severity: 1950,
    severitySpread: 1,
    reportDays: 12,
    lateShare: 0.02,
    lateReportDays: 60,
    settlementDays: 60,
  },
  {
    name: 'liability',
    share: 0.12,
    claimsPerYear: 0.11,
    premiumPerClaim: 3700,
    severity: 2300,
    severitySpread: 1.1,
    reportDays: 40,
    lateShare: 0.1,
    lateReportDays: 240,
    settlementDays: 300,
  },
];

/** Where customers come from; `lapse` is added to the log odds of leaving at a renewal. */
export interface Channel {
  readonly name: string;
  readonly share: number;
  readonly lapse: number;
}

export const channels: readonly Channel[] = [
  { name: 'agent', share: 0.5, lapse: -0.3 },
  { name: 'broker', share: 0.3, lapse: 0 },
  { name: 'online', share: 0.2, lapse: 0.4 },
];

export interface Branch {
  readonly name: string;
  readonly share: number;
}

export const branches: readonly Branch[] = [
  { name: 'north', share: 0.3 },
  { name: 'south', share: 0.25 },
  { name: 'east', share: 0.2 },
  { name: 'west', share: 0.15 },
  { name: 'centre', share: 0.1 },
];

/** How many policies per customer buys in all. */
export const policyCounts = [
  { count: 1, share: 0.4 },
  { count: 2, share: 0.35 },
  { count: 3, share: 0.25 },
] as const;

/** Variance of the latent risk between customers when `differences` is 1. */
export const latentVariance = 0.6;
/** Share of customers that arrive in the book's first year. */
export const firstYearShare = 0.75;
/** Share of further policies that begin with the first one, and days within which the others do. */
export const boughtTogether = 0.5;
export const laterPolicyDays = 500;

/** Spread (standard deviation of the logarithm) of claims per year between policies of a line. */
export const tariffSpread = 0.35;
/** Premiums and claim amounts rise by this share a year. */
export const inflation = 0.02;
/** Spread of a renewal's premium around the tariff. */
export const pricingSpread = 0.03;
/**
 * Each claim reported in a term raises the next term's premium by this share, up to so many claims.
 * It is small on purpose: what the premium has already answered, claims per premium no longer show.
 */
export const claimLoading = 0.03;
export const maxLoadedClaims = 3;

/** Share of policies whose first term is short, to bring the renewal to a day of the customer's choice. */
export const shortTermShare = 0.15;
export const shortestTermDays = 30;
export const longestShortTermDays = 300;
/** Terms that are cancelled before their end. */
export const cancelShare = 0.03;

/** What a customer looks at when a policy comes up for renewal. */
export interface Renewal {
  /** The premium asked for ÷ the expiring one, both for a year, − 1. */
  readonly change: number;
  /** Claims reported in the expiring term. */
  readonly claims: number;
  readonly firstRenewal: boolean;
  readonly channel: Channel;
}

/**
 * The probability of leaving at a renewal, by logistic regression: log odds
 * = −2.6 + 0.8 at the first renewal + 8 × price change + 0.25 after a claim + the channel's. So about
 * a sixth leave at the first renewal and a twelfth at later ones, where the premium only follows prices.
 */
export function lapseProbability({ change, claims, firstRenewal, channel }: Renewal): number {
  const logOdds =
    -2.6 + (firstRenewal ? 0.8 : 0) + 8 * change + (claims > 0 ? 0.25 : 0) + channel.lapse;
  return 1 / (1 + Math.exp(-logOdds));
}
