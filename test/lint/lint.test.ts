import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, scoringFormulas } from '../../src/formula.js';
import {
  assess,
  calibrate,
  type Formula,
  type PlanInput,
  readIndicators,
  readPlan,
  riskTiers,
} from '../../src/index.js';
import { measuredIndicators } from '../../src/indicators/indicators.js';
import { type Example, type Finding, lint, lintCodes } from '../../src/lint.js';
import { toText } from '../../src/report/show.js';
import { memoryInputs } from '../../src/segments/memory.js';
import { fixedModel } from '../support/fixed-model.js';
import { runs } from '../support/slow.js';
import { soundPlans, uniqueBands } from '../support/sound-plans.js';

/**
 * What the scoring formulas make of an example, whose values stand in for whatever they name; those
 * with memory where it names the tier held, by somebody who has no renewal to wait for.
 */
function valuesOf(plan: PlanInput, example: Example, asked: readonly Formula[]): number[] {
  const remember = 'held_tier' in example;
  const formulas = [
    ...scoringFormulas(fixedModel(plan), remember).filter(({ name }) => !(name in example)),
    ...asked.map((formula, k) => ({ name: `asked ${k}`, formula })),
  ];
  const missing = [...measuredIndicators, ...memoryInputs].map((name) => [name, Number.NaN]);
  const given = Object.entries(example).map(([name, value]) => [
    name,
    typeof value === 'string' ? riskTiers.indexOf(value as never) : (value ?? Number.NaN),
  ]);
  const columns = Object.fromEntries(
    [...missing, ...given].map(([name, value]) => [name, Float64Array.of(Number(value))]),
  );
  const wanted = asked.map((_, k) => `asked ${k}`);
  const values = evaluate(formulas, columns, 1, wanted);
  return wanted.map((name) => values[name][0]);
}

/** Whether a finding's example shows what the finding says, by the scoring formulas alone. */
function confirmed(plan: PlanInput, { code, place, examples }: Finding): boolean {
  const { rules } = readPlan(plan).risk;
  const held = () =>
    valuesOf(
      plan,
      examples[0],
      rules.map(({ when }) => when),
    );
  const before = (name: string) => valuesOf(plan, examples[0], [name])[0];
  const after = (name: string) => valuesOf(plan, examples[1], [name])[0];
  switch (code) {
    case 'gap':
      return held().every((holds) => !holds);
    case 'overlap': {
      const tiers = new Set(rules.filter((_, k) => held()[k]).map(({ tier }) => tier));
      return tiers.size > 1;
    }
    case 'missing-is-rated':
      return before('risk_tier') < 4 && after('risk_tier') !== before('risk_tier');
    case 'risk-not-monotone':
      return after('risk_tier') < before('risk_tier') && before('risk_tier') < 4;
    case 'tier-never-left':
      return (
        before('observed_tier') < before('held_tier') &&
        before('risk_tier') > before('observed_tier')
      );
    case 'action-not-monotone':
      return after('action') < before('action');
    case 'service-not-monotone':
      return place.startsWith('service.matrix') || after('service_tier') < before('service_tier');
    default:
      return true;
  }
}

const codesOf = (plan: PlanInput) => lint(plan).findings.map(({ code, place }) => [code, place]);

const old = readPlan();
const withRule = (k: number, when: Formula) =>
  Object.assign([...(uniqueBands.risk?.rules ?? [])], {
    [k]: { ...uniqueBands.risk?.rules?.[k], when },
  });
const band = (...more: Formula[]): Formula => [
  'and',
  ['>=', 'exposure_years', 'minimum_exposure_years'],
  ['not', ['missing', 'claim_count']],
  ...more,
];

