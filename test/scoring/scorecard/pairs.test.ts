import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  cardScores,
  type Model,
  readIndicators,
  readModel,
  screen,
  writeModel,
} from '../../../src/index.js';
import { readPlan } from '../../../src/plan/read-plan.js';
import { profile } from '../../../src/portfolio.js';
import { cardChart, cardText } from '../../../src/report.js';
import { logVariance } from '../../../src/scoring/scorecard/card.js';
import { chosenPairs } from '../../../src/scoring/scorecard/pairs.js';
import { attributeBook, drivers } from '../../support/attribute-book.js';
import { cardBook } from '../../support/card-book.js';
import { cardOf, foundIn } from '../../support/named.js';
import { slowTest } from '../../support/slow.js';

const namedBy = (model: Model) => ({
  attributes: cardOf(model)
    .attributes.map(({ attribute }) => attribute)
    .sort(),
  pairs: (cardOf(model).pairs?.chosen ?? []).map(({ attributes }) => attributes.join(' × ')),
});
const seeds = [1, 2, 3, 4, 5];
const [a, b] = drivers.pair;

describe('three planted drivers among twenty attributes, one of them a pair', () => {
  const books = seeds.map((seed) => attributeBook(seed, { plan: { card: {} } }));
  const [{ model, table }] = books;
  const card = cardOf(model);
  const [pair] = card.pairs?.chosen ?? [];

  slowTest('the card holds these three and no other, over five seeds', () => {
    for (const grades of books) {
      expect(namedBy(grades.model)).toEqual({
        attributes: [drivers.number, drivers.category],
        pairs: [`${a} × ${b}`],
      });
      expect(cardOf(grades.model).pairs?.tested).toBe(190);
    }
  });

  test('what the profile names of the same books besides keeps to its rate', () => {
    const named = books.map((grades) => foundIn(profile(grades)));
    const planted = [drivers.number, drivers.category, `${a} × ${b}`];
    for (const found of named) {
      expect([...found.attributes, ...found.pairs]).toEqual(expect.arrayContaining(planted));
    }
    const all = named.flatMap(({ attributes, pairs }) => [...attributes, ...pairs]);
    const chance = all.filter((name) => !planted.includes(name));
    expect(chance.length / all.length).toBeLessThanOrEqual(0.1);
  });

  test('with nothing planted, neither finds anything', () => {
    for (const seed of seeds) {
      const grades = attributeBook(100 + seed, { drive: false, plan: { card: {} } });
      expect(namedBy(grades.model)).toEqual({ attributes: [], pairs: [] });
      expect(foundIn(profile(grades))).toEqual({ attributes: [], pairs: [] });
    }
  });

  slowTest('of forty books of chance at most two get anything on their card', () => {
    // The stated rate is 1 % of attributes and of pairs: 0.8 books of forty, in the mean.
    const plan = { card: { penalty: 10 } };
    const wrong = Array.from({ length: 40 }, (_, k) =>
      namedBy(attributeBook(200 + k, { drive: false, customers: 1500, plan }).model),
    ).filter(({ attributes, pairs }) => attributes.length + pairs.length > 0);
    expect(wrong.length).toBeLessThanOrEqual(2);
  });

  test('the cells have the planted relativities, and no attribute of the pair tells alone', () => {
    // Planted: 1.45 where both are "a" or both are not, else 0.55.
    const of = (x: string, y: string) => {
      const [xs, ys] = pair.levels.map(({ names }) => names);
      return pair.rows[xs.indexOf(x) * ys.length + ys.indexOf(y)];
    };
    for (const [same, other] of [
      [of('a', 'a'), of('a', 'b')],
      [of('b', 'b'), of('b', 'a')],
    ]) {
      const error = Math.hypot(same.standardError, other.standardError);
      const difference = same.coefficient - other.coefficient;
      expect(Math.abs(difference - Math.log(1.45 / 0.55))).toBeLessThan(3 * error + 0.05);
      expect(same.points).toBeGreaterThan(5);
      expect(other.points).toBeLessThan(-5);
    }
    expect(pair.rows.reduce((total, { claims }) => total + claims, 0)).toBe(
      table.columns.claim_count.reduce((total, count) => total + count, 0),
    );
  });

  test('points of attributes and pairs add up, and the expected claims are those of the book', () => {
    const { points, relativity } = cardScores(table, card);
    let expected = 0;
    for (const row of points.keys()) {
      expect(points[row]).toBeCloseTo(100 + 20 * Math.log2(relativity[row]), 9);
      expected +=
        relativity[row] *
        model.parameters.book.claimsPerPremium *
        table.columns.earned_premium[row];
    }
    const claims = table.columns.claim_count.reduce((total, count) => total + count, 0);
    expect(expected).toBeCloseTo(claims, 6);
  });

  test('the model reads back to the same scores to the last bit, and screens as it scores', () => {
    const again = readModel(writeModel(model));
    expect(again).toEqual(model);
    const scores = cardScores(table, cardOf(again));
    expect(scores).toEqual(cardScores(table, card));
    for (const row of [0, 17, 1000, 5999]) {
      const attributes = Object.fromEntries(
        table.attributes.map(({ name, labels, codes }) => [name, labels[codes[row]] ?? null]),
      );
      const screened = screen({ applicantId: 'x', attributes }, again);
      expect(screened.points).toBe(scores.points[row]);
      expect(screened.relativity).toBe(scores.relativity[row]);
    }
  });

  test('the order of the rows changes nothing', () => {
    const rows = cardBook(1, 3000, 'pair');
    const of = (given: object[]) => calibrate(readIndicators(given).table, { card: {} });
    expect(namedBy(of(rows)).pairs).toEqual(['l3 × l4']);
    expect(of(rows.toReversed())).toEqual(of(rows));
  });

  test('text and picture show every cell, and say what a pair adds to', () => {
    const text = cardText(model);
    expect(text).toMatch(/^word_7 with word_8: a, b +-\d+ +0\.\d\d +\d+ +\d+ +\d+$/m);
    expect(text.replaceAll('\n', ' ')).toContain(
      '2 of 20 attributes and 1 of 190 pairs distinguish customers by more than chance (false-discovery rate 1%). Pairs come on top of attributes',
    );
    const { data } = cardChart(model) as { data: { values: { level: string }[] } };
    const levels = data.values.map(({ level }) => level);
    expect(levels.slice(-4)).toEqual(
      ['a, a', 'a, b', 'b, a', 'b, b'].map((cell) => `word_7 with word_8: ${cell}`),
    );
  });

  test('applicants are asked for both, and told of both', () => {
    const zoe = { number_5: 50, word_3: 'b', word_7: 'a', word_8: 'a' };
    const { reasons, unseen } = screen({ applicantId: 1, attributes: zoe }, model);
    expect(reasons).toContainEqual({
      attribute: 'word_7 with word_8',
      level: 'a, a',
      points: pair.rows[0].points,
    });
    expect(unseen).toEqual([]);
    const { word_8, ...without } = zoe;
    expect(() => screen({ applicantId: 1, attributes: without }, model)).toThrow('"word_8"');
    const strange = screen({ applicantId: 1, attributes: { ...zoe, word_8: 'z' } }, model);
    expect(strange.unseen).toEqual(['word_8']);
    expect(strange.reasons.map(({ attribute }) => attribute)).not.toContain('word_7 with word_8');
    expect(strange.points).toBeCloseTo(
      screen({ applicantId: 1, attributes: zoe }, model).points - pair.rows[0].points,
      9,
    );
  });

  test('a plan can keep pairs off the card; beside a trend asked there are none', () => {
    expect(namedBy(calibrate(table, { card: { pairs: 0 } })).pairs).toEqual([]);
    expect(cardOf(calibrate(table, { card: { pairs: 0 } })).pairs?.tested).toBe(0);
    const asked = calibrate(table, { card: { trends: { number_5: 'ascending' }, penalty: 10 } });
    // 19 of the twenty are left to pair.
    expect(cardOf(asked).pairs?.tested).toBe(171);
  });
});

