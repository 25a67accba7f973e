import { attributeNamed, quantile, sum } from '../../base/columns.js';
import { normalQuantile } from '../../base/distributions.js';
import { MisuseError } from '../../base/errors.js';
import type { Table } from '../../indicators/table.js';
import type { CardParameters } from '../../model/card.js';
import type { ModelParameters } from '../../model/model.js';
import type { CardPlan } from '../../plan/card.js';
import type { Plan } from '../../plan/plan.js';
import { minClaims, minCustomers } from '../statistics/jackknife.js';
import { aliasNotes } from './aliases.js';
import { cardScores } from './card.js';
import type { CardClaims } from './coefficients.js';
import { type ClaimsByTime, foldCount, foldOf } from './penalty.js';
import { bookOfRows, type CardBook, selectCard, times } from './select.js';
import { attributesOf } from './terms.js';
import { usableAttributes } from './usable-attributes.js';
import { type Followed, validateCard } from './validate.js';

/** Claims and cover of all customers over some experience years. */
type Figures = Omit<Followed, 'relativity'>;

/**
 * Fits the scorecard for people without history on a table's customers: claims, against what the
 * model's base and the book's rate expect, by the attributes that came along. Attributes get a place
 * by a false-discovery test, levels are cut from the data, and a penalised Poisson regression gives
 * their points. It is judged on the latest year by a card drawn on the years before it, where the
 * table has years; else on five folds of customers, each by a card drawn on the others.
 *
 * @param highRisk 1 for customers in the worst risk tier
 * @throws MisuseError for an attribute that is not in the table, or that must not be used
 */
export function fitCard(
  table: Table,
  plan: Plan,
  cardPlan: CardPlan,
  { experience, years }: Pick<ModelParameters, 'experience' | 'years'>,
  highRisk: Uint8Array,
): CardParameters {
  const { attributes, allowed } = attributesFor(table, plan, cardPlan);
  const { base } = experience;
  const figuresOf = (from: number, to: number) => figures(table, base, years?.claims, from, to);
  const all = figuresOf(0, Number.POSITIVE_INFINITY);
  /** Of the figures of a year, 0 the last, and all before it. */
  const book = (figures: Figures, latest: number): CardBook => ({
    ids: table.ids,
    ...claimsOf(figures),
    exposure: figures.exposure,
    attributes,
    byTime: byTimeOf(figuresOf, latest, table.cells?.years ?? 0),
  });
  const whole = book(all, 0);
  const rated = ratedRows(all);
  const ratedBook = bookOfRows(whole, rated);
  const drawn = selectCard(ratedBook, cardPlan);
  const { points } = cardScores(table, drawn);
  const used = attributesOf(drawn);
  const notes = aliasNotes(drawn, ratedBook);
  if (used.length === 0) notes.push({ code: 'card-empty' });
  const judged =
    used.length === 0
      ? null
      : (judgedByLatestYear(table, attributes, cardPlan, figuresOf, book) ??
        judgedByFolds(table, attributes, cardPlan, whole, all, rated));
  if (judged === null && used.length > 0) notes.push({ code: 'card-not-validated' });
  const worst = points.filter((_, row) => highRisk[row] === 1);
  return {
    base,
    points: cardPlan.points,
    ...drawn,
    normalQuantile: normalQuantile((1 + plan.experience.interval) / 2),
    allowed: Object.fromEntries(
      allowed.filter(({ name }) => used.includes(name)).map(({ name, because }) => [name, because]),
    ),
    judged,
    quantiles: {
      book: twentieths(points),
      highRisk: worst.length < minHighRisk ? null : twentieths(worst),
    },
    notes,
  };
}

/** Fewer high-risk customers than this have no profile. */
const minHighRisk = 20;

const twentieths = (values: Float64Array) =>
  Array.from({ length: 21 }, (_, k) => quantile(values, k / 20));

/** The attributes that compete: those that the plan names, or all that may be used. */
function attributesFor(
  table: Table,
  plan: Plan,
  { attributes: named, trends, reportOn }: CardPlan,
) {
  const { used, excluded, allowed } = usableAttributes(table, plan);
  for (const [place, names] of [
    ['attributes', named ?? []],
    ['trends', Object.keys(trends)],
    ['reportOn', reportOn],
  ] as const) {
    for (const name of names) {
      attributeNamed(table.attributes, name, `plan, card.${place}`);
      const barred = excluded.find((other) => other.name === name);
      if (!barred || place === 'reportOn') continue;
      throw new MisuseError(
        `plan, card.${place}: "${name}" must not tell customers apart: ${barred.because}`,
      );
    }
  }
  return {
    attributes: used.filter(({ name }) => !named || named.includes(name)),
    allowed,
  };
}

