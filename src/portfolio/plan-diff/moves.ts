import type { Grades } from '../../grading/assess.js';
import { actions } from '../../plan/hint.js';
import type { Plan } from '../../plan/plan.js';
import { riskTiersOf } from '../../plan/risk.js';
import { valueTiers } from '../../plan/value.js';
import { serviceTiers } from '../../segments/service.js';
import type { Pairs } from './pairs.js';
import type { Direction, MovingTierName, PlanFigures, Ways } from './result.js';
import { directions } from './result.js';

/** The four answers of a grade that customers move between: where each stands, and its names. */
export const movingTiers: Readonly<Record<MovingTierName, MovingTier>> = {
  risk: {
    column: 'risk_tier',
    names: riskTiersOf,
    ranked: (plan) => riskTiersOf(plan).slice(0, -1),
  },
  value: { column: 'value_tier', names: () => valueTiers, ranked: () => valueTiers },
  service: { column: 'service_tier', names: serviceTiers, ranked: serviceTiers },
  action: { column: 'action', names: () => actions, ranked: () => actions },
};

interface MovingTier {
  readonly column: keyof Grades['tiers'];
  readonly names: (plan: Plan) => readonly string[];
  /** The names from the best to the worst; `unrated` is neither better nor worse than any. */
  readonly ranked: (plan: Plan) => readonly string[];
}

/** A function that says which way a move between two names goes. */
function directionBetween(
  name: MovingTierName,
  before: Plan,
  after: Plan,
): (from: string, to: string) => Direction {
  const orders = [before, after].map((plan) => movingTiers[name].ranked(plan));
  return (from, to) => {
    if (from === to) return 'stays';
    const ways = orders
      .filter((order) => order.includes(from) && order.includes(to))
      .map((order) => (order.indexOf(to) < order.indexOf(from) ? 'upgrade' : 'downgrade'));
    return ways.length > 0 && ways.every((way) => way === ways[0]) ? ways[0] : 'neither';
  };
}

/** What becomes of one of the four answers: the cell of the matrix and the way of each pair. */
export function movesIn(name: MovingTierName, before: Grades, after: Grades, pairs: Pairs) {
  const { column, names } = movingTiers[name];
  const [from, to] = [names(before.model.plan), names(after.model.plan)];
  const direction = directionBetween(name, before.model.plan, after.model.plan);
  const cells = from.flatMap((one) =>
    to.map((other) => ({ from: one, to: other, direction: direction(one, other) })),
  );
  const ways = cells.map((ends) => directions.indexOf(ends.direction));
  const [was, is] = [before.tiers[column], after.tiers[column]];
  const cell = pairs.before.map((row, k) => was[row] * to.length + is[pairs.after[k]]);
  return { name, from, to, cells, cell, way: Uint8Array.from(cell, (c) => ways[c]) };
}

/** Those of each group who move one way or the other. */
export function waysBy(
  sums: (codes: ArrayLike<number>, groups: number) => PlanFigures[],
  way: Uint8Array,
  codes: ArrayLike<number>,
  groups: number,
): Ways[] {
  const { length } = directions;
  const split = sums(
    Uint32Array.from(way, (direction, k) => codes[k] * length + direction),
    groups * length,
  );
  return Array.from({ length: groups }, (_, g) => {
    const [, upgrades, downgrades, neither] = split.slice(g * length, (g + 1) * length);
    return { upgrades, downgrades, neither };
  });
}
