import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gammaAbove } from '../../src/base/distributions.js';
import { compile, evaluate, explainFormula, type NamedFormula } from '../../src/formula.js';
import { runBlocks } from '../../src/formulas/evaluate.js';
import { operatorNames } from '../../src/formulas/operators.js';
import { type Formula } from '../../src/index.js';
import { runs } from '../support/slow.js';

const NA = Number.NaN;
/** The value of one formula for one row. */
const valueOf = (formula: Formula, row: Record<string, number> = {}): number => {
  const columns = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Float64Array.of(value)]),
  );
  return evaluate([{ name: 'result', formula }], columns, 1).result[0];
};

describe('arithmetic', () => {
  test.each<[Formula, number]>([
    [['+', 2, 3], 5],
    [['-', 2, 3], -1],
    [['*', 2, 3], 6],
    [['/', 3, 2], 1.5],
    [['sqrt', 9], 3],
    [['ceiling', 2.01], 3],
    [['ceiling', -0.5], -0],
    [['abs', -2.5], 2.5],
    [['abs', 2.5], 2.5],
    [['least', 2, -3], -3],
    [['greatest', 2, -3], 2],
  ])('%j is %d', (formula, value) => {
    expect(valueOf(formula)).toBe(value);
  });

  test.each(['+', '-', '*', '/', 'least', 'greatest'] as const)(
    '%s with something missing is missing, on either side',
    (operator) => {
      expect(valueOf([operator, 'x', 1], { x: NA })).toBe(NA);
      expect(valueOf([operator, 1, 'x'], { x: NA })).toBe(NA);
      expect(valueOf([operator, 0, 'x'], { x: NA })).toBe(NA);
      expect(valueOf([operator, 'x', 'x'], { x: NA })).toBe(NA);
    },
  );

  test('division by zero is missing, also of zero and by minus zero', () => {
    for (const above of [1, 0, -1]) {
      expect(valueOf(['/', above, 'x'], { x: 0 })).toBe(NA);
      expect(valueOf(['/', above, 'x'], { x: -0 })).toBe(NA);
    }
  });

  test('the size and the root of what is missing are missing, and the root of what is below 0', () => {
    expect(valueOf(['abs', 'x'], { x: NA })).toBe(NA);
    expect(valueOf(['sqrt', 'x'], { x: NA })).toBe(NA);
    expect(valueOf(['sqrt', -1])).toBe(NA);
  });

  test('more than two operands are worked off from the left', () => {
    expect(valueOf(['-', 10, 3, 2, 1])).toBe(4);
    expect(valueOf(['/', 100, 5, 2])).toBe(10);
    expect(valueOf(['+', 1, 2, 3, 4])).toBe(10);
    expect(valueOf(['*', 1, 2, 3, 4])).toBe(24);
    expect(valueOf(['least', 3, 1, 2])).toBe(1);
    expect(valueOf(['greatest', 1, 3, 2])).toBe(3);
    expect(valueOf(['least', 3, 1, 'x'], { x: NA })).toBe(NA);
    expect(valueOf(['-', ['-', 10, 3, 2], ['/', 8, 2, 2], 1])).toBe(2);
  });
});

describe('a comparison', () => {
  test.each<[Formula, [below: number, equal: number, above: number]]>([
    [
      ['<', 'x', 1],
      [1, 0, 0],
    ],
    [
      ['<=', 'x', 1],
      [1, 1, 0],
    ],
    [
      ['>', 'x', 1],
      [0, 0, 1],
    ],
    [
      ['>=', 'x', 1],
      [0, 1, 1],
    ],
    [
      ['=', 'x', 1],
      [0, 1, 0],
    ],
    [
      ['!=', 'x', 1],
      [1, 0, 1],
    ],
  ])('%j is yes or no', (formula, expected) => {
    expect([0, 1, 2].map((x) => valueOf(formula, { x }))).toEqual(expected);
  });

  test.each(['<', '<=', '>', '>=', '=', '!='] as const)(
    '%s with something missing is no, on either side and on both',
    (operator) => {
      expect(valueOf([operator, 'x', 1], { x: NA })).toBe(0);
      expect(valueOf([operator, 1, 'x'], { x: NA })).toBe(0);
      expect(valueOf([operator, 'x', 'x'], { x: NA })).toBe(0);
    },
  );
});

