import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Formula,
  MisuseError,
  type PlanInput,
  readBook,
  readExperience,
  UnusableDataError,
} from '../../../src/index.js';
import { ruleCurveChart } from '../../../src/portfolio/rule-trial/charts.js';
import {
  backtest,
  type RuleFigures,
  type RuleSimulation,
  type SimulateRuleOptions,
  simulateRule,
} from '../../../src/portfolio.js';
import { toRows, toText } from '../../../src/report/show.js';
import { simulate } from '../../../src/simulate.js';
import { asOf, randomBook } from '../../support/random-book.js';
import { describeOnRealBook, sharedRows } from '../../support/shared.js';

const days = { calibrateAt: '2023-01-01', until: '2024-01-01', rounds: 0 };
const year = (id: string, begins: number, premium: number, channel = 'agent') => ({
  customerId: id,
  policyId: id,
  from: `${begins}-01-01`,
  to: `${begins + 1}-01-01`,
  premium,
  channel,
});
let claims = 0;
const claim = (id: string, occurredOn: string, paid: number) => ({
  claimId: ++claims,
  policyId: id,
  occurredOn,
  paid,
});

// Four customers with a year of history and a year that is followed; Bob and Dan had claims before.
const smallTerms = ['Ann', 'Bob', 'Cid', 'Dan'].flatMap((id, k) => [
  year(id, 2022, 500, k < 2 ? 'broker' : 'agent'),
  year(id, 2023, [400, 100, 300, 200][k], k < 2 ? 'broker' : 'agent'),
]);
const smallClaims = [
  claim('Bob', '2022-03-01', 900),
  claim('Dan', '2022-04-01', 100),
  claim('Dan', '2022-05-01', 2000),
  claim('Ann', '2023-02-01', 70),
  claim('Bob', '2023-03-01', 40),
  claim('Dan', '2023-04-01', 90),
];
const { book } = readBook(smallTerms, smallClaims);
const hadClaim: Formula = ['>=', 'claim_count', 1];