/** One fault of each kind at least. */
const planted: PlanInput = {
  name: 'planted',
  value: { cut: { share: 0 } },
  risk: {
    hit: 'unique',
    otherwise: 'healthy',
    rules: [
      { tier: 'unrated', when: ['missing', 'rated_loss_ratio'] },
      // Of whom claims are not known nobody is told to be unrated.
      { tier: 'unrated', when: ['not', ['>=', 'exposure_years', 'minimum_exposure_years']] },
      { tier: 'excellent', when: band(['=', 'claim_count', 0], ['>=', 'rated_loss_ratio', 0]) },
      // Far above 3 a customer is healthy again; at the permissible loss ratio itself no rule holds.
      {
        tier: 'healthy',
        when: band(
          ['>', 'claim_count', 0],
          ['or', ['<', 'rated_loss_ratio', 'permissible_loss_ratio'], ['>', 'rated_loss_ratio', 3]],
        ),
      },
      {
        tier: 'sub-healthy',
        when: band(
          ['>', 'claim_count', 0],
          ['>', 'rated_loss_ratio', 'permissible_loss_ratio'],
          ['<=', 'rated_loss_ratio', 1],
        ),
      },
      // Begins below where sub-healthy ends.
      {
        tier: 'high-risk',
        when: band(
          ['>', 'claim_count', 0],
          ['>', 'rated_loss_ratio', 0.95],
          ['<=', 'rated_loss_ratio', 3],
        ),
      },
      { tier: 'high-risk', when: ['and', ['>', 'claim_count', 5], ['<', 'claim_count', 2]] },
    ],
  },
  memory: {
    stay: [
      // Who is better than sub-healthy has a known loss ratio.
      { tier: 'sub-healthy', when: ['>=', 'rated_loss_ratio', 0] },
      // Who is better than healthy has no claim.
      { tier: 'healthy', when: ['>', 'claim_count', 0] },
    ],
  },
  lifecycle: {
    loyalty: [
      { is: 'loyal', when: ['>=', 'tenure_years', 5] },
      { is: 'regular', when: ['>', 'tenure_years', 1] },
      { is: 'loyal', when: ['>=', 'tenure_years', 10] },
      { is: 'unknown', when: ['missing', 'tenure_years'] },
    ],
  },
  service: {
    matrix: {
      ...old.service.matrix,
      'high-risk': { high: 'standard', low: 'standard' },
    },
    catalogue: { ...old.service.catalogue, basic: { entitlements: ['advice'], budget: 250 } },
  },
  hints: [
    {
      ...old.hints[1],
      when: [
        'and',
        ['>=', 'recent_claim_count', 2],
        [
          '>',
          ['*', 'recent_claim_count', ['-', 'exposure_years', 'recent_exposure_years']],
          ['*', 2, ['-', 'claim_count', 'recent_claim_count'], 'recent_exposure_years'],
        ],
      ],
    },
    { ...old.hints[10], text: 'With us for {obseved}' },
    { ...old.hints[11], code: 'long-tenure' },
    { ...old.hints[6], when: ['>', 'claim_cout', 2] },
    { ...old.hints[12], when: ['>', 'claim_count', 'exposure_years'] },
  ],
};

