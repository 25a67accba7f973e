import { describe, test } from 'vitest';

/** Whether everything runs (`npm run test:all`), or what is quick (`npm test`). */
export const everything = process.env.TEST_ALL === '1';

/** Tests that take long: many seeds, large books. `npm test` leaves them out. */
export const slowTest = test.runIf(everything);
export const describeSlow = describe.runIf(everything);

/** How many cases of a law are tried: all of them where everything runs, a quarter else. */
export const runs = (cases: number): number => (everything ? cases : Math.ceil(cases / 4));
