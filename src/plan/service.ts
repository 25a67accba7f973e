import * as z from 'zod/mini';
import { atLeastZero, withDefault } from './basics.js';

const services = z.strictObject({
  /** The service tier of customers of high value. */
  high: z.string(),
  /** The service tier of customers of low value. */
  low: z.string(),
});
/** What customers get, by their tiers. */
export const serviceSchema = z
  .strictObject({
    /** The service tier for each risk tier and value tier. */
    matrix: withDefault(
      z.strictObject({
        excellent: services,
        healthy: services,
        'sub-healthy': services,
        'high-risk': services,
        unrated: services,
      }),
      {
        excellent: { high: 'signature', low: 'plus' },
        healthy: { high: 'plus', low: 'standard' },
        'sub-healthy': { high: 'standard', low: 'basic' },
        'high-risk': { high: 'basic', low: 'basic' },
        unrated: { high: 'standard', low: 'standard' },
      },
    ),
    /**
     * What each service tier entitles to, the richest first, and its budget per customer and year.
     */
    catalogue: withDefault(
      z.record(
        z.string(),
        z.strictObject({
          /** What the customer is entitled to. */
          entitlements: z.array(z.string()),
          /** Budget per customer and year. */
          budget: atLeastZero,
        }),
      ),
      {
        signature: {
          entitlements: [
            'personal manager',
            'claims settled first, part payment at once',
            'courtesy car',
            'annual inspection',
            'congratulations',
          ],
          budget: 500,
        },
        plus: {
          entitlements: [
            'claims settled fast, part payment at once',
            'courtesy car',
            'congratulations',
          ],
          budget: 300,
        },
        standard: {
          entitlements: ['renewal call before the term ends', 'feedback call after a claim'],
          budget: 200,
        },
        basic: { entitlements: ['advice on avoiding losses'], budget: 150 },
      },
    ),
  })
  .check(
    z.refine(
      ({ matrix, catalogue }) =>
        Object.values(matrix)
          .flatMap((row) => [row.high, row.low])
          .every((tier) => Object.hasOwn(catalogue, tier)),
      { error: 'expected every service tier of the matrix in the catalogue' },
    ),
  );