describe('a plan with planted faults', () => {
  const { findings } = lint(planted);

  test('is found out completely, each fault in its place and nothing besides', () => {
    expect(findings.map(({ code, place }) => [code, place]).sort()).toEqual(
      [
        ['unknown-name', 'hints[3]'],
        ['wrong-unit', 'hints[4]'],
        ['tier-never-given', 'value.cut'],
        ['hint-text', 'hints[1]'],
        ['hint-code-twice', 'hints[2]'],
        ['rule-never-holds', 'risk.rules[6]'],
        ['rule-never-reached', 'lifecycle.loyalty[2]'],
        ['gap', 'risk.rules'],
        ['overlap', 'risk.rules[5]'],
        ['missing-is-rated', 'risk.rules'],
        ['tier-never-left', 'memory.stay[0]'],
        ['setting-without-effect', 'memory.stay[1]'],
        ['risk-not-monotone', 'risk.rules'],
        ['action-not-monotone', 'hints[0]'],
        ['service-not-monotone', 'service.matrix.high-risk.low'],
        ['budget-not-monotone', 'service.catalogue.basic'],
      ].sort(),
    );
  });

  test('every kind of fault is among them', () => {
    const found = new Set(findings.map(({ code }) => code));
    const kinds = Object.keys(lintCodes);
    expect(kinds.filter((code) => !found.has(code as never))).toEqual([]);
    expect(kinds.length).toBeGreaterThanOrEqual(12);
  });

  test('the customers it names show the faults, by the scoring formulas alone', () => {
    const shown = findings.filter(({ examples }) => examples.length > 0);
    expect(shown.length).toBeGreaterThanOrEqual(6);
    const evaluable = { ...planted, hints: planted.hints?.filter((_, k) => k === 0) };
    for (const finding of shown)
      expect([finding, confirmed(evaluable, finding)]).toEqual([finding, true]);
  });

  test('the customer in the gap stands on the line, to the last bit', () => {
    const gap = findings.find(({ code }) => code === 'gap');
    expect(gap?.examples[0].expected_loss_ratio).toBe(0.65);
  });

  test('said twice, it is said the same', () => {
    expect(lint(planted)).toEqual(lint(planted));
  });

  test('the text names every place and code, the nearest name, and no customer as NaN', () => {
    const text = toText(lint(planted));
    for (const { code, place } of findings) expect(text).toContain(`${place}: ${code}`);
    expect(text).toContain('nothing is named "claim_cout" (did you mean "claim_count"?)');
    expect(text).not.toMatch(/NaN|undefined|null|\[object/);
  });
});

test.each(soundPlans)('no false alarm: $name', (plan) => {
  expect(lint(plan).findings).toEqual([]);
});

describe('each kind of fault on its own', () => {
  const unique = (rules: PlanInput['risk'], more: PlanInput = {}) =>
    codesOf({ ...uniqueBands, ...more, risk: { ...uniqueBands.risk, ...rules } });

  test('a comparison that leaves out its line leaves a gap, one that takes both an overlap', () => {
    const line: Formula = ['>', 'claim_count', 0];
    const open = withRule(5, band(line, ['>', 'rated_loss_ratio', 1.2]));
    expect(unique({ rules: open })).toEqual([['gap', 'risk.rules']]);
    const both = withRule(5, band(line, ['>=', 'rated_loss_ratio', 1]));
    expect(unique({ rules: both })).toEqual([['overlap', 'risk.rules[5]']]);
  });

  test('a rule for the tier that is given otherwise makes what falls through a gap, under "first" too', () => {
    const rules = withRule(5, band(['>', 'claim_count', 0], ['>', 'rated_loss_ratio', 1.2]));
    const first = { hit: undefined, otherwise: 'healthy' as const, rules };
    expect(unique(first)).toContainEqual(['gap', 'risk.rules']);
  });

  test('certainty asked of a tier that no rule gives', () => {
    const rules = old.risk.rules.filter(({ tier }) => tier !== 'high-risk');
    expect(codesOf({ risk: { rules, highRiskCertainty: 0.9 } })).toEqual([
      ['tier-never-given', 'risk.rules'],
      ['setting-without-effect', 'risk.highRiskCertainty'],
    ]);
  });

  test('a tier for exactly two claims: a third makes the customer better', () => {
    const rules = [
      ...old.risk.rules.slice(0, 4),
      { tier: 'high-risk' as const, when: ['=', 'claim_count', 2] as const },
      ...old.risk.rules.slice(4),
    ];
    const { findings } = lint({ risk: { rules } });
    expect(findings.map(({ code }) => code)).toEqual(['risk-not-monotone']);
    expect(findings[0].examples.map(({ claim_count }) => claim_count)).toEqual([2, 3]);
  });

  test('more claim-free years as a ground for a worse tier', () => {
    const rules = [
      ...old.risk.rules.slice(0, 3),
      { tier: 'unrated' as const, when: ['missing', 'claim_free_years'] as const },
      { tier: 'high-risk' as const, when: ['>', 'claim_free_years', 4] as const },
      ...old.risk.rules.slice(3),
    ];
    const { findings } = lint({ risk: { rules } });
    expect(findings.map(({ code }) => code)).toEqual(['risk-not-monotone']);
    expect(findings[0].text).toContain('fewer claim-free years');
  });

  test('a customer who is no longer rated for a worse loss ratio may not get more for it', () => {
    const rules = [
      { tier: 'unrated' as const, when: ['>', 'rated_loss_ratio', 5] as const },
      ...old.risk.rules,
    ];
    expect(codesOf({ risk: { rules } })).toEqual([['service-not-monotone', 'risk.rules']]);
  });

  test('the more valuable may not get less', () => {
    const matrix = { ...old.service.matrix, healthy: { high: 'standard', low: 'plus' } };
    expect(codesOf({ service: { matrix } })).toEqual([
      ['service-not-monotone', 'service.matrix.healthy.low'],
    ]);
  });

  test('a hint that is lost to a milder one, seen only where others allow it', () => {
    const hints = [
      {
        ...old.hints[0],
        code: 'a',
        when: ['and', ['>', 'expected_loss_ratio', 1], ['<', 'expected_loss_ratio', 2]] as const,
      },
      { ...old.hints[4], code: 'b', when: ['>', 'expected_loss_ratio', 1] as const },
      { ...old.hints[2], code: 'c', when: ['not', ['>=', 'tenure_years', 3]] as const },
    ];
    const { findings } = lint({ hints });
    expect(findings.map(({ code, place }) => [code, place])).toEqual([
      ['action-not-monotone', 'hints[0]'],
    ]);
  });

  test('an indicator that follows from others in question follows from them, else it is free', () => {
    const often = { tier: 'high-risk' as const, when: ['>', 'claim_frequency', 3] as const };
    const two = (...more: Formula[]) => ({
      tier: 'healthy' as const,
      when: ['and', ['=', 'claim_count', 2], ...more] as Formula,
    });
    // Two claims in a year or more are no more than two a year; in less than a year they may be.
    const year = unique({ rules: [two(['>=', 'exposure_years', 1]), often] });
    expect(year.map(([code]) => code)).not.toContain('overlap');
    const less = unique({ rules: [two(['>=', 'exposure_years', 0.1]), often] });
    expect(less).toContainEqual(['overlap', 'risk.rules[1]']);
  });

  test('a rule that names what is settled later', () => {
    const rules = [{ tier: 'high-risk' as const, when: ['=', 'service_tier', 0] as const }];
    expect(codesOf({ risk: { rules } })).toContainEqual(['unknown-name', 'risk.rules[0]']);
    expect(codesOf({ value: { measure: 'annual_premum' } })).toEqual([
      ['unknown-name', 'value.measure'],
    ]);
  });
});

describe('with memory', () => {
  type Stay = NonNullable<NonNullable<PlanInput['memory']>['stay']>;
  const over = (line: number): Formula => ['>', 'rated_loss_ratio', line];
  const faults = (...stay: Stay) => lint({ memory: { stay } }).findings;
  const told = (...stay: Stay) => faults(...stay).map(({ code, place }) => [code, place]);

  test('lines below those to enter by are sound, and proved to be for every tier held', () => {
    const stay: Stay = [
      { tier: 'high-risk', when: over(0.9) },
      { tier: 'sub-healthy', when: ['or', over(0.6), ['<', 'claim_free_years', 1]] },
    ];
    const { findings, looked } = lint({ hints: [], memory: { stay } });
    expect(findings).toEqual([]);
    const kept = looked.filter(({ about }) => about.startsWith('tiers kept'));
    expect(kept.length).toBeGreaterThan(0);
    expect(looked.map(({ proof }) => proof)).toEqual(looked.map(() => 'every cell'));
  });

  test('a line that is met at a loss ratio of 0.95 and no longer at 0.98 lets the worse go', () => {
    const between: Formula = ['and', over(0.9), ['<', 'rated_loss_ratio', 0.97]];
    const [finding, ...others] = faults({ tier: 'high-risk', when: between });
    expect(others).toEqual([]);
    expect([finding.code, finding.place]).toEqual(['risk-not-monotone', 'memory.stay[0]']);
    expect(finding.text).toMatch(/worse expected loss ratio a customer that holds high-risk is no/);
    const [before, after] = finding.examples;
    expect([before.held_tier, after.held_tier]).toEqual(['high-risk', 'high-risk']);
    expect(before.expected_loss_ratio).toBeLessThan(0.97);
    expect(after.expected_loss_ratio).toBeGreaterThanOrEqual(0.97);
    const plan = { memory: { stay: [{ tier: 'high-risk' as const, when: between }] } };
    expect(confirmed(plan, finding)).toBe(true);
    expect(toText(lint(plan))).toContain('held tier high-risk');
  });

  test('the worse may leave a tier when another line keeps them in a worse one', () => {
    const between: Formula = ['and', over(0.6), ['<', 'rated_loss_ratio', 0.9]];
    const lines: Stay = [
      { tier: 'sub-healthy', when: between },
      { tier: 'high-risk', when: over(0.8) },
    ];
    // Who holds high-risk is kept by the one line or the other; who holds sub-healthy by the first alone.
    expect(faults(...lines).map(({ place, examples }) => [place, examples[0].held_tier])).toEqual([
      ['memory.stay[0]', 'sub-healthy'],
    ]);
  });

  test('a line that keeps nobody, and one that lets nobody go', () => {
    expect(told({ tier: 'healthy', when: ['>', 'claim_count', 0] })).toEqual([
      ['setting-without-effect', 'memory.stay[0]'],
    ]);
    // Without a claim one is excellent, whatever the loss ratio: the line keeps even those.
    expect(told({ tier: 'high-risk', when: over(1.1) })).toEqual([]);
    expect(told({ tier: 'sub-healthy', when: ['>=', 'claim_count', 0] })).toEqual([
      ['tier-never-left', 'memory.stay[0]'],
    ]);
    // Two lines that together let nobody go, who would each let some.
    expect(
      told(
        { tier: 'sub-healthy', when: over(0.5) },
        { tier: 'sub-healthy', when: ['<=', 'rated_loss_ratio', 0.5] },
      ).filter(([code]) => code === 'tier-never-left'),
    ).toEqual([['tier-never-left', 'memory.stay[0]']]);
  });

  test('names and units of its lines are those of rules; a faulty line has no second fault', () => {
    expect(
      told(
        { tier: 'sub-healthy', when: ['>', 'claim_fre_years', 2] },
        { tier: 'sub-healthy', when: ['=', 'service_tier', 1] },
        { tier: 'high-risk', when: ['>', 'claim_count', 'earned_premium'] },
        { tier: 'high-risk', when: ['>', 'observed_tier', 1] },
      ),
    ).toEqual([
      ['unknown-name', 'memory.stay[0]'],
      ['unknown-name', 'memory.stay[1]'],
      ['wrong-unit', 'memory.stay[2]'],
    ]);
  });
});

describe('with prohibited grounds in force', () => {
  const own = (bars: object) => ({
    ...{ code: 'own', jurisdiction: 'house', text: 'Some', citation: 'Rules', date: '2026-01-01' },
    ...bars,
  });
  const inHouse = (...bars: object[]): PlanInput => ({
    prohibited: { jurisdictions: ['house'], grounds: bars.map(own) as never },
  });

  test.each([
    [['US-OR'], ['or-first-claim']],
    [['UK'], []],
    [['EU'], []],
    [['UK', 'US-OR'], ['or-first-claim']],
  ])(
    '%j is no fault of the default plan; what the law makes milder is noted',
    (jurisdictions, by) => {
      const plan = { prohibited: { jurisdictions } };
      const { sound, notes } = lint(plan);
      expect(sound).toBe(true);
      expect(notes.length).toBe(by.length);
      for (const [k, { text, examples }] of notes.entries()) {
        expect(text).toContain(by[k]);
        const actionOf = (rules: PlanInput) =>
          examples.map((example) => valuesOf(rules, example, ['action'])[0]);
        const [before, after] = actionOf(plan);
        expect(after).toBeLessThan(before);
        const [asked, askedAfter] = actionOf({});
        expect(askedAfter).toBeGreaterThanOrEqual(asked);
      }
    },
  );

  test('a ground that withholds from the worse is told; one that leaves the better nothing is not', () => {
    const bars = {
      actions: ['refer', 'restrict', 'reprice'],
      names: ['claim_count', 'largest_claim'],
    };
    const fromTheWorse = lint(inHouse({ ...bars, applies: ['>=', 'claim_count', 3] }));
    expect(fromTheWorse.findings).toEqual([]);
    expect(fromTheWorse.notes.length).toBeGreaterThan(0);
    expect(fromTheWorse.notes[0].text).toMatch(/by law: own \(house\) withholds the hint/);
    expect(toText(fromTheWorse)).toMatch(
      /^By law, and no fault of the plan, \d hints are withheld/m,
    );
    const fromTheBetter = lint(inHouse({ ...bars, applies: ['<=', 'claim_count', 1] }));
    expect([fromTheBetter.findings, fromTheBetter.notes]).toEqual([[], []]);
  });

  test('a fault of the rules stays one, and is not laid to the law, whatever is withheld', () => {
    const restrict = { ...old.hints[2], when: ['>=', 'claim_count', 1] as const };
    const refer = { ...old.hints[0], when: ['=', 'claim_count', 2] as const };
    const bars = {
      actions: ['restrict'],
      names: ['claim_count'],
      applies: ['>=', 'claim_count', 3],
    };
    // The third claim loses the referral by the rules, and the restriction by the ground.
    const { findings, notes } = lint({ ...inHouse(bars), hints: [refer, restrict] });
    expect(findings.map(({ code, place }) => [code, place])).toEqual([
      ['action-not-monotone', 'hints[0]'],
    ]);
    expect(notes).toEqual([]);
  });

  test('a ground by a name that does not exist', () => {
    const applies = { actions: ['refer'], names: ['claim_count'], applies: ['>', 'claim_cout', 1] };
    const names = { actions: ['refer'], names: ['claim_coun'] };
    expect(codesOf(inHouse(applies))).toEqual([['unknown-name', 'prohibited.grounds[0].applies']]);
    expect(codesOf(inHouse(names))).toEqual([['unknown-name', 'prohibited.grounds[0].names']]);
  });
});

describe('what was looked at', () => {
  test('rules on single figures are proved over every cell; figures against each other are a sample', () => {
    const { looked } = lint({ hints: [] });
    expect(looked.map(({ proof }) => proof)).toEqual(looked.map(() => 'every cell'));
    expect(looked.every(({ cells }) => cells > 0)).toBe(true);
    const sampled = lint().looked.filter(({ proof }) => proof === 'sampled');
    expect(sampled.length).toBeGreaterThan(0);
    expect(sampled.every(({ why }) => why !== undefined)).toBe(true);
  });

  test('a plan of very many rules takes bounded time, and says that it was sampled', () => {
    const rules = Array.from({ length: 200 }, (_, k) => ({
      tier: riskTiers[k % 4],
      when: [
        'and',
        ['>', 'rated_loss_ratio', k / 50],
        ['<', 'exposure_years', 10 - k / 25],
        ['>=', 'claim_free_years', k / 40],
        ['<=', 'tenure_years', k / 10],
      ] as const,
    }));
    const start = performance.now();
    const { looked } = lint({ risk: { rules } });
    expect(looked.some(({ proof }) => proof === 'sampled')).toBe(true);
    expect(performance.now() - start).toBeLessThan(60_000);
  }, 90_000);
});

const figure = fc.constantFrom(
  ...['expected_loss_ratio', 'rated_loss_ratio', 'loss_ratio', 'claim_count', 'exposure_years'],
  ...['claim_free_years', 'recent_claim_count', 'tenure_years', 'claim_frequency', 'lapsed'],
  ...['earned_premium', 'incurred_loss', 'policy_count', 'permissible_loss_ratio', 'no_such_name'],
  ...['book_claim_frequency', 'probability_above_permissible', 'value_tier', 'service_tier'],
);
const number = fc.constantFrom(0, 0.5, 0.65, 1, 2, 3, 10);
const { condition } = fc.letrec<{ term: Formula; condition: Formula }>((tie) => ({
  term: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    figure,
    number,
    fc.tuple(fc.constantFrom('+', '-', '*', '/', 'least', 'greatest'), tie('term'), tie('term')),
  ) as fc.Arbitrary<Formula>,
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!='), figure, number),
    fc.tuple(fc.constantFrom('<', '>', '>='), tie('term'), tie('term')),
    fc.tuple(fc.constant('missing'), figure),
    fc.tuple(fc.constant('not'), tie('condition')),
    fc.tuple(fc.constantFrom('and', 'or'), tie('condition'), tie('condition')),
  ) as fc.Arbitrary<Formula>,
}));
const randomRules = fc.record({
  hit: fc.constantFrom('first' as const, 'unique' as const),
  otherwise: fc.constantFrom(...riskTiers),
  basis: fc.constantFrom('credible' as const, 'observed' as const),
  rules: fc.array(fc.record({ tier: fc.constantFrom(...riskTiers), when: condition }), {
    maxLength: 5,
  }),
});
const randomHints = fc.array(
  fc.record({
    code: fc.constantFrom('a', 'b', 'c'),
    action: fc.constantFrom(
      'renew' as const,
      'reprice' as const,
      'restrict' as const,
      'refer' as const,
    ),
    when: condition,
    text: fc.constant('{observed}'),
    indicator: figure,
    compared: number,
  }),
  { maxLength: 3 },
);

