// One customer, as an underwriting service sees it: figures in, a grade with its reasons out.
import { calibrate, grader, indicators, readBook } from 'bookgrade';
import { explanation } from 'bookgrade/report';
import { simulate } from 'bookgrade/simulate';

// A model is calibrated on a book. Yours comes from your files; this one is synthetic.
const { policies, claims, asOf } = simulate({ customers: 5000, seed: 1, years: 4 });
const { book } = readBook(policies, claims);
const gradeCustomer = grader(calibrate(indicators(book, { asOf })));

const grade = gradeCustomer(
  {
    customerId: 'Ann',
    earnedPremium: 1480,
    exposureYears: 2.9,
    claimCount: 1,
    incurredLoss: 1950,
    tenureYears: 2.9,
    annualPremium: 510,
  },
  asOf,
);
console.log(explanation(grade));
