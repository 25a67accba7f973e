// Who costs much, and what have they in common? By attributes, and by groups that form themselves.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assess, calibrate, indicators, readBook } from 'bookgrade';
import { clusters, profile } from 'bookgrade/portfolio';
import { cardChart, cardText, charts } from 'bookgrade/report';
import { simulate } from 'bookgrade/simulate';

const { policies, claims, truth, asOf } = simulate({ customers: 2000, seed: 5, years: 5 });

// A driver is planted: who parks in the street has the larger latent risk, but for every third.
const latent = new Map(truth.customer_id.map((id, row) => [id, truth.latent[row]]));
const parking = policies.customer_id.map((id) => {
  const atRandom = Number(id.slice(1)) % 3 === 0;
  return atRandom || (latent.get(id) ?? 1) > 1 ? 'street' : 'garage';
});
const { book } = readBook({ ...policies, parking }, claims);

// Tiers and attributes as of a day, losses of the year after it: nothing is told by itself.
const found = profile(book, { from: '2024-01-01', until: asOf });
console.log(`${found}`);

// The same as a card of points, for people without history.
const carded = calibrate(indicators(book, { asOf: '2024-01-01' }), { card: {} });
console.log(`\n${cardText(carded)}`);

// Groups by the four figures that grades rest on, beside what chance makes of the same book.
const table = indicators(book, { asOf });
const grades = assess(table, calibrate(table));
const groups = clusters(grades, { max: 6, starts: 3, rounds: 20 });
console.log(`\n${groups}\n`);

// Where the high-risk customers are.
for (const { cluster, customers, riskTiers } of groups.clusters) {
  console.log(`Segment ${cluster}: ${riskTiers?.['high-risk']} of ${customers} are high-risk.`);
}

// Charts as Vega-Lite, where a folder is named: npx tsx examples/05-who-is-high-risk.ts pictures
const [folder] = process.argv.slice(2);
if (folder !== undefined) {
  mkdirSync(folder, { recursive: true });
  const pictures = {
    'one-way': charts(found).parking,
    scorecard: cardChart(carded),
    clusters: charts(groups).clusters,
  };
  for (const [name, chart] of Object.entries(pictures)) {
    writeFileSync(join(folder, `${name}.vl.json`), JSON.stringify(chart));
  }
}
