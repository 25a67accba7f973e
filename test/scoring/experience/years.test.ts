import { describe, expect, test } from 'vitest';
import {
  assess,
  type Customer,
  calibrate,
  type Grades,
  grader,
  indicators,
  type PlanInput,
  readExperience,
  readIndicators,
  relativityVariance,
} from '../../../src/index.js';
import { chance } from '../../../src/simulate/random.js';
import { customerAt, gradedSums, methods, type Sum, sum } from '../../support/experience.js';

type Experience = NonNullable<PlanInput['experience']>;

const twoYears = { months: 24 };
/** The figures of Ann and Bob on 1,000 a year; the latest year is hardly known yet. */
const annAndBob = [
  sum('Ann', 2022, 1000, 4, 800),
  sum('Ann', 2023, 1000, 1, 300),
  sum('Bob', 2022, 1000, 2, 400),
  sum('Bob', 2023, 1000, 1, 100),
];
const graded = (rows: readonly Sum[], experience: Experience, plan: PlanInput = {}) =>
  gradedSums(rows, { ...plan, experience: { method: 'frequency', ...experience } });
const expected = ({ scores }: Grades) => Array.from(scores.expected_loss_ratio);
const expectClose = (found: readonly number[], wanted: readonly number[]) => {
  expect(found).toHaveLength(wanted.length);
  for (const [k, value] of found.entries()) expect(value).toBeCloseTo(wanted[k], 10);
};

