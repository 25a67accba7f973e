import { englishFormulas } from '../formulas/explain.js';
import { described } from '../scoring/scores.js';
import type { Words } from './words.js';

/** English, which a grade speaks unless it is asked for another language. */
export const english: Words = {
  name: 'en',
  unknown: 'unknown',
  yes: 'yes',
  no: 'no',
  units: {
    years: ['{n} year', '{n} years'],
    days: ['{n} day', '{n} days'],
    claims: ['{n} claim', '{n} claims'],
    claimsAYear: ['{n} claims per year', '{n} claims per year'],
    claimFreeYears: ['{n} more claim-free year', '{n} more claim-free years'],
  },
  formulas: englishFormulas,
  labels: Object.fromEntries([...described].map(([name, { label }]) => [name, label])),
  tiers: {},
  meanings: {
    excellent: 'A customer to keep: the best that experience can show',
    healthy: 'Claims, expenses and the profit aimed at fit into the premium',
    'sub-healthy': 'Claims leave too little of the premium for expenses and the profit aimed at',
    'high-risk': 'Claims take more than the premium brings',
    unrated: 'Too little is known for a rating',
  },
  reasons: {},
  hints: {},
  whyNot: {
    because: '{tier} because {because}',
    better: '{tier} because {because}; about {years}, or fewer, would lead to {better}',
    short: '{tier}: {observed} of experience, {short} short of a rating',
  },
};