describe('a book worked out by hand', () => {
  test('what was touched, what was not, and the book without those touched', () => {
    const { before, touched, untouched, after, estimates } = simulateRule(book, hadClaim, days);
    // Expenses are 30 % of premium: 1000 × 0.7 − 200.
    expect(before).toEqual({
      ...{ customers: 4, earnedPremium: 1000, exposureYears: 4, claims: 3, incurred: 200 },
      ...{ lossRatio: 0.2, profit: 500 },
    });
    expect(touched).toMatchObject({ customers: 2, earnedPremium: 300, claims: 2, incurred: 130 });
    expect(untouched).toMatchObject({ customers: 2, earnedPremium: 700, claims: 1, incurred: 70 });
    expect(after).toEqual(untouched);
    expect(after).toMatchObject({ lossRatio: 0.1, profit: expect.closeTo(420, 9) });
    expect(estimates.lossRatioChange.value).toBeCloseTo(-0.1, 12);
    expect(estimates.profitChange.value).toBeCloseTo(-80, 9);
    // 130 ÷ 300 beside 0.2.
    expect(estimates.touchedToBook.value).toBeCloseTo(130 / 60, 12);
  });

  test('half of them leave, the others pay a fifth more', () => {
    const reaction = { leave: 0.5, surcharge: 0.2 };
    const { after, estimates } = simulateRule(book, hadClaim, { ...days, reaction });
    // 700 + 300 × 0.5 × 1.2 of premium, 70 + 65 of losses.
    expect(after).toMatchObject({ customers: 3, earnedPremium: 880, incurred: 135, claims: 2 });
    expect(after.profit).toBeCloseTo(880 * 0.7 - 135, 9);
    expect(estimates.lossRatioAfter.value).toBeCloseTo(135 / 880, 12);
    expect(estimates.profitChange.value).toBeCloseTo(880 * 0.7 - 135 - 500, 9);
  });

  test('attributes say whom it is for; alone they touch all that fit', () => {
    const where = { channel: ['broker'] };
    const ids = (result: RuleSimulation) =>
      result.columns.customerIds.filter((_, row) => result.columns.touched[row] === 1);
    expect(ids(simulateRule(book, hadClaim, { ...days, where }))).toEqual(['Bob']);
    const alone = simulateRule(book, null, { ...days, where });
    expect(ids(alone)).toEqual(['Ann', 'Bob']);
    expect(alone.rule.text).toBe('channel is broker');
    const either = { ...days, where: { channel: ['broker', 'agent'] } };
    expect(ids(simulateRule(book, hadClaim, either))).toEqual(['Bob', 'Dan']);
  });

  test('who was touched in vain, and who was missed', () => {
    const { outcomes } = simulateRule(book, hadClaim, days);
    // Bob's 40 of 100 and Dan's 90 of 200 are within 65 %; Ann's 70 of 400 too, Cid had none.
    expect(outcomes.touched.withinPermissible.customers).toBe(2);
    expect(outcomes.touched.claimFree.customers).toBe(0);
    expect(outcomes.untouched.claimFree.customers).toBe(1);
    const strict = { pricing: { expenseRatio: 0.6 } };
    const { outcomes: strictly } = simulateRule(book, hadClaim, { ...days, plan: strict });
    // Within 35 %: nobody but Ann and Cid.
    expect(strictly.touched.abovePermissible).toMatchObject({ customers: 2, incurred: 130 });
    expect(strictly.untouched.abovePermissible.customers).toBe(0);
  });

  test('the curve over all cuts of a score, and the cuts of the plan on it', () => {
    const { curve } = simulateRule(book, hadClaim, { ...days, score: 'loss_ratio' });
    const told = curve.cuts.map(({ cut, customers, premiumKept, lossRatio }) => [
      ...[cut, customers, premiumKept, lossRatio],
    ]);
    expect(told).toEqual([
      [0, 2, 0.7, 0.1],
      [1.8, 3, 0.8, 110 / 800],
      [4.2, 4, 1, 0.2],
    ]);
    expect(curve.plan.map(({ cut, premiumKept }) => [cut, premiumKept])).toEqual([
      [0.65, 0.7],
      [1, 0.7],
    ]);
    expect(curve.plan[0].estimate.value).toBeCloseTo(0.1, 12);
    expect(curve.chance).toBeNull();
    // A score of another kind has no line of the plan's; higher is worse.
    const other = simulateRule(book, hadClaim, { ...days, score: ['-', 0, 'claim_free_years'] });
    expect(other.curve.plan).toEqual([]);
  });

  test('by segment, each with what is touched of it', () => {
    const { segments } = simulateRule(book, hadClaim, days);
    expect(Object.keys(segments)).toEqual(['channel', 'value tier', 'risk tier']);
    const told = segments.channel.map(({ label, before, touched, after }) => [
      ...[label, before.earnedPremium, touched.earnedPremium, after.incurred],
    ]);
    expect(told).toEqual([
      ['broker', 500, 100, 70],
      ['agent', 500, 200, 0],
    ]);
  });

  test('as rows', () => {
    const [, row] = toRows(simulateRule(book, hadClaim, days));
    expect(row).toMatchObject({
      ...{ customer_id: 'Bob', graded_on: '2023-01-01', touched: 1, observed_loss_ratio: 1.8 },
      ...{ next_earned_premium: 100, next_claim_count: 1, next_incurred_loss: 40 },
    });
    expect(row.score).toBe(row.expected_loss_ratio);
  });
});

