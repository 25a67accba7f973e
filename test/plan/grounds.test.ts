import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gradeHeader, gradeRows } from '../../src/grading/grade-rows.js';
import {
  assess,
  type Customer,
  calibrate,
  type Ground,
  gradeAt,
  grader,
  type Hint,
  indicators,
  type PlanInput,
  readBook,
  readExperience,
  readIndicators,
  readPlan,
  startingGrounds,
  summarize,
  zh,
} from '../../src/index.js';
import { explanation } from '../../src/report.js';
import { bookgrade, csvRows, smallBook } from '../support/command.js';
import { fixedModel, steady } from '../support/fixed-model.js';
import { asOf, randomPlan, shuffledRows, withPremium } from '../support/random-book.js';
import { expectInReadme } from '../support/readme.js';
import { runs } from '../support/slow.js';

const under = (...jurisdictions: string[]): PlanInput => ({ prohibited: { jurisdictions } });
const gradeOf = (change: Partial<Customer>, plan: PlanInput) =>
  grader(fixedModel(plan))({ ...steady, ...change });
const underwriting = (change: Partial<Customer>, plan: PlanInput) => {
  const { action, hints, withheld, indicatedChange } = gradeOf(change, plan).underwriting;
  return {
    action,
    hints: hints.map(({ code }) => code),
    withheld: withheld.map(({ code, ground }) => `${code}:${ground}`),
    indicatedChange,
  };
};
const hint = (code: string, action: Hint['action'], when: Hint['when']): Hint => ({
  code,
  action,
  when,
  text: '{observed}',
  indicator: 'claim_count',
  compared: 1,
  favours: false,
});
const ownGround = (bars: Partial<Ground>) => ({
  code: 'own',
  jurisdiction: 'house',
  text: 'Not so here',
  citation: 'House rules 7',
  date: '2024-05-01',
  ...bars,
});

// Expected under the fixed model: 0.6 × 2 ÷ (1 + 300 ÷ 2500) = 107 % with one claim, 161 % with two.
const oneClaim = { earnedPremium: 300, annualPremium: 100, claimCount: 1, incurredLoss: 200 };
const twoClaims = { ...oneClaim, claimCount: 2 };
// 0.6 × 2 ÷ (1 + 1200 ÷ 2500) = 81 %: the hint is to reprice by 81 ÷ 65 − 1 = 24.7 %.
const dear = { claimCount: 1, incurredLoss: 400 };
const rise = (0.6 * 2) / 1.48 / 0.65 - 1;