describe('a condition', () => {
  const missing = { x: NA };

  test('that is missing is no', () => {
    expect(valueOf(['and', 'x', 1], missing)).toBe(0);
    expect(valueOf(['and', 1, 'x'], missing)).toBe(0);
    expect(valueOf(['or', 'x', 0], missing)).toBe(0);
    expect(valueOf(['or', 'x', 1], missing)).toBe(1);
    expect(valueOf(['not', 'x'], missing)).toBe(1);
    expect(valueOf(['case', 'x', 1, 2], missing)).toBe(2);
  });

  test('that is a number holds unless it is 0, and comes to 1 or 0', () => {
    expect(valueOf(['and', 5, -2])).toBe(1);
    expect(valueOf(['or', 0, 7])).toBe(1);
    expect(valueOf(['not', 7])).toBe(0);
    expect(valueOf(['not', 0])).toBe(1);
  });

  test('of many parts holds when all or any do', () => {
    expect(valueOf(['and', 1, 1, 1])).toBe(1);
    expect(valueOf(['and', 1, 0, 1])).toBe(0);
    expect(valueOf(['or', 0, 0, 1])).toBe(1);
    expect(valueOf(['or', 0, 0, 0])).toBe(0);
  });

  test('can ask whether something is missing', () => {
    expect(valueOf(['missing', 'x'], missing)).toBe(1);
    expect(valueOf(['missing', ['/', 1, 0]])).toBe(1);
    expect(valueOf(['missing', 0])).toBe(0);
  });
});

describe('a case', () => {
  test('is the first value whose condition holds, else the last', () => {
    const formula: Formula = ['case', ['>', 'x', 10], 1, ['>', 'x', 5], 2, 3];
    expect([11, 6, 5, NA].map((x) => valueOf(formula, { x }))).toEqual([1, 2, 3, 3]);
  });

  test('may give what is missing', () => {
    expect(valueOf(['case', 1, 'x', 2], { x: NA })).toBe(NA);
    expect(valueOf(['case', 0, 2, 'x'], { x: NA })).toBe(NA);
  });
});

describe('a lookup', () => {
  const at = (x: number) => valueOf(['lookup', 'x', 10, 20, 40], { x });

  test('gives the value at a whole number, and a straight line between', () => {
    expect([0, 1, 2, 0.5, 1.5, 1.25].map(at)).toEqual([10, 20, 40, 15, 30, 25]);
  });

  test('is missing outside the table, and where it is asked for nothing', () => {
    expect([-0.001, 2.001, -5, 99, NA, 1e300, -1e300, 1 / 0].map(at)).toEqual(Array(8).fill(NA));
    expect(at(-0)).toBe(10);
  });

  test('may have a table of one value', () => {
    expect(valueOf(['lookup', 0, 7])).toBe(7);
    expect(valueOf(['lookup', 0.1, 7])).toBe(NA);
  });
});