describe('each year against the book’s same year', () => {
  const byBook: Experience = { method: 'loss-ratio', relativeTo: 'book-year' };

  test('weighs its cover by the book’s claims and losses of that year over those of all years', () => {
    const { model } = graded(annAndBob, byBook, { window: twoYears });
    // Claims: 2 and 6 on 2,000, 8 on 4,000. Losses: 20 % and 60 %, 40 % in all.
    const { years } = model.parameters;
    expectClose(years?.fade ?? [], [1, 1]);
    expectClose(years?.claims ?? [], [0.5, 1.5]);
    expectClose(years?.losses ?? [], [0.5, 1.5]);
  });

  test('two customers and two years by hand, by loss ratio', () => {
    // Ann: 300 ÷ 500 and 800 ÷ 1500, Bob: 100 ÷ 500 and 400 ÷ 1500; means .55 and .25.
    // Within (500 × .05² + 1500 × (1/60)²) × 2 ÷ 2 = 5/3, between 4000 × (90 − 5/3) ÷ 8,000,000,
    // so Z = 2000 ÷ (2000 + 5/3 ÷ .0441666…) = 53/54, towards 40 %.
    const grades = graded(annAndBob, byBook, { window: twoYears });
    expectClose(Array.from(grades.scores.credibility), [53 / 54, 53 / 54]);
    expectClose(expected(grades), [0.4 + (53 / 54) * 0.15, 0.4 - (53 / 54) * 0.15]);
  });

  test('two customers and two years by hand, by claims', () => {
    // Ann 9 and 1, Bob 1 and 1: 10 of 2022 and 2 of 2023, so 2,000 of premium stand for 12 claims by
    // 500 × (2 ÷ 2000) ÷ (12 ÷ 4000) = ⅓ and 5⁄3: 6 are expected of each, and 2 of Cid below.
    const rows = [
      sum('Ann', 2022, 1000, 9, 900),
      sum('Ann', 2023, 1000, 1, 100),
      sum('Bob', 2022, 1000, 1, 100),
      sum('Bob', 2023, 1000, 1, 100),
    ];
    const grades = graded(rows, { relativeTo: 'book-year' }, { window: twoYears });
    const variance = relativityVariance([10, 2], [6, 6]);
    expectClose(grades.model.parameters.years?.claims ?? [], [1 / 3, 5 / 3]);
    expectClose(expected(grades), [
      (0.3 * (1 + 10 * variance)) / (1 + 6 * variance),
      (0.3 * (1 + 2 * variance)) / (1 + 6 * variance),
    ]);
    // A year of 2023 alone at 1,000 stands for ⅓ × .003 × 1,000 = 1 claim.
    const cid = grader(grades.model)({
      ...customerAt(grades, 1),
      earnedPremium: 1000,
      claimCount: 1,
      years: [{ exposureYears: 1, earnedPremium: 1000, claimCount: 1, cappedLoss: 100 }],
    });
    expect(cid.risk.expectedLossRatio).toBeCloseTo(0.3, 12);
    expect(cid.risk.credibility).toBeCloseTo(variance / (1 + variance), 12);
  });

  /** Customers that have half, once and one and a half times the claims of the book, and a newcomer. */
  const steadyBook = (latestShare: number) =>
    [
      ['Ann', 8, 3],
      ['Bob', 16, 3],
      ['Cid', 24, 3],
      ['New', 16, 1],
    ].flatMap(([id, claims, years]) =>
      [2023, 2022, 2021].slice(0, Number(years)).map((year) => {
        const known = Number(claims) * (year === 2023 ? latestShare : 1);
        return sum(String(id), year, 1000, known, 50 * known);
      }),
    );

  test.each(['frequency', 'frequency-severity', 'loss-ratio'] as const)(
    'a latest year of which half the claims are unknown makes nobody better: %s',
    (method) => {
      for (const share of [1, 0.5, 0.25]) {
        const fair = expected(graded(steadyBook(share), { method, relativeTo: 'book-year' }));
        const [ann, bob, cid, newcomer] = fair;
        expect(newcomer / bob).toBeCloseTo(1, 10);
        expect(ann).toBeLessThan(bob);
        expect(cid).toBeGreaterThan(bob);
        const plain = expected(graded(steadyBook(share), { method }));
        if (share < 1) expect(plain[3]).toBeLessThan(0.95 * plain[1]);
      }
    },
  );

  test('a year in which the book has no losses speaks for nobody and against nobody', () => {
    const rows = [...steadyBook(0), sum('New', 2022, 1000, 16, 800)];
    for (const method of methods) {
      const grades = graded(rows, { method, relativeTo: 'book-year' });
      const [, bob, , newcomer] = expected(grades);
      expect(newcomer / bob).toBeCloseTo(1, 10);
      const alone = graded(steadyBook(0), { method, relativeTo: 'book-year' });
      // Only that year: nothing is known, so the book's ratio is expected, with no credibility.
      expect(alone.scores.credibility[3]).toBe(0);
      const book = alone.model.parameters.book.lossRatio;
      expect(expected(alone)[3]).toBeCloseTo(book, 10);
    }
  });

  test('losses of a year without premium are set against nothing, and nobody’s level is lost', () => {
    const rows = [
      sum('Ann', 2021, 1000, 0, 0),
      sum('Ann', 2022, 0, 0, 30),
      sum('Bob', 2023, 1000, 1, 0),
    ];
    for (const method of methods) {
      const grades = graded(rows, { method, relativeTo: 'book-year' });
      expectClose(expected(grades), [0.015, 0.015]);
    }
  });
});

