import * as z from 'zod/mini';
import type { Formula } from '../formulas/expression.js';
import { withDefault } from './basics.js';
import { condition } from './formulas.js';

/** How firmly a customer is tied; `unknown` where an indicator that tells is missing. */
export const loyalties = ['one-time', 'regular', 'loyal', 'unknown'] as const;
export type Loyalty = (typeof loyalties)[number];
/**
 * What a customer buys: for the first time, again, several policies of a line (`core`), of several
 * lines (`cross`), or nothing any more.
 */
export const purchases = ['new', 'renewal', 'core', 'cross', 'lapsed', 'unknown'] as const;
export type Purchase = (typeof purchases)[number];

const once: Formula = ['and', ['=', 'renewals', 0], ['<=', 'tenure_years', 1]];

const defaultLoyalty: { is: Loyalty; when: Formula }[] = [
  { is: 'loyal', when: ['>=', 'tenure_years', 5] },
  { is: 'regular', when: ['>', 'tenure_years', 1] },
  { is: 'unknown', when: ['or', ['missing', 'tenure_years'], ['missing', 'renewals']] },
  { is: 'unknown', when: ['missing', 'policy_count'] },
  { is: 'one-time', when: ['and', once, ['<=', 'policy_count', 1]] },
];

const defaultPurchase: { is: Purchase; when: Formula }[] = [
  { is: 'unknown', when: ['or', ['missing', 'tenure_years'], ['missing', 'renewals']] },
  { is: 'unknown', when: ['or', ['missing', 'policy_count'], ['missing', 'line_count']] },
  { is: 'lapsed', when: ['=', 'policy_count', 0] },
  { is: 'cross', when: ['>=', 'line_count', 2] },
  { is: 'core', when: ['>=', 'policy_count', 2] },
  { is: 'new', when: once },
];

const rules = <S extends z.ZodMiniType>(is: S) =>
  z.array(
    z.strictObject({
      /** What the customer is. */
      is,
      /** When it is that. */
      when: condition,
    }),
  );

/** The rules that say where customers are in their life with the insurer: the first that holds. */
export const lifecycleSchema = z.strictObject({
  /** How firmly the customer is tied. */
  loyalty: withDefault(rules(z.enum(loyalties)), defaultLoyalty),
  /** The loyalty when no rule holds. */
  otherLoyalty: withDefault(z.enum(loyalties), 'regular'),
  /**
   * What the customer buys: for the first time, again, several policies of one line (core) or of
   * several lines (cross).
   */
  purchase: withDefault(rules(z.enum(purchases)), defaultPurchase),
  /** The purchase when no rule holds. */
  otherPurchase: withDefault(z.enum(purchases), 'renewal'),
});