slowTest('a pair whose parts show alone is on the card with both of them, over five seeds', () => {
  const parts = ['l1', 'l3', 'l4', 'n1'];
  const named: string[] = [];
  for (const seed of seeds) {
    const book = readIndicators(cardBook(seed, 8000, 'pair')).table;
    const model = calibrate(book, { card: { penalty: 10 } });
    expect(namedBy(model)).toEqual({ attributes: parts, pairs: ['l3 × l4'] });
    const found = foundIn(profile(assess(book, model)));
    expect(found.attributes).toEqual(expect.arrayContaining(parts));
    expect(found.pairs).toEqual(['l3 × l4']);
    named.push(...found.attributes, ...found.pairs);
  }
  // The stated rate: of what the profile names, a tenth at most is chance.
  const chance = named.filter((name) => ![...parts, 'l3 × l4'].includes(name));
  expect(chance.length).toBeLessThanOrEqual(named.length / 10);
});

test('what only goes along with a pair stays out: a copy of one of its parts', () => {
  const rows = cardBook(3, 8000, 'pair').map((row, k) => ({
    ...row,
    copy: k % 12 === 0 ? row.l5 : row.l3,
  }));
  const named = namedBy(calibrate(readIndicators(rows).table, { card: { penalty: 10 } }));
  expect(named.pairs).toEqual(['l3 × l4']);
});

