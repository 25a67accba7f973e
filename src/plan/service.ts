import * as z from 'zod/mini';
import { atLeastZero, withDefault } from './basics.js';

const services = z.strictObject({
  /** The service tier of customers of high value. */
  high: z.string(),
  /** The service tier of customers of low value. */
  low: z.string(),
});
/** A list whose texts are known one by one. */
const list = <T extends string>(...texts: T[]): T[] => texts;
const defaultCatalogue = {
  signature: {
    entitlements: list(
      'personal manager',
      'claims settled first, part payment at once',
      'courtesy car',
      'annual inspection',
      'congratulations',
    ),
    budget: 500,
  },
  plus: {
    entitlements: list(
      'claims settled fast, part payment at once',
      'courtesy car',
      'congratulations',
    ),
    budget: 300,
  },
  standard: {
    entitlements: list('renewal call before the term ends', 'feedback call after a claim'),
    budget: 200,
  },
  basic: { entitlements: list('advice on avoiding losses'), budget: 150 },
};
/** A service tier of the default plan. */
export type ServiceTier = keyof typeof defaultCatalogue;
/** What a service tier of the default plan entitles to. */
export type Entitlement = (typeof defaultCatalogue)[ServiceTier]['entitlements'][number];

/** What customers get, by their tiers. */
export const serviceSchema = z
  .strictObject({
    /** The service tier for each risk tier and value tier. */
    matrix: withDefault(z.record(z.string(), services), {
      excellent: { high: 'signature', low: 'plus' },
      healthy: { high: 'plus', low: 'standard' },
      'sub-healthy': { high: 'standard', low: 'basic' },
      'high-risk': { high: 'basic', low: 'basic' },
      unrated: { high: 'standard', low: 'standard' },
    }),
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
      defaultCatalogue,
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
