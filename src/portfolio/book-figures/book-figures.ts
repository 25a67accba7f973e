import { type Day, dayFromISO, isoFromDay, never } from '../../base/calendar.js';
import { MisuseError, requireKnown } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import type { Book } from '../../book/book.js';
import { noDay } from '../../book/field.js';
import { endOfCover } from '../../indicators/observation-window.js';
import type { Plan, PlanInput } from '../../plan/plan.js';
import { readPlan } from '../../plan/read-plan.js';
import { hardlyAllKnown } from '../../scoring/experience/fit-experience.js';
import { counted, formatValue } from '../../segments/counted.js';
import { bookDay, fileBegins, inForceOn } from './book-day.js';
import { changeOf, retentionOf } from './change.js';
import type { BookDay, BookFigures, InForce } from './result.js';
import { showBookFigures } from './view.js';

export interface BookFiguresOptions {
  /** The day at whose start we look. */
  readonly asOf: string;
  /** The earlier day it is compared with, usually a year before. */
  readonly against: string;
  /** Its expense ratio, its grace and what it counts as a claim hold; its window does not. */
  readonly plan?: PlanInput;
}

/**
 * A whole book on two days: customers, policies and annual premium in force the day before each
 * (annual premium = customers × policies per customer × premium per policy); premium, claims and profit
 * of the twelve months before each; who stayed, left and joined; and the change of premium and
 * profit split into causes that add up to it.
 *
 * Each day is seen from its own start: nothing that began, happened or was reported on or after it
 * is in its figures. What a claim cost is what the file says now. A customer has left who had no
 * cover the day before the later day; whoever came and went in between is in neither. A yearly sum
 * counts whole in the twelve months in which it ends.
 *
 * @throws MisuseError when `against` is not before `asOf`, or nothing is on file before either
 * @example
 * ```ts
 * const year = (customerId: string, y: number, premium: number) => ({
 *   customerId, policyId: customerId, from: `${y}-01-01`, to: `${y + 1}-01-01`, premium,
 * });
 * const { book } = readBook(
 *   [year('Ann', 2022, 400), year('Bob', 2022, 200), year('Ann', 2023, 450)],
 *   [{ claimId: 1, policyId: 'Ann', occurredOn: '2023-05-02', paid: 90 }],
 * );
 * const figures = bookFigures(book, { asOf: '2024-01-01', against: '2023-01-01' });
 * figures.retention.customers; // => 0.5
 * figures.after.year.lossRatio; // => 0.2
 * figures.change.premium.parts; // => { customers: -375, policiesPerCustomer: 0, premiumPerPolicy: 225 }
 * ```
 */
export function bookFigures(book: Book, options: BookFiguresOptions): BookFigures & Shown {
  if (!book?.terms) {
    throw new MisuseError('bookFigures: expected a book, as in `const { book } = readBook(…)`');
  }
  const asOf = dayFromISO(options?.asOf, 'bookFigures: asOf');
  const against = dayFromISO(options?.against, 'bookFigures: against');
  requireKnown(options, ['asOf', 'against', 'plan'], 'bookFigures');
  if (against >= asOf) {
    throw new MisuseError(
      `bookFigures: expected against before asOf, got against ${options.against} and asOf ${options.asOf}`,
    );
  }
  const plan = readPlan(options.plan);
  const [then, now] = [inForceOn(book, against), inForceOn(book, asOf)];
  const before = bookDay(book, against, then, plan);
  const after = bookDay(book, asOf, now, plan);
  if ([before, after].every(({ customers, year }) => customers + year.customers === 0)) {
    const { terms } = book;
    const first = terms.from.reduce((least, day) => Math.min(least, day), never);
    const last = terms.to.reduce((most, day) => Math.max(most, day), noDay);
    throw new MisuseError(
      `bookFigures: no cover in the 12 months before ${options.against} or ${options.asOf}; cover on file runs from ${isoFromDay(first)} to ${isoFromDay(last)}`,
    );
  }
  const { premium, profit } = changeOf(before, after);
  const late = notesOnLateClaims(book, before, after);
  return showBookFigures({
    asOf: options.asOf,
    against: options.against,
    expenseRatio: plan.pricing.expenseRatio,
    before,
    after,
    retention: retentionOf(book, against, then, now),
    change: { premium, profit: before.year.complete && after.year.complete ? profit : null },
    unfinished: late.length > 0,
    notes: [
      ...[before, after].flatMap((day) => notesOnDay(book, day)),
      ...notesOnFileStart(book, before, after),
      ...notesOnLeaving(book, asOf, then, now, plan),
      ...late,
      ...(book.aggregated && book.valuedAt === undefined
        ? [
            'the day the yearly sums were taken is not stated (valuedAt, --valued-at): those that have ended are taken as complete',
          ]
        : []),
      'losses are those of the file as it stands: claims of the latest 12 months may still be reported and grow, so their profit is likelier to fall than to rise',
    ],
  });
}