describe('development', () => {
  const year = (at: number, ...more: number[]) => [2023, 2022, 2021, 2020].slice(at, ...more);
  const fourYears = year(0).map((at) => sum('Ann', at, 400, 1, 100));
  const weights = (development: Experience['development'], valuedAt?: string) => {
    const { book } = readExperience(fourYears, valuedAt === undefined ? {} : { valuedAt });
    const plan: PlanInput = {
      window: { months: 48 },
      experience: { ...(development && { development }) },
    };
    return calibrate(indicators(book, { asOf: '2024-01-01', plan }), plan).parameters.years;
  };

  test('takes factors by straight lines between the ages given, the first before, 1 beyond the last', () => {
    const found = weights({ claims: { 24: 2, 36: 1.5 }, losses: { 12: 4, 36: 2 } });
    expectClose(found?.claims ?? [], [1 / 2, 1 / 2, 1 / 1.5, 1]);
    expectClose(found?.losses ?? [], [1 / 4, 1 / 3, 1 / 2, 1]);
  });

  test('takes ages given as numbers, not as texts', () => {
    // As text 108 would stand before 12 and 36.
    const found = weights({ losses: { 108: 1, 36: 1.5, 12: 3 } });
    expectClose(found?.losses ?? [], [1 / 3, 1 / 2.25, 1 / 1.5, 1 / (1.5 - 0.5 / 6)]);
    expectClose(found?.claims ?? [], [1, 1, 1, 1]);
  });

  test('finds yearly sums older that were valued later', () => {
    const found = weights({ losses: { 12: 2, 36: 1 } }, '2024-07-01');
    // Ages 18, 30, 42 and 54 months.
    expectClose(found?.losses ?? [], [1 / 1.75, 1 / 1.25, 1, 1]);
    expectClose(weights({ losses: { 12: 2, 36: 1 } }, '2024-06-30')?.losses.slice(0, 1) ?? [], [
      1 / (2 - 5 / 24),
    ]);
  });

  const rows = [
    ...fourYears,
    ...year(1).map((at) => sum('Bob', at, 500, 4, 20 * (at - 2000))),
    ...year(0, 2).map((at) => sum('Cid', at, 900, 2, 3 * (at - 2000))),
    ...year(2).map((at) => sum('Dan', at, 300, 0, 0)),
  ];

  test.each(methods)(
    'by one factor for all ages multiplies what is expected of all: %s',
    (method) => {
      const factor = 1.7;
      const all = { 36: factor };
      const plain = graded(rows, { method });
      const grown = graded(rows, { method, development: { claims: all, losses: all } });
      expectClose(
        expected(grown),
        expected(plain).map((ratio) => ratio * factor),
      );
      expectClose(Array.from(grown.scores.credibility), Array.from(plain.scores.credibility));
      expect(new Set(expected(plain)).size).toBeGreaterThan(2);
    },
  );

  test('of losses alone says nothing of who has more claims, of claims alone nothing of the level', () => {
    const factors = { 12: 3, 24: 1.5, 36: 1 };
    const plain = graded(rows, {});
    const losses = graded(rows, { development: { losses: factors } });
    const claims = graded(rows, { development: { claims: factors } });
    const total = ({ table, scores }: Grades) =>
      table.columns.earned_premium.reduce(
        (sum, premium, row) => sum + premium * scores.expected_loss_ratio[row],
        0,
      );
    const level = expected(losses)[0] / expected(plain)[0];
    expect(level).toBeGreaterThan(1.1);
    expectClose(
      expected(losses),
      expected(plain).map((ratio) => ratio * level),
    );
    expect(total(claims)).toBeCloseTo(total(plain), 9);
    // Bob has no latest year, so the others have more by comparison than before.
    const [annThen, bobThen] = expected(plain);
    const [ann, bob] = expected(claims);
    expect(ann / bob).toBeGreaterThan((annThen / bobThen) * 1.01);
  });
});

