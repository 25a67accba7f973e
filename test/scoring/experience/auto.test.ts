import { describe, expect, test } from 'vitest';
import {
  assess,
  calibrate,
  type Grades,
  indicators,
  type Model,
  type PlanInput,
  readExperience,
} from '../../../src/index.js';
import { modelNotes } from '../../../src/scoring/notes.js';
import { chance } from '../../../src/simulate/random.js';
import { gradedSums, type Sum, sum } from '../../support/experience.js';

type Experience = NonNullable<PlanInput['experience']>;

const auto = (rows: readonly Sum[], more: Experience = {}): Grades =>
  gradedSums(rows, { experience: { method: 'auto', ...more } });
const contestOf = ({ parameters }: Model) => {
  if (!parameters.contest) throw new Error('expected a contest');
  return parameters.contest;
};

/** Three years of customers, each with its own yearly claims, mean claim and premium. */
function planted(
  customers: number,
  draw: (random: ReturnType<typeof chance>) => {
    claims: number;
    size: number;
    premium: number;
  },
): Sum[] {
  const random = chance(2);
  return Array.from({ length: customers }, (_, c) => {
    const { claims, size, premium } = draw(random);
    return [2021, 2022, 2023].map((at) => {
      const count = random.poisson(claims);
      let incurred = 0;
      for (let k = 0; k < count; k++) incurred += size * random.logNormal(0.5);
      return sum(`c${10_000 + c}`, at, premium, count, incurred);
    });
  }).flat();
}

/** Customers differ in how often they claim, and in nothing else. */
const counts = planted(1000, (random) => ({
  claims: 0.4 * random.gamma(1),
  size: 300,
  premium: 250,
}));
/** Customers differ in the size of their claims, and in nothing else. */
const sizes = planted(1000, (random) => ({
  claims: 2,
  size: random.happens(0.5) ? 20 : 400,
  premium: 800,
}));
/** Customers are charged very different premiums for the same risk. */
const premiums = planted(1000, (random) => ({
  claims: 0.8,
  size: 300,
  premium: random.happens(0.5) ? 150 : 1500,
}));

describe('the method that auto takes', () => {
  test.each<[string, Sum[], object]>([
    ['counts, where only they differ', counts, { method: 'frequency' }],
    ['sizes too, where only they differ', sizes, { method: 'frequency-severity' }],
    ['premium as the base, where it is what differs', premiums, { base: 'earned_premium' }],
  ])('is the one that tells: %s', (_, rows, wanted) => {
    const { model } = auto(rows);
    const contest = contestOf(model);
    const chosen = contest.entries[contest.chosen];
    expect(chosen).toMatchObject(wanted);
    expect(contest.customers).toBe(1000);
    expect(model.parameters.experience.method).toBe(chosen.method);
    expect(model.plan.experience.method).toBe('auto');
  });

  test('scores as if the plan had named it', () => {
    for (const rows of [counts, sizes, premiums]) {
      const grades = auto(rows);
      const { entries, chosen } = contestOf(grades.model);
      const { method, base } = entries[chosen];
      const named = gradedSums(rows, { experience: { method, base } });
      expect(grades.scores).toEqual(named.scores);
      expect(modelNotes(grades.model.parameters.experience.notes).at(-1)).toMatch(
        `${method} by ${base === 'exposure_years' ? 'years of cover' : 'premium'} was chosen`,
      );
    }
  });

  test('is the simplest of those no more than a standard error behind the best', () => {
    // Of counts alone another method is a little better, by chance.
    const { entries: ofCounts, chosen: simplest } = contestOf(auto(counts).model);
    expect(ofCounts[simplest].behind).toBeGreaterThan(0);
    for (const rows of [counts, sizes, premiums]) {
      const { entries, chosen } = contestOf(auto(rows).model);
      const best = Math.max(...entries.map(({ gini }) => gini));
      for (const [position, entry] of entries.entries()) {
        expect(entry.behind).toBeCloseTo(best - entry.gini, 12);
        if (entry.gini === best) expect(entry.standardError).toBe(0);
        const level = entry.behind <= entry.standardError;
        if (position < chosen) expect(level).toBe(false);
        if (position === chosen) expect(level).toBe(true);
      }
    }
    expect(ofCounts.map(({ method, base }) => `${method} ${base}`)).toEqual([
      'frequency exposure_years',
      'frequency earned_premium',
      'frequency-severity exposure_years',
      'frequency-severity earned_premium',
      'loss-ratio earned_premium',
    ]);
  });

  test('is the simplest where all rank alike', () => {
    // Of equal premium and whole years both bases say the same, so do sizes that are all equal.
    const random = chance(3);
    const rows = Array.from({ length: 400 }, (_, c) => {
      const mean = 0.5 * random.gamma(1);
      return [2021, 2022, 2023].map((at) => {
        const count = random.poisson(mean);
        return sum(`c${c}`, at, 200, count, 100 * count);
      });
    }).flat();
    const { entries, chosen } = contestOf(auto(rows).model);
    expect(entries[0].gini).toBeGreaterThan(0.2);
    expect(entries[1].gini).toBeCloseTo(entries[0].gini, 12);
    expect(chosen).toBe(0);
  });

  test('is told to be no better than chance where it is not', () => {
    // All customers have one claim in every year, so no method ranks them.
    const rows = Array.from({ length: 250 }, (_, c) =>
      [2021, 2022, 2023].map((at) => sum(`c${c}`, at, 200, 1, 100)),
    ).flat();
    const { model } = auto(rows);
    expect(contestOf(model).chosen).toBe(0);
    expect(modelNotes(model.parameters.experience.notes)).toContain(
      'no method ranked the latest year of 250 customers better than chance: frequency by years of cover was taken',
    );
  });

  test('is the same every time, whatever the order of rows', () => {
    const again = auto([...counts].reverse());
    expect(again.model).toEqual(auto(counts).model);
  });
});

