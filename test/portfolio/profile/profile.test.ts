import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  type Grades,
  indicators,
  MisuseError,
  type PlanInput,
  readBook,
  readExperience,
  readIndicators,
  summarize,
} from '../../../src/index.js';
import { oneWayChart } from '../../../src/portfolio/profile/charts.js';
import { adjusted } from '../../../src/portfolio/profile/tests.js';
import { showProfile } from '../../../src/portfolio/profile/view.js';
import { type Profile, type ProfileOptions, profile } from '../../../src/portfolio.js';
import { toText } from '../../../src/report/show.js';
import { rateTest, testOf } from '../../../src/scoring/statistics/chance-test.js';
import { chance } from '../../../src/simulate/random.js';
import { weightOfEvidence } from '../../../src/stats.js';
import { attributeBook, drivers } from '../../support/attribute-book.js';
import { foundIn } from '../../support/named.js';
import { asOf, shuffledRows, withPremium } from '../../support/random-book.js';
import { runs } from '../../support/slow.js';
import '../../support/seed.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';

describe('weight of evidence', () => {
  test('of the textbook classes is what ../shared/oracles states', () => {
    const { weights, informationValue } = weightOfEvidence(
      [50, 75, 125, 175, 200],
      [120, 110, 90, 80, 70],
    );
    const stated = [-1.16048769, -0.66801121, 0.04348511, 0.49774038, 0.76480317];
    weights.forEach((weight, k) => {
      expect(weight).toBeCloseTo(stated[k], 8);
    });
    expect(informationValue).toBeCloseTo(0.4654832035, 10);
  });

  test('is finite where a class has no good or no bad, and never turns what the class says', () => {
    const counts = fc.array(fc.nat(9), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(counts, counts, (goods, bads) => {
        const length = Math.min(goods.length, bads.length);
        const [g, b] = [goods.slice(0, length), bads.slice(0, length)];
        const [allGood, allBad] = [g, b].map((of) => of.reduce((sum, n) => sum + n, 0));
        const { weights, informationValue } = weightOfEvidence(g, b);
        if (allGood === 0 || allBad === 0) {
          expect(weights.every(Number.isNaN)).toBe(true);
          return;
        }
        expect(informationValue).toBeGreaterThanOrEqual(0);
        weights.forEach((weight, k) => {
          expect(Number.isFinite(weight)).toBe(true);
          const says = g[k] / allGood - b[k] / allBad;
          expect(weight * says).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  test('wants two lists of counts', () => {
    expect(() => weightOfEvidence([1], [1, 2])).toThrow('expected as many bads as goods');
    expect(() => weightOfEvidence([1, Number.NaN], [1, 2])).toThrow('got NaN');
  });
});

describe('the tests of a profile', () => {
  test('adjusted p-values are those of Benjamini and Hochberg (1995), section 3.2, times the sum of 2001', () => {
    const pValues = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
      0.6528, 0.759, 1,
    ];
    const tests = pValues.map((pValue) => ({ statistic: 0, degreesOfFreedom: 1, pValue }));
    const values = adjusted([null, ...tests.toReversed()], 1).map((test) => test?.adjusted ?? -1);
    // 1 + 1 ⁄ 2 + … + 1 ⁄ 15; without it four are named at 5 %, and the fifth, 0.0603, is not.
    const together = 1195757 / 360360;
    expect(values[0]).toBe(-1);
    expect(values[15] / together).toBeCloseTo(0.0015, 12);
    expect(values[12] / together).toBeCloseTo(0.035625, 12);
    expect(values[11] / together).toBeCloseTo(0.0603, 12);
    expect(values[1]).toBe(1);
    expect(adjusted(tests, 2)[0]?.adjusted).toBeCloseTo(2 * together * 0.0015, 12);
  });

  test('two groups of 10 and 20 claims where 15 each are expected: 3.33 on one degree', () => {
    const groups = [10, 20].map((claims) => ({ claims, expected: 15, squares: 15 }));
    const found = rateTest(groups, 0);
    expect(found?.statistic).toBeCloseTo(10 / 3, 12);
    expect(found?.degreesOfFreedom).toBe(1);
    expect(found?.pValue).toBeCloseTo(0.0679, 4);
    // Customers who differ anyway, at a variance of 1 and one expected claim each, make it half.
    expect(rateTest(groups, 1)?.statistic).toBeCloseTo(5 / 3, 12);
    expect(rateTest([groups[0], { claims: 9, expected: 4, squares: 4 }], 0)).toBeNull();
  });

  test('the 95 % quantile of chi-squared on four degrees, 9.488, has a p-value of 5 %', () => {
    expect(testOf(9.487729036781154, 4).pValue).toBeCloseTo(0.05, 10);
  });
});

const seeds = [1, 2, 3, 4, 5];

describe('on books with three planted drivers among twenty attributes', () => {
  const profiles = seeds.map((seed) => profile(attributeBook(seed)));
  const planted = {
    attributes: [drivers.category, drivers.number].sort(),
    pairs: [drivers.pair.join(' × ')],
  };

  test('the profile finds the category, the number and the pair, and hardly ever another', () => {
    let named = 0;
    let wrong = 0;
    for (const result of profiles) {
      const found = foundIn(result);
      expect(found.attributes).toEqual(expect.arrayContaining(planted.attributes));
      expect(found.pairs).toEqual(expect.arrayContaining(planted.pairs));
      named += found.attributes.length + found.pairs.length;
      wrong += found.attributes.length + found.pairs.length - 3;
    }
    expect(wrong / named).toBeLessThanOrEqual(0.1);
  });

  test('the bins of the number come out at the planted turns, dear at both ends', () => {
    for (const { attributes } of profiles) {
      const levels = attributes.find(({ name }) => name === drivers.number)?.levels ?? [];
      const lifts = levels.map(({ lift }) => lift ?? 0);
      expect(levels.length).toBeGreaterThanOrEqual(3);
      // Planted: 1.8 below 30, 0.8, 1.6 above 65; a cut can only stand where a tenth ends.
      expect(Number(levels[0].level.replace('up to ', ''))).toBeCloseTo(30, -1);
      expect(lifts[0]).toBeGreaterThan(1.25);
      expect(lifts.at(-1)).toBeGreaterThan(1.15);
      expect(Math.min(...lifts)).toBeLessThan(0.8);
    }
  });

  test('the pair is told by its cells: each alone gives 1, together about 1.45 and 0.55', () => {
    for (const { pairs } of profiles) {
      const cells = pairs.named[0].cells;
      expect(cells).toHaveLength(4);
      for (const { levels, lift, liftOfEach } of cells) {
        expect(liftOfEach).toBeGreaterThan(0.85);
        expect(liftOfEach).toBeLessThan(1.15);
        if (levels[0] === levels[1]) expect(lift).toBeGreaterThan(1.25);
        else expect(lift).toBeLessThan(0.75);
      }
    }
  });

  test('a lift is drawn toward the book and no further, and lies in its interval', () => {
    for (const { attributes } of profiles) {
      for (const level of attributes.flatMap(({ levels }) => levels)) {
        const { lift, credibleLift, liftLow, liftHigh } = level;
        const [own, drawn] = [(lift ?? 0) - 1, (credibleLift ?? 0) - 1];
        expect(own * drawn).toBeGreaterThanOrEqual(0);
        expect(Math.abs(drawn)).toBeLessThanOrEqual(Math.abs(own));
        expect(lift).toBeGreaterThan(liftLow ?? 0);
        expect(lift).toBeLessThan(liftHigh ?? 0);
      }
    }
  });
});

describe('on books of chance alone', () => {
  const profiles = seeds.map((seed) => profile(attributeBook(100 + seed, { drive: false })));

  test('nothing is found, whatever has a small p-value among so many', () => {
    for (const result of profiles) expect(foundIn(result)).toEqual({ attributes: [], pairs: [] });
  });

  test('about a twentieth of the pairs, and few attributes, are told as perhaps chance', () => {
    const looks = profiles.reduce((sum, { pairs }) => sum + pairs.tested, 0);
    const perhaps = profiles.reduce((sum, { pairs }) => sum + pairs.named.length, 0);
    expect(looks).toBe(5 * 190);
    expect(perhaps / looks).toBeGreaterThan(0.025);
    expect(perhaps / looks).toBeLessThan(0.075);
    const alone = profiles.flatMap(({ attributes }) =>
      attributes.filter(({ test }) => (test?.pValue ?? 1) < 0.05),
    );
    expect(alone.every(({ finding }) => finding === 'perhaps-chance')).toBe(true);
    expect(alone.length).toBeLessThan(12);
  });
});

/** Forty customers with a year each, a claim of 100 for every other. */
const forty = (attributes: (k: number) => object, plan: PlanInput = {}): Grades => {
  const { table } = readIndicators(
    Array.from({ length: 40 }, (_, k) => ({
      customerId: `C${k}`,
      earnedPremium: 200,
      exposureYears: 1,
      claimCount: k % 2,
      incurredLoss: 100 * (k % 2),
      tenureYears: 1,
      annualPremium: 200,
      ...attributes(k),
    })),
  );
  return assess(table, calibrate(table, plan));
};

describe('the figures of a level', () => {
  test('10 claims where 10 are expected: lift 1 between 0.5425 and 1.6962 (Garwood 1936)', () => {
    const half = profile(
      forty((k) => ({ half: k < 20 ? 'first' : 'second' })),
      { minimumExposure: 1 },
    );
    const [first] = half.attributes[0].levels;
    expect(first).toMatchObject({ level: 'first', customers: 20, claims: 10, lift: 1 });
    expect(first.liftLow).toBeCloseTo(0.54254, 5);
    expect(first.liftHigh).toBeCloseTo(1.69622, 5);
    expect(first.lossRatio).toBe(0.25);
    // Losses of 0 and 100 half and half: 10 × √(20 × 50² ÷ 19 × 20 ⁄ 20²) a customer, of 200.
    const error = Math.sqrt((20 * 50 ** 2 * 20) / 19) / 4000;
    expect(first.lossRatioHigh).toBeCloseTo(0.25 + 1.6448536 * error, 7);
  });

  test('without a claim there is nothing to tell, and no figure is made up', () => {
    const { table } = readIndicators([
      {
        customerId: 'Ann',
        earnedPremium: 900,
        exposureYears: 3,
        claimCount: 0,
        incurredLoss: 0,
        tenureYears: 3,
        annualPremium: 300,
        region: 'north',
        channel: 'broker',
      },
    ]);
    const alone = profile(assess(table, calibrate(table)));
    expect(alone.attributes[0]).toMatchObject({ finding: 'not-tested', test: null });
    expect(alone.attributes[0].levels[0]).toMatchObject({
      level: 'other',
      customers: 1,
      lift: null,
      credibleLift: null,
      weightOfEvidence: null,
    });
    expect(alone.pairs).toEqual({ tested: 0, named: [] });
    expect(alone.notes[0]).toBe('there are no claims to analyse');
    expect(toText(alone)).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  test('missing values are a level of their own', () => {
    const grades = forty((k) => ({ half: k < 20 ? 'first' : '' }));
    const [{ levels }] = profile(grades, { minimumExposure: 1 }).attributes;
    expect(levels.map(({ level, customers }) => [level, customers])).toEqual([
      ['first', 20],
      ['missing', 20],
    ]);
  });
});

describe('laws of a profile', () => {
  const gradesOf = (policies: object[], claims: object[]) => {
    const table = indicators(readBook(policies, claims).book, { asOf });
    return assess(table, calibrate(table));
  };
  const look = { minimumExposure: 0.5 };

  test('the levels of every attribute add up to the book, in customers and to the cent', () => {
    fc.assert(
      fc.property(withPremium, ({ policies, claims }) => {
        const grades = gradesOf(policies, claims);
        const result = profile(grades, look);
        const book = summarize(grades);
        for (const of of ['customers', 'claims', 'earnedPremium', 'incurred'] as const) {
          expect(result[of]).toBeCloseTo(book[of], 6);
          for (const { levels } of result.attributes) {
            expect(levels.reduce((sum, level) => sum + level[of], 0)).toBeCloseTo(book[of], 6);
          }
        }
      }),
      { numRuns: runs(25) },
    );
  });

  test('the order of rows changes nothing, to the last bit', () => {
    fc.assert(
      fc.property(withPremium.chain(shuffledRows), ({ book, policies, claims }) => {
        expect(profile(gradesOf(policies, claims), look)).toEqual(
          profile(gradesOf(book.policies, book.claims), look),
        );
      }),
      { numRuns: runs(25) },
    );
  });

  test('a change of currency changes no lift, no test and no evidence', () => {
    fc.assert(
      fc.property(withPremium, ({ policies, claims }) => {
        const before = profile(gradesOf(policies, claims), look);
        const after = profile(
          gradesOf(
            policies.map((row) => ({ ...row, premium: row.premium * 8 })),
            claims.map((row) => ({ ...row, paid: row.paid * 8, reserve: row.reserve * 8 })),
          ),
          look,
        );
        const unpriced = ({ attributes, pairs }: Profile) => ({
          pairs,
          attributes: attributes.map(({ levels, ...rest }) => ({
            ...rest,
            levels: levels.map(({ earnedPremium, incurred, ...level }) => level),
          })),
        });
        expect(unpriced(after)).toEqual(unpriced(before));
        expect(after.earnedPremium).toBe(8 * before.earnedPremium);
      }),
      { numRuns: runs(25) },
    );
  });
});

describe('pairs', () => {
  // 3,200 customers with a claim each in a table of two levels by four; an eighth in a cell.
  const pairBook = (
    a: (k: number) => number,
    b: (k: number) => number,
    claims = (_: number) => 1,
  ) => {
    const { table } = readIndicators(
      Array.from({ length: 3200 }, (_, k) => ({
        customerId: `C${k}`,
        earnedPremium: 200,
        exposureYears: 1,
        claimCount: claims(k),
        incurredLoss: claims(k),
        tenureYears: 1,
        annualPremium: 200,
        a: `a${a(k)}`,
        b: `b${b(k)}`,
      })),
    );
    return profile(assess(table, calibrate(table))).pairs;
  };

  test('degrees of freedom are (levels − 1) × (levels − 1) of a whole table', () => {
    // One cell in eight has twice the claims: no lifts of rows and columns give that.
    const { named } = pairBook(
      (k) => k % 2,
      (k) => Math.floor(k / 2) % 4,
      (k) => (k % 8 === 0 ? 2 : 1),
    );
    expect(named[0].test.degreesOfFreedom).toBe(3);
    const [dear] = named[0].cells.filter(({ levels }) => levels.join() === 'a0,b0');
    expect(dear.lift).toBeCloseTo(16 / 9, 12);
    expect(dear.liftOfEach).toBeLessThan(1.6);
  });

  test('attributes of which one follows from the other leave nothing to test', () => {
    const nested = pairBook(
      (k) => Math.floor((k % 4) / 2),
      (k) => k % 4,
    );
    expect(nested.tested).toBe(0);
  });

  test('what one attribute tells by labels that are gathered for pairs is no pair', () => {
    // Farm and moto are under a tenth of the book; claims hang on the line alone, fuel goes with it.
    const random = chance(11);
    const rates = { car: 0.1, van: 0.14, moto: 0.25, farm: 0.03 };
    const diesel = { car: 0.5, van: 0.5, moto: 0.05, farm: 0.95 };
    const rows = Array.from({ length: 20_000 }, (_, k) => {
      const draw = random.between(0, 1);
      const vehicle = draw < 0.6 ? 'car' : draw < 0.91 ? 'van' : draw < 0.96 ? 'moto' : 'farm';
      const claims = random.poisson(3 * rates[vehicle]);
      return {
        customerId: `C${k}`,
        earnedPremium: 900,
        exposureYears: 3,
        claimCount: claims,
        incurredLoss: 500 * claims,
        tenureYears: 3,
        annualPremium: 300,
        vehicle,
        fuel: random.between(0, 1) < diesel[vehicle] ? 'D' : 'P',
      };
    });
    const { table } = readIndicators(rows);
    const told = foundIn(profile(assess(table, calibrate(table))));
    expect(told.attributes).toContain('vehicle');
    expect(told.pairs).toEqual([]);
  });

  test('in two blocks that share no level, each has its own degrees of freedom', () => {
    const { named } = pairBook(
      (k) => 2 * (k % 2) + (Math.floor(k / 2) % 2),
      (k) => 2 * (k % 2) + (Math.floor(k / 4) % 2),
      (k) => (k % 8 === 0 ? 2 : 1),
    );
    expect(named[0].test.degreesOfFreedom).toBe(2);
  });
});

describe('a protected attribute', () => {
  const ground = {
    code: 'house-rule',
    jurisdiction: 'house',
    text: 'customers must not be told apart by word_3',
    citation: 'board',
    date: '2020-01-01',
    attributes: ['word 3'],
  };
  const prohibited = { jurisdictions: ['house'], grounds: [ground] };
  const barred = attributeBook(1, { customers: 1500, plan: { prohibited } });

  test('reaches no figure, pair or picture, however strongly it tells claims apart', () => {
    const { excluded, ...rest } = profile(barred);
    expect(excluded.map(({ name }) => name)).toEqual(['word_3']);
    expect(rest.attributes).toHaveLength(19);
    expect(JSON.stringify(rest)).not.toMatch(/word_3/);
    for (const { name } of rest.attributes) {
      expect(JSON.stringify(oneWayChart({ excluded, ...rest }, name))).not.toMatch(/word_3/);
    }
    expect(toText(showProfile({ excluded, ...rest })).match(/word_3/g)).toHaveLength(1);
    expect(() => profile(barred, { attributes: ['word_3'] })).toThrow('barred by house-rule');
    expect(() => oneWayChart({ excluded, ...rest }, 'word_3')).toThrow('has no attribute "word_3"');
  });

  test('is used once the plan allows it by name, and the reason is told and kept in the model', () => {
    const allowed = { WORD_3: 'a study the board asked for' };
    const grades = attributeBook(1, {
      customers: 1500,
      plan: { prohibited: { ...prohibited, allowed } },
    });
    const result = profile(grades);
    expect(foundIn(result).attributes).toContain('word_3');
    expect(result.allowed).toEqual([{ name: 'word_3', because: allowed.WORD_3 }]);
    expect(grades.model.plan.prohibited?.allowed).toEqual(allowed);
  });

  test('such as sex is excluded whether or not a jurisdiction is in force', () => {
    const { attributes, excluded } = profile(
      forty((k) => ({ Sex: k % 3 ? 'f' : 'm', region: 'x' })),
    );
    expect(attributes.map(({ name }) => name)).toEqual(['region']);
    expect(excluded[0].name).toBe('Sex');
  });
});

describe('the one-way chart', () => {
  const told = profile(
    forty((k) => ({ age: 20 + k, half: k < 20 ? 'first' : 'second' })),
    { minimumExposure: 5, trends: { age: 'descending' } },
  );
  const chartOf = (name: string) => oneWayChart(told, name) as Record<string, unknown>;

  test('has a bar a level that add up to the exposure, and the loss ratio within its interval', () => {
    const { values } = chartOf('half').data as { values: Record<string, number>[] };
    expect(values.map(({ level }) => level)).toEqual(['first', 'second']);
    expect(values.reduce((sum, { years }) => sum + years, 0)).toBe(told.exposureYears);
    for (const { low, lossRatio, high } of values) {
      expect(low).toBeLessThan(lossRatio);
      expect(high).toBeGreaterThan(lossRatio);
    }
  });

  test('joins the levels of numbers by a line, and those of words by none', () => {
    expect(JSON.stringify(chartOf('age'))).toContain('"type":"line"');
    expect(JSON.stringify(chartOf('half'))).not.toContain('"type":"line"');
    expect(JSON.stringify(chartOf('half').title)).toContain('half: nothing found');
  });

  test('every look is told to who asks, the last one as the last', () => {
    const looks: [number, number][] = [];
    profile(twoAttributes, { onLook: (done, all) => looks.push([done, all]) });
    expect(looks).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });
});
const twoAttributes = forty((k) => ({ a: k % 2 ? 'x' : 'y', b: 'z' }));

describe('misuse', () => {
  const grades = forty((k) => ({ region: k % 2 ? 'a' : 'b' }));
  test.each([
    [{ attributes: ['regoin'] }, 'the book has no attribute "regoin" (did you mean "region"?)'],
    [{ trends: { region: 'ascending' as const } }, 'which is not made of numbers'],
    [{ falseDiscoveryRate: 1 }, 'expected a falseDiscoveryRate between 0 and 1'],
    [{ falseDiscoveryRate: Number.NaN }, 'expected a falseDiscoveryRate between 0 and 1, got NaN'],
    [{ minimumExposure: -5 }, 'expected a minimumExposure in years, 0 or more, got -5'],
    [{ minimumExposure: Number.NaN }, 'expected a minimumExposure in years, 0 or more, got NaN'],
    [
      { attributes: 'region' },
      'expected attributes as a list of names, like [\'age\'], got "region"',
    ],
    [{ trends: null }, 'expected trends by attribute'],
    [null, 'profile: expected options as an object, got null'],
    ['region', 'profile: expected options as an object, got "region"'],
    [{ from: '2024-01-01', until: '2025-01-01' }, 'unknown option "from"'],
    [{ atributes: [] }, 'unknown option "atributes" (did you mean "attributes"?)'],
  ])('%j is answered with what to do', (options, answer) => {
    const act = () => profile(grades, options as ProfileOptions);
    expect(act).toThrow(MisuseError);
    expect(act).toThrow(answer);
  });

  test('a text among numbers is told, for no ranges are cut then', () => {
    const told = (text: (k: number) => string | undefined) =>
      profile(forty((k) => ({ age: text(k) ?? String(20 + k), code: k % 2 ? 'A' : '7' }))).notes;
    const note = (texts: string) => `age: all but ${texts} are numbers; so none is cut into ranges`;
    expect(told((k) => (k === 7 ? 'abc' : undefined))).toContain(note('"abc"'));
    expect(told((k) => ['u', 'old', 'v', 'w', 'x'][k])).toContain(
      note('"old", "u", "v", 2 more values'),
    );
    expect(told(() => undefined).join()).not.toContain('are numbers');
    expect(told((k) => (k % 9 ? 'abc' : undefined)).join()).not.toContain('are numbers');
  });
});

describe('with two dates', () => {
  // Brokers' customers claimed before the day, agents' after it; then all go by telephone.
  const policies = Array.from({ length: 200 }, (_, k) =>
    [2022, 2023, 2024].map((year) => ({
      customerId: `C${k}`,
      policyId: `P${k}`,
      from: `${year}-01-01`,
      to: `${year + 1}-01-01`,
      premium: 300,
      channel: year === 2024 ? 'telephone' : k % 2 ? 'broker' : 'agent',
    })),
  ).flat();
  const claims = Array.from({ length: 200 }, (_, k) => k).flatMap((k) => {
    const claim = (day: string) => ({
      claimId: `${k} ${day}`,
      policyId: `P${k}`,
      occurredOn: day,
      paid: 900,
    });
    return k % 2 ? [claim('2022-06-01'), claim('2023-06-01')] : [claim('2024-06-01')];
  });
  const { book } = readBook(policies, claims);
  const days = { from: '2024-01-01', until: '2025-01-01' };

  test('tiers and attributes are of the first day, claims and losses of what followed', () => {
    const result = profile(book, days);
    expect(result).toMatchObject({
      asOf: days.from,
      claims: 100,
      incurred: 90_000,
      customers: 200,
    });
    expect(result.earnedPremium).toBeCloseTo(60_000, 6);
    const [channel] = result.attributes;
    expect(
      channel.levels.map(({ level, claims, highRiskShare }) => [level, claims, highRiskShare]),
    ).toEqual([
      ['agent', 100, 0],
      ['broker', 0, 1],
    ]);
  });

  test('those with cover of whom nothing was known are counted', () => {
    const newcomers = [0, 1].map((k) => ({
      ...policies[2],
      customerId: `N${k}`,
      policyId: `N${k}`,
    }));
    const { customers, notes } = profile(readBook([...policies, ...newcomers], claims).book, days);
    expect(customers).toBe(200);
    expect(notes).toContain(
      '2 customers with cover in these days had none before 2024-01-01: nothing was known of them, and they are in none of the figures',
    );
  });

  test('nothing that comes later is told, and the days must be in order', () => {
    const known = readBook(
      policies.filter(({ from }) => from < '2024'),
      claims.filter(({ occurredOn }) => occurredOn < '2024'),
    ).book;
    const early = { from: '2023-01-01', until: '2024-01-01' };
    // That a file ends with what it tells is noted, rightly.
    const { notes: _, ...then } = profile(known, early);
    expect(profile(known, early).notes.join()).not.toContain('none before');
    expect(profile(book, early)).toMatchObject(then);
    expect(() => profile(book, { from: days.until, until: days.from })).toThrow(
      'expected until after from',
    );
    expect(() => profile(book)).toThrow('expected { from, until } with a book');
  });
});

describeOnRealBook('profile of the Spanish motor book', () => {
  // Without what tells the future: Seniority, N_claims_history, Date_lapse; Payment and value are as of the end too.
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const attributes = [
    ...columns.attributes,
    'Power',
    'Cylinder_capacity',
    'N_doors',
    'Length',
    'Weight',
  ];
  const { book } = readExperience(sharedRows('data/spanish-motor/policy_years.csv.gz', ';'), {
    ...columns,
    attributes,
  });
  const result = profile(book, { from: '2018-01-01', until: '2019-01-01' });

  test('terms that began in 2018 are told by the tiers of before; line and age of vehicle tell', () => {
    expect(result.followed?.at).toBe('renewal');
    expect(result.customers).toBe(24_472);
    // 35,815 terms began in 2018.
    expect(result.notes).toContain(
      '11,343 customers with cover in these days had none before 2018-01-01: nothing was known of them, and they are in none of the figures',
    );
    const { attributes: found } = foundIn(result);
    expect(found).toEqual(
      expect.arrayContaining(['line', 'Year_matriculation', 'Length', 'Weight']),
    );
    expect(found).not.toContain('channel');
    const vans = result.attributes
      .find(({ name }) => name === 'line')
      ?.levels.find(({ level }) => level === 'van');
    expect(vans?.lift).toBeCloseTo(1.45, 2);
    expect(vans?.liftLow).toBeGreaterThan(1);
  });

  test('levels add up to the cent, with missing lengths as a level of their own', () => {
    for (const { levels } of result.attributes) {
      const premium = levels.reduce((sum, { earnedPremium }) => sum + earnedPremium, 0);
      expect(premium).toBeCloseTo(result.earnedPremium, 4);
    }
    const lengths = result.attributes.find(({ name }) => name === 'Length')?.levels ?? [];
    expect(lengths.at(-1)).toMatchObject({ level: 'missing', customers: 2566 });
  });
});