describe('fading', () => {
  test('two customers and two years by hand: a year counts half of the year after it', () => {
    // Means .55 and .25 by premium; within (125 + 45) ÷ 2 = 85, between 4000 × (90 − 85) ÷ 8,000,000.
    // By 1,000 of 2023 and half of 1,000 of 2022: Ann 700 ÷ 1500, Bob 300 ÷ 1500, and
    // Z = 1500 × .0025 ÷ (3.75 + 85) toward .4; then to 1,600 in all.
    const grades = graded(annAndBob, { method: 'loss-ratio', fade: 0.5 }, { window: twoYears });
    const z = 3.75 / 88.75;
    const [ann, bob] = [0.4 + z * (700 / 1500 - 0.4), 0.4 + z * (300 / 1500 - 0.4)];
    const balance = 1600 / (2000 * (ann + bob));
    expectClose(Array.from(grades.scores.credibility), [z, z]);
    expectClose(expected(grades), [balance * ann, balance * bob]);
  });

  test.each(methods)('by 1 changes nothing, to the last bit: %s', (method) => {
    const rows = [...annAndBob, sum('Cid', 2021, 77.7, 3, 12.3), sum('Cid', 2023, 33.3, 0, 0)];
    const [plain, faded] = [graded(rows, { method }), graded(rows, { method, fade: 1 })];
    expect(faded.scores).toEqual(plain.scores);
    expect(faded.model.parameters).toEqual(plain.model.parameters);
  });

  test.each(['frequency', 'loss-ratio'] as const)(
    'by next to nothing leaves the latest year alone: %s',
    (method) => {
      const rows = [
        ...[2021, 2022].flatMap((at) => [
          sum('Ann', at, 1000, 0, 0),
          sum('Bob', at, 1000, 8, 900),
          sum('Cid', at, 1000, 2, 200),
        ]),
        sum('Ann', 2023, 1000, 3, 300),
        sum('Bob', 2023, 1000, 3, 300),
        sum('Cid', 2023, 1000, 0, 0),
      ];
      const [ann, bob, cid] = expected(graded(rows, { method, fade: 1e-12 }));
      expect(ann / bob).toBeCloseTo(1, 9);
      expect(cid).toBeLessThan(0.9 * ann);
      const [annThen, bobThen] = expected(graded(rows, { method }));
      expect(annThen).toBeLessThan(0.9 * bobThen);
    },
  );

  test('makes the last claim tell more than an older one', () => {
    const claimIn = (id: string, claimed: number) =>
      [2021, 2022, 2023].map((at) => sum(id, at, 400, at === claimed ? 6 : 0, 0));
    const rows = [...claimIn('Ann', 2023), ...claimIn('Bob', 2021), ...claimIn('Cid', 1999)];
    const paid = rows.map((row) => ({ ...row, incurred: 100 * row.claim_count }));
    const [ann, bob, cid] = expected(graded(paid, { fade: 0.6 }));
    expect(ann).toBeGreaterThan(bob);
    expect(bob).toBeGreaterThan(cid);
    const [sameAnn, sameBob] = expected(graded(paid, {}));
    expect(sameAnn).toBe(sameBob);
  });
});

describe('weights of years', () => {
  test('by the book and by development at once are refused', () => {
    const both: Experience = { relativeTo: 'book-year', development: { losses: { 12: 2 } } };
    expect(() => graded(annAndBob, both)).toThrow(
      'plan, experience: expected relativeTo or development, not both: each allows for unfinished years',
    );
  });

  const ready = readIndicators([
    {
      customer_id: 'Ann',
      earned_premium: 900,
      exposure_years: 3,
      claim_count: 1,
      incurred_loss: 500,
      tenure_years: 3,
      annual_premium: 300,
    },
  ]).table;

  test.each<[string, Experience]>([
    ['relativeTo', { relativeTo: 'book-year' }],
    ['development', { development: { claims: { 12: 2 } } }],
    ['fade', { fade: 0.5 }],
  ])('are refused of ready indicators: %s', (_, experience) => {
    expect(() => calibrate(ready, { experience })).toThrow(
      'calibrate: relativeTo, development and fade need figures by year, which ready indicators lack; give a book',
    );
    const { model } = graded(annAndBob, experience);
    expect(() => assess(ready, model)).toThrow(
      'assess: the model weighs experience years apart, which ready indicators lack; give a book',
    );
  });

  test('need the years of a customer graded alone', () => {
    const grades = graded(annAndBob, { fade: 0.5 });
    const { years: _, ...without } = customerAt(grades, 0);
    const grade = grader(grades.model);
    expect(() => grade(without)).toThrow(
      'grader: the model weighs experience years apart: expected years, the latest first',
    );
    const missing = { exposureYears: 1, earnedPremium: 1000, cappedLoss: 0 };
    expect(() => grade({ ...without, years: [missing] as never })).toThrow(
      'expected a number of 0 or more for years[0].claimCount, got nothing',
    );
    const named = { ...missing, claim_count: 1 };
    expect(() => grade({ ...without, years: [named] as never })).toThrow(
      '"claim_count" is no figure of a year (did you mean "claimCount"?)',
    );
    const year = { exposureYears: 1, earnedPremium: 1000, claimCount: Number.NaN, cappedLoss: 0 };
    expect(() => grade({ ...without, years: [year] })).toThrow(
      'expected a number of 0 or more for years[0].claimCount, got NaN',
    );
  });
});

