import { test } from 'vitest';
import { expectNothingLost } from '../support/mutated-rows.js';

test('mutated rows are used, or left out with their money, or their money is said to be unknown', () => {
  expectNothingLost(10_000);
});
