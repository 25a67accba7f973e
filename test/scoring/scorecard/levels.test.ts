import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Attribute, readIndicators, readPlan } from '../../../src/index.js';
import { levelColumn } from '../../../src/scoring/scorecard/levels.js';
import { fitLevels, levelOf, usableAttributes } from '../../../src/stats.js';
import '../../support/seed.js';

/** An attribute from a label a row. */
function attributeOf(values: readonly (string | undefined)[], name = 'a'): Attribute {
  const labels = [...new Set(values.filter((value) => value !== undefined))];
  const codes = Int32Array.from(values, (value) =>
    value === undefined ? -1 : labels.indexOf(value),
  );
  return { name, labels, codes };
}

const ones = (length: number) => new Float64Array(length).fill(1);
const times = <T>(count: number, value: T): T[] => new Array(count).fill(value);

describe('levels of words', () => {
  test('a label under the minimum exposure is gathered as other, and missing stands alone', () => {
    const attribute = attributeOf([
      ...times(30, 'north'),
      ...times(25, 'south'),
      ...times(19, 'isle'),
      ...times(3, 'ship'),
      undefined,
    ]);
    const levels = fitLevels(attribute, ones(78), new Float64Array(78));
    expect(levels).toEqual({
      attribute: 'a',
      kind: 'category',
      names: ['north', 'south', 'other', 'missing'],
      labels: [['north'], ['south'], ['isle', 'ship'], []],
      missing: 3,
    });
    expect(levelOf(levels, 'ship')).toEqual({ position: 2, seen: true });
    // What the book does not have may be anything: it is not taken for one of the thin.
    expect(levelOf(levels, 'moon')).toEqual({ position: -1, seen: false });
    expect(levelOf(levels, undefined)).toEqual({ position: 3, seen: true });
  });

  test('where nothing is gathered an unseen label has no level, and so has a missing value', () => {
    const levels = fitLevels(attributeOf(times(40, 'north')), ones(40), new Float64Array(40));
    expect(levels.names).toEqual(['north']);
    expect(levelOf(levels, 'moon')).toEqual({ position: -1, seen: false });
    expect(levelOf(levels, undefined)).toEqual({ position: -1, seen: false });
  });

  test('few distinct numbers are labels, in the order of numbers', () => {
    const attribute = attributeOf(['10', '2', '1'].flatMap((label) => times(40, label)));
    expect(fitLevels(attribute, ones(120), new Float64Array(120)).names).toEqual(['1', '2', '10']);
  });

  test('labels that no row has make no level', () => {
    const attribute = { ...attributeOf(times(40, 'north')), labels: ['north', 'future'] };
    expect(fitLevels(attribute, ones(40), new Float64Array(40)).names).toEqual(['north']);
  });

  test('a label called missing or other stands with what is gathered under that name', () => {
    const attribute = attributeOf([
      ...times(40, 'other'),
      ...times(40, 'missing'),
      ...times(40, 'north'),
      'thin',
      undefined,
    ]);
    const levels = fitLevels(attribute, ones(122), new Float64Array(122));
    expect(levels.names).toEqual(['north', 'other', 'missing']);
    expect(levelOf(levels, 'missing').position).toBe(2);
    expect(levelOf(levels, 'thin').position).toBe(levelOf(levels, 'other').position);
  });
});

/** Customers with an age from 18 to 77, a year each, claims by a rate of the age. */
const aged = (rate: (age: number) => number, perAge = 40) => {
  const ages = Array.from({ length: 60 * perAge }, (_, row) => 18 + (row % 60));
  const events = Float64Array.from(ages, (age, row) => {
    // Spread evenly: of perAge customers of an age, the share `rate` has a claim.
    const turn = Math.floor(row / 60);
    return Math.floor((turn + 1) * rate(age)) - Math.floor(turn * rate(age));
  });
  return { attribute: attributeOf(ages.map(String), 'age'), events, years: ones(ages.length) };
};