describe('random plans', () => {
  const anyStay = fc.array(
    fc.record({
      tier: fc.constantFrom('healthy' as const, 'sub-healthy' as const, 'high-risk' as const),
      when: condition,
    }),
    { maxLength: 2 },
  );
  test('never crash the linter, and what it reports is so, by the scoring formulas alone', () => {
    const confirmedCodes = new Set<string>();
    fc.assert(
      fc.property(randomRules, randomHints, anyStay, (risk, hints, stay) => {
        const plan = { risk, hints, memory: { stay } };
        const { findings } = lint(plan);
        // Only what can be evaluated can be confirmed; the others are rules that never hold.
        const faulty = new Set(
          findings.flatMap(({ code, place }) => (code === 'unknown-name' ? [place] : [])),
        );
        const usable = {
          risk: {
            ...risk,
            rules: risk.rules.map((rule, k) =>
              faulty.has(`risk.rules[${k}]`) ? { ...rule, when: 0 } : rule,
            ),
          },
          memory: {
            stay: stay.map((line, k) =>
              faulty.has(`memory.stay[${k}]`) ? { ...line, when: 0 } : line,
            ),
          },
          hints: hints.map((hint, k) => ({
            ...hint,
            code: `${hint.code}-${'x'.repeat(k + 1)}`,
            ...(faulty.has(`hints[${k}]`) && { when: 0 }),
          })),
        };
        for (const finding of findings) {
          if (finding.examples.length > 0) confirmedCodes.add(finding.code);
          expect([finding, confirmed(usable, finding)]).toEqual([finding, true]);
        }
      }),
      { numRuns: runs(40) },
    );
    for (const code of ['gap', 'overlap', 'risk-not-monotone', 'action-not-monotone']) {
      expect(confirmedCodes).toContain(code);
    }
  }, 120_000);
});

