// Had this rule held a year ago, what would the year have been, and is it better than chance?
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBook } from 'bookgrade';
import { parseFormula } from 'bookgrade/formula';
import { simulateRule } from 'bookgrade/portfolio';
import { charts } from 'bookgrade/report';
import { simulate } from 'bookgrade/simulate';

const { policies, claims } = simulate({ customers: 8000, seed: 5, years: 5 });
const { book } = readBook(policies, claims);

const rule = parseFormula('claim_count >= 2 and expected_loss_ratio > 75%');
const tried = simulateRule(book, rule, {
  calibrateAt: '2023-01-01', // the last day of which anything is known to the rule
  until: '2024-01-01',
  at: 'renewal', // each customer is asked about when its own term begins
  reaction: { leave: 0.6, surcharge: 0.2 }, // an assumption: what those touched would do
});
console.log(`${tried}`);

// The curve over all cuts as Vega-Lite, where a folder is named: npx tsx examples/06-try-a-rule.ts pictures
const [folder] = process.argv.slice(2);
if (folder !== undefined) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'rule-curve.vl.json'), JSON.stringify(charts(tried)['rule-curve']));
}