describe('the contest', () => {
  /** Twice the area between the ordered Lorenz curve and the diagonal, customer by customer. */
  function giniByHand(score: number[], premium: number[], loss: number[]): number {
    const order = [...score.keys()].sort((a, b) => score[a] - score[b]);
    const total = (values: number[]) => values.reduce((a, b) => a + b, 0);
    const groups = new Map<number, number[]>();
    for (const row of order) groups.set(score[row], [...(groups.get(score[row]) ?? []), row]);
    let [x, y, area] = [0, 0, 0];
    for (const rows of groups.values()) {
      const nextX = x + total(rows.map((row) => premium[row])) / total(premium);
      const nextY = y + total(rows.map((row) => loss[row])) / total(loss);
      area += ((nextX - x) * (y + nextY)) / 2;
      [x, y] = [nextX, nextY];
    }
    return 1 - 2 * area;
  }

  test('is what grading a year before, without the latest year, would have shown', () => {
    // Some customers left, some came: only those with cover before and in the latest year count.
    const rows = premiums
      .filter(({ from, customer_id }) => !(from > '2023' && customer_id.endsWith('7')))
      .filter(({ from, customer_id }) => !(from < '2023' && customer_id.endsWith('3')));
    const contest = contestOf(auto(rows, { fade: 0.7 }).model);
    expect(contest.customers).toBe(800);
    const { book } = readExperience(rows.filter(({ from }) => from < '2023'));
    const judged = contest.entries.map(({ method, base }) => {
      const plan: PlanInput = { window: { months: 24 }, experience: { method, base, fade: 0.7 } };
      const past = indicators(book, { asOf: '2023-01-01', plan });
      const { scores } = assess(past, calibrate(past, plan));
      const place = new Map(past.ids.map((id, row) => [id, row]));
      const followed = rows.filter((row) => row.from > '2023' && place.has(row.customer_id));
      // To ten digits: a tie must not be broken by the last bit.
      const score = followed.map((row) =>
        Number(scores.expected_loss_ratio[place.get(row.customer_id) ?? -1].toPrecision(10)),
      );
      /** The Gini of all, or of all but every twentieth customer from one on. */
      return (left?: number) => {
        const of = <T>(values: T[]) => values.filter((_, k) => k % 20 !== left);
        return giniByHand(
          of(score),
          of(followed.map((row) => row.premium)),
          of(followed.map((row) => row.incurred)),
        );
      };
    });
    const best = judged.reduce((most, gini) => (gini() > most() ? gini : most));
    for (const [position, { gini, standardError }] of contest.entries.entries()) {
      expect(gini).toBeCloseTo(judged[position](), 6);
      // The jackknife: (20 − 1) ÷ 20 × Σ (each without a twentieth − their mean)².
      const behind = Array.from({ length: 20 }, (_, left) => best(left) - judged[position](left));
      const mean = behind.reduce((a, b) => a + b) / 20;
      const spread = behind.reduce((total, value) => total + (value - mean) ** 2, 0);
      expect(standardError).toBeCloseTo(Math.sqrt((19 / 20) * spread), 6);
    }
    expect(Math.max(...contest.entries.map((entry) => entry.standardError))).toBeGreaterThan(0.001);
  });

  test('develops a year by the age it has today, not by that of a year ago', () => {
    // Only the latest year is still to grow, and the contest looks at those before it.
    const plain = contestOf(auto(premiums).model);
    const grown = auto(premiums, {
      development: { claims: { 12: 9, 24: 1 }, losses: { 12: 9, 24: 1 } },
    });
    for (const [position, { gini }] of contestOf(grown.model).entries.entries()) {
      expect(gini).toBeCloseTo(plain.entries[position].gini, 6);
    }
    const older = auto(premiums, {
      development: { claims: { 24: 9, 36: 1 }, losses: { 24: 9, 36: 1 } },
    });
    const [grownLast, plainLast] = [contestOf(older.model), plain].map(
      ({ entries }) => entries.at(-1)?.gini ?? Number.NaN,
    );
    expect(grownLast).not.toBeCloseTo(plainLast, 4);
  });

  test('weighs years and segments as the plan does', () => {
    const lined = counts.map((row, k) => ({ ...row, line: Math.floor(k / 3) % 2 ? 'a' : 'b' }));
    for (const more of [{ complement: 'line' }, { relativeTo: 'book-year' }] as Experience[]) {
      const { model } = auto(lined, more);
      expect(contestOf(model).entries).toHaveLength(5);
      expect(model.parameters.complement === undefined).toBe(more.complement === undefined);
      expect(model.parameters.years === undefined).toBe(more.relativeTo === undefined);
    }
  });
});

