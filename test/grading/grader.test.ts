import { describe, expect, test } from 'vitest';
import {
  type Customer,
  calibrate,
  grader,
  indicators,
  MisuseError,
  type PlanInput,
  readModel,
  readPlan,
  riskTiers,
} from '../../src/index.js';
import { sealModel } from '../../src/model/model.js';
import { explanation } from '../../src/report.js';
import { reasonRules } from '../../src/segments/reasons.js';
import { fixedModel, steady } from '../support/fixed-model.js';

const grade = (change: Partial<Customer> = {}, plan: PlanInput = {}) =>
  grader(fixedModel(plan))({ ...steady, ...change } as Customer);
const hints = (change: Partial<Customer>) =>
  grade(change).underwriting.hints.map(({ code }) => code);
const reasons = (change: Partial<Customer>) => grade(change).reasons.map(({ code }) => code);

describe('the expected loss ratio', () => {
  test('is 0.6 × (1 + claims) ÷ (1 + premium ÷ 2500) under the fixed model', () => {
    expect(grade().risk.expectedLossRatio).toBeCloseTo(0.6 / 1.48, 14);
    expect(grade({ claimCount: 1 }).risk.expectedLossRatio).toBeCloseTo((0.6 * 2) / 1.48, 14);
  });

  test('credibility is expected claims ÷ (1 + expected claims) with variance 1', () => {
    expect(grade().risk.credibility).toBeCloseTo(0.48 / 1.48, 14);
  });

  test('the interval comes from the table at the number of claims', () => {
    const [low, high] = grade({ claimCount: 1 }).risk.interval;
    expect(low).toBeCloseTo((0.6 * 0.5) / 1.48, 14);
    expect(high).toBeCloseTo((0.6 * 3.9) / 1.48, 14);
  });

  test('beyond the table it is close to the gamma quantile (scipy: gamma.ppf([.1, .9], 51))', () => {
    const [low, high] = grade({ claimCount: 50 }).risk.interval;
    expect(Number(low) / ((0.6 * 42.08863324) / 1.48)).toBeCloseTo(1, 4);
    expect(Number(high) / ((0.6 * 60.33944015) / 1.48)).toBeCloseTo(1, 4);
  });
});

describe('risk tiers, first match', () => {
  test.each([
    ['less than a year of experience', { exposureYears: 0.99 }, 'unrated'],
    ['less than a year, with claims', { exposureYears: 0.5, claimCount: 9 }, 'unrated'],
    ['no premium', { earnedPremium: 0 }, 'unrated'],
    ['no premium, with claims', { earnedPremium: 0, claimCount: 1 }, 'unrated'],
    ['exactly a year without a claim', { exposureYears: 1 }, 'excellent'],
    ['no counted claim, but money paid', { incurredLoss: 900 }, 'excellent'],
    ['expected 48 %', { earnedPremium: 3750, claimCount: 1 }, 'healthy'],
    ['expected 65 % exactly', { earnedPremium: 2500 * (1.2 / 0.65 - 1), claimCount: 1 }, 'healthy'],
    ['expected 81 %', { claimCount: 1 }, 'sub-healthy'],
    ['expected 100 % exactly', { earnedPremium: 2000, claimCount: 2 }, 'sub-healthy'],
    ['expected 122 %', { claimCount: 2 }, 'high-risk'],
  ] as const)('%s: %j is %s', (_, change, tier) => {
    expect(grade(change).risk.tier).toBe(tier);
  });

  test('on the observed loss ratio, when the plan says so', () => {
    const observed = { risk: { basis: 'observed' as const } };
    expect(grade({ claimCount: 2, incurredLoss: 100 }, observed).risk.tier).toBe('healthy');
    expect(grade({ claimCount: 1, incurredLoss: 5000 }, observed).risk.tier).toBe('high-risk');
  });

  test("the plan's own rules and lines decide", () => {
    const strict: PlanInput = {
      pricing: { expenseRatio: 0.5 },
      risk: {
        rules: [{ tier: 'high-risk', when: ['>=', 'claim_count', 1] }],
        otherwise: 'excellent',
      },
    };
    expect(grade({ claimCount: 1 }, strict).risk.tier).toBe('high-risk');
    expect(grade({ exposureYears: 0.1 }, strict).risk.tier).toBe('excellent');
    expect(
      grade({ earnedPremium: 3750, claimCount: 1 }, { pricing: { expenseRatio: 0.5 } }).risk.tier,
    ).toBe('sub-healthy');
  });
});

