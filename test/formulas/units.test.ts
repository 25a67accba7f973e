import { describe, expect, test } from 'vitest';
import { scoringFormulas, unitFaults } from '../../src/formula.js';
import { type Formula, indicatorList, readPlan } from '../../src/index.js';
import { described, unitIn } from '../../src/scoring/scores.js';
import { fixedModel } from '../support/fixed-model.js';

const plan = readPlan();
const unitOf = unitIn(plan);
const faults = (formula: Formula, expected: 'yes or no' | 'number' = 'yes or no') =>
  unitFaults(formula, unitOf, expected);
const messages = (formula: Formula, expected?: 'yes or no' | 'number') =>
  faults(formula, expected).map(({ path, message }) => `${path.join('.')}: ${message}`);

const yearlyPremium: Formula = ['/', 'earned_premium', 'exposure_years'];

describe('the default plan', () => {
  const rules = [
    ...plan.risk.rules,
    ...plan.hints,
    ...(plan.lifecycle?.loyalty ?? []),
    ...(plan.lifecycle?.purchase ?? []),
  ];

  test.each(rules.map(({ when }) => [when]))('%j is a sound rule', (when) => {
    expect(faults(when)).toEqual([]);
  });

  test.each(plan.hints.map(({ code, compared }) => [code, compared] as const))(
    'what the hint %s compares with is a sound number',
    (_, compared) => {
      expect(faults(compared, 'number')).toEqual([]);
    },
  );
});

describe('things of one unit go together', () => {
  test.each<[Formula]>([
    [['>', 'expected_loss_ratio', 'permissible_loss_ratio']],
    [['<', 0.5, 'credibility']],
    [['>', 'claim_frequency', ['*', 3, 'book_claim_frequency']]],
    [['=', 'claim_frequency', ['/', 'claim_count', 'exposure_years']]],
    [['>', 'incurred_loss', ['*', 'permissible_loss_ratio', 'earned_premium']]],
    [['>', 'earned_premium', ['*', 'annual_premium', 'tenure_years']]],
    [['=', 'expected_claims', ['*', 'book_claims_per_premium', 'earned_premium']]],
    [['<', ['sqrt', ['*', 'earned_premium', 'incurred_loss']], 'lifetime_value']],
    [['>', ['greatest', 'claim_count', 1, 'renewals'], ['+', 2, ['abs', 'policy_count']]]],
    [['=', 'lapsed', 1]],
    [['!=', 0, 'lapsed']],
    [['=', 'risk_tier', 3]],
    [['=', 'lapsed', ['>', 'claim_count', 1]]],
    [['>', ['case', 'lapsed', 0, ['missing', 'severity'], 'claim_count', 2], 1]],
    [['case', 'lapsed', 1, ['>', 'claim_count', 1]]],
    [['>', ['lookup', 'claim_count', 1, 2, 3], 'expected_loss_ratio']],
    [['>', ['gamma-above', 2, 'loss_ratio'], 'credibility']],
    [['and', 1, 'lapsed']],
    [1],
  ])('%j', (formula) => {
    expect(faults(formula)).toEqual([]);
  });
});

describe('a plain number of yearly amounts may stand for an amount', () => {
  test.each<[Formula]>([
    [['>', 'largest_claim', ['*', 10, yearlyPremium]]],
    [['<=', ['*', 'annual_premium', 3], 'lifetime_value']],
    [['>', 'annual_premium', ['*', 1.1, 'pure_premium']]],
  ])('%j', (formula) => {
    expect(faults(formula)).toEqual([]);
  });

  test.each<[Formula]>([
    [['>', 'largest_claim', yearlyPremium]],
    [['>', 'lifetime_value', ['*', 'policy_count', 'annual_premium']]],
    [['>', 'claim_count', ['*', 3, 'claim_frequency']]],
    [['>', 'tenure_years', ['*', 3, 'annual_premium']]],
  ])('but not %j', (formula) => {
    expect(faults(formula)).toHaveLength(1);
  });
});

