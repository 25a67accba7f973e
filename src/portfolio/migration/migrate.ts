import { type Day, isoFromDay, sharedDays, yearCounter } from '../../base/calendar.js';
import { sum } from '../../base/columns.js';
import { MisuseError, requireKnown } from '../../base/errors.js';
import type { Shown } from '../../base/output.js';
import type { Grades } from '../../grading/assess.js';
import { modelId } from '../../model/model.js';
import { riskTiersOf, worstTier } from '../../plan/risk.js';
import { serviceTiers } from '../../segments/service.js';
import { longRun } from './long-run.js';
import { orderTest, worstByOrigin } from './markov.js';
import { migrationNotes } from './notes.js';
import { columnOn, type Pairs, pairsOf, ratedOn, type Side, sideFor, tiersOn } from './pairs.js';
import { type LongRun, type MarkovTest, type Migration, type MigrationColumns } from './result.js';
import { movementsOf, stayersBetween, tierMovements, wholeBookMoves } from './tiers.js';
import { showMigration } from './view.js';
import { trackRecord, warningsOf } from './warned.js';
import { type Outlook, outlook, pacesOf, planLines } from './warnings.js';

export interface MigrateOptions {
  /** Warned is who crosses a line within so many years at the pace seen (1). */
  readonly horizonYears?: number;
  /** The same book graded on a third, earlier day: whether moves have a memory, and what warnings were worth. */
  readonly earlier?: Grades | undefined;
}

/**
 * How customers moved between tiers from one day to a later one, both graded with the same model so
 * that a move is one of the customer and not of the lines. Moves are told in customers, premium and
 * losses and add up to both books; who is in force on one day only left or joined. Then who is on
 * the way down, what the tiers would come to if the same moves went on, and whether they look like
 * moves without a memory at all.
 *
 * A warning: (rated loss ratio after − before) ÷ years is above 0, and (next worse line − after) ÷
 * that is at most the horizon. One customer's change is mostly luck, so the number is told that
 * there would be had every loss ratio changed as much the other way.
 *
 * @param before,after the book graded on two days, as `assess` gives; the days must be stated
 * @throws MisuseError when `after` is not a later day, service tiers differ, or nobody is graded
 * @example
 * ```ts
 * const year = (customerId: string, y: number) => ({ customerId, policyId: customerId, from: `${y}-01-01`, to: `${y + 1}-01-01`, premium: 400 });
 * const { book } = readBook(
 *   ['Ann', 'Bob'].flatMap((id) => [year(id, 2022), year(id, 2023)]),
 *   [{ claimId: 1, policyId: 'Bob', occurredOn: '2022-05-02', paid: 500 }, { claimId: 2, policyId: 'Ann', occurredOn: '2023-05-02', paid: 300 }],
 * );
 * const then = indicators(book, { asOf: '2023-01-01' });
 * const model = calibrate(then);
 * const now = indicators(book, { asOf: '2024-01-01', model });
 * const moved = migrate(assess(then, model), assess(now, model));
 * moved.riskTiers.movements.downgraded.customers; // => 1
 * ```
 */
export function migrate(
  before: Grades,
  after: Grades,
  options: MigrateOptions = {},
): Migration & Shown {
  requireKnown(options, ['horizonYears', 'earlier'], 'migrate');
  const { horizonYears = 1, earlier } = options;
  if (!(horizonYears > 0 && Number.isFinite(horizonYears))) {
    throw new MisuseError(`migrate: expected horizonYears above 0, got ${horizonYears}`);
  }
  const [from, to] = [dayOf(before, 'before'), dayOf(after, 'after')];
  requireLater(from, to, 'before', 'after');
  if (before.length + after.length === 0) {
    throw new MisuseError('migrate: expected graded customers, got none on either day');
  }
  requireSameTiers(before, after);
  const years = yearCounter().yearsBetween(from, to);
  const pairs = pairsOf(before, after, years);
  const lines = planLines(after.model);
  const seen = outlook(after, lines, pacesOf(pairs.before, pairs.after, years), horizonYears);
  const risk = tierMovements(pairs, 'risk');
  const columns = columnsOf(pairs, seen);
  const third = earlier === undefined ? undefined : sideOn(earlier, from, before, pairs);
  const result = {
    from: isoFromDay(from),
    to: isoFromDay(to),
    years,
    before: bookOf(pairs.before),
    after: bookOf(pairs.after),
    riskTiers: risk,
    valueTiers: tierMovements(pairs, 'value'),
    serviceTiers: tierMovements(pairs, 'service'),
    returned: returnedOf(pairs),
    experienceYears: experienceOf(pairs),
    warnings: {
      ...warningsOf(pairs, columns, seen, lines, horizonYears),
      trackRecord: third ? trackRecord(third, pairs, horizonYears) : null,
    },
    longRun: {
      book: bookLongRun(risk),
      stayers: longRun(risk.tiers, stayersBetween(risk)),
    },
    markov: third ? markovOf(third, pairs) : null,
    sharedWindow: sharedWindow(before, after),
    model: { id: modelId(after.model), hash: after.model.hash },
    columns,
  };
  return showMigration({ ...result, notes: migrationNotes(result, before, after, earlier) });
}