test('a combination that no customer had is told as unseen', () => {
  // Where l3 is D, l4 is never E.
  const rows = cardBook(2, 8000, 'pair').filter(({ l3, l4 }) => l3 !== 'D' || l4 !== 'E');
  const model = calibrate(readIndicators(rows).table, { card: { penalty: 10 } });
  const attributes = Object.fromEntries(Object.entries(rows[0]).slice(7));
  const of = (l3: string, l4: string) =>
    screen({ applicantId: 1, attributes: { ...attributes, l3, l4 } }, model).unseen;
  expect(namedBy(model).pairs).toEqual(['l3 × l4']);
  expect(of('D', 'D')).toEqual([]);
  expect(of('D', 'E')).toEqual(['l3 with l4']);
  // Nobody stood there, so nothing is known: neither points nor a reason.
  const [pair] = cardOf(model).pairs?.chosen ?? [];
  const [ds, es] = pair.levels.map(({ names }) => names);
  const cell = pair.rows[ds.indexOf('D') * es.length + es.indexOf('E')];
  expect(cell).toMatchObject({ points: 0, relativity: 1, exposure: 0 });
});

test('a pair that fails does not stand in the way of one with less surprise that passes', () => {
  // Four attributes, every combination once: x and y interact by χ² = 14.4 on one degree of freedom
  // (p = 0.00015), p and q by 39 on nine (p = 0.00001), whose surprise is less.
  const cells = Array.from({ length: 64 }, (_, k) => [k % 2, (k >> 1) % 2, (k >> 2) % 4, k >> 4]);
  const sign = (even: boolean) => (even ? 1 : -1);
  const expected = new Float64Array(64).fill(10);
  const counts = Float64Array.from(cells, ([x, y, p, q]) => {
    const together = 0.15 * sign(x === y) + 0.247 * sign((p + q) % 2 === 0);
    return 10 * (1 + together);
  });
  const attributes = ['x', 'y', 'p', 'q'].map((name, k) => ({
    name,
    labels: ['0', '1', '2', '3'],
    codes: Int32Array.from(cells, (cell) => cell[k]),
  }));
  const exposure = new Float64Array(64).fill(100);
  const of = (falseDiscoveryRate: number) => {
    const { card: plan } = readPlan({ card: {} });
    if (!plan) throw new Error('expected a card');
    const rows = { counts, expected, exposure };
    return chosenPairs(rows, attributes, [], plan, falseDiscoveryRate).chosen.map(
      ({ first, second }) => first.name + second.name,
    );
  };
  expect(of(0.01)).toEqual(['xy', 'pq']);
  expect(of(6 * 6e-5)).toEqual(['pq']);
  expect(of(6 * 1e-6)).toEqual([]);
});

test('levels of pairs have the exposure that the plan asks of levels', () => {
  const { table } = readIndicators(cardBook(1, 4000, 'pair'));
  const tested = (minimumExposure: number) =>
    cardOf(calibrate(table, { card: { penalty: 10, minimumExposure } })).pairs?.tested;
  expect(tested(100)).toBe(190);
  // Of 8,000 years no letter has 3,000: all are gathered, and numbers are cut in two.
  expect(tested(3000)).toBe(45);
});

test('a part of a pair that was allowed by name keeps its reason in the model', () => {
  const rows = cardBook(1, 8000, 'pair').map(({ l3, ...row }) => ({ ...row, gender: l3 }));
  const { table } = readIndicators(rows);
  expect(JSON.stringify(calibrate(table, { card: {} }).parameters)).not.toMatch(/gender/i);
  const allowed = calibrate(table, {
    card: { penalty: 10 },
    prohibited: { allowed: { gender: 'studied for the regulator' } },
  });
  expect(namedBy(allowed).pairs).toEqual(['l4 × gender']);
  expect(cardOf(allowed).allowed).toEqual({ gender: 'studied for the regulator' });
});

test('the variance of a relativity adds that of cells to that of levels', () => {
  const card = {
    attributes: [{ rows: [{}, {}], spread: 0.5 }],
    covariance: [1, 0.2, 2],
    pairs: {
      chosen: [
        { rows: [3, 4, 5, 6].map((standardError) => ({ standardError })), spread: 0.25 },
        { rows: [{ standardError: 7 }], spread: 0.1 },
      ],
    },
  } as never;
  expect(logVariance(card, [1, 2, 0])).toBeCloseTo(2 + 5 ** 2 + 7 ** 2, 12);
  expect(logVariance(card, [1, -1, 0])).toBeCloseTo(2 + 0.25 ** 2 + 7 ** 2, 12);
});