function notesOnDay(book: Book, { day, customers, year }: BookDay): string[] {
  const { excluded, complete } = year;
  const { first } = fileBegins(book, dayFromISO(day));
  return [
    ...(customers === 0 ? [`nobody had cover the day before ${day}`] : []),
    ...(complete || first === never
      ? []
      : [
          `cover on file begins on ${isoFromDay(first)}, so the 12 months before ${day} are not all on file: their sums are too small, and the change of profit is not split`,
        ]),
    ...(excluded.rows > 0
      ? [
          `${counted(excluded.rows, 'yearly sum')} that ran on at ${day} (premium ${formatValue(excluded.premium, 'earned_premium')}, incurred ${formatValue(excluded.incurred, 'incurred_loss')} on file) are in force but not in the 12 months before: a yearly sum cannot be split and counts where it ends`,
        ]
      : []),
    ...(book.aggregated && book.valuedAt !== undefined && book.valuedAt < dayFromISO(day)
      ? [
          `the yearly sums were taken on ${isoFromDay(book.valuedAt)}, before ${day}: what came after is not in them`,
        ]
      : []),
  ];
}

/** Terms that had begun before the file does make the earlier day look smaller than it was. */
function notesOnFileStart(book: Book, before: BookDay, after: BookDay): string[] {
  const { first, usualDays } = fileBegins(book, dayFromISO(before.day));
  if (first === never || first <= dayFromISO(before.day) - usualDays) return [];
  if (before.policies >= 0.9 * after.policies) return [];
  return [
    `cover on file begins on ${isoFromDay(first)}, less than a term before ${before.day}: policies begun earlier may be missing then and pass for new ones on ${after.day}`,
  ];
}

/** Leavers who may not have left: within the grace, or after the last term that the file shows. */
export function notesOnLeaving(
  book: Book,
  asOf: Day,
  then: InForce,
  now: InForce,
  plan: Plan,
): string[] {
  const { terms } = book;
  const ended = new Int32Array(book.customers.length).fill(noDay);
  let lastBegin = noDay;
  for (let t = 0; t < terms.length; t++) {
    if (terms.from[t] >= asOf) continue;
    lastBegin = Math.max(lastBegin, terms.from[t]);
    ended[terms.customer[t]] = Math.max(ended[terms.customer[t]], endOfCover(book, t));
  }
  const { graceDays } = plan.tenure;
  const left = ended.filter(
    (_, customer) => then.policies[customer] > 0 && !now.policies[customer],
  );
  const inGrace = left.filter((day) => day + graceDays >= asOf).length;
  const unseen = left.filter((day) => day > lastBegin).length;
  return [
    ...(inGrace > 0
      ? [
          `${counted(inGrace, 'customer')} of the ${counted(left.length, 'leaver')} had cover until ${counted(graceDays, 'day')} before ${isoFromDay(asOf)} or later, the plan's grace: they may yet renew`,
        ]
      : []),
    ...(unseen >= 10 && asOf - lastBegin > 31
      ? [
          `no term on file begins between ${isoFromDay(lastBegin)} and ${isoFromDay(asOf)}, and ${unseen} of the ${counted(left.length, 'leaver')} left in that time: the file seems to end there and to know of no renewal`,
        ]
      : []),
  ];
}

/** Far fewer claims than before, or none of late, is hardly news: they are not all known yet. */
function notesOnLateClaims(
  { claims, aggregated }: Book,
  { year: before }: BookDay,
  { year: after, day }: BookDay,
): string[] {
  const expected = (before.claims / before.earnedPremium) * after.earnedPremium;
  const [was, is] = [before.lossRatio ?? 0, after.lossRatio ?? 0];
  const fell = hardlyAllKnown(after.claims, expected);
  const asOf = dayFromISO(day);
  const last = claims.occurredOn.reduce(
    (latest, occurred, c) =>
      occurred < asOf && claims.reportedOn[c] < asOf ? Math.max(latest, occurred) : latest,
    noDay,
  );
  // Longer than a month, in which ten claims or more would have come at the pace before it.
  const silent = asOf - last;
  const silence =
    !aggregated && silent > 31 && silent < 365 && after.claims * (silent / (365 - silent)) >= 10;
  return [
    ...(fell && is < was
      ? [
          `a loss ratio of ${(100 * is).toFixed(1)}% after ${(100 * was).toFixed(1)}%, with ${counted(Math.round(expected - after.claims), 'claim')} fewer than the earlier 12 months would have had on as much premium: the claims of the 12 months before ${day} are hardly all known yet`,
        ]
      : []),
    ...(silence
      ? [
          `no claim is on file in the ${silent} days before ${day}: the claims of these days are hardly known yet`,
        ]
      : []),
  ];
}
