// Which customers bring 80 % of the losses, how much of that is luck, and will they again?
import { assess, calibrate, indicators, readBook } from 'bookgrade';
import { atStake, pareto, persistence } from 'bookgrade/portfolio';
import { simulate } from 'bookgrade/simulate';

const { policies, claims, asOf } = simulate({ customers: 8000, seed: 5, years: 5 });
const { book } = readBook(policies, claims);
const table = indicators(book, { asOf });
const grades = assess(table, calibrate(table));

// What is concentrated, beside a book in which customers do not differ; and whether it lasts.
const looked = (['premium', 'incurred', 'claims'] as const).map((measure) =>
  pareto(grades, { measure, luck: 100 }),
);
const lasting = (['incurred', 'claims'] as const).map((measure) =>
  persistence(book, { from: '2024-01-01', until: asOf, measure, rounds: 100 }),
);
console.log([...looked, ...lasting].join('\n\n'));

// What customers are worth, and where most of it may leave.
console.log(`\n${atStake(grades, 5)}`);
