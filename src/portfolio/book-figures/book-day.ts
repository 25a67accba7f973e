import { type Day, isoFromDay, monthsAfter, never, sharedDays } from '../../base/calendar.js';
import { quantile, sum, take } from '../../base/columns.js';
import type { Book } from '../../book/book.js';
import { earningOf } from '../../indicators/earning.js';
import { measured } from '../../indicators/indicators.js';
import { countedClaims, endOfCover } from '../../indicators/observation-window.js';
import type { Plan } from '../../plan/plan.js';
import type { BookDay, BookYear, InForce, ProfitGroup } from './result.js';

/** As the indicators `policy_count` and `annual_premium` have it, of the terms themselves. */
export function inForceOn(book: Book, day: Day): InForce {
  const policies = new Int32Array(book.customers.length);
  const premium = new Float64Array(book.customers.length);
  const { annual } = earningOf(book);
  const { customer, from, length } = book.terms;
  for (let t = 0; t < length; t++) {
    if (from[t] >= day || endOfCover(book, t) < day) continue;
    policies[customer[t]]++;
    premium[customer[t]] += annual(t);
  }
  return { policies, premium };
}

/** The figures of a day, of what was in force and what twelve months brought. */
export function bookDay(book: Book, day: Day, inForce: InForce, plan: Plan): BookDay {
  const customers = inForce.policies.reduce((all, held) => all + (held > 0 ? 1 : 0), 0);
  const policies = sum(inForce.policies);
  const premium = sum(inForce.premium);
  return {
    day: isoFromDay(day),
    customers,
    policies,
    annualPremium: premium,
    policiesPerCustomer: ratio(policies, customers),
    premiumPerPolicy: ratio(premium, policies),
    premiumPerCustomer: ratio(premium, customers),
    year: bookYear(book, day, policies, plan),
  };
}

/** What customers with cover in the twelve months earned and lost, one row each. */
interface Experience {
  readonly earnedPremium: Float64Array;
  readonly exposureYears: Float64Array;
  readonly claims: Float64Array;
  readonly incurred: Float64Array;
  readonly excluded: BookYear['excluded'];
}

function bookYear(book: Book, day: Day, policies: number, plan: Plan): BookYear {
  const from = monthsAfter(day, -12);
  const own = book.aggregated ? endedSums(book, from, day, plan) : datedExperience(book, day, plan);
  const { expenseRatio } = plan.pricing;
  const earnedPremium = sum(own.earnedPremium);
  const exposureYears = sum(own.exposureYears);
  const claims = sum(own.claims);
  const incurred = sum(own.incurred);
  const expenses = earnedPremium * expenseRatio;
  const profits = own.earnedPremium.map((premium, row) => {
    const profit = premium - own.incurred[row] - premium * expenseRatio;
    const size = Math.max(premium, Math.abs(own.incurred[row]));
    return Math.abs(profit) <= 1e-9 * size ? 0 : profit;
  });
  const group = (belongs: (profit: number) => boolean): ProfitGroup => {
    const rows = Uint32Array.from(profits.keys()).filter((row) => belongs(profits[row]));
    return {
      customers: rows.length,
      earnedPremium: sum(take(own.earnedPremium, rows)),
      profit: sum(take(profits, rows)),
    };
  };
  return {
    from: isoFromDay(from),
    to: isoFromDay(day),
    complete: reachesBack(book, from, day, policies),
    customers: profits.length,
    earnedPremium,
    exposureYears,
    claims,
    incurred,
    lossRatio: ratio(incurred, earnedPremium),
    claimFrequency: ratio(claims, exposureYears),
    severity: ratio(incurred, claims),
    expenses,
    profit: earnedPremium - incurred - expenses,
    profitable: group((profit) => profit > 0),
    breakEven: group((profit) => profit === 0),
    unprofitable: group((profit) => profit < 0),
    excluded: own.excluded,
  };
}

/** Dated claims: premium by the day, claims that occurred in these months and were known by the day. */
function datedExperience(book: Book, day: Day, plan: Plan): Experience {
  // The figures of the book are whole: nothing is set aside.
  const { notCounted, cap } = plan.claims;
  const whole = { ...plan, window: { months: 12 }, claims: { notCounted, cap } };
  const { columns, excluded } = measured(book, day, whole, null);
  return {
    earnedPremium: columns.earned_premium,
    exposureYears: columns.exposure_years,
    claims: columns.claim_count,
    incurred: columns.incurred_loss,
    excluded,
  };
}

/**
 * Yearly sums cannot be split, and hardly one lies in twelve months from end to end: each counts
 * whole in the twelve months in which it ends. None is counted twice or lost, and on the day all of
 * it lies in the past. A sum taken before its end has earned up to the day it was taken.
 */
function endedSums(book: Book, from: Day, day: Day, plan: Plan): Experience {
  const { terms, claims, customers } = book;
  const column = () => new Float64Array(customers.length);
  const [earned, exposure, counts, incurred] = [column(), column(), column(), column()];
  const covered = new Uint8Array(customers.length);
  const counted = countedClaims(plan);
  const excluded = { rows: 0, premium: 0, incurred: 0 };
  const earning = earningOf(book);
  const valuedAt = book.valuedAt ?? never;
  const usable = new Uint8Array(terms.length);
  const running = new Uint8Array(terms.length);
  for (let t = 0; t < terms.length; t++) {
    const end = endOfCover(book, t);
    if (terms.from[t] >= day || end <= from || end <= terms.from[t]) continue;
    const days = sharedDays(terms.from[t], end, terms.from[t], valuedAt);
    if (end > day || days === 0) {
      running[t] = 1;
      excluded.rows++;
      excluded.premium += terms.premium[t];
      continue;
    }
    usable[t] = 1;
    covered[terms.customer[t]] = 1;
    earned[terms.customer[t]] += earning.premium(t, terms.from[t], terms.from[t] + days);
    exposure[terms.customer[t]] += earning.years(t, terms.from[t], terms.from[t] + days);
  }
  for (let c = 0; c < claims.length; c++) {
    const term = claims.term[c];
    if (running[term]) excluded.incurred += claims.incurred[c];
    if (!usable[term]) continue;
    counts[terms.customer[term]] += counted(book, c, day);
    incurred[terms.customer[term]] += claims.incurred[c];
  }
  const rows = Uint32Array.from(covered.keys()).filter((customer) => covered[customer] === 1);
  return {
    earnedPremium: take(earned, rows),
    exposureYears: take(exposure, rows),
    claims: take(counts, rows),
    incurred: take(incurred, rows),
    excluded,
  };
}

/** The first day of cover on file, and the usual length of a term, of those begun before a day. */
export function fileBegins({ terms }: Book, day: Day): { first: Day; usualDays: number } {
  const begun = Uint32Array.from(terms.from.keys()).filter((t) => terms.from[t] < day);
  return {
    first: begun.reduce((first, t) => Math.min(first, terms.from[t]), never),
    usualDays:
      begun.length === 0
        ? 0
        : quantile(
            Float64Array.from(begun, (t) => terms.to[t] - terms.from[t]),
            0.5,
          ),
  };
}

/**
 * A file that holds terms from some day on lacks what had begun earlier and still ran. Where that is
 * less than a term before the twelve months, and far less is in force at their begin than at their
 * end, they are not all on file.
 */
function reachesBack(book: Book, from: Day, day: Day, policies: number): boolean {
  const { first, usualDays } = fileBegins(book, day);
  if (first > from) return false;
  return first <= from - usualDays || sum(inForceOn(book, from + 1).policies) >= 0.9 * policies;
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