describe('a hint that rests on a prohibited ground', () => {
  test('is withheld with the ground, its place, its source and date, and the rest make the action', () => {
    const free = underwriting(oneClaim, {});
    expect(free).toMatchObject({ action: 'refer', withheld: [] });
    expect(free.hints).toContain('over-break-even');
    const held = gradeOf(oneClaim, under('US-OR')).underwriting;
    expect(held.hints.map(({ code }) => code)).toEqual(
      free.hints.filter((code) => code !== 'over-break-even'),
    );
    expect(held.action).toBe('renew');
    expect(held.withheld).toEqual([
      {
        code: 'over-break-even',
        action: 'refer',
        ground: 'or-first-claim',
        jurisdiction: 'US-OR',
        text: 'The first claim in five years must not decide whether a policy is renewed (homeowners)',
        citation: 'ORS 746.686(2)(b), 2021 edition',
        date: '2021-01-01',
      },
    ]);
    expect(explanation(gradeOf(oneClaim, under('US-OR')))).toContain(
      '  Withheld: refer to an underwriter. The first claim in five years must not decide whether a policy is renewed (homeowners) [US-OR: ORS 746.686(2)(b), 2021 edition, 2021-01-01]',
    );
    expect(explanation(gradeOf(oneClaim, under('US-OR')), { locale: zh })).toContain(
      '  不予提示：转交核保人员。五年内的首次索赔不得用来决定是否续保（房主保险）［US-OR：ORS 746.686(2)(b), 2021 edition，2021-01-01］',
    );
  });

  test('is given to a customer with a second claim, counted or set aside', () => {
    expect(underwriting(twoClaims, under('US-OR'))).toEqual(underwriting(twoClaims, {}));
    expect(underwriting({ ...oneClaim, setAsideClaimCount: 1 }, under('US-OR')).withheld).toEqual(
      [],
    );
  });

  test('a milder hint that the ground does not bar decides in its place', () => {
    const hints = [
      hint('stop', 'refer', ['>', 'expected_loss_ratio', 1]),
      hint('dearer', 'reprice', ['>', 'expected_loss_ratio', 1]),
      hint('small', 'restrict', ['<', 'earned_premium', 1000]),
    ];
    expect(underwriting(oneClaim, { hints }).action).toBe('refer');
    const oregon = underwriting(oneClaim, { hints, ...under('US-OR') });
    expect(oregon).toMatchObject({ action: 'restrict', hints: ['dearer', 'small'] });
    expect(oregon.indicatedChange).toBe(0.5);
    const own = [...hints, hint('thin', 'restrict', ['<', 'exposure_years', 9])];
    const oklahoma = underwriting(oneClaim, { hints: own, ...under('US-OK') });
    expect(oklahoma).toMatchObject({ action: 'restrict', hints: ['small', 'thin'] });
    // A rise that rests on the claim is one more hint to reprice.
    expect(oklahoma.withheld).toContain('indicated-change:ok-first-claim');
    expect(oklahoma.indicatedChange).toBe(0);
  });

  test('is one that names it, or rests on it through scores, ratios and single years', () => {
    const rests = (when: Hint['when'], names: string[]) =>
      underwriting(oneClaim, {
        hints: [hint('asked', 'refer', when)],
        prohibited: {
          jurisdictions: ['house'],
          grounds: [ownGround({ actions: ['refer'], names })],
        },
      }).withheld.length === 1;
    expect(rests(['>', 'claim_count', 0], ['claim_count'])).toBe(true);
    expect(rests(['>', 'claim_frequency', 0], ['claim_count'])).toBe(true);
    expect(rests(['>', 'expected_loss_ratio', 1], ['claim_count'])).toBe(true);
    expect(rests(['<', 'risk_tier', 4], ['expected_loss_ratio'])).toBe(true);
    expect(rests(['>', 'exposure_years', 0], ['claim_count'])).toBe(false);
    expect(rests(['>', 'expected_loss_ratio', 1], ['claim_free_years'])).toBe(false);
  });

  test('rests on a claim also where the model weighs the years of claims apart', () => {
    const plan = { experience: { fade: 0.5 }, window: { months: 24 }, ...under('US-OK') };
    const { book } = readBook(
      ['a', 'b', 'c'].map((customer_id) => ({
        customer_id,
        policy_id: customer_id,
        from: '2022-01-01',
        to: '2024-01-01',
        premium: 200,
      })),
      ['a', 'b', 'b'].map((policy_id, claim_id) => ({
        claim_id,
        policy_id,
        occurred_on: `2023-0${claim_id + 1}-01`,
        paid: 500,
        status: 'closed',
      })),
    );
    const table = indicators(book, { asOf: '2024-01-01', plan });
    const grade = gradeAt(assess(table, calibrate(table, plan)));
    expect(grade(0).underwriting.withheld.map(({ code }) => code)).toContain('over-break-even');
    expect(grade(1).underwriting.withheld).toEqual([]);
  });

  test('a ground that names what does not exist is refused, for it would never bar anything', () => {
    const plan: PlanInput = {
      prohibited: {
        jurisdictions: ['house'],
        grounds: [ownGround({ actions: ['refer'], names: ['claim_cout'] })],
      },
    };
    expect(() => calibrate(readIndicators(customers).table, plan)).toThrow(
      '"own" bars "claim_cout", which is no indicator or score (did you mean "claim_count"?)',
    );
  });
});

describe('a claim of more than five years ago, in Oregon', () => {
  const hints = [hint('long-ago', 'restrict', ['<', 'claim_free_years', 8])];
  test('a hint on the time since a claim is withheld once that is more than five years', () => {
    const at = (claimFreeYears: number, jurisdiction: string) =>
      underwriting({ claimFreeYears }, { hints, ...under(jurisdiction) });
    expect(at(5.01, 'US-OR')).toMatchObject({ hints: [], withheld: ['long-ago:or-old-claims'] });
    expect(at(5, 'US-OR')).toMatchObject({ hints: ['long-ago'], withheld: [] });
    expect(at(5.01, 'US-OK')).toMatchObject({ hints: ['long-ago'], withheld: [] });
  });

  test('a window that reaches further is refused, unless the plan looks back no further', () => {
    const plan = (months: number, lookBackMonths?: number): PlanInput => ({
      window: { months },
      ...(lookBackMonths && { claims: { lookBackMonths } }),
      ...under('US-OR'),
    });
    expect(() => readPlan(plan(61))).toThrow(
      'plan, window.months: claims of more than 60 months ago must not be counted, and the window has 61 (or-old-claims, US-OR: ORS 746.686(2)(a), 2021 edition, 2021-01-01); give a window of at most 60 months, or claims.lookBackMonths 60',
    );
    expect(() => readPlan(plan(120, 61))).toThrow('claims.lookBackMonths 60');
    expect(readPlan(plan(60)).window.months).toBe(60);
    expect(readPlan(plan(120, 60)).claims.lookBackMonths).toBe(60);
  });
});