describe('too little history', () => {
  const fallback =
    'too little history to let the methods compete: frequency by years of cover, the simplest, was taken';
  const few = (keep: (row: Sum, position: number) => boolean) => counts.filter(keep);
  /** Two hundred customers, of whom one has all losses of the latest year. */
  const oneLoss = Array.from({ length: 200 }, (_, c) =>
    [2022, 2023].map((at) => sum(`c${c}`, at, 200, 1, at === 2022 || c === 30 ? 100 : 0)),
  ).flat();

  test.each<[string, Sum[]]>([
    ['of one year', few(({ from }) => from > '2023')],
    ['of few customers', few((_, position) => position < 3 * 199)],
    ['of no claims', counts.map((row) => ({ ...row, claim_count: 0, incurred: 0 }))],
    [
      'of few claims in the latest year',
      counts.map((row, position) =>
        row.from < '2023' || position < 3 * 120 ? row : { ...row, claim_count: 0, incurred: 0 },
      ),
    ],
    [
      'of no losses in the latest year',
      counts.map((row) => (row.from > '2023' ? { ...row, incurred: 0 } : row)),
    ],
    ['of one loss in the latest year', oneLoss],
  ])('%s leaves it to the simplest method, with a note', (_, rows) => {
    const { model, scores } = auto(rows);
    const { contest, experience } = model.parameters;
    expect(contest).toBeUndefined();
    expect(experience).toMatchObject({ method: 'frequency', base: 'exposure_years' });
    expect(modelNotes(experience.notes)).toContain(fallback);
    const named = gradedSums(rows, { experience: { base: 'exposure_years' } });
    expect(scores).toEqual(named.scores);
  });

  test('a window of one year has none before it', () => {
    const plan: PlanInput = { window: { months: 12 }, experience: { method: 'auto' } };
    const { experience, contest } = gradedSums(counts, plan).model.parameters;
    expect([contest, modelNotes(experience.notes).at(-1)]).toEqual([undefined, fallback]);
  });

  test('two hundred customers who stayed are enough', () => {
    const rows = few((_, position) => position < 3 * 200);
    expect(contestOf(auto(rows).model).customers).toBe(200);
  });
});