describe('levels of numbers', () => {
  test('bins go where the rate changes: a step is found, and a flat line stays one bin', () => {
    const { attribute, events, years } = aged((age) => (age < 36 ? 0.5 : 0.1));
    expect(fitLevels(attribute, years, events).names).toEqual(['up to 35.5', 'above 35.5']);
    const flat = aged(() => 0.25);
    expect(fitLevels(flat.attribute, flat.years, flat.events).names).toEqual(['any number']);
  });

  test('a hill is three bins, and one top where a peak is asked', () => {
    const { attribute, events, years } = aged((age) => (age >= 30 && age < 48 ? 0.5 : 0.1));
    const expected = ['up to 29.5', '29.5 to 47.5', 'above 47.5'];
    expect(fitLevels(attribute, years, events).names).toEqual(expected);
    expect(fitLevels(attribute, years, events, { trend: 'peak' }).names).toEqual(expected);
  });

  test('a number on a cut stands below it, and what is no number has no level', () => {
    const { attribute, events, years } = aged((age) => (age < 36 ? 0.5 : 0.1));
    const levels = fitLevels(attribute, years, events);
    expect(levelOf(levels, '35.5').position).toBe(0);
    expect(levelOf(levels, '36').position).toBe(1);
    expect(levelOf(levels, 'old')).toEqual({ position: -1, seen: false });
    // What a program takes for a number, but nobody writes.
    expect(levelOf(levels, '0x14').seen).toBe(false);
  });

  test('a number a little beyond those of the book counts as seen, one far beyond does not', () => {
    const { attribute, events, years } = aged((age) => (age < 36 ? 0.5 : 0.1));
    const levels = fitLevels(attribute, years, events);
    const [low, high] = [Math.min, Math.max].map((of) => of(...attribute.labels.map(Number)));
    const tenth = (high - low) / 10;
    expect(levelOf(levels, String(high + tenth - 0.1))).toEqual({ position: 1, seen: true });
    expect(levelOf(levels, String(low - tenth + 0.1))).toEqual({ position: 0, seen: true });
    for (const far of [high + tenth + 0.1, low - tenth - 0.1, 99_999]) {
      expect(levelOf(levels, String(far))).toEqual({ position: -1, seen: false });
      const column = attributeOf([String(far)], 'age');
      expect([...levelColumn(levels, column)]).toEqual([-1]);
    }
  });

  test('a trend is asked of numbers only, and only one that there is', () => {
    const words = attributeOf(times(40, 'north'));
    const fit = (attribute: Attribute, trend: string) => () =>
      fitLevels(attribute, ones(40), ones(40), { trend: trend as 'free' });
    expect(fit(words, 'ascending')).toThrow(/not made of numbers/);
    expect(fit(words, 'up')).toThrow(/expected a trend of free, ascending/);
    expect(() => fitLevels(words, ones(3), ones(40))).toThrow(/expected columns of 40 rows/);
  });
});

/** Rows of (number or missing, exposure, claims). */
const rows = fc.array(
  fc.record({
    value: fc.option(fc.integer({ min: -40, max: 40 }), { nil: undefined, freq: 12 }),
    exposure: fc.double({ min: 0.1, max: 9, noNaN: true }),
    events: fc.nat(3),
  }),
  { minLength: 30, maxLength: 150 },
);
const columnsOf = (
  of: readonly { value?: number | undefined; exposure: number; events: number }[],
) => ({
  attribute: attributeOf(of.map(({ value }) => (value === undefined ? undefined : String(value)))),
  years: Float64Array.from(of, ({ exposure }) => exposure),
  events: Float64Array.from(of, ({ events }) => events),
});