test.each(
  startingGrounds()
    .filter(({ statuses }) => statuses.length > 0)
    .map(({ code, jurisdiction, statuses, citation }) => ({
      code,
      jurisdiction,
      citation,
      status: statuses[0],
    })),
)('$code: a plan that counts claims of the status $status is refused, another is not', (ground) => {
  const others = (['nil', 'withdrawn', 'inquiry'] as const).filter(
    (status) => status !== ground.status,
  );
  const counting = (jurisdiction: string): PlanInput => ({
    claims: { notCounted: others },
    ...under(jurisdiction),
  });
  expect(() => readPlan(counting(ground.jurisdiction))).toThrow(
    `the status ${ground.status} must not be counted (${ground.code}, ${ground.jurisdiction}: ${ground.citation}`,
  );
  expect(() => readPlan(counting(ground.jurisdiction))).toThrow(
    `add "${ground.status}" to claims.notCounted`,
  );
  expect(readPlan(counting('UK')).claims.notCounted).toEqual(others);
  expect(readPlan(under(ground.jurisdiction)).claims.notCounted).toContain(ground.status);
});

describe('a renewal dearer than new business, in the UK', () => {
  test('is not indicated where the price for a new customer is not known: the hint is withheld', () => {
    expect(underwriting(dear, {})).toMatchObject({ action: 'reprice', withheld: [] });
    expect(underwriting(dear, {}).indicatedChange).toBeCloseTo(rise, 12);
    const held = underwriting(dear, under('UK'));
    expect(held).toMatchObject({ action: 'renew', indicatedChange: 0 });
    expect(held.withheld).toEqual([
      'premium-below-cost:uk-renewal-price',
      'indicated-change:uk-renewal-price',
    ]);
  });

  test('goes as far as that price: the hint is given, and the change says that it is limited', () => {
    const held = underwriting({ ...dear, newBusinessPremium: 440 }, under('UK'));
    expect(held).toMatchObject({
      action: 'reprice',
      withheld: ['indicated-change:uk-renewal-price'],
    });
    expect(held.indicatedChange).toBeCloseTo(0.1, 12);
    expect(explanation(gradeOf({ ...dear, newBusinessPremium: 440 }, under('UK')))).toContain(
      '  The change of premium is limited. A renewal must not be more expensive than the same cover for a new customer',
    );
  });

  test('is free below it, and must come down to it where it is dearer already', () => {
    expect(underwriting({ ...dear, newBusinessPremium: 500 }, under('UK'))).toEqual(
      underwriting({ ...dear, newBusinessPremium: 500 }, {}),
    );
    const cheaper = underwriting({ ...dear, newBusinessPremium: 100 }, under('UK'));
    expect(cheaper).toMatchObject({ action: 'renew', indicatedChange: -0.75 });
    expect(cheaper.withheld).toContain('premium-below-cost:uk-renewal-price');
  });

  test('does not concern who has left, nor the unrated', () => {
    expect(underwriting({ ...dear, lapsed: 1 }, under('UK')).withheld).toEqual([]);
    const unrated = underwriting({ exposureYears: 0.5 }, under('UK'));
    expect(unrated).toMatchObject({ indicatedChange: null, withheld: [] });
  });
});

