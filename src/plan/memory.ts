import * as z from 'zod/mini';
import { atLeastZero, withDefault } from './basics.js';
import { condition } from './formulas.js';

/** How a tier is kept over time. A plan without this part has no memory: every day stands alone. */
export const memorySchema = z.strictObject({
  /**
   * Lines to leave a tier by, apart from those to enter it: who holds the tier, or a worse one, does
   * not rise above it while the formula holds. Nothing is better than excellent, so it has no line.
   */
  stay: withDefault(
    z.array(
      z.strictObject({
        tier: z.enum(['healthy', 'sub-healthy', 'high-risk']),
        when: condition,
      }),
    ),
    [],
  ),
  /** When a worse tier comes into force; a better one always does at once. */
  downgrade: withDefault(z.enum(['at-renewal', 'at-once']), 'at-renewal'),
  /**
   * Who has been a customer for so many years keeps the tier for so many months after the figures
   * first speak for a worse one; null: nobody.
   */
  grace: withDefault(
    z.nullable(
      z.strictObject({
        tenureYears: atLeastZero,
        months: z.int().check(z.gte(1), z.lte(600)),
      }),
    ),
    null,
  ),
});