describe('value and service', () => {
  test.each([
    [499.99, 'low'],
    [500, 'high'],
    [0, 'low'],
  ])('an annual premium of %d is of %s value', (annualPremium, tier) => {
    expect(grade({ annualPremium }).value.tier).toBe(tier);
  });

  test.each([
    ['excellent', 'high', 'signature'],
    ['excellent', 'low', 'plus'],
    ['healthy', 'high', 'plus'],
    ['healthy', 'low', 'standard'],
    ['sub-healthy', 'high', 'standard'],
    ['sub-healthy', 'low', 'basic'],
    ['high-risk', 'high', 'basic'],
    ['high-risk', 'low', 'basic'],
    ['unrated', 'high', 'standard'],
    ['unrated', 'low', 'standard'],
  ] as const)(
    '%s and %s value get %s service with its entitlements and budget',
    (risk, value, service) => {
      const makes: Record<string, Partial<Customer>> = {
        excellent: {},
        healthy: { earnedPremium: 3750, claimCount: 1 },
        'sub-healthy': { claimCount: 1 },
        'high-risk': { claimCount: 2 },
        unrated: { exposureYears: 0.5 },
      };
      const found = grade({ ...makes[risk], annualPremium: value === 'high' ? 600 : 400 });
      expect([found.risk.tier, found.value.tier, found.service.tier]).toEqual([
        risk,
        value,
        service,
      ]);
      expect(found.service).toEqual({ tier: service, ...readPlan().service.catalogue[service] });
    },
  );
});

describe('underwriting hints: each given on its side of its line, and not on the other', () => {
  test.each<[string, Partial<Customer>, Partial<Customer>]>([
    [
      'over-break-even',
      { claimCount: 2, earnedPremium: 1999 },
      { claimCount: 2, earnedPremium: 2000 },
    ],
    ['premium-below-cost', { claimCount: 1 }, { claimCount: 1, earnedPremium: 1790 }],
    [
      'over-permissible',
      { claimCount: 1, earnedPremium: 2100 },
      { claimCount: 1, earnedPremium: 2120 },
    ],
    [
      'rising-claims',
      { claimCount: 2, recentClaimCount: 2, recentExposureYears: 1 },
      { claimCount: 2, recentClaimCount: 2, recentExposureYears: 3 },
    ],
    ['large-loss', { largestClaim: 4001 }, { largestClaim: 4000 }],
    ['high-claim-frequency', { claimCount: 2 }, { claimCount: 2, exposureYears: 4 }],
    ['repeated-claims', { claimCount: 2 }, { claimCount: 1 }],
    ['marginal', { claimCount: 1, earnedPremium: 2100 }, { claimCount: 1 }],
    [
      'bad-luck-likely',
      { claimCount: 1, earnedPremium: 3750, incurredLoss: 3751 },
      { claimCount: 1, earnedPremium: 3750, incurredLoss: 3750 },
    ],
    ['long-claim-free', { claimFreeYears: 5 }, { claimFreeYears: 4.99 }],
    ['long-tenure', { tenureYears: 5 }, { tenureYears: 4.99 }],
    ['short-tenure', { tenureYears: 0.99 }, { tenureYears: 1 }],
    ['lapsed', { lapsed: 1 }, { lapsed: 0 }],
    ['thin-experience', { exposureYears: 0.99 }, { exposureYears: 1 }],
  ])('%s', (code, given, withheld) => {
    expect(hints(given)).toContain(code);
    expect(hints(withheld)).not.toContain(code);
  });

  test('the default plan has no hint that this list leaves out', () => {
    expect(readPlan().hints).toHaveLength(14);
  });

  test('a missing indicator gives no hint', () => {
    expect(hints({ claimCount: 2, earnedPremium: 9000 })).toEqual([
      'high-claim-frequency',
      'repeated-claims',
    ]);
  });

  test('the most serious hint makes the action', () => {
    expect(grade().underwriting.action).toBe('renew');
    expect(grade({ claimCount: 1 }).underwriting.action).toBe('reprice');
    expect(grade({ claimCount: 2, earnedPremium: 9000 }).underwriting.action).toBe('restrict');
    expect(grade({ claimCount: 2 }).underwriting.action).toBe('refer');
  });

  test('the indicated change is expected ÷ permissible − 1, between a cut of 25 % and a rise of 50 %', () => {
    const change = (of: Partial<Customer>) => grade(of).underwriting.indicatedChange;
    expect(change({ claimCount: 1 })).toBeCloseTo(1.2 / 1.48 / 0.65 - 1, 14);
    expect(change({})).toBe(-0.25);
    expect(change({ claimCount: 5 })).toBe(0.5);
    expect(change({ exposureYears: 0.5 })).toBeNull();
    // Loss ratio 85 %, permissible 80 %: factor 1.0625 (oracle, rates).
    const plan = { pricing: { expenseRatio: 0.2, profitMargin: 0 } };
    const at85 = { claimCount: 1, earnedPremium: 2500 * (1.2 / 0.85 - 1) };
    expect(1 + Number(grade(at85, plan).underwriting.indicatedChange)).toBeCloseTo(1.0625, 12);
  });

  test('there is no decline', () => {
    expect(() =>
      readPlan({
        hints: [
          {
            code: 'no',
            action: 'decline' as 'refer',
            when: 1,
            text: '',
            indicator: 'claim_count',
            compared: 1,
          },
        ],
      }),
    ).toThrow(MisuseError);
  });
});