describe('protected attributes', () => {
  test.each(
    startingGrounds()
      .filter(({ attributes }) => attributes.length > 0)
      .map(({ code, jurisdiction, attributes }) => [code, jurisdiction, attributes[0]]),
  )('%s: customers in %s are not told apart by %s, but by their line', (code, place, attribute) => {
    const spelled = attribute.toUpperCase().replace('_', ' ');
    expect(() => readPlan({ experience: { complement: spelled }, ...under(place) })).toThrow(
      `plan, experience.complement: customers must not be told apart by "${spelled}" (${code}, ${place}: `,
    );
    expect(() => readPlan({ retention: { by: attribute }, ...under(place) })).toThrow(
      'plan, retention.by: ',
    );
    expect(readPlan({ experience: { complement: 'line' }, ...under(place) })).toBeTruthy();
  });

  test('may be used with a reason, which stays in the plan and in the model', () => {
    const prohibited = { jurisdictions: ['EU'], allowed: { sex: 'reinsurance study, no prices' } };
    const plan: PlanInput = { experience: { complement: 'Sex' }, prohibited };
    expect(fixedModel(plan).plan.prohibited?.allowed).toEqual(prohibited.allowed);
    expect(() =>
      readPlan({ prohibited: { jurisdictions: ['EU'], allowed: { sexx: 'a reason' } } }),
    ).toThrow('no ground bars "sexx" (did you mean "sex"?)');
    for (const blank of ['', '  ', '\n']) {
      expect(() => readPlan({ prohibited: { allowed: { sex: blank } } })).toThrow(
        'plan, prohibited.allowed.sex: expected a text that is not blank',
      );
    }
  });
});

describe('grounds in a plan', () => {
  test('are those of its jurisdictions and its own; one of the same code takes the place', () => {
    const own = ownGround({ code: 'eu-race', jurisdiction: 'EU', attributes: ['postcode'] });
    const plan = readPlan({ prohibited: { jurisdictions: ['EU'], grounds: [own] } });
    expect(plan.prohibited?.grounds.map(({ code, citation }) => [code, citation])).toEqual([
      ['eu-race', 'House rules 7'],
      ['eu-sex', 'Directive 2004/113/EC, Article 5(1); Court of Justice, C-236/09 (Test-Achats)'],
    ]);
    expect(readPlan(plan)).toEqual(plan);
    expect(readPlan().prohibited).toEqual({ jurisdictions: [], grounds: [], allowed: {} });
  });

  test('one that is allowed with a reason bars nothing', () => {
    const allowed = { 'or-first-claim': 'motor, not homeowners' };
    const plan = { prohibited: { jurisdictions: ['US-OR'], allowed } };
    expect(underwriting(oneClaim, plan)).toEqual(underwriting(oneClaim, {}));
  });

  test.each([
    [under('US-ORE'), 'no ground of "US-ORE" is known (did you mean "US-OR"?)'],
    [
      {
        prohibited: {
          jurisdictions: ['house'],
          grounds: [ownGround({ attributes: ['a'] }), ownGround({ attributes: ['b'] })],
        },
      },
      'the code "own" appears twice',
    ],
    [{ prohibited: { grounds: [ownGround({})] } }, 'expected a ground that bars something'],
    [{ prohibited: { grounds: [ownGround({ actions: ['refer'] })] } }, 'bars something'],
    [
      { prohibited: { grounds: [ownGround({ attributes: ['a'], date: '1 May' })] } },
      'plan, prohibited.grounds.0.date: expected a date yyyy-mm-dd, got "1 May"',
    ],
    [
      { ...under('UK'), hints: [hint('indicated-change', 'renew', 1)] },
      'give the hint another code',
    ],
  ] satisfies [PlanInput, string][])('%j is refused: %s', (plan, message) => {
    expect(() => readPlan(plan)).toThrow(message);
  });

  test('every starting ground has a code of its own, a source and a date, and reads as a plan', () => {
    const all = startingGrounds();
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
    const jurisdictions = [...new Set(all.map(({ jurisdiction }) => jurisdiction))];
    expect(readPlan(under(...jurisdictions)).prohibited?.grounds).toEqual(all);
    // What they bar exists, or calibration would refuse them.
    const { table } = readIndicators(customers);
    expect(calibrate(table, under(...jurisdictions)).plan.prohibited?.grounds).toEqual(all);
  });
});

const policies = (rows: Record<string, unknown>[]) =>
  rows.map((row) => ({ customer_id: 'Ann', policy_id: 'A', premium: 400, ...row }));
const yearly = (first: number, last: number, more: Record<string, unknown> = {}) =>
  policies(
    Array.from({ length: last - first + 1 }, (_, k) => ({
      from: `${first + k}-01-01`,
      to: `${first + k + 1}-01-01`,
      ...more,
    })),
  );
