import type { LongRun } from './result.js';

/**
 * The long-run split of a Markov chain: the shares that moves leave as they are.
 *
 * @param moves `moves[i][j]`, how many go from i to j; each row is made shares
 *
 * Told only where there is one answer: of several groups that nobody leaves it depends on where one
 * begins, and a state that is entered but from which nobody was seen to move on says nothing.
 */
export function longRun(names: readonly string[], moves: readonly (readonly number[])[]): LongRun {
  const states = [...names.keys()].filter((i) =>
    names.some((_, j) => moves[i][j] + moves[j][i] > 0),
  );
  const unseen = states.filter((i) => names.every((_, j) => !(moves[i][j] > 0)));
  if (states.length === 0) return { shares: null, closed: [], note: 'nobody was seen to move' };
  if (unseen.length > 0) {
    const who = listed(unseen.map((i) => names[i]));
    return {
      shares: null,
      closed: [],
      note: `nobody was ${who} on the earlier day, so where such customers go next was not seen`,
    };
  }
  const classes = closedClasses(states, moves);
  const closed = classes.map((members) => members.map((i) => names[i]));
  if (closed.length > 1) {
    const groups = closed.map((group) => listed(group)).join('; ');
    return {
      shares: null,
      closed,
      note: `there are ${closed.length} groups of tiers that nobody leaves (${groups}), so it depends on where one begins`,
    };
  }
  const [members] = classes;
  const shares = stationary(members.map((i) => shareOf(members.map((j) => moves[i][j]))));
  return {
    shares: Object.fromEntries(
      names.map((name, i) => [name, members.includes(i) ? shares[members.indexOf(i)] : 0]),
    ),
    closed,
    note:
      closed[0].length === 1
        ? `nobody who was ${closed[0][0]} was seen to leave it, so all end there`
        : null,
  };
}

/**
 * The stationary shares π of an irreducible chain, π = π P, solved by taking states out one by one:
 * sums, products and quotients of what is not below 0, no difference, so nothing cancels. Grassmann,
 * Taksar and Heyman (1985), Regenerative Analysis and Steady State Distributions for Markov Chains,
 * Operations Research 33 (5), 1107–1116.
 *
 * @param chances `chances[i][j]`, the chance to go from i to j; rows add up to 1
 */
export function stationary(chances: readonly (readonly number[])[]): number[] {
  const p = chances.map((row) => [...row]);
  for (let n = p.length - 1; n > 0; n--) {
    let leaving = 0;
    for (let j = 0; j < n; j++) leaving += p[n][j];
    for (let i = 0; i < n; i++) p[i][n] /= leaving;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) p[i][j] += p[i][n] * p[n][j];
    }
  }
  const weights = [1];
  for (let n = 1; n < p.length; n++) {
    weights.push(weights.reduce((total, weight, i) => total + weight * p[i][n], 0));
  }
  return shareOf(weights);
}

/** Groups of states that reach each other and nothing else, in the order of their first state. */
function closedClasses(
  states: readonly number[],
  moves: readonly (readonly number[])[],
): number[][] {
  const reached = new Map(states.map((state) => [state, reachedFrom(state, states, moves)]));
  const reaches = (i: number, j: number) => reached.get(i)?.has(j) === true;
  const closed = states.filter((i) => states.every((j) => !reaches(i, j) || reaches(j, i)));
  return closed
    .filter((i) => closed.every((j) => j >= i || !reaches(i, j)))
    .map((i) => closed.filter((j) => reaches(i, j)));
}

/** A state and all that can be reached from it in any number of moves. */
function reachedFrom(
  start: number,
  states: readonly number[],
  moves: readonly (readonly number[])[],
): Set<number> {
  const found = new Set([start]);
  for (const i of found) for (const j of states) if (moves[i][j] > 0) found.add(j);
  return found;
}

function shareOf(values: readonly number[]): number[] {
  const total = values.reduce((all, value) => all + value, 0);
  return values.map((value) => value / total);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
