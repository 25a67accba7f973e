import { dayFromISO } from '../base/calendar.js';
import { positionIn } from '../base/columns.js';
import { didYouMean, MisuseError, requireKnown } from '../base/errors.js';
import type { Book } from '../book/book.js';
import { noDay } from '../book/field.js';
import { type ClaimStatus, claimStatuses } from '../plan/claims.js';
import { readPlan } from '../plan/read-plan.js';
import type { IndicatorsOf } from './indicators.js';
import { countsByStatus, observationWindowOf } from './observation-window.js';
import { asideRules, withSetAside } from './set-aside.js';

/** Claims of a customer in the window that do not count, and what they cost, by the rule that says so. */
export interface NotCounted {
  /** Too old, forgiven, or of this status. */
  readonly rule: (typeof asideRules)[number] | ClaimStatus;
  /** How many months the plan looks back, or years without a claim it asks for; null of a status. */
  readonly limit: number | null;
  readonly claims: number;
  readonly incurred: number;
}

/**
 * Which claims of a customer in the window do not count, by the rule that leaves them out: older than
 * the plan looks back, forgiven, or of a status that does not count. Those of the first two, in claims
 * and money, are its `set_aside_claim_count` and `set_aside_loss`; what a claim cost whose status does
 * not count stays in its losses.
 *
 * @throws MisuseError for a customer that the book does not have, and an unknown option
 * @example
 * ```ts
 * const { book } = readBook(
 *   [{ customerId: 'Ann', policyId: 'A1', from: '2020-01-01', to: '2024-01-01', premium: 1600 }],
 *   [
 *     { claimId: 1, policyId: 'A1', occurredOn: '2021-05-02', paid: 300 },
 *     { claimId: 2, policyId: 'A1', occurredOn: '2023-05-02', paid: 0, status: 'nil' },
 *   ],
 * );
 * const plan = { claims: { lookBackMonths: 24 } };
 * const found = claimsNotCounted(book, 'Ann', { asOf: '2024-01-01', plan });
 * found.map(({ rule, claims, incurred }) => [rule, claims, incurred]);
 * // => [['look-back', 1, 300], ['nil', 1, 0]]
 * ```
 */
export function claimsNotCounted(
  book: Book,
  customerId: string,
  options: IndicatorsOf,
): NotCounted[] {
  requireKnown(options, ['asOf', 'plan', 'model'], 'claimsNotCounted');
  const { asOf, plan, model } = options;
  const customer = positionIn(book.customers, customerId);
  if (customer < 0) {
    throw new MisuseError(
      `claimsNotCounted: the book has no customer "${customerId}"${didYouMean(customerId, book.customers)}`,
    );
  }
  const rules = model?.plan ?? readPlan(plan);
  const day = dayFromISO(asOf, 'claimsNotCounted: asOf');
  // Nobody else has a day to be looked at from, so nobody else is measured.
  const days = new Int32Array(book.customers.length).fill(noDay);
  days[customer] = day;
  const { inWindow, setAside } = withSetAside(book, observationWindowOf(book, days, rules));
  const counts = countsByStatus(rules);
  const { lookBackMonths = null, forgiveFirst } = rules.claims;
  const limits = { 'look-back': lookBackMonths, forgiveness: forgiveFirst?.years ?? null };
  const found = [...asideRules, ...claimStatuses].map((rule) => ({
    rule,
    limit: rule === 'look-back' || rule === 'forgiveness' ? limits[rule] : null,
    claims: 0,
    incurred: 0,
  }));
  const { claims } = book;
  for (let c = 0; c < claims.length; c++) {
    if (!inWindow[c]) continue;
    const aside = setAside[c] > 0 ? found[setAside[c] - 1] : undefined;
    const byStatus = counts(book, c, day) ? undefined : found[asideRules.length + claims.status[c]];
    const [counting, costing] = [byStatus ?? aside, aside ?? byStatus];
    if (counting) counting.claims += claims.count[c];
    if (costing) costing.incurred += claims.incurred[c];
  }
  return found.filter(({ claims, incurred }) => claims > 0 || incurred !== 0);
}