const claimsOn = (...days: string[]) =>
  days.map((occurred_on, k) => ({
    claim_id: k,
    policy_id: 'A',
    occurred_on,
    paid: 100 * (k + 1),
    status: 'closed',
  }));

describe('claims that the plan sets aside', () => {
  const measure = (
    terms: Record<string, unknown>[],
    claims: Record<string, unknown>[],
    settings: NonNullable<PlanInput['claims']>,
    months = 60,
    day = '2024-01-01',
  ) => {
    const plan = { window: { months }, claims: settings };
    const table = indicators(readBook(terms, claims).book, { asOf: day, plan });
    const { claim_count, set_aside_claim_count, set_aside_loss, incurred_loss, capped_loss } =
      table.columns;
    return {
      counted: claim_count[0],
      aside: set_aside_claim_count[0],
      asideLoss: set_aside_loss[0],
      incurred: incurred_loss[0],
      capped: capped_loss[0],
      claimFree: table.columns.claim_free_years[0],
      notes: table.notes,
      table,
    };
  };
  const forgive = { forgiveFirst: { years: 5 } };

  test('the first claim after five years of cover without one is forgiven, the next is not', () => {
    const found = measure(yearly(2014, 2023), claimsOn('2020-05-01', '2022-05-01'), forgive);
    expect(found).toMatchObject({
      counted: 1,
      aside: 1,
      asideLoss: 100,
      incurred: 300,
      capped: 200,
    });
    expect(found.notes[0]).toBe(
      'claims of the window that the plan sets aside (first after 5 years of cover without one): 1, with losses of 100.00; they do not count for a customer, the whole book bears their losses',
    );
  });

  test('five years are counted by the calendar, from the last claim and from the first cover on file', () => {
    const second = (day: string) =>
      measure(yearly(2010, 2023), claimsOn('2017-05-01', day), forgive).aside;
    expect([second('2022-05-01'), second('2022-04-30')]).toEqual([1, 0]);
    const shown = (day: string) => measure(yearly(2017, 2023), claimsOn(day), forgive).aside;
    expect([shown('2022-01-01'), shown('2021-12-31')]).toEqual([1, 0]);
    const gap = [...yearly(2010, 2018), ...yearly(2020, 2023)];
    expect(measure(gap, claimsOn('2022-05-01'), forgive).aside).toBe(0);
  });

  test('a claim that is forgiven breaks the time without one all the same', () => {
    const days = claimsOn('2019-05-01', '2023-05-01');
    expect(measure(yearly(2010, 2023), days, forgive)).toMatchObject({ counted: 1, aside: 1 });
  });

  test('what does not count by its status neither is forgiven nor stands in the way', () => {
    const [inquiry, claim] = claimsOn('2021-05-01', '2022-05-01');
    const both = [{ ...inquiry, status: 'inquiry', paid: 0 }, claim];
    expect(measure(yearly(2010, 2023), both, forgive)).toMatchObject({ counted: 0, aside: 1 });
  });

  test('what rounding leaves of a forgiven claim is no loss above a cap', () => {
    const days = ['2020-05-01', '2022-05-01', '2022-06-01'];
    const rows = claimsOn(...days).map((row, k) => ({ ...row, paid: (k + 1) / 10 }));
    const settings = { ...forgive, cap: 100 };
    const { table, aside } = measure(yearly(2014, 2023), rows, settings);
    // 0.1 + 0.2 + 0.3 is 0.6000000000000001.
    expect([aside, table.columns.excess_loss[0] > 0]).toEqual([1, true]);
    const model = calibrate(table, { window: { months: 60 }, claims: settings });
    const codes = gradeAt(assess(table, model))(0).reasons.map(({ code }) => code);
    expect(codes).not.toContain('large-losses-spread');
  });

  test('further parts of a forgiven claim go with it, in money', () => {
    const [claim] = claimsOn('2022-05-01');
    const parts = [
      { ...claim, cover: 'liability' },
      { ...claim, cover: 'glass', paid: 40 },
    ];
    expect(measure(yearly(2010, 2023), parts, forgive)).toMatchObject({
      counted: 0,
      aside: 1,
      asideLoss: 140,
      capped: 0,
    });
  });

  test('a claim not known by the as-of date does not keep another from being forgiven', () => {
    const [early, late] = claimsOn('2020-05-01', '2022-05-01');
    const reported = (reported_on: string) =>
      measure(yearly(2010, 2023), [{ ...early, reported_on }, late], forgive).aside;
    expect([reported('2020-06-01'), reported('2024-01-01')]).toEqual([1, 1]);
    const counted = (reported_on: string) =>
      measure(yearly(2010, 2023), [{ ...early, reported_on }, late], forgive).counted;
    expect([counted('2020-06-01'), counted('2024-01-01')]).toEqual([1, 0]);
  });

  test('looking back 36 months of a window of 60, a claim counts from the very day on', () => {
    const found = measure(yearly(2010, 2023), claimsOn('2020-12-31', '2021-01-01'), {
      lookBackMonths: 36,
    });
    expect(found).toMatchObject({
      counted: 1,
      aside: 1,
      asideLoss: 100,
      capped: 200,
      claimFree: 3,
    });
    expect(found.notes).toEqual([
      'claims of the window that the plan sets aside (from before 2021-01-01): 1, with losses of 100.00; they do not count for a customer, the whole book bears their losses',
      'the window of 60 months is longer than claims.lookBackMonths 36: cover counts from before it and claims do not, which favours those with cover all along',
    ]);
  });

  test('an older claim does not end the time without one, either', () => {
    const days = claimsOn('2016-07-01');
    const all = { notCounted: ['nil' as const] };
    expect(measure(yearly(2010, 2023), days, all).claimFree).toBeCloseTo(7.5, 1);
    expect(measure(yearly(2010, 2023), days, { lookBackMonths: 60 }).claimFree).toBe(14);
  });

  test('the observed tier leaves their loss out, and the book bears it', () => {
    const plan: PlanInput = {
      risk: { basis: 'observed' },
      claims: forgive,
      window: { months: 60 },
    };
    const { table } = measure(yearly(2010, 2023), claimsOn('2022-05-01'), forgive);
    const model = calibrate(table, plan);
    expect(model.parameters.book.lossRatio).toBe(100 / 2000);
    const grade = gradeAt(assess(table, model))(0);
    expect(grade.risk).toMatchObject({ tier: 'excellent', observedLossRatio: 0.05 });
    const strict = {
      ...plan,
      risk: { basis: 'observed' as const, rules: [], otherwise: 'healthy' as const },
    };
    const rated = calibrate(table, {
      ...strict,
      risk: { ...strict.risk, rules: [{ tier: 'high-risk', when: ['>', 'rated_loss_ratio', 0] }] },
    });
    expect(gradeAt(assess(table, rated))(0).risk.tier).toBe('healthy');
  });

  test('yearly sums do not tell the day of a claim: forgiveness is refused, a look-back sets whole sums aside', () => {
    const sums = [2019, 2020, 2021, 2022, 2023].map((year) => ({
      customer_id: 'Ann',
      from: `${year}-01-01`,
      to: `${year + 1}-01-01`,
      premium: 100,
      claim_count: 1,
      incurred: 10,
    }));
    const { book } = readExperience(sums);
    const of = (claims: NonNullable<PlanInput['claims']>) =>
      indicators(book, { asOf: '2024-01-01', plan: { window: { months: 60 }, claims } }).columns;
    expect(() => of(forgive)).toThrow('yearly sums do not tell when a claim occurred');
    const { claim_count, set_aside_claim_count, set_aside_loss } = of({ lookBackMonths: 36 });
    expect([claim_count[0], set_aside_claim_count[0], set_aside_loss[0]]).toEqual([3, 2, 20]);
  });

  const settings = fc.record({
    lookBackMonths: fc.constantFrom(6, 24, 60),
    forgiveFirst: fc.record({ years: fc.constantFrom(1, 2, 5) }),
  });

  test('laws: the order of rows changes nothing, nothing of the as-of date or later does, and raw is counted plus set aside', () => {
    fc.assert(
      fc.property(withPremium.chain(shuffledRows), settings, (rows, claims) => {
        const plan = { window: { months: 60 }, claims };
        const of = (made: { policies: object[]; claims: object[] }, by: PlanInput = plan) =>
          indicators(readBook(made.policies, made.claims).book, { asOf, plan: by });
        const table = of(rows.book);
        expect(of(rows).columns).toEqual(table.columns);
        const past = {
          policies: rows.book.policies.map((row) =>
            row.cancelled_on >= asOf ? { ...row, cancelled_on: '' } : row,
          ),
          claims: rows.book.claims.filter(
            (row) => row.occurred_on < asOf && row.reported_on < asOf,
          ),
        };
        expect(of(past).columns).toEqual(table.columns);
        const raw = of(rows.book, { window: { months: 60 } }).columns;
        const { columns } = table;
        for (let row = 0; row < table.length; row++) {
          expect(columns.claim_count[row] + columns.set_aside_claim_count[row]).toBe(
            raw.claim_count[row],
          );
          expect(columns.incurred_loss[row]).toBe(raw.incurred_loss[row]);
          const { years = 0, cappedLoss = new Float64Array() } = table.cells ?? {};
          const ofYears = cappedLoss.slice(row * years, (row + 1) * years);
          expect(ofYears.reduce((sum, loss) => sum + loss, 0)).toBeCloseTo(
            columns.capped_loss[row],
            6,
          );
          expect(columns.capped_loss[row] + columns.set_aside_loss[row]).toBeCloseTo(
            raw.capped_loss[row],
            6,
          );
        }
      }),
      { numRuns: runs(60) },
    );
  });

  test('law: one more claim never makes fewer claims count', () => {
    const days = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(days, settings, (offsets, claims) => {
        const on = offsets.map((offset) =>
          new Date(Date.UTC(2013, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10),
        );
        const counted = (some: string[]) =>
          measure(yearly(2013, 2023), claimsOn(...some), claims).counted;
        expect(counted(on)).toBeGreaterThanOrEqual(counted(on.slice(0, -1)));
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('the price for a new customer', () => {
  test('is summed over the terms in force, made annual, and missing where one does not state it', () => {
    const half = { policy_id: 'B', from: '2023-09-01', to: '2024-03-01', new_business_premium: 91 };
    const of = (...terms: Record<string, unknown>[]) =>
      indicators(readBook(policies(terms), []).book, { asOf: '2024-01-01' }).columns
        .new_business_premium[0];
    const whole = { from: '2023-06-01', to: '2024-06-01', new_business_premium: 380.5 };
    expect(of(whole)).toBe(380.5);
    expect(of(whole, half)).toBeCloseTo(380.5 + (91 * 12) / 6, 9);
    expect(of(whole, { ...half, new_business_premium: '' })).toBeNaN();
    expect(of({ ...whole, from: '2022-06-01', to: '2023-06-01' })).toBeNaN();
    const sum = { customer_id: 1, claim_count: 0, incurred: 0, premium: 9, ...whole };
    const { book } = readExperience([sum]);
    const { new_business_premium } = indicators(book, { asOf: '2024-01-01' }).columns;
    expect(new_business_premium[0]).toBe(380.5);
  });
});

const customers = [
  { ...steady, ...dear, customerId: 'a' },
  { ...steady, ...oneClaim, customerId: 'b', newBusinessPremium: 90 },
  { ...steady, ...twoClaims, customerId: 'c', newBusinessPremium: 120 },
  { ...steady, customerId: 'd', lapsed: 1 },
];

describe('columns and single customers', () => {
  test('withhold the same, and the summary counts it', () => {
    const plan = under('UK', 'US-OR', 'US-OK');
    const model = fixedModel(plan);
    const { table } = readIndicators(customers);
    const grades = assess(table, model);
    const cell = gradeHeader(grades).indexOf('withheld');
    const counts: Record<string, number> = {};
    customers.forEach((customer, row) => {
      const { underwriting: told } = grader(model)(customer);
      const keys = told.withheld.map(({ code, ground }) => `${code}:${ground}`);
      for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
      expect(gradeRows(grades)(row)[cell]).toBe(keys.join('|'));
      expect(gradeAt(grades)(row).underwriting).toEqual(told);
      expect(grades.scores.indicated_change[row]).toBe(told.indicatedChange);
    });
    expect(Object.keys(counts).length).toBeGreaterThan(3);
    expect(summarize(grades).withheld).toEqual(counts);
    expect(String(summarize(grades))).toContain('Withheld on prohibited grounds (hint:ground): ');
  });

  test('without a jurisdiction in force no score, tier or hint changes, to the last bit', () => {
    fc.assert(
      fc.property(withPremium, randomPlan, ({ policies, claims }, plan) => {
        const { book } = readBook(policies, claims);
        const table = indicators(book, { asOf, plan });
        const grounds = startingGrounds();
        const model = calibrate(table, { ...plan, prohibited: { grounds } });
        const with_ = assess(table, model);
        const without = assess(table, {
          ...model,
          plan: { ...model.plan, prohibited: readPlan().prohibited },
        });
        expect(with_.scores).toEqual(without.scores);
        expect(with_.tiers).toEqual(without.tiers);
        expect(with_.hints).toEqual(without.hints);
        expect(with_.withheld).toEqual({});
      }),
      { numRuns: runs(25) },
    );
  });
});

test('the commands tell what is withheld, and refuse a plan that its own grounds bar', async () => {
  const { file, folder } = smallBook();
  const header =
    'customer_id,earned_premium,exposure_years,claim_count,incurred_loss,tenure_years,annual_premium,new_business_premium';
  const many = (name: string, length: number, rest: string) =>
    Array.from({ length }, (_, k) => `${name}${k},300,3,${rest},3,100,`);
  const rows = ['Ann,300,3,1,600,3,100,', ...many('Bob', 4, '3,1800'), ...many('c', 40, '0,0')];
  const ready = file('ready.csv', [header, ...rows].join('\n'));
  const planned = (plan: PlanInput) => file('plan.json', JSON.stringify(plan));
  const input = ['--indicators', ready, '--as-of', '2024-01-01', '--plan', planned(under('US-OR'))];
  const out = `${folder}/graded.csv`;
  const scored = await bookgrade('score', ...input, '--out', out, '--json');
  expect(scored.code).toBe(0);
  expect(JSON.parse(scored.out).withheld).toEqual({ 'over-break-even:or-first-claim': 1 });
  const cells = csvRows(out).map(({ customer_id, withheld, action }) => [
    customer_id,
    withheld,
    action,
  ]);
  expect(cells.slice(0, 2)).toEqual([
    ['Ann', 'over-break-even:or-first-claim', 'renew'],
    ['Bob0', '', 'refer'],
  ]);
  const { out: page } = await bookgrade('explain', 'Ann', ...input);
  expect(page).toContain(
    '  Withheld: refer to an underwriter. The first claim in five years must not',
  );
  planned({ ...under('EU'), experience: { complement: 'gender' } });
  const refused = await bookgrade('score', ...input, '--out', out);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain(
    'customers must not be told apart by "gender" (eu-sex, EU: Directive',
  );
});

test('where what is barred cannot be told from the data, the summary says so', () => {
  const plan = under('US-OR', 'UK');
  const ready = readIndicators(customers).table;
  const notes = (table: typeof ready) =>
    summarize(assess(table, fixedModel(plan))).notes.join('\n');
  expect(notes(ready)).toContain(
    'the claims come ready counted: whether any is counted that must not be (or-inquiries) cannot be told',
  );
  expect(notes(ready)).toContain('claims that are too old (or-old-claims) cannot be told');
  expect(notes(ready)).toContain(
    'new_business_premium is not known of 1 of 4 customers, to whom no rise of premium is indicated (uk-renewal-price)',
  );
  const dated = (status: string) =>
    indicators(
      readBook(
        yearly(2021, 2023, { new_business_premium: 300 }),
        claimsOn('2023-05-01').map((row) => ({ ...row, status })),
      ).book,
      { asOf: '2024-01-01', plan },
    );
  expect(notes(dated(''))).toContain(
    'no claim states a status other than open: whether any is counted',
  );
  expect(notes(dated('closed'))).not.toMatch(/cannot be told|not known of/);
});

test('docs/reasons.md has the table of the starting grounds', () => {
  const bars = ({ actions, names, statuses, lookBackMonths, attributes, largestChange }: Ground) =>
    [
      ...(statuses.length > 0 ? [`counting claims of status ${statuses.join(', ')}`] : []),
      ...(lookBackMonths ? [`counting claims older than ${lookBackMonths} months`] : []),
      ...(largestChange ? [`${actions.join(', ')} and a rise above a limit`] : []),
      ...(names.length > 0 ? [`${actions.join(', ')} on ${names.join(', ')}`] : []),
      ...(attributes.length > 0 ? [`telling apart by ${attributes.join(', ')}`] : []),
    ].join('; ');
  const rows = startingGrounds().map(
    (ground) =>
      `| \`${ground.code}\` | ${ground.jurisdiction} | ${ground.text} | ${bars(ground)} | ${ground.citation}, ${ground.date} |`,
  );
  expectInReadme(
    'grounds',
    [
      '| code | where | what it says | what it bars here | source, date |',
      '|---|---|---|---|---|',
      ...rows,
    ].join('\n'),
    'docs/reasons.md',
  );
});
