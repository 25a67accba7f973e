// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readBook, readExperience } from '../../dist/index.js';
import { backtest as bookgradeBacktest } from '../../dist/portfolio.js';
import { syntheticBook } from './book.js';
import { checkEqual } from './compare.js';
import { turnByTurn } from './timing.js';

const spanish = new URL('../../../shared/data/spanish-motor/policy_years.csv.gz', import.meta.url);
const columns = new URL('../../examples/spanish-motor.columns.json', import.meta.url);
const bootstrapRounds = 200;

/**
 * Part 4, a backtest at renewal with 200 bootstrap rounds, on the Spanish motor book where it lies
 * beside the project, else on a synthetic one. The other side knows the plainest rule only: claims a
 * year, its Gini and that Gini's interval.
 */
export async function backtest({ customers, rounds, warmUps }) {
  const real = existsSync(spanish);
  const { book, from, until } = real ? spanishBook() : ownBook(customers);
  const run = (bootstrap) =>
    bookgradeBacktest(book, { from, until, at: 'renewal', rounds: bootstrap });
  const found = run(0);
  const followed = claimsAYear(book, from, until, found.columns);
  checkEqual(
    'by hand',
    { gini: Float64Array.of(entryOf(found).giniOfClaims.value ?? Number.NaN) },
    { gini: Float64Array.of(giniOf(followed, undefined)) },
  );
  const comparison = await turnByTurn(
    [
      {
        name: `bookgrade: backtest, ${found.contest.length} entries, ${bootstrapRounds} rounds`,
        run: () => entryOf(run(bootstrapRounds)).giniOfClaims.high ?? 0,
      },
      {
        name: 'bookgrade: backtest without intervals',
        run: () => entryOf(run(0)).giniOfClaims.value ?? 0,
      },
      {
        name: `by hand: claims per year alone, ${bootstrapRounds} rounds`,
        run: () => bootstrapByHand(claimsAYear(book, from, until, found.columns)),
      },
    ],
    { rounds, warmUps },
  );
  return {
    title: '4. a backtest at renewal',
    comparisons: [
      {
        title: `${real ? 'Spanish motor' : 'synthetic'} book, ${found.customers.toLocaleString('en')} customers graded as their terms began, ${from} to ${until}`,
        ...comparison,
      },
    ],
    notes: [
      'bookgrade calibrates every method, grades everybody on its own day and judges all entries; by hand one rule is ranked',
    ],
  };
}

const entryOf = ({ contest }) => contest.find(({ name }) => name === 'claims per year');

function spanishBook() {
  const [head, ...lines] = gunzipSync(readFileSync(spanish)).toString().trim().split(/\r?\n/);
  const names = head.split(';');
  const cells = lines.map((line) => line.split(';'));
  const rows = Object.fromEntries(names.map((name, c) => [name, cells.map((row) => row[c])]));
  const file = JSON.parse(readFileSync(columns, 'utf8'));
  const { delimiter: _, ...options } = file;
  return { ...readExperience(rows, options), from: '2018-01-01', until: '2019-01-01' };
}

function ownBook(customers) {
  const { policies, claims } = syntheticBook(customers);
  return { ...readBook(policies, claims), from: '2024-01-01', until: '2025-01-01' };
}

/** What a script would do: claims per year of what was known at each customer's renewal. */
function claimsAYear({ customers, terms, claims, aggregated: sums }, from, until, graded) {
  const row = new Map(graded.customerIds.map((id, k) => [id, k]));
  const rowOf = customers.map((id) => row.get(id) ?? -1);
  const history = { claims: new Float64Array(row.size), years: new Float64Array(row.size) };
  const next = { claims: new Float64Array(row.size), premium: graded.earnedPremium };
  const yearBefore = (day, years) => {
    const date = new Date(day * 864e5);
    return Math.round(
      Date.UTC(date.getUTCFullYear() - years, date.getUTCMonth(), date.getUTCDate()) / 864e5,
    );
  };
  for (let t = 0; t < terms.length; t++) {
    const k = rowOf[terms.customer[t]];
    if (k < 0) continue;
    const day = graded.gradedOn[k];
    const windowFrom = yearBefore(day, 3);
    const yearLength = yearBefore(terms.from[t], -1) - terms.from[t];
    const end = Math.min(terms.to[t], terms.cancelledOn[t], day);
    const begin = Math.max(terms.from[t], windowFrom);
    if (sums && (terms.from[t] < windowFrom || terms.to[t] > day)) continue;
    if (end > begin) history.years[k] += (end - begin) / yearLength;
  }
  for (let c = 0; c < claims.length; c++) {
    const t = claims.term[c];
    const k = rowOf[terms.customer[t]];
    if (k < 0) continue;
    const day = graded.gradedOn[k];
    const windowFrom = yearBefore(day, 3);
    const counts = claims.status[c] < 2 ? claims.count[c] : 0;
    const before = sums
      ? terms.to[t] <= day && terms.from[t] >= windowFrom
      : claims.occurredOn[c] < day &&
        claims.reportedOn[c] < day &&
        claims.occurredOn[c] >= windowFrom;
    if (before) history.claims[k] += counts;
    if (terms.from[t] === day) next.claims[k] += counts;
  }
  const score = history.claims.map((count, k) => count / history.years[k]);
  return { score, ...next };
}

function giniOf({ score, claims, premium }, weights) {
  const order = Uint32Array.from(score.keys()).sort((a, b) => score[a] - score[b]);
  return giniInOrder(order, { score, claims, premium }, weights);
}

function giniInOrder(order, { score, claims, premium }, weights) {
  let [area, bases, total, width, rise] = [0, 0, 0, 0, 0];
  for (let place = 0; place < order.length; place++) {
    const k = order[place];
    const weight = weights ? weights[k] : 1;
    width += weight * premium[k];
    rise += weight * claims[k];
    if (place + 1 < order.length && score[order[place + 1]] === score[k]) continue;
    area += width * (total + rise / 2);
    bases += width;
    total += rise;
    width = 0;
    rise = 0;
  }
  return 1 - (2 * area) / (bases * total);
}

function bootstrapByHand(followed) {
  const { length } = followed.score;
  const order = Uint32Array.from(followed.score.keys()).sort(
    (a, b) => followed.score[a] - followed.score[b],
  );
  let state = 1;
  const found = [];
  for (let round = 0; round < bootstrapRounds; round++) {
    const weights = new Uint8Array(length);
    for (let k = 0; k < length; k++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      weights[Math.floor((state / 2 ** 32) * length)]++;
    }
    found.push(giniInOrder(order, followed, weights));
  }
  return found.sort((a, b) => a - b)[Math.floor(0.95 * bootstrapRounds)];
}