describe('who is in none of the figures', () => {
  // Eve comes in 2023, Fay came back after years away, Gus leaves.
  const terms = [...smallTerms, year('Eve', 2023, 100), year('Gus', 2022, 100)];
  const away = [year('Fay', 2017, 100), year('Fay', 2023, 100)];
  const others = (at: 'date' | 'renewal') =>
    simulateRule(readBook([...terms, ...away], smallClaims).book, hadClaim, { ...days, at }).notes;

  test.each([
    ['date', 'left'],
    ['renewal', 'began no term in these days'],
  ] as const)('is told, and why (%s)', (at, why) => {
    const notes = [
      `1 customer known before had no cover to follow: most of them ${why}`,
      '1 customer with cover in these days had none before 2023-01-01: nothing was known of them, and they are in none of the figures',
      '1 customer with cover in these days had cover before 2023-01-01, but none that the window shows; they are in none of the figures',
    ];
    expect(others(at)).toEqual(expect.arrayContaining(notes));
    expect(simulateRule(book, hadClaim, { ...days, at }).notes.join()).not.toContain(
      'customer with',
    );
    const judged = backtest(readBook([...terms, ...away], smallClaims).book, {
      ...{ from: '2023-01-01', until: '2024-01-01', at, rounds: 0 },
    });
    expect(judged.notes).toEqual(expect.arrayContaining(notes.slice(1)));
  });

  test('a yearly sum that had not ended is no cover that there was none of', () => {
    const sum = (customerId: string, from: string, to: string) => ({
      ...{ customerId, from, to, premium: 100, claimCount: 0, incurred: 0 },
    });
    const { book: sums } = readExperience([
      sum('Ann', '2021-07-01', '2022-07-01'),
      sum('Ann', '2023-07-01', '2024-07-01'),
      sum('Bob', '2022-07-01', '2023-07-01'),
      sum('Bob', '2023-07-01', '2024-07-01'),
      sum('Eve', '2023-02-01', '2024-02-01'),
    ]);
    const told = (at: 'date' | 'renewal') =>
      simulateRule(sums, hadClaim, { ...days, at }).notes.filter((note) =>
        note.includes('figures'),
      );
    const [eve, bob] = [
      '1 customer with cover in these days had none before 2023-01-01: nothing was known of them, and they are in none of the figures',
      '1 customer with cover in these days had cover before 2023-01-01, but none that the window shows: their yearly sums had not ended, or began before it; they are in none of the figures',
    ];
    expect(told('date')).toEqual([eve, bob]);
    expect(told('renewal')).toEqual([eve]);
  });
});

describe('a cut of the scorecard', () => {
  // Every second customer lives where each year has a claim.
  const ids = Array.from({ length: 300 }, (_, k) => `C${k}`);
  const area = (id: string) => (Number(id.slice(1)) % 2 === 0 ? 'wet' : 'dry');
  const terms = ids.flatMap((id) =>
    [2021, 2022, 2023].map((begins) => ({ ...year(id, begins, 500), area: area(id) })),
  );
  const floods = ids.filter((id) => area(id) === 'wet');
  const { book: floodplain } = readBook(
    terms,
    floods.flatMap((id) => [2021, 2022, 2023].map((begins) => claim(id, `${begins}-06-01`, 300))),
  );

  test('touches those whom the card, as it was fitted then, puts above it', () => {
    const plan = { card: {} };
    const result = simulateRule(floodplain, ['>', 'card_relativity', 1], { ...days, plan });
    const touched = result.columns.customerIds.filter((_, k) => result.columns.touched[k] === 1);
    expect(touched).toEqual(floods.toSorted());
    expect(result.untouched.incurred).toBe(0);
    const points = { ...days, plan, score: 'card_points' };
    expect(simulateRule(floodplain, hadClaim, points).curve.cuts).toHaveLength(2);
  });

  test('without a card in the plan it is asked for, of the rule and of the score', () => {
    const asked =
      /"card_points" is of the card, and the plan has none: give it one, \{"card": \{\}\}/;
    expect(() => simulateRule(floodplain, ['>', 'card_points', 100], days)).toThrow(asked);
    expect(() => simulateRule(floodplain, hadClaim, { ...days, score: 'card_points' })).toThrow(
      asked,
    );
  });

  test('tells the protected attributes that the card holds, and why they may be used', () => {
    const sexed = terms.map((row) => ({ ...row, area: 'all', Gender: row.area }));
    const told = readBook(
      sexed,
      floods.flatMap((id) => [2021, 2022].map((begins) => claim(id, `${begins}-06-01`, 300))),
    ).book;
    const plan = { card: {}, prohibited: { allowed: { gender: 'a study of fairness' } } };
    const notesOf = (rule: Formula, score: Formula = 'loss_ratio') =>
      simulateRule(told, rule, { ...days, plan, score }).notes;
    const note =
      'the card holds Gender, a protected attribute, allowed by the plan: a study of fairness';
    expect(notesOf(['>', 'card_relativity', 1])).toContain(note);
    expect(notesOf(['>', 'card_points', 100])).toContain(note);
    expect(notesOf(hadClaim, ['*', 'card_relativity', 'book_loss_ratio'])).toContain(note);
    expect(notesOf(hadClaim)).not.toContain(note);
  });
});

const sums = [
  'customers',
  'earnedPremium',
  'exposureYears',
  'claims',
  'incurred',
  'profit',
] as const;

