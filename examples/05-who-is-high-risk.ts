// Do customers fall into groups by themselves, and in which of them are the high-risk ones?
import { assess, calibrate, clusters, indicators, readBook } from 'bookgrade';
import { simulate } from 'bookgrade/simulate';

const { policies, claims, asOf } = simulate({ customers: 2000, seed: 5, years: 5 });
const { book } = readBook(policies, claims);
const table = indicators(book, { asOf });
const grades = assess(table, calibrate(table));

// Groups by the four figures that grades rest on, beside what chance makes of anything.
const groups = clusters(grades, { most: 6, starts: 3, rounds: 20 });
console.log(`${groups}`);

// Where the high-risk customers are: their share of each group.
for (const { cluster, customers, riskTiers } of groups.clusters) {
  const highRisk = riskTiers?.['high-risk'] ?? 0;
  console.log(`segment ${cluster}: ${highRisk} of ${customers} customers are high-risk`);
}
