import { MisuseError } from '../base/errors.js';
import { countsOf, type Ranking, type Weights } from '../scoring/statistics/ranking.js';

/**
 * Lift of the worst: the share of the outcome that falls on the `share` of the base with the
 * highest scores ÷ that share. 1 where the score tells nothing, 1 ÷ share at most (without negative
 * outcomes). Customers of one score at the cut are split in proportion. NaN as for `gini`.
 *
 * For equal premiums and losses 1, 2, 3, 4, 5, the worst 30 % have 5 + 4/2 of 15: a lift of 14/9.
 */
export function topShareLift<Name extends string>(
  ranking: Ranking<Name>,
  outcome: NoInfer<Name>,
  weights?: Weights,
  share = 0.1,
): number {
  if (!(share > 0 && share < 1)) {
    throw new MisuseError(`topShareLift: expected a share between 0 and 1, got ${share}`);
  }
  const [[rest, top]] = divided(ranking, [outcome], weights, [1 - share]);
  return rest + top > 0 ? top / (rest + top) / share : Number.NaN;
}

/**
 * Sums of outcomes in bands of equal base, from the lowest scores up: one list of `count` sums an
 * outcome, in the order asked for. Customers of one score at a cut are split in proportion, so that
 * every band has the same base and the bands add up to the book. NaN where the base does not add up
 * to more than 0.
 */
export function bands<Name extends string>(
  ranking: Ranking<Name>,
  outcomes: readonly NoInfer<Name>[],
  weights?: Weights,
  count = 10,
): Float64Array[] {
  if (!(Number.isInteger(count) && count > 0)) {
    throw new MisuseError(`bands: expected a whole number of bands from 1 up, got ${count}`);
  }
  const cuts = Array.from({ length: count - 1 }, (_, k) => (k + 1) / count);
  return divided(ranking, outcomes, weights, cuts);
}

/** Sums of outcomes between cuts, which are rising shares of the base. */
function divided<Name extends string>(
  ranking: Ranking<Name>,
  outcomes: readonly Name[],
  weights: Weights,
  cuts: readonly number[],
): Float64Array[] {
  const { order } = ranking;
  const counts = countsOf(ranking, weights);
  const pieces = piecesOf(ranking, counts, cuts);
  return outcomes.map((name) => {
    const values = ranking.outcomes[name];
    const sums = new Float64Array(cuts.length + 1).fill(pieces.length > 0 ? 0 : Number.NaN);
    for (const { band, first, end, part } of pieces) {
      let total = 0;
      for (let place = first; place < end; place++) total += counts[order[place]] * values[place];
      sums[band] += part * total;
    }
    return sums;
  });
}

/** The places `first` … `end − 1` belong to a band, with this part of what they have. */
interface Piece {
  readonly band: number;
  readonly first: number;
  readonly end: number;
  readonly part: number;
}

/** Runs of places between the cuts and, for a cut amid equal scores, those places split in parts. */
function piecesOf(ranking: Ranking, counts: Uint8Array, cuts: readonly number[]): Piece[] {
  const { order, ties, base } = ranking;
  let bases = 0;
  for (let place = 0; place < base.length; place++) bases += counts[order[place]] * base[place];
  if (!(bases > 0)) return [];
  const ends = [...cuts.map((cut) => cut * bases), Number.POSITIVE_INFINITY];
  const pieces: Piece[] = [];
  let band = 0;
  let begun = 0;
  let reached = 0;
  for (let t = 1; t < ties.length; t++) {
    const first = ties[t - 1];
    const end = ties[t];
    const from = reached;
    let width = 0;
    for (let place = first; place < end; place++) width += counts[order[place]] * base[place];
    reached += width;
    if (from < ends[band] && reached <= ends[band]) continue;
    pieces.push({ band, first: begun, end: first, part: 1 });
    begun = first;
    // What stands at a cut, without any base of its own too, belongs to the band above.
    if (from >= ends[band]) band++;
    if (reached <= ends[band]) continue;
    let left = 1;
    for (; reached > ends[band]; band++) {
      const part = (ends[band] - from) / (reached - from) - (1 - left);
      pieces.push({ band, first, end, part });
      left -= part;
    }
    pieces.push({ band, first, end, part: left });
    begun = end;
  }
  pieces.push({ band, first: begun, end: order.length, part: 1 });
  return pieces;
}
