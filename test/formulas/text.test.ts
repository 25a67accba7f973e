import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, formatFormula, parseFormula } from '../../src/formula.js';
import { type Formula, MisuseError, readPlan } from '../../src/index.js';
import { runs } from '../support/slow.js';

const refusal = (text: string, options?: Parameters<typeof parseFormula>[1]) => {
  try {
    return `read as ${JSON.stringify(parseFormula(text, options))}`;
  } catch (error) {
    if (error instanceof MisuseError) return error.message;
    throw error;
  }
};

describe('a rule as text is read into a tree', () => {
  test.each<[string, Formula]>([
    [
      'expected_loss_ratio > 1 or (claim_count >= 3 and claim_free_years < 1)',
      [
        'or',
        ['>', 'expected_loss_ratio', 1],
        ['and', ['>=', 'claim_count', 3], ['<', 'claim_free_years', 1]],
      ],
    ],
    ['lapsed', 'lapsed'],
    ['claim_count == 0', ['=', 'claim_count', 0]],
    ['claim_count != -1.5e-3', ['!=', 'claim_count', -0.0015]],
    ['loss_ratio <= 65%', ['<=', 'loss_ratio', 0.65]],
    ['loss_ratio <= 0.1%', ['<=', 'loss_ratio', 0.001]],
    ['0.5 < loss_ratio <= 1', ['and', ['<', 0.5, 'loss_ratio'], ['<=', 'loss_ratio', 1]]],
    ['not lapsed and lapsed', ['and', ['not', 'lapsed'], 'lapsed']],
    ['not (claim_count > 1)', ['not', ['>', 'claim_count', 1]]],
    [
      'lapsed or lapsed and claim_count > 1',
      ['or', 'lapsed', ['and', 'lapsed', ['>', 'claim_count', 1]]],
    ],
    [
      'renewals + 2 * claim_count - 1 > 3',
      ['>', ['-', ['+', 'renewals', ['*', 2, 'claim_count']], 1], 3],
    ],
    ['renewals + claim_count + 1 > 3', ['>', ['+', 'renewals', 'claim_count', 1], 3]],
    ['renewals - (claim_count - 1) > 3', ['>', ['-', 'renewals', ['-', 'claim_count', 1]], 3]],
    ['-claim_count < +1', ['<', ['-', 0, 'claim_count'], 1]],
    ['credibility > 1 / 2 / 2', ['>', 'credibility', ['/', 1, 2, 2]]],
    [
      'lapsed ? claim_count > 1 : claim_count > 2',
      ['case', 'lapsed', ['>', 'claim_count', 1], ['>', 'claim_count', 2]],
    ],
    [
      'case(lapsed, 1, claim_count > 5, 2, 3) == 2',
      ['=', ['case', 'lapsed', 1, ['>', 'claim_count', 5], 2, 3], 2],
    ],
    [
      'missing(severity) or greatest(severity, largest_claim, 5) > 10',
      ['or', ['missing', 'severity'], ['>', ['greatest', 'severity', 'largest_claim', 5], 10]],
    ],
    [
      'least(sqrt(abs(credibility)), ceiling(loss_ratio)) > 0.1',
      ['>', ['least', ['sqrt', ['abs', 'credibility']], ['ceiling', 'loss_ratio']], 0.1],
    ],
    ['lookup(tenure_years, 1, 2, 4) > 3', ['>', ['lookup', 'tenure_years', 1, 2, 4], 3]],
    ['gamma_above(2, loss_ratio) > 10%', ['>', ['gamma-above', 2, 'loss_ratio'], 0.1]],
    ['incurred_loss > 150% * annual_premium', ['>', 'incurred_loss', ['*', 1.5, 'annual_premium']]],
    ['claim_count > expected_claims / 50%', ['>', 'claim_count', ['/', 'expected_claims', 0.5]]],
    ['loss_ratio > 100% - 30% * 2', ['>', 'loss_ratio', ['-', 1, ['*', 0.3, 2]]]],
    ['lookup(claim_count, 10%, 50%) > 1', ['>', ['lookup', 'claim_count', 0.1, 0.5], 1]],
    ['claim_count\n  > 2', ['>', 'claim_count', 2]],
  ])('%s', (text, tree) => {
    expect(parseFormula(text, { gives: 'yes or no' })).toEqual(tree);
  });

  test('percentages are what they read as, to the last bit', () => {
    for (let k = 0; k <= 1000; k++) {
      expect(parseFormula(`${k / 10}%`)).toBe(Number(`${k}e-3`));
    }
  });

  test("over columns of one's own, with their units", () => {
    const names = new Map([
      ['paid', 'money'],
      ['premium', 'money'],
    ] as const);
    const formula = parseFormula('paid / premium', { names, gives: 'number' });
    const columns = { paid: Float64Array.of(30), premium: Float64Array.of(60) };
    expect(evaluate([{ name: 'ratio', formula }], columns, 1).ratio[0]).toBe(0.5);
    expect(refusal('paid > premum', { names })).toMatch(/column 8: .*did you mean "premium"/);
  });
});

