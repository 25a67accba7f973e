// A whole book: every customer graded as columns, summed up by tier, and one row looked at.
import { assess, calibrate, gradeAt, indicators, readBook, summarize } from 'bookgrade';
import { simulate } from 'bookgrade/simulate';

const { policies, claims, asOf } = simulate({ customers: 5000, seed: 2, years: 5 });
const { book, issues } = readBook(policies, claims);
const table = indicators(book, { asOf });
const grades = assess(table, calibrate(table));
console.log(`${summarize(grades, issues)}`);

// Grades are columns; here are the three customers we expect the worst of.
const worst = [...grades.scores.expected_loss_ratio.keys()]
  .sort((a, b) => grades.scores.expected_loss_ratio[b] - grades.scores.expected_loss_ratio[a])
  .slice(0, 3);
for (const row of worst) {
  const { customerId, risk, reasons } = gradeAt(grades)(row);
  console.log(`\n${customerId}: ${risk.tier}. ${reasons[0].text}`);
}
