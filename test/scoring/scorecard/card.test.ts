import { describe, expect, test } from 'vitest';
import { uniformFrom } from '../../../src/base/random.js';
import {
  assess,
  calibrate,
  cardScores,
  type Model,
  type PlanInput,
  readIndicators,
  readModel,
  screen,
  writeModel,
} from '../../../src/index.js';
import { readPlan } from '../../../src/plan/read-plan.js';
import { cardProxies } from '../../../src/portfolio.js';
import { cardChart, cardText } from '../../../src/report.js';
import { modelNotes } from '../../../src/scoring/notes.js';
import { selectCard } from '../../../src/scoring/scorecard/select.js';
import { cardBook } from '../../support/card-book.js';
import { cardOf } from '../../support/named.js';
import { slowTest } from '../../support/slow.js';

const usedBy = (model: Model) => cardOf(model).attributes.map(({ attribute }) => attribute);
const tableOf = (rows: object[]) => readIndicators(rows).table;

const rows = cardBook(1, 6000, true);
const table = tableOf(rows);
const model = calibrate(table, { card: {} });

describe('the scorecard', () => {
  slowTest(
    'holds three planted drivers among twenty attributes and no other, over five seeds',
    () => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const book = tableOf(cardBook(seed, 6000, true));
        // A fixed penalty only spares the search for one.
        const found = calibrate(book, { card: { penalty: 10 } });
        expect(usedBy(found)).toEqual(expect.arrayContaining(['n1', 'l1', 'l2']));
        expect(usedBy(found)).toHaveLength(3);
      }
    },
  );

  test('is empty where nothing is planted, says so, and screening gives the relativity of the book', () => {
    for (const seed of [11, 12, 13, 14, 15]) {
      const book = tableOf(cardBook(seed, 4000, false));
      const empty = calibrate(book, { card: {} });
      expect(usedBy(empty)).toEqual([]);
      expect(modelNotes(cardOf(empty).notes)[0]).toContain('the card is empty');
      expect(cardText(empty)).toContain('the card is empty');
      const { relativity, interval, points, reasons } = screen(
        { applicantId: 'x', attributes: {} },
        empty,
      );
      expect([relativity, ...interval, points, reasons]).toEqual([1, 1, 1, 100, []]);
    }
  });

  test('gives the planted levels their signs and their relativities, within their errors', () => {
    const { attributes } = cardOf(model);
    const letter = attributes.find(({ attribute }) => attribute === 'l1');
    const of = (name: string) => letter?.levels.names.indexOf(name) ?? -1;
    const [a, b] = [of('A'), of('B')].map((level) => letter?.rows[level]);
    // Planted: A is 1.5 times as bad as B.
    const difference = (a?.coefficient ?? 0) - (b?.coefficient ?? 0);
    const error = Math.hypot(a?.standardError ?? 0, b?.standardError ?? 0);
    expect(Math.abs(difference - Math.log(1.5))).toBeLessThan(3 * error + 0.05);
    expect(a?.points).toBeGreaterThan(5);
  });

  test('points add, relativities multiply, and the expected claims are those of the book', () => {
    const card = cardOf(model);
    const { points, relativity } = cardScores(table, card);
    const { base, double } = card.points;
    let expected = 0;
    for (const row of points.keys()) {
      expect(points[row]).toBeCloseTo(base + double * Math.log2(relativity[row]), 9);
      expected +=
        relativity[row] *
        model.parameters.book.claimsPerPremium *
        table.columns.earned_premium[row];
    }
    const claims = table.columns.claim_count.reduce((total, count) => total + count, 0);
    expect(expected).toBeCloseTo(claims, 6);
  });

  test('a model with a card reads back to the same scores to the last bit', () => {
    const again = readModel(writeModel(model));
    expect(again).toEqual(model);
    const before = cardScores(table, cardOf(model));
    const after = cardScores(table, cardOf(again));
    expect(after).toEqual(before);
    const applicant = { applicantId: 1, attributes: { n1: 12.5, l1: 'A', l2: null } };
    expect(screen(applicant, again)).toEqual(screen(applicant, model));
  });

  test('a plan without a card gives the model and the grades it always gave', () => {
    const without = calibrate(table);
    expect(without.parameters).not.toHaveProperty('card');
    expect(without.plan).not.toHaveProperty('card');
    expect(assess(table, model).scores).toEqual(assess(table, without).scores);
  });

  test('the order of the rows changes nothing', () => {
    expect(calibrate(tableOf(rows.toReversed()), { card: {} })).toEqual(model);
  });

  test('ranks customers that it was not fitted on; premium alone, which is the same for all, does not', () => {
    const { judged } = cardOf(model);
    expect(judged?.by).toBe('cross-validation');
    expect(judged?.card.low).toBeGreaterThan(0.1);
    expect(judged?.premium.value).toBe(0);
    expect(judged?.gain.low).toBeGreaterThan(0.1);
  });

  test('a card that says nothing ranks nobody, whatever the folds it is judged on', () => {
    const flat = cardOf(calibrate(table, { card: { penalty: 1e9 } }));
    const points = flat.attributes.flatMap((one) => one.rows.map((row) => row.points));
    expect(new Set(points)).toEqual(new Set([0]));
    expect(flat.judged?.card).toEqual({ value: 0, low: 0, high: 0 });
  });

  test('who stands nowhere is as the book is, not better', () => {
    // Three attributes with strong effects: the book's average customer has 100 points.
    const nowhere = screen({ applicantId: 1, attributes: { n1: null, l1: null, l2: null } }, model);
    expect(nowhere.relativity).toBeGreaterThan(0.97);
    expect(nowhere.relativity).toBeLessThan(1.03);
    expect(nowhere.unseen).toEqual(['n1', 'l1', 'l2']);
    const { attributes } = cardOf(model);
    for (const { rows } of attributes) {
      const expected = rows.reduce((total, row) => total + row.expected, 0);
      const mean = rows.reduce((total, row) => total + row.expected * row.relativity, 0) / expected;
      // But for the rounding to points.
      expect(mean).toBeGreaterThan(0.98);
      expect(mean).toBeLessThan(1.02);
    }
  });

  test.each(['ascending', 'descending'] as const)(
    'is %s where asked, whatever the book shows',
    (trend) => {
      const card = cardOf(calibrate(table, { card: { trends: { n1: trend }, penalty: 5 } }));
      for (const { attribute, rows, levels } of card.attributes) {
        if (attribute !== 'n1') continue;
        const points = rows.filter((_, level) => level !== levels.missing).map((row) => row.points);
        const sorted = points.toSorted((a, b) => (trend === 'ascending' ? a - b : b - a));
        expect(points).toEqual(sorted);
      }
      expect(card.attributes.length).toBeGreaterThan(1);
    },
  );

  test('neighbours that go against a trend only beside other attributes are joined, too', () => {
    // Alone, the rate rises with the number; given the letter it falls.
    const counts: number[] = [];
    const labels: string[] = [];
    const numbers: string[] = [];
    for (let k = 0; k < 4000; k++) {
      const high = k % 2;
      const bad = k % 10 < (high ? 8 : 2);
      labels.push(bad ? 'bad' : 'good');
      numbers.push(String(high * 50 + (k % 40)));
      const rate = (bad ? 4 : 1) * (high ? 0.7 : 1);
      counts.push(Math.floor((k % 97) / 97 + rate * 0.2));
    }
    const coded = (name: string, values: string[]) => {
      const distinct = [...new Set(values)];
      return {
        name,
        labels: distinct,
        codes: Int32Array.from(values, (value) => distinct.indexOf(value)),
      };
    };
    const { card } = readPlan({ card: { trends: { number: 'ascending' }, penalty: 1 } });
    if (!card) throw new Error('expected a card');
    const drawn = selectCard(
      {
        ids: counts.map((_, k) => `C${k}`),
        counts: Float64Array.from(counts),
        expected: new Float64Array(counts.length).fill(0.4),
        exposure: new Float64Array(counts.length).fill(1),
        attributes: [coded('number', numbers), coded('letter', labels)],
      },
      card,
    );
    const points = drawn.attributes
      .find(({ attribute }) => attribute === 'number')
      ?.rows.map((row) => row.points);
    expect(points).toEqual(points?.toSorted((a, b) => a - b));
  });

  test.each([
    ['peak', 1],
    ['valley', -1],
  ] as const)(
    'a %s asked holds beside other attributes, which alone would turn it over',
    (trend, sign) => {
      const uniform = uniformFrom(5);
      const turned = Array.from({ length: 9000 }, (_, k) => {
        const age = Math.floor(uniform() * 60);
        const mid = age >= 20 && age < 40;
        // Alone the middle is dear (or cheap); given the group it is the other way round.
        const group = uniform() < (mid ? 0.9 : 0.1) ? 'a' : 'b';
        const rate =
          0.3 * ((group === 'a') === sign > 0 ? 2 : 0.4) * (mid === sign > 0 ? 0.8 : 1.25);
        const claims = uniform() < rate ? 1 : 0;
        return {
          customerId: `C${k}`,
          earnedPremium: 300,
          exposureYears: 1,
          claimCount: claims,
          incurredLoss: 500 * claims,
          tenureYears: 1,
          annualPremium: 300,
          age: String(age),
          group,
        };
      });
      const card = { trends: { age: trend }, penalty: 1 };
      const { attributes } = cardOf(calibrate(tableOf(turned), { card }));
      const points =
        attributes.find(({ attribute }) => attribute === 'age')?.rows.map((row) => row.points) ??
        [];
      const top = points.indexOf(Math.max(...points.map((value) => sign * value)) * sign);
      const along = (a: number, b: number) => sign * (a - b);
      expect(points.length).toBeGreaterThan(1);
      expect(points.slice(0, top + 1)).toEqual(points.slice(0, top + 1).toSorted(along));
      expect(points.slice(top)).toEqual(points.slice(top).toSorted((a, b) => along(b, a)));
    },
  );

  test('reads as a table', () => {
    const text = cardText(model);
    expect(text).toMatch(/^l1: A +\+\d+ +1\.\d\d +\d+ +\d+ +\d+$/m);
    expect(text).toContain('Scorecard: everybody begins with');
    expect(text).toContain('on each fifth of the customers');
  });

  test('is a picture with a bar for each level, named, with its points', () => {
    const { data } = cardChart(model) as { data: { values: { level: string; points: number }[] } };
    const levels = model.parameters.card?.attributes.flatMap(
      ({ attribute, levels: { names }, rows }) =>
        rows.map(({ points }, k) => ({ level: `${attribute}: ${names[k]}`, points })),
    );
    expect(levels?.length).toBeGreaterThan(3);
    expect(data.values.map(({ level, points }) => ({ level, points }))).toEqual(levels);
    expect(() => cardChart(calibrate(table))).toThrow('card');
  });

  test('attributes and trends that the book does not have are told with the nearest name', () => {
    const plan = (card: PlanInput['card']) => () => calibrate(table, { card });
    expect(plan({ attributes: ['N-1'] })).toThrow(
      'the book has no attribute "N-1" (did you mean "n1"?)',
    );
    expect(plan({ trends: { n99: 'ascending' } })).toThrow('plan, card.trends');
    expect(plan({ reportOn: ['sex'] })).toThrow('plan, card.reportOn');
    expect(plan({ penalty: 0 })).toThrow('plan, card.penalty');
  });

  test('a book of one customer, and one without claims, has an empty card', () => {
    expect(usedBy(calibrate(tableOf(rows.slice(0, 1)), { card: {} }))).toEqual([]);
    const without = rows.slice(0, 500).map((row) => ({ ...row, claimCount: 0, incurredLoss: 0 }));
    const empty = calibrate(tableOf(without), { card: {} });
    expect(usedBy(empty)).toEqual([]);
    expect(screen({ applicantId: 'x', attributes: {} }, empty).relativity).toBe(1);
  });
});

