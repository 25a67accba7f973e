import * as z from 'zod/mini';
import { atLeastZero, withDefault } from './basics.js';
import { condition } from './formulas.js';

/** How a tier is kept over time. A plan without this part has no memory: every day stands alone. */
export const memorySchema = z.strictObject({
  /**
   * Limits for leaving a tier, apart from those for entering it: a customer who holds the tier, or
   * a worse one, does not rise above it while the rule holds. The best tier has none.
   */
  stay: withDefault(
    z.array(
      z.strictObject({
        /** The tier that is left. */
        tier: z.string(),
        /** While this holds, the customer does not rise above the tier. */
        when: condition,
      }),
    ),
    [],
  ),
  /** When a worse tier comes into force; a better one always does at once. */
  downgrade: withDefault(z.enum(['at-renewal', 'at-once']), 'at-renewal'),
  /**
   * {"tenureYears", "months"}: a customer of this many years keeps the tier for this many months
   * after the figures first indicate a worse one. Null: nobody.
   */
  grace: withDefault(
    z.nullable(
      z.strictObject({
        /** Years of tenure that earn the grace period. */
        tenureYears: atLeastZero,
        /** Length of the grace period, in months. */
        months: z.int().check(z.gte(1), z.lte(600)),
      }),
    ),
    null,
  ),
});