describe('a program', () => {
  const broken =
    (formula: unknown, more: NamedFormula[] = []) =>
    () =>
      compile(
        [{ name: 'result', formula: formula as Formula }, ...more],
        ['loss_ratio', 'premium'],
      );

  test.each([
    [
      'an unknown name, with the nearest',
      'los_ratio',
      'no column or formula is named "los_ratio" (did you mean "loss_ratio"?)',
    ],
    ['a name that comes later', 'later', 'no column or formula is named "later"'],
    ['its own name', 'result', 'no column or formula is named "result"'],
    ['an unknown operator', ['plus', 1, 2], 'no operator is named "plus"; there are + - * /'],
    ['an operator that every object has', ['constructor', 1], 'no operator is named "constructor"'],
    ['too few operands', ['+', 1], '"+" cannot take 1 operands'],
    ['no operands', ['and'], '"and" cannot take 0 operands'],
    ['too many for one', ['not', 1, 0], '"not" cannot take 2 operands'],
    ['a comparison of three', ['<', 1, 2, 3], '"<" cannot take 3 operands'],
    ['a case without otherwise', ['case', 1, 2], '"case" cannot take 2 operands'],
    ['a case with a condition too many', ['case', 1, 2, 3, 4], '"case" cannot take 4 operands'],
    ['a lookup without a table', ['lookup', 'premium'], '"lookup" cannot take 1 operands'],
    [
      'a table of names',
      ['lookup', 'premium', 1, 'loss_ratio'],
      '"lookup" takes a table of numbers',
    ],
    [
      'a fault deep inside',
      ['+', 1, ['case', ['>', 'premum', 1], 2, 3]],
      'named "premum" (did you mean "premium"?)',
    ],
  ])('refuses %s', (_, formula, message) => {
    const later = { name: 'later', formula: 1 };
    expect(broken(formula, [later])).toThrow(
      expect.objectContaining({ name: 'MisuseError', message: expect.stringContaining(message) }),
    );
  });

  test('refuses a name that appears twice', () => {
    expect(broken(1, [{ name: 'result', formula: 2 }])).toThrow('compile: "result" appears twice');
    expect(broken(1, [{ name: 'premium', formula: 2 }])).toThrow('"premium" appears twice');
  });

  test('has no register for a name it does not know', () => {
    const program = compile([], ['premium']);
    expect(() => program.register('premum')).toThrow('(did you mean "premium"?)');
  });

  test('evaluates what is asked for, over no rows too', () => {
    const formulas: NamedFormula[] = [
      { name: 'double', formula: ['*', 2, 'x'] },
      { name: 'same', formula: 'double' },
      { name: 'seven', formula: 7 },
    ];
    const x = Float64Array.of(1, 2);
    expect(evaluate(formulas, { x }, 2, ['same', 'seven', 'x'])).toEqual({
      same: Float64Array.of(2, 4),
      seven: Float64Array.of(7, 7),
      x,
    });
    expect(evaluate(formulas, { x: new Float64Array() }, 0).double).toHaveLength(0);
  });
});

/*
 * A second interpreter, as plain as can be: row by row over the tree, with `undefined` for what is
 * missing instead of NaN.
 */
type Value = number | undefined;
function interpret(formula: Formula, row: ReadonlyMap<string, Value>): Value {
  if (typeof formula === 'number') return known(formula);
  if (typeof formula === 'string') return row.get(formula);
  const [operator, ...operands] = formula;
  if (operator === 'case') {
    for (let k = 0; k + 1 < operands.length; k += 2) {
      if (holds(interpret(operands[k], row))) return interpret(operands[k + 1], row);
    }
    return interpret(operands[operands.length - 1], row);
  }
  const [first, ...rest] = operands.map((operand) => interpret(operand, row));
  switch (operator) {
    case 'lookup':
      return between(first, operands.slice(1) as number[]);
    case 'not':
      return holds(first) ? 0 : 1;
    case 'missing':
      return first === undefined ? 1 : 0;
    case 'abs':
      return first === undefined || first >= 0 ? first : -first;
    case 'ceiling':
      return first === undefined ? undefined : Math.ceil(first);
    case 'sqrt':
      return first === undefined || first < 0 ? undefined : Math.sqrt(first);
    case 'and':
      return [first, ...rest].every(holds) ? 1 : 0;
    case 'or':
      return [first, ...rest].some(holds) ? 1 : 0;
    default:
      return rest.reduce((left, right) => pair(operator, left, right), first);
  }
}
const known = (value: number): Value => (Number.isNaN(value) ? undefined : value);
const holds = (value: Value) => value !== undefined && value !== 0;
function between(at: Value, table: number[]): Value {
  if (at === undefined || at < 0 || at > table.length - 1) return undefined;
  const left = Math.floor(at);
  if (left === at) return table[left];
  return table[left] + (at - left) * (table[left + 1] - table[left]);
}
function pair(operator: string, a: Value, b: Value): Value {
  if (a === undefined || b === undefined) return comparing.includes(operator) ? 0 : undefined;
  const results: Record<string, () => Value | boolean> = {
    '+': () => known(a + b),
    '-': () => known(a - b),
    '*': () => known(a * b),
    '/': () => (b === 0 ? undefined : known(a / b)),
    least: () => (a < b ? a : b),
    greatest: () => (a > b ? a : b),
    '<': () => a < b,
    '<=': () => a <= b,
    '>': () => a > b,
    '>=': () => a >= b,
    '=': () => a === b,
    '!=': () => a !== b,
    'gamma-above': () => known(gammaAbove(a, b)),
  };
  const result = results[operator]();
  return typeof result === 'boolean' ? Number(result) : result;
}

