// Calibrate once, keep the model as one JSON file, and score later books with it.
import {
  assess,
  calibrate,
  indicators,
  readBook,
  readModel,
  summarize,
  writeModel,
} from 'bookgrade';
import { simulate } from 'bookgrade/simulate';

const { policies, claims } = simulate({ customers: 3000, seed: 3, years: 5 });
const { book } = readBook(policies, claims);

// At the end of 2023: what we know then makes the model.
const plan = { name: 'motor-2024', pricing: { expenseRatio: 0.28 } };
const file = writeModel(calibrate(indicators(book, { asOf: '2024-01-01', plan }), plan));

// A year later: the same rules and lines for everybody, whoever has come since.
const model = readModel(file);
const later = assess(indicators(book, { asOf: '2025-01-01', plan: model.plan }), model);
const { customers, riskTiers } = summarize(later);
console.log(
  `${customers} customers graded with ${model.plan.name}, fitted as of ${model.fittedOn.asOf}`,
);
for (const [tier, figures] of Object.entries(riskTiers)) {
  console.log(`${tier.padEnd(12)} ${((100 * figures.customers) / customers).toFixed(1)} %`);
}