function dayOf(grades: Grades | undefined, name: string): Day {
  if (!grades?.table || !grades.tiers) {
    throw new MisuseError(`migrate: expected ${name} to be grades, as assess() gives`);
  }
  if (grades.table.asOf !== undefined) return grades.table.asOf;
  throw new MisuseError(
    `migrate: the grades ${name} state no day; measure with indicators(book, { asOf }), or give readIndicators its asOf`,
  );
}

function requireLater(from: Day, to: Day, first: string, second: string): void {
  if (to > from) return;
  throw new MisuseError(
    `migrate: expected ${second} on a later day than ${first}, got ${isoFromDay(to)} after ${isoFromDay(from)}`,
  );
}

function requireSameTiers(before: Grades, after: Grades): void {
  for (const [kind, names] of [
    ['risk', riskTiersOf],
    ['service', serviceTiers],
  ] as const) {
    const [one, other] = [before, after].map(({ model }) => names(model.plan).join(', '));
    if (one === other) continue;
    throw new MisuseError(
      `migrate: expected the same ${kind} tiers on both days, got ${one} and ${other}; grade both days with one model`,
    );
  }
}

/** The third day, beside the customers of the pair. */
function sideOn(earlier: Grades, from: Day, before: Grades, pairs: Pairs): Side {
  requireLater(dayOf(earlier, 'earlier'), from, 'earlier', 'before');
  requireSameTiers(earlier, before);
  return sideFor(earlier, pairs.customerIds);
}

function bookOf({ grades, inForce }: Side): Migration['before'] {
  const { columns, length } = grades.table;
  const known = (values: Float64Array) => sum(values.map((value) => value || 0));
  return {
    customers: length,
    inForce: sum(inForce),
    earnedPremium: known(columns.earned_premium),
    annualPremium: known(columns.annual_premium),
    incurred: known(columns.incurred_loss),
  };
}

function columnsOf(pairs: Pairs, seen: Outlook): MigrationColumns {
  const tiers = (kind: 'risk' | 'value' | 'service') => ({
    before: tiersOn(pairs.before, kind),
    after: tiersOn(pairs.after, kind),
  });
  const annual = (side: Side) => columnOn(side, side.grades.table.columns.annual_premium);
  return {
    customerIds: pairs.customerIds,
    movement: Uint8Array.from(movementsOf(pairs, 'risk')),
    tiers: { risk: tiers('risk'), value: tiers('value'), service: tiers('service') },
    annualPremiumBefore: annual(pairs.before),
    annualPremiumAfter: annual(pairs.after),
    ratedBefore: ratedOn(pairs.before),
    ratedAfter: ratedOn(pairs.after),
    changeAYear: seen.changeAYear,
    line: seen.line,
    yearsToLine: seen.yearsToLine,
    warned: Uint8Array.from(seen.warned, (warned) => (warned === 1 ? 1 : 0)),
  };
}

function returnedOf({ before, after }: Pairs): number {
  return before.rows.filter((row, i) => row >= 0 && !before.inForce[i] && after.inForce[i]).length;
}

function experienceOf({ before, after }: Pairs): Migration['experienceYears'] {
  const both = before.inForce.map((held, i) => held * after.inForce[i]);
  const customers = sum(both);
  const [then, now] = [before, after].map((side) => {
    const experience = columnOn(side, side.grades.table.columns.exposure_years);
    return customers > 0 ? sum(experience.map((own, i) => (both[i] ? own : 0))) / customers : null;
  });
  return { before: then, after: now };
}

function bookLongRun(risk: Migration['riskTiers']): LongRun {
  const moves = wholeBookMoves(risk);
  if (moves) return longRun(risk.tiers, moves);
  return { shares: null, closed: [], note: 'customers left and nobody joined in their place' };
}

function markovOf(third: Side, pairs: Pairs): MarkovTest {
  const { plan } = pairs.after.grades.model;
  const names = riskTiersOf(plan);
  const tiers = names.length;
  const codes = [third, pairs.before, pairs.after].map((side) => tiersOn(side, 'risk'));
  const counts = names.map(() => names.map(() => names.map(() => 0)));
  let customers = 0;
  for (let i = 0; i < pairs.length; i++) {
    const [first, middle, last] = codes.map((code) => code[i]);
    if ([first, middle, last].some((code) => code < 0 || code >= tiers)) continue;
    counts[first][middle][last]++;
    customers++;
  }
  const worst = worstTier(plan);
  return {
    earliest: isoFromDay(dayOf(third.grades, 'earlier')),
    customers,
    ...orderTest(counts),
    worstTier: names[worst],
    ...worstByOrigin(counts, names, worst),
  };
}

/** The share of the later window's days that lie in the earlier one too. */
function sharedWindow(before: Grades, after: Grades): number | null {
  const [a, b] = [before.table.window, after.table.window];
  return a && b ? sharedDays(a.from, a.to, b.from, b.to) / (b.to - b.from) : null;
}