const folding = ['+', '-', '*', '/', 'least', 'greatest', 'and', 'or'];
const comparing = ['<', '<=', '>', '>=', '=', '!='];
const single = ['not', 'missing', 'abs', 'sqrt', 'ceiling'];

const inputs = ['x', 'y', 'z'];
const numbers = fc.oneof(
  fc.constantFrom(NA, 0, 1, -1, 2, 0.5, -2.5, 1e300, -1e300, 1e-300),
  fc.double({ noNaN: false }),
  fc.integer({ min: -3, max: 6 }),
);
const formulaOver = (names: string[]): fc.Arbitrary<Formula> => {
  const { formula } = fc.letrec<{ formula: Formula }>((tie) => {
    const some = (least: number, most: number) =>
      fc.array(tie('formula'), { minLength: least, maxLength: most });
    const call = (operators: readonly string[], operands: fc.Arbitrary<Formula[]>) =>
      fc
        .tuple(fc.constantFrom(...operators), operands)
        .map(([operator, given]) => [operator, ...given] as unknown as Formula);
    const leaf = fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom<Formula>(0, 1, -1, 2, 0.5, 1e300, -3),
    );
    return {
      formula: fc.oneof(
        { maxDepth: 5, depthSize: 'medium' },
        leaf,
        call(folding, some(2, 4)),
        call(comparing, some(2, 2)),
        call(single, some(1, 1)),
        call(['gamma-above'], some(2, 2)),
        call(['case'], fc.oneof(some(3, 3), some(5, 5))),
        fc
          .tuple(
            tie('formula'),
            fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 5 }),
          )
          .map(([at, table]): Formula => ['lookup', at, ...table]),
      ),
    };
  });
  return formula;
};
/** Up to four formulas, each over the inputs and the formulas before it. */
const formulas = fc
  .integer({ min: 1, max: 4 })
  .chain((count) =>
    fc
      .tuple(
        ...Array.from({ length: count }, (_, k) =>
          formulaOver([...inputs, ...Array.from({ length: k }, (_, e) => `f${e}`)]),
        ),
      )
      .map((trees): NamedFormula[] => trees.map((formula, k) => ({ name: `f${k}`, formula }))),
  );

/** The calls inside a formula. */
function partsOf(formula: Formula): Formula[] {
  if (typeof formula !== 'object') return [];
  return (formula.slice(1) as Formula[])
    .filter((operand) => typeof operand === 'object')
    .flatMap((operand) => [operand, ...partsOf(operand)]);
}