describe('with a book', () => {
  const customers = Array.from({ length: 200 }, (_, k) => ({
    customerId: `c${k}`,
    earnedPremium: 900 + k,
    exposureYears: k === 0 ? 0.99 : 3,
    claimCount: k % 3 === 0 ? 1 : 0,
    incurredLoss: k % 3 === 0 ? 300 : 0,
    tenureYears: 3,
    annualPremium: 300 + k,
  }));
  const { table } = readIndicators(customers);
  const plan = { risk: { basis: 'observed' as const } };
  const grades = assess(table, calibrate(table, plan));
  const { book, findings } = lint(plan, { grades });

  test('tells for how many customers each rule holds and how many it decides, which add up', () => {
    expect(findings).toEqual([]);
    const risk = book?.rules.filter(({ place }) => place.startsWith('risk')) ?? [];
    expect(risk.reduce((all, { decides }) => all + decides, 0)).toBe(200);
    expect(risk.map(({ holds }) => holds)).toEqual([0, 1, 0, 133, 0, 0, 66]);
  });

  test('names the tiers and actions that nobody has', () => {
    expect(book?.nobody).toContain('risk: high-risk');
    expect(book?.nobody).not.toContain('risk: excellent');
  });

  test('counts who stands within a fiftieth of a line, with their premium', () => {
    const near = book?.near.find(({ name }) => name === 'exposure_years');
    expect(near).toEqual({ name: 'exposure_years', line: 1, customers: 1, earnedPremium: 900 });
  });
});
