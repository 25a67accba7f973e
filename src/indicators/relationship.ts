import { type Day, yearCounter } from '../base/calendar.js';
import type { Book } from '../book/book.js';
import { noDay } from '../book/field.js';
import { earningOf } from './earning.js';
import type { Indicator, Measure } from './indicator.js';
import { countedIn, endOfCover, type ObservationWindow } from './observation-window.js';

/** How long, how much and how often the customer buys. */
export const relationship = [
  {
    name: 'annual_premium',
    label: 'annual premium',
    unit: 'money a year',
    definition:
      'Σ of premium of the terms in force the day before the as-of date, made annual by the months of the term, by its share of a year where they are broken',
    input: { required: true },
  },
  {
    name: 'new_business_premium',
    label: 'price for a new customer',
    unit: 'money a year',
    definition:
      'annual_premium as a new customer would pay it; missing where a term in force does not state it, or none is',
    input: { unmissed: true },
  },
  {
    name: 'tenure_years',
    label: 'tenure',
    unit: 'years',
    definition:
      "years by the calendar of the last unbroken relationship, up to the as-of date or the end of cover; gaps up to the plan's grace are bridged; begins at `since` where stated",
    input: { required: true },
  },
  {
    name: 'claim_free_years',
    label: 'time without a claim',
    unit: 'years',
    definition:
      'years by the calendar since the last counted claim that is not set aside (of a yearly sum: since its period ended), up to the as-of date or the end of cover, or since the cover on file began where that is later: nobody is claim-free in years that the rows do not show',
    atMost: 'tenure_years',
    worse: { words: 'fewer claim-free years', kinds: ['claim-free years'], falls: true },
    impossible: [
      ['and', ['>', 'claim_count', 0], ['>', 'claim_free_years', 'window_years']],
      ['and', ['>', 'recent_claim_count', 0], ['>', 'claim_free_years', 1]],
    ],
  },
  {
    name: 'policy_count',
    label: 'policies',
    unit: 'count',
    definition: 'policies in force the day before the as-of date',
  },
  {
    name: 'line_count',
    label: 'lines of business',
    unit: 'count',
    definition: 'distinct lines of the policies in force; an unstated line is one of its own',
    atMost: 'policy_count',
    impossible: [['and', ['>', 'policy_count', 0], ['=', 'line_count', 0]]],
  },
  {
    name: 'renewals',
    label: 'renewals',
    unit: 'count',
    definition:
      "years of a policy that a term began before the as-of date, after another term of it within the plan's grace",
  },
  {
    name: 'lapsed',
    label: 'lapsed',
    unit: 'yes or no',
    definition: '1 when no policy gave cover the day before the as-of date, else 0',
    impossible: [
      ['and', ['=', 'lapsed', 1], ['>', 'policy_count', 0]],
      ['and', ['=', 'lapsed', 0], ['=', 'policy_count', 0]],
      ['and', ['=', 'lapsed', 1], ['>', 'annual_premium', 0]],
      ['and', ['=', 'policy_count', 0], ['>', 'annual_premium', 0]],
    ],
  },
] as const satisfies readonly Indicator[];

export const measureRelationship: Measure = (book, frame) => {
  const { length, customers } = frame;
  const column = () => new Float64Array(length);
  const result = {
    annual_premium: column(),
    new_business_premium: column(),
    tenure_years: column(),
    claim_free_years: column(),
    policy_count: column(),
    line_count: column(),
    renewals: column(),
    lapsed: column(),
  };
  const starts = termStarts(book);
  const lastClaim = lastClaimDays(book, frame);
  const { yearsBetween } = yearCounter();
  const { annual } = earningOf(book);
  const lines = book.terms.attributes.find(({ name }) => name === 'line');
  const lineSeenBy = new Int32Array((lines?.labels.length ?? 0) + 1).fill(-1);
  const { graceDays } = frame.plan.tenure;
  const { from, policy, newBusinessPremium } = book.terms;
  for (let row = 0; row < length; row++) {
    const asOf = frame.asOf[row];
    const first = starts[customers[row]];
    const past = starts[customers[row] + 1];
    let renewed = noDay;
    let before = -1;
    for (let t = first; t < past; t++) {
      // Cancelled from its first day, a term is none.
      if (from[t] >= asOf || endOfCover(book, t) <= from[t]) continue;
      const follows = before >= 0 && policy[before] === policy[t];
      if (!follows) renewed = from[t];
      // Of the terms of a year one renews the policy, however many it is cut into.
      else if (from[t] - endOfCover(book, before) <= graceDays && from[t] - renewed >= leastYear) {
        result.renewals[row]++;
        renewed = from[t];
      }
      before = t;
      if (endOfCover(book, t) < asOf) continue;
      result.annual_premium[row] += annual(t);
      result.new_business_premium[row] += annual(t, newBusinessPremium);
      result.policy_count[row]++;
      const line = (lines?.codes[t] ?? -1) + 1;
      if (lineSeenBy[line] === row) continue;
      lineSeenBy[line] = row;
      result.line_count[row]++;
    }
    result.lapsed[row] = result.policy_count[row] === 0 ? 1 : 0;
    if (result.lapsed[row]) result.new_business_premium[row] = Number.NaN;
    const { began, shown, ended } = relationshipAt(book, first, past, asOf, graceDays);
    result.tenure_years[row] = yearsBetween(began, ended);
    const claimFreeFrom = Math.min(ended, Math.max(shown, lastClaim[row]));
    result.claim_free_years[row] = yearsBetween(claimFreeFrom, ended);
  }
  return result;
};