function expectToAddUp(parts: readonly RuleFigures[], whole: RuleFigures) {
  for (const name of sums) {
    const total = parts.reduce((so, part) => so + part[name], 0);
    expect(total).toBeCloseTo(whole[name], 6);
  }
}

describe('laws', () => {
  const rules = fc.oneof(
    fc.integer({ min: 0, max: 4 }).map((n): Formula => ['>=', 'claim_count', n]),
    fc.double({ min: 0, max: 3, noNaN: true }).map((cut): Formula => ['>', 'loss_ratio', cut]),
    fc.constant<Formula>(['>', 'expected_loss_ratio', 'book_loss_ratio']),
  );
  const asked = fc.record({
    at: fc.constantFrom('date' as const, 'renewal' as const),
    reaction: fc.constantFrom({}, { leave: 0 }, { leave: 0.25, surcharge: 0.5 }),
  });
  const followed = { calibrateAt: asOf, until: '2024-07-01', rounds: 0 };

  test('touched and untouched add up to the book, segments too, whatever the rule', () => {
    let looked = 0;
    fc.assert(
      fc.property(randomBook, rules, asked, (rows, rule, options) => {
        const { book: random } = readBook(rows.policies, rows.claims);
        let result: RuleSimulation;
        try {
          result = simulateRule(random, rule, { ...followed, ...options });
        } catch (error) {
          // At renewal there may be nobody to follow.
          expect(error).toBeInstanceOf(UnusableDataError);
          return;
        }
        looked++;
        expectToAddUp([result.touched, result.untouched], result.before);
        for (const effects of Object.values(result.segments)) {
          for (const side of ['before', 'touched', 'after'] as const) {
            expectToAddUp(
              effects.map((effect) => effect[side]),
              result[side],
            );
          }
        }
        for (const side of ['touched', 'untouched'] as const) {
          const { withinPermissible, abovePermissible } = result.outcomes[side];
          expectToAddUp([withinPermissible, abovePermissible], result[side]);
        }
        expect(result.curve.cuts.at(-1)?.premiumKept ?? 1).toBe(1);
        const stay = 1 - result.reaction.leave;
        expect(result.after.incurred).toBeCloseTo(
          result.before.incurred - result.touched.incurred * (1 - stay),
          6,
        );
      }),
      { numRuns: 40 },
    );
    expect(looked).toBeGreaterThan(20);
  });

  test('a rule that touches nobody changes nothing', () => {
    const result = simulateRule(book, ['>', 'claim_count', 99], { ...days, rounds: 20 });
    expect(result.after).toEqual(result.before);
    expect(result.estimates.lossRatioChange).toEqual({ value: 0, low: 0, high: 0 });
    expect(result.estimates.profitChange).toEqual({ value: 0, low: 0, high: 0 });
    expect(toText(result)).toContain('The rule touches nobody: nothing changes.');
  });

  test('one that touches all leaves an empty book, and says so', () => {
    const result = simulateRule(book, ['>=', 'claim_count', 0], { ...days, rounds: 20 });
    expect(result.after).toEqual({
      ...{ customers: 0, earnedPremium: 0, exposureYears: 0, claims: 0, incurred: 0 },
      ...{ lossRatio: null, profit: 0 },
    });
    expect(result.estimates.lossRatioAfter).toEqual({ value: null, low: null, high: null });
    const text = toText(result);
    expect(text).toContain('It touches every customer: if all leave, no book remains.');
    expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  const { policies, claims: simulated } = simulate({ customers: 900, seed: 8, years: 4 });
  const rowsOf = (columns: Readonly<Record<string, ArrayLike<unknown>>>) =>
    Array.from({ length: Object.values(columns)[0].length }, (_, k) =>
      Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[k]])),
    );
  const [termRows, claimRows] = [rowsOf(policies), rowsOf(simulated)];
  const rule: Formula = ['>', 'expected_loss_ratio', 'book_loss_ratio'];
  const options: SimulateRuleOptions = {
    calibrateAt: '2022-01-01',
    until: '2023-01-01',
    rounds: 5,
  };
  const touchedIds = ({ columns }: RuleSimulation) =>
    columns.customerIds.filter((_, row) => columns.touched[row] === 1);

  test.each([
    ['date', '2022-01-01'],
    ['renewal', '2023-01-01'],
  ] as const)('nothing that comes later decides who is touched (%s)', (at, from) => {
    // Every third claim of then stays away, the others cost more, and each term of then has one more.
    const later = claimRows.flatMap((row, k) =>
      String(row.occurred_on) < from ? [row] : k % 3 === 0 ? [] : [{ ...row, paid: 1e6 }],
    );
    const more = termRows.flatMap((row, k) =>
      String(row.from) < from
        ? []
        : [{ claim_id: `more-${k}`, policy_id: row.policy_id, occurred_on: row.from, paid: 1e6 }],
    );
    const [one, other] = [claimRows, [...later, ...more]].map((rows) =>
      simulateRule(readBook(termRows, rows).book, rule, { ...options, at }),
    );
    expect(touchedIds(one).length).toBeGreaterThan(20);
    expect(touchedIds(other)).toEqual(touchedIds(one));
    expect(other.touched.incurred).toBeGreaterThan(one.touched.incurred);
  });

  test('another currency changes amounts alone, another order of the rows nothing', () => {
    const one = simulateRule(readBook(termRows, claimRows).book, rule, options);
    const dear = (rows: typeof termRows, names: readonly string[]) =>
      rows.map((row) => ({
        ...row,
        ...Object.fromEntries(names.map((name) => [name, 4 * Number(row[name])])),
      }));
    const inOther = readBook(dear(termRows, ['premium']), dear(claimRows, ['paid', 'reserve']));
    const other = simulateRule(inOther.book, rule, options);
    expect(touchedIds(other)).toEqual(touchedIds(one));
    expect(other.estimates.lossRatioChange.low).toBeCloseTo(
      Number(one.estimates.lossRatioChange.low),
      9,
    );
    expect(other.after.profit).toBeCloseTo(4 * one.after.profit, 5);
    expect(other.curve.cuts.map(({ premiumKept }) => premiumKept)).toEqual(
      one.curve.cuts.map(({ premiumKept }) => expect.closeTo(premiumKept, 9)),
    );
    const turned = readBook(termRows.toReversed(), claimRows.toReversed());
    expect(simulateRule(turned.book, rule, options)).toEqual(one);
  });

  test('chance keeps the loss ratio of the book, in a band that closes where all is kept', () => {
    const { curve, before, bootstrap } = simulateRule(readBook(termRows, claimRows).book, rule, {
      ...options,
      rounds: 60,
    });
    const { low, high, premiumKept } = curve.chance ?? { low: [], high: [], premiumKept: [] };
    expect(premiumKept).toHaveLength(20);
    expect(bootstrap.probability).toBe(0.9);
    premiumKept.forEach((_, k) => {
      expect(low[k]).toBeLessThanOrEqual(Number(before.lossRatio) + 1e-9);
      expect(high[k]).toBeGreaterThanOrEqual(Number(before.lossRatio) - 1e-9);
    });
    expect(high[19] - low[19]).toBeCloseTo(0, 9);
    expect(high[1] - low[1]).toBeGreaterThan(high[15] - low[15]);
  });
});