describe('protected attributes and the card', () => {
  // The worst letter under a name that grounds protect, and a stand-in that follows it in nine of ten.
  const protectedRows = rows.map(({ l1, l3, ...row }, k) => ({
    ...row,
    gender: l1 === 'A' ? 'f' : 'm',
    dialect: k % 10 === 0 ? l3 : l1,
  }));
  const book = tableOf(protectedRows);

  test('one that is not allowed is on no card, in no reason and in no text', () => {
    const guarded = calibrate(book, { card: {} });
    expect(JSON.stringify(guarded.parameters)).not.toMatch(/gender/i);
    expect(cardText(guarded)).not.toMatch(/gender/i);
    expect(usedBy(guarded)).toContain('dialect');
    const values = { n1: 5, l2: 'A', dialect: 'A', gender: 'f' };
    expect(JSON.stringify(screen({ applicantId: 1, attributes: values }, guarded))).not.toMatch(
      /gender/i,
    );
    for (const asked of [{ attributes: ['gender'] }, { trends: { gender: 'peak' } }] as const) {
      expect(() => calibrate(book, { card: asked as NonNullable<PlanInput['card']> })).toThrow(
        /card\.(attributes|trends): "gender" must not tell customers apart: .*prohibited\.allowed/,
      );
    }
  });

  test('one that is allowed by name is, and the reason stays in the model and the text', () => {
    const plan = { card: {}, prohibited: { allowed: { gender: 'studied for the regulator' } } };
    const allowed = calibrate(book, plan);
    expect(usedBy(allowed)).toContain('gender');
    expect(cardOf(allowed).allowed).toEqual({ gender: 'studied for the regulator' });
    expect(cardText(allowed)).toContain('gender, allowed by the plan: studied for the regulator');
  });

  test('a stand-in is reported: how much of the variance of points lies between its groups', () => {
    const grades = assess(book, calibrate(book, { card: {} }));
    const found = cardProxies(grades, 'gender');
    expect(found.flag).toBe('red');
    // The share by hand: of the points of every customer, weighed by years of cover.
    const { points } = cardScores(book, cardOf(grades.model));
    const years = book.columns.exposure_years;
    const women = book.attributes.find(({ name }) => name === 'gender');
    const mean = (of: (row: number) => boolean) => {
      const rows = [...points.keys()].filter(of);
      const cover = rows.reduce((total, row) => total + years[row], 0);
      return {
        cover,
        mean: rows.reduce((total, row) => total + years[row] * points[row], 0) / cover,
      };
    };
    const all = mean(() => true);
    const groups = [0, 1].map((code) => mean((row) => women?.codes[row] === code));
    const spread = points.reduce(
      (total, value, row) => total + years[row] * (value - all.mean) ** 2,
      0,
    );
    const between = groups.reduce(
      (total, group) => total + group.cover * (group.mean - all.mean) ** 2,
      0,
    );
    expect(found.explained).toBeCloseTo(between / spread, 9);
    const [one] = found.groups;
    expect(one.name).toBe('f');
    expect(
      one.actions.renew + one.actions.reprice + one.actions.restrict + one.actions.refer,
    ).toBeCloseTo(1, 9);
    expect(cardProxies(grades, 'n5').flag).toBe('green');
    expect(() => cardProxies(grades, 'gendre')).toThrow('did you mean "gender"');
  });
});