describe('what cannot be is told with its place', () => {
  test.each<[Formula, string]>([
    [['>', 'credibility', 'claim_count'], '1: ">" cannot take a share and a count together'],
    [
      ['>', 'claim_frequency', 'claim_count'],
      '1: ">" cannot take claims a year and a count together',
    ],
    [['<', 'tenure_years', 'annual_premium'], '1: "<" cannot take years and money a year together'],
    [
      ['>', ['+', 1, 'earned_premium', 'exposure_years'], 2],
      '0.2: "+" cannot take money and years together',
    ],
    [
      ['>', ['*', 'earned_premium', 'exposure_years'], 'earned_premium'],
      '1: ">" cannot take money × years and money together',
    ],
    [
      ['>', ['/', 1, 'exposure_years'], ['sqrt', 'claim_count']],
      '1: ">" cannot take 1 ÷ years and count^0.5 together',
    ],
    [
      ['>', ['case', 'lapsed', 'credibility', 'claim_count'], 1],
      '0.2: "case" cannot take a share and a count together',
    ],
    [['and', 'lapsed', 'claim_count'], '1: "and" takes a yes or no, not a count'],
    [['not', 2], '0: "not" takes a yes or no, not a plain number'],
    [
      ['case', 'claim_count', 'lapsed', 0],
      '0: a condition of "case" takes a yes or no, not a count',
    ],
    [['>', ['+', 'lapsed', 1], 1], '0.0: "+" takes numbers, not a yes or no'],
    [['>', ['*', 'risk_tier', 2], 1], '0.0: "*" takes numbers, not a class'],
    [['=', 'lapsed', 2], '1: "=" cannot take a yes or no and a plain number together'],
    [['=', 3, 'lapsed'], '0: "=" cannot take a yes or no and a plain number together'],
    [['=', 'risk_tier', 'claim_count'], '1: "=" cannot take a class and a count together'],
    [['=', 'risk_tier', 'value_tier'], '1: "=" cannot take a class and a class together'],
    [['=', 'value_cut', 'claim_count'], '1: "=" cannot take money a year and a count together'],
    [['>', 'claim_cout', 1], '0: nothing is named "claim_cout"'],
    [['>', 'claim_count', 1, 2], ': ">" cannot take 3 operands'],
    [['case', 'lapsed', 1] as never, ': "case" cannot take 2 operands'],
    [['power', 1, 2] as never, ': no operator is named "power"; there are'],
    ['claim_count', ': a rule takes a yes or no, not a count'],
    [['+', 1, 1], ': a rule takes a yes or no, not a plain number'],
  ])('%j: %s', (formula, message) => {
    const [first, ...others] = messages(formula);
    expect(first).toMatch(message);
    expect(first.startsWith(message)).toBe(true);
    expect(others).toEqual([]);
  });

  test('a yes or no where a number is expected', () => {
    expect(messages('lapsed', 'number')).toEqual([': expected a number, not a yes or no']);
    expect(faults('risk_tier', 'number')).toEqual([]);
  });

  test('every fault of a formula, each once', () => {
    const formula: Formula = [
      'or',
      ['>', 'credibility', 'claim_count'],
      ['not', ['>', ['+', 'tenure_years', 'severity'], 'tenure_years']],
      'renewals',
    ];
    expect(faults(formula).map(({ path, expected, came }) => [path, expected, came])).toEqual([
      [[0, 1], 'a share', 'a count'],
      [[1, 0, 0, 1], 'years', 'money'],
      [[2], 'a yes or no', 'a count'],
    ]);
  });
});

describe('the names that rules may use', () => {
  test('value is measured in the unit of its measure', () => {
    const counted = unitIn(readPlan({ value: { measure: 'policy_count' } }));
    expect(['value_measured', 'value_cut', 'claim_count'].map(counted)).toEqual(
      Array(3).fill('count'),
    );
    expect(unitOf('value_cut')).toBe('money a year');
  });

  test('are computed by every model, in the order in which they are listed', () => {
    const computed = [
      ...indicatorList.map(({ name }) => name),
      ...scoringFormulas(fixedModel()).map(({ name }) => name),
    ];
    const places = [...described.keys()].map((name) => computed.indexOf(name));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});
