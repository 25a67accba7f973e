// Grade customers as they would have been graded a year ago, and look at what came.
import { readBook } from 'bookgrade';
import { backtest } from 'bookgrade/portfolio';
import { simulate } from 'bookgrade/simulate';

const { policies, claims } = simulate({ customers: 6000, seed: 11, years: 5 });
const { book } = readBook(policies, claims);

const result = backtest(book, {
  from: '2023-01-01',
  until: '2024-01-01',
  at: 'renewal', // each customer on the day its own term begins, followed for that term
  plan: { experience: { method: 'auto' } },
});
console.log(`${result.customers} customers, loss ratio ${result.lossRatio?.toFixed(2)}`);
for (const [tier, { customers, relativeLossRatio }] of Object.entries(result.riskTiers)) {
  const { value, low, high } = relativeLossRatio;
  if (value === null || low === null || high === null) continue;
  const times = `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  console.log(`${tier.padEnd(12)} ${String(customers).padStart(5)}  ${times} times the book's`);
}
for (const sentence of result.conclusions) console.log(`${sentence}.`);
