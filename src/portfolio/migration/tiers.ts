import { groupSums } from '../../base/columns.js';
import { columnOn, type Pairs, type TierKind, tierNames, tiersOn } from './pairs.js';
import {
  type DayFigures,
  type MovedFigures,
  type MovementCell,
  movements,
  type TierMovement,
  type TierMovements,
} from './result.js';

/** What became of each customer of a pair, by the tiers of one kind, as positions in `movements`. */
export function movementsOf(pairs: Pairs, kind: TierKind): Int32Array {
  const before = tiersOn(pairs.before, kind);
  const after = tiersOn(pairs.after, kind);
  const tenure = columnOn(pairs.after, pairs.after.grades.table.columns.tenure_years);
  const tiers = tierNames(pairs.before.grades, kind).length;
  const unrated = tiers - 1;
  const held = (tier: number) => tier >= 0 && tier < tiers;
  const movement = (i: number): TierMovement => {
    const [was, is] = [before[i], after[i]];
    if (!held(is)) return held(was) ? 'left' : 'without cover on both days';
    if (!held(was)) return was < 0 && tenure[i] > pairs.years ? 'newly known' : 'joined';
    if (was === is) return 'same';
    if (kind === 'risk' && was === unrated) return 'newly rated';
    if (kind === 'risk' && is === unrated) return 'no longer rated';
    return is < was ? 'upgraded' : 'downgraded';
  };
  return Int32Array.from(before, (_, i) => movements.indexOf(movement(i)));
}

/** The matrix of tiers of one kind, in customers and money, and what the moves in it amount to. */
export function tierMovements(pairs: Pairs, kind: TierKind): TierMovements {
  const tiers = tierNames(pairs.before.grades, kind);
  const states = tiers.length + 1;
  const before = tiersOn(pairs.before, kind);
  const after = tiersOn(pairs.after, kind);
  const state = (code: number) => (code < 0 ? tiers.length : code);
  const codes = Int32Array.from(before, (code, i) => state(code) * states + state(after[i]));
  const figures = figuresBy(pairs, codes, states * states);
  const customersOf = tiers.map((_, from) =>
    total(figures.slice(from * states, (from + 1) * states).map(({ customers }) => customers)),
  );
  const cells = figures.map((cell, at): MovementCell => {
    const [from, to] = [Math.floor(at / states), at % states];
    const all = customersOf[from] ?? 0;
    return {
      from: tiers[from] ?? null,
      to: tiers[to] ?? null,
      ...cell,
      share: all > 0 ? cell.customers / all : null,
    };
  });
  const sums = figuresBy(pairs, movementsOf(pairs, kind), movements.length);
  return {
    tiers,
    cells,
    movements: Object.fromEntries(movements.map((movement, m) => [movement, sums[m]])) as Record<
      TierMovement,
      MovedFigures
    >,
  };
}

/** Customers by tier before and after, from the cells of a matrix; no cover is excluded. */
export function stayersBetween({ tiers, cells }: TierMovements): number[][] {
  const states = tiers.length + 1;
  return tiers.map((_, i) => tiers.map((_, j) => cells[i * states + j].customers));
}

/** The moves of stayers with every leaver replaced by a joiner; null where nobody joined for them. */
export function wholeBookMoves(movements: TierMovements): number[][] | null {
  const { tiers, cells } = movements;
  const states = tiers.length + 1;
  const left = tiers.map((_, i) => cells[i * states + tiers.length].customers);
  const joined = tiers.map((_, j) => cells[tiers.length * states + j].customers);
  const joiners = total(joined);
  if (joiners === 0 && total(left) > 0) return null;
  return stayersBetween(movements).map((row, i) =>
    row.map((count, j) => count + (left[i] > 0 ? (left[i] * joined[j]) / joiners : 0)),
  );
}

function figuresBy(pairs: Pairs, codes: Int32Array, groups: number): MovedFigures[] {
  const customers = new Float64Array(groups);
  for (const code of codes) customers[code]++;
  const [before, after] = [pairs.before, pairs.after].map((side) => {
    const sums = (['earned_premium', 'annual_premium', 'incurred_loss'] as const).map((name) => {
      const values = columnOn(side, side.grades.table.columns[name], 0);
      // Ready indicators may lack a premium in force: it adds nothing.
      return groupSums(
        values.map((value) => value || 0),
        codes,
        groups,
      );
    });
    return (group: number): DayFigures => ({
      earnedPremium: sums[0][group],
      annualPremium: sums[1][group],
      incurred: sums[2][group],
    });
  });
  return Array.from(customers, (count, group) => ({
    customers: count,
    before: before(group),
    after: after(group),
  }));
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