describe('hostile text is refused with its place, in bounded time', () => {
  const megabyte = 1_000_000;
  test.each<[string, string, string]>([
    ['import', 'import', 'column 1: expected the name of an indicator'],
    ['cos.constructor', 'cos.constructor', 'column 1: expected the name of an indicator'],
    [
      'claim_count.constructor',
      'claim_count.constructor',
      'column 12: expected a name or number: a rule has no members',
    ],
    ['a member of a list', '[].map', 'column 1: expected a name or number, not a list'],
    ['an assignment', 'claim_count = 1', 'column 13: expected == to compare; = would assign'],
    ['a function that is defined', 'f(x) = x', 'column 1: expected the name of an indicator'],
    ['a range', '1:3', 'column 2: expected ? before this :'],
    [
      'a megabyte of brackets',
      '('.repeat(megabyte),
      'column 5001: expected a rule of at most 5000',
    ],
    [
      'a megabyte of closed brackets',
      `${'('.repeat(megabyte)}1${')'.repeat(megabyte)}`,
      'column 5001: ',
    ],
    [
      'nesting ten thousand deep',
      `${'abs('.repeat(10_000)}1${')'.repeat(10_000)}`,
      'column 5001: ',
    ],
    [
      'brackets a hundred deep',
      `${'('.repeat(100)}1${')'.repeat(100)}`,
      'column 52: expected at most 50 brackets',
    ],
    ['a thousand signs before a value', `${'-'.repeat(1000)}1`, 'column 52: expected at most 50'],
    ['a thousand times not', `${'not '.repeat(1000)}lapsed`, 'column 205: expected at most 50'],
    ['conditions in each other', `${'lapsed ? 1 : '.repeat(100)}0`, 'expected at most 50'],
    [
      'a sum of a thousand',
      Array(1000).fill('1').join('+'),
      'column 1001: expected at most 500 names and numbers',
    ],
    ['an unknown unit', '5 cm', 'column 3: expected the name of an indicator'],
    ['a matrix', 'matrix(1, 2)', 'column 1: expected the name of an indicator'],
    ['a text', '"claim_count" == 1', 'column 1: expected a name or number, not a text in quotes'],
    ['an object', '{a: 1}.a', 'column 1: expected a name or number, not an object'],
    ['several formulas', 'lapsed; lapsed', 'column 7: expected one formula'],
    ['a comment', 'lapsed # and more', 'column 8: expected a name, number or operator'],
    ['a control character', 'lapsed \0', 'column 8: expected a name, number or operator'],
    ['__proto__', '__proto__ == 1', 'column 1: expected the name of an indicator'],
    ['constructor(1)', 'constructor(1)', 'column 1: expected the name of an indicator'],
  ])('%s', (_, text, message) => {
    const began = performance.now();
    expect(refusal(text)).toContain(message);
    expect(refusal(text)).toMatch(/^rule, column \d+: /);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('what is wrong is told with its place, what was expected and the nearest name', () => {
  test.each<[string, string]>([
    ['', 'column 1: expected a formula'],
    [
      'claim_cuont > 2',
      'column 1: expected the name of an indicator, score or setting, got "claim_cuont" (did you mean "claim_count"?)',
    ],
    [
      'claim_count > greatst(1, 2)',
      'column 15: expected the name of an indicator, score or setting, got "greatst" (did you mean "greatest"?)',
    ],
    ['lapsed AND lapsed', 'got "AND" (did you mean "and"?)'],
    ['missing(foo)', 'column 9: expected the name of an indicator, score or setting, got "foo"'],
    ['lapsed && lapsed', 'column 8: expected "and"'],
    ['claim_count >', 'column 14: expected a value at the end'],
    ['> 2', 'column 1: expected a value before ">"'],
    ['claim_count > > 2', 'column 15: expected a value before ">"'],
    ['claim_count 2', 'column 13: expected an operator before "2"'],
    ['2 claim_count > 1', 'column 3: expected an operator before "claim_count"'],
    ['claim_count(2)', 'column 12: expected a function before ('],
    ['(lapsed', 'column 1: expected ) that closes this bracket'],
    ['lapsed)', 'column 7: expected ( before this )'],
    ['(lapsed, lapsed)', 'column 8: expected commas only between the operands of a function'],
    ['least > 2', 'column 1: expected ( after the function least'],
    ['least(1, ) > 2', 'column 10: expected a value before ")"'],
    ['least(claim_count) > 2', 'column 7: "least" cannot take 1 operands'],
    ['claim_count > 2 and case(lapsed, 1)', 'column 26: "case" cannot take 2 operands'],
    ['lapsed ? 1', 'column 11: expected : and what holds otherwise'],
    ['(lapsed ? 1) : 2', 'column 12: expected : and what holds otherwise'],
    ['65 % > loss_ratio', 'column 4: expected % right after its number'],
    ['1e999 > loss_ratio', 'column 1: expected a smaller number'],
    ['not claim_count > 2', 'column 1: expected brackets after not, as in not (a > b)'],
    ['lapsed or 1 < not lapsed', 'column 15: expected brackets after not'],
    ['1 < claim_count > 2', 'column 5: expected a chain of comparisons in one direction'],
    ['lapsed == lapsed == 1', 'read as'],
    ['claim_count', 'column 1: a rule takes a yes or no, not a count'],
    ['credibility > claim_count', 'column 15: ">" cannot take a share and a count together'],
    [
      'lapsed and claim_frequency > claim_count',
      'column 30: ">" cannot take claims a year and a count together',
    ],
    ['0 < claim_count < credibility', 'column 19: "<" cannot take a count and a share together'],
    ['lapsed or\n claim_count > tenure_years', 'line 2, column 16: ">" cannot take'],
    ['lapsed ? claim_count : 1 > (2 + lapsed)', 'column 33: "+" takes numbers, not a yes or no'],
    ['lapsed or (claim_count + 1)', 'column 12: "or" takes a yes or no, not a count'],
    [
      'claim_count > 90%',
      'column 15: ">" cannot take a count and a share together: 90% is a share',
    ],
    ['-90% < tenure_years', 'column 8: "<" cannot take a share and years together: 90% is a share'],
    ['earned_premium + 5% > 1', '"+" cannot take money and a share together: 5% is a share'],
    ['claim_frequency > 20%', 'cannot take claims a year and a share together: 20% is a share'],
    ['claim_count > (lapsed ? 90% : 1)', '">" cannot take a count and a share together'],
    ['lapsed and 100%', '"and" takes a yes or no, not a share: 100% is a share'],
  ])('%s', (text, message) => {
    expect(refusal(text, { gives: 'yes or no' })).toContain(message);
  });

  test.each(['foo', 'a > 1', 'xor'])('%s is no sign or function: none is suggested', (text) => {
    expect(refusal(text)).not.toContain('did you mean');
  });

  test('text that is none', () => {
    expect(refusal(['>', 1, 2] as never)).toMatch(/^parseFormula: expected a rule as text, got \[/);
    expect(refusal('lapsed', { give: 'number' } as never)).toContain('did you mean "gives"');
  });
});

describe('a formula written as text', () => {
  test.each<[Formula, string]>([
    [['or', ['>', 'a', 1], ['and', 'b', 'c']], 'a > 1 or (b and c)'],
    [['*', ['+', 'a', 'b'], 2], '(a + b) * 2'],
    [['-', 'a', ['-', 'b', 'c']], 'a - (b - c)'],
    [['-', 'a', 'b', 'c'], 'a - b - c'],
    [['+', ['-', 'a', 'b'], 'c'], 'a - b + c'],
    [['not', ['=', 'a', -1]], 'not (a == -1)'],
    [['=', ['not', 'a'], 'b'], '(not a) == b'],
    [['gamma-above', 'a', 1e-7], 'gamma_above(a, 1e-7)'],
  ])('%j: %s', (formula, text) => {
    expect(formatFormula(formula)).toBe(text);
  });

  test.each<[Formula, string]>([
    ['hint lapsed', 'expected a name of letters, digits and _, got "hint lapsed"'],
    [Number.NaN, 'expected a finite number, got NaN'],
    [['+', 1], '"+" cannot take 1 operands'],
  ])('%j cannot be', (formula, message) => {
    expect(() => formatFormula(formula)).toThrow(message);
  });

  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -9, max: 9 }),
  );
  const operator = <T extends string>(...names: T[]) => fc.constantFrom(...names);
  /** Formulas whose names are shares and yes or no, so that all of them are sound. */
  const { share, truth } = fc.letrec<{ share: Formula; truth: Formula }>((tie) => {
    const [a, b] = [tie('share'), tie('truth')];
    const several = (of: typeof a) => fc.array(of, { minLength: 2, maxLength: 4 });
    const called = (name: fc.Arbitrary<string>, operands: fc.Arbitrary<Formula[]>) =>
      fc.tuple(name, operands).map(([head, rest]) => [head, ...rest] as Formula);
    const pair = fc.tuple(a, a);
    return {
      share: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.oneof(number, operator('x', 'y')),
        called(operator('+', '-', 'least', 'greatest', '*', '/'), several(a)),
        called(operator('abs', 'sqrt', 'ceiling'), fc.tuple(a)),
        called(operator('gamma-above'), pair),
        called(operator('lookup'), fc.tuple(a, number, number)),
        called(operator('case'), fc.tuple(b, a, a)),
        called(operator('case'), fc.tuple(b, a, b, a, a)),
      ),
      truth: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        operator('p', 'q'),
        called(operator('<', '<=', '>', '>=', '=', '!='), pair),
        called(operator('=', '!='), fc.tuple(b, b)),
        called(operator('and', 'or'), several(b)),
        called(operator('not'), fc.tuple(b)),
        called(operator('missing'), fc.tuple(a)),
        called(operator('case'), fc.tuple(b, b, b)),
      ),
    };
  });
  const names = new Map([
    ...['x', 'y'].map((name) => [name, 'share'] as const),
    ...['p', 'q'].map((name) => [name, 'yes or no'] as const),
  ]);

  test('parses back to the same tree', () => {
    fc.assert(
      fc.property(truth, (formula) => {
        expect(parseFormula(formatFormula(formula), { names, gives: 'yes or no' })).toEqual(
          formula,
        );
      }),
      { numRuns: runs(500) },
    );
    fc.assert(
      fc.property(share, (formula) => {
        expect(parseFormula(formatFormula(formula), { names, gives: 'number' })).toEqual(formula);
      }),
      { numRuns: runs(500) },
    );
  });

  test('whatever text comes, it is read or refused with a place', () => {
    const piece = fc.constantFrom(
      ...[
        'p',
        'x',
        '1',
        '65%',
        '(',
        ')',
        'and',
        'or',
        'not',
        '-',
        '+',
        '*',
        '<',
        '==',
        '?',
        ':',
        ',',
      ],
      ...['abs', 'case', 'missing', ' ', '\n', '=', '"', '.', 'zz'],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((all) => all.join(' ')),
          fc.string(),
        ),
        (text) => {
          expect(refusal(text, { names })).toMatch(/^(read as |rule, (line \d+, )?column \d+: )/);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  test('every rule of the default plan is text that parses back to it', () => {
    const { risk, hints, lifecycle } = readPlan();
    const rules = [
      ...risk.rules,
      ...hints,
      ...(lifecycle?.loyalty ?? []),
      ...(lifecycle?.purchase ?? []),
    ];
    expect(rules.length).toBeGreaterThan(25);
    for (const { when } of rules) expect(parseFormula(formatFormula(when))).toEqual(when);
  });
});
