import { type Spread, spreadOfSorted } from '../../scoring/experience/spread.js';

/** One round: the spread of a book whose claims have been reshuffled. */
export type Round = (uniform: () => number) => Spread;

/**
 * Rounds of claims or of losses: `claims` claims fall on customers in proportion to exposure, each
 * of an amount drawn from `amounts`, or counting 1 without any. Only the customers hit are sorted.
 */
export function roundsOfLosses(
  exposure: ArrayLike<number>,
  claims: number,
  amounts: ArrayLike<number> | undefined,
): Round {
  // Customers differ by exposure alone: sorted, the draws do not depend on the order of the rows.
  const { losses, deal } = dealer(Float64Array.from(exposure).sort(), claims, amounts);
  return (uniform) => {
    const hits = deal(uniform);
    return spreadOfSorted(losses.subarray(0, hits).sort(), exposure.length - hits);
  };
}

/**
 * Rounds of profit: what each customer brings (`income`) less the losses that fall on it. Income is
 * sorted once; in a round only the customers who are hit are, and the two are merged.
 */
export function roundsOfProfit(
  exposure: ArrayLike<number>,
  claims: number,
  amounts: ArrayLike<number> | undefined,
  income: ArrayLike<number>,
): Round {
  const customers = exposure.length;
  const order = Uint32Array.from({ length: customers }, (_, row) => row);
  order.sort((a, b) => income[a] - income[b] || exposure[a] - exposure[b]);
  const incomes = Float64Array.from(order, (row) => income[row]);
  const cover = Float64Array.from(order, (row) => exposure[row]);
  const { places, losses, deal } = dealer(cover, claims, amounts);
  const spared = new Float64Array(customers);
  const changed = new Float64Array(Math.min(claims, customers));
  const merged = new Float64Array(customers);
  return (uniform) => {
    const hits = deal(uniform);
    let place = 0;
    for (let h = 0; h < hits; h++) {
      for (; place < places[h]; place++) spared[place - h] = incomes[place];
      changed[h] = incomes[place++] - losses[h];
    }
    for (; place < customers; place++) spared[place - hits] = incomes[place];
    changed.subarray(0, hits).sort();
    let count = 0;
    for (let s = 0, h = 0; s + h < customers; ) {
      const first = h === hits || (s < customers - hits && spared[s] < changed[h]);
      const value = first ? spared[s++] : changed[h++];
      if (value !== 0) merged[count++] = value;
    }
    return spreadOfSorted(merged.subarray(0, count), customers - count);
  };
}

/** What a deal leaves behind, until the next: the customers hit, rising, and the losses of each. */
interface Dealer {
  readonly places: Uint32Array;
  readonly losses: Float64Array;
  /** Deals all claims and says how many customers have a loss other than 0. */
  readonly deal: (uniform: () => number) => number;
}

/**
 * Deals claims to places in proportion to weights of 0 or more; a weight of 0 gets none. Points
 * uniform over the running sums of the weights are drawn in rising order, as sums of exponential
 * spacings, so that one walk over the customers meets their claims one after another and nothing is
 * looked up in memory that lies apart.
 *
 * Devroye (1986), Non-Uniform Random Variate Generation, chapter V.3 (ordered uniform samples).
 */
function dealer(
  weights: Float64Array,
  claims: number,
  amounts: ArrayLike<number> | undefined,
): Dealer {
  const sizes = amounts && Float64Array.from(amounts).sort();
  const last = weights.findLastIndex((weight) => weight > 0);
  const total = weights.reduce((reached, weight) => reached + weight, 0);
  const most = Math.min(claims, weights.length);
  const places = new Uint32Array(most);
  const losses = new Float64Array(most);
  const points = new Float64Array(claims);
  const deal = (uniform: () => number) => {
    let way = 0;
    for (let claim = 0; claim < claims; claim++) {
      way -= Math.log(1 - uniform());
      points[claim] = way;
    }
    const scale = total / (way - Math.log(1 - uniform()));
    let hits = 0;
    let place = 0;
    let reached = weights[0];
    let loss = 0;
    for (let claim = 0; claim < claims; claim++) {
      const point = points[claim] * scale;
      if (reached <= point && place < last) {
        if (loss !== 0) {
          places[hits] = place;
          losses[hits++] = loss;
        }
        loss = 0;
        while (reached <= point && place < last) reached += weights[++place];
      }
      loss += sizes ? sizes[Math.floor(uniform() * sizes.length)] : 1;
    }
    if (loss !== 0) {
      places[hits] = place;
      losses[hits++] = loss;
    }
    return hits;
  };
  return { places, losses, deal };
}