describe.each([21, 22, 23])('a synthetic book, seed %d', (seed) => {
  const touching = (differences: number, rule: Formula) => {
    const made = simulate({ customers: 5000, seed, years: 4, differences });
    const options = { calibrateAt: '2022-01-01', until: '2023-01-01', rounds: 60 };
    return simulateRule(readBook(made.policies, made.claims).book, rule, options).estimates;
  };

  test('where customers differ, those of a high expected loss ratio cost more than chance', () => {
    const { touchedToBook, lossRatioChange } = touching(1, ['>', 'expected_loss_ratio', 0.8]);
    expect(touchedToBook.low).toBeGreaterThan(1);
    expect(lossRatioChange.high).toBeLessThan(0);
  });

  test('where they do not differ, what the past cost tells nothing', () => {
    const { touchedToBook } = touching(0, ['>', 'expected_loss_ratio', 'book_loss_ratio']);
    expect(Number(touchedToBook.low ?? 1)).toBeLessThanOrEqual(1);
  });
});

describeOnRealBook('a rule tried on the Spanish book, 2017 to 2018', () => {
  const columns = JSON.parse(readFileSync('examples/spanish-motor.columns.json', 'utf8'));
  const rows = sharedRows('data/spanish-motor/policy_years.csv.gz', ';');
  const { book: spanish } = readExperience(rows, columns);
  const plan: PlanInput = { risk: { highRiskCertainty: 0.95 } };
  const asked = { calibrateAt: '2017-01-01', until: '2018-01-01', at: 'renewal', plan } as const;
  const tried = simulateRule(spanish, ['>', 'expected_loss_ratio', 'permissible_loss_ratio'], {
    ...asked,
    rounds: 30,
  });

  test('touches those whom the backtest graded so, and leaves the others', () => {
    const judged = backtest(spanish, {
      ...{ from: asked.calibrateAt, until: asked.until, at: asked.at, plan, rounds: 0 },
    });
    const { expectedLossRatio, earnedPremium, incurred } = judged.columns;
    const total = (column: Float64Array) =>
      column.reduce((so, value, row) => so + (expectedLossRatio[row] > 0.65 ? value : 0), 0);
    expect(tried.before).toMatchObject({ customers: 24248, claims: judged.claims });
    expect(tried.notes).toContain(
      '9,505 customers with cover in these days had none before 2017-01-01: nothing was known of them, and they are in none of the figures',
    );
    expect(tried.before.earnedPremium).toBeCloseTo(judged.earnedPremium, 4);
    expect(tried.touched.earnedPremium).toBeCloseTo(total(earnedPremium), 4);
    expect(tried.touched.incurred).toBeCloseTo(total(incurred), 4);
    expectToAddUp([tried.touched, tried.untouched], tried.before);
  });

  test("the guide's rule, by the default plan, gives the guide's figures", () => {
    const rule: Formula = ['and', ['>=', 'claim_count', 2], ['>', 'expected_loss_ratio', 0.9]];
    const { before, touched, estimates } = simulateRule(spanish, rule, {
      ...{ ...asked, plan: {}, rounds: 0 },
    });
    const share = ((100 * touched.earnedPremium) / before.earnedPremium).toFixed(1);
    const times = Number(estimates.touchedToBook.value).toFixed(1);
    expect(readFileSync('docs/underwriting.md', 'utf8').replaceAll(/\s+/g, ' ')).toContain(
      `touches ${share} % of the premium, which went on to cost ${times} times the book's average`,
    );
  });

  test('they cost more than chance would choose; the cut of the plan says the same', () => {
    expect(tried.estimates.touchedToBook.low).toBeGreaterThan(2);
    const [permissible] = tried.curve.plan;
    expect(permissible.lossRatio).toBe(tried.untouched.lossRatio);
    expect(permissible.customers).toBe(tried.untouched.customers);
    expect(toText(tried)).toContain('more than chance would choose');
  });
});

