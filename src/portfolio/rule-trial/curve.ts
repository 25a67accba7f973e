import { quantile, sum } from '../../base/columns.js';
import { uniformFrom } from '../../base/random.js';
import { rankingOf } from '../../scoring/statistics/ranking.js';
import { bands } from '../bands.js';
import type { Statistic } from '../bootstrap.js';
import type { RuleColumns, RuleCurve, RuleCut } from './result.js';

/** So many cuts at the most, evenly over premium. */
const most = 100;

/**
 * What is kept at the cuts of a score, where those above a cut leave: from the lowest cut to that which
 * keeps all. Customers without a score are kept at every cut; equal scores leave together.
 */
export function cutsOf(columns: RuleColumns, expenseRatio: number): RuleCut[] {
  const { score, earnedPremium, incurred } = columns;
  const lowest = score.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
  const { order, ties } = rankingOf(lowest, earnedPremium, {});
  const premium = new Float64Array(order.length);
  const losses = new Float64Array(order.length);
  sum(
    Float64Array.from(order, (row) => earnedPremium[row]),
    premium,
  );
  sum(
    Float64Array.from(order, (row) => incurred[row]),
    losses,
  );
  const all = premium.at(-1) ?? 0;
  const cuts: RuleCut[] = [];
  let shown = -1;
  for (let t = 1; t < ties.length; t++) {
    const last = ties[t] - 1;
    const cut = lowest[order[last]];
    // A share that falls short of its step by rounding alone has reached it.
    const step = Math.floor((premium[last] / all) * most + 1e-9);
    if (!Number.isFinite(cut) || (step === shown && t < ties.length - 1)) continue;
    shown = step;
    cuts.push(cutAt(cut, ties[t], [premium[last], losses[last], all], expenseRatio));
  }
  return cuts;
}

/** What is kept at one cut, whether or not a customer has just that score. */
export function cutOf(columns: RuleColumns, cut: number, expenseRatio: number): RuleCut {
  const { score, earnedPremium, incurred } = columns;
  const kept = (_: number, row: number) => !(score[row] > cut);
  const premium = sum(earnedPremium.filter(kept));
  return cutAt(
    cut,
    earnedPremium.filter(kept).length,
    [premium, sum(incurred.filter(kept)), sum(earnedPremium)],
    expenseRatio,
  );
}

function cutAt(
  cut: number,
  customers: number,
  [premium, losses, all]: readonly [number, number, number],
  expenseRatio: number,
): RuleCut {
  return {
    cut,
    customers,
    premiumKept: all > 0 ? premium / all : 0,
    lossRatio: premium > 0 ? losses / premium : null,
    profit: premium * (1 - expenseRatio) - losses,
  };
}

/** The loss ratio of what is kept at each of some cuts, of resampled customers. */
export function cutStatistic(
  { score, earnedPremium, incurred }: RuleColumns,
  cuts: readonly number[],
): Statistic {
  return (weights) =>
    cuts.map((cut) => {
      let [premium, losses] = [0, 0];
      for (let row = 0; row < score.length; row++) {
        if (score[row] > cut) continue;
        const weight = weights ? weights[row] : 1;
        premium += weight * earnedPremium[row];
        losses += weight * incurred[row];
      }
      return losses / premium;
    });
}

/** Enough that a random order in so many steps differs from one in as many as there are customers by nothing. */
const steps = Float64Array.from({ length: 1000 }, (_, step) => step);
/** Shares of premium at which chance is looked at: every twentieth. */
const twentieths = 20;

/**
 * The loss ratio of twentieths of the premium kept at random: between what share of the rounds it lies.
 * The customers are those of the book; which of them are kept is resampled in every round.
 */
export function chanceOf(
  { earnedPremium, incurred }: RuleColumns,
  { rounds, seed, probability }: { rounds: number; seed: number; probability: number },
): RuleCurve['chance'] {
  if (rounds === 0) return null;
  // A stream of its own: the bootstrap draws the customers from that of the seed itself.
  const uniform = uniformFrom(-1 - seed);
  const drawn = Array.from({ length: twentieths }, () => new Float64Array(rounds));
  for (let round = 0; round < rounds; round++) {
    const [premium, losses] = [new Float64Array(steps.length), new Float64Array(steps.length)];
    for (let row = 0; row < earnedPremium.length; row++) {
      const step = Math.floor(uniform() * steps.length);
      premium[step] += earnedPremium[row];
      losses[step] += incurred[row];
    }
    const ranking = rankingOf(steps, premium, { losses, premium });
    const [lost, paid] = bands(ranking, ['losses', 'premium'], undefined, twentieths);
    sum(lost, lost);
    sum(paid, paid);
    for (let k = 0; k < twentieths; k++) drawn[k][round] = lost[k] / paid[k];
  }
  const tail = (1 - probability) / 2;
  return {
    premiumKept: drawn.map((_, k) => (k + 1) / twentieths),
    low: drawn.map((ratios) => quantile(ratios, tail)),
    high: drawn.map((ratios) => quantile(ratios, 1 - tail)),
  };
}
