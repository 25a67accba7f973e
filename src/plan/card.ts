import * as z from 'zod/mini';
import { atLeastZero, part, withDefault } from './basics.js';

/** How the claim rate may move along a number. */
export const trends = ['free', 'ascending', 'descending', 'peak', 'valley'] as const;
export type Trend = (typeof trends)[number];

const names = z.array(z.string().check(z.minLength(1)));

/** How the card's figures are written: a convention of ours, as cards of lenders have it. */
const pointsSchema = z.strictObject({
  /** The points of the book's average. */
  base: withDefault(z.number(), 100),
  /** This many more points double the relativity. */
  double: withDefault(z.number().check(z.positive()), 20),
});

/** What an applicant is told: lines beside the permissible loss ratio. */
const screeningSchema = z.strictObject({
  /** An expected loss ratio above this is for a person to look at. */
  referAbove: withDefault(z.number().check(z.positive()), 1),
  /**
   * More information is asked for where the upper end of the interval is more than this many times
   * its lower end.
   */
  widestInterval: withDefault(z.number().check(z.gt(1)), 2),
  /**
   * More information is asked for where more of the card's attributes than this have values that
   * the book did not have.
   */
  maxUnseen: withDefault(z.int().check(z.gte(0)), 0),
});

/** The most pairs on a card, unless told: more would be no table that a person reads. */
export const maxPairs = 3;

/** The scorecard for people without history. A plan without this part has none. */
export const cardSchema = z.strictObject({
  /** The attributes that compete for a place on the card. Left out: all that may be used. */
  attributes: z.optional(names),
  /** How the claim rate may move along a number, by attribute: {"vehicle_age": "ascending"}. */
  trends: withDefault(z.record(z.string(), z.enum(trends)), {}),
  /** The most pairs of attributes that may get a place. Left out: 3. */
  pairs: z.optional(z.int().check(z.gte(0))),
  /**
   * Of the attributes that get a place, no more than this share is expected to be there by chance.
   */
  falseDiscoveryRate: withDefault(z.number().check(z.gt(0), z.lt(1)), 0.01),
  /** Years of cover that a level needs. Null: 1 % of the book's, at least 20. */
  minimumExposure: withDefault(z.nullable(atLeastZero), null),
  /**
   * A level with this many expected claims moves half way from the book to its own experience.
   * Null: whatever predicts best.
   */
  penalty: withDefault(z.nullable(z.number().check(z.gte(0.01))), null),
  /** How the figures of the card are written. */
  points: part(pointsSchema),
  /** What applicants are told, besides the permissible loss ratio. */
  screening: part(screeningSchema),
  /** Attributes by whose groups the card is reported on; they need not be on the card. */
  reportOn: withDefault(names, []),
});
export type CardPlan = z.output<typeof cardSchema>;

/** The trend that a plan asks of an attribute. */
export function trendOf({ trends }: CardPlan, name: string): Trend {
  return Object.hasOwn(trends, name) ? trends[name] : 'free';
}