/** Days after which a further term renews: a month less than a year. */
const leastYear = 335;

/** Where each customer's terms start; terms stand by customer. */
export function termStarts({ customers, terms }: Book): Uint32Array {
  const starts = new Uint32Array(customers.length + 1);
  for (let t = 0; t < terms.length; t++) starts[terms.customer[t] + 1]++;
  for (let c = 0; c < customers.length; c++) starts[c + 1] += starts[c];
  return starts;
}

/** The latest day on which each customer had a counted claim that was known. */
function lastClaimDays(book: Book, frame: ObservationWindow): Int32Array {
  const counted = countedIn(book, frame);
  const { claims, terms } = book;
  const last = new Int32Array(frame.length).fill(noDay);
  for (let c = 0; c < claims.length; c++) {
    const row = frame.rowOf[terms.customer[claims.term[c]]];
    if (row < 0 || !frame.known[c] || counted(c, row) === 0) continue;
    last[row] = Math.max(last[row], Math.min(claims.occurredOn[c], frame.asOf[row]));
  }
  return last;
}

/**
 * The last stretch of cover without a gap longer than the grace, over all policies: when it `began`
 * by what the rows or their `since` say, from when the rows have `shown` it, and when it ended.
 */
export function relationshipAt(
  book: Book,
  first: number,
  past: number,
  asOf: Day,
  graceDays: number,
): { began: Day; shown: Day; ended: Day } {
  const { from, since } = book.terms;
  const endOf = (t: number) => Math.min(asOf, endOfCover(book, t));
  const covers = (t: number) => from[t] < endOf(t);
  let ended = noDay;
  for (let t = first; t < past; t++) if (covers(t)) ended = Math.max(ended, endOf(t));
  let shown: Day = ended;
  let began: Day = ended;
  // Each pass may bridge to terms that began earlier; a customer has few terms.
  for (let before = Number.NaN; before !== began; ) {
    before = began;
    for (let t = first; t < past; t++) {
      if (!covers(t) || endOf(t) + graceDays < began) continue;
      shown = Math.min(shown, from[t]);
      began = Math.min(began, from[t], since[t] === noDay ? from[t] : since[t]);
    }
  }
  return { began, shown, ended };
}

/**
 * The term of each customer that its line, channel, branch and other attributes are taken from: the
 * one with the largest annual premium in force the day before the as-of date; without any in force,
 * the one that ended last. Among equals the latest, then the last by policy id.
 */
export function mainTerms(book: Book, frame: ObservationWindow): Uint32Array {
  const { from } = book.terms;
  const { annual } = earningOf(book);
  const { customers } = frame;
  const starts = termStarts(book);
  return customers.map((customer, row) => {
    const asOf = frame.asOf[row];
    let main = starts[customer];
    let best = [noDay, -1, noDay];
    for (let t = starts[customer]; t < starts[customer + 1]; t++) {
      if (from[t] >= asOf) continue;
      const end = Math.min(asOf, endOfCover(book, t));
      const rank = [end, annual(t), from[t]];
      const differs = rank.findIndex((value, k) => value !== best[k]);
      if (differs >= 0 && rank[differs] < best[differs]) continue;
      best = rank;
      main = t;
    }
    return main;
  });
}
