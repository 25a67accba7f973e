import type { Day } from '../../base/calendar.js';
import { sum } from '../../base/columns.js';
import { MisuseError } from '../../base/errors.js';
import type { Book } from '../../book/book.js';
import { endOfCover } from '../../indicators/observation-window.js';
import type {
  BookChange,
  BookDay,
  Change,
  InForce,
  Movement,
  PremiumCause,
  ProfitCause,
  Retention,
} from './result.js';

/**
 * How much of the change of a product each of its factors made: the Shapley value, the mean, over
 * all orders in which the factors can change one by one, of what the factor's own step does. It
 * needs no factor to come first and leaves nothing unexplained; a factor that does not change has
 * no part. With n factors, of factor i, over the sets S of the others that have changed before it:
 *
 * Σ |S|! (n − |S| − 1)! ÷ n! × (after i − before i) × Π after in S × Π before of the rest
 *
 * Shorrocks (2013), Decomposition procedures for distributional analysis: a unified framework based
 * on the Shapley value, The Journal of Economic Inequality 11 (1), 99–126, equation 8.
 *
 * @returns the parts in the order of the factors, in the unit of the product; NaN where a factor is
 * @throws MisuseError unless there are 1 to 4 factors, as many after as before
 *
 * From 10 × 5 to 12 × 6 each factor makes 11 of the 22.
 */
export function splitProduct(before: readonly number[], after: readonly number[]): number[] {
  const n = before.length;
  if (n < 1 || n > 4 || after.length !== n) {
    throw new MisuseError(
      `splitProduct: expected 1 to 4 factors, as many after as before, got ${n} and ${after.length}`,
    );
  }
  const factorial = [1, 1, 2, 6, 24];
  return before.map((own, i) => {
    let part = 0;
    for (let changed = 0; changed < 1 << n; changed++) {
      if (changed & (1 << i)) continue;
      let others = 1;
      let size = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        const hasChanged = (changed & (1 << j)) !== 0;
        others *= hasChanged ? after[j] : before[j];
        if (hasChanged) size++;
      }
      part += factorial[size] * factorial[n - size - 1] * others;
    }
    // Plus 0, so that a factor that stays put has the part 0 and not −0.
    return (part * (after[i] - own)) / factorial[n] + 0;
  });
}

/**
 * The change of annual premium and of profit between two days, split into causes by
 * {@link splitProduct}. Profit is a difference of two products, policy years × premium a year after
 * expenses − policy years × claims per year × loss per claim, and so are its parts (the Shapley value of
 * a difference is the difference of the values).
 *
 * Where a factor does not exist: without customers on one of the days all of the premium's change is
 * theirs; without exposure in one of the years all of the profit's change is the exposure's. A year
 * without claims and losses has no loss per claim of its own and takes the other year's, so that the
 * change is the frequency's; where there are losses without a counted claim, the change is the
 * severity's.
 */
export function changeOf(before: BookDay, after: BookDay): BookChange {
  return { premium: premiumChange(before, after), profit: profitChange(before, after) };
}

function premiumChange(before: BookDay, after: BookDay): Change<PremiumCause> {
  const change = after.annualPremium - before.annualPremium;
  const whole = { before: before.annualPremium, after: after.annualPremium, change };
  const [then, now] = [before, after].map((day) => [
    day.customers,
    day.policiesPerCustomer ?? 0,
    day.premiumPerPolicy ?? 0,
  ]);
  const [customers, policiesPerCustomer, premiumPerPolicy] =
    before.customers > 0 && after.customers > 0 ? splitProduct(then, now) : [change, 0, 0];
  return { ...whole, parts: { customers, policiesPerCustomer, premiumPerPolicy } };
}

function profitChange({ year: before }: BookDay, { year: after }: BookDay): Change<ProfitCause> {
  const change = after.profit - before.profit;
  const whole = { before: before.profit, after: after.profit, change };
  if (!(before.exposureYears > 0 && after.exposureYears > 0)) {
    return {
      ...whole,
      parts: { exposure: change, premiumPerYear: 0, claimFrequency: 0, severity: 0 },
    };
  }
  const years = [before, after];
  const net = years.map(({ earnedPremium, expenses, exposureYears }) => [
    exposureYears,
    (earnedPremium - expenses) / exposureYears,
  ]);
  const uncounted = years.some(({ claims, incurred }) => claims === 0 && incurred !== 0);
  const known = years.find(({ severity }) => severity !== null)?.severity ?? 0;
  const losses = years.map(({ claimFrequency, severity, incurred, exposureYears }) =>
    uncounted
      ? [exposureYears, 1, incurred / exposureYears]
      : [exposureYears, claimFrequency ?? 0, severity ?? known],
  );
  const [more, premiumPerYear] = splitProduct(net[0], net[1]);
  const [costlier, frequency, severity] = splitProduct(losses[0], losses[1]);
  return {
    ...whole,
    parts: {
      exposure: more - costlier,
      premiumPerYear,
      // Not −0: it would print a sign.
      claimFrequency: 0 - frequency,
      severity: 0 - severity,
    },
  };
}

/** Who of the customers in force on a day, `against`, stayed until a later one, left, or joined. */
export function retentionOf(book: Book, against: Day, then: InForce, now: InForce): Retention {
  const { terms, customers } = book;
  const earlier = new Uint8Array(customers.length);
  for (let t = 0; t < terms.length; t++) {
    if (terms.from[t] < against && endOfCover(book, t) > terms.from[t]) {
      earlier[terms.customer[t]] = 1;
    }
  }
  const movement = (belongs: (customer: number) => boolean): Movement => {
    const own = Array.from(customers.keys()).filter(belongs);
    return {
      customers: own.length,
      premiumBefore: sum(own.map((customer) => then.premium[customer])),
      premiumAfter: sum(own.map((customer) => now.premium[customer])),
    };
  };
  const there = (customer: number) => then.policies[customer] > 0;
  const here = (customer: number) => now.policies[customer] > 0;
  const stayed = movement((customer) => there(customer) && here(customer));
  const left = movement((customer) => there(customer) && !here(customer));
  const premium = stayed.premiumBefore + left.premiumBefore;
  return {
    stayed,
    left,
    joined: movement((customer) => !there(customer) && here(customer)),
    returned: movement((customer) => !there(customer) && here(customer) && earlier[customer] === 1),
    customers:
      stayed.customers + left.customers > 0
        ? stayed.customers / (stayed.customers + left.customers)
        : null,
    premium: premium > 0 ? stayed.premiumBefore / premium : null,
    premiumChange: stayed.premiumBefore > 0 ? stayed.premiumAfter / stayed.premiumBefore - 1 : null,
  };
}

/**
 * Amounts in whole cents that add up: each is rounded down to a cent, and the cents that are then
 * missing to the rounded total go to the largest remainders (Hamilton's method), the first among
 * equals. So a printed column adds up to its printed total, and nothing of a budget is lost.
 */
export function centsThatAddUp(amounts: readonly number[], total: number): number[] {
  const cents = amounts.map((amount) => Math.floor(amount * 100));
  const rest = (k: number) => amounts[k] * 100 - cents[k];
  const order = Array.from(amounts.keys()).sort((a, b) => rest(b) - rest(a) || a - b);
  const missing = Math.round(total * 100) - cents.reduce((all, one) => all + one, 0);
  for (let k = 0; k < missing; k++) cents[order[k % order.length]]++;
  // A total that was rounded on its own may lie a cent below.
  for (let k = 0; k < -missing; k++) cents[order[order.length - 1 - (k % order.length)]]--;
  return cents.map((one) => one / 100);
}