describe('reasons', () => {
  test('at most four, what decided the tier first, then by how far each moves the score', () => {
    const busy = { claimCount: 2, incurredLoss: 90, annualPremium: 501, tenureYears: 11 };
    const found = grade(busy).reasons;
    expect(found.map(({ code }) => code)).toEqual([
      'over-break-even', // it decided, though 121.6 % is only 21.6 points above its line
      'observed-below-expected', // 7.5 % observed, 121.6 % expected: 114.1 points
      'more-claims-than-average', // 60 % without own experience, 121.6 % with it: 61.6 points
      'high-value', // says nothing of the loss ratio, as long-relationship, which is fifth
    ]);
    expect(found.map(({ favours }) => favours)).toEqual([false, false, false, true]);
  });

  test('by how far observed and compared are apart, when the plan says so', () => {
    const busy = { claimCount: 2, incurredLoss: 90, annualPremium: 501, tenureYears: 11 };
    const found = grade(busy, { reasons: { weighedBy: 'distance' } }).reasons;
    expect(found.map(({ code }) => code)).toEqual([
      'over-break-even',
      'observed-below-expected', // 7.5 % against 122 %: apart 0.88
      'more-claims-than-average', // 2 against 0.48: apart 0.61
      'long-relationship', // 11 years against 5: apart 0.375; high value, 501 against 500, is fifth
    ]);
  });

  test('each says what was observed and what it was compared with', () => {
    const [first] = grade({ claimCount: 2 }).reasons;
    expect(first.indicator).toBe('rated_loss_ratio');
    expect(first.observed).toBeCloseTo(1.8 / 1.48, 14);
    expect(first.compared).toBe(1);
    expect(first.text).toBe('A loss ratio of 121.6% is above break-even at 100%');
  });

  test('every tier has a deciding reason under the default plan', () => {
    expect(reasons({})[0]).toBe('claim-free');
    expect(reasons({ earnedPremium: 3750, claimCount: 1 })[0]).toBe('within-permissible');
    expect(reasons({ claimCount: 1 })[0]).toBe('over-permissible');
    expect(reasons({ claimCount: 2 })[0]).toBe('over-break-even');
    expect(reasons({ exposureYears: 0.5 })[0]).toBe('too-little-experience');
    expect(reasons({ earnedPremium: 0 })[0]).toBe('no-premium');
  });

  test('no text shows a raw number that is missing', () => {
    const texts = [
      {},
      { earnedPremium: 0, claimCount: 1 },
      { exposureYears: 0 },
      { annualPremium: 900 },
    ].flatMap((change) => {
      const found = grade(change);
      return [...found.reasons, ...found.underwriting.hints].map(({ text }) => text);
    });
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter((text) => /NaN|undefined|null|\{|Infinity/.test(text))).toEqual([]);
  });

  test('codes are unique', () => {
    expect(new Set(reasonRules.map(({ code }) => code)).size).toBe(reasonRules.length);
    const codes = readPlan().hints.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('whyNot', () => {
  test('nothing keeps an excellent customer from anything', () => {
    expect(grade().whyNot).toBeNull();
  });

  test('says how much experience an unrated customer lacks', () => {
    const { whyNot } = grade({ exposureYears: 0.25 });
    expect(whyNot?.moreExperienceYears).toBe(0.75);
    expect(whyNot?.text).toBe('unrated: 0.25 years of experience, 0.75 years short of a rating');
    expect(grade({ exposureYears: 0.99 }).whyNot?.text).toContain('4 days short of a rating');
    expect(grade({ earnedPremium: 0 }).whyNot?.moreExperienceYears).toBeNull();
  });

  test('the last claim a year ago leaves a three-year window after two more years', () => {
    const { whyNot } = grade({ claimCount: 2, claimFreeYears: 1 });
    expect(whyNot).toMatchObject({ tier: 'excellent', claimFreeYears: 2 });
    expect(whyNot?.text).toBe(
      'high-risk because expected loss ratio is above 1; about 2 more claim-free years, or fewer, would lead to excellent',
    );
  });

  test('more premium without a claim can be enough before the window has moved on', () => {
    // Expected 0.6 × 2 ÷ (1 + 2000 ÷ 2500) = 0.667; one more year at 3,000 brings it below 0.65.
    const { whyNot } = grade({
      claimCount: 1,
      earnedPremium: 2000,
      annualPremium: 3000,
      claimFreeYears: 0.5,
    });
    expect(whyNot).toMatchObject({ tier: 'healthy', claimFreeYears: 1 });
  });

  test('a plan without better tiers promises nothing', () => {
    const plan: PlanInput = { risk: { rules: [], otherwise: 'high-risk' } };
    expect(grade({}, plan).whyNot).toMatchObject({ tier: null, claimFreeYears: null });
  });
});

describe('a grade', () => {
  test('goes to JSON and back unchanged', () => {
    const found = grade({ claimCount: 1, earnedPremium: 0 });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test('names the model it was made with', () => {
    const model = fixedModel();
    const { id, hash } = grader(model)(steady).model;
    expect(hash).toBe(model.hash);
    expect(id).toBe(`default-2024-01-01-${model.hash.slice(0, 8)}`);
  });

  test('refuses what is no number, unknown or missing, with the nearest name', () => {
    expect(() => grade({ claimCount: Number.NaN })).toThrow(
      'expected a finite decimal number for claimCount, got NaN',
    );
    expect(() => grade({ claimCount: '2' as unknown as number })).toThrow('claimCount, got "2"');
    expect(() => grade({ claimCont: 2 } as Partial<Customer>)).toThrow(
      'did you mean "claimCount"?',
    );
    const { annualPremium: _, ...without } = steady;
    expect(() => grader(fixedModel())(without as Customer)).toThrow(
      'a number for annualPremium, got nothing',
    );
  });

  test.each<[Record<string, unknown>, string]>([
    [{ earnedPremium: -5 }, 'expected a number of 0 or more for earnedPremium, got -5'],
    [{ claimCount: 1.5 }, 'expected a whole number of 0 or more for claimCount, got 1.5'],
    [{ customerId: undefined }, 'for customerId, got nothing'],
    [{ customerId: '' }, 'for customerId, got ""'],
  ])('refuses %j as a row of a file would be', (change, message) => {
    expect(() => grade(change)).toThrow(message);
  });

  test('of nothing, by nothing, or of a day that is none is refused in words', () => {
    const service = grader(fixedModel());
    const nothing = undefined as never;
    expect(() => grader(nothing)).toThrow('grader: expected a model');
    expect(() => service(nothing)).toThrow("expected a customer's indicators");
    expect(() => service(steady, '2024-13-01')).toThrow('grader: asOf must be a date');
    expect(() => indicators(nothing, { asOf: '2024-01-01' })).toThrow('const { book } = readBook');
    expect(() => calibrate(nothing)).toThrow('calibrate: expected a table');
    expect(() => readModel(nothing)).toThrow('expected the text of a model file');
  });

  test('of customers that do not differ has no interval, rather than one of a point', () => {
    const model = fixedModel();
    const { experience } = model.parameters;
    const same = sealModel({
      ...model,
      parameters: {
        ...model.parameters,
        experience: { ...experience, relativityVariance: 0 } as typeof experience,
      },
    });
    const { risk } = grader(same)({ ...steady, claimCount: 3 });
    expect(risk).toMatchObject({ expectedLossRatio: 0.6, credibility: 0, interval: [null, null] });
  });

  test('is explained in words, without a missing value or a raw name', () => {
    for (const change of [{}, { claimCount: 2 }, { exposureYears: 0.2 }, { earnedPremium: 0 }]) {
      const text = explanation(grade(change));
      expect(text).not.toMatch(/NaN|undefined|null|_/);
      expect(riskTiers.some((tier) => text.includes(`Risk: ${tier}`))).toBe(true);
    }
  });
});
