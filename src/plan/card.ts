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
  /** So many points more double the relativity. */
  double: withDefault(z.number().check(z.positive()), 20),
});

/** What an applicant is told: lines beside the permissible loss ratio. */
const screeningSchema = z.strictObject({
  /** An expected loss ratio above this is for a person to look at. */
  referAbove: withDefault(z.number().check(z.positive()), 1),
  /** More is asked where the interval's upper end is more than so many times its lower … */
  widestInterval: withDefault(z.number().check(z.gt(1)), 2),
  /** … and where more of the card's attributes than this have values that the book did not have. */
  maxUnseen: withDefault(z.int().check(z.gte(0)), 0),
});

/** The most pairs on a card, unless told: more would be no table that a person reads. */
export const maxPairs = 3;

/** The scorecard for people without history. A plan without this part has none. */
export const cardSchema = z.strictObject({
  /** The attributes that compete for a place; left out: all that may be used. */
  attributes: z.optional(names),
  /** How the claim rate may move along a number: `{"vehicle_age": "ascending"}`. */
  trends: withDefault(z.record(z.string(), z.enum(trends)), {}),
  /** The most pairs of attributes that may get a place; left out, as older plans have it: 3. */
  pairs: z.optional(z.int().check(z.gte(0))),
  /** Of what gets a place, no more than this share is expected there by chance. */
  falseDiscoveryRate: withDefault(z.number().check(z.gt(0), z.lt(1)), 0.01),
  /** Years of cover that a level needs; null: 1 % of the book's, at least 20. */
  minimumExposure: withDefault(z.nullable(atLeastZero), null),
  /** A level that expects so many claims goes half the way from the book; null: what tells best. */
  penalty: withDefault(z.nullable(z.number().check(z.gte(0.01))), null),
  points: part(pointsSchema),
  screening: part(screeningSchema),
  /** Attributes of the book by whose groups the card is reported on; they need not be in it. */
  reportOn: withDefault(names, []),
});
export type CardPlan = z.output<typeof cardSchema>;

/** The trend that a plan asks of an attribute. */
export function trendOf({ trends }: CardPlan, name: string): Trend {
  return Object.hasOwn(trends, name) ? trends[name] : 'free';
}