describe('laws of levels', () => {
  test('where a trend is asked, the claim rates of the bins follow it', () => {
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(
          'ascending' as const,
          'descending' as const,
          'peak' as const,
          'valley' as const,
        ),
        (of, trend) => {
          const { attribute, years, events } = columnsOf(of);
          fc.pre(attribute.labels.length > 0);
          const levels = fitLevels(attribute, years, events, { trend, minimumExposure: 5 });
          const at = levelColumn(levels, attribute);
          expect(at.every((position) => position >= 0)).toBe(true);
          const rates = levels.names.flatMap((_, level) => {
            if (level === levels.missing) return [];
            const total = (column: Float64Array) =>
              column.reduce((sum, value, row) => sum + (at[row] === level ? value : 0), 0);
            return [total(events) / total(years)];
          });
          const ways = rates.slice(1).map((rate, k) => Math.sign(rate - rates[k]));
          const changes = ways.filter((way, k) => k > 0 && way !== ways[k - 1]).length;
          const first = trend === 'ascending' || trend === 'peak' ? 1 : -1;
          if (trend === 'ascending' || trend === 'descending') {
            expect(ways.every((way) => way === first)).toBe(true);
          } else {
            expect(changes === 0 || (changes === 1 && ways[0] === first)).toBe(true);
          }
        },
      ),
    );
  });

  test('every bin has the minimum exposure, unless there is but one', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (of, merge) => {
        const { attribute, years, events } = columnsOf(of);
        const levels = fitLevels(attribute, years, events, { minimumExposure: 20, merge });
        const at = levelColumn(levels, attribute);
        if (levels.kind !== 'number' || levels.cuts.length === 0) return;
        for (let level = 0; level <= levels.cuts.length; level++) {
          const total = years.reduce((sum, value, row) => sum + (at[row] === level ? value : 0), 0);
          expect(total).toBeGreaterThan(20 - 1e-9);
        }
      }),
    );
  });

  test('each row has the level that its label alone has, and the order of rows changes no level', () => {
    fc.assert(
      fc.property(rows, (of) => {
        const { attribute, years, events } = columnsOf(of);
        const levels = fitLevels(attribute, years, events);
        const at = levelColumn(levels, attribute);
        of.forEach(({ value }, row) => {
          const label = value === undefined ? undefined : String(value);
          expect(levelOf(levels, label)).toEqual({ position: at[row], seen: true });
        });
        const back = columnsOf(of.toReversed());
        const again = fitLevels(back.attribute, back.years, back.events);
        expect(again.names).toEqual(levels.names);
      }),
    );
  });
});

describe('attributes that must not tell customers apart', () => {
  const tableOf = (attributes: Record<string, string>) =>
    readIndicators([
      {
        customerId: 'Ann',
        earnedPremium: 900,
        exposureYears: 3,
        claimCount: 0,
        incurredLoss: 0,
        tenureYears: 3,
        annualPremium: 300,
        ...attributes,
      },
    ]).table;
  const usable = (names: readonly string[], prohibited = {}) =>
    usableAttributes(
      tableOf(Object.fromEntries(names.map((name) => [name, 'x']))),
      readPlan({ prohibited }),
    );
  const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name);

  test('what is protected anywhere is left out everywhere, however it is written', () => {
    const { used, excluded } = usable(['Gender', 'marital status', 'RELIGION', 'region']);
    expect(namesOf(used)).toEqual(['region']);
    expect(namesOf(excluded)).toEqual(['Gender', 'marital status', 'RELIGION']);
  });

  test('an attribute is used once the plan says why, and the reason comes along', () => {
    const { used, excluded, allowed } = usable(['Gender', 'religion'], {
      allowed: { gender: 'asked by the supervisor' },
    });
    expect(namesOf(used)).toEqual(['Gender']);
    expect(allowed).toEqual([{ name: 'Gender', because: 'asked by the supervisor' }]);
    expect(namesOf(excluded)).toEqual(['religion']);
  });

  test('to allow one ground does not allow what another in force bars', () => {
    const because = 'tried in court';
    const one = { jurisdictions: ['EU'], allowed: { 'eu-sex': because } };
    expect(usable(['sex'], one).allowed).toEqual([{ name: 'sex', because }]);
    const two = { jurisdictions: ['EU', 'UK'], allowed: { 'eu-sex': because } };
    expect(usable(['sex'], two).excluded[0].because).toMatch(/^barred by uk-protected \(UK: /);
  });

  test("a plan's own ground bars its attributes where it is in force", () => {
    const grounds = [
      {
        code: 'no-postcode',
        jurisdiction: 'house',
        text: 'no postcodes',
        citation: 'board',
        date: '2020-01-01',
        attributes: ['postcode'],
      },
    ];
    expect(namesOf(usable(['Postcode'], { grounds, jurisdictions: ['house'] }).excluded)).toEqual([
      'Postcode',
    ]);
    expect(namesOf(usable(['Postcode'], { grounds }).used)).toEqual(['Postcode']);
  });
});