describe('formulas over columns', () => {
  /** What the second interpreter gives for every formula in every row. */
  const interpreted = (program: NamedFormula[], columns: Record<string, Float64Array>) =>
    Array.from({ length: columns.x.length }, (_, i) => {
      const row = new Map<string, Value>(inputs.map((name) => [name, known(columns[name][i])]));
      for (const { name, formula } of program) row.set(name, interpret(formula, row));
      return program.map(({ name }) => row.get(name));
    });
  /** What the program gives in blocks of a size; -0 is 0. */
  const computed = (
    program: NamedFormula[],
    columns: Record<string, Float64Array>,
    blockSize: number,
  ) => {
    const rows: Value[][] = [];
    const ready = compile(program, inputs, blockSize);
    runBlocks(ready, columns, columns.x.length, (_, count) => {
      for (let i = 0; i < count; i++) {
        rows.push(program.map(({ name }) => known(ready.register(name)[i])));
      }
    });
    return rows;
  };
  const differing = (one: Value[][], other: Value[][]) =>
    one.findIndex((row, i) => row.some((value, k) => value !== other[i]?.[k]));
  const rowsOf = (rows: number[][]) =>
    Object.fromEntries(
      inputs.map((name, k) => [name, Float64Array.from(rows, (row) => row[k])]),
    ) as Record<string, Float64Array>;

  test('are drawn from every operator there is', () => {
    expect([...folding, ...comparing, ...single, 'gamma-above', 'case', 'lookup'].sort()).toEqual(
      [...operatorNames].sort(),
    );
  });

  test('come to the same as read row by row, in blocks of one, of three and of 1,024', () => {
    fc.assert(
      fc.property(
        formulas,
        fc.array(fc.tuple(numbers, numbers, numbers), { minLength: 1, maxLength: 8 }),
        (program, rows) => {
          const columns = rowsOf(rows);
          const expected = interpreted(program, columns);
          for (const blockSize of [1, 3, 1024]) {
            const found = computed(program, columns, blockSize);
            expect(found).toHaveLength(rows.length);
            expect(differing(expected, found)).toBe(-1);
          }
        },
      ),
      { numRuns: runs(1500) },
    );
  });

  test('come to the same when the rows are no multiple of the block', () => {
    const rows = fc.sample(fc.tuple(numbers, numbers, numbers), { numRuns: runs(2049), seed: 1 });
    for (const program of fc.sample(formulas, { numRuns: runs(20), seed: 2 })) {
      for (const length of [1023, 1024, 1025, 2049]) {
        const columns = rowsOf(rows.slice(0, length));
        const expected = interpreted(program, columns);
        expect(differing(expected, computed(program, columns, 1024))).toBe(-1);
        const whole = evaluate(program, columns, length);
        expect(whole.f0).toHaveLength(length);
        expect(
          differing(
            expected,
            expected.map((_, i) => program.map(({ name }) => known(whole[name][i]))),
          ),
        ).toBe(-1);
      }
    }
  });

  test('come to the same when parts of them stand again, in themselves and in each other', () => {
    const again = formulas.chain((program) => {
      const trees = program.map(({ formula }) => formula);
      const part = fc.constantFrom<Formula>(...trees, ...trees.flatMap(partsOf));
      const joint = fc.constantFrom('+', '-', '*', '<', 'and', 'greatest');
      return fc
        .array(fc.tuple(joint, part, part, fc.boolean()), { minLength: 1, maxLength: 3 })
        .map((more) => [
          ...program,
          ...more.map(([operator, one, other, alone], k) => ({
            name: `again${k}`,
            formula: alone ? one : ([operator, one, ['case', one, other, one]] as Formula),
          })),
        ]);
    });
    fc.assert(
      fc.property(
        again,
        fc.array(fc.tuple(numbers, numbers, numbers), { minLength: 1, maxLength: 4 }),
        (program, rows) => {
          const columns = rowsOf(rows);
          const expected = interpreted(program, columns);
          for (const blockSize of [1, 3]) {
            expect(differing(expected, computed(program, columns, blockSize))).toBe(-1);
          }
        },
      ),
      { numRuns: runs(800) },
    );
  });

  test('that differ in nothing but a mark or a kind of number are not taken for the same', () => {
    const quoted = 'a" "b" "c';
    const row = { a: 1, b: 2, c: 0, d: 4, [quoted]: 7 };
    const program: NamedFormula[] = [
      { name: 'one', formula: ['case', quoted, 'd', 'b'] },
      { name: 'other', formula: ['case', 'a', 'b', 'c', 'd', 'b'] },
      { name: 'missing', formula: ['+', 'a', Number.NaN] },
      { name: 'endless', formula: ['+', 'a', Number.POSITIVE_INFINITY] },
      { name: 'text', formula: ['+', 'a', 'b'] },
      { name: 'number', formula: ['+', 'a', 2.5] },
    ];
    const columns = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, Float64Array.of(value)]),
    );
    const values = evaluate(program, columns, 1);
    expect(program.map(({ name }) => values[name][0])).toEqual([
      4,
      2,
      NA,
      Number.POSITIVE_INFINITY,
      3,
      3.5,
    ]);
  });

  test('leave the columns as they were', () => {
    fc.assert(
      fc.property(formulas, fc.array(numbers, { minLength: 3, maxLength: 3 }), (program, row) => {
        const columns = rowsOf([row]);
        const before = structuredClone(columns);
        evaluate(program, columns, 1);
        expect(columns).toEqual(before);
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('a formula in words', () => {
  test.each<[Formula, string]>([
    [1.5, '1.5'],
    ['claim_count', 'claim count'],
    [['+', 'a', 'b', 'c'], 'a plus b plus c'],
    [['-', 'a', ['-', 'b', 'c']], 'a minus (b minus c)'],
    [['*', ['+', 'a', 'b'], 2], '(a plus b) times 2'],
    [['/', 'a', 'b'], 'a divided by b'],
    [['least', 'a', 'b', 3], 'the least of a, b and 3'],
    [['greatest', 'a', ['+', 'b', 1]], 'the greatest of a and (b plus 1)'],
    [['<', 'a', 1], 'a is below 1'],
    [['<=', 'a', 1], 'a is at most 1'],
    [['>', 'a', 1], 'a is above 1'],
    [['>=', 'a', ['*', 3, 'b']], 'a is at least (3 times b)'],
    [['=', 'a', 0], 'a is 0'],
    [['!=', 'a', 0], 'a is not 0'],
    [['and', ['>', 'a', 1], ['or', ['<', 'b', 2], 'c']], 'a is above 1 and (b is below 2 or c)'],
    [['+', ['>', 'a', 1], 1], '(a is above 1) plus 1'],
    [['not', ['>', 'a', 1]], 'a is not above 1'],
    [['not', ['and', 'a', 'b']], 'not (a and b)'],
    [['missing', 'a'], 'a is missing'],
    [['abs', ['-', 'a', 'b']], 'the size of (a minus b)'],
    [['missing', ['/', 'a', 'b']], '(a divided by b) is missing'],
    [['sqrt', ['*', 'a', 'b']], 'the square root of (a times b)'],
    [['ceiling', ['*', 'a', 'b']], '(a times b) rounded up'],
    [['lookup', 'a', 1, 2], "the table's value at a"],
    [['case', ['>', 'a', 1], 5, 6], '5 if a is above 1; otherwise 6'],
    [['case', 'a', 1, 'b', ['+', 'c', 2], 3], '1 if a; c plus 2 if b; otherwise 3'],
    [['case', 'a', ['case', 'b', 1, 2], 3], '(1 if b; otherwise 2) if a; otherwise 3'],
    [['+', ['case', 'a', 1, 2], 3], '(1 if a; otherwise 2) plus 3'],
    [['gamma-above', 2, 'x'], 'the probability of a gamma variable of shape 2 above x'],
  ])('%j', (formula, words) => {
    expect(explainFormula(formula)).toBe(words);
  });

  test('uses the words it is given for names', () => {
    expect(explainFormula(['>', 'a', 'b'], { a: 'the loss ratio' })).toBe(
      'the loss ratio is above b',
    );
    expect(explainFormula('constructor', {})).toBe('constructor');
  });

  test('is there for every operator, without a bracket or a raw name', () => {
    for (const operator of operatorNames) {
      const operands = single.includes(operator) ? ['a_b'] : ['a_b', 1, 2];
      const formula = [operator, ...operands] as unknown as Formula;
      expect(explainFormula(formula)).toMatch(/^[a-z0-9' ;,]*a b[a-z0-9' ;,]*$/);
      expect(explainFormula(formula)).not.toMatch(/undefined|NaN/);
    }
  });
});