/** Claims, base, premium and cover of the experience years `from` … `to` − 1, 0 the latest. */
function figures(
  { columns, cells, length }: Table,
  base: CardParameters['base'],
  levels: readonly number[] | undefined,
  from: number,
  to: number,
): Figures {
  if (!cells) {
    return {
      claims: columns.claim_count,
      base: columns[base],
      premium: columns.earned_premium,
      exposure: columns.exposure_years,
    };
  }
  const { years } = cells;
  const over = (column: Float64Array, weights?: readonly number[]) =>
    Float64Array.from({ length }, (_, row) => {
      let total = 0;
      for (let year = from; year < Math.min(to, years); year++) {
        total += (weights?.[year] ?? 1) * column[row * years + year];
      }
      return total;
    });
  return {
    claims: over(cells.claimCount),
    base: over(base === 'earned_premium' ? cells.earnedPremium : cells.exposureYears, levels),
    premium: over(cells.earnedPremium),
    exposure: over(cells.exposureYears),
  };
}

function claimsOf({ claims, base }: Figures): CardClaims {
  const rate = sum(claims) / sum(base);
  return { counts: claims, expected: base.map((value) => Math.max(0, value * rate)) };
}

/** Claims of a year and of those before it, where there are such, and enough claims in both. */
function byTimeOf(
  figuresOf: (from: number, to: number) => Figures,
  latest: number,
  years: number,
): ClaimsByTime | undefined {
  if (latest + 1 >= years) return undefined;
  const parts = [figuresOf(latest + 1, years), figuresOf(latest, latest + 1)];
  if (parts.some(({ claims }) => sum(claims) < minClaims)) return undefined;
  const [before, last] = parts.map(claimsOf);
  return { before, latest: last };
}

function ratedRows({ claims, base, exposure }: Figures): Uint32Array {
  return Uint32Array.from(base.keys()).filter(
    (row) => base[row] > 0 && exposure[row] > 0 && claims[row] >= 0,
  );
}

type Attributes = CardBook['attributes'];
type Judged = CardParameters['judged'];

/** Of the latest year, by a card drawn on the years before; null where there are none, or too few. */
function judgedByLatestYear(
  { cells, length }: Table,
  attributes: Attributes,
  plan: CardPlan,
  figuresOf: (from: number, to: number) => Figures,
  book: (figures: Figures, latest: number) => CardBook,
): Judged {
  if (!cells || cells.years < 2) return null;
  const before = figuresOf(1, cells.years);
  const rated = ratedRows(before);
  if (rated.length < minCustomers || sum(before.claims) < minClaims) return null;
  const card = selectCard(bookOfRows(book(before, 1), rated), plan);
  const { relativity } = cardScores({ attributes, length }, card);
  const latest = figuresOf(0, 1);
  return validateCard('latest-year', ofRows({ ...latest, relativity }, ratedRows(latest)));
}

/** Of each fifth of the customers, by a card drawn on the others. */
function judgedByFolds(
  { ids, length }: Table,
  attributes: Attributes,
  plan: CardPlan,
  whole: CardBook,
  all: Figures,
  rated: Uint32Array,
): Judged {
  if (rated.length < minCustomers || sum(all.claims) < minClaims) return null;
  const folds = ids.map(foldOf);
  const relativity = new Float64Array(length);
  for (let fold = 0; fold < foldCount; fold++) {
    const others = rated.filter((row) => folds[row] !== fold);
    // Beside their own rate: beside the book's, relativities would carry what the fold left out claimed.
    const card = selectCard(atOwnRate(bookOfRows(whole, others)), plan);
    const { relativity: given } = cardScores({ attributes, length }, card);
    for (const row of rated) if (folds[row] === fold) relativity[row] = given[row];
  }
  return validateCard('cross-validation', ofRows({ ...all, relativity }, rated));
}

function atOwnRate(book: CardBook): CardBook {
  const rate = sum(book.counts) / sum(book.expected);
  return times(book, new Float64Array(book.ids.length).fill(rate));
}

function ofRows(followed: Followed, rows: Uint32Array): Followed {
  const of = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]);
  return {
    relativity: of(followed.relativity),
    claims: of(followed.claims),
    base: of(followed.base),
    premium: of(followed.premium),
    exposure: of(followed.exposure),
  };
}