test('the claim-free years that whyNot names lead to its tier as years move back and fade', () => {
  const rows = [2021, 2022, 2023].flatMap((at) => [
    sum('Ann', at, 400, at === 2023 ? 9 : 0, at === 2023 ? 900 : 0),
    ...['b', 'c', 'd', 'e', 'f', 'g'].map((id) => sum(id, at, 400, at === 2022 ? 1 : 0, 300)),
  ]);
  const grades = graded(rows, { fade: 0.4 });
  const grade = grader(grades.model);
  const ann = customerAt(grades, 0);
  const later = (years: number): Customer => {
    const without = { exposureYears: 1, earnedPremium: 400, claimCount: 0, cappedLoss: 0 };
    const before = Array.from({ length: years }, () => without);
    return {
      ...ann,
      years: [...before, ...(ann.years ?? [])].slice(0, 3),
      recentClaimCount: 0,
      claimFreeYears: years,
      tenureYears: ann.tenureYears + years,
    };
  };
  const { whyNot, risk } = grade(ann);
  expect(risk.tier).toBe('high-risk');
  expect(whyNot?.claimFreeYears).toBeLessThan(3);
  const tiers = [1, 2].map((years) => grade(later(years)).risk.tier);
  expect(tiers[Number(whyNot?.claimFreeYears) - 1]).toBe(whyNot?.tier);
  expect(tiers.slice(0, Number(whyNot?.claimFreeYears) - 1)).not.toContain(whyNot?.tier);
});

describe('a latest year far below the years before it', () => {
  /** So many customers with a claim a year, of whom so many have one in the latest year. */
  const book = (customers: number, latest: number) =>
    Array.from({ length: customers }, (_, c) =>
      [2021, 2022, 2023].map((at) => {
        const claims = at === 2023 && c >= latest ? 0 : 1;
        return sum(`c${c}`, at, 400, claims, 200 * claims);
      }),
    ).flat();
  const notes = (rows: Sum[], experience: Experience = {}) =>
    graded(rows, experience).model.parameters.experience.notes;
  const warning =
    'the latest year shows a loss ratio of 10.0% after 50.0% in the years before: its claims are hardly all known yet; experience.relativeTo "book-year" compares each year with the book\'s own';

  test('is told of, by every method', () => {
    for (const method of methods) expect(notes(book(100, 20), { method })).toContain(warning);
  });

  test('is not told of where the years are weighed for it', () => {
    for (const experience of [
      { relativeTo: 'book-year' as const },
      { development: { claims: { 12: 5 }, losses: { 12: 5 } } },
    ]) {
      expect(notes(book(100, 20), experience).join()).not.toContain('latest year');
    }
    expect(notes(book(100, 20), { fade: 0.5 })).toContain(warning);
  });

  test.each([
    ['a stable book', 100, 100],
    ['a fall of a fifth', 1000, 800],
    ['a fall that chance allows', 30, 10],
  ])('is not found in %s', (_, customers, latest) => {
    expect(notes(book(customers, latest)).join()).not.toContain('latest year');
  });
});

test('fading reaches the sizes of claims: a large one tells less the older it is', () => {
  const random = chance(4);
  const crowd = Array.from({ length: 400 }, (_, c) => {
    const [often, large] = [random.gamma(0.8), random.gamma(0.8)];
    return [2021, 2022, 2023].map((year) => {
      const count = random.poisson(often);
      return sum(`c${c}`, year, 1000, count, count * 400 * large);
    });
  }).flat();
  const two = [2021, 2022, 2023].flatMap((year) => [
    sum('long ago', year, 1000, 2, year === 2021 ? 4000 : 200),
    sum('last year', year, 1000, 2, year === 2023 ? 4000 : 200),
  ]);
  const expected = (fade?: number) => {
    const experience = { method: 'frequency-severity', ...(fade && { fade }) } as const;
    const { table, scores } = gradedSums([...crowd, ...two], { experience });
    const of = (id: string) => scores.expected_loss_ratio[table.ids.indexOf(id)];
    return of('last year') / of('long ago');
  };
  expect(expected()).toBeCloseTo(1, 12);
  expect(expected(0.5)).toBeGreaterThan(1.2);
});