describe('what is told', () => {
  const result = simulateRule(book, hadClaim, { ...days, rounds: 20 });

  test('the assumption stands in the text, and no table is wider than a terminal', () => {
    const text = toText(result);
    expect(text.replaceAll('\n', ' ')).toContain(
      'all of them leave on that day, which is the most that the rule can do',
    );
    expect(text).not.toMatch(/NaN|undefined|null|decline/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(104);
    const half = simulateRule(book, hadClaim, {
      ...days,
      reaction: { leave: 0.5, surcharge: 0.2 },
    });
    expect(toText(half).replaceAll('\n', ' ')).toContain(
      '50.0% of them, whoever they are, leave on that day; the others stay and pay 20.0% more',
    );
  });

  test('the picture has the curve, chance, the rule and both lines of the plan', () => {
    const observed = { ...days, rounds: 20, score: 'loss_ratio' };
    const spec = JSON.stringify(ruleCurveChart(simulateRule(book, hadClaim, observed)));
    for (const name of ['cuts of observed loss ratio', 'kept at random (band: 90%', 'the rule']) {
      expect(spec).toContain(name);
    }
    expect(spec).toContain('the cut at the permissible loss ratio (65.0%)');
    expect(spec).not.toMatch(/NaN|undefined/);
  });
});

describe('wrong input', () => {
  const { book: one } = readBook([year('Ann', 2022, 500), year('Ann', 2023, 500)], []);

  test.each<[string, () => unknown, RegExp]>([
    ['no book', () => simulateRule({} as never, hadClaim, days), /expected a book/],
    ['no rule', () => simulateRule(book, null, days), /expected a rule, as/],
    ['a number', () => simulateRule(book, 1, days), /got the number 1/],
    [
      'text that is no name',
      () => simulateRule(book, 'claim_count >= 1', days),
      /no indicator or score is named "claim_count >= 1"/,
    ],
    [
      'an unknown name',
      () => simulateRule(book, ['>', 'claim_cuont', 1], days),
      /"claim_cuont" \(did you mean "claim_count"\?\)/,
    ],
    ['no yes or no', () => simulateRule(book, ['+', 'claim_count', 1], days), /takes a yes or no/],
    [
      'an object for a rule',
      () => simulateRule(book, { when: 1 } as never, days),
      /expected a formula/,
    ],
    [
      'an unknown score',
      () => simulateRule(book, hadClaim, { ...days, score: 'expected_ratio' }),
      /did you mean/,
    ],
    [
      'an unknown option',
      () => simulateRule(book, hadClaim, { ...days, untill: '' } as never),
      /did you mean "until"/,
    ],
    [
      'an end before the beginning',
      () => simulateRule(book, hadClaim, { ...days, until: '2022-01-01' }),
      /expected until after calibrateAt, got 2023-01-01 to 2022-01-01/,
    ],
    [
      'a share above 1',
      () => simulateRule(book, hadClaim, { ...days, reaction: { leave: 1.2 } }),
      /0 to 1, got 1.2/,
    ],
    [
      'a share that is none',
      () => simulateRule(book, hadClaim, { ...days, reaction: { leave: Number.NaN } }),
      /0 to 1, got NaN/,
    ],
    [
      'a surcharge below 0',
      () => simulateRule(book, hadClaim, { ...days, reaction: { leave: 0, surcharge: -0.1 } }),
      /0 or more, got -0.1/,
    ],
    [
      'a surcharge that nobody pays',
      () => simulateRule(book, hadClaim, { ...days, reaction: { surcharge: 0.1 } }),
      /give leave below 1/,
    ],
    [
      'an unknown attribute',
      () => simulateRule(book, hadClaim, { ...days, where: { chanel: ['broker'] } }),
      /no attribute "chanel" \(did you mean "channel"\?\)/,
    ],
    [
      'an unknown label',
      () => simulateRule(book, hadClaim, { ...days, where: { channel: ['brokers'] } }),
      /no customer's channel is "brokers" \(did you mean "broker"\?\)/,
    ],
    [
      'a label that is no list',
      () => simulateRule(book, hadClaim, { ...days, where: { channel: 'broker' } as never }),
      /expected a list of labels/,
    ],
    [
      'a protected attribute',
      () => {
        const terms = smallTerms.map((row) => ({ ...row, gender: 'f' }));
        const { book: told } = readBook(terms, smallClaims);
        return simulateRule(told, null, { ...days, where: { gender: ['f'] } });
      },
      /customers must not be told apart by "gender": .*prohibited.allowed/,
    ],
    ['an empty book', () => simulateRule(readBook([], []).book, hadClaim, days), /expected|known/],
    [
      'a day before everything',
      () => simulateRule(book, hadClaim, { ...days, calibrateAt: '2020-01-01' }),
      /no customer has cover that is known/,
    ],
  ])('%s is said', (_, act, message) => {
    expect(act).toThrow(MisuseError);
    expect(act).toThrow(message);
  });

  test('one customer is a book', () => {
    const result = simulateRule(one, hadClaim, { ...days, rounds: 10 });
    expect(result.before).toMatchObject({ customers: 1, incurred: 0, lossRatio: 0 });
    expect(toText(result)).not.toMatch(/NaN|undefined|null/);
  });

  test('nobody to follow is a fault of the data', () => {
    const { book: gone } = readBook([year('Ann', 2022, 500)], []);
    expect(() => simulateRule(gone, hadClaim, days)).toThrow(UnusableDataError);
  });

  test('a protected attribute that the plan allows is used, and the reason is told', () => {
    const terms = smallTerms.map((row) => ({ ...row, gender: 'f' }));
    const plan = { prohibited: { allowed: { gender: 'a study of fairness' } } };
    const { book: told } = readBook(terms, smallClaims);
    const result = simulateRule(told, hadClaim, { ...days, plan, where: { gender: ['f'] } });
    expect(result.notes.join('\n')).toContain('a study of fairness');
  });
});
