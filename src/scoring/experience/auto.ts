import { sum } from '../../base/columns.js';
import { methodNamed, methodNames } from '../../credibility/methods.js';
import type { Table } from '../../indicators/table.js';
import type { ContestParameters } from '../../model/model.js';
import type { Plan } from '../../plan/plan.js';
import {
  jackknifeError,
  jackknifeRounds,
  minClaims,
  minCustomers,
} from '../statistics/jackknife.js';
import { gini, rankingOf } from '../statistics/ranking.js';
import { type ExperienceFit, expectedLossRatios, fitMethod } from './methods.js';
import { monthsSinceAsOf } from './years.js';

/** A method and the base it takes, as `auto` compares them. */
export type Candidate = Pick<ContestParameters['entries'][number], 'method' | 'base'>;

/** How a method is called with its base: `frequency by years of cover`. */
export function methodName({ method, base }: Record<keyof Candidate, string | number>): string {
  return `${method} by ${base === 'exposure_years' ? 'years of cover' : 'premium'}`;
}

/** Customers with more policies than this, on average, add up years of cover that are not alike. */
const maxPolicies = 1.2;
/** A method whose expected losses need more than this to add up does not fit the book's premiums. */
const maxBalance = 1.25;

/**
 * The methods that compete, from the simplest to the least simple: counts before sizes. Years of
 * cover come before premium where a customer has one policy as a rule; where it has several, they
 * are of different kinds and only premium makes them alike.
 */
export function candidatesFor({ columns: { policy_count: policies } }: Table): Candidate[] {
  const inForce = policies.filter((count) => count > 0);
  const alike = inForce.length > 0 && sum(inForce) / inForce.length <= maxPolicies;
  const bases = alike
    ? (['exposure_years', 'earned_premium'] as const)
    : (['earned_premium', 'exposure_years'] as const);
  const ofOneFormula = methodNames.filter((name) => !methodNamed(name).learnsFromPast);
  return ofOneFormula.flatMap((method) =>
    bases
      .filter((base) => methodNamed(method).bases.includes(base))
      .map((base) => ({ method, base })),
  );
}

/** Whether expected losses come near the book's before they are balanced. */
export function fitsPremiums({ balance }: ExperienceFit): boolean {
  const { factor } = balance;
  return factor <= maxBalance && factor >= 1 / maxBalance;
}

/**
 * Lets the methods grade the book on all experience years but the latest, and looks how well each
 * ranks the latest year: premium-ordered Gini of capped losses. The simplest wins of those that are
 * no more than one standard error behind the best (the rule of Breiman et al., 1984), the error of
 * the difference being taken by a jackknife over twenty groups of customers. A method whose
 * expected losses are far from adding up does not take part: it does not fit the book's premiums.
 *
 * @returns undefined where there is too little history to tell
 */
export function contestOf(table: Table, plan: Plan): ContestParameters | undefined {
  const past = beforeLatestYear(table);
  if (!past) return undefined;
  const { cells } = past;
  const latest = (column: Float64Array) =>
    Float64Array.from({ length: table.length }, (_, row) => column[row * cells.years]);
  const premium = latest(cells.earnedPremium);
  const followed = Uint32Array.from(premium.keys()).filter(
    (row) => premium[row] > 0 && past.table.columns.earned_premium[row] > 0,
  );
  const of = (column: Float64Array) => Float64Array.from(followed, (row) => column[row]);
  const losses = of(latest(cells.cappedLoss));
  const enough =
    followed.length >= minCustomers &&
    sum(of(latest(cells.claimCount))) >= minClaims &&
    sum(past.table.columns.claim_count) >= minClaims &&
    sum(losses) > 0;
  if (!enough) return undefined;

  const rounds = jackknifeRounds(followed.length);
  const judged = candidatesFor(table).flatMap((candidate) => {
    const candidatePlan = withCandidate(plan, candidate);
    const fit = fitMethod(past.table, candidatePlan, candidate.method, past.age);
    if (!fitsPremiums(fit)) return [];
    const score = of(expectedLossRatios(past.table, candidatePlan, fit));
    const ranking = rankingOf(score, of(premium), { losses });
    return {
      ...candidate,
      gini: gini(ranking, 'losses'),
      without: rounds.map((weights) => gini(ranking, 'losses', weights)),
    };
  });
  // Where the losses of one group are all there are, nothing can be told of the others.
  if (judged.length === 0 || judged.some(({ without }) => without.some(Number.isNaN)))
    return undefined;
  const best = judged.reduce((most, entry) => (entry.gini > most.gini ? entry : most));
  const entries = judged.map(({ method, base, gini: own, without }) => {
    const differences = without.map((value, group) => best.without[group] - value);
    const standardError = jackknifeError(differences);
    return { method, base, gini: own, behind: best.gini - own, standardError };
  });
  const chosen = entries.findIndex(({ behind, standardError }) => behind <= standardError);
  return { customers: followed.length, entries, chosen };
}

/** The simplest method that fits the book's premiums: what is taken where there is no contest. */
export function simplestThatFits(
  table: Table,
  plan: Plan,
): { winner: Candidate; fit: ExperienceFit } {
  for (const winner of candidatesFor(table).filter(({ method }) => method === methodNames[0])) {
    const fit = fitMethod(table, withCandidate(plan, winner), winner.method);
    if (fitsPremiums(fit)) return { winner, fit };
  }
  const winner: Candidate = { method: methodNames[0], base: 'earned_premium' };
  return { winner, fit: fitMethod(table, withCandidate(plan, winner), winner.method) };
}

/** The plan with a method and base in the place of `auto`. */
export function withCandidate(plan: Plan, { method, base }: Candidate): Plan {
  return { ...plan, experience: { ...plan.experience, method, base } };
}

/** The table as its years before the latest show it, with the cells of all years beside it. */
function beforeLatestYear(table: Table) {
  const { cells, columns, length } = table;
  if (!cells || cells.years < 2) return undefined;
  const years = cells.years - 1;
  const older = (column: Float64Array) =>
    Float64Array.from(
      { length: length * years },
      (_, k) => column[Math.floor(k / years) * cells.years + 1 + (k % years)],
    );
  const past = {
    years,
    exposureYears: older(cells.exposureYears),
    earnedPremium: older(cells.earnedPremium),
    claimCount: older(cells.claimCount),
    cappedLoss: older(cells.cappedLoss),
  };
  const total = (column: Float64Array) =>
    Float64Array.from({ length }, (_, row) => sum(column.subarray(row * years, (row + 1) * years)));
  const capped = total(past.cappedLoss);
  return {
    cells,
    // Its years are as old as they are now: what is known of them does not go back a year.
    age: monthsSinceAsOf(table) + 12,
    table: {
      ...table,
      cells: past,
      columns: {
        ...columns,
        exposure_years: total(past.exposureYears),
        earned_premium: total(past.earnedPremium),
        claim_count: total(past.claimCount),
        capped_loss: capped,
        incurred_loss: capped,
      },
    },
  };
}
